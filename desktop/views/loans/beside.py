"""A long form with a card beside it that stays in sight while the form scrolls; below it where room is short."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views.kit.theme import px, space

_UNBOUND = 16_777_215


class Beside(QWidget):
    """Put into the body of a page that `scrolls`."""

    def __init__(self, form: QWidget, card: QWidget, least: int = 430, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._card = card
        self._area: QScrollArea | None = None
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(4))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(form)
        left.addStretch(1)
        self._above = QWidget(self)
        self._above.setFixedHeight(0)
        right.setSpacing(0)
        right.addWidget(self._above)
        right.addWidget(card)
        right.addStretch(1)
        self._box.addLayout(left, 1)
        self._box.addLayout(right, 1)

    @property
    def wide(self) -> bool:
        """Tell whether the card stands beside the form."""
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the wider of the two."""
        widest = max(
            item.minimumSize().width() for place in range(2) if (item := self._box.itemAt(place)) is not None
        )
        return QSize(widest, super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the page's scrolling from now on."""
        super().showEvent(event)
        if self._area is None:
            above = self.parentWidget()
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            self._area = above
            if above is not None:
                above.verticalScrollBar().valueChanged.connect(self._follow)
                above.viewport().installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another height: the card takes it."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose beside or below."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if self.width() < 2 * px(self._least) else direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()
        self._follow()

    def _follow(self, _value: int = 0) -> None:
        if self._area is None:
            return
        if not self.wide:
            self._above.setFixedHeight(0)
            self._card.setMinimumHeight(0)
            self._card.setMaximumHeight(_UNBOUND)
            return
        view = self._area.viewport()
        margin = space(4)
        height = max(view.height() - 2 * margin, px(420))
        if self._card.height() != height:
            self._card.setFixedHeight(height)
        hidden = margin - self.mapTo(view, self.rect().topLeft()).y()
        self._above.setFixedHeight(max(0, min(hidden, self.height() - height)))

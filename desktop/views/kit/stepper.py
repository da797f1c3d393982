"""Work in steps: which step one is at, which are done, and the widget of the step at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.theme import dress, px
from resources.lang.messages import _


class Steps(QWidget):
    """Shows one of its widgets. Unlike a stack, only the one in front decides how high it is."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        self._at = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in self._widgets:
            box.addWidget(widget, 1)
            widget.hide()

    def currentIndex(self) -> int:
        """Return the place of the widget in front."""
        return self._at

    def setCurrentIndex(self, at: int) -> None:
        """Bring a widget to the front."""
        self._at = at
        for place, widget in enumerate(self._widgets):
            widget.setVisible(place == at)


class Stepper(QWidget):
    """Numbered steps in a row; the one at hand stands out, those done have a tick."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = list(titles)
        line = FlowLayout(self)
        self._labels: list[QLabel] = []
        self._marks: list[QLabel] = []
        for place, title in enumerate(self._titles):
            if place:
                arrow = QLabel(self)
                arrow.setPixmap(icons.pixmap("chevron-right", px(16), "muted"))
                line.addWidget(arrow)
            mark = QLabel(self)
            mark.setFixedWidth(px(18))
            words = QLabel(f"{place + 1}. {title}", self)
            line.addWidget(mark)
            line.addWidget(words)
            self._marks.append(mark)
            self._labels.append(words)
        self.show_step(0)

    def show_step(self, at: int) -> None:
        """Show which step one is at."""
        for place, (mark, words) in enumerate(zip(self._marks, self._labels, strict=True)):
            dress(words, "accent" if place == at else "muted")
            mark.setVisible(place < at)
            if place < at:
                mark.setPixmap(icons.pixmap("check", px(16), "good"))
        self.setAccessibleName(
            _("Bước {n} trong {all}: {title}").format(n=at + 1, all=len(self._titles), title=self._titles[at])
        )

"""The large buttons and the clickable lines of the first page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.blocks import Elided, label
from desktop.views.kit.theme import dress, px, space


class _Roomy(QPushButton):
    """A button that is as high as what is laid out in it; the style sheet's least height is for plain ones."""

    def _across(self) -> QHBoxLayout:
        """Return the line in which the button's parts are laid out; it sets the least size of the button."""
        line = QHBoxLayout(self)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetMinimumSize)
        return line

    def sizeHint(self) -> QSize:
        """Return the size of what is inside; a push button only asks its text."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what is inside."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


class Tile(_Roomy):
    """A large button: an icon, what it does, and a line that explains."""

    def __init__(
        self,
        icon: str,
        title: str,
        detail: str,
        action: str,
        parent: QWidget | None = None,
        primary: bool = False,
    ) -> None:
        super().__init__(parent)
        self.action = action
        dress(self, "tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = self._across()
        line.setContentsMargins(space(4), space(4), space(4), space(4))
        line.setSpacing(space(4))
        mark = _mark(icon, 32, "accent", self)
        line.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(space(1))
        words.addWidget(_through(label(title, "heading", self)))
        words.addWidget(_through(label(detail, "muted", self, wrap=True)))
        line.addLayout(words, 1)
        if primary:
            self.setDefault(True)

    def sizeHint(self) -> QSize:
        """Return the size of what is inside, with some air."""
        return super().sizeHint().expandedTo(QSize(px(300), px(88)))


class Line(_Roomy):
    """A clickable line: icon, title with a detail below, a word or an amount at the right."""

    def __init__(
        self, icon: str, title: str, detail: str, right: str, parent: QWidget | None = None, tone: str = ""
    ) -> None:
        super().__init__(parent)
        self.target: Any = None
        dress(self, "row")
        # A button asks for the width of its whole text; these lines may be cut, the tool tip has the rest.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title}. {right}" if right else title)
        self.setAccessibleDescription(detail)
        self._title = title
        line = self._across()
        line.setContentsMargins(space(2), space(1), space(2), space(1))
        line.setSpacing(space(3))
        line.addWidget(_mark(icon, 22, tone or "muted", self))
        words = QVBoxLayout()
        words.setSpacing(0)
        name = _through(Elided(title, self))
        dress(name, "label")
        words.addWidget(name)
        self._below = QHBoxLayout()
        self._below.setSpacing(space(2))
        words.addLayout(self._below)
        if detail:
            more = _through(Elided(detail, self))
            dress(more, "small")
            self._below.addWidget(more, 1)
        line.addLayout(words, 1)
        if right:
            line.addWidget(_through(label(right, "label", self)))

    def set_badge(self, text: str, tone: str = "warn") -> None:
        """Show a small word before the detail; once."""
        self._below.insertWidget(0, _through(label(text, f"badge-{tone}", self)))
        self.setAccessibleName(f"{self.accessibleName()}, {text}")


def _mark(icon: str, size: int, tone: str, parent: QWidget) -> QLabel:
    mark = QLabel(parent)
    mark.setPixmap(icons.pixmap(icon, px(size), tone))
    mark.setFixedSize(px(size), px(size))
    return _through(mark)


def _through(made: QLabel) -> QLabel:
    """Let clicks on a label inside a button reach the button."""
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made

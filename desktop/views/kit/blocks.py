"""Small blocks that pages are laid out with: cards, headings, figures, pairs of name and value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.theme import dress, px, space


def label(text: str, look: str = "", parent: QWidget | None = None, wrap: bool = False) -> QLabel:
    """Return a line of text in one of the looks of the style sheet; never rich text."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if look:
        dress(made, look)
    return made


def button(
    text: str, run: Callable[[], object], icon: str = "", look: str = "", parent: QWidget | None = None
) -> QPushButton:
    """Return a button that does `run()` when pressed."""
    made = QPushButton(text, parent)
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if look == "primary" else "text"))
    if look:
        dress(made, look)
    made.clicked.connect(lambda _checked=False: run())
    return made


class Card(QFrame):
    """A light box with a heading; put things into `body`, small buttons into `head`."""

    def __init__(self, title: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space(4), space(4), space(4), space(4))
        self.body.setSpacing(space(2))
        self.head = QHBoxLayout()
        self.head.setSpacing(space(2))
        if title:
            if icon:
                mark = QLabel(self)
                mark.setPixmap(icons.pixmap(icon, px(20), "accent"))
                self.head.addWidget(mark)
            self.title = label(title, "heading", self)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)


class Figure(QFrame):
    """A number with its name above, for the top of a page."""

    def __init__(self, name: str, value: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(space(4), space(3), space(4), space(3))
        box.setSpacing(space(1))
        self._name = name
        box.addWidget(label(name, "small", self))
        self._value = label(value, "figure", self)
        box.addWidget(self._value)
        self._note = label(note, "small", self)
        self._note.setVisible(bool(note))
        box.addWidget(self._note)
        self.setAccessibleName(f"{name}: {value}")

    def set(self, value: str, note: str = "") -> None:
        """Show another number."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._name}: {value}")


def figures(items: Sequence[Figure]) -> QHBoxLayout:
    """Return a row of figures of equal width."""
    line = QHBoxLayout()
    line.setSpacing(space(3))
    for item in items:
        line.addWidget(item, 1)
    return line


class Facts(QWidget):
    """Pairs of name and value, the names in grey on the left."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(1, 1)
        self.set(pairs)

    def set(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other pairs."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(pairs):
            self._grid.addWidget(label(name, "muted", self), row, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value or "–", "", self, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(words, row, 1)

"""Small blocks that pages are laid out with: cards, headings, figures, pairs of name and value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

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
    made.setAutoDefault(True)  # Enter presses it, also outside dialogs
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if look == "primary" else "text"))
    if look:
        dress(made, look)
    made.clicked.connect(lambda _checked=False: run())
    return made


def scroll_area(parent: QWidget | None = None, *, across: bool = True) -> QScrollArea:
    """Return a frame in which a widget (`setWidget`) scrolls as a whole; Tab passes it by.

    Without `across` it scrolls only up and down.
    """
    made = QScrollArea(parent)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not across:
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        self._note: QLabel | None = None
        box.addStretch(1)  # beside figures with a note, names and numbers stand in one line
        self._box = box
        self._show_note(note)
        self._name_aloud(value, note)

    def set(self, value: str, note: str = "") -> None:
        """Show another number."""
        self._value.setText(value)
        self._show_note(note)
        self._name_aloud(value, note)

    def _show_note(self, note: str) -> None:
        if self._note is None:
            if not note:
                return
            self._note = label("", "small", self)
            self._box.insertWidget(2, self._note)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _name_aloud(self, value: str, note: str) -> None:
        self.setAccessibleName(f"{self._name}: {value}")
        self.setAccessibleDescription(note)


def figures(items: Sequence[Figure], parent: QWidget | None = None, least: int = 190) -> Wrap:
    """Return a row of figures of equal width, `least` pixels (at 100 %) or more, which wraps where it must."""
    row = Wrap(least, len(items), parent)
    for item in items:
        row.add(item)
    return row


class Wrap(QWidget):
    """Widgets side by side, as many as fit with at least `least` pixels (at 100 %) each; the others go below."""

    def __init__(self, least: int, most: int = 4, parent: QWidget | None = None, gap: int = 3) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._columns = 0
        self._widgets: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(gap))

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end; made as a child of this one, it need not be dressed twice."""
        # As if all had room: what fits is measured when there is a width to fit into.
        self._grid.addWidget(widget, *divmod(len(self._widgets), self._most))
        self._widgets.append(widget)
        self._columns = 0
        if self.isVisible():
            self._place()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the widest widget needs: the rest wraps."""
        widest = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(min(widest, px(self._least)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the widgets into as many columns as fit now."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Look again when a widget has got other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _place(self) -> None:
        fitting = max(1, (self.width() + space(3)) // max(1, px(self._least) + space(3)))
        count = max(1, len(self._widgets))
        columns = min(fitting, self._most, count)
        # Rows of equal length: four where three fit are two and two.
        columns = -(-count // -(-count // columns))
        while columns > 1 and self._needed(columns) > self.width():
            columns = -(-count // -(-count // (columns - 1)))
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, place // columns, place % columns)

    def _needed(self, columns: int) -> int:
        """Return the width that no word is cut at in so many columns."""
        needs = [widget.minimumSizeHint().width() for widget in self._widgets]
        widths = [max(needs[column::columns], default=0) for column in range(columns)]
        return sum(widths) + (columns - 1) * self._grid.spacing()


class Columns(QWidget):
    """Two stacks of cards side by side; one below the other where the window is narrow or the text large.

    `shares` says how the width is divided between left and right.
    """

    def __init__(
        self, least: int = 420, parent: QWidget | None = None, shares: tuple[int, int] = (1, 1)
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(4))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for side, share in zip((self.left, self.right), shares, strict=True):
            side.setSpacing(space(4))
            self._box.addLayout(side, share)

    def finish(self) -> None:
        """Let the cards keep to the top; call when all are in."""
        self.left.addStretch(1)
        self.right.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as one stack."""
        widest = max(side.minimumSize().width() for side in (self.left, self.right))
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose one or two stacks."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = self.width() < 2 * px(self._least)
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()


class Elided(QLabel):
    """A line that is cut with … where it does not fit; the whole of it is in its tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(px(40))  # as narrow as need be, whatever the words ask for
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another line."""
        super().setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the line as fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        whole = self.text() if shown != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


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


def bring_into_sight(widget: QWidget, margin: int = 0) -> None:
    """Scroll what a widget lies in until it is seen, now and once the layouts have settled.

    Qt does so for Tab, not for a focus that is set: who is led to a field must see it.
    """
    _scroll_to(widget, margin)
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget, margin))


def _scroll_to(widget: QWidget, margin: int) -> None:
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget, 0, margin)
        area = area.parentWidget()

"""The bar on the left: whose book it is, the pages, and how to make the bar narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.desk import Session
from desktop.views.kit.theme import dress, px, space
from desktop.views.pages import PAGES, PageEntry
from desktop.views.pages import entry as entry_of
from resources.addresses import shown_address
from resources.lang.messages import _, many


def _room() -> int:
    """Return how much higher a row is where all rows fit."""
    return 2 * (space(2) - px(3))


def _icon_box(room: int) -> QSize:
    """Return the box that a row's icon is centred in: it gives the row its height, with no second look for low rows."""
    return QSize(px(22), px(22) + room)


class Navigation(QFrame):
    """Buttons of the pages; `picked(key)` when one is pressed."""

    picked = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, narrow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._narrow = False
        self._buttons: dict[str, QToolButton] = {}
        self._rules = 0
        self._icon_room = _room()
        box = QVBoxLayout(self)
        box.setContentsMargins(space(2), space(3), space(2), space(2))
        box.setSpacing(space(1) // 2)
        self._build_book(box)
        box.addWidget(self._build_pages(), 1)
        for entry in [entry for entry in PAGES if entry.shown and entry.below]:
            box.addWidget(self._button(entry, self))
        self._fold = QToolButton(self)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setText("  " + _("Thu gọn"))
        self._fold.clicked.connect(self._toggle)
        self._dress_button(self._fold)
        box.addWidget(self._fold)
        self.set_narrow(narrow)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def set_session(self, session: Session | None) -> None:
        """Show the open book, and grey the pages that need one."""
        self._book.setText(session.name if session is not None else _("Chưa mở sổ"))
        self._badge.setVisible(session is not None and session.readonly and not self._narrow)
        self._readonly = session is not None and session.readonly
        name = session.name if session is not None else _("Chưa mở sổ")
        self.book_button.setAccessibleName(_("Sổ: {name}. Mở thực đơn của sổ").format(name=name))
        self.book_button.setToolTip(
            shown_address(session.address) if session is not None else _("Thực đơn của sổ")
        )
        for entry in PAGES:
            if entry.key in self._buttons:
                self._buttons[entry.key].setEnabled(session is not None or not entry.needs_book)

    def set_current(self, key: str) -> None:
        """Mark the page that is open."""
        for name, button in self._buttons.items():
            if button.isChecked() != (name == key):
                button.setIcon(icons.icon(entry_of(name).icon, "on_soft" if name == key else "muted"))
            button.setChecked(name == key)
            if name == key and self._scroll.isAncestorOf(button):
                self._scroll.ensureWidgetVisible(button, 0, 0)

    def set_menu(self, menu: QMenu) -> None:
        """Give the book's button its menu."""
        self.book_button.setMenu(menu)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons with words, or icons only."""
        self._narrow = narrow
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in [*self._buttons.values(), self._fold]:
            button.setToolButtonStyle(style)
        self._words.setVisible(not narrow)
        self._fold.setIcon(icons.icon("chevron-right" if narrow else "chevron-left", "muted"))
        words = _("Mở rộng thanh bên") if narrow else _("Thu gọn thanh bên")
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        self._set_width()
        self._badge.setVisible(getattr(self, "_readonly", False) and not narrow)

    def _set_width(self, *_range: int) -> None:
        """Take what the longest name asks for, or the icons alone, and beside them the bar by which the list scrolls."""
        bar = self._scroll.verticalScrollBar()
        edges = self.layout().contentsMargins()
        beside = edges.left() + edges.right() + (bar.sizeHint().width() if bar.maximum() else 0)
        widest = max(button.sizeHint().width() for button in self._buttons.values()) + beside
        usual = px(58) if self._narrow else px(208)
        self.setFixedWidth(max(usual, min(widest + 2, px(260))))

    @property
    def narrow(self) -> bool:
        """Tell whether only icons are shown."""
        return self._narrow

    def button(self, key: str) -> QToolButton:
        """Return the button of a page, for tests and tours."""
        return self._buttons[key]

    def _toggle(self) -> None:
        self.set_narrow(not self._narrow)
        self.narrowed.emit(self._narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rows closer where they do not all fit."""
        super().resizeEvent(event)
        self._fit_rows()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Bring the button with the focus into view."""
        if now is not None and self._scroll.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, 0)

    def _fit_rows(self) -> None:
        """Rows stand wide apart while they fit, close together where they do not; beyond that the list scrolls."""
        self._fold.ensurePolished()
        roomy = self._fold.sizeHint().height() + _room() - self._icon_room + space(1) // 2
        needed = (
            (len(self._buttons) + 1) * roomy
            + self._rules * (space(1) + 1)
            + self.book_button.sizeHint().height()
            + 3 * space(3)
        )
        room = 0 if self.height() < needed else _room()
        if self._icon_room == room:
            return
        self._icon_room = room
        for button in [*self._buttons.values(), self._fold]:
            button.setIconSize(_icon_box(room))
        for rows in (self.layout(), self._rows):
            rows.setSpacing(space(1) // 2 if room else 0)

    def _build_pages(self) -> QScrollArea:
        """Build the list of pages; it scrolls where the window is low or the letters are large."""
        holder = QWidget(self)
        holder.setObjectName("navigationpages")
        self._rows = rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(1) // 2)
        part = ""
        for entry in [entry for entry in PAGES if entry.shown and not entry.below]:
            if entry.part != part:
                part = entry.part
                rule = QFrame(holder)
                dress(rule, "line")
                rows.addWidget(rule)
                self._rules += 1
            rows.addWidget(self._button(entry, holder))
        rows.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("navigationscroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = QScrollBar(Qt.Orientation.Vertical, self._scroll)
        dress(bar, "thin")  # before the area lays it out: later it would have to be dressed anew
        self._scroll.setVerticalScrollBar(bar)
        bar.rangeChanged.connect(self._set_width)
        self._scroll.setWidget(holder)
        return self._scroll

    def _build_book(self, box: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(space(2))
        self.book_button = QToolButton(self)
        self.book_button.setIcon(icons.emblem())
        self.book_button.setIconSize(QSize(px(32), px(32)))
        self.book_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        dress(self.book_button, "quiet")
        head.addWidget(self.book_button)
        self._words = QWidget(self)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        program = QLabel(_("Sổ Nhóm"), self._words)
        dress(program, "small")
        self._book = QLabel(self._words)
        self._book.setTextFormat(Qt.TextFormat.PlainText)
        self._book.setWordWrap(True)
        dress(self._book, "label")
        self._badge = QLabel(_("Chỉ đọc"), self._words)
        self._badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        dress(self._badge, "badge-warn")
        words.addWidget(program)
        words.addWidget(self._book)
        words.addWidget(self._badge)
        head.addWidget(self._words, 1)
        box.addLayout(head)
        box.addSpacing(space(3))

    def _button(self, entry: PageEntry, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setCheckable(True)
        button.setText("  " + many(entry.title))
        button.setIcon(icons.icon(entry.icon, "muted"))
        button.setAccessibleName(many(entry.title))
        tip = f"{many(entry.title)} ({entry.shortcut})" if entry.shortcut else many(entry.title)
        button.setToolTip(tip)
        button.setProperty("page", entry.key)
        button.clicked.connect(self._clicked)
        self._dress_button(button)
        self._buttons[entry.key] = button
        return button

    def _dress_button(self, button: QToolButton) -> None:
        dress(button, "nav")
        button.setIconSize(_icon_box(self._icon_room))
        # Never wider than the bar: the list would move sideways, and no longer stand in line with what is below it.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QToolButton)
        # A page may refuse to be left: what is marked follows the page, not the click.
        button.setChecked(not button.isChecked())
        self.picked.emit(button.property("page"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk through the buttons."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

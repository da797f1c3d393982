"""The shell: navigation on the left, the page, messages and the status below. Pages join in `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.actions import ACTIONS, BY_KEY, Action
from desktop.views.books import Books
from desktop.views.header import Header
from desktop.views.kit import icons, messages, theme
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.empty import Empty, EmptyState
from desktop.views.kit.messages import MessageStack
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.theme import px
from desktop.views.navigation import Navigation
from desktop.views.pages import FOUND_BY, PAGES, entry
from desktop.views.status import ReadOnlyStrip, Status
from resources.addresses import short_name, shown_address
from resources.lang.messages import _, language, many

_MOST_BACK = 50
_START = "start"


class MainWindow(QMainWindow):
    """The one window. It is rebuilt whole when language, theme or text size change (`rebuild_asked`)."""

    rebuild_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, opening: str = "") -> None:
        """Build the window. `opening`: the address of a book that will be opened; until then it says so."""
        super().__init__(parent)
        self.desk: Desk = desk
        self.books: Books = Books(desk, self)
        self._pages: dict[str, Page] = {}
        self._history: list[Route] = []
        self._route: Route | None = None
        self._closing = False
        self._handing_over = False
        self._page_shortcuts: list[QAction] = []
        self._day = desk.today()
        self._clock = QTimer(self)
        self._clock.setInterval(60_000)
        self._clock.timeout.connect(self.look_at_day)
        self._clock.start()
        self.setWindowTitle(_("Sổ Nhóm"))
        room = self.screen().availableGeometry()  # at 200 % the least size must not be larger than the screen
        self.setMinimumSize(min(px(640), room.width() - 16), min(px(420), room.height() - 56))
        self._build()
        self._connect()
        self._make_actions()
        self._restore_place()
        self._show_session()
        if opening:
            self._opening(short_name(opening))
        else:
            self._arrive(Route(_START), remember=False)

    # -- going --------------------------------------------------------------------------------------------

    @property
    def route(self) -> Route | None:
        """Where the window is."""
        return self._route

    @property
    def page(self) -> Page | None:
        """The page in front."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def go(self, route: Route, *, remember: bool = True) -> None:
        """Open a page, after the one in front has agreed to be left."""
        current = self.page
        if current is not None and not current.can_leave(lambda: self._arrive(route, remember)):
            return
        self._arrive(route, remember)

    def go_back(self) -> None:
        """Open the page before this one."""
        if self._history:
            route = self._history[-1]
            current = self.page

            def leave() -> None:
                self._history.pop()
                self._arrive(route, remember=False)

            if current is None or current.can_leave(leave):
                leave()

    def look_at_day(self) -> None:
        """Once a minute: when a new day has begun, everything that shows "today" is read again."""
        old, new = self._day, self.desk.today()
        if new == old:
            return
        self._day = new
        self.desk.day_changed.emit(old, new)
        for page in self._pages.values():
            page.new_day()
        self._show_place()

    def reload_page(self) -> None:
        """Load the page in front again."""
        if self.page is not None:
            self.page.reload()

    def _arrive(self, route: Route, remember: bool) -> None:
        found = entry(route.page)
        if found.needs_book and self.desk.session is None:
            self.desk.say(_("Hãy mở hoặc tạo một sổ trước."), "warn")
            route = Route(_START)
        page = self._load(route.page)
        if page is None:
            return
        again = self.page is page and not route.args
        if remember and self._route is not None and self._route != route:
            self._history.append(self._route)
            del self._history[:-_MOST_BACK]
        if self._route is None:
            self.messages.leave_book()
        elif self._route != route:
            self.messages.leave_page()
        self._route = route
        self.stack.setCurrentWidget(page)
        self.navigation.set_current(entry(route.page).under or route.page)
        if again:
            page.open_again()
        else:
            page.open(**route.args)
        self._show_place()
        QTimer.singleShot(0, page, page.focus_first)

    def _load(self, key: str) -> Page | None:
        if key not in self._pages:
            try:
                page = entry(key).load()(self.desk, self.stack)
            except Exception as error:  # a page that cannot be built must not take the window down
                self.desk.show_error(error)
                return None
            page.titled.connect(self._show_place)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def _show_place(self) -> None:
        page = self.page
        if page is None:
            return
        self.header.show_place(page.title(), page.subtitle(), page.trail(), bool(self._history))
        actions = page.actions()
        self.header.show_actions(actions, self.desk.can_write)
        name = _("Sổ Nhóm")
        self.setWindowTitle(name if page.title() == name else _("{page} – Sổ Nhóm").format(page=page.title()))
        for old in self._page_shortcuts:
            self.removeAction(old)
            old.deleteLater()
        self._page_shortcuts = [
            self._shortcut(action.shortcut, action.run)
            for action in [*actions, *(part for action in actions for part in action.menu)]
            if action.shortcut and (self.desk.can_write or not action.writes)
        ]

    # -- actions ------------------------------------------------------------------------------------------

    def run_action(self, key: str) -> None:
        """Run an action of the table if it is possible now."""
        action = BY_KEY[key]
        if self._possible(action):
            action.run(self)

    def open_palette(self) -> None:
        """Open the line that finds everything."""
        from desktop.views.palette import Palette

        Palette(self.desk, self.palette_entries(), self).show()

    def palette_entries(self) -> list[Any]:
        """Return what Ctrl+K offers without asking the book: the page's deeds, pages, actions, recent books."""
        from desktop.views.palette import Entry

        found = []
        page = self.page
        for deed in page.actions() if page is not None else []:
            for one in deed.menu or (deed,):
                detail = one.shortcut or (page.title() if page is not None else "")
                found.append(Entry(one.title, detail, one.icon, one.run, enabled=self._page_can(one)))
        for place in PAGES:
            if not place.shown:
                continue  # these need to be told of whom; their own pages lead there
            possible = self.desk.session is not None or not place.needs_book
            run = self._opener(place.key)
            found.append(
                Entry(
                    many(place.title),
                    place.shortcut,
                    place.icon,
                    run,
                    f"trang page {FOUND_BY.get(place.key, '')}",
                    possible,
                )
            )
        for action in ACTIONS:
            if action.key != "search":
                run = self._runner(action)
                possible = self._possible(action)
                found.append(
                    Entry(_(action.title), action.shortcut, action.icon, run, action.words, possible)
                )
        for address, name in self.desk.settings.recent_books():
            run = self._book_opener(address)
            found.append(Entry(_("Mở sổ {name}").format(name=name), shown_address(address), "book", run))
        return found

    def open_help(self) -> None:
        """Open the list of shortcuts."""
        from desktop.views.help import HelpDialog

        page = self.page
        HelpDialog(page.title() if page else "", page.actions() if page else [], self, _row_keys(page)).open()

    def toggle_navigation(self) -> None:
        """Make the bar on the left narrow or wide."""
        self.navigation.set_narrow(not self.navigation.narrow)
        self.desk.settings.set("navigation_narrow", self.navigation.narrow)

    def change_text_size(self, percent: int) -> None:
        """Make all text larger or smaller."""
        now = self.desk.settings["text_size"]
        self.desk.settings.set("text_size", max(100, min(200, now + percent)))

    def switch_theme(self) -> None:
        """Go to the next of light, dark, high contrast."""
        keys = list(theme.PALETTES)
        place = keys.index(theme.theme().palette.key)
        self.desk.settings.set("theme", keys[(place + 1) % len(keys)])

    def switch_language(self) -> None:
        """Go to the other language."""
        self.desk.settings.set("language", "en" if language() == "vi" else "vi")

    def _possible(self, action: Action) -> bool:
        if action.writes and not self.desk.can_write:
            return False
        return not action.needs_book or self.desk.session is not None

    def _page_can(self, deed: PageAction) -> bool:
        return self.desk.can_write or not deed.writes

    def _opener(self, key: str) -> Callable[[], object]:
        return lambda: self.go(Route(key))

    def _runner(self, action: Action) -> Callable[[], object]:
        return lambda: self.run_action(action.key)

    def _book_opener(self, address: str) -> Callable[[], object]:
        return lambda: self.books.open(address)

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        holder = QWidget(self)
        holder.setObjectName("desk")
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.navigation = Navigation(self.desk.settings["navigation_narrow"], holder)
        across.addWidget(self.navigation)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.header = Header(holder)
        right.addWidget(self.header)
        self.strip = ReadOnlyStrip(holder)
        right.addWidget(self.strip)
        self.stack = QStackedWidget(holder)
        self._waiting = EmptyState(Empty("book", _("Đang mở sổ…")), self.stack)
        self.stack.addWidget(self._waiting)
        right.addWidget(self.stack, 1)
        self.messages = MessageStack(holder)
        right.addWidget(self.messages)
        across.addLayout(right, 1)
        self.setCentralWidget(holder)
        self.status = Status(self.desk, self)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        desk = self.desk
        desk.said.connect(self.messages.show_message)
        desk.dealt_with.connect(self.messages.supersede)
        desk.routed.connect(self._routed)
        desk.session_changed.connect(self._session_changed)
        desk.action_asked.connect(self.run_action)
        desk.open_book.connect(self._open_book)
        self.navigation.picked.connect(self._picked)
        self.navigation.narrowed.connect(self._narrowed)
        self.header.back_asked.connect(self.go_back)
        self.header.search_asked.connect(self.open_palette)
        self.strip.retry_asked.connect(self._reopen)
        self.books.opening.connect(self._opening)
        self.books.settled.connect(self._settled)
        self.books.backed_up.connect(self.status.refresh)
        self.books.renamed.connect(self._renamed)
        desk.settings.listen(self._setting_changed)
        self.destroyed.connect(_forgetting(desk, self._setting_changed))

    def _make_actions(self) -> None:
        for place in PAGES:
            if place.shortcut:
                self._shortcut(place.shortcut, self._opener(place.key))
        menu = QMenu(self)
        part = ""
        for action in ACTIONS:
            made = QAction(_(action.title), self)
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            made.triggered.connect(self._triggered)
            made.setData(action.key)
            if action.menu:
                if part and action.menu != part:
                    menu.addSeparator()
                part = action.menu
                menu.addAction(made)
            self.addAction(made)
        menu.aboutToShow.connect(self._grey_menu)
        self._book_menu = menu
        self.navigation.set_menu(menu)

    def _shortcut(self, keys: str, run: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        return action

    # -- what happens -------------------------------------------------------------------------------------

    def _triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.run_action(sender.data())

    def _grey_menu(self) -> None:
        for made in self._book_menu.actions():
            if made.data():
                action = BY_KEY[made.data()]
                made.setEnabled(self._possible(action))
                if made.icon().isNull() and action.icon:
                    made.setIcon(icons.icon(action.icon))

    def _routed(self, route: Route) -> None:
        self.go(route)

    def _picked(self, key: str) -> None:
        self.go(Route(key))

    def _narrowed(self, narrow: bool) -> None:
        self.desk.settings.set("navigation_narrow", narrow)

    def _opening(self, name: str) -> None:
        self.messages.supersede()  # what was said of another attempt; what closing has just said stays
        self._waiting.set(Empty("book", _("Đang mở sổ {name}…").format(name=name)))
        self.stack.setCurrentWidget(self._waiting)
        self.header.show_place(_("Sổ Nhóm"), "", [], False)
        self.header.show_actions([], False)

    def _settled(self) -> None:
        """Show a page again instead of the waiting: the one that was left, as it was, where its book has stayed."""
        if self.page is not None:
            return
        left = self._pages.get(self._route.page) if self._route is not None else None
        if left is None or self.desk.session is None:
            self._arrive(Route(_START), remember=False)
            return
        self.stack.setCurrentWidget(left)
        left.shown()
        self._show_place()
        QTimer.singleShot(0, left, left.focus_first)

    def _session_changed(self) -> None:
        """Another book: pages of the old one are thrown away, the start page comes to the front."""
        self._show_session()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self._history.clear()
        self._route = None
        if not self._closing:
            self._arrive(Route(_START), remember=False)

    def _renamed(self) -> None:
        self._show_session()
        self.reload_page()

    def _show_session(self) -> None:
        session = self.desk.session
        self.navigation.set_session(session)
        self.strip.show_session(session)
        self.status.refresh()

    def _setting_changed(self, key: str) -> None:
        if key in ("language", "theme", "text_size"):
            # After the click has been dealt with: the widget that was clicked is thrown away too.
            QTimer.singleShot(0, self, self.rebuild_asked.emit)

    def _open_book(self, address: str) -> None:
        self.books.open(address)

    def _reopen(self) -> None:
        if self.desk.session is not None:
            self.books.open(self.desk.session.address)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the newest message: it comes here only when the page has no use for it."""
        if event.key() != Qt.Key.Key_Escape or not self.messages.close_newest():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the bar on the left narrow where room is short, whatever was chosen."""
        super().resizeEvent(event)
        narrow = self.desk.settings["navigation_narrow"] or self.width() < px(1000)
        if narrow != self.navigation.narrow:
            self.navigation.set_narrow(narrow)

    # -- leaving ------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Let every page keep what is being typed."""
        for page in self._pages.values():
            page.flush()

    def hand_over(self) -> None:
        """Close this window but not the book: another window takes its place."""
        self.flush()
        self._handing_over = True
        self.desk.settings.forget(self._setting_changed)
        self._keep_place()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only after the page has agreed, drafts are kept, the backup is made and the book is closed."""
        if self._handing_over or self._closing:
            self.closed.emit()
            event.accept()
            return
        event.ignore()
        if self.desk.works:
            messages.ask(
                self,
                _("Đang có việc chạy dở. Dừng lại và đóng?"),
                detail="\n".join(f"• {work.title}" for work in self.desk.works),
                yes=_("Dừng và đóng"),
                no=_("Chờ"),
                then=self._stop_works,
                danger=True,
            )
            return
        page = self.page
        if page is None or page.can_leave(self._close_book):
            self._close_book()

    def _stop_works(self) -> None:
        for work in self.desk.works:
            work.progress.cancel()
        page = self.page
        if page is None or page.can_leave(self._close_book):
            self._close_book()

    def _close_book(self) -> None:
        self.flush()
        self._keep_place()
        self._closing = True
        self._waiting.set(Empty("backup", _("Đang sao lưu và đóng sổ…")))
        self.stack.setCurrentWidget(self._waiting)
        # In a moment of its own: without a book it is done at once, inside this closing, and Qt would not hear of it.
        self.books.close(lambda: QTimer.singleShot(0, self, self.close))

    def _keep_place(self) -> None:
        kept = {"geometry": bytes(self.saveGeometry().toBase64().data()).decode("ascii")}
        self.desk.settings.set("window", kept)

    def _restore_place(self) -> None:
        kept = self.desk.settings["window"].get("geometry")
        restored = isinstance(kept, str) and self.restoreGeometry(
            QByteArray.fromBase64(kept.encode("ascii", "ignore"))
        )
        if not restored:
            space = self.screen().availableGeometry()
            # Room for the window's own frame, so that the foot is never below the screen.
            self.resize(min(px(1220), space.width() - 16), min(px(780), space.height() - 56))
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)


def _row_keys(page: QWidget | None) -> list[tuple[str, str]]:
    """Return the keys of the rows that are in view, each once: F1 lists them beside the page's own."""
    if page is None:
        return []
    from desktop.views.kit.table_view import TableView

    shown = [view for view in page.findChildren(TableView) if view.isVisible()]
    keys = [
        (action.shortcut, action.title) for view in shown for action in view.row_actions if action.shortcut
    ]
    return list(dict.fromkeys(keys))


def _forgetting(desk: Desk, listener: Callable[[str], None]) -> Callable[[], None]:
    return lambda: desk.settings.forget(listener)

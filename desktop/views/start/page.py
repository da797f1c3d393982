"""The first page: without a book the ways to get one, with a book what is next and what is unfinished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.acts import Topic
from desktop.views.kit.blocks import Card, Wrap, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.theme import px, space
from desktop.views.start.tiles import Line, Tile
from resources.addresses import is_server, shown_address
from resources.lang.dates import show_day, weekday_name
from resources.lang.messages import _


class StartPage(Page):
    """Built anew at each reload: it holds little, and nothing is typed into it."""

    topics = frozenset(
        {Topic.BOOK, Topic.GROUPS, Topic.MEMBERS, Topic.MEETINGS, Topic.ENTRIES, Topic.DRAFTS, Topic.PERIODS}
    )
    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.facts: Any = None
        self._content: QWidget | None = None

    def title(self) -> str:
        """Return the name of the book, or a welcome."""
        return self.desk.session.name if self.desk.session is not None else _("Sổ Nhóm")

    def subtitle(self) -> str:
        """Return the day."""
        today = self.desk.today()
        return f"{weekday_name(today)}, {show_day(today)}"

    def actions(self) -> list[PageAction]:  # type: ignore[override]
        """Offer what a clerk does most."""
        if self.desk.session is None:
            return []
        return [
            PageAction(_("Nhập buổi họp"), self._new_meeting, "meeting", "Ctrl+N", primary=True),
            PageAction(_("Sao lưu"), self._backup, "backup", writes=False),
        ]

    def reload(self) -> None:
        """Ask the book what is next."""
        if self.desk.session is None:
            self._show(self._without_book())
            return
        today = self.desk.today()

        def question(book: Any) -> Any:
            from desktop.services.overview import start

            return start(book, today)

        self.desk.ask(question, self._came, owner=self)

    # -- without a book -----------------------------------------------------------------------------------

    def _without_book(self) -> QWidget:
        page = QWidget(self.body.parentWidget())  # where it will stand: it is dressed once
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, space(4), 0, 0)
        outer.setSpacing(space(4))
        outer.addWidget(label(_("Sổ sách của nhóm, rõ ràng và an toàn"), "hero", page))
        outer.addWidget(
            label(
                _("Ghi buổi họp bằng bàn phím, in sao kê cho từng thành viên, mọi thứ nằm trên máy của bạn."),
                "lead",
                page,
                wrap=True,
            )
        )
        if self.desk.unopened:
            outer.addWidget(self._unopened(page))
        grid = Wrap(330, 2, page, gap=4)
        tiles = [
            Tile(
                "plus", _("Tạo sổ mới"), _("Bắt đầu sổ của xã hoặc dự án"), "book-create", grid, primary=True
            ),
            Tile("open", _("Mở sổ có sẵn"), _("Tệp .sonhom trên máy hoặc USB"), "book-open", grid),
            Tile("demo", _("Xem sổ mẫu"), _("Bốn nhóm, hai năm số liệu để tập"), "book-demo", grid),
            Tile("import", _("Nhập từ Excel"), _("Tạo sổ rồi lấy danh sách thành viên"), "book-import", grid),
        ]
        for tile in tiles:
            tile.clicked.connect(self._tile_clicked)
            grid.add(tile)
        outer.addWidget(grid)
        server = Line("open", _("Mở sổ trên máy chủ…"), _("Nhiều máy cùng dùng một sổ PostgreSQL"), "", page)
        server.clicked.connect(self._open_server)
        outer.addWidget(server)
        recent = self.desk.settings.recent_books()
        if recent:
            card = Card(_("Các sổ mở gần đây"), "clock", page)
            for address, name in recent:
                gone = not is_server(address) and not Path(address).exists()
                entry = Line("book", name, _place(address), "", card, tone="warn" if gone else "")
                if gone:
                    entry.set_badge(_("không thấy tệp"))
                entry.target = address
                entry.clicked.connect(self._recent_clicked)
                card.body.addWidget(entry)
            if not self.desk.unopened:
                card.body.addWidget(self._way_back(card))
            outer.addWidget(card)
        outer.addStretch(1)
        page.setMaximumWidth(px(860))
        return page

    def _unopened(self, page: QWidget) -> Card:
        """Return what to do about the book that could not be opened."""
        card = Card(_("Sổ chưa mở được: {name}").format(name=Path(self.desk.unopened).name), "warning", page)
        text = _("Nếu tệp hỏng hoặc đã mất, bản sao lưu đưa sổ về lúc sao lưu; tệp đang có vẫn được giữ lại.")
        card.body.addWidget(label(text, "muted", card, wrap=True))
        card.body.addWidget(self._way_back(card, _place(self.desk.unopened)))
        return card

    def _way_back(self, parent: QWidget, detail: str = "") -> Line:
        detail = detail or _("Khi sổ bị hỏng hoặc mất tệp")
        back = Line("undo", _("Khôi phục từ bản sao lưu…"), detail, "", parent)
        back.clicked.connect(self._restore)
        return back

    def _open_server(self) -> None:
        self.desk.run_action("book-open-server")

    def _restore(self) -> None:
        self.desk.run_action("book-restore")

    def _tile_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            self.desk.run_action(tile.action)

    def _recent_clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, Line):
            self.desk.open_book.emit(entry.target)

    # -- with a book --------------------------------------------------------------------------------------

    def _came(self, facts: Any) -> None:
        from desktop.views.start.overview import Overview

        self.facts = facts
        self._show(Overview(self.desk, facts, self.body.parentWidget()))

    # -- deeds --------------------------------------------------------------------------------------------

    def _new_meeting(self) -> None:
        self.desk.open_page("meetings", new=True)

    def _backup(self) -> None:
        self.desk.run_action("book-backup")

    def _show(self, content: QWidget) -> None:
        focus = self.window().focusWidget()
        here = focus is None or focus is self.window() or focus is self or self.isAncestorOf(focus)
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self.body.addWidget(content)
        self.titled.emit()
        if here and self.isVisible():
            self.focus_first()
        QTimer.singleShot(0, self, self._drawn)

    def _drawn(self) -> None:
        # The window gives the page the focus in a moment of its own, asked for after ours.
        QTimer.singleShot(0, self, self.desk.first_page_stands.emit)


def _place(address: str) -> str:
    if is_server(address):
        return shown_address(address)
    path = Path(address)
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)

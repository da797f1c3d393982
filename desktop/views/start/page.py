"""The first page: without a book the ways to get one, with a book what is next and what is unfinished."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.acts import Topic
from desktop.views.kit.blocks import Card, Columns, Figure, Wrap, figures, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.theme import px, space
from desktop.views.start.tiles import Line, Tile
from resources.lang.dates import show_day, show_instant, weekday_name
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _, ngettext

_LONG_WITHOUT_BACKUP = 7
"""Days after which the page reminds of a backup."""


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

    def actions(self) -> list[PageAction]:
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
        page = QWidget(self)
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
        grid = Wrap(330, 2, page, gap=4)
        tiles = [
            Tile("plus", _("Tạo sổ mới"), _("Bắt đầu sổ của xã hoặc dự án"), "book-create", primary=True),
            Tile("open", _("Mở sổ có sẵn"), _("Tệp .sonhom trên máy hoặc USB"), "book-open"),
            Tile("demo", _("Xem sổ mẫu"), _("Ba nhóm, hai năm số liệu để tập"), "book-demo"),
            Tile("import", _("Nhập từ Excel"), _("Tạo sổ rồi lấy danh sách thành viên"), "book-import"),
        ]
        for tile in tiles:
            tile.clicked.connect(self._tile_clicked)
            grid.add(tile)
        outer.addWidget(grid)
        recent = self.desk.settings.recent_books()
        if recent:
            card = Card(_("Các sổ mở gần đây"), "clock", page)
            for address, name in recent:
                entry = Line("book", name, _place(address), "", page)
                entry.target = address
                entry.clicked.connect(self._recent_clicked)
                card.body.addWidget(entry)
            outer.addWidget(card)
        outer.addStretch(1)
        page.setMaximumWidth(px(860))
        return page

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
        self.facts = facts
        self._show(self._with_book(facts))

    def _with_book(self, facts: Any) -> QWidget:
        page = QWidget(self)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space(4))
        if not facts.groups:
            outer.addWidget(self._first_steps(page))
        else:
            outer.addWidget(self._figures(facts, page))
        columns = Columns(parent=page)
        if facts.groups:
            columns.left.addWidget(self._meetings(facts, page))
            columns.right.addWidget(self._cash(facts, page))
        columns.left.addWidget(self._drafts(facts, page))
        columns.right.addWidget(self._safety(facts, page))
        columns.finish()
        outer.addWidget(columns)
        outer.addStretch(1)
        return page

    def _first_steps(self, page: QWidget) -> QWidget:
        card = Card(_("Sổ còn trống. Ba bước đầu tiên"), "good", page)
        steps = [
            ("groups", _("Thêm nhóm đầu tiên"), _("Tên, xã, lịch họp và quy chế"), ("group-new", {})),
            ("member", _("Thêm thành viên"), _("Từng người, hoặc cả danh sách Excel"), ("members", {})),
            ("meeting", _("Nhập buổi họp"), _("In bảng trống, họp, rồi nhập từng dòng"), ("meetings", {})),
        ]
        for icon, title, detail, (key, args) in steps:
            entry = Line(icon, title, detail, "", page)
            entry.target = (key, args)
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _figures(self, facts: Any, page: QWidget) -> QWidget:
        cash = sum(row.cash + row.social for row in facts.cash)
        late = sum(1 for meeting in facts.next_meetings if meeting.late)
        return figures(
            [
                Figure(_("Nhóm"), show_number(facts.groups)),
                Figure(_("Thành viên"), show_number(facts.members)),
                Figure(_("Tiền trong các hòm"), show_dong(cash)),
                Figure(_("Buổi họp chưa nhập"), show_number(late)),
            ],
            page,
        )

    def _meetings(self, facts: Any, page: QWidget) -> QWidget:
        card = Card(_("Buổi họp sắp tới"), "calendar", page)
        if not facts.next_meetings:
            card.body.addWidget(
                label(_("Chưa có nhóm nào có lịch họp trong chu kỳ."), "muted", card, wrap=True)
            )
        for meeting in facts.next_meetings:
            detail = ngettext("{n} thành viên", "{n} thành viên", meeting.members).format(n=meeting.members)
            when = f"{weekday_name(meeting.day)}, {show_day(meeting.day)}"
            entry = Line("meeting", meeting.name, detail, when, card, tone="warn" if meeting.late else "")
            if meeting.late:
                entry.set_badge(_("chưa nhập"))
            elif meeting.day == self.desk.today():
                entry.set_badge(_("hôm nay"), "good")
            entry.target = ("meetings", {"group": meeting.group, "new": True})
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _cash(self, facts: Any, page: QWidget) -> QWidget:
        card = Card(_("Tiền của từng nhóm"), "cash", page)
        for row in facts.cash:
            parts = [_("quỹ xã hội {amount}").format(amount=show_dong(row.social))] if row.social else []
            if row.bank:
                parts.append(_("ngân hàng {amount}").format(amount=show_dong(row.bank)))
            detail = " · ".join(parts) or row.code
            entry = Line("groups", row.name, detail, show_dong(row.cash), card)
            entry.target = ("cashbook", {"group": row.group})
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        if facts.groups > len(facts.cash):
            more = facts.groups - len(facts.cash)
            card.body.addWidget(label(_("và {n} nhóm khác").format(n=show_number(more)), "muted", card))
        return card

    def _drafts(self, facts: Any, page: QWidget) -> QWidget:
        card = Card(_("Việc đang dở"), "draft", page)
        if not facts.drafts:
            card.body.addWidget(label(_("Không có gì dở dang."), "muted", card))
        for draft in facts.drafts:
            detail = _("{who} lưu lúc {when}").format(who=draft.saved_by, when=show_instant(draft.saved_at))
            title = (
                _("Bảng họp: {group}").format(group=draft.title) if draft.kind == "meeting" else draft.title
            )
            entry = Line("draft", title, detail, _("Làm tiếp"), card)
            args = {"group": int(draft.key)} if draft.kind == "meeting" and draft.key.isdigit() else {}
            entry.target = ("meetings", {**args, "draft": draft.key})
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _safety(self, facts: Any, page: QWidget) -> QWidget:
        card = Card(_("An toàn của sổ"), "backup", page)
        address = self.desk.session.address if self.desk.session is not None else ""
        last = facts.last_backup or self.desk.settings.last_backup(address)
        if last is None:
            tone, words = "warn", _("Sổ này chưa được sao lưu trên máy này.")
        else:
            old = (self.desk.today() - _local_day(last)).days > _LONG_WITHOUT_BACKUP
            tone = "warn" if old else "good"
            words = _("Sao lưu gần nhất: {when}").format(when=show_instant(last))
        entry = Line("backup", words, _("Chép ra USB và kiểm tra bản sao"), _("Sao lưu"), card, tone=tone)
        entry.clicked.connect(self._backup)
        card.body.addWidget(entry)
        check = Line(
            "verify", _("Kiểm tra sổ"), _("Tính lại chuỗi chứng từ và mọi số dư"), _("Kiểm tra"), card
        )
        check.clicked.connect(self._verify)
        card.body.addWidget(check)
        return card

    # -- deeds --------------------------------------------------------------------------------------------

    def _line_clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, Line) and isinstance(entry.target, tuple):
            key, args = entry.target
            self.desk.open_page(key, **args)

    def _new_meeting(self) -> None:
        self.desk.open_page("meetings", new=True)

    def _backup(self) -> None:
        self.desk.run_action("book-backup")

    def _verify(self) -> None:
        self.desk.run_action("book-verify")

    def _show(self, content: QWidget) -> None:
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self.body.addWidget(content)
        self.titled.emit()
        if self.isVisible() and self.window().focusWidget() in (None, self.window(), self):
            self.focus_first()


def _place(address: str) -> str:
    path = Path(address)
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)


def _local_day(instant: Any) -> date:
    local: date = instant.astimezone().date()
    return local

"""The first page of an open book: what is next, where the money is, what is unfinished, how safe the book is."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.blocks import Card, Columns, Figure, figures, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import space
from desktop.views.start.tiles import Line
from resources.addresses import is_server
from resources.lang.dates import show_day, show_instant, weekday_name
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _, many, ngettext

_LONG_WITHOUT_BACKUP = 7
"""Days after which the page reminds of a backup."""


class Overview(QWidget):
    """Cards made from `desktop.services.overview.StartFacts`; each line leads to its page."""

    def __init__(self, desk: Desk, facts: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space(4))
        if not facts.groups:
            outer.addWidget(self._first_steps())
        else:
            outer.addWidget(self._figures(facts))
        columns = Columns(parent=self)
        if facts.groups:
            columns.left.addWidget(self._meetings(facts, columns))
            columns.right.addWidget(self._cash(facts, columns))
        if facts.interest_due:
            columns.left.addWidget(self._interest(facts, columns))
        columns.left.addWidget(self._drafts(facts, columns))
        columns.right.addWidget(self._safety(facts, columns))
        columns.finish()
        outer.addWidget(columns)
        outer.addStretch(1)

    def _first_steps(self) -> QWidget:
        card = Card(_("Sổ còn trống. Ba bước đầu tiên"), "good", self)
        steps: list[tuple[str, str, str, tuple[str, dict[str, Any]]]] = [
            ("groups", _("Thêm nhóm đầu tiên"), _("Tên, xã, lịch họp và quy chế"), ("group-new", {})),
            ("member", _("Thêm thành viên"), _("Từng người, hoặc cả danh sách Excel"), ("members", {})),
            (
                "meeting",
                _("Nhập buổi họp"),
                _("In phiếu họp trống, họp, rồi nhập từng dòng"),
                ("meetings", {}),
            ),
        ]
        for icon, title, detail, (key, args) in steps:
            entry = Line(icon, title, detail, "", card)
            entry.target = (key, args)
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _figures(self, facts: Any) -> QWidget:
        cash = sum(row.cash + row.social for row in facts.cash)
        late = sum(1 for meeting in facts.next_meetings if meeting.late)
        return figures(
            [
                Figure(many("Nhóm"), show_number(facts.groups)),
                Figure(many("Thành viên"), show_number(facts.members)),
                Figure(_("Tiền trong các hòm"), show_dong(cash)),
                Figure(_("Buổi họp chưa nhập"), show_number(late)),
            ],
            self,
        )

    def _meetings(self, facts: Any, parent: QWidget) -> QWidget:
        card = Card(_("Buổi họp sắp tới"), "calendar", parent)
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

    def _interest(self, facts: Any, parent: QWidget) -> QWidget:
        card = Card(_("Lãi tiết kiệm đến hạn nhập"), "check", parent)
        for due in facts.interest_due:
            detail = f"{due.kind.title} · {due.title}"
            entry = Line("cash", due.name, detail, _("hết kỳ {day}").format(day=show_day(due.ends)), card)
            entry.target = ("savings-run", {"group": due.group, "kind": due.kind.value})
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _cash(self, facts: Any, parent: QWidget) -> QWidget:
        card = Card(_("Tiền của từng nhóm"), "cash", parent)
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

    def _drafts(self, facts: Any, parent: QWidget) -> QWidget:
        card = Card(_("Việc đang dở"), "draft", parent)
        if not facts.drafts:
            card.body.addWidget(label(_("Không có gì dở dang."), "muted", card))
        for draft in facts.drafts:
            detail = _("{who} lưu lúc {when}").format(who=draft.saved_by, when=show_instant(draft.saved_at))
            title, target = _unfinished(draft)
            entry = Line("draft", title, detail, _("Làm tiếp"), card)
            entry.target = target
            entry.clicked.connect(self._line_clicked)
            card.body.addWidget(entry)
        return card

    def _safety(self, facts: Any, parent: QWidget) -> QWidget:
        card = Card(_("An toàn của sổ"), "backup", parent)
        address = self.desk.session.address if self.desk.session is not None else ""
        last = facts.last_backup or self.desk.settings.last_backup(address)
        server = is_server(address)
        if last is None:
            tone, words = "warn", _("Sổ này chưa được sao lưu trên máy này.")
        else:
            old = (self.desk.today() - _local_day(last)).days > _LONG_WITHOUT_BACKUP
            tone = "warn" if old else "good"
            words = _("Sao lưu gần nhất: {when}").format(when=show_instant(last))
        if server:
            words = _("Sổ nằm trên máy chủ: người quản trị máy chủ sao lưu.")
            card.body.addWidget(label(words, "muted", card, wrap=True))
        else:
            entry = Line("backup", words, _("Chép ra USB và kiểm tra bản sao"), _("Sao lưu"), card, tone=tone)
            entry.clicked.connect(self._backup)
            card.body.addWidget(entry)
        if facts.restored is not None:
            card.body.addWidget(label(_restored(facts.restored), "muted", card, wrap=True))
        check = Line(
            "verify", _("Kiểm tra sổ"), _("Tính lại chuỗi chứng từ và mọi số dư"), _("Kiểm tra"), card
        )
        check.clicked.connect(self._verify)
        card.body.addWidget(check)
        return card

    # -- deeds -----------------------------------------------------------------------------------------------

    def _line_clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, Line) and isinstance(entry.target, tuple):
            key, args = entry.target
            self.desk.open_page(key, **args)

    def _backup(self) -> None:
        self.desk.run_action("book-backup")

    def _verify(self) -> None:
        self.desk.run_action("book-verify")


def _restored(note: Any) -> str:
    text = _("Sổ được {who} khôi phục lúc {when} từ bản sao {copy}.")
    told = text.format(who=note.by, when=show_instant(note.at), copy=note.copy)
    return f"{told} {_('Tệp trước đó: {name}').format(name=note.replaced)}" if note.replaced else told


def _local_day(instant: Any) -> date:
    local: date = instant.astimezone().date()
    return local


def _unfinished(draft: Any) -> tuple[str, tuple[str, dict[str, Any]]]:
    """Return what a draft is called and where it is gone on with."""
    if draft.kind == "training" and draft.key.isdigit():
        title = _("Điểm danh lớp tập huấn: {session}").format(session=draft.title)
        return title, ("attendance", {"session": int(draft.key)})
    if draft.kind == "meeting":
        args = {"group": int(draft.key)} if draft.key.isdigit() else {}
        title = _("Phiếu họp: {group}").format(group=draft.title)
        return title, ("meetings", {**args, "draft": draft.key})
    return draft.title, ("meetings", {"draft": draft.key})

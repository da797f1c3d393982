"""The social fund of a group: what it has, and its grants from the request to the payment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import GrantReason, GrantState
from desktop.services import social_fund
from desktop.services.acts import Act, Outcome
from desktop.services.groups import GroupDetail
from desktop.services.social_fund import Ask, Decide, GrantRow, SocialFund
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.blocks import Figure, Wrap, button
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, dong, line, number, text
from desktop.views.kit.papers import print_paper
from desktop.views.kit.pickers import Find, pick
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_TONES = {
    GrantState.REQUESTED: "warn",
    GrantState.APPROVED: "good",
    GrantState.REFUSED: "muted",
    GrantState.PAID: "",
    GrantState.REVERSED: "muted",
}
_COLUMNS: list[Column[GrantRow]] = [
    Column("day", N_("Ngày đề nghị"), lambda row: row.requested_on, kind="day", width=12),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=18, stretch=True),
    Column("reason", N_("Lý do"), lambda row: row.reason.title, width=14),
    Column("words", N_("Nội dung"), lambda row: row.words, width=18),
    Column("amount", N_("Số tiền (₫)"), lambda row: row.amount, kind="money", width=11),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(row.state.title, _TONES[row.state]),
        kind="state",
        width=14,
    ),
    Column("decision", N_("Quyết định"), lambda row: row.decision, width=18),
    Column("paid", N_("Ngày chi"), lambda row: row.paid_on, kind="day", width=11),
    Column("voucher", N_("Chứng từ"), lambda row: row.voucher_number, width=13),
]


class SocialTab(GroupTab):
    """Figures above, grants below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: SocialFund | None = None
        self.cash_figure = Figure(_("Trong hòm quỹ xã hội"), "–", parent=self)
        self.in_figure = Figure(_("Đã đóng góp"), "–", parent=self)
        self.out_figure = Figure(_("Đã trợ cấp"), "–", parent=self)
        self.promised_figure = Figure(_("Đã duyệt, chưa chi"), "–", parent=self)
        figures = Wrap(150, 4, self)
        for figure in (self.cash_figure, self.in_figure, self.out_figure, self.promised_figure):
            figures.add(figure)
        self.body.addWidget(figures)
        self.ask_button = self.writer(_("Đề nghị trợ cấp…"), self.ask, "plus", "primary")
        self.book_button = button(_("In sổ quỹ xã hội"), self.print_book, "print", "", self)
        self.row_of(self.ask_button, self.book_button)
        self.table: RowTable[GrantRow] = RowTable(desk, _COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "group.grants",
            _("Trợ cấp từ quỹ xã hội"),
            empty=Empty(
                "cash",
                _("Chưa có khoản trợ cấp nào."),
                _(
                    "Quỹ xã hội giúp thành viên khi ốm đau, tang chế, thiên tai; không dùng chung với quỹ vay."
                ),
                (_("Đề nghị trợ cấp…"), self.ask),
            ),
            actions=(
                RowAction(_("Duyệt…"), self.approve, "check", enabled=self._asked),
                RowAction(_("Không duyệt…"), self.refuse, "close", enabled=self._asked),
                RowAction(_("Chi tiền…"), self.pay, "cash", enabled=self._approved),
                RowAction(_("In phiếu chi"), self.print_slip, "print", enabled=_has_voucher),
                RowAction(_("Hủy chi…"), self.take_back, "undo", "Del", self._paid),
            ),
        )
        self.view.opened.connect(self.next_step)
        self.view.setMinimumHeight(px(300))
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read the fund."""
        group, today = self.group, self.desk.today()
        self.desk.ask(lambda book: social_fund.fund(book, group, today), self._show, owner=self)

    def _show(self, found: SocialFund) -> None:
        self.found = found
        self.cash_figure.set(show_dong(found.cash))
        self.in_figure.set(show_dong(found.contributed))
        self.out_figure.set(show_dong(found.granted))
        self.promised_figure.set(show_dong(found.promised))
        self.table.set_rows(found.grants)

    # -- what is allowed ----------------------------------------------------------------------------

    def _asked(self, row: GrantRow) -> bool:
        return self.desk.can_write and row.state is GrantState.REQUESTED

    def _approved(self, row: GrantRow) -> bool:
        return self.desk.can_write and row.state is GrantState.APPROVED

    def _paid(self, row: GrantRow) -> bool:
        return self.desk.can_write and row.state is GrantState.PAID

    # -- deeds --------------------------------------------------------------------------------------

    def next_step(self, row: GrantRow) -> None:
        """Enter goes on with a grant: decide it, pay it, print it."""
        if self._asked(row):
            self.approve(row)
        elif self._approved(row):
            self.pay(row)
        elif _has_voucher(row):
            self.print_slip(row)

    def ask(self) -> None:
        """Write down a request."""
        if self.detail is None or not self.desk.can_write:
            return
        group = self.group
        members = [Find(one.member_id, one.full_name, one.code) for one in self.detail.members]

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
            command = Ask(
                group,
                values["member"],
                values["reason"],
                values["amount"],
                values["day"],
                values["words"] or "",
            )
            return social_fund.ask(book, command, act)

        held = "" if self.found is None else show_dong(self.found.cash)
        FormDialog(
            self.desk,
            _("Đề nghị trợ cấp"),
            [
                Field("member", N_("Người được trợ cấp"), pick(members), required=True, span=0),
                Field(
                    "reason", N_("Lý do"), choice([(one, one.title) for one in GrantReason]), required=True
                ),
                Field("amount", N_("Số tiền"), dong(), required=True),
                Field("day", N_("Ngày đề nghị"), day(past=True), required=True),
                Field("words", N_("Nội dung"), line("", 160), span=0),
            ],
            deed,
            self._said(_("Đã ghi đề nghị.")),
            values={"day": self.desk.today()},
            intro=_("Trong hòm quỹ xã hội có {held}.").format(held=held),
            save_text=_("Ghi đề nghị"),
            columns=2,
            parent=self,
        ).open()

    def approve(self, row: GrantRow) -> None:
        """Approve a request by the meeting's vote or by two officers."""
        self._decide(row, approved=True)

    def refuse(self, row: GrantRow) -> None:
        """Refuse a request with a reason."""
        self._decide(row, approved=False)

    def _decide(self, row: GrantRow, *, approved: bool) -> None:
        if not self._asked(row):
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
            command = Decide(
                row.id,
                values["day"],
                approved,
                values.get("present") or 0,
                values.get("in_favour") or 0,
                tuple(one for one in (values.get("officers"), values.get("second")) if one),
                values["why"] or "",
            )
            return social_fund.decide(book, command, act)

        assert self.detail is not None
        officers = _officers(self.detail)
        fields = [Field("day", N_("Ngày quyết định"), day(past=True), required=True)]
        if approved:
            fields += [
                Field(
                    "present",
                    N_("Số người dự họp"),
                    number(0, 999),
                    width=8,
                    hint=N_("Khi cuộc họp biểu quyết"),
                ),
                Field("in_favour", N_("Số người đồng ý"), number(0, 999), width=8),
                Field("officers", N_("Hoặc người duyệt thứ nhất"), choice([("", ""), *officers])),
                Field("second", N_("Người duyệt thứ hai"), choice([("", ""), *officers])),
            ]
        fields.append(
            Field("why", N_("Ghi chú") if approved else N_("Lý do"), text(2), required=not approved, span=0)
        )
        FormDialog(
            self.desk,
            _("Duyệt trợ cấp") if approved else _("Không duyệt trợ cấp"),
            fields,
            deed,
            self._said(_("Đã ghi quyết định.")),
            values={"day": self.desk.today()},
            intro=f"{row.name}: {row.reason.title}, {show_dong(row.amount)}",
            save_text=_("Duyệt") if approved else _("Không duyệt"),
            columns=2,
            parent=self,
        ).open()

    def pay(self, row: GrantRow) -> None:
        """Pay an approved grant out of the social-fund box."""
        if not self._approved(row):
            return
        FormDialog(
            self.desk,
            _("Chi trợ cấp"),
            [Field("day", N_("Ngày chi"), day(past=True), required=True)],
            lambda book, values, act: social_fund.pay(book, row.id, values["day"], act),
            self._said(_("Đã chi trợ cấp.")),
            values={"day": self.desk.today()},
            intro=f"{row.name}: {show_dong(row.amount)}",
            save_text=_("Ghi sổ"),
            parent=self,
        ).open()

    def take_back(self, row: GrantRow) -> None:
        """Take a payment back with a reason."""
        if not self._paid(row):
            return
        ReasonDialog(
            self.desk,
            _("Hủy chi trợ cấp"),
            lambda book, reason, act: social_fund.take_back(book, row.id, reason, act),
            self._said(_("Đã hủy chi.")),
            save_text=_("Hủy chi"),
            parent=self,
        ).open()

    def print_slip(self, row: GrantRow) -> None:
        """Show the payment slip of a grant."""
        voucher = row.voucher
        if voucher is None:
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import meeting_papers

            return meeting_papers.receipts(book, [voucher], act)

        print_paper(self.desk, self, "receipts", _("Phiếu chi trợ cấp"), gather)

    def print_book(self) -> None:
        """Show the book of the social fund of this year: movements, grants with reason and approval, balance."""
        print_social_book(self.desk, self, self.group)

    def _said(self, words: str) -> Callable[[Any], object]:
        return lambda _value: self.desk.say(words, "good")


def print_social_book(desk: Desk, owner: QWidget, group: GroupId) -> None:
    """Show the book of a group's social fund of this year."""
    today = desk.today()

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import money_papers

        return money_papers.social_book(book, group, today.replace(month=1, day=1), today, act)

    print_paper(desk, owner, "social-book", _("Sổ quỹ xã hội"), gather)


def _officers(detail: GroupDetail) -> list[tuple[str, str]]:
    """Return each officer once with all offices: one person in two offices is not two people who approve."""
    offices: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for one in detail.offices:
        if one.until is None:
            offices.setdefault(one.member, []).append(one.office.title)
            names[one.member] = one.full_name
    return [(f"{names[key]} ({', '.join(titles)})",) * 2 for key, titles in offices.items()]


def _has_voucher(row: GrantRow) -> bool:
    return row.voucher is not None

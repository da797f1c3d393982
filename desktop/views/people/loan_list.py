"""The list of loans that several pages show: of the whole book, of a group, of a person. Enter opens a loan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import LoanDirection, LoanStage
from desktop.services import loan_lists
from desktop.services.loan_lists import LoanFilter, LoanOrder, LoanRow, LoanSort, LoanSums
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.sources import BookSource, Query
from desktop.views.kit.table_view import RowAction, TableView
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _, ngettext

_TONES = {
    LoanStage.APPLIED: "warn",
    LoanStage.APPROVED: "good",
    LoanStage.ACTIVE: "",
    LoanStage.CLOSED: "muted",
    LoanStage.REFUSED: "muted",
    LoanStage.CANCELLED: "muted",
    LoanStage.WRITTEN_OFF: "bad",
}
_OPEN = (LoanStage.APPLIED, LoanStage.APPROVED, LoanStage.ACTIVE)


def stage_state(stage: LoanStage) -> State:
    """Return a loan's stage as a label."""
    return State(stage.title, _TONES[stage])


def late_words(days: int) -> str:
    """Return how late a loan is ("12 ngày"), nothing when it is not."""
    return ngettext("{n} ngày", "{n} ngày", days).format(n=days) if days else ""


def late_state(days: int) -> State:
    """Return how late a loan is, as a label; nothing when it is not."""
    tone = "" if not days else "warn" if days <= 30 else "bad"
    return State(late_words(days), tone)


LOANS: list[Column[LoanRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("group", N_("Nhóm"), lambda row: row.group_code, width=8),
    Column("name", N_("Họ tên, bên cho vay"), lambda row: row.name, width=22, stretch=True),
    Column("purpose", N_("Mục đích"), lambda row: row.purpose, width=16, sortable=False),
    Column("amount", N_("Vay (₫)"), lambda row: row.amount, kind="money", width=11),
    Column("outstanding", N_("Dư nợ (₫)"), lambda row: row.outstanding, kind="money", width=11),
    Column("overdue", N_("Quá hạn (₫)"), lambda row: row.overdue, kind="money", width=11),
    Column("late", N_("Trễ"), lambda row: late_state(row.days_late), kind="state", width=9),
    Column("stage", N_("Tình trạng"), lambda row: stage_state(row.stage), kind="state", width=11),
    Column("applied", N_("Ngày xin vay"), lambda row: row.applied_on, kind="day", width=12, hidden=True),
    Column("disbursed", N_("Giải ngân"), lambda row: row.disbursed_on, kind="day", width=11, hidden=True),
    Column(
        "rescheduled",
        N_("Gia hạn"),
        lambda row: row.rescheduled or None,
        kind="number",
        width=9,
        hidden=True,
        sortable=False,
    ),
]


class LoanList(QWidget):
    """Loans asked for by pages, with their stage and side to choose; `show_loans` says whose and as of which day."""

    def __init__(
        self, desk: Desk, name: str, new: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._asked: Ticket | None = None
        self._wanted: tuple[GroupId | None, MemberId | None, date] = (None, None, desk.today())
        self._source: LoanId | None = None
        self._new, self._why_not = new, ""
        self.table: RowTable[LoanRow] = RowTable(
            desk, LOANS, key=lambda row: row.id, source=BookSource(self._count, self._page)
        )
        self.view = TableView(
            self.table,
            name,
            _("Các khoản vay"),
            actions=(RowAction(_("Mở khoản vay"), self.open_loan, "open"),),
        )
        self.view.opened.connect(self.open_loan)
        stages: list[tuple[Any, Any]] = [
            (_OPEN, _("Đang xét, đang vay")),
            ((), _("Mọi tình trạng")),
            *(((stage,), stage.title) for stage in LoanStage),
        ]
        self.stage = Choice(stages, self)
        self.stage.setAccessibleName(_("Tình trạng"))
        self.side = Choice([(side, side.title) for side in LoanDirection], self)
        self.side.setAccessibleName(_("Ai cho vay"))
        for place, box in enumerate((self.side, self.stage)):
            box.changed.connect(self._filter)
            self.view.tools.insertWidget(place, box)
        self.view.narrowed_by(self.stage, _OPEN)
        self.view.narrowed_by(self.side, LoanDirection.OUT)
        self.table.loaded.connect(self._sum_up)
        box_ = QVBoxLayout(self)
        box_.setContentsMargins(0, 0, 0, 0)
        box_.addWidget(self.view)

    def show_loans(
        self,
        day: date,
        *,
        group: GroupId | None = None,
        member: MemberId | None = None,
        source: LoanId | None = None,
    ) -> None:
        """Show the loans of a group or a person, or those paid from a lender's loan, with what is owed on a day."""
        self._wanted, self._source = (group, member, day), source
        self.side.setVisible(source is None)
        self.view.show_columns({"group": group is None, "name": member is None})
        if not self._filter():
            self.table.reload()

    def _empty(self, why_not: str = "") -> Empty:
        advice = _("Khoản vay bắt đầu bằng một đơn vay theo một sản phẩm.")
        begin = None if why_not or self._new is None else (_("Đơn vay mới"), self._new)
        every = not self.stage.value()
        text = _("Chưa có khoản vay nào.") if every else _("Không có khoản vay nào đang xét hay đang vay.")
        return Empty("loan", text, why_not or advice, begin)

    def offer(self, why_not: str = "") -> None:
        """Offer to begin an application where the list is empty, or say why there can be none."""
        self._why_not = why_not
        self.view.set_empty(self._empty(why_not))

    def open_loan(self, row: LoanRow) -> None:
        """Open the page of a loan."""
        self.desk.open_page("loan", loan=row.id)

    def _filter(self) -> bool:
        """Ask for what is chosen now; tell whether that is something else than before."""
        self.view.set_empty(self._empty(self._why_not))
        group, member, day = self._wanted
        before = self.table.query
        self.table.set_filters(
            group=group,
            member=member,
            day=day,
            stages=self.stage.value() or None,
            side=self.side.value(),
            source=self._source,
        )
        return before != self.table.query

    def _sum_up(self) -> None:
        if self._asked is not None:
            self._asked.drop()
        wanted, day = _filter(self.table.query), self.table.query.filters.get("day")
        if day is None:
            return
        self._asked = self.desk.ask(
            lambda book: loan_lists.sums(book, wanted, day), self._show_sums, owner=self
        )

    def _show_sums(self, sums: LoanSums) -> None:
        self.view.set_summary(
            _("Dư nợ {owed} · quá hạn {late}").format(
                owed=show_dong(sums.outstanding), late=show_dong(sums.overdue)
            )
            if sums.loans
            else ""
        )

    def _count(self, book: Any, query: Query) -> int:
        return loan_lists.count(book, _filter(query), query.filters.get("day", self.desk.today()))

    def _page(self, book: Any, query: Query, offset: int, limit: int) -> Sequence[LoanRow]:
        day = query.filters.get("day", self.desk.today())
        sort = LoanSort(LoanOrder(query.sort), query.descending) if query.sort else LoanSort()
        return loan_lists.page(book, _filter(query), sort, offset, limit, day)


def _filter(query: Query) -> LoanFilter:
    kept = query.filters
    return LoanFilter(
        kept.get("group"),
        kept.get("member"),
        kept.get("stages", ()),
        kept.get("side", LoanDirection.OUT),
        query.text,
        kept.get("source"),
    )

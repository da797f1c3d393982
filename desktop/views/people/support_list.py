"""The dossiers of support that several pages show: of the whole book, a group, a person, a household, an activity."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, MemberId
from desktop.models.support_kinds import SupportStage
from desktop.services import support_book
from desktop.services.support_views import SupportRow
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import N_, _

_STAGES = {
    SupportStage.REQUESTED: "muted",
    SupportStage.ASSESSED: "warn",
    SupportStage.IMPROVING: "warn",
    SupportStage.APPROVED: "warn",
    SupportStage.REFUSED: "bad",
    SupportStage.TRANSFERRED: "good",
    SupportStage.WITHDRAWN: "muted",
}


def stage_state(value: SupportStage, *, override: bool = False) -> State:
    """Return where a dossier stands, with its tone."""
    text = value.title + (_(" (ngoại lệ)") if override else "")
    return State(text, _STAGES[value])


def share_text(value: Any) -> str:
    """Return a share as a percentage, a dash where there is none."""
    return "–" if value is None else show_percent(value, 1)


SUPPORTS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("title", N_("Hỗ trợ gì"), lambda row: row.title, width=20, stretch=True),
    Column("kind", N_("Loại"), lambda row: row.kind.title, width=14, hidden=True),
    Column("who", N_("Người nhận"), lambda row: row.who, width=20),
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=16, hidden=True),
    Column("day", N_("Ngày đề nghị"), lambda row: row.requested_on, kind="day", width=10, hidden=True),
    Column("asked", N_("Đề nghị (₫)"), lambda row: row.asked, kind="money", hidden=True),
    Column("approved", N_("Duyệt (₫)"), lambda row: row.approved, kind="money"),
    Column("transferred", N_("Đã giao (₫)"), lambda row: row.transferred, kind="money"),
    Column("share", N_("Đối ứng"), lambda row: share_text(row.share), width=8, note=N_("Đối ứng có chứng từ chia cho cả đối ứng và hỗ trợ"), figures=True),
    Column("stage", N_("Tình trạng"), lambda row: stage_state(row.stage, override=row.override), kind="state", width=20),
    Column("next", N_("Việc tiếp theo"), lambda row: row.next, width=26),
]  # fmt: skip


class SupportList(QWidget):
    """The dossiers of somebody; Enter opens one. `ask` begins a request for them."""

    def __init__(
        self, desk: Desk, name: str, ask: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._begin = ask
        self.table: RowTable[SupportRow] = RowTable(desk, SUPPORTS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            name,
            _("Hỗ trợ đã nhận, đang xét"),
            empty=self._empty(),
            actions=(RowAction(_("Mở hồ sơ"), self.open_row, "open"),),
            filterable=False,
        )
        self.view.opened.connect(self.open_row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    def _empty(self, why_not: str = "") -> Empty:
        advice = _("Hỗ trợ bắt đầu bằng một đề nghị, được đánh giá trước khi giao.")
        begin = None if why_not or self._begin is None else (_("Đề nghị hỗ trợ"), self._begin)
        return Empty("support", _("Chưa có hỗ trợ nào."), why_not or advice, begin)

    def offer(self, why_not: str = "") -> None:
        """Offer to begin a request where the list is empty, or say why there can be none."""
        self.view.set_empty(self._empty(why_not))

    def show_livelihood(self, livelihood: LivelihoodId) -> None:
        """Show the dossiers of an activity."""
        today = self.desk.today()
        self._ask(lambda book: support_book.for_livelihood(book, livelihood, today))

    def show_member(self, member: MemberId) -> None:
        """Show the dossiers of a person, the household and the activities of either."""
        today = self.desk.today()
        self._ask(lambda book: support_book.for_member(book, member, today))

    def show_household(self, household: HouseholdId) -> None:
        """Show the dossiers of a household, its people and their activities."""
        today = self.desk.today()
        self._ask(lambda book: support_book.for_household(book, household, today))

    def show_group(self, group: GroupId) -> None:
        """Show the dossiers that a group receives or follows."""
        today = self.desk.today()
        self._ask(lambda book: support_book.for_group(book, group, today))

    def _ask(self, question: Callable[[Any], list[SupportRow]]) -> None:
        self.desk.ask(question, self._show, owner=self)

    def _show(self, rows: list[SupportRow]) -> None:
        self.table.set_rows(rows)
        self.view.set_summary(summary(rows))

    def open_row(self, row: SupportRow) -> None:
        """Open the page of a dossier."""
        self.desk.open_page("support-dossier", support=row.id)


def summary(rows: list[SupportRow]) -> str:
    """Return how many dossiers there are, what was handed over and what the recipients gave."""
    if not rows:
        return ""
    return _("{n} hồ sơ · đã bàn giao {given} · đối ứng {theirs}").format(
        n=show_number(len(rows)),
        given=show_dong(sum(row.transferred for row in rows)),
        theirs=show_dong(sum(row.given for row in rows)),
    )

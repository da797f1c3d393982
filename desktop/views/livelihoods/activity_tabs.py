"""The tabs of an activity's page: its story, visits, plans, jobs, particulars with its loans."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.rules.livelihoods.business_plan import break_even, lowest
from desktop.services.business_plans import PlanRow
from desktop.services.livelihood_book import LinkedLoan, LivelihoodDetail
from desktop.services.livelihood_story import StoryEvent
from desktop.services.livelihood_visits import VisitRow
from desktop.views.kit.blocks import Card, Columns, Facts, button, label
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.tab import Tab, listing
from desktop.views.kit.table_view import RowAction
from desktop.views.livelihoods.columns import JOBS, PLANS, STORY, VISITS, due_state, share
from desktop.views.livelihoods.list_tabs import job_actions
from desktop.views.livelihoods.time_line import TimeLine
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


class StoryTab(Tab):
    """What happened, on one line of time and as a table."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.line = TimeLine(self)
        self.body.addWidget(self.line)
        self.table, self.view = listing(
            desk,
            STORY,
            "livelihood.story",
            _("Diễn biến"),
            key=lambda row: (row.day, row.kind, row.title, row.text),
            empty=Empty("clock", _("Chưa có diễn biến nào.")),
            actions=(RowAction(_("Mở"), self.open_event, "open", "", lambda row: bool(row.page)),),
            opened=self.open_event,
            least=280,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the story of an activity."""
        self.line.show_events(detail.story, self.desk.today())
        self.table.set_rows(list(reversed(detail.story)))

    def open_event(self, row: StoryEvent) -> None:
        """Go where an event leads to."""
        if row.page:
            self.desk.open_page(row.page, **dict(row.args))


class VisitsTab(Tab):
    """The visits made, and those of the schedule still to be made."""

    def __init__(
        self,
        desk: Desk,
        visit: Callable[[], object],
        edit: Callable[[VisitRow], object],
        files: Callable[[VisitRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.plan = label("", "muted", self, wrap=True)
        self.body.addWidget(self.plan)
        self.incomes: dict[int, int | None] = {}
        real: Column[VisitRow] = Column(
            "real",
            N_("Tăng thực (₫)"),
            lambda row: self.incomes.get(row.id),
            kind="money",
            zero=True,
            note=N_("So với trước hỗ trợ, theo giá của lúc ấy"),
        )
        columns = [*VISITS[:5], real, *VISITS[5:]]
        self.table, self.view = listing(
            desk,
            columns,
            "livelihood.visits",
            _("Các lần thăm"),
            empty=Empty(
                "calendar",
                _("Chưa thăm lần nào."),
                _("Lần đầu ghi trước khi hỗ trợ; sau đó 6, 12 và 24 tháng."),
                (_("Ghi lần thăm"), visit),
            ),
            actions=(
                RowAction(_("Sửa lần thăm…"), edit, "edit", "F2", desk.may_write),
                RowAction(_("Ảnh, bằng chứng…"), files, "document", "F4"),
            ),
            opened=edit,
            least=280,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the visits of an activity."""
        self.incomes = {visit.id: None if pair is None else pair.real for visit, pair in detail.incomes}
        self.table.set_rows(list(detail.row.visits))
        waiting = [state.text for visit in detail.schedule if (state := due_state(visit)) is not None]
        self.plan.setText(
            _("Lịch thăm: {plan}").format(plan="; ".join(waiting)) if waiting else _("Đã thăm đủ các lần.")
        )


class PlansTab(Tab):
    """The plans, and what the latest says in figures."""

    def __init__(
        self,
        desk: Desk,
        new: Callable[[], object],
        edit: Callable[[PlanRow], object],
        approve: Callable[[PlanRow], object],
        paper: Callable[[PlanRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)

        def open_one(row: PlanRow) -> bool:
            return desk.can_write and row.approved_on is None

        self.table, self.view = listing(
            desk,
            PLANS,
            "livelihood.plans",
            _("Kế hoạch kinh doanh"),
            empty=Empty(
                "document",
                _("Chưa có kế hoạch kinh doanh."),
                _("Kế hoạch cho thấy dòng tiền 12 tháng không tháng nào dưới 0."),
                (_("Lập kế hoạch"), new),
            ),
            actions=(
                RowAction(_("Sửa kế hoạch…"), edit, "edit", "F2", open_one),
                RowAction(_("Duyệt…"), approve, "check", "F4", open_one),
                RowAction(_("In kế hoạch"), paper, "print"),
            ),
            opened=lambda row: edit(row) if row.approved_on is None else paper(row),
            chosen=self._chosen,
            least=180,
            filterable=False,
        )
        self.facts = Facts((), self)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.facts)

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the plans of an activity."""
        self.table.set_rows(list(detail.plans))
        self._chosen(detail.plans[0] if detail.plans else None)

    def _chosen(self, row: PlanRow | None) -> None:
        if row is None:
            self.facts.set(())
            return
        plan = row.plan
        least, month = lowest(plan)
        units = break_even(plan.fixed, plan.price, plan.unit_cost)
        when = _("khi bắt đầu") if month == 0 else _("tháng {n}").format(n=month)
        sold = (
            "–"
            if units is None
            else _("{n} {unit} một năm").format(n=show_number(units), unit=plan.unit or _("đơn vị"))
        )
        self.facts.set(
            (
                (_("Thị trường"), plan.market),
                (_("Hòa vốn"), sold),
                (_("Tiền thấp nhất"), f"{show_dong(least)} ({when})"),
                (_("Rủi ro và cách phòng"), "; ".join(part for part in (plan.risk, plan.mitigation) if part)),
            )
        )


class ActivityJobsTab(Tab):
    """The jobs of the activity."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        actions = job_actions(desk, self)
        self.table, self.view = listing(
            desk,
            [column for column in JOBS if column.key != "activity"],
            "livelihood.jobs",
            _("Việc làm"),
            empty=Empty(
                "member",
                _("Chưa ghi việc làm nào."),
                _("Ghi việc của chủ trước hỗ trợ là “Có từ trước”, rồi ghi khi việc làm đổi."),
                (_("Ghi việc làm"), new),
            ),
            actions=actions,
            opened=actions[0].run,
            least=280,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the jobs of an activity."""
        self.table.set_rows(list(detail.jobs))
        net = sum(job.change.net for job in detail.jobs if job.reported)
        self.view.set_summary(
            _("FTE {fte} · tăng thêm {net} (báo cáo được)").format(
                fte=share(sum(job.fte for job in detail.jobs)), net=share(net)
            )
            if detail.jobs
            else ""
        )


class FactsTab(Tab):
    """Particulars on the left, loans on the right."""

    def __init__(
        self,
        desk: Desk,
        link: Callable[[], object],
        unlink: Callable[[LinkedLoan], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        columns = Columns(parent=self)
        particulars, loans = Card(_("Thông tin"), "info", self), Card(_("Vốn vay"), "loan", self)
        self.facts = Facts((), self)
        particulars.body.addWidget(self.facts)
        listed: list[Column[LinkedLoan]] = [
            Column("code", N_("Mã"), lambda row: row.code, width=9),
            Column("purpose", N_("Dùng để"), lambda row: row.purpose, stretch=True),
            Column("amount", N_("Số tiền (₫)"), lambda row: row.amount, kind="money"),
            Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10, hidden=True),
            Column("stage", N_("Tình trạng"), lambda row: row.stage.title, width=12),
        ]
        self.table, self.view = listing(
            desk,
            listed,
            "livelihood.loans",
            _("Vốn vay của sinh kế"),
            empty=Empty("loan", _("Chưa gắn khoản vay nào."), action=(_("Gắn khoản vay"), link)),
            actions=(
                RowAction(_("Mở khoản vay"), self._open, "open"),
                RowAction(_("Bỏ gắn…"), unlink, "delete", "Del", desk.may_write),
            ),
            opened=self._open,
            least=220,
            filterable=False,
            exportable=False,
        )
        loans.body.addWidget(self.view)
        line = QHBoxLayout()
        self.link_button = button(_("Gắn khoản vay…"), link, "plus", "", self)
        line.addWidget(self.link_button)
        line.addStretch(1)
        loans.body.addLayout(line)
        columns.left.addWidget(particulars)
        columns.right.addWidget(loans)
        columns.finish()
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def _open(self, row: LinkedLoan) -> None:
        self.desk.open_page("loan", loan=row.id)

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the particulars of an activity."""
        activity, row = detail.activity, detail.row
        risks = [
            _("{hazard}: hứng chịu {exposure} × nhạy cảm {sensitivity} = {score}").format(
                hazard=risk.hazard.title,
                exposure=risk.exposure,
                sensitivity=risk.sensitivity,
                score=risk.score,
            )
            for risk in activity.risks
        ]
        self.facts.set(
            (
                (_("Chủ sinh kế"), f"{row.owner.text} ({row.owner.kind})"),
                (_("Cùng làm chủ"), activity.co_owner),
                (_("Ai quyết định"), activity.decider.title),
                (_("Ngành (VSIC 2025)"), row.vsic),
                (_("Hình thức"), activity.establishment.title),
                (_("Thôn, ấp"), activity.place),
                (_("Bắt đầu"), show_day(activity.started) if activity.started else ""),
                (_("Tình trạng"), " – ".join(part for part in (row.state.title, detail.reason) if part)),
                (_("Thích ứng khí hậu"), _("Có") if activity.smart else _("Không")),
                (_("Thực hành"), ", ".join(one.title for one in activity.practices)),
                (_("Hiểm họa"), "\n".join(risks)),
                (_("Ghi chú"), activity.note),
            )
        )
        self.table.set_rows(list(detail.loans))
        self.link_button.setEnabled(self.desk.can_write and bool(detail.may_link))

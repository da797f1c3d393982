"""The page of one activity: its figures, its story on one line of time, visits, plans, jobs, particulars, papers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LivelihoodId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.livelihoods.income import monthly_per_head
from desktop.services import livelihood_book, livelihoods
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.business_plans import PlanRow
from desktop.services.livelihood_book import LinkedLoan, LivelihoodDetail
from desktop.services.livelihood_visits import VisitRow
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.files_dialog import files_dialog
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.livelihoods import activity_dialog, job_dialogs, plan_dialog, prints
from desktop.views.livelihoods.activity_tabs import ActivityJobsTab, FactsTab, PlansTab, StoryTab, VisitsTab
from desktop.views.livelihoods.columns import due_state, share
from desktop.views.livelihoods.visit_dialog import VisitDialog
from desktop.views.people.support_list import SupportList
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


class ActivityPage(RecordPage[LivelihoodId, LivelihoodDetail]):
    """One activity. Ctrl+1 … Ctrl+7 choose a tab."""

    route = "livelihood"
    reads = staticmethod(livelihood_book.detail)
    topics = frozenset(
        {
            Topic.LIVELIHOODS,
            Topic.JOBS,
            Topic.SHOCKS,
            Topic.SUPPORTS,
            Topic.LOANS,
            Topic.MEMBERS,
            Topic.HOUSEHOLDS,
            Topic.BOOK,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.net = Figure(_("Thu nhập ròng một năm"), "–", parent=self)
        self.real = Figure(_("Tăng so với trước hỗ trợ"), "–", parent=self)
        self.work = Figure(_("Việc làm (FTE)"), "–", parent=self)
        self.coming = Figure(_("Lần thăm tới"), "–", parent=self)
        self.add_figures(self.net, self.real, self.work, self.coming)
        self.story = StoryTab(desk, self)
        self.visits = VisitsTab(desk, self.visit, self.edit_visit, self.visit_files, self)
        self.plans = PlansTab(desk, self.new_plan, self.edit_plan, self.approve_plan, self.print_plan, self)
        self.jobs = ActivityJobsTab(desk, self.new_job, self)
        self.supports = SupportList(desk, "livelihood.supports", self.ask_support, self)
        self.facts = FactsTab(desk, self.link_loan, self.unlink_loan, self)
        self.files = AttachmentList(desk, "livelihood.files", AttachmentKind.PHOTO, self)
        self.set_parts(
            _("Các phần của sinh kế"),
            (
                ("story", self.story, _("Diễn biến")),
                ("visits", self.visits, _("Lần thăm")),
                ("plans", self.plans, _("Kế hoạch")),
                ("jobs", self.jobs, _("Việc làm")),
                ("supports", self.supports, _("Hỗ trợ")),
                ("facts", self.facts, _("Thông tin, vốn vay")),
                ("files", self.files, _("Ảnh, giấy tờ")),
            ),
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the code and the name."""
        return _("Sinh kế") if self.detail is None else f"{self.detail.row.code} · {self.detail.row.name}"

    def subtitle(self) -> str:
        """Return whose it is, how it stands and since when."""
        if self.detail is None:
            return ""
        row = self.detail.row
        parts = [row.owner.text, row.state.title, row.section]
        if row.started is not None:
            parts.append(_("từ {day}").format(day=show_day(row.started)))
        if row.risk >= 6:
            parts.append(_("rủi ro khí hậu cao ({n})").format(n=row.risk))
        return " · ".join(part for part in parts if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of activities."""
        return [(_("Sinh kế, việc làm"), lambda: self.desk.open_page("livelihoods"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the activity."""
        if self.detail is None:
            return []
        tab = self.shown_key
        main = PageAction(_("Ghi lần thăm…"), self.visit, "plus", "Ctrl+N", primary=True)
        if tab == "plans":
            main = PageAction(_("Lập kế hoạch…"), self.new_plan, "plus", "Ctrl+N", primary=True)
        elif tab == "jobs":
            main = PageAction(_("Ghi việc làm…"), self.new_job, "plus", "Ctrl+N", primary=True)
        elif tab == "supports":
            main = PageAction(_("Đề nghị hỗ trợ"), self.ask_support, "plus", "Ctrl+N", primary=True)
        papers = (
            paper(_("Hồ sơ sinh kế"), self.print_record),
            paper(_("Kế hoạch kinh doanh"), self.print_plan),
            paper(_("Phiếu thăm (lần mới nhất)"), self.print_visit),
            paper(_("Phiếu thăm để trống"), self.print_blank),
        )
        more = [
            PageAction(_("Sửa thông tin…"), self.edit, "edit", "Ctrl+E"),
            PageAction(_("Đổi tình trạng…"), self.change_state, "refresh"),
            PageAction(_("Gắn khoản vay…"), self.link_loan, "loan"),
            PageAction(_("Ghi việc làm…"), self.new_job, "member"),
            PageAction(_("Lập kế hoạch…"), self.new_plan, "document"),
            PageAction(_("Đề nghị hỗ trợ…"), self.ask_support, "support"),
        ]
        if self.detail.row.owner.member is not None:
            more.append(PageAction(_("Mở hồ sơ người chủ"), self.open_owner, "member", writes=False))
        return self.deeds(
            main,
            (_("In hồ sơ sinh kế"), self.print_record, papers),
            (_("Sửa thông tin sinh kế"), self.edit, more),
        )

    # -- showing ------------------------------------------------------------------------------------

    def take(self, detail: LivelihoodDetail) -> None:
        """Show the figures and the tabs of an activity."""
        row = detail.row
        last = row.visits[-1] if row.visits else None
        note = _("chưa thăm lần nào")
        if last is not None:
            head = monthly_per_head(last.figures)
            note = _("{wave}, {day}").format(wave=last.wave.title, day=show_day(last.day))
            if head is not None:
                note = _("{note}; {head}/người/tháng").format(note=note, head=show_dong(head))
        self.net.set("–" if row.net is None else show_dong(row.net), note)
        self._show_change(detail)
        net = sum(job.change.net for job in detail.jobs if job.reported)
        self.work.set(
            share(sum(job.fte for job in detail.jobs)),
            _("tăng thêm {n}").format(n=share(net)) if detail.jobs else "",
        )
        state = due_state(row.coming)
        self.coming.set(
            "–" if row.coming is None else show_day(row.coming.due), "" if state is None else state.text
        )
        for tab in (self.story, self.visits, self.plans, self.jobs, self.facts):
            tab.take(detail)
        self.supports.show_livelihood(row.id)
        self.files.show_subject(Subject("livelihoods", row.uid))

    def _show_change(self, detail: LivelihoodDetail) -> None:
        pair = detail.row.income
        if pair is None:
            self.real.set("–", _("cần lần thăm trước và sau hỗ trợ"))
        elif pair.real is None:
            self.real.set(
                "–", _("theo giá hiện hành {n}; thiếu chỉ số giá").format(n=show_dong(pair.nominal))
            )
        else:
            self.real.set(
                show_dong(pair.real), _("giá thực, {wave}; giá hiện hành {n}").format(wave=pair.wave.title, n=show_dong(pair.nominal))
            )  # fmt: skip

    # -- deeds --------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Change the particulars."""
        if detail := self.writable:
            activity_dialog.edit(self.desk, detail, self.desk.saying(_("Đã sửa sinh kế.")), self).open()

    def change_state(self) -> None:
        """Write down that the activity runs, rests or has closed."""
        if detail := self.writable:
            activity_dialog.change_state(
                self.desk, detail, self.desk.saying(_("Đã ghi tình trạng.")), self
            ).open()

    def link_loan(self) -> None:
        """Tie a loan to the activity."""
        detail = self.writable
        if detail is None:
            return
        if not detail.may_link:
            self.desk.say(_("Chủ sinh kế và hộ của họ không có khoản vay nào chưa gắn."), "info")
            return
        activity_dialog.link_loan(self.desk, detail, self.desk.saying(_("Đã gắn khoản vay.")), self).open()

    def unlink_loan(self, row: LinkedLoan) -> None:
        """Take a tie back after a question."""
        detail = self.writable
        if detail is None:
            return
        livelihood = detail.row.id
        messages.ask(
            self,
            _("Bỏ gắn khoản vay {code}?").format(code=row.code),
            detail=_("Khoản vay vẫn giữ nguyên trong sổ."),
            yes=_("Bỏ gắn"),
            no=_("Giữ"),
            then=lambda: self.desk.do(
                lambda book, act: livelihoods.unlink_loan(book, livelihood, row.id, act),
                self.desk.saying(_("Đã bỏ gắn.")),
                owner=self,
            ),
        )

    def visit(self) -> None:
        """Write a visit down."""
        if detail := self.writable:
            VisitDialog(self.desk, detail, self.desk.saying(_("Đã ghi lần thăm.")), self).open()

    def edit_visit(self, row: VisitRow) -> None:
        """Mend a visit."""
        if detail := self.writable:
            VisitDialog(self.desk, detail, self.desk.saying(_("Đã sửa lần thăm.")), self, row).open()

    def visit_files(self, row: VisitRow) -> None:
        """Show the photos and papers of a visit."""
        title = _("Ảnh, bằng chứng của lần thăm {wave}").format(wave=row.wave.title)
        subject = Subject("livelihood_visits", row.uid)
        files_dialog(self.desk, self, title, subject, "livelihood.visit-files", AttachmentKind.PHOTO).open()

    def new_plan(self) -> None:
        """Draw a plan up."""
        if detail := self.writable:
            plan_dialog.PlanDialog(self.desk, detail, self.desk.saying(_("Đã lưu kế hoạch.")), self).open()

    def edit_plan(self, row: PlanRow) -> None:
        """Change a plan that is not approved yet."""
        detail = self.writable
        if detail is not None and row.approved_on is None:
            plan_dialog.PlanDialog(
                self.desk, detail, self.desk.saying(_("Đã lưu kế hoạch.")), self, row
            ).open()

    def approve_plan(self, row: PlanRow) -> None:
        """Approve a plan by named people."""
        if self.writable is not None and row.approved_on is None:
            plan_dialog.approve(self.desk, row, self.desk.saying(_("Đã duyệt kế hoạch.")), self).open()

    def new_job(self) -> None:
        """Write a job of the activity down."""
        if detail := self.writable:
            job_dialogs.new_job(
                self.desk, detail.row.id, self.desk.saying(_("Đã ghi việc làm.")), self
            ).open()

    def ask_support(self) -> None:
        """Begin a request for support for this activity."""
        if self.detail is not None:
            row = self.detail.row
            self.desk.open_page("support", ask="livelihood", who=row.id, text=f"{row.code} {row.name}")

    def open_owner(self) -> None:
        """Open the owner's page."""
        if self.detail is not None and self.detail.row.owner.member is not None:
            self.desk.open_page("member", member=self.detail.row.owner.member)

    # -- papers -------------------------------------------------------------------------------------

    def print_record(self) -> None:
        """Print the record of the activity."""
        if self.detail is not None:
            prints.record(self.desk, self, self.detail)

    def print_plan(self, row: PlanRow | None = None) -> None:
        """Print a plan, the latest without one."""
        if self.detail is None:
            return
        if row is None and not self.detail.plans:
            self.desk.say(_("Sinh kế này chưa có kế hoạch để in."), "info")
            return
        prints.plan(self.desk, self, self.detail, row or self.detail.plans[0])

    def print_visit(self) -> None:
        """Print the latest visit, filled in."""
        if self.detail is not None and self.detail.row.visits:
            prints.visit(self.desk, self, self.detail, self.detail.row.visits[-1])
        else:
            self.print_blank()

    def print_blank(self) -> None:
        """Print a visit form to be filled in by hand."""
        if self.detail is not None:
            prints.visit(self.desk, self, self.detail, None)

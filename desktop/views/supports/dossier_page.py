"""The page of one dossier: its steps, figures, and the records of each step with what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import SupportId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.support.dossier import DueState
from desktop.models.support_kinds import SupportStage, Wave
from desktop.services import support_book, support_contributions, support_transfers
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.support_views import (
    AssessmentView,
    AssetRow,
    ContributionView,
    SupportDetail,
    TransferView,
)
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.files_dialog import files_dialog
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.supports import asset_dialogs, dialogs, prints
from desktop.views.supports.assess_dialog import AssessDialog
from desktop.views.supports.columns import share_text, stage_state
from desktop.views.supports.dossier_tabs import (
    AssessmentsTab,
    AssetsTab,
    ContributionsTab,
    DecisionsTab,
    FactsTab,
    TransfersTab,
)
from desktop.views.supports.stepper import Stepper
from resources.lang.dong import show_dong
from resources.lang.messages import _


class DossierPage(RecordPage[SupportId, SupportDetail]):
    """One dossier. Ctrl+1 … Ctrl+7 choose a tab."""

    route = "support"
    reads = staticmethod(support_book.detail)
    topics = frozenset({Topic.SUPPORTS, Topic.LIVELIHOODS, Topic.ENTRIES, Topic.ATTACHMENTS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.stepper = Stepper(self)
        self.body.addWidget(self.stepper)
        self.asked = Figure(_("Đề nghị"), "–", parent=self)
        self.approved = Figure(_("Duyệt"), "–", parent=self)
        self.given = Figure(_("Đối ứng có chứng từ"), "–", parent=self)
        self.handed = Figure(_("Đã bàn giao"), "–", parent=self)
        self.add_figures(self.asked, self.approved, self.given, self.handed)
        self.facts = FactsTab(desk, self)
        self.assessments = AssessmentsTab(desk, self.assess, self.assessment_files, self.print_kept, self)
        self.decisions = DecisionsTab(desk, self.decide, self)
        self.contributions = ContributionsTab(
            desk, self.contribute, self.confirm, self.take_contribution_back, self.contribution_files, self
        )
        self.transfers = TransfersTab(
            desk, self.transfer, self.print_minutes, self.take_transfer_back, self.transfer_files, self
        )
        self.assets = AssetsTab(
            desk, self.new_asset, self.edit_asset, self.check_asset, self.end_asset, self.print_card, self
        )
        self.files = AttachmentList(desk, "support.files", AttachmentKind.EVIDENCE, self)
        self.set_parts(
            _("Các phần của hồ sơ hỗ trợ"),
            (
                ("facts", self.facts, _("Đề nghị")),
                ("assessments", self.assessments, _("Đánh giá")),
                ("decisions", self.decisions, _("Quyết định")),
                ("contributions", self.contributions, _("Đối ứng")),
                ("transfers", self.transfers, _("Bàn giao")),
                ("assets", self.assets, _("Tài sản")),
                ("files", self.files, _("Ảnh, giấy tờ")),
            ),
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the code and the name."""
        return (
            _("Hồ sơ hỗ trợ") if self.detail is None else f"{self.detail.row.code} · {self.detail.row.title}"
        )

    def subtitle(self) -> str:
        """Return what kind it is, for whom and how it stands."""
        if self.detail is None:
            return ""
        row = self.detail.row
        state = stage_state(row.stage, override=row.override).text
        return " · ".join(part for part in (row.kind.title, row.who, row.group_name, state) if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of dossiers."""
        return [(_("Hỗ trợ nguồn lực"), lambda: self.desk.open_page("support"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the dossier; the first is the step that is next."""
        if self.detail is None:
            return []
        deeds = {
            "assess": PageAction(_("Đánh giá…"), self.assess, "check"),
            "decide": PageAction(_("Quyết định…"), self.decide, "verify"),
            "contribute": PageAction(_("Ghi đối ứng…"), self.contribute, "cash"),
            "transfer": PageAction(_("Bàn giao…"), self.transfer, "forward"),
        }
        first = deeds.pop(self._next())
        main = PageAction(first.title, first.run, "plus", "Ctrl+N", primary=True)
        more = (
            *deeds.values(),
            PageAction(_("Sửa đề nghị…"), self.edit, "edit"),
            PageAction(_("Rút đề nghị…"), self.withdraw, "leave"),
        )
        papers = (
            paper(_("Hồ sơ hỗ trợ"), self.print_dossier),
            paper(_("Biên bản bàn giao (lần mới nhất)"), self.print_minutes),
            paper(_("Phiếu đánh giá (lần mới nhất)"), self.print_assessment),
            paper(_("Phiếu đánh giá để trống"), self.print_blank),
            paper(_("Phiếu đánh giá lại để trống"), self.print_blank_again),
        )
        return self.deeds(
            main,
            (_("In hồ sơ hỗ trợ"), self.print_dossier, papers),
            (_("Sửa đề nghị hỗ trợ"), self.edit, more),
        )

    def _next(self) -> str:
        """Return the deed that the shown tab or the next step asks for."""
        assert self.detail is not None
        by_tab = {
            "assessments": "assess",
            "decisions": "decide",
            "contributions": "contribute",
            "transfers": "transfer",
        }
        if self.shown_key in by_tab:
            return by_tab[self.shown_key]
        stage = self.detail.row.stage
        if stage in (SupportStage.REQUESTED, SupportStage.IMPROVING):
            return "assess"
        if stage is SupportStage.ASSESSED:
            return "decide"
        if stage is SupportStage.APPROVED:
            states = {step.key: step.state.value for step in self.detail.steps}
            short = states.get("contribution") != "done" and not self.detail.row.override
            return "contribute" if short else "transfer"
        return "assess"

    def take(self, detail: SupportDetail) -> None:
        """Show the steps, the figures and the tabs of a dossier."""
        row = detail.row
        self.stepper.show_steps(detail.steps)
        self.asked.set(show_dong(row.asked), detail.quantity)
        self.approved.set(
            show_dong(row.approved) if row.approved else "–", _("duyệt ngoại lệ") if row.override else ""
        )
        least = _("{share}, cần {least} %").format(share=share_text(row.share), least=detail.least_share)
        self.given.set(show_dong(row.given), least)
        self.handed.set(
            show_dong(row.transferred),
            _("còn {left}").format(left=show_dong(detail.left)) if row.approved and detail.left else "",
        )
        for part in (
            self.facts, self.assessments, self.decisions, self.contributions, self.transfers, self.assets,
        ):  # fmt: skip
            part.take(detail)
        self.files.show_subject(Subject("supports", detail.uid))

    # -- deeds --------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Change the request."""
        if detail := self.writable:
            dialogs.request(self.desk, detail, self.desk.saying(_("Đã sửa đề nghị.")), self).open()

    def withdraw(self) -> None:
        """Withdraw the request."""
        if detail := self.writable:
            dialogs.withdraw(self.desk, detail, self.desk.saying(_("Đã rút đề nghị.")), self).open()

    def _wave(self, detail: SupportDetail) -> Wave:
        """Return which assessment is next."""
        if detail.row.first_transfer is None:
            return Wave.BEFORE
        left = [one.wave for one in detail.again if one.state is not DueState.DONE]
        return left[0] if left else Wave.SECOND

    def assess(self) -> None:
        """Assess the dossier."""
        if detail := self.writable:
            AssessDialog(self.desk, detail, self._wave(detail), self._assessed, self).open()

    def _assessed(self, value: Any) -> None:
        result = value.judgement.result
        self.desk.say(_("Đã ghi đánh giá: {result}.").format(result=result.title), "good")
        self.show_tab("assessments")

    def decide(self) -> None:
        """Decide on the last assessment."""
        detail = self.writable
        if detail is None:
            return
        if detail.dossier.assessed is None:
            self.desk.say(_("Chưa đánh giá tính bền vững thì chưa quyết định được."), "warn")
            return
        dialogs.DecideDialog(self.desk, detail, self.desk.saying(_("Đã ghi quyết định.")), self).open()

    def contribute(self) -> None:
        """Write a co-contribution down."""
        if detail := self.writable:
            dialogs.ContributeDialog(self.desk, detail, self.desk.saying(_("Đã ghi đối ứng.")), self).open()

    def confirm(self, row: ContributionView) -> None:
        """Prove a co-contribution."""
        if self.writable is not None and not row.taken_back:
            dialogs.confirm(self.desk, row, self.desk.saying(_("Đã bổ sung chứng từ.")), self).open()

    def take_contribution_back(self, row: ContributionView) -> None:
        """Take a co-contribution back."""
        if self.writable is not None and not row.taken_back:
            dialogs.take_back(
                self.desk,
                _("Hủy khoản đối ứng"),
                f"{row.kind.title}: {row.description} · {show_dong(row.value)}",
                lambda book, reason, act: support_contributions.take_back(book, row.id, reason, act),
                self.desk.saying(_("Đã hủy khoản đối ứng.")),
                self,
            ).open()

    def transfer(self) -> None:
        """Hand something over; what blocks is told instead."""
        detail = self.writable
        if detail is None:
            return
        if detail.blocks:
            self.desk.say(detail.blocks[0].message, "warn")
            return
        dialogs.transfer(self.desk, detail, self.desk.saying(_("Đã ghi bàn giao.")), self).open()

    def take_transfer_back(self, row: TransferView) -> None:
        """Take a hand-over back."""
        if self.writable is not None and not row.taken_back:
            dialogs.take_back(
                self.desk,
                _("Hủy bàn giao {minutes}").format(minutes=row.minutes),
                _("{what} · {value}. Phiếu của quỹ nhóm được đảo, tài sản ra khỏi sổ theo dõi.").format(
                    what=row.what, value=show_dong(row.value)
                ),
                lambda book, reason, act: support_transfers.take_back(book, row.id, reason, act),
                self.desk.saying(_("Đã hủy bàn giao.")),
                self,
            ).open()

    # -- assets and files ---------------------------------------------------------------------------

    def new_asset(self) -> None:
        """Enter one more asset of a hand-over."""
        detail = self.writable
        if detail is None:
            return
        handed = [one for one in detail.transfers if not one.taken_back]
        if not handed:
            self.desk.say(_("Tài sản vào sổ sau khi bàn giao."), "info")
            return
        asset_dialogs.register(
            self.desk, handed, detail.row.who, self.desk.saying(_("Đã ghi tài sản vào sổ.")), self
        ).open()

    def edit_asset(self, row: AssetRow) -> None:
        """Change what is written of an asset."""
        if self.writable is not None and row.ended_on is None:
            asset_dialogs.change(self.desk, row, self.desk.saying(_("Đã sửa tài sản.")), self).open()

    def check_asset(self, row: AssetRow) -> None:
        """Write a check of an asset down."""
        if self.writable is not None and row.ended_on is None:
            asset_dialogs.check(self.desk, row, self.desk.saying(_("Đã ghi lần kiểm tra.")), self).open()

    def end_asset(self, row: AssetRow) -> None:
        """Take an asset off the register."""
        if self.writable is not None and row.ended_on is None:
            asset_dialogs.end(self.desk, row, self.desk.saying(_("Đã đưa tài sản ra khỏi sổ.")), self).open()

    def assessment_files(self, row: AssessmentView) -> None:
        """Show the evidence of an assessment."""
        self._files(_("Bằng chứng của lần đánh giá"), Subject("support_assessments", row.uid))

    def contribution_files(self, row: ContributionView) -> None:
        """Show the papers of a co-contribution."""
        self._files(_("Chứng từ đối ứng"), Subject("support_contributions", row.uid))

    def transfer_files(self, row: TransferView) -> None:
        """Show the signed minutes and photos of a hand-over."""
        title = _("Biên bản, ảnh bàn giao {minutes}").format(minutes=row.minutes)
        self._files(title, Subject("support_transfers", row.uid))

    def _files(self, title: str, subject: Subject) -> None:
        files_dialog(self.desk, self, title, subject, "support.record-files").open()

    # -- papers -------------------------------------------------------------------------------------

    def print_dossier(self) -> None:
        """Print the whole dossier."""
        if self.detail is not None:
            prints.dossier(self.desk, self, self.detail.row.id, self.detail.row.code)

    def print_minutes(self, row: TransferView | None = None) -> None:
        """Print the minutes of a hand-over, of the latest without one."""
        if self.detail is None:
            return
        handed = [one for one in self.detail.transfers if not one.taken_back]
        if row is None and not handed:
            self.desk.say(_("Chưa bàn giao lần nào để in biên bản."), "info")
            return
        chosen = row or handed[-1]
        prints.handover(self.desk, self, self.detail.row.id, chosen.id, chosen.minutes)

    def print_assessment(self) -> None:
        """Print the latest assessment, filled in."""
        if self.detail is None:
            return
        if self.detail.assessments:
            self.print_kept(self.detail.assessments[-1])
        else:
            self.print_blank()

    def print_kept(self, row: AssessmentView) -> None:
        """Print an assessment, filled in."""
        if self.detail is not None:
            prints.assessment(self.desk, self, self.detail.row.id, row.wave, row.id, self.detail.row.code)

    def print_blank(self) -> None:
        """Print the form of an assessment before the transfer, to be filled in by hand."""
        if self.detail is not None:
            prints.assessment(self.desk, self, self.detail.row.id, Wave.BEFORE, None, self.detail.row.code)

    def print_blank_again(self) -> None:
        """Print the form of an assessment after the transfer, to be filled in by hand."""
        if self.detail is not None:
            wave = Wave.FIRST if self.detail.row.first_transfer is None else self._wave(self.detail)
            prints.assessment(self.desk, self, self.detail.row.id, wave, None, self.detail.row.code)

    def print_card(self, row: AssetRow) -> None:
        """Print the card of an asset."""
        prints.asset(self.desk, self, row.id, row.code)

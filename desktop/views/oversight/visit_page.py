"""The page of one audit visit: what was drawn, what is found, what it says, and the findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.audit_kinds import CheckKind
from desktop.models.ids import AuditVisitId
from desktop.models.kinds import AttachmentKind
from desktop.services import audit_book, audits
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.audit_book import CheckRow, FindingRow, VisitDetail
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.tab import listing
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.oversight import dialogs
from desktop.views.oversight.audit_tabs import finding_actions
from desktop.views.oversight.columns import CHECKS, FINDINGS
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


class VisitPage(RecordPage[AuditVisitId, VisitDetail]):
    """One visit. Ctrl+1 … Ctrl+4 choose passbooks, loans, findings or files; Enter fills in the current row."""

    route = "visit"
    reads = staticmethod(audit_book.detail)
    topics = frozenset({Topic.AUDITS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.box = Figure(_("Kiểm quỹ"), "–", parent=self)
        self.books = Figure(_("Sổ thành viên"), "–", parent=self)
        self.loans = Figure(_("Dư nợ"), "–", parent=self)
        self.open_findings = Figure(_("Kiến nghị"), "–", parent=self)
        self.add_figures(self.box, self.books, self.loans, self.open_findings, least=170)
        self.passbooks, self.passbooks_view = self._checks("audit.passbooks", _("Sổ thành viên được xem"))
        self.loan_checks, self.loans_view = self._checks("audit.loans", _("Khoản vay được xem"))
        self.findings, self.findings_view = listing(
            desk,
            FINDINGS,
            "audit.findings",
            _("Kiến nghị của đợt này"),
            empty=Empty(
                "document", _("Chưa ghi kiến nghị nào."), action=(_("Ghi kiến nghị…"), self.new_finding)
            ),
            actions=finding_actions(desk, self.edit_finding, self.close_finding, self.reopen_finding),
            opened=self.edit_finding,
        )
        self.files = AttachmentList(desk, "audit.files", AttachmentKind.PHOTO, self)
        self.set_parts(
            _("Các phần của đợt kiểm tra"),
            (
                ("passbooks", self.passbooks_view, _("Sổ thành viên")),
                ("loans", self.loans_view, _("Khoản vay")),
                ("findings", self.findings_view, _("Kiến nghị")),
                ("files", self.files, _("Ảnh, giấy tờ")),
            ),
        )

    def _checks(self, key: str, name: str) -> tuple[RowTable[CheckRow], TableView]:
        return listing(
            self.desk,
            CHECKS,
            key,
            name,
            empty=Empty("search", _("Không có gì được chọn ở đây.")),
            actions=(RowAction(_("Ghi kết quả…"), self.look, "edit", "F2", self._may_fill),),
            opened=self.look,
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the visit's code and group."""
        if self.detail is None:
            return _("Đợt kiểm tra")
        return f"{self.detail.row.code} – {self.detail.row.group_name}"

    def subtitle(self) -> str:
        """Return when, by whom, and how it was drawn."""
        if self.detail is None:
            return ""
        row = self.detail.row
        drawn = _("số gieo {seed}, độ tin cậy {sure} %").format(seed=row.seed, sure=row.passbooks.confidence)
        ended = "" if row.closed is None else _("kết thúc {day}").format(day=show_day(row.closed))
        return " · ".join(part for part in (show_day(row.day), row.auditor, drawn, ended) if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of visits."""
        return [(_("Đợt kiểm tra nhóm"), lambda: self.desk.open_page("oversight", tab="audits"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done now: papers always, the rest while the visit is going on."""
        detail = self.detail
        if detail is None:
            return []
        minutes = PageAction(_("In biên bản"), self.print_minutes, "print", "Ctrl+P", writes=False)
        if detail.row.closed is not None:
            return [minutes]
        found = [PageAction(_("Kiểm quỹ…"), self.count, "cash")]
        if detail.row.passbooks.to_extend:
            found.append(PageAction(_("Xem tất cả các sổ…"), self.see_all, "plus"))
        return [
            PageAction(_("Ghi kiến nghị…"), self.new_finding, "plus", "Ctrl+N", primary=True),
            *found,
            PageAction(
                _("In"),
                self.print_minutes,
                "print",
                writes=False,
                menu=(PageAction(_("In phiếu mang theo"), self.print_sheet, "print", writes=False), minutes),
            ),
            PageAction(_("Kết thúc đợt…"), self.close_visit, "check"),
        ]

    def take(self, detail: VisitDetail) -> None:
        """Show the figures and the tabs."""
        row = detail.row
        difference = row.box_difference
        self.box.set(
            _("chưa đếm") if difference is None else show_dong(difference),
            "" if difference is None else _("đếm được trừ sổ"),
        )
        books = row.passbooks
        self.books.set(
            _("{wrong} sai / {seen} đã xem").format(wrong=books.wrong, seen=books.seen),
            _("nhiều nhất {most}/{all} sổ sai").format(most=books.most, all=books.population)
            if books.seen == books.drawn
            else _("còn {n} sổ phải xem").format(n=books.drawn - books.seen),
        )
        self.loans.set(*self._loan_words(detail))
        self.open_findings.set(f"{row.open_findings}/{row.findings}", _("chưa khắc phục"))
        self.passbooks.set_rows(list(detail.of(CheckKind.PASSBOOK)))
        self.loan_checks.set_rows(list(detail.of(CheckKind.LOAN)))
        self.findings.set_rows(list(detail.findings))
        self.files.show_subject(Subject("audit_visits", row.uid))

    def _loan_words(self, detail: VisitDetail) -> tuple[str, str]:
        loans = detail.row.loans
        if not loans.drawn:
            return "–", _("nhóm không có dư nợ")
        figure = _("{wrong} sai / {seen} đã xem").format(wrong=loans.wrong, seen=loans.seen)
        if loans.limit is None:
            return figure, _("còn {n} khoản phải xem").format(n=loans.drawn - loans.seen)
        judged = _("chấp nhận được") if loans.limit.acceptable else _("không chấp nhận được")
        return figure, _("≤ {most}: {judged}").format(most=show_dong(round(loans.limit.most)), judged=judged)

    # -- deeds --------------------------------------------------------------------------------------

    def _may_fill(self, _row: object) -> bool:
        return self.going_on is not None

    @property
    def going_on(self) -> VisitDetail | None:
        """The visit when something may be written into it now."""
        detail = self.writable
        return detail if detail is not None and detail.row.closed is None else None

    def look(self, row: CheckRow) -> None:
        """Fill in what was found of a passbook or loan."""
        if self.going_on is not None:
            dialogs.look(self.desk, row, self.desk.saying(_("Đã ghi.")), self).open()
        elif row.loan is not None:
            self.desk.open_page("loan", loan=row.loan)
        elif row.member is not None:
            self.desk.open_page("member", member=row.member)

    def count(self) -> None:
        """Fill in the count of the boxes."""
        if detail := self.going_on:
            dialogs.count(self.desk, detail.row, self.desk.saying(_("Đã ghi kiểm quỹ.")), self).open()

    def see_all(self) -> None:
        """Add all other passbooks, after a question."""
        detail = self.going_on
        if detail is None:
            return
        visit = detail.row.id
        messages.ask(
            self,
            _("Xem tất cả các sổ của nhóm?"),
            detail=_("Một sổ sai thì xem cả {n} sổ.").format(n=detail.row.passbooks.population),
            yes=_("Thêm các sổ còn lại"),
            no=_("Chưa"),
            then=lambda: self.desk.do(
                lambda book, act: audits.see_all(book, visit, act),
                self.desk.saying(_("Đã thêm các sổ còn lại.")),
                owner=self,
            ),
        )

    def close_visit(self) -> None:
        """End the visit."""
        if detail := self.going_on:
            dialogs.close(
                self.desk, detail.row, self.desk.saying(_("Đã kết thúc đợt kiểm tra.")), self
            ).open()

    def new_finding(self) -> None:
        """Write a finding of this visit down."""
        if detail := self.going_on:
            then = self.desk.saying(_("Đã ghi kiến nghị."))
            dialogs.finding(self.desk, None, then, self, detail.row.group, detail.row.id).open()

    def edit_finding(self, row: FindingRow) -> None:
        """Change a finding that is not closed."""
        if self.desk.can_write and row.closed is None:
            dialogs.finding(self.desk, row, self.desk.saying(_("Đã sửa kiến nghị.")), self).open()

    def close_finding(self, row: FindingRow) -> None:
        """Close a finding with its proof."""
        dialogs.close_finding(self.desk, row, self.desk.saying(_("Đã khép kiến nghị.")), self).open()

    def reopen_finding(self, row: FindingRow) -> None:
        """Open a finding again."""
        dialogs.reopen(self.desk, row, self.desk.saying(_("Đã mở lại kiến nghị.")), self).open()

    # -- papers -------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Show the sheet that is taken to the group."""
        self._print("audit-sheet", _("Phiếu kiểm tra {code}"), "sheet")

    def print_minutes(self) -> None:
        """Show the minutes."""
        self._print("audit-minutes", _("Biên bản kiểm tra {code}"), "minutes")

    def _print(self, report: str, title: str, name: str) -> None:
        if self.detail is None:
            return
        visit = self.detail.row.id

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import audit_papers

            return getattr(audit_papers, name)(book, visit, act)

        print_paper(self.desk, self, report, title.format(code=self.detail.row.code), gather)

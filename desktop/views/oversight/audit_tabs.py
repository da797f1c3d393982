"""The lists of audits on the page of oversight: visits, findings, signs, whom to visit first."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.audit_kinds import FindingState
from desktop.models.ids import AuditVisitId
from desktop.services import audit_book, audit_signs
from desktop.services.audit_book import DueRow, FindingRow
from desktop.services.audit_signs import Sign
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.pickers import Find
from desktop.views.kit.tab import listing
from desktop.views.kit.table_view import RowAction
from desktop.views.oversight import dialogs
from desktop.views.oversight.columns import DUE, FINDINGS, SIGNS, VISITS
from resources.lang.messages import _


def finding_actions(
    desk: Desk, edit: Any, close: Any, reopen: Any
) -> tuple[RowAction[Any], RowAction[Any], RowAction[Any]]:
    """Return what can be done with a row of findings, wherever they are listed."""

    def may(*states: FindingState) -> Any:
        return lambda row: desk.can_write and row.state in states

    still = (FindingState.OPEN, FindingState.ANSWERED)
    return (
        RowAction(_("Sửa, ghi trả lời…"), edit, "edit", "F2", may(*still)),
        RowAction(_("Khép, có bằng chứng…"), close, "check", "", may(*still)),
        RowAction(_("Mở lại…"), reopen, "undo", "", may(FindingState.CLOSED)),
    )


class AuditTabs:
    """Four lists and their deeds; `parent` is the page that shows them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.desk, self.parent = desk, parent
        self.visits, self.visits_view = listing(
            desk,
            VISITS,
            "oversight.visits",
            _("Các đợt kiểm tra"),
            empty=Empty(
                "verify",
                _("Chưa có đợt kiểm tra nào."),
                _("Mở một đợt: chương trình chọn mẫu sổ và khoản vay để đối chiếu."),
                (_("Mở đợt kiểm tra…"), self.begin),
            ),
            opened=lambda row: desk.open_page("audit", visit=row.id),
        )
        self.findings, self.findings_view = listing(
            desk,
            FINDINGS,
            "oversight.audit-findings",
            _("Kiến nghị kiểm tra"),
            empty=Empty(
                "document",
                _("Chưa có kiến nghị nào."),
                _("Ghi điều chưa đúng, ai khắc phục và hạn; khép khi đã xem bằng chứng."),
                (_("Ghi kiến nghị…"), self.new_finding),
            ),
            actions=finding_actions(desk, self.edit_finding, self.close_finding, self.reopen_finding),
            opened=self.edit_finding,
        )
        self.due, self.due_view = listing(
            desk,
            DUE,
            "oversight.due",
            _("Nhóm cần kiểm tra, điểm rủi ro cao trước"),
            key=lambda row: row.group,
            empty=Empty("groups", _("Sổ chưa có nhóm nào.")),
            actions=(RowAction(_("Mở đợt kiểm tra…"), self.begin_at, "plus", "", desk.may_write),),
            opened=lambda row: desk.open_page("group", group=row.group),
        )

        self.signs, self.signs_view = listing(
            desk,
            SIGNS,
            "oversight.signs",
            _("Dấu hiệu cần hỏi, không phải kết luận"),
            key=lambda row: row.key,
            empty=Empty(
                "verify",
                _("Sổ không có dấu hiệu nào cần hỏi."),
                _(
                    "Chương trình xem 12 tháng gần nhất: đếm quỹ, ghi trễ, bút toán đảo, vay của ban quản lý, người vắng lâu."
                ),
            ),
            actions=(RowAction(_("Ghi thành kiến nghị…"), self.note_sign, "plus", "F2", desk.may_write),),
            opened=lambda row: desk.open_page("group", group=row.group),
        )

    def reload(self) -> None:
        """Read the lists again."""
        today, owner = self.desk.today(), self.parent
        self.desk.ask(audit_book.visits, self.visits.set_rows, owner=owner)
        self.desk.ask(lambda book: audit_book.findings(book, today), self._show_findings, owner=owner)
        self.desk.ask(lambda book: audit_book.due(book, today), self.due.set_rows, owner=owner)
        self.desk.ask(lambda book: audit_signs.signs(book, today), self.signs.set_rows, owner=owner)

    def _show_findings(self, rows: list[FindingRow]) -> None:
        self.findings.set_rows(rows)
        still = [row for row in rows if row.state is not FindingState.CLOSED]
        old = sum(row.age > audit_book.LONG_OPEN for row in still)
        self.findings_view.set_summary(
            _("Chưa khắc phục: {n}, quá {days} ngày: {old}").format(
                n=len(still), days=audit_book.LONG_OPEN, old=old
            )
        )

    # -- deeds --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a visit and go to it."""
        if self.desk.can_write:
            dialogs.begin(self.desk, self._began, self.parent).open()

    def begin_at(self, row: DueRow) -> None:
        """Begin a visit to a group of the list."""
        if self.desk.can_write:
            found = Find(row.group, row.name, row.code)
            dialogs.begin(self.desk, self._began, self.parent, found).open()

    def _began(self, visit: AuditVisitId) -> None:
        self.desk.say(_("Đã chọn mẫu. In phiếu để mang theo."), "good")
        self.desk.open_page("audit", visit=visit)

    def new_finding(self) -> None:
        """Write a finding down that belongs to no visit."""
        if self.desk.can_write:
            dialogs.finding(self.desk, None, self._said(_("Đã ghi kiến nghị.")), self.parent).open()

    def note_sign(self, row: Sign) -> None:
        """Write a sign down as a finding, after it was asked about."""
        if self.desk.can_write:
            dialogs.finding(
                self.desk,
                None,
                self._said(_("Đã ghi kiến nghị.")),
                self.parent,
                row.group,
                title=row.text,
                severity=row.severity,
            ).open()

    def edit_finding(self, row: FindingRow) -> None:
        """Change a finding, or write down what the group answers; a closed one is only shown by its visit."""
        if self.desk.can_write and row.state is not FindingState.CLOSED:
            dialogs.finding(self.desk, row, self._said(_("Đã sửa kiến nghị.")), self.parent).open()
        elif row.visit is not None:
            self.desk.open_page("audit", visit=row.visit)

    def close_finding(self, row: FindingRow) -> None:
        """Close a finding with its proof."""
        dialogs.close_finding(self.desk, row, self._said(_("Đã khép kiến nghị.")), self.parent).open()

    def reopen_finding(self, row: FindingRow) -> None:
        """Open a finding again."""
        dialogs.reopen(self.desk, row, self._said(_("Đã mở lại kiến nghị.")), self.parent).open()

    def _said(self, text: str) -> Any:
        return lambda _value: self.desk.say(text, "good")

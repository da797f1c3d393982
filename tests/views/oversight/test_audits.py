"""Audits in the window: a visit is begun, filled in by the keyboard, printed and closed; findings are followed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.models.audit_kinds import FindingState, Severity
from desktop.models.ids import AuditVisitId
from desktop.services import audit_book, audit_papers, audits
from desktop.services.audits import BeginAudit
from desktop.views.kit.pickers import Find
from desktop.views.oversight.page import OversightPage
from desktop.views.oversight.visit_page import VisitPage
from reports.catalogue import find
from tests.inclusion_village import ENDS
from tests.reports.paper import said
from tests.views.accessible import assert_named
from tests.views.analysis.conftest import Room


def begun(room: Room) -> AuditVisitId:
    order = BeginAudit(room.village.group, ENDS, "Chị Lan", seed=7)
    return audits.begin(room.book, order, room.act).value


def fill(room: Room, dialog: Any, **values: Any) -> None:
    for key, value in values.items():
        dialog.form.input(key).set_value(value)
    dialog.panel.submit()
    room.settle()


def test_a_visit_is_begun_from_the_list_and_its_page_opens(hall: Room) -> None:
    page = hall.show(OversightPage, tab="audits")
    assert page.tabs.currentIndex() == 1
    assert [action.title for action in page.actions()] == ["Mở đợt kiểm tra…"]
    page.audits.begin()
    fill(hall, hall.dialog(page), group=Find(hall.village.group, "Hoa Sen"), auditor="Chị Lan")
    (row,) = audit_book.visits(hall.book)
    assert row.passbooks.population == 38
    assert (hall.routes[-1].page, hall.routes[-1].args) == ("audit", {"visit": row.id})
    assert page.audits.visits.row_at(0).code == "KT-001"
    assert_named(page)


def test_a_passbook_is_filled_in_by_the_keyboard_and_the_figures_follow(hall: Room) -> None:
    page = hall.show(VisitPage, visit=begun(hall))
    view = page.passbooks_view
    view.grid.setFocus()
    view.grid.setCurrentIndex(page.passbooks.index(0, 0))
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    row = page.passbooks.row_at(0)
    fill(hall, hall.dialog(page), found=row.book - 50_000, present=True)
    assert page.detail.row.passbooks.wrong == 1
    assert page.passbooks.row_at(0).difference == -50_000
    assert "Xem tất cả các sổ…" in [action.title for action in page.actions()]
    page.see_all()
    hall.settle()
    assert page.passbooks.size == 38
    assert_named(page)


def test_what_is_missing_is_said_at_its_field(hall: Room) -> None:
    page = hall.show(VisitPage, visit=begun(hall))
    page.look(page.passbooks.row_at(0))
    dialog = hall.dialog(page)
    fill(hall, dialog, found=None)
    assert "lý do" in dialog.form.problems()["note"]
    dialog.reject()


def test_a_visit_is_printed_and_closed_and_then_only_read(hall: Room) -> None:
    visit = begun(hall)
    page = hall.show(VisitPage, visit=visit)
    page.print_sheet()
    hall.settle()
    page.count()
    fill(hall, hall.dialog(page), cash=1_000_000, social=0)
    page.new_finding()
    fill(hall, hall.dialog(page), title="Thiếu biên lai", severity=Severity.HIGH, owner="Thủ quỹ")
    page.print_minutes()
    hall.settle()
    assert [report for report, _value in hall.printed] == ["audit-sheet", "audit-minutes"]
    page.close_visit()
    fill(hall, hall.dialog(page), summary="Cần xem lại quỹ")
    assert page.detail.row.closed == ENDS
    assert [action.title for action in page.actions()] == ["In biên bản"]
    assert page.going_on is None


def test_the_sheet_tells_no_balance_and_the_minutes_tell_all(hall: Room) -> None:
    visit = begun(hall)
    detail = audit_book.detail(hall.book, visit, ENDS)
    row = detail.checks[0]
    audits.check(hall.book, row.id, row.version, audits.CheckResult(row.book - 7_000), hall.act)
    sheet = said(find("audit-sheet").render(audit_papers.sheet(hall.book, visit, hall.act).value))
    assert row.name in sheet
    assert "100.000" not in sheet
    assert "200.000" not in sheet
    minutes = said(find("audit-minutes").render(audit_papers.minutes(hall.book, visit, hall.act).value))
    assert "7.000" in minutes
    assert "MẬT – DÙNG TRONG XÃ" in minutes
    assert "Không có kiến nghị nào." in minutes


def test_findings_are_answered_closed_with_proof_and_opened_again(hall: Room) -> None:
    page = hall.show(OversightPage, tab="findings")
    page.audits.new_finding()
    fill(
        hall,
        hall.dialog(page),
        group=Find(hall.village.group, "Hoa Sen"),
        title="Một người giữ cả hai chìa khóa",
        severity=Severity.HIGH,
    )
    (row,) = audit_book.findings(hall.book, ENDS)
    assert row.group == hall.village.group
    page.audits.edit_finding(row)
    fill(hall, hall.dialog(page), answer="Sẽ bầu thêm người")
    row = page.audits.findings.row_at(0)
    assert row.state is FindingState.ANSWERED
    page.audits.close_finding(row)
    dialog = hall.dialog(page)
    fill(hall, dialog)
    assert "evidence" in dialog.form.problems()
    fill(hall, dialog, evidence="Đã xem biên bản bầu")
    row = page.audits.findings.row_at(0)
    assert row.state is FindingState.CLOSED
    page.audits.reopen_finding(row)
    fill(hall, hall.dialog(page), reason="Người mới đã nghỉ")
    assert page.audits.findings.row_at(0).state is FindingState.OPEN


def test_the_groups_to_visit_are_listed_and_a_visit_begins_there(hall: Room) -> None:
    page = hall.show(OversightPage, tab="due")
    row = page.audits.due.row_at(0)
    assert row.overdue
    page.audits.begin_at(row)
    dialog = hall.dialog(page)
    assert dialog.form.value("group") == hall.village.group
    fill(hall, dialog, auditor="Chị Lan")
    assert len(audit_book.visits(hall.book)) == 1


def test_a_sign_becomes_a_finding(hall: Room, monkeypatch: Any) -> None:
    from desktop.services import audit_signs

    sign = audit_signs.Sign(
        "A-01", Severity.HIGH, hall.village.group, "Hoa Sen", "Quỹ lệch −5.000 ₫", "Tiền lẻ"
    )
    monkeypatch.setattr(audit_signs, "signs", lambda _book, _today: [sign])
    page = hall.show(OversightPage, tab="signs")
    assert page.audits.signs.row_at(0) == sign
    page.audits.note_sign(sign)
    fill(hall, hall.dialog(page))
    (row,) = audit_book.findings(hall.book, ENDS)
    assert (row.title, row.severity, row.group) == ("Quỹ lệch −5.000 ₫", Severity.HIGH, hall.village.group)

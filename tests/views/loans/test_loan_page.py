"""One loan in the window, from the vote to the last đồng; what may not be done is refused at its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.ids import LoanId
from desktop.models.kinds import LoanEventKind, LoanStage
from desktop.services import loan_book, loan_changes, loan_papers, loans
from desktop.services.loan_book import LoanDetail
from desktop.services.loan_changes import Change
from desktop.services.verify import verify
from desktop.views.kit.desk import Desk
from desktop.views.loans.loan_page import LoanPage
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.views.loans.conftest import LENT, TODAY, Room


def told(room: Room, loan: LoanId) -> LoanDetail:
    return loan_book.detail(room.book, loan, TODAY)


def titles(page: LoanPage) -> set[str]:
    found = set()
    for action in page.actions():
        found |= {action.title, *(part.title for part in action.menu)}
    return found


def rows(table: Any) -> list[list[str]]:
    return [
        [str(table.index(row, column).data() or "") for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


# -- deciding --------------------------------------------------------------------------------------


def test_an_application_waits_for_the_vote(room: Room) -> None:
    page = room.show(LoanPage, loan=room.apply())
    assert {"Duyệt…", "Không duyệt…", "Rút đơn…", "Đơn vay vốn"} <= titles(page)
    assert "Giải ngân…" not in titles(page)
    assert not page.tabs.isTabVisible(page.tabs.indexOf(page.payoff))
    assert_named(page)


def test_too_few_present_are_refused_at_the_field(room: Room) -> None:
    loan = room.apply()
    page = room.show(LoanPage, loan=loan)
    page.approve()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"present": 1, "in_favour": 0})
    room.submit(dialog)
    assert {"present", "in_favour"} <= set(dialog.form.problems())
    room.fill(dialog, {"present": 3, "in_favour": 2, "against": 1})
    room.submit(dialog)
    assert told(room, loan).stage is LoanStage.APPROVED
    assert "Giải ngân…" in titles(page)


def test_named_people_approve_with_their_quorum(room: Room) -> None:
    loan = room.apply()
    page = room.show(LoanPage, loan=loan)
    page.approve()
    dialog = room.dialog(page)
    room.fill(dialog, {"by_vote": False, "people": "Lê Thị Mai", "quorum": 2})
    room.submit(dialog)
    assert "2 người" in dialog.form.problems()["people"]
    room.fill(dialog, {"people": "Lê Thị Mai\nTrần Văn Bé"})
    room.submit(dialog)
    assert told(room, loan).decision.people == ("Lê Thị Mai", "Trần Văn Bé")


def test_a_refusal_needs_its_reason(room: Room) -> None:
    loan = room.apply()
    page = room.show(LoanPage, loan=loan)
    page.refuse()
    dialog = room.dialog(page)
    room.submit(dialog)
    assert "reason" in dialog.form.problems()
    room.fill(dialog, {"reason": "Đang nợ nơi khác"})
    room.submit(dialog)
    assert told(room, loan).stage is LoanStage.REFUSED
    assert told(room, loan).decision.reason == "Đang nợ nơi khác"


def test_contract_and_cost_are_printed_before_the_money(room: Room) -> None:
    page = room.show(LoanPage, loan=room.lend(money=False))
    assert "Hợp đồng vay và lịch trả" in titles(page)
    page.print_main()
    report, contract = room.printed[-1]
    assert report == "loan-contract"
    assert len(contract.rows) == 4
    assert contract.loan.apr_percent is not None


@pytest.mark.parametrize(
    "report", ["loan-application", "loan-schedule", "loan-passbook", "loan-payoff", "loan-reminder"]
)
def test_every_paper_of_an_open_loan_can_be_gathered(room: Room, report: str) -> None:
    page = room.show(LoanPage, loan=room.lend())
    page.print_report(report)
    assert room.printed[-1][0] == report


# -- the money -------------------------------------------------------------------------------------


def disbursing(room: Room, **values: Any) -> tuple[LoanId, Any, Any]:
    loan = room.lend(money=False, amount=values.pop("loan_amount", 1_200_000))
    page = room.show(LoanPage, loan=loan)
    page.disburse()
    dialog = room.dialog(page)
    room.fill(dialog, values)
    room.submit(dialog)
    return loan, page, dialog


def test_disbursing_moves_the_box(room: Room) -> None:
    loan, page, _dialog = disbursing(room, day=LENT)
    assert told(room, loan).state.principal_outstanding == 1_200_000
    assert any("PC-0001/2026" in message.text for message in room.said)
    assert "Thu nợ…" in titles(page)


def test_disbursing_more_than_the_box_holds_is_refused_at_the_amount(room: Room) -> None:
    loan, _page, dialog = disbursing(room, day=LENT, loan_amount=90_000_000)
    assert "thiếu" in dialog.form.problems()["amount"]
    assert told(room, loan).stage is LoanStage.APPROVED


def test_disbursing_more_than_was_agreed_is_refused_at_the_amount(room: Room) -> None:
    _loan, _page, dialog = disbursing(room, day=LENT, amount=1_300_000)
    assert "1.200.000" in dialog.form.problems()["amount"]


def test_disbursing_tomorrow_is_refused_at_the_day(room: Room) -> None:
    _loan, _page, dialog = disbursing(room, day=date(2026, 8, 21))
    assert "chưa tới" in dialog.form.problems()["day"]


def test_a_loan_is_paid_out_in_parts(room: Room) -> None:
    loan, page, _dialog = disbursing(room, day=LENT, amount=500_000)
    assert "Giải ngân đợt tiếp…" in titles(page)
    page.disburse()
    dialog = room.dialog(page)
    assert dialog.form.value("amount") == 700_000
    room.fill(dialog, {"day": LENT})
    room.submit(dialog)
    assert told(room, loan).state.principal_outstanding == 1_200_000


# -- repaying --------------------------------------------------------------------------------------


def repaying(room: Room, loan: LoanId, **values: Any) -> tuple[Any, Any]:
    page = room.show(LoanPage, loan=loan)
    page.repay()
    dialog = room.dialog(page)
    room.settle()
    room.fill(dialog, values)
    room.typed(dialog)
    return page, dialog


def test_what_is_due_is_proposed_and_its_split_shown(room: Room) -> None:
    _page, dialog = repaying(room, room.lend(), day=date(2026, 4, 10))
    assert dialog.form.value("amount") == 312_000
    assert "Gốc 300.000" in dialog.split.text()
    assert "lãi 12.000" in dialog.split.text()
    assert_named(dialog)


def test_the_split_follows_the_amount(room: Room) -> None:
    _page, dialog = repaying(room, room.lend(), day=date(2026, 4, 10), amount=100_000)
    assert "Gốc 88.000" in dialog.split.text()


def test_a_repayment_is_posted_as_it_was_shown(room: Room) -> None:
    loan = room.lend()
    page, dialog = repaying(room, loan, day=date(2026, 4, 10), amount=312_000)
    room.submit(dialog)
    event = told(room, loan).events[-1]
    assert (event.kind, event.principal, event.interest) == (LoanEventKind.REPAYMENT, 300_000, 12_000)
    page.print_receipt(event)
    assert room.printed[-1][0] == "loan-receipt"
    action = next(message.action for message in room.said if message.action)
    action[1]()
    assert len(room.printed) == 2


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"day": date(2026, 4, 10), "amount": 99_000_000}, "amount", "Trả hết nợ"),
        ({"day": date(2026, 3, 9), "amount": 100_000}, "day", "chưa giải ngân"),
        ({"day": date(2026, 9, 1), "amount": 100_000}, "day", "chưa tới"),
        ({"day": date(2026, 4, 10), "amount": 0}, "amount", "lớn hơn 0"),
    ],
)
def test_bad_repayments_are_refused_at_their_field(
    room: Room, values: dict[str, Any], field: str, said: str
) -> None:
    loan = room.lend()
    _page, dialog = repaying(room, loan, **values)
    room.submit(dialog)
    assert said in dialog.form.problems()[field]
    assert len(told(room, loan).events) == 1


def test_what_is_paid_too_much_may_be_kept_and_given_back(room: Room) -> None:
    loan = room.lend()
    page, dialog = repaying(room, loan, day=date(2026, 4, 10), amount=2_000_000, keep_surplus=True)
    assert "Trả thừa" in dialog.split.text()
    room.submit(dialog)
    assert "Hoàn tiền trả thừa…" in titles(page)
    page.refund()
    refund = room.dialog(page)
    room.submit(refund)
    assert told(room, loan).events[-1].kind is LoanEventKind.REFUND
    assert "Hoàn tiền trả thừa…" not in titles(page)
    assert not verify(room.book).findings


def test_a_late_loan_says_so_and_charges_what_the_clerk_leaves(room: Room) -> None:
    loan = room.lend()
    page, dialog = repaying(room, loan)
    assert "132 ngày" in page.due_figure.accessibleName() or page.detail.days_late == 132
    assert dialog.form.value("penalty") == told(room, loan).penalty_due > 0
    room.fill(dialog, {"penalty": 0, "amount": 100_000})
    room.submit(dialog)
    kinds = [event.kind for event in told(room, loan).events]
    assert LoanEventKind.PENALTY not in kinds


def test_the_quote_closes_the_loan(room: Room) -> None:
    loan = room.lend()
    page = room.show(LoanPage, loan=loan, tab="payoff")
    page.payoff.ask()
    room.settle()
    assert page.payoff.quote == loans.quote(room.book, loan, TODAY)
    page.print_payoff()
    assert room.printed[-1][0] == "loan-payoff"
    page.pay_off()
    dialog = room.dialog(page)
    room.settle()
    assert dialog.form.value("amount") == page.payoff.quote.amount
    assert "trả hết" in dialog.split.text()
    room.submit(dialog)
    assert told(room, loan).stage is LoanStage.CLOSED
    assert "Thu nợ…" not in titles(page)
    assert not verify(room.book).findings


def test_an_earlier_quote_day_is_asked_anew(room: Room) -> None:
    loan = room.lend()
    page = room.show(LoanPage, loan=loan, tab="payoff")
    page.payoff.day.set_value(date(2026, 4, 10))
    room.settle()
    assert page.payoff.quote.amount == loans.quote(room.book, loan, date(2026, 4, 10)).amount
    page.payoff.day.set_value(date(2026, 1, 1))
    room.settle()
    assert page.payoff.quote is None
    assert not page.payoff.pay_button.isEnabled()


def test_the_schedule_shows_paid_late_and_coming(room: Room) -> None:
    loan = room.lend(number=8)
    room.pay(loan, date(2026, 4, 10), 162_000)
    page = room.show(LoanPage, loan=loan)
    states = [row[2] for row in rows(page.schedule.table)]
    assert states[0] == "Đã trả"
    assert states[1].startswith("Trễ")
    assert states[-1] == "Chưa đến hạn"


# -- changing --------------------------------------------------------------------------------------


def test_a_repayment_can_be_taken_back_with_a_reason(room: Room) -> None:
    loan = room.lend()
    room.pay(loan, date(2026, 4, 10), 312_000)
    page = room.show(LoanPage, loan=loan, tab="events")
    event = next(event for event in page.detail.events if event.kind is LoanEventKind.REPAYMENT)
    page.events.view.grid.selectRow(1)
    assert page.events.undo_button.isEnabled()
    page.undo(event)
    dialog = room.dialog(page)
    room.submit(dialog)
    assert "reason" in dialog.form.problems()
    room.fill(dialog, {"reason": "Ghi nhầm người"})
    room.submit(dialog)
    assert told(room, loan).state.principal_outstanding == 1_200_000
    assert any("đã hủy" in row[1] for row in rows(page.events.table))


def test_the_money_of_a_loan_is_not_taken_back_once_something_was_paid(room: Room) -> None:
    loan = room.lend()
    room.pay(loan, date(2026, 4, 10), 312_000)
    page = room.show(LoanPage, loan=loan, tab="events")
    lent = next(event for event in page.detail.events if event.kind is LoanEventKind.DISBURSEMENT)
    page.undo(lent)
    refused = room.dialog(page)
    room.fill(refused, {"reason": "Ghi nhầm"})
    room.submit(refused)
    assert "hãy hủy việc đó trước" in refused.form._top_words.text()
    assert told(room, loan).state.principal_outstanding == 900_000


def test_what_changed_without_money_is_taken_back(room: Room) -> None:
    loan = room.lend()
    before = [row.due_on for row in told(room, loan).rows]
    command = Change(
        loan, LoanEventKind.RESCHEDULE, date(2026, 4, 1), "Bão", from_due=date(2026, 4, 10), months=2
    )
    loan_changes.change(room.book, command, room.desk.act())
    page = room.show(LoanPage, loan=loan, tab="events")
    assert "đã gia hạn 1 lần" in page.subtitle()
    event = next(event for event in page.detail.events if event.kind is LoanEventKind.RESCHEDULE)
    page.events.view.select_key(event.seq)
    assert page.events.undo_button.isEnabled()
    page.undo(event)
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Ghi nhầm khoản"})
    room.submit(dialog)
    assert [row.due_on for row in told(room, loan).rows] == before
    assert "gia hạn" not in page.subtitle()


def test_a_repayment_entered_late_says_what_it_changes(room: Room) -> None:
    loan = room.lend()
    room.pay(loan, date(2026, 5, 20), 700_000)
    loan_papers.passbook(room.book, loan, room.desk.act())
    page, dialog = repaying(room, loan, day=date(2026, 4, 10), amount=312_000, penalty=0)
    assert "700.000" in dialog.later.text()
    assert "20/05/2026" in dialog.later.text()
    assert "1 tờ đã in sẽ không còn khớp" in dialog.later.text()
    room.submit(dialog)
    assert told(room, loan).state.principal_outstanding < 1_200_000
    assert page.isVisible()


def test_an_extension_moves_the_rows_and_stays_visible(room: Room) -> None:
    loan = room.lend(number=8)
    page = room.show(LoanPage, loan=loan)
    page.reschedule()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"months": 0, "days": 0, "reason": "Lụt"})
    room.submit(dialog)
    assert "gia hạn" in dialog.form.problems()["months"]
    room.fill(dialog, {"months": 2})
    room.submit(dialog)
    assert told(room, loan).rows[0].due_on == date(2026, 6, 10)
    assert "đã gia hạn 1 lần" in page.subtitle()


def test_more_than_there_is_cannot_be_waived(room: Room) -> None:
    loan = room.lend()
    page = room.show(LoanPage, loan=loan)
    page.waive()
    dialog = room.dialog(page)
    room.fill(dialog, {"interest": 900_000, "reason": "Hộ nghèo"})
    room.submit(dialog)
    assert "Chỉ còn" in dialog.form.problems()["interest"]
    room.fill(dialog, {"interest": 10_000})
    room.submit(dialog)
    assert told(room, loan).state.left.interest == 20_000


def test_a_fee_is_charged_with_its_reason(room: Room) -> None:
    loan = room.lend()
    page = room.show(LoanPage, loan=loan)
    page.charge_fee()
    dialog = room.dialog(page)
    room.fill(dialog, {"amount": 5_000, "reason": "Công chứng"})
    room.submit(dialog)
    assert told(room, loan).state.left.fees == 5_000


def test_a_write_off_keeps_the_way_open_for_recovery(room: Room) -> None:
    loan = room.lend()
    page = room.show(LoanPage, loan=loan)
    page.write_off()
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Người vay đã mất, không có tài sản"})
    room.submit(dialog)
    assert told(room, loan).stage is LoanStage.WRITTEN_OFF
    assert {"Thu nợ…", "Sổ vay vốn"} <= titles(page)
    assert "Gia hạn…" not in titles(page)


def test_a_read_only_book_opens_no_dialog(room: Room, desk: Desk) -> None:
    loan = room.lend()
    give_book(desk, room.book, readonly=True)
    page = room.show(LoanPage, loan=loan)
    page.repay()
    page.write_off()
    with pytest.raises(StopIteration):
        room.dialog(page)
    assert not page.events.undo_button.isEnabled()

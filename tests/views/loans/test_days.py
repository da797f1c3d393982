"""A loan keyed in after its day: the dialogs offer the meeting and the day, and show what another day changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.ids import LoanId
from desktop.models.kinds import LoanStage
from desktop.services import loan_applications, loan_book, loan_papers
from desktop.services.loan_applications import Decision
from desktop.services.loan_book import LoanDetail
from desktop.views.loans.loan_page import LoanPage
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.loans.conftest import LENT, TODAY, Room
from tests.village import an_act

MET = date(2026, 2, 28)
LATER = date(2026, 8, 18)


def told(room: Room, loan: LoanId) -> LoanDetail:
    return loan_book.detail(room.book, loan, TODAY)


def approving(room: Room, loan: LoanId) -> tuple[Any, Any]:
    page = room.show(LoanPage, loan=loan)
    page.approve()
    room.settle()
    return page, room.dialog(page)


def disbursing(room: Room, loan: LoanId) -> tuple[Any, Any]:
    page = room.show(LoanPage, loan=loan)
    page.disburse()
    room.settle()
    return page, room.dialog(page)


def test_the_meeting_before_the_money_is_proposed_with_its_day_and_who_was_there(room: Room) -> None:
    loan = room.apply(day=MET)
    page, dialog = approving(room, loan)
    assert dialog.form.value("day") == MET
    assert dialog.form.value("present") == 3
    assert "Buổi họp 3" in dialog.form.input("meeting").currentText()
    assert not dialog.form.dirty
    assert_named(dialog)
    room.fill(dialog, {"in_favour": 3})
    room.submit(dialog)
    detail = told(room, loan)
    assert (detail.stage, detail.decided_on) == (LoanStage.APPROVED, MET)
    assert detail.decided_at == "Buổi họp 3, 28/02/2026"
    page.disburse()
    room.settle()
    dialog = room.dialog(page)
    assert dialog.form.value("day") == MET
    room.submit(dialog)
    assert told(room, loan).disbursed_on == MET


def test_a_meeting_that_is_not_keyed_in_yet_has_its_day_typed(room: Room) -> None:
    loan = room.apply(day=LENT)
    _page, dialog = approving(room, loan)
    assert dialog.form.value("meeting") == 0  # none was held between application and money
    assert dialog.form.value("day") == LENT
    room.fill(dialog, {"day": date(2026, 3, 14), "present": 3, "in_favour": 3})
    room.submit(dialog)
    assert told(room, loan).decided_on == date(2026, 3, 14)


def test_the_day_of_a_decision_is_refused_at_its_field(room: Room) -> None:
    _page, dialog = approving(room, room.apply(day=MET))
    room.fill(dialog, {"day": date(2026, 3, 14), "present": 3, "in_favour": 3})
    room.submit(dialog)
    assert "28/02/2026" in dialog.form.problems()["day"]


def test_the_money_is_never_proposed_before_the_decision(room: Room, answers: Answers) -> None:
    """Decided today by mistake: the proposal is accepted; the wrong day is told with what to do, and can be mended."""
    loan = room.apply(day=LENT)
    loan_applications.approve(room.book, loan, Decision(present=3, in_favour=3), an_act(TODAY))
    page, dialog = disbursing(room, loan)
    assert dialog.form.value("day") == TODAY
    assert not dialog.form.problems()
    room.fill(dialog, {"day": LENT})
    room.typed(dialog)
    assert "Sửa việc duyệt" in dialog.form.problems()["day"]
    dialog.reject()
    assert answers.asked  # what was typed is not lost without a word
    page.approve()
    room.settle()
    again = room.dialog(page)
    assert again.form.value("present") == 3
    room.fill(again, {"day": LENT})
    room.submit(again)
    assert told(room, loan).decided_on == LENT


def test_another_day_shows_the_new_schedule_at_once(room: Room) -> None:
    loan = room.lend(money=False)
    page, dialog = disbursing(room, loan)
    assert not dialog.form.input("first_due").isVisible()
    assert "10/04/2026" in dialog.plan.text()
    room.fill(dialog, {"day": LATER})
    room.typed(dialog)
    assert dialog.form.input("first_due").isVisible()
    assert dialog.form.value("first_due") == date(2026, 9, 18)
    said = dialog.plan.text()
    assert all(part in said for part in ("18/09/2026", "trước là 10/04/2026", "18/12/2026", "APR"))
    room.fill(dialog, {"first_due": date(2026, 9, 5)})
    room.typed(dialog)
    assert "05/09/2026" in dialog.plan.text()
    assert_named(dialog)
    room.submit(dialog)
    detail = told(room, loan)
    assert detail.rows[0].due_on == date(2026, 9, 5)
    assert detail.days_late == 0
    assert "trễ" not in page.subtitle()


def test_a_first_due_date_before_the_money_is_refused_at_its_field(room: Room) -> None:
    loan = room.lend(money=False)
    _page, dialog = disbursing(room, loan)
    room.fill(dialog, {"day": LATER})
    room.typed(dialog)
    room.fill(dialog, {"first_due": LATER})
    room.typed(dialog)
    assert "19/08/2026" in dialog.form.problems()["first_due"]
    room.submit(dialog)
    assert told(room, loan).stage is LoanStage.APPROVED


def test_a_contract_with_the_old_dates_is_named_and_must_be_agreed_to(room: Room, answers: Answers) -> None:
    loan = room.lend(money=False)
    number = loan_papers.contract(room.book, loan, an_act(LENT)).value.mark.number
    _page, dialog = disbursing(room, loan)
    assert not dialog.warning.isVisible()
    room.fill(dialog, {"day": LATER})
    room.typed(dialog)
    assert number in dialog.warning.text()
    room.submit(dialog)
    assert len(answers.asked) == 1
    assert told(room, loan).disbursed_on == LATER
    done = next(one for one in room.said if one.text.startswith("Đã giải ngân."))
    assert done.action is not None
    done.action[1]()
    room.settle()
    report, contract = room.printed[-1]
    assert report == "loan-contract"
    assert contract.rows[0].due_on == date(2026, 9, 18)


def test_contract_and_schedule_are_printed_for_a_planned_day(room: Room) -> None:
    loan = room.apply(day=MET)
    loan_applications.approve(room.book, loan, Decision(present=3, in_favour=3), an_act(TODAY), MET)
    page = room.show(LoanPage, loan=loan)
    page.print_planned()
    room.settle()
    dialog = room.dialog(page)
    assert_named(dialog)
    assert dialog.form.value("day") == TODAY, "the day asked for is over"
    room.fill(dialog, {"day": date(2026, 1, 1)})
    room.submit(dialog)
    assert dialog.isVisible(), "before the decision no money is handed over"
    assert not room.printed
    room.fill(dialog, {"day": LATER})
    room.settle()
    assert "giao tiền 18/08/2026" in dialog.plan.text()
    room.submit(dialog)
    room.settle()
    ((report, value),) = room.printed
    assert (report, value.planned_on) == ("loan-contract", LATER)
    assert told(room, loan).terms.disbursed_on == MET

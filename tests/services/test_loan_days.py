"""The days of a loan keyed in late: applied, decided at a meeting, paid out; and a schedule that begins with the money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from desktop.models.ids import LoanId
from desktop.models.kinds import LoanStage
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import (
    loan_applications,
    loan_book,
    loan_decisions,
    loan_papers,
    loan_products,
    loan_terms,
    loans,
    periods,
)
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.loan_book import LoanDetail
from desktop.services.verify import verify
from desktop.store.book import Book
from reports import loan_contract, loan_schedule
from tests.reports.paper import said
from tests.village import Village, an_act, meet, settle

MET = date(2026, 2, 28)
LATE = date(2026, 4, 20)
"""When it is all keyed in."""
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    limits=Limits(open_loans=3),
    off_sundays=False,
    off_holidays=False,
)
VOTE = Decision(present=3, in_favour=3)


@pytest.fixture
def home(book: Book) -> Village:
    made = settle(book)
    for number in (1, 2, 3):  # 03/01, 31/01, 28/02
        meet(book, made, number, savings=2_000_000)
    return made


def ask(
    book: Book, home: Village, day: date, product: Product = PRODUCT, applied_on: date | None = None
) -> LoanId:
    kept = loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", product), an_act()).value
    command = Apply(
        home.group,
        home.members[0],
        kept,
        Request(1_200_000, 4, day),
        Application("Nuôi vịt"),
        agreed=True,
        applied_on=applied_on,
    )
    return loan_applications.apply(book, command, Caution(), an_act(LATE)).value


def told(book: Book, loan: LoanId) -> LoanDetail:
    return loan_book.detail(book, loan, LATE)


def why(refusal: pytest.ExceptionInfo[Refusal], field: str) -> str:
    return " ".join(one.message for one in refusal.value.problems if one.field == field)


# -- keyed in after its day ------------------------------------------------------------------------


def test_a_loan_of_a_past_meeting_is_applied_for_decided_and_paid_out_on_that_day(
    book: Book, home: Village
) -> None:
    loan = ask(book, home, MET)
    assert told(book, loan).applied_on == MET
    choices = loan_decisions.decision_choices(book, loan, LATE)
    assert choices.day == MET
    assert choices.meeting is not None
    assert choices.meetings[0].present == 3
    decided = replace(VOTE, meeting=choices.meeting)
    loan_applications.approve(book, loan, decided, an_act(LATE), choices.day)
    loans.disburse(book, loans.Disburse(loan, MET), an_act(LATE))
    detail = told(book, loan)
    assert (detail.decided_on, detail.disbursed_on) == (MET, MET)
    assert detail.decided_at == "Buổi họp 3, 28/02/2026"
    assert detail.rows[0].due_on == date(2026, 3, 28)
    assert verify(book).ok


def test_the_day_of_the_application_may_be_written_down(book: Book, home: Village) -> None:
    loan = ask(book, home, MET, applied_on=date(2026, 2, 20))
    assert told(book, loan).applied_on == date(2026, 2, 20)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 4, 21)])
def test_an_application_after_its_money_or_to_come_is_refused(book: Book, home: Village, day: date) -> None:
    with pytest.raises(Refusal) as refusal:
        ask(book, home, MET, applied_on=day)
    assert why(refusal, "applied_on")


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 4, 21), "chưa tới"), (date(2026, 2, 19), "20/02/2026")]
)
def test_a_decision_is_not_to_come_and_not_before_the_application(
    book: Book, home: Village, day: date, said: str
) -> None:
    loan = ask(book, home, MET, applied_on=date(2026, 2, 20))
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, VOTE, an_act(LATE), day)
    assert said in why(refusal, "day")


def test_the_day_of_the_application_is_put_right_with_the_decision(book: Book, home: Village) -> None:
    """Money asked for on 2 March and keyed in then, but asked for and agreed to at the meeting of 28 February."""
    loan = ask(book, home, date(2026, 3, 2))
    assert MET in {one.day for one in loan_decisions.decision_choices(book, loan, LATE).meetings}
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, VOTE, an_act(LATE), MET)
    assert "sửa ngày làm đơn" in why(refusal, "day")
    loan_applications.approve(book, loan, VOTE, an_act(LATE), MET, MET)
    assert (told(book, loan).applied_on, told(book, loan).decided_on) == (MET, MET)


def test_the_day_of_the_meeting_is_the_day_of_its_vote(book: Book, home: Village) -> None:
    loan = ask(book, home, MET)
    meeting = loan_decisions.decision_choices(book, loan, LATE).meeting
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, replace(VOTE, meeting=meeting), an_act(LATE), date(2026, 3, 2))
    assert "28/02/2026" in why(refusal, "day")


def test_a_meeting_that_is_not_the_groups_is_refused(book: Book, home: Village) -> None:
    loan = ask(book, home, MET)
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, replace(VOTE, meeting=999), an_act(LATE), MET)
    assert why(refusal, "meeting")


def test_nothing_is_decided_in_a_closed_period(book: Book, home: Village) -> None:
    loan = ask(book, home, MET)
    periods.close_period(book, home.group, date(2026, 3, 31), "Cuối quý", an_act(LATE))
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, VOTE, an_act(LATE), MET)
    assert "khóa sổ" in why(refusal, "day")


def test_a_decision_keyed_in_with_the_wrong_day_is_put_right_and_the_refusal_says_how(
    book: Book, home: Village
) -> None:
    loan = ask(book, home, MET)
    loan_applications.approve(book, loan, VOTE, an_act(LATE))  # today's day, by mistake
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, MET), an_act(LATE))
    assert "Sửa việc duyệt" in why(refusal, "day")
    loan_applications.approve(book, loan, VOTE, an_act(LATE), MET)
    loans.disburse(book, loans.Disburse(loan, MET), an_act(LATE))
    with pytest.raises(Refusal):  # once money moved the decision stands
        loan_applications.approve(book, loan, VOTE, an_act(LATE), MET)


def test_a_refusal_has_its_day(book: Book, home: Village) -> None:
    loan = ask(book, home, MET)
    loan_applications.refuse(book, loan, "Đang nợ nơi khác", an_act(LATE), MET)
    assert (told(book, loan).stage, told(book, loan).decided_on) == (LoanStage.REFUSED, MET)


# -- paid out on another day -----------------------------------------------------------------------


def approved(book: Book, home: Village, product: Product = PRODUCT) -> LoanId:
    loan = ask(book, home, MET, product)
    loan_applications.approve(book, loan, VOTE, an_act(LATE), MET)
    return loan


def test_the_schedule_begins_with_the_money(book: Book, home: Village) -> None:
    """Asked for 28/02, paid out 18/04: not born late, no interest before the money."""
    loan = approved(book, home)
    shown = loan_terms.paying_out(book, loan, date(2026, 4, 18))
    assert shown.moved
    assert shown.asked_first == date(2026, 3, 28)
    assert shown.first_due == date(2026, 5, 18)
    loans.disburse(book, loans.Disburse(loan, date(2026, 4, 18)), an_act(LATE))
    detail = told(book, loan)
    assert [row.due_on for row in detail.rows] == [
        date(2026, 5, 18),
        date(2026, 6, 18),
        date(2026, 7, 18),
        date(2026, 8, 18),
    ]
    assert detail.days_late == 0
    assert detail.terms.disbursed_on == date(2026, 4, 18)
    assert shown.offer is not None
    assert [row.due_on for row in shown.offer.schedule.rows] == [row.due_on for row in detail.rows]
    assert verify(book).ok


def test_the_first_due_date_may_be_chosen_but_not_before_the_money(book: Book, home: Village) -> None:
    loan = approved(book, home)
    day = date(2026, 4, 18)
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, day, first_due=day), an_act(LATE))
    assert "19/04/2026" in why(refusal, "first_due")
    loans.disburse(book, loans.Disburse(loan, day, first_due=date(2026, 5, 10)), an_act(LATE))
    assert [row.due_on.day for row in told(book, loan).rows] == [10, 10, 10, 10]


def test_a_loan_paid_at_meetings_falls_due_at_those_after_the_money(book: Book, home: Village) -> None:
    loan = approved(book, home, replace(PRODUCT, method=Method.PER_MEETING))
    day = date(2026, 4, 18)
    shown = loan_terms.paying_out(book, loan, day)
    assert not shown.asks_first_due
    loans.disburse(book, loans.Disburse(loan, day), an_act(LATE))
    due = [row.due_on for row in told(book, loan).rows]
    assert due[0] > day
    with book.read() as session:
        assert tuple(due) == loan_applications.meeting_days(session, home.group, day, 4)


def test_meetings_already_held_are_the_due_dates_of_a_loan_keyed_in_late(book: Book, home: Village) -> None:
    with book.read() as session:
        days = loan_applications.meeting_days(session, home.group, date(2026, 1, 10), 3)
    assert days[:2] == (date(2026, 1, 31), MET)
    assert days[2] > MET


def test_a_contract_printed_with_the_old_dates_must_be_signed_anew(book: Book, home: Village) -> None:
    loan = approved(book, home)
    printed = loan_papers.contract(book, loan, an_act(LATE)).value
    wanted = loans.Disburse(loan, date(2026, 4, 18))
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, wanted, an_act(LATE))
    assert printed.mark.number in why(refusal, "day")
    assert "ký lại" in why(refusal, "day")
    assert told(book, loan).terms.disbursed_on == MET
    later = replace(an_act(LATE), at=datetime(2026, 4, 20, 5, 0, tzinfo=UTC))
    posted = loans.disburse(book, replace(wanted, agreed=True), later).value
    assert printed.mark.number in {paper.number for paper in posted.papers}
    again = loan_papers.contract(book, loan, an_act(LATE)).value
    assert again.mark.number != printed.mark.number
    assert again.rows[0].due_on == date(2026, 5, 18)


def test_a_contract_for_a_planned_day_says_so_and_stands_when_the_money_comes_on_it(
    book: Book, home: Village
) -> None:
    loan = approved(book, home)
    planned = date(2026, 4, 18)
    made = loan_papers.contract(book, loan, an_act(LATE), planned).value
    assert made.rows[0].due_on == date(2026, 5, 18)
    assert made.loan.disbursed_on == planned
    offered = loan_terms.paying_out(book, loan, planned).offer
    assert offered is not None
    assert made.loan.apr_percent == offered.cost.apr_percent
    assert told(book, loan).terms.disbursed_on == MET, "the loan itself is as it was"
    words = said(loan_contract.render(made))
    assert words.count("Theo ngày giao tiền dự kiến 18/04/2026") == 2, "in its head and at the schedule"
    assert "Nếu tiền được giao vào ngày khác, lịch trả, tiền lãi và giá thật được tính lại" in words
    slip = loan_papers.schedule(book, loan, an_act(LATE), planned).value
    assert [row.due_on for row in slip.rows] == [row.due_on for row in made.rows]
    assert "Ngày giao tiền dự kiến: 18/04/2026" in said(loan_schedule.render(slip))
    # On that day nothing printed is old; on any other day both papers are.
    assert not loan_terms.paying_out(book, loan, planned).papers
    assert len(loan_terms.paying_out(book, loan, MET).papers) == 2
    other = loan_terms.paying_out(book, loan, date(2026, 4, 19)).papers
    assert {paper.number for paper in other} == {made.mark.number, slip.mark.number}
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, MET), an_act(LATE))
    assert made.mark.number in why(refusal, "day")
    posted = loans.disburse(book, loans.Disburse(loan, planned), an_act(LATE)).value
    assert made.mark.number not in {paper.number for paper in posted.papers}
    assert [row.due_on for row in told(book, loan).rows] == [row.due_on for row in made.rows]
    with pytest.raises(Refusal) as refusal:
        loan_papers.contract(book, loan, an_act(LATE), LATE)
    assert "chưa giải ngân" in why(refusal, "day")


def test_no_contract_for_a_day_that_the_rules_refuse(book: Book, home: Village) -> None:
    loan = approved(book, home)
    with pytest.raises(Refusal) as refusal:
        loan_papers.contract(book, loan, an_act(LATE), date(2026, 1, 1))
    assert "duyệt ngày" in why(refusal, "day")


def test_on_the_day_asked_for_nothing_is_asked_and_the_contract_stands(book: Book, home: Village) -> None:
    loan = approved(book, home)
    loan_papers.contract(book, loan, an_act(LATE))
    shown = loan_terms.paying_out(book, loan, MET)
    assert not shown.moved
    assert not shown.papers
    loans.disburse(book, loans.Disburse(loan, MET), an_act(LATE))


def test_a_later_part_is_handed_over_while_the_loan_runs(book: Book, home: Village) -> None:
    loan = approved(book, home)
    loans.disburse(book, loans.Disburse(loan, MET, 500_000), an_act(LATE))
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, date(2026, 2, 27)), an_act(LATE))
    assert "28/02/2026" in why(refusal, "day")


def test_the_cycles_last_lending_day_holds_for_the_real_day(book: Book, home: Village) -> None:
    limited = replace(PRODUCT, limits=Limits(open_loans=3, days_before_share_out=640))
    loan = approved(book, home, limited)  # the cycle ends 31/12/2027: lending ends 31/03/2026
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, date(2026, 4, 18)), an_act(LATE))
    assert "31/03/2026" in why(refusal, "day")

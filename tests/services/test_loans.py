"""The life of a loan in the ledger: what was agreed, what was paid, what is owed; the same whatever the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models.ids import LoanId, MemberId, new_uid
from desktop.models.kinds import (
    Account,
    Attendance,
    EntryKind,
    GroupKind,
    LoanDirection,
    LoanEventKind,
    LoanStage,
)
from desktop.models.problems import Refusal
from desktop.models.records.every import Group
from desktop.models.rules import sheet as sheet_rules
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.sheet import Sheet, SheetRow, columns_of
from desktop.services import (
    balances,
    lender_loans,
    lender_papers,
    loan_applications,
    loan_book,
    loan_changes,
    loan_lists,
    loan_papers,
    loan_portfolio,
    loan_products,
    loan_recovery,
    loans,
    meetings,
    periods,
)
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.verify import verify
from desktop.store.book import Book
from reports import catalogue
from reports.kit.report import PLAIN
from tests.ready_books import empty_book
from tests.reports.paper import said
from tests.village import Village, an_act, meet, settle

LENT_ON = date(2026, 3, 10)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    penalty_percent=Fraction(18),
    off_sundays=False,
    off_holidays=False,
    limits=Limits(open_loans=2),
)


def village(book: Book) -> Village:
    made = settle(book)
    for number in (1, 2, 3):
        meet(book, made, number, savings=500_000)
    return made


def lend(
    book: Book, home: Village, product: Product = PRODUCT, amount: int = 1_200_000, number: int = 4
) -> LoanId:
    kept = loan_products.keep(
        book, loan_products.KeepProduct("SP-01", "Vay chăn nuôi", product), an_act()
    ).value
    return lend_more(book, home, kept, amount, number)


def lend_more(book: Book, home: Village, product: int, amount: int, number: int) -> LoanId:
    loan = apply(book, home, product, amount, number)
    loan_applications.approve(book, loan, Decision(present=3, in_favour=3), an_act(LENT_ON))
    loans.disburse(book, loans.Disburse(loan, LENT_ON), an_act(LENT_ON))
    return loan


def apply(book: Book, home: Village, product: int, amount: int, number: int, **paper: object) -> LoanId:
    application = Application("Nuôi vịt", **paper)  # type: ignore[arg-type]
    command = Apply(
        home.group, home.members[0], product, Request(amount, number, LENT_ON), application, agreed=True
    )
    return loan_applications.apply(book, command, Caution(), an_act(LENT_ON)).value


def pay(book: Book, loan: LoanId, day: date, amount: int, penalty: int | None = 0) -> None:
    loans.repay(book, loans.Repay(loan, day, amount, penalty), an_act(date(2026, 12, 31)))


def ledger_of(book: Book, home: Village) -> dict[Account, int]:
    with book.read() as session:
        found = balances.group_balances(session, home.group, date(2026, 12, 31))
    return {
        account: found.get(account, 0) for account in (Account.LOANS, Account.INTEREST, Account.PENALTIES)
    }


def agrees(book: Book, home: Village, loan: LoanId) -> None:
    """The ledger holds what the state says, and the whole book verifies."""
    state = loan_book.detail(book, loan, date(2026, 12, 31)).state
    ledger = ledger_of(book, home)
    assert ledger[Account.LOANS] == state.principal_outstanding
    assert ledger[Account.INTEREST] == sum(row.paid.interest for row in state.rows)
    assert ledger[Account.PENALTIES] == sum(row.paid.penalties for row in state.rows)
    assert verify(book).findings == ()


def codes(refusal: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


# -- the whole life --------------------------------------------------------------------------------


def test_from_application_to_the_last_dong(any_book: Book) -> None:
    home = village(any_book)
    loan = lend(any_book, home)
    pay(any_book, loan, date(2026, 4, 10), 312_000)
    quote = loans.quote(any_book, loan, date(2026, 5, 20))
    pay(any_book, loan, date(2026, 5, 20), quote.amount, quote.penalty)
    assert loan_book.detail(any_book, loan, date(2026, 12, 31)).stage is LoanStage.CLOSED
    assert ledger_of(any_book, home)[Account.LOANS] == 0
    agrees(any_book, home, loan)


def test_entering_the_same_repayments_in_any_order_gives_the_same_ledger(tmp_path: Path) -> None:
    payments = [(date(2026, 4, 9), 200_000), (date(2026, 4, 30), 150_000), (date(2026, 6, 1), 400_000)]
    found = []
    for at, order in enumerate(permutations(payments)):
        with empty_book(tmp_path / f"{at}.sonhom") as book:
            home = village(book)
            loan = lend(book, home)
            for day, amount in order:
                pay(book, loan, day, amount)
            agrees(book, home, loan)
            splits = [
                (split.on, split.amount, split.parts)
                for split in loan_book.detail(book, loan, date(2026, 12, 31)).state.splits
            ]
            found.append((ledger_of(book, home), splits))
    assert all(other == found[0] for other in found)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.integers(0, 200), st.integers(1, 400), st.booleans(), st.integers(0, 3)),
        max_size=6,
    ),
    early=st.sampled_from([None, "reduce_instalment_amount", "reduce_number_of_instalments"]),
)
def test_ledger_follows_the_state_through_any_history(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int, bool, int]], early: str | None
) -> None:
    from desktop.models.rules.loans.terms import AdvanceEffect

    product = replace(PRODUCT, early=None if early is None else AdvanceEffect(early))
    with empty_book(tmp_path_factory.mktemp("any") / "so.sonhom") as book:
        home = village(book)
        loan = lend(book, home, product)
        for days, thousands, undo, _which in moves:
            day = date.fromordinal(LENT_ON.toordinal() + days)
            try:
                pay(book, loan, day, thousands * 1000, penalty=None)
            except Refusal:
                continue
            if undo:
                seq = max(
                    event.seq
                    for event in loan_book.detail(book, loan, date(2026, 12, 31)).events
                    if event.kind is LoanEventKind.REPAYMENT
                )
                loan_changes.undo(book, loan, seq, "Ghi nhầm", an_act(date(2026, 12, 31)))
        agrees(book, home, loan)


def test_a_late_entry_posts_the_difference_as_dated_vouchers(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 5, 20), 100_000)
    posted = loans.repay(
        book, loans.Repay(loan, date(2026, 4, 20), 50_000, 0), an_act(date(2026, 6, 1))
    ).value
    assert [voucher.day for voucher in posted.vouchers] == [date(2026, 4, 20), date(2026, 5, 20)]
    assert posted.vouchers[1].number.startswith("PK")
    agrees(book, home, loan)


def test_a_closed_period_guards_the_split_of_earlier_days(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 5, 20), 100_000)
    periods.close_period(book, home.group, date(2026, 5, 31), "Hết tháng 5", an_act(date(2026, 6, 2)))
    with pytest.raises(Refusal) as refusal:
        loans.repay(book, loans.Repay(loan, date(2026, 4, 20), 50_000, 0), an_act(date(2026, 6, 3)))
    assert codes(refusal) == {"closed-period"}
    agrees(book, home, loan)


def test_a_penalty_is_paid_with_its_instalment_and_leaves_earlier_payments_alone(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    loans.repay(book, loans.Repay(loan, date(2026, 4, 20), 100_000), an_act(date(2026, 4, 20)))
    first = loan_book.detail(book, loan, date(2026, 4, 20)).state.splits[-1].parts
    assert first.penalties > 0
    assert first.interest == 12_000
    later = loans.repay(book, loans.Repay(loan, date(2026, 5, 20), 150_000), an_act(date(2026, 5, 20))).value
    assert len(later.vouchers) == 1  # nothing posted before is split anew
    assert first in [split.parts for split in loan_book.detail(book, loan, date(2026, 5, 20)).state.splits]
    agrees(book, home, loan)


# -- refused at the field ----------------------------------------------------------------------------


def test_bad_requests_are_refused_at_their_fields(book: Book) -> None:
    home = village(book)
    product = loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", PRODUCT), an_act()).value

    def problems(request: Request, **paper: object) -> dict[str, str]:
        command = Apply(home.group, home.members[0], product, request, Application("Nuôi vịt", **paper))  # type: ignore[arg-type]
        found, _offer = loan_applications.check_apply(book, command, Caution(), LENT_ON)
        return {problem.field: problem.code for problem in found}

    assert problems(Request(1_000_000, 0, LENT_ON))["number"] == "number"
    assert problems(Request(-5, 4, LENT_ON))["amount"] == "amount"
    assert problems(Request(1_000_000, 4, LENT_ON, first_due=LENT_ON))["first_due"] == "first-due"
    early = (LENT_ON - timedelta(days=1), *(LENT_ON + timedelta(days=30 * n) for n in (1, 2, 3)))
    assert problems(Request(1_000_000, 4, LENT_ON, due_dates=early))["due_dates"] == "due"
    own = problems(Request(1_000_000, 4, LENT_ON), guarantors=(home.members[0],))
    assert own["guarantors"] == "own-guarantor"
    assert problems(Request(1_000_000, 4, LENT_ON), income=400_000)["income"] == "over-indebted"


@pytest.mark.parametrize("percent", [Fraction(-1), Fraction(1000)])
def test_a_rate_out_of_bounds_is_refused(book: Book, percent: Fraction) -> None:
    wrong = replace(PRODUCT, rates=(DatedRate(date(2026, 1, 1), percent),))
    with pytest.raises(Refusal) as refusal:
        loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", wrong), an_act())
    assert {problem.field for problem in refusal.value.problems} == {"rate"}


def test_a_rate_above_the_legal_ceiling_is_refused_and_a_flat_one_is_warned_about(book: Book) -> None:
    home = village(book)
    for percent, code in ((Fraction(2), "ceiling"), (Fraction(1), "true-cost")):
        flat = replace(PRODUCT, method=Method.FLAT, rates=(DatedRate(date(2026, 1, 1), percent),))
        kept = loan_products.keep(book, loan_products.KeepProduct(f"SP-{code}", "Vay", flat), an_act()).value
        command = Apply(
            home.group, home.members[0], kept, Request(1_000_000, 12, LENT_ON), Application("Nuôi vịt")
        )
        found, made = loan_applications.check_apply(book, command, Caution(), LENT_ON)
        assert code in {problem.code for problem in found}
        assert made is not None
        assert made.declining_percent is not None


def test_money_is_refused_before_its_time_and_beyond_its_measure(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    for command, code in (
        (loans.Repay(loan, date(2026, 3, 1), 10_000), "before-disbursement"),
        (loans.Repay(loan, date(2026, 4, 10), 5_000_000), "too-much"),
        (loans.Repay(loan, date(2026, 4, 10), 0), "amount"),
        (loans.Repay(loan, date(2027, 1, 10), 10_000), "future"),
    ):
        with pytest.raises(Refusal) as refusal:
            loans.repay(book, command, an_act(date(2026, 12, 31)))
        assert codes(refusal) == {code}
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, LENT_ON, 1), an_act(LENT_ON))
    assert codes(refusal) == {"amount"}
    agrees(book, home, loan)


def test_disbursing_more_than_the_box_holds_is_refused(book: Book) -> None:
    home = village(book)
    product = loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", PRODUCT), an_act()).value
    loan = apply(book, home, product, 90_000_000, 4)
    loan_applications.approve(book, loan, Decision(present=3, in_favour=2), an_act(LENT_ON))
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, LENT_ON), an_act(LENT_ON))
    assert codes(refusal) == {"box-short"}
    assert loan_book.detail(book, loan, LENT_ON).stage is LoanStage.APPROVED


def test_a_vote_needs_quorum_and_majority(book: Book) -> None:
    home = village(book)
    product = loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", PRODUCT), an_act()).value
    loan = apply(book, home, product, 1_000_000, 4)
    for decision, code in (
        (Decision(present=1, in_favour=1), "quorum"),
        (Decision(present=3, in_favour=1), "majority"),
        (Decision(by_vote=False, people=("Bà Hoa",), quorum=2), "people"),
    ):
        with pytest.raises(Refusal) as refusal:
            loan_applications.approve(book, loan, decision, an_act(LENT_ON))
        assert code in codes(refusal)
    loan_applications.refuse(book, loan, "Chưa trả xong khoản cũ", an_act(LENT_ON))
    assert loan_book.detail(book, loan, LENT_ON).decision.reason == "Chưa trả xong khoản cũ"


# -- changes -----------------------------------------------------------------------------------------


def test_waiver_extension_write_off_and_recovery(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    act = an_act(date(2026, 12, 31))
    loan_changes.change(
        book, loan_changes.Change(loan, LoanEventKind.WAIVER, date(2026, 4, 11), "Ốm", interest=12_000), act
    )
    extension = loan_changes.Change(
        loan, LoanEventKind.RESCHEDULE, date(2026, 4, 12), "Bão", from_due=date(2026, 5, 1), months=2
    )
    loan_changes.change(book, extension, act)
    detail = loan_book.detail(book, loan, date(2026, 6, 1))
    assert [row.due_on for row in detail.rows][1] == date(2026, 7, 10)
    assert loan_portfolio.portfolio(book, date(2026, 6, 1)).loans[0].rescheduled == 1
    loan_changes.change(
        book, loan_changes.Change(loan, LoanEventKind.WRITE_OFF, date(2026, 9, 1), "Bỏ đi nơi khác"), act
    )
    assert loan_book.detail(book, loan, date(2026, 9, 2)).stage is LoanStage.WRITTEN_OFF
    assert ledger_of(book, home)[Account.LOANS] == 0
    assert verify(book).ok


def test_what_is_paid_too_much_is_kept_and_given_back(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    command = loans.Repay(loan, date(2026, 4, 10), 1_300_000, 0, keep_surplus=True)
    loans.repay(book, command, an_act(date(2026, 4, 10)))
    given = loan_changes.refund(book, loan, date(2026, 4, 11), an_act(date(2026, 4, 11))).value
    assert given.vouchers[0].number.startswith("PC")
    with pytest.raises(Refusal):
        loan_changes.refund(book, loan, date(2026, 4, 11), an_act(date(2026, 4, 11)))
    agrees(book, home, loan)


# -- the meeting -------------------------------------------------------------------------------------


def keyed(book: Book, home: Village, day: date, **first: int) -> meetings.RecordMeeting:
    facts = meetings.sheet_facts(book, home.group, day, day)
    rows = sheet_rules.filled(facts, [SheetRow(member, Attendance.PRESENT, {}) for member in home.members])
    if first:
        rows = (replace(rows[0], amounts={**rows[0].amounts, **first}), *rows[1:])
    return meetings.RecordMeeting(home.group, Sheet(day=day, rows=rows), new_uid(), agreed=True)


def test_the_meeting_asks_for_what_is_due_and_posts_its_split(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    command = keyed(book, home, date(2026, 4, 10))
    amounts = command.sheet.rows[0].amounts
    assert (amounts["loan_principal"], amounts["loan_interest"]) == (300_000, 12_000)
    meetings.record(book, command, an_act(date(2026, 4, 10)))
    assert loan_book.detail(book, loan, date(2026, 4, 11)).state.principal_outstanding == 900_000
    agrees(book, home, loan)


def test_another_split_than_the_rule_is_refused_at_its_cell(book: Book) -> None:
    home = village(book)
    lend(book, home)
    command = keyed(book, home, date(2026, 4, 10), loan_principal=312_000, loan_interest=0)
    with pytest.raises(Refusal) as refusal:
        meetings.record(book, command, an_act(date(2026, 4, 10)))
    place = next(problem.field for problem in refusal.value.problems if problem.code == "split")
    assert place == f"{home.members[0]}/loan_principal"


def test_correcting_a_meeting_takes_its_repayment_back_and_replays_later_ones(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    first = meetings.record(
        book, keyed(book, home, date(2026, 4, 10)), an_act(date(2026, 4, 10))
    ).value.meeting
    meetings.record(book, keyed(book, home, date(2026, 5, 10)), an_act(date(2026, 5, 10)))
    detail = meetings.meeting_detail(book, first, date(2026, 6, 1))
    rows = list(detail.sheet.rows)
    rows[0] = replace(rows[0], amounts={"shares": 1, "social": 5_000})
    sheet = replace(detail.sheet, rows=tuple(rows))
    meetings.correct(
        book, meetings.CorrectMeeting(first, sheet, "Ghi nhầm người", agreed=True), an_act(date(2026, 6, 1))
    )
    assert loan_book.detail(book, loan, date(2026, 6, 1)).state.principal_outstanding == 1_200_000 - 297_000
    agrees(book, home, loan)
    meetings.reverse_meeting(book, first, "Thử", an_act(date(2026, 6, 2)))
    agrees(book, home, loan)


# -- the portfolio and lenders -----------------------------------------------------------------------


def test_days_late_ageing_and_par(any_book: Book) -> None:
    home = village(any_book)
    lend(any_book, home)
    for day, late, at_risk in (
        (date(2026, 4, 10), 0, 0),
        (date(2026, 4, 11), 1, 0),
        (date(2026, 5, 11), 31, 1_200_000),
    ):
        found = loan_portfolio.portfolio(any_book, day, home.group)
        assert (found.loans[0].days_late, found.at_risk_30) == (late, at_risk)
        assert sum(found.ageing) == found.outstanding == 1_200_000


def test_the_upfront_fee_is_no_repayment(book: Book) -> None:
    home = village(book)
    lend(book, home, replace(PRODUCT, upfront_fee=20_000))
    found = loan_portfolio.portfolio(book, date(2026, 4, 11), home.group)
    assert found.overdue == 312_000


def test_the_group_borrows_and_hands_on_what_it_collects(book: Book) -> None:
    home = village(book)
    request = Request(50_000_000, 10, date(2026, 3, 1))
    taken = lender_loans.take(
        book, lender_loans.Take(home.group, "NHCSXH", "01/HĐ", PRODUCT, request), an_act(LENT_ON)
    ).value
    lender_loans.repay(book, taken.loan, date(2026, 4, 1), 5_500_000, an_act(date(2026, 4, 2)))
    collected = lender_loans.Collected(home.group, EntryKind.COLLECTED_IN, date(2026, 4, 3), 300_000)
    lender_loans.collect(book, collected, an_act(date(2026, 4, 3)))
    with pytest.raises(Refusal):
        lender_loans.collect(
            book, replace(collected, kind=EntryKind.COLLECTED_OUT, amount=400_000), an_act(date(2026, 4, 3))
        )
    rows = loan_lists.listed(book, loan_lists.LoanFilter(direction=LoanDirection.IN), date(2026, 4, 4))
    assert rows[0].outstanding == 45_000_000
    assert lender_loans.held_for_lender(book, home.group, date(2026, 4, 4)) == 300_000
    assert verify(book).ok


def test_interest_for_the_lender_is_keyed_in_at_the_meeting_once_the_group_collects(book: Book) -> None:
    home = village(book)
    first, second = date(2026, 4, 3), date(2026, 5, 3)

    def columns(day: date) -> set[str]:
        known = meetings.sheet_facts(book, home.group, day, second).rules
        return {column.key for column in columns_of(known)}

    assert "collected" not in columns(second)
    command = lender_loans.Collected(home.group, EntryKind.COLLECTED_IN, first, 300_000)
    lender_loans.collect(book, command, an_act(first))
    assert "collected" in columns(second)
    before = meetings.sheet_facts(book, home.group, second, second).cash
    rows = tuple(
        SheetRow(one, Attendance.PRESENT, {"collected": 45_000} if place < 2 else {})
        for place, one in enumerate(home.members)
    )
    record = meetings.RecordMeeting(home.group, Sheet(second, rows), new_uid(), agreed=True)
    posted = meetings.record(book, record, an_act(second)).value
    # Not the group's money: 300.000 + 2 × 45.000 wait to be handed on, each with a receipt of the member.
    assert lender_loans.held_for_lender(book, home.group, second) == 390_000
    after = meetings.sheet_facts(book, home.group, second, second)
    assert after.cash == before + 90_000
    value = lender_papers.collection(book, home.group, second, second, an_act(second)).value
    assert [line.collected for line in value.lines] == [45_000, 45_000]
    # Handed on: the column stays, also for the correction of that meeting.
    out = lender_loans.Collected(home.group, EntryKind.COLLECTED_OUT, second, 390_000)
    lender_loans.collect(book, out, an_act(second))
    detail = meetings.meeting_detail(book, posted.meeting, second)
    assert detail.sums.by_column["collected"] == 90_000
    with pytest.raises(Refusal):  # it is gone already
        meetings.reverse_meeting(book, posted.meeting, "nhầm", an_act(second))
    assert verify(book).ok


def test_a_group_that_owes_a_lender_collects_for_it_from_the_first_meeting(book: Book) -> None:
    home = village(book)
    taken_on, before, after = date(2026, 3, 1), date(2026, 2, 28), date(2026, 4, 3)

    def has_column(day: date) -> bool:
        rules = meetings.sheet_facts(book, home.group, day, after).rules
        return "collected" in {column.key for column in columns_of(rules)}

    assert not has_column(after)
    request = Request(50_000_000, 10, taken_on)
    lender_loans.take(book, lender_loans.Take(home.group, "NHCSXH", "01/HĐ", PRODUCT, request), an_act(after))
    assert (has_column(before), has_column(taken_on), has_column(after)) == (False, True, True)
    rows = tuple(SheetRow(one, Attendance.PRESENT, {"collected": 45_000}) for one in home.members)
    record = meetings.RecordMeeting(home.group, Sheet(after, rows), new_uid(), agreed=True)
    meetings.record(book, record, an_act(after))
    assert lender_loans.held_for_lender(book, home.group, after) == 45_000 * len(home.members)
    assert verify(book).ok


def test_a_group_of_the_policy_bank_collects_from_its_founding(book: Book) -> None:
    home = village(book)
    with book.write(an_act()) as session:
        session.get_one(Group, home.group).kind = GroupKind.VBSP
    rules = meetings.sheet_facts(book, home.group, date(2026, 4, 3), date(2026, 4, 3)).rules
    assert "collected" in {column.key for column in columns_of(rules)}


def test_a_payment_to_the_lender_is_taken_back_and_papers_name_both_sides(book: Book) -> None:
    home = village(book)
    request = Request(50_000_000, 10, date(2026, 3, 1))
    taken = lender_loans.take(
        book, lender_loans.Take(home.group, "NHCSXH", "01/HĐ", PRODUCT, request), an_act(LENT_ON)
    ).value
    act = an_act(date(2026, 4, 6))
    lender_loans.repay(book, taken.loan, date(2026, 4, 1), 5_500_000, act)
    event = next(
        event
        for event in loan_book.detail(book, taken.loan, act.today).events
        if event.kind is LoanEventKind.REPAYMENT
    )
    loan_changes.undo(book, taken.loan, event.seq, "Ghi nhầm ngày", act)
    found = loan_book.detail(book, taken.loan, act.today)
    assert found.state.principal_outstanding == 50_000_000
    with book.read() as session:
        assert balances.group_balances(session, home.group, act.today)[Account.LENDERS] == 50_000_000
    value = loan_papers.passbook(book, taken.loan, act).value
    text = said(catalogue.find("loan-passbook").render(value, PLAIN))
    for word in ("NHCSXH", "Đại diện nhóm vay".upper(), "Đại diện bên cho vay".upper(), found.group_name):
        assert word in text
    assert verify(book).ok


def test_the_list_of_what_was_collected_adds_up(book: Book) -> None:
    home = village(book)
    for day, kind, amount in (
        (date(2026, 3, 3), EntryKind.COLLECTED_IN, 300_000),
        (date(2026, 4, 3), EntryKind.COLLECTED_IN, 250_000),
        (date(2026, 4, 5), EntryKind.COLLECTED_OUT, 400_000),
        (date(2026, 4, 6), EntryKind.COMMISSION_IN, 34_000),
    ):
        lender_loans.collect(book, lender_loans.Collected(home.group, kind, day, amount, "Lãi"), an_act(day))
    act = an_act(date(2026, 4, 30))
    found = lender_papers.collection(book, home.group, date(2026, 4, 1), date(2026, 4, 30), act).value
    assert (found.opening, found.closing) == (300_000, 150_000)
    assert [(line.collected, line.handed_on, line.commission, line.held) for line in found.lines] == [
        (250_000, 0, 0, 550_000),
        (0, 400_000, 0, 150_000),
        (0, 0, 34_000, 150_000),
    ]
    text = said(catalogue.find("lender-collection").render(found, PLAIN))
    assert "Một trăm năm mươi nghìn đồng" in text


def test_a_member_of_no_group_cannot_borrow(book: Book) -> None:
    home = village(book)
    product = loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", PRODUCT), an_act()).value
    other = settle(book, "TO-02")
    command = Apply(
        home.group, MemberId(other.members[0]), product, Request(100_000, 2, LENT_ON), Application("Nuôi vịt")
    )
    found, _made = loan_applications.check_apply(book, command, Caution(), LENT_ON)
    assert "not-member" in {problem.code for problem in found}


def test_a_recovery_rate_comes_with_the_loss_that_it_hides(any_book: Book) -> None:
    home = village(any_book)
    loan = lend(any_book, home)
    pay(any_book, loan, date(2026, 4, 10), 156_000)
    found = loan_recovery.recovery(any_book, date(2026, 4, 11), home.group)
    assert (found.due, found.paid, found.rate) == (312_000, 156_000, Fraction(1, 2))
    assert found.allr == Fraction(1, 2) / Fraction(122, 365) * 2


def test_no_late_day_is_charged_twice(book: Book) -> None:
    """Paid in two parts, a late instalment costs the days on what was open each time, and no day twice."""
    home = village(book)
    loan = lend(book, home)
    first = loans.quote(book, loan, date(2026, 4, 20)).penalty
    assert first == 1_479  # 300.000 × 18 % ÷ 365 × 10 days
    pay(book, loan, date(2026, 4, 20), 151_479, penalty=first)
    left = loan_book.detail(book, loan, date(2026, 4, 30)).rows[0].left.principal
    again = loans.quote(book, loan, date(2026, 4, 30)).penalty
    assert again == round(left * 0.18 / 365 * 10)
    agrees(book, home, loan)

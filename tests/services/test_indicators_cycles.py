"""What a cycle brought, how it was shared out, who went on (NH06, TK06–TK09); what lending as a business costs (BV03, BV04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.ids import MemberId
from desktop.models.kinds import EntryKind, GroupKind, LoanChoice
from desktop.models.records.every import Group
from desktop.services import analysis, share_outs, vouchers
from desktop.services.analysis_table import SUM, Choice
from desktop.services.indicators.facts import Facts, Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.share_outs import Divide
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.services.test_share_outs import ACT, DAY, _choices, _lend, _village
from tests.village import START, Village, meet

YEAR = date(2026, 1, 1)
BEFORE = date(2026, 12, 19)


def earning(book: Book, income: int = 31_000, expense: int = 0) -> Village:
    """Three people with three shares of 20.000 and 300.000 savings each; other income on 1 October."""
    village = _village(book)
    for kind, amount in ((EntryKind.OTHER_INCOME, income), (EntryKind.EXPENSE, expense)):
        if amount:
            command = RecordVoucher(village.group, kind, amount, date(2026, 10, 1), text="Thử")
            vouchers.record(book, command, ACT)
    return village


def facts_of(book: Book, starts: date, ends: date) -> Facts:
    return load(book, Scope(), starts, ends)


def value(book: Book, key: str, ends: date, starts: date = YEAR) -> Value:
    return indicators()[key].compute(facts_of(book, starts, ends))


def test_the_return_of_a_cycle_is_profit_over_savings_also_on_the_day_it_is_shared_out(
    any_book: Book,
) -> None:
    village = earning(any_book)
    # 9 shares of 20.000 and 900.000 savings; 31.000 were earned.
    expected = Fraction(31_000, 1_080_000)
    weeks = Fraction((BEFORE - START).days + 1, 7)
    for time in ("before", "after"):
        assert value(any_book, "TK06", BEFORE).amount == expected, time
        assert value(any_book, "TK07", BEFORE).amount == expected * 52 / weeks, time
        if time == "before":
            share_outs.divide(any_book, Divide(village.group, DAY, _choices(any_book, village)), ACT)
    assert value(any_book, "TK06", DAY).amount == Fraction(31_000, 1_080_000)
    # The next cycle has earned nothing yet; it is not put on a year before 26 weeks.
    after = value(any_book, "TK06", date(2027, 1, 31))
    assert (after.amount, after.denominator) == (0, 900_000)
    young = value(any_book, "TK07", date(2027, 1, 31))
    assert (young.amount, young.reason) == (None, "chưa chu kỳ nào được 26 tuần")


def test_what_was_shared_out_is_averaged_by_person_and_leaves_nothing_over(any_book: Book) -> None:
    village = earning(any_book)
    none = value(any_book, "TK09", BEFORE)
    assert (none.amount, none.reason) == (None, "kỳ này không chia quỹ")
    assert value(any_book, "TK08", BEFORE).amount is None
    share_outs.divide(any_book, Divide(village.group, DAY, _choices(any_book, village)), ACT)
    # 180.000 paid for shares and 31.000 earned: 70.000 each, 1.000 waits.
    payout = value(any_book, "TK08", DAY)
    assert (payout.amount, payout.n, payout.largest) == (70_000, 3, 70_000)
    assert value(any_book, "TK09", DAY).amount == 0
    some = facts_of(any_book, YEAR, DAY).only(lambda part: part.member == village.members[0])
    assert indicators()["TK08"].compute(some).numerator == 70_000
    taken_back = share_outs.listed(any_book, village.group)[0].id
    share_outs.take_back(any_book, taken_back, "Nhầm", ACT)
    assert value(any_book, "TK08", DAY).amount is None


@pytest.mark.parametrize(("choice", "amount"), [(LoanChoice.NET, 50_000), (LoanChoice.CARRY, 200_000)])
def test_a_loan_taken_off_or_carried_on_leaves_no_difference(
    book: Book, choice: LoanChoice, amount: int
) -> None:
    village = earning(book, 30_000)
    loan = _lend(book, village, amount=amount)
    choices = _choices(book, village, loans={loan: choice})
    share_outs.divide(book, Divide(village.group, DAY, choices), ACT)
    assert value(book, "TK09", DAY).amount == 0


def test_who_left_at_the_share_out_was_not_kept(any_book: Book) -> None:
    village = earning(any_book)
    leaving = frozenset({village.members[2]})
    choices = _choices(any_book, village, leaving=leaving, return_savings=True)
    share_outs.divide(any_book, Divide(village.group, DAY, choices), ACT)
    rest = Village(village.group, village.members[:2])
    starts, ends = date(2027, 1, 1), date(2027, 3, 31)
    meet(any_book, rest, 14, savings=0)  # 2 January
    assert value(any_book, "NH06", ends, starts).amount is None  # the second meeting is still to come
    meet(any_book, rest, 15, savings=0)  # 30 January
    kept = value(any_book, "NH06", ends, starts)
    assert (kept.numerator, kept.denominator) == (2, 3)
    # The one who left is no member of the period, and yet one of those who are told apart.
    assert value(any_book, "NH02", ends, starts).amount == 2
    table = analysis.cross(any_book, Choice("NH06", "sex", "group", starts, ends), sensitive=True)
    assert [[cell.value.denominator for cell in row] for row in table.cells] == [[3, 3], [3, 3]]
    behind = analysis.people_behind(
        any_book, Choice("NH06", "sex", "none", starts, ends), "F", SUM, sensitive=True
    )
    assert {one.member for one in behind} == set(village.members)
    assert (
        value(any_book, "NH06", ends, date(2027, 2, 1)).amount is None
    )  # told in the period of that meeting


def _lends(book: Book, village: Village) -> None:
    with book.write(ACT) as session:
        session.get_one(Group, village.group).kind = GroupKind.REVOLVING_FUND


def test_a_fund_that_lends_carries_its_costs_whether_the_cycle_ended_or_not(book: Book) -> None:
    village = earning(book, 31_000, 10_000)
    none = value(book, "BV03", DAY)
    assert (none.amount, none.reason) == (None, "chỉ tính cho tổ hợp tác và quỹ quay vòng")
    _lends(book, village)
    assert value(book, "BV03", DAY).amount == Fraction(31_000, 10_000)
    share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    # The end of the cycle moves income and expenses to the surplus; they are still those of the year.
    assert value(book, "BV03", DAY).amount == Fraction(31_000, 10_000)
    assert value(book, "BV03", date(2027, 2, 1)).amount == Fraction(31_000, 10_000)
    assert value(book, "BV03", date(2027, 2, 1), date(2027, 1, 1)).amount is None


def test_the_cost_of_a_borrower_is_by_those_who_owed_at_the_ends_of_months(book: Book) -> None:
    village = earning(book, 0, 10_000)
    _lends(book, village)
    _lend(book, village)  # on 1 September, and nothing came back
    # 30 June and the ends of July to December: nobody three times, one person four times of seven.
    cost = value(book, "BV04", date(2026, 12, 31), date(2026, 7, 1))
    assert cost.amount == Fraction(10_000) / Fraction(4, 7)
    assert value(book, "BV04", date(2026, 7, 31), date(2026, 7, 1)).amount is None


def test_figures_of_a_cycle_are_of_groups_and_parts_of_the_fund_of_people(book: Book) -> None:
    assert {key for key in ("TK06", "TK07", "TK09", "BV03", "BV04") if indicators()[key].of_groups} == {
        "TK06",
        "TK07",
        "TK09",
        "BV03",
        "BV04",
    }
    village = earning(book)
    share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    choice = replace(Choice("TK06", "group", "none"), starts=YEAR, ends=DAY)
    table = analysis.cross(book, choice, sensitive=True)
    assert [row[0].text for row in table.cells] == ["2,9\u00a0%", "2,9\u00a0%"]
    by_person = {MemberId(one.member) for one in analysis.people_behind(
        book, replace(choice, measure="TK08", rows="sex"), "F", SUM, sensitive=True
    )}  # fmt: skip
    assert by_person == set(village.members)

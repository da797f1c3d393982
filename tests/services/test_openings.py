"""Groups that start on paper: both sides and every total agree, or nothing is posted; loans live on as ordinary ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import LoanId
from desktop.models.kinds import Account, EntryKind, LoanDirection, LoanStage, OpeningState
from desktop.models.money_kinds import SourceKind
from desktop.models.problems import Refusal
from desktop.models.records.every import Loan
from desktop.models.rules.loan_products import Method
from desktop.models.rules.opening import (
    LenderOpening,
    LoanOpening,
    MemberOpening,
    OpeningSheet,
    PaperTotals,
    RunningTerms,
    SourceOpening,
    sides,
    sums_of,
)
from desktop.services import drafts, external_funds, loan_book, loan_lists, loans, openings, vouchers
from desktop.services.balances import group_balances, member_holdings, trial_balance
from desktop.services.external_funds import Pass
from desktop.services.fines import owed
from desktop.services.loan_ledger import open_loan
from desktop.services.loan_lists import LoanFilter
from desktop.services.loan_portfolio import portfolio
from desktop.services.loans import Repay
from desktop.services.overview import next_meeting_day
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from desktop.views.meetings.opening import open_next
from tests.village import START, Village, an_act, meet, settle

SHARE = 20_000
LATER = START + timedelta(days=45)
ACT = an_act(START)
LATE = an_act(LATER)


def _terms(number: int = 5, **more: Any) -> RunningTerms:
    fields = {"rate": Fraction(1), "first_due": START + timedelta(days=31), **more}
    return RunningTerms(Method.EQUAL_PRINCIPAL, number=number, **fields)


def a_paper(village: Village) -> OpeningSheet:
    """What a group of three brings: 2.330.000 on both sides."""
    one, two, three = village.members
    sheet = OpeningSheet(
        START,
        cash=500_000,
        bank=300_000,
        social_cash=70_000,
        members=(
            MemberOpening(one, savings=100_000, shares=10, social=20_000),
            MemberOpening(two, savings=50_000, shares=5, social=20_000, fines=10_000),
            MemberOpening(three, shares=8, social=20_000),
        ),
        loans=(
            LoanOpening(one, 1_000_000, _terms(original=2_000_000), "KU-05", "nuôi heo"),
            LoanOpening(two, 450_000, _terms(3)),
        ),
        lenders=(LenderOpening("Ngân hàng CSXH", 700_000, _terms(7), "HD-01"),),
        sources=(
            SourceOpening(SourceKind.REVOLVING, "Dự án NMA", 400_000, "TT-07"),
            SourceOpening(SourceKind.GRANT, "UBND xã", 100_000),
        ),
        surplus=450_000,
    )
    return replace(sheet, totals=PaperTotals(**sums_of(sheet, SHARE)))


def _held(book: Book, village: Village, on: date = LATER) -> dict[Account, int]:
    with book.read() as session:
        found = group_balances(session, village.group, on)
    return {account: amount for account, amount in found.items() if amount}


def test_the_balances_of_the_paper_are_the_balances_of_the_book(any_book: Book) -> None:
    village = settle(any_book)
    sheet = a_paper(village)
    assert sides(sheet, SHARE).difference == 0
    openings.keep_draft(any_book, village.group, sheet, ACT)
    opened = openings.open_group(any_book, village.group, sheet, ACT).value
    assert _held(any_book, village) == {
        Account.CASH: 500_000,
        Account.BANK: 300_000,
        Account.SOCIAL_CASH: 70_000,
        Account.LOANS: 1_450_000,
        Account.FINES_OWED: 10_000,
        Account.SAVINGS: 150_000,
        Account.SHARES: 460_000,
        Account.SOCIAL_FUND: 70_000,
        Account.EXTERNAL_FUNDS: 400_000,
        Account.GRANTS: 100_000,
        Account.LENDERS: 700_000,
        Account.SURPLUS: 450_000,
    }
    with any_book.read() as session:
        held = member_holdings(session, village.group, START)[village.members[0]]
    assert (held[Account.SHARES].units, held[Account.SAVINGS].amount) == (10, 100_000)
    assert [(debt.member, debt.owed) for debt in owed(any_book, village.group, START)] == [
        (village.members[1], 10_000)
    ]
    assert drafts.find(any_book, openings.DRAFT, str(village.group)) is None
    assert all(voucher.paper.value == "PK" for voucher in opened.vouchers)
    assert trial_balance(any_book, village.group, START, LATER).in_balance
    assert verify(any_book).ok, verify(any_book).findings


def test_the_sheet_begins_on_the_day_the_lists_name(book: Book) -> None:
    """Not on a meeting that the group held on paper, before the balances it came with."""
    village = settle(book)
    openings.open_group(book, village.group, a_paper(village), ACT)
    with book.read() as session:
        day = next_meeting_day(session, village.group, LATER)
    assert START < day <= LATER
    sheet = open_next(book, village.group, LATER)
    assert sheet.facts.day == day
    assert sheet.facts.cash == 500_000


def _rows(book: Book, loan: LoanId) -> Any:
    with book.read() as session:
        return open_loan(session, loan).state(START).rows


def test_a_loan_of_the_paper_lives_on_as_an_ordinary_loan(book: Book) -> None:
    village = settle(book)
    opened = openings.open_group(book, village.group, a_paper(village), ACT).value
    assert loan_book.detail(book, opened.loans[0], START).purpose == "nuôi heo"
    rows = _rows(book, opened.loans[0])
    assert [row.due.principal for row in rows] == [200_000] * 5
    assert rows[0].due.interest == 10_000  # 1 % of the 1.000.000 that is left
    loans.repay(book, Repay(opened.loans[0], START + timedelta(days=31), 210_000), LATE)
    found = portfolio(book, LATER, village.group)
    assert [(loan.code, loan.outstanding) for loan in found.loans] == [
        ("KV-0001", 800_000),
        ("KV-0002", 450_000),
    ]
    assert [loan.days_late for loan in found.loans] == [0, 14]
    lenders = loan_lists.listed(book, LoanFilter(village.group, direction=LoanDirection.IN), LATER)
    assert [(row.name, row.outstanding) for row in lenders] == [("Ngân hàng CSXH", 700_000)]
    assert verify(book).ok, verify(book).findings


def test_a_flat_rate_stays_on_what_was_lent_at_first(book: Book) -> None:
    village = settle(book)
    terms = replace(_terms(5, original=2_000_000), method=Method.FLAT)
    sheet = OpeningSheet(
        START,
        loans=(LoanOpening(village.members[0], 1_000_000, terms),),
        surplus=1_000_000,
        totals=PaperTotals(loans=1_000_000),
    )
    opened = openings.open_group(book, village.group, sheet, ACT).value
    rows = _rows(book, opened.loans[0])
    assert {row.due.interest for row in rows} == {20_000}


def _wrong(sheet: OpeningSheet, village: Village) -> dict[str, OpeningSheet]:
    one = sheet.members[0]
    loan = sheet.loans[0]

    def loans_(**change: Any) -> OpeningSheet:
        return replace(sheet, loans=(replace(loan, **change), *sheet.loans[1:]))

    return {
        "surplus": replace(sheet, surplus=449_999),
        "totals/savings": replace(sheet, totals=replace(sheet.totals, savings=160_000)),
        "totals/loans": replace(sheet, totals=replace(sheet.totals, loans=None)),
        "day": replace(sheet, day=START + timedelta(days=1)),
        "cash": replace(sheet, cash=-1),
        "social_cash": replace(sheet, social_cash=59_999),
        f"{one.member}/fines": replace(sheet, members=(replace(one, fines=-5), *sheet.members[1:])),
        "9999/member": replace(sheet, members=(replace(one, member=9999), *sheet.members[1:])),
        "loans/0": loans_(amount=0),
        "sources/0": replace(sheet, sources=(replace(sheet.sources[0], funder=" "), *sheet.sources[1:])),
        "lenders/0": replace(sheet, lenders=(replace(sheet.lenders[0], lender=""),)),
    }


@pytest.mark.parametrize("field", range(11))
def test_what_does_not_agree_with_the_paper_is_refused_at_its_field(book: Book, field: int) -> None:
    village = settle(book)
    name, sheet = list(_wrong(a_paper(village), village).items())[field]
    with pytest.raises(Refusal) as refused:
        openings.open_group(book, village.group, sheet, ACT)
    assert name in {problem.field for problem in refused.value.problems}
    assert _held(book, village) == {}
    with book.read() as session:
        assert session.query(Loan).count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"rate": Fraction(101)},
        {"first_due": START},
        {"original": 900_000},
    ],
)
def test_bad_terms_of_a_running_loan_are_refused(book: Book, change: dict[str, Any]) -> None:
    village = settle(book)
    sheet = a_paper(village)
    loan = replace(sheet.loans[0], terms=replace(sheet.loans[0].terms, **change))
    with pytest.raises(Refusal) as refused:
        openings.open_group(book, village.group, replace(sheet, loans=(loan, *sheet.loans[1:])), ACT)
    assert [problem.field for problem in refused.value.problems] == ["loans/0"]


def test_a_group_opens_once_and_before_its_first_voucher(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    with pytest.raises(Refusal, match="đã có chứng từ"):
        openings.open_group(book, village.group, a_paper(village), ACT)
    other = settle(book, "TO-02")
    openings.open_group(book, other.group, a_paper(other), ACT)
    with pytest.raises(Refusal, match="đã có số dư đầu"):
        openings.open_group(book, other.group, replace(a_paper(other), day=START), ACT)


def test_the_balances_are_taken_back_while_nothing_depends_on_them(any_book: Book) -> None:
    village = settle(any_book)
    sheet = a_paper(village)
    opened = openings.open_group(any_book, village.group, sheet, ACT).value
    with pytest.raises(Refusal, match="hủy cả số dư đầu"):
        vouchers.reverse_voucher(any_book, opened.vouchers[0].id, "nhầm", ACT)
    with pytest.raises(Refusal, match="lý do"):
        openings.take_back(any_book, village.group, "", ACT)
    openings.take_back(any_book, village.group, "gõ nhầm sổ cũ", ACT)
    assert _held(any_book, village) == {}
    with any_book.read() as session:
        assert {loan.stage for loan in session.query(Loan)} == {LoanStage.CANCELLED}
    assert openings.find(any_book, village.group) is None
    again = openings.desk(any_book, village.group, START, START)
    assert again.draft == sheet
    openings.open_group(any_book, village.group, sheet, ACT)
    assert len(external_funds.outside_money(any_book, village.group, START).sources) == 2
    assert verify(any_book).ok, verify(any_book).findings


def _repay(book: Book, village: Village, opened: openings.Opened) -> None:
    loans.repay(book, Repay(opened.loans[1], LATER, 100_000), LATE)


def _return(book: Book, village: Village, opened: openings.Opened) -> None:
    source = external_funds.outside_money(book, village.group, LATER).sources[0]
    external_funds.pass_on(book, Pass(source.id, LATER, 50_000, back=True), LATE)


def _spend(book: Book, village: Village, opened: openings.Opened) -> None:
    command = RecordVoucher(village.group, EntryKind.EXPENSE, 400_000, LATER, text="mua tủ")
    vouchers.record(book, command, LATE)


def _withdraw(book: Book, village: Village, opened: openings.Opened) -> None:
    command = RecordVoucher(village.group, EntryKind.SAVINGS_OUT, 10_000, LATER, village.members[0])
    vouchers.record(book, command, LATE)


@pytest.mark.parametrize("later", [_repay, _return, _spend, _withdraw])
def test_they_stay_when_something_later_depends_on_them(book: Book, later: Any) -> None:
    village = settle(book)
    opened = openings.open_group(book, village.group, a_paper(village), ACT).value
    later(book, village, opened)
    before = _held(book, village)
    with pytest.raises(Refusal):
        openings.take_back(book, village.group, "hủy", LATE)
    assert _held(book, village) == before
    row = openings.find(book, village.group)
    assert row is not None
    assert row.state is OpeningState.POSTED


def test_meetings_go_on_from_the_balances(book: Book) -> None:
    village = settle(book)
    openings.open_group(book, village.group, replace(a_paper(village), day=START), ACT)
    meet(book, village, 2)
    assert _held(book, village)[Account.CASH] == 500_000 + 3 * (SHARE + 50_000)


_dongs = st.integers(0, 3_000).map(lambda n: n * 1_000)


@settings(max_examples=15)
@given(
    st.tuples(_dongs, _dongs, st.integers(60, 3_000).map(lambda n: n * 1_000)),
    st.lists(
        st.tuples(_dongs, st.integers(0, 20), st.sampled_from([0, 5_000]), _dongs), min_size=3, max_size=3
    ),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9_000_000), st.integers(1, 24)), max_size=3),
    st.lists(st.tuples(st.sampled_from(list(SourceKind)), st.integers(1, 9_000_000)), max_size=3),
)
def test_whatever_the_paper_says_the_book_balances(
    tmp_path_factory: pytest.TempPathFactory,
    boxes: tuple[int, int, int],
    members: list[tuple[int, int, int, int]],
    running: list[tuple[int, int, int]],
    outside: list[tuple[SourceKind, int]],
) -> None:
    with Book.create(str(Path(tmp_path_factory.mktemp("open"), "so.sonhom")), "Sổ") as book:
        village = settle(book)
        sheet = OpeningSheet(
            START,
            *boxes,
            members=tuple(
                MemberOpening(member, savings, 0, units, social, fines)
                for member, (savings, units, social, fines) in zip(village.members, members, strict=True)
            ),
            loans=tuple(
                LoanOpening(village.members[at], amount, _terms(number)) for at, amount, number in running
            ),
            sources=tuple(
                SourceOpening(kind, f"Nguồn {at}", amount) for at, (kind, amount) in enumerate(outside)
            ),
        )
        surplus = sides(sheet, SHARE).difference
        sheet = replace(sheet, surplus=surplus, totals=PaperTotals(**sums_of(sheet, SHARE)))
        openings.open_group(book, village.group, sheet, ACT)
        with book.read() as session:
            held = group_balances(session, village.group, START)
            assert external_funds.agrees_in(session, village.group, START)
        for account, amount in (*sides(sheet, SHARE).has, *sides(sheet, SHARE).owes):
            assert held.get(account, 0) == amount
        assert trial_balance(book, village.group, START, START).in_balance
        assert verify(book).ok
        openings.take_back(book, village.group, "hủy", ACT)
        with book.read() as session:
            assert not any(group_balances(session, village.group, START).values())
        assert verify(book).ok


def test_the_next_meeting_comes_after_the_balances(book: Book) -> None:
    village = settle(book)
    openings.open_group(book, village.group, a_paper(village), ACT)
    with book.read() as session:
        first = next_meeting_day(session, village.group, LATER)
    assert first == date(2026, 2, 7)  # not the day of the balances itself

"""Expenses with receipts, outside money by source, the bank: what is posted, what is refused, what is listed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.models.kinds import Account, EntryKind
from desktop.models.money_kinds import ExpenseCategory, SourceKind
from desktop.models.problems import Refusal
from desktop.services import bank_accounts, cash_counts, expenses, external_funds, statements, vouchers
from desktop.services.attachments import files_of
from desktop.services.balances import group_balances, trial_balance
from desktop.services.bank_accounts import BankData
from desktop.services.cash_counts import Count
from desktop.services.expenses import Receipt, Spend
from desktop.services.external_funds import Pass, SourceData
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.village import START, Village, an_act, meet, settle

DAY = START + timedelta(days=40)
ACT = an_act(DAY)


def picture() -> bytes:
    """A small photo of a receipt."""
    out = BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "JPEG")
    return out.getvalue()


def _village(book: Book) -> Village:
    village = settle(book)
    meet(book, village, 1)
    return village


def _held(book: Book, village: Village, on: date = DAY) -> dict[Account, int]:
    with book.read() as session:
        return group_balances(session, village.group, on)


def _spend(village: Village, amount: int = 20_000, **more: Any) -> Spend:
    receipt = Receipt(ExpenseCategory.STATIONERY, "Tạp hóa Út", "HD-15", DAY, **more)
    return Spend(village.group, EntryKind.EXPENSE, amount, DAY, "mua sổ", receipt)


# -- expenses --------------------------------------------------------------------------------------


def test_an_expense_keeps_its_category_and_the_photo_of_its_receipt(any_book: Book) -> None:
    village = _village(any_book)
    command = _spend(village, scan=expenses.receipt_file("hoadon.jpg", picture()))
    posted = expenses.spend(any_book, command, ACT).value
    row = expenses.listed(any_book, village.group, START, DAY)[0]
    assert (row.voucher, row.category, row.payee) == (
        posted.voucher.id,
        ExpenseCategory.STATIONERY,
        "Tạp hóa Út",
    )
    assert (row.receipt_number, row.scans, row.lacks_receipt) == ("HD-15", 1, False)
    assert row.subject is not None
    assert [kept.name for kept in files_of(any_book, row.subject)] == ["hoadon.jpg"]
    assert _held(any_book, village)[Account.EXPENSES] == 20_000
    assert verify(any_book).ok


def test_only_papers_that_an_expense_or_a_voucher_concerns_are_called_wrong(book: Book) -> None:
    village = _village(book)
    printed = statements.issue(book, statements.StatementOrder(village.group, START, DAY), ACT).value
    marks = {statement.member.code: statement.mark.number for statement in printed}
    spent = expenses.spend(book, _spend(village, scan=expenses.receipt_file("a.jpg", picture())), ACT).value
    assert spent.papers == ()  # nobody's statement says what the group spent
    fee = RecordVoucher(village.group, EntryKind.SAVINGS_IN, 10_000, DAY, village.members[1])
    posted = vouchers.record(book, fee, ACT).value
    assert [paper.number for paper in posted.papers] == [marks[printed[1].member.code]]
    taken_back = vouchers.reverse_voucher(book, posted.voucher.id, "Nhầm", ACT).value
    assert [paper.number for paper in taken_back.papers] == [marks[printed[1].member.code]]


def test_a_missing_receipt_is_asked_about_and_listed_until_it_comes(book: Book) -> None:
    village = _village(book)
    bare = Spend(village.group, EntryKind.EXPENSE, 9_000, DAY, "nước uống", Receipt(ExpenseCategory.MEETING))
    with pytest.raises(Refusal) as asked:
        expenses.spend(book, bare, ACT)
    assert [(p.field, p.level.value) for p in asked.value.problems] == [("scan", "warn")]
    assert Account.EXPENSES not in _held(book, village)
    voucher = expenses.spend(book, Spend(**{**_fields(bare), "agreed": True}), ACT).value.voucher.id
    assert [row.voucher for row in expenses.listed(book, village.group, START, DAY, lacking=True)] == [
        voucher
    ]
    scan = expenses.receipt_file("bienlai.jpg", picture())
    expenses.describe(book, voucher, Receipt(ExpenseCategory.MEETING, scan=scan), ACT)
    assert expenses.listed(book, village.group, START, DAY, lacking=True) == []


def _fields(command: Spend) -> dict[str, Any]:
    return {name: getattr(command, name) for name in Spend.__slots__}


def test_an_expense_recorded_without_category_can_be_described_later(book: Book) -> None:
    village = _village(book)
    old = RecordVoucher(village.group, EntryKind.EXPENSE, 5_000, DAY, text="đi lại")
    voucher = vouchers.record(book, old, ACT).value.voucher.id
    assert expenses.listed(book, village.group, START, DAY)[0].category is None
    expenses.describe(book, voucher, Receipt(ExpenseCategory.TRAVEL, number="1"), ACT)
    row = expenses.one(book, voucher)
    assert row is not None
    assert (row.category, row.lacks_receipt) == (ExpenseCategory.TRAVEL, False)
    saving = RecordVoucher(village.group, EntryKind.SAVINGS_IN, 5_000, DAY, village.members[0])
    other = vouchers.record(book, saving, ACT).value.voucher.id
    with pytest.raises(Refusal, match="chi phí"):
        expenses.describe(book, other, Receipt(ExpenseCategory.TRAVEL), ACT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 300_000}, "amount"),
        ({"text": " "}, "text"),
        ({"day": DAY + timedelta(days=1)}, "day"),
        ({"kind": EntryKind.SAVINGS_OUT}, "kind"),
        ({"receipt": Receipt(ExpenseCategory.MEETING, day=DAY + timedelta(days=2))}, "receipt_day"),
    ],
)
def test_a_bad_expense_is_refused_at_its_field(book: Book, change: dict[str, Any], field: str) -> None:
    village = _village(book)
    command = Spend(**{**_fields(_spend(village)), "agreed": True, **change})
    with pytest.raises(Refusal) as refused:
        expenses.spend(book, command, ACT)
    assert field in {problem.field for problem in refused.value.problems}
    assert Account.EXPENSES not in _held(book, village)


def test_a_reversed_expense_counts_no_more(book: Book) -> None:
    village = _village(book)
    command = _spend(village, scan=expenses.receipt_file("h.jpg", picture()))
    voucher = expenses.spend(book, command, ACT).value.voucher.id
    vouchers.reverse_voucher(book, voucher, "ghi hai lần", ACT)
    rows = expenses.listed(book, village.group, START, DAY)
    assert [row.reversed for row in rows] == [True]
    assert expenses.by_category(rows) == []


# -- the bank --------------------------------------------------------------------------------------


def test_money_goes_to_the_bank_and_back_and_bank_costs_come_out_of_it(book: Book) -> None:
    village = _village(book)
    for kind, amount in (
        (EntryKind.BANK_IN, 150_000),
        (EntryKind.BANK_INTEREST, 500),
        (EntryKind.BANK_OUT, 20_000),
    ):
        vouchers.record(book, RecordVoucher(village.group, kind, amount, DAY), ACT)
    fee = Spend(village.group, EntryKind.BANK_FEE, 1_100, DAY, "phí", Receipt(ExpenseCategory.BANK))
    expenses.spend(book, fee, ACT)
    held = _held(book, village)
    assert (held[Account.CASH], held[Account.BANK]) == (80_000, 129_400)
    with pytest.raises(Refusal, match="thiếu"):
        vouchers.record(book, RecordVoucher(village.group, EntryKind.BANK_OUT, 200_000, DAY), ACT)


def test_the_bank_account_is_kept_as_text(book: Book) -> None:
    village = _village(book)
    bank_accounts.note(book, village.group, BankData("Agribank Càng Long", "0700 205 123456"), ACT)
    bank_accounts.note(book, village.group, BankData("Agribank Càng Long", "0700205123457", "Tổ 1"), ACT)
    assert bank_accounts.find(book, village.group) == BankData("Agribank Càng Long", "0700205123457", "Tổ 1")
    with pytest.raises(Refusal) as refused:
        bank_accounts.note(book, village.group, BankData("", "12/34"), ACT)
    assert {p.field for p in refused.value.problems} == {"bank", "number"}


# -- outside money ---------------------------------------------------------------------------------


def test_a_revolving_fund_is_owed_and_a_grant_is_not(any_book: Book) -> None:
    village = _village(any_book)
    fund = external_funds.add(
        any_book,
        village.group,
        SourceData(SourceKind.REVOLVING, "Dự án NMA", "TT-07/2026", DAY, 5_000_000, "cho vay nuôi bò"),
        ACT,
    ).value
    grant = external_funds.add(any_book, village.group, SourceData(SourceKind.GRANT, "UBND xã"), ACT).value
    external_funds.pass_on(any_book, Pass(fund, START, 5_000_000), ACT)
    external_funds.pass_on(any_book, Pass(grant, START, 800_000, bank=True), ACT)
    external_funds.pass_on(any_book, Pass(fund, DAY, 1_000_000, back=True), ACT)
    found = external_funds.outside_money(any_book, village.group, DAY)
    assert [(row.received, row.returned, row.left, row.owed) for row in found.sources] == [
        (5_000_000, 1_000_000, 4_000_000, 4_000_000),
        (800_000, 0, 800_000, 0),
    ]
    assert (found.owed, found.unnamed) == (4_000_000, 0)
    held = _held(any_book, village)
    assert (held[Account.EXTERNAL_FUNDS], held[Account.GRANTS], held[Account.BANK]) == (
        4_000_000,
        800_000,
        800_000,
    )
    assert [row.left for row in external_funds.moves(any_book, fund)] == [5_000_000, 4_000_000]
    assert verify(any_book).ok


@pytest.mark.parametrize(
    ("day", "amount"), [(DAY, 300_001), (START + timedelta(days=1), 100_001), (DAY + timedelta(days=1), 1)]
)
def test_no_more_is_given_back_than_was_received_by_that_day(book: Book, day: date, amount: int) -> None:
    village = _village(book)
    other = external_funds.add(book, village.group, SourceData(SourceKind.LOAN, "Hội LHPN"), ACT).value
    external_funds.pass_on(book, Pass(other, START, 9_000_000), ACT)  # money of another source does not help
    fund = external_funds.add(book, village.group, SourceData(SourceKind.LOAN, "Hội Nông dân"), ACT).value
    external_funds.pass_on(book, Pass(fund, START, 100_000), ACT)
    external_funds.pass_on(book, Pass(fund, START + timedelta(days=20), 200_000), ACT)
    with pytest.raises(Refusal) as refused:
        external_funds.pass_on(book, Pass(fund, day, amount, back=True), ACT)
    assert refused.value.problems[0].field in ("amount", "day")
    assert external_funds.outside_money(book, village.group, DAY).sources[1].left == 300_000


def test_a_receipt_that_a_return_needs_is_not_reversed(book: Book) -> None:
    village = _village(book)
    fund = external_funds.add(book, village.group, SourceData(SourceKind.REVOLVING, "Dự án"), ACT).value
    first = external_funds.pass_on(book, Pass(fund, START, 100_000), ACT).value
    back = external_funds.pass_on(book, Pass(fund, DAY, 60_000, back=True), ACT).value
    with pytest.raises(Refusal, match="hủy lần hoàn"):
        vouchers.reverse_voucher(book, first.id, "nhầm", ACT)
    vouchers.reverse_voucher(book, back.id, "nhầm", ACT)
    vouchers.reverse_voucher(book, first.id, "nhầm", ACT)
    assert external_funds.outside_money(book, village.group, DAY).sources[0].left == 0


def test_money_received_without_a_source_waits_for_one(book: Book) -> None:
    village = _village(book)
    old = RecordVoucher(village.group, EntryKind.EXTERNAL_IN, 700_000, START, text="vốn dự án")
    vouchers.record(book, old, ACT)
    assert external_funds.outside_money(book, village.group, DAY).unnamed == 700_000
    grant = external_funds.add(book, village.group, SourceData(SourceKind.GRANT, "UBND"), ACT).value
    with pytest.raises(Refusal, match="phải trả"):
        external_funds.assign(book, grant, ACT)
    fund = external_funds.add(book, village.group, SourceData(SourceKind.REVOLVING, "Dự án"), ACT).value
    external_funds.assign(book, fund, ACT)
    found = external_funds.outside_money(book, village.group, DAY)
    assert (found.unnamed, found.sources[1].left) == (0, 700_000)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (SourceData(SourceKind.GRANT, " "), "funder"),
        (SourceData(SourceKind.GRANT, "UBND", return_by=DAY), "return_by"),
        (SourceData(SourceKind.LOAN, "Hội", agreed_on=DAY, return_by=START), "return_by"),
        (SourceData(SourceKind.LOAN, "Hội", agreed=-1), "agreed"),
    ],
)
def test_a_bad_source_is_refused_at_its_field(book: Book, data: SourceData, field: str) -> None:
    village = _village(book)
    with pytest.raises(Refusal) as refused:
        external_funds.add(book, village.group, data, ACT)
    assert [p.field for p in refused.value.problems] == [field]


# -- any sequence ----------------------------------------------------------------------------------

_amounts = st.integers(1, 40).map(lambda n: n * 7_500)
_days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
_deeds = st.one_of(
    st.tuples(st.just("spend"), st.sampled_from(expenses.KINDS), _amounts, _days),
    st.tuples(st.just("move"), st.sampled_from([EntryKind.BANK_IN, EntryKind.BANK_OUT]), _amounts, _days),
    st.tuples(st.just("pass"), st.integers(0, 2), _amounts, _days, st.booleans(), st.booleans()),
    st.tuples(st.just("count"), st.sampled_from([Account.CASH, Account.SOCIAL_CASH]), _amounts, _days),
    st.tuples(st.just("undo"), st.integers(0, 8)),
)


@settings(max_examples=12)
@given(deeds=st.lists(_deeds, min_size=3, max_size=14))
def test_whatever_is_recorded_boxes_hold_and_sources_add_up(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[Any, ...]]
) -> None:
    path = Path(tmp_path_factory.mktemp("money"), "so.sonhom")
    with Book.create(str(path), "Sổ") as book:
        village = _village(book)
        kinds = (SourceKind.REVOLVING, SourceKind.GRANT, SourceKind.LOAN)
        sources = [
            external_funds.add(book, village.group, SourceData(kind, kind.title), ACT).value for kind in kinds
        ]
        posted: list[Any] = []
        for deed in deeds:
            with suppress(Refusal):
                posted += _do(book, village, sources, posted, deed)
        days = sorted({START + timedelta(days=n) for n in range(0, 42, 4)} | {DAY})
        with book.read() as session:
            for day in days:
                held = group_balances(session, village.group, day)
                assert all(held.get(box, 0) >= 0 for box in (Account.CASH, Account.BANK, Account.SOCIAL_CASH))
                assert external_funds.agrees_in(session, village.group, day)
                assert all(row.left >= 0 for row in external_funds.sources_in(session, village.group, day))
                # Social-fund money is never mixed: its box is what was given less what was granted and miscounted.
                assert held.get(Account.SOCIAL_CASH, 0) >= 0
        assert trial_balance(book, village.group, START, DAY).in_balance
        result = verify(book)
        assert result.ok, result.findings


def _do(
    book: Book, village: Village, sources: list[int], posted: list[Any], deed: tuple[Any, ...]
) -> list[Any]:
    name, *values = deed
    if name == "spend":
        kind, amount, day = values
        receipt = Receipt(ExpenseCategory.OTHER)
        command = Spend(village.group, kind, amount, day, "chi", receipt, agreed=True)
        return [expenses.spend(book, command, ACT).value.voucher.id]
    if name == "move":
        kind, amount, day = values
        return [vouchers.record(book, RecordVoucher(village.group, kind, amount, day), ACT).value.voucher.id]
    if name == "pass":
        place, amount, day, back, bank = values
        return [external_funds.pass_on(book, Pass(sources[place], day, amount, back, bank), ACT).value.id]
    if name == "count":
        box, amount, day = values
        pieces = {500: amount // 500}
        command = Count(village.group, day, {box: pieces}, ("A", "B", "C"), "đếm lại")
        cash_counts.record(book, command, ACT)
        return []
    place = values[0]
    if place < len(posted):
        vouchers.reverse_voucher(book, posted[place], "hủy", ACT)
    return []

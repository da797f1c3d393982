"""The papers of other money say what the ledger says, in words and in figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.models.kinds import Account, EntryKind, GrantReason
from desktop.models.money_kinds import ExpenseCategory
from desktop.models.problems import Refusal
from desktop.services import (
    bank_accounts,
    cash_counts,
    expenses,
    group_papers,
    group_report,
    meeting_papers,
    money_papers,
    openings,
    social_fund,
    vouchers,
)
from desktop.services.bank_accounts import BankData
from desktop.services.cash_counts import Count
from desktop.services.expenses import Receipt, Spend
from desktop.services.group_report import period_of
from desktop.services.social_fund import Ask, Decide
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from reports.catalogue import find
from reports.kit.report import PLAIN
from tests.reports.paper import check_whole, said
from tests.services.test_openings import a_paper
from tests.village import START, Village, an_act, meet, settle

LAST = START + timedelta(days=80)
ACT = an_act(LAST)


def _village(book: Book) -> Village:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number)
    return village


def _print(key: str, value: object) -> str:
    data = find(key).render(value, PLAIN)
    check_whole(data)
    return said(data)


def test_minutes_of_a_count_name_the_holders_the_notes_and_what_was_done(book: Book) -> None:
    village = _village(book)
    pieces = {Account.CASH: {200_000: 3, 10_000: 2}}
    command = Count(village.group, LAST, pieces, ("Hòa 1", "Hòa 2", "Hòa 3"), "Thối nhầm", at="08 giờ 30")
    cash_counts.record(book, command, ACT)
    words = _print("cash-count", money_papers.count_minutes(book, village.group, 1, ACT).value)
    for part in (
        "BIÊN BẢN KIỂM KÊ QUỸ",
        "Hòa 2 – người giữ chìa khóa thứ hai",
        "08 giờ 30",
        "630.000",
        "620.000",
        "Sáu trăm hai mươi nghìn đồng",
        "Thiếu 10.000 ₫ so với sổ. Lý do: Thối nhầm.",
        "đã ghi chênh lệch vào sổ bằng PC-",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ):
        assert part in words
    cash_counts.take_back(book, village.group, 1, "Đếm sót", ACT)
    again = _print("cash-count", money_papers.count_minutes(book, village.group, 1, ACT).value)
    assert "ĐÃ HỦY: Đếm sót" in again
    with pytest.raises(Refusal, match="Không có"):
        money_papers.count_minutes(book, village.group, 9, ACT)


def test_the_social_book_has_contributions_by_meeting_and_grants_with_their_approval(any_book: Book) -> None:
    village = _village(any_book)
    grant = social_fund.ask(
        any_book, Ask(village.group, village.members[0], GrantReason.SICKNESS, 20_000, LAST, "nằm viện"), ACT
    ).value
    social_fund.decide(any_book, Decide(grant, LAST, True, 3, 3), ACT)
    social_fund.pay(any_book, grant, LAST, ACT)
    value = money_papers.social_book(any_book, village.group, START, LAST, ACT).value
    assert [(line.paid_in, line.paid_out, line.balance) for line in value.lines] == [
        (15_000, 0, 15_000),
        (15_000, 0, 30_000),
        (15_000, 0, 45_000),
        (0, 20_000, 25_000),
    ]
    assert (value.opening, value.closing) == (0, 25_000)
    assert [(one.given, one.received) for one in value.members] == [
        (15_000, 20_000),
        (15_000, 0),
        (15_000, 0),
    ]
    words = _print("social-book", value)
    assert "Đóng quỹ, kỳ họp 2 (3 người)" in words
    assert "biểu quyết 3/3" in words
    assert "nằm viện" in words
    assert "Hai mươi lăm nghìn đồng" in words


def test_a_grant_taken_back_leaves_the_members_line_clean(book: Book) -> None:
    village = _village(book)
    grant = social_fund.ask(
        book, Ask(village.group, village.members[0], GrantReason.SCHOOL, 20_000, LAST), ACT
    ).value
    social_fund.decide(book, Decide(grant, LAST, True, 3, 3), ACT)
    social_fund.pay(book, grant, LAST, ACT)
    social_fund.take_back(book, grant, "Trả nhầm người", ACT)
    value = money_papers.social_book(book, village.group, START, LAST, ACT).value
    assert value.closing == 45_000
    assert {one.received for one in value.members} == {0}


def test_the_expense_list_says_which_receipts_are_missing(any_book: Book) -> None:
    village = _village(any_book)
    for amount, number in ((30_000, "HD-1"), (12_000, "")):
        receipt = Receipt(ExpenseCategory.MEETING, "Út Hiền", number)
        command = Spend(village.group, EntryKind.EXPENSE, amount, LAST, "nước uống", receipt, agreed=True)
        expenses.spend(any_book, command, ACT)
    words = _print("expense-list", money_papers.expense_list(any_book, village.group, START, LAST, ACT).value)
    assert "42.000" in words
    assert "1 khoản chi chưa có hóa đơn, biên lai, cộng 12.000 ₫." in words
    assert "Bốn mươi hai nghìn đồng" in words
    lacking = money_papers.expense_list(any_book, village.group, START, LAST, ACT, lacking=True).value
    assert "HD-1" not in _print("expense-list", lacking)


def test_the_opening_minutes_print_a_draft_and_what_was_posted(book: Book) -> None:
    village = settle(book)
    sheet = a_paper(village)
    draft = money_papers.opening_minutes(book, village.group, an_act(), sheet).value
    assert "Bản dự thảo" in _print("opening-balances", draft)
    with pytest.raises(Refusal, match="chưa có số dư đầu"):
        money_papers.opening_minutes(book, village.group, an_act())
    openings.open_group(book, village.group, sheet, an_act())
    value = money_papers.opening_minutes(book, village.group, an_act()).value
    assert value.total == sum(amount for _name, amount in value.owes)
    words = _print("opening-balances", value)
    for part in (
        "2.330.000",
        "KU-05",
        "1 %/tháng",
        "Ngân hàng CSXH",
        "Dự án NMA",
        "Ký xác nhận",
    ):
        assert part in words, part
    assert "dự thảo" not in words


def test_the_book_of_deposits_says_where_the_money_is(book: Book) -> None:
    village = _village(book)
    vouchers.record(book, RecordVoucher(village.group, EntryKind.BANK_IN, 100_000, LAST), ACT)
    bank_accounts.note(book, village.group, BankData("Agribank Càng Long", "0700205"), ACT)
    value = group_papers.cash_book(book, village.group, Account.BANK, START, LAST, ACT).value
    words = _print("cash-book", value)
    assert "Agribank Càng Long" in words
    assert "0700205" in words
    assert "Gửi vào" in words
    assert "Mẫu số S08" in words
    assert "Ngày mở sổ: 03/01/2026." in words
    cash = group_papers.cash_book(book, village.group, Account.CASH, START, LAST, ACT).value
    assert "Agribank" not in _print("cash-book", cash)


@pytest.mark.parametrize(
    ("day", "quarter", "starts", "ends", "title"),
    [
        (date(2026, 2, 14), False, date(2026, 2, 1), date(2026, 2, 28), "Tháng 2 năm 2026"),
        (date(2026, 12, 31), False, date(2026, 12, 1), date(2026, 12, 31), "Tháng 12 năm 2026"),
        (date(2026, 5, 1), True, date(2026, 4, 1), date(2026, 6, 30), "Quý 2 năm 2026"),
        (date(2026, 11, 30), True, date(2026, 10, 1), date(2026, 12, 31), "Quý 4 năm 2026"),
    ],
)
def test_a_period_is_the_month_or_quarter_of_its_day(
    day: date, quarter: bool, starts: date, ends: date, title: str
) -> None:
    found = period_of(day, quarter=quarter)
    assert (found.starts, found.ends, found.title) == (starts, ends, title)


def test_the_report_of_a_quarter_has_the_ledgers_figures_and_its_chart(any_book: Book) -> None:
    village = _village(any_book)
    value = group_report.report(any_book, village.group, period_of(LAST, quarter=True), ACT).value
    funds = {row[0]: row[1:] for row in value.tables[0].rows}
    assert funds["Tiền mặt quỹ vay"] == ("–", "630.000", "–", "630.000")
    assert funds["Vốn cổ phần"] == ("–", "180.000", "–", "180.000")
    people = dict(value.tables[3].rows)
    assert (people["Thành viên cuối kỳ"], people["Số buổi họp trong kỳ"], people["Tỷ lệ dự họp"]) == (
        "3",
        "3",
        "100\xa0%",
    )
    assert value.chart is not None
    assert value.chart.series[0][1][-1] == 630_000
    words = _print("group-report", value)
    assert "BÁO CÁO QUÝ CỦA NHÓM" in words
    assert "Quý 1 năm 2026" in words
    assert "20.000" in words


def test_money_moved_between_boxes_says_so_on_every_list_and_paper(book: Book) -> None:
    village = _village(book)
    for kind, words in ((EntryKind.BANK_IN, "theo biên bản"), (EntryKind.BANK_OUT, "")):
        vouchers.record(book, RecordVoucher(village.group, kind, 100_000, LAST, text=words), ACT)
    paper = group_papers.cash_book(book, village.group, Account.BANK, START, LAST, ACT).value
    assert [(line.text, line.paid_in, line.paid_out) for line in paper.lines] == [
        ("Gửi tiền vào ngân hàng: theo biên bản", 100_000, 0),
        ("Rút tiền từ ngân hàng", 0, 100_000),
    ]
    assert "Rút tiền từ ngân hàng" in _print("cash-book", paper)


def test_a_transfer_is_a_paper_of_its_own_with_both_ends_named(book: Book) -> None:
    village = _village(book)
    bank_accounts.note(book, village.group, BankData("Agribank Cao Lãnh", "0650", "Tổ Hoa Sen"), ACT)
    moved = vouchers.record(
        book, RecordVoucher(village.group, EntryKind.BANK_IN, 100_000, LAST, text="Chị Hòa gửi"), ACT
    ).value
    slip = meeting_papers.receipts(book, [moved.voucher.id], ACT, copies=2).value
    words = _print("receipts", slip)
    for part in (
        "PHIẾU CHUYỂN KHOẢN",
        "Số: CK-0001/2026",
        "Chuyển đến: Tiền gửi ngân hàng, Agribank Cao Lãnh, số 0650",
        "100.000 ₫",
        "Một trăm nghìn đồng",
        "Liên 2",
    ):
        assert part in words, part
    (one,) = slip.receipts
    assert one.source
    assert one.amount == 100_000
    assert one.mark.check_code
    vouchers.reverse_voucher(book, moved.voucher.id, "Ngân hàng nghỉ", ACT)
    again = _print("receipts", meeting_papers.receipts(book, [moved.voucher.id], ACT).value)
    assert "Ngân hàng nghỉ" in again

"""Other money for the demonstration book: expenses with receipts, the bank, outside funds, a count, a group from paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from random import Random

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, EntryKind, GroupKind, Office
from desktop.models.money_kinds import ExpenseCategory, SourceKind
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import Method
from desktop.models.rules.opening import (
    LoanOpening,
    MemberOpening,
    OpeningSheet,
    PaperTotals,
    RunningTerms,
    SourceOpening,
    sides,
    sums_of,
)
from desktop.models.rules.templates import read_template, rules_from
from desktop.services import (
    bank_accounts,
    cash_counts,
    expenses,
    external_funds,
    group_lists,
    groups,
    members,
    offices,
    openings,
    vouchers,
)
from desktop.services.acts import Act
from desktop.services.bank_accounts import BankData
from desktop.services.cash_counts import Count
from desktop.services.demo_groups import charter_of
from desktop.services.demo_people import ethnic_mix, make_person
from desktop.services.expenses import Receipt, Spend
from desktop.services.external_funds import Pass, SourceData
from desktop.services.members import EnrolMember
from desktop.services.offices import Appoint
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from reports.figures import EXPENSES, FigureColumn, Figures, FigureTable
from reports.kit.report import PLAIN
from reports.kit.values import GroupBlock, Organisation, PrintMark
from resources import templates
from resources.lang.dates import show_day
from resources.lang.dong import NOTES, show_number

_CLOCK = time(14, 0, tzinfo=UTC)
_PAPER_CODE = "N-900"
_PAPER_MEMBERS = 12
_LEAST_GROUPS, _LEAST_MEMBERS = 3, 15
"""A smaller book is made to try something; it gets no group that starts on paper."""
_BILLS = (
    (
        38,
        ExpenseCategory.STATIONERY,
        85_000,
        "mua sổ thành viên và bút",
        "Nhà sách Càng Long",
        "0001527",
        True,
    ),
    (24, ExpenseCategory.MEETING, 40_000, "nước uống họp tổ", "Tạp hóa Út Hiền", "", False),
    (15, ExpenseCategory.EQUIPMENT, 120_000, "thay ổ khóa hòm", "Cửa hàng sắt Năm Phát", "HD-088", True),
    (6, ExpenseCategory.TRAVEL, 30_000, "xe ra ngân hàng gửi tiền", "", "", False),
)
"""How many days ago, what for, how much (đồng), words, who was paid, number and picture of the receipt."""


def keep_other_money(book: Book, today: date, who: str) -> int:
    """Add other money to the first group, and one group that starts on paper; return how many vouchers were posted."""
    found = group_lists.page(
        book,
        group_lists.GroupFilter(),
        group_lists.GroupSort(group_lists.GroupOrder.CODE),
        0,
        _LEAST_GROUPS,
    )
    if not found:
        return 0
    first = GroupId(found[0].id)
    posted = _outside(book, first, today, who)
    posted += _at_the_bank(book, first, today, who)
    posted += sum(_spend(book, first, place, today, who) for place in range(len(_BILLS)))
    posted += _count(book, first, today, who)
    if len(found) >= _LEAST_GROUPS and len(group_lists.roster(book, first, today)) >= _LEAST_MEMBERS:
        posted += _from_paper(book, found[0].commune_code, today, who)
    return posted


def _outside(book: Book, group: GroupId, today: date, who: str) -> int:
    """Name where the project's money came from, receive a grant, give a part back."""
    day = today - timedelta(days=60)
    act = _act(today, who)
    fund = external_funds.add(
        book,
        group,
        SourceData(
            SourceKind.REVOLVING,
            "Dự án Hỗ trợ sinh kế xã",
            "TT-07/2025",
            today - timedelta(days=300),
            10_000_000,
            "Cho vay quay vòng nuôi bò, nuôi dê",
            "Chỉ cho hộ nghèo, cận nghèo vay; hoàn dần sau hai năm",
            today + timedelta(days=430),
        ),
        act,
    ).value
    grant = external_funds.add(
        book,
        group,
        SourceData(
            SourceKind.GRANT, "Ủy ban nhân dân xã", "QĐ 118/QĐ-UBND", day, 2_000_000, "Mua sổ sách, tập huấn"
        ),
        act,
    ).value
    posted = 0
    if external_funds.outside_money(book, group, today).unnamed:
        external_funds.assign(book, fund, act)
    else:
        posted += _tried(book, Pass(fund, day, 5_000_000), today, who)
    posted += _tried(book, Pass(grant, day + timedelta(days=4), 2_000_000), today, who)
    return posted + _tried(book, Pass(fund, today - timedelta(days=9), 500_000, back=True), today, who)


def _tried(book: Book, command: Pass, today: date, who: str) -> int:
    try:
        external_funds.pass_on(book, command, _act(today, who))
    except Refusal:  # a group that is too poor, or a period closed meanwhile
        return 0
    return 1


def _at_the_bank(book: Book, group: GroupId, today: date, who: str) -> int:
    data = BankData("Agribank chi nhánh Càng Long", "7405205011234", "Tổ tiết kiệm")
    bank_accounts.note(book, group, data, _act(today, who))
    posted = 0
    for ago, kind, amount in (
        (20, EntryKind.BANK_IN, 1_500_000),
        (5, EntryKind.BANK_INTEREST, 1_800),
        (4, EntryKind.BANK_OUT, 300_000),
    ):
        command = RecordVoucher(group, kind, amount, today - timedelta(days=ago))
        try:
            vouchers.record(book, command, _act(today, who))
            posted += 1
        except Refusal:
            continue
    return posted


def _spend(book: Book, group: GroupId, place: int, today: date, who: str) -> int:
    ago, category, amount, words, payee, number, pictured = _BILLS[place]
    day = today - timedelta(days=ago)
    scan = None
    if pictured:
        scan = expenses.receipt_file(f"hoa-don-{number}.pdf", _bill(payee, number, words, amount, day))
    receipt = Receipt(category, payee, number, day if number else None, scan)
    command = Spend(group, EntryKind.EXPENSE, amount, day, words, receipt, agreed=True)
    try:
        expenses.spend(book, command, _act(today, who))
    except Refusal:
        return 0
    return 1


def _bill(shop: str, number: str, words: str, amount: int, day: date) -> bytes:
    """Return a shop's bill as a small PDF, the same for the same bill."""
    columns = (FigureColumn("Mặt hàng", "text", 200, key=True), FigureColumn("Thành tiền", "money", 80))
    rows = ((words, show_number(amount)), ("Cộng", show_number(amount)))
    at = datetime.combine(day, _CLOCK)
    value = Figures(
        f"Hóa đơn bán lẻ số {number}",
        Organisation(shop),
        GroupBlock("", ""),
        PrintMark(at, shop),
        day,
        tables=(FigureTable(f"Ngày {show_day(day)} (đồng)", columns, rows, sums=True),),
    )
    return EXPENSES.render(value, PLAIN)


def _count(book: Book, group: GroupId, today: date, who: str) -> int:
    """Count both boxes; the loan fund's is 2.000 đồng short where there is so much."""
    held = cash_counts.book_says(book, group, today)
    detail = group_lists.get(book, group, today)
    now = [one for one in detail.offices if one.until is None]
    now.sort(key=lambda one: one.office is not Office.KEY_HOLDER)  # those who hold the keys come first
    names = [f"{one.full_name} ({one.office.title})" for one in now]
    names += [member.full_name for member in detail.members]
    holders = tuple(dict.fromkeys(names))[:3]
    short = 2_000 if held[Account.CASH] >= 2_000 else 0
    pieces: dict[Account, Mapping[int, int]] = {
        Account.CASH: _notes(held[Account.CASH] - short),
        Account.SOCIAL_CASH: _notes(held[Account.SOCIAL_CASH]),
    }
    command = Count(
        group,
        today,
        pieces,
        holders,
        "Thối nhầm tiền lẻ ở kỳ họp trước",
        at="08 giờ 00",
        place="Nhà văn hóa ấp",
    )
    try:
        return len(cash_counts.record(book, command, _act(today, who)).value.vouchers)
    except Refusal:
        return 0


def _notes(amount: int) -> Mapping[int, int]:
    found = {}
    for note in NOTES:
        found[note], amount = divmod(amount, note)
    return found


# -- a group that starts on paper ------------------------------------------------------------------


def _from_paper(book: Book, commune: str | None, today: date, who: str) -> int:
    """Found a group that kept paper books for two years, and open it with what the paper says."""
    day = today - timedelta(days=25)
    act = _act(today, who)
    founded = day - timedelta(days=700)
    code, charter = charter_of(GroupKind.VSLA)
    rules = replace(
        rules_from(read_template(templates.shipped()[code]), founded),
        share_value=20_000,
        social_contribution=5_000,
    )
    group = groups.found(
        book,
        groups.FoundGroup(
            name="Tổ Hướng Dương (chuyển từ sổ giấy)",
            rules=rules,
            cycle_starts=day - timedelta(days=170),
            cycle_ends=day + timedelta(days=190),
            code=_PAPER_CODE,
            commune_code=commune,
            hamlet="Ấp Rạch Bàng",
            founded=founded,
            charter=charter,
            template=code,
        ),
        act,
    ).value
    rng = Random(f"{_PAPER_CODE}/{today}")
    people = []
    for place in range(_PAPER_MEMBERS):
        ethnic = ethnic_mix("86")[0][0]
        person = make_person(rng, "86", ethnic, founded, 900_000 + place)
        command = EnrolMember(person=replace(person, joined=founded), group=group, agreed=True)
        people.append(members.enrol(book, command, act).value)
    for holder, office in zip(people, (Office.CHAIR, Office.SECRETARY, Office.TREASURER), strict=False):
        offices.appoint(book, Appoint(group, holder, office, founded), act)
    sheet = OpeningSheet(
        day,
        cash=2_245_000,
        social_cash=360_000,
        members=tuple(
            MemberOpening(
                int(person),
                savings=40_000 * (place % 4),
                shares=12 + place % 5,
                social=30_000,
                fines=10_000 if place == 7 else 0,
            )
            for place, person in enumerate(people)
        ),
        loans=(
            LoanOpening(int(people[2]), 1_500_000, _terms(5, day, 3_000_000), "KU-11", "nuôi dê"),
            LoanOpening(int(people[6]), 900_000, _terms(3, day, 1_800_000), "KU-12", "trồng màu"),
            LoanOpening(int(people[9]), 600_000, _terms(6, day, 600_000), "KU-13", "buôn bán nhỏ"),
        ),
        sources=(SourceOpening(SourceKind.REVOLVING, "Hội Liên hiệp Phụ nữ xã", 1_000_000, "BB-02/2024"),),
        handed_by=book_name(book, people[1]),
        received_by=who,
    )
    surplus = sides(sheet, rules.share_value).difference
    sheet = replace(sheet, surplus=surplus, totals=PaperTotals(**sums_of(sheet, rules.share_value)))
    return len(openings.open_group(book, group, sheet, act).value.vouchers)


def book_name(book: Book, member: int) -> str:
    """Return the full name of a member."""
    from desktop.services.loan_portfolio import names_of

    with book.read() as session:
        return names_of(session, [member])[member]


def _terms(number: int, day: date, original: int) -> RunningTerms:
    return RunningTerms(
        Method.EQUAL_PRINCIPAL,
        Fraction(1),
        number=number,
        first_due=day + timedelta(days=30),
        original=original,
    )


def _act(day: date, who: str) -> Act:
    return Act(who, datetime.combine(day, _CLOCK), day)

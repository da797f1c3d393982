"""Loans for the demonstration book: one paid off, one in good order, one late, one asked for, and one refused.

They are written through the loan services at the end of the story, in the first groups only, and paid out of the
bank, so that the boxes of the story stay as they were told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import group_lists, loan_applications, loan_book, loan_products, loans
from desktop.services.acts import Act
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book

MOST_GROUPS = 3
_CLOCK = time(12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One loan of the story: who (place in the group), how much, since when, how many instalments were paid."""

    place: int
    amount: int
    months_ago: int
    number: int
    purpose: str
    livelihood: str
    paid: int
    last: str = ""


_PLANS = (
    _Plan(1, 3_000_000, 5, 4, "Chăn nuôi", "Nuôi vịt đẻ", paid=4),
    _Plan(4, 5_000_000, 4, 10, "Trồng trọt", "Trồng rau màu", paid=4),
    _Plan(7, 4_000_000, 4, 8, "Buôn bán nhỏ", "Bán tạp hóa", paid=2),
    _Plan(10, 2_000_000, 0, 6, "Sửa nhà", "", paid=0, last="asked"),
    _Plan(12, 6_000_000, 0, 6, "Chi tiêu", "", paid=0, last="refused"),
)
_DECLINING = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2020, 1, 1), Fraction(1)),),
    penalty_percent=Fraction(15),
    limits=Limits(most=20_000_000, most_number=24, open_loans=2, guarantors=1),
)
_LEVEL = Product(
    Method.EQUAL_INSTALMENTS,
    (DatedRate(date(2020, 1, 1), Fraction(8, 10)),),
    penalty_percent=Fraction(12),
    limits=Limits(most=50_000_000, most_number=36, open_loans=2),
)


def lend(book: Book, today: date, who: str) -> int:
    """Add two products and the loans of the first groups; return how many vouchers were posted."""
    start = _act(today - timedelta(days=200), who)
    product = loan_products.keep(
        book, loan_products.KeepProduct("SP-01", "Vay sản xuất, gốc đều", _DECLINING), start
    ).value
    loan_products.keep(book, loan_products.KeepProduct("SP-02", "Vay sinh kế, góp đều", _LEVEL), start)
    wanted = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, MOST_GROUPS
    )
    posted = 0
    for row in wanted:
        for plan in _PLANS:
            posted += _one(book, row.id, product, plan, today, who)
    return posted


def _one(book: Book, group: GroupId, product: int, plan: _Plan, today: date, who: str) -> int:
    """Write one loan; a group that is too small or too poor for it has none."""
    day = today - timedelta(days=30 * plan.months_ago + 12)
    roster = group_lists.roster(book, group, day)
    if len(roster) <= plan.place:
        return 0
    member, guarantor = roster[plan.place].member_id, roster[plan.place - 1].member_id
    try:
        loan = _apply(book, group, member, guarantor, product, plan, day, who)
        if plan.last:
            if plan.last == "refused":
                loan_applications.refuse(
                    book, loan, "Mục đích chưa rõ; mời trao đổi lại kỳ sau.", _act(day, who)
                )
            return 0
        present = len(roster) - 2
        loan_applications.approve(
            book, loan, Decision(present=present, in_favour=present - 1), _act(day, who)
        )
        loans.disburse(book, loans.Disburse(loan, day, from_bank=True), _act(day, who))
        return 1 + _repay(book, loan, plan, today, who)
    except Refusal:
        return 0


def _apply(
    book: Book,
    group: GroupId,
    member: MemberId,
    guarantor: MemberId,
    product: int,
    plan: _Plan,
    day: date,
    who: str,
) -> LoanId:
    application = Application(
        plan.purpose, plan.livelihood, income=6_500_000, debt_service=300_000, guarantors=(guarantor,)
    )
    command = Apply(group, member, product, Request(plan.amount, plan.number, day), application, agreed=True)
    return loan_applications.apply(book, command, Caution(), _act(day, who)).value


def _repay(book: Book, loan: LoanId, plan: _Plan, today: date, who: str) -> int:
    paid = 0
    for row in loan_book.detail(book, loan, today).rows[: plan.paid]:
        if row.due_on > today:
            break
        loans.repay(book, loans.Repay(loan, row.due_on, row.due.total, 0), _act(row.due_on, who))
        paid += 1
    return paid


def _act(day: date, who: str) -> Act:
    return Act(who=who, at=datetime.combine(day, _CLOCK), today=day)

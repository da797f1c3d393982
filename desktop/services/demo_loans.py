"""Loans for the demonstration book: one paid off, one in good order, one late, one asked for, one refused, one put off
after a storm, one written off and partly recovered; and what the group borrowed itself and lent on.

They are written through the loan services at the end of the story, in the first groups only, and paid out of the
bank, so that the boxes of the story stay as they were told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import EntryKind, LoanEventKind
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import (
    group_lists,
    lender_loans,
    loan_applications,
    loan_book,
    loan_changes,
    loan_products,
    loans,
    vouchers,
)
from desktop.services.acts import Act
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.loan_changes import Change
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
    """How it went on: "asked", "refused", "storm" (put off), "lost" (written off, some of it came back)."""


_PLANS = (
    _Plan(1, 3_000_000, 5, 4, "Chăn nuôi", "Nuôi vịt đẻ", paid=4),
    _Plan(4, 5_000_000, 4, 10, "Trồng trọt", "Trồng rau màu", paid=4),
    _Plan(7, 4_000_000, 4, 8, "Buôn bán nhỏ", "Bán tạp hóa", paid=2),
    _Plan(10, 2_000_000, 0, 6, "Sửa nhà", "", paid=0, last="asked"),
    _Plan(12, 6_000_000, 0, 6, "Chi tiêu", "", paid=0, last="refused"),
    _Plan(13, 3_000_000, 3, 6, "Chăn nuôi", "Nuôi tôm", paid=1, last="storm"),
    _Plan(14, 1_500_000, 5, 4, "Buôn bán nhỏ", "", paid=1, last="lost"),
)
_ON_LENT = _Plan(2, 5_000_000, 2, 12, "Chăn nuôi", "Nuôi bò", paid=1)
"""The loan that the first group pays out of what it borrowed."""
_LENDER = Product(
    Method.BULLET,
    (DatedRate(date(2020, 1, 1), Fraction(66, 100)),),
    limits=Limits(most_number=60),
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
    for place, row in enumerate(wanted):
        for plan in _PLANS:
            posted += _one(book, row.id, product, plan, today, who)
        if place == 0:
            posted += _lend_on(book, row.id, product, today, who)
    return posted


def _lend_on(book: Book, group: GroupId, product: int, today: date, who: str) -> int:
    """Let the group borrow from the Policy Bank and lend a part of it on; the money waits in the bank."""
    day = today - timedelta(days=30 * _ON_LENT.months_ago + 20)
    take = lender_loans.Take(
        group,
        "Ngân hàng Chính sách xã hội",
        "HĐ-25/NHCSXH",
        _LENDER,
        Request(20_000_000, 12, day),
        "Vốn cho vay hộ nghèo, hộ cận nghèo",
    )
    try:
        taken = lender_loans.take(book, take, _act(day, who)).value
        into_bank = vouchers.RecordVoucher(group, EntryKind.BANK_IN, 20_000_000, day, text="Gửi vốn vay")
        vouchers.record(book, into_bank, _act(day, who))
    except Refusal:
        return 0
    return (
        2
        + _pay_lender(book, taken.loan, today, who)
        + _one(book, group, product, _ON_LENT, today, who, taken.loan)
    )


def _pay_lender(book: Book, loan: LoanId, today: date, who: str) -> int:
    """Pay the interest that fell due, as long as the box holds it."""
    paid = 0
    for row in loan_book.detail(book, loan, today).rows:
        if row.due_on > today:
            break
        try:
            lender_loans.repay(book, loan, row.due_on, row.due.total, _act(row.due_on, who))
        except Refusal:
            break
        paid += 1
    return paid


def _one(
    book: Book, group: GroupId, product: int, plan: _Plan, today: date, who: str, source: int = 0
) -> int:
    """Write one loan; a group that is too small or too poor for it has none."""
    day = today - timedelta(days=30 * plan.months_ago + 12)
    roster = group_lists.roster(book, group, day)
    if len(roster) <= plan.place:
        return 0
    member, guarantor = roster[plan.place].member_id, roster[plan.place - 1].member_id
    try:
        loan = _apply(book, group, member, guarantor, product, plan, day, who, source)
        if plan.last in ("asked", "refused"):
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
        return 1 + _repay(book, loan, plan, today, who) + _go_on(book, loan, plan, today, who)
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
    source: int,
) -> LoanId:
    application = Application(
        plan.purpose,
        plan.livelihood,
        income=6_500_000,
        debt_service=300_000,
        guarantors=(guarantor,),
        funded_by=source,
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


def _go_on(book: Book, loan: LoanId, plan: _Plan, today: date, who: str) -> int:
    """Tell what came later: the storm, or the loss; return the vouchers posted."""
    coming = [row for row in loan_book.detail(book, loan, today).rows if row.outstanding > 0]
    if plan.last == "storm" and coming:
        told = coming[0].due_on - timedelta(days=5)
        change = Change(
            loan,
            LoanEventKind.RESCHEDULE,
            min(told, today),
            "Bão làm hỏng ao tôm; tổ họp đồng ý lùi ba tháng",
            from_due=coming[0].due_on,
            months=3,
            counts=False,
        )
        loan_changes.change(book, change, _act(min(told, today), who))
    if plan.last == "lost" and coming:
        off = today - timedelta(days=40)
        reason = "Người vay rời xã, không liên lạc được; đại hội đồng ý xóa nợ"
        loan_changes.change(book, Change(loan, LoanEventKind.WRITE_OFF, off, reason), _act(off, who))
        back = today - timedelta(days=6)
        loans.repay(book, loans.Repay(loan, back, 200_000, 0, note="Người nhà trả thay"), _act(back, who))
        return 2
    return 0


def _act(day: date, who: str) -> Act:
    return Act(who=who, at=datetime.combine(day, _CLOCK), today=day)

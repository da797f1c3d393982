"""What is wrong with a request for a loan: sums, days, people, price, and what the household can bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.rules.loan_products import Method, Offer, Product, Request
from desktop.models.rules.loans.schedule import Schedule
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong, show_percent
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Borrower:
    """What the rules must know of who asks: savings and debts in đồng, income and debt service a month in đồng.

    `guarantees` are the open loans that each proposed guarantor already answers for; `in_turn` says of each whether
    the borrower answers for them, directly or through others (a chain). `dues`: what the household's other loans in
    this book still ask for, by day; `debt_service` is what they pay outside it.
    """

    member: int
    savings: int = 0
    fund: int = 0
    open_loans: int = 0
    cycle_ends: date | None = None
    income: int = 0
    debt_service: int = 0
    guarantors: tuple[int, ...] = ()
    guarantees: tuple[int, ...] = ()
    in_turn: tuple[bool, ...] = ()
    purpose: str = ""
    spouse_consents: bool = True
    dues: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Limits of care, from the settings: percent a year (law), percent of income, guarantees a person may give."""

    ceiling_percent: int = 20
    dsr_warn: int = 50
    dsr_stop: int = 70
    guarantees: int = 2


def check_request(
    product: Product, request: Request, borrower: Borrower, caution: Caution, made: Offer | None
) -> list[Problem]:
    """Return what is wrong with a request, by field of the form; warnings may be overruled."""
    return [
        *_check_amounts(product, request, borrower),
        *_check_dates(product, request, borrower),
        *_check_people(product, borrower, caution),
        *(_check_price(made, caution) if made is not None else []),
        *(_check_burden(made, borrower, caution) if made is not None else []),
    ]


def _check_amounts(product: Product, request: Request, borrower: Borrower) -> list[Problem]:
    limits, found = product.limits, []
    if type(request.amount) is not int or not 0 < request.amount <= MAX_DONG:
        return [Problem.stop("amount", "amount", _("Số tiền vay phải là số nguyên đồng lớn hơn 0."))]
    if request.amount < limits.least:
        found.append(
            Problem.stop(
                "least", "amount", _("Sản phẩm này cho vay từ {least}.").format(least=show_dong(limits.least))
            )
        )
    if limits.most and request.amount > limits.most:
        found.append(
            Problem.stop(
                "most",
                "amount",
                _("Sản phẩm này cho vay nhiều nhất {most}.").format(most=show_dong(limits.most)),
            )
        )
    if limits.times_savings and request.amount > limits.times_savings * borrower.savings:
        found.append(
            Problem.stop(
                "savings",
                "amount",
                _("Mức vay tối đa là {times} lần tiết kiệm và cổ phần: {most}.").format(
                    times=limits.times_savings, most=show_dong(limits.times_savings * borrower.savings)
                ),
            )
        )
    if limits.percent_of_fund and request.amount * 100 > limits.percent_of_fund * borrower.fund:
        found.append(
            Problem.stop(
                "fund",
                "amount",
                _("Một khoản vay không quá {percent} % quỹ của nhóm: {most}.").format(
                    percent=limits.percent_of_fund,
                    most=show_dong(limits.percent_of_fund * borrower.fund // 100),
                ),
            )
        )
    if request.rows and sum(principal for principal, _interest in request.rows) != request.amount:
        found.append(Problem.stop("rows", "rows", _("Tổng gốc các kỳ phải bằng số tiền vay.")))
    if not limits.least_number <= request.number <= limits.most_number:
        found.append(
            Problem.stop(
                "number",
                "number",
                _("Số kỳ trả phải từ {least} đến {most}.").format(
                    least=limits.least_number, most=limits.most_number
                ),
            )
        )
    if limits.open_loans and borrower.open_loans >= limits.open_loans:
        found.append(
            Problem.stop(
                "open-loans",
                "member",
                _("Người vay đang có {n} khoản vay chưa trả xong.").format(n=borrower.open_loans),
            )
        )
    return found


def _check_dates(product: Product, request: Request, borrower: Borrower) -> list[Problem]:
    found = []
    if request.first_due is not None and request.first_due <= request.disbursed_on:
        found.append(Problem.stop("first-due", "first_due", _("Kỳ trả đầu tiên phải sau ngày giải ngân.")))
    if request.interest_from is not None and request.interest_from < request.disbursed_on:
        found.append(
            Problem.stop("interest-from", "interest_from", _("Lãi không tính từ trước ngày giải ngân."))
        )
    if request.interest_from is not None and not may_start_interest_later(product):
        found.append(
            Problem.stop(
                "interest-from", "interest_from", _("Cách trả này tính lãi tròn kỳ, từ ngày giải ngân.")
            )
        )
    if any(day <= request.disbursed_on for day in request.due_dates):
        found.append(Problem.stop("due", "due_dates", _("Ngày đến hạn phải sau ngày giải ngân.")))
    found += check_last_lending_day(product, request.disbursed_on, borrower.cycle_ends)
    return found


def check_last_lending_day(
    product: Product, day: date, cycle_ends: date | None, field: str = "disbursed_on"
) -> list[Problem]:
    """Return what is wrong with lending on a day so near to the end of the cycle."""
    days = product.limits.days_before_share_out
    if not days or cycle_ends is None:
        return []
    last = cycle_ends - timedelta(days=days)
    if day <= last:
        return []
    text = _("Chu kỳ này chỉ cho vay đến hết ngày {day}.").format(day=show_day(last))
    return [Problem.stop("share-out", field, text)]


def check_applied_on(applied_on: date | None, disbursed_on: date, today: date) -> list[Problem]:
    """Return what is wrong with the day on the application; None is filled in by the program."""
    if applied_on is None:
        return []
    if applied_on > today:
        text = _("Ngày {day} chưa tới.").format(day=show_day(applied_on))
        return [Problem.stop("future", "applied_on", text)]
    if applied_on > disbursed_on:
        text = _("Đơn vay phải làm trước hoặc trong ngày giải ngân {day}.").format(day=show_day(disbursed_on))
        return [Problem.stop("applied-after", "applied_on", text)]
    return []


def may_start_interest_later(product: Product) -> bool:
    """Tell whether a loan of this product may bear interest from a day after its disbursement."""
    whole = product.method is Method.FLAT and not product.daily
    return not whole and product.method not in (Method.PER_MEETING, Method.FREE)


def _check_people(product: Product, borrower: Borrower, caution: Caution) -> list[Problem]:
    found = []
    if borrower.member in borrower.guarantors:
        found.append(
            Problem.stop("own-guarantor", "guarantors", _("Người vay không thể tự bảo lãnh cho mình."))
        )
    if len(set(borrower.guarantors)) != len(borrower.guarantors):
        found.append(Problem.stop("guarantor-twice", "guarantors", _("Một người bảo lãnh được ghi hai lần.")))
    if len(borrower.guarantors) < product.limits.guarantors:
        found.append(
            Problem.stop(
                "guarantors",
                "guarantors",
                _("Sản phẩm này cần {n} người bảo lãnh.").format(n=product.limits.guarantors),
            )
        )
    if any(borrower.in_turn):
        found.append(
            Problem.warn(
                "guarantor-chain",
                "guarantors",
                _("Người bảo lãnh lại được chính người vay bảo lãnh (bảo lãnh vòng)."),
            )
        )
    if any(count >= caution.guarantees for count in borrower.guarantees):
        found.append(
            Problem.warn(
                "guarantor-many",
                "guarantors",
                _("Có người bảo lãnh đang bảo lãnh từ {n} khoản vay trở lên.").format(n=caution.guarantees),
            )
        )
    purposes = product.limits.purposes
    if purposes and borrower.purpose not in purposes:
        found.append(
            Problem.stop("purpose", "purpose", _("Mục đích này không có trong danh sách của sản phẩm."))
        )
    if not borrower.purpose.strip():
        found.append(Problem.stop("purpose", "purpose", _("Hãy ghi mục đích vay.")))
    if not borrower.spouse_consents:
        found.append(Problem.warn("spouse", "spouse", _("Chưa ghi ý kiến đồng ý của vợ hoặc chồng.")))
    return found


def _check_price(made: Offer, caution: Caution) -> list[Problem]:
    """A nominal rate above the legal ceiling is refused; a true yearly cost above it is warned about."""
    ceiling = caution.ceiling_percent
    if made.nominal_percent > ceiling:
        return [
            Problem.stop(
                "ceiling",
                "product",
                _("Lãi suất {rate} một năm vượt trần {ceiling} % một năm (Bộ luật Dân sự, Điều 468).").format(
                    rate=show_percent(made.nominal_percent / 100), ceiling=ceiling
                ),
            )
        ]
    if made.cost.apr_percent > ceiling:
        return [
            Problem.warn(
                "true-cost",
                "product",
                _(
                    "Tính cả phí và cách tính lãi, khoản vay tốn {apr} một năm, trên mức trần {ceiling} %."
                ).format(apr=show_percent(made.cost.apr_percent / 100), ceiling=ceiling),
            )
        ]
    return []


@dataclass(frozen=True, slots=True)
class Burden:
    """What a household pays on debts in a month, in đồng: on average over the loan, and in its heaviest month."""

    average: Fraction
    heaviest: int
    month: date
    """The first day of the heaviest month."""

    def ratio(self, income: int) -> Fraction:
        """Return the average part of a monthly income that goes into debts (debt-service ratio)."""
        return self.average / income

    def worst(self, income: int) -> Fraction:
        """Return the part of a monthly income that the heaviest month takes."""
        return Fraction(self.heaviest, income)


def burden(schedule: Schedule, dues: Sequence[tuple[date, int]], debt_service: int) -> Burden:
    """Return the burden of a new loan together with what the household owes already.

    Counted by calendar month over the life of the new loan; `debt_service` (outside debts) is the same every month.
    """
    start, end = schedule.start, schedule.rows[-1].due_on
    asked = [(row.due_on, row.total) for row in schedule.rows]
    asked += [(on, amount) for on, amount in dues if start < on <= end]
    by_month: dict[date, int] = {}
    for on, amount in asked:
        month = on.replace(day=1)
        by_month[month] = by_month.get(month, 0) + amount
    months = max(Fraction((end - start).days) * 12 / 365, Fraction(1))
    month, most = max(by_month.items(), key=lambda item: (item[1], -item[0].toordinal()))
    average = Fraction(sum(amount for _on, amount in asked)) / months + debt_service
    return Burden(average, most + debt_service, month)


def _check_burden(made: Offer, borrower: Borrower, caution: Caution) -> list[Problem]:
    """Debt-service ratio: too much on average is refused, too much in the heaviest month is warned about."""
    if borrower.income <= 0:
        return []
    found = burden(made.schedule, borrower.dues, borrower.debt_service)
    ratio, worst = found.ratio(borrower.income), found.worst(borrower.income)
    if ratio * 100 > caution.dsr_warn:
        text = _("Các khoản trả nợ chiếm {ratio} thu nhập hằng tháng của hộ.").format(
            ratio=show_percent(ratio, 0)
        )
        make = Problem.stop if ratio * 100 > caution.dsr_stop else Problem.warn
        return [make("over-indebted", "income", text)]
    if worst * 100 > caution.dsr_warn:
        text = _(
            "Tháng {month} hộ phải trả {amount}, bằng {ratio} thu nhập một tháng. Hãy hỏi hộ lấy tiền đâu trả."
        ).format(
            month=found.month.strftime("%m/%Y"),
            amount=show_dong(found.heaviest),
            ratio=show_percent(worst, 0),
        )
        return [Problem.warn("heavy-month", "income", text)]
    return []

"""How arrears are counted and loans classified: values of the book with a day from which they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from desktop.models.problems import Problem
from desktop.models.rules.loans.arrears import (
    Bucket,
    DebtScale,
    Tolerance,
    buckets_of,
    rising,
    scale_on,
)
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

OWN = "own"
"""The name of a scale that is typed into the book, beside those of the law."""
MOST_DAYS, MOST_AMOUNT = 30, 1_000_000
"""Bounds of what may be passed over: a grace never changes what is late by more than thirty days."""
GROUPS = 5


@dataclass(frozen=True, slots=True)
class LoanStandards:
    """What is no arrears yet (đồng, days), the limits of the ageing, and the scale of debt groups with provisions.

    `scale` names one of the law's (its version follows from the day asked), or `OWN`: then `from_days` are the first
    days late of groups 2 to 5 and `provisions` the percents of groups 1 to 5.
    """

    amount: int = 0
    days: int = 0
    ageing: tuple[int, ...] = (30, 60, 90, 180)
    scale: str = "mfi"
    from_days: tuple[int, ...] = ()
    provisions: tuple[Fraction, ...] = ()
    reason: str = ""

    @property
    def tolerance(self) -> Tolerance:
        """Return what is no arrears yet."""
        return Tolerance(self.amount, self.days)

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """Return the bands of days late."""
        return buckets_of(self.ageing)

    def debt_scale(self, day: date) -> DebtScale:
        """Return the scale that counts on a day, in its version of that day."""
        if self.scale != OWN:
            return scale_on(self.scale, day)
        first, second, third, fourth = self.from_days
        percents = tuple(percent / 100 for percent in self.provisions)
        return DebtScale(OWN, day, (first, second, third, fourth), percents, self.reason)


@dataclass(frozen=True, slots=True)
class DatedLoanStandards:
    """Standards and the day from which they hold."""

    since: date
    value: LoanStandards


USUAL = DatedLoanStandards(date.min, LoanStandards())
"""What holds before anything was decided in the book."""


def loan_standards_on(rows: Iterable[DatedLoanStandards], day: date) -> DatedLoanStandards:
    """Return what holds on a day: the latest row that began by then, else the usual standards."""
    return max((row for row in rows if row.since <= day), key=lambda row: row.since, default=USUAL)


def check_loan_standards(value: LoanStandards) -> list[Problem]:
    """Return what is wrong, each with its field."""
    found = []
    for field, most in (("amount", MOST_AMOUNT), ("days", MOST_DAYS)):
        if not 0 <= getattr(value, field) <= most:
            text = _("Phải từ {least} đến {most}.").format(least=0, most=most)
            found.append(Problem.stop("bounds", field, text))
    if not rising(value.ageing):
        text = _("Hãy ghi các số ngày tăng dần, từ 1, cách nhau bằng dấu phẩy, ví dụ 30, 60, 90, 180.")
        found.append(Problem.stop("ageing", "ageing", text))
    if value.scale == OWN:
        found += _check_own(value)
    return found


def _check_own(value: LoanStandards) -> list[Problem]:
    found = []
    if len(value.from_days) != GROUPS - 1 or not rising(value.from_days):
        text = _("Hãy ghi bốn số ngày tăng dần, là ngày đầu của nhóm 2, 3, 4, 5, ví dụ 10, 30, 90, 180.")
        found.append(Problem.stop("from_days", "from_days", text))
    percents = value.provisions
    sound = len(percents) == GROUPS and all(0 <= percent <= 100 for percent in percents)
    if not sound or any(one > next_one for one, next_one in pairwise(percents)):
        text = _("Hãy ghi năm tỷ lệ phần trăm của nhóm 1 đến 5, không giảm, ví dụ 0, 2, 25, 50, 100.")
        found.append(Problem.stop("provisions", "provisions", text))
    return found


# -- as typed ----------------------------------------------------------------------------------------


def _parts(text: str) -> list[str]:
    """Return the pieces between semicolons, or where there are none, between commas."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def days_of(text: str) -> tuple[int, ...]:
    """Return the days of a list ("30, 60, 90"); nothing when it is no such list."""
    try:
        return tuple(int(part) for part in _parts(text))
    except ValueError:
        return ()


def percents_of(text: str) -> tuple[Fraction, ...]:
    """Return the percents of a list ("0; 2,5; 25; 50; 100"); nothing when it is no such list."""
    try:
        return tuple(Fraction(part.removesuffix("%").strip().replace(",", ".")) for part in _parts(text))
    except (ValueError, ZeroDivisionError):
        return ()


def show_list(values: Iterable[int | Fraction]) -> str:
    """Return days or percents as they are typed."""
    return "; ".join(f"{float(value):g}".replace(".", ",") for value in values)


# -- in words --------------------------------------------------------------------------------------


def tolerance_words(tolerance: Tolerance) -> str:
    """Return from when and from how much arrears are counted, as screens and papers say it."""
    if not tolerance.amount:
        return _("Quá hạn tính từ {days} ngày sau hạn, mọi số tiền thiếu").format(days=tolerance.days + 1)
    return _("Quá hạn tính từ {days} ngày sau hạn, bỏ qua dưới {amount}").format(
        days=tolerance.days + 1, amount=show_dong(tolerance.amount)
    )


def scale_words(held: DatedLoanStandards, day: date) -> str:
    """Return which scale of debt groups counts on a day, in which version, and since when the book uses it."""
    scale = held.value.debt_scale(day)
    if held.value.scale == OWN:
        return _("Thang riêng của sổ từ {day}: {reason}").format(
            day=show_day(held.since), reason=held.value.reason
        )
    version = _("{basis}, có hiệu lực {day}").format(basis=scale.legal_basis, day=show_day(scale.since))
    if held is USUAL or held.since == date.min:
        return version
    return _("{version}; sổ dùng từ {day}").format(version=version, day=show_day(held.since))

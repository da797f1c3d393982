"""What a group agreed on for its savings, by date: how interest is counted, and when money may leave.

A rate is percent a year, or percent a month that counts twelve times; a year has 365 days, also a leap year (Circular
14/2017/TT-NHNN, Article 4), unless the group agreed on 360. Rules and rates of a day are those with the latest
`valid_from` not after it; before the first ones there is no interest and nothing limits a withdrawal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from desktop.models.problems import Problem
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.savings_interest import BalanceBasis
from desktop.models.savings_kinds import Crediting, RatePer, SavingsKind
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG
from resources.lang.messages import N_, _

ROUNDING_UNITS = (1, 10, 100, 500, 1000)
"""The đồng that interest may be rounded to."""
ROUNDING_MODES = (RoundingMode.HALF_UP, RoundingMode.DOWN, RoundingMode.UP)
DAYS_IN_YEAR = (365, 360)
MOST_NOTICE = 366
USUAL_CAP = Fraction(20)
"""The yearly percent above which a rate is asked about (Civil Code, Article 468)."""

_BASES = {
    BalanceBasis.DAILY: N_("Số dư từng ngày"),
    BalanceBasis.MINIMUM: N_("Số dư thấp nhất trong kỳ"),
    BalanceBasis.AVERAGE: N_("Số dư bình quân trong kỳ"),
}
_MODES = {
    RoundingMode.HALF_UP: N_("Nửa trở lên thì tròn lên"),
    RoundingMode.DOWN: N_("Luôn tròn xuống"),
    RoundingMode.UP: N_("Luôn tròn lên"),
}


def basis_title(basis: BalanceBasis) -> str:
    """Return what a basis is called, in the language in use."""
    return _(_BASES[basis])


def rounding_title(mode: RoundingMode) -> str:
    """Return what a way of rounding is called, in the language in use."""
    return _(_MODES[mode])


@dataclass(frozen=True, slots=True)
class SavingsTerms:
    """The rules of one kind of savings from `valid_from` on; amounts in đồng."""

    kind: SavingsKind
    valid_from: date
    basis: BalanceBasis = BalanceBasis.DAILY
    crediting: Crediting = Crediting.MONTHLY
    days_in_year: int = 365
    rounding_unit: int = 1
    rounding: RoundingMode = RoundingMode.HALF_UP
    minimum: int = 0
    locked_by_loan: bool = False
    notice_days: int = 0

    @property
    def limits(self) -> tuple[int, bool, int]:
        """Return what limits a withdrawal: minimum balance, lock by a loan, days of notice."""
        return self.minimum, self.locked_by_loan, self.notice_days


NO_LIMITS = (0, False, 0)


@dataclass(frozen=True, slots=True)
class SavingsRate:
    """A rate in percent from a day on."""

    valid_from: date
    percent: Fraction
    per: RatePer = RatePer.YEAR

    @property
    def yearly(self) -> Fraction:
        """Return the rate in percent a year."""
        return self.percent * 12 if self.per is RatePer.MONTH else self.percent


@dataclass(frozen=True, slots=True)
class SavingsAgreed:
    """All that holds for one kind of savings from a day on: its rules, and its rate; None: no interest."""

    terms: SavingsTerms
    rate: SavingsRate | None = None


class _Dated(Protocol):
    @property
    def valid_from(self) -> date:
        """The first day."""


D = TypeVar("D", bound=_Dated)


def latest(rows: Sequence[D], day: date) -> D | None:
    """Return the row in force on a day; None before the first."""
    found = [row for row in rows if row.valid_from <= day]
    return max(found, key=lambda row: row.valid_from, default=None)


def yearly_on(rates: Sequence[SavingsRate], day: date) -> Fraction:
    """Return the percent a year in force on a day, 0 before the first rate."""
    found = latest(rates, day)
    return Fraction(0) if found is None else found.yearly


@dataclass(frozen=True, slots=True)
class TermsFacts:
    """What a change of rules or rates is judged by.

    `credited` is the last day with interest credited, `met` the latest day on which money may have left the savings
    (a posted meeting or a withdrawal), `begun` the day on which the group was founded; `before` are the limits in force just before the change.
    """

    credited: date | None = None
    met: date | None = None
    begun: date | None = None
    before: tuple[int, bool, int] = NO_LIMITS


def check_terms(terms: SavingsTerms, facts: TermsFacts) -> list[Problem]:
    """Return what is wrong with rules before they are kept; fields are named as in `SavingsTerms`."""
    found = []
    if not 0 <= terms.minimum <= MAX_DONG:
        found.append(Problem.stop("minimum", "minimum", _("Số dư tối thiểu không được âm.")))
    if not 0 <= terms.notice_days <= MOST_NOTICE:
        found.append(Problem.stop("notice", "notice_days", _("Số ngày báo trước phải từ 0 đến 366.")))
    if terms.rounding_unit not in ROUNDING_UNITS:
        found.append(
            Problem.stop("unit", "rounding_unit", _("Lãi làm tròn đến 1, 10, 100, 500 hoặc 1.000 đồng."))
        )
    if terms.rounding not in ROUNDING_MODES:
        found.append(Problem.stop("rounding", "rounding", _("Hãy chọn cách làm tròn.")))
    if terms.days_in_year not in DAYS_IN_YEAR:
        found.append(Problem.stop("year", "days_in_year", _("Một năm tính 365 hoặc 360 ngày.")))
    return [
        *found,
        *check_begun(terms.valid_from, facts),
        *check_not_credited(terms.valid_from, facts),
        *check_limits_from(terms.valid_from, terms.limits, facts),
    ]


def check_rate(rate: SavingsRate, facts: TermsFacts) -> list[Problem]:
    """Return what is wrong with a rate before it is kept; an unusually high one is asked about."""
    found = []
    if not 0 <= rate.percent <= 100:
        found.append(Problem.stop("rate", "percent", _("Lãi suất phải từ 0 đến 100 phần trăm.")))
    elif (rate.percent * 1000).denominator != 1:
        found.append(Problem.stop("rate", "percent", _("Lãi suất có nhiều nhất ba chữ số thập phân.")))
    elif rate.yearly > USUAL_CAP:
        text = _("Lãi suất này trên 20 % một năm (Bộ luật Dân sự, Điều 468). Có đúng không?")
        found.append(Problem.warn("rate-high", "percent", text))
    return [*found, *check_begun(rate.valid_from, facts), *check_not_credited(rate.valid_from, facts)]


def check_agreed(agreed: SavingsAgreed, facts: TermsFacts) -> list[Problem]:
    """Return what is wrong with rules and rate before both are kept."""
    found = check_terms(agreed.terms, facts)
    return found if agreed.rate is None else [*found, *check_rate(agreed.rate, facts)]


def check_begun(day: date, facts: TermsFacts) -> list[Problem]:
    """Return the problem of rules or a rate from before there was a group."""
    if facts.begun is None or day >= facts.begun:
        return []
    text = _("Nhóm thành lập ngày {day}; hãy áp dụng từ ngày đó trở đi.").format(day=show_day(facts.begun))
    return [Problem.stop("before-group", "valid_from", text)]


def check_not_credited(day: date, facts: TermsFacts) -> list[Problem]:
    """Return the problem of a change that reaches into days whose interest is credited."""
    if facts.credited is None or day > facts.credited:
        return []
    text = _("Lãi đã nhập đến hết {day}; hãy áp dụng từ ngày sau đó, hoặc hủy lần nhập lãi trước.")
    return [Problem.stop("credited", "valid_from", text.format(day=show_day(facts.credited)))]


def check_limits_from(day: date, limits: tuple[int, bool, int], facts: TermsFacts) -> list[Problem]:
    """Return the problem of limits that would change for meetings and withdrawals of the past."""
    if facts.met is None or day > facts.met or limits == facts.before:
        return []
    text = _(
        "Đã có buổi họp hoặc lần rút ngày {day}; quy định rút tiền mới chỉ áp dụng từ sau ngày đó. "
        "Cách tính lãi thì áp dụng được từ trước."
    )
    return [Problem.stop("met", "valid_from", text.format(day=show_day(facts.met)))]

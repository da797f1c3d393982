"""Co-contribution: what recipients give themselves, what of it counts, and the share it is of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.support_kinds import ContributionKind, MoneyRoute
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

TENTHS = 10
"""Labour is kept in tenths of a day."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: of labour `tenths` of a day at `rate` đồng a day, of all else its `value` in đồng."""

    kind: ContributionKind
    value: int = 0
    tenths: int = 0
    rate: int = 0

    @property
    def worth(self) -> int:
        """Return what it is worth, in đồng; half a đồng and more is a đồng."""
        if self.kind is not ContributionKind.LABOUR:
            return self.value
        return (self.tenths * self.rate * 2 + TENTHS) // (2 * TENTHS)


def share_of(given: int, external: int) -> Fraction | None:
    """Return co-contribution over co-contribution and external support; None where there is neither."""
    whole = given + external
    return Fraction(given, whole) if whole > 0 else None


def missing_for(given: int, external: int, percent: int) -> int:
    """Return how many đồng of co-contribution are missing for a share of `percent` beside `external`; 0: none."""
    if percent >= 100:
        return 0 if external == 0 else MAX_DONG
    needed = -(-external * percent // (100 - percent))
    return max(0, needed - given)


def check_given(given: Given, route: MoneyRoute, day: date, today: date, earliest: date) -> list[Problem]:
    """Return what is wrong with what is written of a contribution, each at its field."""
    found: list[Problem] = []
    if given.kind is ContributionKind.LABOUR:
        for field, amount in (("tenths", given.tenths), ("rate", given.rate)):
            if type(amount) is not int or amount <= 0:
                found.append(Problem.stop("amount", field, _("Ngày công và đơn giá phải lớn hơn 0.")))
    elif type(given.value) is not int or given.value <= 0:
        found.append(Problem.stop("amount", "value", _("Giá trị phải là số nguyên đồng lớn hơn 0.")))
    if not found and not 0 < given.worth <= MAX_DONG:
        text = _("Giá trị không được quá {most}.").format(most=show_dong(MAX_DONG))
        found.append(Problem.stop("amount", "value", text))
    if route is not MoneyRoute.DIRECT and given.kind is not ContributionKind.CASH:
        found.append(Problem.stop("route", "route", _("Chỉ đối ứng bằng tiền mới vào quỹ nhóm.")))
    if not earliest <= day <= today:
        text = _("Ngày đối ứng phải từ {day} đến hôm nay.").format(day=show_day(earliest))
        found.append(Problem.stop("day", "day", text))
    return found


def check_evidence(evidence: str, files: int) -> list[Problem]:
    """Return what keeps a contribution from being counted: nothing shows it."""
    if evidence.strip() or files > 0:
        return []
    text = _("Đối ứng chỉ được tính khi có chứng từ: ghi số giấy tờ, danh sách ký, hoặc đính kèm tệp.")
    return [Problem.stop("evidence", "evidence", text)]

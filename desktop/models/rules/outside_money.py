"""Outside money by source: what may be received and given back; nothing is given back that was not received."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.models.money_kinds import SourceKind
from desktop.models.problems import Problem
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Move:
    """Money of a source on a day, in đồng: positive received, negative given back."""

    day: date
    amount: int


def balance(moves: Iterable[Move], day: date) -> int:
    """Return what is left of a source at the end of a day."""
    return sum(move.amount for move in moves if move.day <= day)


def first_shortage(moves: Iterable[Move]) -> tuple[date, int] | None:
    """Return the first day at whose end more was given back than received, and how much; None when there is none."""
    by_day: dict[date, int] = {}
    for move in moves:
        by_day[move.day] = by_day.get(move.day, 0) + move.amount
    left = 0
    for day in sorted(by_day):
        left += by_day[day]
        if left < 0:
            return day, -left
    return None


def check_move(moves: Iterable[Move], new: Move, today: date) -> list[Problem]:
    """Return what is wrong with receiving or giving back money of a source, by field."""
    if type(new.amount) is not int or not 0 < abs(new.amount) <= MAX_DONG:
        return [Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0."))]
    if new.day > today:
        return [Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(new.day)))]
    known = list(moves)
    if new.amount < 0 and (short := first_shortage([*known, new])) is not None:
        left = max(0, min(balance(known, new.day), -new.amount - short[1]))
        text = _("Đến ngày {day} nguồn này chỉ còn {left} để hoàn trả.")
        return [Problem.stop("returned", "amount", text.format(day=show_day(short[0]), left=show_dong(left)))]
    return []


def check_source(
    kind: SourceKind, funder: str, agreed: int, agreed_on: date | None, return_by: date | None
) -> list[Problem]:
    """Return what is wrong with the description of a source, by field."""
    found = []
    if not funder.strip():
        found.append(Problem.stop("funder", "funder", _("Hãy ghi tên bên cấp vốn.")))
    if type(agreed) is not int or not 0 <= agreed <= MAX_DONG:
        found.append(Problem.stop("agreed", "agreed", _("Số tiền thỏa thuận phải là số nguyên đồng.")))
    if return_by is not None and not kind.owed:
        found.append(
            Problem.stop("grant-owed", "return_by", _("Vốn tài trợ không hoàn lại thì không có hạn trả."))
        )
    if return_by is not None and agreed_on is not None and return_by < agreed_on:
        found.append(Problem.stop("return-by", "return_by", _("Hạn trả trước ngày thỏa thuận.")))
    return found

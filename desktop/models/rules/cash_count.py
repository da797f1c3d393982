"""Counting a box outside meetings: the notes, the sum, the difference from the book, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.kinds import CASH_BOXES, Account, EntryKind, Office, account_name
from desktop.models.problems import Problem
from desktop.models.rules.entries import Entry
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, NOTES, show_dong
from resources.lang.messages import _

KEY_HOLDERS = 3
_MOST_PIECES = 1_000_000
_OVER_SHORT = {
    Account.CASH: (EntryKind.OVER, EntryKind.SHORT),
    Account.SOCIAL_CASH: (EntryKind.SOCIAL_OVER, EntryKind.SOCIAL_SHORT),
}


@dataclass(frozen=True, slots=True)
class CountCheck:
    """What a count is judged by: pieces by box and note, what the book says (đồng), who held the keys, the days."""

    pieces: Mapping[Account, Mapping[int, int]]
    book: Mapping[Account, int]
    holders: tuple[str, ...]
    explanation: str
    day: date
    today: date
    founded: date | None = None


def keys_of(seats: Mapping[Office, int], held: Iterable[Office]) -> int:
    """Return how many of the three hold keys: the seats of the constitution, or more where more hold the office.

    The others are witnesses: a group whose constitution names no key-holder counts before three witnesses.
    """
    held_now = sum(office is Office.KEY_HOLDER for office in held)
    return min(KEY_HOLDERS, max(seats.get(Office.KEY_HOLDER, 0), held_now))


def counted_sum(pieces: Mapping[int, int]) -> int:
    """Return the đồng of a count."""
    return sum(note * number for note, number in pieces.items())


def difference_entry(box: Account, difference: int) -> Entry:
    """Return the entry that brings the book of a box to what was counted; `difference` is counted less book, not 0."""
    over, short = _OVER_SHORT[box]
    return Entry(over if difference > 0 else short, abs(difference))


def check_count(facts: CountCheck) -> list[Problem]:
    """Return what is wrong with a count, by field."""
    found = [*_check_day(facts), *_check_holders(facts.holders)]
    if not facts.pieces:
        found.append(Problem.stop("no-box", "pieces", _("Hãy đếm ít nhất một hòm.")))
    for box, pieces in facts.pieces.items():
        if box not in CASH_BOXES:
            text = _("{account} không phải là hòm tiền mặt.").format(account=account_name(box))
            found.append(Problem.stop("box", "pieces", text))
        elif any(
            note not in NOTES or type(number) is not int or not 0 <= number <= _MOST_PIECES
            for note, number in pieces.items()
        ):
            found.append(
                Problem.stop("pieces", "pieces", _("Số tờ phải là số không âm của mệnh giá đang dùng."))
            )
        elif counted_sum(pieces) > MAX_DONG:
            found.append(Problem.stop("pieces", "pieces", _("Số tiền đếm được lớn quá mức có thể.")))
    if found:
        return found
    for box, pieces in facts.pieces.items():
        gap = counted_sum(pieces) - facts.book.get(box, 0)
        if gap and not facts.explanation.strip():
            text = _("{account} lệch với sổ {difference}; hãy đếm lại hoặc ghi rõ lý do.")
            text = text.format(account=account_name(box), difference=show_dong(gap))
            found.append(Problem.stop("difference", "explanation", text))
    return found


def _check_day(facts: CountCheck) -> list[Problem]:
    if facts.day > facts.today:
        return [Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(facts.day)))]
    if facts.founded is not None and facts.day < facts.founded:
        return [Problem.stop("before-group", "day", _("Ngày này trước ngày thành lập nhóm."))]
    return []


def _check_holders(holders: tuple[str, ...]) -> list[Problem]:
    names = [name.strip() for name in holders if name.strip()]
    if len(names) < KEY_HOLDERS:
        field = f"holder{len(names) + 1}"
        text = _(
            "Cần tên đủ ba người giữ chìa khóa có mặt khi mở hòm. Nhóm không có đủ chức danh này thì ghi tên ba người"
            " chứng kiến (thành viên hoặc người ngoài)."
        )
        return [Problem.stop("holders", field, text)]
    if len(set(names)) < len(names):
        again = next(place for place, name in enumerate(names) if name in names[:place])
        return [
            Problem.stop(
                "holders-same", f"holder{again + 1}", _("Ba người giữ chìa khóa, chứng kiến phải khác nhau.")
            )
        ]
    return []

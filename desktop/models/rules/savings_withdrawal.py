"""When money may leave a member's savings. The one rule: the meeting sheet, vouchers, leaving and the share-out ask it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.models.problems import Problem
from desktop.models.rules.savings_terms import SavingsTerms
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of withdrawal: from `due` on `amount` đồng may be taken out."""

    due: date
    amount: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a withdrawal from one member's savings is judged by, in đồng.

    `balance` is the least that is on the account on the day or any later one, `owed` the principal of loans still open,
    `noticed` what notices allow on the day, `coming` the next day on which another notice falls due.
    """

    name: str
    balance: int
    owed: int = 0
    noticed: int = 0
    coming: date | None = None


def noticed_on(notices: Iterable[Notice], taken: Iterable[tuple[date, int]], day: date) -> int:
    """Return what notices still allow on a day, in đồng, after what was taken out on that day and before.

    A withdrawal uses up the notices due on its day; one that none covered (made before the group asked for notice) uses
    up none of a later day.
    """
    happened = [(notice.due, 0, notice.amount) for notice in notices if notice.due <= day]
    happened += [(on, 1, -amount) for on, amount in taken if on <= day]
    left = 0
    for _on, _way, amount in sorted(happened):
        left = max(left + amount, 0)
    return left


def most(terms: SavingsTerms | None, held: Held) -> int:
    """Return the most that may be taken out, in đồng."""
    if terms is None:
        return max(held.balance, 0)
    if terms.locked_by_loan and held.owed > 0:
        return 0
    free = held.balance - terms.minimum
    if terms.notice_days:
        free = min(free, held.noticed)
    return max(free, 0)


def check_withdrawal(
    terms: SavingsTerms | None, held: Held, amount: int, field: str, *, closing: bool = False
) -> list[Problem]:
    """Return why `amount` đồng may not be taken out; nothing when it may. `closing`: the account is closed, so that
    nothing has to stay on it. That the balance itself suffices is checked elsewhere."""
    if terms is None or amount <= 0:
        return []
    kind = terms.kind.title.lower()
    if terms.locked_by_loan and held.owed > 0:
        text = _("{name} còn nợ vay {owed}; {kind} chỉ được rút khi đã trả hết nợ.")
        return [
            Problem.stop(
                "savings-locked", field, text.format(name=held.name, owed=show_dong(held.owed), kind=kind)
            )
        ]
    found = []
    if not closing and held.balance - amount < terms.minimum:
        text = _("{name} phải để lại ít nhất {minimum} {kind}; chỉ được rút nhiều nhất {most}.")
        found.append(
            Problem.stop(
                "savings-minimum",
                field,
                text.format(
                    name=held.name,
                    minimum=show_dong(terms.minimum),
                    kind=kind,
                    most=show_dong(most(terms, held)),
                ),
            )
        )
    if terms.notice_days and amount > held.noticed:
        found.append(Problem.stop("savings-notice", field, _notice_text(terms, held)))
    return found


def _notice_text(terms: SavingsTerms, held: Held) -> str:
    values = {
        "name": held.name,
        "days": terms.notice_days,
        "noticed": show_dong(held.noticed),
        "day": "" if held.coming is None else show_day(held.coming),
    }
    if held.noticed:
        text = _("{name} mới báo trước để rút {noticed}; phần hơn phải báo trước {days} ngày.")
    elif held.coming is not None:
        text = _("{name} đã báo trước nhưng đến ngày {day} mới được rút.")
    else:
        text = _("{name} chưa báo trước; rút tiết kiệm phải báo trước {days} ngày (thẻ Tiết kiệm của nhóm).")
    return text.format(**values)

"""From what happened to double entry: entries, and the postings that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.models.ids import GroupId, LoanId, MeetingId, MemberId
from desktop.models.kinds import BY_LOAN, BY_MEMBER, EFFECTS, Account, EntryKind, Paper, account_name
from desktop.models.problems import Problem
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _

BOXES = frozenset({Account.CASH, Account.SOCIAL_CASH, Account.BANK})
"""Accounts that hold the group's money itself; the legs of one voucher on one box are added up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: its kind, how much (đồng, more than 0), to whom; `units` counts shares."""

    kind: EntryKind
    amount: int
    member: MemberId | None = None
    loan: LoanId | None = None
    units: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One posting to be: signed đồng (debit positive) on an account of the group."""

    account: Account
    amount: int
    kind: EntryKind
    member: MemberId | None = None
    loan: LoanId | None = None
    units: int = 0


@dataclass(frozen=True, slots=True)
class VoucherDraft:
    """A voucher before it has its number: what it says, and the entries or lines that it posts."""

    group: GroupId
    paper: Paper
    day: date
    lines: tuple[Line, ...]
    text: str = ""
    member: MemberId | None = None
    meeting: MeetingId | None = None
    reverses: int | None = None
    reason: str = ""


def lines_of(entries: Iterable[Entry]) -> tuple[Line, ...]:
    """Return the postings of entries: each on its own account, the legs on one box added up. They sum to zero."""
    lines: list[Line] = []
    boxes: dict[Account, int] = {}
    for entry in entries:
        effect = EFFECTS[entry.kind]
        for account, amount in ((effect.debit, entry.amount), (effect.credit, -entry.amount)):
            if account in BOXES:
                boxes[account] = boxes.get(account, 0) + amount
            else:
                lines.append(_line(account, amount, entry))
    lines.extend(Line(account, amount, EntryKind.CASH) for account, amount in boxes.items() if amount)
    return tuple(lines)


def _line(account: Account, amount: int, entry: Entry) -> Line:
    return Line(
        account=account,
        amount=amount,
        kind=entry.kind,
        member=entry.member if account in BY_MEMBER or account in BY_LOAN else None,
        loan=entry.loan if account in BY_LOAN else None,
        # Shares given back (a debit of the share capital) count down, however many were named.
        units=(-abs(entry.units) if amount > 0 else entry.units) if account is Account.SHARES else 0,
    )


def opposite(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that undo `lines`: every amount and count of units turned round."""
    return tuple(
        Line(line.account, -line.amount, line.kind, line.member, line.loan, -line.units) for line in lines
    )


def check_entries(entries: Iterable[Entry]) -> list[Problem]:
    """Return what is wrong with entries: amounts not whole or out of bounds, a member missing."""
    found: list[Problem] = []
    for entry in entries:
        if type(entry.amount) is not int or not 0 < entry.amount <= MAX_DONG:
            found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
        effect = EFFECTS[entry.kind]
        needs = {effect.debit, effect.credit} & BY_MEMBER
        if needs and entry.member is None and entry.kind is not EntryKind.OPENING_SOCIAL:
            found.append(
                Problem.stop(
                    "member",
                    "member",
                    _("{account} cần ghi rõ của thành viên nào.").format(account=account_name(needs.pop())),
                )
            )
    return found


def paper_for(entries: Iterable[Entry]) -> Paper:
    """Return the paper of a set of entries: receipt when money comes into a box, payment when it leaves."""
    total = 0
    touched: set[Account] = set()
    for entry in entries:
        effect = EFFECTS[entry.kind]
        touched |= {effect.debit, effect.credit} & BOXES
        total += entry.amount * ((effect.debit in BOXES) - (effect.credit in BOXES))
    if Account.BANK in touched and len(touched) > 1:
        return Paper.TRANSFER
    if total > 0:
        return Paper.RECEIPT
    return Paper.PAYMENT if total < 0 else Paper.JOURNAL


def show_number(paper: Paper, number: int, year: int) -> str:
    """Return a voucher's number as it is printed: "PT-0012/2026"."""
    return f"{paper.value}-{number:04d}/{year}"

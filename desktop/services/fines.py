"""Fines owed: who owes what of a group, waived with a reason. Paying is a voucher or a cell of the meeting sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Account, EntryKind
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import member_holdings
from desktop.services.facts import members_in_order
from desktop.services.ledger import PostedVoucher, post
from desktop.services.person_records import found_people
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class FineDebt:
    """What a person owes a group of fines, in đồng; `member_now` tells whether they still belong to it."""

    member: MemberId
    code: str
    name: str
    owed: int
    member_now: bool


def owed(book: Book, group: GroupId, day: date) -> list[FineDebt]:
    """Return who owes fines at the end of a day, in the group's order; those who have left stand last."""
    with book.read() as session:
        return owed_in(session, group, day)


def owed_in(session: Session, group: GroupId, day: date) -> list[FineDebt]:
    """Return who owes fines inside an open session."""
    amounts = {
        member: held[Account.FINES_OWED].amount
        for member, held in member_holdings(session, group, day).items()
        if Account.FINES_OWED in held and held[Account.FINES_OWED].amount
    }
    roster = [row.member_id for row in members_in_order(session, group, day)]
    gone = sorted(set(amounts) - set(roster))
    people = found_people(session, list(amounts))
    return [
        FineDebt(key, people[key].code, people[key].full_name, amounts[key], key not in gone)
        for key in [*(one for one in roster if one in amounts), *gone]
    ]


@dataclass(frozen=True, slots=True)
class Waive:
    """Let a person off (a part of) what they owe of fines, in đồng, with a reason."""

    group: GroupId
    member: MemberId
    day: date
    amount: int
    reason: str


def waive(book: Book, command: Waive, act: Act) -> Outcome[PostedVoucher]:
    """Post the waiver: the income of the fine is taken back, nothing is edited. Raises Refusal."""
    with book.write(act) as session:
        refuse_if_stopped(_check(session, command, act.today))
        entry = Entry(EntryKind.FINE_WAIVED, command.amount, member=command.member)
        draft = VoucherDraft(
            group=command.group,
            paper=paper_for([entry]),
            day=command.day,
            lines=lines_of([entry]),
            text=command.reason.strip(),
            member=command.member,
        )
        voucher = post(session, [draft])[0]
    return Outcome(voucher, Changed.of(Topic.ENTRIES, group=command.group))


def _check(session: Session, command: Waive, today: date) -> list[Problem]:
    found = []
    if not command.reason.strip():
        found.append(Problem.stop("reason", "reason", _("Hãy ghi lý do miễn phạt.")))
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    debts = {debt.member: debt.owed for debt in owed_in(session, command.group, max(command.day, today))}
    left = debts.get(command.member, 0)
    if type(command.amount) is not int or not 0 < command.amount <= left:
        found.append(
            Problem.stop("amount", "amount", _("Chỉ còn nợ {owed} tiền phạt.").format(owed=show_dong(left)))
        )
    return found

"""Members' passbooks of a cycle: stamps, savings, loans; for paper and for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, VoucherId
from desktop.models.kinds import SAVED, Account, MeetingState, Office
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Group, Meeting, Member, Membership
from desktop.models.rules.constitution import Rules
from desktop.models.rules.meeting_days import next_meeting
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.facts import CycleFacts, cycle_on, cycles_of, members_in_order, rules_on
from desktop.services.movements import AccountMoves, Move, member_moves
from desktop.services.prints import PrintOrder
from desktop.store.book import Book
from reports.kit.values import PrintMark
from reports.passbook import LoanRow, Passbook, PassbookRow, Passbooks
from resources.lang.messages import _

MOST_PLANNED = 12
"""Rows of meetings to come at most, to go on by hand."""

_PAID_ON_LOANS = (Account.INTEREST, Account.FEES, Account.PENALTIES)


@dataclass(frozen=True, slots=True)
class PassbookOrder:
    """Which passbooks: of one group, of all its members or those named, of a cycle (None: that of today).

    `large_print` None follows each member's own wish. `planned`: leave rows for the meetings to come.
    """

    group: GroupId
    members: tuple[MemberId, ...] | None = None
    cycle: int | None = None
    large_print: bool | None = None
    planned: bool = True


@heads.for_paper
def issue(book: Book, order: PassbookOrder, act: Act) -> Outcome[Passbooks]:
    """Return passbooks as a paper, numbered and noted as printed. Raises Refusal when there is nothing to print."""
    with book.read() if book.readonly else book.write(act) as session:
        found = _books(session, order, act)
        orders = [
            PrintOrder(
                "passbook",
                order.group,
                member,
                starts=one.starts,
                ends=min(one.ends, act.today),
                balance=one.paid_in + one.balance,
                subject=one.code,
            )
            for member, one in found
        ]
        marks = paper_marks.issue_marks(session, orders, act)
        books = tuple(replace(one, mark=mark) for (_member, one), mark in zip(found, marks, strict=True))
    return Outcome(Passbooks(books), Changed.of(Topic.PRINTS, group=order.group))


def look(book: Book, order: PassbookOrder, act: Act) -> list[tuple[MemberId, Passbook]]:
    """Return passbooks for the screen; none where the group has no cycle or nobody in it."""
    with book.read() as session:
        try:
            return _books(session, order, act)
        except Refusal:
            return []


@dataclass(frozen=True, slots=True)
class PassbookChoice:
    """A passbook that can be looked at: of a group and one of its cycles; `held` counts the cycle's meetings."""

    group: GroupId
    name: str
    cycle: int
    starts: date
    ends: date
    held: int


def choices(
    book: Book, *, group: GroupId | None = None, member: MemberId | None = None
) -> list[PassbookChoice]:
    """Return the passbooks of a group, or of a person in each group, the latest cycle first; see `usual_choice`."""
    with book.read() as session:
        wanted = [group] if group is not None else []
        if member is not None:
            rows = session.scalars(
                select(Membership.group_id)
                .where(Membership.member_id == member)
                .order_by(Membership.left.is_not(None), Membership.joined.desc())
            )
            wanted += [GroupId(one) for one in rows]
        found = []
        for one in dict.fromkeys(wanted):
            name = session.get_one(Group, one).name
            for cycle in reversed(cycles_of(session, one)):
                held = session.scalar(
                    select(func.count())
                    .select_from(Meeting)
                    .where(Meeting.cycle_id == cycle.id, Meeting.state == MeetingState.POSTED)
                )
                found.append(PassbookChoice(one, name, cycle.number, cycle.starts, cycle.ends, held or 0))
        return found


def usual_choice(found: Sequence[PassbookChoice]) -> PassbookChoice | None:
    """Return the passbook to begin with: the latest of the first group in which a meeting was held."""
    first = [one for one in found if one.group == found[0].group]
    return next((one for one in first if one.held), first[0] if first else None)


def _books(session: Session, order: PassbookOrder, act: Act) -> list[tuple[MemberId, Passbook]]:
    cycle = _cycle(session, order, act.today)
    last = min(cycle.ends, act.today)
    people = _people(session, order, cycle, last)
    if not people:
        raise Refusal([Problem.stop("nobody", "members", _("Nhóm không có thành viên nào trong kỳ này."))])
    room = _Room(session, order, cycle, last, act)
    moves = member_moves(session, order.group, [MemberId(one.id) for one in people], cycle.starts, last)
    return [(MemberId(one.id), room.passbook(one, moves[MemberId(one.id)])) for one in people]


def _cycle(session: Session, order: PassbookOrder, today: date) -> CycleFacts:
    cycles = cycles_of(session, order.group)
    if order.cycle is not None:
        found = next((one for one in cycles if one.number == order.cycle), None)
    else:
        found = cycle_on(session, order.group, today) or (cycles[-1] if cycles else None)
    if found is None:
        raise Refusal([Problem.stop("cycle", "cycle", _("Nhóm chưa có chu kỳ nào."))])
    return found


def _people(session: Session, order: PassbookOrder, cycle: CycleFacts, last: date) -> Sequence[Member]:
    """Return the members to print, in the group's order: those of the last day, and who left within the cycle."""
    if order.members is not None:
        wanted = list(order.members)
    else:
        wanted = [row.member_id for row in members_in_order(session, order.group, max(last, cycle.starts))]
        early = session.scalars(
            select(Membership.member_id)
            .where(Membership.group_id == order.group, Membership.left >= cycle.starts)
            .order_by(Membership.position)
        )
        wanted += [MemberId(one) for one in early if MemberId(one) not in set(wanted)]
    by_id = {row.id: row for row in session.scalars(select(Member).where(Member.id.in_(wanted)))}
    return [by_id[one] for one in wanted if one in by_id]


class _Room:
    """What all passbooks of one order have in common."""

    def __init__(
        self, session: Session, order: PassbookOrder, cycle: CycleFacts, last: date, act: Act
    ) -> None:
        self.order, self.cycle, self.last = order, cycle, last
        self.organisation = heads.organisation(session)
        self.group = heads.group_block(session, order.group)
        self.rules = rules_on(session, order.group, max(last, cycle.starts))
        self.secretary = heads.officers(session, order.group, last).get(Office.SECRETARY, "")
        self.closed = session.get_one(Group, order.group).closed is not None
        self.meetings = session.execute(
            select(Meeting.number, Meeting.day)
            .where(
                Meeting.group_id == order.group,
                Meeting.state == MeetingState.POSTED,
                Meeting.day >= cycle.starts,
                Meeting.day <= last,
            )
            .order_by(Meeting.day)
        ).all()
        self.last_number = (
            session.scalar(select(func.max(Meeting.number)).where(Meeting.group_id == order.group)) or 0
        )
        self.joined: dict[int, date] = {}
        self.left: dict[int, date | None] = {}
        for row in session.scalars(select(Membership).where(Membership.group_id == order.group)):
            first = self.joined.get(row.member_id, row.joined)
            self.joined[row.member_id] = min(first, row.joined)
            self.left[row.member_id] = row.left
        self.mark: PrintMark = heads.mark(act, None)
        self.planned = self._planned() if order.planned and not self.closed else []

    def _planned(self) -> list[date]:
        """Return the days of the meetings to come in the cycle."""
        day = self.meetings[-1].day if self.meetings else None
        found = []
        for _number in range(MOST_PLANNED):
            day = next_meeting(self.rules, day, self.cycle.starts)
            if day > self.cycle.ends:
                break
            found.append(day)
        return found

    def passbook(self, member: Member, accounts: Sequence[AccountMoves]) -> Passbook:
        """Return one member's passbook."""
        by_account = {one.account: one for one in accounts}
        shares = by_account.get(Account.SHARES)
        kept = [by_account.get(one) for one in SAVED]
        opening = sum(one.opening for one in kept if one is not None)
        rows = self._rows(member, by_account, opening)
        left = self.left.get(member.id)
        if left is None:
            rows += [
                PassbookRow(day, self.last_number + place, planned=True)
                for place, day in enumerate(self.planned, 1)
            ]
        loans, social = by_account.get(Account.LOANS), by_account.get(Account.SOCIAL_FUND)
        wish = self.order.large_print
        return Passbook(
            organisation=self.organisation,
            group=self.group,
            name=member.full_name,
            code=member.code,
            cycle=self.cycle.number,
            starts=self.cycle.starts,
            ends=self.cycle.ends,
            rows=tuple(rows),
            loans=tuple(_loan_rows(by_account)),
            mark=self.mark,
            share_value=self.rules.share_value,
            shares_max=self.rules.shares_max,
            social=self.rules.social_contribution,
            social_paid=0 if social is None else social.closing,
            savings=keeps_savings(self.rules),
            fines=any(row.fine for row in rows),
            opening_shares=0 if shares is None else shares.opening_units,
            opening=opening,
            opening_owed=0 if loans is None else loans.opening,
            shares=0 if shares is None else shares.closing_units,
            paid_in=0 if shares is None else shares.closing,
            secretary=self.secretary,
            large_print=member.large_print if wish is None else wish,
        )

    def _rows(
        self, member: Member, by_account: dict[Account, AccountMoves], opening: int
    ) -> list[PassbookRow]:
        """Return a row for each meeting since the member joined, and for each other day on which money moved."""
        joined, left = self.joined.get(member.id, self.cycle.starts), self.left.get(member.id)
        keys = [
            (day, number) for number, day in self.meetings if joined <= day and (left is None or day <= left)
        ]
        days = {int(number): day for number, day in self.meetings}
        found: dict[tuple[date, int | None], list[tuple[Account, Move]]] = {key: [] for key in keys}
        for account in (*_COUNTED, Account.SHARES):
            for move in _standing(by_account, account):
                key = (days.get(move.meeting_number or 0, move.day), self._number(move, days))
                found.setdefault(key, []).append((account, move))
        shares = by_account.get(Account.SHARES)
        held, balance, rows = 0 if shares is None else shares.opening_units, opening, []
        for day, number in sorted(found, key=lambda one: (one[0], one[1] is None)):
            moves = found[day, number]

            def total(*accounts: Account, sign: int = 0, moves: Moves = moves) -> int:
                return sum(
                    move.amount
                    for account, move in moves
                    if account in accounts and (not sign or move.amount * sign > 0)
                )

            bought = sum(move.units for account, move in moves if account is Account.SHARES)
            held += bought
            balance += total(*SAVED)
            rows.append(
                PassbookRow(
                    day=day,
                    meeting=number,
                    shares=bought,
                    held=held,
                    social=total(Account.SOCIAL_FUND),
                    fine=total(Account.FINES),
                    compulsory=total(Account.COMPULSORY_SAVINGS, sign=1),
                    saved=total(Account.SAVINGS, sign=1),
                    withdrawn=-total(*SAVED, sign=-1),
                    balance=balance,
                    text="" if number is not None else _what(moves),
                )
            )
        return rows

    def _number(self, move: Move, days: dict[int, date]) -> int | None:
        return move.meeting_number if move.meeting_number in days else None


def _what(moves: Moves) -> str:
    """Return in a few words what moved money outside meetings: "Lãi tiết kiệm" of "Lãi tiết kiệm: Tháng 6/2026"."""
    heads = dict.fromkeys(move.text.partition(":")[0].strip() for _account, move in moves)
    return ", ".join(heads)


Moves = list[tuple[Account, Move]]
_COUNTED = (*SAVED, Account.SOCIAL_FUND, Account.FINES)


def _standing(by_account: dict[Account, AccountMoves], account: Account) -> list[Move]:
    """Return the movements that stand: what was taken back within the period is left out, and so is its reversal."""
    moves = list(_moves(by_account, account))
    undone = [move for move in moves if move.undone]
    if any(sum(getattr(move, what) for move in undone) for what in ("amount", "units")):
        return moves
    return [move for move in moves if not move.undone]


def keeps_savings(rules: Rules) -> bool:
    """Tell whether a group's members save beside shares."""
    return rules.voluntary_savings or rules.compulsory_saving > 0


def _moves(by_account: dict[Account, AccountMoves], account: Account) -> Iterable[Move]:
    found = by_account.get(account)
    return () if found is None else found.moves


def _loan_rows(by_account: dict[Account, AccountMoves]) -> list[LoanRow]:
    """Return what happened to the member's loans, what was paid at once in one row; reversals stand on their own."""
    together: dict[tuple[date, VoucherId], LoanRow] = {}
    loans = by_account.get(Account.LOANS)
    for move in _moves(by_account, Account.LOANS):
        key = (move.day, move.voucher)
        row = together.get(key) or LoanRow(move.day, move.text)
        together[key] = replace(
            row,
            lent=row.lent + max(move.amount, 0),
            principal=row.principal + max(-move.amount, 0),
            owed=move.balance,
        )
    for account in _PAID_ON_LOANS:
        for move in _moves(by_account, account):
            key = (move.day, move.voucher)
            row = together.get(key) or LoanRow(move.day, move.text)
            together[key] = replace(row, interest=row.interest + move.amount)
    owed, rows = 0 if loans is None else loans.opening, []
    for key, row in sorted(together.items(), key=lambda one: one[0]):
        moved = row.lent or row.principal
        owed = row.owed if moved else owed
        rows.append(replace(row, owed=owed, day=key[0]))
    return rows

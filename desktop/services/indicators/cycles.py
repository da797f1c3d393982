"""What a cycle brought (TK06, TK07), how it was shared out (TK08, TK09), and who went on to the next one (NH06).

All of it stands in the ledger and in the share-outs: nothing is kept for the figures. On the day on which a cycle is
shared out its profit and savings are those before the division (indicators.md 4.1, 11).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import OWED_TO_MEMBERS, Account, EntryKind, MeetingState, OpeningState, natural
from desktop.models.records.every import AccountRow, Cycle, Meeting, Membership, Posting, ShareOut
from desktop.models.rules.closing import EARNED, SPENT
from desktop.services.indicators.facts import Facts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS, groups_in
from desktop.services.indicators.others import BESIDE, Beside
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.person_records import IN_CHUNK
from resources.lang.messages import _

SHARED, RUNNING, KEPT = "share-outs", "cycles", "kept members"
LEAST_WEEKS = 26
"""A return is not put on a year before this many weeks."""
_PAID = (
    (int(EntryKind.SHARES_OUT), int(Account.SHARES)),
    (int(EntryKind.SHARE_OUT_PROFIT), int(Account.SURPLUS)),
)
"""What members were paid: the debits, since the credits of a voucher to the box are one line."""
_TAKEN = tuple(
    int(kind)
    for kind in (
        EntryKind.SHARES_OUT,
        EntryKind.SHARE_OUT_LOSS,
        EntryKind.SAVINGS_OUT,
        EntryKind.COMPULSORY_OUT,
    )
)
_SOCIAL = (int(EntryKind.SOCIAL_OVER), int(EntryKind.SOCIAL_SHORT))


@dataclass(frozen=True, slots=True)
class Shared:
    """A share-out, in đồng: the fund, what the ledger paid out and moved on, and each member's part as it was decided.

    `profit` and `savings` are those before the division.
    """

    group: GroupId
    cycle: int
    next_cycle: int | None
    day: date
    net: int
    paid: int
    carried: int
    profit: int
    taken: int
    parts: Mapping[MemberId, int]

    @property
    def difference(self) -> int:
        """Return what of the fund was neither paid nor moved on: 0 in a book that is right."""
        return self.net - self.paid - self.carried


@dataclass(frozen=True, slots=True)
class Running:
    """A cycle as it stands at the end of the period: profit and savings in đồng, and for how long it has run."""

    group: GroupId
    profit: int
    savings: int
    weeks: Fraction


@dataclass(frozen=True, slots=True)
class Went:
    """A member at a share-out, and whether they were one at the second meeting of the next cycle (in the period)."""

    group: GroupId
    member: MemberId
    stayed: bool


# -- reading ---------------------------------------------------------------------------------------


def shared_in(session: Session, groups: frozenset[GroupId] | None, through: date) -> list[Shared]:
    """Return the share-outs up to a day that were not taken back, the earliest first."""
    query = (
        select(ShareOut)
        .where(ShareOut.state == OpeningState.POSTED, ShareOut.day <= through)
        .order_by(ShareOut.day, ShareOut.id)
    )
    records = [row for row in session.scalars(query) if groups is None or row.group_id in groups]
    vouchers = {int(key): row.id for row in records for key in json.loads(row.vouchers)}
    moved = _moved_by(session, vouchers)
    found = []
    for row in records:
        plan, mine = json.loads(row.plan), moved.get(row.id, {})
        to_social = mine.get((int(EntryKind.SHARE_OUT_TO_SOCIAL), int(Account.SURPLUS)), 0)
        found.append(
            Shared(
                GroupId(row.group_id),
                row.cycle_id,
                row.next_cycle_id,
                row.day,
                row.net,
                sum(mine.get(side, 0) for side in _PAID),
                int(plan["carried"]) + (to_social or row.remainder),
                -mine.get((int(EntryKind.CYCLE_CLOSE), int(Account.SURPLUS)), 0),
                sum(mine.get((kind, int(account)), 0) for kind in _TAKEN for account in OWED_TO_MEMBERS),
                {MemberId(line["member"]): int(line["payout"]) for line in plan["lines"]},
            )
        )
    return found


def _moved_by(session: Session, vouchers: Mapping[int, int]) -> dict[int, dict[tuple[int, int], int]]:
    """Return, by share-out, what its vouchers moved by kind of entry and account (a debit is positive)."""
    found: dict[int, dict[tuple[int, int], int]] = {}
    keys = sorted(vouchers)
    for start in range(0, len(keys), IN_CHUNK):
        query = (
            select(Posting.voucher_id, Posting.kind, AccountRow.account, func.sum(Posting.amount))
            .join(AccountRow, AccountRow.id == Posting.account_id)
            .where(Posting.voucher_id.in_(keys[start : start + IN_CHUNK]))
            .group_by(Posting.voucher_id, Posting.kind, AccountRow.account)
        )
        for voucher, kind, account, amount in session.execute(query):
            mine = found.setdefault(vouchers[voucher], {})
            mine[kind, account] = mine.get((kind, account), 0) + int(amount)
    return found


def _load_shared(session: Session, scope: Scope, starts: date, ends: date) -> Iterable[Shared]:
    return [row for row in shared_in(session, groups_in(session, scope), ends) if row.day >= starts]


def _load_running(session: Session, scope: Scope, _starts: date, ends: date) -> Iterator[Running]:
    """Yield the cycle of each group that runs at the end of the period, as it stands then."""
    groups = groups_in(session, scope)
    last = {row.group: row for row in shared_in(session, groups, ends) if row.day == ends}
    balances, over_short = _balances(session, ends), _over_short(session, ends)
    query = select(Cycle).where(Cycle.starts <= ends, Cycle.ends >= ends).order_by(Cycle.starts)
    cycles = {GroupId(cycle.group_id): cycle for cycle in session.scalars(query)}
    for group, cycle in sorted(cycles.items()):
        if groups is not None and group not in groups:
            continue
        held, shared = balances.get(group, {}), last.get(group)
        savings = sum(held.get(account, 0) for account in OWED_TO_MEMBERS)
        if shared is not None:
            profit, savings = shared.profit, savings + shared.taken
        else:
            profit = sum(held.get(account, 0) for account in EARNED)
            profit += over_short.get(group, 0) - sum(held.get(account, 0) for account in SPENT)
        yield Running(group, profit, savings, Fraction((ends - cycle.starts).days + 1, 7))


def _balances(session: Session, ends: date) -> dict[int, dict[Account, int]]:
    wanted = [int(account) for account in (*OWED_TO_MEMBERS, *EARNED, *SPENT)]
    query = (
        select(AccountRow.group_id, AccountRow.account, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .where(AccountRow.account.in_(wanted), Posting.day <= ends)
        .group_by(AccountRow.group_id, AccountRow.account)
    )
    found: dict[int, dict[Account, int]] = {}
    for group, number, amount in session.execute(query):
        account = Account(number)
        found.setdefault(group, {})[account] = natural(account, int(amount))
    return found


def _over_short(session: Session, ends: date) -> dict[int, int]:
    """Return what counting the loan-fund boxes brought (or cost) and no end of a cycle has closed yet."""
    query = (
        select(AccountRow.group_id, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .where(
            AccountRow.account == int(Account.OVER_SHORT),
            Posting.kind.not_in(_SOCIAL),
            Posting.day <= ends,
        )
        .group_by(AccountRow.group_id)
    )
    return {group: -int(amount) for group, amount in session.execute(query)}


def _load_kept(session: Session, scope: Scope, starts: date, ends: date) -> Iterator[Went]:
    """Yield the members at each share-out whose next cycle had its second meeting in the period."""
    records = [row for row in shared_in(session, groups_in(session, scope), ends) if row.next_cycle]
    second = _second_meetings(session, {row.next_cycle or 0 for row in records}, ends)
    due = [(row, day) for row in records if (day := second.get(row.next_cycle or 0)) and day >= starts]
    if not due:
        return
    spans: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    query = select(Membership.group_id, Membership.member_id, Membership.joined, Membership.left)
    for group, member, joined, left in session.execute(query):
        spans.setdefault((group, member), []).append((joined, left))
    for row, day in due:
        for member in row.parts:
            mine = spans.get((row.group, member), ())
            stayed = any(joined <= day and (left is None or left > day) for joined, left in mine)
            yield Went(row.group, member, stayed)


def _second_meetings(session: Session, cycles: set[int], ends: date) -> dict[int, date]:
    """Return the day of the second meeting of each cycle that has had one."""
    found: dict[int, list[date]] = {}
    query = (
        select(Meeting.cycle_id, Meeting.day)
        .where(Meeting.state == MeetingState.POSTED, Meeting.day <= ends)
        .order_by(Meeting.day)
    )
    for cycle, day in session.execute(query):
        if cycle in cycles:
            found.setdefault(cycle, []).append(day)
    return {cycle: days[1] for cycle, days in found.items() if len(days) > 1}


def _beside(rows: tuple[Went, ...]) -> Iterator[Beside]:
    for row in rows:
        yield Beside(row.member, (row.group,))


LOADERS[SHARED] = _load_shared
LOADERS[RUNNING] = _load_running
LOADERS[KEPT] = _load_kept
BESIDE[KEPT] = _beside


# -- indicators ------------------------------------------------------------------------------------


def _went(facts: Facts) -> list[Went]:
    """Return the members at share-outs who are counted here; who is in another group too may have left this one before."""
    groups = {part.group for part in (*facts.parts, *facts.others)}
    return [row for row in facts.more.get(KEPT, ()) if row.member in facts.standing and row.group in groups]


@indicator(
    "NH06",
    Unit.PERCENT,
    Kind.RATE,
    behind=lambda facts: frozenset(row.member for row in _went(facts)),
)
def retention(facts: Facts) -> Value:
    """Return who of the members at a share-out was one at the second meeting of the next cycle, held in the period."""
    rows = _went(facts)
    return ratio(sum(row.stayed for row in rows), len(rows), len({row.member for row in rows}))


def _running(facts: Facts) -> list[Running]:
    return [row for row in facts.more.get(RUNNING, ()) if row.group in facts.by_group]


@indicator("TK06", Unit.PERCENT, Kind.RATE, of_groups=True)
def on_savings(facts: Facts) -> Value:
    """Return the profit of the running cycles over the savings in them."""
    rows = [row for row in _running(facts) if row.savings]
    return ratio(sum(row.profit for row in rows), sum(row.savings for row in rows), len(rows))


@indicator("TK07", Unit.PERCENT, Kind.RATE, of_groups=True)
def on_savings_a_year(facts: Facts) -> Value:
    """Return the same put on a year of 52 weeks, of cycles that have run for 26 weeks."""
    rows = [row for row in _running(facts) if row.savings and row.weeks >= LEAST_WEEKS]
    savings = sum(row.savings for row in rows)
    if not savings:
        return Value(None, 0, 0, 0, reason=_("chưa chu kỳ nào được 26 tuần"))
    yearly = sum((row.profit * 52 / row.weeks for row in rows), Fraction())
    return Value(yearly / savings, round(yearly), savings, len(rows))


def _shared(facts: Facts) -> Sequence[Shared]:
    return [row for row in facts.more.get(SHARED, ()) if row.group in facts.by_group]


def _payouts(facts: Facts) -> dict[MemberId, int]:
    here = {(part.member, part.group) for part in (*facts.parts, *facts.others)}
    found: dict[MemberId, int] = {}
    for row in _shared(facts):
        for member, amount in row.parts.items():
            if (member, row.group) in here:
                found[member] = found.get(member, 0) + amount
    return found


@indicator("TK08", Unit.DONG, Kind.MEAN, behind=lambda facts: frozenset(_payouts(facts)))
def payout(facts: Facts) -> Value:
    """Return the average part of the fund of a person at the share-outs of the period, before loans are taken off it."""
    amounts = _payouts(facts)
    made = ratio(sum(amounts.values()), len(amounts))
    return Value(made.amount, made.numerator, made.denominator, made.n, max(amounts.values(), default=0))


@indicator("TK09", Unit.DONG, Kind.SUM, of_groups=True)
def unshared(facts: Facts) -> Value:
    """Return what of the funds shared out in the period was neither paid nor moved on: 0 when the book is right."""
    rows = _shared(facts)
    if not rows:
        return Value(None, 0, None, 0, reason=_("kỳ này không chia quỹ"))
    total = sum(row.difference for row in rows)
    return Value(Fraction(total), total, None, len(rows))

"""What the pages of savings show: rules and rates by date, who saves what, notices, runs and their working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, VoucherId
from desktop.models.kinds import Account, OpeningState
from desktop.models.records.every import Member, SavingsCredit, SavingsNotice, SavingsRun
from desktop.models.rules.plain import from_text
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms, latest
from desktop.models.rules.savings_withdrawal import Notice, most, noticed_on
from desktop.models.rules.savings_working import Working
from desktop.models.savings_kinds import NoticeState, PeriodState, SavingsKind
from desktop.services.attachments import Subject
from desktop.services.balances import Holding, member_holdings
from desktop.services.facts import members_in_order
from desktop.services.savings_facts import rates_of, runs_of, terms_of, terms_on, withdrawals_of
from desktop.services.savings_interest import (
    Difference,
    MemberInterest,
    Period,
    differences,
    history_in,
    periods_in,
    run_title,
)
from desktop.services.savings_limits import held_of
from desktop.store.book import Book
from resources.lang.names import join_name


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Rules or a rate of one kind of savings from a day on; `now`: in force on the day asked for."""

    kind: SavingsKind
    valid_from: date
    terms: SavingsTerms | None
    rate: SavingsRate | None
    now: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class Saver:
    """A member with their savings, in đồng: what interest would be credited today, and what may be taken out."""

    member: MemberId
    code: str
    name: str
    savings: int
    compulsory: int
    expected: int
    expected_compulsory: int
    free: int
    credited: int
    """All interest credited so far."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice of withdrawal; `left` is what it still allows or will allow, in đồng."""

    id: int
    member: MemberId
    code: str
    name: str
    kind: SavingsKind
    noticed_on: date
    due_on: date
    amount: int
    left: int
    state: NoticeState
    reason: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a list, in đồng; `member` is named when it settled one who left. `last`: it may be taken back."""

    id: int
    number: int
    kind: SavingsKind
    title: str
    starts: date
    ends: date
    member: str
    credited: int
    total: int
    state: OpeningState
    reason: str
    recorded_at: datetime
    recorded_by: str
    last: bool


@dataclass(frozen=True, slots=True)
class RunDetail:
    """A run with the working of every member as it was posted; `vouchers` by member."""

    row: RunRow
    group: GroupId
    lines: tuple[MemberInterest, ...]
    vouchers: dict[MemberId, VoucherId]
    subject: Subject
    """What the signed table is kept beside."""


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind of savings today: its sum (đồng), the rate in force, the oldest period due or the one running."""

    kind: SavingsKind
    total: int
    terms: SavingsTerms | None
    yearly: Fraction | None
    waiting: Period | None
    due: int
    """How many periods are due."""


@dataclass(frozen=True, slots=True)
class SavingsView:
    """All that the savings tab of a group shows."""

    kinds: tuple[KindFigures, ...]
    rules: tuple[RuleRow, ...]
    savers: tuple[Saver, ...]
    notices: tuple[NoticeRow, ...]
    runs: tuple[RunRow, ...]
    differences: tuple[tuple[SavingsKind, Difference], ...]


def view(book: Book, group: GroupId, today: date) -> SavingsView:
    """Return everything about a group's savings today."""
    shown = savers(book, group, today)
    with book.read() as session:
        figures = tuple(_figures(session, group, kind, today) for kind in SavingsKind)
        notices = tuple(_notices(session, group, today))
    return SavingsView(
        figures,
        tuple(rules(book, group, today)),
        tuple(shown),
        notices,
        tuple(runs(book, group)),
        tuple(
            (one.kind, row)
            for one in figures
            if one.terms is not None
            for row in differences(book, group, one.kind, today)
        ),
    )


def _figures(session: Session, group: GroupId, kind: SavingsKind, today: date) -> KindFigures:
    held = member_holdings(session, group, today)
    total = sum(one.get(kind.account, Holding()).amount for one in held.values())
    terms = latest(terms_of(session, group, kind), today)
    rate = latest(rates_of(session, group, kind), today)
    waiting = [
        period
        for period in periods_in(session, group, kind, today)
        if period.state is not PeriodState.CREDITED
    ]
    due = sum(period.state is PeriodState.DUE for period in waiting)
    return KindFigures(
        kind, total, terms, None if rate is None else rate.yearly, waiting[-1] if waiting else None, due
    )


def rules(book: Book, group: GroupId, today: date) -> list[RuleRow]:
    """Return the rules and rates of a group, kind by kind, the latest first."""
    found = []
    with book.read() as session:
        for kind in SavingsKind:
            terms, rates = terms_of(session, group, kind), rates_of(session, group, kind)
            now, now_rate = latest(terms, today), latest(rates, today)
            rows = [
                RuleRow(kind, one.valid_from, one, None, one is now, one.valid_from > today) for one in terms
            ]
            rows += [
                RuleRow(kind, one.valid_from, None, one, one is now_rate, one.valid_from > today)
                for one in rates
            ]
            found += sorted(rows, key=lambda row: (row.valid_from, row.terms is None), reverse=True)
    return found


def savers(book: Book, group: GroupId, today: date) -> list[Saver]:
    """Return who belongs to a group today, in its order, with their savings and the interest that grows on them."""
    with book.read() as session:
        roster = members_in_order(session, group, today)
        held = member_holdings(session, group, today)
        free = _free(session, group, today, [row.member_id for row in roster])
        expected: dict[SavingsKind, dict[MemberId, int]] = {}
        credited: dict[MemberId, int] = {}
        for kind in SavingsKind:
            history = history_in(session, group, kind, today)
            lines = [
                history.member_interest((row.member_id, "", ""), today) for row in roster if history.terms
            ]
            expected[kind] = {line.member: line.total for line in lines if line is not None}
            for run_ in runs_of(session, group, kind):
                for member, amount in run_.credits.items():
                    credited[member] = credited.get(member, 0) + amount
    found = []
    for row in roster:
        mine = held.get(row.member_id, {})
        savings = mine.get(Account.SAVINGS, Holding()).amount
        found.append(
            Saver(
                row.member_id,
                row.code,
                row.full_name,
                savings,
                mine.get(Account.COMPULSORY_SAVINGS, Holding()).amount,
                expected[SavingsKind.VOLUNTARY].get(row.member_id, 0),
                expected[SavingsKind.COMPULSORY].get(row.member_id, 0),
                free.get(row.member_id, savings),
                credited.get(row.member_id, 0),
            )
        )
    return found


def _free(session: Session, group: GroupId, today: date, members: Sequence[MemberId]) -> dict[MemberId, int]:
    terms = terms_on(session, group, SavingsKind.VOLUNTARY, today)
    if terms is None:
        return {}
    return {
        member: most(terms, held) for member, held in held_of(session, group, terms, today, members).items()
    }


# -- notices ---------------------------------------------------------------------------------------


def notices_of(book: Book, group: GroupId, today: date) -> list[NoticeRow]:
    """Return the notices of a group, the latest first, with what each still allows."""
    with book.read() as session:
        return _notices(session, group, today)


def _notices(session: Session, group: GroupId, today: date) -> list[NoticeRow]:
    rows = session.execute(
        select(SavingsNotice, Member.code, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == SavingsNotice.member_id)
        .where(SavingsNotice.group_id == group)
        .order_by(SavingsNotice.noticed_on, SavingsNotice.id)
    ).all()
    taken = {kind: withdrawals_of(session, group, kind, today) for kind in SavingsKind} if rows else {}
    found = []
    given: dict[tuple[int, SavingsKind], list[Notice]] = {}
    for row, code, family, middle, first in rows:
        member = MemberId(row.member_id)
        mine = given.setdefault((row.member_id, row.kind), [])
        out = taken[row.kind].get(member, [])
        # What this notice allows is what the notices through it allow, above what those before it do: the oldest is used first.
        before = noticed_on(mine, out, max(today, row.due_on))
        if not row.cancelled:
            mine.append(Notice(row.due_on, row.amount))
        left = noticed_on(mine, out, max(today, row.due_on)) - before
        state = _state(row.cancelled, left, row.due_on > today)
        found.append(
            NoticeRow(
                row.id,
                member,
                code,
                join_name(family, middle, first),
                row.kind,
                row.noticed_on,
                row.due_on,
                row.amount,
                max(left, 0),
                state,
                row.cancel_reason if row.cancelled else row.reason,
            )
        )
    return found[::-1]


def _state(cancelled: bool, left: int, waiting: bool) -> NoticeState:
    if cancelled:
        return NoticeState.CANCELLED
    if waiting:
        return NoticeState.WAITING
    return NoticeState.DUE if left > 0 else NoticeState.USED


# -- runs ------------------------------------------------------------------------------------------


def runs(book: Book, group: GroupId) -> list[RunRow]:
    """Return all runs of a group, those taken back as well, the latest first."""
    with book.read() as session:
        found = session.scalars(
            select(SavingsRun).where(SavingsRun.group_id == group).order_by(SavingsRun.id.desc())
        ).all()
        return _rows(session, group, found)


def run(book: Book, run_id: int) -> RunDetail:
    """Return one run with the working of every member."""
    with book.read() as session:
        return run_in(session, run_id)


def run_in(session: Session, run_id: int) -> RunDetail:
    """Return one run inside an open session."""
    record = session.get_one(SavingsRun, run_id)
    credits = session.execute(
        select(SavingsCredit, Member.code, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == SavingsCredit.member_id)
        .where(SavingsCredit.run_id == run_id)
        .order_by(SavingsCredit.id)
    ).all()
    return RunDetail(
        _rows(session, GroupId(record.group_id), [record])[0],
        GroupId(record.group_id),
        tuple(
            MemberInterest(
                MemberId(row.member_id),
                code,
                join_name(family, middle, given),
                from_text(Working, row.working),
                row.difference,
            )
            for row, code, family, middle, given in credits
        ),
        {
            MemberId(row.member_id): VoucherId(row.voucher_id)
            for row, *_name in credits
            if row.voucher_id is not None
        },
        Subject.of(record),
    )


def _rows(session: Session, group: GroupId, records: Sequence[SavingsRun]) -> list[RunRow]:
    terms = {kind: terms_of(session, group, kind) for kind in SavingsKind}
    latest_of = (
        select(SavingsRun.kind, func.max(SavingsRun.id))
        .where(SavingsRun.group_id == group, SavingsRun.state == OpeningState.POSTED)
        .group_by(SavingsRun.kind)
    )
    last: dict[SavingsKind, int] = {row[0]: row[1] for row in session.execute(latest_of)}
    counts = (
        select(SavingsCredit.run_id, func.count())
        .where(SavingsCredit.run_id.in_([one.id for one in records]), SavingsCredit.voucher_id.is_not(None))
        .group_by(SavingsCredit.run_id)
    )
    credited: dict[int, int] = {row[0]: row[1] for row in session.execute(counts)}
    found = []
    for one in records:
        member = None if one.member_id is None else session.get_one(Member, one.member_id)
        found.append(
            RunRow(
                one.id,
                one.number,
                one.kind,
                run_title(terms[one.kind], one.starts, one.ends),
                one.starts,
                one.ends,
                "" if member is None else member.full_name,
                credited.get(one.id, 0),
                one.total,
                one.state,
                one.reason,
                one.recorded_at,
                one.recorded_by,
                one.id == last.get(one.kind),
            )
        )
    return found

"""Reading events: what was lost, who has recovered, which help followed and whether it came in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import (
    GroupId,
    HouseholdId,
    LivelihoodId,
    LoanId,
    LossEventId,
    MemberId,
    VoucherId,
)
from desktop.models.kinds import EntryKind, LoanDirection, LoanEventKind
from desktop.models.livelihood_kinds import Hazard, LossShare, ReliefKind
from desktop.models.records.every import (
    Household,
    Livelihood,
    Loan,
    LoanEvent,
    Loss,
    LossEvent,
    Member,
    Membership,
    Posting,
    PreparednessPlan,
    Relief,
    Voucher,
)
from desktop.models.rules.entries import show_number
from desktop.models.rules.livelihoods.climate import in_time, months_between, recovered_on
from desktop.models.rules.livelihoods.income import median
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.loans.calendar import add_months
from desktop.services.livelihood_standards import standards_in
from desktop.services.livelihood_visits import visits_in
from desktop.services.loan_portfolio import names_of
from desktop.services.person_records import IN_CHUNK
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class Event:
    """A storm, a flood, an outbreak: when, where, and whether the authority has declared a disaster."""

    hazard: Hazard
    name: str
    starts: date
    ends: date
    place: str = ""
    declared: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in the list with its sums in đồng; `recovered` of the households hit."""

    id: LossEventId
    uid: bytes
    code: str
    event: Event
    households: int
    value: int
    recovered: int
    helped: int
    in_time: int
    version: int


@dataclass(frozen=True, slots=True)
class LossLine:
    """What a household lost. `recovered` also follows from the visits of its activity."""

    household: HouseholdId
    item: str
    quantity: str = ""
    value: int = 0
    share: LossShare = LossShare.UNDER_30
    state_help: int = 0
    group_help: int = 0
    livelihood: LivelihoodId | None = None
    recovered: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LossRow:
    """A loss in the list; `recovered` is the day written down or the first visit that found enough income again."""

    id: int
    household_text: str
    activity: str
    line: LossLine
    recovered: date | None
    months: Fraction | None
    version: int


@dataclass(frozen=True, slots=True)
class ReliefRow:
    """Help after an event: a loan or a grant, to whom, how much (đồng), when, and whether within the days set."""

    id: int
    kind: ReliefKind
    number: str
    name: str
    amount: int
    day: date
    days: int
    timely: bool
    loan: LoanId | None
    voucher: VoucherId | None
    group: GroupId
    member: MemberId | None


@dataclass(frozen=True, slots=True)
class Payable:
    """A loan or a grant that may be help after an event and is tied to none yet."""

    kind: ReliefKind
    key: int
    number: str
    name: str
    amount: int
    day: date


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with all that belongs to it."""

    row: EventRow
    losses: tuple[LossRow, ...]
    reliefs: tuple[ReliefRow, ...]
    median_months: Fraction | None


# -- questions -------------------------------------------------------------------------------------


def events(book: Book, today: date) -> list[EventRow]:
    """Return all events, the latest first."""
    with book.read() as session:
        return [detail.row for detail in details_in(session, today)]


def detail(book: Book, event: LossEventId, today: date) -> EventDetail:
    """Return an event with its losses and the help that followed."""
    with book.read() as session:
        return details_in(session, today, event)[0]


def details_in(
    session: Session,
    today: date,
    event: LossEventId | None = None,
    groups: frozenset[GroupId] | None = None,
) -> list[EventDetail]:
    """Return events with all that belongs to them (of all, or of one), the latest first; of some groups only what their
    members' households lost and what they gave. A few questions, however many events there are.
    """
    query = select(LossEvent).where(LossEvent.starts <= today)
    if event is not None:
        query = select(LossEvent).where(LossEvent.id == event)
    records = session.scalars(query.order_by(LossEvent.starts.desc(), LossEvent.id.desc())).all()
    standards = standards_in(session, today)
    losses = _losses(session, records, standards, _homes(session, groups))
    reliefs = _reliefs(session, records, standards, groups)
    return [
        with_rows(_bare(record), losses.get(record.id, ()), reliefs.get(record.id, ())) for record in records
    ]


def _homes(session: Session, groups: frozenset[GroupId] | None) -> frozenset[int] | None:
    """Return the households of the groups' members now; None for no groups."""
    if groups is None:
        return None
    rows = session.execute(
        select(Member.household_id, Membership.group_id)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.left.is_(None), Member.household_id.is_not(None))
    )
    return frozenset(home for home, group in rows if home is not None and group in groups)


def _bare(record: LossEvent) -> EventDetail:
    about = Event(
        record.hazard, record.name, record.starts, record.ends, record.place, record.declared, record.note
    )
    row = EventRow(LossEventId(record.id), record.uid, record.code, about, 0, 0, 0, 0, 0, record.version)
    return EventDetail(row, (), (), None)


def with_rows(detail: EventDetail, losses: Sequence[LossRow], reliefs: Sequence[ReliefRow]) -> EventDetail:
    """Return an event with these losses and this help, and the sums of them."""
    homes: dict[int, list[LossRow]] = {}
    for loss in losses:
        homes.setdefault(loss.line.household, []).append(loss)
    again = [
        max(loss.months for loss in rows if loss.months is not None)
        for rows in homes.values()
        if all(loss.months is not None for loss in rows)
    ]
    days = median([round(months * 30) for months in again])
    row = replace(
        detail.row,
        households=len(homes),
        value=sum(loss.line.value for loss in losses),
        recovered=len(again),
        helped=len(reliefs),
        in_time=sum(relief.timely for relief in reliefs),
    )
    return EventDetail(row, tuple(losses), tuple(reliefs), None if days is None else Fraction(days, 30))


def _losses(
    session: Session, events: Sequence[LossEvent], standards: Standards, homes: frozenset[int] | None
) -> dict[int, list[LossRow]]:
    """Return the losses by event, in the order of households."""
    began = {event.id: event.starts for event in events}
    query = (
        select(Loss, Household.code, Livelihood)
        .join(Household, Household.id == Loss.household_id)
        .outerjoin(Livelihood, Livelihood.id == Loss.livelihood_id)
        .order_by(Household.code, Loss.id)
    )
    if len(events) == 1:
        query = query.where(Loss.event_id == events[0].id)
    rows = [
        row
        for row in session.execute(query).all()
        if row[0].event_id in began and (homes is None or row[0].household_id in homes)
    ]
    heads = _heads(session, {loss.household_id for loss, _code, _activity in rows})
    names = names_of(session, heads.values())
    visits = visits_in(session) if any(activity is not None for _l, _c, activity in rows) else {}
    found: dict[int, list[LossRow]] = {}
    for loss, code, activity in rows:
        starts, recovered = began[loss.event_id], loss.recovered
        if recovered is None and activity is not None:
            seen = visits.get(activity.id, ())
            before = [visit for visit in seen if visit.day < starts]
            later = [(visit.day, visit.net) for visit in seen if visit.day >= starts]
            recovered = recovered_on(before[-1].net if before else None, later, standards)
        head = names.get(heads.get(loss.household_id, 0), "")
        found.setdefault(loss.event_id, []).append(
            LossRow(
                loss.id,
                f"{code} {head}".strip(),
                "" if activity is None else f"{activity.code} {activity.name}",
                LossLine(
                    HouseholdId(loss.household_id),
                    loss.item,
                    loss.quantity,
                    loss.value,
                    loss.share,
                    loss.state_help,
                    loss.group_help,
                    None if activity is None else LivelihoodId(activity.id),
                    loss.recovered,
                    loss.note,
                ),
                recovered,
                None if recovered is None else months_between(starts, recovered),
                loss.version,
            )
        )
    return found


def _heads(session: Session, households: set[int]) -> dict[int, int]:
    """Return the head of each of these households that has one."""
    rows = session.execute(
        select(Member.household_id, Member.id).where(
            Member.is_head.in_((True,)), Member.household_id.is_not(None)
        )
    )
    return {home: head for home, head in rows if home in households}


def _reliefs(
    session: Session,
    events: Sequence[LossEvent],
    standards: Standards,
    groups: frozenset[GroupId] | None,
) -> dict[int, list[ReliefRow]]:
    """Return the help by event, in the order of days."""
    began = {event.id: event.starts for event in events}
    query = (
        select(Relief, Loan, Voucher)
        .outerjoin(Loan, Loan.id == Relief.loan_id)
        .outerjoin(Voucher, Voucher.id == Relief.voucher_id)
        .order_by(Relief.id)
    )
    if len(events) == 1:
        query = query.where(Relief.event_id == events[0].id)
    rows = [row for row in session.execute(query).all() if row[0].event_id in began]
    paid = _paid_out(session, [voucher.id for _relief, _loan, voucher in rows if voucher is not None])
    members = [(voucher if loan is None else loan).member_id for _relief, loan, voucher in rows]
    names = names_of(session, [member for member in members if member is not None])
    found: dict[int, list[ReliefRow]] = {}
    for (relief, loan, voucher), member in zip(rows, members, strict=True):
        if loan is not None:
            day, amount, number, of = (
                loan.disbursed_on or loan.applied_on,
                loan.amount,
                loan.code,
                loan.group_id,
            )
        else:
            day, amount, number = voucher.day, paid.get(voucher.id, 0), _number(voucher)
            of = voucher.group_id
        if groups is not None and of not in groups:
            continue
        starts = began[relief.event_id]
        found.setdefault(relief.event_id, []).append(
            ReliefRow(
                relief.id,
                relief.kind,
                number,
                "" if member is None else names.get(member, ""),
                amount,
                day,
                (day - starts).days,
                in_time(starts, day, standards),
                None if relief.loan_id is None else LoanId(relief.loan_id),
                None if relief.voucher_id is None else VoucherId(relief.voucher_id),
                GroupId(of),
                None if member is None else MemberId(member),
            )
        )
    return {key: sorted(rows, key=lambda row: (row.day, row.id)) for key, rows in found.items()}


def payables(book: Book, event: LossEventId) -> list[Payable]:
    """Return the loans paid out and the grants made within half a year after an event that are tied to none yet."""
    with book.read() as session:
        return payables_in(session, session.get_one(LossEvent, event))


def payables_in(session: Session, event: LossEvent) -> list[Payable]:
    """Return the loans paid out and the grants made after an event that are tied to none yet."""
    until = add_months(event.starts, 6)
    loans = session.execute(
        select(Loan, func.min(LoanEvent.day))
        .join(LoanEvent, LoanEvent.loan_id == Loan.id)
        .where(
            Loan.direction == LoanDirection.OUT,
            LoanEvent.kind == LoanEventKind.DISBURSEMENT,
            LoanEvent.day.between(event.starts, until),
            Loan.id.not_in(select(Relief.loan_id).where(Relief.loan_id.is_not(None))),
        )
        .group_by(Loan.id)
    ).all()
    reversed_ones = select(Voucher.reverses_id).where(Voucher.reverses_id.is_not(None))
    grants = session.scalars(
        select(Voucher)
        .join(Posting, Posting.voucher_id == Voucher.id)
        .where(
            Posting.kind == EntryKind.SOCIAL_OUT,
            Voucher.day.between(event.starts, until),
            Voucher.reverses_id.is_(None),
            Voucher.id.not_in(reversed_ones),
            Voucher.id.not_in(select(Relief.voucher_id).where(Relief.voucher_id.is_not(None))),
        )
        .distinct()
    ).all()
    names = names_of(
        session,
        [
            member
            for member in [*(loan.member_id for loan, _day in loans), *(one.member_id for one in grants)]
            if member is not None
        ],
    )
    found = [
        Payable(ReliefKind.LOAN, loan.id, loan.code, names.get(loan.member_id or 0, ""), loan.amount, day)
        for loan, day in loans
    ]
    found += [
        Payable(
            ReliefKind.GRANT,
            one.id,
            _number(one),
            names.get(one.member_id or 0, one.text),
            _amount(session, one.id),
            one.day,
        )
        for one in grants
    ]
    return sorted(found, key=lambda row: (row.day, row.number))


def _number(voucher: Voucher) -> str:
    return show_number(voucher.paper, voucher.number, voucher.year)


def _amount(session: Session, voucher: int) -> int:
    """Return what a voucher paid out of the social fund, in đồng."""
    return _paid_out(session, [voucher]).get(voucher, 0)


def _paid_out(session: Session, vouchers: Sequence[int]) -> dict[int, int]:
    """Return what each of these vouchers paid out of the social fund, in đồng."""
    found: dict[int, int] = {}
    for start in range(0, len(vouchers), IN_CHUNK):
        rows = session.execute(
            select(Posting.voucher_id, func.sum(Posting.amount))
            .where(
                Posting.voucher_id.in_(vouchers[start : start + IN_CHUNK]),
                Posting.kind == EntryKind.SOCIAL_OUT,
                Posting.amount > 0,
            )
            .group_by(Posting.voucher_id)
        )
        found.update({voucher: int(amount) for voucher, amount in rows})
    return found


def prepared_in(
    session: Session, today: date, groups: frozenset[GroupId] | None = None
) -> tuple[frozenset[MemberId], frozenset[MemberId]]:
    """Return the members on a day (of all groups, or of some) whose household has a plan looked at within a year, and all
    members then.
    """
    since = add_months(today, -12)
    fresh = set(
        session.scalars(
            select(PreparednessPlan.household_id).where(PreparednessPlan.day.between(since, today))
        )
    )
    rows = session.execute(
        select(Member.id, Member.household_id, Membership.group_id)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.joined <= today, Membership.left.is_(None) | (Membership.left > today))
    )
    homes = {MemberId(member): home for member, home, group in rows if groups is None or group in groups}
    return frozenset(member for member, home in homes.items() if home in fresh), frozenset(homes)

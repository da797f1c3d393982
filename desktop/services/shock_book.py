"""Reading events: what was lost, who has recovered, which help followed and whether it came in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    session: Session, today: date, event: LossEventId | None = None, group: GroupId | None = None
) -> list[EventDetail]:
    """Return events with all that belongs to them (of all, or of one), the latest first; of one group only what its
    members' households lost and what it gave.
    """
    query = select(LossEvent).where(LossEvent.starts <= today)
    if event is not None:
        query = select(LossEvent).where(LossEvent.id == event)
    standards, homes = standards_in(session, today), _homes(session, group)
    found = []
    for record in session.scalars(query.order_by(LossEvent.starts.desc(), LossEvent.id.desc())):
        losses = _losses(session, record, standards, homes)
        reliefs = _reliefs(session, record, standards, group)
        found.append(_detail(record, losses, reliefs))
    return found


def _homes(session: Session, group: GroupId | None) -> frozenset[int] | None:
    """Return the households of a group's members now; None for no group."""
    if group is None:
        return None
    rows = session.scalars(
        select(Member.household_id)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.group_id == group, Membership.left.is_(None), Member.household_id.is_not(None))
    )
    return frozenset(home for home in rows if home is not None)


def _detail(record: LossEvent, losses: Sequence[LossRow], reliefs: Sequence[ReliefRow]) -> EventDetail:
    homes: dict[int, list[LossRow]] = {}
    for loss in losses:
        homes.setdefault(loss.line.household, []).append(loss)
    again = [
        max(loss.months for loss in rows if loss.months is not None)
        for rows in homes.values()
        if all(loss.months is not None for loss in rows)
    ]
    days = median([round(months * 30) for months in again])
    row = EventRow(
        id=LossEventId(record.id),
        uid=record.uid,
        code=record.code,
        event=Event(
            record.hazard, record.name, record.starts, record.ends, record.place, record.declared, record.note
        ),
        households=len(homes),
        value=sum(loss.line.value for loss in losses),
        recovered=len(again),
        helped=len(reliefs),
        in_time=sum(relief.timely for relief in reliefs),
        version=record.version,
    )
    return EventDetail(row, tuple(losses), tuple(reliefs), None if days is None else Fraction(days, 30))


def _losses(
    session: Session, event: LossEvent, standards: Standards, homes: frozenset[int] | None
) -> list[LossRow]:
    rows = session.execute(
        select(Loss, Household.code, Livelihood)
        .join(Household, Household.id == Loss.household_id)
        .outerjoin(Livelihood, Livelihood.id == Loss.livelihood_id)
        .where(Loss.event_id == event.id)
        .order_by(Household.code, Loss.id)
    ).all()
    rows = [row for row in rows if homes is None or row[0].household_id in homes]
    heads = {
        row.household_id: row.id
        for row in session.execute(
            select(Member.household_id, Member.id).where(
                Member.is_head.in_((True,)),
                Member.household_id.in_([loss.household_id for loss, _c, _l in rows]),
            )
        )
    }
    names = names_of(session, heads.values())
    visits = visits_in(session) if any(activity is not None for _l, _c, activity in rows) else {}
    found = []
    for loss, code, activity in rows:
        recovered = loss.recovered
        if recovered is None and activity is not None:
            seen = visits.get(activity.id, ())
            before = [visit for visit in seen if visit.day < event.starts]
            later = [(visit.day, visit.net) for visit in seen if visit.day >= event.starts]
            recovered = recovered_on(before[-1].net if before else None, later, standards)
        head = names.get(heads.get(loss.household_id, 0), "")
        found.append(
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
                None if recovered is None else months_between(event.starts, recovered),
                loss.version,
            )
        )
    return found


def _reliefs(
    session: Session, event: LossEvent, standards: Standards, group: GroupId | None
) -> list[ReliefRow]:
    found = []
    for relief in session.scalars(select(Relief).where(Relief.event_id == event.id).order_by(Relief.id)):
        if relief.loan_id is not None:
            loan = session.get_one(Loan, relief.loan_id)
            day, amount, number, member = loan.disbursed_on, loan.amount, loan.code, loan.member_id
            day, of = day or loan.applied_on, loan.group_id
        else:
            voucher = session.get_one(Voucher, relief.voucher_id)
            day, number, member = voucher.day, _number(voucher), voucher.member_id
            amount, of = _amount(session, voucher.id), voucher.group_id
        if group is not None and of != group:
            continue
        name = names_of(session, [member]).get(member, "") if member is not None else ""
        found.append(
            ReliefRow(
                relief.id,
                relief.kind,
                number,
                name,
                amount,
                day,
                (day - event.starts).days,
                in_time(event.starts, day, standards),
                None if relief.loan_id is None else LoanId(relief.loan_id),
                None if relief.voucher_id is None else VoucherId(relief.voucher_id),
            )
        )
    return sorted(found, key=lambda row: (row.day, row.id))


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
    rows = session.scalars(
        select(Posting.amount).where(
            Posting.voucher_id == voucher, Posting.kind == EntryKind.SOCIAL_OUT, Posting.amount > 0
        )
    )
    return sum(rows)


def prepared(session: Session, today: date, group: GroupId | None = None) -> tuple[int, int]:
    """Return how many members now in groups (or in one) live in a household whose plan was looked at within a year, of how many."""
    since = add_months(today, -12)
    fresh = select(PreparednessPlan.household_id).where(PreparednessPlan.day.between(since, today))
    inside = select(Membership.member_id).where(Membership.left.is_(None))
    if group is not None:
        inside = inside.where(Membership.group_id == group)
    members = select(Member.id).where(Member.id.in_(inside))
    whole = session.scalar(select(func.count()).select_from(members.subquery())) or 0
    part = session.scalar(
        select(func.count()).select_from(members.where(Member.household_id.in_(fresh)).subquery())
    )
    return part or 0, whole


def households_prepared(book: Book, today: date) -> list[tuple[HouseholdId, MemberId | None, date, str]]:
    """Return each household's latest plan: household, head, day and measures, the oldest first."""
    with book.read() as session:
        rows = session.scalars(
            select(PreparednessPlan).where(PreparednessPlan.day <= today).order_by(PreparednessPlan.day)
        ).all()
        latest = {row.household_id: row for row in rows}
        heads = {
            row.household_id: MemberId(row.id)
            for row in session.execute(
                select(Member.household_id, Member.id).where(
                    Member.is_head.in_((True,)), Member.household_id.in_(list(latest))
                )
            )
        }
        return [
            (HouseholdId(key), heads.get(key), row.day, row.measures)
            for key, row in sorted(latest.items(), key=lambda pair: pair[1].day)
        ]

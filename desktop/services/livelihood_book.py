"""Reading activities: a list with where each stands, and one in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, LoanId, MemberId
from desktop.models.kinds import LoanDirection, LoanStage
from desktop.models.livelihood_kinds import LivelihoodState, Wave
from desktop.models.records.every import (
    BusinessPlan,
    Livelihood,
    LivelihoodLoan,
    LivelihoodStep,
    Loan,
)
from desktop.models.rules.livelihoods.climate import highest
from desktop.models.rules.livelihoods.income import real_change
from desktop.models.rules.livelihoods.standards import PriceRow, Standards, price_on
from desktop.models.rules.livelihoods.visits import DueState, DueVisit, schedule, state_on
from desktop.services.business_plans import PlanRow, plans_in
from desktop.services.jobs import JobFilter, JobRow, listed_in
from desktop.services.livelihood_owners import OwnerBlock, in_group, owners_of
from desktop.services.livelihood_standards import prices_in, standards_in
from desktop.services.livelihood_story import StoryEvent, story
from desktop.services.livelihood_visits import VisitRow, closed_days, visits_in
from desktop.services.livelihoods import Activity, Owner, people_of, practices_from, risks_from
from desktop.services.loan_portfolio import names_of
from desktop.store.book import Book
from resources.activities import activity_text, section_key, section_of
from resources.lang.names import fold


@dataclass(frozen=True, slots=True)
class LivelihoodFilter:
    """Which activities: of a group, a member or a household, in some states, by words of code, name, owner or branch."""

    group: GroupId | None = None
    member: MemberId | None = None
    household: HouseholdId | None = None
    states: tuple[LivelihoodState, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class IncomePair:
    """The income before and at a later visit, in đồng a year; `real` in prices of the time before, None without an
    index for either time.
    """

    base: int
    later: int
    wave: Wave
    real: int | None

    @property
    def nominal(self) -> int:
        """Return the change in đồng as they were paid."""
        return self.later - self.base


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """An activity in a list, as of a day."""

    id: LivelihoodId
    uid: bytes
    code: str
    name: str
    owner: OwnerBlock
    vsic: str
    section: str
    section_key: str
    place: str
    state: LivelihoodState
    started: date | None
    closed: date | None
    smart: bool
    risk: int
    practised: bool
    loans: int
    net: int | None
    income: IncomePair | None
    coming: DueVisit | None
    approved: date | None
    visits: tuple[VisitRow, ...]


@dataclass(frozen=True, slots=True)
class LinkedLoan:
    """A loan tied to an activity, or one that may be: `purpose` is what it paid for."""

    id: LoanId
    code: str
    name: str
    amount: int
    purpose: str
    stage: LoanStage
    day: date


@dataclass(frozen=True, slots=True)
class LivelihoodDetail:
    """An activity with all that its page shows."""

    row: LivelihoodRow
    activity: Activity
    version: int
    schedule: tuple[DueVisit, ...]
    incomes: tuple[tuple[VisitRow, IncomePair | None], ...]
    plans: tuple[PlanRow, ...]
    jobs: tuple[JobRow, ...]
    loans: tuple[LinkedLoan, ...]
    may_link: tuple[LinkedLoan, ...]
    story: tuple[StoryEvent, ...]
    reason: str


def listed(book: Book, wanted: LivelihoodFilter, day: date) -> list[LivelihoodRow]:
    """Return activities as of a day, by code."""
    with book.read() as session:
        return rows_in(session, wanted, day)


def rows_in(session: Session, wanted: LivelihoodFilter, day: date) -> list[LivelihoodRow]:
    """Return activities as of a day inside an open session."""
    query = select(Livelihood).order_by(Livelihood.code)
    if wanted.member is not None:
        query = query.where(Livelihood.member_id == wanted.member)
    if wanted.household is not None:
        query = query.where(Livelihood.household_id == wanted.household)
    rows = _rows(session, session.scalars(query).all(), day)
    typed = fold(wanted.text)
    return [
        row
        for row in rows
        if (not wanted.states or row.state in wanted.states)
        and (wanted.group is None or in_group(row.owner, wanted.group))
        and (not typed or typed in fold(f"{row.code} {row.name} {row.owner.text} {row.vsic}"))
    ]


def _rows(session: Session, records: Sequence[Livelihood], day: date) -> list[LivelihoodRow]:
    owners = owners_of(session, records)
    only = [records[0].id] if len(records) == 1 else None
    visits, closed = visits_in(session, only), closed_days(session)
    standards, prices = standards_in(session, day), prices_in(session)
    steps: dict[int, list[tuple[date, LivelihoodState]]] = {}
    for step in session.scalars(select(LivelihoodStep).order_by(LivelihoodStep.day, LivelihoodStep.id)):
        steps.setdefault(step.livelihood_id, []).append((step.day, step.state))
    loans: dict[int, int] = {}
    for key in session.scalars(select(LivelihoodLoan.livelihood_id)):
        loans[key] = loans.get(key, 0) + 1
    approved: dict[int, date] = {}
    for plan in session.scalars(select(BusinessPlan).where(BusinessPlan.approved_on.is_not(None))):
        if plan.approved_on is not None:
            held = approved.get(plan.livelihood_id, plan.approved_on)
            approved[plan.livelihood_id] = min(plan.approved_on, held)
    return [
        _row(
            record,
            owners[record.id],
            tuple(visit for visit in visits.get(record.id, ()) if visit.day <= day),
            state_on(steps.get(record.id, []), day),
            closed.get(record.id),
            loans.get(record.id, 0),
            approved.get(record.id),
            day,
            standards,
            prices,
        )
        for record in records
    ]


def _row(
    record: Livelihood,
    owner: OwnerBlock,
    visits: tuple[VisitRow, ...],
    state: LivelihoodState,
    closed: date | None,
    loans: int,
    approved: date | None,
    day: date,
    standards: Standards,
    prices: Sequence[PriceRow],
) -> LivelihoodRow:
    closed = closed if closed is not None and closed <= day else None
    plan = schedule(record.started, {visit.wave: visit.day for visit in visits}, day, standards, closed)
    open_ones = [one for one in plan if one.state not in (DueState.DONE, DueState.VOID)]
    return LivelihoodRow(
        id=LivelihoodId(record.id),
        uid=record.uid,
        code=record.code,
        name=record.name,
        owner=owner,
        vsic=activity_text(record.vsic_code, record.vsic_version),
        section=section_of(record.vsic_code),
        section_key=section_key(record.vsic_code),
        place=record.place,
        state=state,
        started=record.started,
        closed=closed,
        smart=record.smart,
        risk=highest(risks_from(record.risks)),
        practised=any(visit.practices for visit in visits if visit.wave is not Wave.BASE),
        loans=loans,
        net=visits[-1].net if visits else None,
        income=income_pair(visits, prices),
        coming=open_ones[0] if open_ones else None,
        approved=approved,
        visits=visits,
    )


def income_pair(
    visits: Sequence[VisitRow], prices: Sequence[PriceRow], wave: Wave | None = None
) -> IncomePair | None:
    """Return the income before against that of a wave (the latest without one); None without both visits."""
    base = next((visit for visit in visits if visit.wave is Wave.BASE), None)
    later = [visit for visit in visits if visit.wave is not Wave.BASE and wave in (None, visit.wave)]
    if base is None or not later:
        return None
    last = later[-1]
    then, now = price_on(prices, base.day), price_on(prices, last.day)
    real = None if not then or not now else real_change(base.net, last.net, then, now)
    return IncomePair(base.net, last.net, last.wave, real)


def detail(book: Book, livelihood: LivelihoodId, day: date) -> LivelihoodDetail:
    """Return an activity with all that its page shows."""
    with book.read() as session:
        return detail_in(session, livelihood, day)


def detail_in(session: Session, livelihood: LivelihoodId, day: date) -> LivelihoodDetail:
    """Return an activity with all that its page shows, inside an open session."""
    record = session.get_one(Livelihood, livelihood)
    row = _rows(session, [record], day)[0]
    prices, standards = prices_in(session), standards_in(session, day)
    seen = {visit.wave: visit.day for visit in row.visits}
    last = session.scalars(
        select(LivelihoodStep)
        .where(LivelihoodStep.livelihood_id == livelihood)
        .order_by(LivelihoodStep.day.desc(), LivelihoodStep.id.desc())
    ).first()
    return LivelihoodDetail(
        row=row,
        activity=activity_of(record),
        version=record.version,
        schedule=tuple(schedule(record.started, seen, day, standards, row.closed)),
        incomes=tuple((visit, income_pair(row.visits, prices, visit.wave)) for visit in row.visits),
        plans=tuple(plans_in(session, livelihood)),
        jobs=tuple(listed_in(session, JobFilter(livelihood), day)),
        loans=tuple(_linked(session, record)),
        may_link=tuple(_may_link(session, record)),
        story=story(session, record),
        reason="" if last is None else last.reason,
    )


def activity_of(record: Livelihood) -> Activity:
    """Return a record as the form has it."""
    return Activity(
        owner=Owner(
            None if record.member_id is None else MemberId(record.member_id),
            None if record.household_id is None else HouseholdId(record.household_id),
            None if record.group_id is None else GroupId(record.group_id),
        ),
        name=record.name,
        vsic_code=record.vsic_code,
        vsic_version=record.vsic_version,
        establishment=record.establishment,
        co_owner=record.co_owner,
        decider=record.decider,
        place=record.place,
        started=record.started,
        smart=record.smart,
        practices=practices_from(record.practices),
        risks=risks_from(record.risks),
        note=record.note,
    )


def _linked(session: Session, record: Livelihood) -> list[LinkedLoan]:
    rows = session.execute(
        select(Loan, LivelihoodLoan.purpose)
        .join(LivelihoodLoan, LivelihoodLoan.loan_id == Loan.id)
        .where(LivelihoodLoan.livelihood_id == record.id)
        .order_by(Loan.code)
    ).all()
    return _loan_rows(session, [(loan, purpose) for loan, purpose in rows])


def _may_link(session: Session, record: Livelihood) -> list[LinkedLoan]:
    """Return the loans of the owner (or of the owner's household) that are not tied to this activity yet."""
    query = select(Loan).where(
        Loan.stage.not_in((LoanStage.REFUSED, LoanStage.CANCELLED)),
        Loan.id.not_in(select(LivelihoodLoan.loan_id).where(LivelihoodLoan.livelihood_id == record.id)),
    )
    if record.group_id is not None:
        query = query.where(Loan.group_id == record.group_id, Loan.direction == LoanDirection.IN)
    else:
        query = query.where(Loan.member_id.in_(list(people_of(session, record))))
    loans = session.scalars(query.order_by(Loan.code)).all()
    return _loan_rows(session, [(loan, loan.livelihood or loan.purpose) for loan in loans])


def unlinked_loans(book: Book, group: GroupId | None = None) -> list[tuple[MemberId, LinkedLoan]]:
    """Return the loans to members that name an activity in words and are tied to none, with their borrowers."""
    query = select(Loan).where(
        Loan.direction == LoanDirection.OUT,
        Loan.livelihood != "",
        Loan.member_id.is_not(None),
        Loan.stage.not_in((LoanStage.REFUSED, LoanStage.CANCELLED)),
        Loan.id.not_in(select(LivelihoodLoan.loan_id)),
    )
    if group is not None:
        query = query.where(Loan.group_id == group)
    with book.read() as session:
        loans = session.scalars(query.order_by(Loan.code)).all()
        rows = _loan_rows(session, [(loan, loan.livelihood) for loan in loans])
        return [
            (MemberId(loan.member_id), row)
            for loan, row in zip(loans, rows, strict=True)
            if loan.member_id is not None
        ]


def _loan_rows(session: Session, pairs: Sequence[tuple[Loan, str]]) -> list[LinkedLoan]:
    names = names_of(session, [loan.member_id for loan, _text in pairs if loan.member_id is not None])
    return [
        LinkedLoan(
            LoanId(loan.id),
            loan.code,
            names.get(loan.member_id or 0, loan.lender),
            loan.amount,
            purpose,
            loan.stage,
            loan.disbursed_on or loan.applied_on,
        )
        for loan, purpose in pairs
    ]


def with_income(row: LivelihoodRow, prices: Sequence[PriceRow], wave: Wave) -> LivelihoodRow:
    """Return a row whose income is that of one wave."""
    return replace(row, income=income_pair(row.visits, prices, wave))

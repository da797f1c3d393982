"""Visits to activities: written once a wave, mended with the chain as witness; what is due and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LivelihoodId, VisitId, new_uid
from desktop.models.livelihood_kinds import Contribution, Evidence, LivelihoodState, Practice, Wave
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Livelihood, LivelihoodStep, LivelihoodVisit
from desktop.models.rules import people
from desktop.models.rules.livelihoods.income import Figures, net_income
from desktop.models.rules.livelihoods.visits import (
    DueState,
    DueVisit,
    VisitFacts,
    check_visit,
    schedule,
)
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Outcome
from desktop.services.livelihood_owners import OwnerBlock, in_group, owners_of
from desktop.services.livelihood_standards import standards_in
from desktop.services.livelihoods import CHANGED, codes_text, practices_from
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit writes down. `agreed`: the user has said yes to what is only warned about."""

    livelihood: LivelihoodId
    wave: Wave
    day: date | None
    visitor: str
    figures: Figures
    operating: bool = True
    practices: tuple[Practice, ...] = ()
    contribution: Contribution = Contribution.UNASKED
    displaces: bool = False
    evidence: Evidence = Evidence.DECLARED
    note: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as it was written; `net` is its net income a year in đồng."""

    id: VisitId
    uid: bytes
    wave: Wave
    day: date
    visitor: str
    operating: bool
    figures: Figures
    practices: tuple[Practice, ...]
    contribution: Contribution
    displaces: bool
    evidence: Evidence
    note: str
    version: int

    @property
    def net(self) -> int:
        """Return the net income of a year, in đồng."""
        return net_income(self.figures)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A visit to be made: of which activity, whose, which wave, when, and how it stands."""

    livelihood: LivelihoodId
    code: str
    name: str
    owner: OwnerBlock
    visit: DueVisit
    days_late: int

    @property
    def key(self) -> tuple[int, str]:
        """Return what tells this line from others."""
        return self.livelihood, self.visit.wave.value


# -- deeds -----------------------------------------------------------------------------------------


def record(book: Book, visit: Visit, act: Act) -> Outcome[VisitId]:
    """Write down a visit; one that finds the activity closed or running changes its state too. Raises Refusal."""
    with book.write(act) as session:
        activity = session.get_one(Livelihood, visit.livelihood)
        _refuse(session, activity, visit, act, None)
        row = LivelihoodVisit(
            uid=new_uid(),
            livelihood_id=activity.id,
            wave=visit.wave,
            day=visit.day or act.today,
            visitor=visit.visitor,
            figures="",
        )
        _apply(row, visit)
        session.add(row)
        _follow(session, activity, visit)
        session.flush()
        made = VisitId(row.id)
    return Outcome(made, CHANGED)


def change(book: Book, visit_id: VisitId, version: int, visit: Visit, act: Act) -> Outcome[VisitId]:
    """Mend a visit. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(LivelihoodVisit, visit_id)
        expect_version(row, version)
        activity = session.get_one(Livelihood, row.livelihood_id)
        _refuse(session, activity, visit, act, row.wave)
        row.wave, row.day = visit.wave, visit.day or act.today
        _apply(row, visit)
        _follow(session, activity, visit)
    return Outcome(visit_id, CHANGED)


def _apply(row: LivelihoodVisit, visit: Visit) -> None:
    row.visitor, row.operating = people.tidy(visit.visitor), visit.operating
    row.figures, row.practices = to_text(visit.figures), codes_text(visit.practices)
    row.contribution, row.displaces = visit.contribution, visit.displaces
    row.evidence, row.note = visit.evidence, people.tidy_note(visit.note)


def _refuse(session: Session, activity: Livelihood, visit: Visit, act: Act, but: Wave | None) -> None:
    seen = {row.wave: row.day for row in _rows(session, activity.id) if row.wave is not but}
    facts = VisitFacts(activity.started, seen, act.today)
    standards = standards_in(session, visit.day or act.today)
    problems = check_visit(visit.wave, visit.day, visit.figures, facts, standards)
    if not visit.visitor.strip():
        problems.append(Problem.stop("visitor", "visitor", _("Cần ghi ai đã đến thăm.")))
    refuse_if_stopped(problems, agreed=visit.agreed)


def _follow(session: Session, activity: Livelihood, visit: Visit) -> None:
    """Let the activity's state follow what the visit has seen, from its day on."""
    if visit.wave is Wave.BASE or visit.day is None:
        return
    last = session.scalar(
        select(LivelihoodStep.day)
        .where(LivelihoodStep.livelihood_id == activity.id)
        .order_by(LivelihoodStep.day.desc())
        .limit(1)
    )
    if last is not None and visit.day < last:
        return
    runs = activity.state is LivelihoodState.OPERATING
    if visit.operating == runs or (not visit.operating and activity.state is LivelihoodState.PAUSED):
        return
    state = LivelihoodState.OPERATING if visit.operating else LivelihoodState.CLOSED
    reason = _("Ghi nhận khi thăm {wave}").format(wave=visit.wave.title)
    activity.state = state
    session.add(
        LivelihoodStep(
            uid=new_uid(), livelihood_id=activity.id, day=visit.day, state=state, reason=visit.note or reason
        )
    )


# -- questions -------------------------------------------------------------------------------------


def _rows(session: Session, livelihood: int) -> Sequence[LivelihoodVisit]:
    return session.scalars(
        select(LivelihoodVisit)
        .where(LivelihoodVisit.livelihood_id == livelihood)
        .order_by(LivelihoodVisit.day, LivelihoodVisit.id)
    ).all()


def row_of(row: LivelihoodVisit) -> VisitRow:
    """Return a record as a plain value."""
    return VisitRow(
        VisitId(row.id),
        row.uid,
        row.wave,
        row.day,
        row.visitor,
        row.operating,
        from_text(Figures, row.figures),
        practices_from(row.practices),
        row.contribution,
        row.displaces,
        row.evidence,
        row.note,
        row.version,
    )


def visits_in(session: Session, livelihoods: Sequence[int] | None = None) -> dict[int, list[VisitRow]]:
    """Return the visits of activities (of all without a list), each in the order of time."""
    query = select(LivelihoodVisit).order_by(LivelihoodVisit.day, LivelihoodVisit.id)
    if livelihoods is not None and len(livelihoods) == 1:
        query = query.where(LivelihoodVisit.livelihood_id == livelihoods[0])
    found: dict[int, list[VisitRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.livelihood_id, []).append(row_of(row))
    return found


def closed_days(session: Session) -> dict[int, date]:
    """Return the day on which each closed activity closed."""
    rows = session.execute(
        select(LivelihoodStep.livelihood_id, LivelihoodStep.day, LivelihoodStep.state).order_by(
            LivelihoodStep.day, LivelihoodStep.id
        )
    )
    found: dict[int, date] = {}
    for key, day, state in rows:
        if state is LivelihoodState.CLOSED:
            found[key] = day
        else:
            found.pop(key, None)
    return found


def due(book: Book, day: date, group: GroupId | None = None, *, coming: bool = False) -> list[DueRow]:
    """Return the visits to be made by a day, the latest first; with `coming` also those not yet due."""
    with book.read() as session:
        standards = standards_in(session, day)
        visits, closed = visits_in(session), closed_days(session)
        records = session.scalars(select(Livelihood).order_by(Livelihood.code)).all()
        owners = owners_of(session, records)
        wanted = {DueState.DUE, DueState.OVERDUE} | ({DueState.COMING} if coming else set())
        found = []
        for record in records:
            if group is not None and not in_group(owners[record.id], group):
                continue
            seen = {row.wave: row.day for row in visits.get(record.id, ())}
            for visit in schedule(record.started, seen, day, standards, closed.get(record.id)):
                if visit.state in wanted:
                    late = max((day - visit.last).days, 0)
                    found.append(
                        DueRow(
                            LivelihoodId(record.id), record.code, record.name, owners[record.id], visit, late
                        )
                    )
    return sorted(found, key=lambda row: (row.visit.state is not DueState.OVERDUE, row.visit.due, row.code))

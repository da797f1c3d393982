"""After the course: who is to be visited, and whether what was learned is in use (DT02).

A visit of the person's livelihood three months or more after completion answers by itself, with the practices seen at it; a
follow-up adds what only a course teaches, to such a visit or standing alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import ClassId, EnrolmentId, FollowUpId, MemberId, VisitId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import (
    Enrolment,
    Livelihood,
    LivelihoodVisit,
    Member,
    TrainingFollowUp,
)
from desktop.models.rules import people
from desktop.models.rules.training.follow_up import FollowUp, Seen, follow_up
from desktop.models.training_kinds import FollowState
from desktop.services.acts import Act, Outcome
from desktop.services.person_records import IN_CHUNK, found_people
from desktop.services.training import Learning, follow_term, learnings_in
from desktop.services.training_classes import CHANGED
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.training import practices as all_practices


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What a visit after a course found: the practices of the course seen in use, by key ("KT.daybook")."""

    enrolment: EnrolmentId
    day: date | None
    visitor: str
    practices: tuple[str, ...] = ()
    visit: VisitId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """A visit of a livelihood to which a follow-up can be tied."""

    id: VisitId
    day: date
    livelihood: str
    practices: int


@dataclass(frozen=True, slots=True)
class FollowRow:
    """Somebody to be visited after a course, and how it stands; `late` in days after the last day."""

    enrolment: EnrolmentId
    member: MemberId
    code: str
    name: str
    place: str
    klass: ClassId
    class_code: str
    course: str
    modules: tuple[str, ...]
    completed: date
    follow: FollowUp
    late: int
    practices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonVisit:
    """A visit that tells of a person: of a livelihood, or a follow-up alone; `practices` are the course's, by key."""

    day: date
    of_livelihood: bool
    practised: bool
    enrolment: EnrolmentId | None = None
    practices: tuple[str, ...] = ()

    def seen(self, learning: Learning) -> Seen | None:
        """Return what the visit says of a class, None when it is of another class."""
        if self.enrolment is None or self.enrolment == learning.enrolment:
            return Seen(self.day, self.practised)
        return None


def record(book: Book, new: NewFollowUp, act: Act) -> Outcome[FollowUpId]:
    """Write down what a visit after a course found. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Enrolment, new.enrolment)
        learning = learnings_in(session, act.today, people=[row.member_id], classes=[row.class_id])[0]
        day, problems = new.day, []
        if new.visit is not None:
            visit = session.get_one(LivelihoodVisit, new.visit)
            day = visit.day
            if visit.livelihood_id not in _livelihoods(session, [row.member_id]):
                text = _("Lần thăm này không phải của sinh kế người học.")
                problems.append(Problem.stop("other", "visit", text))
        problems += _check(learning, day, new, act.today)
        refuse_if_stopped(problems)
        assert day is not None
        made = TrainingFollowUp(
            uid=new_uid(),
            enrolment_id=row.id,
            visit_id=new.visit,
            day=day,
            visitor=people.tidy(new.visitor),
            practices=json.dumps(list(new.practices)),
            note=people.tidy_note(new.note),
        )
        session.add(made)
        session.flush()
        key = FollowUpId(made.id)
    return Outcome(key, CHANGED)


def _check(learning: Learning, day: date | None, new: NewFollowUp, today: date) -> list[Problem]:
    found = []
    if learning.completed is None:
        text = _("Người này chưa hoàn thành khóa học.")
        found.append(Problem.stop("not-completed", "day", text))
    elif day is None:
        found.append(Problem.stop("missing", "day", _("Cần ghi ngày thăm.")))
    elif day > today:
        found.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
    else:
        due = follow_up(learning.completed, (), follow_term(learning.completed), day).due
        if day < due:
            text = _("Thăm sau tập huấn tính từ ngày {day}. Thăm sớm hơn chưa nói lên việc áp dụng.")
            found.append(Problem.stop("early", "day", text.format(day=show_day(due))))
    if not new.visitor.strip():
        found.append(Problem.stop("visitor", "visitor", _("Cần ghi ai đã đến thăm.")))
    known = {one.key for one in all_practices() if one.module in learning.course.codes}
    if any(key not in known for key in new.practices):
        text = _("Có điều không thuộc khóa học này.")
        found.append(Problem.stop("practice", "practices", text))
    return found


# -- questions -------------------------------------------------------------------------------------


def _livelihoods(session: Session, members: Collection[int]) -> dict[int, list[int]]:
    """Return, by livelihood, whose of these people it is: their own, or their household's."""
    found: dict[int, list[int]] = {}
    wanted = sorted(set(members))
    for start in range(0, len(wanted), IN_CHUNK):
        chunk = wanted[start : start + IN_CHUNK]
        rows = session.execute(
            select(Livelihood.id, Member.id)
            .join(
                Member,
                or_(Member.id == Livelihood.member_id, Member.household_id == Livelihood.household_id),
            )
            .where(Member.id.in_(chunk))
        )
        for livelihood, member in rows:
            found.setdefault(livelihood, []).append(member)
    return found


def visits_of(session: Session, members: Collection[int]) -> dict[int, list[PersonVisit]]:
    """Return the visits that tell of people, by person: of their livelihoods, with what follow-ups saw, and alone."""
    found: dict[int, list[PersonVisit]] = {}
    wanted = set(members)
    owners = _livelihoods(session, wanted)
    follow_ups = session.execute(
        select(TrainingFollowUp, Enrolment.member_id).join(
            Enrolment, Enrolment.id == TrainingFollowUp.enrolment_id
        )
    ).all()
    for row in session.execute(
        select(LivelihoodVisit.livelihood_id, LivelihoodVisit.day, LivelihoodVisit.practices)
    ):
        for member in owners.get(row.livelihood_id, ()):
            found.setdefault(member, []).append(PersonVisit(row.day, True, bool(json.loads(row.practices))))
    for one, member in follow_ups:
        if member in wanted:
            practices = tuple(json.loads(one.practices))
            found.setdefault(member, []).append(
                PersonVisit(
                    one.day,
                    one.visit_id is not None,
                    bool(practices),
                    EnrolmentId(one.enrolment_id),
                    practices,
                )
            )
    return found


def due(book: Book, day: date, *, states: Collection[FollowState] | None = None) -> list[FollowRow]:
    """Return who is to be visited after a course, the latest first; all of them, or those in some states.

    Somebody who did the same course again is asked about the first time only.
    """
    with book.read() as session:
        rows = rows_in(session, day)
    return [row for row in rows if states is None or row.follow.state in states]


def rows_in(session: Session, day: date) -> list[FollowRow]:
    """Return everybody who completed a course, once for each set of modules, and how the visit after it stands."""
    learnings = [one for one in learnings_in(session, day) if one.completed is not None]
    visits = visits_of(session, {one.member for one in learnings})
    names = found_people(session, {one.member for one in learnings})
    found: dict[tuple[MemberId, tuple[str, ...]], FollowRow] = {}
    for one in sorted(learnings, key=lambda learning: (learning.completed or day, learning.enrolment)):
        key = (one.member, one.course.codes)
        if key in found:
            continue
        assert one.completed is not None
        told = visits.get(one.member, ())
        seen = tuple(s for s in (visit.seen(one) for visit in told) if s is not None)
        answer = follow_up(one.completed, seen, follow_term(one.completed), day)
        who = names[one.member]
        late = max((day - answer.last).days, 0) if answer.state is FollowState.OVERDUE else 0
        found[key] = FollowRow(
            one.enrolment,
            one.member,
            who.code,
            who.full_name,
            ", ".join(part for part in (who.hamlet, *who.groups) if part),
            one.klass,
            one.class_code,
            one.course.shown,
            one.course.codes,
            one.completed,
            answer,
            late,
            tuple(
                sorted({key for visit in told if visit.enrolment == one.enrolment for key in visit.practices})
            ),
        )
    order = list(FollowState)
    rank = {FollowState.OVERDUE: 0, FollowState.DUE: 1, FollowState.COMING: 2}
    return sorted(
        found.values(),
        key=lambda row: (
            rank.get(row.follow.state, 3 + order.index(row.follow.state)),
            row.follow.due,
            row.code,
        ),
    )


def visit_choices(book: Book, enrolment: EnrolmentId, day: date) -> Sequence[VisitChoice]:
    """Return the visits of a learner's livelihoods to which a follow-up can be tied, the latest first."""
    with book.read() as session:
        row = session.get_one(Enrolment, enrolment)
        keys = list(_livelihoods(session, [row.member_id]))
        visits = session.execute(
            select(LivelihoodVisit, Livelihood.name)
            .join(Livelihood, Livelihood.id == LivelihoodVisit.livelihood_id)
            .where(LivelihoodVisit.livelihood_id.in_(keys), LivelihoodVisit.day <= day)
            .order_by(LivelihoodVisit.day.desc())
        )
        return [
            VisitChoice(VisitId(visit.id), visit.day, name, len(json.loads(visit.practices)))
            for visit, name in visits
        ]

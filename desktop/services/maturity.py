"""Maturity scores of groups: judged from the book and what an officer saw, kept as dated records, compared over time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.models.capacity_kinds import Grade, Item, Mark, Phase
from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Group, MaturityScore
from desktop.models.rules import maturity as rules
from desktop.models.rules import people
from desktop.models.rules.maturity import Line, MaturityFacts, Observed, Scorecard
from desktop.models.rules.plain import from_text, to_text
from desktop.services import maturity_facts
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Assess:
    """Keep a score of a group on a day; `supersedes` is the earlier one that this corrects, with a `reason`."""

    group: GroupId
    day: date | None
    observed: Observed
    assessor: str = ""
    note: str = ""
    supersedes: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A score that is not kept: what the book says on a day with an observation. `last` is the last score kept."""

    facts: MaturityFacts
    observed: Observed
    card: Scorecard
    phase: Phase
    last: ScoreRow | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score as it was kept. `in_force`: no later row corrects it."""

    id: int
    uid: bytes
    day: date
    facts: MaturityFacts
    observed: Observed
    lines: tuple[Line, ...]
    points: int
    known: int
    grade: Grade
    phase: Phase
    independent: bool
    assessor: str
    note: str
    in_force: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Graded:
    """The last score of a group up to a day. `self_managed_since`: the day from which it manages itself, if it does."""

    day: date
    points: int
    known: int
    grade: Grade
    phase: Phase
    self_managed_since: date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed of an item between two scores."""

    item: Item
    before: Mark
    after: Mark
    points: int


# -- deeds -----------------------------------------------------------------------------------------


def record(book: Book, command: Assess, act: Act) -> Outcome[int]:
    """Judge a group and keep the score. Raises Refusal with each problem at its field."""
    with book.read() as session:
        founded = session.get_one(Group, command.group).founded
        problems = rules.check_observed(command.observed, command.day, founded, act.today)
        problems += _correction_problems(session, command)
    if not (command.assessor or act.who).strip():
        problems.append(Problem.stop("missing", "assessor", _("Cần ghi ai đánh giá.")))
    refuse_if_stopped(problems)
    day = command.day or act.today
    facts = maturity_facts.facts(book, command.group, day)
    card = rules.judge(facts, command.observed)
    with book.write(act) as session:
        earlier = [row.grade for row in _rows(session, command.group, day) if row.id != command.supersedes]
        row = MaturityScore(
            uid=new_uid(),
            group_id=command.group,
            day=day,
            points=card.points,
            known=card.known,
            grade=card.grade,
            phase=rules.phase_of(facts.months, facts.shared_out is not None, [card.grade, *earlier]),
            independent=card.independent,
            facts=to_text(facts),
            observed=to_text(command.observed),
            marks=_marks_text(card.lines),
            assessor=people.tidy(command.assessor) or act.who,
            note=people.tidy_note(command.note),
            supersedes_id=command.supersedes,
            reason=people.tidy(command.reason),
            at=act.at,
            by=act.who,
        )
        session.add(row)
        session.flush()
        made = row.id
    return Outcome(made, Changed.of(Topic.CAPACITY, group=command.group))


def _correction_problems(session: Session, command: Assess) -> list[Problem]:
    problems = []
    rows = _rows(session, command.group)
    if command.supersedes is None:
        same = next((row for row in rows if row.day == command.day), None)
        if same is not None:
            text = _("Nhóm đã có phiếu chấm ngày {day}; hãy sửa phiếu đó hoặc chọn ngày khác.")
            problems.append(Problem.stop("same-day", "day", text.format(day=show_day(same.day))))
        return problems
    if not command.reason.strip():
        problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do sửa phiếu.")))
    if command.supersedes not in {row.id for row in rows}:
        text = _("Phiếu này đã được sửa bằng một phiếu sau, hoặc là của nhóm khác.")
        problems.append(Problem.stop("corrected", "reason", text))
    other = next((row for row in rows if row.day == command.day and row.id != command.supersedes), None)
    if other is not None:
        problems.append(Problem.stop("same-day", "day", _("Nhóm đã có phiếu chấm khác trong ngày này.")))
    return problems


def _marks_text(lines: Sequence[Line]) -> str:
    marks = {line.item.value: [line.mark.value, line.partial] for line in lines}
    return json.dumps(marks, sort_keys=True, separators=(",", ":"))


# -- questions -------------------------------------------------------------------------------------


def propose(book: Book, group: GroupId, day: date, observed: Observed | None = None) -> Proposal:
    """Return what the book says of a group on a day; without an observation what the last visit saw stands."""
    kept = history(book, group)
    last = next((row for row in kept if row.in_force and row.day <= day), None)
    if observed is None:
        observed = Observed() if last is None else last.observed
    facts = maturity_facts.facts(book, group, day)
    card = rules.judge(facts, observed)
    earlier = [row.grade for row in kept if row.in_force and row.day <= day]
    return Proposal(
        facts, observed, card, rules.phase_of(facts.months, facts.shared_out is not None, earlier), last
    )


def history(book: Book, group: GroupId) -> list[ScoreRow]:
    """Return all scores of a group that were kept, corrected ones too, the latest first."""
    with book.read() as session:
        return history_in(session, group)


def history_in(session: Session, group: GroupId) -> list[ScoreRow]:
    """Return all scores of a group inside an open session."""
    records = session.scalars(
        select(MaturityScore)
        .where(MaturityScore.group_id == group)
        .order_by(MaturityScore.day.desc(), MaturityScore.id.desc())
    ).all()
    corrected = {row.supersedes_id for row in records}
    return [_row(row, row.id not in corrected) for row in records]


def score(book: Book, key: int) -> ScoreRow:
    """Return one score."""
    with book.read() as session:
        row = session.get_one(MaturityScore, key)
        later = session.scalar(select(MaturityScore.id).where(MaturityScore.supersedes_id == key))
        return _row(row, later is None)


def group_of(session: Session, key: int) -> GroupId:
    """Return whose score it is."""
    return GroupId(session.get_one(MaturityScore, key).group_id)


def grade(session: Session, group: GroupId, day: date) -> Graded | None:
    """Return the last score of a group up to a day, None when it was never assessed by then.

    For the assessment before support: a group of grade A or B that has managed itself for so long.
    """
    return grades(session, day, [group]).get(group)


def grades(session: Session, day: date, groups: Sequence[int] | None = None) -> Mapping[int, Graded]:
    """Return the last score of each group (of all without a list) up to a day."""
    found: dict[int, list[MaturityScore]] = {}
    for row in _in_force(session, day, groups):
        found.setdefault(row.group_id, []).append(row)
    if not found:
        return {}
    shared = maturity_facts.share_outs_until(session, day, groups)
    began = maturity_facts.beginnings(session, groups)
    return {
        group: _graded(rows, shared.get(group), maturity_facts.age_in_months(began[group], day))
        for group, rows in found.items()
    }


def _graded(rows: Sequence[MaturityScore], shared: date | None, months: int) -> Graded:
    """Return what rows (the latest first) say; a share-out after the last score may have changed the phase."""
    last = rows[0]
    phase = rules.phase_of(months, shared is not None, [row.grade for row in rows])
    since = None
    if phase is Phase.SELF_MANAGED and shared is not None:
        strong = 0
        while strong < len(rows) and rows[strong].grade.strong:
            strong += 1
        since = max(shared, rows[strong - 2].day)
    return Graded(last.day, last.points, last.known, last.grade, phase, since)


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[Difference]:
    """Return the items whose mark changed, in their order."""
    marks = {line.item: line for line in before}
    return [
        Difference(line.item, marks[line.item].mark, line.mark, line.points - marks[line.item].points)
        for line in after
        if line.item in marks and marks[line.item].mark is not line.mark
    ]


def _in_force(session: Session, day: date | None, groups: Sequence[int] | None) -> list[MaturityScore]:
    later = aliased(MaturityScore)
    query = (
        select(MaturityScore)
        .outerjoin(later, later.supersedes_id == MaturityScore.id)
        .where(later.id.is_(None))
        .order_by(MaturityScore.day.desc(), MaturityScore.id.desc())
    )
    if day is not None:
        query = query.where(MaturityScore.day <= day)
    if groups is not None and len(groups) == 1:
        query = query.where(MaturityScore.group_id == groups[0])
    wanted = None if groups is None else set(groups)
    return [row for row in session.scalars(query) if wanted is None or row.group_id in wanted]


def _rows(session: Session, group: GroupId, day: date | None = None) -> list[MaturityScore]:
    return _in_force(session, day, [group])


def _row(row: MaturityScore, in_force: bool) -> ScoreRow:
    marks: Mapping[str, tuple[str, bool]] = json.loads(row.marks)
    return ScoreRow(
        row.id,
        row.uid,
        row.day,
        from_text(MaturityFacts, row.facts),
        from_text(Observed, row.observed),
        tuple(Line(Item(item), Mark(marks[item][0]), marks[item][1]) for item in Item if item in marks),
        row.points,
        row.known,
        row.grade,
        row.phase,
        row.independent,
        row.assessor,
        row.note,
        in_force,
        row.reason,
    )

"""Support judged and decided: dated assessments with their evidence, and decisions on them. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.models.ids import SupportId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import SupportAssessment, SupportDecision
from desktop.models.rules import people
from desktop.models.rules.plain import to_text
from desktop.models.rules.support.assessment import Judgement, Score, Scores, check_assessment, judge
from desktop.models.rules.support.dossier import DecisionFact, check_decision, earliest_assessment
from desktop.models.support_kinds import Verdict, Wave
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.support_facts import rows_in
from desktop.services.support_proposals import Proposal, proposals_in
from desktop.services.support_standards import standards_in
from desktop.services.supports import CHANGED
from desktop.store.book import Book
from resources.lang.messages import _

PERCENT = 10_000
"""Shares are kept in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What a human says of one item: the score (None: not yet), its evidence as text and as files."""

    item: int
    score: int | None
    evidence: str = ""
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Assess:
    """Assess a dossier on a day."""

    support: SupportId
    day: date
    assessor: str
    answers: tuple[ItemAnswer, ...]
    wave: Wave = Wave.BEFORE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide on the last assessment. `amount` is the value approved, in đồng; an override names a second person."""

    support: SupportId
    day: date
    verdict: Verdict
    decider: str
    amount: int = 0
    decider_post: str = ""
    override: bool = False
    second: str = ""
    second_post: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment just kept, and what it came to."""

    id: int
    judgement: Judgement


def assess(book: Book, command: Assess, act: Act) -> Outcome[Assessed]:
    """Keep an assessment with what the book itself would have proposed. Raises Refusal, each problem at its field."""
    with book.write(act) as session:
        rows = rows_in(session, command.support)
        standards = standards_in(session, command.day)
        earliest, problems = earliest_assessment(rows.dossier, command.wave, standards)
        if earliest is not None:
            scores = [_score(answer) for answer in command.answers]
            problems += check_assessment(
                scores, command.wave, command.day, command.assessor, earliest, act.today
            )
        refuse_if_stopped(problems)
        proposed = proposals_in(session, rows, command.wave, command.day, standards)
        scores = [_with(score, proposed.get(score.item)) for score in scores]
        found = judge(scores, standards, command.wave)
        row = SupportAssessment(
            uid=new_uid(),
            support_id=command.support,
            wave=command.wave,
            day=command.day,
            assessor=people.tidy(command.assessor),
            scores=to_text(Scores(tuple(sorted(scores, key=lambda score: score.item)))),
            standards=to_text(standards),
            percent=int(found.share * PERCENT),
            result=found.result,
            note=people.tidy_note(command.note),
            at=act.at,
            by=act.who,
        )
        session.add(row)
        session.flush()
        for answer in command.answers:
            for one in answer.files:
                attach_in(session, Subject.of(row), _titled(answer.item, one), act)
        made = Assessed(row.id, found)
    return Outcome(made, CHANGED)


def _score(answer: ItemAnswer) -> Score:
    return Score(answer.item, answer.score, people.tidy_note(answer.evidence), len(answer.files))


def _with(score: Score, proposal: Proposal | None) -> Score:
    if proposal is None:
        return score
    return replace(score, proposed=proposal.score, basis=proposal.basis)


def _titled(item: int, new: NewFile) -> NewFile:
    title = _("Mục {n}").format(n=item)
    return replace(new, title=f"{title} – {new.title}" if new.title else title)


def decide(book: Book, command: Decide, act: Act) -> Outcome[int]:
    """Keep a decision on the last assessment. Raises Refusal: not passed, an override without two people, …"""
    with book.write(act) as session:
        rows = rows_in(session, command.support)
        dossier = rows.dossier
        assessed = dossier.assessed
        fact = DecisionFact(
            0,
            0 if assessed is None else assessed.id,
            command.day,
            command.verdict,
            command.amount,
            command.override,
            people.tidy(command.decider),
            people.tidy(command.second) if command.override else "",
            people.tidy_note(command.reason),
        )
        refuse_if_stopped(
            [*check_decision(dossier, fact, act.today), *_check_order(command, dossier.decisions)]
        )
        assert assessed is not None
        row = SupportDecision(
            uid=new_uid(),
            support_id=command.support,
            assessment_id=assessed.id,
            day=command.day,
            verdict=command.verdict,
            amount=command.amount if command.verdict is Verdict.APPROVE else 0,
            decider=fact.decider,
            decider_post=people.tidy(command.decider_post),
            override=command.override,
            second=fact.second,
            second_post=people.tidy(command.second_post) if command.override else "",
            reason=fact.reason,
            at=act.at,
            by=act.who,
        )
        session.add(row)
        session.flush()
        made = row.id
    return Outcome(made, CHANGED)


def _check_order(command: Decide, decisions: tuple[DecisionFact, ...]) -> list[Problem]:
    if decisions and command.day < decisions[-1].day:
        text = _("Ngày quyết định không được trước quyết định gần nhất.")
        return [Problem.stop("order", "day", text)]
    return []

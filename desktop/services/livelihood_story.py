"""The story of one activity on one line of time.

Other modules put their events on it by adding a source to `SOURCES`: a function of an open session and the activity
that yields `StoryEvent`s. Nothing else has to be changed; the page, the paper and the sorting follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.livelihood_kinds import LivelihoodState, ReliefKind
from desktop.models.records.every import (
    BusinessPlan,
    Job,
    JobTerm,
    Livelihood,
    LivelihoodLoan,
    LivelihoodStep,
    Loan,
    Loss,
    LossEvent,
    Relief,
)
from desktop.models.rules.training.words import show_hours
from desktop.services.livelihood_visits import visits_in
from desktop.services.livelihoods import people_of
from desktop.services.loan_portfolio import names_of
from desktop.services.training import learnings_in
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One event: its day, its kind ("loan", "visit", "job", "shock", "plan", "state", "training", "support"), what
    happened in words, the amount in đồng where there is one, and the page it leads to with its arguments.
    """

    day: date
    kind: str
    title: str
    text: str = ""
    amount: int | None = None
    tone: str = ""
    page: str = ""
    args: tuple[tuple[str, int], ...] = ()


KINDS: dict[str, str] = {
    "state": N_("Tình trạng"),
    "plan": N_("Kế hoạch"),
    "training": N_("Tập huấn"),
    "support": N_("Hỗ trợ"),
    "loan": N_("Vốn vay"),
    "visit": N_("Thăm"),
    "job": N_("Việc làm"),
    "shock": N_("Thiên tai"),
}
"""The kinds of event in the order of the line of time; a module with a kind of its own adds it here."""


def story_kind(kind: str) -> str:
    """Return what a kind of event is called, in the language in use."""
    return _(KINDS[kind]) if kind in KINDS else kind


Source = Callable[[Session, Livelihood], Iterator[StoryEvent]]


def story(session: Session, livelihood: Livelihood) -> tuple[StoryEvent, ...]:
    """Return what happened around an activity, the earliest first."""
    events = [event for source in SOURCES for event in source(session, livelihood)]
    return tuple(sorted(events, key=lambda event: event.day))


def _steps(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    tones = {LivelihoodState.OPERATING: "good", LivelihoodState.PAUSED: "warn", LivelihoodState.CLOSED: "bad"}
    rows = session.scalars(
        select(LivelihoodStep)
        .where(LivelihoodStep.livelihood_id == livelihood.id)
        .order_by(LivelihoodStep.day, LivelihoodStep.id)
    )
    for row in rows:
        yield StoryEvent(row.day, "state", row.state.title, row.reason, tone=tones.get(row.state, ""))


def _loans(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    rows = session.execute(
        select(Loan, LivelihoodLoan.purpose)
        .join(LivelihoodLoan, LivelihoodLoan.loan_id == Loan.id)
        .where(LivelihoodLoan.livelihood_id == livelihood.id)
    )
    for loan, purpose in rows:
        title = _("Khoản vay {code}").format(code=loan.code)
        day = loan.disbursed_on or loan.applied_on
        text = purpose if loan.disbursed_on else f"{purpose} · {loan.stage.title}"
        yield StoryEvent(day, "loan", title, text, loan.amount, page="loan", args=(("loan", loan.id),))
        if loan.closed_on is not None:
            title = _("Trả xong khoản vay {code}").format(code=loan.code)
            yield StoryEvent(
                loan.closed_on, "loan", title, tone="good", page="loan", args=(("loan", loan.id),)
            )


def _plans(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    for row in session.scalars(select(BusinessPlan).where(BusinessPlan.livelihood_id == livelihood.id)):
        yield StoryEvent(row.made_on, "plan", _("Lập kế hoạch kinh doanh"))
        if row.approved_on is not None:
            yield StoryEvent(row.approved_on, "plan", _("Duyệt kế hoạch kinh doanh"), tone="good")


def _visits(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    for row in visits_in(session, [livelihood.id]).get(livelihood.id, ()):
        title = _("Thăm: {wave}").format(wave=row.wave.title)
        text = _("Thu nhập ròng {net} một năm; {who}").format(net=show_dong(row.net), who=row.visitor)
        yield StoryEvent(row.day, "visit", title, text, row.net, "" if row.operating else "bad")


def _jobs(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    rows = session.execute(
        select(Job, JobTerm)
        .join(JobTerm, JobTerm.job_id == Job.id)
        .where(Job.livelihood_id == livelihood.id)
        .order_by(JobTerm.since)
    ).all()
    names = names_of(session, [job.member_id for job, _term in rows if job.member_id is not None])
    seen: set[int] = set()
    for job, term in rows:
        name = names.get(job.member_id or 0, job.person)
        title = _("Việc làm đổi: {name}") if job.id in seen else _("Việc làm: {name}")
        text = _("{kind}, {days} ngày một năm").format(kind=job.kind.title, days=term.days)
        yield StoryEvent(term.since, "job", title.format(name=name), text)
        if job.ended is not None and job.id not in seen:
            title = _("Mất việc làm: {name}").format(name=name)
            yield StoryEvent(job.ended, "job", title, job.end_reason, tone="bad")
        seen.add(job.id)


def _losses(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    rows = session.execute(
        select(Loss, LossEvent)
        .join(LossEvent, LossEvent.id == Loss.event_id)
        .where(Loss.livelihood_id == livelihood.id)
    ).all()
    for loss, event in rows:
        yield StoryEvent(
            event.starts, "shock", event.name, loss.item, loss.value, "bad", "shock", (("event", event.id),)
        )
        if loss.recovered is not None:
            yield StoryEvent(
                loss.recovered, "shock", _("Phục hồi sau {event}").format(event=event.name), tone="good"
            )
    events = {event.id: event for _loss, event in rows}
    reliefs = session.execute(
        select(Relief, Loan)
        .join(Loan, Loan.id == Relief.loan_id)
        .where(
            Relief.event_id.in_(list(events)),
            Relief.kind == ReliefKind.LOAN,
            or_(
                Loan.member_id.in_(list(people_of(session, livelihood))),
                Loan.group_id == (livelihood.group_id or 0),
            ),
        )
    )
    for relief, loan in reliefs:
        title = _("Vay khẩn cấp sau {event}").format(event=events[relief.event_id].name)
        day = loan.disbursed_on or loan.applied_on
        yield StoryEvent(day, "loan", title, loan.code, loan.amount, page="loan", args=(("loan", loan.id),))


def _trainings(session: Session, livelihood: Livelihood) -> Iterator[StoryEvent]:
    people = [] if livelihood.group_id is not None else list(people_of(session, livelihood))
    learnings = [one for one in learnings_in(session, date.max, people=people) if one.standing.minutes]
    names = names_of(session, [one.member for one in learnings])
    for one in learnings:
        args = (("training_class", int(one.klass)),)
        text = _("{name}, {hours}/{all} giờ").format(
            name=names[one.member],
            hours=show_hours(one.standing.minutes),
            all=show_hours(one.course.minutes),
        )
        if one.completed is not None:
            title = _("Hoàn thành: {course}").format(course=one.course.shown)
            yield StoryEvent(
                one.completed, "training", title, text, tone="good", page="training_class", args=args
            )
        else:
            title = _("Tập huấn: {course}").format(course=one.course.shown)
            yield StoryEvent(one.attended[0][0], "training", title, text, page="training_class", args=args)


SOURCES: list[Source] = [_steps, _loans, _plans, _visits, _jobs, _losses, _trainings]
"""Who tells events. A module of its own (training, support) appends its source here, in one line."""

"""Jobs of activities and employers: written, changed in time, ended; listed with their full-time equivalents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, JobId, LivelihoodId, MemberId, new_uid
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Answer, Employment, Evidence, JobKind, JobTime, Wave
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Job, JobTerm, Livelihood, LivelihoodVisit, Member
from desktop.models.rules import people
from desktop.models.rules.livelihoods.jobs import (
    Decent,
    JobChange,
    JobFacts,
    Term,
    changes,
    check_term,
    reportable,
    screen,
    term_on,
    time_of,
)
from desktop.models.rules.livelihoods.standards import wage_on
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.livelihood_owners import in_group, owners_of
from desktop.services.livelihood_standards import standards_in, wages_in
from desktop.services.loan_portfolio import names_of
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold

CHANGED = Changed.of(Topic.JOBS, Topic.LIVELIHOODS)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works: a member of the book, or anybody else with name, sex and year of birth."""

    member: MemberId | None = None
    name: str = ""
    sex: Sex | None = None
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to write down, in an activity or with an employer; `term` is how it is from its first day."""

    worker: Worker
    kind: JobKind
    employment: Employment
    term: Term
    livelihood: LivelihoodId | None = None
    employer: str = ""
    work: str = ""
    casual: bool = False
    direct: bool = True
    hazardous: bool = False
    region: int = 4
    evidence: Evidence = Evidence.DECLARED
    decent: Mapping[str, Answer] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in a list, as of a day: raw days and hours, FTE counted (a person at most 1), change since before."""

    id: JobId
    livelihood: LivelihoodId | None
    activity: str
    employer: str
    member: MemberId | None
    name: str
    sex: Sex | None
    birth_year: int | None
    work: str
    kind: JobKind
    employment: Employment
    term: Term
    time: JobTime
    since: date
    ended: date | None
    change: JobChange
    reported: bool
    evidence: Evidence
    decent: Decent
    is_decent: bool
    direct: bool
    hazardous: bool
    casual: bool
    region: int
    answers: Mapping[str, Answer]
    note: str
    version: int

    @property
    def fte(self) -> Fraction:
        """Return the FTE the job counts for now."""
        return self.change.now


# -- deeds -----------------------------------------------------------------------------------------


def add(book: Book, new: NewJob, act: Act) -> Outcome[JobId]:
    """Write down a job. Raises Refusal."""
    refuse_if_stopped(check(new, act.today))
    with book.write(act) as session:
        made = JobId(add_in(session, new).id)
    return Outcome(made, CHANGED)


def add_in(session: Session, new: NewJob) -> Job:
    """Write down a checked job inside an open write."""
    record = Job(uid=new_uid(), kind=new.kind, employment=new.employment)
    _apply(record, new)
    session.add(record)
    session.flush()
    session.add(_term(record.id, new.term))
    session.flush()
    return record


def change(book: Book, job: JobId, version: int, new: NewJob, act: Act) -> Outcome[JobId]:
    """Mend what is written of a job; its days and hours change by `new_term`. Raises Refusal, Trouble "stale"."""
    refuse_if_stopped(check(new, act.today))
    with book.write(act) as session:
        record = session.get_one(Job, job)
        expect_version(record, version)
        _apply(record, new)
        terms = session.scalars(select(JobTerm).where(JobTerm.job_id == job).order_by(JobTerm.since)).all()
        latest = terms[-1]
        if len(terms) > 1 and new.term.since <= terms[-2].since:
            text = _("Ngày phải sau lần ghi trước ({day}).").format(day=show_day(terms[-2].since))
            raise Refusal([Problem.stop("order", "since", text)])
        _fill(latest, new.term)
    return Outcome(job, CHANGED)


def new_term(book: Book, job: JobId, term: Term, evidence: Evidence, act: Act) -> Outcome[JobId]:
    """Write down that a job has other days, hours or pay from a day on; more of them makes it improved, not new."""
    with book.write(act) as session:
        record = session.get_one(Job, job)
        problems = [*check_term(term, record.employment)]
        last = session.scalars(
            select(JobTerm).where(JobTerm.job_id == job).order_by(JobTerm.since.desc())
        ).first()
        assert last is not None
        if term.since <= last.since:
            text = _("Ngày phải sau lần ghi trước ({day}).").format(day=show_day(last.since))
            problems.append(Problem.stop("order", "since", text))
        if term.since > act.today:
            problems.append(Problem.stop("future", "since", _("Ngày này chưa tới.")))
        if record.ended is not None:
            problems.append(Problem.stop("ended", "since", _("Việc làm này đã kết thúc.")))
        refuse_if_stopped(problems)
        more = term.days * term.minutes > last.days * last.minutes or term.pay > last.pay
        if more and record.kind in (JobKind.EXISTING, JobKind.SUSTAINED):
            record.kind = JobKind.IMPROVED
        record.evidence = evidence
        session.add(_term(job, term))
    return Outcome(job, CHANGED)


def end(book: Book, job: JobId, day: date, reason: str, act: Act) -> Outcome[JobId]:
    """Write down that a job is lost from a day on. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(Job, job)
        first = session.scalar(select(JobTerm.since).where(JobTerm.job_id == job).order_by(JobTerm.since))
        problems = []
        if record.ended is not None:
            problems.append(Problem.stop("ended", "day", _("Việc làm này đã kết thúc.")))
        if day > act.today:
            problems.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
        if first is not None and day <= first:
            text = _("Việc làm bắt đầu ngày {day}; ngày kết thúc phải sau đó.").format(day=show_day(first))
            problems.append(Problem.stop("order", "day", text))
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Cần ghi lý do.")))
        refuse_if_stopped(problems)
        record.ended, record.end_reason = day, people.tidy(reason)
    return Outcome(job, CHANGED)


def check(new: NewJob, today: date) -> list[Problem]:
    """Return what is wrong with a job, each problem at its field."""
    problems = []
    if new.worker.member is None and not new.worker.name.strip():
        problems.append(Problem.stop("worker", "member", _("Cần chọn người làm, hoặc ghi họ tên.")))
    if new.livelihood is None and not new.employer.strip():
        problems.append(Problem.stop("employer", "employer", _("Cần ghi nơi làm việc.")))
    if new.kind is JobKind.LOST:
        text = _("Việc làm bị mất được ghi bằng “Kết thúc việc làm”, có ngày và lý do.")
        problems.append(Problem.stop("lost", "kind", text))
    if not 1 <= new.region <= 4:
        problems.append(Problem.stop("region", "region", _("Vùng phải từ 1 đến 4.")))
    if new.term.since > today:
        problems.append(Problem.stop("future", "since", _("Ngày này chưa tới.")))
    born = new.worker.birth_year
    if born is not None and not today.year - 110 <= born <= today.year:
        problems.append(Problem.stop("birth", "birth_year", _("Năm sinh không hợp lý.")))
    if not new.direct and new.evidence in (Evidence.DECLARED, Evidence.VISIT_PHOTO, Evidence.TWO_WITNESS):
        text = _("Việc làm gián tiếp cần bằng chứng bằng giấy: hợp đồng, bảng lương hoặc sổ thu chi.")
        problems.append(Problem.stop("indirect", "evidence", text))
    return [*problems, *check_term(new.term, new.employment)]


def _apply(record: Job, new: NewJob) -> None:
    worker = new.worker
    record.livelihood_id, record.employer = new.livelihood, people.tidy(new.employer)
    record.member_id = worker.member
    record.person = "" if worker.member is not None else people.tidy(worker.name)
    record.sex = None if worker.member is not None else worker.sex
    record.birth_year = None if worker.member is not None else worker.birth_year
    record.work, record.kind, record.employment = people.tidy(new.work), new.kind, new.employment
    record.casual, record.direct, record.hazardous = new.casual, new.direct, new.hazardous
    record.region, record.evidence, record.note = new.region, new.evidence, people.tidy_note(new.note)
    record.decent = json.dumps({key: answer.value for key, answer in sorted(new.decent.items())})


def _term(job: int, term: Term) -> JobTerm:
    made = JobTerm(uid=new_uid(), job_id=job, since=term.since, days=term.days, minutes=term.minutes)
    _fill(made, term)
    return made


def _fill(row: JobTerm, term: Term) -> None:
    row.since, row.days, row.minutes, row.months, row.pay = (
        term.since,
        term.days,
        term.minutes,
        term.months,
        term.pay,
    )


# -- questions -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs: of an activity, of a group, of a kind, with those that ended or without."""

    livelihood: LivelihoodId | None = None
    group: GroupId | None = None
    kinds: tuple[JobKind, ...] = ()
    ended: bool = True


def listed(book: Book, wanted: JobFilter, day: date) -> list[JobRow]:
    """Return jobs as of a day, the newest first. FTE is counted over all jobs of a person, whatever is shown."""
    with book.read() as session:
        return listed_in(session, wanted, day)


def listed_in(session: Session, wanted: JobFilter, day: date) -> list[JobRow]:
    """Return jobs as of a day inside an open session."""
    records = session.scalars(select(Job).order_by(Job.id)).all()
    terms = terms_in(session)
    standards, wages = standards_in(session, day), wages_in(session)
    facts = facts_in(session, records, terms)
    moves = {one.job.id: one for one in changes(facts, day, standards)}
    activities = {one.id: one for one in session.scalars(select(Livelihood))}
    owners = owners_of(session, list(activities.values())) if wanted.group is not None else {}
    members = _members(session, records)
    names = names_of(session, [record.member_id for record in records if record.member_id is not None])
    rows = []
    for record in records:
        move = moves.get(record.id)
        if move is None:  # not begun by that day
            continue
        if wanted.livelihood is not None and record.livelihood_id != wanted.livelihood:
            continue
        if wanted.group is not None and not (
            record.livelihood_id in owners and in_group(owners[record.livelihood_id], wanted.group)
        ):
            continue
        if (wanted.kinds and move.kind not in wanted.kinds) or (
            not wanted.ended and move.kind is JobKind.LOST
        ):
            continue
        member = members.get(record.member_id or 0)
        term = term_on(move.job, day) or max(move.job.terms, key=lambda one: one.since)
        sex = record.sex if member is None else member.sex
        born = record.birth_year if member is None else member.birth_year
        answers = {key: Answer(value) for key, value in json.loads(record.decent).items()}
        age = None if born is None else day.year - born
        decent = screen(answers, term, wage_on(wages, record.region, day), age, record.hazardous)
        activity = activities.get(record.livelihood_id or 0)
        rows.append(
            JobRow(
                id=JobId(record.id),
                livelihood=None if activity is None else LivelihoodId(activity.id),
                activity="" if activity is None else f"{activity.code} {activity.name}",
                employer=record.employer,
                member=None if record.member_id is None else MemberId(record.member_id),
                name=names.get(record.member_id or 0, record.person),
                sex=sex,
                birth_year=born,
                work=record.work,
                kind=move.kind,
                employment=record.employment,
                term=term,
                time=time_of(term, standards, record.casual),
                since=min(one.since for one in move.job.terms),
                ended=record.ended,
                change=move,
                reported=reportable(move.job),
                evidence=record.evidence,
                decent=decent,
                is_decent=decent.holds(standards),
                direct=record.direct,
                hazardous=record.hazardous,
                casual=record.casual,
                region=record.region,
                answers=answers,
                note=record.note,
                version=record.version,
            )
        )
    return sorted(rows, key=lambda row: (row.since, row.id), reverse=True)


def facts_in(session: Session, records: Sequence[Job], terms: Mapping[int, Sequence[Term]]) -> list[JobFacts]:
    """Return jobs as the rules know them; the same person outside the book is one of the same name and year."""
    found = session.execute(
        select(LivelihoodVisit.livelihood_id, LivelihoodVisit.day).where(LivelihoodVisit.wave == Wave.BASE)
    )
    baselines: dict[int, date] = {row.livelihood_id: row.day for row in found}
    return [
        JobFacts(
            id=record.id,
            person=f"#{record.member_id}"
            if record.member_id is not None
            else f"{fold(record.person)}/{record.birth_year}",
            kind=record.kind,
            employment=record.employment,
            terms=tuple(terms[record.id]),
            baseline=baselines.get(record.livelihood_id or 0),
            ended=record.ended,
            direct=record.direct,
            evidence=record.evidence,
            livelihood=record.livelihood_id or 0,
        )
        for record in records
    ]


def facts_of(session: Session) -> list[JobFacts]:
    """Return all jobs of the book as the rules know them."""
    return facts_in(session, session.scalars(select(Job).order_by(Job.id)).all(), terms_in(session))


def terms_in(session: Session) -> dict[int, list[Term]]:
    """Return the terms of all jobs, each in the order of time."""
    found: dict[int, list[Term]] = {}
    for row in session.scalars(select(JobTerm).order_by(JobTerm.since)):
        found.setdefault(row.job_id, []).append(Term(row.since, row.days, row.minutes, row.months, row.pay))
    return found


def _members(session: Session, records: Sequence[Job]) -> dict[int, Member]:
    wanted = {record.member_id for record in records if record.member_id is not None}
    query = select(Member).where(Member.id.in_(select(Job.member_id).where(Job.member_id.is_not(None))))
    return {member.id: member for member in session.scalars(query) if member.id in wanted}

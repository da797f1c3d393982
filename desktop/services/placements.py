"""Placements: who found work through an opening, and whether it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, OpeningId, PlacementId, new_uid
from desktop.models.livelihood_kinds import (
    Employment,
    Evidence,
    JobKind,
    SeekerState,
)
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import (
    Job,
    JobOpening,
    JobSeeker,
    Placement,
    PlacementCheck,
)
from desktop.models.rules import people
from desktop.models.rules.livelihoods.jobs import Term
from desktop.models.rules.loans.calendar import add_months
from desktop.services import jobs
from desktop.services.acts import Act, Outcome
from desktop.services.job_matching import openings_in
from desktop.services.jobs import CHANGED, NewJob, Worker
from desktop.services.loan_portfolio import names_of
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _

LASTING_MONTHS = 6
"""A placement that still holds after so many months has lasted."""
_CHECKS = (1, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An answer some months after a placement."""

    day: date
    working: bool
    pay: int
    accommodated: bool
    note: str


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement and how it went. `next_check` is the day it should be asked about again, None when it ended."""

    id: PlacementId
    opening: str
    employer: str
    member: MemberId
    name: str
    day: date
    income: int
    pay: int
    checks: tuple[CheckRow, ...]
    ended: date | None
    next_check: date | None

    def lasted(self, today: date) -> bool | None:
        """Tell whether it held for six months; None while that cannot be said: too early, or not asked since."""
        due = add_months(self.day, LASTING_MONTHS)
        if self.ended is not None and self.ended < due:
            return False
        if any(check.working and check.day >= due for check in self.checks) or self.ended is not None:
            return True
        return None

    @property
    def improved(self) -> bool | None:
        """Tell whether more is earned now than before; None when either is not known."""
        pay = next((check.pay for check in reversed(self.checks) if check.working and check.pay), self.pay)
        if not pay or self.ended is not None:
            return None if not pay else False
        return pay > self.income


# -- placements ------------------------------------------------------------------------------------


def place(
    book: Book, opening_id: OpeningId, member: MemberId, day: date, pay: int, note: str, act: Act
) -> Outcome[PlacementId]:
    """Write down that somebody found work through an opening: the job is made with it. Raises Refusal."""
    with book.write(act) as session:
        row = next(one for one in openings_in(session) if one.id == opening_id)
        offer = row.opening
        problems = []
        if row.free < 1:
            problems.append(Problem.stop("full", "", _("Chỗ làm này không còn trống.")))
        if not offer.opened <= day <= act.today:
            problems.append(Problem.stop("day", "day", _("Ngày vào làm phải từ ngày tuyển đến hôm nay.")))
        if pay < 0:
            problems.append(Problem.stop("negative", "pay", _("Số tiền không được âm.")))
        refuse_if_stopped(problems)
        seeker = session.scalar(select(JobSeeker).where(JobSeeker.member_id == member))
        job = jobs.add_in(
            session,
            NewJob(
                Worker(member),
                JobKind.NEW,
                offer.employment,
                Term(day, offer.days, offer.minutes, 12, pay),
                offer.livelihood,
                offer.employer,
                offer.title,
                region=offer.region,
                evidence=Evidence.CONTRACT
                if offer.employment is Employment.WAGE_CONTRACT
                else Evidence.DECLARED,
            ),
        )
        made = Placement(
            uid=new_uid(),
            opening_id=opening_id,
            member_id=member,
            job_id=job.id,
            day=day,
            income=0 if seeker is None else seeker.income,
            note=people.tidy_note(note),
        )
        session.add(made)
        if seeker is not None:
            seeker.state = SeekerState.PLACED
        session.flush()
        key = PlacementId(made.id)
    return Outcome(key, CHANGED)


def check_placement(book: Book, placement: PlacementId, answer: CheckRow, act: Act) -> Outcome[PlacementId]:
    """Write down how a placement goes; one that has ended ends the job and puts the member back among the seekers."""
    with book.write(act) as session:
        record = session.get_one(Placement, placement)
        job = session.get_one(Job, record.job_id)
        last = session.scalar(
            select(func.max(PlacementCheck.day)).where(PlacementCheck.placement_id == placement)
        )
        problems = []
        after = max(record.day, last) if last is not None else record.day
        if answer.day <= after:
            text = _("Ngày hỏi phải sau ngày {day}.").format(day=show_day(after))
            problems.append(Problem.stop("order", "day", text))
        if answer.day > act.today:
            problems.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
        if answer.pay < 0:
            problems.append(Problem.stop("negative", "pay", _("Số tiền không được âm.")))
        if job.ended is not None:
            problems.append(Problem.stop("ended", "", _("Việc làm này đã kết thúc.")))
        if not answer.working and not answer.note.strip():
            problems.append(Problem.stop("reason", "note", _("Cần ghi vì sao nghỉ việc.")))
        refuse_if_stopped(problems)
        session.add(
            PlacementCheck(
                uid=new_uid(),
                placement_id=placement,
                day=answer.day,
                working=answer.working,
                pay=answer.pay,
                accommodated=answer.accommodated,
                note=people.tidy_note(answer.note),
            )
        )
        if not answer.working:
            job.ended, job.end_reason = answer.day, people.tidy(answer.note)
            seeker = session.scalar(select(JobSeeker).where(JobSeeker.member_id == record.member_id))
            if seeker is not None:
                seeker.state, seeker.since = SeekerState.SEEKING, answer.day
    return Outcome(placement, CHANGED)


def placements(book: Book, today: date) -> list[PlacementRow]:
    """Return all placements, those to be asked about first."""
    with book.read() as session:
        rows = placements_in(session, today)
    return sorted(rows, key=lambda row: (row.next_check is None, row.next_check or row.day, row.id))


def placements_in(session: Session, today: date) -> list[PlacementRow]:
    """Return all placements inside an open session."""
    checks: dict[int, list[CheckRow]] = {}
    for one in session.scalars(select(PlacementCheck).order_by(PlacementCheck.day)):
        checks.setdefault(one.placement_id, []).append(
            CheckRow(one.day, one.working, one.pay, one.accommodated, one.note)
        )
    rows = session.execute(
        select(Placement, JobOpening, Job)
        .join(JobOpening, JobOpening.id == Placement.opening_id)
        .join(Job, Job.id == Placement.job_id)
        .where(Placement.day <= today)
    ).all()
    names = names_of(session, [row.Placement.member_id for row in rows])
    pays = {job: terms[-1].pay for job, terms in jobs.terms_in(session).items()}
    return [_placement(row.Placement, row.JobOpening, row.Job, names, checks, pays) for row in rows]


def _placement(
    record: Placement,
    opening: JobOpening,
    job: Job,
    names: dict[int, str],
    checks: dict[int, list[CheckRow]],
    pays: dict[int, int],
) -> PlacementRow:
    asked: Sequence[CheckRow] = checks.get(record.id, ())
    later = [add_months(record.day, months) for months in _CHECKS]
    last = asked[-1].day if asked else record.day
    coming = next((day for day in later if day > last), None)
    return PlacementRow(
        PlacementId(record.id),
        f"{opening.code} {opening.title}",
        opening.employer,
        MemberId(record.member_id),
        names[record.member_id],
        record.day,
        record.income,
        pays.get(job.id, 0),
        tuple(asked),
        job.ended,
        None if job.ended is not None else coming,
    )

"""Jobs: full-time equivalents, one person never more than one; kinds; the decent-work list (section 3.1, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from desktop.models.livelihood_kinds import Answer, Contribution, Employment, Evidence, JobKind, JobTime
from desktop.models.problems import Problem
from desktop.models.rules.livelihoods.standards import MINUTES, Standards, WageRow
from desktop.models.rules.livelihoods.visits import check_work
from resources.lang.messages import N_, _

ZERO, ONE = Fraction(), Fraction(1)
UNREPORTED = frozenset({Employment.FAM_UNPAID})
"""Counted apart, not among the jobs reported to a donor."""


def fte(days: int, minutes: int, standards: Standards, share: Fraction = ONE) -> Fraction:
    """Return the full-time equivalent of days a year and minutes a day, at most 1; `share` is the part of the
    period that the job covers.
    """
    return min(ONE, Fraction(days * minutes, standards.fte_minutes)) * share


@dataclass(frozen=True, slots=True)
class Term:
    """How a job was from a day on: raw days a year, minutes a day, months a year, pay in đồng a month."""

    since: date
    days: int
    minutes: int
    months: int = 12
    pay: int = 0


@dataclass(frozen=True, slots=True)
class JobFacts:
    """One job: whose, in which activity, its terms in time, its end. `person` is the same for one person's jobs."""

    id: int
    person: str
    kind: JobKind
    employment: Employment
    terms: tuple[Term, ...]
    baseline: date | None = None
    """The day of the activity's first visit: what stood then was there before the support."""
    ended: date | None = None
    direct: bool = True
    evidence: Evidence = Evidence.DECLARED
    livelihood: int = 0


def term_on(job: JobFacts, day: date) -> Term | None:
    """Return how a job was on a day; None before it began and after it ended."""
    if job.ended is not None and day >= job.ended:
        return None
    held = [term for term in job.terms if term.since <= day]
    return max(held, key=lambda term: term.since) if held else None


def began(job: JobFacts) -> date:
    """Return the first day of a job."""
    return min(term.since for term in job.terms)


def kind_on(job: JobFacts, day: date) -> JobKind:
    """Return what a job is on a day: lost once it ended, else as it was written."""
    return JobKind.LOST if job.ended is not None and day >= job.ended else job.kind


def time_of(term: Term, standards: Standards, casual: bool = False) -> JobTime:
    """Return how much of a year the job fills: by the day, seasonal below nine months, then by its share."""
    if casual:
        return JobTime.CASUAL
    if term.months < standards.season_months:
        return JobTime.SEASONAL
    full = fte(term.days, term.minutes, standards) * 100 >= standards.full_share
    return JobTime.FULL if full else JobTime.PART


def reportable(job: JobFacts) -> bool:
    """Tell whether a job may stand in a donor's count: paid, direct or proven, and not only declared."""
    if job.employment in UNREPORTED or job.evidence is Evidence.DECLARED:
        return False
    return job.direct or job.evidence in (Evidence.CONTRACT, Evidence.PAYSLIP, Evidence.CASHBOOK)


def counted(jobs: Sequence[JobFacts], day: date, standards: Standards) -> dict[int, Fraction]:
    """Return the FTE each job counts for on a day, by its id, so that nobody is more than 1 over all activities.

    What a person has beyond 1 is taken off all their jobs alike, so the parts still add up to the whole.
    """
    raw: dict[int, Fraction] = {}
    whole: dict[str, Fraction] = {}
    for job in jobs:
        term = term_on(job, day)
        if term is None or job.employment in UNREPORTED:
            raw[job.id] = ZERO
            continue
        raw[job.id] = fte(term.days, term.minutes, standards)
        whole[job.person] = whole.get(job.person, ZERO) + raw[job.id]
    return {
        job.id: raw[job.id] / whole[job.person] if whole.get(job.person, ZERO) > 1 else raw[job.id]
        for job in jobs
    }


@dataclass(frozen=True, slots=True)
class JobChange:
    """What a job adds from its baseline to a day: FTE then and now, and work days then and now."""

    job: JobFacts
    kind: JobKind
    before: Fraction
    now: Fraction
    days_before: int
    days_now: int

    @property
    def net(self) -> Fraction:
        """Return the FTE added; below zero for what was lost."""
        return self.now - self.before


def changes(jobs: Sequence[JobFacts], day: date, standards: Standards) -> list[JobChange]:
    """Return what each job adds from the baseline of its activity to a day; a person is at most 1 on either side.

    The jobs of an activity without a baseline had nothing before: what cannot be compared is not net, so they count
    from their first day as they were (no change) unless they are written as new. Jobs that begin later are left out.
    """
    jobs = [job for job in jobs if began(job) <= day]
    now = counted(jobs, day, standards)
    early = [job for job in jobs if _before(job) is not None]
    before = _counted_before(early, standards)
    found = []
    for job in jobs:
        first, last = _before(job), term_on(job, day)
        found.append(
            JobChange(
                job,
                kind_on(job, day),
                before.get(job.id, ZERO),
                now[job.id],
                first.days if first is not None else 0,
                last.days if last is not None else 0,
            )
        )
    return found


def _before(job: JobFacts) -> Term | None:
    """Return how the job was before the support, None when it was not there."""
    if job.kind is JobKind.NEW:
        return None
    if job.baseline is not None:
        on = term_on(job, job.baseline)
        return on or min(job.terms, key=lambda term: term.since)
    return min(job.terms, key=lambda term: term.since)


def _counted_before(jobs: Sequence[JobFacts], standards: Standards) -> dict[int, Fraction]:
    whole: dict[str, Fraction] = {}
    raw: dict[int, Fraction] = {}
    for job in jobs:
        term = _before(job)
        raw[job.id] = (
            ZERO if term is None or job.employment in UNREPORTED else fte(term.days, term.minutes, standards)
        )
        whole[job.person] = whole.get(job.person, ZERO) + raw[job.id]
    return {job.id: raw[job.id] / max(ONE, whole[job.person]) for job in jobs}


# -- attribution -----------------------------------------------------------------------------------


def attribution(contribution: Contribution, displaces: bool) -> Fraction | None:
    """Return which part of a change is due to the support: 1, ½ or 0 by the owner's own answer; 0 where the owner
    took clients or land of another member. None: not asked, so nothing is claimed.
    """
    if displaces:
        return ZERO
    return {
        Contribution.NOT_WITHOUT: ONE,
        Contribution.SMALLER: Fraction(1, 2),
        Contribution.ANYWAY: ZERO,
    }.get(contribution)


def attributed(rows: Iterable[JobChange], shares: Mapping[int, Fraction | None]) -> Fraction:
    """Return Σ net FTE × attribution of the activity; what was not asked counts for nothing."""
    return sum((row.net * (shares.get(row.job.livelihood) or ZERO) for row in rows), ZERO)


# -- decent work -----------------------------------------------------------------------------------

DECENT: tuple[tuple[str, str], ...] = (
    ("pay", N_("Thu nhập từ mức lương tối thiểu vùng")),
    ("hours", N_("Không quá 48 giờ một tuần")),
    ("age", N_("Đủ 15 tuổi; dưới 18 tuổi không làm việc nguy hiểm")),
    ("safety", N_("Được hướng dẫn an toàn lao động")),
    ("insurance", N_("Có BHXH hoặc BHYT (kể cả tự nguyện)")),
    ("free", N_("Tự nguyện làm, nghỉ được khi muốn")),
    ("on_time", N_("Trả công đủ và đúng hạn")),
    ("voice", N_("Có hợp đồng hoặc được bàn bạc về công việc")),
)
"""The eight points of the list; the first three are worked out where the figures are known."""

RED = frozenset({"age", "free", "on_time"})
"""Points whose "no" alone keeps a job from being decent: child or hazardous labour, forced labour, unpaid wages."""

WEEK_HOURS = 48


@dataclass(frozen=True, slots=True)
class Decent:
    """The list of one job: answers by point, points reached, and what is red."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """Return how many of the eight points hold."""
        return sum(self.answers.get(key) is Answer.YES for key, _title in DECENT)

    @property
    def red(self) -> tuple[str, ...]:
        """Return the red points answered with no."""
        return tuple(key for key, _title in DECENT if key in RED and self.answers.get(key) is Answer.NO)

    @property
    def assessed(self) -> bool:
        """Tell whether enough is known to say: every red point and at least five points are answered."""
        known = sum(self.answers.get(key, Answer.UNASKED) is not Answer.UNASKED for key, _title in DECENT)
        return known >= 5 and all(self.answers.get(key, Answer.UNASKED) is not Answer.UNASKED for key in RED)

    def holds(self, standards: Standards) -> bool:
        """Tell whether the job is decent: nothing red and enough points."""
        return self.assessed and not self.red and self.score >= standards.decent_least


def screen(
    asked: Mapping[str, Answer],
    term: Term,
    wage: WageRow | None,
    age: int | None,
    hazardous: bool = False,
) -> Decent:
    """Return the list with what can be worked out filled in: pay against the minimum wage, hours a week, age.

    The pay is compared with the wage of the month for full-time work, with the wage of the hour below that.
    """
    answers = dict(asked)
    if wage is not None and term.pay and term.days and term.minutes:
        hours = Fraction(term.days * term.minutes, MINUTES * max(term.months, 1))
        enough = term.pay >= wage.monthly or Fraction(term.pay) >= hours * wage.hourly
        answers["pay"] = Answer.YES if enough else Answer.NO
    if term.days and term.minutes:
        weeks = Fraction(term.months * 365, 12 * 7)
        week = Fraction(term.days * term.minutes, MINUTES) / weeks
        answers["hours"] = Answer.YES if week <= WEEK_HOURS else Answer.NO
    if age is not None:
        answers["age"] = Answer.YES if age >= 15 and not (age < 18 and hazardous) else Answer.NO
    return Decent(answers)


# -- checking --------------------------------------------------------------------------------------


def check_term(term: Term, employment: Employment) -> list[Problem]:
    """Return what is wrong with the terms of a job, each at its field."""
    problems = check_work(term.days, term.minutes)
    if term.days == 0:
        problems.append(Problem.stop("days", "days", _("Cần nhập số ngày làm trong năm.")))
    if not 1 <= term.months <= 12:
        problems.append(Problem.stop("months", "months", _("Số tháng làm trong năm phải từ 1 đến 12.")))
    elif term.days > term.months * 31:
        problems.append(
            Problem.stop("days", "days", _("Nhiều ngày hơn số ngày của {n} tháng.").format(n=term.months))
        )
    if term.pay < 0:
        problems.append(Problem.stop("negative", "pay", _("Số tiền không được âm.")))
    if employment is Employment.FAM_UNPAID and term.pay:
        problems.append(Problem.stop("unpaid", "pay", _("Lao động không trả công thì không có tiền công.")))
    return problems

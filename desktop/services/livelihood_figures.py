"""Figures of livelihoods, jobs and shocks: each with the list it stands for, so that a chart and a list agree.

Definitions: indicators.md table parts E and G. What cannot be worked out is None and printed as a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Contribution, Decider, JobKind, LivelihoodState, Wave
from desktop.models.records.every import BusinessPlan, Livelihood, LivelihoodLoan, Loan, Support
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.livelihoods.income import gained, median
from desktop.models.rules.livelihoods.jobs import attribution
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.livelihoods.visits import Life, Survival, survival
from desktop.models.rules.plain import from_text
from desktop.models.rules.suppression import Release
from desktop.models.rules.washington import Finding
from desktop.services import consents
from desktop.services.jobs import JobFilter, JobRow, listed_in
from desktop.services.livelihood_book import LivelihoodFilter, LivelihoodRow, rows_in, with_income
from desktop.services.livelihood_cuts import CUTS, Cut, Person, cut_key, people_in, years_of
from desktop.services.livelihood_standards import prices_in, standards_in
from desktop.services.placements import PlacementRow, placements_in
from desktop.services.shock_book import EventDetail, details_in, prepared
from desktop.services.support_facts import rows_of
from desktop.services.supported_people import supported_in
from desktop.services.training import completed
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class Slice:
    """One category of a breakdown: how many rows it stands for, and its figure (None: nothing to say)."""

    key: str
    title: str
    count: int
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by one characteristic; the slices' counts add up to the rows."""

    cut: Cut
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the charts and the report of a day and a group rest on."""

    day: date
    group: GroupId | None
    standards: Standards
    livelihoods: tuple[LivelihoodRow, ...]
    jobs: tuple[JobRow, ...]
    incomes: tuple[LivelihoodRow, ...]
    """The activities with a visit before and one at 12 months (`income` is of that wave)."""
    unpriced: int
    """Of these, how many cannot be brought to real terms for want of a price index."""
    survival6: Survival
    survival12: Survival
    placements: tuple[PlacementRow, ...]
    events: tuple[EventDetail, ...]
    prepared: tuple[int, int]
    plans: int
    plan_of_started: tuple[int, int]
    invested: tuple[tuple[str, int], ...]
    people: dict[int, Person]
    shares: dict[int, Fraction | None]
    sections: dict[int, str]
    """The section of VSIC of each activity."""
    restricted: bool
    """True where disability may not be seen: its breakdown is then left out."""
    trained: dict[int, date]
    """By person, the day on which a first course was completed."""
    deciders: dict[int, Decider]
    """By activity, who decides over its income."""
    supported: frozenset[int] = frozenset()
    """SK02: the persons supported by a hand-over, a loan for an activity, or a completed course."""
    left_out: int = 0
    """How many people have not agreed that figures of them leave the commune, and are not counted here."""

    # -- livelihoods (SK) ------------------------------------------------------------------------

    @property
    def operating(self) -> tuple[LivelihoodRow, ...]:
        """SK01: the activities in operation."""
        return tuple(row for row in self.livelihoods if row.state is LivelihoodState.OPERATING)

    @property
    def priced(self) -> tuple[LivelihoodRow, ...]:
        """The activities whose real change of income is known."""
        return tuple(row for row in self.incomes if row.income is not None and row.income.real is not None)

    @property
    def median_change(self) -> int | None:
        """SK04: the median real change of income, in đồng a year."""
        return median([real_of(row) for row in self.priced])

    @property
    def gainers(self) -> tuple[LivelihoodRow, ...]:
        """SK05: those whose real gain counts."""
        return tuple(row for row in self.priced if self.gains(row))

    def gains(self, row: LivelihoodRow) -> bool:
        """Tell whether an activity's real change counts as a gain."""
        return row.income is not None and gained(real_of(row), row.income.base, self.standards)

    # -- jobs (VL) -------------------------------------------------------------------------------

    @property
    def net_fte(self) -> Fraction:
        """VL01: FTE added since the baselines, what was lost taken off."""
        return sum((row.change.net for row in self.counted_jobs), Fraction())

    @property
    def counted_jobs(self) -> tuple[JobRow, ...]:
        """The jobs that may stand in a donor's count."""
        return tuple(row for row in self.jobs if row.reported)

    @property
    def attributed_fte(self) -> Fraction:
        """VL05: FTE added that is due to the support."""
        return sum(
            (
                row.change.net * (self.shares.get(row.livelihood or 0) or Fraction())
                for row in self.counted_jobs
            ),
            Fraction(),
        )

    @property
    def unasked(self) -> int:
        """How many activities with counted jobs have not been asked about attribution."""
        keys = {row.livelihood or 0 for row in self.counted_jobs}
        return sum(self.shares.get(key) is None for key in keys)

    def of_kind(self, kind: JobKind) -> tuple[JobRow, ...]:
        """VL02, VL03, VL04: the counted jobs of a kind."""
        return tuple(row for row in self.counted_jobs if row.kind is kind)

    @property
    def youth_share(self) -> Fraction | None:
        """VL06: the FTE of new jobs held by people of 16 to 30, over all FTE of new jobs."""
        new = self.of_kind(JobKind.NEW)
        whole = sum((row.fte for row in new), Fraction())
        young = sum((row.fte for row in new if _age_in(row, self.day, 16, 30)), Fraction())
        return young / whole if whole else None

    @property
    def decent(self) -> tuple[int, int]:
        """VL07: decent jobs, of how many assessed."""
        assessed = [row for row in self.jobs if row.kind is not JobKind.LOST and row.decent.assessed]
        return sum(row.is_decent for row in assessed), len(assessed)

    @property
    def days_added(self) -> int:
        """VL09: work days a year added since the baselines."""
        return sum(row.change.days_now - row.change.days_before for row in self.counted_jobs)

    @property
    def disabled_at_work(self) -> tuple[int, int] | None:
        """NMA-V's own measure: people with disabilities (WG) who got a job or a better one, and of them who earn more
        than before: by their placement, or by the pay of their job. None while nobody's answer is known.
        """
        people = [person for person in self.people.values() if person.disability in (Finding.YES, Finding.NO)]
        if not people:
            return None
        got = (JobKind.NEW, JobKind.IMPROVED)
        mine: dict[int, list[JobRow]] = {}
        for row in self.jobs:
            if row.member is not None and row.kind in got and self.worker(row).disability is Finding.YES:
                mine.setdefault(row.member, []).append(row)
        placed = {row.member for row in self.placements if row.improved}
        more = [
            member
            for member, rows in mine.items()
            if member in placed or any(_paid_more(row) for row in rows)
        ]
        return len(mine), len(more)

    @property
    def smart_borrowers(self) -> int:
        """NMA-V's own measure: people whose loans pay for a climate-smart activity."""
        return len(
            {row.owner.person for row in self.livelihoods if row.loans and row.smart and row.owner.person}
        )

    @property
    def stable(self) -> tuple[int, int]:
        """NMA-V's own measure: owners whose activity runs at 12 months and earns in real terms at least what it did
        before [ours], of how many with both visits.
        """
        held = [
            row
            for row in self.priced
            if real_of(row) >= 0 and any(visit.wave is Wave.M12 and visit.operating for visit in row.visits)
        ]
        return len(held), len(self.priced)

    @property
    def trained_young_women(self) -> tuple[int, int]:
        """NMA-V's own measure: climate-smart businesses of trained women of 16 to 30 with a profit after 6 or 12 months, of
        how many of them visited then. The course was completed by the day of the visit; the latest visit tells.
        """
        profit = seen = 0
        for row in self.livelihoods:
            owner, day = self._person(row.owner.person), self.trained.get(row.owner.person or 0)
            young = owner.sex is Sex.FEMALE and owner.age is not None and 16 <= owner.age <= 30
            visits = [
                visit
                for visit in row.visits
                if visit.wave in (Wave.M6, Wave.M12) and day is not None and day <= visit.day
            ]
            if row.smart and young and visits:
                seen += 1
                profit += visits[-1].operating and visits[-1].net > 0
        return profit, seen

    @property
    def trained_men(self) -> tuple[int, int]:
        """NMA-V's own measure: trained men who decide together with their wives, of how many who were asked."""
        asked: dict[int, set[Decider]] = {}
        for row in self.livelihoods:
            key, decider = row.owner.person or 0, self.deciders.get(row.id, Decider.UNKNOWN)
            if key in self.trained and self._person(key).sex is Sex.MALE and decider is not Decider.UNKNOWN:
                asked.setdefault(key, set()).add(decider)
        return sum(Decider.JOINT in answers for answers in asked.values()), len(asked)

    # -- climate (KH) ----------------------------------------------------------------------------

    @property
    def high_risk(self) -> tuple[LivelihoodRow, ...]:
        """KH01: the activities of high climate risk, among those assessed."""
        return tuple(row for row in self.livelihoods if row.risk >= self.standards.high_risk)

    # -- breakdowns ------------------------------------------------------------------------------

    def cuts(self) -> list[Cut]:
        """Return the characteristics that may be shown here."""
        return [cut for cut in CUTS if not (cut.sensitive and self.restricted)]

    def income_by(self, cut: Cut) -> Breakdown:
        """Return the median real change of income (đồng a year) by a characteristic of the owner."""
        return _breakdown(
            cut,
            self.priced,
            self.owner,
            lambda rows: _whole(median([real_of(row) for row in rows])),
        )

    def jobs_by(self, cut: Cut) -> Breakdown:
        """Return the net FTE by a characteristic of who works; the slices add up to `net_fte`."""
        return _breakdown(
            cut,
            self.counted_jobs,
            self.worker,
            lambda rows: sum((row.change.net for row in rows), Fraction()),
        )

    def _person(self, key: int | None) -> Person:
        return self.people.get(key or 0, Person())

    def owner(self, row: LivelihoodRow) -> Person:
        """Return what is known of who stands for an activity."""
        return replace(self._person(row.owner.person), section=row.section_key)

    def worker(self, row: JobRow) -> Person:
        """Return what is known of who holds a job."""
        section = self.sections.get(row.livelihood or 0, "")
        if row.member is not None:
            return replace(self._person(row.member), section=section)
        age = years_of(None, row.birth_year, self.day)
        return Person(sex=row.sex, birth_year=row.birth_year, age=age, section=section)


def figures(
    book: Book,
    day: date,
    group: GroupId | None = None,
    *,
    sensitive: bool = True,
    release: Release = Release.COMMUNE,
) -> Figures:
    """Return the figures of a day, of a group or of the whole book; without `sensitive` nothing of disability.

    For readers outside the commune they are of those who agreed to it.
    """
    with book.read() as session:
        agreed = None if release is Release.COMMUNE else consents.agreeing_in(session, Purpose.STATISTICS)
        return figures_in(session, day, group, sensitive=sensitive, agreed=agreed)


def figures_in(
    session: Session,
    day: date,
    group: GroupId | None = None,
    *,
    sensitive: bool = True,
    agreed: frozenset[int] | None = None,
) -> Figures:
    """Return the figures of a day inside an open session; with `agreed` only those of these people, and of no one
    by name (groups, workers who are no members)."""
    standards, prices = standards_in(session, day), prices_in(session)
    rows = rows_in(session, LivelihoodFilter(group), day)
    rows = [row for row in rows if row.started is None or row.started <= day]
    jobs = listed_in(session, JobFilter(group=group), day)
    refused: set[int] = set()
    if agreed is not None:
        owners = {row.owner.person for row in rows} | {job.member for job in jobs}
        refused = {person for person in owners if person is not None and person not in agreed}
        rows = [row for row in rows if row.owner.person not in refused]
        jobs = [job for job in jobs if job.member not in refused]
    incomes = [with_income(row, prices, Wave.M12) for row in rows]
    incomes = [row for row in incomes if row.income is not None]
    people = people_in(
        session,
        {
            *(row.owner.person for row in rows if row.owner.person is not None),
            *(job.member for job in jobs if job.member is not None),
        },
        day,
        sensitive=sensitive,
    )
    lives = [
        Life(
            row.started,
            {visit.wave: visit.operating for visit in row.visits if visit.wave is not Wave.BASE},
            row.closed,
        )
        for row in rows
        if row.started is not None
    ]
    keys = [row.id for row in rows]
    return Figures(
        day=day,
        group=group,
        standards=standards,
        livelihoods=tuple(rows),
        jobs=tuple(jobs),
        incomes=tuple(incomes),
        unpriced=sum(row.income is not None and row.income.real is None for row in incomes),
        survival6=survival(lives, Wave.M6, day),
        survival12=survival(lives, Wave.M12, day),
        placements=tuple(
            row for row in placements_in(session, day) if agreed is None or row.member in agreed
        ),
        events=tuple(details_in(session, day, group=group)),
        prepared=prepared(session, day, group),
        plans=_approved(session, keys, day),
        plan_of_started=(
            sum(row.approved is not None and row.approved <= day for row in rows if row.started is not None),
            sum(row.started is not None for row in rows),
        ),
        invested=_invested(session, keys),
        people=people,
        shares={row.id: _share(row) for row in rows},
        sections={row.id: row.section_key for row in rows},
        restricted=not sensitive,
        left_out=len(refused),
        supported=frozenset(
            person for person in supported_in(session, day, group) if agreed is None or person in agreed
        ),
        trained={
            member: min(done.values())
            for member, done in completed(session, {row.owner.person or 0 for row in rows}, None, day).items()
        },
        deciders={row.id: row.decider for row in session.execute(select(Livelihood.id, Livelihood.decider))},
    )


def real_of(row: LivelihoodRow) -> int:
    """Return the real change of an activity whose change is known."""
    assert row.income is not None
    assert row.income.real is not None
    return row.income.real


def _paid_more(row: JobRow) -> bool:
    """Tell whether a job pays more now than when it was first written down."""
    terms = sorted(row.change.job.terms, key=lambda term: term.since)
    return len(terms) > 1 and terms[-1].pay > terms[0].pay


def _share(row: LivelihoodRow) -> Fraction | None:
    """Return the attribution of an activity by the latest visit that asked."""
    for visit in reversed(row.visits):
        found = attribution(visit.contribution, visit.displaces)
        if visit.contribution is not Contribution.UNASKED or visit.displaces:
            return found
    return None


def _whole(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _age_in(row: JobRow, day: date, least: int, most: int) -> bool:
    return row.birth_year is not None and least <= day.year - row.birth_year <= most


def _breakdown(
    cut: Cut,
    rows: Sequence[object],
    person: Callable[..., Person],
    figure: Callable[..., Fraction | None],
) -> Breakdown:
    """Sort rows into the categories of a characteristic; unknown is a category of its own, empty ones are left out."""
    held: dict[str, list[object]] = {}
    for row in rows:
        held.setdefault(cut_key(cut, person(row)), []).append(row)
    return Breakdown(
        cut,
        tuple(
            Slice(key, title, len(held[key]), figure(held[key]))
            for key, title in cut.categories()
            if key in held
        ),
    )


def _approved(session: Session, keys: Iterable[int], day: date) -> int:
    wanted = set(keys)
    rows = session.execute(
        select(BusinessPlan.livelihood_id).where(
            BusinessPlan.approved_on.is_not(None), BusinessPlan.approved_on <= day
        )
    )
    return sum(row.livelihood_id in wanted for row in rows)


def _invested(session: Session, keys: Iterable[int]) -> tuple[tuple[str, int], ...]:
    """SK06: money put into activities by source: own as the approved plans say, loans as they were paid out, grant and
    co-contribution as the dossiers of support say; of an activity without a dossier as its approved plan says.
    """
    wanted = set(keys)
    own = grant = contribution = 0
    supported = _supported(session, wanted)
    for row in session.scalars(select(BusinessPlan).where(BusinessPlan.approved_on.is_not(None))):
        if row.livelihood_id in wanted:
            plan = from_text(Plan, row.content)
            own += plan.own
            if row.livelihood_id not in supported:
                grant, contribution = grant + plan.grant, contribution + plan.contribution
    grant += sum(given for given, _own in supported.values())
    contribution += sum(theirs for _given, theirs in supported.values())
    loans = session.execute(
        select(Loan.id, Loan.amount, LivelihoodLoan.livelihood_id)
        .join(LivelihoodLoan, LivelihoodLoan.loan_id == Loan.id)
        .join(Livelihood, Livelihood.id == LivelihoodLoan.livelihood_id)
        .where(Loan.disbursed_on.is_not(None))
    )
    lent = {row.id: row.amount for row in loans if row.livelihood_id in wanted}
    return (
        ("own", own),
        ("loan", sum(lent.values())),
        ("grant", grant),
        ("contribution", contribution),
    )


def _supported(session: Session, keys: set[int]) -> dict[int, tuple[int, int]]:
    """Return, by activity with a dossier of support, what was handed over and what its owners gave with evidence."""
    records = [
        row
        for row in session.scalars(select(Support).where(Support.livelihood_id.is_not(None)))
        if row.livelihood_id in keys
    ]
    found: dict[int, tuple[int, int]] = {}
    for rows in rows_of(session, records).values():
        dossier, key = rows.dossier, rows.support.livelihood_id
        if key is not None and dossier.transfers:
            given, theirs = found.get(key, (0, 0))
            found[key] = given + dossier.transferred, theirs + dossier.given
    return found

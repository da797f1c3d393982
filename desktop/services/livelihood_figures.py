"""Figures of livelihoods, jobs and shocks: each with the list it stands for, so that a chart and a list agree.

Definitions: indicators.md table parts E and G. What cannot be worked out is None and printed as a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Contribution, Decider, JobKind, LivelihoodState, Wave
from desktop.models.records.every import Livelihood
from desktop.models.rules.livelihoods.income import gained, median, rounded
from desktop.models.rules.livelihoods.jobs import attribution
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.livelihoods.visits import Life, Survival, survival
from desktop.models.rules.suppression import Release
from desktop.models.rules.washington import Finding
from desktop.services import consents
from desktop.services.jobs import JobFilter, JobRow, listed_in
from desktop.services.livelihood_book import LivelihoodFilter, LivelihoodRow, rows_in, with_income
from desktop.services.livelihood_cuts import CUTS, Cut, Person, cut_key, people_in, years_of
from desktop.services.livelihood_money import Invested, invested_in, plan_days_in
from desktop.services.livelihood_owners import STRANGERS, Owned, OwnerBlock, actor_of, owners_of
from desktop.services.livelihood_standards import prices_in, standards_in
from desktop.services.livelihoods import risks_from
from desktop.services.placements import PlacementRow, placements_in
from desktop.services.shock_book import EventDetail, LossRow, ReliefRow, details_in, prepared_in, with_rows
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
    placements: tuple[PlacementRow, ...]
    events: tuple[EventDetail, ...]
    homes: dict[int, OwnerBlock]
    """By household, who stands for what it lost."""
    ready: frozenset[int]
    """The members whose household has a fresh plan for the next event, of `asked`."""
    asked: frozenset[int]
    plan_days: dict[int, tuple[date, ...]]
    """By activity, the days on which its plans were approved."""
    money: dict[int, Invested]
    """By activity, what was put into it."""
    hazards: dict[int, dict[str, int]]
    """By activity, its risk by hazard, 1–9."""
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

    # -- of fewer people -------------------------------------------------------------------------

    def only(self, actors: Container[int]) -> Figures:
        """Return the figures of fewer owners and workers (`actor_of`, `actor_at`): what is not theirs is left out."""
        return self.sifted(
            lambda row: actor_of(row.owner) in actors,
            lambda job: actor_at(job) in actors,
            lambda _event, loss: self.actor_hit(loss) in actors,
            lambda _event, relief: actor_helped(relief) in actors,
            actors,
        )

    def sifted(
        self,
        activity: Callable[[LivelihoodRow], bool],
        job: Callable[[JobRow], bool],
        loss: Callable[[EventDetail, LossRow], bool],
        relief: Callable[[EventDetail, ReliefRow], bool],
        people: Container[int] | None = None,
    ) -> Figures:
        """Return the figures of the activities, jobs, losses, help (and people) that are kept."""

        def within(some: frozenset[int]) -> frozenset[int]:
            return some if people is None else frozenset(one for one in some if one in people)

        events = [
            with_rows(
                event,
                [one for one in event.losses if loss(event, one)],
                [one for one in event.reliefs if relief(event, one)],
            )
            for event in self.events
        ]
        return replace(
            self,
            livelihoods=tuple(row for row in self.livelihoods if activity(row)),
            incomes=tuple(row for row in self.incomes if activity(row)),
            jobs=tuple(row for row in self.jobs if job(row)),
            placements=tuple(row for row in self.placements if people is None or row.member in people),
            events=tuple(event for event in events if event.losses or event.reliefs),
            ready=within(self.ready),
            asked=within(self.asked),
            supported=within(self.supported),
        )

    def restricted_view(self) -> Figures:
        """Return the same figures without anything of disability or ethnicity."""
        people = {
            key: replace(person, ethnic_code=None, disability=Finding.NOT_ASKED)
            for key, person in self.people.items()
        }
        return replace(self, people=people, restricted=True)

    def actor_hit(self, loss: LossRow) -> int:
        """Return who stands for what a household lost: its head."""
        return actor_of(self.homes[loss.line.household])

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

    @property
    def unpriced(self) -> int:
        """How many activities with both visits cannot be brought to real terms for want of a price index."""
        return sum(row.income is not None and row.income.real is None for row in self.incomes)

    @property
    def survival6(self) -> Survival:
        """SK03: who still operates at 6 months."""
        return survival(self._lives(), Wave.M6, self.day)

    @property
    def survival12(self) -> Survival:
        """SK03: who still operates at 12 months."""
        return survival(self._lives(), Wave.M12, self.day)

    def _lives(self) -> list[Life]:
        return [
            Life(
                row.started,
                {visit.wave: visit.operating for visit in row.visits if visit.wave is not Wave.BASE},
                row.closed,
            )
            for row in self.livelihoods
            if row.started is not None
        ]

    @property
    def invested(self) -> tuple[tuple[str, int], ...]:
        """SK06: money put into activities by source, in đồng; a loan for two of them counts once."""
        mine = [self.money[row.id] for row in self.livelihoods if row.id in self.money]
        lent: dict[int, int] = {}
        for one in mine:
            lent.update(one.loans)
        return (
            ("own", sum(one.own for one in mine)),
            ("loan", sum(lent.values())),
            ("grant", sum(one.grant for one in mine)),
            ("contribution", sum(one.contribution for one in mine)),
        )

    @property
    def plans(self) -> int:
        """SK07: the business plans approved."""
        return sum(len(self.plan_days.get(row.id, ())) for row in self.livelihoods)

    @property
    def plan_of_started(self) -> tuple[int, int]:
        """SK07: the begun activities with an approved plan, of all begun."""
        started = [row for row in self.livelihoods if row.started is not None]
        return sum(row.approved is not None and row.approved <= self.day for row in started), len(started)

    @property
    def women_asked(self) -> dict[int, bool]:
        """HN09: the women who own an activity and were asked who decides over its income; whether they have a say."""
        found: dict[int, bool] = {}
        for row in self.livelihoods:
            key, decider = row.owner.person, self.deciders.get(row.id, Decider.UNKNOWN)
            if key is None or row.owner.sex is not Sex.FEMALE or decider is Decider.UNKNOWN:
                continue
            found[key] = found.get(key, False) or decider in (Decider.ALONE, Decider.JOINT)
        return found

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
        young, whole = self.youth_fte
        return young / whole if whole else None

    @property
    def youth_fte(self) -> tuple[Fraction, Fraction]:
        """VL06: the FTE of new jobs held by people of 16 to 30, of all FTE of new jobs."""
        whole = sum((row.fte for row in self.of_kind(JobKind.NEW)), Fraction())
        return sum((row.fte for row in self.young_jobs), Fraction()), whole

    @property
    def young_jobs(self) -> tuple[JobRow, ...]:
        """The new jobs held by people of 16 to 30."""
        return tuple(row for row in self.of_kind(JobKind.NEW) if _age_in(row, self.day, 16, 30))

    @property
    def decent(self) -> tuple[int, int]:
        """VL07: decent jobs, of how many assessed."""
        return sum(row.is_decent for row in self.screened), len(self.screened)

    @property
    def screened(self) -> tuple[JobRow, ...]:
        """The jobs that go on and of which enough is known to say whether they are decent."""
        return tuple(row for row in self.jobs if row.kind is not JobKind.LOST and row.decent.assessed)

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

    @property
    def assessed(self) -> tuple[LivelihoodRow, ...]:
        """The activities whose climate risk was assessed."""
        return tuple(row for row in self.livelihoods if row.risk)

    @property
    def loss_per_home(self) -> int | None:
        """KH03: the loss of a household hit by an event, in đồng; None while none was hit."""
        homes = sum(event.row.households for event in self.events)
        return rounded(Fraction(sum(event.row.value for event in self.events), homes)) if homes else None

    @property
    def months_to_recover(self) -> Fraction | None:
        """KH04: the median months from an event to nine tenths of the income before it; None while nobody has."""
        middle = median([round(months * 30) for months in self.recoveries])
        return None if middle is None else Fraction(middle, 30)

    @property
    def recoveries(self) -> list[Fraction]:
        """Return the months that each loss took that was recovered from."""
        return [loss.months for event in self.events for loss in event.losses if loss.months is not None]

    @property
    def helped(self) -> tuple[int, int]:
        """KH05: the help that came within the days set, of all help after events."""
        return sum(event.row.in_time for event in self.events), sum(event.row.helped for event in self.events)

    @property
    def prepared(self) -> tuple[int, int]:
        """KH06: the members whose household has a fresh plan, of all members."""
        return len(self.ready), len(self.asked)

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
    groups: frozenset[GroupId] | None = None,
) -> Figures:
    """Return the figures of a day inside an open session, of a group, of some groups or of all; with `agreed` only those
    of these people, and of no one by name (groups, workers who are no members)."""
    groups = groups if group is None else frozenset((group,))
    standards, prices = standards_in(session, day), prices_in(session)
    rows = rows_in(session, LivelihoodFilter(), day)
    jobs = listed_in(session, JobFilter(), day)
    if groups is not None:
        rows = [row for row in rows if not groups.isdisjoint(row.owner.groups)]
        inside = {row.id for row in rows}
        jobs = [job for job in jobs if job.livelihood in inside]
    rows = [row for row in rows if row.started is None or row.started <= day]
    incomes = [with_income(row, prices, Wave.M12) for row in rows]
    owners = {row.owner.person for row in rows} | {job.member for job in jobs}
    persons = {person for person in owners if person is not None}
    ready, asked = prepared_in(session, day, groups)
    events = tuple(details_in(session, day, groups=groups))
    homes = {loss.line.household for event in events for loss in event.losses}
    keys = frozenset(row.id for row in rows)
    written = session.execute(select(Livelihood.id, Livelihood.decider, Livelihood.risks)).all()
    found = Figures(
        day=day,
        group=group,
        standards=standards,
        livelihoods=tuple(rows),
        jobs=tuple(jobs),
        incomes=tuple(row for row in incomes if row.income is not None),
        placements=tuple(placements_in(session, day)),
        events=events,
        homes=owners_of(session, [Owned(home, household_id=home) for home in sorted(homes)]),
        ready=ready,
        asked=asked,
        plan_days=plan_days_in(session, keys, day),
        money=invested_in(session, keys),
        hazards={row.id: {one.hazard.value: one.score for one in risks_from(row.risks)} for row in written},
        people=people_in(session, persons, day, sensitive=sensitive),
        shares={row.id: _share(row) for row in rows},
        sections={row.id: row.section_key for row in rows},
        restricted=not sensitive,
        supported=frozenset(supported_in(session, day, rows, groups)),
        trained={
            member: min(done.values())
            for member, done in completed(session, {row.owner.person or 0 for row in rows}, None, day).items()
        },
        deciders={row.id: row.decider for row in written},
    )
    if agreed is None:
        return found
    return replace(found.only(_Agreed(agreed)), left_out=len(persons - agreed))


class _Agreed(Container[int]):
    """Who may stand in figures that leave the commune: those who agreed, and those who are no person of the register."""

    def __init__(self, agreed: frozenset[int]) -> None:
        self._agreed = agreed

    def __contains__(self, key: object) -> bool:
        return key in self._agreed or (isinstance(key, int) and key < 0)


def actor_at(job: JobRow) -> int:
    """Return who holds a job: the member, or a number below 0 for somebody who is in no register."""
    if job.member is not None:
        return job.member
    return -STRANGERS - int.from_bytes(blake2b(job.change.job.person.encode(), digest_size=6).digest())


def actor_helped(relief: ReliefRow) -> int:
    """Return who was helped after an event: the member, or the number of the group that was."""
    return -relief.group if relief.member is None else relief.member


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

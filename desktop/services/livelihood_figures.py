"""Figures of livelihoods, jobs and shocks: each with the list it stands for, so that a chart and a list agree.

Definitions: indicators.md table parts E and G. What cannot be worked out is None and printed as a dash.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from desktop.models.ids import GroupId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Decider, JobKind, LivelihoodState, Wave
from desktop.models.rules.livelihoods.income import gained, median, rounded
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.livelihoods.visits import Life, Survival, survival
from desktop.models.rules.washington import Finding
from desktop.services.jobs import JobRow
from desktop.services.livelihood_actors import actor_at, actor_helped, age_in, real_of
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_cuts import CUTS, Cut, Person, years_of
from desktop.services.livelihood_money import Invested
from desktop.services.livelihood_owners import OwnerBlock, actor_of
from desktop.services.placements import PlacementRow
from desktop.services.shock_book import EventDetail, LossRow, ReliefRow, with_rows


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
        return tuple(row for row in self.of_kind(JobKind.NEW) if age_in(row, self.day, 16, 30))

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

    # -- people -------------------------------------------------------------------------------------

    def cuts(self) -> list[Cut]:
        """Return the characteristics that may be shown here."""
        return [cut for cut in CUTS if not (cut.sensitive and self.restricted)]

    def person(self, key: int | None) -> Person:
        """Return what is known of somebody; nothing of who is in no register."""
        return self.people.get(key or 0, Person())

    def owner(self, row: LivelihoodRow) -> Person:
        """Return what is known of who stands for an activity."""
        return replace(self.person(row.owner.person), section=row.section_key)

    def worker(self, row: JobRow) -> Person:
        """Return what is known of who holds a job."""
        section = self.sections.get(row.livelihood or 0, "")
        if row.member is not None:
            return replace(self.person(row.member), section=section)
        age = years_of(None, row.birth_year, self.day)
        return Person(sex=row.sex, birth_year=row.birth_year, age=age, section=section)

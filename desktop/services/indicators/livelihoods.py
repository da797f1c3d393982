"""Livelihoods as indicators (SK01–SK07) and women's say over their income (HN09).

Every figure is one of `livelihood_figures.Figures`, the same that the page of livelihoods and its papers show; here it is
asked of fewer people. An activity counts for its owner: the member, the head of the household, or the group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.livelihood_kinds import Wave
from desktop.models.rules.livelihoods.income import median
from desktop.models.rules.livelihoods.visits import Survival, due_day
from desktop.services.indicators.facts import Facts, Scope, Value, count, money, ratio
from desktop.services.indicators.loading import LOADERS, groups_in
from desktop.services.indicators.others import BESIDE, Beside
from desktop.services.indicators.registry import Behind, Kind, Piece, Unit, in_pieces, indicator
from desktop.services.jobs import JobRow
from desktop.services.livelihood_actors import actor_at, actor_helped
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_gathering import figures_in
from desktop.services.livelihood_indicators import source_name
from desktop.services.livelihood_money import Invested
from desktop.services.livelihood_owners import actor_of
from resources.lang.messages import _

NAME = "livelihoods"


@dataclass(frozen=True)
class Livelihoods:
    """The figures of a place at the end of the period, with what each of its people does."""

    figures: Figures

    @cached_property
    def sections(self) -> dict[int, frozenset[str]]:
        """Return the sections of VSIC of everybody's activities and jobs."""
        by_id = self.figures.sections
        pairs = [(actor_of(row.owner), row.section_key) for row in self.figures.livelihoods]
        pairs += [(actor_at(job), by_id.get(job.livelihood or 0, "")) for job in self.figures.jobs]
        pairs += [
            (self.figures.actor_hit(loss), by_id.get(loss.line.livelihood or 0, ""))
            for event in self.figures.events
            for loss in event.losses
        ]
        return _gathered(pairs)

    @cached_property
    def hazards(self) -> dict[int, frozenset[str]]:
        """Return the hazards that threaten everybody's activities or have hit them."""
        risks = self.figures.hazards
        pairs = [
            (actor_of(row.owner), hazard)
            for row in self.figures.livelihoods
            for hazard in risks.get(row.id, ())
        ]
        for event in self.figures.events:
            hazard = event.row.event.hazard.value
            pairs += [(self.figures.actor_hit(loss), hazard) for loss in event.losses]
            pairs += [(actor_helped(relief), hazard) for relief in event.reliefs]
        return _gathered(pairs)

    @cached_property
    def employments(self) -> dict[int, frozenset[str]]:
        """Return the status in employment of everybody who has a job."""
        return _gathered([(actor_at(job), job.employment.value) for job in self.figures.jobs])


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for actor, key in pairs:
        found.setdefault(actor, set()).add(key)
    return {actor: frozenset(keys) for actor, keys in found.items()}


def _load(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[Livelihoods]:
    yield Livelihoods(figures_in(session, ends, groups=groups_in(session, scope)))


def _beside(rows: tuple[Livelihoods, ...]) -> Iterator[Beside]:
    """Yield everybody behind the figures: owners, workers, heads of households hit, who was helped or supported."""
    for figures in (row.figures for row in rows):
        blocks = {row.id: row.owner for row in figures.livelihoods}
        for owner in (*blocks.values(), *figures.homes.values()):
            yield Beside(actor_of(owner), owner.groups, owner.text, owner.sex)
        for job in figures.jobs:
            groups = blocks[job.livelihood].groups if job.livelihood in blocks else ()
            yield Beside(actor_at(job), groups, job.name, job.sex, job.birth_year)
        for event in figures.events:
            for relief in event.reliefs:
                yield Beside(actor_helped(relief), (relief.group,), relief.name)
        for person in figures.supported:
            yield Beside(person)


LOADERS[NAME] = _load
BESIDE[NAME] = _beside


# -- figures of these people -----------------------------------------------------------------------


def held(facts: Facts) -> Livelihoods:
    """Return what the loader read (or a dimension left of it)."""
    found: Livelihoods = facts.more[NAME][0]
    return found


def figures_of(facts: Facts) -> Figures:
    """Return the figures of the people counted."""
    return held(facts).figures.only(facts.standing)


def with_figures(facts: Facts, figures: Figures) -> Facts:
    """Return facts whose livelihoods, jobs and losses are these."""
    return replace(facts, more={**facts.more, NAME: (Livelihoods(figures),)})


def owners(rows: Iterable[LivelihoodRow]) -> frozenset[MemberId]:
    """Return who owns these activities, each once."""
    return frozenset(MemberId(actor_of(row.owner)) for row in rows)


def workers(jobs: Iterable[JobRow]) -> frozenset[MemberId]:
    """Return who holds these jobs, each once."""
    return frozenset(MemberId(actor_at(job)) for job in jobs)


def owners_of(pick: Callable[[Figures], Iterable[LivelihoodRow]]) -> Behind:
    """Return what tells who owns the activities that a figure is of."""
    return lambda facts: owners(pick(figures_of(facts)))


def in_section(facts: Facts, section: str) -> Facts:
    """Return the facts of the activities, jobs and losses of one section of VSIC."""
    figures = held(facts).figures
    return with_figures(
        facts,
        figures.sifted(
            lambda row: row.section_key == section,
            lambda job: figures.sections.get(job.livelihood or 0, "") == section,
            lambda _event, loss: figures.sections.get(loss.line.livelihood or 0, "") == section,
            lambda _event, _relief: False,
        ),
    )


def of_hazard(facts: Facts, hazard: str) -> Facts:
    """Return the facts of the activities that one hazard threatens, each with its risk of that hazard, and of its events."""
    figures = held(facts).figures
    risks = {key: found[hazard] for key, found in figures.hazards.items() if hazard in found}
    kept = figures.sifted(
        lambda row: row.id in risks,
        lambda job: job.livelihood in risks,
        lambda event, _loss: event.row.event.hazard.value == hazard,
        lambda event, _relief: event.row.event.hazard.value == hazard,
    )
    of_it = tuple(replace(row, risk=risks[row.id]) for row in kept.livelihoods)
    return with_figures(facts, replace(kept, livelihoods=of_it))


def in_employment(facts: Facts, status: str) -> Facts:
    """Return the facts of the jobs of one status in employment."""
    figures = held(facts).figures
    return with_figures(
        facts,
        figures.sifted(
            lambda _row: True,
            lambda job: job.employment.value == status,
            lambda _event, _loss: True,
            lambda _event, _relief: True,
        ),
    )


# -- indicators ------------------------------------------------------------------------------------


@indicator("SK01", Unit.LIVELIHOODS, Kind.COUNT, behind=owners_of(lambda figures: figures.operating))
def operating(facts: Facts) -> Value:
    """Count the activities in operation at the end of the period."""
    rows = figures_of(facts).operating
    return count(len(rows), len(owners(rows)))


@indicator(
    "SK02",
    Unit.PEOPLE,
    Kind.COUNT,
    behind=lambda facts: frozenset(MemberId(one) for one in figures_of(facts).supported),
)
def supported(facts: Facts) -> Value:
    """Count the persons supported by the end of the period: a hand-over, a loan for an activity, or a course."""
    return count(len(figures_of(facts).supported))


def _due(wave: Wave) -> Callable[[Figures], Iterable[LivelihoodRow]]:
    return lambda figures: [
        row
        for row in figures.livelihoods
        if row.started is not None and due_day(row.started, wave) <= figures.day
    ]


def _survived(found: Survival) -> Value:
    return ratio(found.operating, found.visited)


def _at_least(found: Survival) -> Value:
    return ratio(found.operating, found.begun)


@indicator("SK03", Unit.PERCENT, Kind.RATE, behind=owners_of(_due(Wave.M12)))
def survival(facts: Facts) -> Value:
    """Return the activities that operate 12 months after they began, of those visited then; at 6 months in its pieces."""
    return _survived(figures_of(facts).survival12)


@in_pieces("SK03")
def survival_by_wave(facts: Facts) -> Iterable[Piece]:
    """Return survival at 6 and 12 months, and what it is at least: with those not visited as closed."""
    figures = figures_of(facts)
    return [
        Piece("6", _("sau 6 tháng"), _survived(figures.survival6)),
        Piece("6-least", _("sau 6 tháng, mức thấp nhất"), _at_least(figures.survival6)),
        Piece("12", _("sau 12 tháng"), _survived(figures.survival12)),
        Piece("12-least", _("sau 12 tháng, mức thấp nhất"), _at_least(figures.survival12)),
    ]


@indicator("SK04", Unit.DONG, Kind.MEAN, behind=owners_of(lambda figures: figures.priced))
def change_of_income(facts: Facts) -> Value:
    """Return the median real change of income, in đồng a year, of activities with both visits and a price index."""
    figures = figures_of(facts)
    change = figures.median_change
    n = len(owners(figures.priced))
    if change is None:
        missing = _("thiếu chỉ số giá") if figures.unpriced else ""
        return Value(None, 0, None, n, reason=missing)
    return Value(Fraction(change), change, None, n)


@in_pieces("SK04")
def change_in_percent(facts: Facts) -> Iterable[Piece]:
    """Return the change as a part of the median income before."""
    figures = figures_of(facts)
    change = figures.median_change
    before = median([row.income.base for row in figures.priced if row.income])
    value = Value(None, 0, 0, len(figures.priced))
    if change is not None and before:
        value = Value(Fraction(change, abs(before)), change, None, len(owners(figures.priced)))
    yield Piece("percent", _("so với trước"), value, Unit.PERCENT, Kind.MEAN)


@indicator("SK05", Unit.PERCENT, Kind.RATE, behind=owners_of(lambda figures: figures.priced))
def gaining(facts: Facts) -> Value:
    """Return the activities whose income has grown enough in real terms, of those whose change is known."""
    figures = figures_of(facts)
    return ratio(len(figures.gainers), len(figures.priced), len(owners(figures.priced)))


def _with_money(figures: Figures) -> list[LivelihoodRow]:
    return [row for row in figures.livelihoods if row.id in figures.money and figures.money[row.id].whole]


def _put_in(figures: Figures, amount: Callable[[Invested], int]) -> dict[MemberId, int]:
    found: dict[MemberId, int] = {}
    for row in _with_money(figures):
        actor = MemberId(actor_of(row.owner))
        found[actor] = found.get(actor, 0) + amount(figures.money[row.id])
    return found


_SOURCES: dict[str, Callable[[Invested], int]] = {
    "own": lambda money: money.own,
    "loan": lambda money: sum(money.loans.values()),
    "grant": lambda money: money.grant,
    "contribution": lambda money: money.contribution,
}


@indicator("SK06", Unit.DONG, Kind.SUM, behind=owners_of(_with_money))
def invested(facts: Facts) -> Value:
    """Sum what was put into the activities from all sources; by source in its pieces."""
    figures = figures_of(facts)
    total = sum(amount for _source, amount in figures.invested)
    by_owner = money(_put_in(figures, lambda money: money.whole))
    return replace(by_owner, amount=Fraction(total), numerator=total)


@in_pieces("SK06")
def by_source(facts: Facts) -> Iterable[Piece]:
    """Return what each source put in."""
    figures = figures_of(facts)
    for source, amount in figures.invested:
        by_owner = money(_put_in(figures, _SOURCES[source]))
        yield Piece(source, source_name(source), replace(by_owner, amount=Fraction(amount), numerator=amount))


@indicator(
    "SK07",
    Unit.PLANS,
    Kind.COUNT,
    behind=owners_of(lambda figures: [row for row in figures.livelihoods if figures.plan_days.get(row.id)]),
)
def plans(facts: Facts) -> Value:
    """Count the business plans approved by the end of the period; those of the period in its pieces."""
    figures = figures_of(facts)
    planned = [row for row in figures.livelihoods if figures.plan_days.get(row.id)]
    return count(figures.plans, len(owners(planned)))


@in_pieces("SK07")
def plans_of_period(facts: Facts) -> Iterable[Piece]:
    """Return the plans approved in the period, and the begun activities that have one."""
    figures = figures_of(facts)
    recent = [
        row
        for row in figures.livelihoods
        for day in figures.plan_days.get(row.id, ())
        if facts.starts <= day <= facts.ends
    ]
    yield Piece("period", _("duyệt trong kỳ"), count(len(recent), len(owners(recent))))
    have, begun = figures.plan_of_started
    yield Piece("started", _("trên sinh kế đã bắt đầu"), ratio(have, begun), Unit.PERCENT, Kind.RATE)


@indicator(
    "HN09",
    Unit.PERCENT,
    Kind.RATE,
    behind=lambda facts: frozenset(MemberId(one) for one in figures_of(facts).women_asked),
)
def women_deciding(facts: Facts) -> Value:
    """Return the women owners who decide over the income alone or together, of those who were asked."""
    found = figures_of(facts).women_asked
    return ratio(sum(found.values()), len(found))

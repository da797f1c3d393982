"""Who leads, who borrows, who is there at all (NH13, HN03, HN04, HN06, HN11): shares held against other shares.

NH13 and HN06 hold the people of a cell against all of the place. HN03, HN04 and HN11 hold a category against the commune's
population, as the report of inclusion does (`services.inclusion_ratios`): they are asked of communes and categories.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.records.every import Group, PopulationCount
from desktop.models.rules.categories import Category
from desktop.models.rules.inclusion import Ratio, leadership_parity, share_ratio
from desktop.services.inclusion_ratios import Standing, composite_of, standings
from desktop.services.indicators.facts import Facts, Part, Scope, Value
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from desktop.services.population import NO_BENCHMARK, Benchmark, benchmark_of, counts_in
from resources.lang.messages import _

COUNTS, GROUPS = "population", "groups-of-communes"


def _counts(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[PopulationCount]:
    if scope.commune:
        return counts_in(session, {scope.commune}, ends)
    codes = set(session.scalars(select(Group.commune_code).where(Group.commune_code.is_not(None)).distinct()))
    return counts_in(session, {code for code in codes if code}, ends)


def _groups(session: Session, _scope: Scope, _starts: date, _ends: date) -> Iterable[tuple[str, int]]:
    for commune, group in session.execute(select(Group.commune_code, Group.id)):
        yield commune or "", group


LOADERS[COUNTS] = _counts
LOADERS[GROUPS] = _groups


# -- held against the place ------------------------------------------------------------------------


def _people(parts: Iterable[Part]) -> frozenset[MemberId]:
    return frozenset(part.member for part in parts)


@indicator("NH13", Unit.RATIO, Kind.RATE)
def parity(facts: Facts) -> Value:
    """Return the share of these people among those who lead over their share of members; 1 is an even share."""
    every = [part for part in facts.whole if part.member_on(facts.ends)]
    officers = _people(part for part in every if part.leads)
    leading, mine = len(officers & frozenset(facts.people)), len(facts.people)
    found = leadership_parity(leading, len(officers), mine, len(_people(every)))
    return _value(found, mine, leading, len(officers))


@indicator("HN06", Unit.RATIO, Kind.RATE)
def credit(facts: Facts) -> Value:
    """Return the share of these people in what was lent in the period over their share of members."""
    every = _people(part for part in facts.whole if part.member_on(facts.ends))
    lent = sum(part.lent for part in facts.whole)
    borrowers = _people(part for part in facts.whole if part.lent)
    found = share_ratio(sum(part.lent for part in facts.parts), lent, len(facts.people), len(every))
    mine = borrowers & facts.everybody
    return _value(found, len(facts.people), len(mine), len(borrowers))


DELICATE = frozenset({Category.DISABLED, Category.CERTIFIED, Category.SINGLE, Category.LONELY})
"""Categories of disability or vulnerability: of them small numbers are held to the stricter threshold."""


def _value(ratio: Ratio, n: int, part: int, whole: int, category: Category | None = None) -> Value:
    """Return a ratio of shares; `part` of `whole` people are what it gives away."""
    return Value(
        ratio.value,
        part,
        whole,
        n,
        reason="" if ratio.missing is None else ratio.missing.title,
        smallest=min((one for one in (part, whole - part) if one), default=None),
        delicate=category in DELICATE,
    )


# -- held against the population -------------------------------------------------------------------


def base_of(facts: Facts) -> Benchmark:
    """Return what these groups are held against: nothing unless they are all groups of their communes."""
    communes = {group.commune for group in facts.groups}
    every = {group for commune, group in facts.more.get(GROUPS, ()) if commune in communes}
    if facts.scope.group is not None or every != {group.id for group in facts.groups}:
        return NO_BENCHMARK
    return benchmark_of(facts.more.get(COUNTS, ()), communes)


def _behind(facts: Facts) -> frozenset[MemberId]:
    """Return the members of the category that is asked of."""
    return Standing(facts, NO_BENCHMARK, facts.category or Category.ALL).mine


def _index(found: Standing) -> Value:
    ratio = found.index
    return _value(ratio, ratio.whole, ratio.part, ratio.whole, found.category)


def _cover(found: Standing) -> Value:
    ratio = found.cover
    whole = ratio.whole or ratio.part
    return _value(ratio, whole, ratio.part, whole, found.category)


def _every_piece(facts: Facts, value: str) -> Iterable[Piece]:
    base = NO_BENCHMARK if value in ("parity", "credit") else base_of(facts)
    for found in standings(facts, base):
        if not found.known:
            continue
        yield Piece(
            found.category.value,
            found.category.title,
            _PIECES[value](found),
            sensitive=found.category.sensitive,
            alone=True,
        )


def _parity_of(found: Standing) -> Value:
    ratio = found.parity
    return _value(ratio, len(found.mine), ratio.part, ratio.whole, found.category)


def credit_of(found: Standing) -> Value:
    """Return the credit ratio of a category with the number of borrowers that it gives away."""
    borrowers = _people(part for part in found.facts.parts if part.lent)
    mine = borrowers & found.mine
    return _value(found.credit, len(found.mine), len(mine), len(borrowers), found.category)


_PIECES = {"parity": _parity_of, "credit": credit_of, "index": _index, "cover": _cover}


@in_pieces("NH13")
def parity_by_category(facts: Facts) -> Iterable[Piece]:
    """Return LP_k of each category."""
    return _every_piece(facts, "parity")


@in_pieces("HN06")
def credit_by_category(facts: Facts) -> Iterable[Piece]:
    """Return the credit ratio of each category."""
    return _every_piece(facts, "credit")


@indicator("HN03", Unit.RATIO, Kind.RATE, of_place=True, behind=_behind)
def index(facts: Facts) -> Value:
    """Return II_k of the category asked of; of everybody it is given by category, in its pieces."""
    if facts.category is None:
        return Value(None, 0, None, len(facts.people), reason=_("tính cho từng nhóm dân cư"))
    return _index(Standing(facts, base_of(facts), facts.category))


@in_pieces("HN03")
def index_by_category(facts: Facts) -> Iterable[Piece]:
    """Return II_k of each category."""
    return _every_piece(facts, "index")


@indicator("HN04", Unit.PERCENT, Kind.RATE, of_place=True, behind=_behind)
def cover(facts: Facts) -> Value:
    """Return the households of the category with a member, of all of them in the commune; without one, of all."""
    return _cover(Standing(facts, base_of(facts), facts.category or Category.ALL))


@in_pieces("HN04")
def cover_by_category(facts: Facts) -> Iterable[Piece]:
    """Return COV_k of each category that the commune counts by households."""
    return [piece for piece in _every_piece(facts, "cover") if Category(piece.code).by_household]


@indicator("HN11", Unit.RATIO, Kind.RATE, of_place=True)
def inclusion(facts: Facts) -> Value:
    """Return the geometric mean of min(1, II_k) over the categories with enough data."""
    base = base_of(facts)
    found, used = composite_of(facts, base)
    if found is None or facts.category is not None:
        reason = _("tính cho cả xã") if facts.category is not None else _("chưa nhóm dân cư nào đủ dữ liệu")
        return Value(None, 0, None, len(facts.people), reason=reason)
    parts = [one for ratio in used for one in (ratio.part, ratio.whole - ratio.part) if one]
    return Value(
        Fraction(found).limit_denominator(10**6),
        0,
        None,
        min(ratio.whole for ratio in used),
        smallest=min(parts, default=None),
        delicate=True,
    )

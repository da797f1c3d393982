"""Who is reached (NG…, HN…): poverty, disability, several vulnerabilities at once."""

from __future__ import annotations

from desktop.models.kinds import Poverty
from desktop.models.rules.categories import Traits
from desktop.models.rules.inclusion import Missing
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.washington import Finding
from desktop.services.indicators.facts import Facts, Value, ratio
from desktop.services.indicators.registry import Kind, Unit, indicator
from resources.indicators import limit


@indicator("NG01", Unit.PERCENT, Kind.RATE)
def poor(facts: Facts) -> Value:
    """Return members of poor and near-poor households of those whose status is known."""
    known = [part for part in facts.people.values() if part.traits.poverty is not Poverty.UNKNOWN]
    found = sum(part.traits.poverty in (Poverty.POOR, Poverty.NEAR_POOR) for part in known)
    return ratio(found, len(known))


def asked(facts: Facts) -> Value:
    """Return members with a WG answer that decides, of members old enough to be asked."""
    grown = [part for part in facts.people.values() if _of_age(part.traits.age)]
    answered = sum(part.traits.disability in (Finding.YES, Finding.NO) for part in grown)
    return ratio(answered, len(grown))


def _of_age(age: int | None) -> bool:
    return age is None or age >= limit("washington.age")


@indicator("HN01", Unit.PERCENT, Kind.RATE)
def disabled(facts: Facts) -> Value:
    """Return members with DISABILITY3 of those with complete answers; not given where fewer than 80 % were asked."""
    known = [part for part in facts.people.values() if part.traits.disability in (Finding.YES, Finding.NO)]
    found = ratio(sum(part.traits.disability is Finding.YES for part in known), len(known))
    covered = asked(facts)
    if covered.amount is None or covered.amount * 100 < limit("washington.coverage"):
        return Value(None, found.numerator, found.denominator, found.n, reason=Missing.FEW_ANSWERS.title)
    return found


@indicator("HN02", Unit.PERCENT, Kind.RATE)
def washington_coverage(facts: Facts) -> Value:
    """Return members with answers of the last twelve months that decide, of members old enough to be asked."""
    since = add_months(facts.ends, -limit("washington.months", facts.ends))
    grown = [part for part in facts.people.values() if _of_age(part.traits.age)]
    answered = sum(
        part.traits.disability in (Finding.YES, Finding.NO)
        and part.asked_on is not None
        and part.asked_on > since
        for part in grown
    )
    return ratio(answered, len(grown))


@indicator("HN05", Unit.PERCENT, Kind.RATE)
def several(facts: Facts) -> Value:
    """Return members with two vulnerabilities or more, of those of whom the register is kept.

    Poverty, disability (asked or certified: one) and ethnicity are kept elsewhere and count like those of the register.
    """
    known = [part for part in facts.people.values() if part.traits.vulnerabilities is not None]
    return ratio(sum(_vulnerabilities(part.traits) >= 2 for part in known), len(known))


def _vulnerabilities(traits: Traits) -> int:
    elsewhere = (
        traits.poverty in (Poverty.POOR, Poverty.NEAR_POOR),
        traits.disability is Finding.YES or bool(traits.certificate),
        bool(traits.minority),
    )
    return len(traits.vulnerabilities or ()) + sum(elsewhere)


@indicator("HN08", Unit.PERCENT, Kind.RATE)
def accommodated(facts: Facts) -> Value:
    """Return members with a grave difficulty for whom an accommodation is recorded, of those with one."""
    needing = [part for part in facts.people.values() if part.difficulties]
    return ratio(sum(part.accommodated for part in needing), len(needing))

"""All indicators of a place and a period, one line each; and those of the list that the book has no data for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.models.rules.suppression import Release, least_count
from desktop.services.analysis import OF_EVERYBODY
from desktop.services.analysis_hiding import SENSITIVE_MEASURES, may_show, tells_count
from desktop.services.analysis_table import HIDDEN
from desktop.services.consents import left_out_note
from desktop.services.indicators.facts import Facts, Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import NO_DATA, Indicator, Kind, indicators
from desktop.store.book import Book
from resources.indicators import Definition, definitions
from resources.lang.dong import show_number
from resources.lang.messages import _, language


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator: its figure as it may be shown, what it is made of, and how the list says it is counted."""

    id: str
    title: str
    unit: str
    shown: str
    made_of: str
    n: int
    reason: str
    formula: str
    value: Value
    hidden: bool
    secret: bool = False
    """Whether the figure is shown but not the counts that it is made of: these are too small."""
    measure: str = ""
    """The indicator to cross for more; "" where the book has no data for it."""


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """The indicators of a place and a period, and what is to be said beside them ("" for nothing)."""

    rows: tuple[IndicatorRow, ...]
    note: str = ""


def indicator_list(
    book: Book, scope: Scope, starts: date, ends: date, release: Release, *, sensitive: bool
) -> IndicatorList:
    """Return every indicator that this role may see; those that the book has no data for with the reason and a dash.

    For readers outside the commune, figures of people are of those who agreed to it.
    """
    facts = load(book, scope, starts, ends)
    people = facts if release is Release.COMMUNE else facts.agreeing()
    rows: list[IndicatorRow] = []
    for key, definition in definitions().items():
        measure = indicators().get(key)
        if measure is None:
            rows.append(_without_data(definition))
        elif sensitive or key not in SENSITIVE_MEASURES:
            mine = facts if measure.of_groups or key in OF_EVERYBODY else people
            rows.append(_row(measure, measure.compute(mine), release))
            rows += _pieces(measure, mine, release, sensitive=sensitive)
    return IndicatorList(tuple(rows), left_out_note(people.left_out, least_count(release)))


def _without_data(definition: Definition) -> IndicatorRow:
    reason = _(NO_DATA[definition.id])
    title, nothing = definition.title(language()), Value(None)
    return IndicatorRow(
        definition.id, title, "", "–", "", 0, reason, definition.how(language()), nothing, False
    )


def _pieces(measure: Indicator, facts: Facts, release: Release, *, sensitive: bool) -> list[IndicatorRow]:
    """Return the lines of an indicator that has a dimension of its own.

    Those that add up to more or less what stands above them are all hidden outside the commune when one must be.
    """
    if measure.pieces is None:
        return []
    found = [
        (replace(measure, unit=one.unit or measure.unit, kind=one.kind or measure.kind), one)
        for one in measure.pieces(facts)
        if (sensitive or not one.sensitive) and (release is Release.COMMUNE or not one.inside)
    ]
    hidden = not measure.of_groups and any(
        _hidden(of, one.value, release) or (of.kind is Kind.RATE and tells_count(release, one.value))
        for of, one in found
        if not one.alone
    )
    rows = [(_row(of, one.value, release, hidden=hidden and not one.alone), one) for of, one in found]
    return [
        replace(row, id=f"{measure.id}.{one.code}", title=f"{measure.title}: {one.title}")
        for row, one in rows
    ]


def _row(measure: Indicator, value: Value, release: Release, *, hidden: bool = False) -> IndicatorRow:
    hidden = hidden or _hidden(measure, value, release)
    secret = measure.kind is Kind.RATE and not measure.of_groups and tells_count(release, value)
    made_of = ""
    if value.denominator is not None and not hidden and not secret:
        made_of = f"{show_number(value.numerator)} / {show_number(value.denominator)}"
    reason = value.reason
    if value.amount is None and not reason:
        reason = _("không tính được: mẫu số bằng 0")
    if hidden:
        reason = _("ẩn: quá ít người đứng sau con số này")
    return IndicatorRow(
        measure.id,
        measure.title,
        measure.unit.title,
        HIDDEN if hidden else measure.show(value),
        made_of,
        value.n,
        reason,
        measure.definition.how(language()),
        value,
        hidden,
        secret,
        measure.id,
    )


def _hidden(measure: Indicator, value: Value, release: Release) -> bool:
    if release is Release.COMMUNE or measure.of_groups or value.amount is None:
        return False
    if measure.kind is Kind.COUNT:
        return 1 <= min(value.numerator, value.n) < least_count(release)
    return not may_show(measure, release, value)

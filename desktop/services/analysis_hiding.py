"""Which figures have too few people behind them to be shown to a reader, and the notes that say so.

The rules are those of `models.rules.suppression`; here they are held against measures, their values and their tables.
"""

from __future__ import annotations

from desktop.models.rules import suppression
from desktop.models.rules.suppression import Cell as Place
from desktop.models.rules.suppression import Counts, Release
from desktop.services.analysis_given_out import Earlier, given_away, shown_before
from desktop.services.analysis_table import HIDDEN, Choice
from desktop.services.consents import left_out_note
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicators.facts import Facts, Value
from desktop.services.indicators.registry import Indicator, Kind
from resources.indicators import limit
from resources.lang.messages import _, ngettext

SENSITIVE_MEASURES = frozenset({"HN01", "HN05", "HN08", "HN11"})
"""Measures that say of members what only some may see."""


def cells_to_hide(
    measure: Indicator,
    choice: Choice,
    row_keys: list[str],
    column_keys: list[str],
    values: list[list[Value]],
    people: list[list[int]],
    earlier: list[Earlier],
) -> tuple[frozenset[Place], bool, float]:
    """Return the cells to hide, whether they are too many, and their share."""
    if choice.release is Release.COMMUNE or (measure.of_groups and measure.kind is not Kind.SUM):
        return frozenset(), False, 0
    rows, columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
    delicate = rows.delicate or columns.delicate
    least = suppression.least_count(choice.release, delicate=delicate)
    counts = _counts(people)
    also = given_away(row_keys, column_keys, people, earlier, least)
    known = shown_before(row_keys, column_keys, people, earlier)
    if measure.kind is not Kind.COUNT:
        also |= {
            (at, to)
            for at, line in enumerate(values)
            for to, value in enumerate(line)
            if value.amount is not None and not may_show(measure, choice.release, value, delicate=delicate)
        }
    found = suppression.protect(
        counts, least, rows_tell=rows.tells, columns_tell=columns.tells, also=also, known=known
    )
    hidden = found.cells
    if measure.kind in (Kind.COUNT, Kind.SUM):
        # What is shown is the figure: a count of it is held to the same threshold as the people behind it.
        numbers = [[max(0, value.numerator) for value in line] for line in values]
        few = least if measure.kind is Kind.COUNT else 0
        hidden = suppression.protect(_counts(numbers), few, also=hidden, known=known).cells
    share = suppression.Hidden(hidden, frozenset(), least).share(counts.size)
    return hidden, share * 100 > limit("suppression.coarsen"), float(share)


def _counts(numbers: list[list[int]]) -> Counts:
    """Return numbers with sums as counts; whether they add up is seen from them."""
    return Counts(
        tuple(tuple(line[:-1]) for line in numbers[:-1]),
        tuple(line[-1] for line in numbers[:-1]),
        tuple(numbers[-1][:-1]),
        numbers[-1][-1],
    )


def may_show(measure: Indicator, release: Release, value: Value, *, delicate: bool = False) -> bool:
    """Tell whether a figure that is no count has enough people behind it, and no one of them for most of it.

    A rate of what is sensitive is hidden too where so few have it (or have it not) that its count would be hidden:
    5,0 % of 20 members is one of them.
    """
    if measure.id in SENSITIVE_MEASURES and tells_count(release, value, delicate=True):
        return False
    least = suppression.least_count(release, delicate=delicate or value.delicate)
    if value.smallest is not None and value.smallest < least:
        return False
    if measure.kind is Kind.SUM:
        return suppression.sum_may_show(release, value.n, value.largest, value.numerator)
    if measure.kind is Kind.MEAN:
        enough = suppression.rate_may_show(release, value.n)
        return enough and (
            not value.largest or suppression.sum_may_show(release, value.n, value.largest, value.numerator)
        )
    base = value.n if value.denominator is None else min(value.n, value.denominator)
    return suppression.rate_may_show(release, base)


def tells_count(release: Release, value: Value, *, delicate: bool = False) -> bool:
    """Tell whether numerator or rest of a rate are people too few to be shown as a count."""
    least = suppression.least_count(release, delicate=delicate)
    if value.denominator is None or not least:
        return False
    return any(1 <= part < least for part in (value.numerator, value.denominator - value.numerator))


def left_out(facts: Facts, release: Release) -> tuple[str, ...]:
    """Return the note on those who were not counted because they have not agreed; empty when nobody is missing."""
    note = left_out_note(facts.left_out, suppression.least_count(release))
    return (note,) if note else ()


def notes_on(
    choice: Choice,
    measure: Indicator,
    hidden: frozenset[Place],
    values: list[list[Value]],
) -> tuple[str, ...]:
    """Return what is said below a table: how many cells are hidden and why, and why figures are missing."""
    notes = []
    if hidden:
        delicate = DIMENSIONS[choice.rows].delicate or DIMENSIONS[choice.columns].delicate
        least = suppression.least_count(choice.release, delicate=delicate)
        notes.append(
            ngettext(
                "Ô có dưới {k} người được ẩn ({sign}) để bảo vệ dữ liệu cá nhân; {n} ô bị ẩn, kể cả ô bảo vệ.",
                "Ô có dưới {k} người được ẩn ({sign}) để bảo vệ dữ liệu cá nhân; {n} ô bị ẩn, kể cả ô bảo vệ.",
                len(hidden),
            ).format(k=least, sign=HIDDEN, n=len(hidden))
        )
    for reason in dict.fromkeys(value.reason for line in values for value in line if value.reason):
        notes.append(reason[:1].upper() + reason[1:] + ".")
    if measure.kind in (Kind.RATE, Kind.MEAN) and any(
        value.amount is None for line in values for value in line
    ):
        notes.append(_("Dấu – : không tính được."))
    return tuple(notes)

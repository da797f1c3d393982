"""A measure crossed by rows and columns, with what may be shown to whom; and the people behind a cell.

Every cell is the measure computed over its own people, so that rates and medians are right, and the sums over all.
Then the rules of release hide cells (`models.rules.suppression`), in view of the tables that were given out before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.problems import Problem, Refusal
from desktop.models.rules.inclusion import Missing
from desktop.models.rules.suppression import Release
from desktop.services import sight
from desktop.services.analysis_cells import Cells, coverage_of
from desktop.services.analysis_given_out import Earlier, given_out
from desktop.services.analysis_hiding import SENSITIVE_MEASURES, cells_to_hide, left_out, notes_on
from desktop.services.analysis_table import HIDDEN, SUM, Cell, Choice, CrossTable
from desktop.services.dimensions import DIMENSIONS, Dimension
from desktop.services.indicators.facts import Facts, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.reach import asked
from desktop.services.indicators.registry import Indicator, Kind, indicators
from desktop.store.book import Book
from resources.indicators import limit
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """A person counted in a cell."""

    member: MemberId
    code: str
    name: str
    group: str
    savings: int
    owed: int


def cross(book: Book, choice: Choice, *, sensitive: bool) -> CrossTable:
    """Return the table of a choice. Raises Refusal for what `sensitive` does not permit, or what cannot be crossed."""
    _refuse(choice, sensitive=sensitive)
    facts = facts_for(load(book, choice.scope, choice.starts, choice.ends), choice)
    table = _build(facts, choice, given_out(book, choice))
    for coarser in _coarser(choice):
        if not table.too_much:
            break
        # What was given out lies over coarser rows and columns in other places.
        again = _build(facts, coarser, given_out(book, coarser))
        if again.too_much and again.share >= table.share:
            continue
        text = _("Quá nhiều ô phải ẩn, nên đã gộp: {rows} × {columns}.").format(
            rows=DIMENSIONS[coarser.rows].shown, columns=DIMENSIONS[coarser.columns].shown
        )
        table = replace(again, table=replace(again.table, notes=(text, *again.table.notes)))
    if table.too_much:
        text = _("Hơn {n} % số ô phải ẩn: hãy gộp nhóm, chọn nơi rộng hơn hoặc kỳ dài hơn.").format(
            n=limit("suppression.coarsen")
        )
        return replace(table.table, notes=(*table.table.notes, text))
    return table.table


def fitting(choice: Choice) -> Choice:
    """Return a choice with rows and columns that its measure can be crossed by; those that it can be crossed by stay."""
    measure = indicators()[choice.measure]
    if choice.release is not Release.COMMUNE:
        choice = _outside(choice)
    if measure.of_place:
        fits, rows = _OF_PLACE, "commune"
    elif measure.of_groups:
        fits, rows = frozenset({"none", *(key for key, one in DIMENSIONS.items() if one.of_groups)}), "group"
    else:
        return choice
    found = choice if choice.rows in fits else replace(choice, rows=rows)
    return found if found.columns in fits - {found.rows} else replace(found, columns="none")


def _outside(choice: Choice) -> Choice:
    """Return a choice without what is for readers in the commune only."""
    rows, columns = (
        "none" if key in DIMENSIONS and DIMENSIONS[key].inside else key
        for key in (choice.rows, choice.columns)
    )
    return replace(choice, rows=rows, columns=columns)


def facts_for(facts: Facts, choice: Choice) -> Facts:
    """Return the facts that the reader may have: outside the commune, of those who agreed to it.

    Figures of whole groups (the box, the meetings) say nothing of single people and stay as they are.
    """
    measure = indicators()[choice.measure]
    if choice.release is Release.COMMUNE or measure.of_groups or measure.id in OF_EVERYBODY:
        return facts
    agreed = facts.agreeing()
    if measure.behind is None:
        return agreed
    return replace(agreed, left_out=len(measure.behind(facts) - measure.behind(agreed)))


def people_behind(
    book: Book, choice: Choice, row: str, column: str, *, sensitive: bool
) -> list[PersonBehind]:
    """Return the people in a cell (`SUM` for all of a row or column): only within the commune, role permitting."""
    _refuse(choice, sensitive=sensitive)
    if choice.release is not Release.COMMUNE:
        text = _("Bảng gửi ra ngoài xã không mở danh sách người. Hãy chọn “Trong xã”.")
        raise Refusal([Problem.stop("released", "release", text)])
    facts = load(book, choice.scope, choice.starts, choice.ends)
    measure = indicators()[choice.measure]
    some = Cells(facts, measure, choice).facts(row, column)
    found = [*some.parts, *(some.others if measure.behind is not None else ())]
    if measure.behind is not None:
        behind = measure.behind(some)
        found = [part for part in found if part.member in behind]
    groups = {group.id: group.name for group in facts.groups}
    tells = DIMENSIONS[choice.rows].sensitive or DIMENSIONS[choice.columns].sensitive
    if tells or choice.measure in SENSITIVE_MEASURES:
        people = [part.member for part in found if part.member > 0]
        sight.note_people(book, SeenHow.SEEN, "cell", people)
    return [
        PersonBehind(part.member, part.code, part.name, groups.get(part.group, ""), part.savings, part.owed)
        for part in found
    ]


def _refuse(choice: Choice, *, sensitive: bool) -> None:
    problems = []
    if choice.measure not in indicators():
        problems.append(Problem.stop("no-measure", "measure", _("Sổ chưa tính được chỉ số này.")))
    for side, key in (("rows", choice.rows), ("columns", choice.columns)):
        if key not in DIMENSIONS:
            problems.append(Problem.stop("no-dimension", side, _("Không có cách chia này.")))
        elif DIMENSIONS[key].sensitive and not sensitive:
            text = _("Vai trò của bạn không được xem số liệu theo “{name}”.").format(
                name=DIMENSIONS[key].shown
            )
            problems.append(Problem.stop("not-permitted", side, text))
        elif DIMENSIONS[key].inside and choice.release is not Release.COMMUNE:
            text = _("“{name}” nêu tên người, nên chỉ dùng cho bảng trong xã.").format(
                name=DIMENSIONS[key].shown
            )
            problems.append(Problem.stop("inside", side, text))
    if choice.rows == choice.columns and choice.rows != "none":
        problems.append(Problem.stop("same", "columns", _("Hàng và cột phải khác nhau.")))
    if choice.ends < choice.starts:
        problems.append(Problem.stop("period", "ends", _("Ngày cuối kỳ phải sau ngày đầu kỳ.")))
    if not problems:
        measure = indicators()[choice.measure]
        sensible = all(DIMENSIONS[key].of_groups or key == "none" for key in (choice.rows, choice.columns))
        if measure.of_place and not {choice.rows, choice.columns} <= _OF_PLACE:
            text = _("Chỉ số này so với dân số của xã: chỉ chia được theo nhóm dân cư hoặc xã.")
            problems.append(Problem.stop("of-place", "rows", text))
        if measure.of_groups and not sensible:
            text = _("Chỉ số này tính cho cả nhóm: chỉ chia được theo nhóm, loại nhóm hoặc xã.")
            problems.append(Problem.stop("of-groups", "rows", text))
        if not sensitive and choice.measure in SENSITIVE_MEASURES:
            text = _("Vai trò của bạn không được xem chỉ số này.")
            problems.append(Problem.stop("not-permitted", "measure", text))
    if problems:
        raise Refusal(problems)


OF_EVERYBODY = frozenset({"KN04"})
"""Measures that stay of all people outside the commune: how many have agreed cannot be asked of those who have."""
_OF_PLACE = frozenset({"none", "category", "commune"})
"""What a measure that is held against the population can be crossed by."""


# -- building --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Built:
    table: CrossTable
    too_much: bool
    share: float


def _coarser(choice: Choice) -> list[Choice]:
    """Return the same choice with coarser rows, columns, both."""
    rows, columns = DIMENSIONS[choice.rows].coarser, DIMENSIONS[choice.columns].coarser
    found = []
    if columns and columns != choice.rows:
        found.append(replace(choice, columns=columns))
    if rows and rows != choice.columns:
        found.append(replace(choice, rows=rows))
    if rows and columns and (rows != columns or rows == "none"):
        found.append(replace(choice, rows=rows, columns=columns))
    return found


def _build(facts: Facts, choice: Choice, earlier: list[Earlier]) -> _Built:
    measure = indicators()[choice.measure]
    rows, columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
    cells_of = Cells(facts, measure, choice)
    row_keys, column_keys = cells_of.keys()
    doubt = _doubted(facts, choice, measure)
    values: list[list[Value]] = []
    people: list[list[int]] = []
    for row in [*row_keys, SUM]:
        values.append([])
        people.append([])
        for column in [*column_keys, SUM]:
            some = cells_of.facts(row, column)
            value = measure.compute(some)
            values[-1].append(replace(value, amount=None, reason=doubt) if doubt else value)
            people[-1].append(cells_of.people(some))
    if not row_keys or not column_keys:
        missing = left_out(facts, choice.release)
        return _Built(_table(choice, measure, rows, columns, (), (), (), facts, missing), False, 0)
    hidden, too_much, share = cells_to_hide(measure, choice, row_keys, column_keys, values, people, earlier)
    cells = tuple(
        tuple(
            Cell(
                value,
                people[at][to],
                HIDDEN if (at, to) in hidden else measure.show(value),
                (at, to) in hidden,
            )
            for to, value in enumerate(line)
        )
        for at, line in enumerate(values)
    )
    notes = (
        *notes_on(choice, measure, hidden, values),
        *_beside(measure, cells_of.whole),
        *left_out(facts, choice.release),
    )
    made = _table(choice, measure, rows, columns, tuple(row_keys), tuple(column_keys), cells, facts, notes)
    return _Built(made, too_much, share)


def _doubted(facts: Facts, choice: Choice, measure: Indicator) -> str:
    """Return why no rate is given by disability: fewer than four of five were asked (indicators.md 1.4)."""
    if measure.kind in (Kind.COUNT, Kind.SUM) or "disability" not in (choice.rows, choice.columns):
        return ""
    covered = asked(facts).amount
    if covered is None or covered * 100 < limit("washington.coverage"):
        return Missing.FEW_ANSWERS.title
    return ""


def _table(
    choice: Choice,
    measure: Indicator,
    rows: Dimension,
    columns: Dimension,
    row_keys: tuple[str, ...],
    column_keys: tuple[str, ...],
    cells: tuple[tuple[Cell, ...], ...],
    facts: Facts,
    notes: tuple[str, ...],
) -> CrossTable:
    return CrossTable(
        choice,
        measure.title,
        measure.unit.title,
        rows.shown,
        columns.shown,
        row_keys,
        column_keys,
        tuple(rows.name(key) for key in row_keys),
        tuple(columns.name(key) for key in column_keys),
        cells,
        coverage_of(facts, rows, columns),
        notes,
    )


def _beside(measure: Indicator, facts: Facts) -> tuple[str, ...]:
    """Return the note on what is counted of nobody in the register: the activities of groups, workers by name."""
    if measure.behind is None or not any(one < 0 for one in measure.behind(facts)):
        return ()
    text = _(
        "Tính cả hoạt động, việc làm của nhóm và của người không có trong sổ, như trang Sinh kế; "
        "họ đứng ở “Không rõ”, “Không thuộc nhóm nào”."
    )
    return (text,)

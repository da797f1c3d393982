"""A measure crossed by rows and columns, with what may be shown to whom; and the people behind a cell.

Every cell is the measure computed over its own people, so that rates and medians are right, and the sums over all.
Then the rules of release hide cells (`models.rules.suppression`), in view of the tables that were given out before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import partial

from sqlalchemy import select

from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import PublishedTable
from desktop.models.rules import suppression
from desktop.models.rules.inclusion import Missing
from desktop.models.rules.suppression import Cell as Place
from desktop.models.rules.suppression import Counts, Published, Release
from desktop.services import sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.consents import left_out_note
from desktop.services.dimensions import DIMENSIONS, UNKNOWN, Dimension
from desktop.services.indicators.facts import Facts, Part, Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.reach import asked
from desktop.services.indicators.registry import Indicator, Kind, indicators
from desktop.store.book import Book
from resources.indicators import limit
from resources.lang.dong import show_percent
from resources.lang.messages import _, ngettext

HIDDEN = "…"
SUM = "*"
"""The key of the row and column of sums."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show: a measure by rows and columns, of a period and a place, for a reader."""

    measure: str = "NH02"
    rows: str = "sex"
    columns: str = "age"
    starts: date = date(2000, 1, 1)
    ends: date = date(2000, 1, 1)
    scope: Scope = field(default_factory=Scope)
    release: Release = Release.COMMUNE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the figure, how many people stand behind it, what is shown, and whether it is hidden."""

    value: Value
    people: int
    text: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A table as it may be shown. The last row and the last column are those of all together."""

    choice: Choice
    title: str
    unit: str
    rows_title: str
    columns_title: str
    row_keys: tuple[str, ...]
    column_keys: tuple[str, ...]
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    coverage: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether there is nobody to show."""
        return not self.row_keys or not self.column_keys

    @property
    def hidden(self) -> int:
        """Count the hidden cells."""
        return sum(cell.hidden for row in self.cells for cell in row)


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
    earlier = [] if choice.release is Release.COMMUNE else _published(book, choice)
    table = _build(facts, choice, earlier)
    for coarser in _coarser(choice):
        if not table.too_much:
            break
        again = _build(facts, coarser, earlier)
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
    if measure.of_place:
        fits, rows = _OF_PLACE, "commune"
    elif measure.of_groups:
        fits, rows = frozenset({"none", *(key for key, one in DIMENSIONS.items() if one.of_groups)}), "group"
    else:
        return choice
    found = choice if choice.rows in fits else replace(choice, rows=rows)
    return found if found.columns in fits - {found.rows} else replace(found, columns="none")


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
    some = _Cells(facts, measure, choice).facts(row, column)
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
SENSITIVE_MEASURES = frozenset({"HN01", "HN05", "HN08", "HN11"})
"""Measures that say of members what only some may see."""
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


class _Cells:
    """The facts of each cell of a table: of the people in it, and of what they have of its row and column."""

    def __init__(self, facts: Facts, measure: Indicator, choice: Choice) -> None:
        # Who is no member here stands only in figures that are of them.
        self.whole = facts if measure.behind is not None else replace(facts, others=())
        self.measure = measure
        self.rows, self.columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
        everyone = (*self.whole.parts, *self.whole.others)
        self.places = {
            id(part): (
                frozenset(self.rows.of(part, self.whole)),
                frozenset(self.columns.of(part, self.whole)),
            )
            for part in everyone
        }

    def keys(self) -> tuple[list[str], list[str]]:
        """Return the categories of the rows and of the columns."""
        rows = [key for key in self.rows.categories(self.whole) if self._tells(self.rows, key, SUM)]
        columns = [key for key in self.columns.categories(self.whole) if self._tells(self.columns, SUM, key)]
        return rows, columns

    def _tells(self, dimension: Dimension, row: str, column: str) -> bool:
        """Tell whether a category says anything of the measure: a branch in which nobody has a job is none of jobs, and
        that nothing is known of an owner does not make it unknown who works.
        """
        if self.measure.behind is None or not (dimension.narrow or UNKNOWN in (row, column)):
            return True
        return self.people(self.facts(row, column)) > 0

    def facts(self, row: str, column: str) -> Facts:
        """Return the facts of a cell."""
        some = self.whole.only(partial(self._lies, row, column))
        if self.measure.of_groups:
            some = some.within(self._groups(some, row, column))
        if self.measure.of_place:
            some = self.whole.within(self._communes(row, column))
        for dimension, key in ((self.rows, row), (self.columns, column)):
            if dimension.narrow is not None and key != SUM:
                some = dimension.narrow(some, key)
        return some

    def people(self, some: Facts) -> int:
        """Return how many people a cell is of."""
        return len(some.everybody if self.measure.behind is None else self.measure.behind(some))

    def _lies(self, row: str, column: str, part: Part) -> bool:
        at = self.places[id(part)]
        return (row == SUM or row in at[0]) and (column == SUM or column in at[1])

    def _groups(self, some: Facts, row: str, column: str) -> frozenset[GroupId]:
        if (row, column) == (SUM, SUM):
            return frozenset(group.id for group in self.whole.groups)
        return frozenset(part.group for part in some.parts)

    def _communes(self, row: str, column: str) -> frozenset[GroupId]:
        wanted = {
            key
            for dimension, key in ((self.rows, row), (self.columns, column))
            if dimension.key == "commune" and key != SUM
        }
        return frozenset(
            group.id for group in self.whole.groups if not wanted or (group.commune or UNKNOWN) in wanted
        )


def _build(facts: Facts, choice: Choice, earlier: list[_Earlier]) -> _Built:
    measure = indicators()[choice.measure]
    rows, columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
    cells_of = _Cells(facts, measure, choice)
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
    hidden, too_much, share = _hide(measure, choice, row_keys, column_keys, values, people, earlier)
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
    notes = (*_notes(choice, measure, hidden, values), *left_out(facts, choice.release))
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


def coverage_of(facts: Facts, *dimensions: Dimension) -> tuple[tuple[str, str], ...]:
    """Return, for each dimension, of how many members it is known: shown before any figure."""
    found = []
    for dimension in dimensions:
        of_people = not (dimension.of_groups or dimension.key == "none" or dimension.narrow)
        if not of_people or not facts.people:
            continue
        known = sum(UNKNOWN not in dimension.of(part, facts) for part in facts.people.values())
        if dimension.key == "disability":
            made = asked(facts)
            known, whole = made.numerator, made.denominator or 0
        else:
            whole = len(facts.people)
        if whole:
            share = show_percent(Fraction(known, whole), 0)
            found.append((dimension.shown, f"{known}/{whole} ({share})"))
    return tuple(found)


# -- hiding ----------------------------------------------------------------------------------------


def _hide(
    measure: Indicator,
    choice: Choice,
    row_keys: list[str],
    column_keys: list[str],
    values: list[list[Value]],
    people: list[list[int]],
    earlier: list[_Earlier],
) -> tuple[frozenset[Place], bool, float]:
    """Return the cells to hide, whether they are too many, and their share."""
    if choice.release is Release.COMMUNE or (measure.of_groups and measure.kind is not Kind.SUM):
        return frozenset(), False, 0
    rows, columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
    delicate = rows.delicate or columns.delicate
    least = suppression.least_count(choice.release, delicate=delicate)
    counts = _counts(people)
    also = _given_away(row_keys, column_keys, people, earlier, least)
    known = _shown_before(row_keys, column_keys, people, earlier)
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


Keys = tuple[str, str]
"""The keys of a cell: of its row and of its column, or SUM."""
_REMEMBERED = 200
"""How many tables of a measure that were given out are held against a new one, the latest first."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    same_place: bool
    table: Published


def _given_away(
    row_keys: list[str], column_keys: list[str], people: list[list[int]], earlier: list[_Earlier], least: int
) -> set[Place]:
    """Return the cells that would be given away by what an earlier table hid or by the difference to it."""
    now = _by_key(row_keys, column_keys, people)
    found: set[Keys] = set()
    for table in earlier:
        cells = suppression.give_away(now, table.table, least, same_people=table.same_place)
        found |= {cell for cell in cells if not table.same_place or _of_the_same_people(cell, now, table)}
    return _places(row_keys, column_keys, found)


def _shown_before(
    row_keys: list[str], column_keys: list[str], people: list[list[int]], earlier: list[_Earlier]
) -> set[Place]:
    """Return the cells that an earlier table has shown: hiding them now protects no other."""
    now = _by_key(row_keys, column_keys, people)
    found = {
        cell
        for table in earlier
        if table.same_place
        for cell, value in table.table.cells.items()
        if cell in now and now[cell] == value and _of_the_same_people(cell, now, table)
    }
    return _places(row_keys, column_keys, found)


def _of_the_same_people(cell: Keys, now: Mapping[Keys, int], earlier: _Earlier) -> bool:
    """With other sums the two tables are of other people, and nothing is learnt by holding them together."""
    cells = earlier.table.cells
    sums = ((cell[0], SUM), (SUM, cell[1]))
    return all(cells.get(one) in (None, now[one]) for one in sums)


def _by_key(row_keys: list[str], column_keys: list[str], people: list[list[int]]) -> dict[Keys, int]:
    rows, columns = [*row_keys, SUM], [*column_keys, SUM]
    return {(row, column): people[at][to] for at, row in enumerate(rows) for to, column in enumerate(columns)}


def _places(row_keys: list[str], column_keys: list[str], cells: Collection[Keys]) -> set[Place]:
    rows, columns = [*row_keys, SUM], [*column_keys, SUM]
    return {(rows.index(row), columns.index(column)) for row, column in cells}


def left_out(facts: Facts, release: Release) -> tuple[str, ...]:
    """Return the note on those who were not counted because they have not agreed; empty when nobody is missing."""
    note = left_out_note(facts.left_out, suppression.least_count(release))
    return (note,) if note else ()


def _notes(
    choice: Choice,
    measure: Indicator,
    hidden: frozenset[Place],
    values: list[list[Value]],
) -> tuple[str, ...]:
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


# -- tables that were given out --------------------------------------------------------------------


def _published(book: Book, choice: Choice) -> list[_Earlier]:
    """Return what was given out of the same measure, as far as it says something of the cells of this table."""
    query = (
        select(PublishedTable)
        .where(PublishedTable.measure == choice.measure)
        .order_by(PublishedTable.ends.desc(), PublishedTable.id.desc())
        .limit(_REMEMBERED)
    )
    found = []
    with book.read() as session:
        for row in session.scalars(query):
            same_place = row.place == choice.scope.key
            if not same_place and (row.starts, row.ends) != (choice.starts, choice.ends):
                continue
            cells = _laid_over(choice, row.rows_by, row.columns_by, _cells_from(row.cells))
            if cells:
                found.append(_Earlier(same_place, Published(cells)))
    return found


def _laid_over(
    choice: Choice, rows_by: str, columns_by: str, cells: Mapping[Keys, int | None]
) -> dict[Keys, int | None]:
    """Return the cells of an earlier table where they stand in this one: all of the same table, also when it was
    turned round; of one that was crossed by something else, its sums by what both are crossed by, and the total.
    """
    if (rows_by, columns_by) == (choice.rows, choice.columns):
        return dict(cells)
    if (columns_by, rows_by) == (choice.rows, choice.columns):
        return {(column, row): value for (row, column), value in cells.items()}
    sums = {(rows_by, row): value for (row, column), value in cells.items() if column == SUM}
    sums |= {(columns_by, column): value for (row, column), value in cells.items() if row == SUM}
    found: dict[Keys, int | None] = {}
    for (by, key), value in sums.items():
        if by == choice.rows or key == SUM:
            found[key, SUM] = value
        if by == choice.columns:
            found[SUM, key] = value
    return found


def publish(book: Book, table: CrossTable, act: Act) -> Outcome[CrossTable]:
    """Note that a table left the commune, so that the next one does not give away what this one hides."""
    choice = table.choice
    if choice.release is Release.COMMUNE or table.empty:
        return Outcome(table)
    rows, columns = [*table.row_keys, SUM], [*table.column_keys, SUM]
    cells: dict[tuple[str, str], int | None] = {
        (row, column): None if table.cells[at][to].hidden else table.cells[at][to].people
        for at, row in enumerate(rows)
        for to, column in enumerate(columns)
    }
    with book.write(act) as session:
        session.add(
            PublishedTable(
                uid=new_uid(),
                measure=choice.measure,
                rows_by=choice.rows,
                columns_by=choice.columns,
                place=choice.scope.key,
                starts=choice.starts,
                ends=choice.ends,
                release=choice.release.value,
                cells=_cells_to(cells),
                at=act.at,
                by=act.who,
            )
        )
    return Outcome(table, Changed.of(Topic.ANALYSIS))


def _cells_to(cells: Mapping[tuple[str, str], int | None]) -> str:
    return json.dumps([[row, column, value] for (row, column), value in cells.items()], ensure_ascii=False)


def _cells_from(text: str) -> dict[tuple[str, str], int | None]:
    return {(row, column): value for row, column, value in json.loads(text)}

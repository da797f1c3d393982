"""Official counts of a commune's people and households: kept by year with their source, typed or read from a file.

They are what the inclusion index and the coverage of households are compared with (indicators.md 6.2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import PopulationCount
from desktop.models.rules import people
from desktop.models.rules.categories import Category
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.exchange import Sheet, read_table
from desktop.services.exchange.cells import text_of
from desktop.services.exchange.columns import guess_by
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources import places
from resources.lang.messages import _
from resources.lang.names import fold

_CHANGED = Changed.of(Topic.POPULATION)
YEARS = range(1990, 2201)


@dataclass(frozen=True, slots=True)
class SetCount:
    """Say how many people and households of a category a commune counts in a year. It replaces what was said before."""

    commune_code: str
    year: int
    category: Category
    persons: int | None
    households: int | None
    age_from: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count as kept; `commune` is the name of the place."""

    id: int
    commune_code: str
    commune: str
    year: int
    category: Category
    persons: int | None
    households: int | None
    age_from: int
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The counts that members of a place are compared with: by category (people, households), None where not known.

    `years` and `sources` say where they come from. `complete`: every commune of the place has its total.
    """

    persons: Mapping[Category, int | None]
    households: Mapping[Category, int | None]
    ages: Mapping[Category, int | None]
    years: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    complete: bool = False


NO_BENCHMARK = Benchmark({}, {}, {})


# -- deeds -----------------------------------------------------------------------------------------


def set_count(book: Book, command: SetCount, act: Act) -> Outcome[int]:
    """Keep a count. Raises Refusal when it cannot be."""
    refuse_if_stopped(_check(command))
    with book.write(act) as session:
        record = _set(session, command)
        session.flush()
        return Outcome(record.id, _CHANGED)


def remove(book: Book, count: int, version: int, act: Act) -> Outcome[int]:
    """Remove a count entered by mistake; the chain keeps it. Raises Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(PopulationCount, count)
        expect_version(record, version)
        session.delete(record)
    return Outcome(count, _CHANGED)


def _set(session: Session, command: SetCount) -> PopulationCount:
    record = session.scalars(
        select(PopulationCount).where(
            PopulationCount.commune_code == command.commune_code,
            PopulationCount.year == command.year,
            PopulationCount.category == command.category.value,
        )
    ).one_or_none()
    if record is None:
        record = PopulationCount(
            uid=new_uid(),
            commune_code=command.commune_code,
            year=command.year,
            category=command.category.value,
        )
        session.add(record)
    record.persons, record.households = command.persons, command.households
    record.age_from, record.source = command.age_from, people.tidy(command.source)
    return record


def _check(command: SetCount) -> list[Problem]:
    problems = list(people.check_commune(command.commune_code))
    if not command.commune_code:
        problems.append(Problem.stop("no-commune", "commune_code", _("Hãy chọn xã.")))
    if command.year not in YEARS:
        problems.append(Problem.stop("bad-year", "year", _("Năm phải từ 1990 đến 2200.")))
    if command.persons is None and command.households is None:
        problems.append(Problem.stop("no-count", "persons", _("Hãy nhập số người hoặc số hộ.")))
    for field, value in (("persons", command.persons), ("households", command.households)):
        if value is not None and value < 0:
            problems.append(Problem.stop("negative", field, _("Số này không thể âm.")))
    if not 0 <= command.age_from <= 100:
        problems.append(Problem.stop("bad-age", "age_from", _("Tuổi phải từ 0 đến 100.")))
    if not people.tidy(command.source):
        problems.append(
            Problem.stop("no-source", "source", _("Hãy ghi nguồn, ví dụ: UBND xã, rà soát cuối năm 2025."))
        )
    return problems


# -- from a file -----------------------------------------------------------------------------------

_COLUMNS = {
    "commune": "xã|phường|xã phường|xã/phường|tên xã|mã xã|commune",
    "year": "năm|year",
    "category": "nhóm|nhóm dân cư|đối tượng|chỉ tiêu|loại|category",
    "persons": "số người|người|số khẩu|nhân khẩu|khẩu|dân số|persons|people|population",
    "households": "số hộ|hộ|households",
    "age_from": "từ tuổi|tuổi từ|từ độ tuổi|age from",
    "source": "nguồn|nguồn số liệu|source",
}
_WORDS = {
    Category.ALL: ("tat ca", "tong so", "tong", "chung", "dan so", "all", "total"),
    Category.FEMALE: ("nu", "phu nu", "women"),
    Category.DISABLED: ("khuyet tat wg", "nguoi khuyet tat", "khuyet tat", "disabled"),
    Category.CERTIFIED: ("co giay xac nhan khuyet tat", "giay xac nhan khuyet tat", "gxn khuyet tat"),
    Category.MINORITY: ("dan toc thieu so", "dtts", "minority"),
    Category.POOR: ("ho ngheo", "ngheo", "poor"),
    Category.NEAR_POOR: ("ho can ngheo", "can ngheo", "near poor"),
    Category.YOUTH: ("thanh nien", "thanh nien 16-30", "youth"),
    Category.ELDER: ("nguoi cao tuoi", "cao tuoi", "tu 60 tuoi", "older people"),
    Category.WOMAN_HEAD: ("phu nu lam chu ho", "nu chu ho", "chu ho la nu", "women-headed"),
    Category.SINGLE: ("don than", "don than nuoi con", "single parent"),
    Category.LONELY: ("cao tuoi co don", "nguoi cao tuoi co don"),
}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a file as it was read: its number there, the count, or what is wrong with it."""

    number: int
    command: SetCount | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """A file of counts as it was read, before anything is kept."""

    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Tell whether everything can be kept."""
        return bool(self.rows) and not self.problems and all(row.command is not None for row in self.rows)


def read_counts(path: Path | str, commune_code: str = "", year: int | None = None) -> ReadCounts:
    """Read counts from a workbook or CSV; commune and year fill in where the file has no such column. Raises Trouble."""
    return from_sheet(read_table(path), commune_code, year)


def from_sheet(sheet: Sheet, commune_code: str = "", year: int | None = None) -> ReadCounts:
    """Return the counts of a table that was read."""
    mapping = guess_by(sheet.headings, _COLUMNS)
    missing = [name for name in ("category",) if name not in mapping]
    if missing or ("persons" not in mapping and "households" not in mapping):
        text = _("Không thấy cột “Nhóm dân cư” và cột “Số người” hoặc “Số hộ” trong tệp.")
        return ReadCounts((), (Problem.stop("no-columns", "", text),))
    rows = []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cells = {name: text_of(value) for name, value in zip(mapping, row, strict=True) if name is not None}
        if any(cells.values()):
            rows.append(_row(number, cells, commune_code, year))
    seen: dict[tuple[str, int, Category], int] = {}
    for place, read in enumerate(rows):
        if read.command is None:
            continue
        key = (read.command.commune_code, read.command.year, read.command.category)
        if key in seen:
            text = _("Trùng với dòng {n}.").format(n=seen[key])
            rows[place] = ReadRow(read.number, None, (Problem.stop("twice", "", text),))
        seen.setdefault(key, read.number)
    return ReadCounts(tuple(rows))


def _row(number: int, cells: Mapping[str, str], commune_code: str, year: int | None) -> ReadRow:
    problems: list[Problem] = []
    place = _commune(cells["commune"]) if cells.get("commune") else commune_code
    if not place:
        problems.append(Problem.stop("no-commune", "commune", _("Không biết xã này.")))
    category = category_named(cells.get("category", ""))
    if category is None:
        text = _("Không hiểu nhóm dân cư “{text}”.").format(text=cells.get("category", "")[:40])
        problems.append(Problem.stop("bad-category", "category", text))
    numbers: dict[str, int | None] = {}
    for name in ("year", "persons", "households", "age_from"):
        text = cells.get(name, "").replace(".", "").replace(",", "").replace(" ", "")
        numbers[name] = int(text) if text.isdigit() and text.isascii() else None
        if text and numbers[name] is None:
            problems.append(
                Problem.stop("bad-number", name, _("“{text}” không phải số.").format(text=cells[name][:40]))
            )
    when = numbers["year"] or year
    if when is None:
        problems.append(Problem.stop("no-year", "year", _("Thiếu năm.")))
    if problems or category is None or when is None:
        return ReadRow(number, None, tuple(problems))
    command = SetCount(
        place,
        when,
        category,
        numbers["persons"],
        numbers["households"],
        numbers["age_from"] or 0,
        cells.get("source", ""),
    )
    wrong = _check(command)
    return ReadRow(number, None if wrong else command, tuple(wrong))


def category_named(text: str) -> Category | None:
    """Return the category that a word of a list means, in Vietnamese or English, with or without marks."""
    key = " ".join(fold(text).replace("_", " ").split())
    for category in Category:
        names = {fold(category.title), category.value.replace("_", " "), *_WORDS[category]}
        if key in names:
            return category
    return None


def _commune(text: str) -> str:
    if places.commune(text) is not None:
        return text
    found = places.find_communes(text, limit=2)
    exact = [one for one in found if fold(one.full_name) == fold(text) or fold(one.name) == fold(text)]
    return exact[0].code if len(exact) == 1 else ""


def keep_counts(book: Book, read: ReadCounts, act: Act) -> Outcome[int]:
    """Keep everything that was read from a file, or nothing. Raises Refusal while a row is wrong."""
    if not read.ready:
        wrong = [problem for row in read.rows for problem in row.problems] or list(read.problems)
        raise Refusal(wrong or [Problem.stop("empty", "", _("Tệp không có dòng nào."))])
    with book.write(act) as session:
        for row in read.rows:
            assert row.command is not None
            _set(session, row.command)
            session.flush()
    return Outcome(len(read.rows), _CHANGED)


# -- questions -------------------------------------------------------------------------------------


def rows(book: Book, commune_code: str | None = None) -> list[CountRow]:
    """Return the counts of a commune or of all: the latest year first, categories in their order."""
    query = select(PopulationCount)
    if commune_code:
        query = query.where(PopulationCount.commune_code == commune_code)
    order = {category.value: place for place, category in enumerate(Category)}
    with book.read() as session:
        found = [
            CountRow(
                row.id,
                row.commune_code,
                commune_name(row.commune_code),
                row.year,
                Category(row.category),
                row.persons,
                row.households,
                row.age_from,
                row.source,
                row.version,
            )
            for row in session.scalars(query)
        ]
    return sorted(found, key=lambda row: (row.commune, -row.year, order[row.category.value]))


def commune_name(code: str) -> str:
    """Return the name of a commune; its code when it is not in the list."""
    found = places.commune(code)
    return code if found is None else found.full_name


def benchmark(session: Session, communes: Collection[str], on: date) -> Benchmark:
    """Return what members of these communes are compared with: of each the latest year not after the day, summed.

    A category that one of the communes does not count is not known for them together.
    """
    codes = {code for code in communes if code}
    return benchmark_of(counts_in(session, codes, on), codes) if codes else NO_BENCHMARK


def counts_in(session: Session, communes: Collection[str], on: date) -> list[PopulationCount]:
    """Return the counts of communes of the years up to a day, the earliest first."""
    query = (
        select(PopulationCount)
        .where(PopulationCount.commune_code.in_(list(communes)), PopulationCount.year <= on.year)
        .order_by(PopulationCount.year)
    )
    return list(session.scalars(query))


def benchmark_of(counts: Iterable[PopulationCount], communes: Collection[str]) -> Benchmark:
    """Return what members of these communes are compared with, from counts that `counts_in` read."""
    codes = {code for code in communes if code}
    if not codes:
        return NO_BENCHMARK
    found: dict[str, dict[Category, PopulationCount]] = {}
    latest: dict[str, int] = {}
    for row in counts:
        if row.commune_code not in codes:
            continue
        if row.year > latest.get(row.commune_code, 0):
            latest[row.commune_code] = row.year
            found[row.commune_code] = {}
        found[row.commune_code][Category(row.category)] = row
    used = [row for by_category in found.values() for row in by_category.values()]
    persons: dict[Category, int | None] = {}
    households: dict[Category, int | None] = {}
    ages: dict[Category, int | None] = {}
    for category in Category:
        mine = [found.get(code, {}).get(category) for code in codes]
        persons[category] = _sum(None if row is None else row.persons for row in mine)
        households[category] = _sum(None if row is None else row.households for row in mine)
        from_ages = {row.age_from for row in mine if row is not None}
        ages[category] = from_ages.pop() if len(from_ages) == 1 else None
    return Benchmark(
        persons,
        households,
        ages,
        tuple(sorted({row.year for row in used})),
        tuple(sorted({row.source for row in used if row.source})),
        persons[Category.ALL] is not None,
    )


def _sum(values: Iterable[int | None]) -> int | None:
    found = list(values)
    known = [value for value in found if value is not None]
    return sum(known) if known and len(known) == len(found) else None

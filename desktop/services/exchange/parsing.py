"""Rows of a list to people: each row read into values, with everything that is wrong with it. No database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.ids import GroupId
from desktop.models.kinds import Sex
from desktop.models.problems import Level, Problem
from desktop.models.rules import people
from desktop.models.rules.identity import parse_citizen_number
from desktop.models.rules.people import Person
from desktop.services.exchange import cells
from desktop.services.exchange.columns import Field, Mapping
from desktop.services.exchange.reading import Cell, Row, Sheet
from resources import places
from resources.lang.dates import show_day
from resources.lang.legacy import Encoding, convert, guess_encoding, guess_text
from resources.lang.messages import _
from resources.lang.names import fold, split_name
from resources.people import ethnic_name, find_ethnic

Progress = Callable[[int, int], None]
"""Told (done, in all) while something long runs; it may raise to stop it, and nothing is written then."""

_STEP = 200
_SAMPLES = 5
_TOTALS = ("tong", "cong", "total", "nguoi lap", "ngay ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a list is to be imported.

    `group`: everybody joins it, in the order of the file, on `joined` (or the day in
    their row, or the usual day of the group).
    `convert`: the user's answer about old fonts (TCVN3, VNI); None while not asked. `skip_bad` imports the
    rows that are right and leaves the others; `accept_warnings` says yes to all that only warns.
    `commune_code`: where the households are when no column says so.
    """

    today: date
    group: GroupId | None = None
    joined: date | None = None
    convert: bool | None = None
    skip_bad: bool = False
    accept_warnings: bool = False
    commune_code: str | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The household that a row names, or the address it gives; all empty when it gives none."""

    code: str = ""
    commune_code: str | None = None
    hamlet: str = ""
    address_text: str = ""

    @property
    def is_given(self) -> bool:
        """Tell whether the row says anything of a household."""
        return bool(self.code or self.hamlet or self.address_text)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file: what was read, and what is wrong with it; a problem's field is a `Field` value."""

    number: int
    cells: tuple[str, ...]
    person: Person
    code: str
    home: Home
    is_head: bool
    group: str
    problems: tuple[Problem, ...]

    @property
    def is_bad(self) -> bool:
        """Tell whether the row cannot be imported."""
        return any(problem.level is Level.STOP for problem in self.problems)

    @property
    def is_warned(self) -> bool:
        """Tell whether the row needs the user's yes."""
        return not self.is_bad and any(problem.level is Level.WARN for problem in self.problems)

    def values(self) -> dict[Field, str]:
        """Return what was understood, as texts to show, by field."""
        return shown_values(self)


@dataclass(frozen=True, slots=True)
class OldFont:
    """A column written in an old encoding, with samples before and after converting."""

    column: int
    heading: str
    encoding: Encoding
    samples: tuple[tuple[str, str], ...]


def old_fonts(sheet: Sheet, mapping: Mapping) -> tuple[OldFont, ...]:
    """Return the mapped columns that are written in TCVN3, VNI or VIQR, with samples."""
    found = []
    for column, field in enumerate(mapping):
        if field is None or field in _NO_WORDS:
            continue
        texts = [text for text in sheet.column(column) if guess_text(text) is not None]
        encoding = guess_encoding(texts)
        if encoding is not Encoding.UNICODE:
            changed = ((text, convert(text, encoding)) for text in dict.fromkeys(texts))
            samples = tuple((before, after) for before, after in changed if before != after)[:_SAMPLES]
            found.append(OldFont(column, sheet.headings[column], encoding, samples))
    return tuple(found)


_NO_WORDS = {Field.CODE, Field.BIRTH, Field.CITIZEN_NUMBER, Field.PHONE, Field.JOINED, Field.HOUSEHOLD}


def converted(sheet: Sheet, fonts: Sequence[OldFont]) -> Sheet:
    """Return the sheet with the texts of these columns in Unicode."""
    encodings = {font.column: font.encoding for font in fonts}
    if not encodings:
        return sheet
    rows = tuple(
        tuple(
            convert(cell, encodings[column]) if column in encodings and isinstance(cell, str) else cell
            for column, cell in enumerate(row)
        )
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def parse_rows(
    sheet: Sheet, mapping: Mapping, options: ImportOptions, progress: Progress | None = None
) -> list[PreviewRow]:
    """Return all rows as people; rows that hold no person (totals, signatures) are left out."""
    columns = {field: column for column, field in enumerate(mapping) if field is not None}
    parse = _Parser(columns, options, typed=sheet.typed)
    found = []
    for place, (number, row) in enumerate(zip(sheet.numbers, sheet.rows, strict=True), 1):
        if not parse.is_footer(row):
            found.append(parse.row(number, row))
        if progress is not None and place % _STEP == 0:
            progress(place, len(sheet.rows))
    return found


class _Parser:
    """Reads rows by one mapping; keeps what repeats from row to row (communes, ethnic groups)."""

    def __init__(self, columns: Map[Field, int], options: ImportOptions, *, typed: bool) -> None:
        self._columns = columns
        self._options = options
        self._typed = typed
        self._communes: dict[str, str | None] = {}
        self._ethnic: dict[str, str | None] = {}
        name_fields = (Field.FULL_NAME, Field.GIVEN, Field.FAMILY_MIDDLE, Field.FAMILY)
        self.name_field = next((field for field in name_fields if field in columns), Field.FULL_NAME)

    def _cell(self, row: Row, field: Field) -> Cell:
        column = self._columns.get(field)
        return None if column is None else row[column]

    def _text(self, row: Row, field: Field) -> str:
        return cells.text_of(self._cell(row, field))

    def is_footer(self, row: Row) -> bool:
        """Tell whether a row is no person: no field of the mapping holds anything, or it sums up the list."""
        values = [cells.text_of(row[column]) for column in self._columns.values()]
        full = [value for value in values if value]
        if not full:
            return True
        texts = [text for text in map(cells.text_of, row) if text]
        return len(full) <= 2 and fold(texts[0]).startswith(_TOTALS)

    def row(self, number: int, row: Row) -> PreviewRow:
        problems: list[Problem] = []
        person = self._person(row, problems)
        person = people.normal_person(person)
        problems += (self._at_column(problem) for problem in people.check_person(person, self._options.today))
        code = people.tidy_code(self._text(row, Field.CODE))
        problems += people.check_code(code, Field.CODE.value) if code else []
        home = self._home(row, problems)
        head = cells.is_head(self._cell(row, Field.HEAD), person.full_name)
        if head and not home.is_given:
            text = _("Có đánh dấu chủ hộ nhưng dòng này không có mã hộ, thôn hay địa chỉ.")
            problems.append(Problem.warn("head-nowhere", Field.HEAD.value, text))
        return PreviewRow(
            number=number,
            cells=tuple(cells.text_of(cell) for cell in row),
            person=person,
            code=code,
            home=home,
            is_head=head and home.is_given,
            group=self._text(row, Field.GROUP),
            problems=tuple(_without_echo(problems)),
        )

    def _at_column(self, problem: Problem) -> Problem:
        """Return a rule's problem at the column that it belongs to."""
        field = {"given": self.name_field, "birth_year": Field.BIRTH}.get(problem.field)
        if problem.field == "sex" and Field.SEX not in self._columns and Field.FEMALE_MARK in self._columns:
            field = Field.FEMALE_MARK
        return problem if field is None else replace(problem, field=field.value)

    def _person(self, row: Row, problems: list[Problem]) -> Person:
        family, middle, given = self._names(row)
        born = cells.birth(self._cell(row, Field.BIRTH), self._options.today)
        number = cells.citizen_number(self._cell(row, Field.CITIZEN_NUMBER), typed=self._typed)
        joined = cells.day(self._cell(row, Field.JOINED), self._options.today, Field.JOINED.value)
        problems += [*born.problems, *number.problems, *joined.problems]
        citizen, old_card = number.value
        old_papers = [self._text(row, Field.OLD_PAPER), old_card]
        return Person(
            family=family,
            middle=middle,
            given=given,
            sex=self._sex(row, citizen, problems),
            birth_date=born.value[0],
            birth_year=born.value[1],
            citizen_number=citizen,
            old_paper=", ".join(dict.fromkeys(paper for paper in old_papers if paper)),
            phone=cells.phone(self._cell(row, Field.PHONE)),
            ethnic_code=self._ethnic_code(row, problems),
            joined=joined.value or self._options.joined,
            note=self._text(row, Field.NOTE),
        )

    def _names(self, row: Row) -> tuple[str, str, str]:
        full = self._text(row, Field.FULL_NAME)
        if full:
            return split_name(full)
        given = self._text(row, Field.GIVEN)
        before = self._text(row, Field.FAMILY_MIDDLE) or " ".join(
            part for part in (self._text(row, Field.FAMILY), self._text(row, Field.MIDDLE)) if part
        )
        family, _space, middle = before.partition(" ")
        return family, middle, given

    def _sex(self, row: Row, citizen: str, problems: list[Problem]) -> Sex | None:
        found = cells.sex(self._cell(row, Field.SEX))
        problems += found.problems
        if found.value is not None or found.problems:
            return found.value
        if Field.FEMALE_MARK in self._columns and Field.SEX not in self._columns:
            return Sex.FEMALE if cells.mark(self._cell(row, Field.FEMALE_MARK)) else Sex.MALE
        said = parse_citizen_number(citizen)
        if said is None:
            return None
        text = _("Giới tính {sex} lấy theo số định danh.").format(sex=said.sex.title.lower())
        problems.append(Problem.note("sex-from-number", Field.SEX.value, text))
        return said.sex

    def _ethnic_code(self, row: Row, problems: list[Problem]) -> str | None:
        text = self._text(row, Field.ETHNIC)
        if not text:
            return None
        if text not in self._ethnic:
            group = find_ethnic(text)
            self._ethnic[text] = None if group is None else group.code
        code = self._ethnic[text]
        if code is None:
            message = _("Không có dân tộc “{text}” trong danh mục.").format(text=text[:40])
            problems.append(Problem.stop("ethnic", Field.ETHNIC.value, message))
        return code

    def _home(self, row: Row, problems: list[Problem]) -> Home:
        home = Home(
            code=people.tidy_code(self._text(row, Field.HOUSEHOLD)),
            hamlet=self._text(row, Field.HAMLET),
            address_text=self._text(row, Field.ADDRESS),
        )
        if home.code:
            problems += people.check_code(home.code, Field.HOUSEHOLD.value)
        commune = self._commune(row, problems)
        return replace(home, commune_code=commune) if home.is_given else home

    def _commune(self, row: Row, problems: list[Problem]) -> str | None:
        text = self._text(row, Field.COMMUNE)
        if not text:
            return self._options.commune_code
        if text not in self._communes:
            self._communes[text] = find_commune(text, self._options.commune_code)
        code = self._communes[text]
        if code is None:
            message = _("Không rõ xã “{text}”: không có, hoặc nhiều tỉnh có xã trùng tên.").format(
                text=text[:40]
            )
            problems.append(Problem.warn("commune", Field.COMMUNE.value, message))
        return code


def find_commune(text: str, near: str | None) -> str | None:
    """Return the one commune of this name; of several, the one in the province of `near`; else None."""
    found = places.find_communes(text, 40)
    wanted = fold(text)
    same = [
        unit for unit in found if wanted in (fold(unit.name), fold(unit.full_name), fold(unit.address))
    ] or found
    if len(same) > 1 and near is not None:
        here = places.commune(near)
        same = [unit for unit in same if here is not None and unit.province_code == here.province_code]
    return same[0].code if len(same) == 1 else None


_ECHOES = {"bad-sex": "sex-missing", "citizen-lost": "citizen-length"}


def _without_echo(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems without those that only follow from another one already told."""
    echoes = {_ECHOES[problem.code] for problem in problems if problem.code in _ECHOES}
    return [problem for problem in problems if problem.code not in echoes]


def shown_values(row: PreviewRow) -> dict[Field, str]:
    """Return what was understood of a row, as texts to show, by field."""
    person = row.person
    born = show_day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    commune = None if row.home.commune_code is None else places.commune(row.home.commune_code)
    values = {
        Field.CODE: row.code,
        Field.FULL_NAME: person.full_name,
        Field.SEX: "" if person.sex is None else person.sex.title,
        Field.BIRTH: born,
        Field.CITIZEN_NUMBER: person.citizen_number,
        Field.OLD_PAPER: person.old_paper,
        Field.PHONE: person.phone,
        Field.ETHNIC: "" if person.ethnic_code is None else ethnic_name(person.ethnic_code),
        Field.JOINED: "" if person.joined is None else show_day(person.joined),
        Field.HOUSEHOLD: row.home.code,
        Field.HEAD: "x" if row.is_head else "",
        Field.HAMLET: row.home.hamlet,
        Field.COMMUNE: "" if commune is None else commune.full_name,
        Field.ADDRESS: row.home.address_text,
        Field.GROUP: row.group,
        Field.NOTE: person.note,
    }
    return {field: value for field, value in values.items() if value}

"""Lines of a list to values, each with what is wrong with it. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.kinds import Poverty, Sex
from desktop.models.problems import Level, Problem
from desktop.models.rules.identity import parse_citizen_number
from desktop.models.rules.people import tidy
from desktop.services.exchange import Sheet, cells
from desktop.services.exchange.reading import Cell
from desktop.services.household_lists.columns import ListField, ListMapping
from resources import places
from resources.lang.messages import _
from resources.lang.names import fold
from resources.people import find_ethnic

_TOTALS = ("tong", "cong", "total", "nguoi lap", "tm.", "ngay ")
_POOR = {"ho ngheo", "ngheo", "hn", "poor", "n", "1"}
_NEAR = {"ho can ngheo", "can ngheo", "hcn", "cn", "near poor", "near-poor", "2"}
_NOT = {
    "khong ngheo",
    "ho khong ngheo",
    "thoat ngheo",
    "ho thoat ngheo",
    "moi thoat ngheo",
    "ho moi thoat ngheo",
    "thoat can ngheo",
    "trung binh",
    "not poor",
    "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """What the list is: of which year, under which standard, decided by which paper, of which commune.

    `status` is what everybody of the list is when no column says so ("Danh sách hộ nghèo").
    """

    today: date
    year: int
    standard: str = "2022"
    decision: str = ""
    commune_code: str = ""
    status: Poverty | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line as it was read; a problem's field is a `ListField` value."""

    number: int
    cells: tuple[str, ...]
    name: str
    sex: Sex | None
    birth_date: date | None
    birth_year: int | None
    citizen_number: str
    ethnic: str | None
    hamlet: str
    commune_code: str
    status: Poverty
    b1: int | None
    b2: int | None
    paper: str
    note: str
    problems: tuple[Problem, ...]

    @property
    def is_bad(self) -> bool:
        """Tell whether the line cannot be kept."""
        return any(problem.level is Level.STOP for problem in self.problems)


def read_rows(sheet: Sheet, mapping: ListMapping, options: ListOptions) -> list[ListRow]:
    """Return the lines of a list; empty lines and sums at the foot are left out."""
    found = []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        named = {field: value for field, value in zip(mapping, row, strict=True) if field is not None}
        name = tidy(cells.text_of(named.get(ListField.NAME)))
        filled = [cells.text_of(value) for value in row]
        if not any(filled) or _is_total(filled, name):
            continue
        found.append(_row(number, tuple(filled), named, name, options, typed=sheet.typed))
    return found


def _is_total(filled: list[str], name: str) -> bool:
    """Tell whether a line sums up the list or is signed: its first words say so, and little else is filled."""
    texts = [text for text in filled if text]
    if not fold(texts[0]).startswith(_TOTALS) or len(texts) > max(3, len(filled) // 2):
        return False
    return not any(char.isalpha() for char in name) or fold(name).startswith(_TOTALS)


def _row(
    number: int,
    shown: tuple[str, ...],
    named: Mapping[ListField, Cell],
    name: str,
    options: ListOptions,
    *,
    typed: bool,
) -> ListRow:
    problems: list[Problem] = []
    if not name:
        problems.append(Problem.stop("no-name", ListField.NAME, _("Thiếu họ tên chủ hộ.")))
    birth, sex = _birth_and_sex(named, options.today, problems)
    citizen = cells.citizen_number(named.get(ListField.CITIZEN_NUMBER), typed=typed)
    problems += citizen.problems
    citizen_number = citizen.value[0]
    said = parse_citizen_number(citizen_number) if citizen_number else None
    if citizen_number and said is None:
        text = _("Số định danh phải có 12 chữ số.")
        problems.append(Problem.stop("bad-citizen", ListField.CITIZEN_NUMBER, text))
        citizen_number = ""
    if sex is None and said is not None:
        sex = said.sex
    ethnic_text = cells.text_of(named.get(ListField.ETHNIC))
    ethnic = find_ethnic(ethnic_text) if ethnic_text else None
    if ethnic_text and ethnic is None:
        text = _("Không hiểu dân tộc “{text}”.").format(text=ethnic_text[:40])
        problems.append(Problem.stop("bad-ethnic", ListField.ETHNIC, text))
    scores = {}
    for field in (ListField.B1, ListField.B2):
        scores[field] = _score(named.get(field), field, problems)
    return ListRow(
        number,
        shown,
        name,
        sex,
        birth[0],
        birth[1],
        citizen_number,
        None if ethnic is None else ethnic.code,
        tidy(cells.text_of(named.get(ListField.HAMLET))),
        _commune(named, options, problems),
        _status(named, options, problems),
        scores[ListField.B1],
        scores[ListField.B2],
        tidy(cells.text_of(named.get(ListField.PAPER))),
        tidy(cells.text_of(named.get(ListField.NOTE))),
        tuple(problems),
    )


def _birth_and_sex(
    named: Mapping[ListField, Cell], today: date, problems: list[Problem]
) -> tuple[tuple[date | None, int | None], Sex | None]:
    """Return birth and sex: many lists have the year of birth in a column for men and one for women."""
    sex = cells.sex(named.get(ListField.SEX))
    problems += sex.problems
    found = sex.value
    if found is None and cells.mark(named.get(ListField.FEMALE_MARK)):
        found = Sex.FEMALE
    cell = named.get(ListField.BIRTH)
    for field, of in ((ListField.BIRTH_MALE, Sex.MALE), (ListField.BIRTH_FEMALE, Sex.FEMALE)):
        value = named.get(field)
        if cells.mark(value):
            found = found or of
            # "x" only says who; a year says both.
            if any(char.isdigit() for char in cells.text_of(value)):
                cell = cell or value
    birth = cells.birth(cell, today)
    problems += [Problem(one.code, ListField.BIRTH, one.message, one.level) for one in birth.problems]
    return birth.value, found


def _score(cell: Cell, field: ListField, problems: list[Problem]) -> int | None:
    text = cells.text_of(cell)
    if not text:
        return None
    whole = text.replace(",", ".").split(".")[0]
    if whole.isdigit() and int(whole) <= 1000:
        return int(whole)
    shown = _("Điểm “{text}” không phải số từ 0 đến 1.000.").format(text=text[:20])
    problems.append(Problem.stop("bad-score", field, shown))
    return None


def _commune(named: Mapping[ListField, Cell], options: ListOptions, problems: list[Problem]) -> str:
    text = cells.text_of(named.get(ListField.COMMUNE))
    if not text:
        return options.commune_code
    if places.commune(text) is not None:
        return text
    wanted = fold(text)
    found = [
        one
        for one in places.find_communes(text, limit=8)
        if wanted in (fold(one.name), fold(one.full_name), fold(one.address))
    ]
    chosen = next((one for one in found if one.code == options.commune_code), None)
    if chosen is None and len(found) == 1:
        chosen = found[0]
    if chosen is None:
        shown = _("Không rõ xã “{text}”: hãy chọn xã của cả danh sách, hoặc ghi cả tỉnh.").format(
            text=text[:40]
        )
        problems.append(Problem.stop("bad-commune", ListField.COMMUNE, shown))
        return options.commune_code
    return chosen.code


def status_named(text: str) -> Poverty | None:
    """Return the status that a word of a list means, None for a word that is not understood."""
    key = " ".join(fold(text).split())
    for words, status in ((_POOR, Poverty.POOR), (_NEAR, Poverty.NEAR_POOR), (_NOT, Poverty.NOT_POOR)):
        if key in words:
            return status
    return None


def _status(named: Mapping[ListField, Cell], options: ListOptions, problems: list[Problem]) -> Poverty:
    marks = [
        status
        for field, status in ((ListField.POOR_MARK, Poverty.POOR), (ListField.NEAR_MARK, Poverty.NEAR_POOR))
        if field in named and cells.mark(named[field])
    ]
    text = cells.text_of(named.get(ListField.STATUS))
    if text:
        said = status_named(text)
        if said is None:
            shown = _("Không hiểu diện hộ “{text}”.").format(text=text[:40])
            problems.append(Problem.stop("bad-status", ListField.STATUS, shown))
            return Poverty.UNKNOWN
        marks.append(said)
    if len(set(marks)) > 1:
        shown = _("Dòng này vừa ghi hộ nghèo vừa ghi hộ cận nghèo.")
        problems.append(Problem.stop("two-status", ListField.STATUS, shown))
        return Poverty.UNKNOWN
    if marks:
        return marks[0]
    if options.status is not None and not {ListField.POOR_MARK, ListField.NEAR_MARK} & named.keys():
        return options.status
    problems.append(Problem.stop("no-status", ListField.STATUS, _("Không biết hộ này thuộc diện nào.")))
    return Poverty.UNKNOWN

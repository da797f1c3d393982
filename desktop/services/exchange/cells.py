"""What one cell says: texts, numbers that a spreadsheet spoiled, days, sex, marks. Pure, one cell at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from desktop.models.kinds import Sex
from desktop.models.problems import Problem
from desktop.models.rules.identity import CITIZEN_DIGITS, normal_citizen_number
from desktop.models.rules.people import tidy
from desktop.services.exchange.reading import Cell
from resources.lang.dates import BadDay, parse_day, show_day
from resources.lang.messages import _
from resources.lang.names import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a cell was read as, and what is to be said about it."""

    value: T
    problems: tuple[Problem, ...] = ()


_EXCEL_DAY_ONE = date(1899, 12, 30)
_SERIALS = range(3_654, 73_050)  # 1910 to 2099
_YEARS = range(1850, 2201)
_ESCAPED = re.compile(r"'(?=[=+\-@\t\r])")
_YEAR_ONLY = re.compile(r"(?:0{1,2}[/.\-]0{1,2}[/.\-])?(?P<year>[0-9]{4})(?:\.0+)?")
_MONTH_YEAR = re.compile(r"(?:0{1,2}[/.\-])?[0-9]{1,2}[/.\-](?P<year>[0-9]{4})")
_ISO_TIME = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+")
_DAY_TIME = re.compile(r"(?P<day>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}) +[0-9]{1,2}:[0-9:]+(?: *[AaPp][Mm])?")
_ZERO_LOST = re.compile(r"[1-9][0-9]{10}")
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")


def text_of(cell: Cell) -> str:
    """Return a cell as tidy text, numbers without the ".0" of spreadsheets.

    A formula stays what it is, a text; the quote that escaped it in an exported file is taken away again.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return show_day(cell.date())
    if isinstance(cell, date):
        return show_day(cell)
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return _ESCAPED.sub("", tidy(str(cell)), count=1) if isinstance(cell, str) else str(cell)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def citizen_number(cell: Cell, *, typed: bool) -> Reading[tuple[str, str]]:
    """Return (citizen number, old paper): zeros that a spreadsheet took away are put back, and this is told.

    A number of nine digits is the old identity card. Digits lost to "8,61850E+10" cannot be restored.
    """
    field = "citizen_number"
    text = text_of(cell)
    if _SCIENTIFIC.fullmatch(text):
        message = _("Excel đã làm mất chữ số của số định danh ({text}). Hãy nhập lại số này.").format(
            text=text
        )
        return Reading(("", ""), (Problem.stop("citizen-lost", field, message),))
    if not text:
        return Reading(("", ""))
    as_number = _is_number(cell) or not typed
    # Only a number that may have been twelve digits is read as one that lost its zeros.
    as_number = as_number and text.isdigit() and 9 <= len(text) < CITIZEN_DIGITS
    # Every number begins with 0: eleven digits that do not have lost it, also in a cell made text afterwards.
    as_number = as_number or bool(_ZERO_LOST.fullmatch(text))
    number = normal_citizen_number(f"{text}.0" if as_number else text)
    if number.isdigit() and len(number) == CITIZEN_DIGITS and len(text) < CITIZEN_DIGITS:
        note = _("Đã thêm lại số 0 bị mất ở đầu số định danh: {number}.").format(number=number)
        return Reading((number, ""), (Problem.note("citizen-zero", field, note),))
    if number.isdigit() and len(number) == 9:
        note = _("Số CMND cũ {number} được ghi vào mục giấy tờ cũ.").format(number=number)
        return Reading(("", number), (Problem.note("citizen-old", field, note),))
    return Reading((number, ""))


def phone(cell: Cell) -> str:
    """Return a phone number as text; the zero that a spreadsheet took away comes back with the rules."""
    return text_of(cell)


def day(cell: Cell, today: date, field: str) -> Reading[date | None]:
    """Return a day; spreadsheets keep days as such, as numbers or as text."""
    if isinstance(cell, datetime):
        return Reading(cell.date())
    if isinstance(cell, date):
        return Reading(cell)
    if _is_number(cell) and isinstance(cell, (int, float)) and int(cell) in _SERIALS:
        return Reading(_EXCEL_DAY_ONE + timedelta(days=int(cell)))
    text = text_of(cell)
    if not text:
        return Reading(None)
    timed = _ISO_TIME.fullmatch(text) or _DAY_TIME.fullmatch(text)
    try:
        return Reading(parse_day(timed["day"] if timed else text, today, past=True))
    except BadDay as error:
        return Reading(None, (Problem.stop("bad-day", field, str(error)),))


def birth(cell: Cell, today: date) -> Reading[tuple[date | None, int | None]]:
    """Return (birth date, birth year): many lists know only the year, or month and year."""
    text = text_of(cell)
    if not isinstance(cell, (date, datetime)):
        year = _YEAR_ONLY.fullmatch(text) or _MONTH_YEAR.fullmatch(text)
        if year is not None and int(year["year"]) in _YEARS:
            return Reading((None, int(year["year"])))
    found = day(cell, today, "birth_date")
    year_only = None if found.value is None else found.value.year
    return Reading((found.value, year_only), found.problems)


_FEMALE = {"nu", "f", "female", "ba", "chi", "co gai", "woman", "dan ba", "gai"}
_MALE = {"nam", "m", "male", "ong", "anh", "man", "dan ong", "trai"}
_OTHER = {"khac", "other"}


def sex(cell: Cell) -> Reading[Sex | None]:
    """Return the sex that a cell names; an empty cell names none."""
    text = text_of(cell)
    key = fold(text).strip(".")
    for words, value in ((_FEMALE, Sex.FEMALE), (_MALE, Sex.MALE), (_OTHER, Sex.OTHER)):
        if key in words:
            return Reading(value)
    if not key:
        return Reading(None)
    message = _("Không hiểu giới tính “{text}”. Hãy ghi Nam hoặc Nữ.").format(text=text[:40])
    return Reading(None, (Problem.stop("bad-sex", "sex", message),))


_NO = {"", "0", "khong", "k", "no", "n", "false", "-", "o"}


def mark(cell: Cell) -> bool:
    """Tell whether a column of marks (x) is marked."""
    return fold(text_of(cell)) not in _NO


_HEAD = {"x", "co", "1", "chu ho", "ch", "head", "yes", "y", "true", "ban than", "self", "head of household"}


def is_head(cell: Cell, full_name: str) -> bool:
    """Tell whether the person is the head of the household: a mark, the word, or their own name stands there."""
    text = fold(text_of(cell))
    return text in _HEAD or (bool(text) and text == fold(full_name))

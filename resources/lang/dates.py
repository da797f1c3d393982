"""Days and instants as people in Vietnam write them: day first, 05/03/2026."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from resources.lang.messages import N_, _

_WEEKDAYS = (
    N_("Thứ Hai"),
    N_("Thứ Ba"),
    N_("Thứ Tư"),
    N_("Thứ Năm"),
    N_("Thứ Sáu"),
    N_("Thứ Bảy"),
    N_("Chủ nhật"),
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_YEARS_AHEAD = 20

# Kept as texts: the window shows days from its first picture on, and reads none before somebody types one.
_PARTED = r"([0-9]{1,2})([/.\- ])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?"
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_SOLID = r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})"
_SPELLED = r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2})(?: năm ([0-9]{4}))?"


class BadDay(ValueError):
    """The text is no day; `str()` is a sentence for the person who typed it."""


def show_day(day: date) -> str:
    """Return the short form: "05/03/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def show_day_long(day: date) -> str:
    """Return the form of papers: "ngày 05 tháng 3 năm 2026".

    Decree 30/2020: a leading zero only for days below 10 and for the months 1 and 2.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return _("ngày {day} tháng {month} năm {year}").format(day=f"{day.day:02d}", month=month, year=day.year)


def show_month(day: date) -> str:
    """Return the month of `day`: "tháng 3/2026"."""
    return _("tháng {month}/{year}").format(month=day.month, year=day.year)


def weekday_name(day: date) -> str:
    """Return "Thứ Hai" to "Chủ nhật"."""
    return _(_WEEKDAYS[day.weekday()])


def weekday_names() -> list[str]:
    """Return the seven names, Monday first (index = `date.weekday()`)."""
    return [_(name) for name in _WEEKDAYS]


def show_instant(instant: datetime) -> str:
    """Return an aware instant in this computer's zone: "05/03/2026 14:05". Raises ValueError if naive."""
    if instant.tzinfo is None:
        raise ValueError("an instant must carry its zone")
    local = instant.astimezone()
    return f"{show_day(local)} {local:%H:%M}"


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """Return the day that `text` says.

    Accepted: "05/03/2026", "5/3/26", "5-3-2026", "5/3" (the year of `today`), "05032026", "050326",
    "2026-03-05", "ngày 5 tháng 3 năm 2026". A two-digit year is the nearest one not more than 20 years
    ahead, or, for birth dates (`past`), not after `today`. Raises BadDay.
    """
    typed = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if not typed:
        raise BadDay(_("Chưa nhập ngày."))
    day, month, year = _parts(typed)
    return _make(day, month, _full_year(year, today, past=past), text)


def _parts(typed: str) -> tuple[int, int, str | None]:
    """Return day, month and the year as typed, or None where none was typed."""
    if found := re.fullmatch(_ISO, typed):
        return int(found[3]), int(found[2]), found[1]
    if found := re.fullmatch(_PARTED, typed):
        return int(found[1]), int(found[3]), found[4]
    if found := (re.fullmatch(_SOLID, typed) or re.fullmatch(_SPELLED, typed)):
        return int(found[1]), int(found[2]), found[3]
    raise BadDay(_("“{text}” không phải là ngày. Hãy gõ như 05/03/2026 hoặc 5/3.").format(text=typed[:40]))


def _full_year(year: str | None, today: date, *, past: bool) -> int:
    """Return the four-digit year meant by what was typed."""
    if year is None:
        return today.year
    if len(year) == 4:
        return int(year)
    latest = today.year if past else today.year + _YEARS_AHEAD
    return latest - (latest - int(year)) % 100


def _make(day: int, month: int, year: int, text: str) -> date:
    """Return the date or say which part of it does not exist."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadDay(_("Năm {year} không hợp lý.").format(year=year))
    if not 1 <= month <= 12:
        raise BadDay(
            _("Không có tháng {month}. Hãy gõ ngày trước, tháng sau: 05/03/2026.").format(month=month)
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDay(
            _("Tháng {month} năm {year} không có ngày {day}.").format(month=month, year=year, day=day)
        ) from None

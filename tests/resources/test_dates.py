"""Days as people type and read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.lang.dates import (
    BadDay,
    parse_day,
    show_day,
    show_day_long,
    show_instant,
    show_month,
    weekday_name,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("05/03/2026", date(2026, 3, 5)),
        ("5/3/26", date(2026, 3, 5)),
        ("5-3-2026", date(2026, 3, 5)),
        ("5.3.2026", date(2026, 3, 5)),
        ("5 3 2026", date(2026, 3, 5)),
        ("5/3", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("050326", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("ngày 05 tháng 3 năm 2026", date(2026, 3, 5)),
        ("1/1/65", date(1965, 1, 1)),
        ("1/1/40", date(2040, 1, 1)),
        ("29/2/2024", date(2024, 2, 29)),
    ],
)
def test_what_clerks_type_is_understood(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


def test_a_birth_date_is_never_ahead() -> None:
    assert parse_day("1/1/40", TODAY, past=True) == date(1940, 1, 1)
    assert parse_day("1/1/26", TODAY, past=True) == date(2026, 1, 1)
    assert parse_day("1/1/27", TODAY, past=True) == date(1927, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2026", "29/2/2026", "5/13/2026", "0/1/2026", "hôm nay", "5/3/2026/1", "5/3-2026", "1/1/1066"],
)
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadDay) as refusal:
        parse_day(text, TODAY)
    assert str(refusal.value).endswith(".")


def test_the_sentence_names_the_day_that_does_not_exist() -> None:
    with pytest.raises(BadDay, match="Tháng 2 năm 2026 không có ngày 31"):
        parse_day("31/2", TODAY)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_the_long_form_pads_as_the_decree_says(day: date, text: str) -> None:
    assert show_day_long(day) == text


def test_short_forms() -> None:
    assert show_day(date(2026, 3, 5)) == "05/03/2026"
    assert show_month(date(2026, 3, 5)) == "tháng 3/2026"
    assert weekday_name(date(2026, 11, 23)) == "Thứ Hai"
    assert weekday_name(date(2026, 11, 22)) == "Chủ nhật"


def test_an_instant_must_carry_its_zone() -> None:
    instant = datetime(2026, 3, 5, 7, 5, tzinfo=UTC)
    assert show_instant(instant) == instant.astimezone().strftime("%d/%m/%Y %H:%M")
    with pytest.raises(ValueError, match="zone"):
        show_instant(datetime(2026, 3, 5))


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_is_shown_can_be_typed(day: date) -> None:
    assert parse_day(show_day(day), TODAY) == day
    assert parse_day(show_day_long(day), TODAY) == day

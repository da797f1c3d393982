"""The state of a sheet: nothing typed is lost, and what it says is what the rules see."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ids import CycleId, GroupId, MemberId
from desktop.models.kinds import Attendance
from desktop.models.rules import sheet as rules
from desktop.models.rules.sheet import NOTES, CycleSpan, MemberFacts, SheetFacts
from desktop.views.meetings import sheet_state as states
from desktop.views.meetings.details_panel import tidy_time
from desktop.views.meetings.draft_text import Cursor, Kept, from_text, to_text
from desktop.views.meetings.find_edit import found_row
from desktop.views.meetings.sheet_state import SheetState
from tests.views.meetings.people import NAMES, RULES

FACTS = SheetFacts(
    group=GroupId(1),
    group_code="N-001",
    group_name="Nhóm",
    day=date(2026, 3, 5),
    today=date(2026, 3, 5),
    rules=RULES,
    cycle=CycleSpan(CycleId(1), 1, date(2026, 1, 1), date(2026, 12, 31)),
    number=1,
    members=tuple(
        MemberFacts(MemberId(place + 1), f"TV-{place + 1:04d}", name, place + 1, savings=100_000)
        for place, name in enumerate(NAMES[:5])
    ),
)
COLUMNS = rules.columns_of(RULES)
TYPED = st.one_of(
    st.sampled_from(["", "50k", "1tr", "1,5tr", "50.000", "3", "0", "x", "-1", "1.5", "  7  ", "năm chục"]),
    st.text(max_size=12),
)
MEMBERS = st.sampled_from([member.id for member in FACTS.members])
DEEDS = st.one_of(
    st.tuples(st.just("cell"), MEMBERS, st.sampled_from(COLUMNS), TYPED),
    st.tuples(st.just("attendance"), MEMBERS, st.sampled_from(list(Attendance))),
    st.tuples(st.just("note"), MEMBERS, st.text(max_size=20)),
    st.tuples(st.just("fill")),
    st.tuples(st.just("count"), st.sampled_from(states.BOXES), st.sampled_from(NOTES), TYPED),
)


def play(deeds: list[tuple[Any, ...]]) -> SheetState:
    state = states.new_state(FACTS)
    for kind, *parts in deeds:
        if kind == "cell":
            state = states.with_cell(state, *parts)
        elif kind == "attendance":
            state = states.with_attendance(FACTS, state, *parts)
        elif kind == "note":
            state = states.with_note(state, *parts)
        elif kind == "count":
            state = states.with_count(state, *parts)
        else:
            state = states.fill(FACTS, state)
    return state


@given(st.lists(DEEDS, max_size=12))
def test_a_draft_comes_back_as_it_was(deeds: list[tuple[Any, ...]]) -> None:
    kept = Kept(play(deeds), bytes(range(16)), Cursor(3, "savings", "1,5", 2))
    assert from_text(to_text(kept)) == kept


@given(st.lists(DEEDS, max_size=12))
def test_whatever_is_typed_is_either_a_number_or_a_problem(deeds: list[tuple[Any, ...]]) -> None:
    state = play(deeds)
    sheet = states.to_sheet(FACTS, state)
    found = {problem.field for problem in states.problems(FACTS, state, sheet)}
    for row in state.rows:
        assert not set(row.amounts) & set(row.bad)
        assert all(type(value) is int and value >= 0 for value in row.amounts.values())
        assert {f"{row.member}/{key}" for key in row.bad} <= found
    sums = rules.totals(FACTS, sheet)
    assert sums.cash_after == sums.cash_in - sums.cash_out


@given(st.lists(DEEDS, max_size=12))
def test_filling_twice_fills_once_and_changes_nothing_typed(deeds: list[tuple[Any, ...]]) -> None:
    before = play(deeds)
    once = states.fill(FACTS, before)
    assert states.fill(FACTS, once) == once
    for row in before.rows:
        after = once.row(row.member)
        assert all(after.amounts[key] == value for key, value in row.amounts.items())
        assert after.bad == row.bad


@given(st.lists(DEEDS, max_size=12))
def test_a_posted_sheet_opens_for_correction_with_the_same_numbers(deeds: list[tuple[Any, ...]]) -> None:
    sheet = states.to_sheet(FACTS, play(deeds))
    again = states.to_sheet(FACTS, states.from_sheet(sheet))
    assert rules.totals(FACTS, again) == rules.totals(FACTS, sheet)
    assert again.rows == sheet.rows


def test_a_foreign_or_damaged_draft_is_no_draft() -> None:
    assert from_text("{}") is None
    assert from_text("not json") is None
    assert from_text('{"version": 2}') is None
    assert from_text(to_text(Kept(states.new_state(FACTS), b"x"))[:-5]) is None


def test_counted_nothing_is_not_the_same_as_not_counted() -> None:
    state = states.with_count(states.new_state(FACTS), "counted", 500_000, "0")
    assert states.to_sheet(FACTS, state).counted == {500_000: 0}
    assert states.to_sheet(FACTS, states.new_state(FACTS)).counted is None


def test_times_as_people_write_them() -> None:
    typed = {"14h30": "14:30", "1430": "14:30", "8h": "08:00", "8.05": "08:05", "14:30": "14:30"}
    assert {text: tidy_time(text) for text in typed} == typed
    assert tidy_time("sau lễ") == "sau lễ"
    assert tidy_time("25h") == "25h"


def test_a_member_is_found_by_the_name_people_call() -> None:
    assert found_row(FACTS.members, "hoa") == 0
    assert found_row(FACTS.members, "đào") == 3
    assert found_row(FACTS.members, "thi anh") == 2
    assert found_row(FACTS.members, "tv-0005") == 4
    assert found_row(FACTS.members, "zz") is None
    assert found_row(FACTS.members, " ") is None

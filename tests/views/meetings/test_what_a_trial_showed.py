"""What a clerk of a trial could not read, or could not tell apart, on the sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.models.kinds import Attendance
from desktop.models.problems import Level
from desktop.models.rules.constitution import FineRule
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import Village


@pytest.fixture
def hands(sheet: Any) -> Hands:
    return Hands(sheet)


def test_people_of_one_name_are_told_apart_where_codes_have_no_room(hands: Hands) -> None:
    header, draft = hands.view.members, hands.draft
    first, second = draft.facts.members[:2]
    draft.facts = replace(
        draft.facts, members=(first, replace(second, name=first.name), *draft.facts.members[2:])
    )
    draft.rebuilt.emit()
    header.show_codes = False
    assert header.called(0) == f"{first.name} · {first.code}"
    assert header.called(1) == f"{first.name} · {second.code}"
    assert header.called(2) == draft.facts.members[2].name
    header.show_codes = True
    assert header.called(0) == first.name


def test_a_few_dong_are_asked_about_before_posting(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "savings").key_in("50")
    (problem,) = hands.draft.problems_at(village.members[0], "savings")
    assert problem.level is Level.WARN
    assert "chỉ 50" in problem.message
    assert "50k" in problem.message
    hands.go(village.members[0], "savings").key_in("50k")
    assert hands.draft.problems_at(village.members[0], "savings") == []


@pytest.mark.parametrize("width", [180, 300, 420, 900])
def test_the_name_of_the_step_is_whole_or_not_there(hands: Hands, width: int) -> None:
    steps = hands.panel.top.steps
    for key in ("attendance", "savings", "count"):
        steps.set_current(key)
        steps.resize(width, steps.height())
        button = steps.buttons[key]
        words = button.text().partition(". ")[2]
        shown = [one for one in steps.buttons.values() if not one.isHidden()]
        needed = sum(one.sizeHint().width() + steps._line.spacing() for one in shown)
        assert not words or needed <= steps.width()
        assert button.accessibleName().partition(". ")[2].startswith(words)


def test_missing_money_is_said_without_a_sign(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "savings").key_in("90k")
    hands.press("F6")
    hands.count(counted_50000="1")
    assert hands.panel.strip.text_of("counted")[6] == "thiếu 40.000"


def test_f5_after_the_roll_call_writes_down_the_fine_for_staying_away(hands: Hands, village: Village) -> None:
    """As it does when somebody turns out absent after F5: the order of the two makes no difference."""
    draft, away, late = hands.draft, *village.members[:2]
    fined = FineRule("absent", "Vắng không phép", 10_000, Attendance.ABSENT)
    draft.facts = replace(
        draft.facts, rules=replace(draft.facts.rules, fines=(*draft.facts.rules.fines, fined))
    )
    hands.go(away, "attendance").press("V").go(late, "attendance").press("M").press("F5")
    assert (hands.amount(away, "fine_owed"), hands.amount(away, "social")) == (10_000, None)
    assert hands.amount(late, "fine") == 5_000
    hands.go(away, "attendance").press("C")
    assert (hands.amount(away, "fine_owed"), hands.amount(away, "social")) == (None, 5_000)


def test_the_fields_of_a_count_stay_where_they_are_while_one_counts(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "savings").key_in("90k")
    hands.press("F6")
    QApplication.processEvents()
    field = hands.panel.counts.edits["counted/50000"]
    before = field.mapTo(hands.panel.counts, field.rect().topLeft()).y()
    hands.count(counted_50000="1")
    hands.panel.counts.layout().activate()
    QApplication.processEvents()
    assert hands.draft.stops == 1
    assert field.mapTo(hands.panel.counts, field.rect().topLeft()).y() == before

"""Working models as values: files that come back whole, what is refused, when a place counts as replicated."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.problems import Refusal
from desktop.models.rules import sealed, templates
from desktop.models.rules.replication import (
    SEAL,
    AdoptionState,
    CheckItem,
    CoursePart,
    HouseholdCost,
    Model,
    Standing,
    check_adoption,
    check_model,
    check_step,
    checklist_from,
    checklist_text,
    open_model,
    write_model,
)
from desktop.models.rules.templates import Origin, read_template
from resources.templates import shipped

DAY = date(2026, 11, 23)
MODEL = Model(
    code="MH-01",
    version=1,
    title="Nhóm cổ phần",
    description="Cho ấp đông hộ nghèo.",
    template=replace(read_template(shipped()["vsla"]), code="mh-01"),
    courses=(CoursePart("QLN", "Quản lý nhóm", 16 * 60, ("M1", "M2")),),
    checklist=checklist_from("Họp dân\n\nBầu ban quản lý\n"),
    cost=HouseholdCost(1_350_000, 25, "tập huấn, sổ sách"),
    origin=Origin("Hoa Sen", "28603"),
)


def codes(found: Any) -> list[str]:
    return [problem.code for problem in found]


def test_a_model_comes_back_from_its_file_as_it_was() -> None:
    found, seal = open_model(sealed.close(SEAL, write_model(MODEL)))
    assert found == MODEL
    assert len(seal) == 64


def test_a_file_that_is_not_a_sound_model_is_refused() -> None:
    whole = sealed.close(SEAL, write_model(MODEL))
    template = sealed.close(templates.SEAL, templates.write_template(MODEL.template))
    newer = json.dumps({**json.loads(whole), "version": 2}).encode()
    strange = sealed.close(SEAL, {**write_model(MODEL), "members": []})
    empty = sealed.close(SEAL, {**write_model(MODEL), "checklist": []})
    for data, code in (
        (whole[:90], "file-damaged"),
        (template, "file-kind"),
        (newer, "file-newer"),
        (whole.replace(b"1350000", b"1"), "file-changed"),
        (strange, "model"),
        (empty, "model"),
    ):
        with pytest.raises(Refusal) as caught:
            open_model(data)
        assert codes(caught.value.problems) == [code]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"code": "mh 01"}, ["code"]),
        ({"title": " "}, ["title"]),
        ({"description": ""}, ["description"]),
        ({"checklist": ()}, ["checklist"]),
        ({"checklist": (CheckItem("V1", "a"), CheckItem("V1", "b"))}, ["checklist"]),
        ({"courses": (CoursePart("A", "B", 0),)}, ["courses"]),
        ({"cost": HouseholdCost(-1)}, ["cost"]),
        ({"cost": HouseholdCost(5_000)}, ["cost-basis"]),
    ],
)
def test_what_is_wrong_with_a_model(change: dict[str, Any], expected: list[str]) -> None:
    assert codes(check_model(replace(MODEL, **change))) == expected


@given(st.lists(st.text("abc đĩa,.", min_size=1).map(str.strip).filter(bool), max_size=8))
def test_a_checklist_is_read_as_it_was_typed(lines: list[str]) -> None:
    items = checklist_from("\n".join(lines))
    assert [item.text for item in items] == lines
    assert checklist_from(checklist_text(items)) == items
    assert len({item.code for item in items}) == len(items)


@pytest.mark.parametrize(
    ("change", "state", "replicated"),
    [
        ({}, AdoptionState.RUNS, True),
        ({"with_transfer": True}, AdoptionState.RUNS, False),
        ({"done": 5}, AdoptionState.BEGUN, False),
        ({"last_meeting": None}, AdoptionState.BEGUN, False),
        ({"last_meeting": DAY - timedelta(days=60)}, AdoptionState.RUNS, True),
        ({"last_meeting": DAY - timedelta(days=61)}, AdoptionState.IDLE, False),
        ({"last_meeting": date(2026, 1, 1)}, AdoptionState.BEGUN, False),  # before it was adopted
        ({"ended_on": DAY}, AdoptionState.ENDED, False),
        ({"ended_on": DAY + timedelta(days=1)}, AdoptionState.RUNS, True),
    ],
)
def test_when_a_place_counts_as_replicated(
    change: dict[str, Any], state: AdoptionState, replicated: bool
) -> None:
    runs = Standing(date(2026, 3, 1), 6, 6, DAY - timedelta(days=10), with_transfer=False)
    standing = replace(runs, **change)
    assert standing.state(DAY) is state
    assert standing.replicated(DAY) is replicated


def test_adoption_and_checklist_are_checked_at_their_fields() -> None:
    found = check_adoption(
        DAY + timedelta(days=1), DAY, has_place=False, own_group=True, with_transfer=True, transfer_note=" "
    )
    assert [problem.field for problem in found] == ["group", "group", "adopted_on", "transfer_note"]
    assert codes(check_step(DAY + timedelta(days=1), DAY, DAY)) == ["done-future"]
    assert codes(check_step(DAY - timedelta(days=1), DAY, DAY)) == ["done-early"]
    assert check_step(None, DAY, DAY) == []

"""Who is left out by where they live, by unpaid work, by no schooling; and what hinders people, told in codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.models.inclusion_kinds import Barrier, Purpose, Vulnerable
from desktop.models.problems import Refusal
from desktop.models.rules.forms import read_form
from desktop.models.rules.suppression import Release
from desktop.services import analysis, assessments, consents, inclusion, members
from desktop.services.analysis import SUM, Choice
from desktop.services.assessments import RecordAssessment, Subject
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.store.book import Book
from resources.forms import shipped
from tests.inclusion_village import ENDS, STARTS, Mixed, mixed
from tests.village import an_act

ACT = an_act(ENDS)
CHOICE = Choice("NH02", "vulnerability", "none", STARTS, ENDS)
NEW = (Vulnerable.REMOTE, Vulnerable.HOMEMAKER, Vulnerable.UNSCHOOLED)


def _agree(book: Book, village: Mixed, *places: int) -> None:
    for place in places:
        consents.give(book, consents.GiveConsent(village.members[place], tuple(Purpose), ENDS), ACT)


def _ask(book: Book, village: Mixed, place: int, *codes: str) -> None:
    subject = Subject("members", members.get(book, village.members[place]).uid)
    answers: dict[str, object] = {"barriers": list(codes)}
    if "other" in codes:
        answers["other"] = "Ngại qua đò"
    assessments.record(book, RecordAssessment("barriers", subject, ENDS, answers, agreed=True), ACT)


def test_the_codes_are_those_of_the_programme() -> None:
    assert {one.value for one in NEW} == {"XA", "NOITRO", "THATHOC"}
    form = read_form(shipped()["barriers"])
    (asked,) = [question for question in form.questions() if question.id == "barriers"]
    assert {option.value for option in asked.options} == {*(one.value for one in Barrier), "none"}
    assert form.sensitive
    assert form.consent == Purpose.HEALTH.value


def test_each_new_category_is_a_row_of_its_own_and_its_people_can_be_seen(book: Book) -> None:
    village = mixed(book)
    _agree(book, village, 1, 4)
    for category in NEW:
        inclusion.add_vulnerability(
            book, inclusion.AddVulnerability(village.members[1], category, ENDS, "tự khai"), ACT
        )
    inclusion.add_vulnerability(
        book, inclusion.AddVulnerability(village.members[4], Vulnerable.REMOTE, ENDS), ACT
    )
    table = analysis.cross(book, CHOICE, sensitive=True)
    counts = dict(zip(table.row_keys, (line[-1].value.numerator for line in table.cells), strict=False))
    assert counts == {"XA": 2, "NOITRO": 1, "THATHOC": 1, "-": 10}
    assert {one.title for one in NEW} <= set(table.row_names)
    behind = analysis.people_behind(book, CHOICE, "XA", SUM, sensitive=True)
    assert {one.member for one in behind} == {village.members[1], village.members[4]}
    with pytest.raises(Refusal):
        analysis.cross(book, CHOICE, sensitive=False)
    outside = analysis.cross(book, replace(CHOICE, release=Release.DONOR), sensitive=True)
    assert not any(cell.text in ("1", "2") for line in outside.cells for cell in line)


def test_poverty_counts_among_several_vulnerabilities(book: Book) -> None:
    village = mixed(book)
    _agree(book, village, 4)
    # The fifth is of a poor household: living far away is the second.
    inclusion.add_vulnerability(
        book, inclusion.AddVulnerability(village.members[4], Vulnerable.REMOTE, ENDS), ACT
    )
    value = indicators()["HN05"].compute(load(book, Scope(), STARTS, ENDS))
    alone = sum(place % 4 == 0 and place % 5 == 0 for place in range(12))  # poor and Khmer
    assert (value.numerator, value.denominator) == (alone + 1, 12)


def test_barriers_are_counted_by_kind(book: Book) -> None:
    village = mixed(book)
    _agree(book, village, *range(4))
    _ask(book, village, 0, "travel", "literacy")
    _ask(book, village, 1, "travel", "other")
    _ask(book, village, 2, "none")
    choice = replace(CHOICE, rows="barrier")
    table = analysis.cross(book, choice, sensitive=True)
    counts = dict(zip(table.row_names, (line[-1].value.numerator for line in table.cells), strict=False))
    assert counts == {
        "Đi lại": 2,
        "Biết chữ": 1,
        "Trở ngại khác": 1,
        "Không gặp trở ngại nào": 1,
        "Chưa hỏi": 9,
    }
    with pytest.raises(Refusal):
        analysis.cross(book, choice, sensitive=False)
    outside = analysis.cross(book, replace(choice, release=Release.PARTNER), sensitive=True)
    assert not any(cell.text in ("1", "2") for line in outside.cells for cell in line)


def test_barriers_need_the_consent_that_the_text_beside_an_accommodation_needs(book: Book) -> None:
    village = mixed(book)
    with pytest.raises(Refusal) as refused:
        _ask(book, village, 0, "travel")
    assert "đồng ý" in refused.value.problems[0].message

"""Poverty of households, the scorecard and consent as indicators; who has not agreed stays out of what leaves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import Poverty
from desktop.models.rules.suppression import Release
from desktop.services import (
    analysis,
    assessments,
    consents,
    deprivations,
    figure_papers,
    households,
    inclusion_report,
    poverty,
)
from desktop.services.acts import Act
from desktop.services.analysis_table import Choice
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.households import LINE, SCORECARD
from desktop.store.book import Book
from resources.forms import shipped
from resources.indicators import definitions
from tests.inclusion_village import ENDS, STARTS, agree, mixed

PPI = shipped()["ppi-vietnam-2021"]


def found(book: Book, release: Release = Release.COMMUNE) -> dict[str, IndicatorRow]:
    rows = indicator_list(book, Scope(), STARTS, ENDS, release, sensitive=True).rows
    return {row.id: row for row in rows}


def test_the_scorecard_that_is_shipped_is_the_one_averaged() -> None:
    assert PPI["id"] == SCORECARD
    assert LINE in PPI["lines"]


def test_the_likelihood_of_households_is_averaged_and_only_theirs(any_book: Book, act: Act) -> None:
    village = mixed(any_book, 3, 1)
    assert found(any_book)["NG05"].value.amount is None
    likely = []
    for place, home in enumerate(village.homes[:2]):
        asked = Subject("households", households.get(any_book, home).uid)
        answers = {question["key"]: 1 + place for question in PPI["questions"]}
        key = assessments.record(any_book, RecordAssessment(SCORECARD, asked, date(2026, 3, 1), answers), act)
        scores = {score.id: score.value for score in assessments.get(any_book, key.value)[1].scores}
        likely.append(Fraction(f"{float(scores[LINE]):.6f}"))
    assert likely[0] != likely[1]
    value = found(any_book)["NG05"].value
    assert value.amount == sum(likely) / 2
    assert value.n == 2
    # A household that was asked after the period is not of it.
    assert analysis.cross(
        any_book, Choice("NG05", "none", "sex", STARTS, date(2026, 2, 1)), sensitive=True
    ).cells[-1][-1].text == "–"  # fmt: skip


def test_households_that_left_poverty_by_the_same_standard(book: Book, act: Act) -> None:
    village = mixed(book, 8, 4)  # every fourth is poor in 2025
    poor = village.homes[0], village.homes[4], village.homes[8]
    for home, status in zip(poor, (Poverty.NOT_POOR, Poverty.NEAR_POOR, Poverty.NOT_POOR), strict=True):
        standard = "2026" if home == poor[2] and "2026" in deprivations.INDICATORS else "2022"
        poverty.record(book, poverty.RecordPoverty(home, 2026, standard, status, agreed=True), act)
    expected = 1 if "2026" in deprivations.INDICATORS else 2
    assert found(book)["NG02"].value.numerator == expected
    assert found(book)["NG02"].unit == "hộ"


def test_what_poor_households_lack_on_average(book: Book, act: Act) -> None:
    village = mixed(book, 4, 1)
    codes = list(deprivations.INDICATORS["2022"])
    for home, lacks in ((village.homes[0], codes[:3]), (village.homes[1], codes[:6])):
        status = poverty.RecordPoverty(home, 2026, "2022", Poverty.POOR, agreed=True)
        deprivations.record(book, deprivations.RecordForms(status, frozenset(lacks)), act)
    assert found(book)["NG03"].value.amount == Fraction(9, 2)


def test_consent_to_keep_the_data_is_counted_and_ends_when_withdrawn(book: Book, act: Act) -> None:
    village = mixed(book, 3, 1)
    agree(book, village.members[:3], act, Purpose.MEMBERSHIP)
    assert found(book)["KN04"].made_of == "3 / 4"
    row = next(r for r in consents.of_member(book, village.members[0]) if r.purpose is Purpose.MEMBERSHIP)
    assert row.id is not None
    consents.withdraw(book, row.id, act.today, "", act)
    assert found(book)["KN04"].made_of == "2 / 4"


@pytest.mark.parametrize("release", [Release.PARTNER, Release.DONOR])
def test_who_has_not_agreed_is_in_no_figure_that_leaves(
    book: Book, act: Act, release: Release, tmp_path: Path
) -> None:
    mixed(book, 30, 15, silent=6)
    inside = analysis.cross(book, Choice("NH02", "sex", "none", STARTS, ENDS), sensitive=True)
    assert inside.cells[-1][-1].people == 45
    assert not any("chưa đồng ý" in note for note in inside.notes)
    choice = Choice("NH02", "sex", "none", STARTS, ENDS, release=release)
    outside = analysis.cross(book, choice, sensitive=True)
    assert outside.cells[-1][-1].people == 39
    note = "Không tính 6 người chưa đồng ý cho dùng số liệu của mình để báo cáo ra ngoài xã."
    assert note in outside.notes
    file = tmp_path / "bang.csv"
    figure_papers.export_analysis(book, choice, str(file), act)
    assert note in file.read_text(encoding="utf-8-sig")
    report = inclusion_report.report(book, Scope(), STARTS, ENDS, release, sensitive=True)
    assert report.lines[0].members == 39
    assert note in report.notes
    listed = indicator_list(book, Scope(), STARTS, ENDS, release, sensitive=True)
    assert all(row.formula == definitions()[row.id.partition(".")[0]].how("vi") for row in listed.rows)
    assert listed.note == note
    figures = {row.id: row for row in listed.rows}
    assert figures["NH02"].value.numerator == 39
    assert figures["NH01"].value.numerator == 1  # of whole groups: nobody is left out


def test_so_few_left_out_are_not_numbered(book: Book) -> None:
    mixed(book, 30, 15, silent=2)
    listed = indicator_list(book, Scope(), STARTS, ENDS, Release.DONOR, sensitive=True)
    assert listed.note.startswith("Không tính dưới 5 người")


def test_a_book_in_which_nobody_agreed_gives_an_empty_table_that_says_why(
    book: Book, act: Act, tmp_path: Path
) -> None:
    mixed(book, 6, 1, silent=7)
    choice = Choice("NH02", "sex", "none", STARTS, ENDS, release=Release.DONOR)
    table = analysis.cross(book, choice, sensitive=True)
    assert table.empty
    assert figure_papers.shown_rows(table) == []
    assert table.notes == (
        "Không tính 7 người chưa đồng ý cho dùng số liệu của mình để báo cáo ra ngoài xã.",
    )
    file = tmp_path / "bang.csv"
    figure_papers.export_analysis(book, choice, str(file), act)
    assert "Không tính 7 người" in file.read_text(encoding="utf-8-sig")


def test_a_rate_does_not_tell_of_one_person(book: Book, act: Act) -> None:
    """5 % of 20 is one of them: where the count would be hidden, so are the rate and its counts."""
    village = mixed(book, 24, 14)
    agree(book, village.members, act, Purpose.HEALTH)
    from desktop.services import members

    for place, member in enumerate(village.members):
        answers = dict.fromkeys(
            ("seeing", "hearing", "walking", "remembering", "self_care", "communicating"), 1
        )
        if place == 0:
            answers["seeing"] = 4
        asked = Subject("members", members.get(book, member).uid)
        assessments.record(book, RecordAssessment("wg-ss", asked, date(2026, 3, 1), answers), act)
    assert found(book)["HN01"].made_of == "1 / 38"
    assert found(book)["HN02"].made_of == "38 / 38"
    for ends, fresh in ((date(2027, 2, 28), 38), (date(2027, 3, 1), 0)):  # answers hold for twelve months
        rows = indicator_list(book, Scope(), STARTS, ends, Release.COMMUNE, sensitive=True).rows
        assert {row.id: row for row in rows}["HN02"].value.numerator == fresh
    for release in (Release.PARTNER, Release.DONOR):
        row = found(book, release)["HN01"]
        assert (row.shown, row.made_of, row.hidden) == ("…", "", True)
        table = analysis.cross(
            book, Choice("HN01", "none", "none", STARTS, ENDS, release=release), sensitive=True
        )
        assert table.cells[0][0].text == "…"

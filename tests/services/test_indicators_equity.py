"""Who leads, who borrows and who is there (NH13, HN03, HN04, HN06, HN11): the list says what the report of inclusion says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.models.kinds import GrantReason
from desktop.models.problems import Refusal
from desktop.models.rules.categories import Category
from desktop.models.rules.suppression import Release
from desktop.services import analysis, inclusion_report, loan_applications, loans, social_fund
from desktop.services.analysis_table import HIDDEN, SUM, Choice, CrossTable
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.loan_applications import Decision
from desktop.store.book import Book
from tests.inclusion_village import COMMUNE, ENDS, STARTS, Mixed, mixed
from tests.ready_books import ready_book
from tests.services.loan_kit import lend
from tests.services.test_inclusion_report import count_commune
from tests.village import Village, an_act


def fill(book: Book) -> Mixed:
    """Sixteen women and eight men of a commune whose people are counted; the first woman borrows 1.200.000."""
    village = mixed(book, 16, 8)
    count_commune(book, an_act(STARTS))
    day = date(2026, 3, 10)
    loan = lend(book, Village(village.group, village.members), 0, day)
    decision = Decision(present=len(village.members), in_favour=len(village.members))
    loan_applications.approve(book, loan, decision, an_act(day))
    loans.disburse(book, loans.Disburse(loan, day), an_act(day))
    return village


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Book, Mixed]]:
    book, made = ready_book(tmp_path / "so.sonhom", "a counted commune", fill)
    with book:
        yield book, made


def rows(
    book: Book, scope: Scope = Scope(), release: Release = Release.COMMUNE, *, sensitive: bool = True
) -> dict[str, IndicatorRow]:
    found = indicator_list(book, scope, STARTS, ENDS, release, sensitive=sensitive)
    return {row.id: row for row in found.rows}


def crossed(book: Book, measure: str, by: str, **more: object) -> CrossTable:
    choice = replace(Choice(measure, by, "none", STARTS, ENDS), **more)  # type: ignore[arg-type]
    return analysis.cross(book, choice, sensitive=True)


def amounts(table: CrossTable) -> dict[str, Fraction | None]:
    return {key: row[-1].value.amount for key, row in zip((*table.row_keys, SUM), table.cells, strict=True)}


def test_each_category_reads_as_in_the_report_of_inclusion(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    found = rows(book)
    table = inclusion_report.report(book, Scope(), STARTS, ENDS, Release.COMMUNE, sensitive=True)
    lines = {line.category: line for line in table.lines}
    assert len(lines) > 4
    for category, line in lines.items():
        if category is Category.ALL:
            continue
        code = category.value
        assert found[f"HN03.{code}"].value.amount == line.index.value, code
        assert found[f"NH13.{code}"].value.amount == line.parity.value, code
        assert found[f"HN06.{code}"].value.amount == line.credit.value, code
        if category.by_household:
            assert found[f"HN04.{code}"].value.amount == line.cover.value, code
    assert found["HN04"].made_of == "24 / 250"
    assert table.composite is not None
    assert float(found["HN11"].value.amount or 0) == pytest.approx(table.composite, abs=1e-6)


def test_counted_by_hand(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    found = rows(book)
    # Two of three officers and 16 of 24 members are women; they are half of the people.
    assert found["NH13.female"].value.amount == 1
    assert found["HN03.female"].value.amount == Fraction(4, 3)
    # All that was lent went to a woman: 1 over 2/3.
    assert found["HN06.female"].value.amount == Fraction(3, 2)
    # 6 of 24 members are poor, 50 of 1.000 people; 6 of 20 poor households have a member.
    assert found["HN03.poor"].value.amount == 5
    assert found["HN04.poor"].value.amount == Fraction(6, 20)
    assert found["NH13"].value.amount == found["HN06"].value.amount == 1  # the whole place against itself


def test_the_rows_of_a_table_are_the_categories_of_the_list(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    found = rows(book)
    assert amounts(crossed(book, "NH13", "sex"))["F"] == found["NH13.female"].value.amount
    by_category = amounts(crossed(book, "HN03", "category"))
    assert by_category["female"] == found["HN03.female"].value.amount
    assert by_category["poor"] == 5
    assert by_category[SUM] is None  # of everybody there is no index
    communes = crossed(book, "HN04", "commune")
    assert amounts(communes) == {COMMUNE: Fraction(24, 250), SUM: Fraction(24, 250)}
    assert amounts(crossed(book, "HN11", "commune"))[COMMUNE] == found["HN11"].value.amount
    poor = analysis.people_behind(
        book, Choice("HN03", "category", "none", STARTS, ENDS), "poor", SUM, sensitive=True
    )
    assert len(poor) == 6


@pytest.mark.parametrize("by", ["sex", "group", "kind", "disability"])
def test_a_population_is_asked_of_communes_and_categories_only(place: tuple[Book, Mixed], by: str) -> None:
    book, _village = place
    with pytest.raises(Refusal) as refused:
        crossed(book, "HN03", by)
    assert [problem.code for problem in refused.value.problems] == ["of-place"]


@pytest.mark.parametrize(
    ("measure", "rows", "columns", "fitted"),
    [
        ("HN03", "sex", "age", ("commune", "none")),
        ("HN03", "category", "commune", ("category", "commune")),
        ("HN11", "sex", "commune", ("commune", "none")),
        ("TK06", "sex", "age", ("group", "none")),
        ("TK06", "kind", "group", ("kind", "group")),
        ("SK01", "sex", "age", ("sex", "age")),
    ],
)
def test_a_measure_opened_from_the_list_is_crossed_by_what_it_can_be(
    measure: str, rows: str, columns: str, fitted: tuple[str, str]
) -> None:
    found = analysis.fitting(Choice(measure, rows, columns))
    assert (found.rows, found.columns) == fitted


def test_a_group_and_a_part_of_a_commune_are_not_held_against_it(place: tuple[Book, Mixed]) -> None:
    book, village = place
    found = rows(book, Scope(village.group))
    assert found["HN03.female"].value.reason == "chưa có số dân của xã"
    assert found["HN11"].value.amount is None
    assert found["NH13.female"].value.amount == 1  # within the group it is told all the same
    mixed(book, 3, 2, name="Hoa Súng", code=1)
    assert rows(book)["HN03.female"].value.amount == Fraction(19, 29) / Fraction(1, 2)


def test_what_only_some_may_see_is_not_listed_for_others(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    found = rows(book, sensitive=False)
    assert "HN11" not in found
    assert "HN03.female" in found
    assert not [key for key in found if key.endswith((".minority", ".disabled", ".single", ".lonely"))]
    with pytest.raises(Refusal):
        analysis.cross(book, Choice("HN03", "category", "none", STARTS, ENDS), sensitive=False)


def test_outside_the_commune_a_ratio_of_few_is_hidden(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    partner = rows(book, release=Release.PARTNER)
    # Three officers and one borrower: neither ratio may be told. Women are sixteen, men eight.
    assert partner["NH13.female"].shown == partner["HN06.female"].shown == HIDDEN
    assert partner["HN03.female"].shown == "1,33"
    assert partner["HN03.poor"].shown == "5,00"
    assert partner["HN03.woman_head"].shown == "–"
    donor = crossed(book, "HN03", "category", release=Release.DONOR)
    shown = dict(zip(donor.row_keys, (row[0].text for row in donor.cells), strict=False))
    assert shown["poor"] == HIDDEN


def test_grants_are_told_apart_by_their_reason(place: tuple[Book, Mixed]) -> None:
    book, village = place
    act = an_act(date(2026, 3, 20))
    asked = social_fund.Ask(village.group, village.members[0], GrantReason.SICKNESS, 10_000, act.today)
    grant = social_fund.ask(book, asked, act).value
    social_fund.decide(book, social_fund.Decide(grant, act.today, True, 24, 24), act)
    social_fund.pay(book, grant, act.today, act)
    assert amounts(crossed(book, "QX02", "reason")) == {"sickness": 10_000, SUM: 10_000}
    assert rows(book)["QX02.sickness"].value.amount == 10_000


def test_loans_are_told_apart_by_their_purpose(place: tuple[Book, Mixed]) -> None:
    book, _village = place
    table = crossed(book, "TD01", "purpose")
    assert len(table.row_keys) == 1
    assert table.cells[0][0].value.amount == table.cells[1][0].value.amount
    risk = crossed(book, "TD08", "purpose")
    assert risk.cells[0][0].value.denominator == table.cells[0][0].value.amount

"""Official counts: typed, read from a file, compared with; nothing half-kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.problems import Refusal
from desktop.models.rules.categories import Category
from desktop.services import population
from desktop.services.acts import Act
from desktop.services.population import SetCount
from desktop.store.book import Book

COMMUNE, OTHER = "30043", "29050"


def count(category: Category, persons: int | None, households: int | None = None, **more: object) -> SetCount:
    known = {"commune_code": COMMUNE, "year": 2025, "source": "UBND xã", **more}
    return SetCount(category=category, persons=persons, households=households, **known)  # type: ignore[arg-type]


def test_a_count_is_kept_and_said_again_replaces_it(any_book: Book, act: Act) -> None:
    population.set_count(any_book, count(Category.POOR, 300, 90), act)
    population.set_count(any_book, count(Category.POOR, 310, 92), act)
    (row,) = population.rows(any_book, COMMUNE)
    assert (row.persons, row.households, row.year, row.source) == (310, 92, 2025, "UBND xã")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (count(Category.POOR, None), "persons"),
        (count(Category.POOR, -1), "persons"),
        (count(Category.POOR, 5, source=" "), "source"),
        (count(Category.POOR, 5, year=1200), "year"),
        (count(Category.POOR, 5, age_from=101), "age_from"),
        (count(Category.POOR, 5, commune_code=""), "commune_code"),
    ],
)
def test_a_wrong_count_is_refused_at_its_field(book: Book, act: Act, command: SetCount, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        population.set_count(book, command, act)
    assert field in {problem.field for problem in refused.value.problems}
    assert not population.rows(book)


def test_the_benchmark_is_the_latest_year_not_after_the_day(any_book: Book, act: Act) -> None:
    population.set_count(any_book, count(Category.ALL, 9_000, 2_300, year=2024), act)
    population.set_count(any_book, count(Category.POOR, 400, 120, year=2024), act)
    population.set_count(any_book, count(Category.ALL, 9_100, 2_310, year=2025), act)
    with any_book.read() as session:
        old = population.benchmark(session, {COMMUNE}, date(2024, 12, 31))
        new = population.benchmark(session, {COMMUNE}, date(2026, 1, 31))
    assert old.persons[Category.POOR] == 400
    assert old.years == (2024,)
    # The review of 2025 does not say how many are poor: last year's figure is not mixed in.
    assert new.persons[Category.ALL] == 9_100
    assert new.persons[Category.POOR] is None


def test_two_communes_are_known_together_only_when_both_are(book: Book, act: Act) -> None:
    population.set_count(book, count(Category.ALL, 9_000), act)
    population.set_count(book, count(Category.FEMALE, 4_600), act)
    population.set_count(book, count(Category.ALL, 8_000, commune_code=OTHER), act)
    with book.read() as session:
        both = population.benchmark(session, {COMMUNE, OTHER}, date(2026, 1, 1))
    assert both.persons[Category.ALL] == 17_000
    assert both.persons[Category.FEMALE] is None


def test_a_file_of_counts_is_kept_whole_or_not_at_all(book: Book, act: Act, tmp_path: Path) -> None:
    file = tmp_path / "dan-so.csv"
    file.write_text(
        "Nhóm dân cư,Số người,Số hộ,Nguồn\nTổng số,9.842,2.310,UBND xã\nHộ nghèo,310,92,UBND xã\n",
        encoding="utf-8",
    )
    read = population.read_counts(file, COMMUNE, 2025)
    assert read.ready
    assert population.keep_counts(book, read, act).value == 2
    assert {row.category: row.persons for row in population.rows(book)} == {
        Category.ALL: 9_842,
        Category.POOR: 310,
    }
    file.write_text(
        "Nhóm dân cư,Số người,Nguồn\nHộ cận nghèo,55,UBND xã\nNgười giàu,3,UBND xã\nNữ,nhiều,UBND xã\n",
        encoding="utf-8",
    )
    read = population.read_counts(file, COMMUNE, 2025)
    assert [row.number for row in read.rows if row.problems] == [3, 4]
    with pytest.raises(Refusal):
        population.keep_counts(book, read, act)
    assert len(population.rows(book)) == 2


def test_a_category_twice_in_a_file_is_told(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "dan-so.csv"
    file.write_text("Nhóm,Người,Nguồn\nNữ,50,A\nPhụ nữ,60,A\n", encoding="utf-8")
    read = population.read_counts(file, COMMUNE, 2025)
    assert not read.ready
    assert read.rows[1].problems[0].code == "twice"


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    file = tmp_path / "khac.csv"
    file.write_text("A,B\n1,2\n", encoding="utf-8")
    assert population.read_counts(file, COMMUNE, 2025).problems


def test_every_title_of_a_category_is_understood_in_a_file() -> None:
    for category in Category:
        assert population.category_named(category.title) is category

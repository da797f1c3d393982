"""The ratios of credit and benefit and the hours of training stand in the report of inclusion, and few are hidden there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.kinds import Sex
from desktop.models.rules.categories import Category
from desktop.models.rules.suppression import Release
from desktop.services import figure_papers, inclusion_report
from desktop.services.analysis_table import HIDDEN
from desktop.services.indicators.facts import Facts, LoanPart, Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.indicators.training import Trained
from desktop.services.population import NO_BENCHMARK
from desktop.store.book import Book
from reports import figures
from reports.kit.report import PaperOptions
from tests.inclusion_village import ENDS, STARTS
from tests.ready_books import ready_book
from tests.reports.paper import check_whole, said
from tests.services.test_indicators_equity import fill
from tests.village import an_act


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Book]:
    book, _made = ready_book(tmp_path / "so.sonhom", "a counted commune", fill)
    with book:
        yield book


def taught(facts: Facts, women: int, men: int, minutes: int = 120, lent: int = 0) -> Facts:
    """The same place in which so many women and men learned and borrowed alike."""
    sexes = {Sex.FEMALE: women, Sex.MALE: men}
    chosen = set()
    for sex, number in sexes.items():
        chosen |= set(
            [member for member, part in facts.people.items() if part.traits.sex is sex][:number],
        )
    parts = tuple(
        replace(part, loans=(LoanPart(1, lent=lent),) if part.member in chosen else ())
        for part in facts.parts
    )
    training = tuple(Trained(member, (), minutes) for member in sorted(chosen))
    return replace(facts, parts=parts, whole=parts, more={**facts.more, "training": training})


def women_and_all(facts: Facts, release: Release) -> tuple[dict[str, str], dict[str, str]]:
    table = inclusion_report.make(facts, NO_BENCHMARK, release, sensitive=True)
    lines = {line.category: dict(zip(table.titles, table.texts(line), strict=True)) for line in table.lines}
    return lines[Category.FEMALE], lines[Category.ALL]


def test_ratios_and_hours_stand_beside_the_counts(counted: Book) -> None:
    facts = load(counted, Scope(), STARTS, ENDS)
    women, everybody = women_and_all(taught(facts, 12, 3, lent=1_000_000), Release.COMMUNE)
    # 12 of 15 borrowers and learners are women, who are 16 of 24 members.
    assert women["Tiếp cận vốn"] == women["Hưởng lợi"] == "1,20"
    assert women["Giờ học"] == "24"
    assert everybody["Giờ học"] == "30"
    assert everybody["Tiếp cận vốn"] == everybody["Hưởng lợi"] == ""  # 1 by itself
    nothing, _all = women_and_all(taught(facts, 0, 0), Release.COMMUNE)
    assert nothing["Tiếp cận vốn"] == nothing["Hưởng lợi"] == "–"  # never 0 without a whole
    assert nothing["Giờ học"] == "0"


@pytest.mark.parametrize("release", [Release.PARTNER, Release.DONOR])
def test_what_few_stand_behind_or_are_left_beside_is_hidden(counted: Book, release: Release) -> None:
    facts = load(counted, Scope(), STARTS, ENDS)
    for women, men in ((12, 3), (2, 8)):
        shown, _all = women_and_all(taught(facts, women, men, lent=1_000_000), release)
        # Held against everybody's, the women's figure would tell that of three men; or is itself of two women.
        assert shown["Tiếp cận vốn"] == shown["Hưởng lợi"] == shown["Giờ học"] == HIDDEN
        assert shown["Thành viên"] == "16"


def test_what_enough_stand_behind_is_shown(counted: Book) -> None:
    facts = load(counted, Scope(), STARTS, ENDS)
    shown, _all = women_and_all(taught(facts, 12, 6, lent=1_000_000), Release.PARTNER)
    assert (shown["Tiếp cận vốn"], shown["Hưởng lợi"], shown["Giờ học"]) == ("1,00", "1,00", "24")


def test_whoever_has_not_agreed_is_in_no_share_of_benefit(counted: Book) -> None:
    facts = taught(load(counted, Scope(), STARTS, ENDS), 16, 4)
    silent = min(row.member for row in facts.more["training"])
    parts = tuple(replace(part, agrees=part.member != silent) for part in facts.parts)
    agreed = replace(facts, parts=parts, whole=parts).agreeing()
    value = indicators()["HN07"].compute(agreed)
    assert (value.amount, value.denominator) == (1, 23)


@pytest.mark.parametrize("large", [False, True])
def test_the_paper_prints_them_in_both_editions(counted: Book, large: bool) -> None:
    value = figure_papers.inclusion_paper(counted, Scope(), STARTS, ENDS, Release.COMMUNE, an_act(ENDS)).value
    data = figures.render(value, PaperOptions(large_print=large))
    check_whole(data)
    text = " ".join(said(data).split())
    for title in ("Tiếp cận vốn", "Hưởng lợi", "Giờ học"):
        assert title in text
    assert "1,50" in text  # all was lent to one woman: 1 over 16 of 24

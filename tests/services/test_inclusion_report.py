"""The report of inclusion: coverage first, guards kept, nothing shown to a reader or a role that may not see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.problems import Refusal
from desktop.models.rules.categories import Category
from desktop.models.rules.inclusion import Missing
from desktop.models.rules.suppression import Release
from desktop.services import action_lists, figure_papers, inclusion_report, population, sight
from desktop.services.action_lists import ActionList
from desktop.services.acts import Act
from desktop.services.exchange import read_table
from desktop.services.inclusion_report import InclusionTable
from desktop.services.indicators.facts import Scope
from desktop.services.population import SetCount
from desktop.store.book import Book
from reports import figures
from tests.inclusion_village import COMMUNE, ENDS, STARTS, hold, mixed
from tests.reports.paper import check_whole, said
from tests.services.people_kit import enrol, household
from tests.village import an_act


def count_commune(book: Book, act: Act, **more: tuple[int, int | None]) -> None:
    known = {"all": (1000, 250), "female": (500, None), "poor": (50, 20), "minority": (90, 30)}
    for category, (people, homes) in {**known, **more}.items():
        population.set_count(
            book, SetCount(COMMUNE, 2025, Category(category), people, homes, 0, "UBND xã"), act
        )


def made(book: Book, release: Release = Release.COMMUNE, *, sensitive: bool = True) -> InclusionTable:
    return inclusion_report.report(book, Scope(), STARTS, ENDS, release, sensitive=sensitive)


def line(table: InclusionTable, category: Category) -> inclusion_report.CategoryLine:
    return next(one for one in table.lines if one.category is category)


def test_indices_and_coverage_are_held_against_the_commune(any_book: Book, act: Act) -> None:
    mixed(any_book, 16, 8)
    count_commune(any_book, act)
    table = made(any_book)
    women = line(table, Category.FEMALE)
    assert women.index.value == pytest.approx((16 / 24) / 0.5)
    assert women.parity.value == pytest.approx((2 / 3) / (16 / 24))
    poor = line(table, Category.POOR)
    assert (poor.members, poor.known) == (6, 24)
    assert poor.index.value == 5
    assert poor.cover.value == pytest.approx(6 / 20)
    assert figure_papers.covered(table)[0] == ("Hộ: Tất cả", "24/250 (9,6\u00a0%)")
    # Nobody was asked the WG questions, and the commune does not count the disabled.
    assert all(one.category is not Category.DISABLED for one in table.lines)


def test_a_small_group_of_people_gives_no_index(book: Book, act: Act) -> None:
    mixed(book, 16, 8)
    count_commune(book, act, poor=(9, 4))
    assert line(made(book), Category.POOR).index.missing is Missing.FEW_PEOPLE


def test_counts_of_other_ages_are_not_compared(book: Book, act: Act) -> None:
    mixed(book, 16, 8)
    count_commune(book, act)
    population.set_count(book, SetCount(COMMUNE, 2025, Category.FEMALE, 400, None, 16, "UBND xã"), act)
    assert line(made(book), Category.FEMALE).index.missing is Missing.UNLIKE


def test_few_members_give_no_index(book: Book, act: Act) -> None:
    mixed(book, 8, 4)
    count_commune(book, act)
    assert line(made(book), Category.FEMALE).index.missing is Missing.FEW_MEMBERS


def test_a_group_is_not_held_against_the_whole_commune(book: Book, act: Act) -> None:
    village = mixed(book, 16, 8)
    count_commune(book, act)
    table = inclusion_report.report(book, Scope(village.group), STARTS, ENDS, Release.COMMUNE, sensitive=True)
    assert line(table, Category.FEMALE).index.missing is Missing.NO_BENCHMARK


def test_a_small_category_and_all_that_follows_from_it_is_hidden(book: Book, act: Act) -> None:
    mixed(book, 16, 8)
    count_commune(book, act)
    table = made(book, Release.PARTNER)
    # 5 of 24 are Khmer: shown; 3 officers: too few.
    minority = line(table, Category.MINORITY)
    assert not minority.hidden
    assert minority.officers_hidden
    shown = (
        table.texts(line(table, Category.YOUTH))
        if any(one.category is Category.YOUTH for one in table.lines)
        else ()
    )
    youth = next((one for one in table.lines if one.category is Category.YOUTH), None)
    if youth is not None and 1 <= youth.members < 5:
        assert youth.hidden
        assert set(shown[4:]) == {"…"}


def test_without_the_role_no_sensitive_category_is_named(book: Book, act: Act) -> None:
    mixed(book, 16, 8)
    count_commune(book, act)
    assert not any(one.category.sensitive for one in made(book, sensitive=False).lines)


def test_the_paper_has_coverage_before_averages_and_its_mark(book: Book, act: Act) -> None:
    mixed(book, 16, 8)
    count_commune(book, act)
    value = figure_papers.inclusion_paper(book, Scope(), STARTS, ENDS, Release.COMMUNE, act).value
    data = figures.render(value)
    check_whole(data)
    text = said(data)
    assert "MẬT – DÙNG TRONG XÃ" in text
    assert text.index("24/250") < text.index("TK bình quân")
    assert "UBND xã" in text
    value = figure_papers.inclusion_paper(book, Scope(), STARTS, ENDS, Release.DONOR, act).value
    assert "MẬT" not in said(figures.render(value))


def test_the_export_says_what_the_report_says(book: Book, act: Act, tmp_path: Path) -> None:
    mixed(book, 16, 8)
    count_commune(book, act)
    file = tmp_path / "hoa-nhap.csv"
    figure_papers.export_inclusion(book, Scope(), STARTS, ENDS, Release.PARTNER, file, act)
    text = file.read_text(encoding="utf-8-sig")
    assert "Độ phủ hộ" in text
    assert "…" in text
    assert "Mật" not in text


# -- lists that lead to action ---------------------------------------------------------------------


def test_a_poor_household_without_a_member_is_on_the_list(book: Book, act: Act) -> None:
    from desktop.models.kinds import Poverty
    from desktop.services import poverty

    mixed(book)
    home = household(book, act, "ấp Xa", commune_code=COMMUNE)
    enrol(book, act, "Lê Thị Ngoài", household=home, is_head=True)
    poverty.record(book, poverty.RecordPoverty(home, 2025, "2022", Poverty.POOR), act)
    (row,) = action_lists.rows(book, ActionList.LEFT_OUT, Scope(), ENDS, sensitive=True)
    assert (row.household, row.name) == (home, "Lê Thị Ngoài")
    assert "Thuộc hộ nghèo" in row.detail
    assert "Phụ nữ làm chủ hộ" in row.detail


def test_a_household_that_is_only_of_a_minority_is_not_told_to_everybody(book: Book, act: Act) -> None:
    mixed(book)
    home = household(book, act, "ấp Xa", commune_code=COMMUNE)
    enrol(book, act, "Thạch Văn Ngoài", household=home, is_head=True, ethnic_code="05", sex="M")
    assert action_lists.rows(book, ActionList.LEFT_OUT, Scope(), ENDS, sensitive=True)
    assert not action_lists.rows(book, ActionList.LEFT_OUT, Scope(), ENDS, sensitive=False)


def test_everybody_is_asked_the_questions(book: Book) -> None:
    mixed(book)
    rows = action_lists.rows(book, ActionList.UNASKED, Scope(), ENDS, sensitive=True)
    assert len(rows) == 12


def test_who_has_stopped_coming(any_book: Book) -> None:
    from datetime import date

    village = mixed(any_book)
    last = village.members[-1]
    assert not action_lists.rows(any_book, ActionList.STOPPED, Scope(), ENDS, sensitive=True)
    hold(any_book, village, date(2026, 2, 21), away=[last])
    hold(any_book, village, date(2026, 3, 7), away=[last, village.members[0]])
    (row,) = action_lists.rows(any_book, ActionList.STOPPED, Scope(), ENDS, sensitive=True)
    assert (row.member, row.times, row.since) == (last, 3, date(2026, 1, 10))
    hold(any_book, village, date(2026, 3, 21))
    assert not action_lists.rows(any_book, ActionList.STOPPED, Scope(), ENDS, sensitive=True)


@pytest.mark.parametrize("which", [one for one in ActionList if one.sensitive])
def test_a_list_that_tells_of_health_needs_the_role(
    book: Book, act: Act, which: ActionList, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mixed(book)
    with pytest.raises(Refusal):
        action_lists.rows(book, which, Scope(), ENDS, sensitive=False)
    assert which not in action_lists.counts(book, Scope(), ENDS, sensitive=False)
    monkeypatch.setattr(sight, "sees", lambda _book, _who: False)
    with pytest.raises(Refusal):
        figure_papers.action_paper(book, which, Scope(), ENDS, act)
    with pytest.raises(Refusal):
        figure_papers.export_actions(book, which, Scope(), ENDS, tmp_path / "a.xlsx", act)


def test_a_list_on_paper_and_in_a_spreadsheet(book: Book, tmp_path: Path) -> None:
    mixed(book)
    act = an_act(ENDS)
    value = figure_papers.action_paper(book, ActionList.UNASKED, Scope(), ENDS, act).value
    data = figures.render(value)
    check_whole(data)
    assert "MẬT – DÙNG TRONG XÃ" in said(data)
    file = tmp_path / "ds.xlsx"
    assert figure_papers.export_actions(book, ActionList.UNASKED, Scope(), ENDS, file, act).value == 12
    assert len(read_table(file).rows) == 12

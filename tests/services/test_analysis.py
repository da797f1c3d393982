"""Indicators agree with the ledger; tables hide what the reader may not see; nobody solves a hidden cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.models.ids import MeetingId
from desktop.models.kinds import Account
from desktop.models.problems import Refusal
from desktop.models.records.every import Meeting
from desktop.models.rules.suppression import Counts, Release, solvable
from desktop.services import (
    analysis,
    analysis_choices,
    analysis_given_out,
    balances,
    figure_papers,
    meetings,
    memberships,
)
from desktop.services.acts import Act
from desktop.services.analysis_table import HIDDEN, SUM, Choice, CrossTable
from desktop.services.exchange import read_table
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.loan_portfolio import portfolio
from desktop.store.book import Book
from resources.indicators import definitions
from tests.inclusion_village import ENDS, STARTS, hold, mixed
from tests.village import an_act

CHOICE = Choice("NH02", "sex", "age", STARTS, ENDS)


def texts(table: CrossTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cells]


def values(book: Book, scope: Scope = Scope()) -> dict[str, Fraction | None]:
    facts = load(book, scope, STARTS, ENDS)
    return {key: one.compute(facts).amount for key, one in indicators().items()}


def test_figures_are_those_of_the_ledger(any_book: Book) -> None:
    village = mixed(any_book)
    found = values(any_book)
    with any_book.read() as session:
        held = balances.group_balances(session, village.group, ENDS)
    assert found["TK01"] == held[Account.SAVINGS] == 12 * 50_000 + 50_000 + 11 * 50_000 + 50_000
    assert found["TD01"] == portfolio(any_book, ENDS).outstanding
    assert found["QX01"] == Fraction(held[Account.SOCIAL_CASH], 12)
    assert found["NH02"] == 12
    assert found["NH03"] == Fraction(8, 12)
    assert found["NH08"] == Fraction(23, 24)
    assert found["TK04"] == Fraction(23, 24)
    assert found["NH12"] == Fraction(2, 3)
    assert found["NG01"] == Fraction(3, 12)
    # Nobody was asked: a rate is not given, and not 0 %.
    assert found["HN01"] is None
    assert found["HN02"] == 0


def test_a_figure_without_a_denominator_is_not_given(book: Book) -> None:
    found = values(book)
    assert found["NH02"] == 0
    assert found["NH03"] is None
    assert found["TD08"] is None
    assert indicators()["NH03"].show(indicators()["NH03"].compute(load(book, Scope(), STARTS, ENDS))) == "–"


def test_every_indicator_is_one_of_the_list() -> None:
    assert set(indicators()) <= set(definitions())
    assert len(indicators()) >= 35


def test_a_woman_in_two_groups_is_one_person_of_the_commune(book: Book, act: Act) -> None:
    first, second = mixed(book), mixed(book, 3, 2, name="Hoa Súng", code=1)
    joining = memberships.AddMembers(second.group, (first.members[0],), date(2026, 2, 1))
    memberships.add(book, joining, act)
    table = analysis.cross(book, replace(CHOICE, rows="group", columns="none"), sensitive=True)
    assert [row[0].value.numerator for row in table.cells] == [12, 6, 17]


def test_a_table_adds_up_and_counts_those_not_known(book: Book) -> None:
    mixed(book)
    table = analysis.cross(book, CHOICE, sensitive=True)
    assert table.row_names == ("Nữ", "Nam")
    for row in table.cells:
        assert sum(cell.value.numerator for cell in row[:-1]) == row[-1].value.numerator
    by_disability = analysis.cross(book, replace(CHOICE, columns="disability"), sensitive=True)
    assert by_disability.column_names == ("Không rõ",)
    assert by_disability.coverage[1] == ("Khuyết tật (WG)", "0/12 (0\u00a0%)")


def test_a_rate_by_disability_is_not_given_while_few_were_asked(book: Book) -> None:
    mixed(book)
    table = analysis.cross(
        book, replace(CHOICE, measure="NH08", rows="sex", columns="disability"), sensitive=True
    )
    assert {cell.text for row in table.cells for cell in row} == {"–"}
    assert any("chưa đủ dữ liệu" in note.lower() for note in table.notes)


@pytest.mark.parametrize("release", [Release.PARTNER, Release.DONOR])
@pytest.mark.parametrize(("rows", "columns"), [("sex", "age3"), ("hamlet", "sex"), ("poverty", "sex")])
def test_small_cells_are_hidden_and_cannot_be_solved(
    book: Book, release: Release, rows: str, columns: str
) -> None:
    mixed(book, 24, 14)
    choice = replace(CHOICE, rows=rows, columns=columns, release=release)
    table = analysis.cross(book, choice, sensitive=True)
    hidden = {(at, to) for at, row in enumerate(table.cells) for to, cell in enumerate(row) if cell.hidden}
    for row in table.cells:
        for cell in row:
            assert cell.hidden == (cell.text == HIDDEN)
            assert cell.hidden or not 1 <= cell.value.numerator < 5
    numbers = [[cell.value.numerator for cell in row] for row in table.cells]
    counts = Counts(
        tuple(tuple(line[:-1]) for line in numbers[:-1]),
        tuple(line[-1] for line in numbers[:-1]),
        tuple(numbers[-1][:-1]),
        numbers[-1][-1],
    )
    assert not solvable(counts, hidden)


def test_money_of_one_person_is_not_shown_to_donors(book: Book) -> None:
    mixed(book, 24, 14)
    choice = replace(CHOICE, measure="TD01", rows="sex", columns="none", release=Release.DONOR)
    table = analysis.cross(book, choice, sensitive=True)
    # Nobody has borrowed: sums of fewer than ten people are hidden, also here.
    assert {cell.text for row in table.cells for cell in row} == {HIDDEN}


def test_too_many_hidden_cells_make_the_table_coarser(book: Book) -> None:
    mixed(book, 12, 8)
    table = analysis.cross(book, replace(CHOICE, rows="hamlet", release=Release.PARTNER), sensitive=True)
    assert (table.rows_title, table.columns_title) == ("(không chia)", "Nhóm tuổi")
    assert any("đã gộp" in note for note in table.notes)


def test_what_was_published_is_kept_in_mind(book: Book, act: Act) -> None:
    mixed(book, 24, 14)
    choice = replace(CHOICE, rows="hamlet", columns="sex", release=Release.PARTNER)
    first = analysis.cross(book, choice, sensitive=True)
    analysis_given_out.publish(book, first, act)
    assert texts(analysis.cross(book, choice, sensitive=True)) == texts(first)
    # A second group of two joins the commune: the difference of the two tables would count them.
    mixed(book, 2, 1, name="Hoa Súng", code=1)
    before = analysis.cross(book, replace(choice, rows="sex", columns="none"), sensitive=True)
    assert not before.hidden
    analysis_given_out.publish(book, before, act)
    one = load(book, Scope(), STARTS, ENDS).groups[0].id
    part = analysis.cross(book, replace(choice, rows="sex", columns="none", scope=Scope(one)), sensitive=True)
    # 24 of 26 women are of the first group: shown beside 26 it would count the two of the other.
    assert part.hidden


def test_what_one_table_hides_no_other_of_the_period_shows(book: Book, act: Act) -> None:
    mixed(book, 24, 14)
    by_sex = replace(CHOICE, rows="sex", columns="none", release=Release.PARTNER)
    first = analysis.cross(book, by_sex, sensitive=True)
    crossed = replace(by_sex, rows="sex", columns="hamlet")
    assert not any(line[-1].hidden for line in analysis.cross(book, crossed, sensitive=True).cells)
    # As if how many women and men there are had been hidden in a table that left the commune.
    hidden = [tuple(replace(cell, hidden=True) for cell in line) for line in first.cells[:-1]]
    analysis_given_out.publish(book, replace(first, cells=(*hidden, first.cells[-1])), act)
    later = analysis.cross(book, crossed, sensitive=True)
    assert [line[-1].text for line in later.cells] == [HIDDEN, HIDDEN, "38"]
    turned = analysis.cross(book, replace(by_sex, rows="hamlet", columns="sex"), sensitive=True)
    assert [cell.text for cell in turned.cells[-1]] == [HIDDEN, HIDDEN, "38"]


def test_a_table_made_coarser_is_held_against_those_that_were_given_out(book: Book, act: Act) -> None:
    mixed(book, 12, 8)
    wanted = replace(CHOICE, rows="hamlet", release=Release.PARTNER)
    coarser = analysis.cross(book, wanted, sensitive=True)
    assert (coarser.choice.rows, coarser.choice.columns) == ("none", "age")
    shown = next(place for place, cell in enumerate(coarser.cells[0]) if cell.people and not cell.hidden)
    # As if the coarser table that left the commune had hidden one band more.
    hidden = [
        tuple(replace(cell, hidden=cell.hidden or place == shown) for place, cell in enumerate(line))
        for line in coarser.cells
    ]
    analysis_given_out.publish(book, replace(coarser, cells=tuple(hidden)), act)
    again = analysis.cross(book, wanted, sensitive=True)
    # It stays hidden, which hides too much of this table: one that is coarser still is shown.
    assert (again.choice.rows, again.choice.columns) == ("none", "age3")


def test_a_class_hidden_then_and_gone_now_is_no_hindrance(book: Book, act: Act) -> None:
    mixed(book, 24, 14)
    by_sex = replace(CHOICE, rows="sex", columns="none", release=Release.PARTNER)
    first = analysis.cross(book, by_sex, sensitive=True)
    hidden = [tuple(replace(cell, hidden=True) for cell in line) for line in first.cells[:-1]]
    gone = replace(first, row_keys=("25–30", *first.row_keys[1:]), cells=(*hidden, first.cells[-1]))
    analysis_given_out.publish(book, gone, act)
    assert [cell.text for cell in analysis.cross(book, by_sex, sensitive=True).cells[-1]][-1] == "38"


def test_the_same_table_turned_round_hides_the_same(book: Book, act: Act) -> None:
    mixed(book, 24, 14)
    choice = replace(CHOICE, rows="hamlet", columns="sex", release=Release.PARTNER)
    first = analysis.cross(book, choice, sensitive=True)
    analysis_given_out.publish(book, first, act)
    turned = analysis.cross(book, replace(choice, rows="sex", columns="hamlet"), sensitive=True)
    assert [list(line) for line in zip(*texts(turned), strict=True)] == texts(first)


def test_people_behind_a_cell_only_within_the_commune(book: Book) -> None:
    mixed(book)
    people = analysis.people_behind(book, replace(CHOICE, columns="none"), "M", SUM, sensitive=True)
    assert len(people) == 4
    assert all(person.savings > 0 for person in people)
    with pytest.raises(Refusal):
        analysis.people_behind(book, replace(CHOICE, release=Release.PARTNER), "M", SUM, sensitive=True)


@pytest.mark.parametrize("dimension", ["disability", "certificate", "ethnicity", "vulnerability"])
def test_without_the_role_nothing_sensitive_is_crossed(book: Book, dimension: str) -> None:
    mixed(book)
    for choice in (replace(CHOICE, rows=dimension), replace(CHOICE, columns=dimension)):
        with pytest.raises(Refusal):
            analysis.cross(book, choice, sensitive=False)
        with pytest.raises(Refusal):
            analysis.people_behind(book, choice, SUM, SUM, sensitive=False)
    with pytest.raises(Refusal):
        analysis.cross(book, replace(CHOICE, measure="HN01"), sensitive=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": "XX99"},
        {"rows": "nothing"},
        {"rows": "sex", "columns": "sex"},
        {"starts": date(2026, 5, 1)},
        {"measure": "NH10", "rows": "sex"},
    ],
)
def test_what_cannot_be_crossed_is_told(book: Book, wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        analysis.cross(book, replace(CHOICE, **wrong), sensitive=True)  # type: ignore[arg-type]


def test_figures_of_groups_are_crossed_by_group(book: Book) -> None:
    mixed(book)
    table = analysis.cross(
        book, replace(CHOICE, measure="NH10", rows="group", columns="none"), sensitive=True
    )
    assert texts(table)[0][0].startswith("100")


def test_an_export_hides_what_the_screen_hides(book: Book, act: Act, tmp_path: Path) -> None:
    mixed(book, 24, 14)
    choice = replace(CHOICE, columns="age3", release=Release.PARTNER)
    table = analysis.cross(book, choice, sensitive=True)
    assert table.hidden
    file = tmp_path / "bang.xlsx"
    figure_papers.export_analysis(book, choice, file, act)
    sheet = read_table(file)
    shown = [[str(cell) if cell is not None else "" for cell in row] for row in sheet.rows]
    for at, row in enumerate(table.cells[:-1]):
        for to, cell in enumerate(row):
            written = shown[at][to + 1]
            assert (written == HIDDEN) == cell.hidden
    assert any("được ẩn" in cell for row in shown for cell in row)


def test_choices_are_kept_under_a_name(any_book: Book, act: Act) -> None:
    choice = replace(CHOICE, scope=Scope(commune="30043"), release=Release.DONOR)
    analysis_choices.save(any_book, " Nữ theo tuổi ", choice, act)
    analysis_choices.save(any_book, "Nữ theo tuổi", replace(choice, measure="TK02"), act)
    (kept,) = analysis_choices.saved(any_book)
    assert kept.name == "Nữ theo tuổi"
    assert kept.choice == replace(choice, measure="TK02")
    analysis_choices.forget(any_book, kept.id, act)
    assert not analysis_choices.saved(any_book)
    with pytest.raises(Refusal):
        analysis_choices.save(any_book, " ", choice, act)


def test_a_reversed_meeting_counts_for_nothing(book: Book) -> None:
    village = mixed(book)
    before = values(book)
    hold(book, village, date(2026, 3, 7))
    with book.read() as session:
        last = session.scalars(select(Meeting.id).order_by(Meeting.id.desc())).first()
    assert last is not None
    meetings.reverse_meeting(book, MeetingId(last), "ghi nhầm", an_act(ENDS))
    after = values(book)
    for key in ("TK01", "NH08", "TK04", "QX01", "TK03"):
        assert after[key] == before[key], key

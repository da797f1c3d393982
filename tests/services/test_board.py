"""The project board: a figure equals the list behind it, targets, periods, and what readers outside may see."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from desktop.models.kinds import Account, EntryKind, Sex
from desktop.models.livelihood_kinds import Decider, Evidence, LivelihoodState, Wave
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.every import (
    AccountRow,
    Change,
    Livelihood,
    Loan,
    Member,
    Membership,
    Posting,
    PublishedTable,
)
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.suppression import Release
from desktop.services import livelihood_visits, livelihoods
from desktop.services.board import charts, papers, reading, targets
from desktop.services.board.gathering import BoardFacts, gather
from desktop.services.board.registry import measures
from desktop.services.board.values import Entry, Measured, Part, Period, Span
from desktop.services.books import open_book
from desktop.services.demo import write_demo
from desktop.services.demo_order import DemoOrder
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.store.book import Book
from reports.catalogue import find
from tests.inclusion_village import ENDS, Mixed, mixed
from tests.reports.paper import said
from tests.village import an_act

WHO = "Thư ký"
TODAY = date(2026, 11, 23)
YEAR = Period(date(2026, 1, 1), Span.YEAR)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The demonstration book of three groups."""
    path: Path = tmp_path_factory.mktemp("board") / "so.sonhom"
    write_demo(str(path), DemoOrder(today=TODAY, groups=3, members=20, years=2), bulk=True)
    with open_book(str(path), WHO) as book:
        yield book


# -- a figure is its list ----------------------------------------------------------------------------


def lists_agree(facts: BoardFacts) -> None:
    for key, measured in reading.measure_all(facts).items():
        keys = [entry.key for entry in measured.entries]
        assert measured.value == len(keys) == len(set(keys)), key
        if measured.whole is not None:
            whole = {entry.key for entry in measured.whole}
            assert set(keys) <= whole, key
            assert len(whole) == measured.base, key


@pytest.mark.parametrize("span", list(Span))
def test_a_figure_is_the_length_of_the_list_behind_it(demo: Book, span: Span) -> None:
    period = Period.around(TODAY, span)
    facts = gather(demo, period.starts, period.ends, sensitive=True)
    lists_agree(facts)
    counted = reading.measure_all(facts)
    lines = {line.measure.key: line for line in reading.board(demo, period, Release.COMMUNE, WHO).lines}
    assert set(lines) == set(counted) == set(measures())
    for key, line in lines.items():
        assert line.value == len(counted[key].entries)
        assert line.base == counted[key].base
    for key in ("NMA-2", "NMA-7a", "NH02", "PHCK"):
        found = reading.opened(demo, key, period, WHO)
        assert lines[key].value == found.value == len(found.measured.entries)


@settings(max_examples=6, deadline=None)
@given(first=st.dates(date(2024, 11, 1), TODAY), days=st.integers(0, 500))
def test_any_days_give_lists_that_agree(demo: Book, first: date, days: int) -> None:
    lists_agree(gather(demo, first, first + timedelta(days=days), sensitive=True))


def test_figures_agree_with_plain_questions(demo: Book) -> None:
    found = {line.measure.key: line for line in reading.board(demo, YEAR, Release.COMMUNE, WHO).lines}
    with demo.read() as session:
        members = session.scalar(
            select(func.count(func.distinct(Membership.member_id))).where(
                Membership.joined <= YEAR.ends,
                Membership.left.is_(None) | (Membership.left > YEAR.ends),
            )
        )
        running = session.scalar(
            select(func.count()).select_from(Livelihood).where(Livelihood.state == LivelihoodState.OPERATING)
        )
        # Paid out in the book itself: a loan brought over from paper was lent before.
        lent = session.scalar(
            select(func.count(func.distinct(Loan.member_id)))
            .join(AccountRow, AccountRow.loan_id == Loan.id)
            .join(Posting, Posting.account_id == AccountRow.id)
            .where(
                AccountRow.account == int(Account.LOANS),
                Posting.kind.in_((int(EntryKind.LOAN_OUT), int(EntryKind.LOAN_OUT_BANK))),
                Posting.day.between(YEAR.starts, YEAR.ends),
                Loan.member_id.is_not(None),
            )
        )
    assert (found["NH02"].value, found["SK01"].value, found["TDNV"].value) == (members, running, lent)
    assert found["PHCK"].value == 1
    assert (found["NMA-9"].value, found["NMA-9"].base) == (3, 3)


def test_the_measures_that_nma_v_publishes_are_all_there_with_a_definition() -> None:
    published = [one for one in measures().values() if one.part is Part.PUBLISHED]
    assert [one.key for one in published] == [
        "NMA-1", "NMA-2", "NMA-3", "NMA-4", "NMA-5", "NMA-6", "NMA-7a", "NMA-7b", "NMA-7c", "NMA-7d",
        "NMA-8a", "NMA-8b", "NMA-9",
    ]  # fmt: skip
    assert all("[quy ước của chương trình]" in one.definition for one in published)
    assert all(len(one.definition) > 60 for one in measures().values())


# -- single measures ---------------------------------------------------------------------------------


def activity(book: Book, village: Mixed, place: int, revenue: int, **more: Any) -> int:
    """An activity begun in 2024 with a visit before (20 million a year) and one at 12 months."""
    act = an_act(ENDS)
    new = Activity(Owner(village.members[place]), "Nuôi vịt đẻ", "0146", started=date(2024, 2, 1), **more)
    key = livelihoods.register(book, new, act).value
    for wave, day, money in (
        (Wave.BASE, date(2024, 1, 20), 40_000_000),
        (Wave.M12, date(2025, 2, 1), revenue),
    ):
        figures = Figures(revenue=money, costs=20_000_000, days=120, minutes=240, household=4)
        visit = Visit(key, wave, day, "Cán bộ", figures, evidence=Evidence.VISIT_PHOTO, agreed=True)
        livelihood_visits.record(book, visit, act)
    return key


def measured(book: Book, key: str, period: Period) -> Measured:
    return reading.opened(book, key, period, WHO).measured


def test_a_stable_income_counts_households_in_the_year_of_the_visit(any_book: Book) -> None:
    village = mixed(any_book)
    activity(any_book, village, 0, 60_000_000)
    activity(any_book, village, 0, 41_500_000)  # the same household
    activity(any_book, village, 1, 25_000_000)
    then = measured(any_book, "NMA-2", Period(date(2025, 1, 1), Span.YEAR))
    assert (then.value, then.base) == (1, 2)
    assert then.entries[0].key == ("household", village.homes[0])
    assert measured(any_book, "NMA-2", YEAR).base == 0
    resilient = measured(any_book, "NMA-8a", Period(date(2026, 1, 1), Span.QUARTER))
    assert [entry.key for entry in resilient.entries] == [("household", village.homes[0])]
    assert "có tiết kiệm trong nhóm" in resilient.entries[0].detail


def test_men_who_decide_with_their_wives_are_counted_only_when_trained(book: Book) -> None:
    village = mixed(book)
    activity(book, village, 11, 60_000_000, decider=Decider.JOINT)
    found = measured(book, "NMA-5", Period(date(2026, 1, 1), Span.QUARTER))
    with book.read() as session:
        assert session.get_one(Member, village.members[11]).sex is Sex.MALE
    assert (found.value, found.base) == (0, 0)


# -- targets -----------------------------------------------------------------------------------------


def test_a_target_is_set_changed_and_taken_back_and_the_log_keeps_it(any_book: Book) -> None:
    act = an_act(ENDS)
    key = targets.keep(any_book, "NMA-2", YEAR, 60, "bảng 3", act).value
    (target,) = targets.all_targets(any_book)
    assert (target.amount, target.period) == (60, YEAR)
    with pytest.raises(Refusal) as caught:
        targets.keep(any_book, "NMA-2", YEAR, 70, "", act)
    assert [problem.field for problem in caught.value.problems] == ["amount"]
    targets.keep(any_book, "NMA-2", YEAR, 70, "", act, (key, target.version))
    with pytest.raises(Trouble):
        targets.keep(any_book, "NMA-2", YEAR, 80, "", act, (key, target.version))
    line = next(
        one for one in reading.board(any_book, YEAR, Release.COMMUNE, WHO).lines if one.measure.key == "NMA-2"
    )
    assert (line.value, line.progress) == (0, 0)
    assert line.target is not None
    targets.remove(any_book, key, line.target.version, act)
    assert targets.all_targets(any_book) == []
    with any_book.read() as session:
        changes = session.scalars(select(Change.subject).where(Change.subject == "board_targets")).all()
    assert len(changes) == 3


@pytest.mark.parametrize(
    ("measure", "period", "amount", "field"),
    [
        ("NMA-99", YEAR, 5, "measure"),
        ("NMA-1", YEAR, None, "amount"),
        ("NMA-1", YEAR, 0, "amount"),
        ("NMA-1", YEAR, -3, "amount"),
        ("NMA-1", YEAR, 10**9, "amount"),
        ("NMA-1", Period(date(2026, 2, 1), Span.YEAR), 5, "period"),
    ],
)
def test_a_bad_target_is_refused_at_its_field(
    book: Book, measure: str, period: Period, amount: int | None, field: str
) -> None:
    with pytest.raises(Refusal) as caught:
        targets.keep(book, measure, period, amount, "", an_act(ENDS))
    assert {problem.field for problem in caught.value.problems} == {field}


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(list(Span)))
def test_periods_tile_the_calendar(day: date, span: Span) -> None:
    period = Period.around(day, span)
    assert period.starts <= day <= period.ends
    assert period.shifted(1).starts == period.ends + timedelta(days=1)
    assert period.shifted(1).shifted(-1) == period
    assert Period.around(period.ends, span) == period


# -- readers outside ---------------------------------------------------------------------------------


def a_list(count: int) -> tuple[Entry, ...]:
    return tuple(Entry(("member", number), f"TV-{number}", "", person=number) for number in range(count))


@pytest.mark.parametrize(
    ("key", "value", "whole", "release", "shown"),
    [
        ("NMA-3", 4, 40, Release.PARTNER, False),
        ("NMA-3", 5, 40, Release.PARTNER, True),
        ("NMA-3", 0, 40, Release.PARTNER, True),
        ("NMA-3", 37, 40, Release.PARTNER, False),
        ("NMA-3", 4, 40, Release.COMMUNE, True),
        ("NMA-7c", 9, 40, Release.DONOR, False),
        ("NMA-7c", 10, 40, Release.DONOR, True),
        ("NMA-7c", 9, 40, Release.PARTNER, True),
    ],
)
def test_small_figures_and_small_rests_are_hidden(
    key: str, value: int, whole: int, release: Release, shown: bool
) -> None:
    people = a_list(whole)
    assert reading.shows(measures()[key], Measured(people[:value], people), release) is shown


def test_no_hidden_part_can_be_worked_out_from_the_others(demo: Book) -> None:
    for release in (Release.PARTNER, Release.DONOR):
        for row in reading.breakdowns(demo, YEAR, release, WHO):
            for cells in row.cells.values():
                hidden = [cell for cell in cells if cell.count is None]
                rest = row.persons - sum(cell.count or 0 for cell in cells)
                assert len(hidden) != 1
                assert all(not cell.count or cell.count >= 5 for cell in cells)
                assert rest >= len(hidden) - 1 if hidden else rest == 0


def test_what_one_paper_hid_the_next_one_of_the_period_hides_too(demo: Book) -> None:
    act = an_act(TODAY)
    first = papers.donor_report(demo, YEAR, Release.DONOR, act).value
    again = papers.donor_report(demo, YEAR, Release.PARTNER, act).value
    with demo.read() as session:
        assert session.scalar(select(func.count()).select_from(PublishedTable)) > 0
    assert not first.secret
    assert not again.secret
    text = said(find("donor-report").render(first))
    assert "NMA-7c" in text
    assert "…" in text
    assert "quy ước của chương trình" in text
    inside = papers.donor_report(demo, YEAR, Release.COMMUNE, act).value
    assert inside.secret


def test_who_may_not_see_disability_sees_no_list_of_it(demo: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.sight.sees", lambda _book, _who: False)
    board = reading.board(demo, YEAR, Release.COMMUNE, WHO)
    closed = [line for line in board.lines if line.measure.sensitive]
    assert closed
    assert all(line.value is None and line.reason and not line.may_open for line in closed)
    with pytest.raises(Refusal):
        reading.opened(demo, "NMA-7a", YEAR, WHO)
    assert all("disability" not in row.cells for row in reading.breakdowns(demo, YEAR, Release.COMMUNE, WHO))


def test_charts_say_in_words_what_they_show(demo: Book) -> None:
    inside = charts.charts(demo, YEAR, Release.COMMUNE, WHO)
    assert [one.key for one in inside][:3] == ["sex", "age", "disability"]
    assert all(one.income.words and one.jobs.words for one in inside)
    outside = charts.charts(demo, YEAR, Release.DONOR, WHO)
    assert sum(len(one.jobs.values) for one in outside) < sum(len(one.jobs.values) for one in inside)


def test_the_board_goes_into_a_spreadsheet(demo: Book, tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    papers.export_board(demo, YEAR, Release.COMMUNE, path, an_act(TODAY))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";" if ";" in stream.readline() else ","))
    rows = {line[0]: line for line in lines}
    assert int(rows["NH02"][3]) == reading.opened(demo, "NH02", YEAR, WHO).value
    assert rows["NMA-2"][4] == "12"
    papers.export_board(demo, YEAR, Release.DONOR, tmp_path / "bang.xlsx", an_act(TODAY))
    assert (tmp_path / "bang.xlsx").stat().st_size > 5_000

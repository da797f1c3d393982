"""Indicators with a dimension of their own (TD09, TD18, NG04, DT01, DT02), the risk of groups and how complete records are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance, Poverty
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.results import Result
from desktop.services import (
    audit_book,
    deprivations,
    households,
    livelihood_gathering,
    livelihood_indicators,
    livelihoods,
    poverty,
    training_attendance,
    training_book,
    training_classes,
    training_results,
    training_sessions,
)
from desktop.services.acts import Act
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.livelihoods import Activity, Owner
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_classes import ClassPlan
from desktop.services.training_results import NewResult
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from tests.services.loan_kit import lend
from tests.services.test_share_outs import _lend
from tests.village import an_act, meet, settle

ENDS = date(2026, 12, 31)


def rows(book: Book, ends: date = ENDS, release: Release = Release.COMMUNE) -> dict[str, IndicatorRow]:
    found = indicator_list(book, Scope(), date(2026, 1, 1), ends, release, sensitive=True).rows
    assert len({row.id for row in found}) == len(found)
    return {row.id: row for row in found}


def lent(book: Book) -> None:
    """Three people, 600.000 in the box; the first borrows 200.000 on 1 September and has not paid since."""
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number, savings=100_000)
    _lend(book, village)


def test_what_is_late_stands_in_its_bucket_and_the_buckets_are_the_portfolio(book: Book) -> None:
    lent(book)
    # The first part was due on 1 October: 9 days late on the 10th, 91 on 31 December.
    assert rows(book, date(2026, 9, 15))["TD09"].value.amount == 0
    soon = rows(book, date(2026, 10, 10))
    assert (soon["TD09"].value.amount, soon["TD09.1-30"].value.amount) == (200_000, 200_000)
    last = rows(book)
    assert last["TD09.91-180"].value.amount == 200_000
    buckets = [row.value.amount or 0 for key, row in last.items() if key.startswith("TD09.")]
    assert len(buckets) == 6
    assert sum(buckets) == last["TD01"].value.amount


def test_purposes_are_shares_of_what_was_lent(book: Book) -> None:
    lent(book)
    found = rows(book)
    assert found["TD18"].value.amount == 1
    (piece,) = [row for key, row in found.items() if key.startswith("TD18.")]
    assert (piece.title, piece.value.amount) == ("Mục đích vay: Nuôi vịt", 1)
    # One borrower: outside the commune no line of it is told.
    outside = rows(book, release=Release.DONOR)
    assert all(row.hidden for key, row in outside.items() if key.startswith("TD18."))


def test_what_poor_households_lack_thing_by_thing(book: Book, act: Act) -> None:
    village = settle(book)
    homes = []
    for member in village.members:
        home = households.found(book, households.FoundHousehold(), an_act()).value
        households.move(book, [member], home, an_act())
        homes.append(home)
    for home, lacks in ((homes[0], {"work", "water"}), (homes[1], {"water"}), (homes[2], set[str]())):
        status = poverty.RecordPoverty(home, 2026, "2022", Poverty.POOR, agreed=True)
        deprivations.record(book, deprivations.RecordForms(status, frozenset(lacks)), act)
    found = rows(book)
    assert found["NG04"].made_of == "2 / 3"
    pieces = {key: row.made_of for key, row in found.items() if key.startswith("NG04.")}
    assert pieces == {"NG04.water": "2 / 3", "NG04.work": "1 / 3"}  # the commonest first
    assert list(pieces) == ["NG04.water", "NG04.work"]
    assert found["NG04.water"].title.endswith(": Nguồn nước sinh hoạt")


def test_a_figure_is_its_pieces_whoever_is_asked_for(book: Book) -> None:
    """Of any cell the buckets of late loans add up to what is owed: the pieces use the same facts."""
    lent(book)
    facts = load(book, Scope(), date(2026, 1, 1), ENDS)
    late, owed = indicators()["TD09"], indicators()["TD01"]
    assert late.pieces is not None
    for people in (frozenset(facts.people), frozenset(list(facts.people)[:1]), frozenset()):
        part = facts.only(lambda one, wanted=people: one.member in wanted)
        assert sum(piece.value.amount or 0 for piece in late.pieces(part)) == owed.compute(part).amount


def test_the_risk_of_a_group_is_the_one_that_chooses_the_visit(book: Book) -> None:
    lent(book)
    # All of the portfolio is late for more than 30 days (10), and nobody counted the box for three months (5).
    assert rows(book)["KT09"].value.amount == 15
    (due,) = audit_book.due(book, ENDS)
    assert due.risk == 15


def test_records_are_as_complete_as_their_fields(book: Book) -> None:
    lent(book)
    # Three members with nothing but their names (0 of 3 each); one loan with purpose and decision (2 of 2).
    value = rows(book)["KT10"].value
    assert (value.numerator, value.denominator) == (2, 11)
    assert value.amount == Fraction(2, 11)


def test_who_was_supported_is_counted_once_whatever_the_way(book: Book) -> None:
    """The first has an activity that a loan pays for and a course, the second a course alone, the third nothing."""
    village = settle(book)
    started = date(2026, 3, 20)
    loan = lend(book, village, 0)
    owner = village.members[0]
    activity = Activity(Owner(owner), "Nuôi vịt đẻ", "0146", started=started)
    livelihoods.register(book, activity, an_act(started), loan)
    assert rows(book, date(2026, 3, 31))["SK02"].value.amount == 1
    learn(book, village.members[:2])
    assert rows(book)["SK02"].value.amount == 2
    assert rows(book)["DT01.KT"].value.amount == 2
    assert rows(book)["DT02"].value.amount is None  # nobody was visited yet
    figures = livelihood_gathering.figures(book, ENDS, village.group)
    assert figures.supported == set(village.members[:2])
    (line,) = [one for one in livelihood_indicators.indicators(figures) if one.id == "SK02"]
    assert line.value == "2"


def learn(book: Book, members: tuple[MemberId, ...]) -> None:
    """Complete the course of bookkeeping: four sessions of four hours, and the test."""
    first, act = date(2026, 4, 6), an_act(date(2026, 4, 20))
    plan = ClassPlan("KT", "Sổ sách", first, date(2026, 4, 10), 10)
    klass = training_classes.open_class(book, plan, act).value
    training_classes.enrol(book, klass, members, first, act)
    for place in range(4):
        day = date(2026, 4, 6 + place)
        key = training_sessions.add_session(book, klass, SessionPlan(day, 240, f"Bài {place + 1}"), act).value
        opened = training_attendance.open_sheet(book, key, act.today)
        present = tuple(AttendanceRow(row.member, Attendance.PRESENT) for row in opened.sheet.rows)
        sheet = filled(opened.facts, AttendanceSheet(opened.facts.planned, present))
        training_attendance.record(book, RecordAttendance(key, opened.version, sheet), act)
    for row in training_book.detail(book, klass, act.today).learners:
        result = Result(pre=30, post=80, tested=date(2026, 4, 10))
        training_results.keep(book, NewResult(row.enrolment, row.version, result), act)

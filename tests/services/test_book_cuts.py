"""Fines by reason (QX03), the true cost by product (TD17), how the book is kept by who keeps it (KT07, KT08)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop.models.kinds import Attendance, EntryKind
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.suppression import Release
from desktop.services import analysis, fines, loan_applications, loan_products, loans, vouchers
from desktop.services.acts import Act
from desktop.services.analysis import SUM, Choice, CrossTable
from desktop.services.fines import Waive
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book
from tests.inclusion_village import agree, mixed
from tests.services.test_fines_and_grants import _hold, _village
from tests.village import START, Village, an_act, meet, settle

STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
LENT = date(2026, 8, 1)
PLAIN = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    off_sundays=False,
    off_holidays=False,
)


def lent(book: Book, village: Village, member: int, product: Product, code: str) -> None:
    """Lend 600.000 for four months by a product of its own."""
    act = an_act(LENT)
    kept = loan_products.keep(book, loan_products.KeepProduct(code, f"Vay {code}", product), act).value
    asked = Apply(
        village.group,
        village.members[member],
        kept,
        Request(600_000, 4, LENT),
        Application("Nuôi vịt"),
        agreed=True,
    )
    loan = loan_applications.apply(book, asked, Caution(), act).value
    loan_applications.approve(book, loan, Decision(present=3, in_favour=3), act)
    loans.disburse(book, loans.Disburse(loan, LENT), act)


def rows(book: Book, release: Release = Release.COMMUNE) -> dict[str, IndicatorRow]:
    found = indicator_list(book, Scope(), STARTS, ENDS, release, sensitive=True).rows
    return {row.id: row for row in found}


def pieces(book: Book, key: str, starts: date = STARTS, ends: date = ENDS) -> dict[str, Fraction | None]:
    made = indicators()[key].pieces
    assert made is not None
    return {piece.code: piece.value.amount for piece in made(load(book, Scope(), starts, ends))}


def figure(book: Book, key: str, starts: date = STARTS) -> Fraction | None:
    return indicators()[key].compute(load(book, Scope(), starts, ENDS)).amount


def table(book: Book, measure: str, by: str, columns: str = "none") -> CrossTable:
    return analysis.cross(book, Choice(measure, by, columns, STARTS, ENDS), sensitive=True)


def cells(found: CrossTable) -> dict[str, Fraction | None]:
    keys = [*found.row_names, SUM]
    return {key: line[-1].value.amount for key, line in zip(keys, found.cells, strict=True)}


def test_a_fine_is_for_how_one_took_part(any_book: Book) -> None:
    village = _village(any_book)
    _hold(any_book, village, 1, {0: Attendance.ABSENT, 1: Attendance.LATE})
    _hold(any_book, village, 2, {}, fine=3_000)
    vouchers.record(
        any_book,
        vouchers.RecordVoucher(village.group, EntryKind.FINE, 2_000, date(2026, 3, 1), village.members[2]),
        an_act(date(2026, 3, 1)),
    )
    found = pieces(any_book, "QX03")
    assert found == {"late": 5_000, "absent": 10_000, "other": 3_000, "none": 2_000}
    assert sum(found.values(), Fraction()) == figure(any_book, "QX03") == 20_000  # type: ignore[arg-type]


def test_the_reasons_of_a_part_of_the_people_are_their_own(book: Book) -> None:
    village = _village(book)
    _hold(book, village, 1, {0: Attendance.ABSENT, 1: Attendance.LATE, 2: Attendance.LATE})
    found = table(book, "QX03", "fine")
    assert cells(found) == {"đến muộn": 10_000, "vắng không phép": 10_000, SUM: 20_000}
    behind = analysis.people_behind(book, found.choice, "late", SUM, sensitive=True)
    assert {one.member for one in behind} == set(village.members[1:])
    # Two came late, one was absent: outside the commune no line says for what.
    agree(book, village.members, an_act(ENDS))
    outside = rows(book, release=Release.PARTNER)
    assert all(row.hidden for key, row in outside.items() if key.startswith("QX03"))


def test_what_is_waived_takes_the_oldest_fine_away_whenever_it_was_asked_for(book: Book) -> None:
    village = _village(book)
    _hold(book, village, 1, {0: Attendance.ABSENT})
    on = START + timedelta(days=14)
    wanted = Waive(village.group, village.members[0], on, 6_000, "Con ốm")
    fines.waive(book, wanted, an_act(date(2026, 12, 1)))
    assert pieces(book, "QX03") == {"absent": 4_000}
    # In a period that holds only the waiver its reason is still known, and it is less.
    assert pieces(book, "QX03", on, ENDS) == {"absent": -6_000}
    assert figure(book, "QX03", on) == -6_000


def test_a_fine_that_was_taken_back_is_of_no_reason(book: Book) -> None:
    village = _village(book)
    _hold(book, village, 1, {})
    act = an_act(date(2026, 3, 1))
    made = vouchers.record(
        book,
        vouchers.RecordVoucher(village.group, EntryKind.FINE, 2_000, date(2026, 3, 1), village.members[2]),
        act,
    ).value
    vouchers.reverse_voucher(book, made.voucher.id, "Ghi nhầm", act)
    assert pieces(book, "QX03") == {}
    assert figure(book, "QX03") == 0


def test_the_true_cost_of_each_product(book: Book) -> None:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number, savings=900_000)
    lent(book, village, 0, PLAIN, "SP-1")
    dear = replace(PLAIN, method=Method.FLAT)
    lent(book, village, 1, dear, "SP-9")
    found = table(book, "TD17", "product")
    by_name = cells(found)
    assert set(by_name) == {SUM, "Vay SP-9", *(set(found.row_names) - {"Vay SP-9"})}
    assert len(found.row_names) == 2
    lowest, highest = sorted(value for key, value in by_name.items() if key != SUM and value is not None)
    assert highest == by_name["Vay SP-9"]
    assert lowest < (by_name[SUM] or 0) < highest
    listed = pieces(book, "TD17")
    assert listed["SP-9"] == highest
    assert sorted(listed.values()) == [lowest, highest]  # type: ignore[type-var]
    key = found.row_keys[found.row_names.index("Vay SP-9")]
    behind = analysis.people_behind(book, found.choice, key, SUM, sensitive=True)
    assert [one.member for one in behind] == [village.members[1]]
    # What else is asked of loans can be crossed by product as well.
    assert len(table(book, "TD01", "product").row_names) == 2
    # One borrower each: nothing of it leaves the commune.
    agree(book, village.members, an_act(LENT))
    outside = rows(book, release=Release.DONOR)
    assert all(row.hidden for key, row in outside.items() if key.startswith("TD17"))


def _other(day: date) -> Act:
    act = an_act(day)
    return Act("Lê Thị Ghi Chậm", act.at, act.today)


def test_how_the_book_is_kept_by_who_keeps_it(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1, savings=100_000)
    slow = _other(date(2026, 6, 1))
    on = START + timedelta(days=7)
    made = vouchers.record(
        book, vouchers.RecordVoucher(village.group, EntryKind.SAVINGS_IN, 5_000, on, village.members[0]), slow
    ).value
    vouchers.reverse_voucher(book, made.voucher.id, "Ghi nhầm", slow)
    facts = load(book, Scope(), STARTS, ENDS)
    (group,) = facts.groups
    assert sum(one.vouchers for one in group.by_user.values()) == group.vouchers
    late, back = table(book, "KT07", "user"), table(book, "KT08", "user")
    assert "Lê Thị Ghi Chậm" in late.row_names
    assert cells(late)["Lê Thị Ghi Chậm"] == 0  # both are of a day in January, and of June in the book
    assert cells(back)["Lê Thị Ghi Chậm"] == Fraction(1, 2)
    assert sorted(value or 0 for key, value in cells(late).items() if key != SUM) == [0, 1]
    assert cells(late)[SUM] == figure(book, "KT07")
    assert pieces(book, "KT08")["Lê Thị Ghi Chậm"] == Fraction(1, 2)
    by_group = table(book, "KT07", "user", "group")
    assert [len(line) for line in by_group.cells] == [2] * (len(by_group.row_names) + 1)


def test_who_keeps_the_book_is_named_in_the_commune_only(book: Book) -> None:
    mixed(book)
    choice = Choice("KT07", "user", "none", STARTS, ENDS, release=Release.PARTNER)
    with pytest.raises(Refusal) as refused:
        analysis.cross(book, choice, sensitive=True)
    assert [problem.field for problem in refused.value.problems] == ["rows"]
    assert analysis.fitting(choice).rows != "user"
    inside, outside = rows(book), rows(book, release=Release.PARTNER)
    assert any(key.startswith("KT07.") for key in inside)
    assert not any(key.startswith(("KT07.", "KT08.")) for key in outside)
    assert "KT07" in outside

"""Loan products in the window: nothing is lost on the way in and out, bad figures are refused where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product
from desktop.models.rules.loans.allocation import Component
from desktop.models.rules.loans.charges import PenaltyBase
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    Grace,
    MonthBasis,
    PeriodUnit,
    RateUnit,
    Residual,
    YearBasis,
)
from desktop.services import loan_products
from desktop.views.kit.rates import parse_percent, show_decimal
from desktop.views.loans.page import LoansPage
from desktop.views.loans.product_page import ProductPage
from desktop.views.loans.product_values import product_from, product_values, usual_product
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.views.loans.conftest import TODAY, Room

EVERYTHING = Product(
    Method.EQUAL_INSTALMENTS,
    (DatedRate(date(2025, 1, 1), Fraction(12)), DatedRate(date(2026, 6, 1), Fraction(21, 2))),
    rate_unit=RateUnit.YEAR,
    every=2,
    unit=PeriodUnit.WEEKS,
    daily=True,
    year=YearBasis.D360,
    month=MonthBasis.D30,
    partial_periods=True,
    grace=Grace(1, 2, 3),
    rounding_unit=500,
    residual=Residual.FIRST,
    merge_below_percent=Fraction(20),
    upfront_fee=10_000,
    upfront_percent=Fraction(1, 2),
    instalment_fee=2_000,
    penalty_base=PenaltyBase.OVERDUE_TOTAL,
    penalty_percent=Fraction(15),
    penalty_wait=3,
    penalty_cap=50_000,
    order=(Component.INTEREST, Component.PRINCIPAL, Component.FEE, Component.PENALTY),
    off_sundays=False,
    early=AdvanceEffect.REDUCE_NUMBER,
    limits=Limits(500_000, 9_000_000, 2, 24, 3, 30, 2, 1, 60, ("Nuôi vịt", "Mua phân")),
)


@pytest.mark.parametrize("product", [EVERYTHING, *(usual_product(method, TODAY) for method in Method)])
def test_a_product_survives_the_form(room: Room, product: Product) -> None:
    assert product_from(product_values(product)) == product
    page = room.show(ProductPage)
    page._propose(product_values(product))
    assert product_from(page.form.values()) == product


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1,5", Fraction(3, 2)),
        ("0.65 %", Fraction(13, 20)),
        ("-1", -1),
        ("1.000", None),
        ("một", None),
    ],
)
def test_percents_are_read(text: str, value: Fraction | None) -> None:
    assert parse_percent(text) == value


def test_percents_are_shown_as_typed() -> None:
    assert show_decimal(Fraction(13, 20)) == "0,65"
    assert show_decimal(Fraction(12)) == "12"


def test_a_new_product_is_kept(room: Room) -> None:
    page = room.show(ProductPage)
    assert page.form.value("code") == "SP-02"
    room.fill(page, {"name": "Vay buôn bán", "method": Method.FLAT})
    assert_named(page)
    room.submit(page)
    rows = loan_products.listed(room.book)
    assert [row.code for row in rows] == ["SP-01", "SP-02"]
    assert rows[1].product.method is Method.FLAT
    assert room.routes[-1].page == "loans"


def test_a_changed_product_keeps_what_was_not_touched(room: Room) -> None:
    page = room.show(ProductPage, product=room.product)
    assert page.title() == "Vay chăn nuôi"
    room.fill(page, {"penalty_percent": Fraction(12)})
    room.submit(page)
    row = loan_products.listed(room.book)[0]
    assert row.product.penalty_percent == 12
    assert replace(row.product, penalty_percent=Fraction(18)).limits == Limits(open_loans=3)


@pytest.mark.parametrize("rate", ["-1", "1000", "101"])
def test_a_rate_out_of_bounds_is_refused_at_its_field(room: Room, rate: str) -> None:
    page = room.show(ProductPage)
    room.fill(page, {"name": "Vay"})
    page.form.input("rate").rows[0].percent.setText(rate)
    room.submit(page)
    assert "0 đến 100 phần trăm" in page.form.problems()["rate"]
    assert len(loan_products.listed(room.book)) == 1


def test_a_code_in_use_is_refused_at_its_field(room: Room) -> None:
    page = room.show(ProductPage)
    room.fill(page, {"name": "Vay", "code": "SP-01"})
    room.submit(page)
    assert "Mã này" in page.form.problems()["code"]


def test_limits_the_wrong_way_round_are_refused_at_their_fields(room: Room) -> None:
    page = room.show(ProductPage)
    room.fill(
        page, {"name": "Vay", "least": 5_000_000, "most": 1_000_000, "least_number": 9, "most_number": 3}
    )
    room.submit(page)
    assert {"most", "most_number"} <= set(page.form.problems())


def test_the_example_names_what_a_flat_rate_really_is(room: Room) -> None:
    page = room.show(ProductPage)
    room.fill(page, {"method": Method.FLAT})
    room.typed(page)
    assert "thật ra là" in page.example.said()["words"]
    assert page.example.table.size == 6


def test_every_method_has_an_example(room: Room) -> None:
    page = room.show(ProductPage)
    for method in Method:
        room.fill(page, {"method": method})
        room.typed(page)
        assert page.example.table.size == 6, method


def test_fields_of_no_use_are_hidden(room: Room) -> None:
    page = room.show(ProductPage)
    room.fill(page, {"method": Method.PER_MEETING})
    shown = {key: page.form.input(key).isVisible() for key in ("every", "rate_unit", "rate", "early")}
    assert shown == {"every": False, "rate_unit": False, "rate": True, "early": True}


def test_products_are_listed_and_opened(room: Room) -> None:
    page = room.show(LoansPage, tab="products")
    assert page.products.table.size == 1
    page.products.open_product(page.products.table.row_at(0))
    assert (room.routes[-1].page, room.routes[-1].args) == ("loan-product", {"product": room.product})
    assert page.actions()[0].title == "Thêm sản phẩm"


def test_a_read_only_book_changes_nothing(room: Room) -> None:
    give_book(room.desk, room.book, readonly=True)
    page = room.show(ProductPage)
    assert not page.panel.save_button.isEnabled()
    assert not page.form.input("name").isEnabled()

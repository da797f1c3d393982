"""A loan lent through the services, for tests of what loans pay for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.ids import LoanId
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import loan_applications, loan_products
from desktop.services.loan_applications import Application, Apply
from desktop.store.book import Book
from tests.village import Village, an_act

_PRODUCT = Product(
    Method.EQUAL_PRINCIPAL, (DatedRate(date(2026, 1, 1), Fraction(1)),), limits=Limits(open_loans=9)
)


def lend(book: Book, village: Village, member: int, day: date = date(2026, 3, 10)) -> LoanId:
    """Let a member apply for a loan; no money moves."""
    act = an_act(day)
    there = loan_products.listed(book)
    product = (
        there[0].id
        if there
        else loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", _PRODUCT), act).value
    )
    command = Apply(
        village.group,
        village.members[member],
        product,
        Request(1_200_000, 4, day),
        Application("Chăn nuôi", "Nuôi vịt"),
        agreed=True,
    )
    return loan_applications.apply(book, command, Caution(), act).value

"""One row of a schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.rules.loans.rounding import round_money
from desktop.models.rules.loans.terms import FeeBase, InstalmentFee, Terms


@dataclass(frozen=True, slots=True)
class Row:
    """An instalment as planned: what falls due on one day. `balance` is the principal left after it."""

    nr: int
    start_on: date
    due_on: date
    principal: int
    interest: int
    balance: int
    fees: int = 0
    penalties: int = 0

    @property
    def days(self) -> int:
        """Return the length of the period in days."""
        return (self.due_on - self.start_on).days

    @property
    def total(self) -> int:
        """Return all that falls due with this row."""
        return self.principal + self.interest + self.fees + self.penalties


def make_rows(
    principal: int,
    start: date,
    dues: Iterable[date],
    parts: Iterable[tuple[int, int]],
    fees: Sequence[int] = (),
) -> list[Row]:
    """Return rows from due dates and (principal, interest) pairs."""
    rows: list[Row] = []
    balance = principal
    for i, (due, (part, interest)) in enumerate(zip(dues, parts, strict=True)):
        balance -= part
        rows.append(Row(i + 1, start, due, part, interest, balance, fees[i] if fees else 0))
        start = due
    return rows


def with_instalment_fees(rows: list[Row], terms: Terms) -> list[Row]:
    """Return the rows with the fee that comes with every instalment."""
    fee = terms.fee
    if fee is None:
        return rows
    return [
        replace(row, fees=row.fees + instalment_fee(fee, terms, row.principal, row.interest)) for row in rows
    ]


def instalment_fee(fee: InstalmentFee, terms: Terms, principal: int, interest: int) -> int:
    """Return the fee of one instalment, rounded as the terms say."""
    match fee.base:
        case FeeBase.FLAT:
            return fee.amount
        case FeeBase.PRINCIPAL:
            base = principal
        case FeeBase.INTEREST:
            base = interest
        case FeeBase.PRINCIPAL_AND_INTEREST:
            base = principal + interest
    return round_money(base * fee.percent / 100, terms.rounding, terms.money_multiple)

"""Phiếu họp trống: the sheet of the next meeting, to be filled in by hand and keyed in afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark


@dataclass(frozen=True, slots=True)
class BlankRow:
    """One member in the meeting's order. `balances` fit `BlankSheet.balances`, `expected` (đồng or a count;
    None where nothing is expected) fit `BlankSheet.columns`.
    """

    number: int
    code: str
    name: str
    balances: tuple[int, ...] = ()
    expected: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """The sheet: titles of the last balances and of the columns to write in, in the order of the screen.

    `cash_before` names each box and what the book says is in it before the meeting, in đồng.
    """

    organisation: Organisation
    group: GroupBlock
    meeting: str
    day: date
    columns: tuple[str, ...]
    rows: tuple[BlankRow, ...]
    mark: PrintMark
    balances: tuple[str, ...] = ()
    place: str = ""
    cash_before: tuple[tuple[str, int], ...] = ()
    denominations: tuple[int, ...] = (
        500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000,
    )  # fmt: skip
    large_print: bool = False

"""What happens to a loan, as dated facts. `seq` is the order of recording and the name of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class ChargeKind(StrEnum):
    """A fee, or a penalty."""

    FEE = "fee"
    PENALTY = "penalty"


class ChargeBase(StrEnum):
    """What a charge is: a sum, or a percent of the instalment's or the loan's money."""

    FLAT = "flat"
    PRINCIPAL = "percent_of_principal"
    INTEREST = "percent_of_interest"
    PRINCIPAL_AND_INTEREST = "percent_of_principal_plus_interest"


@dataclass(frozen=True, slots=True)
class Disbursement:
    """Money handed to the borrower."""

    seq: int
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money handed back."""

    seq: int
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee or penalty that falls due on a day; `joins` is a day in the period of its instalment if not that day."""

    seq: int
    on: date
    kind: ChargeKind
    amount: int = 0
    base: ChargeBase = ChargeBase.FLAT
    percent: Fraction = Fraction(0)
    joins: date | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """An earlier event never happened; `on` is the day it was undone."""

    seq: int
    on: date
    target: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """Interest, fees or penalties that need not be paid, oldest first."""

    seq: int
    on: date
    interest: int = 0
    fees: int = 0
    penalties: int = 0


@dataclass(frozen=True, slots=True)
class WriteOff:
    """The rest of the loan is given up; a memo balance stays."""

    seq: int
    on: date


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Instalments due on or after a day move by days and months: an extension after a disaster, or agreed.

    With `with_interest` the longer time bears interest, else only the days move. `counts` says whether it is a
    rescheduling for the debt group.
    """

    seq: int
    on: date
    from_due: date
    days: int = 0
    months: int = 0
    with_interest: bool = False
    counts: bool = True


Event = Disbursement | Repayment | Charge | Undo | Waiver | WriteOff | Reschedule

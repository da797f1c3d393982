"""What the papers of a rotating fund (họ, hụi, biêu, phường) print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock
from reports.loan_values import LoanPerson


@dataclass(frozen=True, slots=True)
class RoscaHolder:
    """A member with the numbers of the parts they hold. `number_text` is the full identity number the law asks for."""

    person: LoanPerson
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoscaHead:
    """What every paper says of the fund: amounts in đồng; texts as agreed."""

    code: str
    name: str
    group: GroupBlock
    kind_text: str
    order_text: str
    frequency_text: str
    part_value: int
    parts: int
    starts: date
    ends: date
    organiser: LoanPerson
    holders: tuple[RoscaHolder, ...]
    commission: int = 0
    interest_text: str = ""
    late_text: str = ""

    @property
    def pot(self) -> int:
        """The value of all parts at one opening, in đồng."""
        return self.part_value * self.parts

"""What the papers of a loan have in common: who borrows, on which terms, what is due and what was paid.

Amounts are đồng. Terms come as texts ("12 tháng", "1 %/tháng (12 %/năm)"): papers print what was agreed, they
do not compute it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.kit.values import GroupBlock


@dataclass(frozen=True, slots=True)
class LoanPerson:
    """Someone named on a paper of a loan: the borrower, the spouse, a guarantor, who signs for the group.

    `born` is "05/03/1978" or only "1978"; `citizen_number` comes as it may be printed (masked on slips and
    lists, whole on contracts if the group wants so). `fingerprint`: signs with a fingerprint before `witness`.
    """

    name: str
    code: str = ""
    born: str = ""
    citizen_number: str = ""
    address: str = ""
    phone: str = ""
    household_code: str = ""
    fingerprint: bool = False
    witness: str = ""


@dataclass(frozen=True, slots=True)
class LoanHead:
    """One loan as every paper names it. Empty texts are not printed.

    `code` is the loan's number in the book ("KV-0012"), `contract` that of the signed contract. `number` is how
    many instalments. `rate_text` names both rates ("1 %/tháng, tức 12 %/năm"), `method_text` how interest is
    counted ("trên dư nợ giảm dần"), `equivalent_text` what a flat rate is on the declining balance
    ("1,79 %/tháng trên dư nợ giảm dần"). `apr_percent` and `eir_percent` are percents a year with all fees
    (13.62 is 13,62 %), None where they cannot be told. `late_text` says what late money costs.
    `lender` is named only when the group itself borrows.
    """

    code: str
    borrower: LoanPerson
    group: GroupBlock
    amount: int
    contract: str = ""
    purpose: str = ""
    livelihood: str = ""
    disbursed_on: date | None = None
    number: int = 0
    term_text: str = ""
    repayment_text: str = ""
    rate_text: str = ""
    method_text: str = ""
    equivalent_text: str = ""
    late_text: str = ""
    apr_percent: Decimal | None = None
    eir_percent: Decimal | None = None
    guarantors: tuple[str, ...] = ()
    lender: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One instalment: what is due on a day, what is still owed after it, and what was paid of it until now.

    `balance` is the principal left when this instalment is paid as agreed. `paid_on` is the last day something
    was paid for it. `moved` says that the row was put off ("gia hạn do bão").
    """

    nr: int
    due_on: date
    principal: int
    interest: int
    fees: int = 0
    penalties: int = 0
    balance: int = 0
    paid_on: date | None = None
    paid_principal: int = 0
    paid_interest: int = 0
    paid_fees: int = 0
    paid_penalties: int = 0
    moved: str = ""

    @property
    def due(self) -> int:
        """All that is to be paid for this instalment."""
        return self.principal + self.interest + self.fees + self.penalties

    @property
    def paid(self) -> int:
        """All that was paid for it."""
        return self.paid_principal + self.paid_interest + self.paid_fees + self.paid_penalties


@dataclass(frozen=True, slots=True)
class Split:
    """Money for a loan by what it is for. `excess` is what was paid above the debt."""

    principal: int = 0
    interest: int = 0
    fees: int = 0
    penalties: int = 0
    excess: int = 0

    @property
    def total(self) -> int:
        """All parts together."""
        return self.principal + self.interest + self.fees + self.penalties + self.excess


NO_MONEY = Split()
"""Nothing of anything."""


@dataclass(frozen=True, slots=True)
class LoanMovement:
    """One thing that happened to the loan: money handed out (`paid_out`), money paid, or a change without money.

    `split` is what the movement took off the debt; a waiver or write-off carries it with `cash` False.
    `balance` is the principal owed after it.
    """

    day: date
    text: str
    voucher: str = ""
    paid_out: int = 0
    split: Split = NO_MONEY
    balance: int = 0
    cash: bool = True


@dataclass(frozen=True, slots=True)
class UpfrontFee:
    """A fee taken when the loan is handed out, in đồng; already part of the true yearly cost."""

    title: str
    amount: int


@dataclass(frozen=True, slots=True)
class LenderSide:
    """Who signs for the group, and where the group is reached."""

    chair: str = ""
    treasurer: str = ""
    chair_title: str = ""
    address: str = ""
    phone: str = ""


UNSIGNED = LenderSide()
"""Nobody named: the lines to sign stay empty."""


def schedule_sum(rows: Sequence[ScheduleRow]) -> Split:
    """Return what all instalments ask for, by what it is for."""
    return Split(
        sum(row.principal for row in rows),
        sum(row.interest for row in rows),
        sum(row.fees for row in rows),
        sum(row.penalties for row in rows),
    )


def paid_sum(rows: Sequence[ScheduleRow]) -> Split:
    """Return what was paid for all instalments, by what it was for."""
    return Split(
        sum(row.paid_principal for row in rows),
        sum(row.paid_interest for row in rows),
        sum(row.paid_fees for row in rows),
        sum(row.paid_penalties for row in rows),
    )

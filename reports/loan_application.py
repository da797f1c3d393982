"""Đơn đề nghị vay vốn: what a member asks for, what the household can bear, what the meeting decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark
from reports.loan_values import LoanPerson


@dataclass(frozen=True, slots=True)
class HouseholdMoney:
    """One source of income or one cost of the household, in đồng a month."""

    title: str
    monthly: int


@dataclass(frozen=True, slots=True)
class HouseholdDebt:
    """What the household owes elsewhere: to a bank, a shop, relatives; `monthly` is what is paid each month."""

    lender: str
    balance: int
    monthly: int = 0
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One named person who decided, and how ("Tổ trưởng", "đồng ý")."""

    name: str
    title: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class LoanDecision:
    """What the meeting or the named people decided. `approved` False carries the `reason`.

    A vote gives `members`, `present`, `in_favour`, `against`, `abstained`; named people give `voices`. `amount`
    and the texts are what was granted, where it differs from what was asked.
    """

    approved: bool
    day: date
    meeting: str = ""
    members: int = 0
    present: int = 0
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    voices: tuple[Voice, ...] = ()
    amount: int = 0
    term_text: str = ""
    rate_text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoanApplication:
    """Everything the application prints. What is empty becomes a dotted line to write on.

    `LoanApplication(organisation, group, mark)` alone is the blank form. `living_standard` is the household's
    class as certified ("Hộ cận nghèo"). `savings` (đồng) is what the member has put into the group. `dsr_text`
    says which part of the income goes into debts ("32 %, trong mức 40 %"). `spouse` signs to consent.
    """

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    number: str = ""
    day: date | None = None
    place: str = ""
    borrower: LoanPerson | None = None
    household_people: int = 0
    household_workers: int = 0
    living_standard: str = ""
    savings: int = 0
    amount: int = 0
    purpose: str = ""
    livelihood: str = ""
    term_text: str = ""
    rate_text: str = ""
    repayment_text: str = ""
    income: tuple[HouseholdMoney, ...] = ()
    costs: tuple[HouseholdMoney, ...] = ()
    debts: tuple[HouseholdDebt, ...] = ()
    dsr_text: str = ""
    guarantors: tuple[LoanPerson, ...] = ()
    spouse: LoanPerson | None = None
    decision: LoanDecision | None = None
    chair: str = ""
    secretary: str = ""
    large_print: bool = False

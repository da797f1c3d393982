"""Danh sách nợ quá hạn: who is late, by how much and how long, and what is at risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer


@dataclass(frozen=True, slots=True)
class OverdueLoan:
    """One late loan. Amounts in đồng: `principal`, `interest` (with fees) and `penalties` are what is overdue,
    `balance` is all principal still owed. `group` is named where the list covers several groups.
    """

    code: str
    name: str
    loan: str
    days_late: int
    principal: int
    interest: int
    penalties: int
    balance: int
    debt_group: str = ""
    rescheduled: bool = False
    guarantors: tuple[str, ...] = ()
    group: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """Loans by how late they are ("1–30 ngày"): how many, principal owed and the overdue part, in đồng."""

    title: str
    loans: int
    balance: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RiskLine:
    """Portfolio at risk: "PAR30", the balance at risk in đồng and its share ("7,4 %")."""

    title: str
    balance: int
    share_text: str


@dataclass(frozen=True, slots=True)
class LoanOverdue:
    """Everything the list prints. `portfolio` (đồng) is the principal owed on all loans, `loans` their number."""

    organisation: Organisation
    group: GroupBlock
    as_of: date
    rows: tuple[OverdueLoan, ...]
    mark: PrintMark
    buckets: tuple[AgeBucket, ...] = ()
    risk: tuple[RiskLine, ...] = ()
    portfolio: int = 0
    loans: int = 0
    notes: tuple[str, ...] = ()
    signed_on: date | None = None
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False

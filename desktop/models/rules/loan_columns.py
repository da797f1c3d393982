"""The sheet's columns of repayments: principal, interest, fee, penalty, with what is due filled in.

What a member brings is laid on their loans by the allocation rule; the columns show that split and may be changed
within it: a sum that the rule would split otherwise is refused at its cell, with the right split.
"""

from __future__ import annotations

from desktop.models.kinds import Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules import loan_sheet
from desktop.models.rules.constitution import Rules
from desktop.models.rules.entries import Entry
from desktop.models.rules.loan_sheet import LoanPayment
from desktop.models.rules.loans.state import Parts
from desktop.models.rules.sheet_parts import MemberFacts, SheetColumn, SheetFacts, SheetRow, cell
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

PRINCIPAL, INTEREST, FEE, PENALTY = "loan_principal", "loan_interest", "loan_fee", "loan_penalty"
_PARTS = ((PRINCIPAL, "principal"), (INTEREST, "interest"), (FEE, "fees"), (PENALTY, "penalties"))


def payments(facts: SheetFacts, member: MemberFacts, row: SheetRow) -> list[LoanPayment]:
    """Return how a row's repayment is laid on the member's loans; nothing when nothing is repaid."""
    amount = sum(row.amounts.get(key, 0) for key, _part in _PARTS)
    if amount <= 0 or not member.loans:
        return []
    already = sum(loan.state(facts.day).left.penalties for loan in member.loans)
    charged = max(row.amounts.get(PENALTY, 0) - already, 0)
    return loan_sheet.spread(member.loans, facts.day, amount, charged)


def loan_entries(facts: SheetFacts, row: SheetRow) -> list[Entry]:
    """Return what a row's repayment posts."""
    return [
        entry for payment in row_payments(facts, row) for entry in loan_sheet.entries_of(payment, row.member)
    ]


def row_payments(facts: SheetFacts, row: SheetRow) -> list[LoanPayment]:
    """Return a row's payments; the member is looked up among the facts."""
    if not any(row.amounts.get(key, 0) for key, _part in _PARTS):
        return []
    member = next((member for member in facts.members if member.id == row.member), None)
    return [] if member is None else payments(facts, member, row)


def check_loans(facts: SheetFacts, member: MemberFacts, row: SheetRow) -> list[Problem]:
    """Return what is wrong with a row's repayment: nothing lent, more than is owed, or another split."""
    keyed = {key: row.amounts.get(key, 0) for key, _part in _PARTS}
    amount = sum(keyed.values())
    if amount == 0:
        return []
    if not member.loans:
        place = next(key for key, value in keyed.items() if value)
        return [
            Problem.stop(
                "no-loan",
                cell(member.id, place),
                _("{member} không có khoản vay.").format(member=member.name),
            )
        ]
    made = payments(facts, member, row)
    if any(payment.overpaid for payment in made):
        most = amount - sum(payment.overpaid for payment in made)
        return [
            Problem.stop(
                "too-much",
                cell(member.id, PRINCIPAL),
                _("{member} trả hết nợ chỉ cần {owed}.").format(member=member.name, owed=show_dong(most)),
            )
        ]
    right = loan_sheet.sum_parts(payment.parts for payment in made)
    for key, part in _PARTS:
        if keyed[key] != getattr(right, part):
            return [Problem.stop("split", cell(member.id, key), _split_text(amount, right))]
    return []


def _split_text(amount: int, parts: Parts) -> str:
    return _("Trả {amount} thì chia: gốc {principal}, lãi {interest}, phí {fees}, phạt {penalties}.").format(
        amount=show_number(amount),
        principal=show_number(parts.principal),
        interest=show_number(parts.interest),
        fees=show_number(parts.fees),
        penalties=show_number(parts.penalties),
    )


def _column(key: str, title: str, kind: EntryKind, part: str, *, balance: bool = False) -> SheetColumn:
    def expected(_facts: SheetFacts, member: MemberFacts, state: Attendance) -> int:
        return int(getattr(member.due, part)) if state.takes_part else 0

    def applies(rules: Rules) -> bool:
        return rules.lends

    def check(_facts: SheetFacts, _member: MemberFacts, _value: int) -> list[Problem]:
        return []

    return SheetColumn(
        key, title, kind, applies, expected, check, balance=_outstanding if balance else None, of_loans=True
    )


def _outstanding(member: MemberFacts) -> int:
    return member.owed


LOAN_COLUMNS: list[SheetColumn] = [
    _column(PRINCIPAL, N_("Trả gốc"), EntryKind.LOAN_PRINCIPAL, "principal", balance=True),
    _column(INTEREST, N_("Trả lãi"), EntryKind.LOAN_INTEREST, "interest"),
    _column(FEE, N_("Phí vay"), EntryKind.LOAN_FEE, "fees"),
    _column(PENALTY, N_("Phạt chậm"), EntryKind.LOAN_PENALTY, "penalties"),
]

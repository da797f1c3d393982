"""The sheet's columns of savings: shares, savings, withdrawal, social fund; and the rule that withdrawals follow."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.kinds import Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.savings_withdrawal import Held, check_withdrawal, most
from desktop.models.rules.sheet_parts import MemberFacts, SheetColumn, SheetFacts, SheetRow, cell
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


def none_expected(_facts: SheetFacts, _member: MemberFacts, _state: Attendance) -> int:
    """Expect nothing of anybody."""
    return 0


def no_check(_facts: SheetFacts, _member: MemberFacts, _value: int) -> list[Problem]:
    """Accept every amount."""
    return []


def _expected_shares(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return max(1, facts.rules.shares_min) if state.takes_part else 0


def _check_shares(facts: SheetFacts, member: MemberFacts, value: int) -> list[Problem]:
    if facts.rules.shares_min <= value <= facts.rules.shares_max:
        return []
    return [
        Problem.stop(
            "share-bounds",
            cell(member.id, "shares"),
            _("Quy chế cho mua từ {least} đến {most} cổ phần mỗi kỳ họp.").format(
                least=facts.rules.shares_min, most=facts.rules.shares_max
            ),
        )
    ]


def _expected_compulsory(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return facts.rules.compulsory_saving if state.takes_part else 0


def _expected_social(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return facts.rules.social_contribution if state.takes_part else 0


def _check_withdrawal(facts: SheetFacts, member: MemberFacts, value: int) -> list[Problem]:
    if value <= member.savings:
        return []
    return [
        Problem.stop(
            "overdrawn",
            cell(member.id, "withdrawal"),
            _("{member} chỉ còn {balance} tiết kiệm tự nguyện.").format(
                member=member.name, balance=show_dong(member.savings)
            ),
        )
    ]


def _held(member: MemberFacts, amounts: Mapping[str, int]) -> Held:
    """Return what a withdrawal is judged by: what is paid in and repaid in the same row counts."""
    balance = member.savings if member.savings_lowest is None else member.savings_lowest
    return Held(
        member.name,
        balance + amounts.get("savings", 0),
        member.owed - amounts.get("loan_principal", 0),
        member.noticed,
        member.notice_coming,
    )


def check_savings(facts: SheetFacts, member: MemberFacts, row: SheetRow) -> list[Problem]:
    """Return why a row's withdrawal may not be: minimum balance, a loan still open, no notice given."""
    amount = row.amounts.get("withdrawal", 0)
    return check_withdrawal(
        facts.savings_terms, _held(member, row.amounts), amount, cell(member.id, "withdrawal")
    )


def most_withdrawal(facts: SheetFacts, member: MemberFacts, amounts: Mapping[str, int]) -> int:
    """Return the most that a member may withdraw at the meeting, in đồng; `amounts` is what their row says."""
    return min(most(facts.savings_terms, _held(member, amounts)), max(member.savings, 0))


SAVINGS_COLUMNS: list[SheetColumn] = [
    SheetColumn(
        "shares",
        N_("Cổ phần"),
        EntryKind.SHARES_IN,
        lambda rules: rules.has_shares,
        _expected_shares,
        _check_shares,
        balance=lambda member: member.shares,
        counts_shares=True,
    ),
    SheetColumn(
        "compulsory",
        N_("TK bắt buộc"),
        EntryKind.COMPULSORY_IN,
        lambda rules: rules.compulsory_saving > 0,
        _expected_compulsory,
        no_check,
        balance=lambda member: member.compulsory,
    ),
    SheetColumn(
        "savings",
        N_("TK tự nguyện"),
        EntryKind.SAVINGS_IN,
        lambda rules: rules.voluntary_savings,
        none_expected,
        no_check,
        balance=lambda member: member.savings,
    ),
    SheetColumn(
        "withdrawal",
        N_("Rút tiết kiệm"),
        EntryKind.SAVINGS_OUT,
        lambda rules: rules.voluntary_savings and rules.withdrawals,
        none_expected,
        _check_withdrawal,
    ),
    SheetColumn(
        "social",
        N_("Quỹ xã hội"),
        EntryKind.SOCIAL_IN,
        lambda rules: rules.social_contribution > 0,
        _expected_social,
        no_check,
        balance=lambda member: member.social,
    ),
]

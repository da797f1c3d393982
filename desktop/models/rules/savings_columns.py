"""The sheet's columns of savings: shares, savings, withdrawal, social fund."""

from __future__ import annotations

from desktop.models.kinds import Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.sheet_parts import MemberFacts, SheetColumn, SheetFacts, cell
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

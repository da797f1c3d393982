"""The sheet's columns of fines: paid at once, written down as owed, and earlier ones paid now.

The list of the constitution proposes a fine from the attendance: who is there pays it, who is absent owes it. What
is owed stands on the sheet of every later meeting until it is paid or waived.
"""

from __future__ import annotations

from desktop.models.kinds import Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.savings_columns import no_check
from desktop.models.rules.sheet_parts import MemberFacts, SheetColumn, SheetFacts, cell
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


def _expected_fine(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return facts.rules.fine_for(state) if state.takes_part else 0


def _expected_owed(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return 0 if state.takes_part else facts.rules.fine_for(state)


def _expected_paid(_facts: SheetFacts, member: MemberFacts, state: Attendance) -> int:
    return member.fines_owed if state.takes_part else 0


def _check_paid(_facts: SheetFacts, member: MemberFacts, value: int) -> list[Problem]:
    if value <= member.fines_owed:
        return []
    return [
        Problem.stop(
            "fines-owed",
            cell(member.id, "fine_paid"),
            _("{member} chỉ còn nợ {owed} tiền phạt.").format(
                member=member.name, owed=show_dong(member.fines_owed)
            ),
        )
    ]


FINE_COLUMNS: list[SheetColumn] = [
    SheetColumn(
        "fine",
        N_("Tiền phạt"),
        EntryKind.FINE,
        lambda rules: bool(rules.fines),
        _expected_fine,
        no_check,
    ),
    SheetColumn(
        "fine_owed",
        N_("Phạt ghi nợ"),
        EntryKind.FINE_OWED,
        lambda rules: bool(rules.fines),
        _expected_owed,
        no_check,
    ),
    SheetColumn(
        "fine_paid",
        N_("Trả phạt nợ"),
        EntryKind.FINE_PAID,
        lambda rules: rules.owing,
        _expected_paid,
        _check_paid,
        balance=lambda member: member.fines_owed,
    ),
]

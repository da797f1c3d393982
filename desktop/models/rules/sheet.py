"""The meeting sheet: its columns, what is expected, what may not be, and what it posts.

A column is one `SheetColumn`; a module puts its columns into `SHEET_COLUMNS` here, in one place. The same
functions serve the screen while the clerk types and the service when the meeting is posted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models.ids import MemberId
from desktop.models.kinds import Account, Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.constitution import Rules
from desktop.models.rules.entries import Entry
from desktop.models.rules.fine_columns import FINE_COLUMNS
from desktop.models.rules.lender_columns import LENDER_COLUMNS
from desktop.models.rules.loan_columns import LOAN_COLUMNS, check_loans, loan_entries, row_payments
from desktop.models.rules.savings_columns import SAVINGS_COLUMNS, check_savings
from desktop.models.rules.sheet_parts import (
    CycleSpan,
    MemberFacts,
    Sheet,
    SheetColumn,
    SheetFacts,
    SheetRow,
    cell,
)
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, NOTES, show_dong
from resources.lang.messages import _

__all__ = [
    "NOTES",
    "SHEET_COLUMNS",
    "CycleSpan",
    "MemberFacts",
    "Sheet",
    "SheetColumn",
    "SheetFacts",
    "SheetRow",
    "Totals",
    "cell",
    "check",
    "columns_of",
    "count_value",
    "difference_entries",
    "filled",
    "member_entries",
    "row_payments",
    "totals",
]

_SMALL = 1_000
"""Nobody saves less than this many đồng: a smaller amount has lost its thousands."""

SHEET_COLUMNS: list[SheetColumn] = [*SAVINGS_COLUMNS, *LOAN_COLUMNS, *LENDER_COLUMNS, *FINE_COLUMNS]
"""All columns in the order of the meeting: savings and social fund, repayments, what is collected for a lender, fines."""


def columns_of(rules: Rules) -> list[SheetColumn]:
    """Return the columns that a group with these rules has."""
    return [column for column in SHEET_COLUMNS if column.applies(rules)]


def filled(facts: SheetFacts, rows: Sequence[SheetRow]) -> tuple[SheetRow, ...]:
    """Return the rows with what is expected keyed in wherever a cell is still empty (F5)."""
    by_id = {member.id: member for member in facts.members}
    columns = columns_of(facts.rules)
    done = []
    for row in rows:
        amounts = dict(row.amounts)
        for column in columns:
            if column.key not in amounts:
                value = column.expected(facts, by_id[row.member], row.attendance)
                if value:
                    amounts[column.key] = value
        done.append(SheetRow(row.member, row.attendance, amounts, row.note))
    return tuple(done)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a sheet, in đồng; `units` are the sums of columns counted in shares."""

    by_column: dict[str, int]
    units: dict[str, int]
    by_row: dict[MemberId, int]
    cash_in: int
    cash_out: int
    social_in: int
    social_out: int
    cash_after: int
    social_after: int
    counted: int | None
    social_counted: int | None
    taking_part: int

    @property
    def difference(self) -> int:
        """Return how much more (or less) was counted than the book says, in the loan-fund box."""
        return 0 if self.counted is None else self.counted - self.cash_after

    @property
    def social_difference(self) -> int:
        """Return how much more (or less) was counted than the book says, in the social-fund box."""
        return 0 if self.social_counted is None else self.social_counted - self.social_after


def count_value(counted: Mapping[int, int] | None) -> int | None:
    """Return the đồng of a count of notes, or None when nothing was counted."""
    return None if counted is None else sum(note * pieces for note, pieces in counted.items())


def totals(facts: SheetFacts, sheet: Sheet) -> Totals:
    """Return all sums of a sheet."""
    by_column: dict[str, int] = {}
    units: dict[str, int] = {}
    by_row: dict[MemberId, int] = {}
    moved = {(box, way): 0 for box in (Account.CASH, Account.SOCIAL_CASH) for way in (True, False)}
    for column in columns_of(facts.rules):
        key, comes_in, total = column.key, column.comes_in, 0
        for row in sheet.rows:
            value = row.amounts.get(key, 0)
            dong = column.dong(facts.rules, value)
            total += dong
            if column.counts_shares:
                units[key] = units.get(key, 0) + value
            if column.moves_cash:
                by_row[row.member] = by_row.get(row.member, 0) + (dong if comes_in else -dong)
        by_column[key] = total
        if column.moves_cash:
            moved[(column.box, comes_in)] += total
    cash_in, cash_out = moved[(Account.CASH, True)], moved[(Account.CASH, False)]
    social_in, social_out = moved[(Account.SOCIAL_CASH, True)], moved[(Account.SOCIAL_CASH, False)]
    return Totals(
        by_column,
        units,
        by_row,
        cash_in,
        cash_out,
        social_in,
        social_out,
        facts.cash + cash_in - cash_out,
        facts.social_cash + social_in - social_out,
        count_value(sheet.counted),
        count_value(sheet.social_counted),
        sum(row.attendance.takes_part for row in sheet.rows),
    )


def check(facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    """Return all that is wrong with a meeting, in the order of the screen; cells are named by `cell`."""
    return [
        *_check_day(facts, sheet),
        *_check_rows(facts, sheet),
        *_check_quorum(facts, sheet),
        *_check_count(facts, sheet),
    ]


def _check_day(facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    day = sheet.day
    if day > facts.today:
        return [Problem.stop("future", "day", _("Ngày họp {day} chưa tới.").format(day=show_day(day)))]
    if facts.cycle is None or not facts.cycle.starts <= day <= facts.cycle.ends:
        return [
            Problem.stop(
                "outside-cycle",
                "day",
                _("Ngày {day} ngoài mọi chu kỳ của nhóm: mở chu kỳ ở trang nhóm.").format(day=show_day(day)),
            )
        ]
    found = []
    if not facts.cycle.open:
        found.append(Problem.stop("cycle-closed", "day", _("Chu kỳ này đã kết thúc.")))
    if day in facts.other_days:
        found.append(
            Problem.stop(
                "day-taken", "day", _("Buổi họp ngày {day} đã ghi sổ rồi.").format(day=show_day(day))
            )
        )
    if facts.closed_through is not None and day <= facts.closed_through:
        found.append(
            Problem.stop(
                "closed-period",
                "day",
                _("Sổ đã khóa đến hết ngày {day}.").format(day=show_day(facts.closed_through)),
            )
        )
    return found


def _check_rows(facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    by_id = {member.id: member for member in facts.members}
    columns = {column.key: column for column in columns_of(facts.rules)}
    found: list[Problem] = []
    seen: set[MemberId] = set()
    if not sheet.rows:
        found.append(Problem.stop("no-members", "rows", _("Nhóm chưa có thành viên nào.")))
    for row in sheet.rows:
        member = by_id.get(row.member)
        if member is None:
            found.append(
                Problem.stop(
                    "not-member", cell(row.member, ""), _("Người này không thuộc nhóm vào ngày họp.")
                )
            )
            continue
        if row.member in seen:
            found.append(
                Problem.stop(
                    "twice", cell(row.member, ""), _("{member} có hai dòng.").format(member=member.name)
                )
            )
        seen.add(row.member)
        wrong = [
            problem
            for key, value in row.amounts.items()
            for problem in _check_amount(facts, member, columns.get(key), key, value)
        ]
        found += wrong or [*check_loans(facts, member, row), *check_savings(facts, member, row)]
    return found


def _check_amount(
    facts: SheetFacts, member: MemberFacts, column: SheetColumn | None, key: str, value: int
) -> list[Problem]:
    place = cell(member.id, key)
    if column is None:
        return [Problem.stop("no-column", place, _("Quy chế ngày này không có khoản này."))] if value else []
    if type(value) is not int:
        return [Problem.stop("amount", place, _("Số tiền phải là số nguyên đồng."))]
    if value == 0:
        return []
    if value < 0:
        return [Problem.stop("negative", place, _("Số tiền không được âm."))]
    if column.dong(facts.rules, value) > MAX_DONG:
        return [Problem.stop("too-big", place, _("Số tiền quá lớn."))]
    return [*column.check(facts, member, value), *_check_small(facts, member, column, place, value)]


def _check_small(
    facts: SheetFacts, member: MemberFacts, column: SheetColumn, place: str, value: int
) -> list[Problem]:
    """Ask about an amount of a few đồng: "50" is nearly always meant as 50.000. What is due (interest) may be odd."""
    if column.counts_shares or column.of_loans or value >= _SMALL:
        return []
    if value == column.expected(facts, member, Attendance.PRESENT):
        return []
    text = _("{member}: {title} chỉ {amount}. Nếu là {thousands} thì gõ {value}k.")
    return [
        Problem.warn(
            "small",
            place,
            text.format(
                member=member.name,
                title=column.name,
                amount=show_dong(value),
                thousands=show_dong(value * 1000),
                value=value,
            ),
        )
    ]


def _check_quorum(facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    needed = facts.rules.quorum_of(len(facts.members))
    present = sum(row.attendance.takes_part for row in sheet.rows)
    if present >= needed:
        return []
    return [
        Problem.stop(
            "quorum",
            "attendance",
            _("Chỉ có {present}/{all} người dự họp, quy chế cần ít nhất {needed} người.").format(
                present=present, all=len(facts.members), needed=needed
            ),
        )
    ]


def _check_count(facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    found: list[Problem] = []
    for field_name, counted in (("counted", sheet.counted), ("social_counted", sheet.social_counted)):
        if counted is not None and any(pieces < 0 or note not in NOTES for note, pieces in counted.items()):
            found.append(
                Problem.stop("count", field_name, _("Số tờ phải là số không âm của mệnh giá đang dùng."))
            )
    if found:
        return found
    sums = totals(facts, sheet)
    if sums.cash_after < 0:
        found.append(
            Problem.stop(
                "box-short",
                "counted",
                _("Hòm quỹ vay thiếu {short} để chi.").format(short=show_dong(-sums.cash_after)),
            )
        )
    if sums.social_after < 0:
        found.append(
            Problem.stop(
                "box-short",
                "social_counted",
                _("Hòm quỹ xã hội thiếu {short} để chi.").format(short=show_dong(-sums.social_after)),
            )
        )
    if sums.counted is None:
        found.append(Problem.warn("not-counted", "counted", _("Chưa kiểm đếm tiền trong hòm quỹ vay.")))
    if sums.social_counted is None and (facts.social_cash or sums.social_in):
        found.append(
            Problem.warn("not-counted", "social_counted", _("Chưa kiểm đếm tiền trong hòm quỹ xã hội."))
        )
    if (sums.difference or sums.social_difference) and not sheet.difference_reason.strip():
        found.append(
            Problem.stop(
                "difference",
                "difference_reason",
                _("Tiền đếm được lệch với sổ {difference}; hãy đếm lại hoặc ghi rõ lý do.").format(
                    difference=show_dong(sums.difference or sums.social_difference)
                ),
            )
        )
    return found


def member_entries(facts: SheetFacts, row: SheetRow) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Return what a row posts: the entries that bring money in, those that take it out, and what is only owed."""
    coming: list[Entry] = []
    going: list[Entry] = []
    owed: list[Entry] = []
    for column in columns_of(facts.rules):
        value = row.amounts.get(column.key, 0)
        if value > 0 and not column.of_loans:
            way = owed if not column.moves_cash else coming if column.comes_in else going
            way.append(column.entry(facts.rules, row.member, value))
    return [*coming, *loan_entries(facts, row)], going, owed


def difference_entries(sums: Totals) -> list[Entry]:
    """Return what the counted differences post: over or short, each box apart."""
    found = []
    for difference, over, short in (
        (sums.difference, EntryKind.OVER, EntryKind.SHORT),
        (sums.social_difference, EntryKind.SOCIAL_OVER, EntryKind.SOCIAL_SHORT),
    ):
        if difference:
            found.append(Entry(over if difference > 0 else short, abs(difference)))
    return found

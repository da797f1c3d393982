"""The meeting sheet: its columns as data, what is expected, what may not be, and what it posts.

A column is one `SheetColumn` in `SHEET_COLUMNS`; a module adds its columns to that list. The same functions
serve the screen while the clerk types and the service when the meeting is posted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.models.ids import CycleId, GroupId, MeetingId, MemberId
from desktop.models.kinds import EFFECTS, Account, Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.constitution import Rules
from desktop.models.rules.entries import Entry
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import N_, _

NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""The notes that are counted, in đồng."""


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as the sheet needs them: balances of the day before the meeting, in đồng; shares in units."""

    id: MemberId
    code: str
    name: str
    position: int
    savings: int = 0
    compulsory: int = 0
    shares: int = 0
    share_amount: int = 0
    social: int = 0
    fines: int = 0
    reminder: str = ""


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """The cycle that a meeting lies in."""

    id: CycleId
    number: int
    starts: date
    ends: date
    open: bool = True


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """All that the rules need to judge a meeting of `group` on `day`; boxes as they were before it, in đồng."""

    group: GroupId
    group_code: str
    group_name: str
    day: date
    today: date
    rules: Rules
    cycle: CycleSpan | None
    number: int
    members: tuple[MemberFacts, ...]
    cash: int = 0
    social_cash: int = 0
    other_days: frozenset[date] = frozenset()
    closed_through: date | None = None
    corrects: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What was keyed in for one member: attendance, a note, and amounts by column (đồng, or units of shares)."""

    member: MemberId
    attendance: Attendance = Attendance.PRESENT
    amounts: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole meeting as keyed in. `counted` maps a note's value to pieces; None: not counted."""

    day: date
    rows: tuple[SheetRow, ...]
    place: str = ""
    started: str = ""
    ended: str = ""
    chair: MemberId | None = None
    secretary: MemberId | None = None
    decisions: str = ""
    counted: Mapping[int, int] | None = None
    social_counted: Mapping[int, int] | None = None
    difference_reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the sheet.

    `applies` says which groups have it, `expected` what a member is expected to bring (in the column's unit),
    `entry` what an amount posts, `check` what is wrong with an amount. `counts_shares`: the unit is a share.
    """

    key: str
    title: str
    kind: EntryKind
    applies: Callable[[Rules], bool]
    expected: Callable[[SheetFacts, MemberFacts, Attendance], int]
    check: Callable[[SheetFacts, MemberFacts, int], list[Problem]]
    balance: Callable[[MemberFacts], int] | None = None
    counts_shares: bool = False

    @property
    def name(self) -> str:
        """Return the heading in the language in use."""
        return _(self.title)

    @property
    def box(self) -> Account:
        """Return the cash box that the column moves."""
        effect = EFFECTS[self.kind]
        return effect.debit if self.comes_in else effect.credit

    @property
    def comes_in(self) -> bool:
        """Tell whether the money comes into the box."""
        return EFFECTS[self.kind].debit in (Account.CASH, Account.SOCIAL_CASH)

    def dong(self, rules: Rules, value: int) -> int:
        """Return the đồng of a value of this column."""
        return value * rules.share_value if self.counts_shares else value

    def entry(self, rules: Rules, member: MemberId, value: int) -> Entry:
        """Return what `value` (more than 0) posts for a member."""
        units = value if self.counts_shares else 0
        return Entry(self.kind, self.dong(rules, value), member=member, units=units)


def _none_expected(_facts: SheetFacts, _member: MemberFacts, _state: Attendance) -> int:
    return 0


def _no_check(_facts: SheetFacts, _member: MemberFacts, _value: int) -> list[Problem]:
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


def _expected_fine(facts: SheetFacts, _member: MemberFacts, state: Attendance) -> int:
    return facts.rules.fine_for(state) if state.takes_part else 0


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


SHEET_COLUMNS: list[SheetColumn] = [
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
        _no_check,
        balance=lambda member: member.compulsory,
    ),
    SheetColumn(
        "savings",
        N_("TK tự nguyện"),
        EntryKind.SAVINGS_IN,
        lambda rules: rules.voluntary_savings,
        _none_expected,
        _no_check,
        balance=lambda member: member.savings,
    ),
    SheetColumn(
        "withdrawal",
        N_("Rút tiết kiệm"),
        EntryKind.SAVINGS_OUT,
        lambda rules: rules.voluntary_savings and rules.withdrawals,
        _none_expected,
        _check_withdrawal,
    ),
    SheetColumn(
        "social",
        N_("Quỹ xã hội"),
        EntryKind.SOCIAL_IN,
        lambda rules: rules.social_contribution > 0,
        _expected_social,
        _no_check,
        balance=lambda member: member.social,
    ),
    SheetColumn(
        "fine",
        N_("Tiền phạt"),
        EntryKind.FINE,
        lambda rules: bool(rules.fines),
        _expected_fine,
        _no_check,
    ),
]


def cell(member: MemberId, column: str) -> str:
    """Return the name of a cell of the sheet, as problems name it."""
    return f"{member}/{column}"


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
            by_row[row.member] = by_row.get(row.member, 0) + (dong if comes_in else -dong)
        by_column[key] = total
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
                _("Ngày {day} không nằm trong chu kỳ nào của nhóm.").format(day=show_day(day)),
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
        for key, value in row.amounts.items():
            found += _check_amount(facts, member, columns.get(key), key, value)
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
    return column.check(facts, member, value)


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


def member_entries(facts: SheetFacts, row: SheetRow) -> tuple[list[Entry], list[Entry]]:
    """Return what a row posts: the entries that bring money in, and those that take it out."""
    coming: list[Entry] = []
    going: list[Entry] = []
    for column in columns_of(facts.rules):
        value = row.amounts.get(column.key, 0)
        if value > 0:
            (coming if column.comes_in else going).append(column.entry(facts.rules, row.member, value))
    return coming, going


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

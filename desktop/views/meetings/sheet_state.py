"""What stands on the sheet while it is typed: immutable, also with what is not (yet) right.

The rules of `desktop.models.rules.sheet` judge a `Sheet` of numbers. Somebody typing also leaves text that is
no amount; it stays in `RowState.bad` until it is corrected, so that nothing typed is ever thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.models.problems import Problem
from desktop.models.rules import sheet as rules
from desktop.models.rules.loan_columns import FEE, INTEREST, PENALTY, PRINCIPAL
from desktop.models.rules.loan_sheet import sum_parts
from desktop.models.rules.sheet import NOTES, Sheet, SheetColumn, SheetFacts, SheetRow, cell
from resources.lang.dong import BadAmount, parse_dong, show_number
from resources.lang.messages import _
from resources.lang.names import nfc

BOXES = ("counted", "social_counted")
"""The two counts of a meeting, named as in `Sheet`: the loan fund's box and the social fund's box."""

MOST_PIECES = 10**9
MOST_SHARES = 10**6
LOAN_PARTS = {PRINCIPAL: "principal", INTEREST: "interest", FEE: "fees", PENALTY: "penalties"}
"""The columns of a repayment and the parts that the loan's rule splits it into."""
ATTENDANCE_ORDER = (
    Attendance.PRESENT,
    Attendance.LATE,
    Attendance.ABSENT,
    Attendance.EXCUSED,
    Attendance.REPRESENTED,
)
"""How Space goes round."""


@dataclass(frozen=True, slots=True)
class RowState:
    """One member's row. `touched` are columns keyed by hand, `filled` tells that F5 filled the others."""

    member: MemberId
    attendance: Attendance = Attendance.PRESENT
    amounts: Mapping[str, int] = field(default_factory=dict)
    bad: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    touched: frozenset[str] = frozenset()
    filled: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing was keyed in for this member."""
        plain = self.attendance is Attendance.PRESENT and not self.note
        return plain and not self.bad and not any(self.amounts.values())


@dataclass(frozen=True, slots=True)
class SheetState:
    """The whole sheet as typed. `counts` maps "counted/50000" to the text of a number of notes."""

    day: date
    rows: tuple[RowState, ...]
    place: str = ""
    started: str = ""
    ended: str = ""
    chair: MemberId | None = None
    secretary: MemberId | None = None
    decisions: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    difference_reason: str = ""
    reason: str = ""
    """Why a posted meeting is corrected; only then asked for."""

    def row(self, member: MemberId) -> RowState:
        """Return the row of a member; a fresh one when there is none yet."""
        return next((row for row in self.rows if row.member == member), RowState(member))

    def with_row(self, changed: RowState) -> SheetState:
        """Return the sheet with one row replaced, or added."""
        if any(row.member == changed.member for row in self.rows):
            rows = tuple(changed if row.member == changed.member else row for row in self.rows)
        else:
            rows = (*self.rows, changed)
        return replace(self, rows=rows)


# -- reading what is typed -----------------------------------------------------------------------------


def parse_value(column: SheetColumn, text: str) -> int | None:
    """Return the đồng (or the number of shares) that a text says, None for nothing. Raises BadAmount."""
    typed = nfc(text).strip()
    if not typed:
        return None
    if not column.counts_shares:
        return int(parse_dong(typed))
    if typed[0] in "-−–":
        raise BadAmount(_("Số cổ phần không được âm."))
    if not (typed.isascii() and typed.isdigit()):
        raise BadAmount(
            _("“{text}” không phải là số cổ phần. Hãy gõ số đếm, ví dụ 3.").format(text=typed[:40])
        )
    if len(typed) > 9 or int(typed) > MOST_SHARES:
        raise BadAmount(_("Số cổ phần quá lớn."))
    return int(typed)


def parse_pieces(text: str) -> int | None:
    """Return the number of notes that a text says, None for nothing. Raises BadAmount."""
    typed = "".join(nfc(text).split()).replace(".", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()):
        raise BadAmount(
            _("“{text}” không phải là số tờ. Hãy gõ số tờ đếm được, ví dụ 12.").format(text=text.strip()[:40])
        )
    if len(typed) > 12 or int(typed) > MOST_PIECES:
        raise BadAmount(_("Số tờ quá lớn."))
    return int(typed)


def show_value(value: int | None) -> str:
    """Return a cell's number as it stands on the sheet; nothing for an empty cell."""
    return "" if value is None else show_number(value)


# -- changing it ---------------------------------------------------------------------------------------


def with_cell(state: SheetState, member: MemberId, column: SheetColumn, text: str) -> SheetState:
    """Return the sheet with a cell typed; a text that is no amount stays there as it was typed."""
    row = state.row(member)
    amounts = {key: value for key, value in row.amounts.items() if key != column.key}
    bad = {key: value for key, value in row.bad.items() if key != column.key}
    try:
        value = parse_value(column, text)
    except BadAmount:
        bad[column.key] = nfc(text)
    else:
        if value is not None:
            amounts[column.key] = value
    return state.with_row(replace(row, amounts=amounts, bad=bad, touched=row.touched | {column.key}))


def with_attendance(
    facts: SheetFacts, state: SheetState, member: MemberId, attendance: Attendance
) -> SheetState:
    """Return the sheet with a member's attendance changed.

    Where F5 has filled the row, cells not keyed by hand follow: who turns out absent owes nothing today, who
    came late owes the fine.
    """
    row = replace(state.row(member), attendance=attendance)
    known = next((one for one in facts.members if one.id == member), None)
    if row.filled and known is not None:
        amounts = dict(row.amounts)
        for column in rules.columns_of(facts.rules):
            if column.key in row.touched or column.key in row.bad:
                continue
            value = column.expected(facts, known, attendance)
            amounts.pop(column.key, None)
            if value:
                amounts[column.key] = value
        row = replace(row, amounts=amounts)
    return state.with_row(row)


def next_attendance(attendance: Attendance) -> Attendance:
    """Return the attendance that Space goes on to."""
    place = ATTENDANCE_ORDER.index(attendance)
    return ATTENDANCE_ORDER[(place + 1) % len(ATTENDANCE_ORDER)]


def with_note(state: SheetState, member: MemberId, note: str) -> SheetState:
    """Return the sheet with a member's note."""
    return state.with_row(replace(state.row(member), note=nfc(note).strip()))


def fill(facts: SheetFacts, state: SheetState) -> SheetState:
    """Return the sheet with what is expected filled into the empty cells (F5): of who takes part what is to be paid,
    of who stays away the fine that is owed for it, as when the attendance is changed after filling."""
    shown = to_sheet(facts, state)
    done = {row.member: row for row in rules.filled(facts, shown.rows)}
    for member in facts.members:
        before = state.row(member.id)
        amounts = {key: value for key, value in done[member.id].amounts.items() if key not in before.bad}
        added = set(amounts) - set(before.amounts)
        state = state.with_row(replace(before, amounts=amounts, filled=True, touched=before.touched - added))
    return state


def split(facts: SheetFacts, state: SheetState, member: MemberId) -> SheetState:
    """Return the sheet with a member's repayment split over its columns as the loan's own rule splits it."""
    known = next((one for one in facts.members if one.id == member), None)
    row = state.row(member)
    if known is None:
        return state
    payments = rules.row_payments(facts, SheetRow(member, row.attendance, dict(row.amounts)))
    if not payments or any(payment.overpaid for payment in payments):
        return state
    amounts = {key: value for key, value in row.amounts.items() if key not in LOAN_PARTS}
    parts = sum_parts(payment.parts for payment in payments)
    for key, part in LOAN_PARTS.items():
        if getattr(parts, part):
            amounts[key] = getattr(parts, part)
    return state.with_row(replace(row, amounts=amounts, touched=row.touched | set(LOAN_PARTS)))


def with_count(state: SheetState, box: str, note: int, text: str) -> SheetState:
    """Return the sheet with the number of notes of one value typed."""
    counts = {key: value for key, value in state.counts.items() if key != f"{box}/{note}"}
    if text.strip():
        counts[f"{box}/{note}"] = nfc(text)
    return replace(state, counts=counts)


# -- what it says --------------------------------------------------------------------------------------


def new_state(
    facts: SheetFacts, chair: MemberId | None = None, secretary: MemberId | None = None
) -> SheetState:
    """Return an empty sheet of a meeting: everybody present, place and time as the constitution says."""
    return SheetState(
        day=facts.day,
        rows=tuple(RowState(member.id) for member in facts.members),
        place=facts.rules.meeting_place,
        started=facts.rules.meeting_time,
        chair=chair,
        secretary=secretary,
    )


def from_sheet(sheet: Sheet, reason: str = "") -> SheetState:
    """Return the state of a sheet that was posted, for its correction."""
    counts: dict[str, str] = {}
    for box in BOXES:
        for note, pieces in (getattr(sheet, box) or {}).items():
            counts[f"{box}/{note}"] = show_number(pieces)
        if getattr(sheet, box) is not None and not any(key.startswith(f"{box}/") for key in counts):
            counts[f"{box}/{NOTES[0]}"] = "0"  # counted, and the box was empty
    return SheetState(
        day=sheet.day,
        rows=tuple(
            RowState(row.member, row.attendance, dict(row.amounts), {}, row.note) for row in sheet.rows
        ),
        place=sheet.place,
        started=sheet.started,
        ended=sheet.ended,
        chair=sheet.chair,
        secretary=sheet.secretary,
        decisions=sheet.decisions,
        counts=counts,
        difference_reason=sheet.difference_reason,
        reason=reason,
    )


def to_sheet(facts: SheetFacts, state: SheetState) -> Sheet:
    """Return the numbers on the sheet, in the members' order of its day; text that is no amount counts nothing."""
    rows = (state.row(member.id) for member in facts.members)
    return Sheet(
        day=state.day,
        rows=tuple(SheetRow(row.member, row.attendance, dict(row.amounts), row.note) for row in rows),
        place=state.place.strip(),
        started=state.started.strip(),
        ended=state.ended.strip(),
        chair=state.chair,
        secretary=state.secretary,
        decisions=state.decisions.strip(),
        counted=_count(state, "counted"),
        social_counted=_count(state, "social_counted"),
        difference_reason=state.difference_reason.strip(),
    )


def _count(state: SheetState, box: str) -> dict[int, int] | None:
    """Return the notes of a box, None when nothing was counted."""
    found: dict[int, int] = {}
    for note in NOTES:
        try:
            pieces = parse_pieces(state.counts.get(f"{box}/{note}", ""))
        except BadAmount:
            continue
        if pieces is not None:
            found[note] = pieces
    return found or None


def parked(facts: SheetFacts, state: SheetState) -> list[RowState]:
    """Return rows with something keyed in for people who do not belong to the group on the sheet's day."""
    members = {member.id for member in facts.members}
    return [row for row in state.rows if row.member not in members and not row.empty]


def problems(facts: SheetFacts, state: SheetState, sheet: Sheet) -> list[Problem]:
    """Return all that is wrong: text that is no amount first, then what the rules say."""
    found = [*_bad_cells(facts, state), *_bad_counts(state)]
    if parked(facts, state):
        found.append(
            Problem.stop(
                "parked",
                "day",
                _(
                    "Có dòng đã nhập của người không thuộc nhóm vào ngày này. Hãy chọn lại ngày họp, "
                    "hoặc bấm “Bỏ dòng thừa”."
                ),
            )
        )
    return found + rules.check(facts, sheet)


def _bad_cells(facts: SheetFacts, state: SheetState) -> Iterable[Problem]:
    columns = {column.key: column for column in rules.columns_of(facts.rules)}
    for member in facts.members:
        for key, text in state.row(member.id).bad.items():
            if key in columns:
                try:
                    parse_value(columns[key], text)
                except BadAmount as complaint:
                    yield Problem.stop("amount", cell(member.id, key), str(complaint))


def _bad_counts(state: SheetState) -> Iterable[Problem]:
    for key, text in state.counts.items():
        try:
            parse_pieces(text)
        except BadAmount as complaint:
            yield Problem.stop("count", key, str(complaint))

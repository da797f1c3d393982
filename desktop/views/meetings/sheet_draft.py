"""The sheet being typed, with its sums, its problems and its steps back: what the widgets of the page share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.models.problems import Level, Problem
from desktop.models.rules import sheet as rules
from desktop.models.rules.sheet import MemberFacts, Sheet, SheetColumn, SheetFacts, Totals, cell
from desktop.views.meetings import sheet_state as states
from desktop.views.meetings.sheet_state import SheetState
from resources.lang.messages import _

_HEADER_MERGE = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the sheet: a cell (member and column), or a field outside the table (member 0)."""

    member: int
    column: str


class _Step(QUndoCommand):
    """From one state to the next. Keystrokes in one field outside the table are one step."""

    def __init__(self, draft: SheetDraft, after: SheetState, text: str, spot: Spot, merges: bool) -> None:
        super().__init__(text)
        self._draft, self._before, self._after = draft, draft.state, after
        self._spot, self._merges, self._first = spot, merges, True

    def id(self) -> int:
        return _HEADER_MERGE if self._merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or other._spot != self._spot:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        spot = None if self._first else self._spot
        self._first = False
        self._draft._take(self._after, spot)

    def undo(self) -> None:
        self._draft._take(self._before, self._spot)


class SheetDraft(QObject):
    """Holds the state, judges it after every change, and says that it changed."""

    changed = Signal()
    """The state, the sums or the problems are others now."""
    rebuilt = Signal()
    """Other members or other columns: tables start anew."""
    went_to = Signal(object)
    """A step back or forth was made at this `Spot`."""

    def __init__(
        self, facts: SheetFacts, state: SheetState, *, readonly: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.facts = facts
        self.state = state
        self.readonly = readonly
        self.stack = QUndoStack(self)
        self.columns: list[SheetColumn] = []
        self.sheet: Sheet
        self.totals: Totals
        self.problems: list[Problem] = []
        self.by_field: Mapping[str, list[Problem]] = {}
        self._judge()

    # -- reading ---------------------------------------------------------------------------------------

    @property
    def members(self) -> tuple[MemberFacts, ...]:
        """Return the members in the group's order: the rows of the sheet."""
        return self.facts.members

    def problems_at(self, member: int, column: str) -> list[Problem]:
        """Return what is wrong with a cell; a problem of the whole row belongs to its attendance."""
        found = list(self.by_field.get(cell(MemberId(member), column), ()))
        if column == "attendance":
            found += self.by_field.get(cell(MemberId(member), ""), ())
        return found

    def problem_spots(self) -> list[Spot]:
        """Return where something stops the posting, in the order of the screen."""
        found: list[Spot] = []
        rows = {f"{member.id}": member.id for member in self.members}
        for problem in self.problems:
            if problem.level is not Level.STOP:
                continue
            head, _slash, column = problem.field.partition("/")
            spot = Spot(rows[head], column or "attendance") if head in rows else Spot(0, problem.field)
            if spot not in found:
                found.append(spot)
        order = {member.id: place for place, member in enumerate(self.members)}
        return sorted(found, key=lambda spot: order.get(MemberId(spot.member), len(order)))

    @property
    def stops(self) -> int:
        """Return how many places must be corrected before the meeting can be posted."""
        return len(self.problem_spots())

    # -- writing ---------------------------------------------------------------------------------------

    def type_cell(self, member: MemberId, column: SheetColumn, text: str) -> None:
        """Type into a cell of money or shares."""
        self._do(states.with_cell(self.state, member, column, text), column.name, Spot(member, column.key))

    def type_note(self, member: MemberId, text: str) -> None:
        """Type a member's note."""
        self._do(states.with_note(self.state, member, text), _("Ghi chú"), Spot(member, "note"))

    def set_attendance(self, member: MemberId, attendance: Attendance) -> None:
        """Say how a member takes part."""
        after = states.with_attendance(self.facts, self.state, member, attendance)
        self._do(after, _("Điểm danh"), Spot(member, "attendance"))

    def cycle_attendance(self, member: MemberId) -> None:
        """Go on to the next way of taking part (Space)."""
        self.set_attendance(member, states.next_attendance(self.state.row(member).attendance))

    def fill(self, spot: Spot) -> int:
        """Fill what is expected into empty cells (F5); returns how many cells were filled."""
        after = states.fill(self.facts, self.state)
        before = sum(len(row.amounts) for row in self.state.rows)
        self._do(after, _("Điền khoản cần đóng"), spot)
        return sum(len(row.amounts) for row in after.rows) - before

    def split(self, spot: Spot) -> None:
        """Split a member's repayment as the loan's rule does (F8)."""
        after = states.split(self.facts, self.state, MemberId(spot.member))
        self._do(after, _("Chia tiền trả nợ"), spot)

    def type_count(self, box: str, note: int, text: str) -> None:
        """Type a number of notes."""
        after = states.with_count(self.state, box, note, text)
        self._do(after, _("Đếm tiền"), Spot(0, f"{box}/{note}"), merges=True)

    def set_field(self, name: str, value: Any) -> None:
        """Set a field outside the table: place, started, ended, chair, secretary, decisions, reasons, day."""
        merges = name not in ("day", "chair", "secretary")
        after = replace(self.state, **{name: value})
        self._do(after, _("Đầu phiếu"), Spot(0, name), merges=merges)

    def set_rows(self, after: SheetState, text: str, spot: Spot) -> None:
        """Change several cells in one step (pasting, dropping rows)."""
        self._do(after, text, spot)

    def take_facts(self, facts: SheetFacts) -> None:
        """Judge by the facts of another day: its members, its rules, its balances. What was typed stays."""
        self.facts = facts
        self._judge()
        self.rebuilt.emit()
        self.changed.emit()

    def start_over(self, facts: SheetFacts, state: SheetState) -> None:
        """Begin with another state, without a way back (a draft thrown away)."""
        self.stack.clear()
        self.state = state
        self.take_facts(facts)

    def drop_parked(self) -> None:
        """Throw away rows of people who do not belong to the group on the sheet's day."""
        members = {member.id for member in self.members}
        kept = tuple(row for row in self.state.rows if row.member in members)
        self._do(replace(self.state, rows=kept), _("Bỏ dòng thừa"), Spot(0, "day"))

    @property
    def day(self) -> date:
        """Return the day of the meeting as typed."""
        return self.state.day

    # -- inside ----------------------------------------------------------------------------------------

    def _do(self, after: SheetState, text: str, spot: Spot, *, merges: bool = False) -> None:
        if self.readonly or after == self.state:
            return
        self.stack.push(_Step(self, after, text, spot, merges))

    def _take(self, state: SheetState, spot: Spot | None) -> None:
        self.state = state
        self._judge()
        self.changed.emit()
        if spot is not None:
            self.went_to.emit(spot)

    def _judge(self) -> None:
        self.columns = rules.columns_of(self.facts.rules)
        self.sheet = states.to_sheet(self.facts, self.state)
        self.totals = rules.totals(self.facts, self.sheet)
        self.problems = states.problems(self.facts, self.state, self.sheet)
        by_field: dict[str, list[Problem]] = {}
        for problem in self.problems:
            by_field.setdefault(problem.field, []).append(problem)
        self.by_field = by_field

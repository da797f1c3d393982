"""The attendance sheet of a class as it is typed: the meeting's draft, with hours in place of money.

The state is the meeting's own (`SheetState`), so that it is kept and opened again by the same text: minutes stand in the
column "hours", and how long the session was held, as typed, stands in `place`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.models.problems import Problem
from desktop.models.rules.sheet_parts import cell
from desktop.models.rules.training.attendance import (
    HOURS,
    AttendanceRow,
    AttendanceSheet,
    Learner,
    SessionFacts,
    check_sheet,
    filled,
    takes_part,
)
from desktop.models.rules.training.words import read_hours, show_hours
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_state import RowState, SheetState
from resources.lang.messages import _
from resources.lang.names import nfc

STATES = (Attendance.PRESENT, Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED)
"""How Space goes round: nobody learns for somebody else."""


@dataclass(frozen=True, slots=True)
class HoursTotals:
    """The sums of a sheet, in minutes; named as the meeting's are, so that the same widgets show them."""

    by_row: Mapping[MemberId, int]
    by_column: Mapping[str, int]
    units: Mapping[str, int]
    taking_part: int


def state_of(facts: SessionFacts, sheet: AttendanceSheet) -> SheetState:
    """Return a kept sheet as it is typed; everybody of the class has a row."""
    kept = {row.member: row for row in sheet.rows}
    rows = []
    for learner in facts.learners:
        row = kept.get(learner.id, AttendanceRow(learner.id))
        amounts = {HOURS: row.minutes} if row.minutes else {}
        rows.append(RowState(learner.id, row.state, amounts, note=row.note))
    return SheetState(facts.day, tuple(rows), place=show_hours(sheet.held))


class HoursDraft(SheetDraft):
    """Holds what is typed of a session and judges it after every change.

    That hours are still missing is said only once somebody wanted to keep the sheet (`strict`): before, the sheet is just new.
    """

    facts: SessionFacts  # type: ignore[assignment]
    sheet: AttendanceSheet  # type: ignore[assignment]
    totals: HoursTotals  # type: ignore[assignment]

    def __init__(
        self, facts: SessionFacts, state: SheetState, *, readonly: bool = False, parent: QObject | None = None
    ) -> None:
        self.strict = False
        super().__init__(facts, state, readonly=readonly, parent=parent)  # type: ignore[arg-type]

    @property
    def members(self) -> tuple[Learner, ...]:  # type: ignore[override]
        """Return the learners by name: the rows of the sheet."""
        return self.facts.learners

    # -- writing ---------------------------------------------------------------------------------------

    def type_hours(self, member: MemberId, text: str) -> None:
        """Type how long somebody was there."""
        after = with_hours(self.state, member, text)
        self._do(after, _("Số giờ"), Spot(member, HOURS))

    def set_attendance(self, member: MemberId, attendance: Attendance) -> None:
        """Say whether somebody was there; who was not has no hours."""
        if attendance not in STATES:
            return
        row = self.state.row(member)
        changed = replace(row, attendance=attendance)
        if not takes_part(attendance):
            changed = replace(changed, amounts={}, bad={})
        self._do(self.state.with_row(changed), _("Điểm danh"), Spot(member, "attendance"))

    def cycle_attendance(self, member: MemberId) -> None:
        """Go on to the next way of taking part (Space)."""
        here = STATES.index(self.state.row(member).attendance)
        self.set_attendance(member, STATES[(here + 1) % len(STATES)])

    def fill(self, spot: Spot) -> int:
        """Give the session's hours to everybody who was there and has none (F5); returns how many were given."""
        done = {row.member: row.minutes for row in filled(self.facts, self.sheet).rows}
        after, count = self.state, 0
        for row in self.state.rows:
            minutes = done.get(row.member, 0)
            if takes_part(row.attendance) and not row.amounts.get(HOURS) and not row.bad and minutes:
                after, count = after.with_row(replace(row, amounts={HOURS: minutes})), count + 1
        self._do(after, _("Điền số giờ"), spot)
        return count

    def split(self, spot: Spot) -> None:
        """Do nothing: there is nothing to split in hours."""

    def set_field(self, name: str, value: Any) -> None:
        """Set the hours of the session as typed (field "held")."""
        self._do(replace(self.state, place=value), _("Số giờ của buổi"), Spot(0, name), merges=True)

    def insist(self) -> None:
        """From now on say of everybody who was there that hours are missing."""
        self.strict = True
        self._judge()
        self.changed.emit()

    # -- inside ----------------------------------------------------------------------------------------

    def _judge(self) -> None:
        self.columns = []
        held = read_hours(self.state.place) or 0
        known = {learner.id for learner in self.facts.learners}
        rows = [row for row in self.state.rows if row.member in known]
        self.sheet = AttendanceSheet(
            held,
            tuple(
                AttendanceRow(row.member, row.attendance, row.amounts.get(HOURS, 0), row.note) for row in rows
            ),
        )
        minutes = {row.member: row.minutes for row in self.sheet.rows}
        self.totals = HoursTotals(
            minutes,
            {HOURS: sum(minutes.values())},
            {},
            sum(takes_part(row.attendance) for row in rows),
        )
        wrong = {cell(row.member, HOURS) for row in rows if row.bad}
        found = [
            problem
            for problem in check_sheet(self.facts, self.sheet)
            if (self.strict or problem.code != "empty") and problem.field not in wrong
        ]
        found += [
            Problem.stop("unreadable", cell(row.member, HOURS), _unreadable(row.bad[HOURS]))
            for row in rows
            if row.bad
        ]
        self.problems = found
        by_field: dict[str, list[Problem]] = {}
        for problem in found:
            by_field.setdefault(problem.field, []).append(problem)
        self.by_field = by_field


def with_hours(state: SheetState, member: MemberId, text: str) -> SheetState:
    """Return the state with hours typed for somebody, right or wrong; hours make an absent person present."""
    row, typed = state.row(member), nfc(text).strip()
    minutes = read_hours(typed) if typed else 0
    if minutes is None:
        return state.with_row(replace(row, amounts={}, bad={HOURS: typed}))
    attendance = Attendance.PRESENT if minutes and not takes_part(row.attendance) else row.attendance
    amounts = {HOURS: minutes} if minutes else {}
    return state.with_row(replace(row, attendance=attendance, amounts=amounts, bad={}))


def _unreadable(text: str) -> str:
    return _("“{text}” không phải số giờ. Hãy gõ ví dụ 3,5 hoặc 3:30.").format(text=text[:40])

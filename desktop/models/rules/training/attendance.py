"""The attendance sheet of one session: who came for how long, checked while it is typed and when it is kept.

Cells are named "member/column", like those of a meeting's sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.ids import EnrolmentId, MemberId
from desktop.models.kinds import Attendance
from desktop.models.problems import Problem
from desktop.models.rules.sheet_parts import cell
from desktop.models.rules.training.classes import MOST_SESSION
from desktop.models.rules.training.words import show_hours
from resources.lang.dates import show_day
from resources.lang.messages import _

HOURS = "hours"
STATE = "attendance"


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody on the sheet: `other` are the minutes of all other sessions, `needed` those that a certificate
    already given rests on (0 without one), `reminder` what the session must mind of the person.
    """

    id: MemberId
    enrolment: EnrolmentId
    code: str
    name: str
    other: int = 0
    needed: int = 0
    certificate: str = ""
    reminder: str = ""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """All that is needed to judge the sheet of a session; times in minutes."""

    class_name: str
    number: int
    day: date
    today: date
    planned: int
    course_minutes: int
    learners: tuple[Learner, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """What was typed for one learner; minutes may be wrong, the check says so."""

    member: MemberId
    state: Attendance = Attendance.PRESENT
    minutes: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """A session's sheet as typed: how long it was held, in minutes, and a row for each learner."""

    held: int
    rows: tuple[AttendanceRow, ...]


def takes_part(state: Attendance) -> bool:
    """Tell whether somebody was there: nobody learns for somebody else."""
    return state in (Attendance.PRESENT, Attendance.LATE)


def filled(facts: SessionFacts, sheet: AttendanceSheet) -> AttendanceSheet:
    """Return the sheet with the session's hours wherever somebody was there and no hours were typed (F5).

    Nobody is given more than what is left of the course's hours.
    """
    others = {learner.id: learner.other for learner in facts.learners}
    rows = []
    for row in sheet.rows:
        minutes = row.minutes
        if takes_part(row.state) and minutes == 0:
            minutes = max(0, min(sheet.held, facts.course_minutes - others.get(row.member, 0)))
        rows.append(AttendanceRow(row.member, row.state, minutes, row.note))
    return AttendanceSheet(sheet.held, tuple(rows))


def check_sheet(facts: SessionFacts, sheet: AttendanceSheet) -> list[Problem]:
    """Return what is wrong with a sheet: of the session at its fields, of a learner at the cell."""
    found = []
    if facts.day > facts.today:
        text = _("Buổi ngày {day} chưa tới, chưa điểm danh được.").format(day=show_day(facts.day))
        found.append(Problem.stop("future", "day", text))
    if sheet.held <= 0:
        found.append(Problem.stop("hours", "held", _("Số giờ đã dạy phải lớn hơn 0.")))
    elif sheet.held > MOST_SESSION:
        found.append(Problem.stop("hours", "held", _("Một buổi không quá 12 giờ.")))
    learners = {learner.id: learner for learner in facts.learners}
    for row in sheet.rows:
        learner = learners.get(row.member)
        if learner is None:
            text = _("Người này không học lớp này vào ngày của buổi.")
            found.append(Problem.stop("stranger", cell(row.member, STATE), text))
        else:
            found += check_row(facts, sheet.held, learner, row)
    if not sheet.rows:
        text = _("Lớp chưa có người học vào ngày này. Hãy ghi danh trước.")
        found.append(Problem.stop("nobody", "", text))
    return found


def check_row(facts: SessionFacts, held: int, learner: Learner, row: AttendanceRow) -> list[Problem]:
    """Return what is wrong with one learner's row."""
    at = cell(row.member, HOURS)
    if row.state is Attendance.REPRESENTED:
        return [Problem.stop("state", cell(row.member, STATE), _("Không ai học thay người khác được."))]
    if row.minutes < 0:
        return [Problem.stop("negative", at, _("Số giờ không thể âm."))]
    if not takes_part(row.state) and row.minutes:
        return [
            Problem.stop(
                "absent", at, _("Người vắng mặt không có giờ học. Hãy xóa số giờ, hoặc đổi điểm danh.")
            )
        ]
    if takes_part(row.state) and not row.minutes:
        return [Problem.stop("empty", at, _("Có mặt nhưng chưa ghi số giờ. F5 điền số giờ của buổi."))]
    if row.minutes > held:
        text = _("{hours} giờ là nhiều hơn số giờ đã dạy của buổi ({held} giờ).")
        return [
            Problem.stop("session", at, text.format(hours=show_hours(row.minutes), held=show_hours(held)))
        ]
    total = learner.other + row.minutes
    if total > facts.course_minutes:
        text = _("Cộng các buổi là {total} giờ, nhiều hơn số giờ của khóa học ({course} giờ).")
        return [
            Problem.stop(
                "course",
                at,
                text.format(total=show_hours(total), course=show_hours(facts.course_minutes)),
            )
        ]
    if learner.certificate and total < learner.needed:
        text = _(
            "Người này đã có giấy chứng nhận {number}, cần ít nhất {needed} giờ. Hãy thu hồi giấy trước."
        )
        return [
            Problem.stop(
                "certified", at, text.format(number=learner.certificate, needed=show_hours(learner.needed))
            )
        ]
    return []

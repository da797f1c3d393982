"""What is right about a class and its sessions: days, hours, seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.problems import Problem
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _

HOUR = 60
MOST_SESSION = 12 * HOUR
MOST_SEATS = 500
LONGEST_DAYS = 731


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What is there already in a class: the days of its sessions, the days of enrolment, how many sit in it."""

    sessions: tuple[date, ...] = ()
    learners: int = 0
    held: bool = False


def check_class(
    name: str, starts: date | None, ends: date | None, cost: int, capacity: int | None, facts: ClassFacts
) -> list[Problem]:
    """Return what is wrong with a class, each problem at its field."""
    found = []
    if not name.strip():
        found.append(Problem.stop("missing", "name", _("Cần đặt tên lớp.")))
    if starts is None:
        found.append(Problem.stop("missing", "starts", _("Cần ghi ngày khai giảng.")))
    elif facts.sessions and min(facts.sessions) < starts:
        text = _("Lớp đã có buổi ngày {day}, ngày khai giảng không thể sau ngày đó.")
        found.append(Problem.stop("sessions", "starts", text.format(day=show_day(min(facts.sessions)))))
    if ends is None:
        found.append(Problem.stop("missing", "ends", _("Cần ghi ngày bế giảng dự kiến.")))
    elif starts is not None and ends < starts:
        found.append(Problem.stop("order", "ends", _("Ngày bế giảng trước ngày khai giảng.")))
    elif starts is not None and (ends - starts).days > LONGEST_DAYS:
        found.append(Problem.stop("long", "ends", _("Một lớp không kéo dài quá hai năm.")))
    elif facts.sessions and max(facts.sessions) > ends:
        text = _("Lớp đã có buổi ngày {day}, ngày bế giảng không thể trước ngày đó.")
        found.append(Problem.stop("sessions", "ends", text.format(day=show_day(max(facts.sessions)))))
    if not 0 <= cost <= MAX_DONG:
        found.append(Problem.stop("cost", "cost", _("Kinh phí phải từ 0.")))
    if capacity is None or not 1 <= capacity <= MOST_SEATS:
        text = _("Số chỗ phải từ 1 đến {most}.").format(most=MOST_SEATS)
        found.append(Problem.stop("capacity", "capacity", text))
    elif capacity < facts.learners:
        text = _("Lớp đã có {learners} người học, số chỗ không thể ít hơn.")
        found.append(Problem.stop("capacity", "capacity", text.format(learners=facts.learners)))
    return found


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as planned: its day and minutes."""

    day: date | None
    minutes: int | None


def check_session(
    session: Planned, starts: date, ends: date, course_minutes: int, others: int, *, held: bool, today: date
) -> list[Problem]:
    """Return what is wrong with a session. `others`: the minutes of the class's other sessions.

    More hours than the course has are only warned about: a session may be taught again for those who missed it.
    """
    found = []
    if session.day is None:
        found.append(Problem.stop("missing", "day", _("Cần ghi ngày của buổi.")))
    elif session.day < starts:
        text = _("Buổi học ngày {day} trước ngày khai giảng ({starts}).")
        found.append(
            Problem.stop("before", "day", text.format(day=show_day(session.day), starts=show_day(starts)))
        )
    elif session.day > ends:
        text = _("Buổi học ngày {day} sau ngày bế giảng ({ends}). Hãy sửa ngày bế giảng của lớp trước.")
        found.append(
            Problem.stop("after", "day", text.format(day=show_day(session.day), ends=show_day(ends)))
        )
    elif held and session.day > today:
        text = _("Buổi đã điểm danh không thể ở tương lai.")
        found.append(Problem.stop("future", "day", text))
    if session.minutes is None or session.minutes <= 0:
        found.append(Problem.stop("hours", "planned", _("Số giờ của buổi phải lớn hơn 0.")))
    elif session.minutes > MOST_SESSION:
        found.append(Problem.stop("hours", "planned", _("Một buổi không quá 12 giờ.")))
    elif others + session.minutes > course_minutes:
        text = _("Cộng các buổi sẽ nhiều hơn số giờ của khóa học. Chỉ ghi nếu đây là buổi học bù.")
        found.append(Problem.warn("over", "planned", text))
    return found

"""What is right about a group, the days of its cycles, and a change of its constitution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.problems import Problem
from resources.lang.dates import show_day
from resources.lang.messages import _

LONGEST_NAME = 120
LONGEST_CYCLE = 10
"""Years of a cycle at most; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class CycleDays:
    """A cycle already there; both days belong to it."""

    number: int
    starts: date
    ends: date
    is_open: bool


def check_group(name: str, founded: date | None, closed: date | None, today: date) -> list[Problem]:
    """Return what is wrong with a group's own data."""
    problems = []
    if not name:
        problems.append(Problem.stop("name-missing", "name", _("Hãy nhập tên nhóm.")))
    if len(name) > LONGEST_NAME:
        text = _("Tên nhóm dài quá {count} chữ.").format(count=LONGEST_NAME)
        problems.append(Problem.stop("name-long", "name", text))
    if founded is not None and founded > today:
        problems.append(Problem.stop("founded-future", "founded", _("Ngày thành lập ở trong tương lai.")))
    if closed is not None and founded is not None and closed < founded:
        problems.append(Problem.stop("closed-early", "closed", _("Ngày giải thể trước ngày thành lập.")))
    return problems


def check_cycle(
    starts: date,
    ends: date,
    others: Sequence[CycleDays],
    *,
    first_meeting: date | None = None,
    last_meeting: date | None = None,
) -> list[Problem]:
    """Return what is wrong with a cycle's days beside the group's `others` and the meetings it holds already."""
    if ends < starts:
        return [Problem.stop("cycle-order", "ends", _("Ngày kết thúc chu kỳ trước ngày bắt đầu."))]
    problems = []
    if (ends - starts).days > LONGEST_CYCLE * 366:
        text = _("Chu kỳ dài quá {years} năm. Hãy xem lại năm.").format(years=LONGEST_CYCLE)
        problems.append(Problem.stop("cycle-long", "ends", text))
    for other in others:
        if starts <= other.ends and other.starts <= ends:
            text = _("Trùng ngày với chu kỳ {number} ({starts} – {ends}).").format(
                number=other.number, starts=show_day(other.starts), ends=show_day(other.ends)
            )
            problems.append(Problem.stop("cycle-overlap", "starts", text))
    if first_meeting is not None and first_meeting < starts:
        text = _("Chu kỳ này đã có buổi họp ngày {day}, trước ngày bắt đầu.").format(
            day=show_day(first_meeting)
        )
        problems.append(Problem.stop("cycle-meeting", "starts", text))
    if last_meeting is not None and last_meeting > ends:
        text = _("Chu kỳ này đã có buổi họp ngày {day}, sau ngày kết thúc.").format(
            day=show_day(last_meeting)
        )
        problems.append(Problem.stop("cycle-meeting", "ends", text))
    return problems


def check_opening(others: Sequence[CycleDays]) -> list[Problem]:
    """Return the problem of opening a cycle while another one is still open."""
    for other in others:
        if other.is_open:
            text = _("Chu kỳ {number} còn mở; hãy kết thúc chu kỳ đó trước.").format(number=other.number)
            return [Problem.stop("cycle-open", "starts", text)]
    return []


def check_valid_from(valid_from: date, last_meeting: date | None) -> list[Problem]:
    """Return the problem of rules that would reach back over a meeting held under other rules."""
    if last_meeting is None or valid_from > last_meeting:
        return []
    text = _(
        "Đã có buổi họp ngày {day}. Quy chế mới chỉ áp dụng từ sau buổi họp đó; các buổi trước giữ quy chế cũ."
    )
    return [Problem.stop("rules-past", "valid_from", text.format(day=show_day(last_meeting)))]

"""What is wrong with a decision on a loan: its day, the meeting it was taken at, the votes, the names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.problems import Problem
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold


def check_decision_day(day: date, applied_on: date, today: date, met_on: date | None = None) -> list[Problem]:
    """Return what is wrong with the day of a decision; `met_on` is the day of the meeting it was taken at."""
    found = []
    if day > today:
        found.append(Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(day))))
    if day < applied_on:
        text = _("Đơn vay ghi ngày {applied}. Hãy ghi ngày quyết định từ đó trở đi, hoặc sửa ngày làm đơn.")
        found.append(Problem.stop("before-application", "day", text.format(applied=show_day(applied_on))))
    if met_on is not None and day != met_on:
        text = _("Buổi họp đã chọn họp ngày {met}. Hãy ghi ngày duyệt là ngày đó, hoặc chọn buổi họp khác.")
        found.append(Problem.stop("meeting-day", "day", text.format(met=show_day(met_on))))
    return found


def check_vote(present: int, in_favour: int, against: int, members: int, needed: int) -> list[Problem]:
    """Return what is wrong with a vote of a group of `members`, of whom `needed` must be there."""
    found = []
    if min(present, in_favour, against) < 0 or present > members:
        found.append(
            Problem.stop("present", "present", _("Số người dự họp phải từ 0 đến {n}.").format(n=members))
        )
    if in_favour + against > present:
        found.append(Problem.stop("votes", "in_favour", _("Số phiếu nhiều hơn số người dự họp.")))
    if present < needed:
        found.append(
            Problem.stop(
                "quorum", "present", _("Cần ít nhất {n} người dự họp để biểu quyết.").format(n=needed)
            )
        )
    if in_favour * 2 <= present:
        found.append(Problem.stop("majority", "in_favour", _("Chưa quá nửa số người dự họp đồng ý.")))
    return found


def check_people(people: Sequence[str], quorum: int, borrower: str) -> list[Problem]:
    """Return what is wrong with the people named as having approved: too few, or the borrower among them."""
    names = {name.strip() for name in people if name.strip()}
    if fold(borrower) in {fold(name) for name in names}:
        return [Problem.stop("own-approval", "people", _("Người vay không tự duyệt khoản vay của mình."))]
    if len(names) >= max(quorum, 1):
        return []
    return [Problem.stop("people", "people", _("Cần ít nhất {n} người duyệt, ghi rõ tên.").format(n=quorum))]

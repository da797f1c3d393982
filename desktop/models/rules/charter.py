"""What a constitution says beside its amounts: aim, who may join, offices, further clauses; and how it was agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.kinds import Office
from desktop.models.problems import Problem
from resources.lang.dates import show_day
from resources.lang.messages import _

MOST_SEATS = 9
LONGEST_TEXT = 4_000
"""Letters of one text of a constitution at most."""


@dataclass(frozen=True, slots=True)
class Seats:
    """How many people hold an office at one time; 0: the group does not have it."""

    office: Office
    seats: int


USUAL_OFFICES = (
    Seats(Office.CHAIR, 1),
    Seats(Office.SECRETARY, 1),
    Seats(Office.TREASURER, 1),
    Seats(Office.MONEY_COUNTER, 2),
    Seats(Office.KEY_HOLDER, 3),
)
"""The offices of a group whose constitution does not say: the committee of five and three key-holders."""


@dataclass(frozen=True, slots=True)
class Charter:
    """The words of a constitution. `clauses` are further agreements, one a line; `lending` how loans were agreed."""

    aim: str = ""
    membership: str = ""
    offices: tuple[Seats, ...] = USUAL_OFFICES
    clauses: str = ""
    lending: str = ""

    def seats(self) -> dict[Office, int]:
        """Return how many people hold each office that the group has."""
        return {one.office: one.seats for one in self.offices if one.seats > 0}

    def further(self) -> tuple[str, ...]:
        """Return the further clauses, one by one."""
        return lines_of(self.clauses)


PLAIN_CHARTER = Charter()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a constitution was agreed: on which day, how many took part, how many were for it, why it was changed."""

    agreed_on: date
    present: int
    in_favour: int
    reason: str = ""


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def vacancies(seats: Mapping[Office, int], held: Iterable[Office]) -> tuple[Seats, ...]:
    """Return the offices that fewer people hold than the constitution says, with how many are missing."""
    holders = Counter(held)
    return tuple(
        Seats(office, number - holders[office])
        for office, number in seats.items()
        if number > holders[office]
    )


def check_charter(charter: Charter) -> list[Problem]:
    """Return what is wrong with the words of a constitution; fields are named as in `Charter`."""
    found = []
    for field in ("aim", "membership", "clauses"):
        if len(getattr(charter, field)) > LONGEST_TEXT:
            text = _("Văn bản dài quá {count} chữ.").format(count=LONGEST_TEXT)
            found.append(Problem.stop("text-long", field, text))
    offices = [one.office for one in charter.offices]
    if len(offices) != len(set(offices)):
        found.append(Problem.stop("office-twice", "offices", _("Một chức vụ được ghi hai lần.")))
    if any(not 0 <= one.seats <= MOST_SEATS for one in charter.offices):
        text = _("Mỗi chức vụ có từ 0 đến {most} người.").format(most=MOST_SEATS)
        found.append(Problem.stop("seats", "offices", text))
    if charter.seats().get(Office.CHAIR, 0) != 1:
        found.append(Problem.stop("chair", "offices", _("Mỗi nhóm có đúng một tổ trưởng.")))
    return found


def check_agreement(
    agreement: Agreement | None, valid_from: date, members: int, quorum: int, today: date
) -> list[Problem]:
    """Return what is wrong with how a change was agreed, by `members` of whom `quorum` must take part."""
    if agreement is None or not agreement.reason.strip():
        text = _("Hãy ghi lý do sửa quy chế, như trong biên bản họp.")
        return [Problem.stop("reason", "reason", text)]
    found = []
    if agreement.agreed_on > today:
        found.append(Problem.stop("agreed-future", "agreed_on", _("Ngày họp thông qua chưa tới.")))
    if agreement.agreed_on > valid_from:
        text = _("Quy chế không áp dụng trước ngày họp thông qua {day}.").format(
            day=show_day(agreement.agreed_on)
        )
        found.append(Problem.stop("agreed-late", "valid_from", text))
    if not 0 <= agreement.present <= members:
        text = _("Nhóm có {members} thành viên vào ngày họp; số người dự họp không thể nhiều hơn.")
        found.append(Problem.stop("present", "present", text.format(members=members)))
    elif not 0 <= agreement.in_favour <= agreement.present:
        text = _("Số người tán thành không thể nhiều hơn số người dự họp.")
        found.append(Problem.stop("votes", "in_favour", text))
    elif 2 * agreement.in_favour <= agreement.present:
        text = _("Chưa quá nửa số người dự họp tán thành; quy chế chưa được thông qua.")
        found.append(Problem.stop("majority", "in_favour", text))
    elif agreement.present < quorum:
        text = _("Quy chế cần ít nhất {needed} người dự họp; buổi này có {present} người.")
        text = text.format(needed=quorum, present=agreement.present)
        found.append(Problem.warn("quorum", "present", text))
    return found


def check_share_value(
    before: int, after: int, valid_from: date, cycle_starts: date | None, *, bought: bool
) -> list[Problem]:
    """Return the problem of another share value within a cycle in which shares were bought: all must cost the same."""
    if before == after or not bought or cycle_starts is None or valid_from <= cycle_starts:
        return []
    text = _(
        "Chu kỳ bắt đầu {day} đã có người mua cổ phần với mệnh giá cũ; mệnh giá mới chỉ áp dụng từ chu kỳ sau."
    )
    return [Problem.stop("share-value", "share_value", text.format(day=show_day(cycle_starts)))]

"""Who may hold an office of a group: how many for each, and which do not go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.models.ids import MemberId
from desktop.models.kinds import Office
from desktop.models.problems import Problem
from resources.lang.messages import _

COMMITTEE = frozenset({Office.CHAIR, Office.SECRETARY, Office.TREASURER, Office.MONEY_COUNTER})
"""The committee: whoever sits on it keeps no key to the box."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone who holds an office on a day; `term` is the id of the term."""

    term: int
    office: Office
    member: MemberId
    name: str


def check_appointment(
    office: Office,
    member: MemberId,
    holders: Sequence[Holder],
    replaces: int | None,
    seats: Mapping[Office, int],
    *,
    is_member: bool,
) -> tuple[list[Problem], list[Holder]]:
    """Return what is wrong with giving an office to a member, and whose terms it would end.

    `seats` are the offices of the group's constitution with how many people hold each at one time.

    Key-holders who sit on the committee, and two committee offices in one hand, are asked about: small groups
    sometimes have no choice.
    """
    problems: list[Problem] = []
    same = [holder for holder in holders if holder.office is office]
    places = seats.get(office, 0)
    ending = [holder for holder in same if places == 1 or holder.term == replaces]
    if not is_member:
        text = _("Chỉ người đang ở trong nhóm mới giữ chức vụ của nhóm.")
        problems.append(Problem.stop("office-outsider", "member", text))
    if any(holder.member == member for holder in same):
        problems.append(Problem.stop("office-same", "member", _("Người này đang giữ chức vụ đó rồi.")))
    elif not places:
        text = _("Quy chế của nhóm không có chức vụ {office}; hãy sửa quy chế trước.")
        problems.append(Problem.stop("office-none", "office", text.format(office=office.title)))
    elif len(same) - len(ending) >= places:
        text = _("Chức vụ {office} đã đủ {count} người; hãy chọn người thôi giữ.")
        text = text.format(office=office.title, count=places)
        problems.append(Problem.stop("office-full", "office", text))
    held = {holder.office for holder in holders if holder.member == member and holder not in ending}
    problems += _check_together(office, held)
    return problems, ending


def _check_together(office: Office, held: set[Office]) -> list[Problem]:
    on_committee = held & COMMITTEE
    if office is Office.KEY_HOLDER and on_committee:
        text = _("Người giữ chìa khóa không nên là {office} của nhóm.").format(
            office=sorted(on_committee)[0].title.lower()
        )
        return [Problem.warn("key-on-committee", "member", text)]
    if office in COMMITTEE and Office.KEY_HOLDER in held:
        text = _("Người này đang giữ chìa khóa, không nên làm {office}.").format(office=office.title.lower())
        return [Problem.warn("key-on-committee", "member", text)]
    if office in COMMITTEE and on_committee:
        text = _("Người này đang là {office} của nhóm.").format(office=sorted(on_committee)[0].title.lower())
        return [Problem.warn("two-offices", "member", text)]
    return []

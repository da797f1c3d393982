"""Who belongs to a group, since when, and at which place of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.models.kinds import OWED_TO_MEMBERS, MeetingState, MemberStatus, account_name
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Cycle, Group, Meeting, Member, Membership, OfficeTerm
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import member_holdings
from desktop.services.erasing import refuse_erased
from desktop.services.person_records import last_meeting_of
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

_CHANGED = (Topic.GROUPS, Topic.MEMBERS)


@dataclass(frozen=True, slots=True)
class AddMembers:
    """Let people join a group, at the end of its list, in this order."""

    group: GroupId
    members: tuple[MemberId, ...]
    joined: date


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """End a person's membership; `left` is the last day they belong to the group."""

    group: GroupId
    member: MemberId
    left: date
    reason: str = ""
    agreed: bool = False


# -- deeds -----------------------------------------------------------------------------------------


def add(book: Book, command: AddMembers, act: Act) -> Outcome[int]:
    """Let people join a group; the value is how many joined. Raises Refusal."""
    with book.write(act) as session:
        add_in(session, command.group, command.members, command.joined, act)
    return Outcome(len(command.members), Changed.of(*_CHANGED, group=command.group))


def add_in(session: Session, group_id: GroupId, members: Sequence[MemberId], joined: date, act: Act) -> None:
    """Let people join a group inside an open write."""
    group = session.get_one(Group, group_id)
    problems = _check_joining_day(group, joined, act.today)
    for member in members:
        problems += _check_joining(session, group, session.get_one(Member, member), joined)
    if len(set(members)) != len(members):
        problems.append(Problem.stop("member-twice", "members", _("Có người được chọn hai lần.")))
    refuse_if_stopped(problems)
    last = last_position(session, group_id)
    session.add_all(
        Membership(uid=new_uid(), group_id=group_id, member_id=member, position=last + place, joined=joined)
        for place, member in enumerate(members, 1)
    )
    session.flush()


def leave(book: Book, command: LeaveGroup, act: Act) -> Outcome[MemberId]:
    """End a membership. Raises Refusal; money that the group still owes is a warning."""
    with book.write(act) as session:
        membership = _current(session, command.group, command.member)
        problems = leaving_problems(session, membership, command.left, act.today)
        refuse_if_stopped(problems, agreed=command.agreed)
        end_in(session, membership, command.left, command.reason)
    return Outcome(command.member, Changed.of(*_CHANGED, group=command.group))


def reorder(book: Book, group: GroupId, members: Sequence[MemberId], act: Act) -> Outcome[int]:
    """Give the group's list this order. It must name everyone who belongs to the group now, once."""
    with book.write(act) as session:
        current = {membership.member_id: membership for membership in current_memberships(session, group)}
        if sorted(current) != sorted(members):
            text = _("Danh sách nhóm vừa thay đổi. Hãy mở lại rồi xếp thứ tự.")
            raise Refusal([Problem.stop("order", "members", text)])
        for place, member in enumerate(members, 1):
            current[member].position = place
    return Outcome(len(members), Changed.of(*_CHANGED, group=group))


def joining_day(book: Book, group: GroupId, today: date) -> date:
    """Return the day on which people who join now usually begin; see `usual_joining_day`."""
    with book.read() as session:
        return usual_joining_day(session, group, today)


# -- parts, inside an open session -----------------------------------------------------------------


def usual_joining_day(session: Session, group: GroupId, today: date) -> date:
    """Return the day on which people join who give none: until the first meeting the founding day (or the start
    of the first cycle), so that they stand in its sheet; afterwards `today`."""
    met = select(Meeting.id).where(Meeting.group_id == group, Meeting.state == MeetingState.POSTED).limit(1)
    if session.scalar(met) is not None:
        return today
    founded = session.scalar(select(Group.founded).where(Group.id == group))
    begun = founded or session.scalar(select(func.min(Cycle.starts)).where(Cycle.group_id == group))
    return today if begun is None else min(begun, today)


def current_memberships(session: Session, group: GroupId) -> list[Membership]:
    """Return the open memberships of a group in its order."""
    query = select(Membership).where(Membership.group_id == group, Membership.left.is_(None))
    return list(session.scalars(query.order_by(Membership.position, Membership.id)))


def last_position(session: Session, group: GroupId) -> int:
    """Return the last place taken on the group's list, 0 when it is empty."""
    query = select(func.max(Membership.position)).where(
        Membership.group_id == group, Membership.left.is_(None)
    )
    return session.scalar(query) or 0


def leaving_problems(session: Session, membership: Membership, left: date, today: date) -> list[Problem]:
    """Return what is wrong with ending a membership on a day; money still owed asks for a yes."""
    group = GroupId(membership.group_id)
    last = last_meeting_of(session, membership.member_id, group)
    problems = people.check_leaving(left, membership.joined, today, last)
    held = member_holdings(session, group, max(left, today)).get(MemberId(membership.member_id), {})
    owed = [
        (account, held[account].amount)
        for account in OWED_TO_MEMBERS
        if account in held and held[account].amount
    ]
    if owed:
        sums = "; ".join(f"{account_name(account)} {show_dong(amount)}" for account, amount in owed)
        text = _("Nhóm còn giữ tiền của người này: {sums}. Hãy chi trả trước khi cho rời.")
        problems.append(Problem.warn("still-owed", "left", text.format(sums=sums)))
    return problems


def end_in(session: Session, membership: Membership, left: date, reason: str) -> None:
    """End a membership and the offices that the person holds in that group."""
    membership.left, membership.reason = left, reason.strip()
    terms = session.scalars(
        select(OfficeTerm).where(
            OfficeTerm.group_id == membership.group_id,
            OfficeTerm.member_id == membership.member_id,
            OfficeTerm.until.is_(None),
        )
    )
    for term in terms:
        # A term begun after the last day was entered by mistake; it ends where it began.
        term.until = max(left, term.since)


def _current(session: Session, group: GroupId, member: MemberId) -> Membership:
    found = session.scalars(
        select(Membership).where(
            Membership.group_id == group, Membership.member_id == member, Membership.left.is_(None)
        )
    ).one_or_none()
    if found is None:
        raise Refusal([Problem.stop("not-member", "member", _("Người này không còn trong nhóm."))])
    return found


def _check_joining_day(group: Group, joined: date, today: date) -> list[Problem]:
    problems = []
    if joined > today:
        problems.append(Problem.stop("joined-future", "joined", _("Ngày vào nhóm ở trong tương lai.")))
    if group.closed is not None and joined > group.closed:
        text = _("Nhóm đã giải thể ngày {day}.").format(day=show_day(group.closed))
        problems.append(Problem.stop("group-closed", "joined", text))
    return problems


def _check_joining(session: Session, group: Group, member: Member, joined: date) -> list[Problem]:
    refuse_erased(session, member)
    names = {"who": f"{member.code} {member.full_name}"}
    if member.status is MemberStatus.DIED:
        text = _("{who} đã mất, không vào nhóm được.").format(**names)
        return [Problem.stop("member-died", "members", text)]
    rows = session.execute(
        select(Membership.left).where(Membership.group_id == group.id, Membership.member_id == member.id)
    ).all()
    if any(row.left is None for row in rows):
        text = _("{who} đang ở trong nhóm này rồi.").format(**names)
        return [Problem.stop("member-twice", "members", text)]
    last = max((row.left for row in rows), default=None)
    if last is not None and joined <= last:
        text = _("{who} rời nhóm này ngày {day}; ngày vào lại phải sau ngày đó (từ {next}).")
        days = {"day": show_day(last), "next": show_day(last + timedelta(days=1))}
        return [Problem.stop("joined-early", "joined", text.format(**names, **days))]
    return []

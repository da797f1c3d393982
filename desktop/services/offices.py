"""The offices of a group: who holds which, since when, and who follows whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.models.kinds import Office
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Member, OfficeTerm
from desktop.models.rules.offices import Holder, check_appointment
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.charters import seats_on
from desktop.services.facts import members_in_order
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Appoint:
    """Give an office to a member from a day on.

    An office that one person holds passes over: the former term ends the day before. For offices that
    several hold, `replaces` is the term that ends.
    """

    group: GroupId
    member: MemberId
    office: Office
    since: date
    replaces: int | None = None
    agreed: bool = False


def appoint(book: Book, command: Appoint, act: Act) -> Outcome[int]:
    """Give an office to a member; the value is the id of the new term. Raises Refusal."""
    with book.write(act) as session:
        holders = holders_on(session, command.group, command.since)
        in_group = {row.member_id for row in members_in_order(session, command.group, command.since)}
        seats = seats_on(session, command.group, command.since)
        problems, ending = check_appointment(
            command.office,
            command.member,
            holders,
            command.replaces,
            seats,
            is_member=command.member in in_group,
        )
        if command.since > act.today:
            problems.append(Problem.stop("since-future", "since", _("Ngày nhận chức vụ ở trong tương lai.")))
        if seats.get(command.office, 0) == 1:
            problems += _check_later_terms(session, command)
        refuse_if_stopped(problems, agreed=command.agreed)
        for holder in ending:
            _end(session, session.get_one(OfficeTerm, holder.term), command.since - timedelta(days=1))
        session.flush()
        term = OfficeTerm(
            uid=new_uid(),
            group_id=command.group,
            member_id=command.member,
            office=command.office,
            since=command.since,
        )
        session.add(term)
        session.flush()
    return Outcome(term.id, Changed.of(Topic.GROUPS, group=command.group))


def end(book: Book, term: int, until: date, act: Act) -> Outcome[int]:
    """End a term; `until` is its last day. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(OfficeTerm, term)
        if until < record.since:
            text = _("Ngày thôi chức vụ trước ngày nhận {day}.").format(day=show_day(record.since))
            raise Refusal([Problem.stop("until-early", "until", text)])
        record.until = until
        group = GroupId(record.group_id)
    return Outcome(term, Changed.of(Topic.GROUPS, group=group))


def _end(session: Session, term: OfficeTerm, until: date) -> None:
    """End a term; one that began that very day was a mistake and is taken away (its history stays)."""
    if until < term.since:
        session.delete(term)
    else:
        term.until = until


def _check_later_terms(session: Session, command: Appoint) -> list[Problem]:
    """Return the problem of an appointment dated before one of the same office that was made already."""
    later = session.scalar(
        select(func.min(OfficeTerm.since)).where(
            OfficeTerm.group_id == command.group,
            OfficeTerm.office == command.office,
            OfficeTerm.since > command.since,
        )
    )
    if later is None:
        return []
    text = _("Đã có người nhận chức vụ này từ ngày {day}; hãy chọn ngày sau đó.").format(day=show_day(later))
    return [Problem.stop("since-early", "since", text)]


def holders_on(session: Session, group: GroupId, day: date) -> list[Holder]:
    """Return who holds an office of the group on a day."""
    rows = session.execute(
        select(OfficeTerm, Member)
        .join(Member, Member.id == OfficeTerm.member_id)
        .where(
            OfficeTerm.group_id == group,
            OfficeTerm.since <= day,
            or_(OfficeTerm.until.is_(None), OfficeTerm.until >= day),
        )
        .order_by(OfficeTerm.since, OfficeTerm.id)
    )
    return [Holder(term.id, term.office, MemberId(member.id), member.full_name) for term, member in rows]

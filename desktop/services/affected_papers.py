"""Papers printed earlier that a later correction makes out of date, to be called in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId
from desktop.models.records.every import Member, Print
from desktop.services.paper_kinds import STANDING, report_title


@dataclass(frozen=True, slots=True)
class AffectedPaper:
    """A paper printed earlier that a later correction made out of date."""

    number: str
    title: str
    member: str
    ends: date | None
    printed_at: datetime
    starts: date | None = None
    """The first day it speaks of; of a paper of a loan, the day of the money it was printed for beforehand."""


def affected_papers(
    session: Session,
    group: GroupId,
    since: date,
    meeting: MeetingId | None,
    members: Collection[int | None] | None = None,
    vouchers: Collection[int] | None = None,
) -> list[AffectedPaper]:
    """Return the papers of a group that say something about a day not before `since`, the latest first.

    `members` narrows members' own papers to those concerned, `vouchers` the receipts; papers of the whole group
    are always among them. What no voucher can make wrong (a constitution, a count of its own hour) is not.
    """
    concerns = Print.ends >= since
    if meeting is not None:
        concerns = concerns | (Print.meeting_id == meeting)
    if members is not None:
        concerned = [member for member in members if member is not None]
        concerns = concerns & (Print.member_id.is_(None) | Print.member_id.in_(concerned))
    if vouchers is not None:
        concerns = concerns & (Print.voucher_id.is_(None) | Print.voucher_id.in_(list(vouchers)))
    return _told(session, Print.group_id == group, Print.report.not_in(sorted(STANDING)), concerns)


def printed_about(
    session: Session, group: GroupId, subject: str, reports: Collection[str]
) -> list[AffectedPaper]:
    """Return the papers of these kinds that were printed about one subject (a loan's code), the latest first."""
    return _told(session, Print.group_id == group, Print.subject == subject, Print.report.in_(list(reports)))


def _told(session: Session, *which: ColumnElement[bool]) -> list[AffectedPaper]:
    rows = session.execute(
        select(Print, Member.family, Member.middle, Member.given)
        .outerjoin(Member, Member.id == Print.member_id)
        .where(*which)
        .order_by(Print.id.desc())
    )
    return [
        AffectedPaper(
            # A slip carries the number of its voucher; the number of its printing stands nowhere on it.
            paper.subject if paper.report == "receipt" and paper.subject else paper.number,
            report_title(paper.report),
            " ".join(part for part in (family, middle, given) if part),
            paper.ends,
            paper.printed_at,
            paper.starts,
        )
        for paper, family, middle, given in rows
    ]

"""Who was supported in their livelihood by a day (SK02): by a hand-over, a loan tied to an activity, or a course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.records.every import Membership, Support
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.support_facts import behind_of, rows_of
from desktop.services.support_recipients import recipients_of
from desktop.services.training import learnings_in, modules_done


def supported_in(
    session: Session, day: date, rows: Iterable[LivelihoodRow], groups: frozenset[GroupId] | None = None
) -> frozenset[MemberId]:
    """Return the persons supported by the end of a day, each once; of some groups those who ever belonged to them by then.

    `rows` are the activities of these groups, as of the day.
    """
    linked = {row.owner.person for row in rows if row.loans and (row.started is None or row.started <= day)}
    found = {MemberId(person) for person in linked if person is not None}
    found |= _received(session, day) | modules_done(learnings_in(session, day)).keys()
    if groups is not None:
        query = select(Membership.member_id, Membership.group_id).where(Membership.joined <= day)
        found &= {MemberId(member) for member, group in session.execute(query) if group in groups}
    return frozenset(found)


def _received(session: Session, day: date) -> set[MemberId]:
    """Return who stood behind a dossier on the day that the first of it was handed over."""
    records = session.scalars(select(Support).order_by(Support.id)).all()
    rows, behind = rows_of(session, records), behind_of(session, records)
    found: set[MemberId] = set()
    for support in records:
        days = [one.day for one in rows[support.id].dossier.transfers if one.day <= day]
        if days:
            found.update(recipients_of(session, behind[support.id], min(days)))
    return found

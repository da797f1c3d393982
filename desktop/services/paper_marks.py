"""What every paper of a group needs: its number noted as printed, who signs and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Office
from desktop.models.records.every import Group
from desktop.services import heads, prints
from desktop.services.acts import Act, Changed, Topic
from desktop.services.prints import PrintOrder
from reports.kit.values import PrintMark


def issue_marks(session: Session, orders: Sequence[PrintOrder], act: Act) -> list[PrintMark]:
    """Return the marks of papers: numbered inside a write, bare where the book may only be read."""
    if "pen" not in session.info:
        return [heads.mark(act, None) for _order in orders]
    return [heads.mark(act, printed) for printed in prints.issue(session, orders, act)]


def printed_of(group: GroupId) -> Changed:
    """Return the news that a paper of a group was printed."""
    return Changed.of(Topic.PRINTS, group=group)


@dataclass(frozen=True, slots=True)
class Names:
    """Who signs for a group on a day, and where."""

    leader: str
    treasurer: str
    secretary: str
    place: str


def names_of(session: Session, group: GroupId, on: date) -> Names:
    """Return who signs for a group on a day."""
    officers = heads.officers(session, group, on)
    return Names(
        officers.get(Office.CHAIR, ""),
        officers.get(Office.TREASURER, ""),
        officers.get(Office.SECRETARY, ""),
        heads.commune_name(session.get_one(Group, group).commune_code),
    )

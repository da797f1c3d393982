"""Who receives support in the end, and whether they had learned what they need before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.records.every import Member, Support
from desktop.models.rules.support.standards import Standards
from desktop.services.facts import members_in_order
from desktop.services.support_facts import Behind
from desktop.services.supports import training_of
from desktop.services.training import completed


@dataclass(frozen=True, slots=True)
class Trained:
    """How many recipients had completed the courses they need, of how many; `needed` of them are enough."""

    modules: tuple[str, ...]
    done: int
    whole: int
    needed: int

    @property
    def enough(self) -> bool:
        """Tell whether enough of them had: capacity comes before resources."""
        return self.whole > 0 and self.done >= self.needed


def recipients_of(session: Session, behind: Behind, day: date) -> list[MemberId]:
    """Return the people who receive: the person, the household's people, or the members of the group on a day."""
    owner = behind.owner
    if owner.group is not None and owner.member is None:
        return [row.member_id for row in members_in_order(session, owner.group, day)]
    if owner.member is not None:
        return [owner.member]
    if owner.household is None:
        return []
    found = session.scalars(
        select(Member.id).where(Member.household_id == owner.household).order_by(Member.id)
    )
    return [MemberId(one) for one in found]


def trained_by(
    session: Session, support: Support, behind: Behind, day: date, standards: Standards
) -> Trained:
    """Return who of the recipients had completed the needed courses by a day.

    Of a household one person is enough, of a group the share that the standards ask for. Where a dossier names no
    course, any completed one counts.
    """
    people = recipients_of(session, behind, day)
    modules = training_of(support)
    found = completed(session, people, modules or None, day) if people else {}
    done = sum(1 for one in people if (set(modules) <= set(found.get(one, ())) if modules else one in found))
    needed = len(people)
    if behind.owner.group is not None and behind.owner.member is None:
        needed = -(-len(people) * standards.trained // 100)
    elif behind.owner.household is not None and behind.owner.member is None:
        needed = 1
    return Trained(modules, done, len(people), needed)

"""What happens in the demonstration story: plain events in the order of time, which a writer then puts into a book.

Members, groups and meetings have numbers of the story here (from 1 within their group); a writer knows which
records they became.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.models.ids import MemberId
from desktop.models.kinds import EntryKind, Office
from desktop.models.rules.people import Person
from desktop.models.rules.sheet import Sheet, SheetFacts
from desktop.services.groups import FoundGroup
from desktop.services.households import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened in group number `group`, entered into the book at `at` (aware, UTC)."""

    at: datetime
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded(Event):
    """The group was founded."""

    command: FoundGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled(Event):
    """A person joined. `household` is a number of the story; its `address` counts at its first mention."""

    member: MemberId
    person: Person
    household: int
    address: Address
    is_head: bool
    joined: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed(Event):
    """A member took an office."""

    member: MemberId
    office: Office
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """A meeting was held; `facts` are those of its day."""

    facts: SheetFacts
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """The group's meeting number `facts.number` was corrected; `facts` leave its own money out."""

    facts: SheetFacts
    sheet: Sheet
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(Event):
    """Money moved outside a meeting, in đồng; `units` are shares."""

    kind: EntryKind
    amount: int
    day: date
    member: MemberId | None = None
    text: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """A member left the group after `day`."""

    member: MemberId
    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTurned(Event):
    """Cycle `number` ended with `ends`; the next one runs from the day after until `next_ends`."""

    number: int
    ends: date
    next_ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodClosed(Event):
    """The books were closed through a day."""

    through: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Event):
    """A meeting's sheet was begun and not posted."""

    sheet: Sheet


@dataclass(slots=True)
class Purse:
    """What one member of the story has, in đồng (shares also in units), and what they still owe the next meeting."""

    id: MemberId
    name: str
    wealth: int
    punctual: float
    position: int
    joined: date
    savings: int = 0
    compulsory: int = 0
    shares: int = 0
    share_amount: int = 0
    social: int = 0
    fines: int = 0
    owed_fine: int = 0
    owed_compulsory: int = 0


@dataclass(slots=True)
class Boxes:
    """What the group of the story has, in đồng."""

    cash: int = 0
    social: int = 0
    bank: int = 0
    roster: list[Purse] = field(default_factory=list)

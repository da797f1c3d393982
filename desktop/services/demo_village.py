"""The village of a demonstration group: who and what it has at the moment of the story, by the story's own account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from desktop.models.ids import CycleId, MemberId
from desktop.models.kinds import EntryKind
from desktop.models.rules.sheet import CycleSpan, columns_of
from desktop.services.demo_events import Boxes, Paid
from desktop.services.demo_groups import PATTERNS, group_name, make_home
from desktop.services.demo_order import DemoOrder
from desktop.services.demo_people import PROVINCES
from desktop.services.households import Address

YEAR = 365
_VILLAGE = timedelta(hours=7)


class Village:
    """A group of the story, its people and boxes so far. All chance comes from `rng`: the same seed, the same story."""

    def __init__(self, order: DemoOrder, number: int) -> None:
        self.order, self.number = order, number
        self.rng = Random(f"{order.seed}/{number}")
        self.pattern = PATTERNS[(number - 1) % len(PATTERNS)]
        self.province = PROVINCES[(number - 1) % len(PROVINCES)]
        self.home = make_home(self.rng, self.province)
        self.name = group_name(self.pattern, number)
        self.founded = order.today - timedelta(days=YEAR * order.years + 20 - (number - 1) % 21)
        self.rules = replace(self.pattern.rules, valid_from=self.founded)
        self.columns = {column.key for column in columns_of(self.rules)}
        self.boxes = Boxes()
        self.everybody = 0
        self.households: list[tuple[int, Address]] = []
        self.offices: set[MemberId] = set()
        self.held = 0
        self.cycle = CycleSpan(CycleId(1), 1, self.founded, self.founded + timedelta(days=YEAR - 1))
        self.clock = datetime.min.replace(tzinfo=UTC)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return the moment of an entry on a day, by the village's clock, never before the entry before it."""
        wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - _VILLAGE
        self.clock = max(wanted, self.clock + timedelta(seconds=20))
        return self.clock

    def bank(self, kind: EntryKind, amount: int, day: date) -> Paid:
        """Carry money (đồng) between the box and the bank."""
        sign = 1 if kind is EntryKind.BANK_IN else -1
        self.boxes.bank += sign * amount
        self.boxes.cash -= sign * amount
        return self.paid(kind, amount, day)

    def paid(
        self,
        kind: EntryKind,
        amount: int,
        day: date,
        member: MemberId | None = None,
        text: str = "",
        units: int = 0,
    ) -> Paid:
        """Return the event of money (đồng) moved outside a meeting in the evening of a day."""
        return Paid(
            at=self.at(day, 19, 30),
            group=self.number,
            kind=kind,
            amount=amount,
            day=day,
            member=member,
            text=text,
            units=units,
        )

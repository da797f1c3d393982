"""The story of one demonstration group, told as events in the order of time. The same seed tells the same story.

The story keeps its own small account of who has what, so that nobody withdraws what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.models.ids import CycleId
from desktop.models.kinds import EntryKind
from desktop.models.rules.meeting_days import next_meeting
from desktop.models.rules.sheet import CycleSpan
from desktop.services.demo_events import CycleTurned, Event, PeriodClosed
from desktop.services.demo_joining import MOST_PEOPLE, Joining
from desktop.services.demo_meetings import Meetings
from desktop.services.demo_order import DemoOrder
from desktop.services.demo_village import YEAR, Village

_Choices = tuple[tuple[str, tuple[int, ...]], ...]

_EXPENSES: _Choices = (
    ("Nước uống, bánh cho buổi họp", (20_000, 30_000, 50_000)),
    ("Văn phòng phẩm, photo biểu mẫu", (15_000, 25_000, 40_000)),
    ("Tiền xe đi gửi ngân hàng", (20_000, 30_000)),
    ("Mua sổ và bút cho thành viên", (60_000, 85_000, 120_000)),
)
_GRANTS: _Choices = (
    ("Thăm hỏi ốm đau", (100_000, 150_000)),
    ("Phúng viếng", (200_000,)),
    ("Hỗ trợ sinh con", (100_000, 200_000)),
    ("Hỗ trợ nhà tốc mái sau giông", (200_000, 300_000)),
)

_GRACE = 4
"""Days within which a meeting is entered; one held later than that before today has not been entered yet."""


def tell(order: DemoOrder, number: int) -> Iterator[Event]:
    """Tell the story of the `number`-th group (from 1), in the order of time."""
    return _Story(order, number).tell()


class _Story:
    def __init__(self, order: DemoOrder, number: int) -> None:
        self.village = Village(order, number)
        self.people, self.meetings = Joining(self.village), Meetings(self.village)

    def tell(self) -> Iterator[Event]:
        yield from self.people.found()
        village, today = self.village, self.village.order.today
        expected = village.order.years * 12
        correct_at, close_at = max(2, expected * 2 // 5), max(3, expected * 3 // 5)
        before: date | None = None
        while True:
            day = next_meeting(village.rules, before, village.cycle.starts)
            if day > village.cycle.ends and village.cycle.ends < today:
                yield self._turn_cycle()
                before = None
                continue
            if day > today - timedelta(days=_GRACE):
                break
            if self._is_last(day) and village.number == 1:
                yield self.meetings.draft(day)
                break
            before = day
            if village.held > 2 and village.rng.random() < 0.04:
                continue  # a flood, the harvest, a funeral: no meeting this time
            held = self.meetings.hold(day)
            yield held
            if village.held == correct_at:
                yield from self.meetings.correction(held)
            else:
                yield from self._after(day)
            if village.held == close_at and village.number % 2 == 0:
                yield self._close_period(day)

    def _is_last(self, day: date) -> bool:
        """Tell whether no further meeting is due before today."""
        following = next_meeting(self.village.rules, day, self.village.cycle.starts)
        return following > self.village.order.today - timedelta(days=_GRACE)

    def _turn_cycle(self) -> CycleTurned:
        old = self.village.cycle
        starts = old.ends + timedelta(days=1)
        self.village.cycle = CycleSpan(
            CycleId(old.number + 1), old.number + 1, starts, starts + timedelta(days=YEAR - 1)
        )
        return CycleTurned(
            at=self.village.at(old.ends, 20),
            group=self.village.number,
            number=old.number,
            ends=old.ends,
            next_ends=self.village.cycle.ends,
        )

    def _close_period(self, day: date) -> PeriodClosed:
        through = day.replace(day=1) - timedelta(days=1)
        return PeriodClosed(
            at=self.village.at(day, 20, 30),
            group=self.village.number,
            through=through,
            reason=f"Đã đối chiếu sổ với tiền đến hết tháng {through.month}/{through.year}",
        )

    # -- between meetings ------------------------------------------------------------------------------

    def _after(self, day: date) -> Iterator[Event]:
        """What happens in the days after a meeting."""
        village = self.village
        rng, boxes = village.rng, village.boxes
        if rng.random() < 0.3:
            yield from self._spend(day)
        if rng.random() < 0.15:
            yield from self._grant(day)
        if village.held > 4 and len(boxes.roster) > 5 and rng.random() < 0.07:
            yield from self.people.leave(day)
        if boxes.cash >= 6_000_000:
            carried = (boxes.cash - 2_000_000) // 1_000_000 * 1_000_000
            yield village.bank(EntryKind.BANK_IN, carried, day + timedelta(days=1))
        if "savings" in village.columns and rng.random() < 0.1:
            yield self._late_saving(day + timedelta(days=2))
        short = len(boxes.roster) < village.order.members
        if short and rng.random() < 0.4 and village.everybody < MOST_PEOPLE:
            yield self.people.enrol(day + timedelta(days=3))

    def _spend(self, day: date) -> Iterator[Event]:
        text, amounts = self.village.rng.choice(_EXPENSES)
        amount = self.village.rng.choice(amounts)
        if amount <= self.village.boxes.cash:
            self.village.boxes.cash -= amount
            yield self.village.paid(EntryKind.EXPENSE, amount, day, text=text)

    def _grant(self, day: date) -> Iterator[Event]:
        rng, boxes = self.village.rng, self.village.boxes
        text, amounts = rng.choice(_GRANTS)
        amount = rng.choice(amounts)
        if amount <= boxes.social:
            boxes.social -= amount
            yield self.village.paid(EntryKind.SOCIAL_OUT, amount, day, rng.choice(boxes.roster).id, text)

    def _late_saving(self, day: date) -> Event:
        purse = self.village.rng.choice(self.village.boxes.roster)
        amount = 10_000 * self.village.rng.randint(1, 10)
        purse.savings += amount
        self.village.boxes.cash += amount
        return self.village.paid(EntryKind.SAVINGS_IN, amount, day, purse.id, "Gửi bù sau buổi họp")

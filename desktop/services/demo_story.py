"""The story of one demonstration group, told as events in the order of time. The same seed tells the same story.

The story keeps its own small account of who has what, so that nobody withdraws what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

from desktop.models.ids import CycleId, GroupId, MemberId
from desktop.models.kinds import Attendance, EntryKind, Office
from desktop.models.rules import sheet as rules
from desktop.models.rules.meeting_days import next_meeting
from desktop.models.rules.sheet import CycleSpan, MemberFacts, Sheet, SheetFacts, SheetRow, columns_of
from desktop.services.demo_events import (
    Appointed,
    Boxes,
    Corrected,
    CycleTurned,
    Drafted,
    Enrolled,
    Event,
    Founded,
    Held,
    Left,
    Paid,
    PeriodClosed,
    Purse,
)
from desktop.services.demo_groups import PATTERNS, charter_of, group_name, make_home
from desktop.services.demo_people import PROVINCES, ethnic_mix, make_person
from desktop.services.groups import FoundGroup
from desktop.services.households import Address

_YEAR = 365
_VILLAGE = timedelta(hours=7)
_GRACE = 4
"""Days within which a meeting is entered; one held later than that before today has not been entered yet."""

_Choices = tuple[tuple[str, tuple[int, ...]], ...]

_MOST_PEOPLE = 190
"""How many people one group may see in all, so that everybody's number is another one."""

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
_DECISIONS = (
    "Thống nhất ngày họp kỳ sau.",
    "Thành viên đi muộn sẽ bị nhắc tên trước nhóm.",
    "Nhóm mua thêm sổ theo dõi cho từng thành viên.",
    "Cử hai người đi tập huấn nuôi vịt ở xã.",
    "Giữ nguyên mức đóng quỹ xã hội.",
)
_LEAVING = ("Đi làm xa ở Bình Dương", "Chuyển về quê chồng", "Xin nghỉ vì lớn tuổi", "Bận chăm cháu")
_OLD_ADDRESSES = {
    "82": ("xã Phú Cường, huyện Tam Nông, tỉnh Đồng Tháp", "xã Tân Phong, huyện Cai Lậy, tỉnh Tiền Giang"),
    "86": ("xã Huyền Hội, huyện Càng Long, tỉnh Trà Vinh", "xã Châu Bình, huyện Giồng Trôm, tỉnh Bến Tre"),
    "92": (
        "xã Trường Xuân, huyện Thới Lai, thành phố Cần Thơ",
        "xã Đại Tâm, huyện Mỹ Xuyên, tỉnh Sóc Trăng",
    ),
}
_OFFICES = (
    Office.CHAIR,
    Office.SECRETARY,
    Office.TREASURER,
    Office.MONEY_COUNTER,
    Office.MONEY_COUNTER,
    Office.KEY_HOLDER,
    Office.KEY_HOLDER,
    Office.KEY_HOLDER,
)


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """How large a demonstration book: groups, members of each, years back from `today`; the seed of its chance."""

    groups: int = 3
    members: int = 25
    years: int = 2
    seed: int = 1
    today: date = date(2026, 11, 23)


def tell(order: DemoOrder, number: int) -> Iterator[Event]:
    """Tell the story of the `number`-th group (from 1), in the order of time."""
    return _Story(order, number).tell()


class _Story:
    def __init__(self, order: DemoOrder, number: int) -> None:
        self.order, self.number = order, number
        self.rng = Random(f"{order.seed}/{number}")
        self.pattern = PATTERNS[(number - 1) % len(PATTERNS)]
        self.province = PROVINCES[(number - 1) % len(PROVINCES)]
        self.home = make_home(self.rng, self.province)
        self.name = group_name(self.pattern, number)
        self.founded = order.today - timedelta(days=_YEAR * order.years + 20 - (number - 1) % 21)
        self.rules = replace(self.pattern.rules, valid_from=self.founded)
        self.columns = {column.key for column in columns_of(self.rules)}
        self.boxes = Boxes()
        self.everybody = 0
        self.households: list[tuple[int, Address]] = []
        self.offices: set[MemberId] = set()
        self.meetings = 0
        self.cycle = CycleSpan(CycleId(1), 1, self.founded, self.founded + timedelta(days=_YEAR - 1))
        self.clock = datetime.min.replace(tzinfo=UTC)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return the moment of an entry on a day, by the village's clock, never before the entry before it."""
        wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - _VILLAGE
        self.clock = max(wanted, self.clock + timedelta(seconds=20))
        return self.clock

    # -- the whole ---------------------------------------------------------------------------------

    def tell(self) -> Iterator[Event]:
        yield from self._founding()
        expected = self.order.years * 12
        correct_at, close_at = max(2, expected * 2 // 5), max(3, expected * 3 // 5)
        before: date | None = None
        while True:
            day = next_meeting(self.rules, before, self.cycle.starts)
            if day > self.cycle.ends and self.cycle.ends < self.order.today:
                yield self._turn_cycle()
                before = None
                continue
            if day > self.order.today - timedelta(days=_GRACE):
                break
            if self._is_last(day) and self.number == 1:
                yield self._draft(day)
                break
            before = day
            if self.meetings > 2 and self.rng.random() < 0.04:
                continue  # a flood, the harvest, a funeral: no meeting this time
            held = self._meeting(day)
            yield held
            if self.meetings == correct_at:
                yield from self._correction(held)
            else:
                yield from self._after(day)
            if self.meetings == close_at and self.number % 2 == 0:
                yield self._close_period(day)

    def _is_last(self, day: date) -> bool:
        """Tell whether no further meeting is due before today."""
        return next_meeting(self.rules, day, self.cycle.starts) > self.order.today - timedelta(days=_GRACE)

    def _turn_cycle(self) -> CycleTurned:
        old = self.cycle
        starts = old.ends + timedelta(days=1)
        self.cycle = CycleSpan(
            CycleId(old.number + 1), old.number + 1, starts, starts + timedelta(days=_YEAR - 1)
        )
        return CycleTurned(
            at=self.at(old.ends, 20),
            group=self.number,
            number=old.number,
            ends=old.ends,
            next_ends=self.cycle.ends,
        )

    def _close_period(self, day: date) -> PeriodClosed:
        through = day.replace(day=1) - timedelta(days=1)
        return PeriodClosed(
            at=self.at(day, 20, 30),
            group=self.number,
            through=through,
            reason=f"Đã đối chiếu sổ với tiền đến hết tháng {through.month}/{through.year}",
        )

    # -- founding, joining, leaving -----------------------------------------------------------------

    def _founding(self) -> Iterator[Event]:
        template, charter = charter_of(self.pattern.kind)
        yield Founded(
            at=self.at(self.founded, 14),
            group=self.number,
            command=FoundGroup(
                code=f"N-{self.number:03d}",
                name=self.name,
                rules=self.rules,
                cycle_starts=self.cycle.starts,
                cycle_ends=self.cycle.ends,
                kind=self.pattern.kind,
                commune_code=self.home.commune,
                hamlet=self.home.hamlets[0],
                founded=self.founded,
                charter=charter,
                template=template,
            ),
        )
        for _place in range(self.order.members):
            yield self._enrol(self.founded)
        # A committee of a small group holds no more offices than it has people.
        for purse, office in zip(self.boxes.roster, _OFFICES, strict=False):
            self.offices.add(purse.id)
            yield Appointed(
                at=self.at(self.founded, 15),
                group=self.number,
                member=purse.id,
                office=office,
                since=self.founded,
            )
        if self.pattern.external:
            self.boxes.cash += self.pattern.external
            yield self._paid(
                EntryKind.EXTERNAL_IN,
                self.pattern.external,
                self.founded,
                text="Vốn xoay vòng dự án hỗ trợ ban đầu",
            )

    def _enrol(self, day: date) -> Enrolled:
        rng = self.rng
        peoples, shares = ethnic_mix(self.province)
        ethnic = rng.choices(peoples, shares)[0]
        self.everybody += 1
        serial = self.number * _MOST_PEOPLE + self.everybody
        person = make_person(rng, self.province, ethnic, day, serial, self.pattern.women)
        person = replace(person, joined=day)
        if self.households and rng.random() < 0.08:
            (household, address), is_head = rng.choice(self.households), False
        else:
            household, address = len(self.households) + 1, self._address(day)
            is_head = rng.random() < 0.7
            self.households.append((household, address))
        member = MemberId(self.everybody)
        self.boxes.roster.append(
            Purse(
                id=member,
                name=person.full_name,
                wealth=rng.choices((1, 2, 3, 4), (40, 35, 18, 7))[0],
                punctual=rng.uniform(0.72, 0.98),
                position=1 + max((purse.position for purse in self.boxes.roster), default=0),
                joined=day,
            )
        )
        return Enrolled(
            at=self.at(day, 14, 30),
            group=self.number,
            member=member,
            person=person,
            household=household,
            address=address,
            is_head=is_head,
            joined=day,
        )

    def _address(self, day: date) -> Address:
        hamlet = self.rng.choice(self.home.hamlets)
        old = ""
        if day < date(2025, 7, 1) and self.rng.random() < 0.08:
            old = f"{hamlet}, {self.rng.choice(_OLD_ADDRESSES[self.province])}"
        return Address(self.home.commune, hamlet, old)

    def _leave(self, day: date) -> Iterator[Event]:
        candidates = [purse for purse in self.boxes.roster if purse.id not in self.offices]
        if not candidates:
            return
        purse = self.rng.choice(candidates)
        owed = purse.savings + purse.compulsory + purse.share_amount
        if owed > self.boxes.cash:
            needed = -(-(owed - self.boxes.cash) // 500_000) * 500_000
            if needed > self.boxes.bank:
                return
            yield self._bank(EntryKind.BANK_OUT, needed, day)
        said = "Chi trả khi rời nhóm"
        for kind, amount, units in (
            (EntryKind.SAVINGS_OUT, purse.savings, 0),
            (EntryKind.COMPULSORY_OUT, purse.compulsory, 0),
            (EntryKind.SHARES_OUT, purse.share_amount, purse.shares),
        ):
            if amount:
                self.boxes.cash -= amount
                yield self._paid(kind, amount, day, purse.id, said, units)
        self.boxes.roster.remove(purse)
        yield Left(
            at=self.at(day, 20),
            group=self.number,
            member=purse.id,
            day=day,
            reason=self.rng.choice(_LEAVING),
        )

    # -- meetings ------------------------------------------------------------------------------------

    def _facts(self, day: date) -> SheetFacts:
        return SheetFacts(
            group=GroupId(self.number),
            group_code=f"N-{self.number:03d}",
            group_name=self.name,
            day=day,
            today=self.order.today,
            rules=self.rules,
            cycle=self.cycle,
            number=self.meetings + 1,
            members=tuple(
                MemberFacts(
                    purse.id,
                    "",
                    purse.name,
                    purse.position,
                    purse.savings,
                    purse.compulsory,
                    purse.shares,
                    purse.share_amount,
                    purse.social,
                    purse.fines,
                )
                for purse in self.boxes.roster
            ),
            cash=self.boxes.cash,
            social_cash=self.boxes.social,
        )

    def _meeting(self, day: date) -> Held:
        facts = self._facts(day)
        states = self._attendance()
        rows = tuple(self._row(purse, states[purse.id]) for purse in self.boxes.roster)
        sheet = Sheet(
            day=day,
            rows=rows,
            place=self.rules.meeting_place,
            started=self.rules.meeting_time,
            ended=f"{int(self.rules.meeting_time[:2]) + 2:02d}{self.rules.meeting_time[2:]}",
            chair=self._first_present(states),
            decisions="\n".join(self.rng.sample(_DECISIONS, 2)),
        )
        if rules.totals(facts, sheet).cash_after < 0:
            sheet = replace(sheet, rows=tuple(_without_withdrawal(row) for row in rows))
        sheet = self._count(facts, sheet)
        self._take(facts, sheet)
        self.meetings += 1
        late = self.rng.choices((0, 1, 2), (75, 18, 7))[0]
        return Held(at=self.at(day + timedelta(days=late), 19), group=self.number, facts=facts, sheet=sheet)

    def _first_present(self, states: Mapping[MemberId, Attendance]) -> MemberId | None:
        return next((member for member, state in states.items() if state.takes_part), None)

    def _attendance(self) -> dict[MemberId, Attendance]:
        """Return who came how; so many come that there is a quorum."""
        away = (Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED, Attendance.REPRESENTED)
        states = {}
        for purse in self.boxes.roster:
            came = self.rng.random() < purse.punctual
            states[purse.id] = Attendance.PRESENT if came else self.rng.choices(away, (40, 20, 28, 12))[0]
        missing = self.rules.quorum_of(len(states)) - sum(state.takes_part for state in states.values())
        for member, state in states.items():
            if missing > 0 and not state.takes_part:
                states[member] = Attendance.LATE
                missing -= 1
        return states

    def _row(self, purse: Purse, state: Attendance) -> SheetRow:
        rng, rules_ = self.rng, self.rules
        if not state.takes_part:
            purse.owed_compulsory += rules_.compulsory_saving
            purse.owed_fine += rules_.fine_for(state)
            return SheetRow(purse.id, state, {}, "Bệnh" if state is Attendance.EXCUSED else "")
        amounts = {
            "shares": min(rules_.shares_max, rng.randint(1, purse.wealth + 1)),
            "compulsory": rules_.compulsory_saving + purse.owed_compulsory,
            "savings": 10_000 * rng.randint(1, 6) * purse.wealth if rng.random() < 0.75 else 0,
            "social": rules_.social_contribution,
            "fine": rules_.fine_for(state) + purse.owed_fine,
        }
        if purse.savings >= 100_000 and rng.random() < 0.05:
            amounts["savings"] = 0
            amounts["withdrawal"] = purse.savings * rng.randint(2, 8) // 100_000 * 10_000
        purse.owed_compulsory = purse.owed_fine = 0
        kept = {key: value for key, value in amounts.items() if value and key in self.columns}
        return SheetRow(purse.id, state, kept)

    def _count(self, facts: SheetFacts, sheet: Sheet) -> Sheet:
        """Return the sheet with both boxes counted; now and then the count is a little off."""
        sums = rules.totals(facts, sheet)
        off = 0
        if self.rng.random() < 0.04:
            off = self.rng.choice((-10_000, -5_000, -2_000, 1_000, 5_000, 10_000))
        if sums.cash_after + off < 0:
            off = 0
        return replace(
            sheet,
            counted=_notes(self.rng, sums.cash_after + off),
            social_counted=_notes(self.rng, sums.social_after),
            difference_reason="Thối nhầm tiền lẻ khi thu" if off else "",
        )

    def _take(self, facts: SheetFacts, sheet: Sheet) -> None:
        """Bring the story's own account up to what the sheet says."""
        sums = rules.totals(facts, sheet)
        self.boxes.cash = sums.cash_after + sums.difference
        self.boxes.social = sums.social_after + sums.social_difference
        purses = {purse.id: purse for purse in self.boxes.roster}
        for row in sheet.rows:
            self._change(purses[row.member], row.amounts, 1)

    def _change(self, purse: Purse, amounts: Mapping[str, int], sign: int) -> None:
        shares = amounts.get("shares", 0)
        purse.savings += sign * (amounts.get("savings", 0) - amounts.get("withdrawal", 0))
        purse.compulsory += sign * amounts.get("compulsory", 0)
        purse.shares += sign * shares
        purse.share_amount += sign * shares * self.rules.share_value
        purse.social += sign * amounts.get("social", 0)
        purse.fines += sign * amounts.get("fine", 0)

    def _correction(self, held: Held) -> Iterator[Event]:
        """The clerk had keyed the savings of two neighbours in each other's rows."""
        key = "savings" if "savings" in self.columns else "shares"
        rows = list(held.sheet.rows)
        places = [at for at, row in enumerate(rows) if row.attendance.takes_part and key in row.amounts]
        pair = next(
            (
                (one, other)
                for one, other in pairwise(places)
                if rows[one].amounts[key] != rows[other].amounts[key]
            ),
            None,
        )
        if pair is None:
            return
        purses = {purse.id: purse for purse in self.boxes.roster}
        one, other = rows[pair[0]], rows[pair[1]]
        for place, row, value in ((pair[0], one, other.amounts[key]), (pair[1], other, one.amounts[key])):
            rows[place] = replace(row, amounts={**row.amounts, key: value})
            self._change(purses[row.member], row.amounts, -1)
            self._change(purses[row.member], rows[place].amounts, 1)
        yield Corrected(
            at=self.at(held.sheet.day + timedelta(days=3), 9),
            group=self.number,
            facts=held.facts,
            sheet=replace(held.sheet, rows=tuple(rows)),
            reason=f"Ghi nhầm dòng của {purses[one.member].name} và {purses[other.member].name}",
        )

    def _draft(self, day: date) -> Drafted:
        """The clerk keyed half of the sheet and was called away."""
        states = self._attendance()
        half = len(self.boxes.roster) // 2
        rows = tuple(
            self._row(purse, states[purse.id]) if at < half else SheetRow(purse.id)
            for at, purse in enumerate(self.boxes.roster)
        )
        later = min(day + timedelta(days=1), self.order.today)
        return Drafted(at=self.at(later, 8), group=self.number, sheet=Sheet(day=day, rows=rows))

    # -- between meetings ------------------------------------------------------------------------------

    def _after(self, day: date) -> Iterator[Event]:
        rng, boxes = self.rng, self.boxes
        if rng.random() < 0.3:
            text, amounts = rng.choice(_EXPENSES)
            amount = rng.choice(amounts)
            if amount <= boxes.cash:
                boxes.cash -= amount
                yield self._paid(EntryKind.EXPENSE, amount, day, text=text)
        if rng.random() < 0.15:
            text, amounts = rng.choice(_GRANTS)
            amount = rng.choice(amounts)
            if amount <= boxes.social:
                boxes.social -= amount
                yield self._paid(EntryKind.SOCIAL_OUT, amount, day, rng.choice(boxes.roster).id, text)
        if self.meetings > 4 and len(boxes.roster) > 5 and rng.random() < 0.07:
            yield from self._leave(day)
        if boxes.cash >= 6_000_000:
            yield self._bank(
                EntryKind.BANK_IN, (boxes.cash - 2_000_000) // 1_000_000 * 1_000_000, day + timedelta(days=1)
            )
        if "savings" in self.columns and rng.random() < 0.1:
            purse = rng.choice(boxes.roster)
            amount = 10_000 * rng.randint(1, 10)
            purse.savings += amount
            boxes.cash += amount
            yield self._paid(
                EntryKind.SAVINGS_IN, amount, day + timedelta(days=2), purse.id, "Gửi bù sau buổi họp"
            )
        if len(boxes.roster) < self.order.members and rng.random() < 0.4 and self.everybody < _MOST_PEOPLE:
            yield self._enrol(day + timedelta(days=3))

    def _bank(self, kind: EntryKind, amount: int, day: date) -> Paid:
        sign = 1 if kind is EntryKind.BANK_IN else -1
        self.boxes.bank += sign * amount
        self.boxes.cash -= sign * amount
        return self._paid(kind, amount, day)

    def _paid(
        self,
        kind: EntryKind,
        amount: int,
        day: date,
        member: MemberId | None = None,
        text: str = "",
        units: int = 0,
    ) -> Paid:
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


def _without_withdrawal(row: SheetRow) -> SheetRow:
    return replace(row, amounts={key: value for key, value in row.amounts.items() if key != "withdrawal"})


def _notes(rng: Random, amount: int) -> dict[int, int]:
    """Return notes that make an amount: some large ones, the rest small, as in a village box."""
    found: dict[int, int] = {}
    rest = amount
    for note in rules.NOTES[:-1]:
        pieces = rest // note
        if note >= 50_000 and pieces:
            pieces = rng.randint(pieces // 3, pieces)
        if pieces:
            found[note] = pieces
            rest -= pieces * note
    if rest:
        found[rules.NOTES[-1]] = rest // rules.NOTES[-1]
    return found

"""Who joins and leaves the group of a demonstration story, and how it was founded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.models.ids import MemberId
from desktop.models.kinds import EntryKind, Office
from desktop.services.demo_events import Appointed, Enrolled, Event, Founded, Left, Purse
from desktop.services.demo_groups import charter_of
from desktop.services.demo_people import ethnic_mix, make_person
from desktop.services.demo_village import Village
from desktop.services.groups import FoundGroup
from desktop.services.households import Address

MOST_PEOPLE = 190
"""How many people one group may see in all, so that everybody's number is another one."""

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


class Joining:
    """Founds a village's group and lets people come and go."""

    def __init__(self, village: Village) -> None:
        self.village = village

    def found(self) -> Iterator[Event]:
        """Found the group: its first members, its committee, and the money it begins with."""
        template, charter = charter_of(self.village.pattern.kind)
        yield Founded(
            at=self.village.at(self.village.founded, 14),
            group=self.village.number,
            command=FoundGroup(
                code=f"N-{self.village.number:03d}",
                name=self.village.name,
                rules=self.village.rules,
                cycle_starts=self.village.cycle.starts,
                cycle_ends=self.village.cycle.ends,
                kind=self.village.pattern.kind,
                commune_code=self.village.home.commune,
                hamlet=self.village.home.hamlets[0],
                founded=self.village.founded,
                charter=charter,
                template=template,
            ),
        )
        for _place in range(self.village.order.members):
            yield self.enrol(self.village.founded)
        # A committee of a small group holds no more offices than it has people.
        for purse, office in zip(self.village.boxes.roster, _OFFICES, strict=False):
            self.village.offices.add(purse.id)
            yield Appointed(
                at=self.village.at(self.village.founded, 15),
                group=self.village.number,
                member=purse.id,
                office=office,
                since=self.village.founded,
            )
        if self.village.pattern.external:
            self.village.boxes.cash += self.village.pattern.external
            yield self.village.paid(
                EntryKind.EXTERNAL_IN,
                self.village.pattern.external,
                self.village.founded,
                text="Vốn xoay vòng dự án hỗ trợ ban đầu",
            )

    def enrol(self, day: date) -> Enrolled:
        """Let somebody join on a day, in a household of their own or in one that is there."""
        rng = self.village.rng
        peoples, shares = ethnic_mix(self.village.province)
        ethnic = rng.choices(peoples, shares)[0]
        self.village.everybody += 1
        serial = self.village.number * MOST_PEOPLE + self.village.everybody
        person = make_person(rng, self.village.province, ethnic, day, serial, self.village.pattern.women)
        person = replace(person, joined=day)
        if self.village.households and rng.random() < 0.08:
            (household, address), is_head = rng.choice(self.village.households), False
        else:
            household, address = len(self.village.households) + 1, self._address(day)
            is_head = rng.random() < 0.7
            self.village.households.append((household, address))
        member = MemberId(self.village.everybody)
        self.village.boxes.roster.append(
            Purse(
                id=member,
                name=person.full_name,
                wealth=rng.choices((1, 2, 3, 4), (40, 35, 18, 7))[0],
                punctual=rng.uniform(0.72, 0.98),
                position=1 + max((purse.position for purse in self.village.boxes.roster), default=0),
                joined=day,
            )
        )
        return Enrolled(
            at=self.village.at(day, 14, 30),
            group=self.village.number,
            member=member,
            person=person,
            household=household,
            address=address,
            is_head=is_head,
            joined=day,
        )

    def _address(self, day: date) -> Address:
        hamlet = self.village.rng.choice(self.village.home.hamlets)
        old = ""
        if day < date(2025, 7, 1) and self.village.rng.random() < 0.08:
            old = f"{hamlet}, {self.village.rng.choice(_OLD_ADDRESSES[self.village.province])}"
        return Address(self.village.home.commune, hamlet, old)

    def leave(self, day: date) -> Iterator[Event]:
        """Let a member without office leave and be paid out, when there is money for it."""
        candidates = [purse for purse in self.village.boxes.roster if purse.id not in self.village.offices]
        if not candidates:
            return
        purse = self.village.rng.choice(candidates)
        owed = purse.savings + purse.compulsory + purse.share_amount
        if owed > self.village.boxes.cash:
            needed = -(-(owed - self.village.boxes.cash) // 500_000) * 500_000
            if needed > self.village.boxes.bank:
                return
            yield self.village.bank(EntryKind.BANK_OUT, needed, day)
        said = "Chi trả khi rời nhóm"
        for kind, amount, units in (
            (EntryKind.SAVINGS_OUT, purse.savings, 0),
            (EntryKind.COMPULSORY_OUT, purse.compulsory, 0),
            (EntryKind.SHARES_OUT, purse.share_amount, purse.shares),
        ):
            if amount:
                self.village.boxes.cash -= amount
                yield self.village.paid(kind, amount, day, purse.id, said, units)
        self.village.boxes.roster.remove(purse)
        yield Left(
            at=self.village.at(day, 20),
            group=self.village.number,
            member=purse.id,
            day=day,
            reason=self.village.rng.choice(_LEAVING),
        )

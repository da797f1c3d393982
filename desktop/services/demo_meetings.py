"""The meetings of a demonstration story: held, corrected, or keyed by half. Nobody withdraws what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Attendance
from desktop.models.rules import sheet as rules
from desktop.models.rules.sheet import MemberFacts, Sheet, SheetFacts, SheetRow
from desktop.services.demo_events import Corrected, Drafted, Event, Held, Purse
from desktop.services.demo_village import Village

_DECISIONS = (
    "Thống nhất ngày họp kỳ sau.",
    "Thành viên đi muộn sẽ bị nhắc tên trước nhóm.",
    "Nhóm mua thêm sổ theo dõi cho từng thành viên.",
    "Cử hai người đi tập huấn nuôi vịt ở xã.",
    "Giữ nguyên mức đóng quỹ xã hội.",
)


class Meetings:
    """Holds the meetings of a village's group."""

    def __init__(self, village: Village) -> None:
        self.village = village

    def _facts(self, day: date) -> SheetFacts:
        return SheetFacts(
            group=GroupId(self.village.number),
            group_code=f"N-{self.village.number:03d}",
            group_name=self.village.name,
            day=day,
            today=self.village.order.today,
            rules=self.village.rules,
            cycle=self.village.cycle,
            number=self.village.held + 1,
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
                for purse in self.village.boxes.roster
            ),
            cash=self.village.boxes.cash,
            social_cash=self.village.boxes.social,
        )

    def hold(self, day: date) -> Held:
        """Hold a meeting on a day: who came, what each brought, and both boxes counted."""
        facts = self._facts(day)
        states = self._attendance()
        rows = tuple(self._row(purse, states[purse.id]) for purse in self.village.boxes.roster)
        sheet = Sheet(
            day=day,
            rows=rows,
            place=self.village.rules.meeting_place,
            started=self.village.rules.meeting_time,
            ended=f"{int(self.village.rules.meeting_time[:2]) + 2:02d}{self.village.rules.meeting_time[2:]}",
            chair=self._first_present(states),
            decisions="\n".join(self.village.rng.sample(_DECISIONS, 2)),
        )
        if rules.totals(facts, sheet).cash_after < 0:
            sheet = replace(sheet, rows=tuple(_without_withdrawal(row) for row in rows))
        sheet = self._count(facts, sheet)
        self._take(facts, sheet)
        self.village.held += 1
        late = self.village.rng.choices((0, 1, 2), (75, 18, 7))[0]
        return Held(
            at=self.village.at(day + timedelta(days=late), 19),
            group=self.village.number,
            facts=facts,
            sheet=sheet,
        )

    def _first_present(self, states: Mapping[MemberId, Attendance]) -> MemberId | None:
        return next((member for member, state in states.items() if state.takes_part), None)

    def _attendance(self) -> dict[MemberId, Attendance]:
        """Return who came how; so many come that there is a quorum."""
        away = (Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED, Attendance.REPRESENTED)
        states = {}
        for purse in self.village.boxes.roster:
            came = self.village.rng.random() < purse.punctual
            states[purse.id] = (
                Attendance.PRESENT if came else self.village.rng.choices(away, (40, 20, 28, 12))[0]
            )
        missing = self.village.rules.quorum_of(len(states)) - sum(
            state.takes_part for state in states.values()
        )
        for member, state in states.items():
            if missing > 0 and not state.takes_part:
                states[member] = Attendance.LATE
                missing -= 1
        return states

    def _row(self, purse: Purse, state: Attendance) -> SheetRow:
        rng, rules_ = self.village.rng, self.village.rules
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
        kept = {key: value for key, value in amounts.items() if value and key in self.village.columns}
        return SheetRow(purse.id, state, kept)

    def _count(self, facts: SheetFacts, sheet: Sheet) -> Sheet:
        """Return the sheet with both boxes counted; now and then the count is a little off."""
        sums = rules.totals(facts, sheet)
        off = 0
        if self.village.rng.random() < 0.04:
            off = self.village.rng.choice((-10_000, -5_000, -2_000, 1_000, 5_000, 10_000))
        if sums.cash_after + off < 0:
            off = 0
        return replace(
            sheet,
            counted=_notes(self.village.rng, sums.cash_after + off),
            social_counted=_notes(self.village.rng, sums.social_after),
            difference_reason="Thối nhầm tiền lẻ khi thu" if off else "",
        )

    def _take(self, facts: SheetFacts, sheet: Sheet) -> None:
        """Bring the story's own account up to what the sheet says."""
        sums = rules.totals(facts, sheet)
        self.village.boxes.cash = sums.cash_after + sums.difference
        self.village.boxes.social = sums.social_after + sums.social_difference
        purses = {purse.id: purse for purse in self.village.boxes.roster}
        for row in sheet.rows:
            self._change(purses[row.member], row.amounts, 1)

    def _change(self, purse: Purse, amounts: Mapping[str, int], sign: int) -> None:
        shares = amounts.get("shares", 0)
        purse.savings += sign * (amounts.get("savings", 0) - amounts.get("withdrawal", 0))
        purse.compulsory += sign * amounts.get("compulsory", 0)
        purse.shares += sign * shares
        purse.share_amount += sign * shares * self.village.rules.share_value
        purse.social += sign * amounts.get("social", 0)
        purse.fines += sign * amounts.get("fine", 0)

    def correction(self, held: Held) -> Iterator[Event]:
        """The clerk had keyed the savings of two neighbours in each other's rows."""
        key = "savings" if "savings" in self.village.columns else "shares"
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
        purses = {purse.id: purse for purse in self.village.boxes.roster}
        one, other = rows[pair[0]], rows[pair[1]]
        for place, row, value in ((pair[0], one, other.amounts[key]), (pair[1], other, one.amounts[key])):
            rows[place] = replace(row, amounts={**row.amounts, key: value})
            self._change(purses[row.member], row.amounts, -1)
            self._change(purses[row.member], rows[place].amounts, 1)
        yield Corrected(
            at=self.village.at(held.sheet.day + timedelta(days=3), 9),
            group=self.village.number,
            facts=held.facts,
            sheet=replace(held.sheet, rows=tuple(rows)),
            reason=f"Ghi nhầm dòng của {purses[one.member].name} và {purses[other.member].name}",
        )

    def draft(self, day: date) -> Drafted:
        """The clerk keyed half of the sheet and was called away."""
        states = self._attendance()
        half = len(self.village.boxes.roster) // 2
        rows = tuple(
            self._row(purse, states[purse.id]) if at < half else SheetRow(purse.id)
            for at, purse in enumerate(self.village.boxes.roster)
        )
        later = min(day + timedelta(days=1), self.village.order.today)
        return Drafted(
            at=self.village.at(later, 8), group=self.village.number, sheet=Sheet(day=day, rows=rows)
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

"""Reading the groups of a place in a period: meetings, counts, day totals, entries and vouchers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, Attendance, EntryKind, OpeningState, natural
from desktop.models.records.every import (
    AccountRow,
    CashCount,
    Constitution,
    DayTotal,
    Group,
    Meeting,
    MeetingAttendance,
    Posting,
    Voucher,
)
from desktop.services.indicators.facts import GroupFacts, Kept
from desktop.services.indicators.period_reader import PeriodReader

IN_TIME = timedelta(days=7)


class GroupReader(PeriodReader):
    """Reads what is of whole groups, all of them at once; `group` gives the facts of each."""

    def __init__(
        self, session: Session, groups: frozenset[int], starts: date, ends: date, *, whole: bool
    ) -> None:
        super().__init__(session, groups, starts, ends, whole=whole)
        self.counted_on: dict[int, date] = {}
        self.meetings = self._meetings()
        self.outside_counts = self._outside_counts()
        self.before, self.after = self._totals()
        self.vouchers = self._vouchers()
        self.moved = self._moved()
        self.closed_off = self._closed_off()

    def group(self, group: Group) -> GroupFacts:
        """Return the facts of one group."""
        key = group.id
        held, quorum, last, counted, difference = self.meetings.get(key, (0, 0, None, False, 0))
        outside = self.outside_counts.get(key)
        if outside is not None and outside[0] >= self.counted_on.get(key, outside[0]):
            counted, difference = True, outside[1]
        by_user = self.vouchers.get(key, {})
        return GroupFacts(
            GroupId(key),
            group.code,
            group.name,
            group.kind,
            group.commune_code or "",
            group.hamlet,
            group.founded,
            group.closed,
            last,
            held,
            quorum,
            self.before.get(key, {}),
            self.after.get(key, {}),
            self.moved.get(key, {}),
            sum(one.vouchers for one in by_user.values()),
            sum(one.in_time for one in by_user.values()),
            sum(one.reversals for one in by_user.values()),
            by_user,
            counted,
            difference,
            self.closed_off.get(key, {}),
        )

    def _meetings(self) -> dict[int, tuple[int, int, date | None, bool, int]]:
        quorum = self._quorum()
        present = case(
            (
                MeetingAttendance.state.in_([Attendance.PRESENT, Attendance.LATE, Attendance.REPRESENTED]),
                1,
            ),
            else_=0,
        )
        query = (
            select(
                Meeting.group_id,
                Meeting.id,
                Meeting.day,
                Meeting.counted,
                Meeting.cash_difference,
                func.count(MeetingAttendance.member_id),
                func.coalesce(func.sum(present), 0),
            )
            .outerjoin(MeetingAttendance, MeetingAttendance.meeting_id == Meeting.id)
            .where(*self._held())
            .group_by(Meeting.group_id, Meeting.id, Meeting.day, Meeting.counted, Meeting.cash_difference)
            .order_by(Meeting.day)
        )
        found: dict[int, tuple[int, int, date | None, bool, int]] = {}
        for group, _meeting, day, counted, difference, every, came in self.session.execute(query):
            held, enough, _last, was, gap = found.get(group, (0, 0, None, False, 0))
            needed = -(-int(every) * quorum.get(group, 50) // 100)
            if counted:
                was, gap = True, int(difference)
                self.counted_on[group] = day
            found[group] = (held + 1, enough + (int(came) >= needed), day, was, gap)
        return found

    def _outside_counts(self) -> dict[int, tuple[date, int]]:
        """Return the last count of each group's loan-fund box outside meetings: its day, counted less book in đồng."""
        query = (
            select(CashCount.group_id, CashCount.day, CashCount.counted, CashCount.book)
            .where(
                self._in(CashCount.group_id),
                CashCount.box == int(Account.CASH),
                CashCount.state == OpeningState.POSTED,
                CashCount.day >= self.starts,
                CashCount.day <= self.ends,
            )
            .order_by(CashCount.day, CashCount.number)
        )
        return {row.group_id: (row.day, int(row.counted - row.book)) for row in self.session.execute(query)}

    def _quorum(self) -> dict[int, int]:
        query = (
            select(Constitution.group_id, Constitution.quorum_percent)
            .where(self._in(Constitution.group_id), Constitution.valid_from <= self.ends)
            .order_by(Constitution.valid_from)
        )
        return {row.group_id: row.quorum_percent for row in self.session.execute(query)}

    def _totals(self) -> tuple[dict[int, dict[Account, int]], dict[int, dict[Account, int]]]:
        query = (
            select(
                DayTotal.group_id,
                DayTotal.account,
                func.sum(case((DayTotal.day < self.starts, DayTotal.amount), else_=0)),
                func.sum(DayTotal.amount),
            )
            .where(self._in(DayTotal.group_id), DayTotal.day <= self.ends)
            .group_by(DayTotal.group_id, DayTotal.account)
        )
        before: dict[int, dict[Account, int]] = defaultdict(dict)
        after: dict[int, dict[Account, int]] = defaultdict(dict)
        for group, number, old, new in self.session.execute(query):
            account = Account(number)
            before[group][account] = natural(account, int(old))
            after[group][account] = natural(account, int(new))
        return before, after

    def _closed_off(self) -> dict[int, dict[Account, int]]:
        """Return what the ends of cycles in the period took off income and expenses, by group."""
        query = (
            select(AccountRow.group_id, AccountRow.account, func.sum(Posting.amount))
            .join(Posting, Posting.account_id == AccountRow.id)
            .where(
                self._in(AccountRow.group_id),
                Posting.kind == int(EntryKind.CYCLE_CLOSE),
                Posting.day >= self.starts,
                Posting.day <= self.ends,
            )
            .group_by(AccountRow.group_id, AccountRow.account)
        )
        found: dict[int, dict[Account, int]] = defaultdict(dict)
        for group, number, amount in self.session.execute(query):
            account = Account(number)
            found[group][account] = -natural(account, int(amount))
        return found

    def _vouchers(self) -> dict[int, dict[str, Kept]]:
        """Return, by group and by who recorded them, the vouchers of the period."""
        query = select(
            Voucher.group_id, Voucher.recorded_by, Voucher.day, Voucher.recorded_at, Voucher.reverses_id
        ).where(self._in(Voucher.group_id), Voucher.day >= self.starts, Voucher.day <= self.ends)
        found: dict[int, dict[str, Kept]] = defaultdict(dict)
        for group, who, day, recorded, reverses in self.session.execute(query):
            kept = found[group].get(who, Kept())
            found[group][who] = Kept(
                kept.vouchers + 1,
                kept.in_time + (recorded.date() <= day + IN_TIME),
                kept.reversals + (reverses is not None),
            )
        return found

    def _moved(self) -> dict[int, dict[EntryKind, int]]:
        """Return what each kind of entry moved in a group: the sum of its debits, less what was taken back."""
        query = (
            select(
                Voucher.group_id,
                Posting.kind,
                func.sum(
                    case(
                        (Voucher.reverses_id.is_(None), case((Posting.amount > 0, Posting.amount), else_=0)),
                        else_=case((Posting.amount < 0, Posting.amount), else_=0),
                    )
                ),
            )
            .join(Voucher, Voucher.id == Posting.voucher_id)
            .where(self._in(Voucher.group_id), Voucher.day >= self.starts, Voucher.day <= self.ends)
            .group_by(Voucher.group_id, Posting.kind)
        )
        known = {int(kind) for kind in EntryKind}
        found: dict[int, dict[EntryKind, int]] = defaultdict(dict)
        for group, kind, amount in self.session.execute(query):
            if kind in known:
                found[group][EntryKind(kind)] = int(amount)
        return found

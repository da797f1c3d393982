"""Reading the facts of a place and a period: one loader, a question for each kind of record, none for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import (
    Account,
    Attendance,
    EntryKind,
    LoanStage,
    MeetingState,
    MemberStatus,
    Office,
    OpeningState,
    natural,
)
from desktop.models.records.every import (
    AccountRow,
    CashCount,
    Constitution,
    DayTotal,
    Group,
    Household,
    Loan,
    Meeting,
    MeetingAttendance,
    Member,
    Membership,
    OfficeTerm,
    Posting,
    Voucher,
)
from desktop.models.rules.categories import Category
from desktop.services import consents
from desktop.services.indicators.facts import Facts, GroupFacts, HouseholdFacts, LoanPart, Part, Scope
from desktop.services.indicators.others import others_in
from desktop.services.indicators.registry import indicators
from desktop.services.indicators.traits import Known, known_of, traits_of
from desktop.services.loan_portfolio import portfolio
from desktop.services.standing import OWNED
from desktop.store.book import Book
from resources.lang.names import fold, join_name

_PER_MEMBER = (*OWNED, Account.SOCIAL_FUND, Account.SOCIAL_GRANTS, Account.FINES)
_LENT = (int(EntryKind.LOAN_OUT), int(EntryKind.LOAN_OUT_BANK))
_SAVED = (int(EntryKind.SAVINGS_IN), int(EntryKind.COMPULSORY_IN), int(EntryKind.SHARES_IN))
_MOVED = (
    "chuyen di",
    "chuyen nha",
    "chuyen noi",
    "chuyen cho",
    "di cu",
    "doi cho o",
    "da mat",
    "qua doi",
    "moved",
    "died",
)
"""Reasons of leaving that are no dropout (died, moved away), without marks; indicators.md NH05."""
IN_TIME = timedelta(days=7)

Loader = Callable[[Session, Scope, date, date], Iterable[Any]]
LOADERS: dict[str, Loader] = {}
"""What other modules add to `Facts.more`: their name and a function that reads their rows."""


def load(book: Book, scope: Scope, starts: date, ends: date, *, bare: bool = False) -> Facts:
    """Return the facts of a place from `starts` to `ends`, both included.

    `bare` leaves out what other modules keep (`more`, and `others` behind it), which is most of the work: for a
    deed that asks about members, groups and households only.
    """
    indicators()  # the modules of indicators name their loaders when they are imported
    loans = portfolio(book, ends, scope.group).loans
    with book.read() as session:
        groups = _groups(session, scope)
        keys = [group.id for group in groups]
        inside = frozenset(keys)
        reader = _Reader(session, inside, starts, ends, whole=scope == Scope())
        parts = reader.parts({loan.id: loan for loan in loans if loan.group in inside})
        found = tuple(reader.group(group) for group in groups)
        homes = tuple(_households(session, scope, parts, ends, reader.known))
        loaders = {} if bare else LOADERS
        more = {name: tuple(loader(session, scope, starts, ends)) for name, loader in loaders.items()}
        there = {part.member for part in parts}
        others = tuple(others_in(session, more, there, inside, ends, reader.known, reader.agreeing))
    return Facts(scope, starts, ends, parts, found, homes, more, others=others, whole=parts)


def groups_in(session: Session, scope: Scope) -> frozenset[GroupId] | None:
    """Return the groups of a place; None for the whole book."""
    if scope == Scope():
        return None
    return frozenset(GroupId(group.id) for group in _groups(session, scope))


def _groups(session: Session, scope: Scope) -> Sequence[Group]:
    query = select(Group).order_by(Group.name_sort, Group.id)
    if scope.group is not None:
        query = query.where(Group.id == scope.group)
    if scope.commune:
        query = query.where(Group.commune_code == scope.commune)
    return session.scalars(query).all()


class _Reader:
    """Reads by kind of record; what is asked of all groups is sifted here, so that no question grows with them."""

    def __init__(
        self, session: Session, groups: frozenset[int], starts: date, ends: date, *, whole: bool
    ) -> None:
        self.session = session
        self.groups = groups
        self.starts, self.ends = starts, ends
        self.only = None if whole or len(groups) > 400 else sorted(groups)
        self.known: Mapping[int, Known] = known_of(session, ends)
        self.counted_on: dict[int, date] = {}
        self.meetings = self._meetings()
        self.outside_counts = self._outside_counts()
        self.before, self.after = self._totals()
        self.vouchers = self._vouchers()
        self.moved = self._moved()
        self.closed_off = self._closed_off()
        self.agreeing = consents.agreeing_in(session, Purpose.STATISTICS)

    def _in(self, column: Any) -> Any:
        return column.in_(self.only) if self.only is not None else column.is_not(None)

    # -- people -------------------------------------------------------------------------------------

    def parts(self, owed: Mapping[int, Any]) -> tuple[Part, ...]:
        """Return everyone who was a member at some time of the period, by group."""
        called = self._attendance()
        saved = self._saved()
        held = self._holdings()
        offices = self._offices()
        loans = self._loans(owed)
        query = (
            select(
                Membership.group_id,
                Membership.member_id,
                Membership.joined,
                Membership.left,
                Membership.reason,
                Member.code,
                Member.family,
                Member.middle,
                Member.given,
                Member.sex,
                Member.birth_date,
                Member.birth_year,
                Member.ethnic_code,
                Member.household_id,
                Member.is_head,
                Member.status,
                Household.hamlet,
            )
            .join(Member, Member.id == Membership.member_id)
            .outerjoin(Household, Household.id == Member.household_id)
            .where(
                self._in(Membership.group_id),
                Membership.joined <= self.ends,
                or_(Membership.left.is_(None), Membership.left >= self.starts),
            )
            .order_by(Membership.group_id, Membership.position, Membership.joined, Membership.id)
        )
        found: dict[tuple[int, int], Part] = {}
        for row in self.session.execute(query):
            key = (row.group_id, row.member_id)
            if row.group_id not in self.groups:
                continue
            facts = self.known.get(row.member_id, Known())
            before, after = held.get(key, ({}, {}))
            found[key] = Part(
                member=MemberId(row.member_id),
                group=GroupId(row.group_id),
                code=row.code,
                name=join_name(row.family, row.middle, row.given),
                traits=traits_of(row, facts, self.ends),
                household=None if row.household_id is None else HouseholdId(row.household_id),
                hamlet=row.hamlet or "",
                joined=found[key].joined if key in found else row.joined,
                left=row.left,
                reason=row.reason,
                counts_as_dropout=row.status is not MemberStatus.DIED and not _no_dropout(row.reason),
                offices=offices.get(key, frozenset()),
                called=called.get(key, (0, 0, 0))[0],
                attended=called.get(key, (0, 0, 0))[1],
                represented=called.get(key, (0, 0, 0))[2],
                saved=saved.get(key, 0),
                savings=sum(after.get(account, 0) for account in OWNED),
                savings_before=sum(before.get(account, 0) for account in OWNED),
                social_in=_grown(before, after, Account.SOCIAL_FUND),
                social_out=_grown(before, after, Account.SOCIAL_GRANTS),
                fines=_grown(before, after, Account.FINES),
                loans=tuple(loans.get(key, ())),
                difficulties=facts.difficulties,
                accommodated=facts.accommodated,
                asked_on=facts.asked_on,
                agrees=row.member_id in self.agreeing,
            )
        return tuple(found.values())

    def _attendance(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        state = MeetingAttendance.state
        query = (
            select(
                Meeting.group_id,
                MeetingAttendance.member_id,
                func.count(),
                func.sum(case((state.in_([Attendance.PRESENT, Attendance.LATE]), 1), else_=0)),
                func.sum(case((state == Attendance.REPRESENTED, 1), else_=0)),
            )
            .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
            .where(*self._held())
            .group_by(Meeting.group_id, MeetingAttendance.member_id)
        )
        return {
            (group, member): (int(every), int(came), int(sent))
            for group, member, every, came, sent in self.session.execute(query)
        }

    def _held(self) -> tuple[Any, ...]:
        return (
            Meeting.state == MeetingState.POSTED,
            Meeting.day >= self.starts,
            Meeting.day <= self.ends,
            self._in(Meeting.group_id),
        )

    def _saved(self) -> dict[tuple[int, int], int]:
        """Return at how many meetings each member paid in savings or shares; what was taken back does not count."""
        back = aliased(Voucher)
        query = (
            select(
                AccountRow.group_id,
                AccountRow.member_id,
                func.count(func.distinct(Voucher.meeting_id)),
            )
            .select_from(AccountRow)
            .join(Posting, Posting.account_id == AccountRow.id)
            .join(Voucher, Voucher.id == Posting.voucher_id)
            .where(
                AccountRow.member_id.is_not(None),
                AccountRow.account.in_([int(account) for account in OWNED]),
                self._in(AccountRow.group_id),
                Posting.kind.in_(_SAVED),
                Posting.day >= self.starts,
                Posting.day <= self.ends,
                Posting.amount < 0,
                Voucher.meeting_id.is_not(None),
                Voucher.reverses_id.is_(None),
                ~exists().where(back.reverses_id == Voucher.id),
            )
            .group_by(AccountRow.group_id, AccountRow.member_id)
        )
        return {
            (group, cast(int, member)): int(times) for group, member, times in self.session.execute(query)
        }

    def _holdings(self) -> dict[tuple[int, int], tuple[dict[Account, int], dict[Account, int]]]:
        query = (
            select(
                AccountRow.group_id,
                AccountRow.member_id,
                AccountRow.account,
                func.sum(case((Posting.day < self.starts, Posting.amount), else_=0)),
                func.sum(Posting.amount),
            )
            .select_from(AccountRow)
            .join(Posting, Posting.account_id == AccountRow.id)
            .where(
                AccountRow.member_id.is_not(None),
                AccountRow.account.in_([int(account) for account in _PER_MEMBER]),
                self._in(AccountRow.group_id),
                Posting.day <= self.ends,
            )
            .group_by(AccountRow.group_id, AccountRow.member_id, AccountRow.account)
        )
        found: dict[tuple[int, int], tuple[dict[Account, int], dict[Account, int]]] = {}
        for group, member, number, before, after in self.session.execute(query):
            account = Account(number)
            pair = found.setdefault((group, member), ({}, {}))
            pair[0][account] = natural(account, int(before))
            pair[1][account] = natural(account, int(after))
        return found

    def _offices(self) -> dict[tuple[int, int], frozenset[Office]]:
        query = select(OfficeTerm.group_id, OfficeTerm.member_id, OfficeTerm.office).where(
            self._in(OfficeTerm.group_id),
            OfficeTerm.since <= self.ends,
            or_(OfficeTerm.until.is_(None), OfficeTerm.until >= self.ends),
        )
        found: dict[tuple[int, int], frozenset[Office]] = {}
        for group, member, office in self.session.execute(query):
            found[group, member] = found.get((group, member), frozenset()) | {office}
        return found

    def _loans(self, owed: Mapping[int, Any]) -> dict[tuple[int, int], list[LoanPart]]:
        lent = {
            loan: int(amount)
            for loan, amount in self.session.execute(
                select(AccountRow.loan_id, func.sum(Posting.amount))
                .join(Posting, Posting.account_id == AccountRow.id)
                .where(
                    AccountRow.account == int(Account.LOANS),
                    self._in(AccountRow.group_id),
                    Posting.kind.in_(_LENT),
                    Posting.day >= self.starts,
                    Posting.day <= self.ends,
                )
                .group_by(AccountRow.loan_id)
            )
        }
        decided = and_(Loan.decided_on >= self.starts, Loan.decided_on <= self.ends)
        query = select(
            Loan.id, Loan.group_id, Loan.member_id, Loan.purpose, Loan.stage, Loan.decided_on
        ).where(
            Loan.member_id.is_not(None),
            self._in(Loan.group_id),
            or_(decided, Loan.id.in_(select(AccountRow.loan_id).where(AccountRow.loan_id.is_not(None)))),
        )
        found: dict[tuple[int, int], list[LoanPart]] = defaultdict(list)
        for row in self.session.execute(query):
            now = owed.get(row.id)
            asked = row.decided_on is not None and self.starts <= row.decided_on <= self.ends
            if now is None and not lent.get(row.id) and not asked:
                continue
            found[row.group_id, cast(int, row.member_id)].append(
                LoanPart(
                    row.id,
                    row.purpose,
                    0 if now is None else now.outstanding,
                    0 if now is None else now.days_late,
                    0 if now is None else now.rescheduled,
                    lent.get(row.id, 0),
                    row.stage,
                    asked and row.stage not in (LoanStage.APPLIED, LoanStage.CANCELLED),
                )
            )
        return found

    # -- groups -------------------------------------------------------------------------------------

    def group(self, group: Group) -> GroupFacts:
        """Return the facts of one group."""
        key = group.id
        held, quorum, last, counted, difference = self.meetings.get(key, (0, 0, None, False, 0))
        outside = self.outside_counts.get(key)
        if outside is not None and outside[0] >= self.counted_on.get(key, outside[0]):
            counted, difference = True, outside[1]
        every, in_time, reversals = self.vouchers.get(key, (0, 0, 0))
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
            every,
            in_time,
            reversals,
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

    def _vouchers(self) -> dict[int, tuple[int, int, int]]:
        query = select(Voucher.group_id, Voucher.day, Voucher.recorded_at, Voucher.reverses_id).where(
            self._in(Voucher.group_id), Voucher.day >= self.starts, Voucher.day <= self.ends
        )
        found: dict[int, tuple[int, int, int]] = {}
        for group, day, recorded, reverses in self.session.execute(query):
            every, in_time, back = found.get(group, (0, 0, 0))
            on_time = recorded.date() <= day + IN_TIME
            found[group] = (every + 1, in_time + on_time, back + (reverses is not None))
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


def _grown(before: Mapping[Account, int], after: Mapping[Account, int], account: Account) -> int:
    return after.get(account, 0) - before.get(account, 0)


def _no_dropout(reason: str) -> bool:
    words = fold(reason)
    return any(word in words for word in _MOVED)


def _households(
    session: Session, scope: Scope, parts: tuple[Part, ...], ends: date, known: Mapping[int, Known]
) -> Iterable[HouseholdFacts]:
    """Yield the households of the place, with what their people are counted as and whether one is a member."""
    reached = {part.household for part in parts if part.member_on(ends)}
    query = select(
        Member.id,
        Member.household_id,
        Member.family,
        Member.middle,
        Member.given,
        Member.sex,
        Member.birth_date,
        Member.birth_year,
        Member.ethnic_code,
        Member.is_head,
    ).where(Member.household_id.is_not(None), Member.status != MemberStatus.DIED)
    categories: dict[int, set[str]] = defaultdict(set)
    heads: dict[int, str] = {}
    for row in session.execute(query):
        facts = known.get(row.id, Known())
        traits = traits_of(row, facts, ends)
        categories[row.household_id] |= {one.value for one in Category if one.holds(traits)}
        categories[row.household_id] |= facts.vulnerabilities or frozenset()
        if row.is_head:
            heads[row.household_id] = join_name(row.family, row.middle, row.given)
    homes = select(Household).order_by(Household.hamlet, Household.code)
    if scope.commune:
        homes = homes.where(Household.commune_code == scope.commune)
    for home in session.scalars(homes):
        if scope.group is not None and home.id not in reached:
            continue
        yield HouseholdFacts(
            HouseholdId(home.id),
            home.code,
            home.commune_code or "",
            home.hamlet,
            heads.get(home.id, ""),
            home.id in reached,
            frozenset(categories.get(home.id, ())),
        )

"""Reading the people of a place in a period: what they held, saved, borrowed, came to and stood for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import cast

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.models.ids import GroupId, HouseholdId, LoanId, MemberId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import (
    OWED_TO_MEMBERS,
    Account,
    Attendance,
    EntryKind,
    LoanStage,
    MemberStatus,
    Office,
    natural,
)
from desktop.models.records.every import (
    AccountRow,
    Household,
    Loan,
    LoanProduct,
    Meeting,
    MeetingAttendance,
    Member,
    Membership,
    OfficeTerm,
    Posting,
    Voucher,
)
from desktop.services import consents
from desktop.services.indicators.facts import LoanPart, Part
from desktop.services.indicators.period_reader import PeriodReader
from desktop.services.indicators.traits import COUNTED_BY, Known, known_of, traits_of
from desktop.services.loan_portfolio import LoanAtRisk
from resources.lang.names import fold, join_name

_PER_MEMBER = (*OWED_TO_MEMBERS, Account.SOCIAL_FUND, Account.SOCIAL_GRANTS, Account.FINES)
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


class PeopleReader(PeriodReader):
    """Reads everyone who was a member at some time of the period."""

    def __init__(
        self, session: Session, groups: frozenset[int], starts: date, ends: date, *, whole: bool
    ) -> None:
        super().__init__(session, groups, starts, ends, whole=whole)
        self.known: Mapping[int, Known] = known_of(session, ends)
        self.agreeing = consents.agreeing_in(session, Purpose.STATISTICS)

    def parts(self, owed: Mapping[LoanId, LoanAtRisk]) -> tuple[Part, ...]:
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
                *COUNTED_BY,
                Member.household_id,
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
                savings=sum(after.get(account, 0) for account in OWED_TO_MEMBERS),
                savings_before=sum(before.get(account, 0) for account in OWED_TO_MEMBERS),
                social_in=_grown(before, after, Account.SOCIAL_FUND),
                social_out=_grown(before, after, Account.SOCIAL_GRANTS),
                fines=_grown(before, after, Account.FINES),
                loans=tuple(loans.get(key, ())),
                difficulties=facts.difficulties,
                accommodated=facts.accommodated,
                barriers=facts.barriers,
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
                AccountRow.account.in_([int(account) for account in OWED_TO_MEMBERS]),
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

    def _loans(self, owed: Mapping[LoanId, LoanAtRisk]) -> dict[tuple[int, int], list[LoanPart]]:
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
        query = (
            select(
                Loan.id,
                Loan.group_id,
                Loan.member_id,
                Loan.purpose,
                Loan.stage,
                Loan.decided_on,
                LoanProduct.code.label("product_code"),
                LoanProduct.name.label("product_name"),
            )
            .outerjoin(LoanProduct, LoanProduct.id == Loan.product_id)
            .where(
                Loan.member_id.is_not(None),
                self._in(Loan.group_id),
                or_(decided, Loan.id.in_(select(AccountRow.loan_id).where(AccountRow.loan_id.is_not(None)))),
            )
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
                    f"{row.product_code}\x1f{row.product_name}" if row.product_code else "",
                )
            )
        return found


def _grown(before: Mapping[Account, int], after: Mapping[Account, int], account: Account) -> int:
    return after.get(account, 0) - before.get(account, 0)


def _no_dropout(reason: str) -> bool:
    words = fold(reason)
    return any(word in words for word in _MOVED)

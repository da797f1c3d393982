"""What a group agrees on for its savings (rules and rates by date), and members' notices of withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.models.kinds import MeetingState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    AccountRow,
    Cycle,
    Group,
    Meeting,
    Member,
    Posting,
    SavingsNotice,
    SavingsRateRow,
    SavingsTermsRow,
)
from desktop.models.rules.savings_terms import (
    NO_LIMITS,
    SavingsAgreed,
    SavingsRate,
    SavingsTerms,
    TermsFacts,
    check_agreed,
    check_limits_from,
    check_not_credited,
    check_rate,
    check_terms,
    latest,
)
from desktop.models.savings_kinds import SavingsKind
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.facts import members_in_order
from desktop.services.savings_facts import movements_of, runs_of, terms_of, terms_on
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


def _changed(group: GroupId) -> Changed:
    return Changed.of(Topic.SAVINGS, Topic.MEETINGS, group=group)


def _facts(session: Session, group: GroupId, kind: SavingsKind, limits: tuple[int, bool, int]) -> TermsFacts:
    return TermsFacts(
        max((run.ends for run in runs_of(session, group, kind)), default=None),
        last_out_in(session, group, kind),
        _begun(session, group),
        limits,
    )


def _begun(session: Session, group: GroupId) -> date | None:
    """Return when the group was founded, or at the latest a year before its first cycle."""
    founded = session.get_one(Group, group).founded
    if founded is not None:
        return founded
    first = session.scalar(select(func.min(Cycle.starts)).where(Cycle.group_id == group))
    return None if first is None else first - timedelta(days=366)


def last_out_in(session: Session, group: GroupId, kind: SavingsKind) -> date | None:
    """Return the latest day on which money may have left the savings: a meeting (voluntary), or a withdrawal."""
    days = [
        session.scalar(
            select(func.max(Posting.day))
            .join(AccountRow, AccountRow.id == Posting.account_id)
            .where(AccountRow.group_id == group, Posting.kind == int(kind.out))
        )
    ]
    if kind is SavingsKind.VOLUNTARY:
        days.append(
            session.scalar(
                select(func.max(Meeting.day)).where(
                    Meeting.group_id == group, Meeting.state == MeetingState.POSTED
                )
            )
        )
    return max((day for day in days if day is not None), default=None)


# -- rules -----------------------------------------------------------------------------------------


def keep_terms(book: Book, group: GroupId, terms: SavingsTerms, act: Act) -> Outcome[date]:
    """Give one kind of savings these rules from their first day on; rules of that very day are replaced.

    Raises Refusal: interest of those days is credited, or limits would change for meetings and withdrawals held.
    """
    with book.write(act) as session:
        kept = terms_of(session, group, terms.kind)
        before = latest(kept, terms.valid_from)
        facts = _facts(session, group, terms.kind, NO_LIMITS if before is None else before.limits)
        refuse_if_stopped(check_terms(terms, facts))
        _write_terms(session, group, terms)
    return Outcome(terms.valid_from, _changed(group))


def _write_terms(session: Session, group: GroupId, terms: SavingsTerms) -> None:
    row = _terms_row(session, group, terms.kind, terms.valid_from)
    if row is None:
        row = SavingsTermsRow(uid=new_uid(), group_id=group, kind=terms.kind, valid_from=terms.valid_from)
        session.add(row)
    row.basis, row.crediting = terms.basis, terms.crediting
    row.days_in_year, row.rounding_unit, row.rounding = (
        terms.days_in_year,
        terms.rounding_unit,
        terms.rounding,
    )
    row.minimum, row.locked_by_loan, row.notice_days = terms.limits


def begin_with(session: Session, group: GroupId, agreed: SavingsAgreed) -> None:
    """Give a new group the rules and the rate of one kind of savings inside an open write. Raises Refusal."""
    terms, rate = agreed.terms, agreed.rate
    refuse_if_stopped(check_agreed(agreed, _facts(session, group, terms.kind, NO_LIMITS)), agreed=True)
    _write_terms(session, group, terms)
    if rate is not None:
        _write_rate(session, group, terms.kind, rate)


def remove_terms(book: Book, group: GroupId, kind: SavingsKind, valid_from: date, act: Act) -> Outcome[date]:
    """Take back rules that nothing was done under yet. Raises Refusal as `keep_terms` does."""
    with book.write(act) as session:
        row = _terms_row(session, group, kind, valid_from)
        if row is None:
            raise Refusal([Problem.stop("gone", "", _("Quy định này không còn nữa."))])
        kept = terms_of(session, group, kind)
        earlier = latest(kept, valid_from - timedelta(days=1))
        mine = next(terms for terms in kept if terms.valid_from == valid_from)
        facts = _facts(session, group, kind, mine.limits)
        limits = NO_LIMITS if earlier is None else earlier.limits
        refuse_if_stopped(
            [*check_not_credited(valid_from, facts), *check_limits_from(valid_from, limits, facts)]
        )
        session.delete(row)
    return Outcome(valid_from, _changed(group))


def _terms_row(
    session: Session, group: GroupId, kind: SavingsKind, valid_from: date
) -> SavingsTermsRow | None:
    return session.scalars(
        select(SavingsTermsRow).where(
            SavingsTermsRow.group_id == group,
            SavingsTermsRow.kind == kind,
            SavingsTermsRow.valid_from == valid_from,
        )
    ).one_or_none()


# -- rates -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeepRate:
    """A rate of one kind of savings from its day on. `agreed`: it is meant, though it is high."""

    group: GroupId
    kind: SavingsKind
    rate: SavingsRate
    agreed: bool = False


def keep_rate(book: Book, command: KeepRate, act: Act) -> Outcome[date]:
    """Keep a rate; one of that very day is replaced. Raises Refusal when interest of those days is credited."""
    group, kind, rate = command.group, command.kind, command.rate
    with book.write(act) as session:
        refuse_if_stopped(check_rate(rate, _facts(session, group, kind, NO_LIMITS)), agreed=command.agreed)
        _write_rate(session, group, kind, rate)
    return Outcome(rate.valid_from, _changed(group))


def _write_rate(session: Session, group: GroupId, kind: SavingsKind, rate: SavingsRate) -> None:
    row = _rate_row(session, group, kind, rate.valid_from)
    thousandths = int(rate.percent * 1000)
    if row is None:
        session.add(
            SavingsRateRow(
                uid=new_uid(),
                group_id=group,
                kind=kind,
                valid_from=rate.valid_from,
                thousandths=thousandths,
                per=rate.per,
            )
        )
    else:
        row.thousandths, row.per = thousandths, rate.per


def remove_rate(book: Book, group: GroupId, kind: SavingsKind, valid_from: date, act: Act) -> Outcome[date]:
    """Take back a rate that no interest was credited by. Raises Refusal."""
    with book.write(act) as session:
        row = _rate_row(session, group, kind, valid_from)
        if row is None:
            raise Refusal([Problem.stop("gone", "", _("Lãi suất này không còn nữa."))])
        refuse_if_stopped(check_not_credited(valid_from, _facts(session, group, kind, NO_LIMITS)))
        session.delete(row)
    return Outcome(valid_from, _changed(group))


def _rate_row(session: Session, group: GroupId, kind: SavingsKind, valid_from: date) -> SavingsRateRow | None:
    return session.scalars(
        select(SavingsRateRow).where(
            SavingsRateRow.group_id == group,
            SavingsRateRow.kind == kind,
            SavingsRateRow.valid_from == valid_from,
        )
    ).one_or_none()


# -- notices ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GiveNotice:
    """A member says that they want to take money out. `due` None: after the days that the group agreed on.

    An earlier day needs a `reason`: what the group decided.
    """

    group: GroupId
    member: MemberId
    kind: SavingsKind
    day: date
    amount: int
    due: date | None = None
    reason: str = ""


def give_notice(book: Book, command: GiveNotice, act: Act) -> Outcome[int]:
    """Write a notice of withdrawal down. Raises Refusal; the value is its key."""
    with book.write(act) as session:
        terms = terms_on(session, command.group, command.kind, command.day)
        usual = command.day + timedelta(days=0 if terms is None else terms.notice_days)
        due = command.due or usual
        refuse_if_stopped(_check_notice(session, command, terms, usual, due, act))
        row = SavingsNotice(
            uid=new_uid(),
            group_id=command.group,
            member_id=command.member,
            kind=command.kind,
            noticed_on=command.day,
            due_on=due,
            amount=command.amount,
            reason=command.reason.strip(),
            recorded_at=act.at,
            recorded_by=act.who,
        )
        session.add(row)
        session.flush()
        key = row.id
    return Outcome(key, _changed(command.group))


def _check_notice(
    session: Session, command: GiveNotice, terms: SavingsTerms | None, usual: date, due: date, act: Act
) -> list[Problem]:
    found = []
    if terms is None or not terms.notice_days:
        text = _("Ngày này nhóm không yêu cầu báo trước khi rút {kind}.")
        found.append(Problem.stop("no-notice", "kind", text.format(kind=command.kind.title.lower())))
    if command.day > act.today:
        text = _("Ngày {day} chưa tới.").format(day=show_day(command.day))
        found.append(Problem.stop("future", "day", text))
    if due < command.day:
        found.append(Problem.stop("due", "due", _("Ngày được rút không thể trước ngày báo.")))
    elif due < usual and not command.reason.strip():
        text = _("Sớm hơn quy định ({day}); hãy ghi lý do nhóm cho rút sớm.").format(day=show_day(usual))
        found.append(Problem.stop("early", "reason", text))
    if type(command.amount) is not int or command.amount <= 0:
        found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
    roster = {row.member_id for row in members_in_order(session, command.group, command.day)}
    if command.member not in roster:
        text = _("Người này không thuộc nhóm vào ngày báo.")
        return [*found, Problem.stop("not-member", "member", text)]
    held = movements_of(session, command.group, command.kind, command.day, command.member)
    balance = sum(move.amount for move in held.get(command.member, []))
    if command.amount > balance and not found:
        text = _("{name} chỉ có {balance} {kind}.").format(
            name=session.get_one(Member, command.member).full_name,
            balance=show_dong(balance),
            kind=command.kind.title.lower(),
        )
        found.append(Problem.stop("too-much", "amount", text))
    return found


def cancel_notice(book: Book, notice: int, reason: str, act: Act) -> Outcome[int]:
    """Take a notice back with a reason; it allows nothing from then on. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(SavingsNotice, notice)
        if row.cancelled:
            raise Refusal([Problem.stop("cancelled", "", _("Lần báo rút này đã hủy rồi."))])
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        row.cancelled, row.cancel_reason = True, reason.strip()
        group = GroupId(row.group_id)
    return Outcome(notice, _changed(group))

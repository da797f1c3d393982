"""Social fund, fines, costs and outside money (QX…, BV…), the box and the keeping of the book (KT…)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import OWED_TO_MEMBERS, Account, EntryKind, GrantReason
from desktop.models.records.every import AccountRow, Posting, SocialGrant, Voucher
from desktop.services.indicators.facts import Facts, Kept, Scope, Value, money, ratio, sum_by_person
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from resources.lang.collation import sort_key
from resources.lang.messages import _

GRANTS = "grants"
UNSAID = "?"


@dataclass(frozen=True, slots=True)
class Granted:
    """What the social fund gave to a member for a reason in the period, in đồng, less what was taken back."""

    member: MemberId
    group: GroupId
    reason: str
    amount: int


def _granted(session: Session, _scope: Scope, starts: date, ends: date) -> Iterator[Granted]:
    """Yield the grants of the period; of those that were never asked for in writing the reason is not known."""
    told: dict[int, GrantReason] = {
        voucher: reason
        for voucher, reason in session.execute(
            select(SocialGrant.voucher_id, SocialGrant.reason).where(SocialGrant.voucher_id.is_not(None))
        )
        if voucher is not None
    }
    query = (
        select(
            AccountRow.member_id,
            AccountRow.group_id,
            func.coalesce(Voucher.reverses_id, Voucher.id),
            func.sum(Posting.amount),
        )
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Voucher, Voucher.id == Posting.voucher_id)
        .where(
            AccountRow.account == int(Account.SOCIAL_GRANTS),
            AccountRow.member_id.is_not(None),
            Posting.kind != int(EntryKind.CYCLE_CLOSE),
            Posting.day >= starts,
            Posting.day <= ends,
        )
        .group_by(AccountRow.member_id, AccountRow.group_id, func.coalesce(Voucher.reverses_id, Voucher.id))
    )
    for member, group, voucher, amount in session.execute(query):
        reason = told.get(voucher)
        code = UNSAID if reason is None else reason.value
        yield Granted(MemberId(member or 0), GroupId(group), code, int(amount))


LOADERS[GRANTS] = _granted

_EARNED = (Account.INTEREST, Account.FEES, Account.PENALTIES, Account.FINES)


@indicator("QX01", Unit.DONG, Kind.MEAN, of_groups=True)
def social_fund(facts: Facts) -> Value:
    """Return what is in the social box for each membership."""
    return ratio(sum(group.has(Account.SOCIAL_CASH) for group in facts.groups), len(facts.members))


@indicator("QX02", Unit.DONG, Kind.SUM)
def grants(facts: Facts) -> Value:
    """Sum what the social fund gave to members in the period."""
    return money(sum_by_person(facts.parts, lambda part: part.social_out))


@in_pieces("QX02")
def grants_by_reason(facts: Facts) -> Iterable[Piece]:
    """Return what was given for each reason."""
    here = {(part.member, part.group) for part in facts.parts}
    found: dict[str, dict[MemberId, int]] = {}
    for row in facts.more.get(GRANTS, ()):
        if row.amount and (row.member, row.group) in here:
            mine = found.setdefault(row.reason, {})
            mine[row.member] = mine.get(row.member, 0) + row.amount
    for code in (*(reason.value for reason in GrantReason), UNSAID):
        if code in found:
            title = _("chưa ghi lý do") if code == UNSAID else GrantReason(code).title
            yield Piece(code if code != UNSAID else "none", title, money(found[code]))


@indicator("QX03", Unit.DONG, Kind.SUM)
def fines(facts: Facts) -> Value:
    """Sum the fines that members paid in the period."""
    return money(sum_by_person(facts.parts, lambda part: part.fines))


@indicator("BV01", Unit.PERCENT, Kind.RATE, of_groups=True)
def costs(facts: Facts) -> Value:
    """Return the expenses over interest, fees and fines."""
    spent = sum(group.turnover(Account.EXPENSES) for group in facts.groups)
    earned = sum(group.turnover(account) for group in facts.groups for account in _EARNED)
    return ratio(spent, earned, len(facts.groups))


@indicator("BV02", Unit.PERCENT, Kind.RATE, of_groups=True)
def outside(facts: Facts) -> Value:
    """Return outside capital over savings and outside capital together."""
    owed = sum(group.has(Account.EXTERNAL_FUNDS) + group.has(Account.LENDERS) for group in facts.groups)
    saved = sum(group.has(account) for group in facts.groups for account in OWED_TO_MEMBERS)
    return ratio(owed, saved + owed, len(facts.groups))


@indicator("KT01", Unit.DONG, Kind.SUM, of_groups=True)
def box_difference(facts: Facts) -> Value:
    """Return counted less book at the last count of each group, summed."""
    counted = [group for group in facts.groups if group.counted]
    if not counted:
        return Value(None, 0, None, 0)
    total = sum(group.difference for group in counted)
    return Value(Fraction(total), total, None, len(counted))


@indicator("KT07", Unit.PERCENT, Kind.RATE, of_groups=True)
def in_time(facts: Facts) -> Value:
    """Return the share of vouchers recorded within seven days."""
    return ratio(sum(group.in_time for group in facts.groups), sum(group.vouchers for group in facts.groups))


@in_pieces("KT07")
def in_time_by_user(facts: Facts) -> Iterable[Piece]:
    """Return the share recorded in time of each who kept the book."""
    return _by_user(facts, lambda kept: kept.in_time)


@indicator("KT08", Unit.PERCENT, Kind.RATE, of_groups=True)
def reversed_vouchers(facts: Facts) -> Value:
    """Return the share of vouchers that take others back."""
    return ratio(
        sum(group.reversals for group in facts.groups), sum(group.vouchers for group in facts.groups)
    )


@in_pieces("KT08")
def reversed_by_user(facts: Facts) -> Iterable[Piece]:
    """Return the share that takes others back of each who kept the book."""
    return _by_user(facts, lambda kept: kept.reversals)


def _by_user(facts: Facts, part: Callable[[Kept], int]) -> Iterable[Piece]:
    users: dict[str, list[Kept]] = defaultdict(list)
    for group in facts.groups:
        for who, kept in group.by_user.items():
            users[who].append(kept)
    for who in sorted(users, key=sort_key):
        whole = sum(kept.vouchers for kept in users[who])
        value = ratio(sum(part(kept) for kept in users[who]), whole, len(users[who]))
        yield Piece(who or "?", who or _("không rõ người ghi"), value, inside=True)

"""Loans (TD…) and refusals (HN10): the portfolio at the end of the period, and what was lent in it."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.models.ids import MemberId
from desktop.models.kinds import Account
from desktop.services.indicators.facts import Facts, LoanPart, Part, Value, money, ratio, sum_by_person
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from resources.lang.messages import _
from resources.lang.names import fold


def _loans(facts: Facts) -> list[LoanPart]:
    return [loan for part in facts.parts for loan in part.loans]


@indicator("TD01", Unit.DONG, Kind.SUM)
def portfolio(facts: Facts) -> Value:
    """Sum the principal that members owe."""
    return money(sum_by_person(facts.parts, lambda part: part.owed))


@indicator("TD02", Unit.DONG, Kind.SUM)
def disbursed(facts: Facts) -> Value:
    """Sum what was lent to members in the period."""
    return money(sum_by_person(facts.parts, lambda part: part.lent))


@indicator("TD03", Unit.PERCENT, Kind.RATE, of_groups=True)
def used(facts: Facts) -> Value:
    """Return which part of the loan fund (what is lent, cash, bank) is lent."""
    lent = sum(group.has(Account.LOANS) for group in facts.groups)
    free = sum(group.has(Account.CASH) + group.has(Account.BANK) for group in facts.groups)
    return ratio(lent, lent + free, len(facts.groups))


@indicator("TD04", Unit.PERCENT, Kind.RATE)
def borrowers(facts: Facts) -> Value:
    """Return the share of members who owe principal."""
    owing = {part.member for part in facts.members if part.owed > 0}
    return ratio(len(owing), len(facts.people))


@indicator("TD06", Unit.DONG, Kind.MEAN)
def average(facts: Facts) -> Value:
    """Return the average of the loans paid out in the period."""
    lent = [loan.lent for loan in _loans(facts) if loan.lent > 0]
    people = {part.member for part in facts.parts if part.lent > 0}
    made = ratio(sum(lent), len(lent), len(people))
    by_person = sum_by_person(facts.parts, lambda part: part.lent)
    return Value(made.amount, made.numerator, made.denominator, made.n, max(by_person.values(), default=0))


_BUCKETS = ((0, 0), (1, 30), (31, 60), (61, 90), (91, 180), (181, None))
"""Days late from and to; None: without end."""


@indicator("TD09", Unit.DONG, Kind.SUM)
def late(facts: Facts) -> Value:
    """Sum the balance of loans that are late; by how many days in its pieces."""
    return money(_owed_between(facts, 1, None))


@in_pieces("TD09")
def ageing(facts: Facts) -> Iterable[Piece]:
    """Return the balance of all loans by days late, those in time first."""
    return [
        Piece(_bucket_code(first, last), _bucket_title(first, last), money(_owed_between(facts, first, last)))
        for first, last in _BUCKETS
    ]


def _owed_between(facts: Facts, first: int, last: int | None) -> dict[MemberId, int]:
    return sum_by_person(
        facts.parts,
        lambda part: sum(
            loan.outstanding
            for loan in part.loans
            if first <= loan.days_late and (last is None or loan.days_late <= last)
        ),
    )


def _bucket_code(first: int, last: int | None) -> str:
    return f"{first}" if last is None or first == last else f"{first}-{last}"


def _bucket_title(first: int, last: int | None) -> str:
    if last == 0:
        return _("đúng hạn")
    if last is None:
        return _("trễ từ {n} ngày").format(n=first)
    return _("trễ {first}–{last} ngày").format(first=first, last=last)


@indicator("TD18", Unit.PERCENT, Kind.RATE)
def with_purpose(facts: Facts) -> Value:
    """Return which part of what was lent in the period has its purpose on record; by purpose in its pieces."""
    lent = [loan for loan in _loans(facts) if loan.lent > 0]
    people = {part.member for part in facts.parts if part.lent > 0}
    return ratio(
        sum(loan.lent for loan in lent if loan.purpose.strip()), sum(loan.lent for loan in lent), len(people)
    )


@in_pieces("TD18")
def by_purpose(facts: Facts) -> Iterable[Piece]:
    """Return the share of each purpose in what was lent, the largest first; purposes that read alike are one."""
    amounts: dict[str, int] = {}
    people: dict[str, set[MemberId]] = {}
    written: dict[str, str] = {}
    for part in facts.parts:
        for loan in part.loans:
            if loan.lent > 0:
                code = fold(loan.purpose.strip())
                written.setdefault(code, loan.purpose.strip())
                amounts[code] = amounts.get(code, 0) + loan.lent
                people.setdefault(code, set()).add(part.member)
    total = sum(amounts.values())
    for code, amount in sorted(amounts.items(), key=lambda one: (-one[1], one[0])):
        title = written[code] or _("chưa ghi mục đích")
        yield Piece(code.replace(" ", "-") or "none", title, ratio(amount, total, len(people[code])))


def par(facts: Facts, days: int) -> Value:
    """Return the whole balance of loans late for more than `days` days, or rescheduled, of all that is lent."""
    loans = _loans(facts)
    at_risk = sum(loan.outstanding for loan in loans if loan.at_risk(days))
    owing = {part.member for part in facts.parts if part.owed > 0}
    return ratio(at_risk, sum(loan.outstanding for loan in loans), len(owing))


@indicator("TD08", Unit.PERCENT, Kind.RATE)
def par30(facts: Facts) -> Value:
    """Return PAR30."""
    return par(facts, 30)


@indicator("TD10", Unit.PERCENT, Kind.RATE, of_groups=True)
def written_off(facts: Facts) -> Value:
    """Return what was written off, less what came back, over the average of opening and closing portfolio."""
    lost = sum(group.turnover(Account.WRITE_OFFS) for group in facts.groups)
    lent = sum(group.before.get(Account.LOANS, 0) + group.has(Account.LOANS) for group in facts.groups)
    return ratio(2 * lost, lent, len(facts.groups))


@indicator("TD12", Unit.PERCENT, Kind.RATE)
def rescheduled(facts: Facts) -> Value:
    """Return the balance of rescheduled loans of all that is lent."""
    loans = _loans(facts)
    moved = sum(loan.outstanding for loan in loans if loan.rescheduled)
    owing = {part.member for part in facts.parts if part.owed > 0}
    return ratio(moved, sum(loan.outstanding for loan in loans), len(owing))


@indicator("TD13", Unit.PERCENT, Kind.RATE)
def concentration(facts: Facts) -> Value:
    """Return what the five largest borrowers owe of all that is lent."""
    owed = sorted(sum_by_person(facts.parts, lambda part: part.owed).values(), reverse=True)
    return ratio(sum(owed[:5]), sum(owed), sum(1 for amount in owed if amount))


@indicator("TD14", Unit.RATIO, Kind.RATE)
def to_leaders(facts: Facts) -> Value:
    """Return the share of loans that leaders owe over their share of memberships; above 1,5 is a flag."""
    leads = [part for part in facts.members if part.leads]
    owed = sum(part.owed for part in facts.members)
    return ratio(sum(part.owed for part in leads) * len(facts.members), owed * len(leads), len(facts.people))


@indicator("HN10", Unit.PERCENT, Kind.RATE)
def refused(facts: Facts) -> Value:
    """Return the share of applications decided in the period that were refused."""
    asked = [loan for loan in _loans(facts) if loan.decided]
    people = {part.member for part in facts.parts if _asked(part)}
    return ratio(sum(loan.refused for loan in asked), len(asked), len(people))


def _asked(part: Part) -> bool:
    return any(loan.decided for loan in part.loans)

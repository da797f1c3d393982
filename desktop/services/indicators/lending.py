"""How lending went in the period (TD05, TD07, TD11, TD15–TD17, KN03): repaid in time, lost, urgent, borne, disclosed.

Everything is read for the loans of the place in a few questions: dues and payments of the period by loan, the terms
and the application of what was lent in it. Indicators of indicators.md 5.1 and 5.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models.kinds import Account, EntryKind, LoanDirection
from desktop.models.records.every import (
    AccountRow,
    Cycle,
    Group,
    Loan,
    LoanDue,
    LossEvent,
    Posting,
    Print,
    Relief,
)
from desktop.models.rules.finance import NoRoot
from desktop.models.rules.loan_products import Product, upfront_fee
from desktop.models.rules.loan_requests import burden
from desktop.models.rules.loans.arrears import annual_loss_rate
from desktop.models.rules.loans.pricing import loan_cost
from desktop.models.rules.loans.schedule import BadSchedule, Schedule, plan
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text
from desktop.services.indicators.facts import Facts, Scope, Value, count, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from desktop.services.loan_applications import Application
from desktop.services.loan_standards import standards_in
from resources.lang.messages import _

NAME = "lending"
BURDENED = Fraction(40, 100)
"""A debt-service ratio above this counts as too heavy (indicators.md 5.5)."""
_LENT = (int(EntryKind.LOAN_OUT), int(EntryKind.LOAN_OUT_BANK))
_REPAID = (int(EntryKind.LOAN_PRINCIPAL), int(EntryKind.LOAN_RECOVERY))
_TELLING = ("loan-contract", "loan-schedule")
"""Papers that tell the borrower the true yearly cost."""


@dataclass(frozen=True, slots=True)
class LoanYear:
    """One loan in the period. Principal in đồng: lent, fallen due, of that paid by its day, received; `term` in days.

    Of a loan lent in the period also: its true yearly cost (APR, percent), the part of the household's income that
    the heaviest month takes, whether the cost was told on paper before the money, and for an emergency loan the days
    from the event to the money.
    """

    id: int
    group: int
    member: int
    lent: int = 0
    due: int = 0
    on_time: int = 0
    received: int = 0
    term: int = 0
    apr: Fraction | None = None
    burden: Fraction | None = None
    told: bool = False
    emergency: bool = False
    waited: int | None = None
    hazard: str = ""
    """The hazard of the event that an emergency loan belongs to."""


def load(session: Session, scope: Scope, starts: date, ends: date) -> Iterable[LoanYear]:
    """Yield the loans to members that were lent, fell due or were repaid in the period."""
    running = select(LoanDue.loan_id).group_by(LoanDue.loan_id).having(func.max(LoanDue.due_on) >= starts)
    place = _place(scope) & (Loan.disbursed_on <= ends) & Loan.id.in_(running)
    lent = _moved(session, place, _LENT, starts, ends)
    paid = _payments(session, place, ends)
    dues = _dues(session, place)
    urgent = _urgent(session)
    told = _told(session)
    grace = timedelta(days=standards_in(session, ends).value.days)
    query = select(Loan).where(place)
    for loan in session.scalars(query.order_by(Loan.id)):
        rows, payments = dues.get(loan.id, []), paid.get(loan.id, [])
        due = sum(amount for day, amount in rows if starts <= day <= ends)
        received = sum(amount for day, amount in payments if starts <= day)
        if not due and not received and not lent.get(loan.id):
            continue
        assert loan.disbursed_on is not None
        began = lent.get(loan.id, 0) > 0
        event = urgent.get(loan.id)
        yield LoanYear(
            loan.id,
            loan.group_id,
            loan.member_id or 0,
            lent.get(loan.id, 0),
            due,
            _on_time(rows, payments, starts, ends, grace),
            received,
            (rows[-1][0] - loan.disbursed_on).days if rows else 0,
            _apr(loan) if began else None,
            _burden(loan) if began else None,
            began and told.get(loan.code, date.max) <= loan.disbursed_on,
            event is not None,
            None if event is None else (loan.disbursed_on - event[0]).days,
            "" if event is None else event[1],
        )


def load_borrowers(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[tuple[int, int]]:
    """Yield (member, group) of everybody who was lent money in the cycle that runs at the end of the period."""
    query = (
        select(Loan.member_id, Loan.group_id)
        .join(Cycle, Cycle.group_id == Loan.group_id)
        .where(
            _place(scope),
            Cycle.starts <= ends,
            Cycle.ends >= ends,
            Loan.disbursed_on >= Cycle.starts,
            Loan.disbursed_on <= ends,
        )
        .distinct()
    )
    for row in session.execute(query):
        if row.member_id is not None:
            yield row.member_id, row.group_id


BORROWERS = "borrowers of the cycle"
LOADERS[NAME] = load
LOADERS[BORROWERS] = load_borrowers


def _place(scope: Scope) -> ColumnElement[bool]:
    ours = Loan.direction == LoanDirection.OUT
    if scope.group is not None:
        return ours & (Loan.group_id == scope.group)
    if scope.commune:
        groups = select(Group.id).where(Group.commune_code == scope.commune)
        return ours & Loan.group_id.in_(groups)
    return ours


def _moved(
    session: Session, place: ColumnElement[bool], kinds: tuple[int, ...], starts: date, ends: date
) -> dict[int, int]:
    query = (
        select(AccountRow.loan_id, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Loan, Loan.id == AccountRow.loan_id)
        .where(
            place,
            AccountRow.account == int(Account.LOANS),
            Posting.kind.in_(kinds),
            Posting.day >= starts,
            Posting.day <= ends,
        )
        .group_by(AccountRow.loan_id)
    )
    return {loan: int(amount) for loan, amount in session.execute(query) if loan is not None}


def _payments(
    session: Session, place: ColumnElement[bool], ends: date
) -> Mapping[int, list[tuple[date, int]]]:
    """Return the principal that came back of each loan by day, also after a write-off."""
    query = (
        select(AccountRow.loan_id, Posting.day, func.sum(-Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Loan, Loan.id == AccountRow.loan_id)
        .where(
            place,
            AccountRow.account.in_([int(Account.LOANS), int(Account.WRITE_OFFS)]),
            Posting.kind.in_(_REPAID),
            Posting.day <= ends,
        )
        .group_by(AccountRow.loan_id, Posting.day)
        .order_by(AccountRow.loan_id, Posting.day)
    )
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for loan, day, amount in session.execute(query):
        if loan is not None:
            found[loan].append((day, int(amount)))
    return found


def _dues(session: Session, place: ColumnElement[bool]) -> Mapping[int, list[tuple[date, int]]]:
    query = (
        select(LoanDue.loan_id, LoanDue.due_on, LoanDue.principal)
        .join(Loan, Loan.id == LoanDue.loan_id)
        .where(place)
        .order_by(LoanDue.loan_id, LoanDue.due_on, LoanDue.nr)
    )
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for loan, day, amount in session.execute(query):
        found[loan].append((day, int(amount)))
    return found


def _urgent(session: Session) -> dict[int, tuple[date, str]]:
    """Return the first day and the hazard of the event that each emergency loan belongs to."""
    query = (
        select(Relief.loan_id, LossEvent.starts, LossEvent.hazard)
        .join(LossEvent, LossEvent.id == Relief.event_id)
        .where(Relief.loan_id.is_not(None))
    )
    return {row[0]: (row[1], row[2].value) for row in session.execute(query) if row[0] is not None}


def _told(session: Session) -> dict[str, date]:
    """Return, by the loan's code, the first day on which a paper with the true cost was printed for it."""
    query = (
        select(Print.subject, func.min(Print.ends)).where(Print.report.in_(_TELLING)).group_by(Print.subject)
    )
    return {
        subject: date.fromisoformat(day) if isinstance(day, str) else day
        for subject, day in session.execute(query)
        if day is not None
    }


def _on_time(
    rows: list[tuple[date, int]],
    payments: list[tuple[date, int]],
    starts: date,
    ends: date,
    grace: timedelta = timedelta(),
) -> int:
    """Return what fell due in the period and was covered, oldest due first, by its day and the days of grace."""
    covered = before = 0
    for day, amount in rows:
        if day > ends:
            break
        if day >= starts:
            paid = sum(part for on, part in payments if on <= day + grace)
            covered += min(max(paid - before, 0), amount)
        before += amount
    return covered


@lru_cache(maxsize=4096)
def _priced(terms: str, rule: str, amount: int) -> tuple[Schedule, Fraction | None] | None:
    """Return a loan's plan and its APR; most loans of a group differ in nothing but the day."""
    kept = from_text(Terms, terms)
    try:
        schedule = plan(kept)
    except BadSchedule:
        return None
    try:
        fee = upfront_fee(from_text(Product, rule), amount)
        return schedule, Fraction(loan_cost(schedule, kept.calendar, fee).apr_percent)
    except NoRoot:
        return schedule, None


def _apr(loan: Loan) -> Fraction | None:
    priced = _priced(loan.terms, loan.rule, loan.amount)
    return None if priced is None else priced[1]


def _burden(loan: Loan) -> Fraction | None:
    """Return the part of the income declared that the heaviest month takes; None when no income was declared."""
    if loan.paper == "{}":
        return None
    paper = from_text(Application, loan.paper)
    priced = _priced(loan.terms, loan.rule, loan.amount)
    if paper.income <= 0 or priced is None:
        return None
    return burden(priced[0], (), paper.debt_service).worst(paper.income)


# -- indicators ------------------------------------------------------------------------------------


def _loans(facts: Facts) -> list[LoanYear]:
    """Return the loans of the people counted."""
    ours = {(part.member, part.group) for part in facts.parts}
    rows: tuple[Any, ...] = facts.more.get(NAME, ())
    return [row for row in rows if (row.member, row.group) in ours]


def _people(loans: Iterable[LoanYear]) -> int:
    return len({loan.member for loan in loans})


@indicator("TD05", Unit.PERCENT, Kind.RATE)
def borrowed(facts: Facts) -> Value:
    """Return the share of members who were lent money in the cycle that runs at the end of the period."""
    rows: tuple[Any, ...] = facts.more.get(BORROWERS, ())
    lent = set(rows)
    people = {part.member for part in facts.members if (part.member, part.group) in lent}
    return ratio(len(people), len(facts.people))


@indicator("TD07", Unit.PERCENT, Kind.RATE)
def on_time(facts: Facts) -> Value:
    """Return which part of the principal that fell due in the period was paid by its day."""
    due = [loan for loan in _loans(facts) if loan.due]
    return ratio(sum(loan.on_time for loan in due), sum(loan.due for loan in due), _people(due))


@indicator("TD11", Unit.PERCENT, Kind.RATE)
def loss_rate(facts: Facts) -> Value:
    """Return the annual loan-loss rate: (1 − recovery) ÷ average term × 2; no loss when more came than fell due."""
    due = [loan for loan in _loans(facts) if loan.due]
    asked, came = sum(loan.due for loan in due), sum(loan.received for loan in due)
    if not due:
        return ratio(0, 0, 0)
    term = Fraction(sum(loan.term for loan in due), 365 * len(due))
    rate = annual_loss_rate(min(came, asked), asked, term)
    return Value(rate, asked - min(came, asked), asked, _people(due))


@indicator("TD15", Unit.TIMES, Kind.COUNT)
def emergency(facts: Facts) -> Value:
    """Count the emergency loans paid out in the period."""
    urgent = [loan for loan in _loans(facts) if loan.emergency and loan.lent]
    return count(len(urgent), _people(urgent))


@indicator("TD16", Unit.PERCENT, Kind.RATE)
def burdened(facts: Facts) -> Value:
    """Return the share of loans lent in the period whose heaviest month takes more than 40 % of the income."""
    known = [loan for loan in _loans(facts) if loan.lent and loan.burden is not None]
    heavy = sum(1 for loan in known if loan.burden is not None and loan.burden > BURDENED)
    return ratio(heavy, len(known), _people(known))


@indicator("TD17", Unit.PERCENT, Kind.MEAN)
def average_apr(facts: Facts) -> Value:
    """Return the average true yearly cost of what was lent in the period, by amount."""
    return _average_apr(_loans(facts))


@in_pieces("TD17")
def apr_by_product(facts: Facts) -> Iterable[Piece]:
    """Return the average true yearly cost of each product that was lent on."""
    products = {loan.id: loan.product for part in facts.parts for loan in part.loans}
    lent: dict[str, list[LoanYear]] = defaultdict(list)
    for loan in _loans(facts):
        if loan.lent:
            lent[products.get(loan.id, "")].append(loan)
    for key in sorted(lent):
        code, _sep, name = key.partition("\x1f")
        title = name or _("không theo sản phẩm nào")
        yield Piece(code or "none", title, _average_apr(lent[key]))


def _average_apr(loans: Iterable[LoanYear]) -> Value:
    known = [loan for loan in loans if loan.lent and loan.apr is not None]
    lent = sum(loan.lent for loan in known)
    if not lent:
        return ratio(0, 0, 0)
    weighted = sum((loan.apr * loan.lent for loan in known if loan.apr is not None), Fraction(0))
    return Value(weighted / (100 * lent), 0, lent, _people(known))


@indicator("KN03", Unit.PERCENT, Kind.RATE)
def disclosed(facts: Facts) -> Value:
    """Return the share of loans lent whose true cost stood on a printed paper before the money was handed over."""
    lent = [loan for loan in _loans(facts) if loan.lent]
    return ratio(sum(1 for loan in lent if loan.told), len(lent), _people(lent))

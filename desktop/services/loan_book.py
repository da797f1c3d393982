"""Reading loans: one in full, a list, what falls due."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MeetingId, MemberId, VoucherId
from desktop.models.kinds import LoanDirection, LoanEventKind, LoanStage
from desktop.models.records.every import (
    Group,
    Loan,
    LoanEvent,
    LoanGuarantor,
    LoanProduct,
    Meeting,
    Member,
    Voucher,
)
from desktop.models.rules import loan_sheet
from desktop.models.rules.entries import show_number
from desktop.models.rules.loan_products import Product, period_percent, yearly_percent
from desktop.models.rules.loans.arrears import Arrears, Due, Tolerance, arrears_on
from desktop.models.rules.loans.pricing import Cost, loan_cost
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.state import LoanState, StateRow
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text
from desktop.services.loan_applications import Application, Decision
from desktop.services.loan_facts import facts_of, open_loans, rows_of
from desktop.services.loan_portfolio import names_of, tolerance_of
from desktop.services.loan_standards import standards_in
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import join_name

# -- what falls due -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DueRow:
    """What a member is asked for on a day: all dues up to it, by part, in đồng."""

    loan: LoanId
    code: str
    member: MemberId
    name: str
    principal: int
    interest: int
    fees: int
    penalties: int
    outstanding: int

    @property
    def total(self) -> int:
        """Return the sum asked for."""
        return self.principal + self.interest + self.fees + self.penalties


def due_list(book: Book, group: GroupId, day: date) -> list[DueRow]:
    """Return what falls due in a group by a day (the next meeting), with what is late, loan by loan."""
    with book.read() as session:
        loans = open_loans(session, group, day)
        names = names_of(session, loans)
    found = []
    for member, open_ones in loans.items():
        for loan in open_ones:
            due = loan_sheet.due_on(loan, day)
            if due.total:
                found.append(
                    DueRow(
                        loan.id,
                        loan.code,
                        member,
                        names.get(member, ""),
                        due.principal,
                        due.interest,
                        due.fees,
                        due.penalties,
                        loan.state(day).principal_outstanding,
                    )
                )
    return found


# -- one loan --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventRow:
    """One thing that happened to a loan. `parts` are what a repayment paid, in đồng; `undone`: taken back later."""

    seq: int
    day: date
    kind: LoanEventKind
    amount: int
    principal: int
    interest: int
    fees: int
    penalties: int
    overpaid: int
    balance: int | None
    voucher: VoucherId | None
    voucher_number: str
    meeting: MeetingId | None
    note: str
    undone: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LoanDetail:
    """A loan with all that its page and its papers show, as of a day."""

    id: LoanId
    code: str
    contract: str
    group: GroupId
    group_name: str
    member: MemberId | None
    member_code: str
    name: str
    lender: str
    direction: LoanDirection
    stage: LoanStage
    product_name: str
    product: Product
    terms: Terms
    application: Application
    decision: Decision
    purpose: str
    livelihood: str
    amount: int
    applied_on: date
    decided_on: date | None
    disbursed_on: date | None
    closed_on: date | None
    guarantors: tuple[tuple[MemberId, str], ...]
    state: LoanState
    events: tuple[EventRow, ...]
    cost: Cost | None
    yearly_percent: Fraction
    period_percent: Fraction
    day: date
    arrears: Arrears
    tolerance: Tolerance
    penalty_due: int
    source: str = ""
    """The lender's loan that the money comes from ("KV-03 · Ngân hàng …"); empty: the group's own."""
    decided_at: str = ""
    """The meeting whose vote decided ("Buổi họp 5, 03/10/2026"); empty where it is not in the book."""

    @property
    def days_late(self) -> int:
        """Return the days since the oldest due day that counts as overdue."""
        return self.arrears.days_late

    @property
    def rows(self) -> tuple[StateRow, ...]:
        """Return the instalments: due, paid, left."""
        return self.state.rows


def detail(book: Book, loan_id: LoanId, day: date) -> LoanDetail:
    """Return one loan in full, as of a day."""
    with book.read() as session:
        loan = session.get_one(Loan, loan_id)
        rows = rows_of(session, [loan_id])[loan_id]
        facts = facts_of(loan, rows)
        state = facts.loan.state(day)
        member = None if loan.member_id is None else session.get_one(Member, loan.member_id)
        group = session.get_one(Group, loan.group_id)
        product = None if loan.product_id is None else session.get(LoanProduct, loan.product_id)
        tolerance = tolerance_of(standards_in(session, day), loan.direction)
        left = [Due(row.due_on, row.outstanding) for row in state.rows] if state.disbursed else []
        return LoanDetail(
            id=loan_id,
            code=loan.code,
            contract=loan.contract,
            group=GroupId(group.id),
            group_name=group.name,
            member=None if member is None else MemberId(member.id),
            member_code="" if member is None else member.code,
            name=loan.lender if member is None else member.full_name,
            lender=loan.lender,
            direction=loan.direction,
            stage=loan.stage,
            product_name="" if product is None else product.name,
            product=facts.loan.product,
            terms=facts.loan.terms,
            application=_application(loan),
            decision=_decision(loan),
            purpose=loan.purpose,
            livelihood=loan.livelihood,
            amount=loan.amount,
            applied_on=loan.applied_on,
            decided_on=loan.decided_on,
            disbursed_on=loan.disbursed_on,
            closed_on=loan.closed_on,
            guarantors=_guarantors(session, loan_id),
            state=state,
            events=_events(session, rows, state),
            cost=_cost(facts.loan.terms, facts.loan.product, loan.amount),
            yearly_percent=yearly_percent(facts.loan.terms),
            period_percent=period_percent(facts.loan.terms),
            day=day,
            arrears=arrears_on(left, 0, day, tolerance),
            tolerance=tolerance,
            penalty_due=loan_sheet.penalty_due(facts.loan, day) if state.disbursed else 0,
            source=_source(session, _application(loan).funded_by),
            decided_at=_meeting(session, _decision(loan).meeting),
        )


def _source(session: Session, source: int) -> str:
    found = session.get(Loan, source) if source else None
    return "" if found is None else f"{found.code} · {found.lender}"


def _decision(loan: Loan) -> Decision:
    return from_text(Decision, loan.decision) if loan.decision != "{}" else Decision()


def _meeting(session: Session, meeting: int | None) -> str:
    found = None if meeting is None else session.get(Meeting, meeting)
    if found is None:
        return ""
    return _("Buổi họp {number}, {day}").format(number=found.number, day=show_day(found.day))


def _application(loan: Loan) -> Application:
    return from_text(Application, loan.paper) if loan.paper != "{}" else Application(loan.purpose)


def _cost(terms: Terms, product: Product, amount: int) -> Cost | None:
    from desktop.models.rules.finance import NoRoot
    from desktop.models.rules.loan_products import upfront_fee
    from desktop.models.rules.loans.schedule import BadSchedule

    try:
        return loan_cost(plan(terms), terms.calendar, upfront_fee(product, amount))
    except (NoRoot, BadSchedule):
        return None


def _guarantors(session: Session, loan: LoanId) -> tuple[tuple[MemberId, str], ...]:
    rows = session.execute(
        select(Member.id, Member.family, Member.middle, Member.given)
        .join(LoanGuarantor, LoanGuarantor.member_id == Member.id)
        .where(LoanGuarantor.loan_id == loan)
        .order_by(LoanGuarantor.id)
    )
    return tuple((MemberId(row.id), join_name(row.family, row.middle, row.given)) for row in rows)


def _events(session: Session, rows: Sequence[LoanEvent], state: LoanState) -> tuple[EventRow, ...]:
    splits = {split.seq: split for split in state.splits}
    undone = {json.loads(row.detail)["target"] for row in rows if row.kind is LoanEventKind.UNDO}
    vouchers = [row.voucher_id for row in rows if row.voucher_id is not None]
    numbers = {
        row.id: show_number(row.paper, row.number, row.year)
        for row in session.execute(
            select(Voucher.id, Voucher.paper, Voucher.number, Voucher.year).where(Voucher.id.in_(vouchers))
        )
    }
    found = []
    for row in sorted(rows, key=lambda row: (row.day, row.seq)):
        split = splits.get(row.seq)
        parts = None if split is None else split.parts
        found.append(
            EventRow(
                row.seq,
                row.day,
                row.kind,
                row.amount,
                parts.principal if parts else 0,
                parts.interest if parts else 0,
                parts.fees if parts else 0,
                parts.penalties if parts else 0,
                split.overpaid if split else 0,
                split.balance_after if split else None,
                None if row.voucher_id is None else VoucherId(row.voucher_id),
                numbers.get(row.voucher_id or 0, ""),
                None if row.meeting_id is None else MeetingId(row.meeting_id),
                row.note,
                row.seq in undone,
                row.by,
                row.at,
            )
        )
    return tuple(found)

"""What changes a loan beside its payments: waived, extended, charged, written off, given back – and taken back.

Nothing is edited: a change is an event, taking it back is another one, and what moved money is reversed. A change
that moves no money is guarded like one that does: neither the day it speaks of nor the day it is taken back may lie
in a closed period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, VoucherId
from desktop.models.kinds import EntryKind, LoanDirection, LoanEventKind, LoanStage
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Loan, LoanEvent
from desktop.models.rules import loan_sheet as rules
from desktop.models.rules.entries import Entry
from desktop.models.rules.loans.charges import percent_charge
from desktop.models.rules.loans.replay import valid_events
from desktop.models.rules.loans.state import Parts, left_of
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import affected_papers
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.loan_applications import in_stage, need_reason
from desktop.services.loan_facts import load, rows_of
from desktop.services.loan_ledger import NewEvent, add_events, open_loan, settle, undone_by
from desktop.services.loans import LoanPosted, member_of, undo_in, voucher_of
from desktop.services.periods import refuse_closed
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

_CHANGED = (Topic.LOANS, Topic.ENTRIES)
UNDOABLE = frozenset(
    {
        LoanEventKind.DISBURSEMENT,
        LoanEventKind.REPAYMENT,
        LoanEventKind.FEE,
        LoanEventKind.WAIVER,
        LoanEventKind.RESCHEDULE,
        LoanEventKind.WRITE_OFF,
        LoanEventKind.REFUND,
    }
)
"""What can be taken back on the loan's page. A penalty goes with its repayment."""


class FeeBase(StrEnum):
    """What a dated fee is a percent of."""

    LENT = "lent"
    OWED = "owed"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what is owed without money: a waiver, an extension, a fee, or a write-off; with a reason.

    A fee is `amount`, or `percent` of what `base` names on the day.
    """

    loan: LoanId
    kind: LoanEventKind
    day: date
    reason: str
    amount: int = 0
    interest: int = 0
    fees: int = 0
    penalties: int = 0
    from_due: date | None = None
    days: int = 0
    months: int = 0
    with_interest: bool = False
    counts: bool = True
    percent: Fraction = Fraction(0)
    base: FeeBase = FeeBase.LENT


def fee_amount(facts: rules.OpenLoan, command: Change) -> int:
    """Return a dated fee in đồng: the sum, or the percent of the base on that day, rounded as the loan's amounts."""
    if not command.percent:
        return command.amount
    state = facts.state(command.day)
    bases = {
        FeeBase.LENT: sum(row.due.principal for row in state.rows),
        FeeBase.OWED: state.principal_outstanding,
        FeeBase.OVERDUE: left_of(row for row in state.rows if row.due_on < command.day).total,
    }
    return percent_charge(
        command.percent, bases[command.base], facts.terms.rounding, facts.terms.money_multiple
    )


def change(book: Book, command: Change, act: Act) -> Outcome[LoanPosted]:
    """Waive, extend, charge a fee or write off. A write-off posts the principal given up. Raises Refusal."""
    with book.write(act) as session:
        loan = in_stage(session, command.loan, LoanStage.ACTIVE)
        group = GroupId(loan.group_id)
        need_reason(command.reason)
        facts = open_loan(session, command.loan)
        if command.kind is LoanEventKind.FEE:
            refuse_if_stopped(_check_fee(loan, command))
            command = replace(command, amount=fee_amount(facts, command))
        refuse_if_stopped(_check_change(loan, facts, command, act.today))
        refuse_closed(session, group, [command.day])
        papers = affected_papers(session, group, command.day, None, {loan.member_id})
        voucher: VoucherId | None = None
        vouchers: list[PostedVoucher] = []
        if command.kind is LoanEventKind.WRITE_OFF:
            owed = facts.state(command.day).principal_outstanding
            entry = Entry(EntryKind.LOAN_WRITE_OFF, owed, member_of(loan), command.loan)
            vouchers = post(session, [voucher_of(loan, command.day, [entry], text=command.reason.strip())])
            voucher = vouchers[0].id
        add_events(session, command.loan, [_change_event(command, voucher)])
        vouchers += settle(session, command.loan, act.today)
    posted = LoanPosted(command.loan, tuple(vouchers), tuple(papers))
    return Outcome(posted, Changed.of(*_CHANGED, group=group))


def _change_event(command: Change, voucher: VoucherId | None) -> NewEvent:
    detail: dict[str, object] = {}
    if command.kind is LoanEventKind.WAIVER:
        detail = {"interest": command.interest, "fees": command.fees, "penalties": command.penalties}
    if command.kind is LoanEventKind.RESCHEDULE:
        assert command.from_due is not None
        detail = {
            "from_due": command.from_due.isoformat(),
            "days": command.days,
            "months": command.months,
            "with_interest": command.with_interest,
            "counts": command.counts,
        }
    return NewEvent(command.kind, command.day, command.amount, detail, voucher, note=command.reason.strip())


def _check_change(loan: Loan, facts: rules.OpenLoan, command: Change, today: date) -> list[Problem]:
    found = []
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    if loan.disbursed_on is None or command.day < loan.disbursed_on:
        found.append(Problem.stop("before-disbursement", "day", _("Khoản vay chưa giải ngân vào ngày này.")))
        return found
    left: Parts = facts.state(command.day).left
    if command.kind is LoanEventKind.WAIVER:
        found += _check_waiver(command, left)
    if command.kind is LoanEventKind.RESCHEDULE:
        if command.from_due is None:
            found.append(Problem.stop("from-due", "from_due", _("Hãy chọn kỳ bắt đầu gia hạn.")))
        if command.days < 0 or command.months < 0 or not (command.days or command.months):
            found.append(Problem.stop("extension", "months", _("Hãy ghi số tháng hoặc số ngày gia hạn.")))
    if command.kind is LoanEventKind.FEE and not 0 < command.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
    if command.kind is LoanEventKind.WRITE_OFF:
        found += _check_write_off(facts, command, left)
    return found


def _check_fee(loan: Loan, command: Change) -> list[Problem]:
    """A fee is a sum or a percent, not both; a percent is of what stands on the day."""
    found = []
    if not 0 <= command.percent <= 100:
        found.append(Problem.stop("percent", "percent", _("Phí phải từ 0 đến 100 phần trăm.")))
    if command.percent and command.amount:
        found.append(Problem.stop("both", "amount", _("Hãy ghi số tiền hoặc phần trăm, không ghi cả hai.")))
    if command.percent and (loan.disbursed_on is None or command.day < loan.disbursed_on):
        found.append(Problem.stop("before-disbursement", "day", _("Khoản vay chưa giải ngân vào ngày này.")))
    return found


def _check_waiver(command: Change, left: Parts) -> list[Problem]:
    found = []
    for field, asked, there in (
        ("interest", command.interest, left.interest),
        ("fees", command.fees, left.fees),
        ("penalties", command.penalties, left.penalties),
    ):
        if not 0 <= asked <= there:
            found.append(
                Problem.stop("waiver", field, _("Chỉ còn {left} để miễn.").format(left=show_dong(there)))
            )
    if not command.interest and not command.fees and not command.penalties:
        found.append(Problem.stop("waiver", "interest", _("Hãy ghi số tiền được miễn.")))
    return found


def _check_write_off(facts: rules.OpenLoan, command: Change, left: Parts) -> list[Problem]:
    """What was paid after the day would become recovery; so a write-off comes after all that is recorded.

    A fee or a waiver of a later day would change what was given up, so that as much could not come back.
    """
    latest = max((one.on for one in valid_events(facts.events)), default=command.day)
    if command.day < latest:
        return [
            Problem.stop(
                "paid-later",
                "day",
                _("Khoản vay có ghi chép ngày {day}; hãy xóa nợ từ ngày đó trở đi.").format(
                    day=show_day(latest)
                ),
            )
        ]
    if left.principal <= 0:
        return [Problem.stop("nothing-owed", "day", _("Không còn gốc để xóa nợ."))]
    return []


def refund(book: Book, loan_id: LoanId, day: date, act: Act) -> Outcome[LoanPosted]:
    """Give back what was paid too much by a day. Raises Refusal when there is nothing to give back."""
    with book.write(act) as session:
        loan = session.get_one(Loan, loan_id)
        group = GroupId(loan.group_id)
        if day > act.today:
            stop = Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(day)))
            raise Refusal([stop])
        rows = rows_of(session, [loan_id])[loan_id]
        undone = undone_by(rows)
        given = sum(row.amount for row in rows if row.kind is LoanEventKind.REFUND and row.seq not in undone)
        facts = load(session, loan_id).loan
        credit = min(facts.state(day).overpaid, facts.state(act.today).overpaid) - given
        if credit <= 0:
            stop = Problem.stop("no-credit", "day", _("Khoản vay này không có tiền trả thừa."))
            raise Refusal([stop])
        papers = affected_papers(session, group, day, None, {loan.member_id})
        entry = Entry(EntryKind.LOAN_REFUND, credit, member_of(loan), loan_id)
        voucher = post(session, [voucher_of(loan, day, [entry])])[0]
        add_events(session, loan_id, [NewEvent(LoanEventKind.REFUND, day, credit, voucher=voucher.id)])
    return Outcome(LoanPosted(loan_id, (voucher,), tuple(papers)), Changed.of(*_CHANGED, group=group))


# -- taking back -----------------------------------------------------------------------------------


def undo(book: Book, loan_id: LoanId, seq: int, reason: str, act: Act) -> Outcome[LoanPosted]:
    """Take back one thing that happened to a loan: its vouchers are reversed, the loan is replayed. Raises Refusal.

    The money of a loan is taken back only while nothing was paid or changed since; a write-off only while nothing
    was recovered.
    """
    with book.write(act) as session:
        loan = session.get_one(Loan, loan_id)
        group = GroupId(loan.group_id)
        need_reason(reason)
        rows = rows_of(session, [loan_id])[loan_id]
        row = next((row for row in rows if row.seq == seq), None)
        refuse_if_stopped(_check_undo(loan, row, rows))
        assert row is not None
        refuse_closed(session, group, [row.day])
        papers = affected_papers(session, group, row.day, None, {loan.member_id})
        vouchers = _take_back(session, loan_id, row, reason.strip())
        vouchers += settle(session, loan_id, act.today)
        if row.kind is LoanEventKind.DISBURSEMENT and loan.direction is LoanDirection.IN:
            loan.stage = LoanStage.CANCELLED  # a lender's loan has no application to go back to
    return Outcome(LoanPosted(loan_id, tuple(vouchers), tuple(papers)), Changed.of(*_CHANGED, group=group))


def _take_back(session: Session, loan_id: LoanId, row: LoanEvent, reason: str) -> list[PostedVoucher]:
    if row.kind is LoanEventKind.REPAYMENT:
        return undo_in(session, loan_id, row.seq, reason)
    posted = [] if row.voucher_id is None else reverse(session, [VoucherId(row.voucher_id)], reason)
    today = session.info["act"].today
    add_events(
        session, loan_id, [NewEvent(LoanEventKind.UNDO, today, detail={"target": row.seq}, note=reason)]
    )
    return posted


def _check_undo(loan: Loan, row: LoanEvent | None, rows: Sequence[LoanEvent]) -> list[Problem]:
    undone = undone_by(rows)
    if row is None or row.kind not in UNDOABLE or row.seq in undone:
        return [Problem.stop("not-undoable", "", _("Việc này không hủy được, hoặc đã hủy rồi."))]
    if row.meeting_id is not None:
        return [
            Problem.stop("not-repayment", "", _("Khoản trả này thuộc một buổi họp; hãy sửa buổi họp đó."))
        ]
    standing = [other for other in rows if other.seq not in undone and other.seq != row.seq]
    if row.kind is LoanEventKind.DISBURSEMENT:
        later = [other for other in standing if other.kind in UNDOABLE and _after(other, row)]
        if later:
            return [
                Problem.stop(
                    "used",
                    "",
                    _("Sau lần giải ngân này đã có {what} ngày {day}; hãy hủy việc đó trước.").format(
                        what=later[0].kind.title.lower(), day=show_day(later[0].day)
                    ),
                )
            ]
    if row.kind is LoanEventKind.REFUND:
        return []
    off = next((other for other in standing if other.kind is LoanEventKind.WRITE_OFF), None)
    if off is not None and row.day <= off.day:
        stop = _("Khoản vay đã xóa nợ ngày {day}; hãy hủy xóa nợ trước.").format(day=show_day(off.day))
        return [Problem.stop("written-off", "", stop)]
    if row.kind is LoanEventKind.WRITE_OFF and any(
        other.kind is LoanEventKind.REPAYMENT and other.day > row.day for other in standing
    ):
        return [
            Problem.stop(
                "recovered", "", _("Đã thu hồi được tiền sau khi xóa nợ; hãy hủy các lần thu đó trước.")
            )
        ]
    return []


def _after(other: LoanEvent, row: LoanEvent) -> bool:
    """Say whether something happened on the loan that this money made possible."""
    if other.kind is LoanEventKind.DISBURSEMENT:
        return (other.day, other.seq) > (row.day, row.seq)
    return other.day >= row.day

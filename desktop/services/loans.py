"""The life of a loan: disbursed, repaid, changed, closed. Each deed is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MeetingId, MemberId, VoucherId
from desktop.models.kinds import EntryKind, LoanEventKind, LoanStage
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Loan
from desktop.models.rules import loan_sheet as rules
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.rules.loan_products import (
    Product,
    upfront_fee,
)
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.state import Parts
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import AffectedPaper, affected_papers
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.loan_applications import in_stage
from desktop.services.loan_facts import OPEN_STAGES, rows_of
from desktop.services.loan_ledger import NewEvent, add_events, open_loan, settle, undone_by
from desktop.services.loan_terms import agreeing_papers, check_contract, check_day, old_papers, terms_on
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

_CHANGED = (Topic.LOANS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class LoanPosted:
    """What a deed on a loan posted, and the papers printed before that it made out of date."""

    loan: LoanId
    vouchers: tuple[PostedVoucher, ...] = ()
    papers: tuple[AffectedPaper, ...] = ()


# -- money -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Disburse:
    """Hand over the money of an approved loan, or a part of it (tranche). Fees kept back come off the first part.

    On another day than was applied for, the first part works the schedule out anew from `day`; `first_due` overrules
    its first due date. `agreed`: the user knows that the contract printed before must be signed anew.
    """

    loan: LoanId
    day: date
    amount: int = 0
    from_bank: bool = False
    first_due: date | None = None
    agreed: bool = False


def disburse(book: Book, command: Disburse, act: Act) -> Outcome[LoanPosted]:
    """Pay out a loan (the whole amount when `amount` is 0) from the box or the bank. Raises Refusal."""
    with book.write(act) as session:
        loan = in_stage(session, command.loan, LoanStage.APPROVED, LoanStage.ACTIVE)
        group = GroupId(loan.group_id)
        rows = rows_of(session, [command.loan])[command.loan]
        undone = undone_by(rows)
        lent = sum(
            row.amount for row in rows if row.kind is LoanEventKind.DISBURSEMENT and row.seq not in undone
        )
        amount = command.amount or loan.amount - lent
        problems = _check_disbursement(loan, command, amount, lent, act.today)
        if lent == 0:
            first_due = (
                command.first_due if command.day != from_text(Terms, loan.terms).disbursed_on else None
            )
            problems += check_day(session, loan, command.day, first_due)
            problems += check_contract(session, loan, command.day, first_due)
        refuse_if_stopped(problems, agreed=command.agreed)
        old = _start_from(session, loan, command) if lent == 0 else ()
        fee = upfront_fee(from_text(Product, loan.rule), loan.amount) if lent == 0 else 0
        entries = _handed_over(loan, amount, fee, from_bank=command.from_bank)
        papers = affected_papers(session, group, command.day, None, {loan.member_id})
        standing = agreeing_papers(session, loan, old) if lent == 0 else frozenset()
        papers = [*old, *(paper for paper in papers if paper not in old and paper.number not in standing)]
        voucher = post(session, [voucher_of(loan, command.day, entries)])[0]
        add_events(
            session,
            command.loan,
            [NewEvent(LoanEventKind.DISBURSEMENT, command.day, amount, voucher=voucher.id)],
        )
        more = settle(session, command.loan, act.today)
    posted = LoanPosted(command.loan, (voucher, *more), tuple(papers))
    return Outcome(posted, Changed.of(*_CHANGED, group=group))


def _handed_over(loan: Loan, amount: int, fee: int, *, from_bank: bool) -> list[Entry]:
    """Return what paying out posts; the fee kept back stays in the box that pays."""
    lent, kept = EntryKind.LOAN_OUT, EntryKind.LOAN_UPFRONT
    if from_bank:
        lent, kept = EntryKind.LOAN_OUT_BANK, EntryKind.LOAN_UPFRONT_BANK
    entries = [Entry(lent, amount, member_of(loan), LoanId(loan.id))]
    if fee:
        entries.append(Entry(kept, fee, member_of(loan), LoanId(loan.id)))
    return entries


def _check_disbursement(loan: Loan, command: Disburse, amount: int, lent: int, today: date) -> list[Problem]:
    found = []
    if amount <= 0 or lent + amount > loan.amount:
        found.append(
            Problem.stop(
                "amount", "amount", _("Còn được giải ngân {left}.").format(left=show_dong(loan.amount - lent))
            )
        )
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    if lent:
        terms = from_text(Terms, loan.terms)
        last = plan(terms).rows[-1].due_on
        if not terms.disbursed_on <= command.day < last:
            text = _("Các đợt sau chỉ giao từ ngày {first} đến trước ngày trả cuối {last}.")
            text = text.format(first=show_day(terms.disbursed_on), last=show_day(last))
            found.append(Problem.stop("part-day", "day", text))
    return found


def _start_from(session: Session, loan: Loan, command: Disburse) -> tuple[AffectedPaper, ...]:
    """Let the schedule begin on the real day of the money; return the papers that say otherwise."""
    terms = terms_on(session, loan, command.day, command.first_due)
    text = to_text(terms)
    papers = old_papers(session, loan, command.day, command.first_due)
    if text == loan.terms:
        return papers
    loan.terms = text
    session.flush()
    return papers


def member_of(loan: Loan) -> MemberId | None:
    """Return who borrowed; None for a loan to the group."""
    return None if loan.member_id is None else MemberId(loan.member_id)


def voucher_of(
    loan: Loan, day: date, entries: Sequence[Entry], meeting: MeetingId | None = None, text: str = ""
) -> VoucherDraft:
    """Return a voucher of a loan; without a text it names the loan."""
    return VoucherDraft(
        group=GroupId(loan.group_id),
        paper=paper_for(entries),
        day=day,
        lines=lines_of(entries),
        text=text or loan.code,
        member=member_of(loan),
        meeting=meeting,
    )


@dataclass(frozen=True, slots=True)
class Repay:
    """Take a repayment outside a meeting. `penalty` None charges what the rule asks; `keep_surplus` keeps what is
    paid too much as a credit instead of refusing it."""

    loan: LoanId
    day: date
    amount: int
    penalty: int | None = None
    keep_surplus: bool = False
    note: str = ""


def repay(book: Book, command: Repay, act: Act) -> Outcome[LoanPosted]:
    """Post a repayment with its split; adjusts later ones when it is dated before them. Raises Refusal."""
    with book.write(act) as session:
        posted = repay_in(session, command, act)
        group = GroupId(session.get_one(Loan, command.loan).group_id)
    return Outcome(posted, Changed.of(*_CHANGED, group=group))


def repay_in(session: Session, command: Repay, act: Act) -> LoanPosted:
    """Post a repayment inside an open write; see `repay`."""
    loan = in_stage(session, command.loan, *OPEN_STAGES)
    facts = open_loan(session, command.loan)
    penalty = rules.penalty_due(facts, command.day) if command.penalty is None else command.penalty
    refuse_if_stopped(_check_repayment(loan, facts, command, penalty, act.today))
    papers = affected_papers(session, GroupId(loan.group_id), command.day, None, {loan.member_id})
    payment = rules.pay(facts, command.day, command.amount, penalty)
    voucher = post(session, [voucher_of(loan, command.day, _entries(loan, payment))])[0]
    add_events(session, command.loan, payment_events(payment, command.day, voucher.id, note=command.note))
    more = settle(session, command.loan, act.today)
    return LoanPosted(command.loan, (voucher, *more), tuple(papers))


def _entries(loan: Loan, payment: rules.LoanPayment) -> list[Entry]:
    return rules.entries_of(payment, None if loan.member_id is None else MemberId(loan.member_id))


def payment_events(
    payment: rules.LoanPayment,
    day: date,
    voucher: VoucherId | None,
    meeting: MeetingId | None = None,
    note: str = "",
) -> list[NewEvent]:
    """Return the events of a payment: the penalty charged with it, if any, and the repayment."""
    found = []
    if payment.penalty_charged:
        detail = {} if payment.joins is None else {"joins": payment.joins.isoformat()}
        found.append(NewEvent(LoanEventKind.PENALTY, day, payment.penalty_charged, detail, meeting=meeting))
    if payment.amount:
        found.append(
            NewEvent(
                LoanEventKind.REPAYMENT, day, payment.amount, voucher=voucher, meeting=meeting, note=note
            )
        )
    return found


def _check_repayment(
    loan: Loan, facts: rules.OpenLoan, command: Repay, penalty: int, today: date
) -> list[Problem]:
    found = []
    if type(command.amount) is not int or not 0 < command.amount <= MAX_DONG:
        return [Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0."))]
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    if loan.disbursed_on is None or command.day < loan.disbursed_on:
        return [
            *found,
            Problem.stop("before-disbursement", "day", _("Khoản vay chưa giải ngân vào ngày này.")),
        ]
    if penalty < 0:
        found.append(Problem.stop("penalty", "penalty", _("Tiền phạt không được âm.")))
        return found
    off = rules.written_off_on(facts)
    if off is not None and command.day <= off:
        text = _("Khoản vay đã xóa nợ ngày {day}; hãy ghi từ ngày sau đó, hoặc hủy xóa nợ trước.")
        return [*found, Problem.stop("written-off", "day", text.format(day=show_day(off)))]
    owed = rules.settle_amount(facts, command.day) - rules.penalty_due(facts, command.day) + penalty
    if command.amount > owed and not command.keep_surplus:
        found.append(
            Problem.stop(
                "too-much",
                "amount",
                _("Trả hết nợ ngày {day} chỉ cần {owed}.").format(
                    day=show_day(command.day), owed=show_dong(owed)
                ),
            )
        )
    return found


def undo_in(
    session: Session, loan_id: LoanId, seq: int, reason: str, *, with_voucher: bool = True
) -> list[PostedVoucher]:
    """Undo a repayment (and the penalty charged with it) inside an open write; reverse what it posted.

    `with_voucher` False leaves the voucher itself to the caller (a meeting that is being corrected).
    """
    import json

    rows = rows_of(session, [loan_id])[loan_id]
    row = next(row for row in rows if row.seq == seq)
    targets = [seq]
    before = next((other for other in rows if other.seq == seq - 1), None)
    if before is not None and before.kind is LoanEventKind.PENALTY and before.at == row.at:
        targets.append(before.seq)
    vouchers = [
        VoucherId(other.voucher_id)
        for other in rows
        if other.kind is LoanEventKind.ADJUSTMENT
        and other.voucher_id is not None
        and json.loads(other.detail)["target"] == seq
    ]
    if with_voucher and row.voucher_id is not None:
        vouchers.append(VoucherId(row.voucher_id))
    posted = reverse(session, vouchers, reason)
    add_events(
        session,
        loan_id,
        [
            NewEvent(LoanEventKind.UNDO, session.info["act"].today, detail={"target": target}, note=reason)
            for target in targets
        ],
    )
    return posted


# -- what a deed would change ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SplitChange:
    """A repayment made before that would be split otherwise: its parts now and then, in đồng."""

    seq: int
    day: date
    amount: int
    before: Parts
    after: Parts


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a back-dated repayment changes: splits of later ones, and the papers that say otherwise."""

    splits: tuple[SplitChange, ...] = ()
    papers: tuple[AffectedPaper, ...] = ()


def consequences(book: Book, command: Repay, today: date) -> Consequences:
    """Return what posting a repayment would change about what is recorded already. Nothing is written."""
    with book.read() as session:
        loan = session.get_one(Loan, command.loan)
        facts = open_loan(session, command.loan)
        penalty = rules.penalty_due(facts, command.day) if command.penalty is None else command.penalty
        papers = affected_papers(session, GroupId(loan.group_id), command.day, None, {loan.member_id})
    return Consequences(_split_changes(facts, command, penalty, today), tuple(papers))


def _split_changes(
    facts: rules.OpenLoan, command: Repay, penalty: int, today: date
) -> tuple[SplitChange, ...]:
    if command.amount <= 0:
        return ()
    more = rules.events_of_payment(facts, command.day, command.amount, penalty)
    before, after = facts.state(today), facts.state(today, more)
    then = {split.seq: split for split in after.splits if not split.reverted}
    return tuple(
        SplitChange(split.seq, split.on, split.amount, split.parts, then[split.seq].parts)
        for split in before.splits
        if not split.is_disbursement
        and not split.reverted
        and split.seq in then
        and then[split.seq].parts != split.parts
    )


# -- questions of one loan -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayoffQuote:
    """What closes a loan on a day, by part, in đồng; `penalty` is charged with it."""

    loan: LoanId
    day: date
    parts: Parts
    penalty: int

    @property
    def amount(self) -> int:
        """Return the whole sum."""
        return self.parts.total


def quote(book: Book, loan_id: LoanId, day: date) -> PayoffQuote:
    """Return the payoff of a loan on a day; posting that amount asks the same function."""
    with book.read() as session:
        facts = open_loan(session, loan_id)
        penalty = rules.penalty_due(facts, day)
        amount = rules.settle_amount(facts, day)
        return PayoffQuote(loan_id, day, rules.pay(facts, day, amount, penalty).parts, penalty)


def split_of(book: Book, loan_id: LoanId, day: date, amount: int, penalty: int | None) -> rules.LoanPayment:
    """Return how an amount would be split on a day: the live line under the repayment form."""
    with book.read() as session:
        facts = open_loan(session, loan_id)
        charge = rules.penalty_due(facts, day) if penalty is None else penalty
        return rules.pay(facts, day, amount, charge)

"""Loans to the group: what it borrows from a lender (VBSP, a project fund, a bank), repays, and collects for it.

The lender's loan has its own schedule and the same state function as a member's loan; on-lending is done with
ordinary loans. Interest that members pay for the lender is kept apart until it is handed on, and the commission
that the lender pays is the group's income.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, new_uid
from desktop.models.kinds import Account, EntryKind, LoanDirection, LoanEventKind, LoanStage
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Loan
from desktop.models.rules import loan_sheet as rules
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.rules.loan_products import Product, Request, check_product, offer
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.models.rules.plain import to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances
from desktop.services.codes import next_code
from desktop.services.ledger import PostedVoucher, post
from desktop.services.loan_applications import in_stage
from desktop.services.loan_facts import OPEN_STAGES
from desktop.services.loan_ledger import NewEvent, add_events, open_loan, settle
from desktop.services.loans import LoanPosted, payment_events
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

_CHANGED = (Topic.LOANS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Take:
    """The group takes a loan: from whom, on which contract, under which terms; the money comes into the box."""

    group: GroupId
    lender: str
    contract: str
    product: Product
    request: Request
    purpose: str = ""


def take(book: Book, command: Take, act: Act) -> Outcome[LoanPosted]:
    """Record a loan to the group and post the money received. Raises Refusal."""
    with book.write(act) as session:
        problems = [*_check_take(command, act.today), *check_product(command.product)]
        refuse_if_stopped(problems)
        try:
            made = offer(command.product, command.request)
        except (BadSchedule, ValueError) as error:
            refuse_if_stopped([Problem.stop("schedule", "number", _("Không lập được lịch trả hợp lệ."))])
            raise AssertionError from error
        loan = Loan(
            uid=new_uid(),
            code=next_code(session, Loan),
            group_id=command.group,
            direction=LoanDirection.IN,
            lender=command.lender.strip(),
            stage=LoanStage.APPROVED,
            purpose=command.purpose.strip(),
            amount=command.request.amount,
            applied_on=command.request.disbursed_on,
            decided_on=command.request.disbursed_on,
            contract=command.contract.strip(),
            terms=to_text(made.terms),
            rule=to_text(command.product),
        )
        session.add(loan)
        session.flush()
        loan_id = LoanId(loan.id)
        day = command.request.disbursed_on
        entry = Entry(EntryKind.LENDER_IN, command.request.amount, loan=loan_id)
        vouchers = post(session, [_voucher(command.group, day, [entry], _text(loan))])
        add_events(
            session,
            loan_id,
            [NewEvent(LoanEventKind.DISBURSEMENT, day, command.request.amount, voucher=vouchers[0].id)],
        )
        settle(session, loan_id, act.today)
    return Outcome(LoanPosted(loan_id, tuple(vouchers)), Changed.of(*_CHANGED, group=command.group))


def _check_take(command: Take, today: date) -> list[Problem]:
    found = []
    if not command.lender.strip():
        found.append(Problem.stop("lender", "lender", _("Hãy ghi tên bên cho vay.")))
    if type(command.request.amount) is not int or not 0 < command.request.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Số tiền vay phải là số nguyên đồng lớn hơn 0.")))
    if not 0 < command.request.number <= 600:
        found.append(Problem.stop("number", "number", _("Số kỳ trả phải từ 1 đến 600.")))
    if command.request.disbursed_on > today:
        day = show_day(command.request.disbursed_on)
        found.append(Problem.stop("future", "disbursed_on", _("Ngày {day} chưa tới.").format(day=day)))
    first = command.request.first_due
    if first is not None and first <= command.request.disbursed_on:
        found.append(Problem.stop("first-due", "first_due", _("Kỳ trả đầu tiên phải sau ngày giải ngân.")))
    return found


def _text(loan: Loan) -> str:
    return ", ".join(part for part in (loan.lender, loan.contract) if part)


def _voucher(group: GroupId, day: date, entries: list[Entry], text: str) -> VoucherDraft:
    return VoucherDraft(group=group, paper=paper_for(entries), day=day, lines=lines_of(entries), text=text)


def repay(book: Book, loan_id: LoanId, day: date, amount: int, act: Act) -> Outcome[LoanPosted]:
    """Pay the lender: split as the lender's terms say. Raises Refusal, also above the debt or the box."""
    with book.write(act) as session:
        loan = in_stage(session, loan_id, *OPEN_STAGES)
        group = GroupId(loan.group_id)
        facts = open_loan(session, loan_id)
        refuse_if_stopped(_check_repay(loan, facts, day, amount, act.today))
        penalty = rules.penalty_due(facts, day)
        payment = rules.pay(facts, day, amount, penalty)
        interest = payment.parts.interest + payment.parts.fees + payment.parts.penalties
        entries = []
        if payment.parts.principal:
            entries.append(Entry(EntryKind.LENDER_PRINCIPAL, payment.parts.principal, loan=loan_id))
        if interest:
            entries.append(Entry(EntryKind.LENDER_INTEREST, interest, loan=loan_id))
        voucher = post(session, [_voucher(group, day, entries, _text(loan))])[0]
        add_events(session, loan_id, payment_events(payment, day, voucher.id))
        settle(session, loan_id, act.today)
    return Outcome(LoanPosted(loan_id, (voucher,)), Changed.of(*_CHANGED, group=group))


def _check_repay(loan: Loan, facts: rules.OpenLoan, day: date, amount: int, today: date) -> list[Problem]:
    if type(amount) is not int or not 0 < amount <= MAX_DONG:
        return [Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0."))]
    if day > today:
        return [Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(day)))]
    if loan.disbursed_on is None or day < loan.disbursed_on:
        return [Problem.stop("before-disbursement", "day", _("Khoản vay chưa giải ngân vào ngày này."))]
    latest = max((event.on for event in facts.events), default=day)
    if day < latest:
        return [
            Problem.stop(
                "out-of-order",
                "day",
                _("Đã ghi trả ngày {day}; hãy ghi từ ngày đó trở đi.").format(day=show_day(latest)),
            )
        ]
    owed = rules.settle_amount(facts, day)
    if amount > owed:
        return [
            Problem.stop("too-much", "amount", _("Trả hết nợ chỉ cần {owed}.").format(owed=show_dong(owed)))
        ]
    return []


@dataclass(frozen=True, slots=True)
class Collected:
    """Interest collected for a lender, handed on to it, or the commission received, in đồng."""

    group: GroupId
    kind: EntryKind
    day: date
    amount: int
    text: str = ""


KINDS = (EntryKind.COLLECTED_IN, EntryKind.COLLECTED_OUT, EntryKind.COMMISSION_IN)


def collect(book: Book, command: Collected, act: Act) -> Outcome[PostedVoucher]:
    """Post interest collected for a lender, its handing on, or the commission. Raises Refusal."""
    with book.write(act) as session:
        refuse_if_stopped(_check_collected(session, command, act.today))
        entry = Entry(command.kind, command.amount)
        voucher = post(session, [_voucher(command.group, command.day, [entry], command.text.strip())])[0]
    return Outcome(voucher, Changed.of(*_CHANGED, group=command.group))


def _check_collected(session: Session, command: Collected, today: date) -> list[Problem]:
    found = []
    if command.kind not in KINDS:
        found.append(Problem.stop("kind", "kind", _("Hãy chọn thu hộ, nộp hoặc hoa hồng.")))
    if type(command.amount) is not int or not 0 < command.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    if not found and command.kind is EntryKind.COLLECTED_OUT:
        held = group_balances(session, command.group, command.day).get(Account.COLLECTED, 0)
        if command.amount > held:
            found.append(
                Problem.stop(
                    "collected", "amount", _("Mới thu hộ {held} chưa nộp.").format(held=show_dong(held))
                )
            )
    return found


def held_for_lender(book: Book, group: GroupId, day: date) -> int:
    """Return what the group has collected for lenders and not handed on yet, in đồng."""
    with book.read() as session:
        return group_balances(session, group, day).get(Account.COLLECTED, 0)

"""The life of a loan: applied for, decided, disbursed, repaid, changed, closed. Each deed is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MeetingId, MemberId, VoucherId, new_uid
from desktop.models.kinds import Account, EntryKind, LoanEventKind, LoanStage
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Loan, LoanGuarantor
from desktop.models.rules import loan_sheet as rules
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.rules.loan_products import (
    Borrower,
    Caution,
    Offer,
    Product,
    Request,
    check_request,
    offer,
    upfront_fee,
)
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.models.rules.loans.state import Parts
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances, member_holdings
from desktop.services.codes import next_code
from desktop.services.facts import cycle_on, members_in_order, rules_on
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.loan_facts import OPEN_STAGES, load, rows_of
from desktop.services.loan_ledger import NewEvent, add_events, open_loan, settle
from desktop.services.loan_products import product_of
from desktop.services.prints import AffectedPaper, affected_papers
from desktop.store.book import Book
from resources import holidays
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

_CHANGED = (Topic.LOANS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Application:
    """What stands on the application, besides the request itself. Amounts in đồng a month; debts as written."""

    purpose: str
    livelihood: str = ""
    income: int = 0
    debt_service: int = 0
    debts: str = ""
    spouse: str = ""
    spouse_consents: bool = True
    guarantors: tuple[MemberId, ...] = ()


@dataclass(frozen=True, slots=True)
class Apply:
    """Apply for a loan of a product. `agreed`: the user has said yes to what is only warned about."""

    group: GroupId
    member: MemberId
    product: int
    request: Request
    application: Application
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """How a loan was decided: by a vote of a meeting, or by named people (with their quorum)."""

    by_vote: bool = True
    present: int = 0
    in_favour: int = 0
    against: int = 0
    people: tuple[str, ...] = ()
    quorum: int = 2
    meeting: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoanPosted:
    """What a deed on a loan posted, and the papers printed before that it made out of date."""

    loan: LoanId
    vouchers: tuple[PostedVoucher, ...] = ()
    papers: tuple[AffectedPaper, ...] = ()


# -- applying --------------------------------------------------------------------------------------


def meeting_days(session: Session, group: GroupId, after: date, number: int) -> tuple[date, ...]:
    """Return the group's coming regular meeting days, as the rules of the day say."""
    from desktop.models.rules.constitution import next_meeting

    found: list[date] = []
    day = after
    rules_now = rules_on(session, group, after)
    while len(found) < number:
        day = next_meeting(rules_now, day, after)
        found.append(day)
    return tuple(found)


def make_offer(book: Book, group: GroupId, product: int, request: Request) -> Offer:
    """Return the schedule and price of a request, before anything is written. Raises Refusal."""
    with book.read() as session:
        kept = from_text(Product, product_of(session, product).rules)
        return _offer(session, group, kept, request)


def _offer(session: Session, group: GroupId, product: Product, request: Request) -> Offer:
    if not 0 < request.number <= 600:
        raise Refusal([Problem.stop("number", "number", _("Số kỳ trả phải từ 1 đến 600."))])
    if type(request.amount) is not int or not 0 < request.amount <= MAX_DONG:
        raise Refusal([Problem.stop("amount", "amount", _("Số tiền vay phải là số nguyên đồng lớn hơn 0."))])
    meetings = meeting_days(session, group, request.disbursed_on, request.number)
    try:
        return offer(product, request, meetings, holidays.days_off())
    except (BadSchedule, ValueError, ArithmeticError) as error:
        raise Refusal(
            [Problem.stop("schedule", "number", _("Không lập được lịch trả hợp lệ: {why}").format(why=error))]
        ) from error


def borrower_facts(session: Session, command: Apply) -> Borrower:
    """Return what the rules must know of who applies, on the day of disbursement asked for."""
    day = command.request.disbursed_on
    held = member_holdings(session, command.group, day).get(command.member, {})
    savings = sum(
        held[account].amount
        for account in (Account.SAVINGS, Account.COMPULSORY_SAVINGS, Account.SHARES)
        if account in held
    )
    boxes = group_balances(session, command.group, day)
    cycle = cycle_on(session, command.group, day)
    guarantors = command.application.guarantors
    return Borrower(
        member=command.member,
        savings=savings,
        fund=boxes.get(Account.CASH, 0) + boxes.get(Account.BANK, 0) + boxes.get(Account.LOANS, 0),
        open_loans=_open_count(session, command.group, command.member),
        cycle_ends=None if cycle is None else cycle.ends,
        income=command.application.income,
        debt_service=command.application.debt_service,
        guarantors=guarantors,
        guarantees=tuple(_guarantees(session, guarantor) for guarantor in guarantors),
        in_turn=tuple(_answers_for(session, command.member, guarantor) for guarantor in guarantors),
        purpose=command.application.purpose,
        spouse_consents=command.application.spouse_consents,
    )


def _open_count(session: Session, group: GroupId, member: MemberId) -> int:
    stages = (LoanStage.APPLIED, LoanStage.APPROVED, *OPEN_STAGES)
    return (
        session.scalar(
            select(func.count(Loan.id)).where(
                Loan.group_id == group, Loan.member_id == member, Loan.stage.in_(stages)
            )
        )
        or 0
    )


def _guarantees(session: Session, member: MemberId) -> int:
    return (
        session.scalar(
            select(func.count(LoanGuarantor.id))
            .join(Loan, Loan.id == LoanGuarantor.loan_id)
            .where(LoanGuarantor.member_id == member, Loan.stage.in_(OPEN_STAGES))
        )
        or 0
    )


def _answers_for(session: Session, guarantor: MemberId, borrower: MemberId) -> bool:
    found = session.scalar(
        select(LoanGuarantor.id)
        .join(Loan, Loan.id == LoanGuarantor.loan_id)
        .where(LoanGuarantor.member_id == guarantor, Loan.member_id == borrower, Loan.stage.in_(OPEN_STAGES))
        .limit(1)
    )
    return found is not None


def check_apply(
    book: Book, command: Apply, caution: Caution, today: date
) -> tuple[list[Problem], Offer | None]:
    """Return what is wrong with an application and its offer, without writing: for the form while it is filled in."""
    with book.read() as session:
        return _judge(session, command, caution, today)


def _judge(
    session: Session, command: Apply, caution: Caution, today: date
) -> tuple[list[Problem], Offer | None]:
    product = from_text(Product, product_of(session, command.product).rules)
    try:
        made: Offer | None = _offer(session, command.group, product, command.request)
        problems: list[Problem] = []
    except Refusal as refusal:
        made, problems = None, list(refusal.problems)
    known = {problem.code for problem in problems}
    found = check_request(product, command.request, borrower_facts(session, command), caution, made)
    problems += [problem for problem in found if problem.code not in known]
    roster = {row.member_id for row in members_in_order(session, command.group, command.request.disbursed_on)}
    if command.member not in roster:
        problems.append(Problem.stop("not-member", "member", _("Người này không thuộc nhóm vào ngày vay.")))
    return problems, made


def apply(book: Book, command: Apply, caution: Caution, act: Act) -> Outcome[LoanId]:
    """Keep an application with its offer. Raises Refusal."""
    with book.write(act) as session:
        problems, made = _judge(session, command, caution, act.today)
        refuse_if_stopped(problems, agreed=command.agreed)
        assert made is not None
        loan = Loan(
            uid=new_uid(),
            code=next_code(session, Loan),
            group_id=command.group,
            member_id=command.member,
            product_id=command.product,
            purpose=command.application.purpose.strip(),
            livelihood=command.application.livelihood.strip(),
            amount=command.request.amount,
            applied_on=act.today,
            terms=to_text(made.terms),
            rule=product_of(session, command.product).rules,
            paper=to_text(command.application),
        )
        session.add(loan)
        session.flush()
        session.add_all(
            LoanGuarantor(uid=new_uid(), loan_id=loan.id, member_id=guarantor)
            for guarantor in command.application.guarantors
        )
        session.flush()
        made_id = LoanId(loan.id)
    return Outcome(made_id, Changed.of(Topic.LOANS, group=command.group))


# -- deciding --------------------------------------------------------------------------------------


def approve(book: Book, loan_id: LoanId, decision: Decision, act: Act) -> Outcome[LoanId]:
    """Approve an application: by the majority of a meeting with its quorum, or by enough named people."""
    with book.write(act) as session:
        loan = _in_stage(session, loan_id, LoanStage.APPLIED)
        group = GroupId(loan.group_id)
        refuse_if_stopped(_check_decision(session, group, decision, act.today))
        loan.stage, loan.decided_on, loan.decision = LoanStage.APPROVED, act.today, to_text(decision)
        loan.contract = f"{loan.code}/{act.today.year}/HDVV"
        session.flush()
    return Outcome(loan_id, Changed.of(Topic.LOANS, group=group))


def _check_decision(session: Session, group: GroupId, decision: Decision, today: date) -> list[Problem]:
    if not decision.by_vote:
        names = {name.strip() for name in decision.people if name.strip()}
        if len(names) >= max(decision.quorum, 1):
            return []
        return [
            Problem.stop(
                "people", "people", _("Cần ít nhất {n} người duyệt, ghi rõ tên.").format(n=decision.quorum)
            )
        ]
    members = len(members_in_order(session, group, today))
    needed = rules_on(session, group, today).quorum_of(members)
    found = []
    if min(decision.present, decision.in_favour, decision.against) < 0 or decision.present > members:
        found.append(
            Problem.stop("present", "present", _("Số người dự họp phải từ 0 đến {n}.").format(n=members))
        )
    if decision.in_favour + decision.against > decision.present:
        found.append(Problem.stop("votes", "in_favour", _("Số phiếu nhiều hơn số người dự họp.")))
    if decision.present < needed:
        found.append(
            Problem.stop(
                "quorum", "present", _("Cần ít nhất {n} người dự họp để biểu quyết.").format(n=needed)
            )
        )
    if decision.in_favour * 2 <= decision.present:
        found.append(Problem.stop("majority", "in_favour", _("Chưa quá nửa số người dự họp đồng ý.")))
    return found


def refuse(book: Book, loan_id: LoanId, reason: str, act: Act) -> Outcome[LoanId]:
    """Refuse an application with a reason, which the applicant may read."""
    return _end(book, loan_id, LoanStage.REFUSED, reason, (LoanStage.APPLIED,), act)


def cancel(book: Book, loan_id: LoanId, reason: str, act: Act) -> Outcome[LoanId]:
    """Take back an application or an approved loan before any money was handed over."""
    return _end(book, loan_id, LoanStage.CANCELLED, reason, (LoanStage.APPLIED, LoanStage.APPROVED), act)


def _end(
    book: Book, loan_id: LoanId, stage: LoanStage, reason: str, before: tuple[LoanStage, ...], act: Act
) -> Outcome[LoanId]:
    with book.write(act) as session:
        loan = _in_stage(session, loan_id, *before)
        _need_reason(reason)
        decision = from_text(Decision, loan.decision) if loan.decision != "{}" else Decision()
        loan.stage, loan.decided_on = stage, act.today
        loan.decision = to_text(replace(decision, reason=reason.strip()))
        group = GroupId(loan.group_id)
        session.flush()
    return Outcome(loan_id, Changed.of(Topic.LOANS, group=group))


def _in_stage(session: Session, loan_id: LoanId, *stages: LoanStage) -> Loan:
    loan = session.get_one(Loan, loan_id)
    if loan.stage not in stages:
        raise Refusal(
            [
                Problem.stop(
                    "stage",
                    "",
                    _("Khoản vay {code}: {stage}.").format(code=loan.code, stage=loan.stage.title),
                )
            ]
        )
    return loan


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])


# -- money -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Disburse:
    """Hand over the money of an approved loan, or a part of it (tranche). Fees kept back come off the first part."""

    loan: LoanId
    day: date
    amount: int = 0
    from_bank: bool = False


def disburse(book: Book, command: Disburse, act: Act) -> Outcome[LoanPosted]:
    """Pay out a loan (the whole amount when `amount` is 0) from the box or the bank. Raises Refusal."""
    with book.write(act) as session:
        loan = _in_stage(session, command.loan, LoanStage.APPROVED, LoanStage.ACTIVE)
        group = GroupId(loan.group_id)
        lent = sum(
            row.amount
            for row in rows_of(session, [command.loan])[command.loan]
            if row.kind is LoanEventKind.DISBURSEMENT
        )
        amount = command.amount or loan.amount - lent
        refuse_if_stopped(_check_disbursement(loan, command, amount, lent, act.today))
        kind = EntryKind.LOAN_OUT_BANK if command.from_bank else EntryKind.LOAN_OUT
        entries = [Entry(kind, amount, _member(loan), command.loan)]
        fee = upfront_fee(from_text(Product, loan.rule), loan.amount) if lent == 0 else 0
        if fee:
            entries.append(Entry(EntryKind.LOAN_FEE, fee, _member(loan), command.loan))
        voucher = post(session, [_voucher(loan, command.day, entries)])[0]
        add_events(
            session,
            command.loan,
            [NewEvent(LoanEventKind.DISBURSEMENT, command.day, amount, voucher=voucher.id)],
        )
        more = settle(session, command.loan, act.today)
    return Outcome(LoanPosted(command.loan, (voucher, *more)), Changed.of(*_CHANGED, group=group))


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
    if command.day < loan.applied_on and loan.decided_on is not None and command.day < loan.decided_on:
        found.append(Problem.stop("before-decision", "day", _("Ngày giải ngân trước ngày duyệt vay.")))
    return found


def _member(loan: Loan) -> MemberId | None:
    return None if loan.member_id is None else MemberId(loan.member_id)


def _voucher(
    loan: Loan, day: date, entries: Sequence[Entry], meeting: MeetingId | None = None, text: str = ""
) -> VoucherDraft:
    return VoucherDraft(
        group=GroupId(loan.group_id),
        paper=paper_for(entries),
        day=day,
        lines=lines_of(entries),
        text=text or loan.code,
        member=_member(loan),
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
        loan = _in_stage(session, command.loan, *OPEN_STAGES)
        group = GroupId(loan.group_id)
        facts = open_loan(session, command.loan)
        penalty = rules.penalty_due(facts, command.day) if command.penalty is None else command.penalty
        refuse_if_stopped(_check_repayment(loan, facts, command, penalty, act.today))
        papers = affected_papers(session, group, command.day, None, {loan.member_id})
        payment = rules.pay(facts, command.day, command.amount, penalty)
        voucher = post(session, [_voucher(loan, command.day, _entries(loan, payment))])[0]
        add_events(session, command.loan, payment_events(payment, command.day, voucher.id, note=command.note))
        more = settle(session, command.loan, act.today)
    return Outcome(
        LoanPosted(command.loan, (voucher, *more), tuple(papers)), Changed.of(*_CHANGED, group=group)
    )


def _entries(loan: Loan, payment: rules.LoanPayment) -> list[Entry]:
    return rules.entries_of(payment, loan.member_id)


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
        found.append(NewEvent(LoanEventKind.PENALTY, day, payment.penalty_charged, meeting=meeting))
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


def undo_repayment(book: Book, loan_id: LoanId, seq: int, reason: str, act: Act) -> Outcome[LoanPosted]:
    """Take back a repayment outside a meeting: its voucher and adjustments are reversed, the loan replays."""
    with book.write(act) as session:
        loan = session.get_one(Loan, loan_id)
        group = GroupId(loan.group_id)
        _need_reason(reason)
        row = next((row for row in rows_of(session, [loan_id])[loan_id] if row.seq == seq), None)
        if row is None or row.kind is not LoanEventKind.REPAYMENT or row.meeting_id is not None:
            raise Refusal(
                [
                    Problem.stop(
                        "not-repayment", "", _("Khoản trả này thuộc một buổi họp; hãy sửa buổi họp đó.")
                    )
                ]
            )
        papers = affected_papers(session, group, row.day, None, {loan.member_id})
        vouchers = undo_in(session, loan_id, seq, reason.strip())
        vouchers += settle(session, loan_id, act.today)
    return Outcome(LoanPosted(loan_id, tuple(vouchers), tuple(papers)), Changed.of(*_CHANGED, group=group))


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
    if before is not None and before.kind is LoanEventKind.PENALTY and before.day == row.day:
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


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what is owed without money: a waiver, an extension, a fee, or a write-off; with a reason."""

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


def change(book: Book, command: Change, act: Act) -> Outcome[LoanPosted]:
    """Waive, extend, charge a fee or write off. A write-off posts the principal given up. Raises Refusal."""
    with book.write(act) as session:
        loan = _in_stage(session, command.loan, LoanStage.ACTIVE)
        group = GroupId(loan.group_id)
        _need_reason(command.reason)
        facts = open_loan(session, command.loan)
        refuse_if_stopped(_check_change(loan, facts, command, act.today))
        voucher: VoucherId | None = None
        vouchers: list[PostedVoucher] = []
        if command.kind is LoanEventKind.WRITE_OFF:
            owed = facts.state(command.day).principal_outstanding
            entry = Entry(EntryKind.LOAN_WRITE_OFF, owed, _member(loan), command.loan)
            vouchers = post(session, [_voucher(loan, command.day, [entry], text=command.reason.strip())])
            voucher = vouchers[0].id
        add_events(session, command.loan, [_change_event(command, voucher)])
        vouchers += settle(session, command.loan, act.today)
    return Outcome(LoanPosted(command.loan, tuple(vouchers)), Changed.of(*_CHANGED, group=group))


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
    if command.kind is LoanEventKind.RESCHEDULE:
        if command.from_due is None:
            found.append(Problem.stop("from-due", "from_due", _("Hãy chọn kỳ bắt đầu gia hạn.")))
        if command.days < 0 or command.months < 0 or not (command.days or command.months):
            found.append(Problem.stop("extension", "months", _("Hãy ghi số tháng hoặc số ngày gia hạn.")))
    if command.kind is LoanEventKind.FEE and not 0 < command.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
    return found


def refund(book: Book, loan_id: LoanId, day: date, act: Act) -> Outcome[LoanPosted]:
    """Give back what was paid too much. Raises Refusal when there is nothing to give back."""
    with book.write(act) as session:
        loan = session.get_one(Loan, loan_id)
        group = GroupId(loan.group_id)
        credit = load(session, loan_id).loan.state(act.today).overpaid - sum(
            row.amount for row in rows_of(session, [loan_id])[loan_id] if row.kind is LoanEventKind.REFUND
        )
        if credit <= 0:
            raise Refusal([Problem.stop("no-credit", "", _("Khoản vay này không có tiền trả thừa."))])
        entry = Entry(EntryKind.LOAN_REFUND, credit, _member(loan), loan_id)
        voucher = post(session, [_voucher(loan, day, [entry])])[0]
        add_events(session, loan_id, [NewEvent(LoanEventKind.REFUND, day, credit, voucher=voucher.id)])
    return Outcome(LoanPosted(loan_id, (voucher,)), Changed.of(*_CHANGED, group=group))


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

"""The papers of loans: gather what each prints, number it, and note that it was printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId
from desktop.models.kinds import OWED_TO_MEMBERS, LoanEventKind, LoanStage, Office
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Group, Loan
from desktop.models.rules.loan_products import upfront_fee
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.terms import PrecloseInterest
from desktop.services import heads, loan_words, loans, meeting_papers, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import member_holdings
from desktop.services.facts import members_in_order
from desktop.services.loan_book import DueRow, EventRow, LoanDetail, detail
from desktop.services.loan_book import due_list as due_rows
from desktop.services.loan_terms import planned_offer
from desktop.services.prints import PrintOrder
from desktop.store.book import Book
from reports.kit.values import PrintMark
from reports.loan_application import HouseholdDebt, HouseholdMoney, LoanApplication, LoanDecision, Voice
from reports.loan_contract import Guarantee, LoanContract
from reports.loan_due_list import DueLoan, LoanDueList
from reports.loan_passbook import LoanPassbook
from reports.loan_payoff import LoanPayoff, PayoffPart
from reports.loan_receipt import LoanReceipt, LoanReceipts
from reports.loan_reminder import LoanReminder, LoanReminders, Tone
from reports.loan_schedule import LoanSchedule
from reports.loan_values import NO_MONEY, LoanMovement, LoanPerson, UpfrontFee
from resources.lang.messages import _

T = TypeVar("T")
Make = Callable[[Session, LoanDetail, PrintMark], T]


def _paper(
    book: Book,
    loan_id: LoanId,
    day: date,
    act: Act,
    report: str,
    make: Make[T],
    planned: date | None = None,
) -> Outcome[T]:
    """Read a loan, number the paper, and make its value; in a read-only book it carries no number.

    `planned`: print as if the money were handed over on that day; the printing remembers which.
    """
    loan = detail(book, loan_id, day)
    planned = None if planned == loan.terms.disbursed_on else planned
    with book.read() if book.readonly else book.write(act) as session:
        if planned is not None:
            offer = planned_offer(session, session.get_one(Loan, loan_id), planned)
            loan = replace(loan, terms=offer.terms, cost=offer.cost)
        order = PrintOrder(
            report,
            loan.group,
            member=loan.member,
            starts=planned,
            ends=day,
            balance=loan.state.principal_outstanding,
            subject=loan.code,
        )
        value = make(session, loan, paper_marks.issue_marks(session, [order], act)[0])
    return Outcome(value, Changed.of(Topic.PRINTS, group=loan.group))


def _place(session: Session, loan: LoanDetail) -> str:
    return heads.commune_name(session.get_one(Group, loan.group).commune_code)


def _fees(loan: LoanDetail) -> tuple[UpfrontFee, ...]:
    fee = upfront_fee(loan.product, loan.amount)
    return (UpfrontFee(_("Phí thu khi giải ngân"), fee),) if fee else ()


@heads.for_paper
def application(book: Book, loan_id: LoanId, act: Act) -> Outcome[LoanApplication]:
    """Return the application of a loan, with its decision when there is one."""

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanApplication:
        asked = loan.application
        officers = heads.officers(session, loan.group, loan.applied_on)
        held = (
            {}
            if loan.member is None
            else member_holdings(session, loan.group, loan.applied_on).get(loan.member, {})
        )
        return LoanApplication(
            organisation=heads.organisation(session),
            group=heads.group_block(session, loan.group),
            mark=mark,
            number=loan.code,
            day=loan.applied_on,
            place=_place(session, loan),
            borrower=None if loan.member is None else loan_words.person(session, loan.member),
            savings=sum(held[account].amount for account in OWED_TO_MEMBERS if account in held),
            amount=loan.amount,
            purpose=loan.purpose,
            livelihood=loan.livelihood,
            term_text=loan_words.term_text(loan.terms),
            rate_text=loan_words.whole_rate_text(loan.terms),
            repayment_text=loan_words.repayment_text(loan.product),
            income=(HouseholdMoney(_("Thu nhập của hộ"), asked.income),) if asked.income else (),
            debts=(HouseholdDebt(asked.debts or _("Nợ khác"), 0, asked.debt_service),)
            if asked.debts or asked.debt_service
            else (),
            guarantors=tuple(loan_words.person(session, member) for member, _name in loan.guarantors),
            spouse=LoanPerson(asked.spouse) if asked.spouse else None,
            decision=_decision(session, loan),
            chair=officers.get(Office.CHAIR, ""),
            secretary=officers.get(Office.SECRETARY, ""),
        )

    return _paper(book, loan_id, act.today, act, "loan-application", make)


def _decision(session: Session, loan: LoanDetail) -> LoanDecision | None:
    if loan.decided_on is None:
        return None
    made = loan.decision
    return LoanDecision(
        approved=loan.stage not in (LoanStage.REFUSED, LoanStage.CANCELLED),
        day=loan.decided_on,
        members=len(members_in_order(session, loan.group, loan.decided_on)) if made.by_vote else 0,
        present=made.present,
        in_favour=made.in_favour,
        against=made.against,
        abstained=max(made.present - made.in_favour - made.against, 0),
        voices=tuple(Voice(name) for name in made.people),
        amount=loan.amount,
        term_text=loan_words.term_text(loan.terms),
        rate_text=loan_words.whole_rate_text(loan.terms),
        reason=made.reason,
    )


@heads.for_paper
def contract(book: Book, loan_id: LoanId, act: Act, planned: date | None = None) -> Outcome[LoanContract]:
    """Return the contract with its schedule and true yearly cost: printed before anybody signs.

    `planned`: the day on which the money will be handed over, where it is not the one applied for; schedule and
    cost are worked out from it. Raises Refusal.
    """

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanContract:
        if loan.stage in (LoanStage.APPLIED, LoanStage.REFUSED, LoanStage.CANCELLED):
            raise Refusal([Problem.stop("stage", "", _("Khoản vay chưa được duyệt nên chưa có hợp đồng."))])
        return LoanContract(
            organisation=heads.organisation(session),
            loan=loan_words.head(session, loan),
            rows=tuple(loan_words.agreed_row(row) for row in plan(loan.terms).rows),
            lender=loan_words.lender_side(session, loan),
            signed_on=loan.disbursed_on or act.today,
            mark=mark,
            place=_place(session, loan),
            fees=_fees(loan),
            early_text=_early_text(loan),
            pay_place=_("tại buổi họp nhóm"),
            guarantees=tuple(
                Guarantee(loan_words.person(session, member)) for member, _name in loan.guarantors
            ),
            spouse=LoanPerson(loan.application.spouse) if loan.application.spouse else None,
            planned_on=planned,
        )

    return _paper(book, loan_id, act.today, act, "loan-contract", make, planned)


def _early_text(loan: LoanDetail) -> str:
    if loan.terms.recalculation is None:
        return _("được trả trước; tiền trả trước trừ vào các kỳ tiếp theo, lãi theo lịch đã ký")
    return _("được trả trước; lãi chỉ tính trên số còn nợ, đến ngày trả")


def _interest_how(loan: LoanDetail) -> str:
    """Return up to when a payoff takes interest, as the replay does."""
    if loan.terms.recalculation is None:
        return _("lãi chưa trả theo lịch, đến kỳ cuối")
    if loan.terms.recalculation.preclose is PrecloseInterest.PERIOD_END:
        return _("lãi trên số còn nợ, đến hết kỳ đang vay")
    return _("lãi trên số còn nợ, đến ngày trả")


@heads.for_paper
def schedule(book: Book, loan_id: LoanId, act: Act, planned: date | None = None) -> Outcome[LoanSchedule]:
    """Return the schedule of a loan; before the decision it is marked as a trial. `planned` as for the contract."""

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanSchedule:
        rows = [loan_words.schedule_row(row) for row in loan.rows]
        if planned is not None:
            rows = [loan_words.agreed_row(row) for row in plan(loan.terms).rows]
        return LoanSchedule(
            organisation=heads.organisation(session),
            loan=loan_words.head(session, loan),
            rows=tuple(rows),
            day=act.today,
            mark=mark,
            lender=loan_words.lender_side(session, loan),
            place=_place(session, loan),
            fees=_fees(loan),
            pay_place=_("tại buổi họp nhóm"),
            trial=loan.stage is LoanStage.APPLIED,
            planned_on=planned,
        )

    return _paper(book, loan_id, act.today, act, "loan-schedule", make, planned)


@heads.for_paper
def passbook(book: Book, loan_id: LoanId, act: Act) -> Outcome[LoanPassbook]:
    """Return the passbook of a loan: schedule, what was paid, and every movement."""

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanPassbook:
        owed, late = loan.state.left, loan.state.due_by(loan.day - timedelta(days=1))
        return LoanPassbook(
            organisation=heads.organisation(session),
            loan=loan_words.head(session, loan),
            rows=tuple(loan_words.schedule_row(row) for row in loan.rows),
            movements=_movements(loan),
            owed=loan_words.split(owed),
            day=loan.day,
            mark=mark,
            overdue=loan_words.split(late) if loan.days_late else NO_MONEY,
            days_late=loan.days_late,
            lender=loan_words.lender_side(session, loan),
            place=_place(session, loan),
            status_text=loan.stage.title,
            blank_rows=0 if loan.stage is LoanStage.CLOSED else 6,
        )

    return _paper(book, loan_id, act.today, act, "loan-passbook", make)


def _shown(event: EventRow) -> bool:
    return event.kind not in (LoanEventKind.ADJUSTMENT, LoanEventKind.UNDO) and not event.undone


def _movements(loan: LoanDetail) -> tuple[LoanMovement, ...]:
    """Return what happened, each with the principal owed after it; what moves no money leaves that as it was."""
    off = loan.state.written_off is not None
    found: list[LoanMovement] = []
    balance, written_off = 0, False
    for event in filter(_shown, loan.events):
        balance = balance if event.balance is None else event.balance
        recovered = off and written_off and event.kind is LoanEventKind.REPAYMENT
        found.append(_movement(event, balance, recovered=recovered))
        written_off = written_off or event.kind is LoanEventKind.WRITE_OFF
    return tuple(found)


def _movement(event: EventRow, balance: int, *, recovered: bool) -> LoanMovement:
    out = event.kind is LoanEventKind.DISBURSEMENT
    title = _("Thu hồi nợ đã xóa") if recovered else event.kind.title
    return LoanMovement(
        day=event.day,
        text=", ".join(part for part in (title, event.note) if part),
        voucher=event.voucher_number,
        paid_out=event.amount if out else 0,
        split=loan_words.split(event, event.overpaid) if event.kind is LoanEventKind.REPAYMENT else NO_MONEY,
        balance=balance,
        cash=event.kind in (LoanEventKind.DISBURSEMENT, LoanEventKind.REPAYMENT, LoanEventKind.REFUND),
    )


@heads.for_paper
def receipt(book: Book, loan_id: LoanId, seq: int, act: Act, *, copies: int = 2) -> Outcome[LoanReceipts]:
    """Return the receipt of one repayment, with its split and what comes next."""
    loan = detail(book, loan_id, act.today)
    event = next((event for event in loan.events if event.seq == seq), None)
    if event is None or event.kind is not LoanEventKind.REPAYMENT or event.voucher is None:
        raise Refusal([Problem.stop("no-receipt", "", _("Dòng này không có phiếu thu."))])
    slip = meeting_papers.receipts(book, [event.voucher], act).value.receipts[0]
    after = event.balance or 0
    coming = next((row for row in loan.rows if row.outstanding > 0), None)
    value = LoanReceipt(
        receipt=slip,
        contract=loan.contract or loan.code,
        split=loan_words.split(event, event.overpaid),
        owed_before=after + event.principal,
        owed_after=after,
        next_due_on=None if coming is None else coming.due_on,
        next_amount=0 if coming is None else coming.outstanding,
        excess_text=_("giữ lại cho kỳ sau hoặc trả lại người vay") if event.overpaid else "",
        closed=loan.stage is LoanStage.CLOSED,
    )
    return Outcome(LoanReceipts((value,), copies), Changed.of(Topic.PRINTS, group=loan.group))


@heads.for_paper
def payoff(book: Book, loan_id: LoanId, day: date, act: Act) -> Outcome[LoanPayoff]:
    """Return the quote that closes a loan on a day; posting that amount closes it."""
    quote = loans.quote(book, loan_id, day)

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanPayoff:
        named = (
            (_("Gốc còn nợ"), quote.parts.principal, _("gốc chưa trả của các kỳ còn lại")),
            (_("Lãi"), quote.parts.interest, _interest_how(loan)),
            (_("Phí"), quote.parts.fees, _("phí chưa trả của các kỳ")),
            (_("Phạt trả chậm"), quote.parts.penalties, _("trên số quá hạn, đến ngày trả")),
        )
        planned = sum(row.left.interest for row in loan.rows)
        return LoanPayoff(
            organisation=heads.organisation(session),
            loan=loan_words.head(session, loan),
            day=day,
            valid_until=day,
            parts=tuple(PayoffPart(title, amount, how) for title, amount, how in named if amount),
            mark=mark,
            issued_on=act.today,
            principal_paid=sum(row.paid.principal for row in loan.rows),
            paid_until=sum(row.paid.total for row in loan.rows),
            interest_saved=max(planned - quote.parts.interest, 0),
            notes=(_("Trả trước hạn: {text}.").format(text=_early_text(loan)),),
            pay_place=_("tại buổi họp nhóm"),
            lender=loan_words.lender_side(session, loan),
            place=_place(session, loan),
        )

    return _paper(book, loan_id, act.today, act, "loan-payoff", make)


@heads.for_paper
def reminder(book: Book, loan_id: LoanId, day: date, act: Act) -> Outcome[LoanReminders]:
    """Return a letter about what is due by a day: before it, a reminder; after it, an invitation to talk."""

    def make(session: Session, loan: LoanDetail, mark: PrintMark) -> LoanReminders:
        rows = tuple(
            loan_words.schedule_row(row) for row in loan.rows if row.due_on <= day and row.outstanding > 0
        )
        if not rows:
            raise Refusal(
                [Problem.stop("nothing-due", "day", _("Đến ngày này không có khoản nào phải trả."))]
            )
        # A letter asks for all that is unpaid: what is too little or too new to be arrears in the figures is late here.
        late = bool(loan.days_late or loan.arrears.passed_over)
        letter = LoanReminder(
            organisation=heads.organisation(session),
            loan=loan_words.head(session, loan),
            tone=Tone.AFTER if late else Tone.BEFORE,
            rows=rows,
            day=act.today,
            mark=mark,
            lender=loan_words.lender_side(session, loan),
            owed=loan.state.due_by(day).total,
            pay_on=None if late else rows[-1].due_on,
            pay_place=_("tại buổi họp nhóm"),
            place=_place(session, loan),
        )
        return LoanReminders((letter,))

    return _paper(book, loan_id, act.today, act, "loan-reminder", make)


# -- lists -----------------------------------------------------------------------------------------


@heads.for_paper
def due_list(book: Book, group: GroupId, day: date, act: Act) -> Outcome[LoanDueList]:
    """Return what falls due in a group by a day, to be ticked off and signed at the meeting."""
    rows = due_rows(book, group, day)
    with book.read() as session:
        names = paper_marks.names_of(session, group, day)
        value = LoanDueList(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            day=day,
            rows=tuple(_due(session, row, day) for row in rows),
            mark=heads.mark(act, None),
            place=names.place,
            treasurer=names.treasurer,
            secretary=names.secretary,
            leader=names.leader,
        )
    return Outcome(value)


def _due(session: Session, row: DueRow, day: date) -> DueLoan:
    return DueLoan(
        code=loan_words.person(session, row.member).code,
        name=row.name,
        loan=row.code,
        due_on=day,
        principal=row.principal,
        interest=row.interest,
        fees=row.fees,
        penalties=row.penalties,
        balance=row.outstanding,
    )

"""A loan before the money: applied for with its offer, approved by a vote or by named people, refused, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MemberId, new_uid
from desktop.models.kinds import OWED_TO_MEMBERS, Account, LoanDirection, LoanStage, MeetingState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Loan, LoanDue, LoanGuarantor, Meeting, Member
from desktop.models.rules import loan_decisions as rules
from desktop.models.rules.loan_products import Offer, Product, Request, offer
from desktop.models.rules.loan_requests import Borrower, Caution, check_applied_on, check_request
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances, member_holdings
from desktop.services.codes import next_code
from desktop.services.facts import cycle_on, members_in_order, rules_on
from desktop.services.loan_facts import OPEN_STAGES
from desktop.services.loan_products import product_of
from desktop.services.on_lending import check_source
from desktop.services.periods import refuse_closed
from desktop.store.book import Book
from resources import holidays
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _

_CHANGED = (Topic.LOANS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Application:
    """What stands on the application, besides the request itself. Amounts in đồng a month; debts as written.

    `funded_by`: the lender's loan that the money comes from (0: the group's own).
    """

    purpose: str
    livelihood: str = ""
    income: int = 0
    debt_service: int = 0
    debts: str = ""
    spouse: str = ""
    spouse_consents: bool = True
    guarantors: tuple[MemberId, ...] = ()
    funded_by: int = 0


@dataclass(frozen=True, slots=True)
class Apply:
    """Apply for a loan of a product. `agreed`: the user has said yes to what is only warned about.

    `applied_on`: the day on the application (None: today, or the day of disbursement where that is earlier).
    """

    group: GroupId
    member: MemberId
    product: int
    request: Request
    application: Application
    agreed: bool = False
    applied_on: date | None = None


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


# -- applying --------------------------------------------------------------------------------------


def meeting_days(session: Session, group: GroupId, after: date, number: int) -> tuple[date, ...]:
    """Return the group's meeting days after a day: those held already, then the regular ones the rules say."""
    from desktop.models.rules.meeting_days import next_meeting

    posted = (Meeting.group_id == group, Meeting.state == MeetingState.POSTED)
    held = select(Meeting.day).where(*posted, Meeting.day > after).order_by(Meeting.day).limit(number)
    found = list(session.scalars(held))
    last = session.scalar(select(func.max(Meeting.day)).where(*posted, Meeting.day <= after))
    day = found[-1] if found else last or after
    rules_now = rules_on(session, group, after)
    while len(found) < number:
        day = next_meeting(rules_now, day, after)
        if day > after:
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
    savings = sum(held[account].amount for account in OWED_TO_MEMBERS if account in held)
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
        in_turn=_in_turn(session, command.member, guarantors),
        purpose=command.application.purpose,
        spouse_consents=command.application.spouse_consents,
        dues=_household_dues(session, command.member, day),
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


def _in_turn(session: Session, borrower: MemberId, guarantors: Sequence[MemberId]) -> tuple[bool, ...]:
    """Say of each guarantor whether the borrower answers for them: for their loan, or for one who answers for it."""
    reached: set[int] = set()
    ahead: set[int] = {borrower} if guarantors else set()
    while ahead:
        found = session.scalars(
            select(Loan.member_id)
            .join(LoanGuarantor, LoanGuarantor.loan_id == Loan.id)
            .where(LoanGuarantor.member_id.in_(sorted(ahead)), Loan.stage.in_(OPEN_STAGES))
        )
        ahead = {one for one in found if one is not None} - reached
        reached |= ahead
    return tuple(guarantor in reached for guarantor in guarantors)


def _household_dues(session: Session, member: MemberId, day: date) -> tuple[tuple[date, int], ...]:
    """Return what the loans of the member's household in this book, in any group, still ask for after a day."""
    home = session.get_one(Member, member).household_id
    whose = Loan.member_id == member
    if home is not None:
        whose = Loan.member_id.in_(select(Member.id).where(Member.household_id == home))
    query = (
        select(LoanDue.due_on, LoanDue.principal + LoanDue.interest + LoanDue.fees)
        .join(Loan, Loan.id == LoanDue.loan_id)
        .where(
            whose,
            Loan.direction == LoanDirection.OUT,
            Loan.stage == LoanStage.ACTIVE,
            LoanDue.due_on > day,
        )
        .order_by(LoanDue.due_on)
    )
    return tuple((row[0], int(row[1])) for row in session.execute(query))


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
    problems += check_source(
        session,
        command.group,
        command.application.funded_by,
        command.request.amount,
        command.request.disbursed_on,
    )
    roster = {row.member_id for row in members_in_order(session, command.group, command.request.disbursed_on)}
    if command.member not in roster:
        problems.append(Problem.stop("not-member", "member", _("Người này không thuộc nhóm vào ngày vay.")))
    problems += check_applied_on(command.applied_on, command.request.disbursed_on, today)
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
            applied_on=command.applied_on or min(act.today, command.request.disbursed_on),
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


def approve(
    book: Book,
    loan_id: LoanId,
    decision: Decision,
    act: Act,
    day: date | None = None,
    applied_on: date | None = None,
) -> Outcome[LoanId]:
    """Approve an application: by the majority of a meeting with its quorum, or by enough named people.

    `day`: when it was decided (None: the day of the meeting named, else today). `applied_on` puts the day of the
    application right (None: it stays). A loan that was approved already, and
    not paid out, is decided anew: the day or the votes were keyed in wrongly. Raises Refusal.
    """
    with book.write(act) as session:
        loan = in_stage(session, loan_id, LoanStage.APPLIED, LoanStage.APPROVED)
        group = GroupId(loan.group_id)
        met_on = _met_on(session, group, decision)
        on = day or met_on or act.today
        borrower = "" if loan.member_id is None else session.get_one(Member, loan.member_id).full_name
        asked_for = from_text(Terms, loan.terms).disbursed_on
        problems = check_applied_on(applied_on, asked_for, act.today)
        problems += rules.check_decision_day(on, applied_on or applied_day(loan), act.today, met_on)
        if decision.by_vote:
            members = len(members_in_order(session, group, on))
            needed = rules_on(session, group, on).quorum_of(members)
            problems += rules.check_vote(
                decision.present, decision.in_favour, decision.against, members, needed
            )
        else:
            problems += rules.check_people(decision.people, decision.quorum, borrower)
        refuse_if_stopped(problems)
        refuse_closed(session, group, [on])
        loan.stage, loan.decided_on, loan.decision = LoanStage.APPROVED, on, to_text(decision)
        loan.applied_on = applied_on or loan.applied_on
        loan.contract = loan.contract or f"{loan.code}/{on.year}/HDVV"
        session.flush()
    return Outcome(loan_id, Changed.of(Topic.LOANS, group=group))


def applied_day(loan: Loan) -> date:
    """Return the day of the application; never after the day for which the money was asked."""
    return min(loan.applied_on, from_text(Terms, loan.terms).disbursed_on)


def _met_on(session: Session, group: GroupId, decision: Decision) -> date | None:
    """Return the day of the meeting that a decision was taken at. Raises Refusal when it does not stand."""
    if not decision.by_vote or decision.meeting is None:
        return None
    meeting = session.get(Meeting, decision.meeting)
    if meeting is None or meeting.group_id != group or meeting.state is not MeetingState.POSTED:
        text = _("Buổi họp này không còn trong sổ của nhóm. Hãy chọn buổi họp khác.")
        raise Refusal([Problem.stop("meeting", "meeting", text)])
    return meeting.day


def refuse(book: Book, loan_id: LoanId, reason: str, act: Act, day: date | None = None) -> Outcome[LoanId]:
    """Refuse an application with a reason, which the applicant may read; decided on `day` (None: today)."""
    return _end(book, loan_id, LoanStage.REFUSED, reason, (LoanStage.APPLIED,), act, day)


def cancel(book: Book, loan_id: LoanId, reason: str, act: Act) -> Outcome[LoanId]:
    """Take back an application or an approved loan before any money was handed over."""
    return _end(book, loan_id, LoanStage.CANCELLED, reason, (LoanStage.APPLIED, LoanStage.APPROVED), act)


def _end(
    book: Book,
    loan_id: LoanId,
    stage: LoanStage,
    reason: str,
    before: tuple[LoanStage, ...],
    act: Act,
    day: date | None = None,
) -> Outcome[LoanId]:
    with book.write(act) as session:
        loan = in_stage(session, loan_id, *before)
        need_reason(reason)
        decision = from_text(Decision, loan.decision) if loan.decision != "{}" else Decision()
        if day is not None:
            refuse_if_stopped(rules.check_decision_day(day, applied_day(loan), act.today))
        loan.stage, loan.decided_on = stage, day or act.today
        loan.decision = to_text(replace(decision, reason=reason.strip()))
        group = GroupId(loan.group_id)
        session.flush()
    return Outcome(loan_id, Changed.of(Topic.LOANS, group=group))


def in_stage(session: Session, loan_id: LoanId, *stages: LoanStage) -> Loan:
    """Return a loan that is in one of these stages; raise Refusal when it is not."""
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


def need_reason(reason: str) -> None:
    """Raise Refusal when no reason was given."""
    if not reason.strip():
        raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])

"""The terms of a loan once the day of the money is known: worked out anew when it is not the day asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId
from desktop.models.kinds import LoanStage
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Loan
from desktop.models.rules.loan_moves import check_first_due, moved_first_due, moved_terms
from desktop.models.rules.loan_products import Method, Offer, Product, priced
from desktop.models.rules.loan_requests import check_last_lending_day
from desktop.models.rules.loans.schedule import BadSchedule, plan
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text
from desktop.services.affected_papers import AffectedPaper, printed_about
from desktop.services.facts import cycle_on, members_in_order
from desktop.services.loan_applications import meeting_days
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _

DATED_PAPERS = ("loan-contract", "loan-schedule")
"""Papers that carry the due dates: printed before the dates moved, they no longer agree."""


@dataclass(frozen=True, slots=True)
class PayingOut:
    """What handing the money over on a day makes of a loan.

    `asked_first`: the first due date of the application. `offer` is the schedule from the real day (None: no sound one
    follows); `asks_first_due`: the clerk may choose the first due date, `first_due` is what the product says.
    `papers` were printed with the dates of the application; `problems` are what speaks against the day.
    """

    day: date
    asked_day: date
    asked_first: date
    moved: bool
    offer: Offer | None
    asks_first_due: bool
    first_due: date | None
    papers: tuple[AffectedPaper, ...] = ()
    problems: tuple[Problem, ...] = ()


def paying_out(book: Book, loan_id: LoanId, day: date, first_due: date | None = None) -> PayingOut:
    """Return what disbursing an approved loan on `day` would make of it. Nothing is written."""
    with book.read() as session:
        loan = session.get_one(Loan, loan_id)
        kept, product = from_text(Terms, loan.terms), from_text(Product, loan.rule)
        moved = day != kept.disbursed_on
        problems = check_day(session, loan, day, first_due if moved else None)
        made: Offer | None = None
        try:
            made = priced(product, terms_on(session, loan, day, first_due))
        except Refusal as refusal:
            problems += [one for one in refusal.problems if one.code not in {two.code for two in problems}]
        choice = moved and not _at_meetings(product)
        return PayingOut(
            day,
            kept.disbursed_on,
            plan(kept).rows[0].due_on,
            moved,
            made,
            choice,
            made.schedule.rows[0].due_on if choice and made is not None else None,
            old_papers(session, loan, day, first_due),
            tuple(problems),
        )


def terms_on(session: Session, loan: Loan, day: date, first_due: date | None = None) -> Terms:
    """Return the terms of a loan whose money is handed over on `day`; those of the application on its own day.

    Raises Refusal when no sound schedule follows, also when an instalment would be due before the money.
    """
    kept, product = from_text(Terms, loan.terms), from_text(Product, loan.rule)
    if day == kept.disbursed_on:
        return kept
    meetings: tuple[date, ...] = ()
    if _at_meetings(product):
        meetings, first_due = meeting_days(session, GroupId(loan.group_id), day, kept.number), None
    wrong = check_first_due(first_due, day)
    if wrong:
        raise Refusal(wrong)
    terms = moved_terms(kept, day, first_due or moved_first_due(kept, day), meetings)
    try:
        plan(terms)
    except (BadSchedule, ValueError, ArithmeticError) as error:
        text = _("Không lập được lịch trả hợp lệ: {why}").format(why=error)
        raise Refusal([Problem.stop("schedule", "first_due", text)]) from error
    return terms


def _at_meetings(product: Product) -> bool:
    return product.method is not Method.FREE and (product.at_meetings or product.method is Method.PER_MEETING)


def check_day(session: Session, loan: Loan, day: date, first_due: date | None) -> list[Problem]:
    """Return what speaks against handing the first money over on a day: the vote, the cycle's end, the roster."""
    group, found = GroupId(loan.group_id), check_first_due(first_due, day)
    if loan.decided_on is not None and day < loan.decided_on:
        text = _(
            "Khoản vay được duyệt ngày {decided}, sau ngày giao tiền này. Hãy giao tiền từ ngày đó trở đi; "
            "nếu nhóm đã duyệt sớm hơn thì vào Việc khác → Sửa việc duyệt…, ghi đúng ngày duyệt, rồi giải ngân."
        )
        found.append(Problem.stop("before-decision", "day", text.format(decided=show_day(loan.decided_on))))
    if day == from_text(Terms, loan.terms).disbursed_on:
        return found  # judged when it was applied for
    cycle = cycle_on(session, group, day)
    found += check_last_lending_day(
        from_text(Product, loan.rule), day, None if cycle is None else cycle.ends, "day"
    )
    roster = {row.member_id for row in members_in_order(session, group, day)}
    if loan.member_id is not None and loan.member_id not in roster:
        found.append(Problem.stop("not-member", "day", _("Người này không thuộc nhóm vào ngày vay.")))
    return found


def old_papers(
    session: Session, loan: Loan, day: date, first_due: date | None = None
) -> tuple[AffectedPaper, ...]:
    """Return the contracts and schedules printed so far that say another day of the money, the latest first.

    A paper that was printed for a planned day agrees with a disbursement on that day, unless another first due
    date is chosen for it than the product says.
    """
    kept = from_text(Terms, loan.terms)
    own = first_due is not None and day != kept.disbursed_on and first_due != moved_first_due(kept, day)
    return tuple(
        paper
        for paper in printed_about(session, GroupId(loan.group_id), loan.code, DATED_PAPERS)
        if own or (paper.starts or kept.disbursed_on) != day
    )


def agreeing_papers(session: Session, loan: Loan, old: tuple[AffectedPaper, ...]) -> frozenset[str]:
    """Return the numbers of the contracts and schedules that stand: printed beforehand, and not among the old ones."""
    printed = printed_about(session, GroupId(loan.group_id), loan.code, DATED_PAPERS)
    return frozenset(paper.number for paper in printed) - {paper.number for paper in old}


def planned_offer(session: Session, loan: Loan, day: date) -> Offer:
    """Return the schedule and the cost of an approved loan if its money is handed over on `day`. Raises Refusal."""
    if loan.stage is not LoanStage.APPROVED:
        text = _("Chỉ khoản vay đã duyệt, chưa giải ngân mới in được với ngày giao tiền dự kiến.")
        raise Refusal([Problem.stop("stage", "day", text)])
    refuse_if_stopped(check_day(session, loan, day, None))
    return priced(from_text(Product, loan.rule), terms_on(session, loan, day))


def check_contract(session: Session, loan: Loan, day: date, first_due: date | None = None) -> list[Problem]:
    """Warn when the contract was printed with other dates than the money will have: it must be signed anew."""
    papers = old_papers(session, loan, day, first_due)
    if not papers:
        return []
    text = _(
        "Hợp đồng hoặc lịch trả đã in ({numbers}) ghi ngày cũ. Ngày giao tiền khác ngày ấy nên lịch trả đổi: "
        "phải thu hồi bản cũ, in lại và hai bên ký lại."
    )
    listed = ", ".join(dict.fromkeys(paper.number for paper in papers))
    return [Problem.warn("contract", "day", text.format(numbers=listed))]

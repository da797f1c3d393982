"""The list of overdue loans on paper: who is late, ageing, portfolio at risk, and how all of it was counted."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.rules.loans.arrears import Bucket
from desktop.models.rules.loans.standards import scale_words, tolerance_words
from desktop.models.rules.loans.state import Parts
from desktop.services import heads, loan_words, paper_marks
from desktop.services.acts import Act, Outcome
from desktop.services.loan_book import LoanDetail, detail
from desktop.services.loan_portfolio import LoanAtRisk, Portfolio, portfolio
from desktop.store.book import Book
from reports.kit.values import GroupBlock, Signer
from reports.loan_overdue import AgeBucket, LoanOverdue, OverdueLoan, RiskLine
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _, ngettext


@heads.for_paper
def overdue(book: Book, group: GroupId | None, day: date, act: Act) -> Outcome[LoanOverdue]:
    """Return the overdue loans of a group, or of the whole book, with ageing and portfolio at risk."""
    found = portfolio(book, day, group)
    late = [loan for loan in found.loans if loan.days_late > 0 or loan.extended]
    details = {loan.id: detail(book, loan.id, day) for loan in late}
    with book.read() as session:
        names = None if group is None else paper_marks.names_of(session, group, day)
        value = LoanOverdue(
            organisation=heads.organisation(session),
            group=GroupBlock("", _("Mọi nhóm trong sổ"))
            if group is None
            else heads.group_block(session, group),
            as_of=day,
            rows=tuple(_overdue(session, loan, details[loan.id]) for loan in late),
            mark=heads.mark(act, None),
            buckets=tuple(
                _bucket(bucket, [loan for loan in found.loans if bucket.holds(loan.days_late)])
                for bucket in found.buckets
            ),
            risk=(
                RiskLine(
                    _("Dư nợ rủi ro trên 30 ngày (PAR30)"),
                    found.at_risk_30,
                    "" if found.par30 is None else show_percent(found.par30, 1),
                ),
            ),
            portfolio=found.outstanding,
            loans=len(found.loans),
            notes=counting_notes(found),
            signed_on=act.today,
            place="" if names is None else names.place,
            signers=()
            if names is None
            else (Signer(_("Thủ quỹ"), names.treasurer), Signer(_("Tổ trưởng"), names.leader)),
        )
    return Outcome(value)


def counting_notes(found: Portfolio) -> tuple[str, ...]:
    """Return how a portfolio was counted: what is overdue, what that leaves out, and by which scale it is classified."""
    notes = [tolerance_words(found.tolerance) + "."]
    if found.passed_over:
        count = sum(loan.passed_over > 0 for loan in found.loans)
        notes.append(
            ngettext(
                "Chưa tính là quá hạn: {amount} của {n} khoản vay.",
                "Chưa tính là quá hạn: {amount} của {n} khoản vay.",
                count,
            ).format(amount=show_dong(found.passed_over), n=show_number(count))
        )
    notes.append(_("Nhóm nợ: {scale}.").format(scale=scale_words(found.standards, found.day)))
    return tuple(notes)


def _overdue(session: Session, loan: LoanAtRisk, full: LoanDetail) -> OverdueLoan:
    counted = full.tolerance.counted_before(full.day) - timedelta(days=1)
    due = full.state.due_by(counted) if loan.days_late else Parts()
    borrower = None if loan.member is None else loan_words.person(session, loan.member)
    return OverdueLoan(
        code="" if borrower is None else borrower.code,
        name=loan.name,
        loan=loan.code,
        days_late=loan.days_late,
        principal=due.principal,
        interest=due.interest,
        penalties=due.penalties + full.penalty_due,
        balance=loan.outstanding,
        debt_group=str(loan.debt_group),
        rescheduled=loan.extended > 0,
        guarantors=tuple(name for _member, name in full.guarantors),
        group=loan.group_code,
        phone="" if borrower is None else borrower.phone,
    )


def _bucket(bucket: Bucket, inside: list[LoanAtRisk]) -> AgeBucket:
    if bucket.first == bucket.last == 0:
        title = _("Trong hạn")
    elif bucket.last is None:
        title = _("Trên {n} ngày").format(n=bucket.first - 1)
    else:
        title = _("{first}–{last} ngày").format(first=bucket.first, last=bucket.last)
    return AgeBucket(
        title, len(inside), sum(loan.outstanding for loan in inside), sum(loan.overdue for loan in inside)
    )

"""The terms of a loan in the words that papers print: rate, method, term, late money; and who borrows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from sqlalchemy.orm import Session

from desktop.models.kinds import Office
from desktop.models.records.every import Household, Member
from desktop.models.rules.identity import mask_citizen_number
from desktop.models.rules.loan_products import Method, Product, period_percent, yearly_percent
from desktop.models.rules.loans.pricing import declining_equivalent
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.state import StateRow
from desktop.models.rules.loans.terms import InterestMethod, PeriodUnit, RateUnit, Terms
from desktop.services import heads
from desktop.services.loan_book import LoanDetail
from desktop.services.statements import household_address
from reports.loan_values import LenderSide, LoanHead, LoanPerson, ScheduleRow, Split
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _, ngettext

_UNITS = {
    RateUnit.YEAR: N_("năm"),
    RateUnit.MONTH: N_("tháng"),
    RateUnit.WEEK: N_("tuần"),
    RateUnit.DAY: N_("ngày"),
    RateUnit.PERIOD: N_("kỳ họp"),
    RateUnit.WHOLE_TERM: N_("cả thời hạn"),
}
_STEPS: dict[PeriodUnit, Callable[[int], str]] = {
    PeriodUnit.DAYS: lambda n: ngettext("{n} ngày", "{n} ngày", n),
    PeriodUnit.WEEKS: lambda n: ngettext("{n} tuần", "{n} tuần", n),
    PeriodUnit.MONTHS: lambda n: ngettext("{n} tháng", "{n} tháng", n),
    PeriodUnit.YEARS: lambda n: ngettext("{n} năm", "{n} năm", n),
}


def percent(value: Fraction | Decimal) -> str:
    """Return a percent figure as printed ("1,5 %")."""
    return show_percent(value / 100)


def rate_text(terms: Terms) -> str:
    """Return the quoted rate and the yearly one ("1 %/tháng, tức 12 %/năm")."""
    quoted = f"{percent(terms.rate_percent)}/{_(_UNITS[terms.rate_unit])}"
    if terms.rate_unit is RateUnit.YEAR:
        return quoted
    return _("{quoted}, tức {yearly}/năm").format(quoted=quoted, yearly=percent(yearly_percent(terms)))


def method_text(terms: Terms) -> str:
    """Return what interest is counted on."""
    if terms.method is InterestMethod.FLAT:
        return _("trên dư nợ ban đầu")
    return _("trên dư nợ giảm dần")


def equivalent_text(terms: Terms) -> str:
    """Return what a flat rate is on the declining balance; nothing for a rate that declines already."""
    if terms.method is not InterestMethod.FLAT or not terms.rate_percent:
        return ""
    step = _STEPS[terms.calendar.unit](terms.calendar.every).format(n=terms.calendar.every)
    return _("{rate} mỗi {step} trên dư nợ giảm dần").format(
        rate=percent(declining_equivalent(period_percent(terms), terms.number)), step=step
    )


def whole_rate_text(terms: Terms) -> str:
    """Return the quoted rate and what it is counted on, in one text; a flat rate never without its equal."""
    text = f"{rate_text(terms)}, {method_text(terms)}"
    same = equivalent_text(terms)
    return _("{rate} (bằng {same})").format(rate=text, same=same) if same else text


def term_text(terms: Terms) -> str:
    """Return how long the loan runs and how often it is repaid ("12 kỳ, 1 tháng một kỳ")."""
    if terms.calendar.due_dates:
        return _("{n} kỳ, trả tại buổi họp").format(n=terms.number)
    step = _STEPS[terms.calendar.unit](terms.calendar.every).format(n=terms.calendar.every)
    return _("{n} kỳ, {step} một kỳ").format(n=terms.number, step=step)


def repayment_text(product: Product) -> str:
    """Return how the loan is repaid, by the product's name for it."""
    return Method(product.method).title


def late_text(product: Product) -> str:
    """Return what late money costs."""
    if not product.penalty_percent:
        return _("không tính lãi phạt")
    text = _("{rate} một năm trên số quá hạn").format(rate=percent(product.penalty_percent))
    if product.penalty_wait:
        text += _(", sau {n} ngày").format(n=product.penalty_wait)
    if product.penalty_cap:
        text += _(", không quá {cap} mỗi kỳ").format(cap=show_dong(product.penalty_cap))
    return text


def person(session: Session, member_id: int) -> LoanPerson:
    """Return a member as papers of loans name them; the citizen number is masked."""
    member = session.get_one(Member, member_id)
    household = None if member.household_id is None else session.get_one(Household, member.household_id)
    born = show_day(member.birth_date) if member.birth_date else str(member.birth_year or "")
    return LoanPerson(
        name=member.full_name,
        code=member.code,
        born=born,
        citizen_number="" if member.citizen_number is None else mask_citizen_number(member.citizen_number),
        address="" if household is None else household_address(household),
        phone=member.phone,
        household_code="" if household is None else household.code,
    )


def head(session: Session, loan: LoanDetail) -> LoanHead:
    """Return a loan as every paper names it."""
    borrower = LoanPerson(loan.group_name) if loan.member is None else person(session, loan.member)
    return LoanHead(
        code=loan.code,
        borrower=borrower,
        group=heads.group_block(session, loan.group),
        amount=loan.amount,
        contract=loan.contract,
        purpose=loan.purpose,
        livelihood=loan.livelihood,
        disbursed_on=loan.disbursed_on or loan.terms.disbursed_on,
        number=loan.terms.number,
        term_text=term_text(loan.terms),
        repayment_text=repayment_text(loan.product),
        rate_text=rate_text(loan.terms),
        method_text=method_text(loan.terms),
        equivalent_text=equivalent_text(loan.terms),
        late_text=late_text(loan.product),
        apr_percent=None if loan.cost is None else loan.cost.apr_percent,
        eir_percent=None if loan.cost is None else loan.cost.eir_percent,
        guarantors=tuple(name for _member, name in loan.guarantors),
        lender=loan.lender,
    )


def lender_side(session: Session, loan: LoanDetail) -> LenderSide:
    """Return who signs for the group."""
    officers = heads.officers(session, loan.group, loan.day)
    return LenderSide(officers.get(Office.CHAIR, ""), officers.get(Office.TREASURER, ""))


def schedule_row(row: StateRow) -> ScheduleRow:
    """Return an instalment as papers print it."""
    return ScheduleRow(
        nr=row.nr,
        due_on=row.due_on,
        principal=row.due.principal,
        interest=row.due.interest - row.waived.interest,
        fees=row.due.fees - row.waived.fees,
        penalties=row.due.penalties - row.waived.penalties,
        balance=row.balance,
        paid_on=row.paid_on,
        paid_principal=row.paid.principal,
        paid_interest=row.paid.interest,
        paid_fees=row.paid.fees,
        paid_penalties=row.paid.penalties,
    )


def agreed_row(row: Row) -> ScheduleRow:
    """Return an instalment as it was agreed, whatever happened since."""
    return ScheduleRow(row.nr, row.due_on, row.principal, row.interest, row.fees, balance=row.balance)


class InParts(Protocol):
    """Money in đồng by what it is for, as the engine and the events of a loan have it."""

    @property
    def principal(self) -> int:
        """What pays back the loan."""

    @property
    def interest(self) -> int:
        """What pays for the time."""

    @property
    def fees(self) -> int:
        """What pays the fees agreed."""

    @property
    def penalties(self) -> int:
        """What pays for being late."""


def split(parts: InParts, excess: int = 0) -> Split:
    """Return money by what it is for, with what was paid too much."""
    return Split(parts.principal, parts.interest, parts.fees, parts.penalties, excess)

"""What the book itself would score of an assessment's items, with the basis in words. The human decides.

Another module proposes an item by a function in `PROPOSERS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, SupportId
from desktop.models.kinds import LoanDirection, LoanStage, MeetingState, Poverty
from desktop.models.records.every import (
    BusinessPlan,
    Group,
    HouseholdPoverty,
    Livelihood,
    Loan,
    LoanDue,
    Meeting,
    Member,
)
from desktop.models.rules.livelihoods.business_plan import Plan, lowest
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.plain import from_text
from desktop.models.rules.support.assessment import items_of
from desktop.models.rules.support.contribution import share_of
from desktop.models.rules.support.standards import Standards
from desktop.models.support_kinds import Wave
from desktop.services import maturity
from desktop.services.cash_counts import last_of_all
from desktop.services.livelihood_standards import standards_in as livelihood_standards_in
from desktop.services.livelihood_visits import visits_in
from desktop.services.livelihoods import practices_from, risks_from
from desktop.services.loan_applications import Application
from desktop.services.support_facts import Behind, Rows, behind_of, group_of, rows_in
from desktop.services.support_recipients import trained_by
from desktop.services.support_standards import standards_in
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Proposal:
    """A score that the book proposes (None: it cannot tell), and the basis in words."""

    score: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier on a day, as proposers see it."""

    session: Session
    rows: Rows
    behind: Behind
    group: GroupId | None
    wave: Wave
    day: date
    standards: Standards


Proposer = Callable[[Case], Proposal]
_ALL = 10_000


def proposals(book: Book, support: SupportId, wave: Wave, day: date) -> dict[int, Proposal]:
    """Return what the book proposes for an assessment on a day, by the number of the item."""
    with book.read() as session:
        rows = rows_in(session, support)
        return proposals_in(session, rows, wave, day, standards_in(session, day))


def proposals_in(
    session: Session, rows: Rows, wave: Wave, day: date, standards: Standards
) -> dict[int, Proposal]:
    """Return the proposals inside an open session."""
    behind = behind_of(session, [rows.support])[rows.support.id]
    case = Case(session, rows, behind, group_of(rows.support, behind), wave, day, standards)
    asked = {item.number for item in items_of(wave)}
    return {number: propose(case) for number, propose in PROPOSERS.items() if number in asked}


# -- the group -------------------------------------------------------------------------------------


def _months_between(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def _managed(case: Case) -> Proposal:
    """Item 3: the group's age, and its grade where its maturity was assessed."""
    if case.group is None:
        return Proposal(None, _("Hồ sơ không gắn với nhóm nào."))
    founded = case.session.get_one(Group, case.group).founded
    first = case.session.scalar(
        select(Meeting.day)
        .where(Meeting.group_id == case.group, Meeting.state == MeetingState.POSTED)
        .order_by(Meeting.day)
        .limit(1)
    )
    begun = founded or first
    if begun is None or begun > case.day:
        return Proposal(0, _("Sổ chưa có ngày thành lập và buổi họp nào của nhóm."))
    months = _months_between(begun, case.day)
    graded = maturity.grade(case.session, case.group, case.day)
    score = _("chưa chấm điểm trưởng thành")
    if graded is not None:
        score = _("điểm trưởng thành {points}, bậc {grade} ({day})").format(
            points=graded.points, grade=graded.grade.value, day=show_day(graded.day)
        )
    basis = _("Nhóm hoạt động từ {day}: {n} tháng (cần {least}); {score}.").format(
        day=show_day(begun), n=months, least=case.standards.group_months, score=score
    )
    old = months >= case.standards.group_months
    return Proposal(old + (graded is not None and graded.grade.strong), basis)


def _books(case: Case) -> Proposal:
    """Item 4: every count of the box in the last months equals the book."""
    if case.group is None:
        return Proposal(None, _("Hồ sơ không gắn với nhóm nào."))
    since = add_months(case.day, -case.standards.books_months)
    rows = last_of_all(case.session, case.group, _ALL, case.day)
    counted = sorted((row for row in rows if row.day > since), key=lambda row: row.day)
    if not counted:
        text = _("Không có lần kiểm đếm quỹ nào trong {n} tháng gần nhất.")
        return Proposal(0, text.format(n=case.standards.books_months))
    off = [row for row in counted if row.counted != row.book]
    if not off:
        text = _("{n} lần kiểm đếm trong {months} tháng gần nhất đều khớp sổ.")
        return Proposal(2, text.format(n=len(counted), months=case.standards.books_months))
    days = ", ".join(dict.fromkeys(show_day(row.day) for row in off))
    if all(row.explained for row in off):
        text = _("{n} lần kiểm đếm; lệch nhưng đã ghi lý do: {days}.")
        return Proposal(1, text.format(n=len(counted), days=days))
    return Proposal(0, _("Kiểm đếm lệch chưa giải trình: {days}.").format(days=days))


# -- the recipients --------------------------------------------------------------------------------


def _training(case: Case) -> Proposal:
    """Item 2: who of the recipients had completed the courses they need, before they receive anything."""
    trained = trained_by(case.session, case.rows.support, case.behind, case.day, case.standards)
    wanted = ", ".join(trained.modules) or _("một khóa bất kỳ")
    if not trained.whole:
        return Proposal(None, _("Sổ không biết người nhận là ai."))
    basis = _("{n}/{whole} người nhận đã xong đào tạo cần thiết ({wanted}) đến ngày này.").format(
        n=trained.done, whole=trained.whole, wanted=wanted
    )
    return Proposal(2 if trained.enough else 1 if trained.done else 0, basis)


def _contribution(case: Case) -> Proposal:
    """Item 5: what is given with papers, beside what is approved or asked."""
    dossier = case.rows.dossier
    least = case.standards.least_share(hardship=dossier.hardship)
    given = sum(one.value for one in dossier.contributions if one.counts and one.day <= case.day)
    share = share_of(given, dossier.asked) or Fraction(0)
    basis = _("Đối ứng có chứng từ {given} trên tổng {whole}: {share} (cần {least} %).").format(
        given=show_dong(given),
        whole=show_dong(given + dossier.asked),
        share=show_percent(share, 1),
        least=least,
    )
    waiting = sum(one.value for one in dossier.contributions if not one.counts)
    if waiting:
        basis += " " + _("Còn {amount} chưa có chứng từ.").format(amount=show_dong(waiting))
    return Proposal(2 if share * 100 >= least else 1 if given else 0, basis)


def _cash_flow(case: Case) -> Proposal:
    """Item 7: the twelve months of the business plan; after the transfer, what the last visit found."""
    if case.behind.livelihood is None:
        return Proposal(None, _("Người nhận không phải một sinh kế, nên sổ không có kế hoạch kinh doanh."))
    if case.wave is not Wave.BEFORE:
        return _earned(case, case.behind.livelihood)
    plans = case.session.scalars(
        select(BusinessPlan)
        .where(BusinessPlan.livelihood_id == case.behind.livelihood, BusinessPlan.made_on <= case.day)
        .order_by(BusinessPlan.made_on.desc(), BusinessPlan.id.desc())
    ).all()
    if not plans:
        return Proposal(0, _("Sinh kế chưa có kế hoạch kinh doanh."))
    approved = [row for row in plans if row.approved_on is not None and row.approved_on <= case.day]
    row = approved[0] if approved else plans[0]
    least, month = lowest(from_text(Plan, row.content))
    basis = _("Kế hoạch ngày {day}: số dư thấp nhất {amount} ở tháng {month}; {state}.").format(
        day=show_day(row.made_on),
        amount=show_dong(least),
        month=month,
        state=_("đã duyệt") if approved else _("chưa duyệt"),
    )
    if least < 0:
        return Proposal(0, basis)
    return Proposal(2 if approved else 1, basis)


def _earned(case: Case, livelihood: int) -> Proposal:
    visits = [row for row in visits_in(case.session, [livelihood]).get(livelihood, ()) if row.day <= case.day]
    first = case.rows.dossier.first_transfer
    after = [row for row in visits if first is not None and row.day >= first]
    if not after:
        return Proposal(None, _("Chưa thăm sinh kế từ khi bàn giao."))
    last = after[-1]
    basis = _("Lần thăm {day}: thu nhập ròng {net} một năm.").format(
        day=show_day(last.day), net=show_dong(last.net)
    )
    if not last.operating:
        return Proposal(0, basis + " " + _("Sinh kế không còn hoạt động."))
    return Proposal(2 if last.net >= 0 else 0, basis)


def _climate(case: Case) -> Proposal:
    """Item 9: hazards written down for the activity, and practices against high ones."""
    if case.behind.livelihood is None:
        return Proposal(None, _("Người nhận không phải một sinh kế, nên sổ không ghi rủi ro."))
    activity = case.session.get_one(Livelihood, case.behind.livelihood)
    risks, practices = risks_from(activity.risks), practices_from(activity.practices)
    if not risks:
        return Proposal(0, _("Sinh kế chưa ghi rủi ro khí hậu nào."))
    high_from = livelihood_standards_in(case.session, case.day).high_risk
    high = [risk for risk in risks if risk.score >= high_from]
    basis = _("{n} rủi ro đã ghi, {high} rủi ro cao; {m} biện pháp thích ứng.").format(
        n=len(risks), high=len(high), m=len(practices)
    )
    return Proposal(2 if practices or not high else 1, basis)


def _debts(case: Case) -> Proposal:
    """Item 14: instalments of the worst month over the household's income (the check against over-indebtedness)."""
    owner = case.behind.owner
    if owner.group is not None and owner.person is None:
        return _group_debts(case, owner.group)
    people = _household_people(case)
    if not people:
        return Proposal(None, _("Sổ không biết người nhận là ai."))
    loans = case.session.scalars(
        select(Loan)
        .where(Loan.member_id.in_(people), Loan.direction == LoanDirection.OUT)
        .order_by(Loan.applied_on, Loan.id)
    ).all()
    papers = [from_text(Application, loan.paper) for loan in loans if loan.paper != "{}"]
    told = [paper for paper in papers if paper.income > 0]
    open_ones = [loan for loan in loans if loan.stage is LoanStage.ACTIVE]
    worst = _worst_month(case.session, [loan.id for loan in open_ones], case.day)
    if not open_ones and not (told and told[-1].debt_service):
        return Proposal(2, _("Hộ không có khoản vay nào đang mở trong sổ."))
    if not told:
        text = _("Hộ trả nhiều nhất {worst} một tháng; sổ chưa ghi thu nhập nên chưa tính được tỷ lệ.")
        return Proposal(None, text.format(worst=show_dong(worst)))
    poor = poor_on(case.session, owner.household or _home(case), case.day)
    limit = case.standards.dsr_poor if poor else case.standards.dsr
    monthly = worst + told[-1].debt_service
    ratio = Fraction(monthly, told[-1].income)
    basis = _("Tháng phải trả nhiều nhất {monthly} trên thu nhập {income}: {ratio} (giới hạn {limit} %).")
    return Proposal(
        2 if ratio * 100 <= limit else 0,
        basis.format(
            monthly=show_dong(monthly),
            income=show_dong(told[-1].income),
            ratio=show_percent(ratio, 0),
            limit=limit,
        ),
    )


def _group_debts(case: Case, group: GroupId) -> Proposal:
    owed = case.session.scalars(
        select(Loan).where(
            Loan.group_id == group, Loan.direction == LoanDirection.IN, Loan.stage == LoanStage.ACTIVE
        )
    ).all()
    if not owed:
        return Proposal(2, _("Nhóm không có khoản vay bên ngoài nào đang mở."))
    text = _("Nhóm đang vay bên ngoài {n} khoản, gốc ban đầu {amount}.")
    return Proposal(1, text.format(n=len(owed), amount=show_dong(sum(loan.amount for loan in owed))))


def _home(case: Case) -> int | None:
    person = case.behind.owner.person
    return None if person is None else case.session.get_one(Member, person).household_id


def _household_people(case: Case) -> list[int]:
    home = case.behind.owner.household or _home(case)
    if home is not None:
        return list(case.session.scalars(select(Member.id).where(Member.household_id == home)))
    person = case.behind.owner.person
    return [] if person is None else [person]


def _worst_month(session: Session, loans: Iterable[int], day: date) -> int:
    """Return the most that falls due in one calendar month from a day's month on, in đồng."""
    months: dict[tuple[int, int], int] = defaultdict(int)
    rows = session.scalars(
        select(LoanDue).where(LoanDue.loan_id.in_(list(loans)), LoanDue.due_on >= day.replace(day=1))
    )
    for row in rows:
        months[row.due_on.year, row.due_on.month] += row.principal + row.interest + row.fees
    return max(months.values(), default=0)


def poor_on(session: Session, household: int | None, day: date) -> bool:
    """Tell whether a household is officially poor, by the last year recorded up to a day."""
    if household is None:
        return False
    status = session.scalar(
        select(HouseholdPoverty.status)
        .where(HouseholdPoverty.household_id == household, HouseholdPoverty.year <= day.year)
        .order_by(HouseholdPoverty.year.desc(), HouseholdPoverty.id.desc())
        .limit(1)
    )
    return status is Poverty.POOR


PROPOSERS: dict[int, Proposer] = {
    2: _training,
    3: _managed,
    4: _books,
    5: _contribution,
    7: _cash_flow,
    9: _climate,
    14: _debts,
}
"""The items that the book can propose, each with the function that does."""

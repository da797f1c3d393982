"""The report of a group for a month or a quarter (BC03): its funds, loans, meetings and people, from the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.ids import GroupId
from desktop.models.kinds import (
    Account,
    AccountType,
    Attendance,
    EntryKind,
    MeetingState,
    account_type,
    natural,
)
from desktop.models.records.every import AccountRow, Meeting, MeetingAttendance, Membership, Posting
from desktop.models.rules.closing import net_owned
from desktop.models.rules.loans.arrears import NO_TOLERANCE
from desktop.models.rules.loans.standards import tolerance_words
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import TrialBalance, trial_balance
from desktop.services.facts import members_in_order
from desktop.services.group_overview import month_ends, points_in
from desktop.services.loan_portfolio import Portfolio, portfolio
from desktop.services.prints import PrintOrder
from desktop.services.share_outs import facts_in
from desktop.store.book import Book
from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.columns import amount
from reports.kit.values import Signer
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _

_FUNDS = (
    Account.CASH,
    Account.BANK,
    Account.SOCIAL_CASH,
    Account.LOANS,
    Account.FINES_OWED,
    Account.SAVINGS,
    Account.COMPULSORY_SAVINGS,
    Account.SHARES,
    Account.EXTERNAL_FUNDS,
    Account.GRANTS,
    Account.LENDERS,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter."""

    starts: date
    ends: date

    @property
    def title(self) -> str:
        """Return its name in the language spoken now: on a paper the paper's."""
        first = self.starts
        if (self.ends - first).days > 31:
            return _("Quý {n} năm {year}").format(n=(first.month + 2) // 3, year=first.year)
        return _("Tháng {n} năm {year}").format(n=first.month, year=first.year)


def period_of(day: date, *, quarter: bool) -> Period:
    """Return the month or the quarter that a day lies in."""
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1) if quarter else day.replace(day=1)
    months = 3 if quarter else 1
    over = first.month + months
    after = first.replace(year=first.year + (over > 12), month=(over - 1) % 12 + 1)
    return Period(first, after - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """Members at the end, who came and left, meetings held, and attendances out of those possible."""

    members: int
    joined: int
    left: int
    meetings: int
    came: int
    possible: int


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """Lending in the period, in đồng: loans handed over and how many, principal and interest that came back."""

    lent: int
    loans: int
    principal: int
    interest: int


@heads.for_paper
def report(book: Book, group: GroupId, period: Period, act: Act) -> Outcome[Figures]:
    """Return the report of a period (up to today when it is not over), numbered and noted as printed."""
    ends = min(period.ends, act.today)
    trial = trial_balance(book, group, period.starts, ends)
    lent = portfolio(book, ends, group)
    with book.read() if book.readonly else book.write(act) as session:
        known = facts_in(session, group, ends, act.today)
        units = sum(member.units for member in known.members)
        net = net_owned(known)
        order = PrintOrder("group-report", group, starts=period.starts, ends=ends, balance=net)
        names = paper_marks.names_of(session, group, ends)
        about = [(_("Kỳ báo cáo:"), period.title), (_("Tài sản ròng của nhóm:"), show_dong(net))]
        if units:
            about.append((_("Số cổ phần:"), show_number(units)))
            about.append((_("Giá trị một cổ phần:"), show_dong(net // units)))
        value = Figures(
            title=_("Báo cáo quý của nhóm") if _is_quarter(period) else _("Báo cáo tháng của nhóm"),
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            mark=paper_marks.issue_marks(session, [order], act)[0],
            first_day=period.starts,
            last_day=ends,
            about=tuple(about),
            tables=(
                _funds(trial),
                _results(trial),
                _loans(_loan_figures(session, group, period.starts, ends), lent),
                _people(_people_figures(session, group, period.starts, ends)),
            ),
            chart=_chart(session, group, ends),
            portrait=True,
            signed_on=act.today,
            place=names.place,
            signers=(
                Signer(_("Người lập"), names.secretary),
                Signer(_("Thủ quỹ"), names.treasurer),
                Signer(_("Tổ trưởng"), names.leader),
            ),
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


def _is_quarter(period: Period) -> bool:
    return (period.ends - period.starts).days > 31


def _funds(trial: TrialBalance) -> FigureTable:
    """Return the balances at both ends of the period, with what came and went."""
    columns = (
        FigureColumn(_("Quỹ, tài khoản"), "text", 140, key=True),
        FigureColumn(_("Đầu kỳ"), "money", 70),
        FigureColumn(_("Tăng trong kỳ"), "money", 70),
        FigureColumn(_("Giảm trong kỳ"), "money", 70),
        FigureColumn(_("Cuối kỳ"), "money", 70),
    )
    rows = []
    for row in trial.rows:
        if row.account not in _FUNDS:
            continue
        up, down = (row.debit, row.credit) if natural(row.account, 1) > 0 else (row.credit, row.debit)
        rows.append(
            (
                row.name,
                amount(natural(row.account, row.opening)),
                amount(up),
                amount(down),
                amount(natural(row.account, row.closing)),
            )
        )
    return FigureTable(
        _("Các quỹ (đồng)"), columns, tuple(rows), empty=_("Nhóm chưa có số liệu trong kỳ này.")
    )


def _results(trial: TrialBalance) -> FigureTable:
    """Return what was earned and spent in the period."""
    columns = (
        FigureColumn(_("Thu nhập, chi phí trong kỳ"), "text", 200, key=True),
        FigureColumn(_("Số tiền"), "money", 80),
    )
    rows = []
    result = 0
    for row in trial.rows:
        kind = account_type(row.account)
        if kind not in (AccountType.INCOME, AccountType.EXPENSE) or row.account is Account.SOCIAL_GRANTS:
            continue
        moved = natural(row.account, row.debit - row.credit)
        if moved:
            result += moved if kind is AccountType.INCOME else -moved
            rows.append((row.name, amount(moved if kind is AccountType.INCOME else -moved)))
    rows.append((_("Thu nhập trừ chi phí"), show_number(result)))
    return FigureTable(_("Kết quả trong kỳ (đồng)"), columns, tuple(rows), sums=True)


def _loans(made: LoanFigures, now: Portfolio) -> FigureTable:
    columns = (FigureColumn(_("Cho vay"), "text", 200, key=True), FigureColumn(_("Số liệu"), "money", 80))
    par = now.par30
    rows = (
        (_("Số khoản giải ngân trong kỳ"), show_number(made.loans)),
        (_("Số tiền giải ngân trong kỳ (đồng)"), amount(made.lent)),
        (_("Thu gốc trong kỳ (đồng)"), amount(made.principal)),
        (_("Thu lãi trong kỳ (đồng)"), amount(made.interest)),
        (_("Số khoản đang vay cuối kỳ"), show_number(len(now.loans))),
        (_("Dư nợ cuối kỳ (đồng)"), amount(now.outstanding)),
        (_("Quá hạn cuối kỳ (đồng)"), amount(now.overdue)),
        (
            _("Dư nợ rủi ro trên 30 ngày (PAR30)"),
            "–" if par is None else show_percent(par, 1),
        ),
    )
    told = () if now.tolerance == NO_TOLERANCE else ((tolerance_words(now.tolerance), ""),)
    return FigureTable(_("Cho vay"), columns, (*rows, *told))


def _people(found: PeopleFigures) -> FigureTable:
    columns = (
        FigureColumn(_("Thành viên, buổi họp"), "text", 200, key=True),
        FigureColumn(_("Số liệu"), "money", 80),
    )
    rate = "–" if not found.possible else show_percent(Fraction(found.came, found.possible), 0)
    rows = (
        (_("Thành viên cuối kỳ"), show_number(found.members)),
        (_("Vào nhóm trong kỳ"), show_number(found.joined)),
        (_("Rời nhóm trong kỳ"), show_number(found.left)),
        (_("Số buổi họp trong kỳ"), show_number(found.meetings)),
        (_("Tỷ lệ dự họp"), rate),
    )
    return FigureTable(_("Thành viên và buổi họp"), columns, rows)


def _chart(session: Session, group: GroupId, ends: date) -> FigureChart:
    points = points_in(session, group, month_ends(ends))
    return FigureChart(
        _("Quỹ của nhóm trong 12 tháng (đồng)"),
        tuple(f"{point.day.month:02d}/{point.day.year % 100:02d}" for point in points),
        (
            (_("Tiết kiệm, cổ phần"), tuple(point.owned for point in points)),
            (_("Đang cho vay"), tuple(point.lent for point in points)),
            (_("Tiền quỹ vay"), tuple(point.money for point in points)),
            (_("Quỹ xã hội"), tuple(point.social for point in points)),
        ),
        lines=True,
    )


def _people_figures(session: Session, group: GroupId, starts: date, ends: date) -> PeopleFigures:
    def counted(column: InstrumentedAttribute[Any]) -> int:
        query = select(func.count(Membership.id)).where(
            Membership.group_id == group, column >= starts, column <= ends
        )
        return int(session.scalar(query) or 0)

    held = select(Meeting.id).where(
        Meeting.group_id == group,
        Meeting.state == MeetingState.POSTED,
        Meeting.day >= starts,
        Meeting.day <= ends,
    )
    came = [state for state in Attendance if state.takes_part]
    possible, present = session.execute(
        select(func.count(), func.count().filter(MeetingAttendance.state.in_(came))).where(
            MeetingAttendance.meeting_id.in_(held)
        )
    ).one()
    return PeopleFigures(
        len(members_in_order(session, group, ends)),
        counted(Membership.joined),
        counted(Membership.left),
        int(session.scalar(select(func.count()).select_from(held.subquery())) or 0),
        int(present),
        int(possible),
    )


def _loan_figures(session: Session, group: GroupId, starts: date, ends: date) -> LoanFigures:
    """Return what was lent and came back in the period; what was reversed cancels out."""
    kinds = (EntryKind.LOAN_OUT, EntryKind.LOAN_OUT_BANK, EntryKind.LOAN_PRINCIPAL, EntryKind.LOAN_INTEREST)
    rows = session.execute(
        select(Posting.kind, AccountRow.loan_id, func.sum(Posting.amount))
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(
            AccountRow.group_id == group,
            AccountRow.account.in_([int(Account.LOANS), int(Account.INTEREST)]),
            Posting.kind.in_([int(kind) for kind in kinds]),
            Posting.day >= starts,
            Posting.day <= ends,
        )
        .group_by(Posting.kind, AccountRow.loan_id)
    ).all()
    lent = [int(sum_) for kind, _loan, sum_ in rows if kind in kinds[:2] and sum_]

    def back(kind: EntryKind) -> int:
        return -sum(int(sum_) for one, _loan, sum_ in rows if one == kind)

    return LoanFigures(sum(lent), len(lent), back(EntryKind.LOAN_PRINCIPAL), back(EntryKind.LOAN_INTEREST))

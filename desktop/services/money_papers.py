"""The papers of other money: minutes of a count, minutes of opening balances, the social fund's book, the expenses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, VoucherId
from desktop.models.kinds import Account, EntryKind, OpeningState, account_name, natural
from desktop.models.money_kinds import Treatment
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import AccountRow, Meeting, Member, Posting, SocialGrant, Voucher
from desktop.models.rules.cash_count import keys_of
from desktop.models.rules.loans.terms import RateUnit
from desktop.models.rules.opening import LenderOpening, LoanOpening, OpeningSheet, RunningTerms, sides
from desktop.services import cash_counts, expenses, heads, openings, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.cash_counts import CountRow
from desktop.services.charters import seats_on
from desktop.services.expenses import ExpenseRow
from desktop.services.facts import rules_on
from desktop.services.loan_portfolio import names_of
from desktop.services.loan_words import percent
from desktop.services.offices import holders_on
from desktop.services.prints import PrintOrder
from desktop.services.vouchers import BoxLine, box_book
from desktop.store.book import Book
from reports.cash_count import CountMinutes
from reports.figures import FigureColumn, Figures, FigureTable
from reports.kit.columns import amount
from reports.kit.values import CashCount, Signer
from reports.opening_minutes import OpeningDebt, OpeningMember, OpeningMinutes
from reports.social_book import SocialBook, SocialLine, SocialMember
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import _, ngettext


def _printed(group: GroupId) -> Changed:
    return Changed.of(Topic.PRINTS, group=group)


# -- a count ---------------------------------------------------------------------------------------


@heads.for_paper
def count_minutes(book: Book, group: GroupId, number: int, act: Act) -> Outcome[CountMinutes]:
    """Return the minutes of a count outside meetings, numbered and noted as printed. Raises Refusal: none such."""
    with book.read() if book.readonly else book.write(act) as session:
        rows = cash_counts.count_rows(session, group, number)
        if not rows:
            raise Refusal([Problem.stop("none", "", _("Không có lần kiểm kê này."))])
        first = rows[0]
        order = PrintOrder(
            "cash-count",
            group,
            starts=first.day,
            ends=first.day,
            balance=sum(row.counted for row in rows),
            subject=str(number),
        )
        mark = paper_marks.issue_marks(session, [order], act)[0]
        names = paper_marks.names_of(session, group, first.day)
        block = heads.group_block(session, group)
        value = CountMinutes(
            organisation=heads.organisation(session),
            group=block,
            number=f"{number:02d}/BBKK-{block.code}",
            day=first.day,
            counts=tuple(
                CashCount(account_name(row.box), row.pieces, row.book, row.explanation) for row in rows
            ),
            treatments=tuple(_treatment(row) for row in rows),
            holders=first.holders,
            mark=mark,
            at=first.at,
            place=first.place,
            issued_at=names.place,
            treasurer=names.treasurer,
            leader=names.leader,
            cancelled=first.reason if first.state is OpeningState.REVERSED else "",
            keys=_keys(session, group, first.day),
        )
    return Outcome(value, _printed(group))


def _keys(session: Session, group: GroupId, day: date) -> int:
    """Return how many of the three of a count hold keys by the rules of the day."""
    return keys_of(seats_on(session, group, day), (one.office for one in holders_on(session, group, day)))


def _treatment(row: CountRow) -> str:
    if row.treatment is Treatment.NONE:
        return _("tiền trong hòm khớp với sổ")
    if row.treatment is Treatment.POSTED:
        return _("đã ghi chênh lệch vào sổ bằng {number}").format(number=row.voucher_number)
    return _("giải trình, chưa ghi vào sổ; nhóm theo dõi tiếp")


# -- opening balances ------------------------------------------------------------------------------


@heads.for_paper
def opening_minutes(
    book: Book, group: GroupId, act: Act, draft: OpeningSheet | None = None
) -> Outcome[OpeningMinutes]:
    """Return the minutes of the balances that stand, or of a draft that is not posted. Raises Refusal: neither."""
    row = openings.find(book, group)
    sheet = draft if draft is not None else None if row is None else row.sheet
    if sheet is None:
        raise Refusal([Problem.stop("none", "", _("Nhóm chưa có số dư đầu."))])
    posted = draft is None
    with book.read() if book.readonly or not posted else book.write(act) as session:
        share_value = rules_on(session, group, sheet.day).share_value
        both = sides(sheet, share_value)
        mark = heads.mark(act, None)
        if posted:
            order = PrintOrder(
                "opening-balances", group, starts=sheet.day, ends=sheet.day, balance=both.assets
            )
            mark = paper_marks.issue_marks(session, [order], act)[0]
        officers = paper_marks.names_of(session, group, sheet.day)
        names = names_of(
            session, [*(row.member for row in sheet.members), *(loan.member for loan in sheet.loans)]
        )
        value = OpeningMinutes(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            day=sheet.day,
            has=tuple((account_name(account), sum_) for account, sum_ in both.has),
            owes=tuple((account_name(account), sum_) for account, sum_ in both.owes),
            members=tuple(_opening_members(session, sheet, share_value, names)),
            loans=tuple(_debt(loan, names[loan.member]) for loan in sheet.loans),
            lenders=tuple(_debt(lender, lender.lender) for lender in sheet.lenders),
            sources=tuple(
                (one.funder, ", ".join(part for part in (one.kind.title, one.agreement) if part), one.amount)
                for one in sheet.sources
            ),
            mark=mark,
            handed_by=sheet.handed_by,
            received_by=sheet.received_by or officers.secretary,
            treasurer=officers.treasurer,
            leader=officers.leader,
            place=officers.place,
            draft=not posted,
        )
    return Outcome(value, _printed(group) if posted else Changed.of())


def _opening_members(
    session: Session, sheet: OpeningSheet, share_value: int, names: dict[int, str]
) -> list[OpeningMember]:
    return [
        OpeningMember(
            session.get_one(Member, row.member).code,
            names[row.member],
            row.savings,
            row.compulsory,
            row.shares,
            row.shares * share_value,
            row.social,
            row.fines,
        )
        for row in sheet.members
    ]


def _debt(row: LoanOpening | LenderOpening, name: str) -> OpeningDebt:
    terms = row.terms
    return OpeningDebt(name, row.contract, row.amount, terms.number, terms.first_due, rate_words(terms))


def rate_words(terms: RunningTerms) -> str:
    """Return a rate as it stands on the minutes: "1 %/tháng, gốc đều"."""
    times = {
        RateUnit.MONTH: _("tháng"),
        RateUnit.YEAR: _("năm"),
        RateUnit.WEEK: _("tuần"),
        RateUnit.DAY: _("ngày"),
        RateUnit.PERIOD: _("kỳ"),
        RateUnit.WHOLE_TERM: _("thời hạn"),
    }
    return f"{percent(terms.rate)}/{times[terms.rate_unit]}, {terms.method.title.lower()}"


# -- the book of the social fund -------------------------------------------------------------------


@heads.for_paper
def social_book(book: Book, group: GroupId, starts: date, ends: date, act: Act) -> Outcome[SocialBook]:
    """Return the book of the social fund over a period, numbered and noted as printed."""
    found = box_book(book, group, Account.SOCIAL_CASH, starts, ends)
    with book.read() if book.readonly else book.write(act) as session:
        order = PrintOrder("social-book", group, starts=starts, ends=ends, balance=found.closing)
        mark = paper_marks.issue_marks(session, [order], act)[0]
        names = paper_marks.names_of(session, group, ends)
        value = SocialBook(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            first_day=starts,
            last_day=ends,
            opening=found.opening,
            closing=found.closing,
            lines=tuple(_social_lines(session, found.lines, found.opening)),
            members=tuple(_social_members(session, group, starts, ends)),
            mark=mark,
            signed_on=act.today,
            place=names.place,
            treasurer=names.treasurer,
            secretary=names.secretary,
            leader=names.leader,
        )
    return Outcome(value, _printed(group))


def _meetings_of(session: Session, lines: Sequence[BoxLine]) -> dict[VoucherId, int]:
    """Return the number of the meeting of each voucher that stands and was made at one."""
    ids = [line.voucher for line in lines]
    found: dict[VoucherId, int] = {}
    for start in range(0, len(ids), 500):
        rows = session.execute(
            select(Voucher.id, Meeting.number)
            .join(Meeting, Meeting.id == Voucher.meeting_id)
            .where(Voucher.id.in_(ids[start : start + 500]), Voucher.member_id.is_not(None))
        )
        found.update({VoucherId(voucher): number for voucher, number in rows})
    return found


def _social_lines(session: Session, lines: Sequence[BoxLine], opening: int) -> list[SocialLine]:
    """Return the movements: what members gave at one meeting as one line, all else line by line."""
    meetings = _meetings_of(session, lines)
    decisions = {
        grant.voucher_id: grant.decision
        for grant in session.scalars(select(SocialGrant).where(SocialGrant.voucher_id.is_not(None)))
    }
    found: list[SocialLine] = []
    balance = opening
    gathered: dict[tuple[date, int], int] = {}
    given: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        balance += line.paid_in - line.paid_out
        meeting = meetings.get(line.voucher) if line.paid_in else None
        if meeting is None:
            text = ", ".join(part for part in (line.member, line.text) if part)
            decision = decisions.get(line.voucher, "")
            found.append(
                SocialLine(line.day, line.number, text, decision, line.paid_in, line.paid_out, balance)
            )
            continue
        key = (line.day, meeting)
        given[meeting].add(line.member)
        count = len(given[meeting])
        text = ngettext(
            "Đóng quỹ, kỳ họp {meeting} ({n} người)", "Đóng quỹ, kỳ họp {meeting} ({n} người)", count
        ).format(meeting=meeting, n=count)
        if key in gathered and gathered[key] == len(found) - 1:
            before = found[gathered[key]]
            first = before.number.split(" – ")[0]
            found[gathered[key]] = SocialLine(
                line.day,
                f"{first} – {line.number}",
                text,
                "",
                before.paid_in + line.paid_in,
                0,
                balance,
            )
        else:
            gathered[key] = len(found)
            found.append(SocialLine(line.day, line.number, text, "", line.paid_in, 0, balance))
    return found


def _social_members(session: Session, group: GroupId, starts: date, ends: date) -> list[SocialMember]:
    """Return what each member gave and received in the period; what was reversed cancels out."""
    rows = session.execute(
        select(AccountRow.member_id, AccountRow.account, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .where(
            AccountRow.group_id == group,
            AccountRow.member_id.is_not(None),
            AccountRow.account.in_([int(Account.SOCIAL_FUND), int(Account.SOCIAL_GRANTS)]),
            Posting.day >= starts,
            Posting.day <= ends,
            Posting.kind != int(EntryKind.OPENING_SOCIAL),
        )
        .group_by(AccountRow.member_id, AccountRow.account)
    )
    moved: dict[int, dict[int, int]] = defaultdict(dict)
    for member, number, amount_ in rows:
        moved[int(member or 0)][number] = natural(Account(number), int(amount_))
    found = []
    for member, sums in moved.items():
        given, received = sums.get(Account.SOCIAL_FUND, 0), sums.get(Account.SOCIAL_GRANTS, 0)
        if given or received:
            person = session.get_one(Member, member)
            found.append(SocialMember(person.code, person.full_name, given, received))
    return sorted(found, key=lambda row: row.code)


# -- expenses --------------------------------------------------------------------------------------


@heads.for_paper
def expense_list(
    book: Book, group: GroupId, starts: date, ends: date, act: Act, *, lacking: bool = False
) -> Outcome[Figures]:
    """Return the list of expenses of a period by category; with `lacking` only those without a receipt."""
    with book.read() if book.readonly else book.write(act) as session:
        rows = [
            row
            for row in expenses.listed_in(session, group, starts, ends, lacking=lacking)
            if not row.reversed
        ]
        total = sum(row.amount for row in rows)
        order = PrintOrder(
            "expense-list", group, starts=starts, ends=ends, balance=total, subject=str(lacking)
        )
        names = paper_marks.names_of(session, group, ends)
        value = Figures(
            title=_("Bảng kê chi phí chưa có hóa đơn") if lacking else _("Bảng kê chi phí"),
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            mark=paper_marks.issue_marks(session, [order], act)[0],
            first_day=starts,
            last_day=ends,
            tables=(_expense_table(rows, total), _category_table(rows, total)),
            notes=(_("Tổng chi bằng chữ: {words}.").format(words=in_words(total)), *_lacking(rows)),
            signed_on=act.today,
            place=names.place,
            signers=(
                Signer(_("Người lập"), names.secretary),
                Signer(_("Thủ quỹ"), names.treasurer),
                Signer(_("Tổ trưởng"), names.leader),
            ),
        )
    return Outcome(value, _printed(group))


def _lacking(rows: Sequence[ExpenseRow]) -> tuple[str, ...]:
    without = [row for row in rows if row.lacks_receipt]
    if not without:
        return ()
    text = ngettext(
        "{n} khoản chi chưa có hóa đơn, biên lai, cộng {sum}.",
        "{n} khoản chi chưa có hóa đơn, biên lai, cộng {sum}.",
        len(without),
    )
    return (text.format(n=len(without), sum=show_dong(sum(row.amount for row in without))),)


def _expense_table(rows: Sequence[ExpenseRow], total: int) -> FigureTable:
    columns = (
        FigureColumn(_("Ngày"), "tight", 48, key=True),
        FigureColumn(_("Số phiếu"), "tight", 56),
        FigureColumn(_("Loại chi"), "text", 80),
        FigureColumn(_("Nội dung"), "text", 120, 2),
        FigureColumn(_("Trả cho"), "text", 80),
        FigureColumn(_("Số hóa đơn"), "text", 60),
        FigureColumn(_("Ảnh"), "centre", 26),
        FigureColumn(_("Số tiền"), "money", 60),
    )
    cells = [
        (
            show_day(row.day),
            row.number,
            "" if row.category is None else row.category.title,
            row.text,
            row.payee,
            row.receipt_number or _("chưa có"),
            str(row.scans) if row.scans else "–",
            amount(row.amount),
        )
        for row in rows
    ]
    cells.append(("", "", _("Cộng"), "", "", "", "", show_number(total)))
    return FigureTable(_("Các khoản chi (đồng)"), columns, tuple(cells), sums=True)


def _category_table(rows: Sequence[ExpenseRow], total: int) -> FigureTable:
    columns = (FigureColumn(_("Loại chi"), "text", 140, key=True), FigureColumn(_("Số tiền"), "money", 80))
    cells = [
        (_("Chưa phân loại") if category is None else category.title, show_number(sum_))
        for category, sum_ in expenses.by_category(list(rows))
    ]
    cells.append((_("Cộng"), show_number(total)))
    return FigureTable(_("Theo loại chi (đồng)"), columns, tuple(cells), sums=True)

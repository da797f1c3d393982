"""The papers of a meeting: its minutes, its receipts and payment slips, and the blank sheet of the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId
from desktop.models.kinds import EFFECTS, Account, Attendance, EntryKind, Office, Paper, account_name
from desktop.models.records.every import Group, Household, Meeting, Member, Voucher
from desktop.models.rules import sheet as rules
from desktop.models.rules.entries import BOXES, Line
from desktop.models.rules.sheet import SheetColumn, SheetFacts, columns_of
from desktop.models.rules.sheet_text import sheet_from_text
from desktop.services import heads
from desktop.services.acts import Act, Changed, Outcome
from desktop.services.bank_accounts import find_in
from desktop.services.ledger import lines_of_voucher
from desktop.services.meetings import load_facts
from desktop.services.overview import next_meeting_day
from desktop.services.paper_marks import issue_marks, printed_of
from desktop.services.prints import PrintOrder
from desktop.services.statements import household_address
from desktop.services.vouchers import VoucherRow, rows_of
from desktop.store.book import Book
from reports.blank_sheet import BlankRow, BlankSheet
from reports.kit.values import CashCount, PrintMark
from reports.meeting_minutes import AttendanceCount, Attendee, FundBalance, MeetingMinutes, MoneyColumn
from reports.receipt import Receipt, ReceiptKind, Receipts
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


@heads.for_paper
def minutes(
    book: Book, meeting_id: MeetingId, act: Act, *, signatures: bool = True
) -> Outcome[MeetingMinutes]:
    """Return the minutes of a posted meeting, numbered and noted as printed."""
    with book.read() if book.readonly else book.write(act) as session:
        meeting = session.get_one(Meeting, meeting_id)
        group = GroupId(meeting.group_id)
        facts = load_facts(session, group, meeting.day, act.today, meeting_id)
        order = PrintOrder(
            "meeting_minutes",
            group,
            meeting=meeting_id,
            starts=meeting.day,
            ends=meeting.day,
            subject=facts.group_code,
        )
        mark = issue_marks(session, [order], act)[0]
        value = _minutes(session, meeting, facts, mark, signatures)
    return Outcome(value, printed_of(group))


def _minutes(
    session: Session, meeting: Meeting, facts: SheetFacts, mark: PrintMark, signatures: bool
) -> MeetingMinutes:
    sheet = sheet_from_text(meeting.sheet)
    sums = rules.totals(facts, sheet)
    names = {member.id: member for member in facts.members}
    states = [row.attendance for row in sheet.rows]
    officers = heads.officers(session, facts.group, meeting.day)
    boxes = _boxes(meeting, sheet, sums)
    return MeetingMinutes(
        organisation=heads.organisation(session),
        group=heads.group_block(session, facts.group),
        number=f"{meeting.number:02d}/BB-{facts.group_code}",
        meeting=str(meeting.number),
        day=meeting.day,
        place=meeting.place or facts.rules.meeting_place,
        chair=_name(session, meeting.chair_id) or officers.get(Office.CHAIR, ""),
        secretary=_name(session, meeting.secretary_id) or officers.get(Office.SECRETARY, ""),
        attendance=AttendanceCount(
            members=len(states),
            present=sum(state in (Attendance.PRESENT, Attendance.LATE) for state in states),
            late=states.count(Attendance.LATE),
            absent=sum(state not in (Attendance.PRESENT, Attendance.LATE) for state in states),
            represented=states.count(Attendance.REPRESENTED),
        ),
        attendees=tuple(
            Attendee(names[row.member].code, names[row.member].name, row.attendance.title)
            for row in sheet.rows
        ),
        columns=tuple(_money_columns(facts, sheet)),
        mark=mark,
        started=meeting.started or facts.rules.meeting_time,
        ended=meeting.ended,
        absentees=tuple(
            f"{names[row.member].name} ({row.attendance.title.lower()})"
            for row in sheet.rows
            if row.attendance not in (Attendance.PRESENT, Attendance.LATE)
        ),
        decisions=tuple(line for line in meeting.decisions.splitlines() if line.strip()),
        total_in=sums.cash_in + sums.social_in,
        total_out=sums.cash_out + sums.social_out,
        funds=tuple(FundBalance(account_name(box.account), *box.moved, box.book) for box in boxes),
        cash_counts=tuple(_counts(boxes, sheet)),
        signature_column=signatures,
        issued_at=heads.commune_name(session.get_one(Group, facts.group).commune_code),
    )


def _money_columns(facts: SheetFacts, sheet: rules.Sheet) -> list[MoneyColumn]:
    """Return the columns of the meeting; loans that nobody paid and fines that nobody owes leave their room to the
    signatures."""
    columns = [(column, _money_column(column, sheet)) for column in columns_of(facts.rules)]
    return [
        shown
        for column, shown in columns
        if any(shown.amounts) or not (column.of_loans or column.key in ("fine_owed", "fine_paid"))
    ]


def _money_column(column: SheetColumn, sheet: rules.Sheet) -> MoneyColumn:
    return MoneyColumn(
        column.name,
        tuple(row.amounts.get(column.key, 0) for row in sheet.rows),
        money=not column.counts_shares,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    """A box as it stood at its meeting, in đồng: `book` is what the book said when it was counted, `now` what it says
    of that day today."""

    account: Account
    counted: Mapping[int, int] | None
    paid_in: int
    paid_out: int
    book: int
    now: int

    @property
    def moved(self) -> tuple[int, int, int]:
        """Return what was in the box before, what came in and what went out."""
        return self.book - self.paid_in + self.paid_out, self.paid_in, self.paid_out


def _boxes(meeting: Meeting, sheet: rules.Sheet, sums: rules.Totals) -> tuple[_Box, ...]:
    """Return both boxes as of the meeting. What was counted stays beside the book of that hour: a voucher written
    afterwards for the same day or an earlier one makes no shortage of a count that agreed."""

    def book(counted: int | None, difference: int, now: int) -> int:
        return now if counted is None else counted - difference

    return (
        _Box(
            Account.CASH,
            sheet.counted,
            sums.cash_in,
            sums.cash_out,
            book(sums.counted, meeting.cash_difference, sums.cash_after),
            sums.cash_after,
        ),
        _Box(
            Account.SOCIAL_CASH,
            sheet.social_counted,
            sums.social_in,
            sums.social_out,
            book(sums.social_counted, meeting.social_difference, sums.social_after),
            sums.social_after,
        ),
    )


def _counts(boxes: Iterable[_Box], sheet: rules.Sheet) -> Iterator[CashCount]:
    for box in boxes:
        if box.counted is None:
            continue
        pieces = tuple((note, box.counted.get(note, 0)) for note in rules.NOTES if box.counted.get(note, 0))
        count = CashCount(account_name(box.account), pieces, box.book)
        reasons = [sheet.difference_reason] if count.difference and sheet.difference_reason else []
        if box.now != box.book:
            reasons.append(_("có chứng từ ghi lùi ngày, sổ nay ghi {now}.").format(now=show_dong(box.now)))
        yield replace(count, explanation=" – ".join(reasons))


def _name(session: Session, member: int | None) -> str:
    return "" if member is None else session.get_one(Member, member).full_name


@heads.for_paper
def receipts_of_meeting(book: Book, meeting_id: MeetingId, act: Act, *, copies: int = 1) -> Outcome[Receipts]:
    """Return the receipts and payment slips of a meeting, by the members' order."""
    with book.read() as session:
        ids = list(
            session.scalars(
                select(Voucher.id)
                .where(Voucher.meeting_id == meeting_id, Voucher.reverses_id.is_(None))
                .order_by(Voucher.id)
            )
        )
    return receipts(book, [VoucherId(voucher) for voucher in ids], act, copies=copies)


@heads.for_paper
def receipts(book: Book, vouchers: Sequence[VoucherId], act: Act, *, copies: int = 1) -> Outcome[Receipts]:
    """Return phiếu thu, phiếu chi and phiếu chuyển khoản for vouchers; one that was reversed is printed crossed."""
    with book.read() if book.readonly else book.write(act) as session:
        rows = [row for row in rows_of(session, list(vouchers)) if row.paper in PRINTED_ALONE]
        orders = [
            PrintOrder(
                "receipt",
                row.group,
                member=_payer(session, row.id),
                voucher=row.id,
                starts=row.day,
                ends=row.day,
                balance=row.paid_in - row.paid_out,
                subject=row.number,
            )
            for row in rows
        ]
        marks = issue_marks(session, orders, act)
        found = tuple(_receipt(session, row, mark) for row, mark in zip(rows, marks, strict=True))
    changed = printed_of(rows[0].group) if rows else Changed.of()
    return Outcome(Receipts(found, copies=copies), changed)


PRINTED_ALONE = {
    Paper.RECEIPT: ReceiptKind.IN,
    Paper.PAYMENT: ReceiptKind.OUT,
    Paper.TRANSFER: ReceiptKind.BETWEEN,
}
"""The vouchers that are a paper of their own; what moves no money (phiếu kế toán) stands in the lists only."""


def _payer(session: Session, voucher: VoucherId) -> MemberId | None:
    member = session.scalars(select(Voucher.member_id).where(Voucher.id == voucher)).one()
    return None if member is None else MemberId(member)


def _receipt(session: Session, row: VoucherRow, mark: PrintMark) -> Receipt:
    voucher = session.get_one(Voucher, row.id)
    lines = lines_of_voucher(session, row.id)
    officers = heads.officers(session, row.group, row.day)
    member = None if voucher.member_id is None else session.get_one(Member, voucher.member_id)
    household = None
    if member is not None and member.household_id is not None:
        household = session.get_one(Household, member.household_id)
    reversal = session.scalars(select(Voucher).where(Voucher.reverses_id == row.id)).one_or_none()
    moved = _moved_between(lines)
    between = row.paper is Paper.TRANSFER
    return Receipt(
        kind=PRINTED_ALONE[row.paper],
        organisation=heads.organisation(session),
        group=heads.group_block(session, row.group),
        number=row.number,
        day=row.day,
        person=row.member,
        reason=_reason(row, lines),
        amount=max(row.paid_in, row.paid_out) if between else row.paid_in or row.paid_out,
        mark=mark,
        person_address="" if household is None else household_address(household),
        debit=", ".join(dict.fromkeys(str(int(line.account)) for line in lines if line.amount > 0)),
        credit=", ".join(dict.fromkeys(str(int(line.account)) for line in lines if line.amount < 0)),
        leader=officers.get(Office.CHAIR, ""),
        treasurer=officers.get(Office.TREASURER, ""),
        preparer=officers.get(Office.SECRETARY, ""),
        cancelled=""
        if reversal is None
        else _("Đã hủy ngày {day}: {reason}").format(
            day=show_day(reversal.recorded_at.astimezone().date()), reason=reversal.reason
        ),
        source=_boxes_named(session, row, [box for box, amount in moved if amount < 0]) if between else "",
        target=_boxes_named(session, row, [box for box, amount in moved if amount > 0]) if between else "",
    )


def _moved_between(lines: Iterable[Line]) -> list[tuple[Account, int]]:
    """Return what a voucher moves into (more than 0) and out of each box and the bank."""
    found: dict[Account, int] = {}
    for line in lines:
        if line.account in BOXES:
            found[line.account] = found.get(line.account, 0) + line.amount
    return list(found.items())


def _boxes_named(session: Session, row: VoucherRow, boxes: Iterable[Account]) -> str:
    """Return the names of boxes; the bank with its account, where it is written down."""
    names = []
    for box in boxes:
        known = find_in(session, row.group) if box is Account.BANK else None
        parts = [account_name(box)]
        if known is not None:
            parts += [known.bank, *([_("số {number}").format(number=known.number)] if known.number else [])]
        names.append(", ".join(part for part in parts if part))
    return "; ".join(names)


def _reason(row: VoucherRow, lines: Sequence[Line]) -> str:
    """Return what the money was for; where one voucher carries several things, how much for each.

    Who pays 155.000 đồng at a meeting wants to read on the slip what became of them.
    """
    parts: dict[EntryKind, int] = {}
    incoming = bool(row.paid_in)
    for line in lines:
        if line.kind in EFFECTS:  # the boxes' own lines carry no purpose
            parts[line.kind] = parts.get(line.kind, 0) + (-line.amount if incoming else line.amount)
    names = "; ".join(EFFECTS[kind].name for kind in parts)
    if (
        len(parts) < 2
        or sum(parts.values()) != (row.paid_in or row.paid_out)
        or not row.text.startswith(names)
    ):
        return row.text
    told = "; ".join(f"{EFFECTS[kind].name} {show_dong(amount)}" for kind, amount in parts.items())
    return told + row.text.removeprefix(names)


@heads.for_paper
def blank_sheet(
    book: Book, group: GroupId, act: Act, day: date | None = None, *, large_print: bool = False
) -> Outcome[BlankSheet]:
    """Return the sheet of the group's next meeting, to be filled in by hand."""
    with book.read() as session:
        when = day or next_meeting_day(session, group, act.today)
        facts = load_facts(session, group, when, act.today)
        columns = columns_of(facts.rules)
        held = [column for column in columns if column.balance is not None]
        value = BlankSheet(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            meeting=str(facts.number),
            day=when,
            columns=tuple(column.name for column in columns),
            rows=tuple(
                BlankRow(
                    number=number,
                    code=member.code,
                    name=member.name,
                    balances=tuple(column.balance(member) for column in held if column.balance is not None),
                    expected=tuple(
                        column.expected(facts, member, Attendance.PRESENT) or None for column in columns
                    ),
                )
                for number, member in enumerate(facts.members, start=1)
            ),
            mark=heads.mark(act, None),
            balances=tuple(_balance_title(column) for column in held),
            place=facts.rules.meeting_place,
            cash_before=(
                (account_name(Account.CASH), facts.cash),
                (account_name(Account.SOCIAL_CASH), facts.social_cash),
            ),
            denominations=rules.NOTES,
            large_print=large_print,
        )
    return Outcome(value)


def _balance_title(column: SheetColumn) -> str:
    if column.of_loans:
        return _("Dư nợ")
    return _("{title} đang có").format(title=column.name)

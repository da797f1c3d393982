"""Expenses of a group: what for, from whom, with which receipt; the photo of the receipt is kept beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, VoucherId, new_uid
from desktop.models.kinds import EFFECTS, Account, AttachmentKind, EntryKind, account_name
from desktop.models.money_kinds import ExpenseCategory
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, Attachment, Expense, Posting, Voucher
from desktop.models.rules.entries import show_number
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import affected_papers
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.balances import group_balances
from desktop.services.ledger import post
from desktop.services.vouchers import RecordVoucher, VoucherPosted, check_alone, draft_of
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

KINDS = (EntryKind.EXPENSE, EntryKind.EXPENSE_BANK, EntryKind.BANK_FEE)
"""The kinds of entry that are expenses of the group."""
_CHANGED = (Topic.ENTRIES, Topic.ATTACHMENTS)
_KEPT = Attachment.removed.in_((False,))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: the category, who was paid, its number and day, and its photo or scan (None: not kept)."""

    category: ExpenseCategory
    payee: str = ""
    number: str = ""
    day: date | None = None
    scan: NewFile | None = None


@dataclass(frozen=True, slots=True)
class Spend:
    """Spend money of the group, in đồng. `agreed`: yes, without a receipt for now."""

    group: GroupId
    kind: EntryKind
    amount: int
    day: date
    text: str
    receipt: Receipt
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """An expense in a list, in đồng. `category` None: recorded before expenses had one. `scans` counts kept pictures."""

    voucher: VoucherId
    number: str
    day: date
    category: ExpenseCategory | None
    text: str
    payee: str
    amount: int
    from_bank: bool
    receipt_number: str
    receipt_day: date | None
    scans: int
    reversed: bool
    subject: Subject | None

    @property
    def lacks_receipt(self) -> bool:
        """Tell whether neither a number nor a picture of a receipt is kept."""
        return not self.reversed and not self.receipt_number and not self.scans


# -- deeds -----------------------------------------------------------------------------------------


def spend(book: Book, command: Spend, act: Act) -> Outcome[VoucherPosted]:
    """Post an expense with its receipt. Raises Refusal; a missing receipt only warns."""
    voucher = RecordVoucher(
        command.group, command.kind, command.amount, command.day, text=command.text.strip()
    )
    with book.write(act) as session:
        problems = (
            [] if command.kind in KINDS else [Problem.stop("kind", "kind", _("Hãy chọn loại chi phí."))]
        )
        problems += check_alone(session, voucher, act)
        problems += _check_box(session, command) if not problems else []
        problems += _check_receipt(command.receipt, command.day)
        refuse_if_stopped(problems, agreed=command.agreed)
        # No member's account moves and no earlier receipt changes: only papers of the whole group are concerned.
        papers = affected_papers(session, command.group, command.day, None, (), ())
        posted = post(session, [draft_of(voucher)])[0]
        _note(session, posted.id, command.receipt, act)
    return Outcome(VoucherPosted(posted, tuple(papers)), Changed.of(*_CHANGED, group=command.group))


def _check_box(session: Session, command: Spend) -> list[Problem]:
    """Say at the amount that the box does not have it, before anything is asked; later days are guarded when posting."""
    box = EFFECTS[command.kind].credit
    held = group_balances(session, command.group, command.day).get(box, 0)
    if command.amount <= held:
        return []
    text = _("{box} ngày {day} chỉ có {held}, thiếu {short}.").format(
        box=account_name(box),
        day=show_day(command.day),
        held=show_dong(held),
        short=show_dong(command.amount - held),
    )
    return [Problem.stop("box-short", "amount", text)]


def _check_receipt(receipt: Receipt, day: date) -> list[Problem]:
    found = []
    if receipt.day is not None and receipt.day > day:
        text = _("Hóa đơn đề ngày {day}, sau ngày chi.").format(day=show_day(receipt.day))
        found.append(Problem.stop("receipt-day", "receipt_day", text))
    if receipt.scan is None and receipt.category is not ExpenseCategory.BANK:
        text = _("Chưa có ảnh hóa đơn, biên lai. Ghi sổ bây giờ và bổ sung ảnh sau?")
        found.append(Problem.warn("no-receipt", "scan", text))
    return found


def describe(book: Book, voucher: VoucherId, receipt: Receipt, act: Act) -> Outcome[Subject]:
    """Say what an expense already posted was for, or add its receipt later. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Voucher, voucher)
        problems = [p for p in _check_receipt(receipt, row.day) if p.code != "no-receipt"]
        if not _is_expense(session, voucher):
            problems.append(Problem.stop("kind", "category", _("Chứng từ này không phải là chi phí.")))
        refuse_if_stopped(problems)
        kept = _note(session, voucher, receipt, act)
        group = GroupId(row.group_id)
        subject = Subject.of(kept)
    return Outcome(subject, Changed.of(*_CHANGED, group=group))


def _note(session: Session, voucher: VoucherId, receipt: Receipt, act: Act) -> Expense:
    kept = session.scalars(select(Expense).where(Expense.voucher_id == voucher)).one_or_none()
    if kept is None:
        kept = Expense(uid=new_uid(), voucher_id=voucher, category=receipt.category)
        session.add(kept)
    kept.category, kept.payee = receipt.category, receipt.payee.strip()
    kept.receipt_number, kept.receipt_day = receipt.number.strip(), receipt.day
    session.flush()
    if receipt.scan is not None:
        attach_in(session, Subject.of(kept), receipt.scan, act)
    return kept


def receipt_file(name: str, content: bytes) -> NewFile:
    """Return the picture of a receipt as a file to keep."""
    return NewFile(AttachmentKind.RECEIPT, name, content, _("Hóa đơn, biên lai"))


# -- questions -------------------------------------------------------------------------------------


def _is_expense(session: Session, voucher: VoucherId) -> bool:
    kinds = set(session.scalars(select(Posting.kind).where(Posting.voucher_id == voucher)))
    return bool(kinds & {int(kind) for kind in KINDS})


def listed(
    book: Book, group: GroupId, starts: date, ends: date, *, lacking: bool = False
) -> list[ExpenseRow]:
    """Return the expenses of a period in the order of days; with `lacking` only those without a receipt."""
    with book.read() as session:
        return listed_in(session, group, starts, ends, lacking=lacking)


def listed_in(
    session: Session, group: GroupId, starts: date, ends: date, *, lacking: bool = False
) -> list[ExpenseRow]:
    """Return the expenses of a period inside an open session."""
    rows = _rows(session, Voucher.group_id == group, Voucher.day >= starts, Voucher.day <= ends)
    return [row for row in rows if row.lacks_receipt] if lacking else rows


def one(book: Book, voucher: VoucherId) -> ExpenseRow | None:
    """Return what is known of an expense by its voucher; None when it is no expense."""
    with book.read() as session:
        return next(iter(_rows(session, Voucher.id == voucher)), None)


def _rows(session: Session, *wanted: ColumnElement[bool]) -> list[ExpenseRow]:
    undoing = table_of(Voucher).alias("undoing")
    scans = (
        select(func.count())
        .where(Attachment.subject_uid == Expense.uid, _KEPT)
        .correlate(Expense)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Voucher, Posting.kind, Posting.amount, Expense, scans, undoing.c.id)
        .join(Posting, Posting.voucher_id == Voucher.id)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .outerjoin(Expense, Expense.voucher_id == Voucher.id)
        .outerjoin(undoing, undoing.c.reverses_id == Voucher.id)
        .where(
            AccountRow.account == int(Account.EXPENSES),
            Posting.kind.in_([int(kind) for kind in KINDS]),
            Voucher.reverses_id.is_(None),
            *wanted,
        )
        .order_by(Voucher.day, Voucher.id)
    )
    return [
        ExpenseRow(
            voucher=VoucherId(voucher.id),
            number=show_number(voucher.paper, voucher.number, voucher.year),
            day=voucher.day,
            category=None if kept is None else kept.category,
            text=voucher.text,
            payee="" if kept is None else kept.payee,
            amount=int(amount),
            from_bank=EntryKind(kind) is not EntryKind.EXPENSE,
            receipt_number="" if kept is None else kept.receipt_number,
            receipt_day=None if kept is None else kept.receipt_day,
            scans=0 if kept is None else int(pictures or 0),
            reversed=undone is not None,
            subject=None if kept is None else Subject.of(kept),
        )
        for voucher, kind, amount, kept, pictures, undone in rows
    ]


def by_category(rows: list[ExpenseRow]) -> list[tuple[ExpenseCategory | None, int]]:
    """Return what was spent on each category, the largest first, in đồng; what was reversed does not count."""
    sums: dict[ExpenseCategory | None, int] = defaultdict(int)
    for row in rows:
        if not row.reversed:
            sums[row.category] += row.amount
    return sorted(sums.items(), key=lambda pair: -pair[1])

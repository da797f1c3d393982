"""Numbering what is printed, and keeping at which place of the chain it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId, new_uid
from desktop.models.records.every import BookRow, Print, Voucher
from desktop.services.acts import Act
from desktop.services.paper_codes import check_code, qr_text, uid_of
from desktop.services.paper_kinds import prefix_of
from desktop.store.trail import Pen


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A paper about to be printed: which report, about whom, for which days, with which balance in đồng."""

    report: str
    group: GroupId | None = None
    member: MemberId | None = None
    meeting: MeetingId | None = None
    voucher: VoucherId | None = None
    starts: date | None = None
    ends: date | None = None
    balance: int = 0
    subject: str = ""
    """What the QR code names: the member's code, or the group's."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The mark of one printing: number, which copy, code to check, position in the chain, text of the QR code."""

    number: str
    copy: int
    check_code: str
    position: str
    qr: str


def issue(session: Session, orders: Sequence[PrintOrder], act: Act) -> list[Printed]:
    """Number the papers and note their printing, inside an open write.

    A paper of the same subject and days whose ledger has not moved since keeps its number and becomes a
    further copy; any other gets the next number of its kind and year.
    """
    pen: Pen = session.info["pen"]
    book_uid, register_uid = _identities(session, pen.register_id)
    numbers: dict[str, int] = {}
    rows: list[Print] = []
    found: list[Printed] = []
    for order in orders:
        earlier = _same_paper(session, order)
        if earlier is not None:
            number, copy, code = earlier.number, _copies(session, earlier.number) + 1, earlier.check_code
            register, seq, made = earlier.register_id, earlier.seq, uid_of(session, earlier.register_id)
        else:
            prefix = prefix_of(order.report)
            if prefix not in numbers:
                numbers[prefix] = _last_number(session, prefix, act.today.year)
            numbers[prefix] += 1
            number, copy = f"{prefix}-{numbers[prefix]:06d}/{act.today.year}", 1
            register, seq, made = pen.register_id, pen.seq, register_uid
            code = check_code(
                book_uid, number, order.subject, order.ends, order.balance, register_uid, seq, pen.last
            )
        rows.append(
            Print(
                uid=new_uid(),
                report=order.report,
                number=number,
                copy=copy,
                group_id=order.group,
                member_id=order.member,
                meeting_id=order.meeting,
                voucher_id=order.voucher,
                starts=order.starts,
                ends=order.ends,
                subject=order.subject,
                balance=order.balance,
                register_id=register,
                seq=seq,
                check_code=code,
                printed_at=act.at,
                printed_by=act.who,
            )
        )
        found.append(
            Printed(
                number,
                copy,
                code,
                f"{made.hex()[-6:].upper()}-{seq}",
                qr_text(book_uid, number, order.subject, order.ends, order.balance, made, seq, code),
            )
        )
    session.add_all(rows)
    session.flush()
    return found


# -- reading ---------------------------------------------------------------------------------------


def _identities(session: Session, register: int) -> tuple[bytes, bytes]:
    return session.scalars(select(BookRow.uid)).one(), uid_of(session, register)


def _last_number(session: Session, prefix: str, year: int) -> int:
    """Return how many papers of a kind were numbered in a year; numbers have no gaps, so it is the last one."""
    return session.scalars(
        select(func.count())
        .select_from(Print)
        .where(Print.number.like(f"{prefix}-%/{year}"), Print.copy == 1)
    ).one()


def _copies(session: Session, number: str) -> int:
    return session.scalars(select(func.max(Print.copy)).where(Print.number == number)).one() or 0


def _same_paper(session: Session, order: PrintOrder) -> Print | None:
    """Return the first printing of the same paper when nothing it says has moved since."""
    first = session.scalars(
        select(Print)
        .where(
            Print.report == order.report,
            Print.group_id == order.group,
            Print.member_id == order.member,
            Print.meeting_id == order.meeting,
            Print.voucher_id == order.voucher,
            Print.starts == order.starts,
            Print.ends == order.ends,
            Print.balance == order.balance,
            Print.subject == order.subject,
            Print.copy == 1,
        )
        .order_by(Print.id.desc())
        .limit(1)
    ).one_or_none()
    if first is None or order.group is None or order.ends is None:
        return first
    moved = session.scalars(
        select(Voucher.id)
        .where(
            Voucher.group_id == order.group,
            Voucher.day <= order.ends,
            Voucher.recorded_at > first.printed_at,
        )
        .limit(1)
    ).first()
    return first if moved is None else None

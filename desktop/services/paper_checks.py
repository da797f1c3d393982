"""Whether a paper still fits the book: it matches, differs, or was corrected after it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.kinds import OWED_TO_MEMBERS, Account, natural
from desktop.models.records.every import AccountRow, Change, Posting, Print, TrainingCertificate, Voucher
from desktop.models.rules.entries import show_number
from desktop.services.paper_codes import check_code, qr_text, uid_of
from desktop.services.restore_notes import notes
from desktop.store.book import Book
from desktop.store.glance import SessionGlance
from resources.lang.dates import show_day, show_instant
from resources.lang.dong import show_dong
from resources.lang.messages import _


class Verdict(StrEnum):
    """What checking a paper against the book says."""

    MATCHES = "matches"
    DIFFERS = "differs"
    CORRECTED = "corrected"
    OTHER_BOOK = "other_book"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The verdict on a paper, in words."""

    verdict: Verdict
    message: str
    number: str = ""


def check_paper(book: Book, text: str) -> PaperCheck:
    """Compare the text of a paper's QR code with the book, offline: matches, differs, or corrected later."""
    fields = text.strip().split(";")
    if len(fields) != 8 or fields[0] != "SN1" or not fields[5].lstrip("-").isdigit():
        return PaperCheck(Verdict.UNREADABLE, _("Đây không phải là mã QR của một tờ giấy in từ Sổ Nhóm."))
    _mark, short, number, _subject, _day, balance, _position, code = fields
    if short != book.uid.hex()[-8:]:
        return PaperCheck(Verdict.OTHER_BOOK, _("Giấy này in từ một sổ khác."), number)
    with book.read() as session:
        paper = session.scalars(select(Print).where(Print.number == number, Print.copy == 1)).one_or_none()
        if paper is None:
            text = _("Sổ này chưa từng in giấy số {number}.").format(number=number)
            return PaperCheck(
                Verdict.DIFFERS, f"{text} {_after_a_restoring(session, book.uid)}".strip(), number
            )
        register = uid_of(session, paper.register_id)
        said = (book.uid, number, paper.subject, paper.ends, paper.balance, register, paper.seq)
        wanted = check_code(*said, _chain_at(session, paper.register_id, paper.seq))
        true_text = qr_text(*said, wanted)
        if text.strip() != true_text or code != paper.check_code:
            return PaperCheck(
                Verdict.DIFFERS,
                " ".join(
                    part
                    for part in (
                        _("KHÔNG KHỚP: nội dung giấy số {number} khác với sổ (sổ ghi {balance}).").format(
                            number=number, balance=show_dong(paper.balance)
                        ),
                        _after_a_restoring(session, book.uid),
                    )
                    if part
                ),
                number,
            )
        return _compare_balance(session, paper, int(balance))


def _after_a_restoring(session: Session, book: bytes) -> str:
    """Return why an honest paper may not be in the book, when the book was once restored from a copy."""
    for note in notes(SessionGlance(session.connection()), book, 1):
        if note.written_at is not None:
            return _(
                "Sổ được khôi phục lúc {restored} từ bản sao có dữ liệu đến {until}; "
                "giấy in giữa hai lúc đó không còn trong sổ."
            ).format(restored=show_instant(note.at), until=show_instant(note.written_at))
    return ""


def _compare_balance(session: Session, paper: Print, printed: int) -> PaperCheck:
    if paper.report == "training-certificate" and (revoked := _revoked(session, paper.number)) is not None:
        text = _("ĐÃ THU HỒI: giấy chứng nhận số {number} không còn giá trị từ ngày {day}.")
        return PaperCheck(
            Verdict.CORRECTED, text.format(number=paper.number, day=show_day(revoked)), paper.number
        )
    if paper.report != "member_statement" or paper.member_id is None or paper.ends is None:
        return PaperCheck(
            Verdict.MATCHES,
            _("KHỚP: giấy số {number} đúng với sổ.").format(number=paper.number),
            paper.number,
        )
    then = _owed(session, paper, recorded_by_then=True)
    if then != printed:
        return PaperCheck(
            Verdict.DIFFERS,
            _("KHÔNG KHỚP: theo sổ, số dư khi in là {then}, giấy ghi {printed}.").format(
                then=show_dong(then), printed=show_dong(printed)
            ),
            paper.number,
        )
    later = _later_voucher(session, paper)
    if later is not None:
        return PaperCheck(
            Verdict.CORRECTED,
            _(
                "ĐÃ ĐIỀU CHỈNH SAU KHI IN: chứng từ {voucher} ghi ngày {day}; số dư nay là {now} (giấy ghi {printed})."
            ).format(
                voucher=show_number(later.paper, later.number, later.year),
                day=show_day(later.recorded_at.astimezone().date()),
                now=show_dong(_owed(session, paper, recorded_by_then=False)),
                printed=show_dong(printed),
            ),
            paper.number,
        )
    return PaperCheck(
        Verdict.MATCHES,
        _("KHỚP: giấy số {number} đúng với sổ, số dư {balance}.").format(
            number=paper.number, balance=show_dong(printed)
        ),
        paper.number,
    )


def _chain_at(session: Session, register: int, seq: int) -> bytes:
    """Return the chain's hash at a place, or zeros where there is none (then no code fits)."""
    for table in (Voucher, Change):
        found = session.scalars(
            select(table.hash).where(table.register_id == register, table.seq == seq)
        ).one_or_none()
        if found is not None:
            return found
    return bytes(32)


def _revoked(session: Session, number: str) -> date | None:
    return session.scalar(select(TrainingCertificate.revoked).where(TrainingCertificate.number == number))


def _owed(session: Session, paper: Print, *, recorded_by_then: bool) -> int:
    query = (
        select(AccountRow.account, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Voucher, Voucher.id == Posting.voucher_id)
        .where(
            AccountRow.group_id == paper.group_id,
            AccountRow.member_id == paper.member_id,
            AccountRow.account.in_([int(account) for account in OWED_TO_MEMBERS]),
            Posting.day <= paper.ends,
        )
        .group_by(AccountRow.account)
    )
    if recorded_by_then:
        query = query.where(Voucher.recorded_at <= paper.printed_at)
    return sum(natural(Account(number), int(amount)) for number, amount in session.execute(query))


def _later_voucher(session: Session, paper: Print) -> Voucher | None:
    return session.scalars(
        select(Voucher)
        .join(Posting, Posting.voucher_id == Voucher.id)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(
            AccountRow.group_id == paper.group_id,
            AccountRow.member_id == paper.member_id,
            Posting.day <= paper.ends,
            Voucher.recorded_at > paper.printed_at,
        )
        .order_by(Voucher.id)
        .limit(1)
    ).first()

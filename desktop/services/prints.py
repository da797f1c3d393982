"""What was printed, under which number, at which place of the chain; and whether a paper still fits the book.

A paper's check code is taken over its identity, its balance and the chain's hash at its position, so that it
anchors the whole book as it was: nobody can change what came before without the code failing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId, new_uid
from desktop.models.kinds import Account, natural
from desktop.models.records.every import (
    AccountRow,
    BookRow,
    Change,
    Member,
    Posting,
    Print,
    Register,
    TrainingCertificate,
    Voucher,
)
from desktop.models.rules.entries import show_number
from desktop.services.acts import Act
from desktop.services.restore_notes import notes
from desktop.store.book import Book
from desktop.store.glance import SessionGlance
from desktop.store.trail import Pen, canonical
from resources.lang.dates import show_day, show_instant
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

OWED = (Account.SAVINGS, Account.COMPULSORY_SAVINGS, Account.SHARES)
"""The accounts that add up to what the group owes a member."""

_PREFIX = {
    "member_statement": "SK",
    "meeting_minutes": "BB",
    "blank_sheet": "PH",
    "cash_book": "SQ",
    "loan-application": "DV",
    "loan-contract": "HD",
    "loan-schedule": "LT",
    "loan-passbook": "SV",
    "loan-payoff": "TT",
    "loan-reminder": "TN",
    "livelihood-record": "HS",
    "business-plan": "KH",
    "visit-form": "TS",
    "audit-sheet": "PKT",
    "audit-minutes": "BBKT",
    "job-report": "BL",
    "lender-collection": "BK",
    "share-out": "CP",
    "cash-count": "KK",
    "opening-balances": "SD",
    "social-book": "XH",
    "expense-list": "CH",
    "group-report": "BC",
    "savings-interest": "TL",
    "rosca-agreement": "TH",
    "rosca-ledger": "SH",
    "rosca-notice": "TB",
    "support-dossier": "HT",
    "support-handover": "BG",
    "support-assessment": "DG",
    "asset-register": "TX",
    "asset-card": "TX",
    "constitution": "QC",
    "passbook": "ST",
    "model-sheet": "MH",
    "training-certificate": "CN",
    "training-attendance": "DD",
    "training-class": "LH",
}
_TITLES = {
    "member_statement": N_("Sao kê thành viên"),
    "meeting_minutes": N_("Biên bản họp"),
    "receipt": N_("Phiếu thu, phiếu chi"),
    "blank_sheet": N_("Phiếu họp trống"),
    "cash_book": N_("Sổ quỹ tiền mặt"),
    "trial_balance": N_("Bảng cân đối tài khoản"),
    "member_list": N_("Danh sách thành viên"),
    "loan-application": N_("Đơn đề nghị vay vốn"),
    "loan-contract": N_("Hợp đồng vay vốn"),
    "loan-schedule": N_("Lịch trả nợ"),
    "loan-passbook": N_("Sổ vay vốn"),
    "loan-payoff": N_("Báo giá tất toán"),
    "loan-reminder": N_("Thư nhắc trả nợ"),
    "livelihood-record": N_("Hồ sơ sinh kế"),
    "business-plan": N_("Kế hoạch kinh doanh"),
    "visit-form": N_("Phiếu thăm sinh kế"),
    "audit-sheet": N_("Phiếu kiểm tra"),
    "audit-minutes": N_("Biên bản kiểm tra"),
    "job-report": N_("Báo cáo việc làm và thu nhập"),
    "lender-collection": N_("Bảng kê thu hộ bên cho vay"),
    "share-out": N_("Bảng chia cổ phần"),
    "cash-count": N_("Biên bản kiểm kê quỹ"),
    "opening-balances": N_("Biên bản bàn giao số dư đầu"),
    "social-book": N_("Sổ quỹ xã hội"),
    "expense-list": N_("Bảng kê chi phí"),
    "group-report": N_("Báo cáo tháng, quý của nhóm"),
    "savings-interest": N_("Bảng tính lãi tiết kiệm"),
    "rosca-agreement": N_("Văn bản thỏa thuận về dây họ"),
    "rosca-ledger": N_("Sổ họ"),
    "rosca-notice": N_("Thông báo về việc tổ chức dây họ"),
    "support-dossier": N_("Hồ sơ hỗ trợ"),
    "support-handover": N_("Biên bản bàn giao"),
    "support-assessment": N_("Phiếu đánh giá tính bền vững"),
    "asset-register": N_("Sổ theo dõi tài sản"),
    "asset-card": N_("Thẻ tài sản"),
    "constitution": N_("Quy chế hoạt động nhóm"),
    "passbook": N_("Sổ thành viên"),
    "model-sheet": N_("Bản mô tả mô hình"),
    "training-certificate": N_("Giấy chứng nhận tập huấn"),
    "training-attendance": N_("Danh sách điểm danh lớp tập huấn"),
    "training-class": N_("Báo cáo lớp tập huấn"),
}

_STANDING = frozenset(
    {
        "blank_sheet",
        "member_list",
        "constitution",
        "cash-count",
        "audit-sheet",
        "audit-minutes",
        "model-sheet",
        "livelihood-record",
        "business-plan",
        "visit-form",
        "job-report",
        "training-certificate",
        "training-attendance",
        "training-class",
    }
)
"""Papers that no voucher makes wrong: they name no balance of the book, or keep the one of their own hour."""


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


@dataclass(frozen=True, slots=True)
class AffectedPaper:
    """A paper printed earlier that a later correction made out of date."""

    number: str
    title: str
    member: str
    ends: date | None
    printed_at: datetime
    starts: date | None = None
    """The first day it speaks of; of a paper of a loan, the day of the money it was printed for beforehand."""


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
            register, seq, made = earlier.register_id, earlier.seq, _uid_of(session, earlier.register_id)
        else:
            prefix = _PREFIX.get(order.report, "GI")
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


def check_code(
    book: bytes,
    number: str,
    subject: str,
    ends: date | None,
    balance: int,
    register: bytes,
    seq: int,
    chain: bytes,
) -> str:
    """Return the code of a paper: twelve letters and digits over what it says and the chain's hash at its place."""
    content = canonical(
        [
            book.hex(),
            number,
            subject,
            None if ends is None else ends.isoformat(),
            balance,
            register.hex(),
            seq,
            chain.hex(),
        ]
    )
    digest = hashlib.sha256(content.encode()).hexdigest()[:12].upper()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:]}"


def qr_text(
    book: bytes,
    number: str,
    subject: str,
    ends: date | None,
    balance: int,
    register: bytes,
    seq: int,
    code: str,
) -> str:
    """Return the text of a paper's QR code: fields parted by `;`, readable by any telephone."""
    day = "" if ends is None else ends.isoformat()
    return ";".join(
        ["SN1", book.hex()[-8:], number, subject, day, str(balance), f"{register.hex()[-6:]}.{seq}", code]
    )


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
        subject = paper.subject
        wanted = check_code(
            book.uid,
            number,
            subject,
            paper.ends,
            paper.balance,
            _uid_of(session, paper.register_id),
            paper.seq,
            _chain_at(session, paper.register_id, paper.seq),
        )
        true_text = qr_text(
            book.uid,
            number,
            subject,
            paper.ends,
            paper.balance,
            _uid_of(session, paper.register_id),
            paper.seq,
            wanted,
        )
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


def affected_papers(
    session: Session,
    group: GroupId,
    since: date,
    meeting: MeetingId | None,
    members: Collection[int | None] | None = None,
    vouchers: Collection[int] | None = None,
) -> list[AffectedPaper]:
    """Return the papers of a group that say something about a day not before `since`, the latest first.

    `members` narrows members' own papers to those concerned, `vouchers` the receipts; papers of the whole group
    are always among them. What no voucher can make wrong (a constitution, a count of its own hour) is not.
    """
    concerns = Print.ends >= since
    if meeting is not None:
        concerns = concerns | (Print.meeting_id == meeting)
    if members is not None:
        concerned = [member for member in members if member is not None]
        concerns = concerns & (Print.member_id.is_(None) | Print.member_id.in_(concerned))
    if vouchers is not None:
        concerns = concerns & (Print.voucher_id.is_(None) | Print.voucher_id.in_(list(vouchers)))
    return _told(session, Print.group_id == group, Print.report.not_in(sorted(_STANDING)), concerns)


def printed_about(
    session: Session, group: GroupId, subject: str, reports: Collection[str]
) -> list[AffectedPaper]:
    """Return the papers of these kinds that were printed about one subject (a loan's code), the latest first."""
    return _told(session, Print.group_id == group, Print.subject == subject, Print.report.in_(list(reports)))


def _told(session: Session, *which: ColumnElement[bool]) -> list[AffectedPaper]:
    rows = session.execute(
        select(Print, Member.family, Member.middle, Member.given)
        .outerjoin(Member, Member.id == Print.member_id)
        .where(*which)
        .order_by(Print.id.desc())
    )
    return [
        AffectedPaper(
            # A slip carries the number of its voucher; the number of its printing stands nowhere on it.
            paper.subject if paper.report == "receipt" and paper.subject else paper.number,
            report_title(paper.report),
            " ".join(part for part in (family, middle, given) if part),
            paper.ends,
            paper.printed_at,
            paper.starts,
        )
        for paper, family, middle, given in rows
    ]


def report_title(report: str) -> str:
    """Return the name of a kind of paper in the language in use."""
    return _(_TITLES.get(report, report))


# -- reading ---------------------------------------------------------------------------------------


def _identities(session: Session, register: int) -> tuple[bytes, bytes]:
    return session.scalars(select(BookRow.uid)).one(), _uid_of(session, register)


def _uid_of(session: Session, register: int) -> bytes:
    return session.scalars(select(Register.uid).where(Register.id == register)).one()


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
            AccountRow.account.in_([int(account) for account in OWED]),
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

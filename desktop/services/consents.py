"""Consent, purpose by purpose: given on a day with proof, withdrawn at any time. No row is no consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import ConsentId, MemberId, new_uid
from desktop.models.inclusion_kinds import ConsentForm, Purpose
from desktop.models.kinds import AttachmentKind
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Consent, Member
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.attachments import NewFile, Subject, attach_in, files_in
from desktop.services.erasing import refuse_erased
from desktop.store.book import Book
from resources.lang.messages import _

TEXT_VERSION = "2026-1"
"""The wording of the printed consent form (`reports.consent`)."""


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """A person agrees to purposes on a day. `scan` is the signed paper; without it the paper is kept elsewhere."""

    member: MemberId
    purposes: tuple[Purpose, ...]
    given: date
    form: ConsentForm = ConsentForm.SIGNED
    representative: str = ""
    scan: NewFile | None = None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One purpose and where it stands: `id` None and `given` None where it was never agreed to."""

    purpose: Purpose
    id: ConsentId | None = None
    uid: bytes | None = None
    given: date | None = None
    form: ConsentForm | None = None
    representative: str = ""
    withdrawn: date | None = None
    scans: int = 0
    by: str = ""

    @property
    def holds(self) -> bool:
        """Tell whether the person agrees now."""
        return self.given is not None and self.withdrawn is None


def give(book: Book, command: GiveConsent, act: Act) -> Outcome[MemberId]:
    """Record that a person agreed. Raises Refusal."""
    with book.write(act) as session:
        give_in(session, command, act)
    return Outcome(command.member, Changed.of(Topic.INCLUSION, Topic.MEMBERS))


def give_in(session: Session, command: GiveConsent, act: Act) -> None:
    """Record that a person agreed, inside an open write; purposes agreed to already stay as they are."""
    member = session.get_one(Member, command.member)
    refuse_erased(session, member)
    refuse_if_stopped(_problems(member, command, act.today))
    fresh = [purpose for purpose in command.purposes if not holds(session, member.id, purpose)]
    kept: list[Consent] = []
    for purpose in fresh:
        row = Consent(
            uid=new_uid(),
            member_id=member.id,
            purpose=purpose,
            text_version=TEXT_VERSION,
            given=command.given,
            form=command.form,
            representative=people.tidy(command.representative),
            at=act.at,
            by=act.who,
        )
        session.add(row)
        session.flush()
        kept.append(row)
    if command.scan is not None:
        # One sheet holds all purposes: it is kept once, beside the first. A paper that comes after the word was
        # given (nothing fresh) is the proof of what stands already.
        beside = kept or _standing(session, command)
        attach_in(session, Subject.of(beside[0]), command.scan, act)


def _standing(session: Session, command: GiveConsent) -> list[Consent]:
    """Return the consents that hold now to the purposes of a command, in their order."""
    query = select(Consent).where(Consent.member_id == command.member, Consent.withdrawn.is_(None))
    rows = {row.purpose: row for row in session.scalars(query.order_by(Consent.given, Consent.id))}
    return [rows[purpose] for purpose in command.purposes if purpose in rows]


def withdraw(book: Book, consent: ConsentId, on: date, reason: str, act: Act) -> Outcome[ConsentId]:
    """Record that a person no longer agrees; what was done before stays lawful. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Consent, consent)
        if row.withdrawn is not None:
            raise Refusal([Problem.stop("withdrawn", "on", _("Sự đồng ý này đã được rút."))])
        if on < row.given:
            raise Refusal([Problem.stop("before", "on", _("Ngày rút không thể trước ngày đồng ý."))])
        if on > act.today:
            raise Refusal([Problem.stop("future", "on", _("Ngày rút không thể ở tương lai."))])
        row.withdrawn, row.reason = on, people.tidy(reason)
    return Outcome(consent, Changed.of(Topic.INCLUSION, Topic.MEMBERS))


def of_member(book: Book, member: MemberId) -> list[ConsentRow]:
    """Return every purpose with the latest consent to it."""
    with book.read() as session:
        return rows_in(session, member)


def rows_in(session: Session, member: MemberId | int) -> list[ConsentRow]:
    """Return every purpose with the latest consent to it, inside an open session."""
    latest: dict[Purpose, Consent] = {}
    for row in session.scalars(
        select(Consent).where(Consent.member_id == member).order_by(Consent.given, Consent.id)
    ):
        latest[row.purpose] = row
    return [_row(session, purpose, latest.get(purpose)) for purpose in Purpose]


def _row(session: Session, purpose: Purpose, row: Consent | None) -> ConsentRow:
    if row is None:
        return ConsentRow(purpose)
    scans = len(files_in(session, Subject.of(row)))
    return ConsentRow(
        purpose,
        ConsentId(row.id),
        row.uid,
        row.given,
        row.form,
        row.representative,
        row.withdrawn,
        scans,
        row.by,
    )


def holds(session: Session, member: int, purpose: Purpose, on: date | None = None) -> bool:
    """Tell whether a person agrees to a purpose (on a day, without one now)."""
    query = select(Consent.id).where(Consent.member_id == member, Consent.purpose == purpose)
    if on is None:
        query = query.where(Consent.withdrawn.is_(None))
    else:
        query = query.where(Consent.given <= on, or_(Consent.withdrawn.is_(None), Consent.withdrawn > on))
    return session.scalar(query.limit(1)) is not None


def agreeing_in(session: Session, purpose: Purpose) -> frozenset[int]:
    """Return everyone who has agreed to a purpose and has not withdrawn it."""
    query = select(Consent.member_id).where(Consent.purpose == purpose, Consent.withdrawn.is_(None))
    return frozenset(session.scalars(query))


def left_out_note(people: int, least: int) -> str:
    """Return what a paper for readers outside the commune says of those who have not agreed to be counted; "" for none.

    Below `least` the number itself would tell too much.
    """
    if not people:
        return ""
    number = str(people) if people >= least else _("dưới {n}").format(n=least)
    text = _("Không tính {number} người chưa đồng ý cho dùng số liệu của mình để báo cáo ra ngoài xã.")
    return text.format(number=number)


def require(session: Session, member: int, purpose: Purpose, field: str = "") -> list[Problem]:
    """Return the problem of a field that is locked because the person has not agreed to its purpose."""
    if holds(session, member, purpose):
        return []
    text = _("Người này chưa đồng ý cho dùng dữ liệu về: {purpose}. Hãy in giấy đồng ý, hỏi và ghi trước.")
    return [Problem.stop("no-consent", field, text.format(purpose=purpose.title.lower()))]


def _problems(member: Member, command: GiveConsent, today: date) -> Iterable[Problem]:
    if not command.purposes:
        yield Problem.stop("no-purpose", "purposes", _("Hãy chọn ít nhất một mục đích mà người đó đồng ý."))
    if command.given > today:
        yield Problem.stop("future", "given", _("Ngày đồng ý không thể ở tương lai."))
    if member.birth_date is not None and command.given < member.birth_date:
        yield Problem.stop("before-birth", "given", _("Ngày đồng ý trước ngày sinh."))
    if command.form is ConsentForm.REPRESENTATIVE and not command.representative.strip():
        yield Problem.stop("no-representative", "representative", _("Hãy ghi tên người đại diện hợp pháp."))


def scan_file(name: str, content: bytes) -> NewFile:
    """Return a scanned consent paper as it is kept."""
    return NewFile(AttachmentKind.CONSENT, name, content, _("Giấy đồng ý"))

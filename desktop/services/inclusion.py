"""Certificates of disability, categories of vulnerable people, accommodations: entered, ended, shown.

What is sensitive is shown to those who may see it, and the reading is logged. Accommodations act: large print sets the
member's own large print; what a meeting must mind is on the meeting's sheet (`reminders_in`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, new_uid
from desktop.models.inclusion_kinds import (
    Accommodate,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    SeenHow,
    Vulnerable,
)
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Accommodation, DisabilityCertificate, Member, Vulnerability
from desktop.models.rules import people
from desktop.services import consents, sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.erasing import refuse_erased
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _

_CHANGED = Changed.of(Topic.INCLUSION, Topic.MEMBERS, Topic.MEETINGS)


@dataclass(frozen=True, slots=True)
class AddCertificate:
    """A certificate of disability: number, kinds, degree, issuing day and, where the paper has one, its last day."""

    member: MemberId
    number: str
    types: tuple[DisabilityType, ...]
    degree: DisabilityDegree | None
    issued: date
    expires: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class AddVulnerability:
    """A category that a person belongs to from a day; `basis` is a paper's number or "tự khai"."""

    member: MemberId
    category: Vulnerable
    since: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AddAccommodation:
    """What is done for a person from a day. `note` is read by the clerk of a meeting, `barrier` is sensitive."""

    member: MemberId
    kind: Accommodate
    since: date
    note: str = ""
    barrier: str = ""


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as lists show it."""

    id: int
    uid: bytes
    number: str
    types: tuple[DisabilityType, ...]
    degree: DisabilityDegree
    issued: date
    expires: date | None
    issuer: str
    withdrawn: date | None

    def valid_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        ends = [one for one in (self.expires, self.withdrawn) if one is not None]
        return self.issued <= day and all(day <= end for end in ends)


@dataclass(frozen=True, slots=True)
class VulnerabilityRow:
    """A category with its days."""

    id: int
    category: Vulnerable
    since: date
    until: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class AccommodationRow:
    """An accommodation with its days; `barrier` is empty for who may not see it."""

    id: int
    kind: Accommodate
    since: date
    until: date | None
    note: str
    barrier: str


@dataclass(frozen=True, slots=True)
class InclusionDetail:
    """All that the page of a person shows; `locked` says why certificates and vulnerabilities are not shown."""

    certificates: tuple[CertificateRow, ...]
    vulnerabilities: tuple[VulnerabilityRow, ...]
    accommodations: tuple[AccommodationRow, ...]
    locked: str = ""


# -- deeds -----------------------------------------------------------------------------------------


def add_certificate(book: Book, command: AddCertificate, act: Act) -> Outcome[MemberId]:
    """Enter a certificate. Raises Refusal: without a number, kinds or degree, or with impossible days."""
    sight.require(book)
    with book.write(act) as session:
        member = session.get_one(Member, command.member)
        refuse_erased(session, member)
        problems = [
            *consents.require(session, member.id, Purpose.HEALTH),
            *_certificate_problems(member, command, act.today),
        ]
        refuse_if_stopped(problems)
        assert command.degree is not None
        session.add(
            DisabilityCertificate(
                uid=new_uid(),
                member_id=member.id,
                number=people.tidy(command.number),
                types=",".join(kind.value for kind in DisabilityType if kind in command.types),
                degree=command.degree,
                issued=command.issued,
                expires=command.expires,
                issuer=people.tidy(command.issuer),
                at=act.at,
                by=act.who,
            )
        )
    return Outcome(command.member, _CHANGED)


def _certificate_problems(member: Member, command: AddCertificate, today: date) -> list[Problem]:
    problems = []
    if not command.number.strip():
        problems.append(
            Problem.stop("no-number", "number", _("Giấy xác nhận phải có số. Hãy xem số trên giấy."))
        )
    if not command.types:
        problems.append(
            Problem.stop("no-type", "types", _("Hãy chọn ít nhất một dạng khuyết tật ghi trên giấy."))
        )
    if command.degree is None:
        problems.append(Problem.stop("no-degree", "degree", _("Hãy chọn mức độ ghi trên giấy.")))
    problems += _day_problems(member, command.issued, today, "issued")
    if command.expires is not None and command.expires < command.issued:
        problems.append(Problem.stop("ends-before", "expires", _("Ngày hết hạn trước ngày cấp.")))
    return problems


def withdraw_certificate(book: Book, certificate: int, on: date, reason: str, act: Act) -> Outcome[int]:
    """Record that a certificate no longer holds. Raises Refusal."""
    sight.require(book)
    with book.write(act) as session:
        row = session.get_one(DisabilityCertificate, certificate)
        if on < row.issued or on > act.today:
            raise Refusal([Problem.stop("day", "on", _("Ngày phải từ ngày cấp đến hôm nay."))])
        row.withdrawn, row.reason = on, people.tidy(reason)
    return Outcome(certificate, _CHANGED)


def add_vulnerability(book: Book, command: AddVulnerability, act: Act) -> Outcome[MemberId]:
    """Enter that a person belongs to a category. Raises Refusal."""
    sight.require(book)
    with book.write(act) as session:
        member = session.get_one(Member, command.member)
        refuse_erased(session, member)
        problems = [
            *consents.require(session, member.id, Purpose.HARDSHIP),
            *_day_problems(member, command.since, act.today, "since"),
        ]
        twice = session.scalar(
            select(Vulnerability.id).where(
                Vulnerability.member_id == member.id,
                Vulnerability.category == command.category,
                Vulnerability.until.is_(None),
            )
        )
        if twice is not None:
            problems.append(Problem.stop("twice", "category", _("Diện này đã được ghi và chưa kết thúc.")))
        refuse_if_stopped(problems)
        session.add(
            Vulnerability(
                uid=new_uid(),
                member_id=member.id,
                category=command.category,
                since=command.since,
                basis=people.tidy(command.basis),
                at=act.at,
                by=act.who,
            )
        )
    return Outcome(command.member, _CHANGED)


def end_vulnerability(book: Book, vulnerability: int, on: date, act: Act) -> Outcome[int]:
    """Record the last day of a category. Raises Refusal."""
    sight.require(book)
    with book.write(act) as session:
        row = session.get_one(Vulnerability, vulnerability)
        _check_end(on, row.since)
        row.until = on
    return Outcome(vulnerability, _CHANGED)


def add_accommodation(book: Book, command: AddAccommodation, act: Act) -> Outcome[MemberId]:
    """Enter what is done for a person; large print also sets how their papers are printed. Raises Refusal."""
    with book.write(act) as session:
        member = session.get_one(Member, command.member)
        refuse_erased(session, member)
        problems = _day_problems(member, command.since, act.today, "since")
        if command.barrier.strip():
            if not sight.sensitive_in(session):
                problems.append(sight.no_right())
            problems += consents.require(session, member.id, Purpose.HEALTH, "barrier")
        if command.kind is Accommodate.OTHER and not command.note.strip():
            problems.append(Problem.stop("no-note", "note", _("Hãy ghi cần làm gì cho người này.")))
        refuse_if_stopped(problems)
        session.add(
            Accommodation(
                uid=new_uid(),
                member_id=member.id,
                kind=command.kind,
                since=command.since,
                note=people.tidy(command.note),
                barrier=people.tidy(command.barrier),
                at=act.at,
                by=act.who,
            )
        )
        if command.kind is Accommodate.LARGE_PRINT:
            member.large_print = True
    return Outcome(command.member, _CHANGED)


def end_accommodation(book: Book, accommodation: int, on: date, act: Act) -> Outcome[int]:
    """Record the last day of an accommodation; large print ends with it. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Accommodation, accommodation)
        _check_end(on, row.since)
        row.until = on
        if row.kind is Accommodate.LARGE_PRINT and on <= act.today:
            session.get_one(Member, row.member_id).large_print = False
    return Outcome(accommodation, _CHANGED)


def _check_end(on: date, since: date) -> None:
    if on < since:
        text = _("Ngày cuối không thể trước ngày đầu ({day}).").format(day=show_day(since))
        raise Refusal([Problem.stop("ends-before", "on", text)])


def _day_problems(member: Member, day: date, today: date, field: str) -> list[Problem]:
    if day > today:
        return [Problem.stop("future", field, _("Ngày này không thể ở tương lai."))]
    born = member.born
    first = born if isinstance(born, date) else None if born is None else date(born, 1, 1)
    if first is not None and day < first:
        return [Problem.stop("before-birth", field, _("Ngày này trước ngày sinh của người này."))]
    return []


# -- questions -------------------------------------------------------------------------------------


def of_member(book: Book, member: MemberId) -> InclusionDetail:
    """Return what is known of a person; the sensitive part only for who may see it, and logged."""
    with book.read() as session:
        uid = session.get_one(Member, member).uid
        found = detail_in(session, member)
    barriers = any(row.barrier for row in found.accommodations)
    if not found.locked and (found.certificates or found.vulnerabilities or barriers):
        sight.note(book, SeenHow.SEEN, "inclusion", [("members", uid)])
    return found


def detail_in(session: Session, member: MemberId | int) -> InclusionDetail:
    """Return what is known of a person inside an open session, as far as the user may see it."""
    allowed = sight.sensitive_in(session)
    certificates = session.scalars(
        select(DisabilityCertificate)
        .where(DisabilityCertificate.member_id == member)
        .order_by(DisabilityCertificate.issued.desc(), DisabilityCertificate.id.desc())
    )
    vulnerabilities = session.scalars(
        select(Vulnerability).where(Vulnerability.member_id == member).order_by(Vulnerability.since.desc())
    )
    accommodations = session.scalars(
        select(Accommodation).where(Accommodation.member_id == member).order_by(Accommodation.since.desc())
    )
    return InclusionDetail(
        tuple(_certificate(row) for row in certificates) if allowed else (),
        tuple(
            VulnerabilityRow(row.id, row.category, row.since, row.until, row.basis) for row in vulnerabilities
        )
        if allowed
        else (),
        tuple(
            AccommodationRow(row.id, row.kind, row.since, row.until, row.note, row.barrier if allowed else "")
            for row in accommodations
        ),
        "" if allowed else sight.no_right().message,
    )


def _certificate(row: DisabilityCertificate) -> CertificateRow:
    return CertificateRow(
        row.id,
        row.uid,
        row.number,
        tuple(DisabilityType(code) for code in row.types.split(",")),
        row.degree,
        row.issued,
        row.expires,
        row.issuer,
        row.withdrawn,
    )


def reminders_in(session: Session, members: Collection[int], on: date) -> dict[int, str]:
    """Return what the clerk of a meeting must mind of each person: what is done, never why."""
    rows = session.execute(
        select(Accommodation.member_id, Accommodation.kind, Accommodation.note)
        .where(
            Accommodation.member_id.in_(list(members)),
            Accommodation.since <= on,
            or_(Accommodation.until.is_(None), Accommodation.until >= on),
        )
        .order_by(Accommodation.member_id, Accommodation.since, Accommodation.id)
    )
    found: dict[int, list[str]] = {}
    for member, kind, note in rows:
        words = (
            note if kind is Accommodate.OTHER and note else f"{kind.title} ({note})" if note else kind.title
        )
        found.setdefault(member, []).append(words)
    return {member: "; ".join(words) for member, words in found.items()}

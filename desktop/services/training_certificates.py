"""Certificates: given to those who completed a course, numbered by their first printing, printed again as copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import CertificateId, ClassId, EnrolmentId, MemberId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Enrolment, Member, TrainingCertificate, TrainingClass
from desktop.models.rules import people
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.words import show_hours, show_points
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.training import Learning, learnings_in
from desktop.store.book import Book
from reports.kit.values import PrintMark
from reports.training_certificate import Certificate, Certificates
from resources.lang.messages import _
from resources.training import module_title

REPORT = "training-certificate"
_CHANGED = Changed.of(Topic.TRAINING, Topic.PRINTS)


@dataclass(frozen=True, slots=True)
class Give:
    """Give certificates of a class to some learners, on a day, signed by somebody in an office."""

    klass: ClassId
    enrolments: tuple[EnrolmentId, ...]
    day: date | None
    signer: str
    office: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate in a list."""

    id: CertificateId
    number: str
    enrolment: EnrolmentId
    member: MemberId
    code: str
    name: str
    klass: ClassId
    class_code: str
    course: str
    completed: date
    issued: date
    signer: str
    revoked: date | None
    reason: str


# -- deeds -----------------------------------------------------------------------------------------


@heads.for_paper
def give(book: Book, command: Give, act: Act) -> Outcome[Certificates]:
    """Give certificates and return them to be printed, in the order of names. Raises Refusal for whoever did not
    complete the course, or has a certificate of the class already.
    """
    with book.write(act) as session:
        klass = session.get_one(TrainingClass, command.klass)
        learnings = {one.enrolment: one for one in learnings_in(session, act.today, classes=[klass.id])}
        chosen = _in_order(session, command.enrolments)
        refuse_if_stopped(_check(session, command, klass, learnings, chosen, act))
        assert command.day is not None
        orders = [_order(session, row, member, klass) for row, member in chosen]
        marks = paper_marks.issue_marks(session, orders, act)
        printed = []
        for (row, member), mark in zip(chosen, marks, strict=True):
            learning = learnings[EnrolmentId(row.id)]
            assert learning.completed is not None
            made = TrainingCertificate(
                uid=new_uid(),
                enrolment_id=row.id,
                number=mark.number,
                issued=command.day,
                completed=learning.completed,
                signer=people.tidy(command.signer),
                office=people.tidy(command.office),
            )
            session.add(made)
            printed.append(_paper(made, member, klass, learning, mark))
        value = Certificates(heads.organisation(session), tuple(printed))
    return Outcome(value, _CHANGED)


@heads.for_paper
def reprint(book: Book, certificates: Sequence[CertificateId], act: Act) -> Outcome[Certificates]:
    """Return certificates given before, to be printed again under their numbers, each marked as a copy.

    Raises Refusal for one that was revoked.
    """
    with book.read() if book.readonly else book.write(act) as session:
        rows = [session.get_one(TrainingCertificate, key) for key in certificates]
        for row in rows:
            if row.revoked is not None:
                text = _("Giấy chứng nhận {number} đã thu hồi, không in lại được.").format(number=row.number)
                raise Refusal([Problem.stop("revoked", "", text)])
        printed = []
        for row in rows:
            enrolment = session.get_one(Enrolment, row.enrolment_id)
            member = session.get_one(Member, enrolment.member_id)
            klass = session.get_one(TrainingClass, enrolment.class_id)
            mark = paper_marks.issue_marks(session, [_order(session, enrolment, member, klass, row)], act)[0]
            learning = learnings_in(session, act.today, people=[member.id], classes=[klass.id])[0]
            printed.append(_paper(row, member, klass, learning, mark))
        value = Certificates(heads.organisation(session), tuple(printed))
    return Outcome(value, Changed.of(Topic.PRINTS))


def revoke(
    book: Book, certificate: CertificateId, day: date, reason: str, act: Act
) -> Outcome[CertificateId]:
    """Take back a certificate from a day on, with the reason: it was given by mistake. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(TrainingCertificate, certificate)
        problems = []
        if row.revoked is not None:
            problems.append(Problem.stop("twice", "day", _("Giấy này đã thu hồi rồi.")))
        if not row.issued <= day <= act.today:
            text = _("Ngày thu hồi phải từ ngày cấp đến hôm nay.")
            problems.append(Problem.stop("day", "day", text))
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Cần ghi lý do thu hồi.")))
        refuse_if_stopped(problems)
        row.revoked, row.reason = day, people.tidy(reason)
    return Outcome(certificate, _CHANGED)


# -- parts -----------------------------------------------------------------------------------------


def _in_order(session: Session, enrolments: Sequence[EnrolmentId]) -> list[tuple[Enrolment, Member]]:
    rows = session.execute(
        select(Enrolment, Member)
        .join(Member, Member.id == Enrolment.member_id)
        .where(Enrolment.id.in_(list(enrolments)))
        .order_by(Member.name_sort, Member.id)
    )
    return [(row, member) for row, member in rows]


def _check(
    session: Session,
    command: Give,
    klass: TrainingClass,
    learnings: dict[EnrolmentId, Learning],
    chosen: Sequence[tuple[Enrolment, Member]],
    act: Act,
) -> list[Problem]:
    found = []
    if not from_text(Course, klass.course).certified:
        text = _("Khóa học này không cấp giấy chứng nhận.")
        found.append(Problem.stop("uncertified", "enrolments", text))
    if not chosen:
        found.append(Problem.stop("missing", "enrolments", _("Hãy chọn ít nhất một người.")))
    if not command.signer.strip():
        found.append(Problem.stop("signer", "signer", _("Cần ghi tên người ký.")))
    if not command.office.strip():
        found.append(Problem.stop("office", "office", _("Cần ghi chức vụ người ký.")))
    if command.day is None:
        found.append(Problem.stop("missing", "day", _("Cần ghi ngày cấp.")))
    elif command.day > act.today:
        found.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
    there = {
        row.enrolment_id: row.number
        for row in session.scalars(
            select(TrainingCertificate).where(
                TrainingCertificate.enrolment_id.in_([row.id for row, _member in chosen]),
                TrainingCertificate.revoked.is_(None),
            )
        )
    }
    for row, member in chosen:
        learning = learnings.get(EnrolmentId(row.id))
        if learning is None:
            text = _("{name} không học lớp này.")
            found.append(Problem.stop("other", "enrolments", text.format(name=member.full_name)))
        elif learning.completed is None:
            missing = learning.standing.missing
            assert missing is not None
            text = _("{name} chưa hoàn thành khóa học: {missing} ({hours}/{all} giờ).").format(
                name=member.full_name,
                missing=missing.title.lower(),
                hours=show_hours(learning.standing.minutes),
                all=show_hours(learning.course.minutes),
            )
            found.append(Problem.stop("not-completed", "enrolments", text))
        elif row.id in there:
            text = _("{name} đã có giấy chứng nhận {number}. Hãy in lại giấy đó.")
            text = text.format(name=member.full_name, number=there[row.id])
            found.append(Problem.stop("twice", "enrolments", text))
        elif command.day is not None and command.day < learning.completed:
            text = _("{name} hoàn thành sau ngày cấp này.").format(name=member.full_name)
            found.append(Problem.stop("before", "day", text))
    return found


def _order(
    session: Session,
    row: Enrolment,
    member: Member,
    klass: TrainingClass,
    certificate: TrainingCertificate | None = None,
) -> PrintOrder:
    """Return the order of a certificate; one that stands for a revoked one is another paper."""
    query = select(func.count(TrainingCertificate.id)).where(TrainingCertificate.enrolment_id == row.id)
    if certificate is not None:
        query = query.where(TrainingCertificate.id < certificate.id)
    earlier = session.scalar(query) or 0
    again = f"/{earlier + 1}" if earlier else ""
    return PrintOrder(REPORT, member=MemberId(member.id), subject=f"{member.code} {klass.code}{again}")


def _paper(
    row: TrainingCertificate, member: Member, klass: TrainingClass, learning: Learning, mark: PrintMark
) -> Certificate:
    course = learning.course
    score = show_points(learning.result.post) if course.tested else ""
    return Certificate(
        mark=mark,
        number=row.number,
        name=member.full_name,
        sex=member.sex.value,
        born=member.born,
        person_code=member.code,
        course=course.title,
        modules=tuple(module_title(code) for code in course.codes) if len(course.codes) > 1 else (),
        hours=show_hours(course.minutes),
        attended=show_hours(learning.standing.minutes),
        score=_("{score}/{most}").format(score=score, most=show_points(course.most)) if score else "",
        starts=klass.starts,
        ends=row.completed,
        place=", ".join(part for part in (klass.place, heads.commune_text(klass.commune_code)) if part),
        issued=row.issued,
        issued_at=heads.commune_name(klass.commune_code),
        signer=row.signer,
        office=row.office,
        large_print=member.large_print,
    )


# -- questions -------------------------------------------------------------------------------------


def listed(book: Book, klass: ClassId | None = None) -> list[CertificateRow]:
    """Return the certificates given, the latest first; those of one class with it."""
    with book.read() as session:
        query = (
            select(TrainingCertificate, Enrolment, Member, TrainingClass)
            .join(Enrolment, Enrolment.id == TrainingCertificate.enrolment_id)
            .join(Member, Member.id == Enrolment.member_id)
            .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
            .order_by(TrainingCertificate.issued.desc(), TrainingCertificate.id.desc())
        )
        if klass is not None:
            query = query.where(TrainingClass.id == klass)
        return [
            CertificateRow(
                CertificateId(row.id),
                row.number,
                EnrolmentId(one.id),
                MemberId(member.id),
                member.code,
                member.full_name,
                ClassId(held.id),
                held.code,
                from_text(Course, held.course).shown,
                row.completed,
                row.issued,
                row.signer,
                row.revoked,
                row.reason,
            )
            for row, one, member, held in session.execute(query)
        ]

"""Classes: opened, changed, ended; who teaches and who learns in them; their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import ClassId, EnrolmentId, GroupId, MemberId, TrainerId, new_uid
from desktop.models.kinds import MemberStatus
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    ClassTrainer,
    Enrolment,
    Member,
    Trainer,
    TrainingAttendance,
    TrainingCertificate,
    TrainingClass,
    TrainingSession,
)
from desktop.models.rules import people
from desktop.models.rules.plain import to_text
from desktop.models.rules.training.classes import ClassFacts, check_class
from desktop.models.training_kinds import Care, ClassState
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.erasing import is_erased, why_erased
from desktop.services.training_courses import courses_in
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold

CHANGED = Changed.of(Topic.TRAINING)


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is written of a class. `trainers`: the first leads it and signs. `cost` in đồng."""

    course: str
    name: str
    starts: date | None
    ends: date | None
    capacity: int | None = 30
    place: str = ""
    commune: str | None = None
    group: GroupId | None = None
    funder: str = ""
    cost: int = 0
    childcare: str = ""
    transport: str = ""
    note: str = ""
    trainers: tuple[TrainerId, ...] = ()


# -- the class -------------------------------------------------------------------------------------


def open_class(book: Book, plan: ClassPlan, act: Act) -> Outcome[ClassId]:
    """Open a class of a course as it is on the first day. Raises Refusal."""
    with book.write(act) as session:
        problems = check_class(plan.name, plan.starts, plan.ends, plan.cost, plan.capacity, ClassFacts())
        course = courses_in(session, plan.starts or act.today).get(plan.course)
        if course is None:
            problems.append(_no_course(plan.starts))
        refuse_if_stopped(problems + _check_trainers(session, plan.trainers))
        assert course is not None
        assert plan.starts is not None
        assert plan.ends is not None
        record = TrainingClass(
            uid=new_uid(),
            code=next_code(session, TrainingClass),
            name="",
            course_code=course.code,
            course=to_text(course),
            starts=plan.starts,
            ends=plan.ends,
            capacity=plan.capacity or 1,
        )
        _apply(record, plan)
        session.add(record)
        session.flush()
        _set_trainers(session, record.id, plan.trainers)
        made = ClassId(record.id)
    return Outcome(made, CHANGED)


def change_class(book: Book, klass: ClassId, version: int, plan: ClassPlan, act: Act) -> Outcome[ClassId]:
    """Change what is written of a class; its course only before the first attendance. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(TrainingClass, klass)
        expect_version(record, version)
        facts = _facts(session, klass)
        problems = check_class(plan.name, plan.starts, plan.ends, plan.cost, plan.capacity, facts)
        if plan.course != record.course_code:
            course = courses_in(session, plan.starts or act.today).get(plan.course)
            if course is None:
                problems.append(_no_course(plan.starts))
            elif facts.held:
                text = _("Lớp đã điểm danh, không đổi khóa học được. Hãy mở lớp khác.")
                problems.append(Problem.stop("held", "course", text))
            else:
                record.course_code, record.course = course.code, to_text(course)
        refuse_if_stopped(problems + _check_trainers(session, plan.trainers))
        _apply(record, plan)
        _set_trainers(session, klass, plan.trainers)
    return Outcome(klass, CHANGED)


def set_state(book: Book, klass: ClassId, state: ClassState, reason: str, act: Act) -> Outcome[ClassId]:
    """End a class, call it off (with a reason, before the first attendance), or open it again. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(TrainingClass, klass)
        facts = _facts(session, klass)
        problems = []
        if state is ClassState.CANCELLED:
            if facts.held:
                text = _("Lớp đã có buổi điểm danh, không hủy được. Hãy kết thúc lớp.")
                problems.append(Problem.stop("held", "state", text))
            if not reason.strip():
                problems.append(Problem.stop("reason", "reason", _("Cần ghi lý do hủy lớp.")))
        if state is ClassState.FINISHED:
            if not facts.held:
                text = _("Lớp chưa có buổi nào điểm danh. Nếu không dạy, hãy hủy lớp.")
                problems.append(Problem.stop("not-held", "state", text))
            waiting = session.scalar(
                select(func.count(TrainingSession.id)).where(
                    TrainingSession.class_id == klass, TrainingSession.held == 0
                )
            )
            if waiting:
                text = _("Còn {count} buổi chưa điểm danh: hãy điểm danh hoặc bỏ các buổi đó.")
                problems.append(Problem.stop("waiting", "state", text.format(count=waiting)))
        refuse_if_stopped(problems)
        record.state, record.reason = state, people.tidy(reason)
    return Outcome(klass, CHANGED)


def _apply(record: TrainingClass, plan: ClassPlan) -> None:
    assert plan.starts is not None
    assert plan.ends is not None
    assert plan.capacity is not None
    record.name = people.tidy(plan.name)
    record.name_fold = fold(record.name)
    record.starts, record.ends = plan.starts, plan.ends
    record.place, record.commune_code = people.tidy(plan.place), plan.commune
    record.group_id, record.funder, record.cost = plan.group, people.tidy(plan.funder), plan.cost
    record.capacity = plan.capacity
    record.childcare, record.transport = people.tidy(plan.childcare), people.tidy(plan.transport)
    record.note = people.tidy_note(plan.note)


def _no_course(day: date | None) -> Problem:
    if day is None:
        return Problem.stop("course", "course", _("Hãy chọn khóa học."))
    text = _("Không có khóa học này vào ngày {day}. Hãy chọn khóa học.").format(day=show_day(day))
    return Problem.stop("course", "course", text)


def _check_trainers(session: Session, trainers: Sequence[TrainerId]) -> list[Problem]:
    if len(set(trainers)) != len(trainers):
        return [Problem.stop("twice", "trainers", _("Một giảng viên chỉ ghi một lần."))]
    if any(session.get(Trainer, one) is None for one in trainers):
        return [Problem.stop("trainer", "trainers", _("Giảng viên này không có trong sổ."))]
    return []


def _set_trainers(session: Session, klass: int, trainers: Sequence[TrainerId]) -> None:
    there = {
        row.trainer_id: row
        for row in session.scalars(select(ClassTrainer).where(ClassTrainer.class_id == klass))
    }
    for key, row in there.items():
        if key not in trainers:
            session.delete(row)
    for place, trainer in enumerate(trainers):
        known = there.get(trainer)
        if known is None:
            session.add(ClassTrainer(uid=new_uid(), class_id=klass, trainer_id=trainer, leads=place == 0))
        else:
            known.leads = place == 0


def _facts(session: Session, klass: int) -> ClassFacts:
    rows = session.execute(
        select(TrainingSession.day, TrainingSession.held).where(TrainingSession.class_id == klass)
    ).all()
    return ClassFacts(
        tuple(day for day, _held in rows), _learners(session, klass), any(held for _day, held in rows)
    )


def _learners(session: Session, klass: int) -> int:
    return (
        session.scalar(
            select(func.count(Enrolment.id)).where(Enrolment.class_id == klass, Enrolment.withdrawn.is_(None))
        )
        or 0
    )


# -- who learns ------------------------------------------------------------------------------------


def enrol(
    book: Book,
    klass: ClassId,
    members: Sequence[MemberId],
    day: date | None,
    act: Act,
    care: Care = Care.NONE,
) -> Outcome[ClassId]:
    """Enrol people of the book, members of a group or not, from a day on (the first day unless said otherwise).
    Raises Refusal (field "members").

    Whoever left a class may come back to it.
    """
    with book.write(act) as session:
        record = session.get_one(TrainingClass, klass)
        since = day or record.starts
        there = {
            row.member_id: row
            for row in session.scalars(select(Enrolment).where(Enrolment.class_id == klass))
        }
        refuse_if_stopped(_check_enrolment(session, record, members, since, there))
        for member in members:
            known = there.get(member)
            if known is not None:
                known.withdrawn, known.reason = None, ""
                continue
            session.add(Enrolment(uid=new_uid(), class_id=klass, member_id=member, enrolled=since, care=care))
    return Outcome(klass, CHANGED)


def _check_enrolment(
    session: Session,
    record: TrainingClass,
    members: Sequence[MemberId],
    day: date,
    there: dict[int, Enrolment],
) -> list[Problem]:
    found = [] if record.state is ClassState.OPEN else [not_open("members")]
    if not members:
        found.append(Problem.stop("missing", "members", _("Hãy chọn ít nhất một người.")))
    if day > record.ends:
        found.append(Problem.stop("after", "day", _("Ngày ghi danh sau ngày bế giảng.")))
    for member in dict.fromkeys(members):
        person = session.get(Member, member)
        if person is None:
            found.append(Problem.stop("nobody", "members", _("Người này không có trong sổ.")))
        elif is_erased(session, person):
            found.append(Problem.stop("erased", "members", why_erased()))
        elif person.status is MemberStatus.DIED:
            text = _("{name} đã mất, không ghi danh được.").format(name=person.full_name)
            found.append(Problem.stop("died", "members", text))
        elif member in there and there[member].withdrawn is None:
            text = _("{name} đã có trong lớp.").format(name=person.full_name)
            found.append(Problem.stop("twice", "members", text))
    seats = record.capacity - _learners(session, record.id)
    if len(set(members)) > seats:
        text = _("Lớp chỉ còn {seats} chỗ (tối đa {all}). Hãy tăng số chỗ của lớp, hoặc mở lớp khác.")
        found.append(Problem.stop("full", "members", text.format(seats=max(0, seats), all=record.capacity)))
    return found


def not_open(field: str) -> Problem:
    """Return what is said where a class takes nothing new any more."""
    return Problem.stop("not-open", field, _("Lớp này đã kết thúc hoặc đã hủy. Hãy mở lại lớp trước."))


def change_enrolment(
    book: Book, enrolment: EnrolmentId, care: Care, note: str, enrolled: date | None, act: Act
) -> Outcome[EnrolmentId]:
    """Change since when somebody learns and what they need to come. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Enrolment, enrolment)
        klass = session.get_one(TrainingClass, row.class_id)
        if enrolled is None or enrolled > klass.ends:
            raise Refusal([Problem.stop("day", "enrolled", _("Ngày ghi danh phải đến ngày bế giảng."))])
        first = _attended_days(session, row.id)
        if first and first[0] < enrolled:
            text = _("Người này đã học ngày {day}, ngày ghi danh không thể sau ngày đó.")
            raise Refusal([Problem.stop("attended", "enrolled", text.format(day=show_day(first[0])))])
        row.care, row.note, row.enrolled = care, people.tidy(note), enrolled
    return Outcome(enrolment, CHANGED)


def withdraw(book: Book, enrolment: EnrolmentId, day: date, reason: str, act: Act) -> Outcome[EnrolmentId]:
    """Write down that somebody no longer belongs to a class from a day on; hours stay theirs. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(Enrolment, enrolment)
        problems = []
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Cần ghi lý do thôi học.")))
        if day < row.enrolled or day > act.today:
            text = _("Ngày thôi học phải từ ngày ghi danh đến hôm nay.")
            problems.append(Problem.stop("day", "day", text))
        days = _attended_days(session, row.id)
        if days and days[-1] >= day:
            text = _("Người này còn học ngày {day}. Ngày thôi học phải sau ngày đó.")
            problems.append(Problem.stop("attended", "day", text.format(day=show_day(days[-1]))))
        if certificate_in(session, row.id) is not None:
            text = _("Người này đã có giấy chứng nhận của lớp. Hãy thu hồi giấy trước.")
            problems.append(Problem.stop("certified", "day", text))
        refuse_if_stopped(problems)
        row.withdrawn, row.reason = day, people.tidy(reason)
    return Outcome(enrolment, CHANGED)


def certificate_in(session: Session, enrolment: int) -> TrainingCertificate | None:
    """Return the certificate of an enrolment that is in force, None without one."""
    return session.scalar(
        select(TrainingCertificate).where(
            TrainingCertificate.enrolment_id == enrolment, TrainingCertificate.revoked.is_(None)
        )
    )


def _attended_days(session: Session, enrolment: int) -> list[date]:
    return list(
        session.scalars(
            select(TrainingSession.day)
            .join(TrainingAttendance, TrainingAttendance.session_id == TrainingSession.id)
            .where(TrainingAttendance.enrolment_id == enrolment, TrainingAttendance.minutes > 0)
            .order_by(TrainingSession.day)
        )
    )

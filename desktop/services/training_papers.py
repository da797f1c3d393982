"""The papers of classes: attendance lists and the report with its breakdown, small cells hidden where it leaves the commune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import ClassId, EnrolmentId, SessionId
from desktop.models.inclusion_kinds import Purpose, SeenHow
from desktop.models.kinds import Attendance
from desktop.models.records.every import TrainingAttendance, TrainingSession
from desktop.models.rules.suppression import Counts, Release, least_count, protect, sum_may_show
from desktop.models.rules.training.results import share
from desktop.models.rules.training.words import show_hours, show_points
from desktop.models.rules.washington import Finding
from desktop.services import consents, heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.livelihood_cuts import CUTS, Person, cut_key, people_in
from desktop.services.livelihood_cuts import Cut as Characteristic
from desktop.services.livelihood_papers import group_or_book
from desktop.services.prints import PrintOrder
from desktop.services.sight import note_people, sees
from desktop.services.training import percent_on
from desktop.services.training_book import ClassDetail, LearnerRow, SessionRow, detail_in, needs_of
from desktop.store.book import Book
from reports.kit.values import Signer
from reports.training_class import (
    AttendanceList,
    ClassBlock,
    ClassReport,
    Cut,
    CutRow,
    ResultRow,
    SheetLearner,
    SheetSession,
)
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import _

HIDDEN = "…"
_CHANGED = Changed.of(Topic.PRINTS)
_CUTS = tuple(cut for cut in CUTS if cut.key != "section")


# -- attendance lists ------------------------------------------------------------------------------


@heads.for_paper
def attendance_list(
    book: Book, klass: ClassId, act: Act, session_key: SessionId | None = None, *, blank: bool = True
) -> Outcome[AttendanceList]:
    """Return the list of one session or of all: blank to be signed, or with the hours that were written down."""
    with book.read() if book.readonly else book.write(act) as session:
        detail = detail_in(session, klass, act.today)
        sessions = [one for one in detail.sessions if session_key is None or one.id == session_key]
        if not blank:
            sessions = [one for one in sessions if one.held]
        subject = detail.row.code if session_key is None else f"{detail.row.code} {sessions[0].number}"
        order = PrintOrder("training-attendance", subject=subject + (" trống" if blank else ""))
        mark = paper_marks.issue_marks(session, [order], act)[0]
        hours = {} if blank else _hours(session, klass)
        value = AttendanceList(
            organisation=heads.organisation(session),
            group=group_or_book(session, detail.plan.group),
            mark=mark,
            block=_block(detail),
            sessions=tuple(_session(one) for one in sessions),
            learners=tuple(
                _listed(one, sessions, hours, detail, blank=blank) for one in _on(detail, sessions)
            ),
            day=sessions[0].day if len(sessions) == 1 else act.today,
            blank=blank,
            place=heads.commune_name(detail.plan.commune),
            signers=(
                Signer(_("Giảng viên"), _lead(detail)),
                Signer(_("Người lập"), "" if blank else act.who),
            ),
        )
    return Outcome(value, _CHANGED)


def _on(detail: ClassDetail, sessions: Sequence[SessionRow]) -> list[LearnerRow]:
    """Return who belongs on a list: of one session, those who belong to the class on its day."""
    if len(sessions) != 1:
        return list(detail.present)
    day = sessions[0].day
    return [
        one
        for one in detail.learners
        if one.enrolled <= day and (one.withdrawn is None or one.withdrawn > day)
    ]


def _hours(session: Session, klass: ClassId) -> dict[tuple[EnrolmentId, SessionId], tuple[Attendance, int]]:
    rows = session.scalars(
        select(TrainingAttendance)
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(TrainingSession.class_id == klass)
    )
    return {
        (EnrolmentId(row.enrolment_id), SessionId(row.session_id)): (row.state, row.minutes) for row in rows
    }


def _listed(
    one: LearnerRow,
    sessions: Sequence[SessionRow],
    hours: dict[tuple[EnrolmentId, SessionId], tuple[Attendance, int]],
    detail: ClassDetail,
    *,
    blank: bool,
) -> SheetLearner:
    cells, total = [], 0
    for held in sessions:
        state, minutes = hours.get((one.enrolment, held.id), (None, 0))
        total += minutes
        if state is None:
            cells.append("")
        elif minutes:
            cells.append(show_hours(minutes))
        else:
            cells.append(_("P") if state is Attendance.EXCUSED else _("V"))
    return SheetLearner(
        one.code,
        one.name,
        one.sex.title,
        _year(one),
        one.place,
        () if blank else tuple(cells),
        "" if blank else show_hours(total),
        "" if blank else _state(one),
    )


def _year(one: LearnerRow) -> str:
    return str(one.born.year if isinstance(one.born, date) else one.born or "")


def _state(one: LearnerRow) -> str:
    if one.standing.completed is not None:
        return _("Hoàn thành")
    return "" if one.standing.missing is None else one.standing.missing.title


def _session(one: SessionRow) -> SheetSession:
    return SheetSession(one.number, one.day, show_hours(one.held or one.planned), one.topic)


def _block(detail: ClassDetail) -> ClassBlock:
    row, plan = detail.row, detail.plan
    return ClassBlock(
        row.code,
        row.name,
        detail.course.title,
        show_hours(detail.course.minutes),
        row.starts,
        row.ends,
        ", ".join(part for part in (plan.place, heads.commune_text(plan.commune)) if part),
        row.trainers,
        plan.funder,
        plan.cost,
    )


def _lead(detail: ClassDetail) -> str:
    return detail.teaching[0].name if detail.teaching else ""


# -- the report ------------------------------------------------------------------------------------


@heads.for_paper
def class_report(
    book: Book, klass: ClassId, act: Act, release: Release = Release.COMMUNE
) -> Outcome[ClassReport]:
    """Return the report of a class. Names stand in it only inside the commune; for others small cells are hidden."""
    sensitive = sees(book, act.who)
    with book.read() if book.readonly else book.write(act) as session:
        detail = detail_in(session, klass, act.today)
        inside = release is Release.COMMUNE
        left_out = 0
        if not inside:
            detail, left_out = _agreeing(session, detail)
        order = PrintOrder("training-class", ends=act.today, subject=f"{detail.row.code} {release.value}")
        mark = paper_marks.issue_marks(session, [order], act)[0]
        traits = people_in(session, [one.member for one in detail.learners], act.today, sensitive=sensitive)
        percent = percent_on(detail.row.starts)
        notes = [
            _("Hoàn thành: học ít nhất {percent} % số giờ của khóa, và {proof}.").format(
                percent=percent, proof=_proof(detail)
            )
        ]
        if not inside:
            notes.append(
                _("Ô có quá ít người được ẩn ({sign}) để bảo vệ dữ liệu cá nhân.").format(sign=HIDDEN)
            )
            if left := consents.left_out_note(left_out, least_count(release)):
                notes.append(left)
        held = [one for one in detail.sessions if one.held]
        value = ClassReport(
            organisation=heads.organisation(session),
            group=group_or_book(session, detail.plan.group),
            mark=mark,
            block=_block(detail),
            as_of=act.today,
            facts=_facts(detail, release),
            sessions=tuple(_session(one) for one in held),
            came=tuple(f"{one.came}/{one.called}" if inside else "" for one in held),
            cuts=tuple(
                _cut(cut, detail.learners, traits, release) for cut in _CUTS if sensitive or not cut.sensitive
            ),
            results=tuple(_result(one, detail) for one in detail.learners) if inside else (),
            needs=tuple(
                _("{need}: {count} người").format(need=need, count=count)
                for need, count in needs_of(detail.present)
            )
            if inside
            else (),
            notes=tuple(notes),
            secret=_("Mật – dùng trong xã") if inside else release.title,
            place=heads.commune_name(detail.plan.commune),
            signers=(Signer(_("Người lập"), act.who), Signer(_("Giảng viên chính"), _lead(detail))),
        )
    if inside and sensitive:  # names and breakdowns of a small class stand on one paper
        told = [
            one.member
            for one in detail.learners
            if traits[one.member].ethnic_code or traits[one.member].disability is not Finding.NOT_ASKED
        ]
        note_people(book, SeenHow.PRINTED, "class", told)
    return Outcome(value, _CHANGED)


def _agreeing(session: Session, detail: ClassDetail) -> tuple[ClassDetail, int]:
    """Return a class of those alone who agreed that figures of them leave the commune, and how many did not."""
    agreed = consents.agreeing_in(session, Purpose.STATISTICS)
    learners = tuple(one for one in detail.learners if one.member in agreed)
    present = [one for one in learners if one.withdrawn is None]
    row = replace(
        detail.row,
        learners=len(present),
        completed=sum(one.standing.completed is not None for one in learners),
        certificates=sum(one.certificate is not None for one in learners),
    )
    return replace(detail, row=row, learners=learners), len(detail.learners) - len(learners)


def _proof(detail: ClassDetail) -> str:
    course = detail.course
    test = _("đạt bài kiểm tra ({mark}/{most} điểm)").format(
        mark=show_points(course.pass_mark), most=show_points(course.most)
    )
    if course.tested and course.plan_counts:
        return _("{test} hoặc có kế hoạch").format(test=test)
    return test if course.tested else _("có kế hoạch")


def _facts(detail: ClassDetail, release: Release) -> tuple[tuple[str, str], ...]:
    row = detail.row
    part = "" if not row.learners else f" ({row.completed * 100 // row.learners} %)"
    inside = release is Release.COMMUNE
    few = not inside and _few(_counts(detail.learners), release)
    return (
        (_("Ghi danh / số chỗ:"), f"{row.learners}/{row.capacity}"),
        (_("Hoàn thành:"), HIDDEN if few else f"{row.completed}{part}"),
        (_("Giờ đã dạy:"), f"{show_hours(row.held)}/{show_hours(row.minutes)}"),
        (_("Giấy chứng nhận:"), show_number(row.certificates) if inside else ""),
        (_("Trông trẻ:"), detail.plan.childcare),
        (_("Đi lại:"), detail.plan.transport),
    )


def _cut(
    cut: Characteristic, learners: Sequence[LearnerRow], traits: dict[int, Person], release: Release
) -> Cut:
    rows: dict[str, list[LearnerRow]] = {}
    for one in learners:
        rows.setdefault(cut_key(cut, traits[one.member]), []).append(one)
    keys = [(key, title) for key, title in cut.categories() if key in rows]
    counts = [_counts(rows[key]) for key, _title in keys]
    least = least_count(release, delicate=cut.delicate)
    cells = tuple((done, enrolled - done) for enrolled, _came, done, _papers in counts)
    hidden = protect(Counts(cells), least).cells if cells and least else frozenset()
    last, whole = len(keys), _counts(learners)
    # The sums of the class stand in every table and at the head: where a table would hide one, its lines go instead.
    secret = bool(least) and _few(whole, release)
    no_done = secret or (last, 0) in hidden or (last, 1) in hidden or (bool(least) and last == 1)
    no_people = (last, 2) in hidden or (bool(least) and last == 1)
    hours = [
        HIDDEN if no_people or (place, 2) in hidden else _hours_of(rows[key], release)
        for place, (key, _title) in enumerate(keys)
    ]
    if HIDDEN in hours:  # the sum would give a single one away
        hours = [HIDDEN] * len(hours)
    lines = [
        _line(
            title,
            counts[place],
            hours[place],
            inside=not least,
            people=not (no_people or (place, 2) in hidden),
            done=not (no_done or (place, 0) in hidden),
        )
        for place, (_key, title) in enumerate(keys)
    ]
    total = _line(
        _("Cộng"), whole, _hours_of(learners, release), inside=not least, people=True, done=not secret
    )
    return Cut(cut.shown_title(), (*lines, replace(total, bold=True)))


def _few(whole: tuple[int, int, int, int], release: Release) -> bool:
    """Tell whether so few completed, or did not, that the number may not leave the commune."""
    least = least_count(release)
    return any(1 <= number < least for number in (whole[2], whole[0] - whole[2]))


def _line(
    title: str, numbers: tuple[int, int, int, int], hours: str, *, inside: bool, people: bool, done: bool
) -> CutRow:
    """Return a line; outside the commune only who enrolled and who completed, so that the table can be protected."""
    enrolled, came, completed, given = numbers
    return CutRow(
        title,
        show_number(enrolled) if people else HIDDEN,
        show_number(came) if inside else "",
        show_number(completed) if done else HIDDEN,
        show_number(given) if inside else "",
        hours,
    )


def _counts(rows: Sequence[LearnerRow]) -> tuple[int, int, int, int]:
    return (
        len(rows),
        sum(one.standing.minutes > 0 for one in rows),
        sum(one.standing.completed is not None for one in rows),
        sum(one.certificate is not None for one in rows),
    )


def _hours_of(rows: Sequence[LearnerRow], release: Release) -> str:
    minutes = [one.standing.minutes for one in rows if one.standing.minutes]
    if release is not Release.COMMUNE and not sum_may_show(
        release, len(minutes), max(minutes, default=0), sum(minutes)
    ):
        return HIDDEN
    return show_hours(sum(minutes))


def _result(one: LearnerRow, detail: ClassDetail) -> ResultRow:
    return ResultRow(
        one.code,
        one.name,
        show_hours(one.standing.minutes),
        f"{share(one.standing.minutes, detail.course)} %",
        show_points(one.result.pre),
        show_points(one.result.post),
        "" if one.result.planned is None else show_day(one.result.planned),
        _("Đã thôi học") if one.withdrawn is not None else _state(one),
        one.number,
    )

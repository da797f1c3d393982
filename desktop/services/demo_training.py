"""Training for the demonstration book: trainers, classes held, one running, one to come, certificates, visits afterwards.

Written through the services at the end of the story, for people of the first groups; nothing in it moves money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from desktop.models.ids import ClassId, EnrolmentId, GroupId, MemberId, TrainerId
from desktop.models.kinds import Attendance, MemberStatus, Sex
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.courses import Course, Module
from desktop.models.rules.training.results import Result
from desktop.models.training_kinds import Care, ClassState, FollowState
from desktop.services import (
    group_lists,
    member_lists,
    trainers,
    training_attendance,
    training_book,
    training_certificates,
    training_classes,
    training_courses,
    training_follow_ups,
    training_results,
)
from desktop.services.acts import Act
from desktop.services.trainers import TrainerFacts
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_certificates import Give
from desktop.services.training_classes import ClassPlan, SessionPlan
from desktop.services.training_follow_ups import NewFollowUp
from desktop.services.training_results import NewResult
from desktop.store.book import Book

MOST_GROUPS = 3
_CLOCK = time(12, 30, tzinfo=UTC)
VISITOR = "Lê Thị Bích Phượng, cán bộ dự án"


@dataclass(frozen=True, slots=True)
class _Class:
    """One class of the story: which course, how it is called, how many days ago it began, how long its sessions are.

    `held` of its `sessions` have their attendance; `places` are who learns, by their place among the people.
    """

    course: str
    name: str
    days_ago: int
    sessions: int
    hours: int
    held: int
    places: range
    topics: tuple[str, ...]
    childcare: str = ""
    transport: str = ""
    certificates: bool = True
    cost: int = 0
    funder: str = "NMA-V"


_CLASSES = (
    _Class("KD40", "Kinh doanh 40 giờ cho phụ nữ", 330, 5, 8, 5, range(12), ("Ý tưởng và bản thân", "Khách hàng, thị trường", "Giá thành, giá bán", "Ghi chép thu chi", "Kế hoạch kinh doanh"), childcare="Chị Út trông trẻ ở phòng bên", cost=18_500_000),
    _Class("KT", "Sổ sách cho ban quản lý", 210, 4, 4, 4, range(9), ("Sổ tiết kiệm, sổ vay", "Đếm quỹ, đối chiếu", "Biên bản, báo cáo", "Thực hành, kiểm tra"), cost=4_200_000),
    _Class("KH", "Sinh kế thích ứng hạn mặn", 150, 4, 4, 4, range(4, 20), ("Dự báo, lịch thời vụ", "Trữ nước, tưới tiết kiệm", "Chuồng trại an toàn", "Kế hoạch của hộ"), transport="Hỗ trợ xăng xe 30.000 ₫ một buổi", cost=6_800_000),
    _Class("QS", "Quản lý nhóm và sổ sách, khóa ghép", 75, 4, 4, 4, range(6, 18), ("Quy chế, vai trò", "Điều hành buổi họp", "Sổ sách", "Thực hành"), cost=3_900_000),
    _Class("SYB", "Khởi sự kinh doanh, lớp tối", 9, 10, 4, 3, range(8, 22), ("Đánh giá ý tưởng", "Nghiên cứu thị trường", "Sản phẩm, giá bán", "Nhân lực", "Pháp lý", "Vốn", "Dòng tiền", "Kế hoạch", "Trình bày", "Kiểm tra"), childcare="Có người trông trẻ tại nhà văn hóa", certificates=False, cost=12_000_000),
    _Class("HN", "Hòa nhập người khuyết tật", -12, 2, 4, 0, range(10), ("Hiểu về khuyết tật", "Họp nhóm ai cũng dự được"), certificates=False, cost=2_400_000, funder="NMA-V, Hội Người khuyết tật tỉnh"),
)  # fmt: skip


def train(book: Book, today: date, who: str) -> int:
    """Add trainers and classes; return how many vouchers were posted: none."""
    groups = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, MOST_GROUPS
    )
    people = [member for row in groups for member in _people(book, row.id)]
    if len(people) < 3:
        return 0
    act = _act(add_months(today, -13), who)
    own = Course(
        "QS",
        "Quản lý nhóm và sổ sách",
        "Group management and bookkeeping",
        (Module("QLN", 480), Module("KT", 480)),
        pass_mark=60,
    )
    training_courses.keep(book, own, act.today, act)
    teaching = _trainers(book, people[0], act)
    random = Random(40)
    for one in _CLASSES:
        _hold(book, one, people, teaching, today, who, random)
    _visit(book, today, who)
    return 0


def _people(book: Book, group: GroupId) -> list[MemberId]:
    wanted = member_lists.MemberFilter(group=group, status=MemberStatus.ACTIVE)
    order = member_lists.MemberSort(member_lists.MemberOrder.POSITION)
    return [row.id for row in member_lists.page(book, wanted, order, 0, 12)]


def _trainers(book: Book, member: MemberId, act: Act) -> tuple[TrainerId, ...]:
    found = (
        TrainerFacts(
            "Lê Thị Bích Phượng",
            sex=Sex.FEMALE,
            organisation="Dự án NMA-V",
            fields="SIYB, tài chính gia đình",
            tot="TOT-SIYB 214/2024",
            tot_until=date(act.today.year + 3, 12, 31),
            phone="0912345671",
        ),
        TrainerFacts(
            "Nguyễn Văn Khoa",
            sex=Sex.MALE,
            organisation="Trung tâm Dịch vụ nông nghiệp",
            fields="Chăn nuôi, thích ứng hạn mặn",
            tot="TOT-KN 88/2023",
            tot_until=date(act.today.year - 1, 12, 31),
            phone="0987654322",
        ),
        TrainerFacts(member=member, organisation="Hội LHPN xã", fields="Sổ sách nhóm"),
    )
    return tuple(trainers.register(book, one, act).value for one in found)


def _hold(
    book: Book,
    one: _Class,
    people: Sequence[MemberId],
    teaching: Sequence[TrainerId],
    today: date,
    who: str,
    random: Random,
) -> None:
    starts = today - timedelta(days=one.days_ago)
    ends = starts + timedelta(days=max(one.sessions * 2, 3))
    opened = _act(starts - timedelta(days=5), who) if starts - timedelta(days=5) < today else _act(today, who)
    lead = teaching[2] if one.course in ("KT", "QS") else teaching[1] if one.course == "KH" else teaching[0]
    plan = ClassPlan(
        one.course,
        one.name,
        starts,
        ends,
        max(15, len(one.places) + 3),
        "Nhà văn hóa ấp",
        funder=one.funder,
        cost=one.cost,
        childcare=one.childcare,
        transport=one.transport,
        trainers=(lead, *(key for key in teaching[:1] if key != lead)),
    )
    klass = training_classes.open_class(book, plan, opened).value
    chosen = list(dict.fromkeys(people[place % len(people)] for place in one.places))
    needing = chosen[2:4] if one.childcare else []
    training_classes.enrol(book, klass, [key for key in chosen if key not in needing], starts, opened)
    if needing:
        training_classes.enrol(book, klass, needing, starts, opened, Care.CHILDREN)
    for number in range(one.sessions):
        day = starts + timedelta(days=number * 2)
        session = SessionPlan(day, one.hours * 60, one.topics[number], "7:30", lead, agreed=True)
        key = training_classes.add_session(book, klass, session, opened).value
        if number < one.held:
            act = _act(day, who)
            sheet = training_attendance.open_sheet(book, key, day)
            rows = tuple(
                _row(row.member, place, number, random) for place, row in enumerate(sheet.sheet.rows)
            )
            typed = filled(sheet.facts, AttendanceSheet(one.hours * 60, rows))
            training_attendance.record(book, RecordAttendance(key, sheet.version, typed), act)
    if one.held == one.sessions:
        _finish(book, klass, one, ends, who, random)


def _row(member: MemberId, place: int, number: int, random: Random) -> AttendanceRow:
    """Most come; one learner gives up halfway, some miss a session or come late."""
    if place == 5 and number > 0:
        return AttendanceRow(member, Attendance.EXCUSED, 0, "Bận việc nhà" if number == 1 else "")
    chance = random.random()
    if chance < 0.05:
        return AttendanceRow(member, Attendance.ABSENT)
    return AttendanceRow(member, Attendance.LATE if chance < 0.12 else Attendance.PRESENT)


def _finish(book: Book, klass: ClassId, one: _Class, ends: date, who: str, random: Random) -> None:
    act = _act(ends, who)
    rows = training_book.detail(book, klass, ends).learners
    results = []
    for place, row in enumerate(rows):
        if not row.standing.minutes:
            continue
        post = 40 if place == 7 else random.randrange(60, 100, 5)
        planned = ends if one.course == "KD40" and place % 3 == 0 else None
        made = Result(random.randrange(20, 60, 5), post, ends, planned)
        results.append(NewResult(row.enrolment, row.version, made, "Kế hoạch kinh doanh" if planned else ""))
    training_results.keep_all(book, results, act)
    training_classes.set_state(book, klass, ClassState.FINISHED, "", act)
    if not one.certificates:
        return
    done = [
        row.enrolment
        for row in training_book.detail(book, klass, ends).learners
        if row.standing.completed is not None
    ]
    if one.course == "QS":
        done = done[:-2]  # two have not been given theirs yet
    if done:
        command = Give(klass, tuple(done), ends, "Trần Thị Mai", "Chủ tịch Hội LHPN xã")
        training_certificates.give(book, command, act)


def _visit(book: Book, today: date, who: str) -> None:
    """Write down visits after the first courses: most use what they learned, some were not visited yet."""
    open_ones = training_follow_ups.due(
        book, today, states=(FollowState.DUE, FollowState.OVERDUE, FollowState.NOT_APPLIED)
    )
    for place, row in enumerate(open_ones):
        day = row.follow.due + timedelta(days=7 + place)
        if place % 3 == 2 or day > today:
            continue
        seen = {
            "KD40": ("KD40.separate", "KD40.price"),
            "KT": ("KT.daybook",),
            "KH": ("KH.water",),
        }.get(row.modules[0], ())
        practices = seen if place % 4 else ()
        choices = training_follow_ups.visit_choices(book, row.enrolment, today)
        tied = next((one for one in choices if one.day >= row.follow.due), None)
        new = NewFollowUp(
            EnrolmentId(row.enrolment),
            None if tied is not None else day,
            VISITOR,
            practices,
            None if tied is None else tied.id,
        )
        training_follow_ups.record(book, new, _act(max(day, tied.day) if tied is not None else day, who))


def _act(day: date, who: str) -> Act:
    return Act(who=who, at=datetime.combine(day, _CLOCK), today=day)

"""Training through the services: classes, who learns, hours, results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models.kinds import Attendance, Sex
from desktop.models.problems import Refusal, Trouble
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.courses import Course, Module
from desktop.models.rules.training.results import Result
from desktop.models.training_kinds import Care, ClassState, Missing
from desktop.services import (
    history,
    inclusion,
    trainers,
    training,
    training_attendance,
    training_book,
    training_classes,
    training_courses,
    training_results,
    training_sessions,
    verify,
)
from desktop.services.trainers import TrainerFacts
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_results import NewResult
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from tests.services.people_kit import enrol as enter
from tests.services.training_kit import (
    ACT,
    START,
    School,
    a_class,
    a_session,
    attend,
    completed_school,
    give,
    learner,
    pass_test,
    refused,
)
from tests.village import settle

# -- courses and trainers --------------------------------------------------------------------------


def test_shipped_courses_hold_and_a_book_overrules_them_from_a_day(book: Book) -> None:
    offered = {course.code: course for course in training_courses.offered(book, START)}
    assert set(offered) >= {"KD40", "GYB", "SYB", "IYB", "FL", "QLN", "KT", "KTSX", "KH", "HN", "BV"}
    assert offered["KD40"].minutes == 40 * 60
    longer = replace(offered["KT"], modules=(Module("KT", 24 * 60),))
    training_courses.keep(book, longer, date(2026, 6, 1), ACT)
    own = Course("QS", "Quản lý nhóm và sổ sách", modules=(Module("QLN", 480), Module("KT", 480)))
    training_courses.keep(book, own, date(2026, 1, 1), ACT)
    assert {c.code: c.minutes for c in training_courses.offered(book, date(2026, 5, 31))}["KT"] == 16 * 60
    later = {c.code: c.minutes for c in training_courses.offered(book, date(2026, 6, 1))}
    assert (later["KT"], later["QS"]) == (24 * 60, 16 * 60)
    training_courses.keep(book, replace(longer, offered=False), date(2027, 1, 1), ACT)
    assert "KT" not in {c.code for c in training_courses.offered(book, date(2027, 1, 1))}
    with pytest.raises(Refusal) as error:
        training_courses.keep(book, replace(own, tested=False), START, ACT)
    assert refused(error) == [("proof", "tested")]


def test_a_class_keeps_the_course_it_was_opened_with(school: School) -> None:
    shorter = replace(training_courses.offered(school.book, START)[6], modules=(Module("KT", 60),))
    assert shorter.code == "KT"
    training_courses.keep(school.book, shorter, START, ACT)
    assert training_book.detail(school.book, school.klass, START).course.minutes == 16 * 60


def test_trainers_are_members_or_people_from_outside(book: Book) -> None:
    village = settle(book)
    outside = TrainerFacts("Lê Thị Phượng", sex=Sex.FEMALE, organisation="NMA-V", tot="TOT-12")
    first = trainers.register(book, outside, ACT).value
    second = trainers.register(book, TrainerFacts(member=village.members[0]), ACT).value
    rows = trainers.listed(book)
    assert [row.name for row in rows] == ["Lê Thị Phượng", "Nguyễn Thị Hòa 1"]
    assert rows[0].certified_on(START)
    assert not rows[1].certified_on(START)
    with pytest.raises(Refusal) as error:
        trainers.register(book, TrainerFacts(member=village.members[0]), ACT)
    assert refused(error) == [("twice", "member")]
    klass = a_class(book, trainers=(second, first))
    assert [one.name for one in training_book.detail(book, klass, START).teaching] == [
        "Nguyễn Thị Hòa 1",
        "Lê Thị Phượng",
    ]
    with pytest.raises(Trouble):
        trainers.change(book, first, 99, outside, ACT)


# -- classes ---------------------------------------------------------------------------------------


def test_seats_people_twice_and_ended_classes_are_refused(school: School) -> None:
    book, village = school.book, school.village
    with pytest.raises(Refusal) as error:
        training_classes.enrol(book, school.klass, village.members[:1], START, ACT)
    assert refused(error) == [("twice", "members")]
    detail = training_book.detail(book, school.klass, START)
    training_classes.change_class(book, school.klass, detail.version, replace(detail.plan, capacity=3), ACT)
    stranger = enter(book, ACT, "Trần Văn Nam")
    with pytest.raises(Refusal) as error:
        training_classes.enrol(book, school.klass, [stranger], START, ACT)
    assert refused(error) == [("full", "members")]
    for session in school.sessions:
        attend(book, session)
    training_classes.set_state(book, school.klass, ClassState.FINISHED, "", ACT)
    with pytest.raises(Refusal) as error:
        training_sessions.add_session(book, school.klass, SessionPlan(START, 60), ACT)
    assert refused(error) == [("not-open", "day")]


def test_somebody_who_is_no_member_of_a_group_may_learn(book: Book) -> None:
    klass = a_class(book)
    training_classes.enrol(book, klass, [enter(book, ACT, "Trần Văn Nam")], START, ACT, Care.CHILDREN)
    detail = training_book.detail(book, klass, START)
    assert [(row.name, row.groups) for row in detail.learners] == [("Trần Văn Nam", ())]
    assert training_book.needs_of(detail.present) == [("Trông trẻ", 1)]


def test_what_people_need_is_shown_from_the_record_of_inclusion(school: School) -> None:
    from desktop.models.inclusion_kinds import Accommodate
    from desktop.services.inclusion import AddAccommodation

    inclusion.add_accommodation(
        school.book,
        AddAccommodation(school.village.members[1], Accommodate.SIGN_LANGUAGE, date(2026, 1, 5)),
        ACT,
    )
    assert learner(school, 1).reminder == "Phiên dịch ngôn ngữ ký hiệu"
    facts = training_attendance.open_sheet(school.book, school.sessions[0], ACT.today).facts
    assert [one.reminder for one in facts.learners] == ["", "Phiên dịch ngôn ngữ ký hiệu", ""]


def test_a_class_ends_when_all_is_written_down_and_is_called_off_before(school: School) -> None:
    with pytest.raises(Refusal) as error:
        training_classes.set_state(school.book, school.klass, ClassState.FINISHED, "", ACT)
    assert ("not-held", "state") in refused(error)
    attend(school.book, school.sessions[0])
    with pytest.raises(Refusal) as error:
        training_classes.set_state(school.book, school.klass, ClassState.FINISHED, "", ACT)
    assert refused(error) == [("waiting", "state")]
    with pytest.raises(Refusal) as error:
        training_classes.set_state(school.book, school.klass, ClassState.CANCELLED, "Mưa bão", ACT)
    assert refused(error) == [("held", "state")]
    for session in school.sessions[1:]:
        training_sessions.remove_session(school.book, session, ACT)
    training_classes.set_state(school.book, school.klass, ClassState.FINISHED, "", ACT)
    with pytest.raises(Refusal):
        training_sessions.remove_session(school.book, school.sessions[0], ACT)


def test_who_leaves_a_class_keeps_the_hours_and_may_come_back(school: School) -> None:
    attend(school.book, school.sessions[0])
    with pytest.raises(Refusal) as error:
        training_classes.withdraw(school.book, school.enrolment(), START, "Bận", ACT)
    assert refused(error) == [("attended", "day")]
    training_classes.withdraw(school.book, school.enrolment(), START + timedelta(days=1), "Bận", ACT)
    facts = training_attendance.open_sheet(school.book, school.sessions[1], ACT.today).facts
    assert school.village.members[0] not in [one.id for one in facts.learners]
    assert learner(school).standing.minutes == 240
    training_classes.enrol(school.book, school.klass, school.village.members[:1], None, ACT)
    assert learner(school).withdrawn is None


# -- hours and results -----------------------------------------------------------------------------


def test_hours_beyond_the_course_are_refused_at_the_cell_and_nothing_is_written(school: School) -> None:
    for session in school.sessions:
        attend(school.book, session)
    extra = a_session(school.book, school.klass, 5)
    opened = training_attendance.open_sheet(school.book, extra, ACT.today)
    member = school.village.members[0]
    rows = tuple(
        AttendanceRow(row.member, Attendance.PRESENT, 60)
        if row.member == member
        else AttendanceRow(row.member, Attendance.ABSENT)
        for row in opened.sheet.rows
    )
    command = RecordAttendance(extra, opened.version, AttendanceSheet(240, rows))
    with pytest.raises(Refusal) as error:
        training_attendance.record(school.book, command, ACT)
    assert refused(error) == [("course", f"{member}/hours")]
    assert learner(school).standing.minutes == 16 * 60


def test_a_sheet_opened_before_another_kept_it_is_stale(school: School) -> None:
    opened = training_attendance.open_sheet(school.book, school.sessions[0], ACT.today)
    attend(school.book, school.sessions[0])
    rows = filled(opened.facts, opened.sheet)
    with pytest.raises(Trouble):
        training_attendance.record(
            school.book, RecordAttendance(school.sessions[0], opened.version, rows), ACT
        )
    again = training_attendance.open_sheet(school.book, school.sessions[0], ACT.today)
    assert again.held
    assert [row.minutes for row in again.sheet.rows] == [240] * 3


def test_a_session_of_tomorrow_is_not_marked(school: School) -> None:
    tomorrow = a_session(school.book, school.klass, 20)
    with pytest.raises(Refusal) as error:
        attend(school.book, tomorrow)
    assert refused(error) == [("future", "day")]


def test_completion_counts_once_for_each_module(school: School) -> None:
    first, second, third = school.village.members
    for place, session in enumerate(school.sessions):
        attend(school.book, session, *([second] if place else [third]))
    for place in range(3):
        pass_test(school, place)
    detail = training_book.detail(school.book, school.klass, ACT.today)
    states = {row.member: row.standing for row in detail.learners}
    assert states[first].completed == START + timedelta(days=4)
    assert states[second].missing is Missing.HOURS  # 4 of 16 hours
    assert states[third].missing is Missing.HOURS  # 12 of 16 hours are 75 %
    again = School(school.book, school.village, a_class(school.book, starts=START + timedelta(days=1)), ())
    training_classes.enrol(school.book, again.klass, [first], None, ACT)
    for place in range(4):
        attend(school.book, a_session(school.book, again.klass, place, START + timedelta(days=1)))
    pass_test(again, 0, day=START + timedelta(days=6))
    with school.book.read() as session:
        done = training.completed(session, None, None, ACT.today)
        assert done == {first: {"KT": START + timedelta(days=4)}}
        assert training.completed(session, [first], ["SYB"], ACT.today) == {}
        assert training.completed(session, [first], ["KT"], START) == {}
        assert training.all_completed(session, [first, second], ["KT"], ACT.today) == {
            first: True,
            second: False,
        }
        hours = training.hours_in(session, START, START + timedelta(days=1))
        assert hours == {first: 720, second: 240, third: 240}
    row = training_book.people(school.book, ACT.today)[0]
    assert (row.name, [code for code, _day in row.modules]) == ("Nguyễn Thị Hòa 1", ["KT"])


def test_a_score_above_its_maximum_is_refused_and_nothing_of_the_class_is_kept(school: School) -> None:
    rows = [learner(school, place) for place in range(3)]
    good = Result(post=70, tested=START)
    results = [NewResult(row.enrolment, row.version, good) for row in rows[:2]]
    results.append(NewResult(rows[2].enrolment, rows[2].version, Result(post=101, tested=START)))
    with pytest.raises(Refusal) as error:
        training_results.keep_all(school.book, results, ACT)
    assert refused(error) == [("points", f"{rows[2].enrolment}/post")]
    assert learner(school, 0).result == Result()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(-60, 1200)), max_size=10))
def test_whatever_is_typed_nobody_learns_longer_than_a_course(
    school: School, typed: list[tuple[int, int, int]]
) -> None:
    for session, place, minutes in typed:
        opened = training_attendance.open_sheet(school.book, school.sessions[session], ACT.today)
        rows = list(opened.sheet.rows)
        state = Attendance.PRESENT if minutes else Attendance.ABSENT
        rows = [replace(row, state=Attendance.ABSENT, minutes=0) if not row.minutes else row for row in rows]
        rows[place] = AttendanceRow(rows[place].member, state, minutes)
        sheet = AttendanceSheet(max(60, min(720, minutes)), tuple(rows))
        try:
            training_attendance.record(
                school.book, RecordAttendance(school.sessions[session], opened.version, sheet), ACT
            )
        except Refusal:
            continue
    for row in training_book.detail(school.book, school.klass, ACT.today).learners:
        assert 0 <= row.standing.minutes <= 16 * 60


def test_the_chain_holds_all_of_it(school: School) -> None:
    completed_school(school)
    attend(school.book, school.sessions[3], school.village.members[2])
    attend(school.book, school.sessions[3], school.village.members[1])
    give(school, 0)
    assert verify.verify(school.book).ok
    told = {
        history.subject_title(table) for table in ("training_classes", "trainers", "training_attendances")
    }
    assert told == {"Lớp tập huấn", "Giảng viên", "Điểm danh buổi học"}

"""Training through the services: classes, hours, results, certificates, visits afterwards, figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.models.ids import ClassId, EnrolmentId, MemberId, SessionId
from desktop.models.kinds import Attendance, Sex
from desktop.models.livelihood_kinds import Decider, Practice, Wave
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.every import Change, Member
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.courses import Course, Module
from desktop.models.rules.training.results import Result, Standing
from desktop.models.training_kinds import Care, ClassState, FollowState, Missing
from desktop.services import (
    analysis,
    analysis_table,
    history,
    inclusion,
    livelihood_gathering,
    livelihood_indicators,
    livelihood_visits,
    livelihoods,
    memberships,
    paper_checks,
    privacy,
    trainers,
    training,
    training_attendance,
    training_book,
    training_certificates,
    training_classes,
    training_courses,
    training_follow_ups,
    training_papers,
    training_results,
    training_sessions,
    verify,
)
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.indicators.training import applied_by_module, by_module
from desktop.services.livelihood_cuts import CUTS, Person
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.services.memberships import LeaveGroup
from desktop.services.organisation_measures import trained_men, trained_young_women
from desktop.services.trainers import TrainerFacts
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_book import ClassFilter
from desktop.services.training_certificates import Give
from desktop.services.training_classes import ClassPlan
from desktop.services.training_follow_ups import NewFollowUp
from desktop.services.training_results import NewResult
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from reports import training_certificate, training_class
from tests.inclusion_village import agree
from tests.reports.paper import said
from tests.services.people_kit import enrol as enter
from tests.village import Village, an_act, settle

START = date(2026, 3, 2)
ACT = an_act(date(2026, 3, 10))


@dataclass(frozen=True)
class School:
    """A class of the bookkeeping course (16 hours) with three learners and four sessions of four hours."""

    book: Book
    village: Village
    klass: ClassId
    sessions: tuple[SessionId, ...]

    def enrolment(self, place: int = 0) -> EnrolmentId:
        rows = training_book.detail(self.book, self.klass, ACT.today).learners
        return next(row.enrolment for row in rows if row.member == self.village.members[place])


@pytest.fixture
def school(book: Book) -> School:
    return a_school(book)


def a_school(book: Book) -> School:
    village = settle(book)
    klass = a_class(book)
    training_classes.enrol(book, klass, village.members, START, ACT)
    return School(book, village, klass, tuple(a_session(book, klass, n) for n in range(4)))


def a_class(book: Book, course: str = "KT", starts: date = START, **more: object) -> ClassId:
    plan = ClassPlan(course, "Sổ sách cho ban quản lý", starts, starts + timedelta(days=30), **more)  # type: ignore[arg-type]
    return training_classes.open_class(book, plan, ACT).value


def a_session(book: Book, klass: ClassId, place: int, starts: date = START) -> SessionId:
    plan = SessionPlan(starts + timedelta(days=place), 240, "Bài học", agreed=True)
    return training_sessions.add_session(book, klass, plan, ACT).value


def attend(book: Book, session: SessionId, *absent: MemberId, act: object = ACT) -> None:
    """Everybody is there for the whole session but those named."""
    opened = training_attendance.open_sheet(book, session, ACT.today)
    rows = tuple(
        AttendanceRow(row.member, Attendance.ABSENT if row.member in absent else Attendance.PRESENT)
        for row in opened.sheet.rows
    )
    sheet = filled(opened.facts, AttendanceSheet(opened.facts.planned, rows))
    training_attendance.record(book, RecordAttendance(session, opened.version, sheet), act)  # type: ignore[arg-type]


def pass_test(school: School, place: int, points: int = 80, day: date = START + timedelta(days=4)) -> None:
    row = learner(school, place)
    result = Result(pre=30, post=points, tested=day)
    training_results.keep(school.book, NewResult(row.enrolment, row.version, result), ACT)


def learner(school: School, place: int = 0) -> training_book.LearnerRow:
    rows = training_book.detail(school.book, school.klass, ACT.today).learners
    return next(row for row in rows if row.member == school.village.members[place])


def refused(error: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in error.value.problems]


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


# -- certificates ----------------------------------------------------------------------------------


def give(school: School, *places: int, day: date = ACT.today) -> training_certificate.Certificates:
    command = Give(
        school.klass, tuple(school.enrolment(place) for place in places), day, "Trần Thị Mai", "Chủ tịch Hội"
    )
    return training_certificates.give(school.book, command, ACT).value


def test_certificates_are_numbered_copied_and_taken_back(school: School) -> None:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    pass_test(school, 1)
    with pytest.raises(Refusal) as error:
        give(school, 0, 2)
    assert refused(error) == [("not-completed", "enrolments")]
    assert "Nguyễn Thị Hòa 3" in error.value.problems[0].message
    value = give(school, 0, 1)
    assert [one.number for one in value.certificates] == ["CN-000001/2026", "CN-000002/2026"]
    with pytest.raises(Refusal) as error:
        give(school, 0)
    assert refused(error) == [("twice", "enrolments")]
    row = training_certificates.listed(school.book)[-1]
    copy = training_certificates.reprint(school.book, [row.id], ACT).value.certificates[0]
    assert (copy.number, copy.mark.number, copy.mark.count) == (row.number, row.number, 2)
    again = training_certificates.reprint(school.book, [row.id], ACT).value
    assert "BẢN SAO, in lần 3" in said(training_certificate.render(again))
    qr = value.certificates[0].mark.qr
    assert paper_checks.check_paper(school.book, qr).verdict is paper_checks.Verdict.MATCHES
    training_certificates.revoke(school.book, row.id, ACT.today, "Ghi nhầm điểm", ACT)
    told = paper_checks.check_paper(school.book, qr)
    assert told.verdict is paper_checks.Verdict.CORRECTED
    assert "ĐÃ THU HỒI" in told.message
    with pytest.raises(Refusal):
        training_certificates.reprint(school.book, [row.id], ACT)
    assert give(school, 0).certificates[0].number == "CN-000003/2026"


def test_what_a_certificate_rests_on_cannot_be_taken_back_before_it(school: School) -> None:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    give(school, 0)
    member = school.village.members[0]
    with pytest.raises(Refusal) as error:
        attend(school.book, school.sessions[0], member)
    assert refused(error) == [("certified", f"{member}/hours")]
    row = learner(school)
    with pytest.raises(Refusal) as error:
        training_results.keep(
            school.book, NewResult(row.enrolment, row.version, Result(post=10, tested=START)), ACT
        )
    assert refused(error) == [("certified", "post")]
    with pytest.raises(Refusal) as error:
        training_classes.withdraw(school.book, row.enrolment, ACT.today, "Bận", ACT)
    assert refused(error) == [("certified", "day")]


# -- afterwards ------------------------------------------------------------------------------------


def completed_school(school: School) -> School:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    return school


def an_activity(school: School, practices: tuple[Practice, ...], day: date) -> None:
    owner = Owner(member=school.village.members[0])
    key = livelihoods.register(
        school.book, Activity(owner, "Nuôi vịt đẻ", "0146", started=date(2026, 1, 5)), an_act(day)
    ).value
    figures = Figures(revenue=9_000_000, days=90, minutes=240, household=4)
    for wave, seen_on, seen in ((Wave.BASE, date(2026, 1, 4), ()), (Wave.M6, day, practices)):
        visit = Visit(key, wave, seen_on, "Lê Thị Phượng", figures, practices=seen, agreed=True)
        livelihood_visits.record(school.book, visit, an_act(day))


def test_who_is_to_be_visited_and_what_a_visit_of_the_livelihood_says(school: School) -> None:
    completed_school(school)
    due = date(2026, 6, 6)
    rows = training_follow_ups.due(school.book, due)
    assert [(row.name, row.follow.state, row.follow.due) for row in rows] == [
        ("Nguyễn Thị Hòa 1", FollowState.DUE, due)
    ]
    assert training_follow_ups.due(school.book, date(2026, 8, 1))[0].late == 11
    an_activity(school, (), date(2026, 6, 20))
    assert training_follow_ups.due(school.book, date(2026, 6, 30))[0].follow.state is FollowState.NOT_APPLIED
    choice = training_follow_ups.visit_choices(school.book, school.enrolment(), date(2026, 6, 30))[0]
    new = NewFollowUp(school.enrolment(), None, "Lê Thị Phượng", ("KT.daybook",), choice.id)
    training_follow_ups.record(school.book, new, an_act(date(2026, 6, 30)))
    row = training_follow_ups.due(school.book, date(2026, 6, 30))[0]
    assert (row.follow.state, row.practices) == (FollowState.APPLIED, ("KT.daybook",))


@pytest.mark.parametrize(
    ("day", "practices", "code", "field"),
    [
        (date(2026, 5, 1), ("KT.daybook",), "early", "day"),
        (date(2027, 5, 1), ("KT.daybook",), "future", "day"),
        (None, ("KT.daybook",), "missing", "day"),
        (date(2026, 6, 20), ("FL.budget",), "practice", "practices"),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused(
    school: School, day: date | None, practices: tuple[str, ...], code: str, field: str
) -> None:
    completed_school(school)
    with pytest.raises(Refusal) as error:
        training_follow_ups.record(
            school.book, NewFollowUp(school.enrolment(), day, "Lê", practices), an_act(date(2026, 6, 30))
        )
    assert refused(error) == [(code, field)]


def test_indicators_count_persons_once_and_only_visits_of_livelihoods(school: School) -> None:
    completed_school(school)
    book, ends = school.book, date(2026, 12, 31)

    def figure(key: str, starts: date = date(2026, 1, 1)) -> object:
        return indicators()[key].compute(load(book, Scope(), starts, ends))

    assert figure("DT01").amount == 1  # type: ignore[attr-defined]
    assert figure("DT01", date(2026, 4, 1)).amount == 0  # type: ignore[attr-defined]
    assert figure("DT02").amount is None  # type: ignore[attr-defined]
    new = NewFollowUp(school.enrolment(), date(2026, 6, 20), "Lê", ("KT.daybook",))
    training_follow_ups.record(book, new, an_act(date(2026, 6, 30)))
    assert figure("DT02").amount is None  # type: ignore[attr-defined]  # a visit at home, not of a livelihood
    an_activity(school, (Practice.STORAGE,), date(2026, 6, 25))
    assert figure("DT02").amount == 1  # type: ignore[attr-defined]
    assert figure("HN07").amount == 1  # type: ignore[attr-defined]
    table = analysis.cross(
        book, analysis_table.Choice("DT01", "module", "sex", date(2026, 1, 1), ends), sensitive=True
    )
    cells = {name: row[-1].text for name, row in zip(table.row_names, table.cells, strict=False)}
    assert cells["Ghi chép sổ sách"] == "1"
    assert table.row_names == ("Ghi chép sổ sách",)  # who learned nothing is in no row
    facts = load(book, Scope(), date(2026, 1, 1), ends)
    assert by_module(facts) == {"KT": 1}
    assert applied_by_module(facts) == {"KT": (1, 1)}
    few = facts.only(lambda part: part.member == school.village.members[0])
    assert indicators()["HN07"].compute(few).amount == 1  # all three learned alike
    nobody = facts.only(lambda part: False)
    assert indicators()["HN07"].compute(nobody).amount is None


def test_what_the_donor_publishes_of_trained_people_is_counted_from_visits(school: School) -> None:
    completed_school(school)
    book, owner = school.book, school.village.members[0]
    man = school.village.members[1]
    pass_test(school, 1)
    with book.write(ACT) as session:
        session.get_one(Member, owner).birth_year = 2003
        session.get_one(Member, man).sex = Sex.MALE
    smart = Activity(
        Owner(owner),
        "Nuôi vịt đẻ",
        "0146",
        started=date(2026, 1, 5),
        smart=True,
        practices=(Practice.STORAGE,),
    )
    key = livelihoods.register(book, smart, ACT).value
    other = Activity(Owner(man), "Nuôi heo", "0145", decider=Decider.JOINT, started=date(2026, 1, 5))
    livelihoods.register(book, other, ACT)
    day = date(2026, 7, 5)
    assert trained_young_women(livelihood_gathering.figures(book, day)) == (0, 0)
    for wave, seen_on in ((Wave.BASE, date(2026, 1, 4)), (Wave.M6, day)):
        figures = Figures(revenue=9_000_000, days=90, minutes=240, household=4)
        visit = Visit(key, wave, seen_on, "Lê Thị Phượng", figures, agreed=True)
        livelihood_visits.record(book, visit, an_act(day))
    found = livelihood_gathering.figures(book, day)
    assert (trained_young_women(found), trained_men(found)) == ((1, 1), (1, 1))
    lines = {line.id: (line.value, line.basis) for line in livelihood_indicators.indicators(found)}
    assert lines["NMA-PN"] == ("1", "trên 1 cơ sở đã thăm")
    assert lines["NMA-NG"] == ("1", "trên 1 người đã hỏi")


def test_a_whole_class_on_both_engines(any_book: Book) -> None:
    school = completed_school(a_school(any_book))
    value = give(school, 0)
    an_activity(school, (Practice.STORAGE,), date(2026, 6, 25))
    assert training_follow_ups.due(any_book, date(2026, 7, 1))[0].follow.state is FollowState.APPLIED
    assert training_book.listed(any_book, ClassFilter(text="so sach"), ACT.today)[0].certificates == 1
    assert (
        training_certificates.reprint(any_book, [training_certificates.listed(any_book)[0].id], ACT)
        .value.certificates[0]
        .mark.number
        == value.certificates[0].number
    )
    training_papers.class_report(any_book, school.klass, ACT)
    facts = load(any_book, Scope(), date(2026, 1, 1), date(2026, 12, 31))
    assert [indicators()[key].compute(facts).amount for key in ("DT01", "DT02", "HN07")] == [1, 1, 1]
    member = school.village.members[0]
    memberships.leave(any_book, LeaveGroup(school.village.group, member, ACT.today, "Chuyển đi"), ACT)
    privacy.erase(any_book, member, "Theo yêu cầu", ACT, agreed=True)
    assert verify.verify(any_book).ok


# -- papers and the chain --------------------------------------------------------------------------


def test_papers_say_who_came_and_what_was_reached(school: School) -> None:
    completed_school(school)
    give(school, 0)
    blank = training_papers.attendance_list(school.book, school.klass, ACT, school.sessions[0]).value
    assert "Ký tên" in said(training_class.render_list(blank))
    full = training_papers.attendance_list(school.book, school.klass, ACT, blank=False).value
    assert [one.total for one in full.learners] == ["16"] * 3
    report = training_papers.class_report(school.book, school.klass, ACT).value
    text = said(training_class.render_report(report))
    for words in ("BÁO CÁO LỚP TẬP HUẤN", "CN-000001/2026", "Nguyễn Thị Hòa 1", "Mật – dùng trong xã"):
        assert words in text
    silent = training_papers.class_report(school.book, school.klass, ACT, Release.DONOR).value
    assert dict(silent.facts)["Hoàn thành:"] == "0"  # nobody has agreed to be counted outside
    assert any("chưa đồng ý" in note for note in silent.notes)
    agree(school.book, school.village.members, ACT)
    outside = training_papers.class_report(school.book, school.klass, ACT, Release.DONOR).value
    text = said(training_class.render_report(outside))
    assert "Nguyễn Thị Hòa 1" not in text
    assert {row.completed for cut in outside.cuts for row in cut.rows} == {"…"}
    assert dict(outside.facts)["Hoàn thành:"] == "…"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("FM"), st.booleans()), min_size=1, max_size=40))
def test_no_small_number_of_a_class_can_be_worked_out_from_its_report(people: list[tuple[str, bool]]) -> None:
    rows = tuple(a_row(place, sex, done) for place, (sex, done) in enumerate(people))
    traits = {row.member: Person(sex=row.sex) for row in rows}
    cut = training_papers._cut(CUTS[0], rows, traits, Release.PARTNER)  # type: ignore[arg-type]
    whole, lines = cut.rows[-1], cut.rows[:-1]
    done = sum(one for _sex, one in people)
    if 0 < done < 5 or 0 < len(people) - done < 5:
        assert {row.completed for row in cut.rows} == {"…"}
    else:
        assert whole.completed == str(done)
    for column in ("enrolled", "completed", "hours"):
        told = [getattr(row, column) for row in lines]
        assert told.count("…") != 1 or len(lines) == 1 or getattr(whole, column) == "…"
        if column != "hours":
            assert all(text in ("…", "0") or int(text) >= 5 for text in told)
    if len(lines) == 1:
        assert lines[0].enrolled == "…"  # that everybody is a woman tells of each of them


def a_row(place: int, sex: str, done: bool) -> training_book.LearnerRow:
    standing = Standing(960 if done else 240, START if done else None, None if done else Missing.HOURS)
    return training_book.LearnerRow(
        EnrolmentId(place), MemberId(place), f"TV-{place}", "Người", Sex(sex), 1990, "", (), START, None,
        Care.NONE, "", "", Result(), "", standing, None, "", 1,
    )  # fmt: skip


def test_who_is_erased_leaves_hours_without_a_word_about_them(school: School) -> None:
    completed_school(school)
    book, member = school.book, school.village.members[0]
    told = privacy.data_of(book, member)["Tập huấn"]
    assert [(row["Số giờ đã học"], row["Điểm cuối khóa"]) for row in told] == [("16", "8")]
    training_classes.change_enrolment(book, school.enrolment(), Care.NONE, "Đang mang thai", START, ACT)
    memberships.leave(book, LeaveGroup(school.village.group, member, ACT.today, "Chuyển đi"), ACT)
    privacy.erase(book, member, "Theo yêu cầu", ACT, agreed=True)
    row = learner(school)
    assert (row.name, row.note, row.standing.minutes) == (f"Đã xóa {row.code}", "", 16 * 60)
    with book.read() as session:
        kept = " ".join(f"{row.before} {row.after}" for row in session.scalars(select(Change)))
    assert "Đang mang thai" not in kept
    assert verify.verify(book).ok


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

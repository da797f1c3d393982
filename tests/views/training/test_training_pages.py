"""The pages of training: courses, trainers, classes, enrolment, results, certificates, visits; problems at their field."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Practice, Wave
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.suppression import Release
from desktop.models.training_kinds import ClassState, FollowState
from desktop.services import (
    drafts,
    livelihood_visits,
    livelihoods,
    overview,
    search,
    trainers,
    training_book,
    training_certificates,
    training_courses,
    training_follow_ups,
)
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.services.search import HitKind
from desktop.services.trainers import TrainerFacts
from desktop.services.training_book import ClassFilter
from desktop.views.kit.pickers import Find
from desktop.views.livelihoods.activity_page import ActivityPage
from desktop.views.meetings.hours_page import HoursPage
from desktop.views.people.training_list import TrainingList
from desktop.views.start.overview import _unfinished
from desktop.views.training.class_page import ClassPage
from desktop.views.training.inputs import HoursEdit, PeopleEdit, PointsEdit
from desktop.views.training.page import TrainingPage
from tests.services.loan_kit import lend
from tests.services.people_kit import enrol as enter
from tests.views.accessible import assert_named
from tests.views.training.conftest import START, TODAY, Room
from tests.village import an_act


def said(room: Room) -> str:
    return " ".join(str(getattr(one, "text", one)) for one in room.said)


# -- the page of training --------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["classes", "courses", "trainers", "people", "follow", "certificates"])
def test_every_tab_is_named_and_has_its_deed(room: Room, tab: str) -> None:
    page = room.show(TrainingPage, tab=tab)
    assert_named(page)
    assert page.tabs.currentIndex() == page.parts.index(getattr(page, tab))
    assert page.actions()[0].primary
    assert page.actions()[0].shortcut == "Ctrl+N"


def test_a_class_is_opened_and_its_page_follows(room: Room) -> None:
    trainer = trainers.register(
        room.book, TrainerFacts("Lê Thị Phượng", sex=Sex.FEMALE, organisation="NMA-V"), an_act(TODAY)
    ).value
    page = room.show(TrainingPage)
    page.actions()[0].run()
    room.settle()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"name"}
    room.fill(dialog, {"course": "KD40", "name": "Kinh doanh 40 giờ", "trainers": trainer})
    room.fill(dialog, {"starts": date(2026, 4, 6), "ends": date(2026, 4, 1), "capacity": 25})
    room.submit(dialog)
    assert "trước ngày khai giảng" in dialog.form.problems()["ends"]
    room.fill(dialog, {"ends": date(2026, 4, 10), "capacity": 0})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"capacity"}
    room.fill(dialog, {"capacity": 25, "cost": 18_000_000})
    room.submit(dialog)
    row = training_book.listed(room.book, ClassFilter(text="kinh doanh"), TODAY)[0]
    assert (row.code, row.minutes, row.trainers) == ("LH-0002", 40 * 60, "Lê Thị Phượng")
    assert (room.routes[-1].page, room.routes[-1].args) == ("training_class", {"training_class": row.id})


def test_a_course_of_ones_own_is_checked_at_its_fields(room: Room) -> None:
    page = room.show(TrainingPage, tab="courses")
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    hours = dialog.form.input("hours1")
    assert isinstance(hours, HoursEdit)
    room.fill(dialog, {"code": "qs", "title": "Quản lý nhóm và sổ sách", "modules": "QLN", "tested": False})
    hours.setText("tám")
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"hours1"}
    hours.setText("-8")
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"modules", "tested"}
    room.fill(dialog, {"hours1": 480, "tested": True, "module2": "KT", "hours2": 480, "pass_mark": 60})
    room.submit(dialog)
    course = {one.code: one for one in training_courses.offered(room.book, TODAY)}["QS"]
    assert (course.codes, course.minutes, course.pass_mark) == (("QLN", "KT"), 960, 60)
    rows = [page.courses.table.row_at(place) for place in range(page.courses.table.rowCount())]
    assert [(row.course.code, row.own) for row in rows][-1] == ("QS", True)


def test_a_member_becomes_a_trainer_once(room: Room) -> None:
    page = room.show(TrainingPage, tab="trainers")
    page.actions()[0].run()
    dialog = room.dialog(page)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"name", "sex"}
    room.fill(dialog, {"member": Find(room.village.members[0], "Hòa 1"), "tot_until": date(2027, 1, 1)})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"tot"}
    room.fill(dialog, {"tot": "TOT-01"})
    room.submit(dialog)
    assert [row.name for row in trainers.listed(room.book)] == ["Nguyễn Thị Hòa 1"]
    page.trainers.new()
    again = room.dialog(page)
    room.fill(again, {"member": Find(room.village.members[0], "Hòa 1")})
    room.submit(again)
    assert set(again.form.problems()) == {"member"}


# -- the page of a class ---------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["learners", "sessions", "results", "certificates", "facts", "files"])
def test_the_page_of_a_class_is_named_and_its_deed_follows_the_tab(room: Room, tab: str) -> None:
    page = room.show(ClassPage, training_class=room.klass, tab=tab)
    assert_named(page)
    assert page.title() == "LH-0001 · Sổ sách cho ban quản lý"
    assert page.actions()[0].shortcut == "Ctrl+N"
    assert page.learners.table.rowCount() == 3


def test_people_are_enrolled_one_by_one_and_by_the_group(room: Room) -> None:
    stranger = enter(room.book, an_act(TODAY), "Trần Văn Nam")
    page = room.show(ClassPage, training_class=room.klass)
    page.actions()[0].run()
    dialog = room.dialog(page)
    people = dialog.form.input("members")
    assert isinstance(people, PeopleEdit)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"members"}
    people.group._take(Find(room.village.group, "Tổ TO-01"))
    room.settle()
    assert people.value() == room.village.members
    people.person._take(Find(stranger, "Trần Văn Nam"))
    room.submit(dialog)
    assert "đã có trong lớp" in dialog.form.problems()["members"]
    people.set_value([Find(stranger, "Trần Văn Nam")])
    room.submit(dialog)
    assert len(room.detail().learners) == 4
    assert page.learners.table.rowCount() == 4


def test_a_session_before_the_class_begins_is_refused_at_its_field(room: Room) -> None:
    page = room.show(ClassPage, training_class=room.klass, tab="sessions")
    page.actions()[0].run()
    dialog = room.dialog(page)
    room.fill(dialog, {"day": START - timedelta(days=1), "planned": 240})
    room.submit(dialog)
    assert "trước ngày khai giảng" in dialog.form.problems()["day"]
    dialog.form.input("planned").setText("25")
    room.fill(dialog, {"day": START})
    room.submit(dialog)
    assert "không quá 12 giờ" in dialog.form.problems()["planned"]
    page.mark(room.detail().sessions[1])
    assert (room.routes[-1].page, room.routes[-1].args) == ("attendance", {"session": room.sessions[1]})


def test_scores_of_a_whole_class_are_keyed_in_and_a_wrong_one_is_refused_at_its_field(room: Room) -> None:
    for place in range(4):
        room.attend(place)
    page = room.show(ClassPage, training_class=room.klass, tab="results")
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    rows = room.detail().learners
    last = f"{rows[2].enrolment}/post"
    for row, typed in zip(rows, ("8", "4", "10,5"), strict=True):
        edit = dialog.form.input(f"{row.enrolment}/post")
        assert isinstance(edit, PointsEdit)
        edit.setText(typed)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {last}
    assert "quá điểm tối đa" in dialog.form.problems()[last]
    dialog.form.input(last).setText("6")
    room.submit(dialog)
    found = [row.standing.completed is not None for row in room.detail().learners]
    assert found == [True, False, True]


def test_only_who_completed_is_offered_a_certificate_and_the_batch_is_printed(room: Room) -> None:
    room.complete(0, 1)
    page = room.show(ClassPage, training_class=room.klass, tab="certificates")
    page.actions()[0].run()
    dialog = room.dialog(page)
    names = [box.text() for _key, box in dialog.form.input("enrolments").boxes]
    assert [name.split(" · ")[0] for name in names] == ["Nguyễn Thị Hòa 1", "Nguyễn Thị Hòa 2"]
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"signer", "office"}
    room.fill(dialog, {"signer": "Trần Thị Mai", "office": "Chủ tịch Hội", "day": START})
    room.submit(dialog)
    assert "hoàn thành sau ngày cấp này" in dialog.form.problems()["day"]
    room.fill(dialog, {"day": TODAY})
    room.submit(dialog)
    report, value = room.printed[-1]
    assert report == "training-certificate"
    assert [one.number for one in value.certificates] == ["CN-000001/2026", "CN-000002/2026"]
    assert page.certificates.table.rowCount() == 2
    row = training_certificates.listed(room.book)[0]
    page.certificates.print_row(row)
    assert room.printed[-1][1].certificates[0].mark.count == 2
    page.give()
    assert "Không có ai" in said(room)
    page.certificates.revoke(row)
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Ghi nhầm"})
    room.submit(dialog)
    assert training_certificates.listed(room.book)[0].revoked == TODAY


def test_a_class_is_ended_only_when_all_is_written_down(room: Room) -> None:
    room.attend(0)
    page = room.show(ClassPage, training_class=room.klass)
    page.change_state()
    dialog = room.dialog(page)
    room.fill(dialog, {"state": ClassState.FINISHED})
    room.submit(dialog)
    assert "chưa điểm danh" in dialog.form.problems()["state"]
    for place in range(1, 4):
        room.attend(place)
    room.submit(dialog)
    assert room.detail().row.state is ClassState.FINISHED


def test_papers_of_a_class_are_printed(room: Room) -> None:
    room.complete(0)
    page = room.show(ClassPage, training_class=room.klass)
    page.print_blank()
    page.print_filled()
    page.print_session(room.detail().sessions[0])
    page.print_report()
    page.print_report(Release.DONOR)
    reports = [report for report, _value in room.printed]
    assert reports == ["training-attendance"] * 3 + ["training-class"] * 2
    assert room.printed[3][1].results
    assert not room.printed[4][1].results


# -- afterwards, and elsewhere ---------------------------------------------------------------------


def test_who_is_due_is_visited_from_the_list(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.complete(0)
    later = date(2026, 7, 30)
    monkeypatch.setattr(room.desk, "today", lambda: later)
    monkeypatch.setattr(room.desk, "act", lambda: an_act(later))
    page = room.show(TrainingPage, tab="follow")
    assert page.follow.table.rowCount() == 1
    row = training_follow_ups.due(room.book, later)[0]
    assert row.follow.state is FollowState.OVERDUE
    page.follow.visit(row)
    room.settle()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"visitor": "Lê Thị Phượng", "day": date(2026, 5, 1), "practices": ("KT.daybook",)})
    room.submit(dialog)
    assert "06/06/2026" in dialog.form.problems()["day"]
    room.fill(dialog, {"day": later})
    room.submit(dialog)
    assert training_follow_ups.due(room.book, later)[0].follow.state is FollowState.APPLIED
    assert page.follow.table.rowCount() == 0


def test_a_person_shows_their_training_and_the_search_finds_the_class(room: Room) -> None:
    room.complete(0)
    part = TrainingList(room.desk, "member.training")
    room.qtbot.addWidget(part)
    part.load(room.village.members[0])
    room.settle()
    assert part.table.rowCount() == 1
    part.open_row(part.table.row_at(0))
    assert room.routes[-1].args == {"training_class": room.klass}
    hits: list[Any] = search.search(room.book, "so sach ban")
    assert [(one.kind, one.id) for one in hits] == [(HitKind.TRAINING_CLASS, room.klass)]
    page = room.show(TrainingPage, tab="people")
    page.people.module.set_value("KT")
    assert page.people.table.rowCount() == 1


def test_a_sheet_left_half_typed_is_gone_on_with_from_the_first_page(room: Room) -> None:
    drafts.keep(room.book, "training", str(room.sessions[1]), "{}", an_act(TODAY))
    (left,) = overview.start(room.book, TODAY).drafts
    assert left.title == "Sổ sách cho ban quản lý, buổi 2"
    title, target = _unfinished(left)
    assert title == "Điểm danh lớp tập huấn: Sổ sách cho ban quản lý, buổi 2"
    assert target == ("attendance", {"session": room.sessions[1]})


def test_from_a_course_through_a_loan_to_a_visit_after_twelve_months(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of time of an activity tells the course, the loan and the visits, and leads to the class."""
    owner = room.village.members[0]
    page = room.show(HoursPage, session=room.sessions[0])
    page.room.fill()
    page.room.post()
    room.settle()
    for place in (1, 2, 3):
        room.attend(place)
    row = next(one for one in room.detail().learners if one.member == owner)
    klass = room.show(ClassPage, training_class=room.klass, tab="results")
    klass.edit_result(row)
    dialog = room.dialog(klass)
    room.fill(dialog, {"pre": 30, "post": 80, "tested": START + timedelta(days=4)})
    room.submit(dialog)
    loan = lend(room.book, room.village, 0)
    started = date(2026, 3, 20)
    new = Activity(Owner(owner), "Nuôi vịt đẻ", "0146", started=started)
    key = livelihoods.register(room.book, new, an_act(started), loan).value
    later = date(2027, 3, 22)
    monkeypatch.setattr(room.desk, "today", lambda: later)
    figures = Figures(revenue=40_000_000, costs=20_000_000, days=120, minutes=240, household=4)
    for wave, day in ((Wave.BASE, date(2026, 3, 15)), (Wave.M12, date(2027, 3, 20))):
        practices = (Practice.STORAGE,) if wave is Wave.M12 else ()
        visit = Visit(key, wave, day, "Lê Thị Phượng", figures, practices=practices, agreed=True)
        livelihood_visits.record(room.book, visit, an_act(later))
    activity = room.show(ActivityPage, livelihood=key)
    events = {event.kind: event for event in activity.story.line.events}
    assert {"training", "loan", "visit"} <= events.keys()
    course = events["training"]
    assert course.title == "Hoàn thành: Ghi chép sổ sách của nhóm"
    assert (course.page, dict(course.args)) == ("training_class", {"training_class": room.klass})
    follow = room.show(TrainingPage, tab="follow")
    assert follow.follow.table.rowCount() == 0  # the visit after twelve months answered by itself
    assert training_follow_ups.due(room.book, later)[0].follow.state is FollowState.APPLIED


def test_hours_and_points_go_into_a_spreadsheet_as_numbers(room: Room, tmp_path: Path) -> None:
    room.complete(0)
    page = room.show(ClassPage, training_class=room.klass, tab="results")
    page.results.view.export_to(str(tmp_path / "ket-qua.xlsx"))
    room.settle()
    rows = CalamineWorkbook.from_path(str(tmp_path / "ket-qua.xlsx")).get_sheet_by_index(0).to_python()
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["Giờ học"], first["Cuối khóa"], first["Tỷ lệ (%)"]) == (16, 8, 100)

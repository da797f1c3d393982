"""The pages of livelihoods: register, visit, plan, job, matching, shocks; by keyboard, with problems at their field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog

from desktop.models.kinds import AttachmentKind, EntryKind
from desktop.models.livelihood_kinds import Employment, Hazard, JobKind, LivelihoodState, Wave
from desktop.models.rules.suppression import Release
from desktop.services import (
    attachments,
    job_matching,
    jobs,
    livelihood_book,
    livelihood_gathering,
    placements,
    shocks,
    vouchers,
)
from desktop.services.attachments import Subject
from desktop.services.job_matching import Opening, Seeker
from desktop.services.livelihoods import Owner
from desktop.services.shock_book import Event
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.pickers import Find
from desktop.views.livelihoods.activity_page import ActivityPage
from desktop.views.livelihoods.inputs import ActivityPicker, HoursEdit
from desktop.views.livelihoods.list_tabs import job_actions
from desktop.views.livelihoods.page import LivelihoodsPage
from desktop.views.livelihoods.shock_page import ShockPage
from tests.services.loan_kit import lend
from tests.views.accessible import assert_named
from tests.views.livelihoods.conftest import TODAY, Room
from tests.views.typing import type_vi
from tests.village import an_act, meet


def press(page: Any, keys: str, qtbot: Any) -> None:
    qtbot.keyClick(page, getattr(Qt.Key, f"Key_{keys}"), Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("tab", ["list", "due", "jobs", "matching", "shocks", "figures", "data"])
def test_every_tab_is_named_and_says_what_to_do_when_empty(room: Room, tab: str) -> None:
    page = room.show(LivelihoodsPage, tab=tab)
    assert_named(page)
    assert page.parts[page.tabs.currentIndex()].view is not None
    assert page.actions()[0].primary


def test_an_activity_is_registered_with_the_branch_typed_without_marks(room: Room) -> None:
    page = room.show(LivelihoodsPage)
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"owner", "name", "vsic_code"}
    picker = dialog.form.input("vsic_code")
    assert isinstance(picker, ActivityPicker)
    picker.setText("chan nuoi lon")
    picker.look_up("chan nuoi lon")
    assert [find.value for find in picker._finds.finds] == ["0145"]
    owner = Find(Owner(member=room.village.members[0]), "Hòa 1")
    values = {
        "owner": owner,
        "name": "Nuôi heo",
        "vsic_code": "0145",
        "started": date(2026, 8, 1),
        "smart": True,
    }
    room.fill(dialog, values)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"practices"}
    room.fill(dialog, {"smart": False, "hazard1": Hazard.DISEASE, "exposure1": 3, "sensitivity1": 2})
    room.submit(dialog)
    (row,) = livelihood_book.listed(room.book, livelihood_book.LivelihoodFilter(), TODAY)
    assert (row.name, row.risk, row.state) == ("Nuôi heo", 6, LivelihoodState.OPERATING)
    assert (room.routes[-1].page, room.routes[-1].args) == ("livelihood", {"livelihood": row.id})


def test_an_activity_begins_with_the_loan_that_names_it(room: Room) -> None:
    page = room.show(LivelihoodsPage)
    page.from_loan()
    room.settle()
    assert "đã gắn" in str(getattr(room.said[-1], "text", room.said[-1]))
    loan = lend(room.book, room.village, 1)
    page.from_loan()
    room.settle()
    room.submit(room.dialog(page))
    dialog = room.dialog(page)
    assert dialog.form.value("name") == "Nuôi vịt"
    room.fill(dialog, {"vsic_code": "0146"})
    room.submit(dialog)
    key = room.routes[-1].args["livelihood"]
    detail = livelihood_book.detail(room.book, key, TODAY)
    assert [one.id for one in detail.loans] == [loan]
    assert livelihood_book.unlinked_loans(room.book) == []


def test_a_visit_too_early_and_25_hours_are_refused_at_the_field(room: Room) -> None:
    key = room.add()
    room.visit(key, Wave.BASE, date(2026, 1, 25))
    page = room.show(ActivityPage, livelihood=key, tab="visits")
    assert page.actions()[0].shortcut == "Ctrl+N"
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    assert dialog.form.value("wave") is Wave.M6
    hours = dialog.form.input("minutes")
    assert isinstance(hours, HoursEdit)
    hours.setText("25")
    room.fill(dialog, {"day": date(2026, 1, 20), "visitor": "Cán bộ", "revenue": 44_000_000, "days": 200})
    room.submit(dialog)
    problems = dialog.form.problems()
    assert set(problems) == {"day", "minutes"}
    assert "trước hỗ trợ" in problems["day"]
    assert "24 giờ" in problems["minutes"]
    dialog.form.input("days").setText("-3")
    room.submit(dialog)
    assert "365" in dialog.form.problems()["days"]
    room.fill(dialog, {"days": 200, "minutes": 270, "day": date(2026, 8, 5), "costs": 20_000_000})
    assert hours.text() == "4,5"
    assert "24.000.000" in dialog.result_line.text()
    room.submit(dialog)
    detail = livelihood_book.detail(room.book, key, TODAY)
    assert [visit.wave for visit in detail.row.visits] == [Wave.BASE, Wave.M6]
    assert page.visits.table.rowCount() == 2


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("days", "-3", "từ 0 đến 365"),
        ("minutes", "-4", "số giờ từ 0"),
        ("household", "-1", "từ 0 đến 50"),
        ("revenue", "-5tr", "âm"),
    ],
)
def test_a_minus_is_taken_as_typed_and_refused_in_words_at_its_field(
    room: Room, field: str, typed: str, words: str
) -> None:
    key = room.add()
    page = room.show(ActivityPage, livelihood=key, tab="visits")
    page.visit()
    dialog = room.dialog(page)
    room.fill(dialog, {"wave": Wave.BASE, "day": date(2026, 1, 25), "visitor": "Cán bộ"})
    edit = dialog.form.input(field)
    edit.setFocus()
    type_vi(edit, typed)
    assert edit.text() == typed  # the minus is not swallowed: 3 days were never worked
    room.submit(dialog)
    assert words in dialog.form.problems()[field]
    assert dialog.isVisible()
    assert livelihood_book.detail(room.book, key, TODAY).row.visits == ()


def test_a_photo_taken_on_a_visit_is_kept_with_it_as_evidence(room: Room, tmp_path: Path) -> None:
    key = room.add()
    room.visit(key, Wave.BASE, date(2026, 1, 25))
    room.visit(key, Wave.M6, date(2026, 8, 1))
    page = room.show(ActivityPage, livelihood=key, tab="visits")
    row = page.detail.row.visits[-1]
    page.visits.view.select_key(row.id)
    room.qtbot.keyClick(page.visits.view.grid, Qt.Key.Key_F4)
    room.settle()
    shown = next(one for one in page.findChildren(QDialog) if one.isVisible())
    assert shown.windowTitle() == "Ảnh, bằng chứng của lần thăm 6 tháng"
    assert_named(shown)
    files = shown.findChild(AttachmentList)
    files.add()
    adding = next(one for one in files.findChildren(FormDialog) if one.isVisible())
    photo = QImage(400, 300, QImage.Format.Format_RGB32)
    photo.fill(Qt.GlobalColor.yellow)
    photo.save(str(tmp_path / "chuồng vịt.png"))
    adding.form.input("file").take(str(tmp_path / "chuồng vịt.png"))
    room.settle()
    room.fill(adding, {"title": "Chuồng vịt mới"})
    room.submit(adding)
    (kept,) = attachments.files_of(room.book, Subject("livelihood_visits", row.uid))
    assert (kept.title, kept.kind) == ("Chuồng vịt mới", AttachmentKind.PHOTO)
    assert files.table.rowCount() == 1
    first = page.detail.row.visits[0]
    assert attachments.files_of(room.book, Subject("livelihood_visits", first.uid)) == ()
    assert verify(room.book).findings == ()
    shown.close()


def test_the_story_stands_on_one_line_and_leads_on(room: Room) -> None:
    key = room.add()
    room.visit(key, Wave.BASE, date(2026, 1, 25))
    page = room.show(ActivityPage, livelihood=key)
    assert_named(page)
    assert {event.kind for event in page.story.line.events} == {"state", "visit"}
    assert "Thăm" in page.story.line.accessibleDescription()
    assert page.story.table.rowCount() == len(page.story.line.events)
    room.visit(key, Wave.M6, date(2026, 8, 1), 44_000_000)
    page.reload()
    room.settle()
    assert [event.amount for event in page.story.line.incomes] == [20_000_000, 24_000_000]
    assert not page.story.line.grab().isNull()
    press(page, "3", room.qtbot)
    assert page.tabs.currentWidget() is page.plans
    assert page.actions()[0].title == "Lập kế hoạch…"


def test_a_plan_shows_what_is_left_and_is_approved_by_two(room: Room) -> None:
    key = room.add()
    page = room.show(ActivityPage, livelihood=key, tab="plans")
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    flow = ((1_000_000,) * 12, (3_000_000, *(500_000,) * 11))
    room.fill(
        dialog, {"market": "Chợ", "unit_cost": 1, "price": 2, "fixed": 10, "own": 1_000_000, "months": flow}
    )
    assert "thấp nhất" in dialog.result_line.text()
    assert "hòa vốn khi bán 10" in dialog.result_line.text()
    room.submit(dialog)
    (row,) = page.detail.plans
    page.approve_plan(row)
    approval = room.dialog(page)
    room.fill(approval, {"people": "Bà A\nÔng B"})
    room.submit(approval)
    assert any("dưới 0" in text for text in approval.form.problems().values())
    approval.panel.form.set_dirty(False)
    approval.reject()
    page.edit_plan(row)
    dialog = room.dialog(page)
    room.fill(dialog, {"own": 3_000_000})
    room.submit(dialog)
    page.approve_plan(page.detail.plans[0])
    approval = room.dialog(page)
    room.fill(approval, {"people": "Bà A\nÔng B"})
    room.submit(approval)
    assert page.detail.plans[0].approvers == ("Bà A", "Ông B")
    page.print_plan()
    assert room.printed[-1][0] == "business-plan"


def test_a_job_is_written_improved_and_lost(room: Room) -> None:
    key = room.add()
    page = room.show(ActivityPage, livelihood=key, tab="jobs")
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.submit(dialog)
    assert {"days", "minutes"} <= set(dialog.form.problems())
    worker = Find(room.village.members[0], "Hòa 1")
    room.fill(
        dialog,
        {"member": worker, "kind": JobKind.EXISTING, "since": date(2026, 2, 1), "days": 120, "minutes": 480},
    )
    room.submit(dialog)
    (row,) = page.detail.jobs
    changed = next(action for action in job_actions(room.desk, page.jobs) if action.shortcut == "F3")
    changed.run(row)
    dialog = next(one for one in page.jobs.findChildren(type(dialog)) if one.isVisible())
    room.fill(dialog, {"since": date(2026, 6, 1), "days": 240})
    room.submit(dialog)
    (row,) = page.detail.jobs
    assert (row.kind, float(row.fte)) == (JobKind.IMPROVED, 1.0)
    listed = room.show(LivelihoodsPage, tab="jobs")
    assert listed.jobs.table.rowCount() == 1


def test_an_opening_meets_somebody_and_is_filled(room: Room, answers: Any) -> None:
    act = an_act(date(2026, 6, 1))
    opening = job_matching.keep_opening(
        room.book, Opening("HTX", "Đóng gói", act.today, pay=4_000_000), act
    ).value
    job_matching.keep_seeker(room.book, Seeker(room.village.members[2], act.today), act)
    page = room.show(LivelihoodsPage, tab="matching")
    tab = page.matching
    assert tab.table("openings").rowCount() == 1
    tab.find_people(job_matching.openings(room.book)[0])
    room.settle()
    assert tab.which.value() == "matches"
    tab.place(tab.table("matches").row_at(0))
    dialog = room.dialog(page)
    room.submit(dialog)
    (placed,) = placements.placements(room.book, TODAY)
    assert placed.pay == 4_000_000
    (job,) = jobs.listed(room.book, jobs.JobFilter(), TODAY)
    assert (job.employment, job.employer) == (Employment.WAGE_CONTRACT, "HTX")
    assert not job_matching.openings(room.book)
    assert opening
    tab.which.set_value("placements")
    room.settle()
    tab.check(tab.table("placements").row_at(0))
    dialog = room.dialog(page)
    room.fill(dialog, {"day": TODAY})
    room.submit(dialog)
    assert "day" in dialog.form.problems()  # the same day as the placement
    dialog.form.set_dirty(False)
    dialog.reject()


def test_an_event_takes_losses_and_help(room: Room) -> None:
    meet(room.book, room.village, 1)
    meet(room.book, room.village, 2)
    day = date(2026, 7, 1)
    event = shocks.keep_event(room.book, Event(Hazard.FLOOD, "Lũ", day, day), an_act(day)).value
    page = room.show(ShockPage, event=event)
    assert_named(page)
    page.link()
    room.settle()
    assert any("Không có khoản vay" in str(getattr(one, "text", one)) for one in room.said)
    grant = RecordVoucher(
        room.village.group, EntryKind.SOCIAL_OUT, 10_000, date(2026, 7, 5), room.village.members[0], "Lũ"
    )
    vouchers.record(room.book, grant, an_act(date(2026, 7, 5)))
    page.link()
    room.settle()
    room.submit(room.dialog(page))
    assert page.reliefs.rowCount() == 1
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"household", "item"}
    room.fill(dialog, {"household": Find(1, "HO-0001"), "item": "Lúa", "value": 2_000_000})
    room.submit(dialog)
    assert page.losses.rowCount() == 1
    assert page.detail.row.value == 2_000_000


def test_charts_say_the_numbers_of_the_list(room: Room) -> None:
    key = room.add()
    worker = jobs.Worker(room.village.members[0])
    new = jobs.NewJob(
        worker, JobKind.NEW, Employment.SELF, jobs.Term(date(2026, 3, 1), 120, 480), key,
        evidence=jobs.Evidence.CASHBOOK,
    )  # fmt: skip
    jobs.add(room.book, new, an_act(TODAY))
    page = room.show(LivelihoodsPage, tab="figures")
    tab = page.figures
    figures = livelihood_gathering.figures(room.book, TODAY)
    assert tab.jobs.drawn
    assert tab.income.drawn
    assert "cộng 0,5" in tab.jobs_words.text()
    assert figures.net_fte * 2 == 1
    assert tab.table.rowCount() == 28
    tab.cut.set_value("age")
    room.settle()
    assert "Không rõ: 0,5" in tab.jobs_words.text()
    tab.cut.set_value("section")
    room.settle()
    assert "Nông, lâm nghiệp, thủy sản: 0,5" in tab.jobs_words.text()


def test_dated_data_are_added_and_the_report_printed(room: Room) -> None:
    page = room.show(LivelihoodsPage, tab="data")
    count = page.data._tables["prices"][0].rowCount()
    page.data.add()
    dialog = room.dialog(page)
    room.submit(dialog)
    assert {"points", "source"} <= set(dialog.form.problems())
    dialog.form.input("points").setText("123,45")
    room.fill(dialog, {"source": "Thông cáo"})
    room.submit(dialog)
    assert page.data._tables["prices"][0].rowCount() == count + 1
    page.print_report()
    report, value = room.printed[-1]
    assert report == "job-report"
    assert value.method
    menu = next(action for action in page.actions() if action.menu)
    menu.menu[-1].run()
    assert room.printed[-1][1].secret == Release.DONOR.title


def test_papers_of_an_activity_need_no_right_to_write(room: Room) -> None:
    key = room.add()
    page = room.show(ActivityPage, livelihood=key)
    assert {action.title: action.writes for action in page.actions()}["In"] is False
    page.print_record()
    page.print_blank()
    assert [report for report, _value in room.printed] == ["livelihood-record", "visit-form"]

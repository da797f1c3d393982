"""The pages of support: request, assessment by keyboard, decision, co-contribution, hand-over, assets, papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.rules.support.steps import StepState
from desktop.models.support_kinds import (
    Condition,
    ContributionKind,
    MoneyRoute,
    Result,
    SupportKind,
    Use,
    Verdict,
    Wave,
)
from desktop.services import livelihoods, support_book, support_register
from desktop.services.livelihoods import Activity, Owner
from desktop.services.supports import Beneficiary
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.attachments import PickedFile
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.pickers import Find
from desktop.views.livelihoods.activity_page import ActivityPage
from desktop.views.members.member_page import MemberPage
from desktop.views.supports.assess_dialog import AssessDialog
from desktop.views.supports.dossier_page import DossierPage
from desktop.views.supports.page import SupportsPage
from reports import catalogue
from tests import support_kit as kit
from tests.services.test_supports import MACHINE, PNG
from tests.support_kit import ASKED, TODAY
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.supports.conftest import Room
from tests.views.typing import press, type_vi
from tests.village import an_act

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("tab", ["list", "due", "assets", "rules"])
def test_every_tab_is_named_and_says_what_to_do_when_empty(room: Room, tab: str) -> None:
    page = room.show(SupportsPage, tab=tab)
    assert_named(page)
    assert page.actions()[0].primary


def test_a_request_is_written_down_and_opened(room: Room) -> None:
    page = room.show(SupportsPage)
    page.actions()[0].run()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"beneficiary", "title", "amount", "by"}
    room.fill(
        dialog,
        {
            "beneficiary": Find(Beneficiary(group=room.village.group), "Tổ"),
            "kind": SupportKind.ASSET,
            "title": "Máy ấp trứng",
            "amount": 12_000_000,
            "by": "Nguyễn Thị Hòa",
            "hardship": True,
        },
    )
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"hardship_basis"}
    room.fill(dialog, {"hardship_basis": "Sổ hộ nghèo 12"})
    room.submit(dialog)
    row = support_book.list_supports(room.book, TODAY)[0]
    assert (row.title, row.asked) == ("Máy ấp trứng", 12_000_000)
    assert (room.routes[-1].page, room.routes[-1].args) == ("support-dossier", {"support": row.id})


def test_the_assessment_is_typed_with_digits(room: Room) -> None:
    support = kit.ask(room.book, room.village.group)
    kit.contribute(room.book, support)
    page = room.show(DossierPage, support=support)
    assert page.actions()[0].title == "Đánh giá…"
    page.actions()[0].run()
    room.settle()
    dialog = room.dialog(page, AssessDialog)
    assert_named(dialog)
    rows = dialog.rows
    press(rows[1].score, Qt.Key.Key_1)
    assert rows[1].answer.score == 1
    assert dialog.focusWidget() is rows[2].score
    press(rows[2].score, Qt.Key.Key_2)
    assert dialog.focusWidget() is rows[2].evidence
    type_vi(rows[2].evidence, "Giấy chứng nhận")
    press(rows[2].evidence, Qt.Key.Key_Return)
    assert dialog.focusWidget() is rows[3].score
    press(rows[3].score, Qt.Key.Key_7)
    assert rows[3].answer.score is None
    assert "“7”" in rows[3].below.text()
    assert not rows[3].below.isHidden()
    press(rows[5].score, Qt.Key.Key_Equal)  # what the book proposes, with its basis as evidence
    assert rows[5].answer.score == 2
    assert "20 %" in rows[5].answer.evidence
    assert "còn 13 mục" in dialog.result_line.text()


def test_what_is_wrong_stands_at_its_item(room: Room) -> None:
    support = kit.ask(room.book, room.village.group)
    page = room.show(DossierPage, support=support)
    page.assess()
    room.settle()
    dialog = room.dialog(page, AssessDialog)
    dialog.form.input("assessor").set_value("Chị Lan")
    for number, row in dialog.rows.items():
        row.score.setText("" if number == 3 else "2")
        row.evidence.set_value("" if number in (8, 9) else "Biên bản")
    dialog.rows[9].hold(PickedFile("anh.png", PNG))
    dialog.submit()
    room.settle()
    wrong = {number for number, row in dialog.rows.items() if not row.below.isHidden()}
    assert wrong == {3, 8}
    assert "bằng chứng" in dialog.rows[8].below.text()
    dialog.rows[3].score.setText("1")
    dialog.rows[8].evidence.set_value("Quy chế")
    dialog.form.input("day").set_value(date(2026, 1, 1))
    dialog.submit()
    room.settle()
    assert set(dialog.form.problems()) == {"day"}
    dialog.form.input("day").set_value(date(2026, 2, 10))
    dialog.submit()
    room.settle()
    view = support_book.detail(room.book, support, TODAY).assessments[0]
    assert view.judgement.result is Result.TRANSFER
    assert view.files == 1
    assert page.tabs.currentWidget() is page.assessments
    assert page.assessments.items.rowCount() == 16


def test_the_head_of_the_assessment_saves_by_key_and_opens_no_file(room: Room, monkeypatch: Any) -> None:
    support = kit.ask(room.book, room.village.group)
    page = room.show(DossierPage, support=support)
    page.actions()[0].run()
    room.settle()
    dialog = room.dialog(page, AssessDialog)
    opened: list[int] = []
    monkeypatch.setattr("desktop.views.supports.assess_rows.ask_open", lambda *_given: opened.append(1))
    assessor = dialog.form.input("assessor")
    assessor.setFocus()
    for key, held in ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_S, CTRL)):
        assessor.set_value("Chị Lan")
        assessor.setFocus()
        for row in dialog.rows.values():
            row.say("")
        press(assessor, key, held)
        room.settle()
        assert not dialog.rows[1].below.isHidden()  # it was tried: the first item has no score
    assert opened == []
    dialog.reject()


def test_leaving_the_assessment_asks(room: Room, answers: Answers) -> None:
    support = kit.ask(room.book, room.village.group)
    page = room.show(DossierPage, support=support)
    page.assess()
    room.settle()
    dialog = room.dialog(page, AssessDialog)
    dialog.rows[1].score.setText("2")
    answers.yes = False
    dialog.reject()
    assert dialog.isVisible()
    answers.yes = True
    dialog.reject()
    assert not dialog.isVisible()


def test_a_failed_assessment_asks_for_two_people(room: Room) -> None:
    support = kit.ask(room.book, room.village.group)
    page = room.show(DossierPage, support=support)
    page.decide()
    assert "Chưa đánh giá" in room.last_said
    kit.assess(room.book, support, s2=1)
    page.reload()
    room.settle()
    page.decide()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"verdict": Verdict.APPROVE, "day": date(2026, 2, 20), "decider": "Lê Văn Sơn"})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"verdict"}
    room.fill(dialog, {"override": True, "second": "lê văn sơn"})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"second", "reason"}
    room.fill(dialog, {"second": "Hà Thị Mai", "reason": "Lũ"})
    room.submit(dialog)
    assert "ngoại lệ" in page.subtitle()


def test_a_transfer_says_what_blocks(room: Room) -> None:
    support = kit.ask(room.book, room.village.group)
    page = room.show(DossierPage, support=support)
    page.transfer()
    assert "Chưa đánh giá" in room.last_said
    assert not page.facts.blocks.isHidden()


def test_what_is_assessed_but_not_decided_cannot_be_handed_over(room: Room) -> None:
    support = kit.ask(room.book, room.village.group, kind=SupportKind.CASH)
    kit.assess(room.book, support)
    kit.contribute(room.book, support)
    page = room.show(DossierPage, support=support, tab="transfers")
    page.transfer()
    room.settle()
    assert "Chưa có quyết định" in room.last_said
    assert not [one for one in page.findChildren(FormDialog) if one.isVisible()]
    assert "Chưa có quyết định" in page.facts.blocks.text()
    kit.decide(room.book, support, verdict=Verdict.REFUSE, amount=0, reason="Hết vốn")
    page.reload()
    room.settle()
    page.transfer()
    room.settle()
    assert "là “Không chuyển giao”" in room.last_said
    assert not [one for one in page.findChildren(FormDialog) if one.isVisible()]
    detail = support_book.detail(room.book, support, TODAY)
    assert (list(detail.transfers), detail.row.transferred) == ([], 0)


def test_co_contribution_and_transfer(room: Room) -> None:
    support = kit.ask(room.book, room.village.group, kind=SupportKind.CASH)
    kit.assess(room.book, support)
    kit.decide(room.book, support)
    page = room.show(DossierPage, support=support)
    assert page.actions()[0].title == "Ghi đối ứng…"
    page.contribute()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"kind": ContributionKind.LABOUR, "day": date(2026, 2, 12), "rate": 200_000})
    dialog.form.input("tenths").setText("12,5")
    assert "20 %" in dialog.result_line.text()
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"evidence"}
    room.fill(dialog, {"evidence": "Bảng chấm công"})
    room.submit(dialog)
    assert page.actions()[0].title == "Bàn giao…"
    page.transfer()
    dialog = room.dialog(page)
    assert_named(dialog)
    assert dialog.form.value("value") == ASKED
    room.fill(dialog, {"day": date(2026, 2, 19), "value": ASKED + 1, "minutes": "BB-1", "giver": "Sơn"})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"day", "value"}
    room.fill(dialog, {"day": date(2026, 3, 1), "value": ASKED, "route": MoneyRoute.BOX})
    room.submit(dialog)
    detail = support_book.detail(room.book, support, TODAY)
    assert detail.transfers[0].voucher_number.startswith("PT-")
    assert [step.state for step in detail.steps[:5]] == [StepState.DONE] * 5


def test_taking_back_needs_a_reason(room: Room) -> None:
    support = _handed(room)
    page = room.show(DossierPage, support=support, tab="transfers")
    row = page.transfers.table.row_at(0)
    page.take_transfer_back(row)
    dialog = room.dialog(page)
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"reason"}
    room.fill(dialog, {"reason": "Giao nhầm"})
    room.submit(dialog)
    assert support_book.detail(room.book, support, TODAY).row.transferred == 0


def _handed(room: Room, **more: Any) -> Any:
    support = kit.ask(room.book, room.village.group, kind=SupportKind.ASSET, **more)
    kit.assess(room.book, support)
    kit.decide(room.book, support)
    kit.contribute(room.book, support)
    kit.hand_over(room.book, support, assets=(MACHINE,))
    return support


def test_assets_are_checked_and_leave_the_register(room: Room) -> None:
    support = _handed(room)
    page = room.show(DossierPage, support=support, tab="assets")
    assert_named(page)
    row = page.assets.table.row_at(0)
    page.check_asset(row)
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"condition": Condition.POOR, "use": Use.IDLE, "checker": "Chị Lan"})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"note"}
    room.fill(dialog, {"note": "Gửi sửa"})
    room.submit(dialog)
    page.end_asset(page.assets.table.row_at(0))
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Bán thanh lý có biên bản"})
    room.submit(dialog)
    assert support_register.assets(room.book, TODAY, ended=False) == []


def test_what_is_due_leads_to_the_dossier(room: Room) -> None:
    support = _handed(room)
    page = room.show(SupportsPage, tab="due")
    kinds = [page.due.table.row_at(place).kind for place in range(page.due.table.rowCount())]
    assert kinds == ["again", "asset", "again"]
    page.due.open_row(page.due.table.row_at(1))
    assert room.routes[-1].args == {"support": support, "tab": "assets"}


def test_the_second_look_asks_only_what_is_looked_at_again(room: Room) -> None:
    support = _handed(room)
    page = room.show(DossierPage, support=support)
    page.assess()
    room.settle()
    dialog = room.dialog(page, AssessDialog)
    assert dialog.wave is Wave.FIRST
    assert list(dialog.rows) == [4, 6, 7, 9, 13]


def test_other_thresholds_hold_from_a_day(room: Room) -> None:
    page = room.show(SupportsPage, tab="rules")
    page.actions()[0].run()
    room.settle()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"since": date(2026, 5, 1), "passes": 50, "reason": "Quy định mới"})
    room.submit(dialog)
    assert set(dialog.form.problems()) == {"improves"}
    room.fill(dialog, {"passes": 80, "gate-15": 1})
    room.submit(dialog)
    assert page.rules.table.rowCount() == 2


def test_every_paper_is_printed(room: Room) -> None:
    support = _handed(room)
    page = room.show(DossierPage, support=support)
    page.print_dossier()
    page.print_minutes()
    page.print_assessment()
    page.print_blank()
    page.print_blank_again()
    page.print_card(page.assets.table.row_at(0))
    room.show(SupportsPage, tab="assets").print_register()
    assert [report for report, _value in room.printed] == [
        "support-dossier",
        "support-handover",
        "support-assessment",
        "support-assessment",
        "support-assessment",
        "asset-card",
        "asset-register",
    ]
    for report, value in room.printed:
        assert catalogue.find(report).render(value).startswith(b"%PDF")


def test_other_pages_show_the_support(room: Room) -> None:
    member = room.village.members[0]
    activity = livelihoods.register(
        room.book, Activity(Owner(member=member), "Nuôi vịt", "0146"), an_act(TODAY)
    ).value
    support = kit.ask(room.book, Beneficiary(livelihood=activity), through=room.village.group)
    page = room.show(ActivityPage, livelihood=activity, tab="supports")
    assert page.supports.table.row_at(0).id == support
    assert "Đề nghị hỗ trợ HT-0001" in [
        page.story.table.row_at(n).title for n in range(page.story.table.rowCount())
    ]
    page.ask_support()
    assert room.routes[-1].args["ask"] == "livelihood"
    page = room.show(MemberPage, member=member, tab="supports")
    assert page.supports.table.row_at(0).id == support
    page = room.show(GroupPage, group=room.village.group, tab="supports")
    assert page.tabs.currentWidget().list.table.row_at(0).id == support
    page = room.show(SupportsPage, ask="group", who=room.village.group, text="Tổ TO-01")
    assert room.dialog(page).form.value("beneficiary") == Beneficiary(group=room.village.group)


def test_the_list_says_first_when_the_next_look_is_due(room: Room) -> None:
    _handed(room)
    (row,) = support_book.list_supports(room.book, TODAY)
    assert row.next == "Quá hạn 01/09/2026: Đánh giá lại lần 1"

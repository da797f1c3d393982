"""The guided opening on the screen: both sides live, drafts kept at each change, posted only when all agrees."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.models.kinds import Account
from desktop.models.money_kinds import SourceKind
from desktop.services import balances, openings
from desktop.views.kit.dialog import FormDialog
from desktop.views.money.opening_page import OpeningPage
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.money.conftest import Stage, settled
from tests.village import Village, settle

DAY = date(2026, 3, 1)


@pytest.fixture
def paper(stage: Stage) -> Village:
    """A second group of the book, which has no vouchers yet."""
    return settle(stage.book, "TO-02")


def _open(stage: Stage, village: Village) -> Any:
    return stage.show(OpeningPage, group=village.group)


def _boxes(page: Any, stage: Stage, qtbot: Any, **amounts: int) -> None:
    form = page.steps[0].form
    form.set_values({**form.values(), "day": DAY, **amounts})
    form.changed.emit("day")
    page.go_on()
    settled(stage.desk, qtbot)


def _dialog(page: Any) -> Any:
    return next(one for one in page.findChildren(FormDialog) if one.isVisible())


def _fill(page: Any, stage: Stage, qtbot: Any, village: Village) -> None:
    """Fill in every step; both sides are 1.260.000 then."""
    _boxes(page, stage, qtbot, cash=500_000, social_cash=60_000)
    grid = page.steps[1].grid
    for place, member in enumerate(village.members):
        grid.cells[int(member), "savings"].set_value(50_000)
        grid.cells[int(member), "shares"].set_value(5 + place)
    page.steps[1].totals.edits["savings"].set_value(150_000)
    page.steps[1].totals.edits["shares"].set_value(360_000)
    page.go_on()
    page.steps[2].ask("loans", None)
    dialog = _dialog(page)
    assert_named(dialog)
    dialog.form.set_values(
        {
            **dialog.form.values(),
            "member": village.members[0],
            "amount": 700_000,
            "rate": Fraction(1),
            "number": 7,
            "contract": "KU-1",
        }
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    page.steps[2].totals.edits["loans"].set_value(700_000)
    page.go_on()
    page.steps[3].ask("sources", None)
    dialog = _dialog(page)
    dialog.form.set_values(
        {**dialog.form.values(), "kind": SourceKind.REVOLVING, "funder": "Dự án", "amount": 400_000}
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    page.steps[3].totals.edits["sources"].set_value(400_000)
    page.go_on()
    page.steps[4].form.input("surplus").set_value(290_000)


def test_every_step_is_named_and_reached_in_order(stage: Stage, qtbot: Any, paper: Village) -> None:
    page = _open(stage, paper)
    for _step in range(5):
        assert_named(page)
        page.go_on()
        settled(stage.desk, qtbot)
    assert page.post_button.isVisibleTo(page)
    page.back()
    assert page.front.currentIndex() == 3


def test_both_sides_show_while_typing_and_say_what_is_missing(
    stage: Stage, qtbot: Any, paper: Village
) -> None:
    page = _open(stage, paper)
    _boxes(page, stage, qtbot, cash=500_000)
    assert "500.000" in page._side.balance.text()
    cell = page.steps[1].grid.cells[int(paper.members[0]), "savings"]
    cell.setFocus()
    QTest.keyClicks(cell, "500k")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(page.steps[1].grid.cells[int(paper.members[1]), "savings"].hasFocus)
    assert page._side.balance.text() == "Hai bên bằng nhau."
    assert "hãy gõ tổng" in page.steps[-1].told.text()
    page.post()
    settled(stage.desk, qtbot)
    assert openings.find(stage.book, paper.group) is None


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(stage: Stage, qtbot: Any, paper: Village) -> None:
    page = _open(stage, paper)
    _boxes(page, stage, qtbot, cash=500_000, social_cash=60_000)
    page.steps[1].grid.cells[int(paper.members[1]), "savings"].set_value(70_000)
    page.flush()
    settled(stage.desk, qtbot)
    kept = openings.desk(stage.book, paper.group, DAY, date(2026, 3, 31)).draft
    assert kept is not None
    assert (kept.cash, kept.members[0].savings) == (500_000, 70_000)
    again = _open(stage, paper)
    assert again.steps[0].form.value("cash") == 500_000
    assert again.steps[1].grid.cells[int(paper.members[1]), "savings"].value() == 70_000


def test_balances_that_agree_are_posted_and_can_be_taken_back(
    stage: Stage, qtbot: Any, paper: Village, answers: Answers
) -> None:
    page = _open(stage, paper)
    _fill(page, stage, qtbot, paper)
    assert page._side.balance.text() == "Hai bên bằng nhau."
    assert "khớp" in page.steps[-1].told.text()
    page.post()
    settled(stage.desk, qtbot)
    assert "1.260.000" in answers.asked[0]
    with stage.book.read() as session:
        held = balances.group_balances(session, paper.group, DAY)
    assert (held[Account.CASH], held[Account.LOANS], held[Account.SURPLUS]) == (500_000, 700_000, 290_000)
    assert page.posted_card.isVisibleTo(page)
    assert not page.stepper.isVisibleTo(page)
    assert_named(page)
    page.take_back()
    dialog = _dialog(page)
    dialog.form.set_values({"reason": "gõ nhầm"})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert page.stepper.isVisibleTo(page)
    assert page.steps[0].form.value("cash") == 500_000


def test_a_group_with_vouchers_is_told_why_not(stage: Stage, qtbot: Any) -> None:
    page = _open(stage, stage.village)
    assert "đã có chứng từ" in page.steps[0].form.problems()["day"]
    assert "đã có chứng từ" in page.steps[-1].told.text()


def test_bad_terms_are_refused_in_the_dialog(stage: Stage, qtbot: Any, paper: Village) -> None:
    page = _open(stage, paper)
    _boxes(page, stage, qtbot)
    page.steps[2].ask("loans", None)
    dialog = _dialog(page)
    dialog.form.set_values(
        {
            **dialog.form.values(),
            "member": paper.members[0],
            "amount": 700_000,
            "original": 600_000,
            "rate": Fraction(1),
        }
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert "lớn hơn số tiền vay ban đầu" in " ".join(dialog.form.problems().values())
    assert page.sheet.loans == ()

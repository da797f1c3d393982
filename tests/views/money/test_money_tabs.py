"""Expenses and outside sources on the cash book page: recorded with a receipt, listed, refused at the field."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.kinds import EntryKind, GrantReason, Office
from desktop.models.money_kinds import ExpenseCategory, SourceKind
from desktop.services import bank_accounts, expenses, external_funds, groups, social_fund
from desktop.views.cashbook.deeds import RecordDialog, VoucherDialog
from desktop.views.cashbook.page import CashbookPage
from desktop.views.cashbook.sources_tab import MovesDialog, SourceDialog
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.attachments import PickedFile
from desktop.views.kit.dialog import FormDialog
from tests.services.test_other_money import picture
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.money.conftest import Stage, settled
from tests.village import START, an_act


def _dialog(page: Any, kind: type[Any] = FormDialog) -> Any:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def _spend(page: CashbookPage, stage: Stage, qtbot: Any, **more: Any) -> Any:
    page.spend()
    dialog = _dialog(page, RecordDialog)
    dialog.form.set_values(
        {
            **dialog.form.values(),
            "day": date(2026, 3, 1),
            "amount": 30_000,
            "text": "mua sổ",
            "category": ExpenseCategory.STATIONERY,
            "receipt_number": "HD-7",
            **more,
        }
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    return dialog


def test_an_expense_with_its_photo_stands_beside_its_voucher(
    stage: Stage, qtbot: Any, answers: Answers
) -> None:
    page = stage.show(CashbookPage, group=stage.village.group, tab="expenses")
    assert_named(page)
    _spend(page, stage, qtbot, scan=PickedFile("hoadon.jpg", picture()))
    assert answers.asked == []
    row = expenses.listed(stage.book, stage.village.group, date(2026, 1, 1), date(2026, 3, 31))[0]
    assert (row.category, row.receipt_number, row.scans) == (ExpenseCategory.STATIONERY, "HD-7", 1)
    assert page.expenses.table.size == 1
    page.expenses.view.opened.emit(page.expenses.table.row_at(0))
    settled(stage.desk, qtbot)
    shown = _dialog(page, VoucherDialog)
    assert_named(shown)
    assert shown.files.table.size == 1


def test_only_those_without_a_receipt_can_be_shown_and_completed(
    stage: Stage, qtbot: Any, answers: Answers
) -> None:
    page = stage.show(CashbookPage, group=stage.village.group, tab="expenses")
    _spend(page, stage, qtbot, scan=PickedFile("a.jpg", picture()))
    _spend(page, stage, qtbot, receipt_number="", text="nước uống")
    assert len(answers.asked) == 1
    page.expenses.lacking.setChecked(True)
    settled(stage.desk, qtbot)
    assert page.expenses.table.size == 1
    assert page.expenses.table.row_at(0).text == "nước uống"
    page.expenses.describe(page.expenses.table.row_at(0))
    dialog = _dialog(page)
    assert_named(dialog)
    dialog.form.set_values({**dialog.form.values(), "receipt_number": "BL-9"})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert page.expenses.table.size == 0


def test_receipt_fields_are_only_those_of_expenses(stage: Stage) -> None:
    page = stage.show(CashbookPage, group=stage.village.group)
    page.record()
    dialog = _dialog(page, RecordDialog)
    kinds = [dialog.form.input("kind").itemData(n) for n in range(dialog.form.input("kind").count())]
    assert dialog.form.input("scan").isVisibleTo(dialog)
    dialog.form.input("kind").set_value(EntryKind.BANK_IN)
    assert not dialog.form.input("scan").isVisibleTo(dialog)
    assert len(kinds) > 10


def test_a_source_is_added_receives_and_gives_back(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage, group=stage.village.group, tab="sources")
    page.sources.add()
    dialog = _dialog(page, SourceDialog)
    assert_named(dialog)
    dialog.panel.submit()
    assert "funder" in dialog.form.problems()
    dialog.form.set_values(
        {**dialog.form.values(), "kind": SourceKind.REVOLVING, "funder": "Dự án NMA", "agreement": "TT-7"}
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    line = page.sources.table.row_at(0)
    page.sources.receive(line)
    _pass(page, stage, qtbot, 900_000)
    line = page.sources.table.row_at(0)
    assert (line.received, line.owed) == (900_000, 900_000)
    page.sources.give_back(line)
    dialog = _pass(page, stage, qtbot, 1_000_000)
    assert "chỉ còn 900.000" in dialog.form.problems()["amount"].replace("\u00a0", " ")
    dialog.reject()
    page.sources.show_moves(line)
    settled(stage.desk, qtbot)
    assert _dialog(page, MovesDialog).table.size == 1
    found = external_funds.outside_money(stage.book, stage.village.group, date(2026, 3, 31))
    assert found.owed == 900_000


def _pass(page: CashbookPage, stage: Stage, qtbot: Any, amount: int) -> Any:
    dialog = _dialog(page)
    dialog.form.set_values({**dialog.form.values(), "day": date(2026, 3, 20), "amount": amount})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    return dialog


def test_the_bank_account_is_named_from_the_book_of_deposits(stage: Stage, qtbot: Any) -> None:
    from desktop.models.kinds import Account

    page = stage.show(CashbookPage, group=stage.village.group, tab="box")
    assert page.bank_button.isHidden()
    page.box_choice.set_value(Account.BANK)
    settled(stage.desk, qtbot)
    page.name_bank()
    settled(stage.desk, qtbot)
    dialog = _dialog(page)
    dialog.form.set_values({"bank": "Agribank", "number": "0700 12"})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    found = bank_accounts.find(stage.book, stage.village.group)
    assert found is not None
    assert found.number == "070012"


def test_a_person_in_two_offices_approves_a_grant_once(stage: Stage, qtbot: Any) -> None:
    one, two, _three = stage.village.members
    for member, office in ((one, Office.CHAIR), (one, Office.KEY_HOLDER), (two, Office.TREASURER)):
        groups.appoint(
            stage.book, groups.Appoint(stage.village.group, member, office, START, agreed=True), an_act()
        )
    asked = social_fund.Ask(stage.village.group, two, GrantReason.SICKNESS, 5_000, date(2026, 3, 30))
    social_fund.ask(stage.book, asked, an_act(date(2026, 3, 31)))
    page = stage.show(GroupPage, group=stage.village.group, tab="social")
    tab = page.tabs.currentWidget()
    tab.approve(tab.found.grants[0])
    dialog = _dialog(tab)
    chooser = dialog.form.input("officers")
    offered = [chooser.itemText(place) for place in range(chooser.count())]
    assert len(offered) == 3  # nobody, and two people
    assert sum("Hòa 1" in text for text in offered) == 1
    settled(stage.desk, qtbot)

"""The cash book page: what it shows comes from the ledger; what it records lands there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.kinds import Account, EntryKind, Paper
from desktop.services import balances, vouchers
from desktop.views.cashbook.deeds import RecordDialog, ReverseDialog
from desktop.views.cashbook.page import CashbookPage
from desktop.views.kit.dialog import FormDialog
from reports.receipt import ReceiptKind
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.money.conftest import Stage, settled


def dialog_of(page: CashbookPage, kind: type[FormDialog]) -> Any:
    return next(child for child in page.findChildren(kind) if child.isVisible())


def rows(table: Any) -> list[list[str]]:
    return [
        [str(table.index(row, column).data() or "") for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_vouchers_of_the_first_group_are_listed_latest_first(stage: Stage) -> None:
    page = stage.show(CashbookPage)
    assert page.vouchers.size == 9
    first = rows(page.vouchers)[0]
    assert "28/02/2026" in first
    assert "75.000" in first
    assert_named(page)


def test_box_book_ends_with_what_is_in_the_box(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage)
    page.tabs.setCurrentIndex(1)
    settled(stage.desk, qtbot)
    with stage.book.read() as session:
        cash = balances.group_balances(session, stage.village.group, date(2026, 3, 31))[Account.CASH]
    assert rows(page.box_lines)[-1][-1].replace(".", "") == str(cash)


def test_trial_balance_says_that_it_agrees(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage)
    page.tabs.setCurrentIndex(2)
    settled(stage.desk, qtbot)
    assert page.agreement.text().startswith("✓")
    assert page.trial.size == 5


def test_recording_an_expense_without_a_receipt_asks_and_moves_the_box(
    stage: Stage, qtbot: Any, answers: Answers
) -> None:
    page = stage.show(CashbookPage)
    page.record()
    dialog = dialog_of(page, RecordDialog)
    assert_named(dialog)
    dialog.form.set_values(
        {"kind": EntryKind.EXPENSE, "day": date(2026, 3, 1), "amount": 30_000, "text": "Mua sổ sách"}
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    found = vouchers.page(stage.book, vouchers.VoucherFilter(group=stage.village.group), 0, 1)[0]
    assert (found.paid_out, found.text) == (30_000, "Chi phí của nhóm: Mua sổ sách")
    assert any("PC-0001/2026" in message.text for message in stage.said)


def test_an_expense_above_the_box_is_refused_and_nothing_is_written(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage)
    before = vouchers.count(stage.book, vouchers.VoucherFilter())
    page.record()
    dialog = dialog_of(page, RecordDialog)
    dialog.form.set_values(
        {"kind": EntryKind.EXPENSE, "day": date(2026, 3, 1), "amount": 10_000_000, "text": "Mua bò"}
    )
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert "thiếu" in " ".join(dialog.form.problems().values())
    assert vouchers.count(stage.book, vouchers.VoucherFilter()) == before


def test_an_expense_without_a_reason_shows_at_its_field(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage)
    page.record()
    dialog = dialog_of(page, RecordDialog)
    dialog.form.set_values({"kind": EntryKind.EXPENSE, "day": date(2026, 3, 1), "amount": 5_000, "text": ""})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert "text" in dialog.form.problems()


def test_reversing_needs_a_reason_and_keeps_both(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage)
    command = vouchers.RecordVoucher(
        stage.village.group, EntryKind.EXPENSE, 20_000, date(2026, 3, 2), text="Nước uống"
    )
    vouchers.record(stage.book, command, stage.desk.act())
    page.reload()
    settled(stage.desk, qtbot)
    row = page.vouchers.row_at(0)
    page.reverse(row)
    dialog = dialog_of(page, ReverseDialog)
    dialog.form.set_values({"reason": "Ghi nhầm nhóm"})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    states = [line[8] for line in rows(page.vouchers)[:2]]
    assert sorted(states) == ["Bút toán đảo", "Đã đảo"]


def test_a_meeting_voucher_cannot_be_reversed_alone(stage: Stage) -> None:
    page = stage.show(CashbookPage)
    assert not page._reversible(page.vouchers.row_at(0))


def test_a_transfer_is_printed_like_a_receipt(
    stage: Stage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = vouchers.RecordVoucher(stage.village.group, EntryKind.BANK_IN, 20_000, date(2026, 3, 2))
    vouchers.record(stage.book, command, stage.desk.act())
    page = stage.show(CashbookPage)
    row = page.vouchers.row_at(0)
    assert row.paper is Paper.TRANSFER
    printed: list[Any] = []
    monkeypatch.setattr(
        "desktop.views.cashbook.page.papers.print_paper",
        lambda _desk, _owner, report, name, gather: printed.append(
            (report, name, gather(stage.book, stage.desk.act()).value)
        ),
    )
    page.voucher_view.select_key(row.id)
    page.print_shown()
    ((report, name, value),) = printed
    assert (report, name) == ("receipts", "CK-0001/2026")
    assert value.receipts[0].kind is ReceiptKind.BETWEEN

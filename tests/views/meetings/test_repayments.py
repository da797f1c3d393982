"""Loan columns join the sheet by themselves; a repayment is split by one key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.services import meetings
from desktop.store.book import Book
from desktop.views.meetings import sheet_state as states
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_model import SheetModel
from tests.services.test_loans import lend
from tests.services.test_loans import village as lending_village

DAY = date(2026, 5, 10)


@pytest.fixture
def draft(tmp_path: Path, qapp: Any) -> SheetDraft:
    with Book.create(str(tmp_path / "vay.sonhom"), "Sổ vay", who="Thư ký") as book:
        home = lending_village(book)
        lend(book, home)
        facts = meetings.sheet_facts(book, home.group, DAY, DAY)
    return SheetDraft(facts, states.new_state(facts))


def test_the_columns_of_loans_stand_on_the_sheet(draft: SheetDraft) -> None:
    keys = [column.key for column in SheetModel(draft).columns]
    assert keys.index("social") < keys.index("loan_principal") < keys.index("total")


def test_f5_fills_what_is_due_and_f8_splits_what_was_brought(draft: SheetDraft) -> None:
    borrower = draft.members[0]
    principal = next(column for column in draft.columns if column.key == "loan_principal")
    draft.fill(Spot(0, ""))
    assert draft.state.row(borrower.id).amounts["loan_principal"] == borrower.due.principal
    draft.type_cell(borrower.id, principal, "")
    draft.stack.undo()
    draft.stack.undo()
    draft.type_cell(borrower.id, principal, "400k")
    assert [problem.code for problem in draft.problems_at(borrower.id, "loan_principal")] == ["split"]
    draft.split(Spot(borrower.id, "loan_principal"))
    row = draft.state.row(borrower.id)
    assert draft.problems_at(borrower.id, "loan_principal") == []
    assert sum(value for key, value in row.amounts.items() if key in states.LOAN_PARTS) == 400_000
    draft.stack.undo()
    assert draft.state.row(borrower.id).amounts["loan_principal"] == 400_000


def test_splitting_for_who_has_no_loan_changes_nothing(draft: SheetDraft) -> None:
    before = draft.state
    draft.split(Spot(draft.members[1].id, "loan_principal"))
    assert draft.state == before

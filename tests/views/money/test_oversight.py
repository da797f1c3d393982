"""The page of trust: the check names what does not fit, the copy is whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from desktop.store.book import Book
from desktop.views.oversight.page import OversightPage
from tests.views.accessible import assert_named
from tests.views.money.conftest import Stage, settled


def test_a_whole_book_is_said_to_be_whole(stage: Stage, qtbot: Any) -> None:
    page = stage.show(OversightPage)
    assert_named(page)
    page.verify()
    settled(stage.desk, qtbot)
    assert "nguyên vẹn" in page.verdict.text()
    assert not page.findings_view.isVisible()


def test_a_tampered_voucher_is_named(stage: Stage, qtbot: Any) -> None:
    page = stage.show(OversightPage)
    raw = sqlite3.connect(stage.book.path)
    raw.execute("DROP TRIGGER guard_postings_update")
    raw.execute("UPDATE postings SET amount = amount * 2 WHERE voucher_id = 1")
    raw.commit()
    raw.close()
    page.verify()
    settled(stage.desk, qtbot)
    assert "PT-0001/2026" in page.verdict.text()
    assert page.findings_view.isVisible()


def test_the_copy_opens_and_holds_the_same(stage: Stage, qtbot: Any, tmp_path: Path) -> None:
    page = stage.show(OversightPage)
    target = tmp_path / "usb" / "ban-sao.sonhom"
    target.parent.mkdir()
    page._copy_to(str(target))
    settled(stage.desk, qtbot)
    assert str(target) in page.copied.text()
    with Book.open(str(target)) as copy:
        assert copy.uid == stage.book.uid

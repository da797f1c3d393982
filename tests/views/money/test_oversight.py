"""The page of trust: the check names what does not fit, the copy is whole."""

from __future__ import annotations

import random
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


def _damage(stage: Stage) -> None:
    """Overwrite the first page of the postings with noise, and let the book see it."""
    path = stage.book.path
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'postings'").fetchone()
    raw.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = random.Random(1).randbytes(4096)
    path.write_bytes(content)
    stage.book.engine.dispose()


def test_a_damaged_file_is_told_with_the_way_back(stage: Stage, qtbot: Any) -> None:
    from desktop.services import safety

    copy = safety.back_up_on_close(stage.book)
    assert copy is not None
    _damage(stage)
    page = stage.show(OversightPage)
    page.verify()
    settled(stage.desk, qtbot)
    assert "TỆP SỔ BỊ HỎNG" in page.verdict.text()
    assert str(copy.path) in page.verdict.text()
    assert "nguyên vẹn" not in page.verdict.text()
    assert page.findings_view.isVisible()


def test_a_damaged_book_is_not_copied_over_a_good_copy(stage: Stage, qtbot: Any, tmp_path: Path) -> None:
    page = stage.show(OversightPage)
    target = tmp_path / "ban-sao.sonhom"
    page._copy_to(str(target))
    settled(stage.desk, qtbot)
    good = target.read_bytes()
    page.copied.clear()
    _damage(stage)
    page._copy_to(str(target))
    settled(stage.desk, qtbot)
    assert "không sao lưu" in stage.said[-1].text
    assert stage.said[-1].level == "error"
    assert page.copied.text() == ""
    assert target.read_bytes() == good


def test_the_copy_opens_and_holds_the_same(stage: Stage, qtbot: Any, tmp_path: Path) -> None:
    page = stage.show(OversightPage)
    target = tmp_path / "usb" / "ban-sao.sonhom"
    target.parent.mkdir()
    page._copy_to(str(target))
    settled(stage.desk, qtbot)
    assert str(target) in page.copied.text()
    with Book.open(str(target)) as copy:
        assert copy.uid == stage.book.uid

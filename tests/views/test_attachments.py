"""The list of scans beside a record: added, opened, saved, taken away; a form's file field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models.problems import Trouble
from desktop.models.records.every import BookRow
from desktop.services import attachments
from desktop.services.attachments import Subject
from desktop.store.book import Book
from desktop.views.kit.attachments import SCAN_SIDE, AttachmentList, FileEdit, read_scan
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.pictures import PictureDialog
from tests.views.accessible import assert_named
from tests.views.conftest import give_book


@pytest.fixture
def listed(desk: Desk, book: Book, qtbot: Any) -> AttachmentList:
    give_book(desk, book)
    with book.read() as session:
        subject = Subject.of(session.scalars(select(BookRow)).one())
    made = AttachmentList(desk, "test.files")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    made.show_subject(subject)
    qtbot.waitUntil(lambda: not desk.runner.busy)
    return made


def _photo(folder: Path) -> str:
    image = QImage(3000, 1500, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    path = folder / "biên lai.png"
    image.save(str(path))
    return str(path)


def test_a_scan_is_scaled_down_and_a_pdf_kept_as_it_is(tmp_path: Path, qapp: QApplication) -> None:
    kept = read_scan(_photo(tmp_path))
    assert kept.name == "biên lai.jpg"
    assert QImage.fromData(kept.content).width() == SCAN_SIDE
    (tmp_path / "biên bản.pdf").write_bytes(b"%PDF-1.7 mot trang")
    assert read_scan(str(tmp_path / "biên bản.pdf")).content == b"%PDF-1.7 mot trang"
    with pytest.raises(Trouble):
        read_scan(str(tmp_path / "không có.png"))


def test_a_scan_is_added_opened_and_taken_away_with_a_reason(
    listed: AttachmentList, desk: Desk, book: Book, qtbot: Any, tmp_path: Path
) -> None:
    idle = lambda: qtbot.waitUntil(lambda: not desk.runner.busy)  # noqa: E731
    assert_named(listed)
    listed.add()
    dialog = listed.findChild(FormDialog)
    assert dialog is not None
    chosen = dialog.form.input("file")
    assert isinstance(chosen, FileEdit)
    dialog.panel.submit()
    assert dialog.form.problems()  # a file is needed
    chosen.take(_photo(tmp_path))
    idle()
    dialog.form.set_values({"title": "Biên lai tháng 3"})
    dialog.panel.submit()
    idle()
    assert listed.subject is not None
    (row,) = attachments.files_of(book, listed.subject)
    assert row.title == "Biên lai tháng 3"
    idle()
    listed.open_row(row)
    idle()
    shown = listed.findChild(PictureDialog)
    assert shown is not None
    assert not shown.label.pixmap().isNull()
    shown.close()
    listed.remove_row(row)
    (asked,) = [found for found in listed.findChildren(FormDialog) if found.isVisible()]
    asked.form.set_values({"reason": "Quét nhầm"})
    asked.panel.submit()
    idle()
    assert attachments.files_of(book, listed.subject) == ()

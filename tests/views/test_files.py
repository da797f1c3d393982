"""Asking for files: what was chosen arrives, the folder of each kind of work is remembered, names are made safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.views.kit import files
from desktop.views.kit.desk import Desk


@pytest.fixture
def owner(dressed: Any, qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def keep(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return dialog


def test_saving_proposes_a_name_and_remembers_the_folder(
    desk: Desk, owner: QWidget, qtbot: Any, tmp_path: Path
) -> None:
    chosen: list[str] = []
    desk.settings.set("folders", {"export": str(tmp_path)})
    dialog = keep(
        files.ask_save(owner, desk, "export", "Xuất", "Nhóm: Hoa Sen.xlsx", "Excel (*.xlsx)", chosen.append)
    )
    assert dialog.selectedFiles() == [str(tmp_path / "Nhóm- Hoa Sen.xlsx")]
    dialog.accept()
    assert chosen == [str(tmp_path / "Nhóm- Hoa Sen.xlsx")]
    assert desk.settings["folders"]["export"] == str(tmp_path)


def test_opening_gives_the_file(desk: Desk, owner: QWidget, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.sonhom"
    file.write_bytes(b"x")
    chosen: list[str] = []
    dialog = keep(files.ask_open(owner, desk, "books", "Mở sổ", "Sổ Nhóm (*.sonhom)", chosen.append))
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    assert chosen == [str(file)]
    assert desk.settings["folders"]["books"] == str(tmp_path)


def test_a_remembered_folder_that_is_gone_is_no_trouble(desk: Desk, owner: QWidget, tmp_path: Path) -> None:
    desk.settings.set("folders", {"backup": str(tmp_path / "usb")})
    dialog = keep(files.ask_folder(owner, desk, "backup", "Thư mục", print))
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "safe"),
    [("Sao kê 5/3/2026", "Sao kê 5-3-2026"), ("a\nb?.pdf ", "a-b-.pdf"), ("Tổ Đông.", "Tổ Đông")],
)
def test_names_are_safe_on_every_system(name: str, safe: str) -> None:
    assert files.safe_name(name) == safe

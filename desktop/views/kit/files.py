"""Asking for files without blocking; the folder of each kind of work is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.views.kit.desk import Desk


def ask_save(
    parent: QWidget | None,
    desk: Desk,
    work: str,
    title: str,
    name: str,
    kinds: str,
    then: Callable[[str], object],
) -> QFileDialog:
    """Ask where to save; `then(path)` is called with the chosen path. `work` names the remembered folder."""
    dialog = _dialog(parent, desk, work, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(safe_name(name))
    dialog.open()
    return dialog


def ask_open(
    parent: QWidget | None, desk: Desk, work: str, title: str, kinds: str, then: Callable[[str], object]
) -> QFileDialog:
    """Ask for an existing file; `then(path)` is called with it."""
    dialog = _dialog(parent, desk, work, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_folder(
    parent: QWidget | None, desk: Desk, work: str, title: str, then: Callable[[str], object]
) -> QFileDialog:
    """Ask for a folder; `then(path)` is called with it."""
    dialog = _dialog(parent, desk, work, title, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def safe_name(name: str) -> str:
    """Return a file name that every system accepts."""
    return "".join("-" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name).strip(" .")


def _dialog(
    parent: QWidget | None, desk: Desk, work: str, title: str, kinds: str, then: Callable[[str], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilter(kinds)
    folder = desk.settings["folders"].get(work) or str(documents())
    if Path(folder).is_dir():
        dialog.setDirectory(folder)

    def chosen(path: str) -> None:
        folders = desk.settings["folders"]
        folders[work] = str(Path(path).parent)
        desk.settings.set("folders", folders)
        then(path)

    dialog.fileSelected.connect(chosen)
    return dialog


def documents() -> Path:
    """Return the folder where this user keeps documents."""
    home = Path.home()
    for name in ("Documents", "Tài liệu"):
        if (home / name).is_dir():
            return home / name
    return home

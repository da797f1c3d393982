"""The dialog that makes a new book: its name, whose it is, and where the file goes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from desktop.models.problems import Problem
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_save, documents, safe_name
from desktop.views.kit.form import Field, Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import line
from desktop.views.kit.theme import px, space
from resources.lang.messages import N_, _
from resources.lang.names import fold

SUFFIX = ".sonhom"


class CreateDialog(QDialog):
    """Asks, then calls `create(address, name, organisation, place)`; the window opens what was made."""

    def __init__(
        self, desk: Desk, create: Callable[[str, str, str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tạo sổ mới"))
        self.desk = desk
        self._create = create
        self._own_place = False
        self.form = Form(
            [
                Field(
                    "name",
                    N_("Tên sổ"),
                    line(N_("Ví dụ: Các nhóm tiết kiệm xã Tân Hưng"), 120),
                    required=True,
                    hint=N_("Một sổ giữ được nhiều nhóm của một xã hoặc một dự án."),
                ),
                Field("who", N_("Tên bạn"), line(N_("Ghi vào sổ mỗi khi bạn làm việc"), 120), required=True),
                Field("organisation", N_("Đơn vị (in ở đầu giấy)"), line("", 160)),
                Field("place", N_("Địa chỉ đơn vị"), line("", 200)),
                Field("address", N_("Tệp của sổ"), line("", 1000), required=True),
            ]
        )
        browse = QPushButton(_("Chọn chỗ khác…"), self)
        browse.clicked.connect(self._browse)
        self.panel = FormPanel(self.form, self._save, _("Tạo sổ"), parent=self, card=False, extra=[browse])
        self.panel.closed.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(_("Tạo sổ mới"), "heading", self))
        box.addWidget(self.panel)
        settings = desk.settings
        self.form.set_values(
            {
                "who": settings["who"],
                "organisation": settings["organisation"],
                "place": settings["organisation_address"],
                "address": str(self._free(_("so-nhom"))),
            }
        )
        self.form.changed.connect(self._changed)
        self.resize(px(520), self.sizeHint().height())
        self.form.focus_first()

    def _changed(self, key: str) -> None:
        if key == "address":
            self._own_place = True
        elif key == "name" and not self._own_place:
            stem = safe_name(fold(self.form.value("name")).replace(" ", "-")) or _("so-nhom")
            self.form.input("address").set_value(str(self._free(stem)))
            self._own_place = False

    def _free(self, stem: str) -> Path:
        """Return a path in the user's documents that is not taken yet."""
        folder = documents()
        path = folder / f"{stem}{SUFFIX}"
        number = 2
        while path.exists():
            path = folder / f"{stem}-{number}{SUFFIX}"
            number += 1
        return path

    def _browse(self) -> None:
        kinds = _("Sổ Nhóm (*.sonhom)")
        name = Path(self.form.value("address")).name
        ask_save(self, self.desk, "books", _("Tệp của sổ"), name, kinds, self._placed)

    def _placed(self, path: str) -> None:
        self.form.input("address").set_value(path)
        self._own_place = True

    def _save(self, values: dict[str, Any]) -> None:
        path = Path(values["address"]).expanduser()
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        wrong = _wrong_place(path)
        if wrong:
            self.panel.done()
            self.form.set_dirty(True)
            self.form.show_problems([Problem.stop("place", "address", wrong)])
            return
        self.desk.settings.update(
            {
                "who": values["who"],
                "organisation": values["organisation"],
                "organisation_address": values["place"],
            }
        )
        self.panel.done()
        self.accept()
        self._create(str(path), values["name"], values["organisation"], values["place"])

    def reject(self) -> None:
        """Leave; ask first when something was typed."""
        self.panel.leave_then(super().reject)


def _wrong_place(path: Path) -> str:
    """Say why no book can be made there, "" when one can; said here, so that nothing typed is lost."""
    if path.exists():
        return _("Đã có tệp mang tên này.")
    if not path.parent.is_dir():
        return _(
            "Không thấy thư mục {folder}. Hãy tạo thư mục này trước, cắm lại USB, hoặc chọn chỗ khác."
        ).format(folder=path.parent)
    if not os.access(path.parent, os.W_OK):
        return _("Không ghi được vào thư mục {folder}. Hãy chọn chỗ khác.").format(folder=path.parent)
    return ""

"""Scans and photos kept in the book: a form field that takes a file, and the list beside a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.kinds import AttachmentKind
from desktop.models.problems import Trouble
from desktop.models.rules.attachments import LARGEST, media_type
from desktop.services import attachments
from desktop.services.attachments import AttachmentRow, KeptFile, NewFile, Subject
from desktop.views.kit.blocks import Elided, button
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_open, ask_save
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import Make, choice, line
from desktop.views.kit.pdf import show_pdf
from desktop.views.kit.pictures import scaled_picture, show_picture
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import set_property, space
from resources.lang.messages import N_, _

SCAN_SIDE = 2000
"""Pixels of the longer side of a kept scan: an A4 page stays readable."""


@dataclass(frozen=True, slots=True)
class PickedFile:
    """A file as it will be kept: pictures are scaled down, PDFs as they are."""

    name: str
    content: bytes


def read_scan(path: str) -> PickedFile:
    """Return a file from the disk ready for the book. Raises Trouble when it cannot be kept."""
    place = Path(path)
    try:
        with place.open("rb") as stream:
            begin = stream.read(16)
            pdf = media_type(begin) == "application/pdf"
            content = begin + stream.read(LARGEST + 1) if pdf else b""
    except OSError as error:
        raise Trouble(
            _("Không đọc được tệp này."), _("Hãy kiểm tra lại tệp rồi chọn lại."), "file"
        ) from error
    if pdf:
        return PickedFile(place.name, content)
    return PickedFile(f"{place.stem}.jpg", scaled_picture(path, SCAN_SIDE))


def file_kinds() -> str:
    """Return the filter of the dialog that asks for a scan."""
    return _("Ảnh hoặc PDF (*.jpg *.jpeg *.png *.webp *.bmp *.pdf)")


class FileEdit(QWidget):
    """A form's input for a file: `value()` is a `PickedFile` or None. Delete takes it away again."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._picked: PickedFile | None = None
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self.choose_button = button(_("Chọn tệp…"), self.choose, "", "", self)
        self.name_label = Elided("", self)
        self.clear_button = button(_("Bỏ tệp"), self.clear, "", "quiet", self)
        box.addWidget(self.choose_button)
        box.addWidget(self.name_label, 1)
        box.addWidget(self.clear_button)
        self.setFocusProxy(self.choose_button)
        self._show()

    def value(self) -> PickedFile | None:
        """Return the file chosen."""
        return self._picked

    def set_value(self, value: Any) -> None:
        """Show a file, or none."""
        self._picked = value
        self._show()
        self.changed.emit()

    def problem(self) -> str:
        """Return what is wrong; a file that could be read is right."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the button as "bad", "warn" or ""."""
        set_property(self.choose_button, "state", state)

    def choose(self) -> None:
        """Ask for a file."""
        ask_open(self, self.desk, "scans", _("Chọn bản quét hoặc ảnh"), file_kinds(), self.take)

    def take(self, path: str) -> None:
        """Read a file off the window and hold it."""
        self.desk.aside(lambda: read_scan(path), self.set_value, owner=self)

    def clear(self) -> None:
        """Hold no file."""
        self.set_value(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the file away with Delete."""
        if event.key() == Qt.Key.Key_Delete and self._picked is not None:
            self.clear()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        picked = self._picked
        self.name_label.setText(
            _("Chưa chọn tệp") if picked is None else f"{picked.name} · {size_text(len(picked.content))}"
        )
        self.clear_button.setVisible(picked is not None)


def scan(desk: Desk) -> Make:
    """Return the maker of a file input for a `Field`."""
    return lambda parent: FileEdit(desk, parent)


def size_text(size: int) -> str:
    """Return a size in bytes as people read it."""
    if size < 1_000_000:
        return _("{n} KB").format(n=max(1, round(size / 1000)))
    return _("{n} MB").format(n=f"{size / 1_000_000:.1f}".replace(".", ","))


class AttachmentList(QWidget):
    """The files kept beside a record, with what can be done: add, open, save, take away with a reason."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        kind: AttachmentKind = AttachmentKind.OTHER,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = kind
        self.subject: Subject | None = None
        columns: list[Column[Any]] = [
            Column("title", N_("Tên giấy"), lambda row: row.title or row.name, stretch=True),
            Column("kind", N_("Loại"), lambda row: row.kind.title, width=18),
            Column("size", N_("Dung lượng"), lambda row: size_text(row.size), width=10),
            Column("added", N_("Lúc"), lambda row: row.added_at, kind="instant"),
            Column("by", N_("Người thêm"), lambda row: row.added_by, width=16),
        ]
        self.table = RowTable(desk, columns, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            name,
            _("Tệp đính kèm"),
            empty=Empty("document", _("Chưa có bản quét hay ảnh nào."), action=(_("Thêm tệp…"), self.add)),
            actions=(
                RowAction(_("Mở"), self.open_row, "open"),
                RowAction(_("Lưu ra tệp…"), self.save_row, "save"),
                RowAction(_("Bỏ tệp…"), self.remove_row, "delete", "Delete"),
            ),
            filterable=False,
            exportable=False,
            parent=self,
        )
        self.view.opened.connect(self.open_row)
        self.add_button = button(_("Thêm tệp…"), self.add, "plus", "", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view, 1)
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_subject(self, subject: Subject) -> None:
        """Show the files of a record."""
        self.subject = subject
        self.add_button.setEnabled(self.desk.can_write)
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        if self.subject is not None:
            subject = self.subject
            self.desk.ask(lambda book: attachments.files_of(book, subject), self.table.set_rows, owner=self)

    def add(self) -> None:
        """Ask for a file and what it is."""
        subject = self.subject
        if subject is None or not self.desk.can_write:
            return

        def keep(book: Any, values: dict[str, Any], act: Any) -> Any:
            picked: PickedFile = values["file"]
            new = NewFile(values["kind"], picked.name, picked.content, values["title"])
            return attachments.attach(book, subject, new, act)

        FormDialog(
            self.desk,
            _("Thêm tệp vào sổ"),
            [
                Field(
                    "file",
                    N_("Tệp"),
                    scan(self.desk),
                    required=True,
                    hint=N_("Ảnh được thu nhỏ; tối đa 5 MB."),
                ),
                Field("kind", N_("Loại giấy"), choice([(kind, kind.title) for kind in AttachmentKind])),
                Field("title", N_("Tên giấy"), line()),
            ],
            keep,
            lambda _key: self.reload(),
            values={"kind": self.kind},
            save_text=_("Thêm tệp"),
            parent=self,
        ).open()

    def open_row(self, row: AttachmentRow) -> None:
        """Show a file in a window of its own."""
        self._fetch(row, lambda kept: self._show(row, kept))

    def save_row(self, row: AttachmentRow) -> None:
        """Write a file out of the book to the disk."""

        def write(kept: KeptFile) -> None:
            ask_save(
                self, self.desk, "scans", _("Lưu ra tệp"), kept.name, "", lambda path: self._write(kept, path)
            )

        self._fetch(row, write)

    def remove_row(self, row: AttachmentRow) -> None:
        """Take a file out of the book, with a reason."""
        if not self.desk.can_write:
            return
        ReasonDialog(
            self.desk,
            _("Bỏ tệp khỏi sổ"),
            lambda book, reason, act: attachments.remove(book, row.id, reason, act),
            lambda _none: self.reload(),
            intro=_("Nội dung tệp bị xóa khỏi sổ; nhật ký vẫn ghi là đã có tệp này và vì sao bỏ."),
            save_text=_("Bỏ tệp"),
            parent=self,
        ).open()

    def _fetch(self, row: AttachmentRow, then: Any) -> None:
        def came(kept: KeptFile | None) -> None:
            if kept is None:
                self.desk.say(_("Tệp này không còn trong sổ."), "warn")
                self.reload()
            else:
                then(kept)

        self.desk.ask(lambda book: attachments.open_file(book, row.id), came, owner=self)

    def _show(self, row: AttachmentRow, kept: KeptFile) -> None:
        if kept.media_type == "application/pdf":
            show_pdf(self.desk, row.title or kept.name, kept.content, self)
        else:
            show_picture(row.title or kept.name, kept.content, self)

    def _write(self, kept: KeptFile, path: str) -> None:
        def job() -> int:
            try:
                return Path(path).write_bytes(kept.content)
            except OSError as error:
                raise Trouble(
                    _("Không lưu được tệp."), _("Hãy chọn nơi khác rồi lưu lại."), "save"
                ) from error

        self.desk.aside(job, lambda _size: self.desk.say(_("Đã lưu tệp."), "good"), owner=self)

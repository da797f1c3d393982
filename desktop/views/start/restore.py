"""The dialog that goes back to a copy: the copies that were found, what the chosen one would lose, and the deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.problems import Trouble
from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_open
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px, space
from resources.lang.dates import show_day, show_instant
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

_MOST_NAMED = 6
"""How many lost meetings and vouchers are named below the table; all are counted."""


def _whole(row: Any) -> State:
    if row.whole is None:
        return State(_("đang kiểm tra…"), "muted")
    return State(_("nguyên vẹn"), "good") if row.whole else State(_("hỏng"), "bad")


COLUMNS = [
    Column[Any]("made", N_("Sao lưu lúc"), lambda row: row.made, kind="instant", width=17),
    Column[Any]("whole", N_("Kiểm tra"), _whole, kind="state", width=14),
    Column[Any]("meeting", N_("Buổi họp cuối"), lambda row: row.last_meeting, kind="day", width=12),
    Column[Any]("voucher", N_("Chứng từ cuối"), lambda row: row.last_voucher, kind="day", width=12),
    Column[Any]("vouchers", N_("Số chứng từ"), lambda row: row.vouchers, kind="number", width=11),
    Column[Any]("size", N_("Cỡ (KB)"), lambda row: -(-row.size // 1024), kind="number", width=9),
    Column[Any]("kind", N_("Loại"), lambda row: row.kind.title, width=14),
    Column[Any]("by", N_("Người ghi cuối"), lambda row: row.written_by, width=16),
    Column[Any]("computer", N_("Máy"), lambda row: row.computer, width=12, hidden=True),
    Column[Any]("name", N_("Tệp"), lambda row: row.path.name, width=24, stretch=True),
    Column[Any]("folder", N_("Thư mục"), lambda row: str(row.path.parent), width=24, hidden=True),
]


class RestoreDialog(QDialog):
    """Lists the copies of the book at `address`; `restore(address, copy)` does the deed after a question."""

    def __init__(
        self, desk: Desk, address: str, restore: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Khôi phục từ bản sao lưu"))
        self.setModal(True)
        self.desk = desk
        self.address = address
        self._restore = restore
        self._rows: list[Any] = []
        self._seen: Any = None
        self._looking: Ticket | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(_("Khôi phục từ bản sao lưu"), "heading", self))
        text = _("Sổ: {path}. Tệp đang có được giữ lại bên cạnh dưới tên có ngày giờ, không bị ghi đè.")
        box.addWidget(label(text.format(path=address), "muted", self, wrap=True))
        self.copies: RowTable[Any] = RowTable(desk, COLUMNS, key=lambda row: str(row.path))
        self.view = TableView(
            self.copies,
            "restore.copies",
            _("Các bản sao lưu tìm thấy"),
            filterable=False,
            exportable=False,
            empty=Empty(
                "backup",
                _("Không thấy bản sao lưu nào của sổ này."),
                _("Cắm USB có bản sao rồi chọn tệp."),
                action=(_("Chọn tệp khác…"), self.choose_file),
            ),
        )
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda _row: self.ask())
        box.addWidget(self.view, 1)
        self.told = label(_("Chọn một bản sao để xem sẽ mất gì."), parent=self, wrap=True)
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.told.setAccessibleName(_("Điều sẽ mất khi khôi phục"))
        box.addWidget(self.told)
        box.addLayout(self._buttons())
        screen = self.screen().availableGeometry()
        self.resize(min(px(920), screen.width() - px(60)), min(px(560), screen.height() - px(60)))
        self._find()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(button(_("Chọn tệp khác…"), self.choose_file, "open", "", self))
        line.addStretch(1)
        self.leave_button = button(_("Đóng"), self.reject, "", "", self)
        line.addWidget(self.leave_button)
        self.restore_button = button(_("Khôi phục bản này…"), self.ask, "undo", "primary", self)
        self.restore_button.setEnabled(False)
        line.addWidget(self.restore_button)
        return line

    # -- the copies ---------------------------------------------------------------------------------------

    def _find(self) -> None:
        self.copies.expect()
        address, settings = self.address, self.desk.settings
        folder, last = settings["backup_folder"], settings["folders"].get("backup")

        def job() -> Any:
            from desktop.services.restoring import find_copies

            return find_copies(address, folder, [Path(last)] if last else [])

        self.desk.aside(job, self._found, self._failed, owner=self)

    def _found(self, rows: Any) -> None:
        self._rows = list(rows)
        self.copies.set_rows(self._rows)
        if self._rows:
            self.view.select_key(str(self._rows[0].path))
            self.view.setFocus()
        self._check_next()

    def _check_next(self) -> None:
        """Check the copies one after the other, the newest first: each file is read whole."""
        row = next((row for row in self._rows if row.whole is None), None)
        if row is None:
            return

        def job() -> Any:
            from desktop.services.restoring import is_whole

            return is_whole(row.path)

        def checked(whole: bool) -> None:
            self._mark(row, whole)
            self._check_next()

        self.desk.aside(job, checked, self._failed, owner=self)

    def _mark(self, row: Any, whole: bool) -> None:
        self._rows = [replace(one, whole=whole) if one.path == row.path else one for one in self._rows]
        self.copies.set_rows(self._rows)

    def choose_file(self) -> None:
        """Ask for a copy that was not found."""
        kinds = _("Sổ Nhóm (*.sonhom);;Mọi tệp (*)")
        ask_open(self, self.desk, "backup", _("Bản sao lưu"), kinds, self.take_file)

    def take_file(self, path: str) -> None:
        """Put a file among the copies and choose it."""
        self._look(Path(path), self._taken)

    def _taken(self, seen: Any) -> None:
        self._rows = [seen.copy, *(row for row in self._rows if row.path != seen.copy.path)]
        self.copies.set_rows(self._rows)
        self.view.select_key(str(seen.copy.path))
        self._show(seen)

    # -- what it would mean ---------------------------------------------------------------------------------

    def _chosen(self, row: Any) -> None:
        if row is None or (self._seen is not None and self._seen.copy.path == row.path):
            return
        self._say(_("Đang so bản sao với sổ hiện tại…"))
        self._look(row.path, self._show)

    def _look(self, path: Path, then: Callable[[Any], None]) -> None:
        address = self.address
        self._seen = None
        self.restore_button.setEnabled(False)
        if self._looking is not None:
            self._looking.drop()

        def job() -> Any:
            from desktop.services.restoring import preview

            return preview(address, path)

        self._looking = self.desk.aside(job, then, self._failed, owner=self)

    def _show(self, seen: Any) -> None:
        self._seen = seen
        self._mark(seen.copy, bool(seen.copy.whole))
        if not seen.copy.whole:
            self._say(_("Bản sao này đã hỏng, không khôi phục được. Hãy chọn bản khác."), "bad")
        elif seen.other_book:
            self._say(_("Bản sao này là của sổ khác: {name}.").format(name=seen.other_book), "bad")
        else:
            self._say("\n".join(_lines(seen)), "" if _harmless(seen) else "warn")
            self.restore_button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self.copies.failed.emit()
        if isinstance(error, Trouble):
            self._say(f"{error.message} {error.advice}".strip(), "bad")

    def _say(self, text: str, look: str = "") -> None:
        self.told.setText(text)
        dress(self.told, look)

    # -- the deed -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask once more, then restore the chosen copy and close."""
        seen = self._seen
        if seen is None or not self.restore_button.isEnabled():
            return
        messages.ask(
            self,
            _("Khôi phục sổ từ bản sao lúc {when}?").format(when=show_instant(seen.copy.made)),
            yes=_("Khôi phục"),
            no=_("Xem lại"),
            detail="\n".join(_lines(seen)),
            danger=not _harmless(seen),
            then=lambda: self._go(str(seen.copy.path)),
        )

    def _go(self, copy: str) -> None:
        restore, address = self._restore, self.address
        self.accept()
        restore(address, copy)


def _harmless(seen: Any) -> bool:
    return not seen.present or (seen.loss is not None and seen.loss.nothing)


def _lines(seen: Any) -> list[str]:
    """Return what would be lost: the sums, then the latest meetings and vouchers by name."""
    from desktop.services.restoring import loss_lines

    lines = loss_lines(seen)
    if seen.loss is None:
        return lines
    meetings = [f"{show_day(one.day)} {one.group}" for one in seen.loss.meeting_list]
    for title, names, count in (
        (_("Buổi họp"), meetings, seen.loss.meetings),
        (_("Chứng từ"), seen.lost_vouchers(), seen.loss.vouchers),
    ):
        if names:
            more = count - _MOST_NAMED
            tail = _(" và {n} nữa").format(n=show_number(more)) if more > 0 else ""
            lines.append(f"{title}: {', '.join(names[:_MOST_NAMED])}{tail}")
    return lines

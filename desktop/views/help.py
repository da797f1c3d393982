"""F1: the list of shortcuts, of the window and of the open page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views.actions import ACTIONS
from desktop.views.kit.blocks import label
from desktop.views.kit.page import PageAction
from desktop.views.kit.theme import px, space
from desktop.views.pages import PAGES
from resources.lang.messages import N_, _, many

_TABLE_KEYS = (
    ("Enter", N_("Mở dòng đang chọn")),
    ("Ctrl+F", N_("Lọc danh sách")),
    ("Ctrl+C", N_("Chép các dòng đã chọn")),
    ("Ctrl+1 … Ctrl+9", N_("Chọn thẻ của trang")),
    ("Ctrl+0", N_("Mọi thẻ của trang")),
    ("Tab", N_("Sang ô tiếp theo")),
    ("Ctrl+S", N_("Lưu biểu mẫu")),
    ("Esc", N_("Thôi, đóng lại")),
    ("Esc", N_("Đóng thông báo mới nhất (khi không có gì khác để thôi)")),
    ("+ / −", N_("Ngày sau, ngày trước (trong ô ngày)")),
    ("Alt+↓", N_("Mở lịch (trong ô ngày)")),
)
_AMOUNTS = (("50k", "50.000"), ("1tr", "1.000.000"), ("1,5tr", "1.500.000"), ("2 triệu", "2.000.000"))


class HelpDialog(QDialog):
    """All keys on one sheet."""

    def __init__(
        self,
        title: str,
        page_actions: Sequence[PageAction],
        parent: QWidget,
        row_keys: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Phím tắt và trợ giúp"))
        self.resize(px(560), min(px(640), parent.height()))
        holder = QWidget(self)
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(space(5), space(5), space(5), space(3))
        self._grid.setHorizontalSpacing(space(5))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(1, 1)
        here = [(action.shortcut, action.title) for action in page_actions if action.shortcut]
        if here:
            self._section(_("Trang “{title}”").format(title=title), here)
        if row_keys:
            self._section(_("Dòng đang chọn trong bảng"), row_keys)
        self._section(_("Bảng và biểu mẫu"), [(keys, _(words)) for keys, words in _TABLE_KEYS])
        self._section(
            _("Các trang"), [(entry.shortcut, many(entry.title)) for entry in PAGES if entry.shortcut]
        )
        self._section(
            _("Mọi trang"), [(action.shortcut, _(action.title)) for action in ACTIONS if action.shortcut]
        )
        self._section(_("Gõ số tiền"), list(_AMOUNTS))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(_("Danh sách phím tắt"))
        area.setWidget(holder)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(_("Đóng"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area, 1)
        line = QVBoxLayout()
        line.setContentsMargins(space(5), space(2), space(5), space(4))
        line.addWidget(buttons)
        box.addLayout(line)

    def _section(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(label(title, "heading", self), row, 0, 1, 2)
        for keys, words in rows:
            row += 1
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
            self._grid.addWidget(label(shown, "accent", self), row, 0)
            self._grid.addWidget(label(words, "", self), row, 1)
        self._grid.setRowMinimumHeight(row + 1, space(3))

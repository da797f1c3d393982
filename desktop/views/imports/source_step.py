"""Step 1: where the list comes from. A file, dropped or chosen, or a table from the clipboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.services.exchange import Field, export_table
from desktop.views.kit import icons
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_open, ask_save
from desktop.views.kit.theme import dress, px, space
from desktop.views.people.rights import allow
from resources.lang.messages import _

_SAMPLE = (
    Field.FULL_NAME,
    Field.SEX,
    Field.BIRTH,
    Field.CITIZEN_NUMBER,
    Field.PHONE,
    Field.ETHNIC,
    Field.HAMLET,
    Field.NOTE,
)


class SourceStep(QFrame):
    """Offers to choose a file, to drop one here, to paste, and an empty list to be filled in."""

    chosen = Signal(str)
    pasted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.desk = desk
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(6)] * 4)
        box.setSpacing(space(3))
        box.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap("import", px(48), "accent"))
        box.addWidget(mark, 0, middle)
        box.addWidget(label(_("Nhập thành viên từ Excel hoặc CSV"), "heading", self), 0, middle)
        words = label(
            _(
                "Chọn tệp, kéo tệp vào đây, hoặc chép bảng trong Excel rồi dán. Cột nào là gì thì chương trình "
                "đoán theo tiêu đề, và hỏi lại trước khi nhập. Chữ TCVN3, VNI được nhận ra và chuyển đổi."
            ),
            "muted",
            self,
            wrap=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMaximumWidth(px(560))
        around = QHBoxLayout()  # a label that wraps is cut when it is aligned by its layout
        around.addStretch(1)
        around.addWidget(words, 20)
        around.addStretch(1)
        box.addLayout(around)
        self.choose_button = button(_("Chọn tệp…"), self.choose, "open", "primary", self)
        self.paste_button = button(_("Dán bảng đã chép"), self.paste, "copy", "", self)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addStretch(1)
        line.addWidget(self.choose_button)
        line.addWidget(self.paste_button)
        line.addStretch(1)
        box.addSpacing(space(2))
        box.addLayout(line)
        self.sample_button = button(_("Lưu một danh sách mẫu để điền"), self.save_sample, "", "link", self)
        box.addWidget(self.sample_button, 0, middle)
        box.addStretch(3)
        self.refresh_rights()

    def refresh_rights(self) -> None:
        """Nothing comes into a book that may only be read."""
        allow(self.desk, [self.choose_button, self.paste_button])

    def choose(self) -> None:
        """Ask for a file."""
        ask_open(
            self,
            self.desk,
            "imports",
            _("Chọn danh sách thành viên"),
            _("Danh sách (*.xlsx *.xls *.xlsb *.ods *.csv *.txt);;Mọi tệp (*)"),
            self.chosen.emit,
        )

    def paste(self) -> None:
        """Take the table on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.pasted.emit(text)
        else:
            self.desk.say(
                _("Chưa chép bảng nào. Hãy chọn vùng ô trong Excel, bấm Ctrl+C rồi quay lại."), "info"
            )

    def save_sample(self) -> None:
        """Save an empty list with the headings that are understood."""
        ask_save(
            self,
            self.desk,
            "imports",
            _("Lưu danh sách mẫu"),
            _("danh-sach-thanh-vien.xlsx"),
            _("Bảng tính Excel (*.xlsx)"),
            self.save_sample_to,
        )

    def save_sample_to(self, path: str) -> None:
        """Write the empty list, off the window."""
        titles = [field.label for field in _SAMPLE]
        self.desk.aside(
            lambda: export_table(path, titles, []),
            lambda _count: self.desk.say(_("Đã lưu {path}.").format(path=path), "good"),
            owner=self,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        urls = event.mimeData().urls()
        if self.desk.can_write and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the dropped file."""
        self.chosen.emit(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()

"""Settings of this computer: who works here, how it looks, how amounts are read, backups, the head of papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.views.kit.blocks import Card, Columns, button, label
from desktop.views.kit.choice_box import Choices
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_folder
from desktop.views.kit.form import Field, Form
from desktop.views.kit.inputs import check, choice, line, number
from desktop.views.kit.page import Page
from desktop.views.kit.theme import dress
from resources.lang.messages import N_, _
from resources.lang.words import in_words

_SAVE_AFTER = 500
_EXAMPLE = 1_005_000
_LANGUAGES: Choices = (("vi", "Tiếng Việt"), ("en", "English"))
_THEMES: Choices = (
    ("system", N_("Theo hệ thống")),
    ("light", N_("Sáng")),
    ("dark", N_("Tối")),
    ("contrast", N_("Tương phản cao")),
)
_SIZES = (100, 110, 125, 150, 175, 200)


def _sizes(now: int) -> Choices:
    """Return the usual text sizes and the one in use (Ctrl+= steps by ten)."""
    return [(size, f"{size} %") for size in sorted({*_SIZES, now})]


class PreferencesPage(Page):
    """Every change is kept at once; there is no button to press."""

    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.forms: list[Form] = []
        self._loading = False
        columns = Columns(parent=self)
        for card in (self._person(), self._looks(), self._words()):
            columns.left.addWidget(card)
        for card in (self._paper(), self._backup(), self._lending()):
            columns.right.addWidget(card)
        columns.finish()
        self.body.addWidget(columns)
        self.body.addWidget(label(_("Mọi thay đổi được giữ ngay trên máy này."), "muted", self))
        self.body.addStretch(1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_SAVE_AFTER)
        self._typing.timeout.connect(self.flush)
        self._waiting: set[str] = set()
        self.reload()

    def title(self) -> str:
        """Return the title."""
        return _("Thiết lập")

    def subtitle(self) -> str:
        """Say whom the settings are for."""
        return _("Của máy này; quy chế của từng nhóm nằm trong trang Nhóm")

    def reload(self) -> None:
        """Show the settings as they are."""
        self._loading = True
        for form in self.forms:
            form.set_values({key: self.desk.settings[key] for key in form.values()})
        self._loading = False
        self.head_button.setEnabled(self.desk.can_write)
        self._show_example()

    def flush(self) -> None:
        """Keep what has been typed."""
        self._typing.stop()
        waiting, self._waiting = self._waiting, set()
        for form in self.forms:
            kept = {}
            for key, value in form.values().items():
                if key not in waiting:
                    continue
                if value is None or form.input(key).problem():
                    continue
                kept[key] = value
            if kept:
                self.desk.settings.update(kept)
                form.set_dirty(False)
        self._show_example()

    # -- cards --------------------------------------------------------------------------------------------

    def _card(self, title: str, icon: str, fields: list[Field], columns: int = 1) -> Card:
        card = Card(title, icon, self)
        form = Form(fields, columns, card)
        form.changed.connect(self._changed)
        self.forms.append(form)
        card.body.addWidget(form)
        return card

    def _person(self) -> Card:
        hint = N_("Ghi vào sổ mỗi lần bạn ghi chép, và in trên giấy.")
        return self._card(
            _("Người dùng"),
            "member",
            [Field("who", N_("Tên bạn"), line(N_("Ví dụ: Nguyễn Thị Hoa"), 120), hint=hint)],
        )

    def _looks(self) -> Card:
        now = self.desk.settings["text_size"]
        return self._card(
            _("Giao diện"),
            "sun",
            [
                Field("language", N_("Ngôn ngữ"), choice(_LANGUAGES)),
                Field("theme", N_("Màu"), choice(_THEMES)),
                Field("text_size", N_("Cỡ chữ"), choice(_sizes(now)), hint=N_("Ctrl+= và Ctrl+−")),
                Field("reopen_last", N_("Mở lại sổ gần nhất khi khởi động"), check(), span=0),
            ],
            2,
        )

    def _words(self) -> Card:
        card = self._card(
            _("Số tiền bằng chữ"),
            "document",
            [
                Field("words_odd", N_("Số 0 hàng chục"), choice((("linh", "linh"), ("lẻ", "lẻ")))),
                Field("words_thousand", N_("Hàng nghìn"), choice((("nghìn", "nghìn"), ("ngàn", "ngàn")))),
                Field(
                    "words_even",
                    N_("Chữ “chẵn”"),
                    choice(
                        (
                            ("never", N_("Không thêm")),
                            ("always", N_("Luôn thêm")),
                            ("round-thousands", N_("Khi tròn nghìn")),
                        )
                    ),
                ),
            ],
            2,
        )
        self._example = QLabel(card)
        self._example.setWordWrap(True)
        dress(self._example, "muted")
        card.body.addWidget(self._example)
        return card

    def _paper(self) -> Card:
        card = self._card(
            _("Giấy in"),
            "print",
            [
                Field(
                    "organisation",
                    N_("Đơn vị điền sẵn khi tạo sổ mới"),
                    line(N_("Ví dụ: Hội Liên hiệp Phụ nữ xã Tân Hưng"), 160),
                    hint=N_("Mỗi sổ mang đơn vị riêng ở đầu giấy; sửa cho sổ đang mở ở nút dưới đây."),
                ),
                Field("organisation_address", N_("Địa chỉ"), line("", 200)),
                Field("large_print", N_("In sao kê chữ lớn (từ 18 điểm)"), check()),
            ],
        )
        row = QHBoxLayout()
        self.head_button = button(_("Đơn vị ở đầu giấy của sổ này…"), self._head, "edit", "", card)
        row.addWidget(self.head_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _lending(self) -> Card:
        return self._card(
            _("Cho vay"),
            "loan",
            [
                Field(
                    "loan_ceiling",
                    N_("Trần lãi suất (% một năm)"),
                    number(1, 100),
                    hint=N_("Bộ luật Dân sự: 20"),
                ),
                Field("loan_guarantees", N_("Nhắc khi đã bảo lãnh (khoản)"), number(1, 20)),
                Field("loan_dsr_warn", N_("Nhắc khi trả nợ quá (% thu nhập)"), number(1, 100)),
                Field("loan_dsr_stop", N_("Không cho vay khi quá (% thu nhập)"), number(1, 100)),
            ],
            2,
        )

    def _backup(self) -> Card:
        card = self._card(
            _("Sao lưu"),
            "backup",
            [
                Field("backup_on_close", N_("Tự sao lưu mỗi khi đóng sổ"), check(), span=0),
                Field(
                    "backup_folder",
                    N_("Thư mục sao lưu"),
                    line(N_("Để trống: bên cạnh tệp sổ"), 1000),
                    span=0,
                    hint=N_("Nên chọn ổ đĩa khác hoặc USB luôn cắm."),
                ),
                Field("backup_days", N_("Giữ bản hằng ngày"), number(1, 365)),
                Field("backup_weeks", N_("Giữ bản hằng tuần"), number(0, 104)),
                Field("backup_months", N_("Giữ bản hằng tháng"), number(0, 120)),
            ],
            2,
        )
        browse = button(_("Chọn thư mục…"), self._choose_folder, "open", "", card)
        row = QHBoxLayout()
        row.addWidget(browse)
        back = button(_("Khôi phục từ bản sao lưu…"), self._restore, "undo", "", card)
        row.addWidget(back)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    # -- what happens ---------------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        if self._loading:
            return
        self._waiting.add(key)
        if key in ("language", "theme", "text_size"):
            self.flush()
        else:
            self._typing.start()
        if key.startswith("words"):
            self.flush()

    def _head(self) -> None:
        self.desk.run_action("book-head")

    def _restore(self) -> None:
        self.desk.run_action("book-restore")

    def _choose_folder(self) -> None:
        ask_folder(self, self.desk, "backup", _("Thư mục sao lưu"), self._folder_chosen)

    def _folder_chosen(self, path: str) -> None:
        self.form_of("backup_folder").input("backup_folder").set_value(str(Path(path)))

    def form_of(self, key: str) -> Form:
        """Return the form that holds a setting."""
        return next(form for form in self.forms if key in form.values())

    def value(self, key: str) -> Any:
        """Return a setting as it stands on the page."""
        return self.form_of(key).value(key)

    def _show_example(self) -> None:
        spelt = in_words(_EXAMPLE, self.desk.settings.word_style())
        self._example.setText(_("Ví dụ, 1.005.000 ₫: {words}").format(words=spelt))

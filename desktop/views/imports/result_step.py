"""Step 4: the import under way, and what it has done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.services.exchange import ImportResult
from desktop.views.kit import icons
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Work
from desktop.views.kit.theme import dress, px, space
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

_TICK = 120


class ResultStep(QFrame):
    """A bar with a button to stop; afterwards the numbers and where to go on."""

    save_rejects = Signal()
    again = Signal()
    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(6)] * 4)
        box.setSpacing(space(3))
        box.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.mark = QLabel(self)
        self.title = label("", "heading", self)
        self.words = label("", "muted", self, wrap=True)
        self.words.setAlignment(middle)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(420))
        self.bar.setAccessibleName(_("Tiến độ nhập"))
        box.addWidget(self.mark, 0, middle)
        box.addWidget(self.title, 0, middle)
        box.addWidget(self.words)
        box.addWidget(self.bar, 0, middle)
        self.stop_button = button(_("Dừng"), self._stop, "close", "", self)
        self.list_button = button(_("Xem danh sách"), self.go_on.emit, "member", "primary", self)
        self.rejects_button = button(_("Lưu các dòng bị loại…"), self.save_rejects.emit, "export", "", self)
        self.again_button = button(_("Nhập tệp khác"), self.again.emit, "import", "", self)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addStretch(1)
        for one in (self.stop_button, self.list_button, self.rejects_button, self.again_button):
            line.addWidget(one)
        line.addStretch(1)
        box.addSpacing(space(2))
        box.addLayout(line)
        box.addStretch(3)

    def follow(self, work: Work) -> None:
        """Show a work under way."""
        self._work = work
        self.mark.setPixmap(icons.pixmap("import", px(48), "accent"))
        self.title.setText(_("Đang nhập…"))
        self.words.setText(_("Tất cả được ghi trong một lần: dừng lại thì sổ không đổi gì."))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop_button.show()
        self.stop_button.setEnabled(True)
        for one in (self.list_button, self.rejects_button, self.again_button):
            one.hide()
        self._timer.start()
        self.stop_button.setFocus()

    def show_result(self, result: ImportResult) -> None:
        """Show what the import has done."""
        self._end()
        self.mark.setPixmap(icons.pixmap("good", px(48), "good"))
        self.title.setText(
            ngettext("Đã nhập {n} thành viên", "Đã nhập {n} thành viên", result.members).format(
                n=show_number(result.members)
            )
        )
        parts = []
        if result.memberships:
            parts.append(
                ngettext("{n} người vào nhóm", "{n} người vào nhóm", result.memberships).format(
                    n=show_number(result.memberships)
                )
            )
        if result.households:
            parts.append(
                ngettext("{n} hộ mới", "{n} hộ mới", result.households).format(
                    n=show_number(result.households)
                )
            )
        if result.rejected:
            parts.append(
                ngettext(
                    "{n} dòng không nhập: hãy lưu lại, sửa rồi nhập lần nữa",
                    "{n} dòng không nhập: hãy lưu lại, sửa rồi nhập lần nữa",
                    result.rejected,
                ).format(n=show_number(result.rejected))
            )
        self.words.setText(" · ".join(parts))
        for one in (self.list_button, self.again_button):
            one.show()
        self.rejects_button.setVisible(bool(result.rejected))
        (self.rejects_button if result.rejected else self.list_button).setFocus()

    def _end(self) -> None:
        self._timer.stop()
        self._work = None
        self.bar.hide()
        self.stop_button.hide()

    def stopped(self) -> None:
        """The work has ended without a result."""
        self._end()

    def _tick(self) -> None:
        if self._work is None:
            return
        done, total, _text = self._work.progress.state
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            if done >= total:
                self.stop_button.setEnabled(False)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.progress.cancel()
            self.stop_button.setEnabled(False)
            self.words.setText(_("Đang dừng…"))

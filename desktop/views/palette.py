"""Ctrl+K: one line that finds members, groups, vouchers, pages and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.desk import Desk
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.messages import announce
from desktop.views.kit.runner import Ticket
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _
from resources.lang.names import fold

_PAUSE = 120
_MOST = 30
_ICONS = {
    "member": "member",
    "group": "groups",
    "household": "household",
    "livelihood": "livelihood",
    "training_class": "training",
    "support": "support",
    "voucher": "cashbook",
    "meeting": "meeting",
    "report": "reports",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be gone to or done: `words` are folded texts it is found by."""

    title: str
    detail: str
    icon: str
    run: Callable[[], object]
    words: str = ""
    enabled: bool = True
    key: str = field(default="", compare=False)


_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
"""How far each key moves in the list."""


class Palette(QDialog):
    """A floating line with finds below: commands at once, what the book holds as it comes."""

    def __init__(self, desk: Desk, entries: Sequence[Entry], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Tìm và ra lệnh"))
        self.desk = desk
        self._entries = [entry for entry in entries if entry.enabled]
        self._found: list[Entry] = []
        self._asked: Ticket | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame(self)
        dress(frame, "palette")
        outer.addWidget(frame)
        box = QVBoxLayout(frame)
        box.setContentsMargins(space(3), space(3), space(3), space(2))
        box.setSpacing(space(2))
        self.line = LineEdit(frame)
        self.line.setPlaceholderText(_("Gõ tên thành viên, nhóm, số chứng từ hoặc việc cần làm"))
        self.line.setAccessibleName(_("Tìm và ra lệnh"))
        self.line.mark("search")
        self.line.installEventFilter(self)
        box.addWidget(self.line)
        self.list = QListWidget(frame)
        self.list.setObjectName("palettelist")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Kết quả"))
        self.list.setIconSize(QSize(px(20), px(20)))
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._take)
        box.addWidget(self.list, 1)
        self.nothing = QLabel(frame)
        self.nothing.setWordWrap(True)
        dress(self.nothing, "muted")
        self.nothing.hide()
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        hint = QLabel(_("↑ ↓ chọn   ·   Enter mở   ·   Esc đóng"), frame)
        dress(hint, "small")
        box.addWidget(hint)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask_book)
        self.line.textChanged.connect(self._typed)
        width = min(px(620), max(window.width() - px(40), 200))
        self.resize(width, min(px(440), max(window.height() - px(80), 160)))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, px(64))))
        self._show(self._fitting(""))
        self.line.setFocus()

    def entries(self) -> list[Entry]:
        """Return what is listed now."""
        return [self.list.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the line keeps the focus."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(event.key())
            if step is not None and self.list.count():
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._found = []
        self._show(self._fitting(self.line.value()))
        self._pause.start()

    def _fitting(self, text: str) -> list[Entry]:
        """Return the commands that hold all typed words, those that begin with them first."""
        typed = fold(text)
        parts = typed.split()
        fitting = []
        for place, entry in enumerate(self._entries):
            heap = fold(f"{entry.title} {entry.words} {entry.detail}")
            if all(part in heap for part in parts):
                fitting.append((not fold(entry.title).startswith(typed), place, entry))
        return [entry for _rank, _place, entry in sorted(fitting, key=lambda found: found[:2])]

    def _ask_book(self) -> None:
        text = self.line.value()
        if self._asked is not None:
            self._asked.drop()
        if self.desk.session is None or not text.strip():
            return

        def question(book: Any) -> Any:
            from desktop.services.search import search

            return search(book, text)

        self._asked = self.desk.ask(question, self._came, owner=self)

    def _came(self, rows: Sequence[Any]) -> None:
        self._found = [
            Entry(row.title, row.subtitle, _ICONS.get(str(row.kind), "document"), _go(self.desk, row))
            for row in rows[:_MOST]
        ]
        self._show([*self._found, *self._fitting(self.line.value())])
        if not self.list.count():
            announce(self, self.nothing.text())

    def _show(self, entries: Sequence[Entry]) -> None:
        self.list.clear()
        for entry in entries[: _MOST * 2]:
            text = f"{entry.title}   ·   {entry.detail}" if entry.detail else entry.title
            item = QListWidgetItem(icons.icon(entry.icon or "forward", "muted"), text)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._say_nothing(not entries)

    def _say_nothing(self, none: bool) -> None:
        """Say in words that nothing is found; the list would be an empty box."""
        self.list.setVisible(not none)
        self.nothing.setVisible(none)
        words = _("Không thấy gì cho “{text}”. Hãy gõ tên người, tên nhóm, số chứng từ hoặc tên một việc.")
        self.nothing.setText(words.format(text=self.line.value()) if none else "")

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        entry.run()


_ROUTES = {
    "member": ("member", "member"),
    "group": ("group", "group"),
    "household": ("household", "household"),
    "livelihood": ("livelihood", "livelihood"),
    "training_class": ("training_class", "training_class"),
    "support": ("support-dossier", "support"),
    "voucher": ("cashbook", "voucher"),
}
"""Where each kind of find leads: the page and the name of its argument."""


def _go(desk: Desk, hit: Any) -> Callable[[], object]:
    """Return the way to what was found."""
    page, name = _ROUTES.get(str(hit.kind), ("start", "id"))
    return lambda: desk.open_page(page, **{name: hit.id})

"""What the program says: messages in a calm stack above the status bar, questions, and the window for bugs
(the last two are drawn in `questions.py`, loaded at the first of them).

Nothing here blocks. Tests replace `ask` (`monkeypatch.setattr(messages, "ask", …)`), so pages call it through
the module: `messages.ask(...)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

_MOST = 3
_SECONDS = {"info": 8, "good": 6}
_TONES = {
    "info": ("info", "accent"),
    "good": ("good", "good"),
    "warn": ("warning", "warn"),
    "error": ("error", "bad"),
}


class Message(NamedTuple):
    """A sentence for the user; `advice` says what to do, `action` (text, deed) offers to do it.

    `stays`: it asks for something outside the program (a paper to call in) and stays until it is closed by hand.
    """

    text: str
    level: str = "info"
    advice: str = ""
    action: tuple[str, Callable[[], object]] | None = None
    stays: bool = False


class MessageStack(QWidget):
    """Shows the last messages, newest at the bottom. Good news leaves by itself; all else goes with the page it was
    said on, with the next deed that is written, and with Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(space(5), space(2), space(5), space(2))
        self._box.setSpacing(space(1))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Add a message; the same one again only moves to the end."""
        for row in [row for row in self._rows if row.message == message]:
            self._remove(row)
        while len(self._rows) >= _MOST:
            self._remove(self._rows[0])
        row = _Row(message, self)
        row.closed.clicked.connect(self._close_clicked)
        self._rows.append(row)
        self._box.addWidget(row)
        self.show()
        announce(self, f"{message.text} {message.advice}".strip())

    def messages(self) -> list[Message]:
        """Return what is shown now, oldest first."""
        return [row.message for row in self._rows]

    def clear(self) -> None:
        """Take all messages away."""
        for row in list(self._rows):
            self._remove(row)

    def supersede(self) -> None:
        """Take away what was said before a deed that has just been written: it has been dealt with."""
        self._drop(("info", "good", "warn", "error"))

    def leave_page(self) -> None:
        """Take away what belongs to a page that is being left, what went wrong there too."""
        self.supersede()

    def leave_book(self) -> None:
        """Take away what belongs to a book that is being closed; what went wrong stays: the closing may have said it."""
        self._drop(("info", "good", "warn"))

    def close_newest(self) -> bool:
        """Take away the newest message; return whether there was one."""
        if self._rows:
            self._remove(self._rows[-1])
            return True
        return False

    def _drop(self, levels: tuple[str, ...]) -> None:
        # What was said in this very turn speaks of this deed, or of the page that is being opened.
        for row in [row for row in self._rows if not row.fresh and not row.message.stays]:
            if row.message.level in levels:
                self._remove(row)

    def _close_clicked(self) -> None:
        row = self.sender().parent()
        if isinstance(row, _Row):
            self._remove(row)

    def _remove(self, row: _Row) -> None:
        if row in self._rows:
            self._rows.remove(row)
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        if not self._rows:
            self.hide()


class _Row(QFrame):
    def __init__(self, message: Message, stack: MessageStack) -> None:
        super().__init__(stack)
        self.message = message
        self.fresh = True
        self._stack = stack
        QTimer.singleShot(0, self, self._settle)
        dress(self, f"message-{message.level}")
        icon, tone = _TONES[message.level]
        line = QHBoxLayout(self)
        line.setContentsMargins(space(3), space(2), space(2), space(2))
        line.setSpacing(space(3))
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap(icon, px(20), tone))
        line.addWidget(mark)
        words = QLabel(f"{message.text} {message.advice}".strip(), self)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(words, 1)
        if message.action is not None:
            button = QPushButton(message.action[0], self)
            button.setAutoDefault(True)  # Enter presses it
            dress(button, "link")
            button.clicked.connect(self._act)
            line.addWidget(button)
        self.closed = QToolButton(self)
        self.closed.setIcon(icons.icon("close", "muted"))
        self.closed.setToolTip(_("Đóng thông báo (Esc)"))
        self.closed.setAccessibleName(_("Đóng thông báo"))
        dress(self.closed, "small")
        line.addWidget(self.closed)
        if message.level in _SECONDS and message.action is None:
            QTimer.singleShot(_SECONDS[message.level] * 1000, self, self._leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that closes, as it presses the others: a tool button leaves it alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.closed.hasFocus():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _settle(self) -> None:
        self.fresh = False

    def _leave(self) -> None:
        self._stack._remove(self)

    def _act(self) -> None:
        assert self.message.action is not None
        deed = self.message.action[1]
        self._leave()
        deed()


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def ask(
    owner: QObject | None,
    question: str,
    *,
    then: Callable[[], object],
    otherwise: Callable[[], object] | None = None,
    yes: str = "",
    no: str = "",
    detail: str = "",
    danger: bool = False,
) -> None:
    """Ask the user a question without blocking: `then()` after a yes, `otherwise()` after anything else.

    The buttons carry verbs ("Ghi sổ", "Xem lại"). With `danger` the safe answer is the default.
    """
    from desktop.views.kit.questions import open_question

    open_question(owner, question, then, otherwise, yes, no, detail, danger)


def ask_drop(owner: QObject | None, then: Callable[[], object]) -> None:
    """Ask before a draft is thrown away."""
    ask(
        owner,
        _("Bỏ bản nháp này?"),
        detail=_("Những gì đã gõ mà chưa ghi sổ sẽ mất."),
        yes=_("Bỏ nháp"),
        no=_("Giữ lại"),
        then=then,
        danger=True,
    )


def ask_lose(owner: QObject | None, then: Callable[[], object], detail: str = "", question: str = "") -> None:
    """Ask before what was typed is lost; `question` names what it is where "what was just typed" says too little."""
    ask(
        owner,
        question or _("Bỏ những gì vừa nhập?"),
        detail=detail,
        yes=_("Bỏ"),
        no=_("Nhập tiếp"),
        then=then,
        danger=True,
    )


def show_bug(error: BaseException) -> None:
    """Show the window for bugs, one at a time; tests replace this function."""
    from desktop.views.kit.questions import open_bug

    open_bug(error)

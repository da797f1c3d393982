"""Keeps the sheet in the book while it is typed: at once, and never more than one writing behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.services import drafts
from desktop.views.kit.desk import Desk

_RETRY = 5_000


class DraftKeeper(QObject):
    """`touch()` after every keystroke: the first is written at once, those that come while it is written are
    written together right after it. The text is made when it is needed, so touching costs nothing.
    """

    def __init__(
        self, desk: Desk, kind: str, key: str, text: Callable[[], str | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = kind
        self.key = key
        self._text = text
        self._wanted = False
        self._writing = False
        self._held = False
        self._last: str | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_RETRY)
        self._again.timeout.connect(self._write)

    @property
    def clean(self) -> bool:
        """Tell whether everything typed is in the book."""
        return not self._wanted and not self._writing

    def touch(self) -> None:
        """Say that something was typed."""
        self._wanted = True
        if not self._writing and not self._again.isActive():
            self._write()

    def hold(self, held: bool) -> None:
        """Stop writing (while the meeting is posted), or go on."""
        self._held = held
        if not held and self._wanted:
            self._write()

    def stop(self) -> None:
        """Write nothing any more: the meeting is posted, or the draft thrown away."""
        self._held, self._wanted = True, False
        self._again.stop()

    def flush(self) -> None:
        """Write now, behind whatever is being written: the window is about to close."""
        self._again.stop()
        if not self._held:
            self._send()

    def drop(self, then: Callable[[], object]) -> None:
        """Throw the draft away."""
        self.stop()
        kind, key = self.kind, self.key

        def dropped(_value: None) -> None:
            self._last = None
            self._held = False
            then()

        self.desk.do(lambda book, act: drafts.drop(book, kind, key, act), dropped, owner=self)

    def _write(self) -> None:
        if self._wanted and not self._held and not self._writing:
            self._send()

    def _send(self) -> None:
        self._wanted = False
        text = self._text()
        if text is None or text == self._last or not self.desk.can_write:
            return
        self._writing, self._last = True, text
        kind, key = self.kind, self.key
        self.desk.do(
            lambda book, act: drafts.keep(book, kind, key, text, act),
            self._kept,
            self._failed,
            self,
            aside=True,
        )

    def _kept(self, _value: None) -> None:
        self._writing = False
        self._write()

    def _failed(self, _error: Exception) -> None:
        """The disk is full or the like; it was said already. Try again, but not at every keystroke."""
        self._writing, self._last, self._wanted = False, None, True
        self._again.start()

"""The line at the foot of the window: long works with their progress, the last backup, what was saved last."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStatusBar,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.desk import Desk, Session, Work
from desktop.views.kit.theme import dress, px, space
from resources.addresses import is_server, shown_address
from resources.lang.messages import _

_TICK = 120
_PATIENCE = 250
"""Milliseconds before a work is shown: what ends sooner does not flicker."""


class Status(QStatusBar):
    """Shows what is going on and how safe the book is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.desk = desk
        self._rows: dict[int, WorkRow] = {}
        self._works = QHBoxLayout()
        holder = QWidget(self)
        holder.setLayout(self._works)
        self._works.setContentsMargins(space(2), 0, 0, 0)
        self.addWidget(holder, 1)
        self._book = QLabel(self)
        self._backup = QLabel(self)
        self._saved = QLabel(self)
        for label in (self._book, self._backup, self._saved):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.addPermanentWidget(label)
        desk.saved.connect(self._note_saved)
        desk.work_began.connect(self._began)
        desk.work_ended.connect(self._ended)
        self.refresh()

    def refresh(self) -> None:
        """Read the book and its last backup again."""
        session = self.desk.session
        self._book.setVisible(session is not None)
        self._backup.setVisible(session is not None and not is_server(session.address))
        self._saved.setVisible(session is not None and not session.readonly)
        if session is None:
            self._saved.setText("")
            return
        from resources.lang.dates import show_instant

        self._book.setText(Path(session.address).name or session.address)
        self._book.setToolTip(shown_address(session.address))
        at = self.desk.settings.last_backup(session.address)
        self._backup.setText(
            _("Sao lưu: {when}").format(when=show_instant(at))
            if at is not None
            else _("Chưa sao lưu trên máy này")
        )
        if not self._saved.text():
            self._saved.setText(_("Mọi thứ đã được ghi"))

    def works(self) -> list[WorkRow]:
        """Return the rows of the works under way."""
        return list(self._rows.values())

    def _note_saved(self) -> None:
        self._saved.setText(_("Đã ghi lúc {time}").format(time=f"{datetime.now():%H:%M:%S}"))

    def _began(self, work: Work) -> None:
        row = WorkRow(work, self)
        self._rows[id(work)] = row
        self._works.addWidget(row)

    def _ended(self, work: Work) -> None:
        row = self._rows.pop(id(work), None)
        if row is not None:
            self._works.removeWidget(row)
            row.hide()
            row.deleteLater()


class WorkRow(QWidget):
    """A long work: what it is, how far it is, and the button that stops it."""

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = work
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        self.words = QLabel(work.title, self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(px(140))
        self.bar.setAccessibleName(work.title)
        line.addWidget(self.words)
        line.addWidget(self.bar)
        self.stop = QPushButton(_("Dừng"), self)
        self.stop.setAutoDefault(True)  # Enter presses it
        self.stop.setAccessibleName(_("Dừng: {work}").format(work=work.title))
        dress(self.stop, "link")
        self.stop.setVisible(work.can_cancel)
        self.stop.clicked.connect(self._stop)
        line.addWidget(self.stop)
        self.hide()
        QTimer.singleShot(_PATIENCE, self, self.show)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._look)
        self._tick.start()

    def _look(self) -> None:
        done, total, text = self.work.progress.state
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(min(done, total) if total else 0)
        share = f" {done * 100 // total} %" if total else ""
        self.words.setText(f"{self.work.title}{share}{' · ' + text if text else ''}")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText(_("Đang dừng…"))
        self.work.progress.cancel()


class ReadOnlyStrip(QFrame):
    """Says that the book is only read here, who may write, and offers to try again."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "message-warn")
        line = QHBoxLayout(self)
        line.setContentsMargins(space(5), space(1), space(4), space(1))
        line.setSpacing(space(2))
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap("lock", px(18), "warn"))
        line.addWidget(mark)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        line.addWidget(self.words, 1)
        self.again = QPushButton(_("Mở lại để ghi"), self)
        self.again.setAutoDefault(True)
        dress(self.again, "quiet")
        self.again.clicked.connect(self.retry_asked)
        line.addWidget(self.again)
        self.hide()

    def show_session(self, session: Session | None) -> None:
        """Show or hide the strip for a book."""
        self.setVisible(session is not None and session.readonly)
        if session is not None and session.readonly:
            self.words.setText(
                _("Sổ đang mở chỉ để đọc: {who} đang giữ quyền ghi.").format(who=session.holder)
                if session.holder
                else _("Sổ đang mở chỉ để đọc.")
            )

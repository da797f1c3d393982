"""The window program: one QApplication, one desk, one window, and what happens when something goes wrong.

Nothing heavy is imported before the first page stands: the store, the reports and the translations are loaded
by the book thread or by the page that needs them (docs/performance.md).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import desktop.qt_import  # noqa: F401  (before all others: see there)
from desktop.logs import catch_all
from desktop.settings import Settings
from desktop.views.kit import icons, messages, theme
from desktop.views.kit.desk import Desk, Route
from desktop.views.main_window import MainWindow
from resources.addresses import is_server
from resources.lang.messages import _, set_language

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator


class Collector(QObject):
    """Runs Python's garbage collection on the main thread only.

    Left to itself it may run on the book thread and destroy a widget there, which ends the process.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(2000)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Give the collection back to Python."""
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._limits[generation]:
                gc.collect(generation)
                return


class Program(QObject):
    """Holds what lives as long as the program: settings, desk, window. `run` makes one; so do tests."""

    def __init__(self, app: QApplication, settings: Settings | None = None) -> None:
        super().__init__(app)
        self.app = app
        self.settings = settings or Settings.load()
        self.translator: QTranslator | None = None
        self.window: MainWindow | None = None
        self._dress()
        self.desk = Desk(self.settings, parent=self)
        app.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def show(self, route: Route | None = None, opening: str = "") -> MainWindow:
        """Build the window, in place of the old one if there is one, and show it; `opening` names a book to follow."""
        old = self.window
        window = MainWindow(self.desk, opening=opening)
        window.rebuild_asked.connect(self._rebuild)
        window.closed.connect(self._window_closed)
        self.window = window
        if route is not None:
            window.go(route, remember=False)
        window.show()
        if old is not None:
            old.hand_over()
            old.deleteLater()
        return window

    def start(self, address: str = "") -> MainWindow:
        """Show the window, then open the named book, or the last one when the user wants that.

        The window is drawn first, without the page that offers books where one is going to be opened.
        """
        address = address or self._last_book()
        window = self.show(opening=address)
        self.desk.first_page_stands.connect(self.teach_qt, Qt.ConnectionType.SingleShotConnection)
        if address:
            QTimer.singleShot(0, window, lambda: window.books.open(address))
        return window

    def _last_book(self) -> str:
        if not self.settings["reopen_last"]:
            return ""
        recent = self.settings.recent_books()
        address = recent[0][0] if recent else ""
        return address if is_server(address) or (address and Path(address).exists()) else ""

    def end(self) -> None:
        """Stop the threads; the book has been closed by the window."""
        self.desk.runner.close()

    def _dress(self) -> None:
        set_language(self.settings["language"])
        theme.apply(self.app, self.settings["theme"], self.settings["text_size"])

    def teach_qt(self) -> None:
        """Give Qt its own words in the language in use, and day-first dates; none of them is on the first page."""
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale("vi_VN"))
        if self.translator is not None:
            self.app.removeTranslator(self.translator)
        self.translator = _translator(self.settings["language"], self)
        self.app.installTranslator(self.translator)

    def _rebuild(self) -> None:
        assert self.window is not None
        self.window.flush()
        route = self.window.route
        self._dress()
        self.teach_qt()
        self.show(route)

    def _desktop_changed(self) -> None:
        """The desktop went from light to dark or back: follow it, if that was chosen."""
        if self.settings["theme"] == "system" and self.window is not None:
            self._rebuild()

    def _window_closed(self) -> None:
        if self.sender() is self.window:
            self.app.quit()


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the one QApplication, named; the running one when there is one already."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName("sonhom")
    QCoreApplication.setOrganizationName("sonhom")
    QGuiApplication.setApplicationDisplayName("Sổ Nhóm")
    QGuiApplication.setDesktopFileName("sonhom")
    # By the command line: the desktop's own style would be built first and thrown away, and `setStyle` hands back a
    # QStyle, whose six hundred enumerators Python then makes for nobody (a tenth of importing QtWidgets).
    app = QApplication([*argv, "-style=fusion"])
    app.setProperty("fusion", True)
    app.setWindowIcon(icons.emblem())
    # The window is replaced when the theme changes: the program ends when `Program` says so.
    app.setQuitOnLastWindowClosed(False)
    return app


@contextmanager
def _told_without_a_screen() -> Iterator[None]:
    """Say in words that there is no screen, with code 3, where Qt would abort the process.

    Qt gives no way back from there: the message is the last thing that runs.
    """

    def tell(kind: QtMsgType, _where: object, text: str | None) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            said.append(text or "")
            return
        from desktop.commands.command import Exit  # the command line's room; the window needs nothing of it

        print(no_screen(said), file=sys.stderr, flush=True)
        os._exit(Exit.TROUBLE)

    said: list[str] = []
    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def no_screen(said: Sequence[str]) -> str:
    """Return what to say and to do when the window cannot be opened; `said` is what Qt complained of before."""
    lines = [
        _("Không mở được cửa sổ: máy này không có màn hình, hoặc chương trình không dùng được màn hình.")
    ]
    if os.environ.get("DISPLAY") and any("xcb-cursor" in text for text in said):
        lines.append(_("Nếu máy có màn hình: hãy cài thư viện libxcb-cursor0 rồi mở lại."))
    lines.append(_("Làm việc từ xa: nối bằng ssh -X, hoặc dùng lệnh không cần cửa sổ; xem sonhom --help."))
    return "\n".join(lines)


def run(book: str | None = None, watch: Callable[[Program], object] | None = None) -> int:
    """Open the window (and the book at an address, or the last one) and return the exit code.

    `watch` is handed the program before its window is shown: who measures the start connects itself there.
    """
    with _told_without_a_screen():
        app = make_application(["sonhom"])
    program = Program(app)
    catch_all(messages.show_bug)
    collector = Collector(program)
    if watch is not None:
        watch(program)
    program.start(book or "")
    code = app.exec()
    collector.stop()
    program.end()
    return code


def _translator(language: str, parent: QObject) -> QTranslator:
    from PySide6.QtCore import QLibraryInfo, QTranslator

    if language == "vi":
        from desktop.views.kit.qt_vi import VietnameseQt

        return VietnameseQt(parent)
    translator = QTranslator(parent)
    translator.load("qtbase_en", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator

"""A paper on the screen with its tools: pages as they will be printed, their size, print and save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QShortcut,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.problems import Trouble
from desktop.views.kit import icons
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import safe_name
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.pdf_pages import PageArea
from desktop.views.kit.pdf_paper import Paper, draw_page, set_paper
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

__all__ = ["Paper", "PdfDialog", "PdfView", "show_pdf"]


class PdfView(QWidget):
    """A paper with its tools: pages, size, print, save. `show_pdf(bytes or path, name)`.

    `extra` are more buttons at the right of the bar. `printed` is emitted after the paper went to a printer.
    """

    printed = Signal()
    saved = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.name = "so-nhom.pdf"
        self.paper: Paper | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.area = PageArea(desk, self)
        bar = QFrame(self)
        dress(bar, "well")
        self.bar = QHBoxLayout(bar)
        self.bar.setContentsMargins(space(2), space(1), space(2), space(1))
        self.bar.setSpacing(space(1))
        self._tool("chevron-up", _("Trang trước (Page Up)"), self._page_before)
        self._number = LineEdit(bar)
        self._number.setFixedWidth(px(52))
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._number.setAccessibleName(_("Trang số"))
        self._number.returnPressed.connect(self._number_typed)
        self.bar.addWidget(self._number)
        self._count = QLabel(bar)
        self.bar.addWidget(self._count)
        self._tool("chevron-down", _("Trang sau (Page Down)"), self._page_after)
        self.bar.addStretch(1)
        self._tool("zoom-out", _("Nhỏ hơn (−)"), self._smaller)
        self._zoom = QLabel(bar)
        self._zoom.setMinimumWidth(px(48))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar.addWidget(self._zoom)
        self._tool("zoom-in", _("To hơn (+)"), self._larger)
        self._tool("fit", _("Vừa chiều ngang (0)"), self.area.fit_width)
        self.bar.addStretch(1)
        self.save_button = button(_("Lưu PDF…"), self.save, "save", "", bar)
        self.print_button = button(_("In…"), self.print_, "print", "primary", bar)
        self.bar.addWidget(self.save_button)
        self.bar.addWidget(self.print_button)
        box.addWidget(bar)
        box.addWidget(self.area, 1)
        self.told = label("", "good", self, wrap=True)
        self.told.setContentsMargins(*[space(2)] * 4)
        self.told.hide()
        box.addWidget(self.told)
        self.area.page_changed.connect(self._page_changed)
        self.area.zoom_changed.connect(self._zoom_changed)
        self.setFocusProxy(self.area)
        self._allow(False)

    def show_pdf(self, content: bytes | str | Path, name: str = "so-nhom.pdf") -> None:
        """Show a PDF; `name` is proposed when it is saved. A damaged one is told in the message area."""
        self.name = name
        self.desk.aside(lambda: Paper(content), self._opened, owner=self)

    def add_button(self, widget: QWidget) -> None:
        """Put another button before "save"."""
        self.bar.insertWidget(self.bar.indexOf(self.save_button), widget)

    def save(self) -> None:
        """Ask where to, and write the PDF there."""
        from desktop.views.kit.files import ask_save

        ask_save(self, self.desk, "papers", _("Lưu PDF"), self.name, _("PDF (*.pdf)"), self.save_to)

    def save_to(self, path: str) -> None:
        """Write the PDF to a file."""
        paper = self.paper
        if paper is None:
            return

        def job() -> str:
            try:
                Path(path).write_bytes(paper.bytes())
            except OSError as error:
                raise Trouble(
                    _("Không lưu được tệp {path}.").format(path=path),
                    _("Hãy chọn chỗ khác còn trống."),
                    "cannot-save",
                ) from error
            return path

        self.desk.aside(job, self._was_saved, self._not_saved, owner=self)

    def print_(self) -> None:
        """Open the system's print dialog."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self.paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.name)
        printer.setFromTo(1, len(self.paper))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, len(self.paper))
        dialog.accepted.connect(lambda: self.print_on(printer))
        # QPrintDialog hides the plain open() behind one that takes a receiver and a slot.
        QDialog.open(dialog)

    def print_on(self, printer: Any) -> None:
        """Send the pages that the printer's range names to it."""
        paper = self.paper
        if paper is None:
            return
        first = printer.fromPage() or 1
        last = printer.toPage() or len(paper)
        width, height = paper.sizes[0]
        set_paper(printer, width, height)

        def job(progress: Any) -> int:
            painter = QPainter()
            if not painter.begin(printer):
                raise Trouble(_("Máy in không nhận tờ giấy."), _("Hãy xem lại máy in rồi in lại."), "printer")
            try:
                for place, number in enumerate(range(first - 1, last)):
                    progress(place, last - first + 1)
                    if place:
                        printer.newPage()
                    draw_page(painter, printer, paper, number)
            finally:
                painter.end()
            return last - first + 1

        self.desk.work(job, self._was_printed, owner=self, title=_("Đang gửi tới máy in…"))

    # -- what happens -----------------------------------------------------------------------------------------

    def _opened(self, paper: Paper) -> None:
        if self.paper is not None:
            self.paper.close()
        self.paper = paper
        self.destroyed.connect(paper.close)
        self.area.show_paper(paper)
        self.area.fit_width()
        if paper.name:
            # What it calls itself tells one group's sheet from another's; a kind of paper would not.
            self.name = f"{safe_name(paper.name)}.pdf"
        self._count.setText(f"/ {len(paper)}")
        self._page_changed(0)
        self._zoom_changed()
        self._allow(True)

    def _not_saved(self, error: BaseException) -> None:
        if isinstance(error, Trouble):
            self._say(f"{error.message} {error.advice}".strip(), "bad")
        self.desk.show_error(error)

    def _say(self, text: str, look: str = "good") -> None:
        """Say in the preview too what was done: it lies over the window's own messages."""
        dress(self.told, look)
        self.told.setText(text)
        self.told.show()

    def _was_saved(self, path: str) -> None:
        told = _("Đã lưu {path}").format(path=path)
        self._say(told)
        self.desk.say(told, "good")
        self.saved.emit(path)

    def _was_printed(self, _pages: int) -> None:
        self._say(_("Đã gửi tới máy in."))
        self.desk.say(_("Đã gửi tới máy in."), "good")
        self.printed.emit()

    def _allow(self, allowed: bool) -> None:
        self.save_button.setEnabled(allowed)
        self.print_button.setEnabled(allowed)

    def _tool(self, icon: str, tip: str, run: Callable[[], object]) -> None:
        made = QToolButton(self)
        made.setIcon(icons.icon(icon))
        made.setToolTip(tip)
        made.setAccessibleName(tip.partition(" (")[0])
        dress(made, "quiet")
        made.clicked.connect(run)
        self.bar.addWidget(made)

    def _page_before(self) -> None:
        self.area.go_to(self.area.page - 1)

    def _page_after(self) -> None:
        self.area.go_to(self.area.page + 1)

    def _larger(self) -> None:
        self.area.step_zoom(1)

    def _smaller(self) -> None:
        self.area.step_zoom(-1)

    def _number_typed(self) -> None:
        text = self._number.text().strip()
        if text.isascii() and text.isdigit():
            self.area.go_to(int(text) - 1)
        self._page_changed(self.area.page)

    def _page_changed(self, page: int) -> None:
        self._number.setText(str(page + 1))

    def _zoom_changed(self) -> None:
        self._zoom.setText(f"{round(self.area.zoom * 100)} %")


class PdfDialog(QDialog):
    """A paper in a window of its own."""

    def __init__(self, desk: Desk, title: str, content: bytes | str | Path, owner: QWidget | None) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.view = PdfView(desk, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        room = self.screen().availableGeometry()
        self.resize(min(px(900), room.width() - 16), min(px(1000), room.height() - 56))
        self.view.show_pdf(content, f"{safe_name(title)}.pdf")
        # Over a window that stands low its title would lie above the screen.
        self.move(room.x() + (room.width() - self.width()) // 2, room.y() + px(4))
        self.view.area.setFocus()
        for keys, pressed in (("Ctrl+S", self.view.save_button), ("Ctrl+P", self.view.print_button)):
            pressed.setToolTip(keys)
            QShortcut(QKeySequence(keys), self).activated.connect(pressed.click)


def show_pdf(desk: Desk, title: str, content: bytes | str | Path, owner: QWidget | None = None) -> PdfDialog:
    """Open a paper in a preview window over `owner`; it is printed or saved from there."""
    dialog = PdfDialog(desk, title, content, owner)
    dialog.open()
    return dialog

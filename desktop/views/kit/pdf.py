"""A paper on the screen: pages as they will be printed, drawn as they come into view, never all at once.

pypdfium2 allows one caller at a time; a lock keeps the pool in order. Drawn pages are kept for a while.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.problems import Trouble
from desktop.views.kit import icons, theme
from desktop.views.kit.blocks import button
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import safe_name
from desktop.views.kit.inputs import LineEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

_LOCK = threading.Lock()
_KEPT = 12
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_GAP = 16
_SCREEN = 96 / 72
"""Pixels of a screen at 100 % per point of paper."""


class Paper:
    """An open PDF, from bytes or a path. Methods may be called from any thread. Raises Trouble for a bad file."""

    def __init__(self, content: bytes | str | Path) -> None:
        import pypdfium2

        self.content = content
        self._closed = False
        with _LOCK:
            try:
                self._document = pypdfium2.PdfDocument(content)
                self.sizes = [self._document.get_page_size(n) for n in range(len(self._document))]
            except (pypdfium2.PdfiumError, OSError) as error:
                raise Trouble(
                    _("Không mở được tờ giấy này để xem."), _("Hãy tạo lại, hoặc lưu ra tệp PDF."), "bad-pdf"
                ) from error

    def __len__(self) -> int:
        return len(self.sizes)

    def bytes(self) -> bytes:
        """Return the file as it is."""
        return self.content if isinstance(self.content, bytes) else Path(self.content).read_bytes()

    def image(self, page: int, scale: float) -> QImage:
        """Return a page as a picture; `scale` 1 is 72 dots per inch."""
        with _LOCK:
            if self._closed:
                return QImage()
            sheet = self._document[page]
            bitmap = sheet.render(scale=scale)
            made = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
            ).rgbSwapped()
            bitmap.close()
            sheet.close()
        return made

    def text(self, page: int) -> str:
        """Return the words of a page, for screen readers and tests."""
        with _LOCK:
            sheet = self._document[page]
            words = sheet.get_textpage()
            found: str = words.get_text_bounded()
            words.close()
            sheet.close()
        return found

    def close(self) -> None:
        """Let the file go; pages asked for later are empty."""
        with _LOCK:
            self._closed = True
            self._document.close()


class PageArea(QAbstractScrollArea):
    """The pages one below the other; arrow and page keys move, Ctrl and the wheel zoom."""

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Tờ giấy"))
        self.desk = desk
        self.paper: Paper | None = None
        self.zoom = 1.0
        self._fitting = True
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self._tops: list[float] = []
        self._page = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._draw_seen)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_paper(self, paper: Paper) -> None:
        """Show a paper from its first page."""
        self.paper = paper
        self._drawn.clear()
        self._asked.clear()
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._say_page()

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self._page

    def go_to(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        if self.paper is not None and len(self.paper):
            page = max(0, min(len(self.paper) - 1, page))
            self.verticalScrollBar().setValue(round(self._tops[page] - _GAP / 2))

    def set_zoom(self, zoom: float) -> None:
        """Show pages at a size (1.0 is life-size)."""
        self._fitting = False
        self._zoom_to(zoom)

    def fit_width(self) -> None:
        """Make pages as wide as the window, and keep them so."""
        self._fitting = True
        self._fit()

    def step_zoom(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        larger = [zoom for zoom in _ZOOMS if zoom > self.zoom + 0.01]
        smaller = [zoom for zoom in _ZOOMS if zoom < self.zoom - 0.01]
        if step > 0 and larger:
            self.set_zoom(larger[0])
        elif step < 0 and smaller:
            self.set_zoom(smaller[-1])

    # -- Qt -------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is in view; pages not drawn yet are white sheets for a moment."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("window"))
        for page, where in self._seen():
            painter.fillRect(where.adjusted(-1, -1, 1, 1), theme.colour("line"))
            painter.fillRect(where, QColor("white"))
            picture = self._drawn.get(self._key(page)) or self._other_size(page)
            if picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(where, picture, QRectF(QPointF(0, 0), QSizeF(picture.size())))
            if self._key(page) not in self._drawn:
                self._soon.start()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitting."""
        super().resizeEvent(event)
        if self._fitting:
            self._fit()
        else:
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by keys: Home and End, Page keys by page, + and − for the size."""
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to(self._page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End and self.paper is not None:
            self.go_to(len(self.paper) - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.step_zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.step_zoom(-1)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    # -- inside -----------------------------------------------------------------------------------------------

    def _pixels(self) -> float:
        return self.zoom * _SCREEN

    def _key(self, page: int) -> tuple[int, int]:
        return page, round(self._pixels() * 1000)

    def _other_size(self, page: int) -> QPixmap | None:
        return next((picture for (n, _size), picture in reversed(self._drawn.items()) if n == page), None)

    def _fit(self) -> None:
        if self.paper is not None and len(self.paper):
            widest = max(width for width, _height in self.paper.sizes)
            room = self.viewport().width() - 2 * _GAP
            self._zoom_to(max(0.3, min(2.0, room / (widest * _SCREEN))))

    def _zoom_to(self, zoom: float) -> None:
        if abs(zoom - self.zoom) < 0.001 and self._tops:
            return
        page = self._page
        self.zoom = zoom
        self._lay_out()
        self.go_to(page)
        self.zoom_changed.emit()

    def _lay_out(self) -> None:
        self._tops = []
        if self.paper is None:
            return
        top, widest, pixels = float(_GAP), 0.0, self._pixels()
        for width, height in self.paper.sizes:
            self._tops.append(top)
            top += height * pixels + _GAP
            widest = max(widest, width * pixels)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, round(top - self.viewport().height())))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(px(40))
        across.setRange(0, max(0, round(widest + 2 * _GAP - self.viewport().width())))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def _seen(self) -> list[tuple[int, QRectF]]:
        if self.paper is None:
            return []
        offset, shift, pixels = (
            self.verticalScrollBar().value(),
            self.horizontalScrollBar().value(),
            self._pixels(),
        )
        height, found = self.viewport().height(), []
        for page, (wide, tall) in enumerate(self.paper.sizes):
            top = self._tops[page] - offset
            if top > height:
                break
            if top + tall * pixels >= 0:
                left = max(float(_GAP), (self.viewport().width() - wide * pixels) / 2) - shift
                found.append((page, QRectF(left, top, wide * pixels, tall * pixels)))
        return found

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max((n for n, top in enumerate(self._tops) if top <= middle), default=0)
        if page != self._page:
            self._page = page
            self._say_page()
        self.viewport().update()

    def _say_page(self) -> None:
        count = len(self.paper) if self.paper is not None else 0
        self.setAccessibleDescription(_("Trang {n} trên {count}").format(n=self._page + 1, count=count))
        self.page_changed.emit(self._page)

    def _draw_seen(self) -> None:
        paper = self.paper
        if paper is None:
            return
        ratio = self.devicePixelRatioF()
        for page, _where in self._seen():
            key = self._key(page)
            if key in self._drawn or key in self._asked:
                continue
            self._asked.add(key)
            self.desk.aside(
                _drawing(paper, page, self._pixels() * ratio), self._taker(paper, key), owner=self
            )

    def _taker(self, paper: Paper, key: tuple[int, int]) -> Callable[[QImage], None]:
        def take(image: QImage) -> None:
            self._asked.discard(key)
            if paper is not self.paper:
                return
            self._drawn[key] = QPixmap.fromImage(image)
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
            self.viewport().update()

        return take


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

        self.desk.aside(job, self._was_saved, owner=self)

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
        _set_paper(printer, width, height)

        def job(progress: Any) -> int:
            painter = QPainter()
            if not painter.begin(printer):
                raise Trouble(_("Máy in không nhận tờ giấy."), _("Hãy xem lại máy in rồi in lại."), "printer")
            try:
                for place, number in enumerate(range(first - 1, last)):
                    progress(place, last - first + 1)
                    if place:
                        printer.newPage()
                    _draw_page(painter, printer, paper, number)
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
        self._count.setText(f"/ {len(paper)}")
        self._page_changed(0)
        self._zoom_changed()
        self._allow(True)

    def _was_saved(self, path: str) -> None:
        self.desk.say(_("Đã lưu {path}").format(path=path), "good")
        self.saved.emit(path)

    def _was_printed(self, _pages: int) -> None:
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


def _drawing(paper: Paper, page: int, scale: float) -> Callable[[], QImage]:
    return lambda: paper.image(page, scale)


def _set_paper(printer: Any, width: float, height: float) -> None:
    """Give the printer our paper's size and direction, edge to edge: the margins are in the page."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize

    wide = width > height
    size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
    printer.setPageSize(size)
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _draw_page(painter: QPainter, printer: Any, paper: Paper, number: int) -> None:
    # 300 dots per inch: sharp letters; a printer's own 1200 would take 100 MB a page.
    image = paper.image(number, min(printer.resolution(), 300) / 72)
    room = printer.paperRect(printer.Unit.DevicePixel)
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF(QPointF(0, 0), size), image)

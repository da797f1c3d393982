"""An open PDF: its pages as pictures and words, and how they go to a printer.

pypdfium2 allows one caller at a time; a lock keeps the pool in order.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.models.problems import Trouble
from resources.lang.messages import _

_LOCK = threading.Lock()


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

    @property
    def name(self) -> str:
        """Return what the paper calls itself: its title, with its subject where the title names nobody; "" for none."""
        with _LOCK:
            said = {} if self._closed else self._document.get_metadata_dict()
        title, subject = said.get("Title", ""), said.get("Subject", "")
        if title == "untitled":  # what the library writes where nobody named it
            return ""
        return f"{title} – {subject}" if title and subject and " – " not in title else title

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


def set_paper(printer: Any, width: float, height: float) -> None:
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


def draw_page(painter: QPainter, printer: Any, paper: Paper, number: int) -> None:
    """Draw one page (from 0) on the printer's sheet, as large as it fits."""
    # 300 dots per inch: sharp letters; a printer's own 1200 would take 100 MB a page.
    image = paper.image(number, min(printer.resolution(), 300) / 72)
    room = printer.paperRect(printer.Unit.DevicePixel)
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF(QPointF(0, 0), size), image)

"""The pages of a paper one below the other, drawn as they come into view, never all at once; drawn ones are kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QWidget,
)

from desktop.views.kit import theme
from desktop.views.kit.desk import Desk
from desktop.views.kit.pdf_paper import Paper
from desktop.views.kit.theme import px
from resources.lang.messages import _

_KEPT = 12
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_GAP = 16
_SCREEN = 96 / 72
"""Pixels of a screen at 100 % per point of paper."""


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


def _drawing(paper: Paper, page: int, scale: float) -> Callable[[], QImage]:
    return lambda: paper.image(page, scale)

"""A chart of `reports.kit.charts` on the screen: the same drawing as on paper, through its SVG."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.theme import LIGHT, px

ACCENT = LIGHT.accent
"""The colour of the first series: a chart stands on white paper in every theme, where the other accents are pale."""


class Chart(QWidget):
    """Shows an SVG as large as its place allows, keeping its shape. `words` says it to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtSvg import QSvgRenderer

        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(px(160))

    def show_svg(self, svg: bytes | str, words: str) -> None:
        """Show a drawing and the sentence or figures that it shows."""
        data = svg.encode("utf-8") if isinstance(svg, str) else svg
        self._renderer.load(QByteArray(data))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    @property
    def drawn(self) -> bool:
        """Tell whether there is a readable drawing."""
        return bool(self._renderer.isValid())

    def sizeHint(self) -> QSize:
        """Return the size of the drawing."""
        size = self._renderer.defaultSize()
        return size if size.isValid() and not size.isEmpty() else QSize(px(480), px(280))

    def _fitted(self, room: QRectF) -> QRectF:
        """Return the largest place in `room` that has the shape of the drawing."""
        size = self._renderer.defaultSize()
        if size.isEmpty():
            return room
        times = min(room.width() / size.width(), room.height() / size.height())
        wide, high = size.width() * times, size.height() * times
        return QRectF(room.center().x() - wide / 2, room.center().y() - high / 2, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw on a white sheet: the colours are those of paper, also in the dark theme."""
        if not self.drawn:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._renderer.render(painter, self._fitted(QRectF(self.rect()).adjusted(8, 8, -8, -8)))
        painter.end()

"""A chart of `reports.kit.charts` on the screen: the same drawing as on paper through its SVG, in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.kit.theme import CONTRAST, DARK, LIGHT, Palette, colour, px, theme

if TYPE_CHECKING:
    from reports.kit.charts import Look

_WORDS = 11
"""Pixels of the words of a chart at 100 %: those of small notes."""
_FILLS = {
    LIGHT.key: (LIGHT.accent, "#98A5AE", "#CBD4D8", "#5F6F7A", "#2B3942"),
    DARK.key: (DARK.accent, "#6F818B", "#B9C6CC", "#4A5A63", "#E7EDEF"),
    CONTRAST.key: (CONTRAST.accent, "#8C8C8C", "#FFFFFF", "#4DD8FF", "#5C5C5C"),
}
"""The tones of bars of each theme: the accent, then what is well apart from its neighbours."""
_THIN = {
    LIGHT.key: (LIGHT.accent, "#7F8E98", "#5F6F7A", "#98650B", "#2B3942"),
    DARK.key: (DARK.accent, "#8FA1AB", "#B9C6CC", "#F0BF6A", "#E7EDEF"),
    CONTRAST.key: (CONTRAST.accent, "#FFFFFF", "#C0C0C0", "#4DD8FF", "#7DFF9B"),
}
"""The tones of lines: at least 3:1 on the ground, as lines are thin."""


def look_of(palette: Palette) -> Look:
    """Return how charts are drawn in a theme; on paper they stay black and grey."""
    from reports.kit.charts import Look

    return Look(
        text=palette.text,
        axis=palette.control,
        edge=palette.surface,
        grid=palette.line if palette.key != CONTRAST.key else "#5C5C5C",
        fills=_FILLS[palette.key],
        thin=_THIN[palette.key],
        size=_WORDS,
    )


def look() -> Look:
    """Return how charts are drawn in the theme in use."""
    return look_of(theme().palette)


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
        """Draw on the ground of cards; the drawing was made in the colours of the same theme."""
        if not self.drawn:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._renderer.render(painter, self._fitted(QRectF(self.rect()).adjusted(8, 8, -8, -8)))
        painter.end()

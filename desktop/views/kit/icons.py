"""Our line icons: SVG files of 24 × 24 in `resources/icons`, drawn in the colours of the theme in use."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from desktop.views.kit import theme as look
from resources.files import file

_SIZE = 24
"""Drawn once, twice as fine: smaller ones are scaled down, disabled ones greyed by Qt."""
_cache: dict[tuple[str, str], QIcon] = {}


@cache
def _text(name: str) -> str:
    return file(f"icons/{name}.svg").read_text(encoding="utf-8")


def source(name: str, colour: str) -> str:
    """Return the SVG of an icon in a colour. Raises FileNotFoundError for an unknown name."""
    return _text(name).replace("currentColor", colour)


def pixmap(name: str, size: int, tone: str = "text", ratio: float = 2.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels in a colour of the palette."""
    from PySide6.QtSvg import QSvgRenderer

    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(source(name, look.colour(tone).name()).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, tone: str = "text", on: str | None = None) -> QIcon:
    """Return an icon in a colour of the palette; grey when disabled, in the colour `on` when checked."""
    key = (f"{name}/{on}", tone)
    if key not in _cache:
        made = QIcon()
        made.addPixmap(pixmap(name, look.px(_SIZE), tone), QIcon.Mode.Normal, QIcon.State.Off)
        if on:
            made.addPixmap(pixmap(name, look.px(_SIZE), on), QIcon.Mode.Normal, QIcon.State.On)
        _cache[key] = made
    return _cache[key]


def forget() -> None:
    """Drop the drawn icons, after a change of theme."""
    _cache.clear()

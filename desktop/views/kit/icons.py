"""Our line icons: SVG files of 24 × 24 in `resources/icons`, drawn in the colours of the theme in use."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from desktop.views.kit import theme as look
from resources.files import file

_SIZE = 24
"""Drawn once, twice as fine: smaller ones are scaled down, disabled ones greyed by Qt."""
_EMBLEM = 128
"""Pixels of the program's sign: large enough for every task bar."""
_icons: dict[tuple[str, str], QIcon] = {}
_pictures: dict[tuple[str, int, str, float], QPixmap] = {}


@cache
def _text(name: str) -> str:
    return file(f"icons/{name}.svg").read_text(encoding="utf-8")


def source(name: str, colour: str) -> str:
    """Return the SVG of an icon in a colour. Raises FileNotFoundError for an unknown name."""
    return _text(name).replace("currentColor", colour)


def pixmap(name: str, size: int, tone: str = "text", ratio: float = 2.0) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels in a colour of the palette."""
    key = (name, size, tone, ratio)
    if key not in _pictures:
        _pictures[key] = _drawn(name, round(size * ratio), tone)
        _pictures[key].setDevicePixelRatio(ratio)
    return _pictures[key]


def _drawn(name: str, side: int, tone: str) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(source(name, look.colour(tone).name()).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def icon(name: str, tone: str = "text") -> QIcon:
    """Return an icon in a colour of the palette; grey when disabled."""
    key = (name, tone)
    if key not in _icons:
        _icons[key] = QIcon(pixmap(name, look.px(_SIZE), tone))
    return _icons[key]


@cache
def emblem() -> QIcon:
    """Return the program's own sign, in its own colours; drawn here, for Qt would look through its picture plugins."""
    return QIcon(_drawn("sonhom", _EMBLEM, "text"))


def forget() -> None:
    """Drop the drawn icons, after a change of theme."""
    _icons.clear()
    _pictures.clear()

"""The look: palettes, one scale of spacing, one accent colour, one style sheet made from them.

A theme is chosen once, before the window is built; changing it rebuilds the window. Widgets are dressed by
dynamic properties (`look="primary"`), not by style sheets of their own; see `dress`.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from string import Template
from typing import NamedTuple
from zlib import crc32

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources.files import cache_dir, file
from resources.lang.messages import N_


class Palette(NamedTuple):
    """The colours of one theme. Text colours have at least 4.5:1 on what they stand on, lines of controls
    and the focus ring 3:1 (tests/views/test_theme.py)."""

    key: str
    title: str
    window: str
    surface: str
    raised: str
    stripe: str
    text: str
    muted: str
    line: str
    control: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    on_soft: str
    focus: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    dark: bool = False
    ring: int = 2
    edge: int = 1


LIGHT = Palette(
    key="light",
    title=N_("Sáng"),
    window="#F4F6F6",
    surface="#FFFFFF",
    raised="#FFFFFF",
    stripe="#F8FAFA",
    text="#18232B",
    muted="#566470",
    line="#DDE3E6",
    control="#7D8A94",
    accent="#0B6B66",
    accent_hover="#095650",
    on_accent="#FFFFFF",
    accent_soft="#DDF0EE",
    on_soft="#084B47",
    focus="#0B6B66",
    good="#1C6B35",
    good_soft="#E2F3E6",
    warn="#835100",
    warn_soft="#FDF1DA",
    bad="#B3261E",
    bad_soft="#FCE9E7",
)
DARK = Palette(
    key="dark",
    title=N_("Tối"),
    window="#12181B",
    surface="#192125",
    raised="#212B30",
    stripe="#1C2529",
    text="#E7EDEF",
    muted="#A3B1B8",
    line="#303C42",
    control="#74848D",
    accent="#5CC8BC",
    accent_hover="#7CD8CD",
    on_accent="#04211E",
    accent_soft="#17403D",
    on_soft="#C4F0EA",
    focus="#5CC8BC",
    good="#7ED196",
    good_soft="#183524",
    warn="#F0BF6A",
    warn_soft="#3C2D10",
    bad="#FF9A8F",
    bad_soft="#43201D",
    dark=True,
)
CONTRAST = Palette(
    key="contrast",
    title=N_("Tương phản cao"),
    window="#000000",
    surface="#000000",
    raised="#0A0A0A",
    stripe="#000000",
    text="#FFFFFF",
    muted="#F0F0F0",
    line="#FFFFFF",
    control="#FFFFFF",
    accent="#FFE04D",
    accent_hover="#FFF0A0",
    on_accent="#000000",
    accent_soft="#332B00",
    on_soft="#FFE04D",
    focus="#4DD8FF",
    good="#7DFF9B",
    good_soft="#00260B",
    warn="#FFC861",
    warn_soft="#2B1D00",
    bad="#FF9C94",
    bad_soft="#330905",
    dark=True,
    ring=3,
    edge=1,
)
PALETTES = {palette.key: palette for palette in (LIGHT, DARK, CONTRAST)}

SPACE = (0, 4, 8, 12, 16, 24, 32, 48)
"""Distances in pixels at 100 %; `space(3)` is the usual one inside a block, `space(5)` between blocks."""

_GLYPHS = (
    ("check", "on_accent"),
    ("minus", "on_accent"),
    ("dot", "on_accent"),
    ("chevron-down", "muted"),
    ("chevron-up", "muted"),
    ("chevron-left", "muted"),
    ("chevron-right", "muted"),
)
_PLAIN_FAMILIES = {
    "DejaVu Sans",
    "Bitstream Vera Sans",
    "Sans Serif",
    "Sans",
    "Helvetica",
    "Liberation Sans",
    "",
}


class Theme:
    """The theme in use: its palette and the text size in percent."""

    __slots__ = ("base_points", "glyphs", "palette", "percent")

    def __init__(self, palette: Palette = LIGHT, percent: int = 100) -> None:
        self.palette, self.percent = palette, percent
        self.base_points = 10.0
        self.glyphs: QTemporaryDir | None = None

    @property
    def scale(self) -> float:
        """How much larger than at 100 % things are drawn."""
        return self.percent / 100


_theme = Theme()


def theme() -> Theme:
    """Return the theme in use."""
    return _theme


def colour(name: str) -> QColor:
    """Return a colour of the palette in use by its name, for example `colour("accent")`."""
    return QColor(getattr(_theme.palette, name))


def space(step: int) -> int:
    """Return a distance in pixels: step 1 to 7 of the spacing scale at the text size in use."""
    return round(SPACE[step] * _theme.scale)


def px(pixels: float) -> int:
    """Return a length given at 100 % at the text size in use."""
    return round(pixels * _theme.scale)


def resolve(key: str) -> Palette:
    """Return the palette of a setting; "system" follows the desktop's light or dark."""
    if key == "system":
        hints = QGuiApplication.styleHints()
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return PALETTES.get(key, LIGHT)


def apply(app: QApplication, key: str = "light", percent: int = 100) -> Theme:
    """Dress the whole application in a theme ("system", "light", "dark", "contrast") and a text size."""
    palette = resolve(key)
    _theme.palette = palette
    _theme.percent = max(100, min(200, percent))
    if not app.property("fusion"):
        app.setStyle("Fusion")
        app.setProperty("fusion", True)
    app.setFont(_font(app))
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(style_sheet(_theme))
    from desktop.views.kit import icons

    icons.forget()
    return _theme


def dress(widget: QWidget, look: str) -> None:
    """Give a widget one of the looks of the style sheet: primary, quiet, danger, link, card, muted, title,
    heading, figure, bad, warn, good, badge … and repaint it."""
    set_property(widget, "look", look)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet reads; a widget that is drawn already is drawn anew."""
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def _font(app: QApplication) -> QFont:
    """Return the system's font in our size; Noto Sans where the system only has a plain stand-in."""
    if app.property("system-font") is None:
        app.setProperty(
            "system-font", QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()
        )
    family = str(app.property("system-font"))
    families = [family]
    if family in _PLAIN_FAMILIES:
        register_fallback()
        families = ["Noto Sans", family]
    font = QFont()
    font.setFamilies(families)
    font.setPointSizeF(_theme.base_points * _theme.scale)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def register_fallback() -> bool:
    """Make Noto Sans known to Qt (a machine without fonts would show boxes); True when it is there."""
    if "Noto Sans" in QFontDatabase.families():
        return True
    from resources.fonts import font_bytes

    return all(
        QFontDatabase.addApplicationFontFromData(font_bytes(style)) >= 0 for style in ("regular", "bold")
    )


def _qt_palette(p: Palette) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: p.window,
        role.WindowText: p.text,
        role.Base: p.surface,
        role.AlternateBase: p.stripe,
        role.Text: p.text,
        role.PlaceholderText: p.muted,
        role.Button: p.raised,
        role.ButtonText: p.text,
        role.BrightText: p.bad,
        role.Highlight: p.accent,
        role.HighlightedText: p.on_accent,
        role.ToolTipBase: p.raised,
        role.ToolTipText: p.text,
        role.Link: p.accent,
        role.LinkVisited: p.accent,
        role.Light: p.raised,
        role.Midlight: p.line,
        role.Mid: p.line,
        role.Dark: p.control,
        role.Shadow: p.control,
        role.Accent: p.accent,
    }
    for where, value in pairs.items():
        palette.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(p.control))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of a theme: `resources/styles/app.qss` with its tokens filled in."""
    palette = theme.palette
    values: dict[str, object] = {
        name: getattr(palette, name) for name in Palette._fields if isinstance(getattr(palette, name), str)
    }
    for step, pixels in enumerate(SPACE):
        values[f"s{step}"] = f"{round(pixels * theme.scale)}px"
    for pixels in (1, 2, 3, 6, 10, 14, 16, 18, 20, 22, 26, 28, 30, 32, 34, 36, 40, 44):
        values[f"p{pixels}"] = f"{round(pixels * theme.scale)}px"
    # The focus ring grows inwards: a button must not change its size or cut its words when it is reached.
    grown = palette.ring - palette.edge
    for pixels in (2, 6, 8, 14):
        values[f"r{pixels}"] = f"{max(0, round(pixels * theme.scale) - grown)}px"
    points = theme.base_points * theme.scale
    sizes = {"small": 0.9, "body": 1, "lead": 1.1, "heading": 1.2, "title": 1.6, "figure": 1.45, "hero": 1.9}
    values.update({f"f_{name}": f"{points * size:.2f}pt" for name, size in sizes.items()})
    values.update(ring=f"{palette.ring}px", edge=f"{palette.edge}px", radius="6px", radius_big="10px")
    folder = _glyph_folder(theme)
    for glyph, tone in _GLYPHS:
        place = f'url("{folder}/{glyph}.svg")' if folder else "none"
        values[f"g_{glyph.replace('-', '_')}_{tone}"] = place
    source = file("styles/app.qss").read_text(encoding="utf-8")
    return Template(source).substitute(values)


def _glyph_folder(theme: Theme) -> str:
    """Return where the few marks are that a style sheet can only take from files, in the theme's colours.

    They are kept in the user's cache under a sum of what they are, so that most starts write nothing.
    """
    from desktop.views.kit.icons import source

    drawn = {f"{glyph}.svg": source(glyph, getattr(theme.palette, tone)) for glyph, tone in _GLYPHS}
    kept = cache_dir() / f"marks-{crc32(repr(drawn).encode()):08x}"
    if kept.is_dir():
        return kept.as_posix()
    if _written(drawn, QTemporaryDir(_beside(kept)), kept) and kept.is_dir():
        return kept.as_posix()
    theme.glyphs = QTemporaryDir()  # no cache to write to: they live as long as the program
    return theme.glyphs.path() if _written(drawn, theme.glyphs) else ""


def _beside(kept: Path) -> str:
    """Return a pattern for a working folder beside one that is to be made."""
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
    return f"{kept}-XXXXXX"


def _written(texts: dict[str, str], folder: QTemporaryDir, name: Path | None = None) -> bool:
    """Write files into a folder and give it its lasting name, if it is to have one; tell whether it was done."""
    if not folder.isValid():
        return False
    try:
        for file_name, text in texts.items():
            Path(folder.filePath(file_name)).write_text(text, encoding="utf-8")
        if name is not None:
            Path(folder.path()).rename(name)
    except OSError:
        return name is not None and name.is_dir()  # another window was quicker
    return True


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2: 1 (none) to 21."""

    def light(name: str) -> float:
        parts = QColor(name)
        shares = [parts.redF(), parts.greenF(), parts.blueF()]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)

"""Sizes of paper and of letters. An edition is one number, the size of running text; the rest follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reports.kit import fonts

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

HAIR = 0.3
"""Thickness of the lines inside tables, in points."""
RULE = 0.8
"""Thickness of the lines around and below what matters."""
SHADE = 0.91
"""Grey of table heads and bands: seen on a poor black printer, and no burden on its toner."""


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size with its distance between lines, in points."""

    face: str
    size: float
    leading: float

    @property
    def bold(self) -> Style:
        """The same in bold."""
        return Style(fonts.BOLD, self.size, self.leading)

    @property
    def italic(self) -> Style:
        """The same in italic."""
        return Style(fonts.ITALIC, self.size, self.leading)


def baseline(top: float, style: Style) -> float:
    """Return the baseline of a line of text whose upper edge is `top`: capitals in the middle of the line."""
    return top - (style.leading + 0.72 * style.size) / 2


@dataclass(frozen=True)
class Edition:
    """One edition of a paper: `body` is the size of running text, `least` the smallest size on the page."""

    body_size: float
    least: float

    def style(self, factor: float, face: str = fonts.REGULAR) -> Style:
        """Return a style relative to running text, never below the least size."""
        size = max(self.least, round(self.body_size * factor, 1))
        # Vietnamese capitals carry two marks above each other: tighter lines would touch.
        return Style(face, size, round(size * 1.38, 2))

    @cached_property
    def body(self) -> Style:
        """Running text."""
        return self.style(1)

    @cached_property
    def small(self) -> Style:
        """Hints, footers, addresses."""
        return self.style(0.8)

    @cached_property
    def cell(self) -> Style:
        """Tables."""
        style = self.style(0.9)
        return Style(style.face, style.size, round(style.size * 1.3, 2))

    @cached_property
    def heading(self) -> Style:
        """Titles of sections."""
        return self.style(1.1, fonts.BOLD)

    @cached_property
    def title(self) -> Style:
        """The title of the paper."""
        return self.style(1.35 if self.large else 1.6, fonts.BOLD)

    @property
    def large(self) -> bool:
        """Whether this is the edition for people who see little."""
        return self.least >= 18


NORMAL = Edition(10, 8)
LETTER = Edition(11, 8)
LARGE = Edition(18, 18)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its margins, in points. Nothing but the footer stands below `bottom`."""

    wide: float
    high: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.wide - self.left - self.right

    @property
    def end(self) -> float:
        """The x of the right margin."""
        return self.wide - self.right

    @property
    def tall(self) -> float:
        """The height between the margins."""
        return self.high - self.top - self.bottom


def sheet(edition: Edition, *, left: float = 20, right: float = 15, landscape: bool = False) -> Sheet:
    """Return A4 for an edition, margins in millimetres; the bottom one grows with the footer."""
    if edition.large:
        left = right = 13
    wide, high = A4[::-1] if landscape else A4
    return Sheet(wide, high, left * MM, right * MM, 14 * MM, 12 * MM)

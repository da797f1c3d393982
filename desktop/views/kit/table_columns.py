"""The columns of a table on the screen: which are seen, in which order, how wide; the user's choices and ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QMenu

from desktop.views.kit import theme
from desktop.views.kit.columns import RIGHT, Column, Stamps, State, show_value, words
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_grid import Grid
from desktop.views.kit.theme import px, space
from desktop.views.kit.widths import Wish, fits, on_lines, share

_LEAST_SHARE = 0.5
"""Of their width, columns of words keep at least this where room is short."""
_STRETCHED = 22
"""Letters that a column that stretches has at least."""
_WHOLE = 18
"""Letters up to which words are parted only where nothing else helps: a name reads best on one line."""
_MARGIN = 2
"""Pixels that every column can give of its margins when that saves the table from scrolling."""
_LONGEST = 70
"""Letters on a line beyond which a cell asks for no more room."""
_MEASURED = 100
"""Rows that are looked at for the widths of columns: more than are seen at once, few enough to be quick."""


class _Lines(NamedTuple):
    """On how many lines titles (1 or 2) and cells of words (1 to 3) stand."""

    titles: int
    cells: int


_LAYOUTS = (_Lines(1, 1), _Lines(2, 1), _Lines(2, 2), _Lines(2, 3))
"""From the calmest to the one that takes least width: the first at which nothing is cut is taken."""
_FEW = 12
"""Rows up to which a list may have rows of three lines: longer ones would be scrolled through without end."""


class _Needed(NamedTuple):
    """What the longest cell of a column takes on one, two and three lines, and its longest word."""

    lines: tuple[int, int, int]
    word: int

    @classmethod
    def alike(cls, width: int) -> _Needed:
        """Return the need of cells that are drawn, not written."""
        return cls((width, width, width), 0)

    def or_more(self, other: _Needed) -> _Needed:
        """Return what both need."""
        one, two, three = (max(pair) for pair in zip(self.lines, other.lines, strict=True))
        return _Needed((one, two, three), max(self.word, other.word))


class TableColumns(QObject):
    """Shares the width of a grid among its columns until the user has set widths, and knows which are seen.

    Between `__init__` and `begin` what is set is not taken for a choice of the user.
    """

    touched = Signal()
    """The user has changed width, order or choice of columns."""

    def __init__(self, grid: Grid, table: RowTable[Any]) -> None:
        super().__init__(grid)
        self.grid, self.table = grid, table
        self.own_widths = False
        """True once the user has set a width: ours are no longer shared out."""
        self._cell_widths: dict[int, _Needed] = {}
        self._lines = _LAYOUTS[0]
        self._sharing = True
        """True while widths are set by us and not by the user."""
        self._letter = grid.fontMetrics().averageCharWidth()
        across = grid.horizontalHeader()
        heavy = QFont(across.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        self._bold = QFontMetrics(heavy)
        for place, column in enumerate(table.columns):
            grid.setColumnWidth(place, self._letter * column.width + space(4))
            grid.setColumnHidden(place, column.hidden)
        grid.resized.connect(self.share_room)
        across.sectionResized.connect(self._resized)
        across.sectionMoved.connect(self.changed)

    def begin(self) -> None:
        """Share the room; from now on changes are the user's."""
        self._sharing = False
        self.share_room()

    # -- which are seen -------------------------------------------------------------------------------

    def seen(self) -> list[Column[Any]]:
        """Return the columns that are seen, in the order on the screen."""
        header = self.grid.horizontalHeader()
        places = [header.logicalIndex(visual) for visual in range(header.count())]
        return [self.table.columns[place] for place in places if not self.grid.isColumnHidden(place)]

    def show(self, shown: Mapping[str, bool]) -> None:
        """Show or hide columns by their keys, not as a choice of the user."""
        self._sharing = True
        for place, column in enumerate(self.table.columns):
            if column.key in shown:
                self.grid.setColumnHidden(place, not shown[column.key])
        self.begin()

    def fill_menu(self, menu: QMenu) -> None:
        """Put all columns into a menu, those seen ticked."""
        menu.clear()
        for place, column in enumerate(self.table.columns):
            entry = menu.addAction(words(column.title))
            entry.setCheckable(True)
            entry.setChecked(not self.grid.isColumnHidden(place))
            entry.setData(place)
            entry.toggled.connect(self._toggled)

    def _toggled(self, shown: bool) -> None:
        sender = self.sender()
        assert isinstance(sender, QAction)
        place = sender.data()
        others = [p for p in range(len(self.table.columns)) if p != place and not self.grid.isColumnHidden(p)]
        if shown or others:
            self._sharing = True  # hiding tells of a width of 0, which nobody has chosen
            self.grid.setColumnHidden(place, not shown)
            self._sharing = False
            self.changed()

    # -- how wide -------------------------------------------------------------------------------------

    def share_room(self) -> None:
        """Fit the columns to the window: those that stretch take what the others leave. Where room is short and the
        user has set no widths, titles and then words take more lines; only what does not fit then is cut."""
        shown = [place for place in range(len(self.table.columns)) if not self.grid.isColumnHidden(place)]
        room = self.grid.viewport().width()
        wishes, lines = self._wishes(shown, room)
        widths = share(wishes if self.own_widths else _squeezed(wishes, room), room)
        self._sharing = True
        for place, width in zip(shown, widths, strict=True):
            if self.grid.columnWidth(place) != width:
                self.grid.setColumnWidth(place, width)
        self._sharing = False
        self._set_lines(self._lines_at(dict(zip(shown, widths, strict=True)), max(lines.cells, 2)))

    def _wishes(self, shown: Sequence[int], room: int) -> tuple[list[Wish], _Lines]:
        """Return what the columns ask for in the calmest layout in which they fit, or else in the closest."""
        layouts = _LAYOUTS if self.table.size <= _FEW else _LAYOUTS[:-1]
        for lines in layouts:
            wishes = [self._wish(place, lines) for place in shown]
            if self.own_widths or fits(wishes, room):
                return wishes, lines
        return wishes, layouts[-1]

    def _lines_at(self, widths: Mapping[int, int], most: int) -> _Lines:
        """Return how many lines are made use of at these widths."""
        titles = any(width < self._title_width(place, 1) for place, width in widths.items())
        cells = 1
        for place, width in widths.items():
            if place in self._cell_widths and self.table.columns[place].parts and not self.own_widths:
                need = self._cell_widths[place].lines[:most]
                fitting = (lines for lines, wide in enumerate(need, 1) if wide <= width + px(_MARGIN))
                cells = max(cells, next(fitting, most))
        return _Lines(1 + titles, cells)

    def _set_lines(self, lines: _Lines) -> None:
        """Make titles and rows as high as their lines ask for; all rows are alike, so that long lists stay quick."""
        if lines != self._lines:
            self._lines = lines
            self.grid.set_lines(*lines)

    def measure(self) -> None:
        """Note how wide the cells of the rows at hand are; while the list is filtered columns do not shrink."""
        rows = [row for place in range(min(self.table.size, _MEASURED)) if (row := self.table.row_at(place))]
        if not rows:
            return
        before = self._cell_widths if self.table.query.text.strip() else {}
        self._cell_widths = {
            place: before.get(place, _Needed.alike(0)).or_more(self._cells_width(place, rows))
            for place in range(len(self.table.columns))
        }
        self.share_room()

    def _wish(self, place: int, lines: _Lines) -> Wish:
        """Return what a column asks for: what the user gave it, or what its title and cells take."""
        stretch = self.table.columns[place].stretch
        usual = self._natural(place)
        if self.own_widths:
            width = usual if stretch else self.grid.columnWidth(place)
            return Wish(width, width, width, stretch=stretch)
        title = self._title_width(place, lines.titles)
        cells = self._cell_widths.get(place, _Needed.alike(usual))
        needed = max(title, cells.lines[lines.cells - 1])
        if not self.table.columns[place].parts:
            return Wish(usual, needed, needed, stretch=stretch)
        least = min(needed, max(title, min(cells.word, usual), int(usual * _LEAST_SHARE)))
        return Wish(max(usual, cells.lines[0]), needed, least, elastic=True, stretch=stretch)

    def _title_width(self, place: int, lines: int) -> int:
        title, measured = words(self.table.columns[place].title), self._bold.horizontalAdvance
        return (measured(title) if lines == 1 else on_lines(title, measured)) + space(4) + px(8)

    def _cells_width(self, place: int, rows: Sequence[Any]) -> _Needed:
        """Return what the longest of the cells takes, a drawn bar or stamps their usual width."""
        column, metrics = self.table.columns[place], self.grid.fontMetrics()
        usual, longest, widest = _Needed.alike(self._natural(place)), "", [0, 0, 0]
        if column.kind in RIGHT and self.table.size > _MEASURED:
            return usual  # the largest amount may stand further down
        elastic = self.table.columns[place].parts
        for row in rows:
            value = column.value(row)
            if isinstance(value, Stamps) or (isinstance(value, State) and value.part is not None):
                return usual
            frame = px(16) if isinstance(value, State) and value.tone else 0
            text = show_value(column.kind, value, zero=column.zero)
            longest = max(longest, *text.split(" "), key=len)
            wide = metrics.horizontalAdvance(text) + frame
            for lines in (1, 2, 3):
                if wide > widest[lines - 1]:
                    whole = not elastic or wide <= self._letter * _WHOLE
                    parted = wide if whole else on_lines(text, metrics.horizontalAdvance, lines)
                    widest[lines - 1] = max(widest[lines - 1], parted)
        margin, most = space(4) + px(8), self._letter * _LONGEST
        one, two, three = (min(wide + margin, most) for wide in widest)
        return _Needed((one, two, three), metrics.horizontalAdvance(longest) + margin)

    def _natural(self, place: int) -> int:
        column = self.table.columns[place]
        letters = max(column.width, _STRETCHED) if column.stretch else column.width
        return self._letter * letters + space(4)

    def _resized(self, *_sizes: int) -> None:
        if not self._sharing:
            self.own_widths = True
            self.changed()

    def changed(self, *_sizes: int) -> None:
        """Share the room anew after a choice of the user, and tell of it."""
        if not self._sharing:
            self.share_room()
            self.touched.emit()

    # -- over sessions --------------------------------------------------------------------------------

    def kept(self) -> dict[str, list[Any]]:
        """Return place, width (at 100 %) and whether hidden of each column, by its key."""
        header, scale = self.grid.horizontalHeader(), theme.theme().scale
        return {
            column.key: [
                header.visualIndex(place),
                round(self.grid.columnWidth(place) / scale),
                self.grid.isColumnHidden(place),
            ]
            for place, column in enumerate(self.table.columns)
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show the columns as they were kept. Raises TypeError or ValueError for what makes no sense."""
        header, scale = self.grid.horizontalHeader(), theme.theme().scale
        for place, column in enumerate(self.table.columns):
            if column.key in kept:
                visual, width, hidden = kept[column.key]
                self.grid.setColumnHidden(place, bool(hidden))
                if not column.stretch:
                    self.grid.setColumnWidth(place, max(px(40), min(px(900), round(int(width) * scale))))
                header.moveSection(header.visualIndex(place), max(0, min(header.count() - 1, int(visual))))


def _squeezed(wishes: list[Wish], room: int) -> list[Wish]:
    """Take a little of every margin where that saves the table from scrolling; where it scrolls in any case, let the
    first column, which stays in sight, tell whom the rows are of."""
    over = sum(wish.least for wish in wishes) - room
    if over <= 0:
        return wishes
    each = -(-over // len(wishes))
    if each <= px(_MARGIN):
        return [replace(wish, needed=wish.needed - each, least=wish.least - each) for wish in wishes]
    first, *others = wishes
    wide = max(first.least, min(first.usual, room // 3))
    return [replace(first, least=wide, needed=max(first.needed, wide)), *others]

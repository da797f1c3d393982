"""The one table model: rows are frozen values, columns are data, pages come from the book as they are needed.

A cell that is not loaded shows "…" and asks for its page; what is on the screen is asked for first. A reload
keeps showing the old rows until the new ones are there, so nothing flickers and the selection stays.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QBrush

from desktop.views.kit import theme
from desktop.views.kit.columns import PLACEHOLDER, Column, State, words
from desktop.views.kit.desk import Desk
from desktop.views.kit.runner import Ticket
from desktop.views.kit.sources import Query, RowSource, sift

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE = 256
MOST_PAGES = 64
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The row itself (None while it is loading)."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The `State` of a cell of kind "state", for the delegate."""


class RowTable(QAbstractTableModel, Generic[Row]):
    """A table of rows. Give it `source` (asked through the desk) or fill it with `set_rows(list)`.

    `key(row)` names a row over reloads; it must be unique and hashable.
    """

    loaded = Signal()
    """The number of rows is known (again): after a reload, a filter, a sort."""
    begun = Signal()
    """The first rows are being read."""
    page_came = Signal()
    failed = Signal()

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        source: RowSource[Row] | None = None,
        parent: Any = None,
        query: Query | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.columns = tuple(columns)
        self.key = key
        self.source = source
        self.query = query or Query()
        self.ready = False
        """True once the rows have been counted."""
        self._all: list[Row] = []
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._generation = 0
        self._counting: Ticket | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_wanted)

    # -- filling ----------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Fill the table with a list kept in memory; filter and sort work on it."""
        self._all = list(rows)
        self.source = None
        self._sift()

    def expect(self) -> None:
        """Tell that `set_rows` will come with what is being read; where that breaks, emit `failed`."""
        if not self.ready:
            self.begun.emit()

    def reload(self) -> None:
        """Ask again for what is shown; the old rows stay until the new ones are here."""
        if self.source is None:
            self._sift()
        else:
            self._begin(keep=True)

    def set_text(self, text: str) -> None:
        """Show the rows that hold the typed words."""
        self.set_query(self.query.but(text=text))

    def set_filters(self, **filters: Any) -> None:
        """Set filters that the source knows; None takes one away."""
        merged = {**self.query.filters, **filters}
        self.set_query(self.query.but(filters={k: v for k, v in merged.items() if v is not None}))

    def set_query(self, query: Query) -> None:
        """Show the rows of another query; nothing happens when it is the same."""
        if query == self.query and self.ready:
            return
        self.query = query
        if self.source is None:
            self._sift()
        else:
            self._begin(keep=False)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the natural order."""
        chosen = self.columns[column] if 0 <= column < len(self.columns) else None
        if chosen is not None and not chosen.sortable:
            return
        descending = order == Qt.SortOrder.DescendingOrder
        self.set_query(
            self.query.but(sort=chosen.key if chosen else "", descending=bool(chosen) and descending)
        )

    # -- rows -------------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many rows there are in all."""
        return self._count

    def row_at(self, place: int) -> Row | None:
        """Return the row at a place, None when it is not loaded or there is none."""
        if not 0 <= place < self._count:
            return None
        page = self._pages.get(place // PAGE)
        inside = place % PAGE
        return page[inside] if page is not None and inside < len(page) else None

    def place_of(self, key: Hashable) -> int:
        """Return the place of a row among the loaded ones, -1 when it is not there."""
        for number, page in self._pages.items():
            for inside, row in enumerate(page):
                if self.key(row) == key and number * PAGE + inside < self._count:
                    return number * PAGE + inside
        return -1

    def loaded_rows(self) -> list[Row]:
        """Return the rows that are loaded, in order."""
        return [row for number in sorted(self._pages) for row in self._pages[number]]

    # -- what Qt asks --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows; cells have no children."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns; cells have no children."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell: always a str, never a Python object that Qt would show as a blank."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            ROW_ROLE,
            STATE_ROLE,
        ):
            return None
        row = self._row(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            loading = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return PLACEHOLDER if loading else None
        return self._cell(column, row, role)

    def _cell(self, column: Column[Row], row: Row, role: int) -> Any:
        if role == STATE_ROLE:
            value = column.value(row)
            return value if isinstance(value, State) else None
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(row)
            return QBrush(theme.colour(tone)) if tone else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words(column.title)}: {column.show(row)}"
        return column.show(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column, its alignment and its note."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align.value | Qt.TextFlag.TextWordWrap.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return words(column.note) or None
        return None

    # -- the list in memory ---------------------------------------------------------------------------------

    def _sift(self) -> None:
        rows = sift(self._all, self.columns, self.query)
        pages = {start // PAGE: rows[start : start + PAGE] for start in range(0, len(rows), PAGE)}
        self._take(len(rows), pages, keep=False)

    # -- the pages of the book --------------------------------------------------------------------------------

    def _begin(self, *, keep: bool) -> None:
        """Ask for the count and the first needed page in one go."""
        assert self.source is not None
        self._generation += 1
        generation, query, source = self._generation, self.query, self.source
        if self._counting is not None:
            self._counting.drop()
        self._wanted.clear()
        self._asked.clear()
        self.expect()
        seen = list(self._pages)[-2:] if keep and self._pages else [0]

        def question(book: Any) -> tuple[int, dict[int, Sequence[Row]]]:
            count = source.count(book, query)
            pages = {n: source.page(book, query, n * PAGE, PAGE) for n in seen if n == 0 or n * PAGE < count}
            return count, pages

        def answer(found: tuple[int, dict[int, Sequence[Row]]]) -> None:
            if generation == self._generation:
                self._take(*found, keep=keep)

        self._counting = self.desk.ask(question, answer, self._broke, self)

    def _broke(self, _error: Exception) -> None:
        self._asked.clear()
        self.failed.emit()

    def _take(self, count: int, pages: Mapping[int, Sequence[Row]], *, keep: bool) -> None:
        """Show a new count and some pages: rows are added or taken at the end, the others announced as changed."""
        self._stale = set(self._pages) - set(pages) if keep else set()
        if count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._replace(pages, keep=keep)
            self._count = count
            self.endRemoveRows()
        elif count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._replace(pages, keep=keep)
            self._count = count
            self.endInsertRows()
        else:
            self._replace(pages, keep=keep)
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self.columns) - 1))
        self.ready = True
        self.loaded.emit()

    def _replace(self, pages: Mapping[int, Sequence[Row]], *, keep: bool) -> None:
        if not keep:
            self._pages.clear()
        self._pages.update(pages)

    def _row(self, place: int) -> Row | None:
        number = place // PAGE
        page = self._pages.get(number)
        if page is None or number in self._stale:
            self._want(number)
        if page is None:
            return None
        if self.source is not None:
            self._pages.move_to_end(number)
        inside = place % PAGE
        return page[inside] if inside < len(page) else None

    def _want(self, number: int) -> None:
        if self.source is None or number in self._asked:
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        if not self._soon.isActive():
            self._soon.start()

    def _ask_wanted(self) -> None:
        """Ask for the pages painted last; those scrolled past are forgotten, they will ask again if seen."""
        wanted, self._wanted = self._wanted[-2:], []
        for number in reversed(wanted):
            if number not in self._asked and self.source is not None:
                self._ask_page(number)

    def _ask_page(self, number: int) -> None:
        self._asked.add(number)
        generation, query, source = self._generation, self.query, self.source
        assert source is not None

        def answer(rows: Sequence[Row]) -> None:
            if generation != self._generation:
                return
            self._asked.discard(number)
            self._stale.discard(number)
            self._pages[number] = rows
            self._pages.move_to_end(number)
            while len(self._pages) > MOST_PAGES:
                gone, _rows = self._pages.popitem(last=False)
                self._stale.discard(gone)
            first = number * PAGE
            last = min(first + PAGE, self._count) - 1
            if last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            self.page_came.emit()

        self.desk.ask(lambda book: source.page(book, query, number * PAGE, PAGE), answer, self._broke, self)

"""A table on a page: filter box, the table, what it says when empty, a line with the count, copy and export."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.empty import Empty, EmptyState, Reading
from desktop.views.kit.frozen import FrozenColumn
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.pickers import Picker
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_columns import TableColumns
from desktop.views.kit.table_export import Taken, copy_rows, export_rows
from desktop.views.kit.table_grid import Cells, Grid
from desktop.views.kit.theme import dress, px, space
from desktop.views.kit.tools_line import ToolsBar, ToolsLine
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

_DEBOUNCE = 180
_SENTENCE = 60
"""Letters from which a line of sums is a sentence."""


@dataclass(frozen=True, slots=True)
class RowAction:
    """A deed of the context menu on the current row: `run(row)`. `enabled(row)` greys it."""

    title: str
    run: Callable[[Any], object]
    icon: str = ""
    shortcut: str = ""
    enabled: Callable[[Any], bool] | None = None


def _chosen(box: Choice | Picker | CheckBox) -> str:
    """Return the words of what is chosen; nothing where the choice leaves nothing out."""
    if not box.value():
        return ""
    if isinstance(box, Choice):
        return box.currentText()
    return box.text().replace("&", "")


class TableView(QFrame):
    """A table with all that belongs to it. Signals carry rows, never row numbers.

    `name` is the key under which column widths are kept in the settings, for example "members.list".
    """

    opened = Signal(object)
    """Enter or a double click on a row."""
    chosen = Signal(object)
    """Another row is current (or None)."""

    def __init__(
        self,
        table: RowTable[Any],
        name: str,
        label: str,
        *,
        empty: Empty | None = None,
        actions: Sequence[RowAction] = (),
        filterable: bool = True,
        exportable: bool = True,
        multi: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.table = table
        self.name = name
        self.desk = table.desk
        self.row_actions = tuple(actions)
        self.taken: Taken | None = None
        """Where rows are sensitive: `taken(book)` writes down that they were copied or exported, before they are."""
        self._label = label
        self._least = 0
        self._wanted_key: Hashable | None = None
        self._sieves: list[tuple[Choice | Picker | CheckBox, tuple[Any, ...]]] = []
        if table.parent() is None:
            table.setParent(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self.tools = ToolsLine()
        """Where a page adds its own filters: `view.tools.insertWidget(1, combo)`."""
        self.grid = Grid(self)
        self._build_grid(multi)
        self._build_tools(box, filterable, exportable, hint)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._told = empty or Empty("search", _("Chưa có gì ở đây."))
        self._empty = EmptyState(self._told, self)
        self._stack.addWidget(self._empty)
        box.addLayout(self._stack, 1)
        self._build_footer(box)
        self._reading: Reading | None = None
        table.begun.connect(self._begun)
        table.failed.connect(self._read)
        table.loaded.connect(self._loaded)
        self.grid.focused.connect(self._begin_at_first)
        table.page_came.connect(self._page_came)
        self._front: QWidget | None = self.grid
        """What has the keyboard: the rows, or the button of what is said without any, if it has one."""
        self._restore_header()
        self._columns.begin()
        if table.ready:
            self._loaded()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the rows, or to what is said without any.

        Not by a focus proxy: Qt moves a widget with a proxy in the order of Tab, which then never leaves the table.
        """
        if self._front is not None:
            self._front.setFocus(event.reason())

    def setMinimumHeight(self, least: int) -> None:
        """Ask for a height on a page that scrolls; never less than a few rows and all around them need."""
        self._least = least
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """See `setMinimumHeight`."""
        hint = super().minimumSizeHint()
        hint.setHeight(max(hint.height(), self._least))
        return hint

    # -- what pages use -----------------------------------------------------------------------------------

    def current_row(self) -> Any:
        """Return the current row, or None."""
        return self.table.row_at(self.grid.currentIndex().row())

    def selected_rows(self) -> list[Any]:
        """Return the selected rows that are loaded, in order."""
        places = sorted({index.row() for index in self.grid.selectionModel().selectedRows()})
        return [row for place in places if (row := self.table.row_at(place)) is not None]

    def select_key(self, key: Hashable) -> None:
        """Make the row with this key current, now or when it is loaded."""
        self._wanted_key = key
        self._find_wanted()

    def set_summary(self, text: str) -> None:
        """Show a line of sums at the right of the footer ("Tổng: 1.200.000 ₫")."""
        self._summary.setText(text)
        self._summary.setVisible(bool(text))
        # A sentence may take several lines; a sum stays on one and is never cut.
        long = len(text) > _SENTENCE
        self._summary.setWordWrap(long)
        self._footer.setStretchFactor(self._summary, 1 if long else 0)

    def show_columns(self, shown: Mapping[str, bool]) -> None:
        """Show or hide columns by their keys: what the page knows to be of use here, not a choice of the user."""
        self._columns.show(shown)

    def set_empty(self, empty: Empty) -> None:
        """Change what is said when there are no rows."""
        self._told = empty
        self._say_empty()

    def narrowed_by(self, box: Choice | Picker | CheckBox, *everything: Any) -> None:
        """Name a choice of the user that leaves rows out, unless its value is one of `everything` or empty.

        An empty list then tells of the choice: that there is nothing in the book would not be true.
        """
        self._sieves.append((box, everything))

    def focus_filter(self) -> None:
        """Put the focus into the filter box (Ctrl+F)."""
        if self.filter_box is not None:
            self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filter_box.selectAll()

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a table with its titles (tab-separated)."""
        copy_rows(self.desk, self._columns.seen(), self.selected_rows(), self, self.taken)

    def export(self) -> None:
        """Ask for a file and write all rows of the query (not only the loaded ones) as xlsx."""
        from desktop.views.kit.files import ask_save

        ask_save(
            self,
            self.desk,
            "export",
            _("Xuất bảng ra Excel"),
            f"{self._label}.xlsx",
            _("Bảng tính Excel (*.xlsx)"),
            self.export_to,
        )

    def export_to(self, path: str) -> None:
        """Write all rows of the query to an xlsx file, off the window."""
        export_rows(self.desk, self._columns.seen(), self.table, self._label, path, self, self.taken)

    # -- building -------------------------------------------------------------------------------------------

    def _build_grid(self, multi: bool) -> None:
        grid = self.grid
        grid.setModel(self.table)
        grid.setItemDelegate(Cells(grid))
        grid.setAccessibleName(self._label)
        grid.setShowGrid(False)
        grid.setWordWrap(True)
        grid.setTabKeyNavigation(False)
        grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        grid.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._menu_at)
        across = grid.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsMovable(True)
        across.setSectionsClickable(True)
        across.setMinimumSectionSize(px(24))
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(self._header_menu_at)
        down = grid.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.hide()
        grid.set_lines(1, 1)
        self._columns = TableColumns(grid, self.table)
        self.frozen = FrozenColumn(grid)
        grid.setSortingEnabled(False)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sectionClicked.connect(self._sort_clicked)
        grid.doubleClicked.connect(self._open_current)
        grid.entered_row.connect(self._open_current)
        grid.selectionModel().currentRowChanged.connect(self._current_changed)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(400)
        self._keeping.timeout.connect(self._keep_header)
        self._columns.touched.connect(self._keeping.start)
        self._add_shortcut("copy", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        for action in self.row_actions:
            if action.shortcut:
                self._add_shortcut(action.title, QKeySequence(action.shortcut), self._run_shortcut, action)

    def _add_shortcut(
        self, name: str, keys: QKeySequence, run: Callable[[], object], data: object = None
    ) -> None:
        shortcut = QAction(name, self.grid)
        shortcut.setShortcut(keys)
        shortcut.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setData(data)
        shortcut.triggered.connect(run)
        self.grid.addAction(shortcut)

    def _build_tools(self, box: QVBoxLayout, filterable: bool, exportable: bool, hint: str) -> None:
        self.filter_box: LineEdit | None = None
        bar = ToolsBar(self.tools, self)
        if filterable:
            self.filter_box = LineEdit(self)
            self.filter_box.setPlaceholderText(hint or _("Lọc danh sách…"))
            self.filter_box.setAccessibleName(_("Lọc {table}").format(table=self._label))
            self.filter_box.allow_clearing()
            self.filter_box.mark("search")
            self.filter_box.setMaximumWidth(px(340))
            self.filter_box.installEventFilter(self)
            self._typing = QTimer(self)
            self._typing.setSingleShot(True)
            self._typing.setInterval(_DEBOUNCE)
            self._typing.timeout.connect(self._filter)
            self.filter_box.textChanged.connect(self._typed)
            self.tools.addWidget(self.filter_box, 1)
            find = QAction(self)
            find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
            find.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            find.triggered.connect(self.focus_filter)
            self.addAction(find)
        self.tools.addStretch()
        self.more = QToolButton(self)
        self.more.setIcon(icons.icon("more", "muted"))
        self.more.setAccessibleName(_("Việc khác với bảng {table}").format(table=self._label))
        self.more.setToolTip(_("Chép, xuất Excel, chọn cột"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        dress(self.more, "quiet")
        menu = QMenu(self.more)
        menu.addAction(icons.icon("copy"), _("Chép các dòng đã chọn"), self.copy)
        if exportable:
            menu.addAction(icons.icon("export"), _("Xuất cả bảng ra Excel…"), self.export)
        self._columns_menu = menu.addMenu(icons.icon("columns"), _("Cột hiển thị"))
        self._columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self.more.setMenu(menu)
        bar.add_last(self.more)
        box.addWidget(bar)
        rule = QFrame(self)
        dress(rule, "line")
        box.addWidget(rule)

    def _build_footer(self, box: QVBoxLayout) -> None:
        rule = QFrame(self)
        dress(rule, "line")
        box.addWidget(rule)
        line = QHBoxLayout()
        line.setContentsMargins(space(3), space(1) + 2, space(3), space(1) + 2)
        self._counted = QLabel(self)
        dress(self._counted, "small")
        self._summary = QLabel(self)
        dress(self._summary, "label")
        self._summary.hide()
        line.addWidget(self._counted)
        line.addStretch(1)
        line.addWidget(self._summary)
        self._footer = line
        box.addLayout(line)

    # -- what happens ---------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter in the filter box go to the table, Esc empties it."""
        if (
            watched is self.filter_box
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._filter()
                if self.table.size:
                    self.grid.setFocus(Qt.FocusReason.TabFocusReason)
                    if not self.grid.currentIndex().isValid():
                        self.grid.selectRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter_box is not None and self.filter_box.text():
                self.filter_box.clear()
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._typing.start()

    def _filter(self) -> None:
        self._typing.stop()
        if self.filter_box is not None:
            self.table.set_text(self.filter_box.text())

    def _begun(self) -> None:
        """Say over the rows, which keep the keyboard, that the first of them are being read."""
        if self._reading is None:
            self._reading = Reading(self.grid.viewport())
        self._reading.begin()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.end()

    def _loaded(self) -> None:
        self._read()
        size = self.table.size
        typed = bool(self.table.query.text.strip())
        self._say_empty()
        self._bring_to_front(0 if size else (2 if typed else 1))
        self._counted.setText(ngettext("{n} dòng", "{n} dòng", size).format(n=show_number(size)))
        self._columns.measure()
        self._find_wanted()
        self._begin_at_first()

    def _say_empty(self) -> None:
        """Tell why there are no rows: none in the book, or none of what was chosen above the list."""
        chosen = ", ".join(
            text
            for box, everything in self._sieves
            if (text := _chosen(box)) and box.value() not in everything
        )
        told = self._told
        self._empty.set(
            told._replace(text=_("Không có dòng nào ở lựa chọn “{choice}”.").format(choice=chosen))
            if chosen
            else told
        )

    def _begin_at_first(self) -> None:
        """Make the first row current when the keyboard comes to the table, so that Enter opens it at once."""
        if self.grid.hasFocus() and self.table.size and not self.grid.currentIndex().isValid():
            self.grid.selectRow(0)

    def _bring_to_front(self, place: int) -> None:
        """Show the rows or what is said without any; the keyboard goes with it, never to what is hidden."""
        focused = (self._front or self).hasFocus()
        # Made when it is needed: a page has many tables, and in most nothing is ever looked for in vain.
        if place == self._stack.count():
            self._none = EmptyState(Empty("search", _("Không tìm thấy dòng nào khớp với điều đã gõ.")), self)
            self._stack.addWidget(self._none)
        self._stack.setCurrentIndex(place)
        front = self._stack.currentWidget()
        target = front.focus_target() if isinstance(front, EmptyState) else self.grid
        if target is not self._front:
            self._front = target
            if focused:
                (target or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_came(self) -> None:
        self._columns.measure()
        if self._wanted_key is not None:
            self._find_wanted()

    def _find_wanted(self) -> None:
        """Keep the selection on the same row, which may have moved in a reload."""
        if self._wanted_key is None:
            return
        current = self.current_row()
        if current is not None and self.table.key(current) == self._wanted_key:
            return
        place = self.table.place_of(self._wanted_key)
        if place < 0:
            return
        index = self.table.index(place, max(0, self.grid.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.grid.selectionModel().setCurrentIndex(index, flags)
        self.grid.scrollTo(index)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.table.row_at(current.row())
        if row is not None:
            self._wanted_key = self.table.key(row)
        self.chosen.emit(row)

    def _open_current(self, _index: object = None) -> None:
        row = self.current_row()
        if row is not None:
            self.opened.emit(row)

    def _run_shortcut(self) -> None:
        sender = self.sender()
        action = sender.data() if isinstance(sender, QAction) else None
        row = self.current_row()
        if (
            isinstance(action, RowAction)
            and row is not None
            and (action.enabled is None or action.enabled(row))
        ):
            action.run(row)

    def _menu_at(self, where: Any) -> None:
        self.row_menu().popup(self.grid.viewport().mapToGlobal(where))

    def row_menu(self) -> QMenu:
        """Return the context menu of the current row."""
        row = self.current_row()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if row is not None:
            for action in self.row_actions:
                entry = menu.addAction(action.title)
                entry.triggered.connect(lambda _checked=False, chosen=action: chosen.run(row))
                if action.icon:
                    entry.setIcon(icons.icon(action.icon))
                if action.shortcut:
                    entry.setShortcut(QKeySequence(action.shortcut))
                entry.setEnabled(action.enabled is None or action.enabled(row))
            if self.row_actions:
                menu.addSeparator()
        menu.addAction(icons.icon("copy"), _("Chép các dòng đã chọn"), self.copy)
        return menu

    def _sort_clicked(self, section: int) -> None:
        """First click sorts up, the second down, the third gives the natural order back."""
        column = self.table.columns[section]
        if not column.sortable:
            return
        query = self.table.query
        header = self.grid.horizontalHeader()
        if query.sort != column.key:
            place, direction = section, Qt.SortOrder.AscendingOrder
        elif not query.descending:
            place, direction = section, Qt.SortOrder.DescendingOrder
        else:
            place, direction = -1, Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, direction)
        self.table.sort(place, direction)
        self._columns.changed()

    # -- columns --------------------------------------------------------------------------------------------

    def _fill_columns_menu(self) -> None:
        self._columns.fill_menu(self._columns_menu)

    def _header_menu_at(self, where: Any) -> None:
        self._columns_menu.popup(self.grid.horizontalHeader().mapToGlobal(where))

    def _keep_header(self) -> None:
        """Remember in the settings how the user wants this table."""
        tables = self.desk.settings["tables"]
        tables[self.name] = {
            "columns": self._columns.kept(),
            "own": self._columns.own_widths,
            "sort": [self.table.query.sort, self.table.query.descending],
        }
        self.desk.settings.set("tables", tables)

    def _restore_header(self) -> None:
        kept = self.desk.settings["tables"].get(self.name)
        if not isinstance(kept, dict):
            return
        self._columns.own_widths = kept.get("own") is True
        try:
            self._columns.restore(kept.get("columns", {}))
            sort, descending = kept.get("sort", ["", False])
        except (TypeError, ValueError):
            return
        places = [place for place, column in enumerate(self.table.columns) if column.key == sort]
        if places:
            direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self.grid.horizontalHeader().setSortIndicator(places[0], direction)
            self.table.query = self.table.query.but(sort=sort, descending=bool(descending))
        self._keeping.stop()

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
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons, theme
from desktop.views.kit.columns import RIGHT, Stamps, State, show_value, words
from desktop.views.kit.empty import Empty, EmptyState
from desktop.views.kit.inputs import LineEdit
from desktop.views.kit.row_table import PAGE, STATE_ROLE, RowTable
from desktop.views.kit.theme import dress, px, space
from desktop.views.kit.widths import Wish, share
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

_DEBOUNCE = 180
_SENTENCE = 60
"""Letters from which a line of sums is a sentence."""
_LEAST_SHARE = 0.6
"""Of their width, columns of words keep at least this where room is short."""
_SHORT = 12
"""Columns of so few letters hold codes and the like, which are no use when cut."""
_STRETCHED = 22
"""Letters that a column that stretches has at least."""
_LONGEST = 70
"""Letters beyond which a cell asks for no more room."""
_MEASURED = 100
"""Rows that are looked at for the widths of columns: more than are seen at once, few enough to be quick."""


@dataclass(frozen=True, slots=True)
class RowAction:
    """A deed of the context menu on the current row: `run(row)`. `enabled(row)` greys it."""

    title: str
    run: Callable[[Any], object]
    icon: str = ""
    shortcut: str = ""
    enabled: Callable[[Any], bool] | None = None


class _Grid(QTableView):
    """The bare table: Enter opens, Ctrl+C copies, the page keys move by screens."""

    entered_row = Signal()
    resized = Signal()

    focused = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        super().keyPressEvent(event)


class _Cells(QStyledItemDelegate):
    """Draws states as small labels: a word on a soft ground, so that colour is never the only sign."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        state = index.data(STATE_ROLE)
        if state is None or not state.text or not (state.tone or state.part is not None):
            super().paint(painter, option, index)
            return
        if isinstance(state, Stamps):
            self._paint_stamps(painter, option, index, state)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        width = option.fontMetrics.horizontalAdvance(state.text) + px(16)
        height = min(option.rect.height() - px(6), option.fontMetrics.height() + px(4))
        box = QRect(option.rect.left() + space(2), 0, min(width, option.rect.width() - space(3)), height)
        box.moveTop(option.rect.center().y() - height // 2)
        if state.part is not None:
            _draw_bar(painter, option, state)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.theme().palette
        tone = state.tone if state.tone in ("good", "warn", "bad") else ""
        fill = getattr(ground, f"{tone}_soft") if tone else ground.stripe
        painter.setBrush(QColor(fill))
        painter.setPen(QColor(getattr(ground, tone) if tone and ground.key == "contrast" else fill))
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setPen(QColor(getattr(ground, state.tone, ground.muted)))
        text = option.fontMetrics.elidedText(state.text, Qt.TextElideMode.ElideRight, box.width() - px(12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_stamps(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Any, stamps: Stamps
    ) -> None:
        """Draw boxes, those stamped filled; a number stands behind them when there are more than boxes."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        side = min(option.fontMetrics.height(), option.rect.height() - px(6))
        x, y = option.rect.left() + space(2), option.rect.center().y() - side // 2
        palette = theme.theme().palette
        painter.save()
        for number in range(stamps.boxes):
            box = QRect(x, y, side, side)
            painter.setPen(QColor(palette.muted))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            if number < stamps.stamped:
                painter.fillRect(box.adjusted(3, 3, -2, -2), QColor(palette.accent))
            x += side + px(4)
        if stamps.stamped > stamps.boxes:
            painter.setPen(QColor(palette.text))
            painter.drawText(
                x, y, side * 4, side, Qt.AlignmentFlag.AlignVCenter, f"+{stamps.stamped - stamps.boxes}"
            )
        painter.restore()


def _draw_bar(painter: QPainter, option: QStyleOptionViewItem, state: State) -> None:
    """Draw progress: a track over the cell, filled as far as it has come, with the words beside it."""
    ground = theme.theme().palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    words = option.fontMetrics.horizontalAdvance(state.text) + space(2)
    room = QRect(option.rect).adjusted(space(2), 0, -space(2), 0)
    height = px(8)
    track = QRectF(room.left(), room.center().y() - height / 2, max(room.width() - words, px(20)), height)
    painter.setPen(QColor(ground.muted))
    painter.setBrush(QColor(ground.stripe))
    painter.drawRoundedRect(track, height / 2, height / 2)
    filled = QRectF(track)
    filled.setWidth(track.width() * min(max(state.part or 0.0, 0.0), 1.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(ground, state.tone or "accent")))
    painter.drawRoundedRect(filled, height / 2, height / 2)
    painter.setPen(QColor(ground.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state.text)
    painter.restore()


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
        self._label = label
        self._wanted_key: Hashable | None = None
        self._own_widths = False
        self._cell_widths: dict[int, int] = {}
        self._sharing = True
        """True while widths are set by us and not by the user."""
        if table.parent() is None:
            table.setParent(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self.tools = QHBoxLayout()
        """Where a page adds its own filters: `view.tools.insertWidget(1, combo)`."""
        self.grid = _Grid(self)
        self._build_grid(multi)
        self._build_tools(box, filterable, exportable, hint)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._empty = EmptyState(empty or Empty("search", _("Chưa có gì ở đây.")), self)
        self._none = EmptyState(Empty("search", _("Không tìm thấy dòng nào khớp với điều đã gõ.")), self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._none)
        box.addLayout(self._stack, 1)
        self._build_footer(box)
        table.loaded.connect(self._loaded)
        self.grid.focused.connect(self._begin_at_first)
        table.page_came.connect(self._page_came)
        self._front: QWidget | None = self.grid
        """What has the keyboard: the rows, or the button of what is said without any, if it has one."""
        self._restore_header()
        self._sharing = False
        self._share_room()
        if table.ready:
            self._loaded()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the rows, or to what is said without any.

        Not by a focus proxy: Qt moves a widget with a proxy in the order of Tab, which then never leaves the table.
        """
        if self._front is not None:
            self._front.setFocus(event.reason())

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
        self._sharing = True
        for place, column in enumerate(self.table.columns):
            if column.key in shown:
                self.grid.setColumnHidden(place, not shown[column.key])
        self._sharing = False
        self._share_room()

    def set_empty(self, empty: Empty) -> None:
        """Change what is said when there are no rows."""
        self._empty.set(empty)

    def focus_filter(self) -> None:
        """Put the focus into the filter box (Ctrl+F)."""
        if self.filter_box is not None:
            self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.filter_box.selectAll()

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a table with its titles (tab-separated)."""
        rows = self.selected_rows()
        columns = [column for column, shown in self._visible_columns() if shown]
        lines = ["\t".join(words(column.title) for column in columns)]
        for row in rows:
            # A leading = + - @ would be run as a formula by a spreadsheet.
            lines.append("\t".join(_plain_cell(column.show(row)) for column in columns))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.desk.say(
            ngettext("Đã chép {n} dòng.", "Đã chép {n} dòng.", len(rows)).format(n=len(rows)), "good"
        )

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
        columns = [column for column, shown in self._visible_columns() if shown]
        titles = [words(column.title) for column in columns]
        table, query = self.table, self.table.query
        source, rows, label = table.source, table.loaded_rows(), self._label
        kinds = [column.exported for column in columns]

        def job(book: Any, _act: Any, progress: Any) -> int:
            from desktop.services.exchange import ColumnKind, export_table

            everything = list(rows)
            if source is not None:
                everything = []
                count = source.count(book, query)
                for start in range(0, count, PAGE):
                    progress(start, count)
                    everything += source.page(book, query, start, PAGE)
            cells = ([column.plain(row) for column in columns] for row in everything)
            return export_table(path, titles, cells, [ColumnKind(name) for name in kinds], sheet=label)

        def done(count: int) -> None:
            self.desk.say(
                ngettext("Đã xuất {n} dòng ra {path}.", "Đã xuất {n} dòng ra {path}.", count).format(
                    n=show_number(count), path=path
                ),
                "good",
            )

        self.desk.work_on_book(job, done, owner=self, title=_("Đang xuất ra Excel…"))

    # -- building -------------------------------------------------------------------------------------------

    def _build_grid(self, multi: bool) -> None:
        grid = self.grid
        grid.setModel(self.table)
        grid.setItemDelegate(_Cells(grid))
        grid.setAccessibleName(self._label)
        grid.setShowGrid(False)
        grid.setWordWrap(False)
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
        across.setMinimumSectionSize(px(48))
        across.setFixedHeight(px(36))
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(self._header_menu_at)
        down = grid.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(max(px(34), grid.fontMetrics().height() + px(14)))
        down.hide()
        letter = grid.fontMetrics().averageCharWidth()
        for place, column in enumerate(self.table.columns):
            grid.setColumnWidth(place, letter * column.width + space(4))
            grid.setColumnHidden(place, column.hidden)
        self._letter = letter
        heavy = QFont(across.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        self._bold = QFontMetrics(heavy)
        grid.resized.connect(self._share_room)
        grid.setSortingEnabled(False)
        across.setSortIndicatorShown(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sectionClicked.connect(self._sort_clicked)
        across.sectionResized.connect(self._column_resized)
        across.sectionMoved.connect(self._header_changed)
        grid.doubleClicked.connect(self._open_current)
        grid.entered_row.connect(self._open_current)
        grid.selectionModel().currentRowChanged.connect(self._current_changed)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(400)
        self._keeping.timeout.connect(self._keep_header)
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
        self.tools.setContentsMargins(space(3), space(2), space(2), space(2))
        self.tools.setSpacing(space(2))
        if filterable:
            self.filter_box = LineEdit(self)
            self.filter_box.setPlaceholderText(hint or _("Lọc danh sách…"))
            self.filter_box.setAccessibleName(_("Lọc {table}").format(table=self._label))
            self.filter_box.setClearButtonEnabled(True)
            self.filter_box.addAction(icons.icon("search", "muted"), LineEdit.ActionPosition.LeadingPosition)
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
        self.tools.addStretch(1)
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
        self.tools.addWidget(self.more)
        box.addLayout(self.tools)
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

    def _loaded(self) -> None:
        size = self.table.size
        filtered = bool(self.table.query.text.strip() or self.table.query.filters)
        self._bring_to_front(0 if size else (2 if filtered else 1))
        self._counted.setText(ngettext("{n} dòng", "{n} dòng", size).format(n=show_number(size)))
        self._measure()
        self._find_wanted()
        self._begin_at_first()

    def _begin_at_first(self) -> None:
        """Make the first row current when the keyboard comes to the table, so that Enter opens it at once."""
        if self.grid.hasFocus() and self.table.size and not self.grid.currentIndex().isValid():
            self.grid.selectRow(0)

    def _bring_to_front(self, place: int) -> None:
        """Show the rows or what is said without any; the keyboard goes with it, never to what is hidden."""
        focused = (self._front or self).hasFocus()
        self._stack.setCurrentIndex(place)
        front = self._stack.currentWidget()
        target = front.focus_target() if isinstance(front, EmptyState) else self.grid
        if target is not self._front:
            self._front = target
            if focused:
                (target or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_came(self) -> None:
        self._measure()
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
        self._header_changed()

    # -- columns --------------------------------------------------------------------------------------------

    def _visible_columns(self) -> list[tuple[Any, bool]]:
        header = self.grid.horizontalHeader()
        places = [header.logicalIndex(visual) for visual in range(header.count())]
        return [(self.table.columns[place], not self.grid.isColumnHidden(place)) for place in places]

    def _fill_columns_menu(self) -> None:
        self._columns_menu.clear()
        for place, column in enumerate(self.table.columns):
            entry = self._columns_menu.addAction(words(column.title))
            entry.setCheckable(True)
            entry.setChecked(not self.grid.isColumnHidden(place))
            entry.setData(place)
            entry.toggled.connect(self._column_toggled)

    def _column_toggled(self, shown: bool) -> None:
        sender = self.sender()
        assert isinstance(sender, QAction)
        place = sender.data()
        others = [p for p in range(len(self.table.columns)) if p != place and not self.grid.isColumnHidden(p)]
        if shown or others:
            self._sharing = True  # hiding tells of a width of 0, which nobody has chosen
            self.grid.setColumnHidden(place, not shown)
            self._sharing = False
            self._header_changed()

    def _header_menu_at(self, where: Any) -> None:
        self._columns_menu.popup(self.grid.horizontalHeader().mapToGlobal(where))

    def _share_room(self) -> None:
        """Fit the columns to the window: those that stretch take what the others leave; where room is short and
        the user has set no widths, columns of words give way first, and no more than they must."""
        shown = [place for place in range(len(self.table.columns)) if not self.grid.isColumnHidden(place)]
        widths = share([self._wish(place) for place in shown], self.grid.viewport().width())
        self._sharing = True
        for place, width in zip(shown, widths, strict=True):
            if self.grid.columnWidth(place) != width:
                self.grid.setColumnWidth(place, width)
        self._sharing = False

    def _wish(self, place: int) -> Wish:
        """Return what a column asks for: what the user gave it, or what its title and cells take."""
        stretch = self.table.columns[place].stretch
        usual = self._natural(place)
        if self._own_widths:
            width = usual if stretch else self.grid.columnWidth(place)
            return Wish(width, width, width, stretch=stretch)
        title = self._title_width(place)
        needed = max(title, self._cell_widths.get(place, usual))
        if not self._is_elastic(place):
            return Wish(usual, needed, needed, stretch=stretch)
        least = min(needed, max(title, int(usual * _LEAST_SHARE)))
        return Wish(usual, needed, least, elastic=True, stretch=stretch)

    def _title_width(self, place: int) -> int:
        return self._bold.horizontalAdvance(words(self.table.columns[place].title)) + space(4) + px(8)

    def _measure(self) -> None:
        """Note how wide the cells of the rows at hand are; while the list is filtered columns do not shrink."""
        rows = [row for place in range(min(self.table.size, _MEASURED)) if (row := self.table.row_at(place))]
        if not rows:
            return
        before = self._cell_widths if self.table.query.text.strip() else {}
        self._cell_widths = {
            place: max(before.get(place, 0), self._cells_width(place, rows))
            for place in range(len(self.table.columns))
        }
        self._share_room()

    def _cells_width(self, place: int, rows: Sequence[Any]) -> int:
        """Return the width that the longest of the cells takes, a drawn bar or stamps its usual width."""
        column, metrics, widest = self.table.columns[place], self.grid.fontMetrics(), 0
        if column.kind in RIGHT and self.table.size > _MEASURED:
            return self._natural(place)  # the largest amount may stand further down
        for row in rows:
            value = column.value(row)
            if isinstance(value, Stamps) or (isinstance(value, State) and value.part is not None):
                return self._natural(place)
            frame = px(16) if isinstance(value, State) and value.tone else 0
            text = show_value(column.kind, value, zero=column.zero)
            widest = max(widest, metrics.horizontalAdvance(text) + frame)
        return min(widest + space(4) + px(12), self._letter * _LONGEST)

    def _is_elastic(self, place: int) -> bool:
        """Long words may be cut; codes, days and amounts may not."""
        column = self.table.columns[place]
        return column.kind == "text" and (column.stretch or column.width > _SHORT)

    def _natural(self, place: int) -> int:
        column = self.table.columns[place]
        letters = max(column.width, _STRETCHED) if column.stretch else column.width
        return self._letter * letters + space(4)

    def _column_resized(self, *_sizes: int) -> None:
        if not self._sharing:
            self._own_widths = True
            self._header_changed()

    def _header_changed(self, *_sizes: int) -> None:
        if self._sharing:
            return
        self._share_room()
        self._keeping.start()

    def _keep_header(self) -> None:
        header = self.grid.horizontalHeader()
        scale = theme.theme().scale
        kept = {
            column.key: [
                header.visualIndex(place),
                round(self.grid.columnWidth(place) / scale),
                self.grid.isColumnHidden(place),
            ]
            for place, column in enumerate(self.table.columns)
        }
        tables = self.desk.settings["tables"]
        tables[self.name] = {
            "columns": kept,
            "own": self._own_widths,
            "sort": [self.table.query.sort, self.table.query.descending],
        }
        self.desk.settings.set("tables", tables)

    def _restore_header(self) -> None:
        kept = self.desk.settings["tables"].get(self.name)
        if not isinstance(kept, dict):
            return
        header = self.grid.horizontalHeader()
        scale = theme.theme().scale
        columns = kept.get("columns", {})
        self._own_widths = kept.get("own") is True
        try:
            for place, column in enumerate(self.table.columns):
                if column.key in columns:
                    visual, width, hidden = columns[column.key]
                    self.grid.setColumnHidden(place, bool(hidden))
                    if not column.stretch:
                        self.grid.setColumnWidth(place, max(px(40), min(px(900), round(int(width) * scale))))
                    header.moveSection(
                        header.visualIndex(place), max(0, min(header.count() - 1, int(visual)))
                    )
            sort, descending = kept.get("sort", ["", False])
        except (TypeError, ValueError):
            return
        places = [place for place, column in enumerate(self.table.columns) if column.key == sort]
        if places:
            direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(places[0], direction)
            self.table.query = self.table.query.but(sort=sort, descending=bool(descending))
        self._keeping.stop()


def _plain_cell(text: str) -> str:
    cleaned = text.replace("\t", " ").replace("\n", " ")
    return "'" + cleaned if cleaned[:1] in ("=", "+", "@") else cleaned

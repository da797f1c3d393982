"""The list behind a figure of the board, and the list of the whole that it is a part of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services.acts import Topic
from desktop.services.board import reading
from desktop.services.board.reading import Opened
from desktop.services.board.values import Entry, Period, Span
from desktop.services.sight import note_people_taken
from desktop.views.board.columns import ENTRIES, open_words, whole_columns
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from resources.lang.dong import show_number
from resources.lang.messages import _

_OPENS = {
    "member": ("member", "member"),
    "household": ("household", "household"),
    "group": ("group", "group"),
    "livelihood": ("livelihood", "livelihood"),
    "support": ("support-dossier", "support"),
    "coordination-meeting": ("coordination-meeting", "meeting"),
}
"""The page that shows each kind of line, and the name of its argument."""


class BoardListPage(Page):
    """Two tabs: who is counted, and of whom. Enter opens the record."""

    scrolls = True
    topics = frozenset({Topic.BOARD, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.key = ""
        self.period: Period | None = None
        self.found: Opened | None = None
        self.words = label("", "muted", self, wrap=True)
        self.body.addWidget(self.words)
        self.entries: RowTable[Entry] = RowTable(desk, ENTRIES, key=lambda row: row.key)
        self.entries_view = TableView(
            self.entries,
            "board.entries",
            _("Danh sách sau số liệu"),
            empty=Empty("search", _("Không có ai trong danh sách: số liệu là 0.")),
            actions=(RowAction(_("Mở"), self.open_entry, "open", "", _leads),),
        )
        self.entries_view.taken = self._note_taken
        self.entries_view.opened.connect(self.open_entry)
        self.whole: RowTable[Entry] = RowTable(desk, whole_columns(), key=lambda row: row.key)
        self.whole_view = TableView(
            self.whole,
            "board.whole",
            _("Danh sách mẫu số"),
            empty=Empty("search", _("Thước đo này không có mẫu số.")),
            actions=(RowAction(_("Mở"), self.open_entry, "open", "", _leads),),
        )
        self.whole_view.taken = self._note_taken
        self.whole_view.opened.connect(self.open_entry)
        self.tabs = PageTabs(
            self,
            _("Danh sách của thước đo"),
            ((self.entries_view, _("Được tính")), (self.whole_view, _("Trong số"))),
        )
        self.tabs.jumped.connect(self.focus_first)
        self.body.addWidget(self.tabs, 1)
        desk.session_changed.connect(self._session_changed)

    def title(self) -> str:
        """Return the measure."""
        return _("Danh sách sau số liệu") if self.found is None else self.found.measure.title

    def subtitle(self) -> str:
        """Return the period and the figure."""
        if self.found is None:
            return ""
        period = self.found.period
        return f"{self.found.measure.key} · {period.title} ({period.days})"

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the board."""
        return [(_("Bảng theo dõi dự án"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the list: it is copied and exported from its own menu."""
        return []

    def open(self, measure: str = "", starts: date | None = None, span: str = "", **_args: Any) -> None:
        """Show the list behind a measure of a period."""
        if measure and starts is not None and span:
            self.key, self.period = measure, Period(starts, Span(span))
            self.tabs.setCurrentIndex(0)
        self.reload()

    def reload(self) -> None:
        """Count again."""
        key, period, who = self.key, self.period, self.desk.act().who
        if period is not None:
            self.desk.ask(lambda book: reading.opened(book, key, period, who), self._show, owner=self)

    def focus_first(self) -> None:
        """Begin in the shown table."""
        (self.entries_view if self.tabs.currentIndex() == 0 else self.whole_view).grid.setFocus()

    def _show(self, found: Opened) -> None:
        self.found = found
        measured = found.measured
        self.entries.set_rows(list(measured.entries))
        self.whole.set_rows(list(measured.whole or ()))
        self.tabs.setTabVisible(1, measured.whole is not None)
        self.tabs.setTabText(0, _("Được tính ({n})").format(n=show_number(found.value)))
        if measured.whole is not None:
            self.tabs.setTabText(1, _("Trong số ({n})").format(n=show_number(len(measured.whole))))
        self.words.setText(f"{open_words(found.value)} {found.measure.definition}")
        self.titled.emit()

    def _session_changed(self) -> None:
        self.found = self.period = None

    def _note_taken(self, book: Any) -> None:
        """Write down that the people behind a sensitive figure were copied or exported."""
        if self.found is not None and self.found.measure.sensitive:
            people = [entry.person for entry in self.found.measured.entries if entry.person is not None]
            note_people_taken(book, "board", people)

    # -- ways on ------------------------------------------------------------------------------------

    def go_up(self) -> None:
        """Go back to the board of this period."""
        if self.period is None:
            self.desk.open_page("board")
        else:
            self.desk.open_page("board", starts=self.period.starts, span=self.period.span.value)

    def open_entry(self, row: Entry) -> None:
        """Open the record of a line."""
        kind, number = row.leads_to
        if kind in _OPENS:
            page, argument = _OPENS[kind]
            self.desk.open_page(page, **{argument: number})


def _leads(row: Entry) -> bool:
    return row.leads_to[0] in _OPENS

"""The page of one record: figures above, its parts in tabs, read again whenever a deed has changed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.views.kit.blocks import Figure, figures
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction
from desktop.views.kit.tabbed_page import TabbedPage
from resources.lang.messages import _

Key = TypeVar("Key")
Detail = TypeVar("Detail")

Deed = tuple[str, Callable[[], object], Sequence[PageAction]]
"""A deed with a key of its own: its name in Ctrl+K, what it does, what its menu in the header offers."""


class RecordPage(TabbedPage, Generic[Key, Detail]):
    """One record. Subclasses name it (`route`), say how it is read (`reads`) and show it (`take`).

    `record` is the id shown, None before one was opened; `detail` what was read of it, None until it is there.
    """

    route: ClassVar[str]
    """The name of the record's id among the arguments of the page's route."""
    reads: ClassVar[Callable[..., Any]]
    """`reads(book, record, today)` gives the detail; it runs on the book thread. A `staticmethod`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.record: Key | None = None
        self.detail: Detail | None = None
        desk.session_changed.connect(self._session_changed)

    def take(self, detail: Detail) -> None:
        """Show the record: figures and tabs."""
        raise NotImplementedError

    def add_figures(self, *items: Figure, least: int = 190) -> None:
        """Put figures in a row that wraps: `least` is the width of each, in pixels at 100 %."""
        self.body.addWidget(figures(items, self, least))

    # -- what the window asks -------------------------------------------------------------------------

    def open(self, tab: str = "", **args: Any) -> None:
        """Show the record that the route names, from its first tab when it is another; `tab` names the tab."""
        record = args.get(self.route)
        if record is not None and record != self.record:
            self.record, self.detail = record, None
            self.tabs.setCurrentIndex(0)
            self.titled.emit()
        self.show_tab(tab)
        self.reload()

    def reload(self) -> None:
        """Read the record again; an answer about one that is no longer shown is dropped."""
        record, today, reads = self.record, self.desk.today(), self.reads
        if record is None:
            return

        def came(detail: Detail) -> None:
            if record == self.record:
                self.detail = detail
                self.take(detail)
                self.titled.emit()

        self.desk.ask(lambda book: reads(book, record, today), came, owner=self)

    # -- deeds ----------------------------------------------------------------------------------------

    @property
    def writable(self) -> Detail | None:
        """The record, when it is there and the book may be written."""
        return self.detail if self.desk.can_write else None

    def deeds(self, main: PageAction, printing: Deed, other: Deed) -> list[PageAction]:
        """Return the head of a record: its main deed, papers, what else is done; Ctrl+P prints, Ctrl+E changes."""
        print_name, run_print, papers = printing
        edit_name, run_edit, more = other
        return [
            main,
            PageAction(_("In"), run_print, "print", writes=False, menu=tuple(papers)),
            PageAction(_("Việc khác"), run_edit, "more", writes=False, menu=tuple(more)),
            PageAction(print_name, run_print, "print", "Ctrl+P", writes=False, shown=False),
            PageAction(edit_name, run_edit, "edit", "Ctrl+E", shown=False),
        ]

    def _session_changed(self) -> None:
        self.record = self.detail = None

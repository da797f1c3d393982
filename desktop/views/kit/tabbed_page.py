"""Pages that end in tabs: named once, reached by their key in a route, by Ctrl+1 … and by the list of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.views.kit.page import Page
from desktop.views.kit.table_view import TableView
from desktop.views.kit.tabs import PageTabs

Part = tuple[str, QWidget, str]
"""A tab: its name in routes, its content, its title."""


class TabbedPage(Page):
    """A page whose last part is tabs. Subclasses call `set_parts` when all else is in `body`.

    Tables scroll by themselves; where the window is too low for a few of their rows, the page scrolls as well.
    """

    scrolls = True
    tabs: PageTabs
    parts: tuple[Any, ...] = ()
    """The contents of the tabs, in their order."""
    tab_keys: tuple[str, ...] = ()

    def set_parts(self, name: str, parts: Iterable[Part]) -> None:
        """Put the tabs below what `body` holds; `name` says to screen readers what they are parts of."""
        listed = tuple(parts)
        self.tab_keys = tuple(key for key, _content, _title in listed)
        self.parts = tuple(content for _key, content, _title in listed)
        self.tabs = PageTabs(self, name, [(content, title) for _key, content, title in listed])
        self.tabs.currentChanged.connect(self.tab_changed)
        self.body.addWidget(self.tabs, 1)

    @property
    def shown_key(self) -> str:
        """The key of the tab in front."""
        return self.tab_keys[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front; a key that is none changes nothing."""
        if key in self.tab_keys:
            self.tabs.setCurrentIndex(self.tab_keys.index(key))

    def focus_first(self) -> None:
        """Begin in the shown tab's table; where it has none, at the tabs."""
        shown = self.tabs.currentWidget()
        view = shown if isinstance(shown, TableView) else shown.findChild(TableView)
        (view.grid if view is not None else self.tabs.tabBar()).setFocus()

    def tab_changed(self, _place: int) -> None:
        """Another tab has come to the front: the actions may follow it."""
        self.titled.emit()


class ListsPage(TabbedPage):
    """A page of lists: each tab has a `view` and reads its rows itself, in `reload`, when it comes to the front."""

    def set_parts(self, name: str, parts: Iterable[Part]) -> None:
        """Put the tabs in; one that is reached by its key begins in its table."""
        super().set_parts(name, parts)
        self.tabs.jumped.connect(self.focus_first)

    def open(self, tab: str = "", **_args: Any) -> None:
        """Show a tab."""
        self.show_tab(tab)
        self.reload()

    def reload(self) -> None:
        """Read what the shown tab needs."""
        self.parts[self.tabs.currentIndex()].reload()

    def focus_first(self) -> None:
        """Begin in the shown tab's table."""
        self.parts[self.tabs.currentIndex()].view.grid.setFocus()

    def tab_changed(self, place: int) -> None:
        """Read what has come to the front."""
        super().tab_changed(place)
        self.reload()

"""The base of every page: a title, what it listens to, and its life in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.acts import Changed, Topic
from desktop.views.kit.blocks import scroll_area
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import space


class PageAction(NamedTuple):
    """A deed that a page offers in the header (and in Ctrl+K): the primary one stands out.

    `writes`: greyed when the book is read-only. Without `shown` it is only reached by its shortcut and Ctrl+K.
    """

    title: str
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    primary: bool = False
    writes: bool = True
    shown: bool = True
    menu: tuple[PageAction, ...] = ()


def paper(title: str, run: Callable[[], object]) -> PageAction:
    """Return an entry of a menu of papers: also offered of a book that is only read."""
    return PageAction(title, run, "document", writes=False)


class Page(QWidget):
    """A page of the window. Subclasses build their widgets in `__init__` into `self.body` and override:

    `title()`; `open(**args)`: called at each visit with the arguments of the route; `reload()`: load what is
    shown; `actions()`; `can_leave()`; `flush()`. `topics` are what it shows: after a deed that changed one of
    them a visible page reloads, a hidden one when it is next shown.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset()
    titled = Signal()
    """The title, the trail or the actions have changed; the window reads them again."""
    scrolls: ClassVar[bool] = False
    """The body scrolls as a whole where it does not fit. A table scrolls by itself, and keeps a few rows in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.desk = desk
        self._stale = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        holder = QWidget(self)
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(space(5), space(4), space(5), space(4))
        self.body.setSpacing(space(4))
        if self.scrolls:
            area = scroll_area(self)
            area.setWidget(holder)
            outer.addWidget(area)
        else:
            outer.addWidget(holder)
        desk.bulletin.changed.connect(self._heard)

    # -- to override ----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading of the page as it is now."""
        return ""

    def subtitle(self) -> str:
        """Return a short line under the title, or nothing."""
        return ""

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what stands before the title: (text, deed) for each step up, for example the list of groups."""
        return []

    def open(self, **args: Any) -> None:
        """Show what `args` name; called at each visit. The base reloads."""
        self.reload()

    def open_again(self) -> None:
        """Called when the page in front is asked for once more, by its key or in the navigation: back to its start."""
        self.open()

    def reload(self) -> None:
        """Load again what is shown, keeping selection and scrolling."""

    def actions(self) -> list[PageAction]:  # type: ignore[override]  # QWidget's own list is not used
        """Return the deeds shown in the header, the primary one first."""
        return []

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Tell whether the page may be left now. When not, the page asks the user and calls `go()` after a yes."""
        return True

    def flush(self) -> None:
        """Keep what is being typed; called before the window or the book closes."""

    def focus_first(self) -> None:
        """Put the focus where work begins; the base takes the first widget in tab order."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focusNextChild()
        found = self.window().focusWidget()
        if found is None or not self.isAncestorOf(found):
            # Nothing to type into yet: at least the keyboard is here and not in the navigation.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- life -----------------------------------------------------------------------------------------

    def shown(self) -> None:
        """Called by the window when the page comes to the front without a new `open`: reload if stale."""
        if self._stale:
            self._stale = False
            self.reload()

    def new_day(self) -> None:
        """Called by the window when a day has begun while it stood open: what is of "today" is read again."""
        if self.topics:
            self._read_again()

    def _heard(self, change: Changed) -> None:
        if change.topics & self.topics:
            self._read_again()

    def _read_again(self) -> None:
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

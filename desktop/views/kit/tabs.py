"""The tabs of a page: one look, one name for those who listen, Ctrl+1 … for the keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.views.kit.table_view import TableView


class PageTabs(QTabWidget):
    """`tabs` are (widget, title), `name` is read out by screen readers; the keys work in the whole of `page`."""

    jumped = Signal()
    """A tab was chosen by its key."""

    def __init__(self, page: QWidget, name: str, tabs: Iterable[tuple[QWidget, str]]) -> None:
        super().__init__(page)
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(name)
        self.tabBar().installEventFilter(self)
        for widget, title in tabs:
            place = self.addTab(widget, title)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda chosen=place: self.jump(chosen))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab and Down lead from the bar into the tab in front; by Qt's own order it would be the page's header."""
        if (
            watched is self.tabBar()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Down)
            and not event.modifiers()
            and self.count()
        ):
            self.focus_content()
            return True
        return super().eventFilter(watched, event)

    def jump(self, place: int) -> None:
        """Go to a tab as its key does: not to one that cannot be seen."""
        if self.isTabVisible(place) and not self.tabBar().isHidden():
            self.setCurrentIndex(place)
            self.focus_content()
            self.jumped.emit()

    def focus_content(self) -> None:
        """Put the keyboard where work begins in the tab in front: its table, else its first field or button."""
        content = self.currentWidget()
        tables = [content] if isinstance(content, TableView) else content.findChildren(TableView)
        table = next((view for view in tables if view.isVisibleTo(content)), None)
        target = table or next(
            (
                widget
                for widget in content.findChildren(QWidget)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisibleTo(content)
                and widget.isEnabled()
            ),
            self.tabBar(),
        )
        target.setFocus(Qt.FocusReason.OtherFocusReason)

"""The tabs of a page: one look, one name for those who listen, Ctrl+1 … for the keyboard, a list where they are many."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QTabWidget, QToolButton, QWidget

from desktop.views.kit import icons
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress
from resources.lang.messages import _

_KEYS = 9
"""Tabs that have a key of their own; Ctrl+0 lists them all."""


class PageTabs(QTabWidget):
    """`tabs` are (widget, title), `name` is read out by screen readers; the keys work in the whole window while
    `page` is seen.

    Where the window is too narrow for all titles, a button at the right lists them.
    """

    jumped = Signal()
    """A tab was chosen by its key."""

    def __init__(self, page: QWidget, name: str, tabs: Iterable[tuple[QWidget, str]]) -> None:
        super().__init__(page)
        self.setDocumentMode(True)
        bar = self.tabBar()
        bar.setAccessibleName(name)
        bar.setDrawBase(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.all_button = QToolButton(self)
        self.all_button.setIcon(icons.icon("more", "muted"))
        self.all_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.all_button.setMenu(self._menu)
        self.all_button.setToolTip(_("Mọi thẻ (Ctrl+0)"))
        self.all_button.setAccessibleName(_("Mọi thẻ"))
        dress(self.all_button, "quiet")
        self.setCornerWidget(self.all_button)
        self.all_button.hide()
        bar.installEventFilter(self)
        for widget, title in tabs:
            place = self.addTab(widget, title)
            if place < _KEYS:
                self._key(page, f"Ctrl+{place + 1}").activated.connect(lambda chosen=place: self.jump(chosen))
        self._key(page, "Ctrl+0").activated.connect(self.show_all)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the bar into the tab in front; Tab walks through everything, as everywhere."""
        if (
            watched is self.tabBar()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
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

    def show_all(self) -> None:
        """Open the list of all tabs below the bar, whether they fit or not."""
        if not self.tabBar().isHidden():
            bar = self.tabBar()
            self._menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the list of tabs where they do not fit."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when a title has changed or a tab was hidden."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _key(self, page: QWidget, keys: str) -> QShortcut:
        # Of the whole window, so they also work from its header and side bar; a page that is not seen hears nothing.
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        return shortcut

    def _fit(self) -> None:
        bar = self.tabBar()
        self.all_button.setVisible(not bar.isHidden() and bar.sizeHint().width() > self.width())

    def _fill_menu(self) -> None:
        self._menu.clear()
        for place in range(self.count()):
            if not self.isTabVisible(place):
                continue
            entry = self._menu.addAction(self.tabText(place))
            entry.setCheckable(True)
            entry.setChecked(place == self.currentIndex())
            if place < _KEYS:
                entry.setText(f"{self.tabText(place)}\tCtrl+{place + 1}")
            entry.triggered.connect(lambda _checked=False, chosen=place: self.jump(chosen))

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

"""The line above each page: back, the trail and the title, the search box, and what the page offers to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import icons
from desktop.views.kit.blocks import Elided
from desktop.views.kit.page import PageAction
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

Step = tuple[str, Callable[[], object]]


class Header(QFrame):
    """Shows where one is and what can be done here."""

    back_asked = Signal()
    search_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        # Where the window is low, the page gives way and not the words that say where one is.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(space(5), space(2), space(5), space(2))
        line.setSpacing(space(2))
        self.back = QToolButton(self)
        self.back.setIcon(icons.icon("back"))
        self.back.setIconSize(QSize(px(20), px(20)))
        self.back.setAccessibleName(_("Quay lại"))
        self.back.setToolTip(_("Quay lại (Alt+←)"))
        dress(self.back, "quiet")
        self.back.clicked.connect(self.back_asked)
        line.addWidget(self.back)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._trail = QHBoxLayout()
        self._trail.setSpacing(space(1))
        self._trail_holder = QWidget(self)
        self._trail_holder.setLayout(self._trail)
        self._trail.setContentsMargins(0, 0, 0, 0)
        words.addStretch(1)
        words.addWidget(self._trail_holder)
        self.title = Elided("", self)
        dress(self.title, "title")
        words.addWidget(self.title)
        self.subtitle = Elided("", self)
        dress(self.subtitle, "muted")
        words.addWidget(self.subtitle)
        words.addStretch(1)
        line.addLayout(words, 1)
        self.search = QPushButton(self)
        self.search.setAutoDefault(True)  # Enter presses it, as every button of a page
        self.search.setObjectName("searchbox")
        self.search.setIcon(icons.icon("search", "muted"))
        self.search.setAccessibleName(_("Tìm thành viên, nhóm, chứng từ và lệnh"))
        self.search.setToolTip(_("Tìm thành viên, nhóm, chứng từ và lệnh (Ctrl+K)"))
        self._shown: list[tuple[QPushButton, PageAction]] = []
        self._can_write = True
        self._asked: tuple[list[PageAction], bool] | None = None
        self.search.clicked.connect(self.search_asked)
        line.addWidget(self.search)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(space(2))
        line.addLayout(self._buttons)
        self.more = QToolButton(self)
        self.more.setIcon(icons.icon("more", "muted"))
        self.more.setAccessibleName(_("Việc khác của trang"))
        self.more.setToolTip(_("Việc khác của trang"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        dress(self.more, "quiet")
        self._more_menu = QMenu(self.more)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.more.setMenu(self._more_menu)
        self.more.hide()
        line.insertWidget(line.indexOf(self._buttons), self.more)
        line.addStrut(px(60) - 2 * space(2))
        self._fit()

    def show_place(self, title: str, subtitle: str, trail: list[Step], can_back: bool) -> None:
        """Show the title, the line under it and the steps before it."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.back.setVisible(can_back)
        _empty(self._trail)
        before: QWidget = self.back
        for text, go in trail:
            step = QPushButton(text, self)
            step.setAutoDefault(True)
            dress(step, "link")
            step.clicked.connect(lambda _checked=False, go=go: go())
            self._trail.addWidget(step)
            QWidget.setTabOrder(before, step)  # made after the page, it would come after all of it
            before = step
            divider = QLabel("›", self)
            dress(divider, "muted")
            self._trail.addWidget(divider)
        self._trail.addStretch(1)
        self._trail_holder.setVisible(bool(trail))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the search box and the lesser deeds give way to the title where room is short."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The search box becomes an icon before words are cut; before the title is cut, deeds go into a menu."""
        gap, edge = space(2), 2 * space(5)
        room = self.width() - edge - (0 if self.back.isHidden() else self.back.sizeHint().width() + gap)
        title = self.title.sizeHint().width()
        words = max(title, self.subtitle.sizeHint().width() if self.subtitle.text() else 0)
        taken = sum(button.sizeHint().width() + gap for button, _action in self._shown)
        wide = self.width() >= px(820) and room - taken - px(170) - gap >= words
        self.search.setText(_("Tìm…") + "    Ctrl+K" if wide else "")
        self.search.setMinimumWidth(px(170) if wide else 0)
        taken += gap + self.search.sizeHint().width()
        hidden = 0
        for button, action in self._shown:
            gives_way = not action.primary and room - taken < title
            button.setVisible(not gives_way)
            if gives_way:
                taken -= button.sizeHint().width() + gap
                taken += 0 if hidden else self.more.sizeHint().width() + gap
                hidden += 1
        self.more.setVisible(hidden > 0)

    def _fill_more(self) -> None:
        """List the deeds that found no room, those of their menus too."""
        self._more_menu.clear()
        for button, action in self._shown:
            if not button.isHidden():
                continue
            for part in action.menu or (action,):
                entry = self._more_menu.addAction(part.title)
                if part.icon:
                    entry.setIcon(icons.icon(part.icon))
                entry.setEnabled(self._can_write or not part.writes)
                entry.triggered.connect(lambda _checked=False, part=part: part.run())

    def show_actions(self, actions: list[PageAction], can_write: bool) -> None:
        """Show the page's deeds as buttons, the primary one last, at the edge; the same ones stay as they are."""
        if self._asked == (actions, can_write):
            return
        self._asked = (actions, can_write)
        _empty(self._buttons)
        shown = [action for action in actions if action.shown]
        self._shown, self._can_write = [], can_write
        QWidget.setTabOrder(self.search, self.more)
        before: QWidget = self.more
        for action in sorted(shown, key=lambda action: action.primary):
            button = QPushButton(action.title, self)
            button.setAutoDefault(True)
            if action.icon:
                button.setIcon(icons.icon(action.icon, "on_accent" if action.primary else "text"))
            if action.primary:
                dress(button, "primary")
            if action.shortcut:
                button.setToolTip(f"{action.title} ({action.shortcut})")
            button.setEnabled(can_write or not action.writes)
            if action.menu:
                menu = QMenu(button)
                for part in action.menu:
                    entry = menu.addAction(part.title)
                    if part.icon:
                        entry.setIcon(icons.icon(part.icon))
                    entry.setEnabled(can_write or not part.writes)
                    entry.triggered.connect(lambda _checked=False, part=part: part.run())
                button.setMenu(menu)
            else:
                button.clicked.connect(lambda _checked=False, action=action: action.run())
            self._buttons.addWidget(button)
            self._shown.append((button, action))
            # Tab goes as the eye does, not in the order of making.
            QWidget.setTabOrder(before, button)
            before = button
        self._fit()


def _empty(layout: QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()

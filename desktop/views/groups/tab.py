"""What the tabs of a group's page share: the group they show, when they load, and their buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.services.groups import GroupDetail
from desktop.services.standing import GroupFigures
from desktop.views.kit.blocks import button
from desktop.views.kit.desk import Desk
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.theme import space
from desktop.views.people.rights import allow


class GroupTab(QWidget):
    """A tab of the group's page. It reads its own rows when it is seen after the group was loaded."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.detail: GroupDetail | None = None
        self.figures: GroupFigures | None = None
        self._stale = False
        self._writers: list[QWidget] = []
        self.starter: QPushButton | None = None
        """What Ctrl+N presses: the main button, where it adds something."""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, space(3), 0, 0)
        self.body.setSpacing(space(3))

    @property
    def group(self) -> GroupId:
        """The group shown."""
        assert self.detail is not None
        return self.detail.id

    def take(self, detail: GroupDetail, figures: GroupFigures, *, seen: bool) -> None:
        """Show this group; rows are read now when the tab is seen, else when it is."""
        self.detail, self.figures = detail, figures
        self._stale = True
        self.refresh_rights()
        if seen:
            self.seen()

    def seen(self) -> None:
        """The tab has come to the front."""
        if self._stale and self.detail is not None:
            self._stale = False
            self.load()

    def load(self) -> None:
        """Read and show the rows of this tab."""
        raise NotImplementedError

    def flush(self) -> None:
        """Write what waits to be written."""

    def row_of(self, *buttons: QWidget) -> None:
        """Add a row of buttons, from the left; it goes on below where the window is narrow."""
        line = FlowLayout()
        for one in buttons:
            line.addWidget(one)
        self.body.addLayout(line)

    def writer(self, text: str, run: Callable[[], object], icon: str = "", look: str = "") -> QPushButton:
        """Return a button that changes the book; it is grey in a read-only one, with the reason."""
        made = button(text, run, icon, look, self)
        self._writers.append(made)
        if look == "primary" and icon == "plus":
            self.starter = made
        return made

    def refresh_rights(self) -> None:
        """Enable or disable what writes."""
        allow(self.desk, self._writers)

    def writers(self) -> Sequence[QWidget]:
        """Return the controls that change the book."""
        return self._writers

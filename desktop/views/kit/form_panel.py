"""A form with its buttons: saving, leaving, and the question before what was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.views.kit import messages
from desktop.views.kit.blocks import scroll_area
from desktop.views.kit.form import Form, save_keys
from desktop.views.kit.theme import dress, space
from resources.lang.messages import _


def _scrolled(form: Form, parent: QWidget) -> QScrollArea:
    """Return the form in an area that scrolls, so that the buttons below stay in sight."""
    area = scroll_area(parent, across=False)
    area.setWidget(form)
    return area


class FormPanel(QFrame):
    """A form with its buttons. Saving is asked by button, Ctrl+S or Ctrl+Enter; Esc asks when something changed.

    `save(values)` is called with readable values; it does the deed and calls `done()` or lets the form show
    the refusal: `desk.do(deed, then=..., failed=panel.refused)`. While a deed runs the button is grey.
    With `scrolls` the form scrolls above its buttons.
    """

    closed = Signal()
    """The user has left the form (after a question when something was typed)."""

    def __init__(
        self,
        form: Form,
        save: Callable[[dict[str, Any]], object],
        save_text: str = "",
        cancel_text: str = "",
        parent: QWidget | None = None,
        extra: Sequence[QWidget] = (),
        card: bool = True,
        scrolls: bool = False,
    ) -> None:
        super().__init__(parent)
        if card:
            dress(self, "card")
        self.form = form
        self._save = save
        margin = space(5) if card else 0
        box = QVBoxLayout(self)
        box.setContentsMargins(margin, margin, margin, margin)
        box.setSpacing(space(4))
        box.addWidget(_scrolled(form, self) if scrolls else form, 1)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        self.save_button = QPushButton(save_text or _("Lưu"), self)
        self.save_button.setToolTip("Ctrl+S")
        dress(self.save_button, "primary")
        self.cancel_button = QPushButton(cancel_text or _("Thôi"), self)
        self.cancel_button.setToolTip("Esc")
        for widget in extra:
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.save_button)
        box.addLayout(line)
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.leave)
        form.submitted.connect(self.submit)
        form.left.connect(self.leave)
        for widget in (self.save_button, self.cancel_button):
            widget.setAutoDefault(True)  # Enter presses it, also outside dialogs
            if form.saves:
                save_keys(widget, self.submit)  # they stand outside the form, whose keys do not reach them

    def submit(self) -> None:
        """Read the form and save, unless a save is under way."""
        if not self.save_button.isEnabled():
            return
        values = self.form.collect()
        if values is not None:
            self.save_button.setEnabled(False)
            self._save(values)

    def again(self) -> None:
        """Let the user save again: nothing came of this time, and what is wrong was said elsewhere."""
        self.save_button.setEnabled(True)

    def refused(self, error: Exception) -> None:
        """For `failed=`: show what was refused and let the user try again."""
        self.again()
        self.form.refused(error)

    def done(self) -> None:
        """What stands in the form is saved."""
        self.save_button.setEnabled(True)
        self.form.set_dirty(False)

    def leave(self) -> None:
        """Close the form; ask first when something was typed."""
        self.leave_then(self.closed.emit)

    def leave_then(self, go: Callable[[], object]) -> bool:
        """Call `go` at once (True), or after the user has agreed to lose what was typed (False)."""
        if not self.form.dirty:
            go()
            return True

        def lose() -> None:
            self.form.set_dirty(False)
            go()

        messages.ask_lose(self, lose, _("Nội dung trên biểu mẫu chưa được lưu."))
        return False

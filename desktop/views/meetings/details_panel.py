"""The head and the foot of a meeting: where, from when to when, who led and wrote, what was decided."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.views.kit.blocks import label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.inputs import TextEdit
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import dress, space
from desktop.views.meetings.draft_text import Cursor
from desktop.views.meetings.readonly import set_readonly
from desktop.views.meetings.sheet_draft import SheetDraft
from resources.lang.messages import _

_TIME = re.compile(r"([01]?\d|2[0-3])\s*(?:[:hg.]\s*([0-5]\d)?|([0-5]\d))\s*(?:phút|p)?", re.IGNORECASE)


def tidy_time(text: str) -> str:
    """Return a time of day as "14:30" when it was typed as 14h30, 1430, 14.30 or 14h; anything else as it is."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return text.strip()
    return f"{int(found[1]):02d}:{found[2] or found[3] or '00'}"


class DetailsPanel(QFrame):
    """Fields around the table."""

    moved_on = Signal()

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.draft = draft
        self._loading = False
        box = QVBoxLayout(self)
        box.setContentsMargins(space(3), space(3), space(3), space(3))
        box.setSpacing(space(2))
        box.addWidget(label(_("Thông tin buổi họp"), "heading", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(space(1))
        box.addLayout(grid)
        self.place = LineEdit(self)
        self.place.setMaxLength(200)
        self.started = LineEdit(self)
        self.ended = LineEdit(self)
        for edit in (self.started, self.ended):
            edit.setMaxLength(20)
            edit.setPlaceholderText("14:30")
            edit.editingFinished.connect(self._tidy_times)
        self.chair = Choice((), self)
        self.secretary = Choice((), self)
        self.decisions = TextEdit(self, 5)
        self.fields: dict[str, Any] = {
            "place": self.place,
            "started": self.started,
            "ended": self.ended,
            "chair": self.chair,
            "secretary": self.secretary,
            "decisions": self.decisions,
        }
        names = {
            "place": _("Địa điểm"),
            "started": _("Bắt đầu"),
            "ended": _("Kết thúc"),
            "chair": _("Chủ tọa"),
            "secretary": _("Thư ký"),
            "decisions": _("Nghị quyết, việc khác (mỗi dòng một việc)"),
        }
        spots = {
            "place": (0, 0, 2),
            "started": (2, 0, 1),
            "ended": (2, 1, 1),
            "chair": (4, 0, 2),
            "secretary": (6, 0, 2),
            "decisions": (8, 0, 2),
        }
        for key, edit in self.fields.items():
            row, column, span = spots[key]
            title = label(names[key], "label", self)
            title.setBuddy(edit)
            edit.setAccessibleName(names[key])
            edit.setObjectName(key)
            grid.addWidget(title, row, column, 1, span)
            grid.addWidget(edit, row + 1, column, 1, span)
            edit.changed.connect(lambda key=key: self._typed(key))
        box.addStretch(1)
        self._offer_members()
        draft.rebuilt.connect(self._offer_members)
        draft.changed.connect(self.show_state)
        self.show_state()

    def _offer_members(self) -> None:
        self._loading = True
        choices: list[tuple[Any, Any]] = [(None, lambda: _("(chưa ghi)"))]
        choices += [(member.id, _named(member.name)) for member in self.draft.members]
        for edit in (self.chair, self.secretary):
            edit.set_choices(choices)
        self._loading = False
        self.show_state()

    def show_state(self) -> None:
        """Show what the draft says; a field that says the same already is left alone."""
        self._loading = True
        for key, edit in self.fields.items():
            value = getattr(self.draft.state, key)
            same = edit.value() == (value.strip() if isinstance(value, str) else value)
            if not same:
                edit.set_value(value)
            if isinstance(edit, Choice):
                edit.setEnabled(not self.draft.readonly)
            else:
                set_readonly(edit, self.draft.readonly)
        self._loading = False

    def _typed(self, key: str) -> None:
        if self._loading:
            return
        edit = self.fields[key]
        text = edit.text() if isinstance(edit, LineEdit) else None
        value = edit.toPlainText() if isinstance(edit, TextEdit) else text
        self.draft.set_field(key, edit.value() if value is None else value)
        self.moved_on.emit()

    def _tidy_times(self) -> None:
        for edit in (self.started, self.ended):
            tidy = tidy_time(edit.text())
            if tidy != edit.text():
                edit.setText(tidy)

    def focus_field(self, key: str) -> bool:
        """Put the focus into a field by its name; False when it is not here."""
        if key not in self.fields:
            return False
        self.fields[key].setFocus()
        return True

    def cursor_state(self) -> Cursor | None:
        """Return where typing is going on here, None when the focus is elsewhere."""
        for key, edit in self.fields.items():
            if edit.hasFocus():
                return Cursor(0, key)
        return None


def _named(name: str) -> Any:
    return lambda: name

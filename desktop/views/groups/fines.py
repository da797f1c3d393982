"""The list of fines in a constitution's form: what for, how much, and which attendance proposes it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.models.kinds import Attendance
from desktop.models.rules.constitution import FineRule
from desktop.views.kit import icons
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.inputs import DongEdit
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _
from resources.lang.names import fold

_FINED = (Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED)


class _FineRow:
    """The inputs of one fine. `code` is kept when the fine was there before."""

    def __init__(self, owner: QWidget, fine: FineRule | None) -> None:
        self.code = fine.code if fine is not None else ""
        self.title = LineEdit(owner)
        self.title.setMaxLength(80)
        self.title.setPlaceholderText(_("Ví dụ: đi muộn"))
        self.amount = DongEdit(owner)
        self.amount.setMaximumWidth(px(130))
        self.attendance = Choice(
            [(None, _("thư ký tự ghi")), *((state, state.title) for state in _FINED)], owner
        )
        self.remove = QToolButton(owner)
        self.remove.setIcon(icons.icon("delete", "muted"))
        dress(self.remove, "quiet")
        if fine is not None:
            self.title.set_value(fine.title)
            self.amount.set_value(fine.amount)
            self.attendance.set_value(fine.attendance)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.title, self.amount, self.attendance, self.remove)

    @property
    def empty(self) -> bool:
        return not self.title.value() and not self.amount.text().strip()

    def name(self, number: int) -> None:
        """Tell a screen reader which fine each input belongs to."""
        for widget, text in (
            (self.title, _("Khoản phạt {n}: lý do")),
            (self.amount, _("Khoản phạt {n}: mức phạt")),
            (self.attendance, _("Khoản phạt {n}: tự đề nghị khi")),
            (self.remove, _("Bỏ khoản phạt {n}")),
        ):
            widget.setAccessibleName(text.format(n=number))
        self.remove.setToolTip(self.remove.accessibleName())


class FinesEdit(QWidget):
    """Edits a tuple of `FineRule`; an input of the kit's forms."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_FineRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(0, 1)
        self._heads = [QLabel(text, self) for text in (_("Lý do"), _("Mức phạt (₫)"), _("Tự đề nghị khi"))]
        for column, head in enumerate(self._heads):
            dress(head, "small")
            self._grid.addWidget(head, 0, column)
        box.addLayout(self._grid)
        self.add_button = QPushButton(_("Thêm khoản phạt"), self)
        self.add_button.setAutoDefault(True)  # Enter presses it
        self.add_button.setIcon(icons.icon("plus"))
        self.add_button.clicked.connect(self._add_clicked)
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_heads()

    def value(self) -> tuple[FineRule, ...]:
        """Return the fines that are filled in."""
        found: list[FineRule] = []
        codes: set[str] = set()
        for row in self._rows:
            if row.empty:
                continue
            title, amount = row.title.value(), row.amount.value()
            code = row.code or _code(title, codes)
            codes.add(code)
            found.append(FineRule(code, title, amount or 0, row.attendance.value()))
        return tuple(found)

    def set_value(self, value: Any) -> None:
        """Show these fines."""
        while self._rows:
            self._take_away(self._rows[0])
        for fine in value or ():
            self._add(fine)
        self._arrange()

    def problem(self) -> str:
        """Return what is wrong with the first fine that is not right."""
        for number, row in enumerate(self._rows, 1):
            if row.empty:
                continue
            if row.amount.problem():
                return _("Khoản phạt {n}: {problem}").format(n=number, problem=row.amount.problem())
            if not row.title.value():
                return _("Khoản phạt {n}: hãy ghi lý do.").format(n=number)
            if not row.amount.value():
                return _("Khoản phạt {n}: hãy ghi mức phạt.").format(n=number)
        return ""

    def set_state(self, state: str) -> None:
        """Frame the amounts that are wrong."""
        for row in self._rows:
            row.amount.set_state("bad" if state == "bad" and not row.empty and not row.amount.value() else "")

    def setFocus(self, *reason: Any) -> None:
        """The focus goes to the first line."""
        (self._rows[0].title if self._rows else self.add_button).setFocus(*reason)

    def _add_clicked(self) -> None:
        row = self._add(None)
        self._arrange()
        row.title.setFocus()
        self.changed.emit()

    def _add(self, fine: FineRule | None) -> _FineRow:
        row = _FineRow(self, fine)
        self._rows.append(row)
        for widget in (row.title, row.amount, row.attendance):
            widget.changed.connect(self.changed)
        row.remove.clicked.connect(self._remove_clicked)
        return row

    def _remove_clicked(self) -> None:
        sender = self.sender()
        row = next((row for row in self._rows if row.remove is sender), None)
        if row is not None:
            self._take_away(row)
            self._arrange()
            self.setFocus()
            self.changed.emit()

    def _take_away(self, row: _FineRow) -> None:
        self._rows.remove(row)
        for widget in row.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _arrange(self) -> None:
        before: QWidget | None = None
        for number, row in enumerate(self._rows, 1):
            row.name(number)
            for column, widget in enumerate(row.widgets):
                self._grid.removeWidget(widget)
                self._grid.addWidget(widget, number, column)
                widget.show()
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self.add_button)
        self._show_heads()

    def _show_heads(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self._rows))


def _code(title: str, taken: set[str]) -> str:
    """Return a short code made of the title that no other fine has."""
    base = "-".join(fold(title).split())[:24] or "phat"
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code

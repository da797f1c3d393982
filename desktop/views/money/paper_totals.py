"""The totals that stand on the paper, typed beside the lists that should add up to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.rules.opening import OpeningSheet, sums_of, total_title
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.inputs import DongEdit
from desktop.views.kit.theme import dress
from resources.lang.dong import show_dong
from resources.lang.messages import _


class Totals(QWidget):
    """The totals that stand on the paper, each beside what the list adds up to."""

    changed = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edits: dict[str, DongEdit] = {}
        self._said: dict[str, Any] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(_("Tổng ghi trên sổ giấy (gõ vào để đối chiếu)"), "section", self))
        wrap = Wrap(240, 3, self)
        for name in names:
            holder = QWidget(wrap)
            across = QVBoxLayout(holder)
            across.setContentsMargins(0, 0, 0, 0)
            title = label(total_title(name), "label", holder)
            edit = DongEdit(holder)
            edit.setAccessibleName(_("Tổng trên sổ giấy: {name}").format(name=total_title(name)))
            title.setBuddy(edit)
            said = label("", "muted", holder, wrap=True)
            edit.changed.connect(self.changed)
            for widget in (title, edit, said):
                across.addWidget(widget)
            self.edits[name], self._said[name] = edit, said
            wrap.add(holder)
        box.addWidget(wrap)

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show what was typed."""
        for name, edit in self.edits.items():
            edit.blockSignals(True)
            edit.set_value(getattr(sheet.totals, name))
            edit.blockSignals(False)

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with these totals."""
        typed = {
            name: None if edit.value() is None else int(edit.value() or 0)
            for name, edit in self.edits.items()
        }
        return replace(sheet, totals=replace(sheet.totals, **typed))

    def compare(self, sheet: OpeningSheet, share_value: int) -> None:
        """Say how each total agrees with its list."""
        for name, total in sums_of(sheet, share_value).items():
            if name not in self.edits:
                continue
            paper = getattr(sheet.totals, name)
            said = self._said[name]
            if (paper or 0) == total and (paper is not None or not total):
                words, tone = _("Khớp: danh sách cộng được {sum}.").format(sum=show_dong(total)), "good"
            elif paper is None:
                words, tone = _("Danh sách cộng được {sum}.").format(sum=show_dong(total)), "muted"
            else:
                words = _("Danh sách cộng được {sum}, lệch {gap}.").format(
                    sum=show_dong(total), gap=show_dong(total - paper)
                )
                tone = "bad"
            said.setText(words)
            dress(said, tone)

"""Which column of a file is what: a line for each column with its heading, some of its cells, and a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.services.exchange import Sheet
from desktop.services.exchange.cells import text_of
from desktop.views.kit.blocks import label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

_SAMPLES = 3


class ColumnMapping(QFrame):
    """`fields` are (value, name); None leaves a column out."""

    def __init__(
        self,
        sheet: Sheet,
        mapping: Sequence[Any],
        fields: Sequence[tuple[Any, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(space(4), space(3), space(4), space(3))
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(1, 1)
        for place, title in enumerate((_("Tiêu đề trong tệp"), _("Vài ô đầu"), _("Là"))):
            grid.addWidget(label(title, "small", self), 0, place)
        offered = [(None, _("– bỏ qua cột này –")), *fields]
        self.choices: list[Choice] = []
        for column, heading in enumerate(sheet.headings):
            name = heading or _("cột {n}").format(n=column + 1)
            words = label(name, "label", self, wrap=True)
            choice = Choice(offered, self)
            choice.set_value(mapping[column])
            choice.setAccessibleName(_("Cột “{name}” là").format(name=name))
            choice.setMinimumWidth(px(190))
            words.setBuddy(choice)
            samples = label(_samples(sheet, column), "muted", self)
            samples.setMinimumWidth(px(40))
            grid.addWidget(words, column + 1, 0)
            grid.addWidget(samples, column + 1, 1)
            grid.addWidget(choice, column + 1, 2)
            self.choices.append(choice)
        grid.setRowStretch(len(sheet.headings) + 1, 1)

    def mapping(self) -> tuple[Any, ...]:
        """Return the field of each column."""
        return tuple(choice.value() for choice in self.choices)


def _samples(sheet: Sheet, column: int) -> str:
    found = [text for text in (text_of(row[column]) for row in sheet.rows[:50]) if text][:_SAMPLES]
    text = " · ".join(found)
    return text if len(text) <= 60 else text[:59] + "…"

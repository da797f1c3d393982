"""How wide the columns of the sheet are: every figure in full, an amount cut off is a wrong amount."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics

from desktop.views.kit.theme import px, space
from desktop.views.kit.widths import on_lines
from desktop.views.meetings.sheet_headers import bold
from desktop.views.meetings.sheet_model import ATTENDANCE, NOTE, SheetModel
from resources.lang.messages import _

_CLOSE = 8
"""Figures below which the columns have drawn so close together that the note gives way too."""


def usual_widths(model: SheetModel, font: QFont, figures: int) -> list[int]:
    """Return comfortable widths: so many figures for an amount."""
    figure = QFontMetrics(font).horizontalAdvance("0")
    found = []
    for column in model.columns:
        if column.key == NOTE:
            wide = figure * (14 if figures >= _CLOSE else min(8, figures + 1))
        elif column.source is not None and column.source.counts_shares:
            wide = figure * 5 + space(4)
        else:
            wide = figure * figures + space(4)
        found.append(wide)
    return found


def needed_widths(model: SheetModel, font: QFont) -> list[int]:
    """Return what must fit: figures, sums, and each title on two lines."""
    plain, heavy = QFontMetrics(font), QFontMetrics(bold(font))
    found = []
    for column in model.columns:
        if column.key == ATTENDANCE:
            found.append(plain.horizontalAdvance(_("Ủy quyền")) + px(14) + space(3))
            continue
        if column.key == NOTE:
            found.append(0)
            continue
        texts = [model.total_text(column)]
        texts += [model.text(column, member) for member in model.draft.members]
        widest = max(heavy.horizontalAdvance(text) for text in texts) + px(2) + space(4)
        found.append(max(widest, on_lines(column.title, heavy.horizontalAdvance) + space(3) + px(2)))
    return found

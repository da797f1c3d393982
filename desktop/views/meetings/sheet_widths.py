"""How wide the columns of the sheet are: every figure in full, an amount cut off is a wrong amount."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics

from desktop.views.kit.theme import px, space
from desktop.views.meetings.sheet_headers import bold
from desktop.views.meetings.sheet_model import ATTENDANCE, NOTE, SheetModel
from resources.lang.messages import _


def usual_widths(model: SheetModel, font: QFont, figures: int) -> list[int]:
    """Return comfortable widths: so many figures for an amount."""
    figure = QFontMetrics(font).horizontalAdvance("0")
    found = []
    for column in model.columns:
        if column.key == NOTE:
            wide = figure * 14
        elif column.source is not None and column.source.counts_shares:
            wide = figure * 5 + space(4)
        else:
            wide = figure * figures + space(4)
        found.append(wide)
    return found


def needed_widths(model: SheetModel, font: QFont) -> list[int]:
    """Return what must fit: figures, sums, and the longest word of each title."""
    plain, heavy = QFontMetrics(font), QFontMetrics(bold(font))
    found = []
    for column in model.columns:
        if column.key == ATTENDANCE:
            found.append(plain.horizontalAdvance(_("Ủy quyền") + "M") + px(22))
            continue
        if column.key == NOTE:
            found.append(0)
            continue
        texts = [*column.title.split(), model.total_text(column)]
        texts += [model.text(column, member) for member in model.draft.members]
        found.append(max(heavy.horizontalAdvance(text) for text in texts) + space(4))
    return found

"""The headings of the sheet: who (number, code, name) stands fixed at the left, the columns on top, sums below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.models.rules.sheet import MemberFacts
from desktop.views.kit.theme import colour, px, space
from desktop.views.meetings.sheet_draft import SheetDraft
from desktop.views.meetings.sheet_model import ATTENDANCE, GridColumn, SheetModel
from resources.lang.messages import _

_CENTRE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _CENTRE
_RIGHT = Qt.AlignmentFlag.AlignRight | _CENTRE


NAME_WIDE, NAME_CLOSE = 230, 170
"""Room for the longest name in a wide window, and in one where the columns of money would not fit."""


def bold(font: QFont) -> QFont:
    """Return a heavier copy of a font."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


class MemberHeader(QHeaderView):
    """Number, code and name of each member. Being a header it stays when the columns scroll, and a screen
    reader says it with every cell of the row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setAccessibleName(_("Thành viên"))
        self.show_codes = True
        self._measured: tuple[tuple[MemberFacts, ...], tuple[str, bool], int, int] | None = None
        self.widest = NAME_WIDE
        """Pixels at 100 % that the longest name may take; the line below the table says it in full."""

    def called(self, section: int) -> str:
        """Return how a member is called: by name, and by code too where another here has the same name and the
        codes have no room of their own."""
        model = self.model()
        if not isinstance(model, SheetModel):
            return ""
        member = model.draft.members[section]
        names = [other.name for other in model.draft.members]
        if self.show_codes or names.count(member.name) < 2:
            return member.name
        return f"{member.name} · {member.code}"

    def parts(self) -> tuple[int, int, int]:
        """Return the widths of number, code (0 when it is not shown) and name."""
        model = self.model()
        if not isinstance(model, SheetModel):
            return 0, 0, 0
        code, name = self._longest(model.draft.members)
        number = self.fontMetrics().horizontalAdvance("00") + space(2)
        return number, (code + space(3)) if self.show_codes else 0, min(name, px(self.widest)) + space(3)

    def _longest(self, members: tuple[MemberFacts, ...]) -> tuple[int, int]:
        """Return the widths of the longest code and name; asked for every row that is drawn at every key press."""
        font, known = self.font(), self._measured
        drawn = (font.key(), self.show_codes)
        if known is None or known[0] is not members or known[1] != drawn:
            letters, names = self.fontMetrics(), QFontMetrics(bold(font))
            code = max((letters.horizontalAdvance(m.code) for m in members), default=0)
            name = max(map(names.horizontalAdvance, map(self.called, range(len(members)))), default=px(120))
            known = self._measured = (members, drawn, code, name)
        return known[2:]

    def sizeHint(self) -> QSize:
        """Return the width that the longest name needs."""
        return QSize(space(3) + sum(self.parts()) + space(2), super().sizeHint().height())

    def sectionSizeFromContents(self, _section: int) -> QSize:
        """Return one size for all."""
        return QSize(self.sizeHint().width(), self.defaultSectionSize())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw number and code pale, the name in full; the current member on the accent's ground."""
        model = self.model()
        if not isinstance(model, SheetModel) or section >= len(model.draft.members):
            return
        member = model.draft.members[section]
        view = self.parentWidget()
        current = isinstance(view, QTableView) and view.currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, colour("accent_soft") if current else colour("surface"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if current:
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), colour("accent"))
        number, code, name = self.parts()
        muted = colour("on_soft") if current else colour("muted")
        box = QRect(rect.left() + space(2), rect.top(), number, rect.height())
        painter.setFont(self.font())
        painter.setPen(muted)
        painter.drawText(box, _RIGHT, str(section + 1))
        box = QRect(box.right() + space(3), rect.top(), code, rect.height())
        if code:
            painter.drawText(box, _LEFT, member.code)
        box = QRect(box.right() if code else box.left(), rect.top(), name, rect.height())
        if current:
            painter.setFont(bold(self.font()))
        painter.setPen(colour("on_soft") if current else colour("text"))
        letters = painter.fontMetrics()
        painter.drawText(
            box, _LEFT, letters.elidedText(self.called(section), Qt.TextElideMode.ElideRight, name)
        )
        painter.restore()


class ColumnHeader(QHeaderView):
    """Titles of the columns, in one or two lines, over their figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(48))
        self.set_lines(2)
        self.setAccessibleName(_("Các cột của phiếu"))

    def set_lines(self, lines: int) -> None:
        """Give the titles one or two lines."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + (space(1) if lines > 1 else space(3)))

    def title_width(self, title: str) -> int:
        """Return the width that a column needs for its title in one line."""
        return QFontMetrics(bold(self.font())).horizontalAdvance(title) + space(1) + space(2) + px(2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw a title, wrapped; that of the current column in the accent colour."""
        model = self.model()
        if not isinstance(model, SheetModel) or section >= len(model.columns):
            return
        column = model.columns[section]
        view = self.parentWidget()
        current = isinstance(view, QTableView) and view.currentIndex().column() == section
        painter.save()
        painter.fillRect(rect, colour("accent_soft") if current else colour("surface"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current:
            painter.fillRect(QRect(rect.left(), rect.bottom() - px(2), rect.width(), px(3)), colour("accent"))
        painter.setFont(bold(self.font()))
        painter.setPen(colour("on_soft") if current else colour("muted"))
        inner = rect.adjusted(space(1), 0, -space(2), 0)
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | _CENTRE | Qt.TextFlag.TextWordWrap, column.title)
        painter.restore()


class CornerTitle(QWidget):
    """The titles over the members, in the corner that Qt leaves empty."""

    def __init__(self, header: MemberHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._header = header
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw "STT", "Mã" and "Họ và tên" where the header has them."""
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, colour("surface"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(bold(self.font()))
        painter.setPen(colour("muted"))
        number, code, name = self._header.parts()
        box = QRect(space(2), 0, number, rect.height())
        painter.drawText(box, _RIGHT, "#")
        box = QRect(box.right() + space(3), 0, code, rect.height())
        if code:
            painter.drawText(box, _LEFT, _("Mã"))
        box = QRect(box.right() if code else box.left(), 0, name, rect.height())
        painter.drawText(box, _LEFT, _("Họ và tên"))


class TotalsRow(QWidget):
    """The sums of the columns, standing still below the table and moving sideways with it."""

    def __init__(self, view: QTableView, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._draft = draft
        self.setFixedHeight(self.fontMetrics().lineSpacing() + space(3))
        self.setAccessibleName(_("Dòng tổng cộng"))
        draft.changed.connect(self._changed)
        view.horizontalScrollBar().valueChanged.connect(self.update)
        view.horizontalHeader().sectionResized.connect(self.update)
        self._changed()

    def text_of(self, column: GridColumn) -> str:
        """Return the sum that stands under a column."""
        model = self._view.model()
        return model.total_text(column) if isinstance(model, SheetModel) else ""

    def spoken(self) -> str:
        """Return all sums in one sentence, for a screen reader."""
        model: Any = self._view.model()
        columns = model.columns if isinstance(model, SheetModel) else []
        return ", ".join(f"{c.title} {self.text_of(c)}" for c in columns if self.text_of(c))

    def _changed(self) -> None:
        self.setAccessibleDescription(self.spoken())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each sum under its column."""
        model = self._view.model()
        if not isinstance(model, SheetModel):
            return
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, colour("stripe"))
        painter.setPen(colour("control"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setFont(bold(self.font()))
        painter.setPen(colour("text"))
        left = self._view.verticalHeader().width()
        painter.drawText(QRect(space(3), 0, left - space(3), rect.height()), _LEFT, _("Tổng cộng"))
        painter.setClipRect(QRect(left, 0, self._view.viewport().width(), rect.height()))
        for place, column in enumerate(model.columns):
            if self._view.isColumnHidden(place):
                continue
            x = left + self._view.columnViewportPosition(place)
            box = QRect(x + space(1), 0, self._view.columnWidth(place) - space(3), rect.height())
            side = _RIGHT if column.figures else _LEFT
            if column.key == ATTENDANCE:
                box = box.adjusted(space(1), 0, 0, 0)
            text = self.text_of(column)
            tone = "bad" if text.startswith("−") else "text"
            painter.setPen(QColor(colour(tone)))
            painter.drawText(box, side, text)

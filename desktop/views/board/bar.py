"""The line above the board: which period, and who will read it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.rules.suppression import Release
from desktop.services.board.values import Period, Span
from desktop.views.kit.blocks import button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.theme import px
from resources.lang.messages import _


class PeriodBar(QWidget):
    """Length of the period, the period, steps backwards and forwards, and the reader."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = Period.around(desk.today(), Span.YEAR)
        self.span = Choice([(one, one.title) for one in Span], self)
        self.span.setAccessibleName(_("Độ dài kỳ"))
        self.span.set_value(Span.YEAR)
        self.span.changed.connect(self._spanned)
        self.back = button("", self.earlier, "chevron-left", "", self)
        self.back.setAccessibleName(_("Kỳ trước"))
        self.back.setToolTip(_("Kỳ trước"))
        self.on = button("", self.later, "chevron-right", "", self)
        self.on.setAccessibleName(_("Kỳ sau"))
        self.on.setToolTip(_("Kỳ sau"))
        self.words = label("", "heading", self)
        self.words.setMinimumWidth(px(230))
        self.release = Choice([(one, one.title) for one in Release], self)
        self.release.setAccessibleName(_("Ai sẽ đọc"))
        self.release.set_value(Release.COMMUNE)
        self.release.changed.connect(self.changed)
        reads = label(_("Ai sẽ đọc"), "label", self)
        reads.setBuddy(self.release)
        line = FlowLayout(self)
        reader = QWidget(self)
        pair = QHBoxLayout(reader)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.addWidget(reads)
        pair.addWidget(self.release)
        for one in (self.span, self.back, self.words, self.on, reader):
            line.addWidget(one)
        self._say()

    def show_period(self, period: Period) -> None:
        """Go to a period without telling of it."""
        self.period = period
        self.span.blockSignals(True)
        self.span.set_value(period.span)
        self.span.blockSignals(False)
        self._say()

    def earlier(self) -> None:
        """Go to the period before."""
        self._go(self.period.shifted(-1))

    def later(self) -> None:
        """Go to the period after."""
        self._go(self.period.shifted(1))

    def _go(self, period: Period) -> None:
        self.period = period
        self._say()
        self.changed.emit()

    def _spanned(self) -> None:
        self._go(Period.around(self.period.ends, self.span.value()))

    def _say(self) -> None:
        self.words.setText(self.period.title)
        self.words.setToolTip(self.period.days)

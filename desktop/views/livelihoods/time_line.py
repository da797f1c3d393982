"""The line of time of an activity: a mark for each event, the months below; every event is also in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.livelihood_story import KINDS, StoryEvent, story_kind
from desktop.views.kit.theme import colour, px, space
from desktop.views.livelihoods.inputs import show_hundredths
from resources.lang.dates import show_day
from resources.lang.messages import _

_BAND = 3.5
"""How many lines high the income is drawn."""


class TimeLine(QWidget):
    """Draws events by their day, each kind on a row of its own so that marks of one day do not hide each other. Colours tell good from bad; the row tells the kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events: tuple[StoryEvent, ...] = ()
        self.today = date.today()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Đường thời gian"))

    def show_events(self, events: Sequence[StoryEvent], today: date) -> None:
        """Show other events."""
        self.events, self.today = tuple(events), today
        said = "; ".join(f"{show_day(one.day)} {one.title}" for one in self.events)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    @property
    def kinds(self) -> list[str]:
        """The rows that have an event, in their order; kinds unknown here come last."""
        found = {event.kind for event in self.events}
        return [kind for kind in KINDS if kind in found] + sorted(found - set(KINDS))

    @property
    def incomes(self) -> list[StoryEvent]:
        """The visits with the income they found, drawn as a line below the rows."""
        return [event for event in self.events if event.kind == "visit" and event.amount is not None]

    def sizeHint(self) -> QSize:
        """Return room for a line for each kind, the line of income and the months below."""
        line = self.fontMetrics().height() + space(1)
        rows = max(len(self.kinds), 1) + 1 + (_BAND if len(self.incomes) > 1 else 0)
        return QSize(px(400), round(line * rows) + space(3))

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as need be."""
        return QSize(px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows, the years, today and a mark for each event."""
        if not self.events:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height() + space(1)
        left = max(self.fontMetrics().horizontalAdvance(story_kind(kind)) for kind in self.kinds) + space(4)
        first = min(event.day for event in self.events)
        last = max(self.today, max(event.day for event in self.events))
        span = max((last - first).days, 30)
        room = self.width() - left - space(5)

        def across(day: date) -> float:
            return left + room * (day - first).days / span

        foot = space(1) + line * len(self.kinds)
        if len(self.incomes) > 1:
            self._income(painter, across, foot, line, left)
            foot += line * _BAND
        self._years(painter, first, last, across, foot, line)
        for place, kind in enumerate(self.kinds):
            middle = space(1) + line * place + line / 2
            painter.setPen(QColor(colour("muted")))
            painter.drawText(
                QRectF(0, middle - line / 2, left - space(2), line),
                Qt.AlignmentFlag.AlignVCenter,
                story_kind(kind),
            )
            painter.setPen(QPen(QColor(colour("line")), 1))
            painter.drawLine(QPointF(left, middle), QPointF(left + room, middle))
            for event in self.events:
                if event.kind == kind:
                    self._mark(painter, QPointF(across(event.day), middle), event)
        painter.end()

    def _mark(self, painter: QPainter, at: QPointF, event: StoryEvent) -> None:
        shade = {"good": "good", "bad": "bad", "warn": "warn"}.get(event.tone, "accent")
        painter.setPen(QPen(QColor(colour("surface")), 1))
        painter.setBrush(QColor(colour(shade)))
        size = px(5)
        if event.tone == "bad":  # not by colour alone
            painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))
        else:
            painter.drawEllipse(at, size, size)

    def _income(
        self, painter: QPainter, across: Callable[[date], float], top: float, line: float, left: float
    ) -> None:
        """Draw the net income of a year from visit to visit, each point with its amount in millions."""
        rows = [(event.day, event.amount or 0) for event in self.incomes]
        least, most = min(0, *(amount for _day, amount in rows)), max(0, *(amount for _day, amount in rows))
        span = (most - least) or 1
        high = line * (_BAND - 1.4)
        low = top + line * (_BAND - 0.3)
        painter.setPen(QColor(colour("muted")))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, left - space(2), line * _BAND), flags, _("Thu nhập"))
        points = [QPointF(across(day), low - high * (amount - least) / span) for day, amount in rows]
        painter.setPen(QPen(QColor(colour("accent")), 2))
        painter.drawPolyline(points)
        painter.setBrush(QColor(colour("accent")))
        for point, (_day, amount) in zip(points, rows, strict=True):
            painter.setPen(QPen(QColor(colour("surface")), 1))
            painter.drawEllipse(point, px(4), px(4))
            painter.setPen(QColor(colour("text")))
            text = _("{n} tr").format(n=show_hundredths(round(amount / 10_000)))
            wide = self.fontMetrics().horizontalAdvance(text)
            x = min(point.x() + space(1), self.width() - wide)
            painter.drawText(QPointF(x, point.y() - space(1)), text)

    def _years(
        self,
        painter: QPainter,
        first: date,
        last: date,
        across: Callable[[date], float],
        foot: float,
        line: float,
    ) -> None:
        """Draw a stroke at the beginning of each quarter, with its name where there is room."""
        free = 0.0
        month = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        while month <= last:
            if month >= first:
                x = across(month)
                painter.setPen(QPen(QColor(colour("line")), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(x, space(1)), QPointF(x, foot))
                text = f"{month.month:02d}/{month.year}"
                wide = self.fontMetrics().horizontalAdvance(text)
                if x >= free and x + wide <= self.width():
                    painter.setPen(QColor(colour("muted")))
                    painter.drawText(QPointF(x, foot + line * 0.8), text)
                    free = x + wide + space(3)
            month = date(month.year + (month.month == 10), 1 if month.month == 10 else month.month + 3, 1)

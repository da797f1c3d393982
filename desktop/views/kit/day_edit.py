"""A line in which a day is typed, moved by keys or picked in a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from desktop.views.kit.line_edit import LineEdit
from resources.lang.dates import BadDay, parse_day, show_day, weekday_name
from resources.lang.messages import _

_DAY_KEYS: dict[int, int] = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Minus: -1,
}
"""How far each key moves a day."""


class DayEdit(LineEdit):
    """A day, typed as 05/03/2026, 5/3, 05032026; + and - (or the arrows) move by days, PageUp/Down by months.

    `value()` is a `date` or None. `today` is what "5/3" is completed with; `past` reads two-digit years backwards.
    """

    def __init__(self, parent: QWidget | None = None, today: date | None = None, past: bool = False) -> None:
        super().__init__(parent)
        self._today = today or date.today()
        self._past = past
        self.setPlaceholderText(_("ngày/tháng/năm"))
        self.put_button("calendar", _("Mở lịch"), _("Mở lịch (Alt+↓)"), self.show_calendar)
        self.editingFinished.connect(self._spell_out)

    def value(self) -> date | None:
        """Return the day, None when the line is empty or no day."""
        try:
            return parse_day(self.text(), self._today, past=self._past) if self.text().strip() else None
        except BadDay:
            return None

    def set_value(self, value: Any) -> None:
        """Show a day; None empties the line."""
        if value is not None and not isinstance(value, date):
            raise TypeError(f"a day is a date, not {value!r}")
        self.setText(show_day(value) if value is not None else "")
        self._note()

    def new_day(self, old: date, new: date) -> None:
        """Follow the clock: what is typed short now means the new day, and a line that showed the old "today" moves on."""
        follows = self.value() == old
        self._today = new
        if follows:
            self.set_value(new)

    def problem(self) -> str:
        """Return the parser's sentence about what was typed."""
        if not self.text().strip():
            return ""
        try:
            parse_day(self.text(), self._today, past=self._past)
        except BadDay as bad:
            return str(bad)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the day by keys; all else is typing."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.show_calendar()
            return
        days = _DAY_KEYS.get(event.key())
        sign = event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        # A minus inside what is being typed is a separator: 5-3-2026.
        if days is not None and not (sign and self._being_typed()):
            self._move(days)
            return
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(0, 1 if event.key() == Qt.Key.Key_PageUp else -1)
            return
        super().keyPressEvent(event)

    def _being_typed(self) -> bool:
        day = self.value()
        return bool(self.text()) and (day is None or show_day(day) != self.text())

    def show_calendar(self) -> None:
        """Open a small calendar below the line; choosing a day closes it."""
        day = self.value() or self._today
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.setAccessibleName(_("Lịch"))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))

    def _move(self, days: int, months: int = 0) -> None:
        day = self.value()
        if day is None:
            self.set_value(self._today)
            return
        moved = day + timedelta(days=days)
        if months:
            month = day.year * 12 + day.month - 1 + months
            last = QDate(month // 12, month % 12 + 1, 1).daysInMonth()
            moved = date(month // 12, month % 12 + 1, min(day.day, last))
        self.set_value(moved)

    def _text_changed(self) -> None:
        self.set_state("")
        self._note()
        super()._text_changed()

    def _note(self) -> None:
        day = self.value()
        self.noted.emit(weekday_name(day) if day is not None else "")

    def _spell_out(self) -> None:
        day = self.value()
        if day is not None:
            if show_day(day) != self.text():
                self.setText(show_day(day))
        elif self.problem():
            self.set_state("bad")
            self.setToolTip(self.problem())

"""Inputs for people: the whole name in one line, and the birth as a day or only a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.models.kinds import Sex
from desktop.models.rules.categories import age_on
from desktop.models.rules.people import tidy
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import space
from resources.lang.dates import BadDay, parse_day, show_day
from resources.lang.messages import _
from resources.lang.names import fold, split_name

_WOMEN, _MEN = "thi", "van"


class NameEdit(LineEdit):
    """A full name; below it stands how it is taken apart. A pasted table is not typed but told by `pasted`."""

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, takes_tables: bool = False) -> None:
        super().__init__(parent)
        self._takes_tables = takes_tables
        self.setMaxLength(120)

    def value(self) -> Any:
        """Return the name in NFC with single spaces."""
        return tidy(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A table on the clipboard goes to `pasted`; all else is typing."""
        if self._takes_tables and event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\n" in text.strip() or "\t" in text:
                self.pasted.emit(text)
                return
        super().keyPressEvent(event)

    def _text_changed(self) -> None:
        family, middle, given = split_name(self.value())
        if family and given:
            named = [
                _("họ {part}").format(part=family),
                _("đệm {part}").format(part=middle) if middle else "",
                _("tên {part}").format(part=given),
            ]
            self.noted.emit(" · ".join(part for part in named if part))
        else:
            self.noted.emit("")
        super()._text_changed()


class BirthEdit(LineEdit):
    """A birth: 1985, or 05/03/1985. `value()` is a year, a date, or None."""

    def __init__(self, parent: QWidget | None = None, today: date | None = None) -> None:
        super().__init__(parent)
        self._today = today or date.today()
        self.setPlaceholderText(_("1985 hoặc 05/03/1985"))
        self.editingFinished.connect(self._spell_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both examples where there is room for them, else the usual one."""
        super().resizeEvent(event)
        both = _("1985 hoặc 05/03/1985")
        fits = self.fontMetrics().horizontalAdvance(both) + 2 * space(3) <= self.width()
        self.setPlaceholderText(both if fits else "1985")

    def value(self) -> date | int | None:
        """Return the day or the year, None when the line is empty or neither."""
        text = self.text().strip()
        if len(text) == 4 and text.isascii() and text.isdigit():
            return int(text)
        try:
            return parse_day(text, self._today, past=True) if text else None
        except BadDay:
            return None

    def set_value(self, value: Any) -> None:
        """Show a year, a day or nothing."""
        self.setText(
            show_day(value) if isinstance(value, date) else ("" if value is None else str(int(value)))
        )

    def problem(self) -> str:
        """Return the parser's sentence about what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        try:
            parse_day(self.text(), self._today, past=True)
        except BadDay as bad:
            return _("Hãy nhập năm sinh (1985) hoặc ngày sinh. {problem}").format(problem=bad)
        return ""

    def _text_changed(self) -> None:
        self.set_state("")
        born = self.value()
        age = age_on(born, self._today)
        self.noted.emit(_("{age} tuổi").format(age=age) if age is not None and 0 <= age <= 130 else "")
        super()._text_changed()

    def _spell_out(self) -> None:
        born = self.value()
        if isinstance(born, date):
            self.setText(show_day(born))


def guessed_note() -> str:
    """Return what stands below a sex that the middle name proposed and nobody has chosen."""
    return _("Đoán theo tên đệm; không đúng thì chọn lại.")


def guess_sex(full_name: str) -> Sex | None:
    """Return the sex that a middle name usually goes with (Thị, Văn), None when it tells nothing."""
    middle = fold(split_name(full_name)[1]).split()
    if _WOMEN in middle:
        return Sex.FEMALE
    return Sex.MALE if _MEN in middle else None

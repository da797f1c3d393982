"""Inputs that only loans need: rates by date, guarantors, the rows of a free schedule.

All have the face of `kit.inputs`: value, set_value, problem, changed, noted, set_state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.models.rules.loan_products import DatedRate
from desktop.views.kit import icons
from desktop.views.kit.blocks import button, label
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.inputs import DongEdit
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.pickers import Find, PersonPicker
from desktop.views.kit.rates import PercentEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.dong import show_dong
from resources.lang.messages import _


class PurposeEdit(LineEdit):
    """A line that proposes the purposes of a product."""

    def offer(self, purposes: Sequence[str]) -> None:
        """Propose these."""
        if not purposes:
            self.setCompleter(None)  # type: ignore[arg-type]
            return
        completer = QCompleter(list(purposes), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)


class _Lines(QWidget):
    """Lines that can be added and taken away; the base of what holds several of a kind."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, add_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(1))
        self._add = button(add_text, self.add, "plus", "link", self)
        self._box.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows: list[QWidget] = []

    def add(self) -> QWidget:
        """Add an empty line and go there."""
        row = self._make()
        self.rows.append(row)
        self._box.insertWidget(len(self.rows) - 1, row)
        self._renumber()
        if self.isVisible():
            row.setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def setAccessibleName(self, name: str) -> None:
        """Name the lines as well."""
        super().setAccessibleName(name)
        self._name = name
        self._renumber()

    def _make(self) -> QWidget:
        raise NotImplementedError

    def _name_row(self, row: QWidget, number: int) -> None:
        raise NotImplementedError

    def _least(self) -> int:
        return 0

    def _renumber(self) -> None:
        for place, row in enumerate(self.rows):
            self._name_row(row, place + 1)
        self.setFocusProxy(self.rows[0] if self.rows else self._add)

    def _clear(self) -> None:
        for row in self.rows:
            self._drop(row)
        self.rows.clear()

    def _drop(self, row: QWidget) -> None:
        self._box.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _remove(self, row: QWidget) -> None:
        if len(self.rows) <= self._least():
            return
        self.rows.remove(row)
        self._drop(row)
        self._renumber()
        self.changed.emit()
        (self.rows[-1] if self.rows else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _remover(self, row: QWidget) -> QToolButton:
        made = QToolButton(row)
        made.setIcon(icons.icon("close", "muted"))
        dress(made, "quiet")
        made.clicked.connect(lambda _checked=False: self._remove(row))
        return made

    def _changed(self) -> None:
        self.changed.emit()


class _RateRow(QWidget):
    """A rate and the day from which it holds."""

    def __init__(self, owner: RatesEdit) -> None:
        super().__init__(owner)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        self.percent = PercentEdit(self)
        self.since = DayEdit(self)
        self.since.setMinimumWidth(px(112))
        self.words = label(_("% từ ngày"), "muted", self)
        self.remove = owner._remover(self)
        for widget, stretch in ((self.percent, 2), (self.words, 0), (self.since, 3), (self.remove, 0)):
            line.addWidget(widget, stretch)
        self.percent.changed.connect(owner._changed)
        self.since.changed.connect(owner._changed)
        self.setFocusProxy(self.percent)


class RatesEdit(_Lines):
    """The rates of a product, each from a day on. `value()` is a tuple of `DatedRate`, None when one is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Thêm mức lãi từ ngày khác"), parent)
        self.add()

    def value(self) -> tuple[DatedRate, ...] | None:
        """Return the rates in the order of their days."""
        found = []
        for row in self._rate_rows():
            rate, since = row.percent.value(), row.since.value()
            if rate is None or since is None:
                return None
            found.append(DatedRate(since, rate))
        return tuple(sorted(found, key=lambda rate: rate.since))

    def set_value(self, value: Sequence[DatedRate] | None) -> None:
        """Show rates; None leaves one empty line."""
        self._clear()
        for rate in value or ():
            row = self.add()
            assert isinstance(row, _RateRow)
            row.percent.set_value(rate.percent)
            row.since.set_value(rate.since)
        if not self.rows:
            self.add()

    def problem(self) -> str:
        """Return the first thing that is wrong."""
        for row in self._rate_rows():
            wrong = row.percent.problem() or row.since.problem()
            if wrong:
                return wrong
            if row.percent.value() is None:
                return _("Hãy nhập lãi suất (0 nếu không lãi).")
            if row.since.value() is None:
                return _("Hãy ghi mức lãi này có từ ngày nào.")
        days = [row.since.value() for row in self._rate_rows()]
        return _("Hai mức lãi cùng một ngày.") if len(set(days)) < len(days) else ""

    def set_state(self, state: str) -> None:
        """Frame the lines that are wrong, or all when none is by itself."""
        rows = self._rate_rows()
        wrong = [row for row in rows if row.percent.problem() or row.percent.value() is None]
        for row in rows:
            row.percent.set_state(state if not state or not wrong or row in wrong else "")

    def _rate_rows(self) -> list[_RateRow]:
        return [row for row in self.rows if isinstance(row, _RateRow)]

    def _least(self) -> int:
        return 1

    def _make(self) -> QWidget:
        return _RateRow(self)

    def _name_row(self, row: QWidget, number: int) -> None:
        assert isinstance(row, _RateRow)
        several = len(self.rows) > 1
        row.percent.setAccessibleName(f"{self._name} {number}" if several else self._name)
        row.since.setAccessibleName(_("Mức lãi {n} có từ ngày").format(n=number))
        row.remove.setAccessibleName(_("Bỏ mức lãi {n}").format(n=number))
        row.remove.setVisible(several)


class _PersonRow(QWidget):
    """A picker with a button that takes it away."""

    def __init__(self, owner: PeopleEdit) -> None:
        super().__init__(owner)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(1))
        self.picker = PersonPicker(owner.desk, owner.search, self)
        self.remove = owner._remover(self)
        line.addWidget(self.picker, 1)
        line.addWidget(self.remove)
        self.picker.changed.connect(owner._changed)
        self.setFocusProxy(self.picker)


class PeopleEdit(_Lines):
    """Several members, each picked by name. `value()` is a tuple of their ids, in the order of the lines."""

    def __init__(
        self, desk: Desk, search: Callable[[Any, str], Sequence[Find]], parent: QWidget | None = None
    ) -> None:
        self.desk = desk
        self.search = search
        super().__init__(_("Thêm người bảo lãnh"), parent)

    def value(self) -> tuple[int, ...]:
        """Return the ids of all who were chosen."""
        return tuple(row.picker.value() for row in self._person_rows() if row.picker.value() is not None)

    def set_value(self, value: Sequence[Find] | None) -> None:
        """Show people, given as finds."""
        self._clear()
        for find in value or ():
            row = self.add()
            assert isinstance(row, _PersonRow)
            row.picker.set_value(find)
        self._renumber()

    def problem(self) -> str:
        """Return the sentence of the first picker that is not sure."""
        return next((row.picker.problem() for row in self._person_rows() if row.picker.problem()), "")

    def set_state(self, state: str) -> None:
        """Frame the pickers."""
        for row in self._person_rows():
            row.picker.set_state(state)

    def _person_rows(self) -> list[_PersonRow]:
        return [row for row in self.rows if isinstance(row, _PersonRow)]

    def _make(self) -> QWidget:
        return _PersonRow(self)

    def _name_row(self, row: QWidget, number: int) -> None:
        assert isinstance(row, _PersonRow)
        row.picker.setAccessibleName(_("Người bảo lãnh {n}").format(n=number))
        row.remove.setAccessibleName(_("Bỏ người bảo lãnh {n}").format(n=number))


class _FreeRow(QWidget):
    """An instalment written by hand: day, principal, interest (empty: counted)."""

    def __init__(self, owner: FreeRows) -> None:
        super().__init__(owner)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(space(1))
        self.number = label("", "muted", self)
        self.number.setMinimumWidth(px(22))
        self.day = DayEdit(self)
        self.principal = DongEdit(self)
        self.interest = DongEdit(self)
        self.interest.setPlaceholderText(_("tự tính"))
        self.remove = owner._remover(self)
        for place, widget in enumerate((self.number, self.day, self.principal, self.interest, self.remove)):
            grid.addWidget(widget, 0, place)
        for edit in (self.day, self.principal, self.interest):
            edit.changed.connect(owner._changed)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)
        self.setFocusProxy(self.day)


Instalment = tuple[date, int, int | None]
"""Due day, principal, interest or None, in đồng."""


class FreeRows(_Lines):
    """A schedule drawn up by hand. `value()` is a tuple of `Instalment`, None while a line cannot be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Thêm kỳ trả"), parent)
        self.amount = 0

    def value(self) -> tuple[Instalment, ...] | None:
        """Return the instalments."""
        found: list[Instalment] = []
        for row in self._free_rows():
            day, principal = row.day.value(), row.principal.value()
            if day is None or principal is None or row.interest.problem():
                return None
            found.append((day, principal, row.interest.value()))
        return tuple(found)

    def set_value(self, value: Sequence[Instalment] | None) -> None:
        """Show instalments."""
        self._clear()
        for day, principal, interest in value or ():
            row = self.add()
            assert isinstance(row, _FreeRow)
            row.day.set_value(day)
            row.principal.set_value(principal)
            row.interest.set_value(interest)
        self._renumber()

    def problem(self) -> str:
        """Return the first line that is not right, or that the sum is not the amount of the loan."""
        last: date | None = None
        for number, row in enumerate(self._free_rows(), 1):
            wrong = row.day.problem() or row.principal.problem() or row.interest.problem()
            if not wrong and row.day.value() is None:
                wrong = _("cần ngày đến hạn.")
            if not wrong and row.principal.value() is None:
                wrong = _("cần số tiền gốc (0 nếu kỳ này chỉ trả lãi).")
            day = row.day.value()
            if not wrong and last is not None and day is not None and day <= last:
                wrong = _("ngày đến hạn phải sau kỳ trước.")
            if wrong:
                return _("Kỳ {n}: {why}").format(n=number, why=wrong)
            last = day
        total = sum(row.principal.value() or 0 for row in self._free_rows())
        if self.rows and self.amount and total != self.amount:
            return _("Gốc các kỳ cộng lại {total}, phải đúng bằng số tiền vay {amount}.").format(
                total=show_dong(total), amount=show_dong(self.amount)
            )
        return ""

    def set_amount(self, amount: int) -> None:
        """Say how much the principal must add up to."""
        self.amount = amount
        self._tell()

    def set_state(self, state: str) -> None:
        """Frame the lines that are wrong."""
        for row in self._free_rows():
            row.day.set_state(state if row.day.value() is None else "")
            row.principal.set_state(state if row.principal.value() is None else "")

    def _changed(self) -> None:
        self._tell()
        super()._changed()

    def _tell(self) -> None:
        total = sum(row.principal.value() or 0 for row in self._free_rows())
        left = self.amount - total
        if not self.rows:
            self.noted.emit(_("Thêm từng kỳ: ngày, gốc, lãi (để trống lãi thì máy tính)."))
        elif left:
            self.noted.emit(
                _("Gốc các kỳ {total}, còn lệch {left} so với số tiền vay.").format(
                    total=show_dong(total), left=show_dong(left)
                )
            )
        else:
            self.noted.emit(_("Gốc các kỳ cộng lại đúng bằng số tiền vay."))

    def _free_rows(self) -> list[_FreeRow]:
        return [row for row in self.rows if isinstance(row, _FreeRow)]

    def _make(self) -> QWidget:
        row = _FreeRow(self)
        before = self._free_rows()
        if before and (last := before[-1].day.value()) is not None:
            from desktop.models.rules.loans.calendar import add_months

            row.day.set_value(add_months(last, 1))
        return row

    def _renumber(self) -> None:
        super()._renumber()
        self._tell()

    def _name_row(self, row: QWidget, number: int) -> None:
        assert isinstance(row, _FreeRow)
        row.number.setText(str(number))
        row.day.setAccessibleName(_("Kỳ {n}: ngày đến hạn").format(n=number))
        row.principal.setAccessibleName(_("Kỳ {n}: gốc").format(n=number))
        row.interest.setAccessibleName(_("Kỳ {n}: lãi").format(n=number))
        row.remove.setAccessibleName(_("Bỏ kỳ {n}").format(n=number))

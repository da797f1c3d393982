"""Inputs of a constitution's words: how many hold each office; which of a template's loans a group begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.kinds import Office
from desktop.models.rules.charter import MOST_SEATS, Seats
from desktop.models.rules.constitution_words import product_words
from desktop.services.groups import NewProduct
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.inputs import CheckBox, Spin
from desktop.views.kit.theme import space
from resources.lang.messages import _


class OfficesEdit(QWidget):
    """How many people hold each office; 0: the group does not have it. Its value is a tuple of `Seats`."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        row = Wrap(120, 5, self, gap=2)
        box.addWidget(row)
        self.spins: dict[Office, Spin] = {}
        for office in Office:
            cell = QWidget(row)
            inner = QVBoxLayout(cell)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(space(1))
            name = label(office.title, "small", cell)
            spin = Spin(cell, 0, MOST_SEATS)
            spin.setAccessibleName(_("Số người làm {office}").format(office=office.title.lower()))
            name.setBuddy(spin)
            spin.changed.connect(self.changed)
            inner.addWidget(name)
            inner.addWidget(spin)
            row.add(cell)
            self.spins[office] = spin
        self.setFocusProxy(self.spins[Office.CHAIR])

    def value(self) -> tuple[Seats, ...]:
        """Return the offices with their seats, those without a seat too."""
        return tuple(Seats(office, spin.value()) for office, spin in self.spins.items())

    def set_value(self, value: Sequence[Seats] | None) -> None:
        """Show offices; those not named have no seat."""
        seats = {one.office: one.seats for one in value or ()}
        for office, spin in self.spins.items():
            spin.set_value(seats.get(office, 0))

    def problem(self) -> str:
        """Return nothing: only numbers that fit can be typed."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the numbers as "bad", "warn" or ""."""
        for spin in self.spins.values():
            spin.set_state(state)


class ProductsPick(QWidget):
    """The loans that a template proposes, each with a tick. Its value is the tuple of those ticked."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(1))
        self._none = label("", "muted", self, wrap=True)
        self._none.setText(_("Mẫu này không kèm sản phẩm vay; thêm sau ở trang Cho vay."))
        self._box.addWidget(self._none)
        self.ticks: list[tuple[CheckBox, NewProduct]] = []
        self._shown: list[QWidget] = []

    def set_value(self, value: Sequence[NewProduct] | None) -> None:
        """Propose loans, all ticked."""
        for old in self._shown:
            old.hide()
            old.deleteLater()
        self.ticks, self._shown = [], []
        for one in value or ():
            words = product_words(one.name, one.product)
            tick = CheckBox(one.name, self)
            tick.set_value(True)
            tick.setAccessibleDescription(words)
            tick.changed.connect(self.changed)
            told = label(words, "small", self, wrap=True)
            self._box.addWidget(tick)
            self._box.addWidget(told)
            self.ticks.append((tick, one))
            self._shown += [tick, told]
        self._none.setVisible(not self.ticks)
        self.setFocusProxy(self.ticks[0][0] if self.ticks else None)

    def value(self) -> tuple[Any, ...]:
        """Return the loans that are ticked."""
        return tuple(one for tick, one in self.ticks if tick.value())

    def problem(self) -> str:
        """Return nothing: every choice is allowed."""
        return ""

    def set_state(self, _state: str) -> None:
        """A choice of loans is never wrong."""

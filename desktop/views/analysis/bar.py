"""The lines above every tab: a place, a period, and for whom the figures are."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.rules.suppression import Release
from desktop.services.indicators.facts import Scope
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.theme import px, space
from resources.lang.messages import _


class PlaceBar(QWidget):
    """`changed` when place, period or reader is another and all can be read."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        today = desk.today()
        self.commune = Choice([(None, _("Mọi xã"))], self)
        self.group = GroupPicker(desk, self)
        self.group.setPlaceholderText(_("Mọi nhóm"))
        self.group.allow_clearing()
        self.starts = DayEdit(self, today)
        self.ends = DayEdit(self, today)
        self.starts.set_value(date(today.year, 1, 1))
        self.ends.set_value(today)
        self.release = Choice([(one, one.title) for one in Release], self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        fields = Wrap(190, 5, self, gap=2)
        self._labels = {}
        for key, name, widget in (
            ("commune", _("Xã, phường"), self.commune),
            ("group", _("Nhóm"), self.group),
            ("starts", _("Từ ngày"), self.starts),
            ("ends", _("Đến ngày"), self.ends),
            ("release", _("Gửi cho"), self.release),
        ):
            holder = QWidget(self)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(space(2))
            words = label(name, "label", holder)
            words.setBuddy(widget)
            widget.setAccessibleName(name)
            widget.setMinimumWidth(px(80))
            line.addWidget(words)
            line.addWidget(widget, 1)
            fields.add(holder)
            self._labels[key] = holder
            widget.changed.connect(self._tell)
        box.addWidget(fields)
        self.problem = label("", "bad", self, wrap=True)
        self.problem.hide()
        box.addWidget(self.problem)
        self._told: tuple[Any, ...] = self._now()
        desk.day_changed.connect(self._new_day)

    def _new_day(self, old: date, new: date) -> None:
        self.ends.new_day(old, new)
        self._tell()

    def load(self) -> None:
        """Offer the communes that have groups."""
        self.desk.ask(_communes, self._offer, owner=self)

    def _offer(self, found: list[tuple[str, str]]) -> None:
        self.commune.blockSignals(True)
        self.commune.set_choices([(None, _("Mọi xã")), *found])
        self.commune.blockSignals(False)

    @property
    def scope(self) -> Scope:
        """The chosen place."""
        group = self.group.value()
        if group is not None:
            return Scope(GroupId(group))
        return Scope(commune=self.commune.value())

    @property
    def reader(self) -> Release:
        """For whom the figures are."""
        return Release(self.release.value() or Release.COMMUNE)

    @property
    def period(self) -> tuple[date, date] | None:
        """The chosen period, None while it cannot be read."""
        starts, ends = self.starts.value(), self.ends.value()
        if starts is None or ends is None or starts > ends:
            return None
        return starts, ends

    def set(self, scope: Scope, starts: date, ends: date, release: Release) -> None:
        """Show another choice, without telling of each part."""
        for widget in (self.commune, self.group, self.starts, self.ends, self.release):
            widget.blockSignals(True)
        self.commune.set_value(scope.commune)
        self.starts.set_value(starts)
        self.ends.set_value(ends)
        self.release.set_value(release)
        if scope.group is None:
            self.group.setText("")
        for widget in (self.commune, self.group, self.starts, self.ends, self.release):
            widget.blockSignals(False)
        if scope.group is not None:
            self.group.choose(scope.group)
        self._tell()

    def _now(self) -> tuple[Any, ...]:
        return (self.scope, self.period, self.reader)

    def _tell(self) -> None:
        wrong = self.starts.value() is not None and self.ends.value() is not None and self.period is None
        self.problem.setText(_("Ngày cuối kỳ phải sau ngày đầu kỳ.") if wrong else "")
        self.problem.setVisible(wrong)
        half_typed = self.group.value() is None and bool(self.group.text().strip())
        now = self._now()
        if self.period is None or half_typed or now == self._told:
            return
        self._told = now
        self.changed.emit()


def _communes(book: Any) -> list[tuple[str, str]]:
    from desktop.services.places import communes_of_groups

    return communes_of_groups(book)

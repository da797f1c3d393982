"""Step 2: which column is what, and where the people belong."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.exchange import Field, ImportOptions, Mapping, Sheet
from desktop.views.kit.blocks import Card, label, scroll_area
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.column_mapping import ColumnMapping
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.pickers import CommunePicker
from desktop.views.kit.theme import px, space
from desktop.views.people.switching import SideBySide
from resources.lang.messages import _, ngettext


class MappingStep(QWidget):
    """A line for each column: its heading, what stands in it, and the field that it holds."""

    worksheet_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet: Sheet | None = None
        self.choices: list[Choice] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        self.top = label("", "label", self, wrap=True)
        self.problem = label("", "bad", self, wrap=True)
        box.addWidget(self.top)
        box.addWidget(self.problem)
        self._area = scroll_area(self)
        self._area.setMinimumHeight(px(220))
        self.where = Card(_("Nhập vào đâu"), "groups", self)
        self.worksheet = Choice([], self.where)
        self.group = GroupPicker(desk, self.where)
        self.group.setPlaceholderText(_("Không vào nhóm nào"))
        self.joined = DayEdit(self.where, desk.today())
        self.commune = CommunePicker(desk, self.where)
        self._labels: dict[str, QWidget] = {}
        for key, name, widget in (
            ("worksheet", _("Trang tính"), self.worksheet),
            ("group", _("Nhóm"), self.group),
            ("joined", _("Ngày vào nhóm"), self.joined),
            ("commune", _("Xã, phường của các hộ"), self.commune),
        ):
            words = label(name, "label", self.where)
            words.setBuddy(widget)
            widget.setAccessibleName(name)
            self._labels[key] = words
            self.where.body.addWidget(words)
            self.where.body.addWidget(widget)
        self.where.body.addWidget(
            label(
                _(
                    "Thứ tự trong nhóm theo thứ tự dòng của tệp. Ngày để trống: lấy cột ngày tham gia, "
                    "không có thì lấy hôm nay (nhóm chưa họp buổi nào: ngày thành lập)."
                ),
                "small",
                self.where,
                wrap=True,
            )
        )
        self.where.body.addStretch(1)
        self.worksheet.changed.connect(self._worksheet_changed)
        self._proposed = ""
        """The commune that was filled in because the group is of it."""
        self.group.changed.connect(self._propose_commune)
        box.addWidget(SideBySide(self._area, self.where, 290, 820, self), 1)
        self.problem.hide()

    # -- showing ------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, mapping: Mapping, source: str) -> None:
        """Show the columns of a sheet as they are understood."""
        self.sheet = sheet
        count = len(sheet.rows)
        self.top.setText(
            ngettext("{file}: {n} dòng.", "{file}: {n} dòng.", count).format(file=source, n=count)
        )
        self.worksheet.set_choices([(name, name) for name in sheet.names])
        self.worksheet.blockSignals(True)
        self.worksheet.set_value(sheet.name)
        self.worksheet.blockSignals(False)
        for widget in (self.worksheet, self._labels["worksheet"]):
            widget.setVisible(len(sheet.names) > 1)
        self._area.setWidget(self._rows(sheet, mapping))
        for before, after in pairwise((self.worksheet, *self.choices, self.group, self.joined, self.commune)):
            QWidget.setTabOrder(
                before, after
            )  # the columns are made last and would come after everything else

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the choice of columns."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _rows(self, sheet: Sheet, mapping: Mapping) -> QWidget:
        fields = [(field, field.label) for field in Field]
        made = ColumnMapping(sheet, mapping, fields)
        self.choices = made.choices
        return made

    def _propose_commune(self) -> None:
        """The households of a group are nearly always of its commune: fill that in, unless one was typed."""
        group = self.group.value()
        if group is None or (self.commune.value() or "") != self._proposed:
            return
        today = self.desk.today()

        def question(book: Any) -> str:
            from desktop.services.group_lists import get

            return get(book, group, today).commune_code or ""

        def fill(code: str) -> None:
            if (self.commune.value() or "") == self._proposed and not self.commune.hasFocus():
                self._proposed = code
                self.commune.set_value(code or None)

        self.desk.ask(question, fill, owner=self)

    # -- what was chosen ----------------------------------------------------------------------------

    def mapping(self) -> Mapping:
        """Return the field of each column."""
        return tuple(choice.value() for choice in self.choices)

    def options(self, before: ImportOptions) -> ImportOptions:
        """Return the options with what is chosen here."""
        return replace(
            before,
            group=self.group.value(),
            joined=self.joined.value(),
            commune_code=self.commune.value(),
        )

    def wrong(self) -> str:
        """Return what cannot be read here, "" when all can."""
        for widget in (self.group, self.joined, self.commune):
            problem = widget.problem()
            if problem:
                widget.set_state("bad")
                widget.setFocus()
                return str(problem)
        return ""

    def focus_first(self) -> None:
        """Begin with the first column that nothing is known of."""
        open_choice = next((choice for choice in self.choices if choice.value() is None), None)
        target = open_choice or (self.choices[0] if self.choices else self.group)
        target.setFocus()

    def _worksheet_changed(self) -> None:
        if self.sheet is not None and self.worksheet.value() not in (None, self.sheet.name):
            self.worksheet_chosen.emit(self.worksheet.value())

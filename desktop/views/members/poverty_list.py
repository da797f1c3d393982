"""The official poverty status of a household, year by year, with the points and shortages of the commune's forms."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import HouseholdId
from desktop.models.kinds import Poverty
from desktop.models.rules.deprivations import INDICATORS
from desktop.models.rules.poverty import STANDARDS, standard_of
from desktop.services import deprivations, poverty
from desktop.services.deprivations import RecordForms
from desktop.services.poverty import PovertyRow, RecordPoverty
from desktop.views.kit import inputs
from desktop.views.kit.blocks import button
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field, Section
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from resources.lang.messages import N_, _

COLUMNS: list[Column[PovertyRow]] = [
    Column("year", N_("Năm"), lambda row: str(row.year), width=7),
    Column(
        "status",
        N_("Diện hộ"),
        lambda row: State(
            row.status.title, ("warn" if row.status is Poverty.POOR else "") if row.in_force else "muted"
        ),
        kind="state",
        width=16,
    ),
    Column("standard", N_("Chuẩn"), lambda row: row.standard, width=8),
    Column("b1", N_("B1"), lambda row: row.b1, kind="number", width=6),
    Column("b2", N_("B2"), lambda row: row.b2, kind="number", width=6),
    Column("decision", N_("Quyết định"), lambda row: row.decision, width=18, stretch=True),
    Column("paper", N_("Giấy chứng nhận"), lambda row: row.paper, width=16),
    Column("force", N_("Hiệu lực"), lambda row: "" if row.in_force else _("đã thay"), width=10),
]


class PovertyList(QWidget):
    """What was recorded of a household; a later record of the same year replaces the earlier, which stays."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.household: HouseholdId | None = None
        self.table: RowTable[PovertyRow] = RowTable(
            desk, COLUMNS, key=lambda row: (row.year, row.in_force, row.status)
        )
        view = TableView(
            self.table,
            "household.poverty",
            _("Diện hộ nghèo, cận nghèo"),
            filterable=False,
            empty=Empty("household", _("Chưa ghi diện hộ."), _("Ghi theo quyết định của xã; không tự tính.")),
            parent=self,
        )
        view.tools.insertWidget(0, button(_("&Ghi diện hộ…"), self.add, "plus", "", view))
        QShortcut(QKeySequence(Qt.Key.Key_Insert), self).activated.connect(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(view)

    def show_household(self, household: HouseholdId) -> None:
        """Show the years of a household."""
        self.household = household
        self.desk.ask(lambda book: poverty.history(book, household), self.table.set_rows, owner=self)

    def add(self) -> None:
        """Ask for the status of a year and the forms behind it."""
        household = self.household
        if household is None or not self.desk.can_write:
            return
        year = self.desk.today().year
        standard = standard_of(year)
        codes = INDICATORS[standard]

        def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
            status = RecordPoverty(
                household,
                values["year"],
                values["standard"],
                values["status"],
                values["b1"],
                values["b2"],
                values["decision"],
                values["paper"],
                "",
                bool(values.get("agreed")),
            )
            lacks = frozenset(code for code in codes if values[f"lacks.{code}"])
            return deprivations.record(book, RecordForms(status, lacks if values["known"] else None), act)

        statuses = [(one, one.title) for one in Poverty if one is not Poverty.UNKNOWN]
        FormDialog(
            self.desk,
            _("Diện hộ theo quyết định của xã"),
            [
                Field("year", N_("Năm"), inputs.number(2016, 2100), required=True, width=10),
                Field("standard", N_("Chuẩn nghèo"), inputs.choice([(one, one) for one in STANDARDS])),
                Field("status", N_("Diện hộ"), inputs.choice(statuses)),
                Field("decision", N_("Quyết định số"), inputs.line()),
                Field("paper", N_("Giấy chứng nhận số"), inputs.line()),
                Field("b1", N_("Điểm phiếu B1"), inputs.number(0, 1000), width=10),
                Field("b2", N_("Điểm phiếu B2"), inputs.number(0, 200), width=10),
                Section(N_("Thiếu hụt theo phiếu B2")),
                Field("known", N_("Có phiếu B2 trong tay"), inputs.check(), span=0),
                *(Field(f"lacks.{code}", title, inputs.check()) for code, title in codes.items()),
            ],
            deed,
            lambda _home: self.show_household(household),
            values={"year": year, "standard": standard},
            intro=_("Ghi đúng như giấy tờ của xã. Chương trình chỉ đối chiếu, không chấm điểm lại."),
            columns=2,
            parent=self,
        ).open()

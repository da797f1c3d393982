"""Official counts of communes: typed in a form, read from a file, with their year and source."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.rules.categories import Category
from desktop.services import population
from desktop.services.acts import Act, Outcome
from desktop.services.population import CountRow, ReadCounts, SetCount
from desktop.views.analysis.bar import PlaceBar
from desktop.views.kit import messages
from desktop.views.kit.blocks import label
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_open
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, line, number
from desktop.views.kit.pickers import commune
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from resources.lang.dong import show_number
from resources.lang.messages import N_, _, ngettext

COLUMNS: list[Column[CountRow]] = [
    Column("commune", N_("Xã, phường"), lambda row: row.commune, width=22),
    Column("year", N_("Năm"), lambda row: str(row.year), width=8),
    Column("category", N_("Nhóm dân cư"), lambda row: row.category.title, width=34, stretch=True),
    Column("persons", N_("Số người"), lambda row: row.persons, "number", width=11),
    Column("households", N_("Số hộ"), lambda row: row.households, "number", width=10),
    Column("age_from", N_("Từ tuổi"), lambda row: row.age_from or None, "number", width=9),
    Column("source", N_("Nguồn"), lambda row: row.source, width=30),
]


class PopulationTab(QWidget):
    """The counts; Enter changes one, Ctrl+N adds one."""

    def __init__(self, desk: Desk, bar: PlaceBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = bar
        body = QVBoxLayout(self)
        body.setContentsMargins(0, space(3), 0, 0)
        body.setSpacing(space(3))
        body.addWidget(
            label(
                _(
                    "Số người và số hộ do xã công bố, theo năm và có nguồn. Chỉ số hòa nhập và độ phủ hộ "
                    "so thành viên với các số này."
                ),
                "muted",
                self,
                wrap=True,
            )
        )
        self.table: RowTable[CountRow] = RowTable(desk, COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "analysis.population",
            _("Số dân của xã"),
            empty=Empty(
                "groups",
                _("Chưa có số dân của xã nào."),
                _("Nhập tay từng dòng, hoặc nhập từ tệp Excel có cột Nhóm dân cư, Số người, Số hộ, Nguồn."),
                (_("Thêm số dân"), self.add),
            ),
            actions=(
                RowAction(_("Sửa"), self.change, "edit"),
                RowAction(_("Xóa dòng nhập nhầm"), self.remove, "delete"),
            ),
        )
        self.view.opened.connect(self.change)
        body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the counts of the chosen commune, or of all."""
        chosen = self.bar.scope.commune
        self.desk.ask(lambda book: population.rows(book, chosen), self.table.set_rows, owner=self)

    # -- deeds --------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new count."""
        if self.desk.can_write:
            today = self.desk.today()
            self._form(
                _("Thêm số dân của xã"),
                {
                    "commune": self.bar.scope.commune,
                    "year": today.year - 1,
                    "category": Category.ALL,
                    "age_from": 0,
                },
            )

    def change(self, row: CountRow) -> None:
        """Show a count to be changed."""
        if not self.desk.can_write:
            return
        self._form(
            _("Sửa số dân của xã"),
            {
                "commune": row.commune_code,
                "year": row.year,
                "category": row.category,
                "persons": row.persons,
                "households": row.households,
                "age_from": row.age_from,
                "source": row.source,
            },
        )

    def _form(self, title: str, values: dict[str, Any]) -> None:
        fields = [
            Field("commune", N_("Xã, phường"), commune(self.desk), required=True, span=0),
            Field("year", N_("Năm"), number(), required=True),
            Field(
                "category",
                N_("Nhóm dân cư"),
                choice([(one, one.title) for one in Category]),
                required=True,
            ),
            Field("persons", N_("Số người"), number()),
            Field("households", N_("Số hộ"), number()),
            Field("age_from", N_("Chỉ đếm từ tuổi"), number()),
            Field(
                "source",
                N_("Nguồn"),
                line(N_("Ví dụ: UBND xã, rà soát cuối năm 2025"), 200),
                required=True,
                span=0,
            ),
        ]
        FormDialog(
            self.desk,
            title,
            fields,
            _keep,
            self._kept,
            values=values,
            intro=_(
                "“Chỉ đếm từ tuổi” phải giống nhau ở dòng Tất cả và dòng của nhóm: cùng lứa tuổi mới so được."
            ),
            columns=2,
            width=620,
            parent=self,
        ).open()

    def _kept(self, key: int) -> None:
        self.reload()
        self.view.select_key(key)
        self.desk.say(_("Đã lưu số dân của xã."), "good")

    def remove(self, row: CountRow) -> None:
        """Remove a count after a question."""
        if not self.desk.can_write:
            return
        messages.ask(
            self,
            _("Xóa dòng {category} năm {year} của {commune}?").format(
                category=row.category.title, year=row.year, commune=row.commune
            ),
            then=lambda: self.desk.do(
                lambda book, act: population.remove(book, row.id, row.version, act),
                lambda _id: self.reload(),
                owner=self,
            ),
            yes=_("Xóa"),
            no=_("Giữ lại"),
            danger=True,
        )

    def import_file(self) -> None:
        """Ask for a file of counts."""
        if self.desk.can_write:
            ask_open(
                self,
                self.desk,
                "import",
                _("Nhập số dân từ tệp"),
                _("Bảng tính và CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt)"),
                self.read_file,
            )

    def read_file(self, path: str) -> None:
        """Read a file of counts, off the window, and show what was found."""
        chosen = self.bar.scope.commune or ""
        year = self.desk.today().year - 1
        self.desk.aside(
            lambda: population.read_counts(path, chosen, year), self._read, self.desk.show_error, owner=self
        )

    def _read(self, read: ReadCounts) -> None:
        count = len(read.rows)
        if not read.ready:
            wrong = [*read.problems, *(problem for row in read.rows for problem in row.problems)]
            lines = [
                _("Dòng {n}: {what}").format(n=row.number, what="; ".join(p.message for p in row.problems))
                for row in read.rows
                if row.problems
            ]
            self.desk.say(
                "\n".join(lines[:8]) or "\n".join(p.message for p in wrong) or _("Tệp không có dòng nào."),
                "error",
            )
            return
        messages.ask(
            self,
            ngettext("Nhập {n} dòng số dân?", "Nhập {n} dòng số dân?", count).format(n=show_number(count)),
            then=lambda: self.desk.do(
                lambda book, act: population.keep_counts(book, read, act),
                lambda kept: self._imported(kept),
                owner=self,
            ),
            yes=_("Nhập"),
            no=_("Không nhập"),
            detail=_("Dòng của cùng xã, năm và nhóm dân cư đã có sẽ được thay bằng số trong tệp."),
        )

    def _imported(self, kept: int) -> None:
        self.reload()
        self.desk.say(
            ngettext("Đã nhập {n} dòng số dân.", "Đã nhập {n} dòng số dân.", kept).format(
                n=show_number(kept)
            ),
            "good",
        )


def _keep(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
    command = SetCount(
        values["commune"] or "",
        values["year"] or 0,
        values["category"],
        values["persons"],
        values["households"],
        values["age_from"] or 0,
        values["source"] or "",
    )
    return population.set_count(book, command, act)

"""A measure crossed by rows and columns: as a table and as bars; Enter on a cell shows the people in it."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.services.analysis import PersonBehind, cross, fitting, people_behind
from desktop.services.analysis_table import SUM, Cell, CrossTable
from desktop.services.analysis_table import Choice as Wanted
from desktop.services.dimensions import DIMENSIONS
from desktop.services.figure_papers import (
    analysis_paper,
    chart_of,
    export_analysis,
    shown_columns,
    shown_rows,
)
from desktop.services.indicators.registry import indicators
from desktop.services.sight import note_people_taken, sees
from desktop.views.analysis.bar import PlaceBar
from desktop.views.kit.blocks import Elided, Wrap, label
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import dress, px, space, theme
from resources.lang.messages import N_, _, ngettext

PEOPLE: list[Column[PersonBehind]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=24, stretch=True),
    Column("group", N_("Nhóm"), lambda row: row.group, width=22),
    Column("savings", N_("Tiết kiệm (₫)"), lambda row: row.savings, "money", width=15),
    Column("owed", N_("Dư nợ (₫)"), lambda row: row.owed, "money", width=14),
]


class Line(NamedTuple):
    """A row of the table as it is shown."""

    key: str
    name: str
    cells: tuple[Cell, ...]


class CrossTab(QWidget):
    """What to count, by what, and the table."""

    def __init__(self, desk: Desk, bar: PlaceBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = bar
        self.found: CrossTable | None = None
        self._asked: Ticket | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, space(3), 0, 0)
        self.body.setSpacing(space(3))
        self.measure = Choice([(key, f"{key} · {one.title}") for key, one in indicators().items()], self)
        ways = [(key, one.shown) for key, one in DIMENSIONS.items()]
        self.rows = Choice([way for way in ways if way[0] != "none"], self)
        self.columns = Choice(ways, self)
        self.measure.set_value("NH02")
        self.rows.set_value("sex")
        self.columns.set_value("age")
        fields = Wrap(230, 3, self, gap=2)
        for name, widget in (
            (_("Chỉ số"), self.measure),
            (_("Hàng"), self.rows),
            (_("Cột"), self.columns),
        ):
            holder = QWidget(self)
            box = QVBoxLayout(holder)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(space(1))
            words = label(name, "label", holder)
            words.setBuddy(widget)
            widget.setAccessibleName(name)
            widget.setMinimumWidth(px(120))
            box.addWidget(words)
            box.addWidget(widget)
            fields.add(holder)
            widget.changed.connect(self.reload)
        self.body.addWidget(fields)
        self.known = label("", "small", self, wrap=True)
        self.notes = label("", "small", self, wrap=True)
        self.problem = label("", "bad", self, wrap=True)
        self.problem.hide()
        for words in (self.known, self.problem):
            self.body.addWidget(words)
        self.split = QSplitter(self)
        self.split.setChildrenCollapsible(False)
        self.split.setMinimumHeight(px(150))
        self.left = QWidget(self.split)
        self._left = QVBoxLayout(self.left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self.chart = Chart(self.split)
        self.chart.setMinimumWidth(px(160))
        self.split.addWidget(self.left)
        self.split.addWidget(self.chart)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setSizes([px(620), px(380)])
        self.body.addWidget(self.split, 3)
        self.body.addWidget(self.notes)
        self.table: RowTable[Line] | None = None
        self.view: TableView | None = None
        self._shape: tuple[Any, ...] = ()
        self.people: RowTable[PersonBehind] = RowTable(desk, PEOPLE, key=lambda row: (row.member, row.group))
        self.people_view = TableView(
            self.people,
            "analysis.people",
            _("Những người trong ô"),
            empty=Empty("member", _("Không có ai trong ô này.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_member, "open"),),
        )
        self.people_view.taken = lambda book: note_people_taken(
            book, "cell", [row.member for row in self.people.loaded_rows()]
        )
        self.people_view.opened.connect(self.open_member)
        self.people_title = label("", "heading", self)
        self.people_view.tools.insertWidget(0, self.people_title)
        self.people_view.hide()
        self.body.addWidget(self.people_view, 2)
        self.body.addStretch(0)

    # -- what is asked ------------------------------------------------------------------------------

    def wanted(self) -> Wanted | None:
        """Return the choice as it stands, None while the period cannot be read."""
        period = self.bar.period
        if period is None:
            return None
        return Wanted(
            self.measure.value(),
            self.rows.value(),
            self.columns.value(),
            *period,
            self.bar.scope,
            self.bar.reader,
        )

    def show_measure(self, key: str) -> None:
        """Cross a measure by the rows and columns shown, or by others where it cannot be crossed by them."""
        fitted = fitting(Wanted(key, self.rows.value(), self.columns.value()))
        self._choose(fitted)
        self.reload()

    def show_choice(self, choice: Wanted) -> None:
        """Show a choice that was kept."""
        self._choose(choice)
        self.bar.set(choice.scope, choice.starts, choice.ends, choice.release)
        self.reload()

    def _choose(self, choice: Wanted) -> None:
        for widget, value in (
            (self.measure, choice.measure),
            (self.rows, choice.rows),
            (self.columns, choice.columns),
        ):
            widget.blockSignals(True)
            widget.set_value(value)
            widget.blockSignals(False)

    def reload(self) -> None:
        """Ask for the table."""
        wanted = self.wanted()
        if wanted is None:
            return
        if self._asked is not None:
            self._asked.drop()
        who = self.desk.act().who
        self._asked = self.desk.ask(
            lambda book: cross(book, wanted, sensitive=sees(book, who)),
            self._show,
            self._refused,
            owner=self,
        )

    def _refused(self, error: Exception) -> None:
        problems = getattr(error, "problems", ())
        self.problem.setText("\n".join(problem.message for problem in problems))
        self.problem.setVisible(bool(problems))
        self.found = None
        self.split.hide()
        self.people_view.hide()
        self.known.setText("")
        self.notes.setText("")

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, found: CrossTable) -> None:
        self.found = found
        self.problem.hide()
        self.split.show()
        self.people_view.hide()
        known = "; ".join(f"{name} {value}" for name, value in found.coverage)
        self.known.setText(_("Độ phủ: {known}").format(known=known) if known else "")
        self.known.setVisible(bool(known))
        self.notes.setText(" ".join(found.notes))  # one paragraph: the table keeps the room
        self.notes.setVisible(bool(found.notes))
        shape = (found.choice.rows, found.column_keys, found.title, found.rows_title)
        if shape != self._shape or self.view is None:
            self._shape = shape
            self._build(found)
        assert self.table is not None
        keys = [*found.row_keys, SUM]
        self.table.set_rows(
            []
            if found.empty
            else [Line(key, name, cells) for key, (name, cells) in zip(keys, shown_rows(found), strict=False)]
        )
        self._draw(found)

    def _build(self, found: CrossTable) -> None:
        columns: list[Column[Line]] = [
            Column(
                "name",
                partial(str, found.rows_title),
                lambda row: row.name,
                width=20,
                stretch=True,
                sortable=False,
            )
        ]
        for place, name in enumerate(shown_columns(found)):
            columns.append(
                Column(
                    f"c{place}",
                    partial(str, name),
                    partial(_text_of, place),
                    width=max(10, min(24, len(name) + 2)),
                    sortable=False,
                    figures=True,
                )
            )
        self.table = RowTable(self.desk, columns, key=lambda row: row.key)
        view = TableView(
            self.table,
            "analysis.cross",
            found.title,
            filterable=False,
            exportable=False,
            empty=Empty("reports", _("Không có ai trong kỳ và nơi này.")),
            actions=(RowAction(_("Xem những người trong ô"), self.drill, "search"),),
        )
        heading = Elided(f"{found.title} ({found.unit})", view)
        dress(heading, "heading")
        view.tools.insertWidget(0, heading, 100)
        view.opened.connect(self.drill)
        if self.view is not None:
            self._left.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self._left.addWidget(view)
        self.view = view

    def _draw(self, found: CrossTable) -> None:
        made = chart_of(found)
        self.chart.setVisible(made is not None)
        if made is None:
            return
        scale = theme().scale  # drawn at 100 %, shown at the size of the letters
        wide = max(320, round(self.chart.width() / scale))
        high = max(220, min(round(self.chart.height() / scale), 420))

        def job() -> str:
            from reports.kit import charts

            series = [charts.Series(title, values) for title, values in made.series]
            drawing = charts.bars(
                made.title, made.categories, series, wide=wide, high=high, look=look(), per=made.per
            )
            return charts.svg(drawing, made.title)

        words = "; ".join(
            f"{name}: {', '.join(f'{title} {cell.text}' for title, cell in zip(shown_columns(found), cells, strict=True))}"
            for name, cells in shown_rows(found)
        )
        self.desk.aside(job, lambda svg: self.chart.show_svg(svg, f"{made.title}. {words}"), owner=self)

    # -- deeds --------------------------------------------------------------------------------------

    def drill(self, row: Line) -> None:
        """Show the people in the current cell."""
        found, view = self.found, self.view
        if found is None or view is None:
            return
        place = view.grid.currentIndex().column() - 1
        keys = [*found.column_keys, SUM]
        column = keys[place] if 0 <= place < len(keys) else SUM
        who, choice = self.desk.act().who, found.choice
        names = [*found.column_names, _("Chung")]
        title = row.name if column == SUM else f"{row.name} · {names[place]}"
        self.desk.ask(
            lambda book: people_behind(book, choice, row.key, column, sensitive=sees(book, who)),
            lambda people: self._show_people(title, people),
            owner=self,
        )

    def _show_people(self, title: str, people: list[PersonBehind]) -> None:
        count = len({person.member for person in people})
        self.people_title.setText(
            ngettext("{cell}: {n} người", "{cell}: {n} người", count).format(cell=title, n=count)
        )
        self.people.set_rows(people)
        self.people_view.show()
        self.people_view.grid.setFocus()

    def open_member(self, row: PersonBehind) -> None:
        """Open a person's page; a group, or a worker who is no member, has none."""
        if row.member > 0:
            self.desk.open_page("member", member=row.member)

    def print_shown(self) -> None:
        """Show the table on paper."""
        if self.found is not None:
            choice = self.found.choice
            title = self.found.title
            print_paper(
                self.desk, self, "analysis-table", title, lambda book, act: analysis_paper(book, choice, act)
            )

    def export_shown(self) -> None:
        """Ask for a file and write the table with the same cells hidden."""
        if self.found is not None:
            ask_save(
                self,
                self.desk,
                "export",
                _("Xuất bảng ra Excel"),
                f"{self.found.title}.xlsx",
                _("Bảng tính Excel (*.xlsx)"),
                self.export_to,
            )

    def export_to(self, path: str) -> None:
        """Write the table to a file."""
        if self.found is None:
            return
        choice = self.found.choice
        self.desk.do(
            lambda book, act: export_analysis(book, choice, path, act),
            lambda _count: self.desk.say(_("Đã xuất ra {path}.").format(path=path), "good"),
            owner=self,
        )


def _text_of(place: int, row: Line) -> str:
    return row.cells[place].text

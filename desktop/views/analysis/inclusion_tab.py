"""The report of inclusion on the screen: coverage first, then category by category."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.services.figure_papers import export_inclusion, inclusion_paper
from desktop.services.inclusion_report import InclusionTable, report
from desktop.services.sight import sees
from desktop.views.analysis.bar import PlaceBar
from desktop.views.kit.blocks import label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import px, space
from resources.lang.messages import N_, _

_TONES = {"under": "warn", "even": "", "favoured": "good"}


class Line(NamedTuple):
    """A category as it is shown, and how its index reads."""

    texts: tuple[str, ...]
    verdict: str
    tone: str


class InclusionTab(QWidget):
    """The table of the report, with intervals and notes below it."""

    def __init__(self, desk: Desk, bar: PlaceBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = bar
        self.found: InclusionTable | None = None
        self._asked: Ticket | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(area)
        holder = QWidget(area)
        area.setWidget(holder)
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, space(3), 0, 0)
        self.body.setSpacing(space(3))
        self.known = label("", "", self, wrap=True)
        self.composite = label("", "label", self, wrap=True)
        self.notes = label("", "small", self, wrap=True)
        self.body.addWidget(self.known)
        self.body.addWidget(self.composite)
        self.view: TableView | None = None
        self.table: RowTable[Line] | None = None
        self._titles: tuple[str, ...] = ()
        self.spans: RowTable[tuple[str, ...]] = RowTable(desk, SPANS, key=lambda row: row[0])
        self.spans_view = TableView(
            self.spans,
            "analysis.spans",
            _("Chỉ số hòa nhập II với khoảng tin cậy 95 %"),
            filterable=False,
            exportable=False,
            empty=Empty("info", _("Chưa có nhóm dân cư nào để so.")),
        )
        self.spans_view.tools.insertWidget(
            0, label(_("Chỉ số hòa nhập II với khoảng tin cậy 95 %"), "heading", self.spans_view)
        )
        self.spans_view.setMinimumHeight(px(380))
        self.body.addWidget(self.spans_view, 2)
        self.body.addWidget(self.notes)

    def reload(self) -> None:
        """Ask for the report."""
        period = self.bar.period
        if period is None:
            return
        if self._asked is not None:
            self._asked.drop()
        scope, release, who = self.bar.scope, self.bar.reader, self.desk.act().who
        self._asked = self.desk.ask(
            lambda book: report(book, scope, *period, release, sensitive=sees(book, who)),
            self._show,
            owner=self,
        )

    def _show(self, found: InclusionTable) -> None:
        self.found = found
        known = "; ".join(f"{name} {value}" for name, value in found.answered)
        self.known.setText(_("Đã biết câu trả lời của: {known}").format(known=known))
        if found.composite is None:
            self.composite.hide()
        else:
            self.composite.setText(
                _("Chỉ số hòa nhập tổng hợp: {value} (từ {n} nhóm dân cư đủ dữ liệu)").format(
                    value=f"{found.composite:.2f}".replace(".", ","), n=found.counted_in
                )
            )
            self.composite.show()
        self.notes.setText("\n".join(found.notes))
        if found.titles != self._titles or self.view is None:
            self._titles = found.titles
            self._build(found.titles)
        assert self.table is not None
        self.table.set_rows([_line(found, line) for line in found.lines])
        self.spans.set_rows(list(found.intervals()))

    def _build(self, titles: tuple[str, ...]) -> None:
        columns: list[Column[Line]] = [
            Column(
                f"c{place}",
                _constant(title),
                _cell(place),
                "state" if place == 6 else "text",
                width=28 if place == 0 else max(8, min(19, len(title) + 3)),
                sortable=False,
                stretch=place == 0,
                figures=place > 0,
            )
            for place, title in enumerate(titles)
        ]
        self.table = RowTable(self.desk, columns, key=lambda row: row.texts[0])
        view = TableView(
            self.table,
            "analysis.inclusion",
            _("Báo cáo hòa nhập"),
            filterable=False,
            exportable=False,
            empty=Empty("groups", _("Nơi này chưa có thành viên.")),
        )
        view.setMinimumHeight(px(470))
        if self.view is not None:
            self.body.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.body.insertWidget(2, view, 3)
        self.view = view

    # -- deeds --------------------------------------------------------------------------------------

    def print_shown(self) -> None:
        """Show the report on paper."""
        if self.found is None:
            return
        found = self.found
        print_paper(
            self.desk,
            self,
            "inclusion-report",
            _("Báo cáo hòa nhập"),
            lambda book, act: inclusion_paper(
                book, found.scope, found.starts, found.ends, found.release, act
            ),
        )

    def export_shown(self) -> None:
        """Ask for a file and write the report."""
        ask_save(
            self,
            self.desk,
            "export",
            _("Xuất báo cáo ra Excel"),
            _("Báo cáo hòa nhập") + ".xlsx",
            _("Bảng tính Excel (*.xlsx)"),
            self.export_to,
        )

    def export_to(self, path: str) -> None:
        """Write the report to a file."""
        if self.found is None:
            return
        found = self.found
        self.desk.do(
            lambda book, act: export_inclusion(
                book, found.scope, found.starts, found.ends, found.release, path, act
            ),
            lambda _count: self.desk.say(_("Đã xuất ra {path}.").format(path=path), "good"),
            owner=self,
        )


def _constant(text: str) -> Any:
    return lambda: text


def _cell(place: int) -> Any:
    if place == 6:
        return lambda row: State(" ".join(part for part in (row.texts[6], row.verdict) if part), row.tone)
    return lambda row: row.texts[place]


def _line(found: InclusionTable, line: Any) -> Line:
    verdict = line.index.verdict
    if line.hidden or verdict is None or line is found.lines[0]:
        return Line(found.texts(line), "", "")
    return Line(found.texts(line), "", _TONES[verdict.value])


SPANS: list[Column[tuple[str, ...]]] = [
    Column("name", N_("Nhóm dân cư"), lambda row: row[0], width=30, stretch=True, sortable=False),
    Column("value", N_("II (khoảng tin cậy)"), lambda row: row[1], width=26, sortable=False),
    Column("counts", N_("Số đếm"), lambda row: row[2], width=36, sortable=False),
    Column("reads", N_("Đọc là"), lambda row: row[3], width=34, sortable=False),
]

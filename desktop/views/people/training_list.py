"""Hours and points in tables, and the classes of one person, as several pages show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import MemberId
from desktop.models.rules.training.words import show_hours, show_points
from desktop.services import training_book
from desktop.services.training import Learning, modules_done
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


class HoursColumn(Column[Any]):
    """A column of minutes, shown as hours and sorted by their length."""

    def show(self, row: Any) -> str:
        """Return the hours of a row; a dash for none."""
        minutes = self.value(row)
        return show_hours(minutes) if minutes else "–"

    def plain(self, row: Any) -> Any:
        """Return the hours for a spreadsheet, as a number that adds up."""
        return (Decimal(self.value(row) or 0) / 60).quantize(Decimal("0.01"))

    @property
    def exported(self) -> str:
        """Return that decimals go into the spreadsheet."""
        return "decimal"


class PointsColumn(Column[Any]):
    """A column of tenths of a point."""

    def show(self, row: Any) -> str:
        """Return the points of a row; nothing for none."""
        return show_points(self.value(row))

    def plain(self, row: Any) -> Any:
        """Return the points for a spreadsheet, nothing for no score."""
        tenths = self.value(row)
        return None if tenths is None else Decimal(tenths) / 10

    @property
    def exported(self) -> str:
        """Return that decimals go into the spreadsheet."""
        return "decimal"


def _state(row: Learning) -> State:
    if row.completed is not None:
        return State(_("Hoàn thành {day}").format(day=show_day(row.completed)), "good")
    return State("" if row.standing.missing is None else row.standing.missing.title, "warn")


COLUMNS: list[Column[Any]] = [
    Column("starts", N_("Khai giảng"), lambda row: row.starts, kind="day", width=11),
    Column("class", N_("Lớp"), lambda row: f"{row.class_code} {row.class_name}", width=24, stretch=True),
    Column("course", N_("Khóa học"), lambda row: row.course.shown, width=24),
    HoursColumn("hours", N_("Giờ học"), lambda row: row.standing.minutes, kind="number", width=8),
    HoursColumn("all", N_("Giờ của khóa"), lambda row: row.course.minutes, kind="number", width=12),
    PointsColumn("post", N_("Điểm"), lambda row: row.result.post, kind="number", width=7),
    Column("state", N_("Kết quả"), _state, kind="state", width=22),
]


class TrainingList(QWidget):
    """The classes of one person; Enter opens a class."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table: RowTable[Learning] = RowTable(desk, COLUMNS, key=lambda row: row.enrolment)
        self.view = TableView(
            self.table,
            name,
            _("Các lớp đã học"),
            filterable=False,
            empty=Empty(
                "training",
                _("Chưa học lớp nào."),
                _("Ghi danh vào lớp ở trang của lớp tập huấn."),
                (_("Các lớp tập huấn"), lambda: desk.open_page("training")),
            ),
            actions=(RowAction(_("Mở trang của lớp"), self.open_row, "open"),),
        )
        self.view.opened.connect(self.open_row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(1), 0, 0)
        box.addWidget(self.view)

    def load(self, member: MemberId) -> None:
        """Ask for the classes of a person."""
        today = self.desk.today()
        self.desk.ask(lambda book: training_book.of_member(book, member, today), self._show, owner=self)

    def _show(self, rows: list[Learning]) -> None:
        self.table.set_rows(rows)
        done = [code for found in modules_done(rows).values() for code in found]
        minutes = sum(row.standing.minutes for row in rows)
        text = _("{hours} giờ · mô-đun đã xong: {modules}").format(
            hours=show_hours(minutes), modules=", ".join(sorted(done)) or _("chưa có")
        )
        self.view.set_summary(text if rows else "")

    def open_row(self, row: Learning) -> None:
        """Open the page of a class."""
        self.desk.open_page("training_class", training_class=row.klass)

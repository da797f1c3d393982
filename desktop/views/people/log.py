"""The log of changes of a record: before and after, field by field, who and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services.history import ChangeRow
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class LogLine:
    """One field of one change."""

    key: tuple[int, int]
    at: datetime
    by: str
    subject: str
    field: str
    before: str
    after: str


def log_lines(changes: Sequence[ChangeRow]) -> list[LogLine]:
    """Return the changes field by field, in their order."""
    return [
        LogLine((place, inside), change.at, change.by, change.title, field.title, field.before, field.after)
        for place, change in enumerate(changes)
        for inside, field in enumerate(change.fields)
    ]


COLUMNS = [
    Column[LogLine]("at", N_("Lúc"), lambda row: row.at, "instant", width=16),
    Column[LogLine]("by", N_("Người ghi"), lambda row: row.by, width=18),
    Column[LogLine]("subject", N_("Mục"), lambda row: row.subject, width=14),
    Column[LogLine]("field", N_("Nội dung"), lambda row: row.field, width=20),
    Column[LogLine]("before", N_("Trước"), lambda row: row.before, width=26),
    Column[LogLine]("after", N_("Sau"), lambda row: row.after, stretch=True),
]


class LogView(TableView):
    """A table of the changes of one record; `question(book)` gives its `ChangeRow`s."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        parent: QWidget | None = None,
        columns: Sequence[Column[LogLine]] = COLUMNS,
    ) -> None:
        self.lines: RowTable[LogLine] = RowTable(desk, columns, key=lambda line: line.key)
        super().__init__(
            self.lines,
            name,
            _("Nhật ký thay đổi"),
            empty=Empty("clock", _("Chưa có thay đổi nào.")),
            parent=parent,
        )

    def load(self, question: Callable[[Any], Sequence[ChangeRow]]) -> None:
        """Ask for the changes and show them."""
        self.desk.ask(lambda book: log_lines(question(book)), self.lines.set_rows, owner=self)

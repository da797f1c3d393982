"""What stands in a tab of a page: its margins, and lists over the one table model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space

Row = TypeVar("Row")


def by_id(row: Any) -> Hashable:
    """Return the id of a row: how most rows are told apart."""
    return row.id  # type: ignore[no-any-return]


def listing(
    desk: Desk,
    columns: Sequence[Column[Row]],
    name: str,
    title: str,
    *,
    empty: Empty,
    key: Callable[[Row], Hashable] = by_id,
    actions: Sequence[RowAction] = (),
    opened: Callable[[Row], object] | None = None,
    chosen: Callable[[Row | None], object] | None = None,
    least: int = 0,
    filterable: bool = True,
    exportable: bool = True,
    multi: bool = False,
) -> tuple[RowTable[Row], TableView]:
    """Return a list that is filled with `set_rows`: its rows and what shows them.

    `name` is where widths and order are kept, `opened(row)` what Enter and a double click do, `chosen(row)` what
    follows the current row; `least` the height in pixels (at 100 %) that the list keeps on a page that scrolls.
    `multi`: several rows can be chosen.
    """
    table: RowTable[Row] = RowTable(desk, columns, key=key)
    view = TableView(
        table,
        name,
        title,
        empty=empty,
        actions=actions,
        filterable=filterable,
        exportable=exportable,
        multi=multi,
    )
    if least:
        view.setMinimumHeight(px(least))
    if opened is not None:
        view.opened.connect(opened)
    if chosen is not None:
        view.chosen.connect(chosen)
    return table, view


def sieve(
    view: TableView,
    name: str,
    choices: Sequence[tuple[Any, str]],
    changed: Callable[[], object],
    calm: Any = None,
) -> Choice:
    """Return a choice above a list that says which rows are shown; `name` is read out for it.

    The value that leaves no row out is an empty one: (), "" or None. What the list says when it has no rows is also
    true of `calm`; of other values the list names the choice.
    """
    made = Choice(list(choices), view)
    made.setAccessibleName(name)
    made.changed.connect(changed)
    view.tools.insertWidget(0, made)
    view.narrowed_by(made, calm)
    return made


class Tab(QWidget):
    """One tab: put things into `body`. One that is shown by a `ListsPage` also reads its rows in `reload`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, space(3), 0, 0)
        self.body.setSpacing(space(3))

    def reload(self) -> None:
        """Read the rows of this tab again."""
        raise NotImplementedError


class RowsTab(Tab):
    """One list of a record: `rows(detail)` are what `take` shows of it."""

    def __init__(
        self,
        desk: Desk,
        made: tuple[RowTable[Any], TableView],
        rows: Callable[[Any], Sequence[Any]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.table, self.view = made
        self._rows = rows
        self.body.addWidget(self.view, 1)

    def take(self, detail: Any) -> None:
        """Show what belongs here of a record."""
        self.table.set_rows(self._rows(detail))

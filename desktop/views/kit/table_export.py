"""What leaves a table: the selected rows to the clipboard, all rows of the query to a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.views.kit.columns import Column, words
from desktop.views.kit.desk import Desk
from desktop.views.kit.row_table import PAGE, RowTable
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

Taken = Callable[[Any], object]
"""Where rows are sensitive: `taken(book)` writes down that they were copied or exported, before they are."""


def copy_rows(
    desk: Desk,
    columns: Sequence[Column[Any]],
    rows: Sequence[Any],
    owner: QWidget,
    taken: Taken | None = None,
) -> None:
    """Put rows on the clipboard as a table with its titles (tab-separated)."""
    lines = ["\t".join(words(column.title) for column in columns)]
    for row in rows:
        # A leading = + - @ would be run as a formula by a spreadsheet.
        lines.append("\t".join(_plain_cell(column.show(row)) for column in columns))

    def put(_noted: object = None) -> None:
        QGuiApplication.clipboard().setText("\n".join(lines))
        if taken is not None:
            desk.lent = "\n".join(lines)
        desk.say(ngettext("Đã chép {n} dòng.", "Đã chép {n} dòng.", len(rows)).format(n=len(rows)), "good")

    if taken is None:
        put()
    else:
        desk.ask(taken, put, owner=owner)


def _plain_cell(text: str) -> str:
    cleaned = text.replace("\t", " ").replace("\n", " ")
    return "'" + cleaned if cleaned[:1] in ("=", "+", "@") else cleaned


def export_rows(
    desk: Desk,
    columns: Sequence[Column[Any]],
    table: RowTable[Any],
    label: str,
    path: str,
    owner: QWidget,
    taken: Taken | None = None,
) -> None:
    """Write all rows of the query (not only the loaded ones) to an xlsx file, off the window."""
    titles = [words(column.title) for column in columns]
    query, source, rows = table.query, table.source, table.loaded_rows()
    kinds = [column.exported for column in columns]

    def job(book: Any, _act: Any, progress: Any) -> int:
        from desktop.services.exchange import ColumnKind, export_table

        if taken is not None:
            taken(book)
        everything = list(rows)
        if source is not None:
            everything = []
            count = source.count(book, query)
            for start in range(0, count, PAGE):
                progress(start, count)
                everything += source.page(book, query, start, PAGE)
        cells = ([column.plain(row) for column in columns] for row in everything)
        return export_table(path, titles, cells, [ColumnKind(name) for name in kinds], sheet=label)

    def done(count: int) -> None:
        desk.say(
            ngettext("Đã xuất {n} dòng ra {path}.", "Đã xuất {n} dòng ra {path}.", count).format(
                n=show_number(count), path=path
            ),
            "good",
        )

    desk.work_on_book(job, done, owner=owner, title=_("Đang xuất ra Excel…"))

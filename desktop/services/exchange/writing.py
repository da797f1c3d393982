"""Tables written to Excel and CSV files: whole or not at all, and never as formulas."""

from __future__ import annotations

import csv
import errno
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.models.problems import Level, Trouble
from desktop.services.exchange.parsing import PreviewRow
from desktop.services.exchange.previewing import Preview
from desktop.store.troubles import disk_full
from resources.lang.dates import show_day, show_instant
from resources.lang.legacy import convert, guess_encoding
from resources.lang.messages import _

Value = str | int | Decimal | date | datetime | bool | None


class ColumnKind(StrEnum):
    """What a column holds: text, đồng, a plain number, hours or points with decimals, a day, a moment."""

    TEXT = "text"
    DONG = "dong"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"
    INSTANT = "instant"


_FORMATS = {
    ColumnKind.DONG: {"num_format": "#,##0"},
    ColumnKind.NUMBER: {"num_format": "0"},
    ColumnKind.DECIMAL: {"num_format": "General"},
    ColumnKind.DAY: {"num_format": "dd/mm/yyyy"},
    ColumnKind.INSTANT: {"num_format": "dd/mm/yyyy hh:mm"},
    ColumnKind.TEXT: {"num_format": "@"},
}
_NARROWEST, _WIDEST = 6, 60
_MEASURED = 200
"""How many rows decide the width of columns: the file is written in one pass, in little memory."""

_EXACT = 10**15
"""Excel keeps whole numbers up to here; larger ones are written as text, digit by digit."""


def export_table(
    path: Path | str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    kinds: Sequence[ColumnKind] | None = None,
    *,
    sheet: str = "",
) -> int:
    """Write a table to an xlsx file, or to CSV when the name ends so; return how many rows. Raises Trouble.

    `kinds` says what each column holds (text when left out). A file of this name is replaced when the new one
    is complete.
    """
    file = Path(path)
    columns = list(kinds) if kinds is not None else [ColumnKind.TEXT] * len(titles)
    if len(columns) != len(titles):
        raise ValueError("as many kinds as titles")
    write = _write_csv if file.suffix.lower() == ".csv" else _write_xlsx
    with replaced(file) as temporary:
        return write(temporary, titles, rows, columns, sheet or _("Danh sách"))


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """Give a temporary file beside `file` to write, and put it in its place at the end; raise Trouble."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".sonhom-", suffix=file.suffix, dir=file.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(file)
        temporary = None
    except OSError as error:
        raise write_trouble(error, file) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_trouble(error: OSError, file: Path) -> Trouble:
    """Return what an error of the system means for a file that was to be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        full = disk_full()
        return Trouble(
            _("Ổ đĩa đã đầy, tệp chưa được ghi."), _("Hãy xóa bớt tệp hoặc chọn ổ đĩa khác."), full.code
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Trouble(
            _("Không có thư mục {name}.").format(name=file.parent), _("Hãy chọn thư mục khác."), "no-folder"
        )
    return Trouble(
        _("Không ghi được tệp {name}.").format(name=file.name),
        _("Nếu tệp đang mở trong Excel thì hãy đóng lại; hoặc chọn chỗ khác mà bạn được quyền ghi."),
        "cannot-write",
    )


# -- xlsx ------------------------------------------------------------------------------------------


def _write_xlsx(
    file: Path,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    kinds: Sequence[ColumnKind],
    sheet: str,
) -> int:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # The writer keeps rows in a file of its own; whatever happens, it goes with this folder.
    with tempfile.TemporaryDirectory(prefix=".sonhom-", dir=file.parent, ignore_cleanup_errors=True) as aside:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": aside,
        }
        workbook = xlsxwriter.Workbook(str(file), options)
        try:
            return _fill_workbook(workbook, titles, rows, kinds, sheet)
        finally:
            try:
                workbook.close()
            except FileCreateError as error:
                inner = error.args[0] if error.args else None
                raise inner if isinstance(inner, OSError) else OSError(errno.EIO, str(error)) from error


def _fill_workbook(
    workbook: Any,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    kinds: Sequence[ColumnKind],
    sheet: str,
) -> int:
    page = workbook.add_worksheet(_sheet_name(sheet))
    formats = {kind: workbook.add_format({**_FORMATS[kind], "valign": "top"}) for kind in set(kinds)}
    head = workbook.add_format(
        {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF2"}
    )
    ahead, rest = _first(rows, _MEASURED)
    for column, width in enumerate(_widths(titles, ahead)):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    for column, title in enumerate(titles):
        page.write_string(0, column, title, head)
    count = 0
    for row in itertools.chain(ahead, rest):
        count += 1
        for column, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            _write_cell(page, count, column, value, formats[kind])
    if count:
        page.autofilter(0, 0, count, len(titles) - 1)
    return count


def _write_cell(page: Any, row: int, column: int, value: Value, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, _("có") if value else _("không"), form)
    elif isinstance(value, int) and abs(value) <= _EXACT:
        page.write_number(row, column, value, form)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), form)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.astimezone().replace(tzinfo=None), form)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), form)
    else:
        # A text is written as a text, whatever it begins with; 32,767 letters is all that a cell holds.
        page.write_string(row, column, str(value)[:32_767], form)


def _first(
    rows: Iterable[Sequence[Value]], number: int
) -> tuple[list[Sequence[Value]], Iterator[Sequence[Value]]]:
    rest = iter(rows)
    ahead = []
    for row in rest:
        ahead.append(row)
        if len(ahead) == number:
            break
    return ahead, rest


def _widths(titles: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Return the width of each column in letters: its longest text among the first rows."""
    widths = []
    for column, title in enumerate(titles):
        longest = max((len(_plain(row[column])) for row in rows), default=0)
        widths.append(min(max(longest, min(len(title), 24), _NARROWEST), _WIDEST) * 1.1 + 1.5)
    return widths


def _sheet_name(name: str) -> str:
    """Return a name that Excel allows for a worksheet."""
    allowed = "".join(" " if char in "[]:*?/\\" else char for char in name).strip(" '")
    return allowed[:31] or "Sheet1"


# -- csv -------------------------------------------------------------------------------------------


def _write_csv(
    file: Path,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    _kinds: Sequence[ColumnKind],
    _sheet: str,
) -> int:
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([escaped(title) for title in titles])
        for row in rows:
            count += 1
            writer.writerow([escaped(value) if isinstance(value, str) else _plain(value) for value in row])
    return count


def escaped(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a quote stands before =, +, -, @."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime):
        return show_instant(value)
    if isinstance(value, date):
        return show_day(value)
    return str(value)


# -- rejected rows ---------------------------------------------------------------------------------


def write_rejects(path: Path | str, preview: Preview) -> int:
    """Write the rows that were not imported, as they stood in the file, with row number and reasons; return how many.

    The file can be put right and imported again: the headings are those of the original, in Unicode where the rows are.
    """
    rejected = preview.rejected()
    titles = [*(heading or f"({place})" for place, heading in enumerate(_headings(preview), 1))]
    return export_table(
        path,
        [*titles, _("Dòng trong tệp"), _("Lý do không nhập được")],
        ([*row.cells, row.number, _reasons(row)] for row in rejected),
        [*([ColumnKind.TEXT] * len(titles)), ColumnKind.NUMBER, ColumnKind.TEXT],
        sheet=_("Dòng bị loại"),
    )


def _headings(preview: Preview) -> Sequence[str]:
    """Return the headings as the rows are written: converted from an old font when those were."""
    font = guess_encoding(preview.sheet.headings)
    if not preview.options.convert or font not in {one.encoding for one in preview.fonts}:
        return preview.sheet.headings
    return [convert(heading, font) for heading in preview.sheet.headings]


def _reasons(row: PreviewRow) -> str:
    return "\n".join(problem.message for problem in row.problems if problem.level is not Level.NOTE)

"""Reading other people's lists: Excel, LibreOffice and CSV files, always within bounds.

A file is never trusted: its size, what it unpacks to, the length of a line, of a field and the number of rows
are bounded before anything is held in memory, so that a bomb is refused with a sentence and not with a crash.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from desktop.models.problems import Trouble
from desktop.services.exchange.columns import guess_mapping
from resources.lang.legacy import tcvn3_to_unicode, vni_to_unicode
from resources.lang.messages import _
from resources.lang.names import nfc
from resources.lang.syllables import is_syllable

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 256
LONGEST_LINE = 100_000
LONGEST_FIELD = 32_767
_HEAD_ROWS = 25
"""How far down the heading row may stand, below a title and an address."""

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read: its headings, its rows, and for each row its number in the file (1 is the first).

    `typed` tells that numbers and dates came as such (a workbook); in CSV everything is text. `names` are the
    worksheets of the file, `name` the one that was read.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    typed: bool = False

    def column(self, index: int) -> Iterator[str]:
        """Yield the texts of one column."""
        for row in self.rows:
            value = row[index]
            if isinstance(value, str) and value:
                yield value


def read_table(path: Path | str, worksheet: str | None = None) -> Sheet:
    """Read a table from an xlsx, xls, xlsb, ods or CSV file. Raises Trouble for everything that is not one."""
    file = Path(path)
    start = _first_bytes(file)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _read_workbook(file, worksheet, zipped=start.startswith(b"PK"))
    return _read_text(file)


def _first_bytes(file: Path) -> bytes:
    """Return the first bytes of a file that may be read whole; raise Trouble otherwise."""
    try:
        if file.is_dir():
            raise _trouble("directory", _("Đây là một thư mục, không phải tệp danh sách."))
        if file.stat().st_size > LARGEST_FILE:
            raise too_large()
        with file.open("rb") as stream:
            return stream.read(8)
    except FileNotFoundError:
        raise _trouble("missing", _("Không tìm thấy tệp {name}.").format(name=file.name)) from None
    except OSError as error:
        raise _trouble("unreadable", _("Không đọc được tệp {name}.").format(name=file.name)) from error


def _trouble(code: str, message: str, advice: str = "") -> Trouble:
    return Trouble(message, advice or _("Hãy chọn tệp Excel (.xlsx, .xls, .ods) hoặc CSV."), code)


def too_large() -> Trouble:
    """Return the trouble of a file, line, field or table beyond all bounds."""
    return Trouble(
        _("Tệp quá lớn hoặc có dòng quá dài, không giống một danh sách."),
        _(
            "Hãy mở tệp bằng Excel, kiểm tra, xóa phần thừa rồi lưu lại; mỗi tệp nhiều nhất {rows} dòng."
        ).format(rows=f"{MOST_ROWS:,}".replace(",", ".")),
        "too-large",
    )


# -- workbooks -------------------------------------------------------------------------------------


def _read_workbook(file: Path, worksheet: str | None, *, zipped: bool) -> Sheet:
    import python_calamine as calamine

    if zipped:
        _check_unpacked(file)
    try:
        with calamine.CalamineWorkbook.from_path(str(file)) as workbook:
            names = tuple(workbook.sheet_names)
            wanted = [worksheet] if worksheet is not None else names
            for name in wanted:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.total_height * max(sheet.total_width, 1) > _MOST_CELLS:
                    raise too_large()
                rows = [tuple(row[:MOST_COLUMNS]) for row in sheet.to_python(skip_empty_area=False)]
                if any(any(_full(cell) for cell in row) for row in rows):
                    return _table(rows, range(1, len(rows) + 1), name, names, typed=True)
    except calamine.PasswordError:
        raise _trouble("password", _("Tệp có mật khẩu. Hãy bỏ mật khẩu trong Excel rồi lưu lại.")) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        text = _("Tệp {name} không phải là bảng tính, hoặc đã bị hỏng.").format(name=file.name)
        raise _trouble("not-a-table", text) from error
    raise empty_table()


def empty_table() -> Trouble:
    """Return the trouble of a file without a list."""
    return _trouble("empty", _("Tệp không có dòng dữ liệu nào."))


def _check_unpacked(file: Path) -> None:
    """Refuse a small file that unpacks to an immense one, or whose few cells stand immensely far apart.

    The reader makes room for every cell up to the last one, so a single value in the last corner is enough.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise too_large()
            for entry in entries:
                if _WORKSHEET.fullmatch(entry.filename):
                    _check_cells(packed.read(entry))
                elif entry.filename == "content.xml":
                    _check_repeats(packed.read(entry))
                elif entry.filename == "xl/workbook.bin":
                    text = _("Tệp Excel dạng nhị phân (.xlsb) không đọc được.")
                    raise _trouble("not-a-table", text, _("Hãy lưu lại thành tệp .xlsx rồi chọn tệp đó."))
    except (zipfile.BadZipFile, OSError, zlib.error, RuntimeError, EOFError, NotImplementedError) as error:
        text = _("Tệp {name} không phải là bảng tính, hoặc đã bị hỏng.").format(name=file.name)
        raise _trouble("not-a-table", text) from error


_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_VALUE_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
_REPEATED_VALUE = re.compile(
    rb'<table:table-cell\b(?=[^>]*office:value-type)[^>]*number-columns-repeated="([0-9]+)"'
)
_REPEATED_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="([0-9]+)"[^>]*>(.*?)</table:table-row>', re.S
)
_MOST_CELLS = 5_000_000


def _check_cells(xml: bytes) -> None:
    rows = columns = 0
    for letters, number in _VALUE_CELL.findall(xml):
        rows = max(rows, int(number))
        place = 0
        for letter in letters:
            place = place * 26 + letter - 64
        columns = max(columns, place)
    if rows > 2 * MOST_ROWS or rows * columns > _MOST_CELLS:
        raise too_large()


def _check_repeats(xml: bytes) -> None:
    if any(int(times) > MOST_COLUMNS for times in _REPEATED_VALUE.findall(xml)):
        raise too_large()
    for times, cells in _REPEATED_ROW.findall(xml):
        if int(times) > 1_000 and b"office:value-type" in cells:
            raise too_large()


# -- text files ------------------------------------------------------------------------------------


def _read_text(file: Path) -> Sheet:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _trouble("unreadable", _("Không đọc được tệp {name}.").format(name=file.name)) from error
    if not data.strip(b"\0 \r\n\t"):
        raise empty_table()
    _check_lines(data)
    text = decode(data)
    if _looks_binary(text):
        raise _trouble("not-a-table", _("Tệp {name} không phải là danh sách.").format(name=file.name))
    delimiter = find_delimiter(text)
    rows: list[Row] = []
    numbers: list[int] = []
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=False)
        begins = 1
        for fields in reader:
            if len(rows) > MOST_ROWS or any(len(field) > LONGEST_FIELD for field in fields):
                raise too_large()
            rows.append(tuple(fields[:MOST_COLUMNS]))
            numbers.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise too_large() from error
    return _table(rows, numbers, file.name, (), typed=False)


def _check_lines(data: bytes) -> None:
    """Refuse bytes with a line beyond all bounds, before they become text."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        if end - start > 4 * LONGEST_LINE and data.find(b"\r", start, start + 4 * LONGEST_LINE) < 0:
            raise too_large()
        start = end + 1


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n") if "\n" in text else text.split("\r"):
        if len(line) > LONGEST_LINE:
            raise too_large()
        yield line + "\n"


def _looks_binary(text: str) -> bool:
    start = text[:4000]
    hidden = sum(1 for char in start if char < " " and char not in "\t\r\n")
    return "\0" in start or hidden * 20 > len(start)


def decode(data: bytes) -> str:
    """Return the text of a CSV file: UTF-8 or UTF-16 with or without mark, or one of the old Windows pages."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if data[:200].count(0) * 4 > len(data[:200]):
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data)


def _decode_old(data: bytes) -> str:
    """Return bytes of an old Windows page as text: of the readings, the one that says most Vietnamese.

    Bytes of TCVN3 or VNI fonts come back as the Western letters they are stored as; the preview recognises them
    and converts them when the user has agreed.
    """
    western = data.decode("cp1252", errors="replace")
    vietnamese = nfc(data.decode("cp1258", errors="replace"))
    worth = _worth(vietnamese)
    return (
        vietnamese
        if worth >= max(_worth(tcvn3_to_unicode(western)), _worth(vni_to_unicode(western)))
        else western
    )


def _worth(text: str) -> int:
    """Return how many words with marks are Vietnamese syllables, less those that are not."""
    words = (
        word.strip("\"'.,;:()[]-/") for word in text[:20_000].replace(",", " ").replace(";", " ").split()
    )
    return sum(1 if is_syllable(word) else -1 for word in words if word and not word.isascii())


def find_delimiter(text: str) -> str:
    """Return the sign between fields: the one that divides the first lines most evenly."""
    lines = [line for line in itertools.islice(text.splitlines(), 30) if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in ",;\t|":
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = max(set(counts), key=counts.count, default=1)
        score = (counts.count(usual), usual) if usual > 1 else (0, 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


# -- the heading row -------------------------------------------------------------------------------


def _full(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _table(
    rows: Sequence[Row], numbers: Iterable[int], name: str, names: tuple[str, ...], *, typed: bool
) -> Sheet:
    """Return the rows below the heading row; empty rows and the row that numbers the columns are left out."""
    numbered = [(number, row) for number, row in zip(numbers, rows, strict=True) if any(map(_full, row))]
    if not numbered:
        raise empty_table()
    at = _heading_at([row for _number, row in numbered[:_HEAD_ROWS]])
    width = max(_width(row) for _number, row in numbered[at:])
    head = tuple(_heading(cell) for cell in _fit(numbered[at][1], width))
    body = numbered[at + 1 :]
    if body and _numbers_columns(body[0][1]):
        body = body[1:]
    if len(body) > MOST_ROWS:
        raise too_large()
    return Sheet(
        headings=head,
        rows=tuple(_fit(row, width) for _number, row in body),
        numbers=tuple(number for number, _row in body),
        name=name,
        names=names,
        typed=typed,
    )


def _width(row: Row) -> int:
    return max((place for place, cell in enumerate(row, 1) if _full(cell)), default=0)


def _fit(row: Row, width: int) -> Row:
    return (*row[:width], *(None,) * (width - len(row)))


def _heading(cell: Cell) -> str:
    return "" if cell is None else " ".join(nfc(str(cell)).split())


def _heading_at(rows: Sequence[Row]) -> int:
    """Return which of the first rows names most fields; the first row when none names two."""
    best, most = 0, 1
    for place, row in enumerate(rows):
        known = sum(1 for field in guess_mapping([_heading(cell) for cell in row]) if field is not None)
        if known > most:
            best, most = place, known
    return best


def _numbers_columns(row: Row) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3), as forms do."""
    texts = [str(cell).strip().strip("()").removesuffix(".0") for cell in row if _full(cell)]
    return len(texts) > 2 and texts == [
        str(int(texts[0]) + place) if texts[0].isdigit() else "" for place in range(len(texts))
    ]


__all__ = ["Cell", "Row", "Sheet", "decode", "find_delimiter", "read_table"]

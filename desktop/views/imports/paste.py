"""A table from the clipboard as a list to import: headings are put above it when it has none. No Qt here."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.services.exchange import Field, Sheet, guess_mapping, read_table
from resources.lang.names import fold

_SEXES = {"nam", "nu", "f", "m", "khac"}


def read_pasted(text: str) -> Sheet:
    """Return a pasted table as a sheet. Raises Trouble when it holds nothing."""
    rows = pasted_rows(text)
    if rows and not _has_headings(rows[0]):
        rows = [guess_headings(rows), *rows]
    with tempfile.TemporaryDirectory(prefix="sonhom-") as folder:
        path = Path(folder) / "dan.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter="\t").writerows(rows)
        return read_table(path)


def pasted_rows(text: str) -> list[list[str]]:
    """Return the cells of a table as spreadsheets copy it; lines of bare names are a table of one column."""
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    cells = [[cell.strip() for cell in row] for row in rows]
    full = [row for row in cells if any(row)]
    width = max((len(row) for row in full), default=0)
    return [row + [""] * (width - len(row)) for row in full]


def guess_headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a heading for each column by what stands in it; columns that tell nothing get none."""
    headings: list[str] = []
    for column in range(len(rows[0]) if rows else 0):
        cells = [row[column] for row in rows[:200] if row[column]]
        guessed = _guess(cells)
        headings.append(guessed.label if guessed is not None and guessed.label not in headings else "")
    return headings


def _has_headings(row: Sequence[str]) -> bool:
    return bool({Field.FULL_NAME, Field.GIVEN} & set(guess_mapping(row)))


def _guess(cells: Sequence[str]) -> Field | None:
    if not cells:
        return None
    for field, fits in (
        (Field.SEX, lambda cell: fold(cell) in _SEXES),
        (Field.BIRTH, _is_birth),
        (Field.CITIZEN_NUMBER, lambda cell: cell.isdigit() and len(cell) in (11, 12)),
        (Field.PHONE, lambda cell: cell.replace(" ", "").replace(".", "").isdigit() and len(cell) >= 9),
        (Field.CODE, lambda cell: any(c.isdigit() for c in cell) and any(c.isalpha() for c in cell)),
        (Field.FULL_NAME, lambda cell: " " in cell and not any(c.isdigit() for c in cell)),
    ):
        if sum(1 for cell in cells if fits(cell)) * 2 > len(cells):
            return field
    return None


def _is_birth(cell: str) -> bool:
    if len(cell) == 4 and cell.isdigit():
        return 1900 <= int(cell) <= 2100
    parts = cell.replace("-", "/").replace(".", "/").split("/")
    return len(parts) in (2, 3) and all(part.isdigit() for part in parts)

"""Tables to files: whole or not at all, texts never formulas, numbers and days as such."""

from __future__ import annotations

import csv
import errno
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.models.problems import Trouble
from desktop.services.exchange import ColumnKind, Value, escaped, export_table, read_table
from desktop.services.exchange.writing import write_trouble

TITLES = ["Họ và tên", "Tiết kiệm", "Ngày", "Ghi chú"]
KINDS = [ColumnKind.TEXT, ColumnKind.DONG, ColumnKind.DAY, ColumnKind.TEXT]
ROWS: list[list[Value]] = [
    ["Nguyễn Thị Hòa", 1_234_567, date(2026, 3, 5), "=CMD()"],
    ["Đặng Văn Đức", -50_000, None, "+84 912"],
    ["@lệnh", 10**16, date(1950, 1, 1), "một\nhai"],
]


def test_xlsx_holds_texts_numbers_and_days(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert export_table(file, TITLES, ROWS, KINDS, sheet="Tiết kiệm: [2026]") == 3
    sheet = read_table(file)
    assert sheet.headings == tuple(TITLES)
    assert sheet.rows[0] == ("Nguyễn Thị Hòa", 1_234_567, date(2026, 3, 5), "=CMD()")
    assert sheet.rows[1][1] == -50_000
    assert sheet.rows[2][1] == str(10**16)  # more digits than a spreadsheet number keeps
    with zipfile.ZipFile(file) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()
    assert "<f>" not in page
    assert 'state="frozen"' in page
    assert "#,##0" in re.sub("&quot;", '"', styles) or 'numFmtId="3"' in styles
    assert "dd/mm/yyyy" in styles


def test_csv_opens_in_excel_and_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    export_table(file, TITLES, ROWS, KINDS)
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows[1] == ["Nguyễn Thị Hòa", "1234567", "05/03/2026", "'=CMD()"]
    assert rows[2] == ["Đặng Văn Đức", "-50000", "", "'+84 912"]
    assert rows[3][0] == "'@lệnh"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_begins_a_formula_is_escaped(text: str) -> None:
    assert escaped(text) == "'" + text
    assert escaped("a" + text) == "a" + text


def test_moments_and_flags(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[datetime(2026, 3, 5, 3, 0, tzinfo=UTC), True]]
    export_table(tmp_path / "a.xlsx", ["Lúc", "Chữ lớn"], rows, [ColumnKind.INSTANT, ColumnKind.TEXT])
    assert read_table(tmp_path / "a.xlsx").rows[0][1] == "có"


def test_fifty_thousand_rows_pass_through_one_by_one(tmp_path: Path) -> None:
    held = 0

    def rows() -> Iterator[Sequence[Value]]:
        nonlocal held
        for number in range(20_000):
            held = number
            yield [f"Người {number}", number]

    assert (
        export_table(tmp_path / "a.xlsx", ["Tên", "Số"], rows(), [ColumnKind.TEXT, ColumnKind.NUMBER])
        == 20_000
    )
    assert held == 19_999


def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    export_table(file, TITLES, ROWS, KINDS)
    before = file.read_bytes()

    def broken() -> Iterator[Sequence[Value]]:
        yield ROWS[0]
        raise RuntimeError("stopped")

    for name in ("a.xlsx", "b.csv"):
        with pytest.raises(RuntimeError):
            export_table(tmp_path / name, TITLES, broken(), KINDS)
    assert file.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.xlsx"]


def test_a_missing_folder_or_a_full_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        export_table(tmp_path / "none" / "a.xlsx", TITLES, ROWS, KINDS)
    assert caught.value.code == "no-folder"
    assert write_trouble(OSError(errno.ENOSPC, "full"), tmp_path).code == "disk-full"
    assert write_trouble(OSError(errno.EACCES, "no"), tmp_path).code == "cannot-write"


@pytest.mark.skipif(not Path("/dev/full").exists() or sys.platform == "win32", reason="needs /dev/full")
def test_a_disk_that_fills_up_is_a_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble) as caught:
        export_table(tmp_path / "a.csv", TITLES, ROWS, KINDS)
    assert caught.value.code == "disk-full"
    assert list(tmp_path.iterdir()) == []


def test_as_many_kinds_as_titles(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="kinds"):
        export_table(tmp_path / "a.xlsx", TITLES, ROWS, [ColumnKind.TEXT])

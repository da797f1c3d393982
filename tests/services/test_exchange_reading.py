"""Reading lists: every kind of file, wrong files, bombs, headings."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.problems import Trouble
from desktop.services.exchange import Field, guess_mapping, read_table
from desktop.services.exchange.reading import find_delimiter

CSV = "Họ và tên;Năm sinh;Điện thoại\nNguyễn Thị Hòa;1985;0912345678\nĐặng Văn Đức;1970;\n"
HEADINGS = ("Họ và tên", "Năm sinh", "Điện thoại")


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_in_every_unicode_form(tmp_path: Path, encoding: str, newline: str) -> None:
    file = written(tmp_path / "a.csv", CSV.replace("\n", newline).encode(encoding))
    sheet = read_table(file)
    assert sheet.headings == HEADINGS
    assert sheet.rows[1] == ("Đặng Văn Đức", "1970", "")
    assert sheet.numbers == (2, 3)
    assert not sheet.typed


def test_csv_of_the_vietnamese_windows_page(tmp_path: Path) -> None:
    # cp1258 keeps tones as marks of their own: "ễ" is "ê" and a tilde.
    text = CSV.replace("Nguyễn", "Nguyê\u0303n").replace("Thị", "Thi\u0323").replace("Hòa", "Ho\u0300a")
    text = (
        text.replace("Họ", "Ho\u0323")
        .replace("và", "va\u0300")
        .replace("Điện", "Điê\u0323n")
        .replace("thoại", "thoa\u0323i")
    )
    text = text.replace("Đặng", "Đă\u0323ng").replace("Đức", "Đư\u0301c")
    sheet = read_table(written(tmp_path / "a.csv", text.encode("cp1258")))
    assert sheet.headings == HEADINGS
    assert [unicodedata.normalize("NFC", str(row[0])) for row in sheet.rows] == [
        "Nguyễn Thị Hòa",
        "Đặng Văn Đức",
    ]


def test_csv_of_an_old_font_keeps_its_letters_for_the_preview(tmp_path: Path) -> None:
    text = "Hä vµ tªn,N¨m sinh\nNguyÔn V¨n A,1980\nTrÇn ThÞ B×nh,1981\n"
    sheet = read_table(written(tmp_path / "a.csv", text.encode("cp1252")))
    assert sheet.rows[0][0] == "NguyÔn V¨n A"
    assert guess_mapping(sheet.headings) == (Field.FULL_NAME, Field.BIRTH)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    rows = [["Họ, tên", "Năm"], ["Nguyễn; A", "1985"], ["B", "1"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert find_delimiter(text) == delimiter


def test_a_quoted_field_may_hold_lines(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", 'Họ và tên,Ghi chú\n"Lê An","một\nhai"\nLê Ba,\n'.encode())
    sheet = read_table(file)
    assert [row[0] for row in sheet.rows] == ["Lê An", "Lê Ba"]
    assert sheet.numbers == (2, 4)


def test_xlsx_with_a_title_above_and_column_numbers_below(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Trống")
        page = book.add_worksheet("DS")
        page.write("A1", "DANH SÁCH THÀNH VIÊN")
        page.write_row("A3", ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"])
        page.write_row("A4", ["(1)", "(2)", "(3)", "(4)"])
        page.write_row("A5", [1, "Nguyễn Thị Hòa"])
        page.write_datetime("C5", date(1985, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))  # type: ignore[arg-type]
        page.write_number("D5", 86185012345)
    sheet = read_table(file)
    assert (sheet.name, sheet.names, sheet.typed) == ("DS", ("Trống", "DS"), True)
    assert sheet.headings == ("STT", "Họ và tên", "Ngày sinh", "Số CCCD")
    assert sheet.numbers == (5,)
    assert sheet.rows[0][1:] == ("Nguyễn Thị Hòa", date(1985, 3, 5), 86185012345.0)


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="DS">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"{more}><text:p>{0}</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>{1}</text:p></table:table-cell></table:table-row>'
)


def ods(path: Path, more: str = "") -> Path:
    rows = ODS_ROW.format("Họ và tên", "Giới tính", more="") + ODS_ROW.format("Lê Thị An", "Nữ", more=more)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        packed.writestr("content.xml", ODS.format(rows=rows))
    return path


def test_ods(tmp_path: Path) -> None:
    sheet = read_table(ods(tmp_path / "a.ods"))
    assert sheet.headings == ("Họ và tên", "Giới tính")
    assert sheet.rows == (("Lê Thị An", "Nữ"),)


def trouble(file: Path) -> str:
    with pytest.raises(Trouble) as caught:
        read_table(file)
    assert caught.value.message
    assert caught.value.advice
    return caught.value.code


def test_wrong_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    assert trouble(tmp_path) == "directory"
    assert trouble(tmp_path / "none.xlsx") == "missing"
    assert trouble(written(tmp_path / "empty.csv", b"")) == "empty"
    assert trouble(written(tmp_path / "blank.csv", b"\n\n  \n")) == "empty"
    assert trouble(written(tmp_path / "broken.xlsx", b"PK\x03\x04 not a zip at all")) == "not-a-table"
    assert (
        trouble(written(tmp_path / "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
        == "not-a-table"
    )
    assert trouble(written(tmp_path / "photo.csv", bytes(range(256)) * 40)) == "not-a-table"
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as packed:
        packed.writestr("letter.txt", "xin chào")
    assert trouble(tmp_path / "other.xlsx") == "not-a-table"
    with xlsxwriter.Workbook(tmp_path / "blank.xlsx") as book:
        book.add_worksheet()
    assert trouble(tmp_path / "blank.xlsx") == "empty"


def test_bombs_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    head = "Họ và tên,Ghi chú\n".encode()
    assert trouble(written(tmp_path / "line.csv", head + b"A" * 3_000_000)) == "too-large"
    assert trouble(written(tmp_path / "field.csv", head + b'"' + b"A\n" * 200_000)) == "too-large"
    big = tmp_path / "big.csv"
    with big.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    assert trouble(big) == "too-large"
    with xlsxwriter.Workbook(tmp_path / "far.xlsx") as book:
        page = book.add_worksheet()
        page.write("A1", "Họ và tên")
        page.write(1_048_575, 16_383, "x")
    assert trouble(tmp_path / "far.xlsx") == "too-large"
    assert trouble(ods(tmp_path / "wide.ods", ' table:number-columns-repeated="16000"')) == "too-large"


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", ("Họ và tên,Năm sinh\n" + "Lê An,1985\n" * 100_002).encode())
    assert trouble(file) == "too-large"


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["STT", "HỌ VÀ TÊN", "Năm sinh (*)", "Số CCCD/CMND"],
            [None, Field.FULL_NAME, Field.BIRTH, Field.CITIZEN_NUMBER],
        ),
        (
            ["Full name", "Sex", "Date of Birth", "Phone"],
            [Field.FULL_NAME, Field.SEX, Field.BIRTH, Field.PHONE],
        ),
        (["Họ và tên đệm", "Tên", "Nữ"], [Field.FAMILY_MIDDLE, Field.GIVEN, Field.FEMALE_MARK]),
        (["Tên", "Ấp"], [Field.FULL_NAME, Field.HAMLET]),
        (["ho ten", "dia chi", "ghi chu"], [Field.FULL_NAME, Field.ADDRESS, Field.NOTE]),
        (["Hä vµ tªn", "Giíi tÝnh", "§Þa chØ"], [Field.FULL_NAME, Field.SEX, Field.ADDRESS]),
        (["Họ tên", "Họ tên", "abc"], [Field.FULL_NAME, None, None]),
    ],
)
def test_headings_are_understood(headings: list[str], fields: list[Field | None]) -> None:
    assert list(guess_mapping(headings)) == fields
    assert list(guess_mapping([unicodedata.normalize("NFD", heading) for heading in headings])) == fields


def test_a_name_heading_over_two_columns(tmp_path: Path) -> None:
    text = "Họ và tên,,Năm sinh\nNguyễn Thị,Hòa,1985\nLê,An,1990\n"
    sheet = read_table(written(tmp_path / "a.csv", text.encode()))
    assert guess_mapping(sheet.headings, sheet.rows) == (Field.FAMILY_MIDDLE, Field.GIVEN, Field.BIRTH)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_trouble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = written(tmp_path_factory.getbasetemp() / "any.csv", data)
    try:
        sheet = read_table(file)
    except Trouble:
        return
    assert all(len(row) == len(sheet.headings) for row in sheet.rows)

"""Importing members: what a row is understood as, what is refused, and that it is all or nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from desktop.models.ids import GroupId
from desktop.models.kinds import Sex
from desktop.models.problems import Refusal, Trouble
from desktop.services import groups, history, households, members
from desktop.services.acts import Act
from desktop.services.exchange import (
    Field,
    ImportOptions,
    Preview,
    Sheet,
    mapping_for,
    preview,
    read_table,
    run_import,
    write_rejects,
)
from desktop.services.exchange.cells import birth, citizen_number, day, sex, text_of
from desktop.services.members import MemberFilter, MemberSort
from desktop.store.book import Book
from resources.lang.legacy import Encoding
from tests.services.people_kit import enrol, found_group, household

TODAY = date(2026, 3, 5)
HEADINGS = ("Họ và tên", "Giới tính", "Năm sinh", "CCCD", "Ấp")
HOA = ("Nguyễn Thị Hòa", "Nữ", "1985", "086185012345", "ấp 3")
DUC = ("Đặng Văn Đức", "Nam", "1970", "086070012346", "ấp 3")


def sheet(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, typed: bool = False) -> Sheet:
    full = [tuple(row) + (None,) * (len(headings) - len(row)) for row in rows]
    return Sheet(tuple(headings), tuple(full), tuple(range(2, len(rows) + 2)), typed=typed)


def seen(book: Book, table: Sheet, **options: Any) -> Preview:
    return preview(book, table, None, ImportOptions(today=TODAY, **options))


def problems(found: Preview) -> list[tuple[int, str, str]]:
    return [(row.number, problem.code, problem.field) for row in found.rows for problem in row.problems]


def names(book: Book, **wanted: Any) -> list[str]:
    return [row.full_name for row in members.page(book, MemberFilter(**wanted), MemberSort(), 0, 100)]


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "typed", "found", "code"),
    [
        (86185012345.0, True, "086185012345", "citizen-zero"),
        (86185012345, True, "086185012345", "citizen-zero"),
        ("86185012345", False, "086185012345", "citizen-zero"),
        ("86185012345", True, "086185012345", "citizen-zero"),
        ("08618501234", True, "08618501234", None),
        ("086 185 012 345", True, "086185012345", None),
        ("'086185012345", True, "086185012345", None),
        ("8,61850E+10", False, "", "citizen-lost"),
        (None, True, "", None),
    ],
)
def test_citizen_numbers_that_excel_spoiled(cell: Any, typed: bool, found: str, code: str | None) -> None:
    reading = citizen_number(cell, typed=typed)
    assert reading.value[0] == found
    assert [problem.code for problem in reading.problems] == ([] if code is None else [code])


def test_an_old_identity_card_goes_to_the_old_papers() -> None:
    assert citizen_number("331234567", typed=True).value == ("", "331234567")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("05/03/1985", (date(1985, 3, 5), 1985)),
        ("5-3-85", (date(1985, 3, 5), 1985)),
        (date(1985, 3, 5), (date(1985, 3, 5), 1985)),
        (31111.0, (date(1985, 3, 5), 1985)),
        ("1985", (None, 1985)),
        (1985.0, (None, 1985)),
        ("00/00/1985", (None, 1985)),
        ("03/1985", (None, 1985)),
        ("1985-03-05 00:00:00", (date(1985, 3, 5), 1985)),
        (None, (None, None)),
    ],
)
def test_birth_in_all_the_ways_of_lists(cell: Any, found: tuple[date | None, int | None]) -> None:
    assert birth(cell, TODAY).value == found


def test_impossible_days_are_told() -> None:
    assert birth("31/02/1985", TODAY).problems[0].code == "bad-day"
    assert day("12/31/2020", TODAY, "joined").problems[0].field == "joined"


def test_sex_in_both_languages() -> None:
    assert [sex(text).value for text in ("Nữ", "NU", "nam", "F", "Male", "khác", "")] == [
        Sex.FEMALE,
        Sex.FEMALE,
        Sex.MALE,
        Sex.FEMALE,
        Sex.MALE,
        Sex.OTHER,
        None,
    ]
    assert sex("gì đó").problems[0].code == "bad-sex"


def test_texts_are_tidy_and_formulas_stay_texts() -> None:
    assert text_of(" Lê\u200b  An\n") == "Lê An"
    assert text_of("=CMD()") == "=CMD()"
    assert text_of("'=CMD()") == "=CMD()"
    assert text_of(912345678.0) == "912345678"


# -- rows ------------------------------------------------------------------------------------------


def test_a_list_is_imported_with_households_and_a_group(any_book: Book, act: Act) -> None:
    group = found_group(any_book, act)
    table = sheet(
        ("ĐẶNG VĂN ĐỨC", "Nam", "1970", "86070012346", "ấp 3", "H1", "x", "912345678", "kinh", "01/02/2026"),
        (*HOA, "H1", "", "0987654321", "Khơ me"),
        headings=(*HEADINGS, "Mã hộ", "Chủ hộ", "SĐT", "Dân tộc", "Ngày vào nhóm"),
    )
    found = seen(any_book, table, group=group)
    assert (found.good, found.warned, found.bad) == (2, 0, 0)
    result = run_import(any_book, found, act).value
    assert (result.members, result.households, result.memberships, result.rejected) == (2, 1, 2, 0)
    roster = groups.roster(any_book, group, TODAY)
    assert [(row.full_name, row.position, row.code) for row in roster] == [
        ("Đặng Văn Đức", 1, "TV-0001"),
        ("Nguyễn Thị Hòa", 2, "TV-0002"),
    ]
    assert roster[0].joined == date(2026, 2, 1)
    head = members.get(any_book, roster[0].member_id)
    assert (head.person.citizen_number, head.person.phone) == ("086070012346", "0912345678")
    assert (head.is_head, head.household_code, head.address) == (True, "H1", "ấp 3")
    assert members.get(any_book, roster[1].member_id).person.ethnic_code == "05"
    assert households.count(any_book, households.HouseholdFilter(text="dang duc")) == 1
    assert history.of_member(any_book, roster[0].member_id)[0].by == act.who
    assert names(any_book, text="dang") == ["Đặng Văn Đức"]


def test_an_imported_book_still_verifies(book: Book, act: Act) -> None:
    from desktop.services.verify import verify

    run_import(book, seen(book, sheet(HOA, DUC)), act)
    assert verify(book).findings == ()


def test_problems_stand_at_their_row_and_column(book: Book) -> None:
    table = sheet(
        ("", "Nữ", "1985", "", "ấp 3"),
        ("Lê An", "?", "1985", "", "ấp 3"),
        ("Lê Bình", "Nam", "31/02/1990", "", "ấp 3"),
        ("Lê Cúc", "Nữ", "1985", "12345", "ấp 3"),
        ("Lê Dung", "", "1985", "086185012399", "ấp 3"),
        ("Lê Em", "Nam", "2030", "", "ấp 3"),
    )
    assert problems(seen(book, table)) == [
        (2, "name-missing", "full_name"),
        (3, "bad-sex", "sex"),
        (4, "bad-day", "birth_date"),
        (5, "citizen-length", "citizen_number"),
        (6, "sex-from-number", "sex"),
        (7, "birth-future", "birth_date"),
    ]


def test_nothing_is_imported_when_a_row_is_bad(book: Book, act: Act) -> None:
    found = seen(book, sheet(HOA, ("Lê An", "Nam", "31/02/1990")))
    with pytest.raises(Refusal) as caught:
        run_import(book, found, act)
    assert [problem.field for problem in caught.value.problems] == ["3/birth_date"]
    assert members.count(book, MemberFilter()) == 0


def test_good_rows_pass_and_rejected_ones_come_back_with_reasons(
    book: Book, act: Act, tmp_path: Path
) -> None:
    found = seen(book, sheet(HOA, ("=CMD()", "Nam", "31/02/1990"), DUC), skip_bad=True)
    result = run_import(book, found, act).value
    assert (result.members, result.rejected) == (2, 1)
    assert write_rejects(tmp_path / "loai.xlsx", found) == 1
    back = read_table(tmp_path / "loai.xlsx")
    assert back.headings[:5] == HEADINGS
    assert back.rows[0][0] == "=CMD()"
    assert back.rows[0][5] == 3
    assert "31/02" in str(back.rows[0][6]) or "không có ngày 31" in str(back.rows[0][6])


def test_warnings_need_a_yes(book: Book, act: Act) -> None:
    table = sheet(("Trần Thị Lan", "Nam", "1985", "086185012345", "ấp 3"))  # the number says a woman
    with pytest.raises(Refusal):
        run_import(book, seen(book, table), act)
    run_import(book, seen(book, table, accept_warnings=True), act)
    assert names(book) == ["Trần Thị Lan"]


def test_a_list_imported_twice_is_stopped_by_name(book: Book, act: Act) -> None:
    table = sheet(("Nguyễn Thị Hòa", "Nữ", "1985", "", "ấp 3"), ("Trần Văn Lúa", "Nam", "1970", "", ""))
    run_import(book, seen(book, table), act)
    again = seen(book, table, accept_warnings=True, skip_bad=True)
    assert again.bad == 2
    assert "Đã có trong sổ: TV-0001 Nguyễn Thị Hòa" in again.rows[0].problems[0].message
    with pytest.raises(Refusal):
        run_import(book, again, act)
    # A namesake whom a number tells apart is still let in after a yes.
    other = seen(
        book, sheet(("Nguyễn Thị Hòa", "Nữ", "1985", HOA[3], "ấp 9"), ("Lê A", "Nam", "1970", "", ""))
    )
    assert other.bad == 0


def test_duplicates_in_the_file_and_in_the_book(book: Book, act: Act) -> None:
    enrol(book, act, "Nguyễn Thị Hòa", citizen_number=HOA[3], household=household(book, act, "Ấp 3"))
    table = sheet(
        ("Người Khác", "Nữ", "1985", HOA[3], "ấp 9"),
        ("Nguyễn Thị Hoà", "Nữ", "1985", "", "ấp 3"),
        DUC,
        DUC,
    )
    found = seen(book, table)
    assert [(number, code) for number, code, _field in problems(found)] == [
        (2, "citizen-twice"),
        (3, "person-twice"),
        (5, "citizen-twice"),
    ]
    assert "TV-0001 Nguyễn Thị Hòa" in found.rows[0].problems[0].message
    assert "dòng 4" in found.rows[3].problems[0].message


def test_the_book_is_asked_again_when_the_import_runs(book: Book, act: Act) -> None:
    found = seen(book, sheet(HOA))
    assert found.good == 1
    enrol(book, act, "Người Khác", citizen_number=HOA[3])
    with pytest.raises(Refusal):
        run_import(book, found, act)


def test_codes_are_kept_or_given(book: Book, act: Act) -> None:
    table = sheet(
        ("Lê An", "Nam", "1980", "TV-0002"),
        ("Lê Bình", "Nam", "1981", ""),
        ("Lê Cúc", "Nữ", "1982", ""),
        headings=("Họ và tên", "Giới tính", "Năm sinh", "Mã thành viên"),
    )
    run_import(book, seen(book, table), act)
    rows = members.page(book, MemberFilter(), MemberSort(), 0, 9)
    assert {row.full_name: row.code for row in rows} == {
        "Lê An": "TV-0002",
        "Lê Bình": "TV-0003",
        "Lê Cúc": "TV-0004",
    }


def test_groups_by_column(book: Book, act: Act) -> None:
    first, second = found_group(book, act, "Hoa Sen"), found_group(book, act, "Hoa Mai")
    headings = ("Họ và tên", "Giới tính", "Nhóm")
    table = sheet(
        ("Lê An", "Nam", "n-002"),
        ("Lê Bình", "Nam", "hoa sen"),
        ("Lê Cúc", "Nữ", "Hoa Lan"),
        headings=headings,
    )
    assert [code for _row, code, _field in problems(seen(book, table))] == ["group-unknown"]
    run_import(book, seen(book, table, skip_bad=True), act)

    def roster(group: GroupId) -> list[str]:
        return [row.full_name for row in groups.roster(book, group, TODAY)]

    assert (roster(first), roster(second)) == (["Lê Bình"], ["Lê An"])


def test_a_second_head_is_refused(book: Book, act: Act) -> None:
    headings = ("Họ và tên", "Giới tính", "Mã hộ", "Quan hệ với chủ hộ")
    table = sheet(
        ("Lê An", "Nam", "H1", "Chủ hộ"),
        ("Lê Bà", "Nữ", "H1", "Vợ"),
        ("Lê Con", "Nam", "H1", "Chủ hộ"),
        headings=headings,
    )
    assert problems(seen(book, table)) == [(4, "head-twice", "is_head")]


def test_totals_and_signatures_are_no_people(book: Book) -> None:
    table = sheet(HOA, ("Tổng cộng: 1 người",), (None, None, None, None, None))
    assert len(seen(book, table).rows) == 1


def test_decomposed_text_becomes_one_form(book: Book, act: Act) -> None:
    nfd = [unicodedata.normalize("NFD", text) for text in HOA]
    run_import(
        book, seen(book, sheet(nfd, headings=[unicodedata.normalize("NFD", h) for h in HEADINGS])), act
    )
    assert names(book) == ["Nguyễn Thị Hòa"]


def test_old_fonts_are_recognised_and_converted_only_when_agreed(book: Book, act: Act) -> None:
    headings = ("Hä vµ tªn", "Giíi tÝnh", "N¨m sinh")
    table = sheet(("NguyÔn V¨n A", "Nam", "1980"), ("TrÇn ThÞ B×nh", "N÷", "1981"), headings=headings)
    found = seen(book, table)
    assert found.fonts[0].encoding is Encoding.TCVN3
    assert ("NguyÔn V¨n A", "Nguyễn Văn A") in found.fonts[0].samples
    assert "old-font" in [problem.code for problem in found.problems]
    with pytest.raises(Refusal):
        run_import(book, found, act)
    run_import(book, seen(book, table, convert=True), act)
    assert names(book) == ["Nguyễn Văn A", "Trần Thị Bình"]


def test_rejected_rows_of_an_old_font_come_back_whole_in_unicode(
    book: Book, act: Act, tmp_path: Path
) -> None:
    headings = ("Hä vµ tªn", "Giíi tÝnh", "N¨m sinh", "Ghi chó")
    table = sheet(
        ("NguyÔn V¨n A", "Nam", "1980", "=1+1"),
        ("TrÇn ThÞ B×nh", "N÷", "31/02/1981", "=CMD()"),
        headings=headings,
    )
    found = seen(book, table, convert=True, skip_bad=True)
    assert write_rejects(tmp_path / "loai.csv", found) == 1
    run_import(book, found, act)
    assert names(book) == ["Nguyễn Văn A"]
    back = read_table(tmp_path / "loai.csv")
    assert back.headings[:4] == ("Họ và tên", "Giới tính", "Năm sinh", "Ghi chú")
    assert back.rows[0][:4] == ("Trần Thị Bình", "Nữ", "31/02/1981", "'=CMD()")
    again = preview(book, back, None, ImportOptions(today=TODAY))
    assert again.fonts == ()
    assert again.mapping[:4] == (Field.FULL_NAME, Field.SEX, Field.BIRTH, Field.NOTE)
    assert [problem.field for problem in again.rows[0].problems] == [Field.BIRTH.value]


def test_vni_text_is_converted(book: Book, act: Act) -> None:
    table = sheet(("Nguyeãn Thò Hoàa".replace("àa", "øa"), "Nöõ", "1981"), headings=HEADINGS[:3])
    found = seen(book, table, convert=True)
    assert found.fonts[0].encoding is Encoding.VNI
    run_import(book, found, act)
    assert names(book) == ["Nguyễn Thị Hòa"]


def test_the_mapping_is_remembered_for_the_same_headings(book: Book, act: Act) -> None:
    table = sheet(("Lê An", "Nam", "H7"), headings=("Cột 1", "Cột 2", "Cột 3"))
    assert "no-name-column" in [problem.code for problem in seen(book, table).problems]
    mine = (Field.FULL_NAME, Field.SEX, Field.HOUSEHOLD)
    run_import(book, preview(book, table, mine, ImportOptions(today=TODAY)), act)
    assert mapping_for(book, ["cột 1", "CỘT 2", "Cột  3"]) == mine
    assert mapping_for(book, ["Cột 1", "Cột 2"]) == (None, None)


def test_two_columns_may_not_be_one_field(book: Book) -> None:
    found = preview(
        book,
        sheet(HOA),
        (Field.FULL_NAME, Field.SEX, Field.FULL_NAME, None, None),
        ImportOptions(today=TODAY),
    )
    assert [problem.code for problem in found.problems] == ["column-twice"]


def test_a_stopped_import_writes_nothing(book: Book, act: Act) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 0:
            raise Stopped

    with pytest.raises(Stopped):
        run_import(book, seen(book, sheet(HOA, DUC)), act, stop)
    assert members.count(book, MemberFilter()) == 0
    assert households.count(book, households.HouseholdFilter()) == 0


def test_a_formula_is_a_text(book: Book, act: Act) -> None:
    table = sheet(
        ("Lê An", "Nam", "=1+1", "=CMD|'/c calc'!A0"), headings=("Họ và tên", "Giới tính", "Mã hộ", "Ghi chú")
    )
    found = seen(book, table)
    assert problems(found) == [(2, "code-form", "household")]
    table = sheet(("=CMD()", "Nam", "=1+1"), headings=("Họ và tên", "Giới tính", "Ghi chú"))
    run_import(book, seen(book, table, accept_warnings=True), act)
    detail = members.get_by_code(book, "TV-0001")
    assert detail is not None
    assert (detail.person.full_name, detail.person.note) == ("=CMD()", "=1+1")


def test_a_read_only_book_says_so(book: Book, act: Act) -> None:
    found = seen(book, sheet(HOA))
    with Book.open(book.address, who="Người khác") as second:
        assert second.readonly
        with pytest.raises(Trouble):
            run_import(second, found, act)


@pytest.mark.slow
def test_five_thousand_rows_from_excel(book: Book, act: Act, tmp_path: Path) -> None:
    group = found_group(book, act)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, ["Họ và tên", "Giới tính", "Năm sinh", "CCCD", "Mã hộ", "Chủ hộ", "Ấp"])
        for row in range(1, 5001):
            number = 86185000000 + row
            page.write_row(row, 0, [f"Nguyễn Thị Số {_letters(row)}", "Nữ", 1985, number, f"H{row // 3:04d}"])
            page.write_row(row, 5, ["x" if row % 3 == 0 else "", f"ấp {row // 3 % 9}"])
    told: list[int] = []
    found = seen(book, read_table(tmp_path / "a.xlsx"), group=group)
    assert (found.good, found.warned, found.bad) == (5000, 0, 0)
    result = run_import(book, found, act, lambda done, total: told.append(done * 100 // total)).value
    assert (result.members, result.households, result.memberships) == (5000, 1667, 5000)
    assert told == sorted(told)
    assert told[-1] == 100
    last = groups.roster(book, group, TODAY)[-1]
    assert (last.position, last.code) == (5000, "TV-5000")


def _letters(number: int) -> str:
    return "".join("ABCDEGHIKL"[int(digit)] for digit in str(number))

"""A commune's list of poor households: read, matched, decided, kept whole or not at all; nothing merged silently."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.ids import HouseholdId
from desktop.models.kinds import Poverty, Sex
from desktop.models.problems import Refusal
from desktop.models.rules.household_matching import Kind, Likeness
from desktop.services import households, poverty
from desktop.services.acts import Act
from desktop.services.exchange import read_table
from desktop.services.household_lists import columns, keeping, previewing
from desktop.services.household_lists.columns import ListField
from desktop.services.household_lists.previewing import Choice, Decision, ListPreview
from desktop.services.household_lists.reading import ListOptions, status_named
from desktop.store.book import Book
from tests.services.people_kit import enrol, household

COMMUNE = "30043"
HEAD = "STT,Họ và tên chủ hộ,Nam,Nữ,Dân tộc,Thôn/ấp,Hộ nghèo,Hộ cận nghèo,Điểm B1,Điểm B2,Số CCCD\n"


@pytest.fixture
def homes(book: Book, act: Act) -> dict[str, HouseholdId]:
    """Three households: Hòa and Út in ấp 3, another Hòa in ấp Bình Phú."""
    found = {}
    for key, name, hamlet, number in (
        ("hoa", "Nguyễn Thị Hòa", "ấp 3", "092185000001"),
        ("ut", "Lê Văn Út", "ấp 3", ""),
        ("hoa2", "Nguyễn Thị Hòa", "ấp Bình Phú", ""),
    ):
        found[key] = household(book, act, hamlet, commune_code=COMMUNE)
        more = {"citizen_number": number} if number else {"birth_year": None}
        enrol(
            book,
            act,
            name,
            household=found[key],
            is_head=True,
            agreed=True,
            sex=Sex.MALE if "Văn" in name else Sex.FEMALE,
            **more,
        )
    return found


def seen(book: Book, tmp_path: Path, lines: str, **more: object) -> ListPreview:
    file = tmp_path / "ho-ngheo.csv"
    file.write_text(HEAD + lines, encoding="utf-8")
    sheet = read_table(file)
    options = {"today": date(2026, 3, 5), "year": 2025, "commune_code": COMMUNE, **more}
    return previewing.preview(
        book,
        sheet,
        columns.mapping_for(book, sheet.headings),
        ListOptions(**options),  # type: ignore[arg-type]
    )


def test_the_columns_of_the_usual_form_are_understood() -> None:
    assert columns.guess([word.strip() for word in HEAD.split(",")]) == (
        None,
        ListField.NAME,
        ListField.BIRTH_MALE,
        ListField.BIRTH_FEMALE,
        ListField.ETHNIC,
        ListField.HAMLET,
        ListField.POOR_MARK,
        ListField.NEAR_MARK,
        ListField.B1,
        ListField.B2,
        ListField.CITIZEN_NUMBER,
    )


def test_lines_are_sure_unsure_or_new(book: Book, homes: dict[str, HouseholdId], tmp_path: Path) -> None:
    found = seen(
        book,
        tmp_path,
        "1,Nguyễn Thị Hòa,,1985,Kinh,Ấp 3,x,,120,40,092185000001\n"
        "2,Le Van Ut,1970,,Kinh,ấp 3,,x,130,20,\n"
        "3,Trần Thị Mới,,1990,Khmer,ấp 4,x,,,,\n"
        "4,Nguyễn Thị Hòa,,1960,Kinh,ấp Xa,x,,,,\n"
        "Tổng cộng,4,,,,,,,,,\n",
    )
    assert [(row.match.kind, row.is_bad) for row in found.rows] == [
        (Kind.SURE, False),
        (Kind.UNSURE, False),
        (Kind.NEW, False),
        (Kind.UNSURE, False),
    ]
    assert found.rows[0].match.home is not None
    assert found.rows[0].match.home.id == homes["hoa"]
    assert found.rows[1].match.candidates[0].why is Likeness.NO_MARKS
    assert {one.home.id for one in found.rows[3].match.candidates} == {homes["hoa"], homes["hoa2"]}
    assert [row.row.status for row in found.rows[:2]] == [Poverty.POOR, Poverty.NEAR_POOR]
    assert [row.number for row in found.undecided({})] == [3, 5]


def test_a_list_is_kept_after_every_decision(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(
        book,
        tmp_path,
        "1,Nguyễn Thị Hòa,,1985,Kinh,Ấp 3,x,,120,40,092185000001\n"
        "2,Le Van Ut,1970,,Kinh,ấp 3,,x,130,20,\n"
        "3,Trần Thị Mới,,1990,Khmer,ấp 4,x,,,,\n"
        "4,Nguyễn Thị Hòa,,1960,Kinh,ấp Xa,x,,,,\n",
        decision="QĐ 12/2025",
    )
    with pytest.raises(Refusal) as refused:
        keeping.keep(book, found, {}, act)
    assert len(refused.value.problems) == 2
    assert households.count(book, households.HouseholdFilter()) == 3
    decisions = {3: Decision(Choice.ACCEPT, homes["ut"]), 5: Decision(Choice.SKIP)}
    result = keeping.keep(book, found, decisions, act).value
    assert (result.matched, result.founded, result.left_out) == (2, 1, 1)
    (row,) = poverty.history(book, homes["hoa"])
    assert (row.year, row.standard, row.status, row.b1, row.b2) == (2025, "2022", Poverty.POOR, 120, 40)
    assert row.decision == "QĐ 12/2025"
    assert poverty.history(book, homes["ut"])[0].status is Poverty.NEAR_POOR
    assert not poverty.history(book, homes["hoa2"])
    (new,) = households.page(
        book, households.HouseholdFilter(text="Trần Thị Mới"), households.HouseholdSort(), 0, 5
    )
    detail = households.get(book, new.id)
    assert detail.head is not None
    assert detail.head.sex is Sex.FEMALE
    assert detail.address.hamlet == "ấp 4"
    rejects = tmp_path / "loai.csv"
    assert keeping.write_rejects(rejects, found, decisions) == 1
    text = rejects.read_text(encoding="utf-8-sig")
    assert "ấp Xa" in text
    assert "bỏ qua" in text


def test_new_is_a_decision_for_an_unsure_line(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(book, tmp_path, "1,Nguyễn Thị Hòa,,1960,Kinh,ấp Xa,x,,,,\n")
    result = keeping.keep(book, found, {2: Decision(Choice.NEW)}, act).value
    assert (result.matched, result.founded) == (0, 1)
    assert not poverty.history(book, homes["hoa"])


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("1,,,1985,Kinh,ấp 3,x,,,,\n", ListField.NAME),
        ("1,Lê Văn Út,1970,,Kinh,ấp 3,,,,,\n", ListField.STATUS),
        ("1,Lê Văn Út,1970,,Kinh,ấp 3,x,x,,,\n", ListField.STATUS),
        ("1,Lê Văn Út,1970,,Kinh,ấp 3,x,,cao,,\n", ListField.B1),
        ("1,Lê Văn Út,1970,,Sao Hỏa,ấp 3,x,,,,\n", ListField.ETHNIC),
        ("1,Lê Văn Út,1970,,Kinh,ấp 3,x,,,,12345\n", ListField.CITIZEN_NUMBER),
        ("1,Phạm Mới,,,Kinh,ấp 3,x,,,,\n", ListField.SEX),
    ],
)
def test_a_wrong_line_says_what_is_wrong_and_is_left_out(
    book: Book, homes: dict[str, HouseholdId], tmp_path: Path, line: str, field: ListField
) -> None:
    (row,) = seen(book, tmp_path, line).rows
    assert row.is_bad
    assert field in {problem.field for problem in row.problems}


def test_points_that_do_not_agree_with_the_status_are_told_and_never_scored_again(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(book, tmp_path, "1,Lê Văn Út,1970,,Kinh,ấp 3,x,,120,25,\n")
    assert {problem.code for problem in found.rows[0].problems} == {"b2-points", "forms-differ"}
    keeping.keep(book, found, {}, act)
    assert poverty.history(book, homes["ut"])[0].status is Poverty.POOR


def test_two_lines_for_one_household_are_not_merged(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(
        book,
        tmp_path,
        "1,Lê Văn Út,1970,,Kinh,ấp 3,x,,,,\n2,Lê Văn Út,1970,,Kinh,3,x,,,,\n3,Lê Văn Út,1970,,Kinh,ấp 3,x,,,,\n",
    )
    assert [row.match.kind for row in found.rows[:2]] == [Kind.SURE, Kind.UNSURE]
    assert found.rows[2].is_bad  # the same line again
    with pytest.raises(Refusal) as refused:
        keeping.keep(book, found, {3: Decision(Choice.ACCEPT, homes["ut"])}, act)
    assert refused.value.problems[0].code == "home-twice"


def test_a_book_that_changed_since_the_list_was_looked_at_refuses(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(book, tmp_path, "1,Trần Thị Mới,,1990,Kinh,ấp 4,x,,,,\n")
    other = household(book, act, "ấp 4", commune_code=COMMUNE)
    enrol(book, act, "Trần Thị Mới", household=other, is_head=True)
    with pytest.raises(Refusal) as refused:
        keeping.keep(book, found, {}, act)
    assert refused.value.problems[0].code == "changed"
    assert not poverty.history(book, other)


def test_a_new_head_who_cannot_be_entered_stops_everything(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    """All or nothing: the good line before the bad one is not kept either."""
    found = seen(
        book,
        tmp_path,
        "1,Lê Văn Út,1970,,Kinh,ấp 3,x,,,,\n2,Ngô Thị Lạ,,1990,Kinh,ấp 9,x,,,,092185000001\n",
    )
    assert found.rows[1].match.kind is Kind.UNSURE  # the number is another person's
    with pytest.raises(Refusal):
        keeping.keep(book, found, {3: Decision(Choice.NEW)}, act)
    assert not poverty.history(book, homes["ut"])


def test_a_correction_of_the_same_year_is_a_later_record(any_book: Book, act: Act) -> None:
    home = household(any_book, act)
    for status in (Poverty.POOR, Poverty.NEAR_POOR):
        poverty.record(any_book, poverty.RecordPoverty(home, 2025, "2022", status), act)
    rows = poverty.history(any_book, home)
    assert [(row.status, row.in_force) for row in rows] == [
        (Poverty.NEAR_POOR, True),
        (Poverty.POOR, False),
    ]
    with any_book.read() as session:
        assert poverty.statuses_on(session, date(2026, 2, 1)) == {home: Poverty.NEAR_POOR}
        assert poverty.statuses_on(session, date(2027, 2, 1)) == {}


def test_thousands_of_lines_are_matched_together(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    lines = "".join(f"{n},Người Mới {n},19{n % 80 + 10},,Kinh,ấp {n % 20},x,,,,\n" for n in range(3000))
    found = seen(book, tmp_path, lines)
    assert found.count({}) == {"new": 3000}


def test_the_mapping_is_remembered_for_the_next_list(
    book: Book, act: Act, homes: dict[str, HouseholdId], tmp_path: Path
) -> None:
    found = seen(book, tmp_path, "1,Lê Văn Út,1970,,Kinh,ấp 3,x,,,,\n")
    changed = tuple(ListField.NOTE if field is ListField.ETHNIC else field for field in found.mapping)
    again = previewing.preview(book, found.sheet, changed, found.options)
    keeping.keep(book, again, {}, act)
    assert columns.mapping_for(book, found.sheet.headings) == changed


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hộ nghèo", Poverty.POOR),
        ("CẬN NGHÈO", Poverty.NEAR_POOR),
        ("Thoát nghèo", Poverty.NOT_POOR),
        ("giàu", None),
    ],
)
def test_words_for_a_status(text: str, status: Poverty | None) -> None:
    assert status_named(text) is status

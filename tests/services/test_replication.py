"""Working models in the book: made, carried, adopted, followed, counted for BV08, printed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.models.ids import GroupId
from desktop.models.problems import Refusal, Trouble
from desktop.models.rules.replication import AdoptionState, CoursePart
from desktop.services import groups, replication, replication_papers, templates
from desktop.services.books import create_book
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.replication import Adopt, ChangeAdoption, MakeModel
from desktop.services.verify import verify
from desktop.store.book import Book
from reports import model_sheet
from reports.kit.report import PaperOptions
from tests.reports.paper import check_whole, said
from tests.village import START, Village, an_act, meet, settle

ACT = an_act(date(2026, 4, 1))
PARTS = (CoursePart("QLN", "Quản lý nhóm", 960, ("M1", "M2")),)


def make(book: Book, group: GroupId, **more: object) -> int:
    known: dict[str, object] = {
        "code": "mh-01",
        "title": "Nhóm cổ phần",
        "description": "Cho ấp đông hộ nghèo.",
        "checklist": "Họp dân\nBầu ban quản lý",
        "courses": PARTS,
        "cost": 1_350_000,
        "cost_households": 25,
        "cost_basis": "tập huấn, sổ sách",
        **more,
    }
    return replication.make(book, MakeModel(group=group, **known), ACT).value  # type: ignore[arg-type]


def two(book: Book) -> tuple[Village, Village]:
    first, second = settle(book), settle(book, code="TO-02")
    meet(book, first)
    return first, second


def bv08(book: Book, day: date, scope: Scope = Scope()) -> tuple[int, int]:
    value = indicators()["BV08"].compute(load(book, scope, date(2026, 1, 1), day))
    return value.numerator, value.n


def codes(caught: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_model_is_made_from_a_group_and_runs_elsewhere(any_book: Book) -> None:
    book = any_book
    first, second = two(book)
    model = make(book, first.group)
    day = START + timedelta(days=28)
    adoption = replication.adopt(book, Adopt(model=model, adopted_on=START, group=second.group), ACT).value
    row = replication.adoptions(book, ACT.today)[0]
    assert (row.progress, row.state, row.replicated) == ("0/2", AdoptionState.BEGUN, False)
    for step in row.steps:
        replication.set_step(book, adoption, step.item, day, "", ACT)
    assert bv08(book, ACT.today) == (0, 0)  # it has not met yet
    meet(book, second, 2)
    row = replication.adoptions(book, ACT.today)[0]
    assert (row.progress, row.state) == ("2/2", AdoptionState.RUNS)
    assert bv08(book, day) == (1, 1)
    assert bv08(book, day, Scope(group=second.group)) == (1, 1)
    assert bv08(book, day, Scope(group=first.group)) == (0, 0)
    assert bv08(book, day + timedelta(days=61)) == (0, 0)  # no meeting for more than sixty days
    listed = replication.get(book, model, day)
    assert (listed.model.code, listed.adopted, listed.running, listed.replicated) == ("MH-01", 1, 1, 1)
    assert verify(book).ok


def test_models_and_places_are_counted_once_each(book: Book) -> None:
    first, second = two(book)
    third = settle(book, code="TO-03")
    model = make(book, first.group)
    newer = make(book, first.group, title="Sửa lại")
    for place, made in ((second, model), (third, newer)):
        adoption = replication.adopt(book, Adopt(model=made, adopted_on=START, group=place.group), ACT).value
        for item in ("V01", "V02"):
            replication.set_step(book, adoption, item, START, "", ACT)
        meet(book, place, 2)
    assert bv08(book, START + timedelta(days=30)) == (1, 2)


def test_what_a_project_gave_for_is_not_replication(book: Book) -> None:
    first, second = two(book)
    model = make(book, first.group, checklist="Họp dân")
    with pytest.raises(Refusal) as caught:
        replication.adopt(
            book, Adopt(model=model, adopted_on=START, group=second.group, with_transfer=True), ACT
        )
    assert codes(caught) == ["transfer"]
    given = Adopt(
        model=model, adopted_on=START, group=second.group, with_transfer=True, transfer_note="hòm ba khóa"
    )
    adoption = replication.adopt(book, given, ACT).value
    replication.set_step(book, adoption, "V01", START, "", ACT)
    meet(book, second, 2)
    row = replication.adoptions(book, START + timedelta(days=30))[0]
    assert (row.state, row.replicated) == (AdoptionState.RUNS, False)
    assert bv08(book, START + timedelta(days=30)) == (0, 0)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"code": "mô hình"}, "code"),
        ({"checklist": "  \n"}, "checklist"),
        ({"cost_basis": ""}, "cost-basis"),
        ({"description": "Như chị Nguyễn Thị Hòa 1 đã làm"}, "person"),
        ({"lessons": "Hỏi nguyễn thị hòa 2"}, "person"),
    ],
)
def test_a_model_that_says_too_little_or_names_a_person_is_refused(
    book: Book, more: dict[str, object], expected: str
) -> None:
    first, _second = two(book)
    with pytest.raises(Refusal) as caught:
        make(book, first.group, **more)
    assert expected in codes(caught)
    assert replication.listed(book, ACT.today) == []


def test_the_same_place_does_not_adopt_twice_nor_its_own_group(book: Book) -> None:
    first, second = two(book)
    model = make(book, first.group)
    replication.adopt(book, Adopt(model=model, adopted_on=START, group=second.group), ACT)
    for command, code in (
        (Adopt(model=model, adopted_on=START, group=second.group), "adopted"),
        (Adopt(model=model, adopted_on=START, group=first.group), "own-group"),
        (Adopt(model=model, adopted_on=START), "place"),
        (Adopt(model=model, adopted_on=ACT.today + timedelta(days=1), commune="28603"), "adopted-future"),
        (Adopt(model=model, adopted_on=START, commune="99999"), "commune"),
    ):
        with pytest.raises(Refusal) as caught:
            replication.adopt(book, command, ACT)
        assert code in codes(caught)
    assert len(replication.adoptions(book, ACT.today)) == 1


def test_a_commune_adopts_first_and_its_group_follows(book: Book) -> None:
    first, second = two(book)
    model = make(book, first.group)
    adoption = replication.adopt(book, Adopt(model=model, adopted_on=START, commune="28603"), ACT).value
    row = replication.adoptions(book, ACT.today)[0]
    assert row.group is None
    assert row.place == row.commune != ""
    change = ChangeAdoption(adoption=adoption, version=row.version, group=second.group, with_transfer=False)
    replication.change_adoption(book, change, ACT)
    assert replication.adoptions(book, ACT.today)[0].group == second.group
    with pytest.raises(Trouble):
        replication.change_adoption(book, change, ACT)  # the form is out of date


def test_an_item_is_taken_back_and_a_day_out_of_place_is_refused(book: Book) -> None:
    first, second = two(book)
    model = make(book, first.group)
    adoption = replication.adopt(
        book, Adopt(model=model, adopted_on=ACT.today, group=second.group), ACT
    ).value
    for day, code in ((START, "done-early"), (ACT.today + timedelta(days=1), "done-future")):
        with pytest.raises(Refusal) as caught:
            replication.set_step(book, adoption, "V01", day, "", ACT)
        assert codes(caught) == [code]
        assert caught.value.problems[0].field == "done_on"
    replication.set_step(book, adoption, "V01", ACT.today, "32 hộ", ACT)
    replication.set_step(book, adoption, "V01", None, "", ACT)
    assert replication.adoptions(book, ACT.today)[0].progress == "0/2"


def test_a_model_is_carried_to_another_book_with_its_template(book: Book, tmp_path: Path) -> None:
    first, _second = two(book)
    model = make(book, first.group)
    data = replication.file_of(book, model)
    for name in ("Nguyễn Thị Hòa", "TV-001", '"members"', '"balance"'):
        assert name not in data.decode()
    with create_book(str(tmp_path / "khac.sonhom"), "Xã khác", "Lan") as other:
        brought = replication.bring_in(other, data, ACT).value
        row = replication.get(other, brought, ACT.today)
        assert (row.model.title, row.group, row.source) == ("Nhóm cổ phần", None, "Tổ TO-01")
        assert row.model.courses == PARTS
        assert templates.find(other, "mh-01") is not None
        with pytest.raises(Refusal) as caught:
            replication.bring_in(other, data, ACT)
        assert codes(caught) == ["known"]
        with pytest.raises(Refusal) as caught:
            replication.bring_in(other, data.replace(b"1350000", b"9"), ACT)
        assert codes(caught) == ["file-changed"]
        assert len(replication.listed(other, ACT.today)) == 1
        assert verify(other).ok


def test_the_courses_offered_for_a_model_are_those_of_the_book(book: Book) -> None:
    offered = replication.courses(book, ACT.today)
    assert offered
    assert all(course.minutes > 0 and course.modules for course in offered)


def test_the_sheet_says_what_the_model_is_and_where_it_runs(book: Book) -> None:
    first, second = two(book)
    model = make(book, first.group, lessons="Học hai buổi là làm được.")
    replication.adopt(book, Adopt(model=model, adopted_on=START, group=second.group), ACT)
    value = replication_papers.sheet(book, model, ACT).value
    assert value.mark.number.startswith("MH-")
    data = model_sheet.render(value, PaperOptions())
    text = said(data)
    for words in ("MH-01", "Cho ấp đông hộ nghèo.", "Quản lý nhóm", "M1, M2", "1.350.000 ₫ mỗi hộ",
                  "Tính trên 25 hộ.", "Bầu ban quản lý", "Tổ TO-02", "0/2", "Đang chuẩn bị", "Học hai buổi"):  # fmt: skip
        assert words in text, words
    check_whole(data)
    assert said(model_sheet.render(value, PaperOptions(large_print=True))).count("Tổ TO-02") >= 1
    assert groups.get(book, second.group, ACT.today).name == "Tổ TO-02"

"""Constitutions in the book: founded from templates, changed with a vote and minutes, listed, printed, kept for their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.ids import GroupId
from desktop.models.kinds import AttachmentKind, Office
from desktop.models.problems import Refusal
from desktop.models.records.every import Constitution
from desktop.models.rules.charter import Agreement, Seats
from desktop.models.rules.templates import charter_from, rules_from
from desktop.services import (
    attachments,
    constitution_papers,
    constitutions,
    facts,
    groups,
    history,
    loan_products,
    meetings,
    templates,
)
from desktop.services.acts import Act
from desktop.services.attachments import NewFile, Subject
from desktop.services.constitutions import AgreeRules
from desktop.services.groups import Appoint, FoundGroup
from desktop.services.verify import verify
from desktop.store.book import Book
from reports import constitution as paper
from reports.kit.report import PaperOptions
from tests.reports.paper import said
from tests.services.people_kit import enrol
from tests.village import START, Village, a_sheet, an_act, meet, settle

PDF = b"%PDF-1.4 scan"
LATER = date(2026, 3, 1)
TODAY = an_act(date(2026, 3, 5))


def codes(caught: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def found_from(book: Book, act: Act, code: str, name: str = "Hoa Sen") -> GroupId:
    row = templates.find(book, code)
    assert row is not None
    command = FoundGroup(
        name=name,
        kind=row.template.kind,
        rules=rules_from(row.template, date(2026, 1, 1)),
        charter=charter_from(row.template),
        products=templates.proposal(row.template, date(2026, 1, 1)),
        template=code,
        cycle_starts=date(2026, 1, 1),
        cycle_ends=date(2026, 12, 31),
    )
    return groups.found(book, command, act).value


def change(village: Village, day: date = LATER, **more: object) -> AgreeRules:
    """A change of the social fund that all three agreed on at the first meeting."""
    known: dict[str, object] = {
        "agreement": Agreement(START, present=3, in_favour=3, reason="Quỹ xã hội đã cạn"),
        **more,
    }
    rules = known.pop("rules", None)
    return AgreeRules(village.group, rules or _rules(day, social_contribution=9_000), **known)  # type: ignore[arg-type]


def _rules(day: date, **more: object) -> object:
    from desktop.models.rules.constitution import Rules

    kept = Rules(valid_from=day, share_value=20_000, social_contribution=5_000)
    return replace(kept, **more)  # type: ignore[arg-type]


# -- founding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(templates.files.shipped()))
def test_a_group_is_founded_from_every_template_with_its_products_and_offices(
    book: Book, act: Act, code: str
) -> None:
    group = found_from(book, act, code)
    row = templates.find(book, code)
    assert row is not None
    assert row.groups == 1
    detail = groups.get(book, group, act.today)
    assert detail.charter.seats() == charter_from(row.template).seats()
    own = [one for one in loan_products.listed(book, group) if one.group == group]
    assert {one.name for one in own} == {str(one.name) for one in row.template.products}
    assert all(one.code.startswith(f"{detail.code}-") for one in own)
    version = constitutions.versions(book, group)[0]
    assert (version.number, version.template, version.changes) == (1, code, ())
    assert verify(book).ok


def test_an_office_that_the_constitution_does_not_have_is_not_given(book: Book, act: Act) -> None:
    group = found_from(book, act, "vbsp")
    member = enrol(book, act, group=group, joined=date(2026, 1, 5))
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, member, Office.KEY_HOLDER, date(2026, 2, 1)), act)
    assert codes(caught) == ["office-none"]
    groups.appoint(book, Appoint(group, member, Office.CHAIR, date(2026, 2, 1)), act)


def test_two_groups_from_one_template_have_products_of_their_own(book: Book, act: Act) -> None:
    first, second = found_from(book, act, "vsla"), found_from(book, act, "vsla", "Hoa Mai")
    names = {one.code for one in loan_products.listed(book)}
    assert names == {"N-001-VN", "N-002-VN"}
    assert first != second


# -- changing --------------------------------------------------------------------------------------


def test_a_change_is_dated_minuted_and_told_in_words(any_book: Book) -> None:
    book = any_book
    village = settle(book)
    meeting = meet(book, village)
    scan = NewFile(AttachmentKind.MINUTES, "quy-che.pdf", PDF, "Bản ký")
    constitutions.agree_rules(book, change(village, meeting=meeting, scan=scan), TODAY)
    latest, first = constitutions.versions(book, village.group)
    assert (latest.number, latest.minutes, latest.until) == (2, 1, None)
    assert latest.agreement == Agreement(START, 3, 3, "Quỹ xã hội đã cạn")
    assert [one.name for one in latest.changes] == ["Đóng quỹ xã hội mỗi kỳ"]
    assert (first.number, first.until, first.changes) == (1, LATER, ())
    kept = attachments.files_of(book, Subject("constitutions", latest.uid))
    assert [row.title for row in kept] == ["Bản ký"]
    assert any("Quỹ xã hội đã cạn" in str(entry.fields) for entry in history.of_group(book, village.group))
    assert verify(book).ok


def test_past_meetings_keep_the_rules_of_their_day(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    constitutions.agree_rules(book, change(village), TODAY)
    with book.read() as session:
        assert facts.rules_on(session, village.group, START).social_contribution == 5_000
        assert facts.rules_on(session, village.group, LATER).social_contribution == 9_000


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"agreement": None}, ["reason"]),
        ({"agreement": Agreement(START, 3, 1, "x")}, ["majority"]),
        ({"agreement": Agreement(START, 4, 4, "x")}, ["present"]),
        ({"meeting": 99}, ["meeting"]),
        ({"agreement": Agreement(date(2026, 1, 4), 3, 3, "x"), "meeting": 1}, ["agreed-on"]),
        ({"day": START}, ["rules-past"]),
    ],
)
def test_a_change_that_was_not_agreed_is_refused_and_nothing_is_kept(
    book: Book, more: dict[str, object], expected: list[str]
) -> None:
    village = settle(book)
    meet(book, village)
    with pytest.raises(Refusal) as caught:
        constitutions.agree_rules(book, change(village, **more), TODAY)  # type: ignore[arg-type]
    assert codes(caught) == expected
    assert len(constitutions.versions(book, village.group)) == 1


def test_a_small_meeting_is_asked_about_and_may_be_agreed(book: Book) -> None:
    village = settle(book, members=5)
    meet(book, village)
    few = Agreement(START, 2, 2, "x")
    with pytest.raises(Refusal) as caught:
        constitutions.agree_rules(book, change(village, agreement=few), TODAY)
    assert codes(caught) == ["quorum"]
    constitutions.agree_rules(book, change(village, agreement=few, agreed=True), TODAY)
    assert len(constitutions.versions(book, village.group)) == 2


def test_the_share_value_does_not_change_within_a_cycle(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    dearer = _rules(LATER, share_value=30_000)
    with pytest.raises(Refusal) as caught:
        constitutions.agree_rules(book, change(village, rules=dearer), TODAY)
    assert codes(caught) == ["share-value"]
    assert caught.value.problems[0].field == "share_value"


def test_more_shares_than_the_constitution_allows_are_refused(book: Book) -> None:
    village = settle(book)
    sheet = a_sheet(village, START)
    row = replace(sheet.rows[0], amounts={"shares": 6})
    command = meetings.RecordMeeting(
        village.group, replace(sheet, rows=(row, *sheet.rows[1:])), meetings.new_meeting_uid(), agreed=True
    )
    with pytest.raises(Refusal) as caught:
        meetings.record(book, command, an_act())
    assert "share-bounds" in codes(caught)


def test_the_last_meetings_are_proposed_with_who_came(book: Book) -> None:
    village = settle(book)
    for number in (1, 2):
        meet(book, village, number)
    assert [(one.number, one.present) for one in constitutions.possible_meetings(book, village.group)] == [
        (2, 3),
        (1, 3),
    ]


# -- paper -----------------------------------------------------------------------------------------


def test_the_document_says_all_of_it_and_is_signed_by_everybody(book: Book) -> None:
    village = settle(book)
    meeting = meet(book, village)
    charter = groups.get(book, village.group, START).charter
    charter = replace(
        charter, aim="Cùng nhau tiết kiệm.", clauses="Không hút thuốc.\n\nTắt điện thoại.",
        offices=(Seats(Office.CHAIR, 1), Seats(Office.TREASURER, 1)),
    )  # fmt: skip
    constitutions.agree_rules(book, change(village, charter=charter, meeting=meeting), TODAY)
    value = constitution_papers.document(book, village.group, None, TODAY).value
    assert (value.number, value.present, value.in_favour, value.minutes) == (2, 3, 3, 1)
    assert value.mark.number.startswith("QC-")
    assert len(value.members) == 3
    text = said(paper.render(value, PaperOptions()))
    for words in (
        "Điều 1. Tên nhóm",
        "Cùng nhau tiết kiệm",
        "Tắt điện thoại",
        "Nguyễn Thị Hòa 3",
        "Những điểm sửa đổi",
        "3 người tán thành",
        "Nhóm bầu: tổ trưởng, thủ quỹ",
        "Ký hoặc điểm chỉ",
    ):
        assert words in text, words
    assert said(paper.render(value, PaperOptions(large_print=True))).count("Điều ") == text.count("Điều ")


def test_an_older_version_is_printed_as_it_was(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    constitutions.agree_rules(book, change(village), TODAY)
    with book.read() as session:
        first = session.query(Constitution).order_by(Constitution.valid_from).first()
        assert first is not None
        old = first.id
    value = constitution_papers.document(book, village.group, old, TODAY).value
    assert (value.number, value.until) == (1, LATER)
    assert any("5.000" in clause for article in value.articles for clause in article.clauses)

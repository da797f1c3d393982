"""Templates kept in the book: copied from a group, written to a file, read in elsewhere; nothing personal travels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.models.ids import GroupId
from desktop.models.problems import Refusal
from desktop.models.rules import sealed
from desktop.models.rules.constitution_words import savings_words
from desktop.models.rules.savings_terms import SavingsAgreed, SavingsRate, SavingsTerms
from desktop.models.rules.templates import SEAL, charter_from, open_template, rules_from, savings_from
from desktop.models.savings_kinds import Crediting, SavingsKind
from desktop.services import (
    constitution_papers,
    groups,
    households,
    loan_products,
    members,
    savings,
    savings_facts,
    templates,
    vouchers,
)
from desktop.services.acts import Act
from desktop.services.constitutions import AgreeRules, agree_rules
from desktop.services.groups import FoundGroup
from desktop.services.templates import CopyGroup
from desktop.services.verify import verify
from desktop.services.vouchers import VoucherFilter
from desktop.store.book import Book
from reports import catalogue
from tests.reports.paper import said
from tests.services.people_kit import enrol, found_group
from tests.village import an_act, meet, settle

COPY = "nhom-hoa-sen"


def codes(caught: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def working_group(book: Book, act: Act) -> GroupId:
    """A group as it is after a while: founded from a template, with people, addresses, telephones and a product changed."""
    row = templates.find(book, "vsla")
    assert row is not None
    rules = rules_from(row.template, date(2026, 1, 1))
    command = FoundGroup(
        name="Nhóm Hoa Sen",
        kind=row.template.kind,
        rules=replace(rules, share_value=30_000, meeting_place="Nhà bà Nguyễn Thị Hòa", meeting_time="14:00"),
        charter=charter_from(row.template),
        products=templates.proposal(row.template, date(2026, 1, 1)),
        template="vsla",
        commune_code="28603",
        hamlet="ấp Tân Phú",
        cycle_starts=date(2026, 1, 1),
        cycle_ends=date(2026, 9, 30),
    )
    group = groups.found(book, command, act).value
    home = households.found(
        book, households.FoundHousehold(address=households.Address(hamlet="ấp 7", commune_code="28603")), act
    ).value
    enrol(
        book, act, "Nguyễn Thị Hòa", group=group, household=home, phone="0912345678", joined=date(2026, 1, 5)
    )
    enrol(book, act, "Trần Văn Bảy", group=group, joined=date(2026, 1, 5), note="nợ cũ của ông Tư")
    return group


def copy(group: GroupId, **more: str) -> CopyGroup:
    known = {"code": COPY, "title": "Nhóm cổ phần 30 nghìn", "explanation": "Cho ấp có chợ.", **more}
    return CopyGroup(group, **known)


def test_the_list_offers_those_of_the_program_and_of_the_book(any_book: Book, act: Act) -> None:
    book = any_book
    rows = templates.listed(book)
    assert rows[0].template.code == "vsla"
    assert rows[-1].template.code == "other"
    assert all(row.id is None for row in rows)
    templates.copy_group(book, copy(working_group(book, act)), act)
    rows = templates.listed(book)
    assert rows[-1].template.code == COPY
    assert rows[0].groups == 1


def test_a_working_group_is_carried_to_another_commune_without_its_people(
    book: Book, act: Act, tmp_path: Path
) -> None:
    group = working_group(book, act)
    templates.copy_group(book, copy(group), act)
    data = templates.file_of(book, COPY)
    text = data.decode().casefold()
    with book.read() as session:
        from desktop.models.records.every import Household, Member

        personal = [
            value
            for row in session.query(Member)
            for value in (row.full_name, row.code, row.phone, row.note, row.uid.hex(), row.given)
        ]
        personal += [row.code for row in session.query(Household)] + ["ấp 7", "ấp Tân Phú", "Nhà bà"]
    assert [value for value in personal if value and value.casefold() in text] == []
    content = json.loads(data)["content"]
    assert set(content) == {
        "code", "version", "kind", "title", "explanation", "rules", "charter", "products", "savings", "cycle_months",
        "origin",
    }  # fmt: skip
    assert content["origin"] == {"group": "Nhóm Hoa Sen", "commune": "28603"}

    from desktop.services.books import create_book

    with create_book(str(tmp_path / "xa-khac.sonhom"), "Xã khác", "Lan") as other:
        templates.bring_in(other, data, act)
        row = templates.find(other, COPY)
        assert row is not None
        assert row.id is not None
        assert row.template.rules.share_value == 30_000
        assert row.template.cycle_months == 9
        command = FoundGroup(
            name="Nhóm mới",
            rules=rules_from(row.template, date(2026, 4, 1)),
            charter=charter_from(row.template),
            products=templates.proposal(row.template, date(2026, 4, 1)),
            template=COPY,
            cycle_starts=date(2026, 4, 1),
            cycle_ends=date(2026, 12, 31),
        )
        new = groups.found(other, command, act).value
        assert groups.get(other, new, act.today).rules.share_value == 30_000
        assert [one.code for one in loan_products.listed(other, new)] == ["N-001-VN"]
        assert vouchers.count(other, VoucherFilter()) == 0
        assert members.count(other, members.MemberFilter()) == 0
        assert verify(other).ok


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "Nhóm của Trần văn Bảy"}, "title"),
        ({"explanation": "Hỏi chị Hòa: 0912 345 678"}, "explanation"),
    ],
)
def test_a_text_that_names_a_member_is_refused(
    book: Book, act: Act, more: dict[str, str], field: str
) -> None:
    group = working_group(book, act)
    with pytest.raises(Refusal) as caught:
        templates.copy_group(book, copy(group, **more), act)
    assert {(problem.code, problem.field) for problem in caught.value.problems} == {("person", field)}
    assert templates.listed(book)[-1].id is None


def test_a_clause_that_names_a_member_is_refused(book: Book, act: Act) -> None:
    group = working_group(book, act)
    detail = groups.get(book, group, act.today)
    charter = replace(detail.charter, clauses="Sổ do Nguyễn Thị Hòa giữ.")
    agree_rules(book, AgreeRules(group, detail.rules, charter), act)
    with pytest.raises(Refusal) as caught:
        templates.copy_group(book, copy(group), act)
    assert codes(caught) == ["person"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"code": "vsla"}, "code-shipped"),
        ({"code": "Hoa Sen"}, "code"),
        ({"title": " "}, "title"),
        ({"explanation": ""}, "explanation"),
    ],
)
def test_a_copy_needs_a_code_a_title_and_an_explanation(
    book: Book, act: Act, more: dict[str, str], expected: str
) -> None:
    with pytest.raises(Refusal) as caught:
        templates.copy_group(book, copy(working_group(book, act), **more), act)
    assert codes(caught) == [expected]


def test_a_second_copy_of_the_same_code_is_a_new_version(book: Book, act: Act) -> None:
    group = working_group(book, act)
    templates.copy_group(book, copy(group), act)
    templates.copy_group(book, copy(group, title="Sửa lại"), act)
    own = [row for row in templates.listed(book) if row.id is not None]
    assert [(row.template.version, str(row.template.title)) for row in own] == [(2, "Sửa lại")]


def test_a_file_that_is_damaged_changed_newer_or_known_is_refused_and_nothing_is_kept(
    book: Book, act: Act
) -> None:
    data = templates.file_of(book, "vsla")
    whole = json.loads(data)
    newer = json.dumps({**whole, "version": SEAL.version + 1}).encode()
    foreign = sealed.close(SEAL, {**whole["content"], "code": "la", "rules": {"share_value": -1}})
    for bad, code in (
        (data[:200], "file-damaged"),
        (data.replace(b"20000", b"10000"), "file-changed"),
        (newer, "file-newer"),
        (foreign, "template"),
        (data, "taken"),
    ):
        with pytest.raises(Refusal) as caught:
            templates.bring_in(book, bad, act)
        assert codes(caught) == [code]
        assert caught.value.problems[0].message
    assert [row.id for row in templates.listed(book, with_ended=True) if row.id is not None] == []
    fresh = sealed.close(SEAL, {**whole["content"], "code": "vsla-moi"})
    templates.bring_in(book, fresh, act)
    with pytest.raises(Refusal) as caught:
        templates.bring_in(book, fresh, act)
    assert codes(caught) == ["known"]


def test_a_template_is_put_away_and_offered_again(book: Book, act: Act) -> None:
    kept = templates.copy_group(book, copy(working_group(book, act)), act).value
    templates.put_away(book, kept, act)
    assert all(row.id is None for row in templates.listed(book))
    templates.put_away(book, kept, act, active=True)
    assert templates.listed(book)[-1].id == kept


def test_a_group_without_a_written_charter_is_copied_with_the_usual_words(book: Book, act: Act) -> None:
    village = settle(book)
    meet(book, village)
    templates.copy_group(book, copy(village.group), an_act(date(2026, 2, 1)))
    row = templates.find(book, COPY)
    assert row is not None
    assert charter_from(row.template).seats() != {}
    assert found_group(book, act, "Khác")


def test_rules_of_savings_travel_with_the_template_and_bind_the_new_group(book: Book, act: Act) -> None:
    group = working_group(book, act)
    since, later = date(2026, 1, 1), date(2026, 2, 1)
    terms = SavingsTerms(
        SavingsKind.VOLUNTARY, since, crediting=Crediting.QUARTERLY, minimum=50_000, notice_days=7
    )
    savings.keep_terms(book, group, terms, act)
    for day, percent in ((since, "3.6"), (later, "4.75")):
        rate = SavingsRate(day, Fraction(percent))
        savings.keep_rate(book, savings.KeepRate(group, SavingsKind.VOLUNTARY, rate), act)
    templates.copy_group(book, copy(group), act)
    carried, _seal = open_template(templates.file_of(book, COPY))
    start = date(2026, 3, 1)
    (agreed,) = savings_from(carried, start)
    # The rate of today alone: what held before is the group's own story.
    assert agreed == SavingsAgreed(replace(terms, valid_from=start), SavingsRate(start, Fraction("4.75")))
    command = FoundGroup(
        name="Nhóm mới",
        rules=rules_from(carried, start),
        savings=(agreed,),
        cycle_starts=start,
        cycle_ends=date(2026, 12, 31),
    )
    new = groups.found(book, command, act).value
    with book.read() as session:
        assert savings_facts.agreed_on(session, new, act.today) == (agreed,)
    assert savings_words(agreed) == (
        "Tiết kiệm tự nguyện: lãi 4,75\u00a0% một năm, tính theo số dư từng ngày, một năm 365 ngày; "
        "lãi nhập vào tiết kiệm hằng quý; luôn để lại ít nhất 50.000\u00a0₫; báo trước 7 ngày khi rút."
    )
    value = constitution_papers.document(book, new, None, act).value
    text = said(catalogue.find("constitution").render(value))
    assert "4,75 % một năm" in text.replace("\u00a0", " ")


def test_a_template_from_before_savings_had_rules_is_still_read(book: Book, act: Act) -> None:
    templates.copy_group(book, copy(working_group(book, act)), act)
    content = json.loads(templates.file_of(book, COPY))["content"]
    del content["savings"]
    template, _seal = open_template(sealed.close(SEAL, content))
    assert template.savings == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "voluntary", "notice_days": -1}, "báo trước"),
        ({"kind": "voluntary", "percent": "101"}, "Lãi suất"),
        ({"kind": "voluntary", "minimum": -5}, "tối thiểu"),
        ({"kind": "shares"}, "không đọc được"),
    ],
)
def test_wrong_rules_of_savings_are_refused_with_the_file(
    book: Book, act: Act, wrong: dict[str, object], words: str
) -> None:
    templates.copy_group(book, copy(working_group(book, act)), act)
    content = json.loads(templates.file_of(book, COPY))["content"]
    with pytest.raises(Refusal) as caught:
        open_template(sealed.close(SEAL, {**content, "savings": [wrong]}))
    assert [problem.field for problem in caught.value.problems] == ["file"]
    assert words in caught.value.problems[0].message
    with pytest.raises(Refusal) as caught:
        open_template(sealed.close(SEAL, {**content, "savings": [{"kind": "voluntary"}] * 2}))
    assert "hai lần" in caught.value.problems[0].message

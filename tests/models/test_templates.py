"""Templates as data: the shipped ones, the sealed file, what is refused, what never travels."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.kinds import Frequency, GroupKind, LeavingRule, Office, RemainderRule
from desktop.models.problems import Refusal
from desktop.models.rules import sealed, templates
from desktop.models.rules.charter import (
    PLAIN_CHARTER,
    Agreement,
    Charter,
    Seats,
    check_agreement,
    check_charter,
    check_share_value,
    vacancies,
)
from desktop.models.rules.constitution import SHARE_OUT_UNITS, FineRule, Rules
from desktop.models.rules.constitution_articles import Named, articles
from desktop.models.rules.constitution_words import differences, product_words
from desktop.models.rules.sheet import columns_of
from desktop.models.rules.templates import (
    SEAL,
    BadTemplate,
    charter_from,
    cycle_end,
    open_template,
    product_from,
    read_template,
    rules_from,
    write_template,
)
from resources.lang.dong import show_dong
from resources.lang.messages import speaking
from resources.templates import shipped

DAY = date(2026, 3, 1)
CODES = sorted(shipped())


def template(code: str) -> templates.Template:
    return read_template(shipped()[code])


def codes(error: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# -- shipped ---------------------------------------------------------------------------------------


def test_every_kind_of_group_has_its_template() -> None:
    assert {template(code).kind for code in CODES} == set(GroupKind)


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_template_speaks_both_languages_and_fits_its_file(code: str) -> None:
    found = template(code)
    assert found.code == code
    missing = [
        text.vi
        for text in (found.title, found.explanation, found.charter.aim, found.charter.membership)
        if text.vi and not text.en
    ]
    missing += [clause.vi for clause in found.charter.clauses if not clause.en]
    missing += [one.name.vi for one in found.products if not one.name.en]
    missing += [fine.title.vi for fine in found.rules.fines if not fine.title.en]
    assert missing == []
    with speaking("en"):
        assert str(found.title) == found.title.en
    assert charter_from(found).seats()[Office.CHAIR] == 1


@pytest.mark.parametrize(
    ("code", "columns", "products"),
    [
        ("vsla", {"shares", "social"}, 1),
        ("savings-credit", {"compulsory", "savings", "withdrawal", "social"}, 1),
        ("vbsp", {"compulsory", "savings", "withdrawal"}, 0),
        ("women-union", {"compulsory", "savings", "withdrawal", "social"}, 2),
        ("self-help", {"compulsory", "savings", "withdrawal", "social"}, 2),
        ("revolving-fund", {"social"}, 1),
        ("rosca", set(), 0),
        ("cooperative-group", {"shares", "social"}, 0),
    ],
)
def test_the_columns_of_the_sheet_follow_from_the_template(
    code: str, columns: set[str], products: int
) -> None:
    found = template(code)
    keys = {column.key for column in columns_of(rules_from(found, DAY))}
    assert keys - {"fine", "fine_owed", "fines", "owed"} >= columns
    assert {"shares", "compulsory", "savings", "social"} & keys == columns - {"withdrawal"}
    assert len(found.products) == products


def test_legal_ceiling_is_kept_by_every_shipped_product() -> None:
    for code in CODES:
        for one in template(code).products:
            assert all(rate.percent <= 20 for rate in product_from(one, DAY).rates)
            assert product_from(one, DAY).rates[0].since == DAY
            assert product_words(str(one.name), one.product).endswith(".")


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 15), 9, date(2027, 8, 14)),
        (date(2026, 12, 1), 12, date(2027, 11, 30)),
    ],
)
def test_the_cycle_of_a_template_ends(starts: date, months: int, ends: date) -> None:
    assert cycle_end(starts, months) == ends


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw.update(colour="red"), "khoản lạ"),
        (lambda raw: raw["rules"].update(share_value=1.5), "không đọc được"),
        (lambda raw: raw["rules"].update(shares_min=6), "Số cổ phần"),
        (lambda raw: raw["charter"].update(offices=[{"office": "king", "seats": 1}]), "không đọc được"),
        (lambda raw: raw["charter"].update(offices=[{"office": "chair", "seats": 2}]), "tổ trưởng"),
        (lambda raw: raw.update(code="Mã Hay"), "Mã mẫu"),
        (lambda raw: raw.update(products=[*raw["products"], *raw["products"]]), "trùng mã"),
        (lambda raw: raw.update(cycle_months=0), "Chu kỳ"),
        (lambda raw: raw.pop("rules"), "không đọc được"),
    ],
)
def test_a_template_that_makes_no_sense_is_refused_with_the_reason(change: Any, said: str) -> None:
    raw = json.loads(json.dumps(shipped()["vsla"]))
    change(raw)
    with pytest.raises(BadTemplate, match=said):
        read_template(raw)


# -- the sealed file -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_template_comes_back_from_its_file_as_it_was(code: str) -> None:
    content = write_template(template(code))
    found, seal = open_template(sealed.close(SEAL, content))
    assert found == template(code)
    assert seal == sealed.digest(content)


def test_a_file_that_is_not_sound_is_refused() -> None:
    whole = sealed.close(SEAL, write_template(template("vsla")))
    for data, code in (
        (whole[: len(whole) // 2], "file-damaged"),
        (b"", "file-damaged"),
        (b"\x00\xff", "file-damaged"),
        (b"[1, 2]", "file-kind"),
        (whole.replace(b"sonhom-group-template", b"sonhom-recipe"), "file-kind"),
        (whole.replace(b'"version": 1,\n "sha256"', b'"version": 2,\n "sha256"'), "file-newer"),
        (whole.replace(b"20000", b"90000"), "file-changed"),
        (b" " * (sealed.LARGEST + 1), "file-large"),
    ):
        with pytest.raises(Refusal) as caught:
            open_template(data)
        assert codes(caught) == [code], code
        assert caught.value.problems[0].field == "file"


def test_an_indent_or_another_order_of_keys_does_not_break_the_seal() -> None:
    content = write_template(template("vsla"))
    whole = json.loads(sealed.close(SEAL, content))
    whole["content"] = dict(reversed(list(whole["content"].items())))
    assert open_template(json.dumps(whole).encode())[0] == template("vsla")


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=8), plain, max_size=5))
def test_any_content_comes_back_whole_and_any_flipped_byte_of_it_is_noticed(content: dict[str, Any]) -> None:
    kind = sealed.Seal("sonhom-test", 3)
    data = sealed.close(kind, content)
    opened = sealed.open_file(kind, data)
    assert sealed.canonical(opened.content) == sealed.canonical(content)
    changed = {**opened.content, "thêm": 1}
    whole = json.loads(data)
    whole["content"] = changed
    if sealed.canonical(changed) != sealed.canonical(opened.content):
        with pytest.raises(Refusal) as caught:
            sealed.open_file(kind, json.dumps(whole).encode())
        assert codes(caught) == ["file-changed"]


# -- words -----------------------------------------------------------------------------------------


def test_names_and_numbers_of_people_are_found_in_any_text() -> None:
    content = {
        "title": "Mẫu",
        "rules": {"fines": [{"title": "Phạt  nguyễn thị  HÒA"}]},
        "note": "gọi 0912 345 678",
    }
    found = templates.find_people(content, ["Nguyễn Thị Hòa", "Bảy"], ["0912345678"])
    assert len(found) == 2
    assert all(problem.code == "person" for problem in found)
    assert templates.find_people({"title": "Nhóm Hòa Bình"}, ["Nguyễn Thị Hòa"], []) == []


def test_what_changed_is_said_in_words_and_nothing_else_is() -> None:
    before = rules_from(template("vsla"), DAY)
    after = rules_from(template("savings-credit"), DAY)
    same = differences((before, PLAIN_CHARTER), (before, PLAIN_CHARTER))
    assert same == ()
    said = {
        one.name: (one.before, one.after)
        for one in differences((before, PLAIN_CHARTER), (after, PLAIN_CHARTER))
    }
    assert said["Tiết kiệm bắt buộc mỗi kỳ"] == ("không có", show_dong(50_000))
    assert said["Cổ phần"][1] == "không có"
    assert "Tỷ lệ dự họp tối thiểu" not in said


@pytest.mark.parametrize("code", CODES)
def test_the_articles_say_what_the_group_has_and_leave_out_what_it_has_not(code: str) -> None:
    found = template(code)
    rules, charter = rules_from(found, DAY), charter_from(found)
    lending = "\n".join(product_words(str(one.name), one.product) for one in found.products)
    made = articles(rules, charter, Named("Hoa Sen", "Nhóm", "xã A", 20), lending)
    titles = [article.title for article in made]
    assert titles[:4] == ["Tên nhóm", "Mục đích", "Thành viên", "Họp nhóm"]
    assert ("Quỹ xã hội" in titles) is (rules.social_contribution > 0)
    assert ("Chia quỹ cuối chu kỳ" in titles) is rules.has_shares
    assert ("Cho vay" in titles) is bool(found.products)
    assert ("Tiền phạt" in titles) is bool(rules.fines)
    assert all(text.strip() and "{" not in text for article in made for text in article.clauses)


def test_offices_of_a_charter_are_checked() -> None:
    bad = Charter(offices=(Seats(Office.CHAIR, 1), Seats(Office.CHAIR, 1), Seats(Office.TREASURER, 12)))
    assert {problem.code for problem in check_charter(bad)} == {"office-twice", "seats"}


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (None, ["reason"]),
        (Agreement(DAY, 15, 14, "  "), ["reason"]),
        (Agreement(date(2026, 4, 1), 15, 14, "x"), ["agreed-future", "agreed-late"]),
        (Agreement(DAY, 21, 14, "x"), ["present"]),
        (Agreement(DAY, 15, 16, "x"), ["votes"]),
        (Agreement(DAY, 16, 8, "x"), ["majority"]),
        (Agreement(DAY, 9, 9, "x"), ["quorum"]),
        (Agreement(DAY, 15, 8, "x"), []),
    ],
)
def test_a_change_needs_a_vote(agreement: Agreement | None, expected: list[str]) -> None:
    found = check_agreement(agreement, DAY, members=20, quorum=10, today=date(2026, 3, 5))
    assert [problem.code for problem in found] == expected


def test_the_share_value_holds_for_the_whole_cycle_once_shares_were_bought() -> None:
    starts = date(2026, 1, 1)
    assert check_share_value(20_000, 30_000, DAY, starts, bought=True)[0].field == "share_value"
    assert check_share_value(20_000, 30_000, DAY, starts, bought=False) == []
    assert check_share_value(20_000, 30_000, starts, starts, bought=True) == []
    assert check_share_value(20_000, 20_000, DAY, starts, bought=True) == []


def test_offices_that_are_not_given_yet_are_named() -> None:
    seats = {Office.CHAIR: 1, Office.MONEY_COUNTER: 2, Office.KEY_HOLDER: 3}
    held = [Office.CHAIR, Office.KEY_HOLDER, Office.TREASURER]
    assert vacancies(seats, held) == (Seats(Office.MONEY_COUNTER, 2), Seats(Office.KEY_HOLDER, 2))
    assert vacancies(seats, [Office.CHAIR, *[Office.MONEY_COUNTER] * 2, *[Office.KEY_HOLDER] * 4]) == ()


names = st.text("abc đêô", min_size=1, max_size=12).map(str.strip).filter(bool)
any_rules = st.builds(
    Rules,
    valid_from=st.just(DAY),
    frequency=st.sampled_from(Frequency),
    weekday=st.integers(0, 6),
    month_day=st.none() | st.integers(1, 28),
    meeting_time=st.sampled_from(["", "14:00"]),
    meeting_place=st.sampled_from(["", "Nhà bà Tư"]),
    share_value=st.integers(0, 10**9),
    shares_min=st.integers(0, 5),
    shares_max=st.integers(5, 20),
    voluntary_savings=st.booleans(),
    withdrawals=st.booleans(),
    compulsory_saving=st.integers(0, 10**9),
    social_contribution=st.integers(0, 10**9),
    fines=st.lists(names, max_size=3, unique=True).map(
        lambda found: tuple(FineRule(f"f{place}", name, 5_000) for place, name in enumerate(found))
    ),
    quorum_percent=st.integers(0, 100),
    share_out_unit=st.sampled_from(SHARE_OUT_UNITS),
    share_out_remainder=st.sampled_from(RemainderRule),
    leaving_rule=st.sampled_from(LeavingRule),
    leaving_fee_percent=st.integers(0, 100),
)
any_charter = st.builds(
    Charter,
    aim=names,
    membership=names,
    offices=st.dictionaries(st.sampled_from(Office), st.integers(0, 9)).map(
        lambda seats: tuple(Seats(office, n) for office, n in ({**seats, Office.CHAIR: 1}).items())
    ),
    clauses=st.lists(names, max_size=4).map("\n".join),
)


@settings(max_examples=80, deadline=None)
@given(any_rules, any_charter)
def test_any_group_comes_back_from_its_template_but_for_its_place(rules: Rules, charter: Charter) -> None:
    made = templates.template_of(
        templates.Naming("mau", "Mẫu", "Cho ai"),
        GroupKind.OTHER,
        rules,
        charter,
        [("A", "Vay", product_from(template("vsla").products[0], DAY))],
        templates.Origin("Hoa Sen", ""),
    )
    data = sealed.close(SEAL, write_template(made))
    found, _seal = open_template(data)
    assert rules_from(found, DAY) == replace(rules, meeting_place="")
    assert charter_from(found) == charter
    assert "Nhà bà Tư" not in data.decode()
    assert differences((rules, charter), (rules_from(found, DAY), charter)) == differences(
        (rules, charter), (replace(rules, meeting_place=""), charter)
    )

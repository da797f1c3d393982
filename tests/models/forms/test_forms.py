"""Forms as data: reading, skip rules, answers, figures; scorecards that do not fit are refused."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules import washington
from desktop.models.rules.forms import (
    BadForm,
    check_answers,
    evaluate,
    read_form,
    read_text,
    results_of,
    visible,
)
from desktop.models.rules.forms.scorecards import group_rate, likelihoods, scores_of
from desktop.models.rules.washington import Finding
from resources.forms import shipped
from resources.lang.messages import speaking

WG = read_form(shipped()["wg-ss"])
PPI = read_form(shipped()["ppi-vietnam-2021"])
BASELINE = read_form(shipped()["baseline"])


def six(*answers: int) -> dict[str, Any]:
    return dict(zip(washington.DOMAINS, answers, strict=True))


@pytest.mark.parametrize("name", sorted(shipped()))
def test_each_shipped_form_reads_in_both_languages(name: str) -> None:
    form = read_form(shipped()[name])
    for question in form.questions():
        with speaking("vi"):
            vi = str(question.text)
        with speaking("en"):
            en = str(question.text)
        assert vi
        assert en
        assert vi != en
        keys = [option.key for option in question.options]
        assert len(keys) == len(set(keys))
        assert all(len(key) <= 2 for key in keys)


@pytest.mark.parametrize(
    ("answers", "marks", "finding"),
    [
        ((1, 1, 1, 1, 1, 1), (False, False, False, False), "no"),
        ((2, 1, 1, 1, 1, 1), (True, False, False, False), "no"),
        ((2, 2, 1, 1, 1, 1), (True, True, False, False), "no"),
        ((1, 1, 3, 1, 1, 1), (True, True, True, False), "yes"),
        ((1, 4, 1, 1, 1, 1), (True, True, True, True), "yes"),
        ((7, 1, 1, 1, 1, 1), (False, False, False, False), "incomplete"),
        ((9, 9, 9, 9, 9, 9), (None, None, None, None), "not_asked"),
        ((9, 1, 1, 3, 1, 1), (True, True, True, False), "yes"),
    ],
)
def test_washington_answers_give_the_published_identifiers(
    answers: tuple[int, ...], marks: tuple[bool | None, ...], finding: str
) -> None:
    checked = check_answers(WG, six(*answers))
    assert not checked.problems
    found = results_of(evaluate(WG, checked.answers))
    assert tuple(found[f"disability{n}"] for n in range(1, 5)) == marks
    assert found["finding"] == finding


@pytest.mark.parametrize("code", [0, 5, 6, 8, 10, "3", True, None, 2.0])
def test_a_code_that_is_no_answer_is_refused_at_its_question(code: Any) -> None:
    answers = six(1, 1, 1, 1, 1, 1) | {"walking": code}
    problems = check_answers(WG, answers).problems
    assert [problem.field for problem in problems] == ["walking"]
    if code == 5:
        assert "1, 2, 3, 4, 7, 9" in problems[0].message


def test_an_unknown_question_is_refused() -> None:
    assert check_answers(WG, six(1, 1, 1, 1, 1, 1) | {"smelling": 1}).problems[0].field == "smelling"


def test_the_enhanced_set_counts_daily_and_a_lot_only() -> None:
    form = read_form(shipped()["wg-ss-enhanced"])
    base = six(1, 1, 1, 1, 1, 1) | {"raising": 1, "fingers": 2, "anxiety_often": 1, "anxiety_level": 3}
    never = base | {"depression_often": 5}
    assert results_of(evaluate(form, check_answers(form, never).answers))["finding"] == Finding.NO
    much = base | {"depression_often": 1, "depression_level": 2}
    assert results_of(evaluate(form, check_answers(form, much).answers))["finding"] == Finding.YES
    weekly = base | {"depression_often": 2, "depression_level": 2}
    assert results_of(evaluate(form, check_answers(form, weekly).answers))["finding"] == Finding.NO
    refused = base | {"depression_often": 7}
    assert results_of(evaluate(form, check_answers(form, refused).answers))["finding"] == Finding.INCOMPLETE


def test_skip_rules_follow_the_answers_and_drop_what_is_no_longer_asked() -> None:
    ids = [question.id for question in visible(BASELINE, {"children": 0, "debt": False})]
    assert "school" not in ids
    assert "debt_amount" not in ids
    asked = [question.id for question in visible(BASELINE, {"children": 2, "debt": True})]
    assert "school" in asked
    assert "debt_amount" in asked
    answers = {
        "people": 4, "children": 0, "school": True, "sources": ["wages", "crops"], "income": 3_000_000,
        "lean": 2, "debt": False, "debt_amount": 5,
    }  # fmt: skip
    kept = check_answers(BASELINE, answers)
    assert not kept.problems
    assert "school" not in kept.answers
    assert "debt_amount" not in kept.answers
    assert kept.answers["sources"] == ["crops", "wages"]


def test_numbers_out_of_bounds_and_fractions_are_refused() -> None:
    problems = check_answers(BASELINE, {"people": 0, "children": 1.5}).problems
    said = {problem.field: problem.message for problem in problems}
    assert "1" in said["people"]
    assert "số nguyên" in said["children"]


# -- the PPI ---------------------------------------------------------------------------------------


def all_of(option: int) -> dict[str, int]:
    return {question.id: min(option, len(question.options)) for question in PPI.questions()}


def best() -> dict[str, Any]:
    """The answers with the most points for the lowest line in the Mekong Delta."""
    return {
        question.id: max(question.options, key=lambda option: option.points["bottom20"]).value
        for question in PPI.questions()
    }


def test_sums_above_the_table_count_as_its_last_score() -> None:
    sums = scores_of(PPI, best())
    assert sums is not None
    assert sum(max(o.points["bottom20"] for o in q.options) for q in PPI.questions()) == 101
    assert sums["bottom20"] == 100


@pytest.mark.parametrize(
    ("score", "shown"),
    [(24, {"bottom20": 99.5}), (40, {"bottom20": 91.6, "bottom40": 99.7, "bottom60": 99.9, "bottom80": 100.0}),
     (55, {"bottom20": 43.3, "bottom40": 93.9, "bottom60": 97.5, "bottom80": 99.9}),
     (70, {"bottom20": 5.1, "bottom40": 41.8, "bottom60": 66.6, "bottom80": 97.6}),
     (100, {"bottom20": 0.0, "bottom40": 0.2, "bottom60": 0.5, "bottom80": 5.6})],
)  # fmt: skip
def test_likelihoods_are_those_of_the_published_table(score: int, shown: dict[str, float]) -> None:
    assert PPI.scorecard is not None
    assert {line: round(100 * PPI.scorecard.likelihood[score][line], 1) for line in shown} == shown


def test_a_missing_answer_is_refused_and_gives_no_likelihood() -> None:
    answers = all_of(1)
    del answers["region"]
    problems = check_answers(PPI, answers).problems
    assert [problem.field for problem in problems] == ["region"]
    assert "vùng" in problems[0].message
    assert all(score.value is None for score in likelihoods(PPI, answers))


def test_the_rate_of_a_group_is_the_mean_of_likelihoods() -> None:
    rate = group_rate([Fraction(1, 10), Fraction(1, 2), Fraction(3, 5)])
    assert rate is not None
    assert rate.rate == Fraction(2, 5)
    assert rate.few
    assert group_rate([]) is None


@given(st.lists(st.fractions(0, 1), min_size=1, max_size=60))
def test_a_rate_lies_between_its_likelihoods(likely: list[Fraction]) -> None:
    rate = group_rate(likely)
    assert rate is not None
    assert min(likely) <= rate.rate <= max(likely)
    assert rate.margin >= 0
    assert rate.few is (len(likely) < 30)


@given(st.data())
def test_more_points_never_make_a_household_likelier_poor(data: st.DataObject) -> None:
    answers = {
        question.id: data.draw(st.sampled_from([option.value for option in question.options]))
        for question in PPI.questions()
    }
    question = data.draw(st.sampled_from(list(PPI.questions())))
    sums = scores_of(PPI, answers)
    assert sums is not None
    for option in question.options:
        other = scores_of(PPI, answers | {question.id: option.value})
        assert other is not None
        for line in sums:
            a, b = PPI.scorecard.likelihood[sums[line]][line], PPI.scorecard.likelihood[other[line]][line]  # type: ignore[union-attr]
            assert (a >= b) if other[line] >= sums[line] else (a <= b)


def damaged(change: Any) -> dict[str, Any]:
    raw = copy.deepcopy(shipped()["ppi-vietnam-2021"])
    change(raw)
    return dict(raw)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["likelihood"].pop("57"), "thiếu điểm"),
        (lambda raw: raw["likelihood"]["30"].pop("bottom40"), "điểm 30"),
        (lambda raw: raw["likelihood"]["30"].update(bottom40=1.2), "điểm 30"),
        (lambda raw: raw["likelihood"]["30"].update(bottom40=0.1), "điểm 31"),
        (lambda raw: raw["questions"][5]["options"][0]["points"].update(bottom20=60), "không khớp"),
        (lambda raw: raw["questions"].pop(6), "không khớp"),
        (lambda raw: raw["questions"][0]["options"][1]["points"].pop("bottom80"), "từng chuẩn"),
        (lambda raw: raw["questions"][0]["options"][1]["points"].update(bottom80=1.5), "số nguyên"),
        (lambda raw: raw["questions"][0]["options"][1]["points"].update(bottom80=-1), "số nguyên"),
        (lambda raw: raw["questions"].append(raw["questions"][0]), "trùng"),
        (lambda raw: raw.pop("lines"), "chuẩn"),
        (lambda raw: raw.update(id="Mã lạ"), "Mã ở"),
        (lambda raw: raw.update(name=""), "tên"),
    ],
)
def test_a_scorecard_whose_points_do_not_fit_its_table_is_refused(change: Any, words: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_form(damaged(change))
    assert words in str(refused.value)


def test_a_damaged_file_is_refused_with_a_sentence() -> None:
    whole = json.dumps(shipped()["ppi-vietnam-2021"])
    for broken in (whole[:500], "", "[]", "null", b"\xff\xfe\x00"):
        with pytest.raises(BadForm):
            read_text(broken)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw["sections"][0]["questions"][0].update(type="shade"),
        lambda raw: raw["sections"][0]["questions"][0].update(id="people 1"),
        lambda raw: raw["sections"][0]["questions"][2].update(show_if={"question": "debt", "in": [True]}),
        lambda raw: raw["sections"][0]["questions"][2].update(show_if={"question": "children", "about": 1}),
        lambda raw: raw["sections"][0]["questions"][1].update(id="people"),
        lambda raw: raw["sections"][0]["questions"][1].update(text={"en": "only English"}),
        lambda raw: raw["sections"][0]["questions"][1].update(least=9, most=3),
        lambda raw: raw["scores"][0].update(of=["nothing"]),
        lambda raw: raw["scores"][0].update(compute="magic"),
        lambda raw: raw.update(sections=[]),
        lambda raw: raw.pop("title"),
    ],
)
def test_a_questionnaire_that_contradicts_itself_is_refused(change: Any) -> None:
    raw = copy.deepcopy(shipped()["baseline"])
    change(raw)
    with pytest.raises(BadForm):
        read_form(raw)

"""The life of a dossier: no path leads to a hand-over but through a passed assessment or two people with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.support.assets import left_value, next_check
from desktop.models.rules.support.contribution import Given, check_given, missing_for, share_of
from desktop.models.rules.support.dossier import (
    AssessmentFact,
    DecisionFact,
    Dossier,
    DueState,
    MoneyFact,
    check_decision,
    check_transfer,
    earliest_assessment,
    schedule,
    stage,
)
from desktop.models.rules.support.standards import shipped
from desktop.models.rules.support.steps import StepState, steps
from desktop.models.support_kinds import (
    ContributionKind,
    MoneyRoute,
    Result,
    SupportKind,
    SupportStage,
    Verdict,
    Wave,
)

START = date(2026, 1, 5)
TODAY = date(2027, 6, 1)
STANDARDS = shipped(START)
ASKED = 10_000_000


def day(number: int) -> date:
    return START + timedelta(days=number)


def approve(assessment: int = 1, at: int = 20, **more: object) -> DecisionFact:
    known: dict[str, object] = {
        "id": 1,
        "assessment": assessment,
        "day": day(at),
        "verdict": Verdict.APPROVE,
        "amount": ASKED,
        "override": False,
        "decider": "Lê Văn Sơn",
    }
    return DecisionFact(**{**known, **more})  # type: ignore[arg-type]


def dossier(result: Result = Result.TRANSFER, **more: object) -> Dossier:
    made = Dossier(
        SupportKind.IN_KIND,
        START,
        ASKED,
        assessments=(AssessmentFact(1, Wave.BEFORE, day(10), result),),
        contributions=(MoneyFact(1, day(12), 2_500_000),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def fields(problems: object) -> list[str]:
    return [problem.field for problem in problems]  # type: ignore[attr-defined]


# -- by example ------------------------------------------------------------------------------------


def test_the_usual_way() -> None:
    case = dossier()
    assert stage(replace(case, assessments=())) is SupportStage.REQUESTED
    assert stage(case) is SupportStage.ASSESSED
    assert check_decision(case, approve(), TODAY) == []
    case = replace(case, decisions=(approve(),))
    assert stage(case) is SupportStage.APPROVED
    assert check_transfer(case, day(20), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY) == []
    case = replace(case, transfers=(MoneyFact(1, day(20), ASKED),))
    assert stage(case) is SupportStage.TRANSFERRED
    assert case.share == Fraction(1, 5)


@pytest.mark.parametrize(
    ("change", "value", "at", "code", "field"),
    [
        ({"decisions": ()}, ASKED, 20, "not-decided", ""),
        ({"assessments": (), "decisions": ()}, ASKED, 20, "not-assessed", ""),
        ({}, ASKED, 19, "before-decision", "day"),
        ({}, ASKED + 1, 20, "above-decided", "value"),
        ({}, 0, 20, "value", "value"),
        ({}, -5, 20, "value", "value"),
        ({"transfers": (MoneyFact(1, day(20), 1),)}, ASKED, 21, "above-decided", "value"),
        ({"contributions": (MoneyFact(1, day(12), 2_499_999),)}, ASKED, 20, "contribution", "value"),
        ({"contributions": (MoneyFact(1, day(12), 2_500_000, False),)}, ASKED, 20, "contribution", "value"),
        ({"contributions": (MoneyFact(1, day(25), 2_500_000),)}, ASKED, 20, "contribution", "value"),
        ({"withdrawn_on": day(15)}, ASKED, 20, "withdrawn", ""),
    ],
)
def test_transfers_that_are_refused(
    change: dict[str, object], value: int, at: int, code: str, field: str
) -> None:
    case = replace(dossier(decisions=(approve(),)), **change)  # type: ignore[arg-type]
    found = check_transfer(case, day(at), value, MoneyRoute.DIRECT, STANDARDS, TODAY)
    assert [(problem.code, problem.field) for problem in found] == [(code, field)]


def test_a_later_assessment_asks_for_a_new_decision() -> None:
    case = dossier(decisions=(approve(),))
    again = replace(
        case, assessments=(*case.assessments, AssessmentFact(2, Wave.BEFORE, day(30), Result.IMPROVE))
    )
    assert again.approval is None
    assert stage(again) is SupportStage.ASSESSED
    assert check_transfer(again, day(40), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY)[0].code == "not-decided"


@pytest.mark.parametrize(
    ("more", "fields_"),
    [
        ({}, ["verdict"]),
        ({"override": True}, ["second", "reason"]),
        ({"override": True, "second": "Lê Văn Sơn", "reason": "lũ"}, ["second"]),
        ({"override": True, "second": " lê  văn SƠN ", "reason": "lũ"}, ["second"]),
        ({"override": True, "second": "Le Van Son", "reason": "lũ"}, ["second"]),
        ({"override": True, "second": "Hà Thị Mai", "reason": " "}, ["reason"]),
        ({"override": True, "second": "Hà Thị Mai", "reason": "Lũ cuốn mất chuồng"}, []),
    ],
)
def test_an_override_needs_two_people_and_a_reason(more: dict[str, object], fields_: list[str]) -> None:
    assert fields(check_decision(dossier(Result.IMPROVE), approve(**more), TODAY)) == fields_


def test_an_override_may_leave_the_share_short() -> None:
    decision = approve(override=True, second="Hà Thị Mai", reason="Lũ")
    case = dossier(Result.REFUSE, decisions=(decision,), contributions=())
    assert check_transfer(case, day(20), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": day(9)}, "day"),
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"decider": " "}, "decider"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": ASKED + 1}, "amount"),
        ({"verdict": Verdict.REFUSE}, "reason"),
        ({"verdict": Verdict.IMPROVE, "override": True, "reason": "thiếu"}, "override"),
    ],
)
def test_decisions_that_are_refused(more: dict[str, object], field: str) -> None:
    assert field in fields(check_decision(dossier(), approve(**more), TODAY))


def test_the_poor_give_less() -> None:
    case = dossier(decisions=(approve(),), contributions=(MoneyFact(1, day(12), 526_316),))
    assert check_transfer(case, day(20), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY)[0].code == "contribution"
    poor = replace(case, hardship=True)
    assert check_transfer(poor, day(20), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY) == []


def test_money_in_the_box_and_things_in_hand() -> None:
    case = dossier(decisions=(approve(),))
    found = check_transfer(case, day(20), ASKED, MoneyRoute.BOX, STANDARDS, TODAY)
    assert fields(found) == ["route"]
    turning = replace(case, kind=SupportKind.REVOLVING)
    found = check_transfer(turning, day(20), ASKED, MoneyRoute.DIRECT, STANDARDS, TODAY)
    assert fields(found) == ["route"]


def test_looking_again() -> None:
    case = dossier(decisions=(approve(),))
    assert earliest_assessment(case, Wave.FIRST, STANDARDS)[1][0].code == "not-transferred"
    case = replace(case, transfers=(MoneyFact(1, date(2026, 1, 31), ASKED),))
    assert earliest_assessment(case, Wave.BEFORE, STANDARDS)[1][0].code == "transferred"
    first, second = schedule(case, date(2026, 6, 1), STANDARDS)
    assert (first.due, first.state) == (date(2026, 7, 31), DueState.COMING)
    assert (second.due, second.state) == (date(2027, 1, 31), DueState.COMING)
    assert schedule(case, date(2026, 6, 16), STANDARDS)[0].state is DueState.DUE
    assert schedule(case, date(2026, 9, 15), STANDARDS)[0].state is DueState.OVERDUE
    done = replace(
        case,
        assessments=(*case.assessments, AssessmentFact(2, Wave.FIRST, date(2026, 8, 1), Result.TRANSFER)),
    )
    assert schedule(done, date(2026, 9, 15), STANDARDS)[0].state is DueState.DONE


def test_steps_say_what_is_next_and_what_blocks() -> None:
    by_key = {step.key: step.state for step in steps(dossier(), day(15), STANDARDS)}
    assert by_key == {
        "request": StepState.DONE,
        "assessment": StepState.DONE,
        "decision": StepState.NEXT,
        "contribution": StepState.DONE,
        "transfer": StepState.WAITING,
        "again": StepState.WAITING,
    }
    refused = dossier(decisions=(approve(verdict=Verdict.REFUSE),))
    assert {step.key: step.state for step in steps(refused, day(30), STANDARDS)}[
        "transfer"
    ] is StepState.BLOCKED


# -- co-contribution -------------------------------------------------------------------------------


def test_labour_is_days_at_a_rate() -> None:
    assert Given(ContributionKind.LABOUR, tenths=125, rate=200_000).worth == 2_500_000
    assert Given(ContributionKind.LABOUR, tenths=5, rate=150_001).worth == 75_001
    assert Given(ContributionKind.CASH, value=500_000).worth == 500_000


@pytest.mark.parametrize(
    ("given_", "fields_"),
    [
        (Given(ContributionKind.CASH, -1), ["value"]),
        (Given(ContributionKind.CASH, 0), ["value"]),
        (Given(ContributionKind.LABOUR, tenths=-10, rate=200_000), ["tenths"]),
        (Given(ContributionKind.LABOUR, tenths=10, rate=0), ["rate"]),
    ],
)
def test_contributions_that_are_refused(given_: Given, fields_: list[str]) -> None:
    assert fields(check_given(given_, MoneyRoute.DIRECT, START, TODAY, START)) == fields_


def test_only_money_goes_into_the_box() -> None:
    found = check_given(Given(ContributionKind.LAND, 5_000_000), MoneyRoute.BOX, START, TODAY, START)
    assert fields(found) == ["route"]


# -- properties ------------------------------------------------------------------------------------

amounts = st.integers(1, 50_000_000)
days = st.integers(0, 400).map(day)
facts = st.builds(
    AssessmentFact,
    id=st.integers(1, 4),
    wave=st.sampled_from(Wave),
    day=days,
    result=st.sampled_from(Result),
)
names = st.sampled_from(["", "Lê Văn Sơn", "lê văn sơn", "Hà Thị Mai"])
decisions = st.builds(
    DecisionFact,
    id=st.integers(1, 4),
    assessment=st.integers(1, 4),
    day=days,
    verdict=st.sampled_from(Verdict),
    amount=st.integers(0, 60_000_000),
    override=st.booleans(),
    decider=names,
    second=names,
    reason=st.sampled_from(["", "Lũ"]),
)
money = st.builds(MoneyFact, id=st.integers(1, 9), day=days, value=amounts, counts=st.booleans())
dossiers = st.builds(
    Dossier,
    kind=st.sampled_from(SupportKind),
    requested_on=st.just(START),
    asked=amounts,
    hardship=st.booleans(),
    withdrawn_on=st.none() | days,
    assessments=st.lists(facts, max_size=4, unique_by=lambda one: one.id).map(tuple),
    decisions=st.lists(decisions, max_size=3).map(tuple),
    contributions=st.lists(money, max_size=3).map(tuple),
    transfers=st.lists(money, max_size=2).map(tuple),
)


@given(dossiers, days, amounts, st.sampled_from(MoneyRoute))
def test_no_transfer_without_a_passed_assessment_or_two_people(
    case: Dossier, at: date, value: int, route: MoneyRoute
) -> None:
    if check_transfer(case, at, value, route, STANDARDS, TODAY):
        return
    last = case.decisions[-1]
    before = [one for one in case.assessments if one.wave is Wave.BEFORE]
    assert last.verdict is Verdict.APPROVE
    assert last.assessment == before[-1].id
    assert at >= last.day
    assert case.transferred + value <= last.amount
    assert case.withdrawn_on is None
    two = last.override and last.decider.casefold() != last.second.casefold() and last.second and last.reason
    assert before[-1].result is Result.TRANSFER or two


@given(dossiers)
def test_the_share_is_between_nothing_and_all(case: Dossier) -> None:
    assert case.share is None or 0 <= case.share <= 1


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 99))
def test_what_is_missing_makes_the_share_whole(given_: int, external: int, percent: int) -> None:
    missing = missing_for(given_, external, percent)
    share = share_of(given_ + missing, external)
    assert share is not None
    assert share * 100 >= percent
    if missing:
        below = share_of(given_ + missing - 1, external)
        assert below is not None
        assert below * 100 < percent


@given(st.integers(1, 10**10), st.integers(1, 50), st.integers(0, 30_000))
def test_what_is_left_of_an_asset_falls_to_nothing(value: int, years: int, passed: int) -> None:
    left = left_value(value, years, START, START + timedelta(days=passed))
    assert 0 <= left <= value
    assert left >= left_value(value, years, START, START + timedelta(days=passed + 40))
    assert left_value(value, years, START, date(START.year + years, START.month, START.day)) == 0


def test_an_asset_is_looked_at_again() -> None:
    assert left_value(12_000_000, 4, date(2026, 1, 31), date(2026, 7, 31)) == 10_500_000
    assert next_check(date(2026, 1, 31), None, 6) == date(2026, 7, 31)
    assert next_check(date(2026, 1, 31), date(2026, 8, 5), 6) == date(2027, 2, 5)

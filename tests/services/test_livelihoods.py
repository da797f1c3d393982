"""Livelihoods through the services, on both engines: activities, their states, visits and plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import LivelihoodState, Practice, Wave
from desktop.models.problems import Refusal, Trouble
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.livelihoods.visits import DueState
from desktop.services import (
    business_plans,
    households,
    livelihood_book,
    livelihood_gathering,
    livelihood_standards,
    livelihood_visits,
    livelihoods,
    verify,
)
from desktop.services.households import FoundHousehold
from desktop.services.livelihood_book import LivelihoodFilter
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, ChangeActivity, Owner
from tests.services.livelihood_kit import GOOD, TODAY, Place, activity, codes, visit
from tests.village import an_act

# -- activities ------------------------------------------------------------------------------------


def test_an_activity_is_found_by_its_owner_group_and_words(place: Place) -> None:
    rows = livelihood_book.listed(place.book, LivelihoodFilter(place.village.group), TODAY)
    assert [(row.code, row.owner.sex, row.state, row.risk) for row in rows] == [
        ("SK-0001", Sex.FEMALE, LivelihoodState.OPERATING, 6)
    ]
    for text in ("vit", "sk-0001", "hoa 1", "gia cam"):
        assert livelihood_book.listed(place.book, LivelihoodFilter(text=text), TODAY)
    assert not livelihood_book.listed(place.book, LivelihoodFilter(GroupId(999)), TODAY)
    before = livelihood_book.listed(place.book, LivelihoodFilter(), date(2026, 1, 25))
    assert before[0].state is LivelihoodState.PLANNED


def test_an_activity_needs_one_owner_a_name_a_branch_and_practices_when_smart(place: Place) -> None:
    with pytest.raises(Refusal) as refused:
        livelihoods.register(place.book, Activity(Owner(), " ", "9999", smart=True), an_act())
    assert codes(refused) == {
        ("owner", "owner"),
        ("name", "missing"),
        ("vsic_code", "vsic"),
        ("practices", "practices"),
    }
    with pytest.raises(Refusal):
        livelihoods.register(place.book, activity(MemberId(99_999)), an_act())


def test_the_chain_knows_what_changed_and_two_editors_are_told(place: Place) -> None:
    detail = livelihood_book.detail(place.book, place.key, TODAY)
    changed = activity(place.owner, name="Nuôi vịt thịt", started=date(2026, 2, 3))
    command = ChangeActivity(place.key, detail.version, changed)
    livelihoods.change(place.book, command, an_act(date(2026, 2, 5)))
    with pytest.raises(Trouble):
        livelihoods.change(place.book, command, an_act(date(2026, 2, 6)))
    after = livelihood_book.detail(place.book, place.key, TODAY)
    assert after.row.started == date(2026, 2, 3)
    assert [event.day for event in after.story] == [date(2026, 2, 3)]
    assert not verify.verify(place.book).findings


def test_pausing_and_closing_need_a_reason_and_go_forward(place: Place) -> None:
    def step(state: LivelihoodState, day: date, reason: str) -> None:
        livelihoods.set_state(place.book, place.key, state, day, reason, an_act(TODAY))

    with pytest.raises(Refusal) as refused:
        step(LivelihoodState.CLOSED, date(2026, 6, 1), " ")
    assert codes(refused) == {("reason", "reason")}
    step(LivelihoodState.PAUSED, date(2026, 6, 1), "Thiếu nước")
    with pytest.raises(Refusal):
        step(LivelihoodState.OPERATING, date(2026, 5, 1), "")
    step(LivelihoodState.CLOSED, date(2026, 8, 1), "Bán hết đàn")
    rows = livelihood_book.listed(place.book, LivelihoodFilter(), date(2026, 7, 1))
    assert rows[0].state is LivelihoodState.PAUSED
    rows = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)
    assert (rows[0].state, rows[0].closed) == (LivelihoodState.CLOSED, date(2026, 8, 1))


def test_only_loans_of_the_household_pay_for_an_activity(place: Place) -> None:
    from tests.services.loan_kit import lend  # the loan of another member

    own, other = lend(place.book, place.village, 1), lend(place.book, place.village, 2)
    with pytest.raises(Refusal) as refused:
        livelihoods.link_loan(place.book, place.key, other, "", an_act(TODAY))
    assert codes(refused) == {("loan", "other-owner")}
    livelihoods.link_loan(place.book, place.key, own, "Mua vịt giống", an_act(TODAY))
    with pytest.raises(Refusal):
        livelihoods.link_loan(place.book, place.key, own, "", an_act(TODAY))
    detail = livelihood_book.detail(place.book, place.key, TODAY)
    assert [(loan.id, loan.purpose) for loan in detail.loans] == [(own, "Mua vịt giống")]
    assert "loan" in {event.kind for event in detail.story}
    livelihoods.unlink_loan(place.book, place.key, own, an_act(TODAY))
    assert not livelihood_book.detail(place.book, place.key, TODAY).loans


# -- visits and plans ------------------------------------------------------------------------------


def test_visits_become_due_and_tell_income(place: Place) -> None:
    assert [row.visit.wave for row in livelihood_visits.due(place.book, date(2026, 1, 25))] == [Wave.BASE]
    visit(place, Wave.BASE, date(2026, 1, 25), 38_000_000)
    assert not livelihood_visits.due(place.book, date(2026, 2, 1))
    (due,) = livelihood_visits.due(place.book, date(2026, 10, 1))
    assert (due.visit.wave, due.visit.state, due.days_late) == (Wave.M6, DueState.OVERDUE, 16)
    with pytest.raises(Refusal) as refused:
        visit(place, Wave.M6, date(2026, 1, 24))
    assert codes(refused) == {("day", "before-baseline")}
    visit(place, Wave.M6, date(2026, 8, 1), 41_000_000)
    visit(place, Wave.M12, date(2027, 2, 1), 44_000_000, practices=(Practice.WATER,))
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.income is not None
    assert (row.income.base, row.income.later, row.income.nominal) == (18_000_000, 24_000_000, 6_000_000)
    assert row.income.real is None  # no index of 2026 or 2027 is known
    livelihood_standards.keep_price(place.book, 2026, 0, 12_000, "Thử", an_act())
    livelihood_standards.keep_price(place.book, 2027, 2, 12_600, "Thử", an_act())
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.income is not None
    assert row.income.real == round(24_000_000 / 1.05 - 18_000_000)
    assert row.practised


def test_a_visit_is_mended_and_the_log_keeps_both(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    row = livelihood_book.detail(place.book, place.key, TODAY).row.visits[0]
    made = Visit(place.key, Wave.BASE, row.day, "Cán bộ", replace(GOOD, revenue=30_000_000))
    livelihood_visits.change(place.book, row.id, row.version, made, an_act(TODAY))
    with pytest.raises(Trouble):
        livelihood_visits.change(place.book, row.id, row.version, made, an_act(TODAY))
    assert livelihood_book.detail(place.book, place.key, TODAY).row.net == 10_000_000
    assert not verify.verify(place.book).findings


def test_a_visit_that_finds_it_closed_closes_it(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    visit(place, Wave.M6, date(2026, 8, 1), operating=False, note="Dịch")
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.state is LivelihoodState.CLOSED
    figures = livelihood_gathering.figures(place.book, TODAY)
    assert (figures.survival6.operating, figures.survival6.visited) == (0, 1)


def test_a_plan_is_approved_by_two_named_people_and_then_stays(place: Place) -> None:
    plan = Plan("Trứng", "Chợ", "trăm", 1, 2, 10, 100, own=150, incomes=(10,) * 12, expenses=(10,) * 12)
    short = replace(plan, own=99)
    key = business_plans.keep(place.book, place.key, short, an_act(TODAY)).value
    with pytest.raises(Refusal) as refused:
        business_plans.approve(place.book, key, ("A",), TODAY, an_act(TODAY))
    assert codes(refused) == {("months", "cash-flow"), ("people", "people")}
    (row,) = business_plans.plans_of(place.book, place.key)
    business_plans.keep(place.book, place.key, plan, an_act(TODAY), (key, row.version))
    business_plans.approve(place.book, key, ("Bà A", "Ông B"), TODAY, an_act(TODAY))
    (row,) = business_plans.plans_of(place.book, place.key)
    assert (row.approved_on, row.approvers) == (TODAY, ("Bà A", "Ông B"))
    with pytest.raises(Refusal):
        business_plans.keep(place.book, place.key, plan, an_act(TODAY), (key, row.version))


def test_the_search_of_everything_finds_activities(place: Place) -> None:
    from desktop.services.search import HitKind, search

    for text in ("vit de", "SK-0001"):
        assert [(hit.kind, hit.id) for hit in search(place.book, text)] == [(HitKind.LIVELIHOOD, place.key)]


def test_a_household_that_is_written_of_is_not_removed(place: Place) -> None:
    home = households.found(place.book, FoundHousehold(), an_act()).value
    livelihoods.register(place.book, Activity(Owner(household=home), "Vườn chung", "0121"), an_act())
    with pytest.raises(Refusal) as refused:
        households.remove(place.book, home, households.get(place.book, home).version, an_act(TODAY))
    assert codes(refused) == {("", "household-in-use")}
    row = livelihood_book.listed(place.book, LivelihoodFilter(household=home), TODAY)[0]
    assert row.owner.text.startswith("Hộ HO-")

"""Figures of support agree with its records: co-contribution, assessed and capacity first, benefit share, investment."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.models.ids import SupportId
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.support_kinds import MoneyRoute, SupportKind, Wave
from desktop.services import (
    business_plans,
    history,
    livelihood_gathering,
    livelihoods,
    support_due,
    support_papers,
    support_proposals,
    support_transfers,
    verify,
)
from desktop.services.indicators.facts import Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.livelihoods import Activity, Owner
from desktop.services.supports import Beneficiary
from desktop.store.book import Book
from reports import support_dossier, support_handover
from tests import support_kit as kit
from tests.reports.paper import said
from tests.services.test_supports import MACHINE
from tests.support_kit import ASKED, TODAY
from tests.village import Village, an_act, settle


def figure(book: Book, key: str, members: tuple[int, ...] | None = None) -> Value:
    facts = load(book, Scope(), date(2026, 1, 1), date(2026, 12, 31))
    if members is not None:
        facts = facts.only(lambda part: part.member in members)
    return indicators()[key].compute(facts)


def given(book: Book, village: Village, place: int, **more: object) -> SupportId:
    support = kit.ask(book, Beneficiary(member=village.members[place]), **more)
    kit.assess(book, support)
    kit.decide(book, support)
    kit.contribute(book, support)
    kit.hand_over(book, support)
    return support


def test_nothing_given_is_a_dash_and_not_nothing(book: Book) -> None:
    settle(book)
    for key in ("BV05", "BV06", "BV07", "HN07"):
        assert figure(book, key).amount is None


def test_the_co_contribution_rate_counts_only_what_is_proven(any_book: Book) -> None:
    village = settle(any_book)
    support = given(any_book, village, 0)
    kit.contribute(any_book, support, 7_500_000, counted=False, evidence="")
    assert figure(any_book, "BV05").amount == Fraction(1, 5)
    first, second = village.members[:2]
    assert figure(any_book, "BV05", (first,)).amount == Fraction(1, 5)
    assert figure(any_book, "BV05", (second,)).amount is None


def test_a_group_stands_for_its_members_alike(any_book: Book) -> None:
    village = settle(any_book, members=4)
    support = kit.ask(any_book, village.group)
    kit.assess(any_book, support)
    kit.decide(any_book, support)
    kit.contribute(any_book, support)
    kit.hand_over(any_book, support)
    assert figure(any_book, "HN07", village.members[:1]).amount == 1
    assert figure(any_book, "BV05", village.members[:2]).amount == Fraction(1, 5)


def test_whose_the_benefit_is(any_book: Book) -> None:
    village = settle(any_book, members=4)
    given(any_book, village, 0)
    assert figure(any_book, "HN07", village.members[:1]).amount == 4
    assert figure(any_book, "HN07", village.members[1:]).amount == 0
    assert figure(any_book, "HN07").amount == 1


def test_an_override_was_assessed_before_but_capacity_did_not_come_first(book: Book) -> None:
    village = settle(book)
    support = kit.ask(book, Beneficiary(member=village.members[0]))
    kit.assess(book, support, s2=0)
    kit.decide(book, support, override=True, second="Hà Thị Mai", reason="Lũ")
    kept = kit.hand_over(book, support)
    assert figure(book, "BV06").amount == 1
    assert figure(book, "BV07").amount == 0
    support_transfers.take_back(book, kept.id, "nhầm", an_act(TODAY))
    assert figure(book, "BV06").amount is None


def test_capacity_first_comes_from_the_classes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    village = settle(book)
    member = village.members[0]
    done = {member: {"KD40": date(2026, 2, 25)}}

    def completed(_session: object, people: object, modules: object, by_day: date) -> object:
        found = {who: {m: d for m, d in mods.items() if d <= by_day} for who, mods in done.items()}
        return {who: mods for who, mods in found.items() if mods and who in people}  # type: ignore[operator]

    monkeypatch.setattr("desktop.services.support_recipients.completed", completed)
    support = given(book, village, 0, training=("KD40",))
    assert figure(book, "BV07").amount == 1
    found = support_proposals.proposals(book, support, Wave.BEFORE, date(2026, 2, 24))
    assert found[2].score == 0
    found = support_proposals.proposals(book, support, Wave.BEFORE, date(2026, 2, 25))
    assert found[2].score == 2


def test_investment_is_what_was_given_where_there_is_a_dossier(book: Book) -> None:
    village = settle(book)
    keys = []
    for place in (0, 1):
        key = livelihoods.register(
            book,
            Activity(
                Owner(member=village.members[place]), f"Nuôi vịt {place}", "0146", started=date(2026, 3, 5)
            ),
            an_act(date(2026, 3, 5)),
        ).value
        plan = Plan(
            product="Trứng", market="Chợ", price=2, unit_cost=1, own=1_000, grant=5_000, contribution=700
        )
        kept = business_plans.keep(book, key, plan, an_act(date(2026, 3, 6))).value
        business_plans.approve(book, kept, ("A", "B"), date(2026, 3, 6), an_act(date(2026, 3, 6)))
        keys.append(key)
    support = kit.ask(book, Beneficiary(livelihood=keys[0]))
    kit.assess(book, support)
    kit.decide(book, support)
    kit.contribute(book, support)
    kit.hand_over(book, support)
    found = dict(livelihood_gathering.figures(book, TODAY).invested)
    assert found == {"own": 2_000, "loan": 0, "grant": ASKED + 5_000, "contribution": 2_500_000 + 700}


def test_papers_tell_the_override_and_the_voucher(any_book: Book) -> None:
    village = settle(any_book)
    support = kit.ask(any_book, village.group, kind=SupportKind.REVOLVING)
    kit.assess(any_book, support, s2=1)
    kit.decide(
        any_book, support, override=True, second="Hà Thị Mai", second_post="Phó Chủ tịch xã", reason="Lũ cuốn"
    )
    kept = kit.hand_over(any_book, support, route=MoneyRoute.BOX)
    value = support_papers.dossier(any_book, support, an_act(date(2026, 6, 1))).value
    text = said(support_dossier.render(value))
    for words in (
        "Lê Văn Sơn",
        "Hà Thị Mai (Phó Chủ tịch xã)",
        "Lũ cuốn",
        "duyệt ngoại lệ",
        "Biên bản mục 10",
        "BC11",
        "Tỷ lệ chuyển giao có đánh giá bền vững 100",
    ):
        assert words in text
    minutes = support_papers.handover(any_book, support, kept.id, an_act(TODAY)).value
    text = said(support_handover.render(minutes))
    assert kept.voucher is not None
    for words in (kept.voucher.number, "Mười triệu đồng", "Hà Thị Mai"):
        assert words in text
    assert minutes.mark.number == "BG-000001/2027"
    assert not verify.verify(any_book).findings


def test_every_table_has_a_name_in_the_log() -> None:
    from desktop.store.trail import LOGGED

    mine = [table for table in LOGGED if table.startswith(("support", "asset"))]
    assert len(mine) == 8
    assert all(history.subject_title(table) != table for table in mine)


def test_the_register_of_a_group_holds_its_own(book: Book) -> None:
    village, other = settle(book), settle(book, "TO-02")
    support = kit.ask(book, village.group, kind=SupportKind.ASSET)
    kit.assess(book, support)
    kit.decide(book, support)
    kit.contribute(book, support)
    kit.hand_over(book, support, assets=(MACHINE,))
    assert len(support_papers.register(book, village.group, TODAY, an_act(TODAY)).value.assets) == 1
    assert support_papers.register(book, other.group, TODAY, an_act(TODAY)).value.assets == ()
    assert support_due.due(book, TODAY, other.group) == []

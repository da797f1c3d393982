"""Rotating funds: what is paid and drawn to the đồng, what the decree demands, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import MemberId, RoscaId
from desktop.models.kinds import Account, RoscaKind, RoscaOrder, RoscaState
from desktop.models.problems import Refusal
from desktop.models.rules import rosca as rules
from desktop.models.rules.rosca import Duty, RoscaTerms
from desktop.services import rosca, rosca_book, rosca_papers, verify, vouchers
from desktop.services.balances import group_balances
from desktop.services.rosca import Agree, OpenRound, PayLate
from desktop.store.book import Book
from reports import catalogue
from reports.kit.report import PLAIN
from tests.reports.paper import said
from tests.village import Village, an_act, settle

STARTS = date(2026, 2, 5)
FREE = RoscaTerms(RoscaKind.FREE, RoscaOrder.LOT, 1_000_000, 3, STARTS)
BIDDING = replace(FREE, kind=RoscaKind.INTEREST, order=RoscaOrder.BID)
TODAY = an_act(date(2026, 8, 1))


def _agree(book: Book, village: Village, terms: RoscaTerms = FREE, **other: object) -> RoscaId:
    command = Agree(
        village.group,
        terms,
        village.members[0],
        dict.fromkeys(village.members, 1),
        date(2026, 2, 1),
        agreed=True,
    )
    return rosca.agree(book, replace(command, **other), TODAY).value  # type: ignore[arg-type]


def _problems(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def _held(book: Book, village: Village) -> int:
    with book.read() as session:
        return group_balances(session, village.group, TODAY.today).get(Account.ROSCA, 0)


def test_each_part_pays_and_draws_the_same_where_there_is_no_interest(any_book: Book) -> None:
    village = settle(any_book)
    key = _agree(any_book, village)
    for number, part in enumerate(rosca_book.detail(any_book, key).parts):
        day = rules.opening_day(FREE, number + 1)
        posted = rosca.open_round(any_book, OpenRound(key, day, part.id), TODAY).value
        assert len(posted.vouchers) == 4  # three receipts and a payment
        assert _held(any_book, village) == 0
    found = rosca_book.detail(any_book, key)
    assert [(part.paid, part.drawn, part.owed) for part in found.parts] == [(3_000_000, 3_000_000, 0)] * 3
    assert found.state is RoscaState.ENDED
    assert found.next_number is None
    assert verify.verify(any_book).ok
    with pytest.raises(Refusal):
        rosca.open_round(any_book, OpenRound(key, TODAY.today, found.parts[0].id), TODAY)


def test_parts_that_have_not_drawn_pay_less_by_the_bid(book: Book) -> None:
    village = settle(book)
    key = _agree(book, village, BIDDING)
    one, two, three = (part.id for part in rosca_book.detail(book, key).parts)
    rosca.open_round(book, OpenRound(key, STARTS, one, bid=20_000), TODAY)
    rosca.open_round(book, OpenRound(key, date(2026, 3, 5), two, bid=15_000), TODAY)
    rosca.open_round(book, OpenRound(key, date(2026, 4, 5), three), TODAY)
    sums = {part.id: (part.paid, part.drawn) for part in rosca_book.detail(book, key).parts}
    assert sums[one] == (3_000_000, 2_960_000)
    assert sums[two] == (2_980_000, 2_985_000)
    assert sums[three] == (2_965_000, 3_000_000)
    assert _held(book, village) == 0


def test_the_bid_may_not_pass_twenty_percent_a_year_of_what_is_left(book: Book) -> None:
    # Opening 1 of 3 monthly openings: 59 days to the last one: 1.000.000 × 20 % × 59 ÷ 365 = 32.328.
    assert rules.bid_ceiling(BIDDING, 1) == 32_328
    assert rules.bid_ceiling(BIDDING, 3) == 0
    key = _agree(book, settle(book), BIDDING)
    part = rosca_book.detail(book, key).parts[0].id
    with pytest.raises(Refusal) as refused:
        rosca.open_round(book, OpenRound(key, STARTS, part, bid=32_329), TODAY)
    assert _problems(refused) == [("bid-ceiling", "bid")]
    rosca.open_round(book, OpenRound(key, STARTS, part, bid=32_328), TODAY)


def test_the_organiser_pays_in_for_who_does_not_and_is_paid_back_with_interest(any_book: Book) -> None:
    village = settle(any_book)
    key = _agree(any_book, village, replace(FREE, late_percent=Fraction(10)))
    one, two, _three = (part.id for part in rosca_book.detail(any_book, key).parts)
    rosca.open_round(any_book, OpenRound(key, STARTS, one, paid={two: 400_000}), TODAY)
    found = rosca_book.detail(any_book, key)
    assert (found.openings[0].covered, found.openings[0].drawn) == (600_000, 3_000_000)
    assert [(debt.part, debt.amount) for debt in found.debts] == [(two, 600_000)]
    assert found.debts[0].opening_id == found.openings[0].id
    late = PayLate(key, found.debts[0].opening_id, two, date(2026, 3, 5), 600_000)
    posted = rosca.pay_late(any_book, late, TODAY).value
    assert [voucher.paper.value for voucher in posted] == ["PT", "PC"]
    found = rosca_book.detail(any_book, key)
    assert found.debts == ()
    # 600.000 × 10 % × 28 ÷ 365 = 4.602,7
    assert [row.late_interest for row in found.ledger if row.late_interest] == [4_603]
    assert _held(any_book, village) == 0
    assert verify.verify(any_book).ok
    with pytest.raises(Refusal):
        rosca.pay_late(any_book, late, TODAY)


def test_where_nobody_covers_the_drawer_gets_what_came_in_and_the_rest_later(book: Book) -> None:
    village = settle(book)
    key = _agree(book, village, replace(FREE, organiser_covers=False))
    one, two, _three = (part.id for part in rosca_book.detail(book, key).parts)
    rosca.open_round(book, OpenRound(key, STARTS, one, paid={two: 0}), TODAY)
    found = rosca_book.detail(book, key)
    assert (found.openings[0].drawn, found.openings[0].owed) == (2_000_000, 1_000_000)
    rosca.pay_late(book, PayLate(key, found.debts[0].opening_id, two, date(2026, 2, 6), 1_000_000, 0), TODAY)
    assert rosca_book.detail(book, key).debts == ()
    assert _held(book, village) == 0


def test_the_commission_goes_to_the_organiser(book: Book) -> None:
    village = settle(book)
    terms = replace(FREE, kind=RoscaKind.COMMISSION, commission=50_000)
    key = _agree(book, village, terms)
    part = rosca_book.detail(book, key).parts[1].id
    rosca.open_round(book, OpenRound(key, STARTS, part), TODAY)
    assert rosca_book.detail(book, key).openings[0].drawn == 2_950_000
    assert _held(book, village) == 0


def test_the_last_opening_is_taken_back_whole_and_only_whole(any_book: Book) -> None:
    village = settle(any_book)
    key = _agree(any_book, village)
    one, two, _three = (part.id for part in rosca_book.detail(any_book, key).parts)
    posted = rosca.open_round(any_book, OpenRound(key, STARTS, one, paid={two: 0}), TODAY).value
    with pytest.raises(Refusal) as refused:
        vouchers.reverse_voucher(any_book, posted.vouchers[0].id, "nhầm", TODAY)
    assert _problems(refused) == [("of-rosca", "")]
    with pytest.raises(Refusal):
        rosca.reverse_round(any_book, key, " ", TODAY)
    rosca.reverse_round(any_book, key, "Ghi nhầm người lĩnh", TODAY)
    found = rosca_book.detail(any_book, key)
    assert found.next_number == 1
    assert all(part.drawn_at is None and not part.paid for part in found.parts)
    assert _held(any_book, village) == 0
    rosca.open_round(any_book, OpenRound(key, STARTS, two), TODAY)
    assert verify.verify(any_book).ok


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"day": date(2026, 9, 1)}, ("future", "day")),
        ({"day": date(2026, 1, 1)}, ("before", "day")),
        ({"bid": 5_000}, ("bid", "bid")),
        ({"bid": -1}, ("bid", "bid")),
        ({"drawer": 9999}, ("drawer", "drawer")),
        ({"paid": "over"}, ("too-much", "paid/2")),
        ({"paid": "negative"}, ("amount", "paid/2")),
    ],
)
def test_a_wrong_opening_is_refused_at_its_field_and_posts_nothing(
    book: Book, change: dict[str, object], problem: tuple[str, str]
) -> None:
    village = settle(book)
    key = _agree(book, village)
    parts = [part.id for part in rosca_book.detail(book, key).parts]
    if "paid" in change:
        change = {"paid": {parts[1]: 1_000_001 if change["paid"] == "over" else -1}}
        problem = (problem[0], f"paid/{parts[1]}")
    command = replace(OpenRound(key, STARTS, parts[0]), **change)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        rosca.open_round(book, command, TODAY)
    assert _problems(refused) == [problem]
    assert rosca_book.detail(book, key).next_number == 1
    assert not vouchers.count(book, vouchers.VoucherFilter(group=village.group))


def test_a_part_draws_once(book: Book) -> None:
    key = _agree(book, settle(book))
    part = rosca_book.detail(book, key).parts[0].id
    rosca.open_round(book, OpenRound(key, STARTS, part), TODAY)
    with pytest.raises(Refusal) as refused:
        rosca.open_round(book, OpenRound(key, date(2026, 3, 5), part), TODAY)
    assert _problems(refused) == [("drawn", "drawer")]


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        (replace(FREE, part_value=0), ("amount", "part_value")),
        (replace(FREE, kind=RoscaKind.INTEREST), ("order", "order")),
        (replace(FREE, commission=10_000), ("commission", "commission")),
        (replace(FREE, kind=RoscaKind.COMMISSION), ("commission", "commission")),
        (replace(FREE, late_percent=Fraction(21)), ("late", "late_percent")),
        (replace(FREE, starts=date(2026, 1, 1)), ("starts", "starts")),
    ],
)
def test_an_agreement_that_the_law_or_reason_forbids_is_refused(
    book: Book, terms: RoscaTerms, problem: tuple[str, str]
) -> None:
    village = settle(book)
    with pytest.raises(Refusal) as refused:
        _agree(book, village, terms)
    assert problem in _problems(refused)
    assert rosca_book.list_of(book, village.group) == []


def test_papers_that_are_missing_are_told_before_the_agreement(book: Book) -> None:
    village = settle(book)
    with pytest.raises(Refusal) as refused:
        _agree(book, village, agreed=False)
    assert {code for code, _field in _problems(refused)} == {"identity"}
    key = _agree(book, village)
    assert len(rosca_book.detail(book, key).missing) == 3
    with pytest.raises(Refusal) as refused:
        _agree(book, village, parts={village.members[0]: 3})
    assert ("parts", "parts") in _problems(refused)
    with pytest.raises(Refusal) as refused:
        _agree(book, village, organiser=MemberId(999))
    assert ("organiser", "organiser") in _problems(refused)


def test_the_commune_must_be_notified_of_large_and_of_several_funds(book: Book) -> None:
    village = settle(book)
    small = _agree(book, village)
    assert rosca_book.detail(book, small).duties == ()
    large = _agree(book, village, replace(FREE, part_value=34_000_000))
    found = rosca_book.detail(book, large)
    assert found.duties == (Duty.LARGE, Duty.SEVERAL)
    assert found.must_notify
    assert rosca_book.detail(book, small).duties == (Duty.SEVERAL,)
    with pytest.raises(Refusal):
        rosca.notify(book, large, date(2026, 12, 1), "", TODAY)
    rosca.notify(book, large, date(2026, 2, 2), "Công văn gửi UBND xã", TODAY)
    assert not rosca_book.detail(book, large).must_notify


def test_a_part_is_handed_over_when_it_owes_nothing(book: Book) -> None:
    village = settle(book)
    key = _agree(book, village)
    one, two, _three = rosca_book.detail(book, key).parts
    rosca.open_round(book, OpenRound(key, STARTS, one.id, paid={two.id: 0}), TODAY)
    with pytest.raises(Refusal) as refused:
        rosca.hand_over(book, two.id, village.members[0], TODAY)
    assert _problems(refused) == [("owes", "member")]
    rosca.hand_over(book, one.id, village.members[2], TODAY)
    found = rosca_book.detail(book, key)
    assert found.parts[0].member == village.members[2]
    assert found.openings[0].drawer.endswith("Hòa 1")  # who drew then stays who drew


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_nothing_is_lost_in_any_rotation(data: st.DataObject) -> None:
    parts = [*range(1, data.draw(st.integers(2, 12)) + 1)]
    terms = replace(BIDDING, part_value=data.draw(st.integers(1_000, 50_000_000)), parts=len(parts))
    order = data.draw(st.permutations(parts))
    paid, drawn, done = dict.fromkeys(parts, 0), dict.fromkeys(parts, 0), set[int]()
    for number, drawer in enumerate(order, 1):
        bid = data.draw(st.integers(0, rules.bid_ceiling(terms, number)))
        worked = rules.draw(terms, parts, done, drawer, bid)  # type: ignore[arg-type]
        for part, due in worked.dues.items():
            assert 0 < due <= terms.part_value
            paid[part] += due
        drawn[drawer] += worked.drawn
        done.add(drawer)
        left = (rules.last_day(terms) - rules.opening_day(terms, number)).days
        interest, base = bid * (len(parts) - number), terms.part_value * (len(parts) - number)
        assert interest * 365 * 100 <= base * 20 * left  # Article 21
    assert sum(paid.values()) == sum(drawn.values())
    assert all(drawn[part] for part in parts)


def test_everybody_gets_one_copy_of_the_agreement_the_organiser_too(book: Book) -> None:
    village = settle(book)
    organiser, *others = village.members
    with_a_part = _agree(book, village)
    without = _agree(book, village, replace(FREE, parts=2), parts=dict.fromkeys(others, 1))
    for key in (with_a_part, without):
        value = rosca_papers.agreement(book, key, TODAY).value
        assert "lập thành 3 bản" in said(catalogue.find("rosca-agreement").render(value, PLAIN))
    assert rosca_book.detail(book, without).organiser == organiser

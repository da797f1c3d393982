"""Support through the services: the whole way, what is refused, the ledger, the register, what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models.ids import GroupId, SupportId
from desktop.models.kinds import Account, AttachmentKind, EntryKind
from desktop.models.problems import Refusal
from desktop.models.rules.support.dossier import DueState
from desktop.models.rules.support.standards import shipped
from desktop.models.support_kinds import (
    AssetEnd,
    Condition,
    ContributionKind,
    MoneyRoute,
    Result,
    SupportKind,
    SupportStage,
    Use,
    Verdict,
    Wave,
)
from desktop.services import (
    attachments,
    balances,
    livelihoods,
    search,
    support_assessing,
    support_assets,
    support_book,
    support_contributions,
    support_due,
    support_proposals,
    support_register,
    support_standards,
    support_transfers,
    supports,
    verify,
    vouchers,
)
from desktop.services.attachments import NewFile, Subject
from desktop.services.livelihoods import Activity, Owner
from desktop.services.search import HitKind
from desktop.services.support_assessing import Assess, ItemAnswer
from desktop.services.support_assets import Check, NewAsset
from desktop.services.supports import Beneficiary
from desktop.store.book import Book
from tests import support_kit as kit
from tests.support_kit import ASKED, TODAY
from tests.village import Village, an_act, meet, settle

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003"
    "010100c9fe92ef0000000049454e44ae426082"
)
MACHINE = NewAsset("Máy ấp 500 trứng", 8_000_000, "Tổ TO-01", "Nguyễn Thị Hòa 1", 5, "Nhà văn hóa ấp 3")


def refused(problem: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problem.value.problems]


def held(book: Book, group: GroupId, account: Account, day: date = TODAY) -> int:
    with book.read() as session:
        return balances.group_balances(session, group, day).get(account, 0)


@pytest.fixture
def village(any_book: Book) -> Village:
    return settle(any_book)


def approved(book: Book, village: Village, **more: Any) -> SupportId:
    support = kit.ask(book, village.group, **more)
    kit.assess(book, support)
    kit.decide(book, support)
    kit.contribute(book, support)
    return support


# -- the way ---------------------------------------------------------------------------------------


def test_from_the_request_to_the_second_look(any_book: Book, village: Village) -> None:
    book = any_book
    support = kit.ask(book, village.group, kind=SupportKind.ASSET)
    assert support_book.detail(book, support, TODAY).row.stage is SupportStage.REQUESTED
    assert kit.assess(book, support).judgement.result is Result.TRANSFER
    kit.decide(book, support)
    kit.contribute(book, support)
    kit.hand_over(book, support, assets=(MACHINE,))
    kit.assess(book, support, date(2026, 8, 25), Wave.FIRST)
    found = support_book.detail(book, support, TODAY)
    assert found.row.code == "HT-0001"
    assert found.row.stage is SupportStage.TRANSFERRED
    assert (found.row.given, found.row.transferred) == (2_500_000, ASKED)
    assert [one.state for one in found.again] == [DueState.DONE, DueState.OVERDUE]
    assert found.assets[0].code == "TS-0001"
    assert [step.key for step in found.steps if step.state.value != "done"] == ["again"]
    assert not verify.verify(book).findings


def test_nothing_is_overwritten(book: Book) -> None:
    village = settle(book)
    support = kit.ask(book, village.group)
    kit.assess(book, support, s8=1)
    kit.decide(book, support, verdict=Verdict.IMPROVE, reason="Thiếu giấy tờ quyền sử dụng")
    kit.assess(book, support, date(2026, 2, 25))
    kit.decide(book, support, date(2026, 2, 26))
    found = support_book.detail(book, support, TODAY)
    assert [one.judgement.result for one in found.assessments] == [Result.IMPROVE, Result.TRANSFER]
    assert [one.verdict for one in found.decisions] == [Verdict.IMPROVE, Verdict.APPROVE]
    assert [one.in_force for one in found.decisions] == [False, True]


def test_files_are_evidence(any_book: Book, village: Village) -> None:
    support = kit.ask(any_book, village.group)
    said = [
        ItemAnswer(one.item, 2, "", (NewFile(AttachmentKind.EVIDENCE, "bb.png", PNG),))
        if one.item == 8
        else one
        for one in kit.answers()
    ]
    made = support_assessing.assess(
        any_book, Assess(support, date(2026, 2, 10), "Chị Lan", tuple(said)), an_act(TODAY)
    ).value
    view = support_book.detail(any_book, support, TODAY).assessments[0]
    assert (view.id, view.files) == (made.id, 1)
    kept = attachments.files_of(any_book, Subject("support_assessments", view.uid))
    assert kept[0].title == "Mục 8"


# -- refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"beneficiary": Beneficiary()}, ["beneficiary"]),
        ({"title": " "}, ["title"]),
        ({"amount": 0}, ["amount"]),
        ({"amount": -5}, ["amount"]),
        ({"day": TODAY + timedelta(days=1)}, ["day"]),
        ({"by": ""}, ["by"]),
        ({"hardship": True}, ["hardship_basis"]),
        ({"through": GroupId(99)}, ["through"]),
        ({"beneficiary": Beneficiary(group=GroupId(99))}, ["beneficiary"]),
    ],
)
def test_requests_that_are_refused(book: Book, more: dict[str, Any], fields: list[str]) -> None:
    village = settle(book)
    with pytest.raises(Refusal) as problem:
        kit.ask(book, village.group, **more)
    assert [field for _code, field in refused(problem)] == fields


def test_a_transfer_waits_for_assessment_decision_and_share(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    for step, code in (
        (lambda: kit.assess(book, support), "not-assessed"),
        (lambda: kit.decide(book, support), "not-decided"),
        (lambda: kit.contribute(book, support), "contribution"),
    ):
        with pytest.raises(Refusal) as problem:
            kit.hand_over(book, support)
        assert refused(problem)[0][0] == code
        step()
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support, day=date(2026, 2, 19))
    assert ("before-decision", "day") in refused(problem)
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support, ASKED + 1)
    assert refused(problem) == [("above-decided", "value")]
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support, minutes=" ", receiver="")
    assert refused(problem) == [("missing", "minutes"), ("missing", "receiver")]
    kit.hand_over(book, support)


def test_an_assessment_that_fails_needs_two_people(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    kit.assess(book, support, s2=1)
    with pytest.raises(Refusal) as problem:
        kit.decide(book, support)
    assert refused(problem) == [("not-passed", "verdict")]
    with pytest.raises(Refusal) as problem:
        kit.decide(book, support, override=True, second="LÊ VĂN SƠN", reason="")
    assert refused(problem) == [("same", "second"), ("reason", "reason")]
    kit.decide(book, support, override=True, second="Hà Thị Mai", reason="Lũ cuốn mất chuồng trại")
    kit.hand_over(book, support)
    row = support_book.list_supports(book, TODAY)[0]
    assert row.override
    decision = support_book.detail(book, support, TODAY).decisions[0]
    assert (decision.second, decision.reason) == ("Hà Thị Mai", "Lũ cuốn mất chuồng trại")


def test_a_two_without_evidence_is_refused_at_its_item(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    said = tuple(replace(one, evidence="") if one.item == 10 else one for one in kit.answers())
    with pytest.raises(Refusal) as problem:
        support_assessing.assess(book, Assess(support, date(2026, 2, 10), "Chị Lan", said), an_act(TODAY))
    assert refused(problem) == [("evidence", "evidence-10")]


def test_looking_again_before_the_transfer_is_refused(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    with pytest.raises(Refusal) as problem:
        kit.assess(book, support, wave=Wave.FIRST)
    assert refused(problem) == [("not-transferred", "wave")]


def test_what_is_decided_is_not_changed_and_what_is_given_not_withdrawn(book: Book) -> None:
    village = settle(book)
    support = approved(book, village)
    with pytest.raises(Refusal) as problem:
        supports.change(book, support, 1, kit.request(village.group, amount=1), an_act(TODAY))
    assert refused(problem)[0][0] == "decided"
    kit.hand_over(book, support)
    with pytest.raises(Refusal) as problem:
        supports.withdraw(book, support, TODAY, "đổi ý", an_act(TODAY))
    assert refused(problem) == [("transferred", "")]


def test_what_was_assessed_stays_for_whom_and_what_it_is(book: Book) -> None:
    village = settle(book)
    support = kit.ask(book, village.group)
    other = kit.request(Beneficiary(member=village.members[0]), kind=SupportKind.CASH)
    supports.change(book, support, 1, other, an_act(TODAY))
    kit.assess(book, support)
    with pytest.raises(Refusal) as problem:
        supports.change(book, support, 2, kit.request(village.group), an_act(TODAY))
    assert refused(problem) == [("assessed", "beneficiary"), ("assessed", "kind")]
    supports.change(book, support, 2, replace(other, amount=9_000_000), an_act(TODAY))
    assert support_book.detail(book, support, TODAY).row.asked == 9_000_000


def test_a_withdrawn_request_stays_shut(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    with pytest.raises(Refusal):
        supports.withdraw(book, support, TODAY, " ", an_act(TODAY))
    supports.withdraw(book, support, TODAY, "Nhóm tự mua được", an_act(TODAY))
    for deed in (kit.assess, kit.contribute):
        with pytest.raises(Refusal) as problem:
            deed(book, support)
        assert refused(problem)[0][0] == "withdrawn"
    assert support_book.list_supports(book, TODAY)[0].stage is SupportStage.WITHDRAWN


# -- co-contribution -------------------------------------------------------------------------------


def test_only_proven_contributions_count(any_book: Book, village: Village) -> None:
    book = any_book
    support = kit.ask(book, village.group)
    with pytest.raises(Refusal) as problem:
        kit.contribute(book, support, evidence=" ")
    assert refused(problem) == [("evidence", "evidence")]
    promised = kit.contribute(book, support, counted=False, evidence="")
    assert support_book.detail(book, support, TODAY).row.given == 0
    assert [row.kind for row in support_due.due(book, TODAY)] == ["evidence"]
    with pytest.raises(Refusal):
        support_contributions.confirm(book, promised.id, TODAY, "", (), an_act(TODAY))
    file = NewFile(AttachmentKind.EVIDENCE, "ky-nhan.png", PNG)
    support_contributions.confirm(book, promised.id, date(2026, 2, 15), "", (file,), an_act(TODAY))
    assert support_book.detail(book, support, TODAY).row.given == 2_500_000
    assert support_due.due(book, TODAY) == []


def test_labour_counts_by_the_rate(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    kit.contribute(
        book, support, 0, kind=ContributionKind.LABOUR, tenths=125, rate=200_000, description="Dựng chuồng"
    )
    view = support_book.detail(book, support, TODAY).contributions[0]
    assert (view.value, view.tenths, view.rate) == (2_500_000, 125, 200_000)


def test_cash_paid_into_the_box_posts_and_goes_back(any_book: Book, village: Village) -> None:
    book = any_book
    support = kit.ask(book, village.group)
    kept = kit.contribute(
        book,
        support,
        kind=ContributionKind.CASH,
        route=MoneyRoute.BOX,
        giver=village.members[0],
        description="góp mua máy",
    )
    assert kept.voucher is not None
    assert kept.voucher.number.startswith("PT-")
    assert held(book, village.group, Account.CASH) == 2_500_000
    assert held(book, village.group, Account.OTHER_INCOME) == 2_500_000
    with pytest.raises(Refusal) as problem:
        vouchers.reverse_voucher(book, kept.voucher.id, "nhầm", an_act(TODAY))
    assert refused(problem)[0][0] == "of-support"
    with pytest.raises(Refusal) as problem:
        support_contributions.take_back(book, kept.id, "", an_act(TODAY))
    assert refused(problem) == [("reason", "reason")]
    support_contributions.take_back(book, kept.id, "Ghi nhầm hồ sơ", an_act(TODAY))
    assert held(book, village.group, Account.CASH) == 0
    view = support_book.detail(book, support, TODAY).contributions[0]
    assert view.taken_back
    assert not view.counts


# -- the ledger ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "route", "box", "other"),
    [
        (SupportKind.REVOLVING, MoneyRoute.BOX, Account.CASH, Account.EXTERNAL_FUNDS),
        (SupportKind.REVOLVING, MoneyRoute.BANK, Account.BANK, Account.EXTERNAL_FUNDS),
        (SupportKind.CASH, MoneyRoute.BOX, Account.CASH, Account.OTHER_INCOME),
        (SupportKind.CASH, MoneyRoute.BANK, Account.BANK, Account.OTHER_INCOME),
    ],
)
def test_money_to_the_group_is_in_the_ledger(
    any_book: Book, village: Village, kind: SupportKind, route: MoneyRoute, box: Account, other: Account
) -> None:
    book = any_book
    support = approved(book, village, kind=kind)
    kept = kit.hand_over(book, support, 6_000_000, route=route)
    kit.hand_over(book, support, 4_000_000, route=route)
    assert held(book, village.group, box) == ASKED
    assert held(book, village.group, other) == ASKED
    assert held(book, village.group, box, date(2026, 2, 28)) == 0
    support_transfers.take_back(book, kept.id, "Trả lại nhà tài trợ", an_act(TODAY))
    assert held(book, village.group, box) == 4_000_000
    assert support_book.detail(book, support, TODAY).row.transferred == 4_000_000
    assert not verify.verify(book).findings


def test_money_past_the_group_does_not_post(book: Book) -> None:
    village = settle(book)
    who = Beneficiary(member=village.members[0])
    support = kit.ask(book, who, kind=SupportKind.CASH)
    kit.assess(book, support)
    kit.decide(book, support)
    kit.contribute(book, support)
    assert kit.hand_over(book, support).voucher is None
    assert held(book, village.group, Account.CASH) == 0
    assert support_book.detail(book, support, TODAY).row.transferred == ASKED


def test_a_grant_that_is_spent_cannot_be_taken_back(book: Book) -> None:
    village = settle(book)
    support = approved(book, village, kind=SupportKind.CASH)
    kept = kit.hand_over(book, support, route=MoneyRoute.BOX)
    spent = vouchers.RecordVoucher(
        village.group, EntryKind.EXPENSE, 9_000_000, date(2026, 4, 1), text="mua máy"
    )
    vouchers.record(book, spent, an_act(TODAY))
    with pytest.raises(Refusal):
        support_transfers.take_back(book, kept.id, "nhầm", an_act(TODAY))
    assert support_book.detail(book, support, TODAY).row.transferred == ASKED


# -- assets ----------------------------------------------------------------------------------------


def test_an_asset_needs_its_register(book: Book) -> None:
    support = approved(book, settle(book), kind=SupportKind.ASSET)
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support)
    assert refused(problem) == [("assets", "assets")]
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support, assets=(replace(MACHINE, value=ASKED + 1),))
    assert refused(problem) == [("assets", "asset_value")]
    with pytest.raises(Refusal) as problem:
        kit.hand_over(book, support, assets=(replace(MACHINE, responsible="", years=0),))
    assert refused(problem) == [("missing", "responsible"), ("years", "years")]


def test_the_register_follows_an_asset_to_its_end(any_book: Book, village: Village) -> None:
    book = any_book
    support = approved(book, village, kind=SupportKind.ASSET)
    kit.hand_over(book, support, assets=(MACHINE,))
    row = support_register.assets(book, date(2026, 9, 1))[0]
    assert (row.left, row.next_check) == (7_200_000, date(2026, 9, 1))
    assert [one.kind for one in support_due.due(book, date(2026, 9, 1))] == ["again", "asset"]
    with pytest.raises(Refusal) as problem:
        support_assets.check(
            book, Check(row.id, date(2026, 2, 1), Condition.POOR, Use.IDLE, ""), an_act(TODAY)
        )
    assert [field for _code, field in refused(problem)] == ["day", "checker", "note"]
    support_assets.check(
        book, Check(row.id, date(2026, 9, 1), Condition.GOOD, Use.AS_MEANT, "Chị Lan"), an_act(TODAY)
    )
    assert support_register.assets(book, date(2026, 9, 2))[0].next_check == date(2027, 3, 1)
    support_assets.change(book, row.id, 1, replace(MACHINE, responsible="Nguyễn Thị Hòa 2"), an_act(TODAY))
    with pytest.raises(Refusal) as problem:
        support_assets.end(book, row.id, AssetEnd.LOST, date(2026, 10, 1), " ", an_act(TODAY))
    assert refused(problem) == [("reason", "reason")]
    support_assets.end(
        book, row.id, AssetEnd.LOST, date(2026, 10, 1), "Mất trộm, đã báo công an", an_act(TODAY)
    )
    ended = support_register.assets(book, TODAY)[0]
    assert (ended.end_kind, ended.next_check, ended.responsible) == (AssetEnd.LOST, None, "Nguyễn Thị Hòa 2")
    assert support_register.assets(book, TODAY, ended=False) == []


def test_taking_a_transfer_back_takes_its_assets_off(book: Book) -> None:
    support = approved(book, settle(book), kind=SupportKind.ASSET)
    kept = kit.hand_over(book, support, assets=(MACHINE,))
    support_transfers.take_back(book, kept.id, "Giao nhầm máy", an_act(TODAY))
    asset = support_register.assets(book, TODAY)[0]
    assert asset.end_kind is AssetEnd.TAKEN_BACK
    assert support_book.detail(book, support, TODAY).row.stage is SupportStage.APPROVED


# -- what the book proposes ------------------------------------------------------------------------


def test_the_book_proposes_with_its_basis(any_book: Book, village: Village) -> None:
    book = any_book
    meet(book, village)
    activity = livelihoods.register(
        book, Activity(Owner(member=village.members[0]), "Nuôi vịt", "0146"), an_act(TODAY)
    ).value
    support = kit.ask(book, Beneficiary(livelihood=activity))
    kit.contribute(book, support)
    found = support_proposals.proposals(book, support, Wave.BEFORE, date(2026, 9, 1))
    assert found[3].score == 1
    assert "7 tháng" in found[3].basis
    assert found[4].score == 0
    assert found[5].score == 2
    assert found[7].score == 0
    assert found[14].score == 2
    kit.assess(book, support, date(2026, 9, 1))
    kept = support_book.detail(book, support, TODAY).assessments[0].scores
    assert kept[4].proposed == 2
    assert "20" in kept[4].basis


def test_a_dossier_is_found_by_code_and_by_name_without_marks(any_book: Book, village: Village) -> None:
    support = kit.ask(any_book, village.group)
    for words in ("may ap", "HT-0001"):
        hits = [hit for hit in search.search(any_book, words) if hit.kind is HitKind.SUPPORT]
        assert [(hit.id, hit.title) for hit in hits] == [(support, "Máy ấp trứng")]


def test_thresholds_of_the_book_hold_from_their_day(book: Book) -> None:
    support = kit.ask(book, settle(book).group)
    strict = replace(shipped(TODAY), passes=100)
    with pytest.raises(Refusal) as problem:
        support_standards.keep_standards(book, date(2026, 2, 15), strict, "", an_act(TODAY))
    assert refused(problem) == [("reason", "reason")]
    support_standards.keep_standards(book, date(2026, 2, 15), strict, "Quy định nhà tài trợ", an_act(TODAY))
    assert kit.assess(book, support, s15=0).judgement.result is Result.TRANSFER
    assert kit.assess(book, support, date(2026, 2, 16), s15=0).judgement.result is Result.IMPROVE


# -- any path of deeds -----------------------------------------------------------------------------

DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("assess"), st.integers(0, 2), st.integers(0, 60)),
        st.tuples(st.just("decide"), st.sampled_from(list(Verdict)), st.integers(0, 60)),
        st.tuples(st.just("override"), st.sampled_from(["", "Lê Văn Sơn", "Hà Thị Mai"]), st.integers(0, 60)),
        st.tuples(st.just("contribute"), st.booleans(), st.integers(0, 60)),
        st.tuples(st.just("transfer"), st.integers(1, 12), st.integers(0, 60)),
        st.tuples(st.just("take_back"), st.integers(0, 3), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(DEEDS)
def test_no_path_of_deeds_goes_round_the_assessment(deeds: list[tuple[str, Any, int]]) -> None:
    with TemporaryDirectory() as folder, Book.create(str(Path(folder, "so.sonhom")), "Sổ", who="T") as book:
        village = settle(book)
        support = kit.ask(book, village.group, kind=SupportKind.CASH)
        for name, value, at in deeds:
            try:
                _do(book, support, name, value, date(2026, 2, 1) + timedelta(days=at))
            except Refusal:
                continue  # refused is refused; what was kept is judged below
        found = support_book.detail(book, support, TODAY)
        live = [one for one in found.transfers if not one.taken_back]
        for one in live:
            last = max(
                (decision for decision in found.decisions if decision.day <= one.day),
                key=lambda decision: decision.id,
            )
            passed = any(view.judgement.result is Result.TRANSFER for view in found.assessments)
            assert last.verdict is Verdict.APPROVE
            assert passed or (last.override and last.second == "Hà Thị Mai" and last.reason)
        assert found.row.share is None or 0 <= found.row.share <= 1
        assert held(book, village.group, Account.CASH) == sum(one.value for one in live)
        assert held(book, village.group, Account.OTHER_INCOME) == sum(one.value for one in live)


def _do(book: Book, support: SupportId, name: str, value: Any, day: date) -> None:
    if name == "assess":
        kit.assess(book, support, day, s8=value)
    elif name == "decide":
        kit.decide(book, support, day, verdict=value, reason="vì thế")
    elif name == "override":
        kit.decide(book, support, day, override=True, second=value, reason="lũ")
    elif name == "contribute":
        kit.contribute(book, support, day=day, counted=value)
    elif name == "transfer":
        kit.hand_over(book, support, value * 1_000_000, day, route=MoneyRoute.BOX)
    else:
        rows = support_book.detail(book, support, TODAY).transfers
        if value < len(rows):
            support_transfers.take_back(book, rows[value].id, "nhầm", an_act(TODAY))

"""Audits: what is drawn, what is found, what it says, and what becomes of a finding."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop.models.audit_kinds import CheckKind, Chosen, FindingState, Severity
from desktop.models.ids import AuditVisitId
from desktop.models.kinds import Account
from desktop.models.problems import Level, Refusal, Trouble
from desktop.models.rules.suppression import Release
from desktop.services import audit_book, audits, verify
from desktop.services.acts import Act
from desktop.services.audits import BeginAudit, CheckResult, Found
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.store.book import Book
from tests.inclusion_village import ENDS, STARTS, Mixed, mixed
from tests.services.test_loans import lend, village
from tests.village import an_act

DAY = date(2026, 3, 20)
NOW = an_act(ENDS)


def begun(book: Book, made: Mixed, **more: object) -> AuditVisitId:
    order = BeginAudit(made.group, DAY, "Chị Lan", seed=7, **more)  # type: ignore[arg-type]
    return audits.begin(book, order, NOW).value


def problems_of(refused: pytest.ExceptionInfo[Refusal]) -> dict[str, str]:
    return {problem.field: problem.message for problem in refused.value.problems}


def figures(book: Book) -> dict[str, IndicatorRow]:
    rows = indicator_list(book, Scope(), STARTS, ENDS, Release.COMMUNE, sensitive=True).rows
    return {row.id: row for row in rows}


def fill(book: Book, visit: AuditVisitId, wrong: int = 0) -> None:
    for place, row in enumerate(audit_book.detail(book, visit, ENDS).checks):
        found = row.book - 10_000 if place < wrong else row.book
        audits.check(book, row.id, row.version, CheckResult(found, present=True), NOW)


def test_a_visit_draws_passbooks_by_the_table_and_keeps_seed_boxes_and_anchor(any_book: Book) -> None:
    made = mixed(any_book, 16, 9)
    visit = begun(any_book, made)
    found = audit_book.detail(any_book, visit, ENDS)
    row = found.row
    assert (row.code, row.passbooks.population, row.passbooks.drawn) == ("KT-001", 25, 16)
    assert row.seed == 7
    facts = load(any_book, Scope(made.group), DAY, DAY)
    saved = {part.member: part.savings for part in facts.parts}
    assert all(one.book == saved[one.member] for one in found.checks if one.member is not None)
    (group,) = facts.groups
    assert (row.cash_book, row.social_book) == (group.has(Account.CASH), group.has(Account.SOCIAL_CASH))
    assert row.anchor.count(":") == 2
    again = begun(any_book, made, agreed=True)
    assert {one.member for one in audit_book.detail(any_book, again, ENDS).checks} == {
        one.member for one in found.checks
    }
    assert verify.verify(any_book).ok


def test_a_small_group_is_seen_whole(book: Book) -> None:
    made = mixed(book, 8, 4)
    found = audit_book.detail(book, begun(book, made), ENDS)
    assert found.row.passbooks.drawn == 12
    assert {one.chosen for one in found.checks} == {(Chosen.ALL,)}


def test_one_wrong_passbook_asks_for_all_and_the_bound_follows(book: Book) -> None:
    made = mixed(book, 16, 9)
    visit = begun(book, made)
    fill(book, visit)
    clean = audit_book.detail(book, visit, ENDS).row.passbooks
    assert (clean.wrong, clean.most, clean.to_extend) == (0, 2, False)
    row = audit_book.detail(book, visit, ENDS).checks[0]
    audits.check(book, row.id, row.version, CheckResult(row.book + 1, note="Cộng sai"), NOW)
    spoiled = audit_book.detail(book, visit, ENDS).row.passbooks
    assert spoiled.wrong == 1
    assert spoiled.most > clean.most
    assert spoiled.to_extend
    assert audits.see_all(book, visit, NOW).value == 9
    fill(book, visit, wrong=1)
    whole = audit_book.detail(book, visit, ENDS).row.passbooks
    assert (whole.drawn, whole.wrong, whole.most, whole.to_extend) == (25, 1, 1, False)
    assert audits.see_all(book, visit, NOW).value == 0


def test_loans_are_drawn_by_dong_with_the_largest_and_the_limit_is_told(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    order = BeginAudit(home.group, date(2026, 3, 20), "Chị Lan", tolerable=300_000, seed=3)
    visit = audits.begin(book, order, an_act(date(2026, 3, 25))).value
    (row,) = audit_book.detail(book, visit, date(2026, 3, 25)).of(CheckKind.LOAN)
    assert row.loan == loan
    assert Chosen.SAMPLE in row.chosen
    assert Chosen.LARGEST in row.chosen
    assert audit_book.detail(book, visit, ENDS).row.loans.limit is None
    audits.check(book, row.id, row.version, CheckResult(row.book - 200_000), an_act(date(2026, 3, 25)))
    result = audit_book.detail(book, visit, ENDS).row.loans
    assert result.wrong == 1
    assert result.limit is not None
    assert result.limit.projected == 200_000
    assert result.limit.most == 500_000
    assert not result.limit.acceptable


def test_what_cannot_be_is_refused_at_its_field(book: Book) -> None:
    made = mixed(book, 3, 1)
    cases = [
        ({"day": ENDS + timedelta(days=1)}, "day"),
        ({"confidence": 50}, "confidence"),
        ({"tolerable": 0}, "tolerable"),
        ({"tolerable": -5}, "tolerable"),
    ]
    for wrong, field in cases:
        values = {"group": made.group, "day": DAY, "auditor": "Lan", **wrong}
        with pytest.raises(Refusal) as refused:
            audits.begin(book, BeginAudit(**values), NOW)  # type: ignore[arg-type]
        assert field in problems_of(refused)
    assert audit_book.visits(book) == []
    visit = begun(book, made)
    with pytest.raises(Refusal) as refused:
        begun(book, made)
    assert "KT-001" in problems_of(refused)["group"]
    row = audit_book.detail(book, visit, ENDS).checks[0]
    with pytest.raises(Refusal) as refused:
        audits.check(book, row.id, row.version, CheckResult(-1), NOW)
    assert "found" in problems_of(refused)
    with pytest.raises(Refusal) as refused:
        audits.check(book, row.id, row.version, CheckResult(None), NOW)
    assert "note" in problems_of(refused)
    audits.check(book, row.id, row.version, CheckResult(None, note="không mang sổ"), NOW)
    with pytest.raises(Trouble) as trouble:
        audits.check(book, row.id, row.version, CheckResult(1), NOW)
    assert trouble.value.code == "stale"


def test_a_visit_is_closed_once_and_warns_of_what_is_left(book: Book) -> None:
    made = mixed(book, 3, 1)
    visit = begun(book, made)
    row = audit_book.detail(book, visit, ENDS).row
    with pytest.raises(Refusal) as refused:
        audits.close(book, visit, row.version, ENDS, "", NOW)
    assert all(problem.level is Level.WARN for problem in refused.value.problems)
    assert len(refused.value.problems) == 2
    audits.count_boxes(book, visit, row.version, row.cash_book - 1_000, row.social_book, NOW)
    fill(book, visit)
    row = audit_book.detail(book, visit, ENDS).row
    assert row.box_difference == -1_000
    audits.close(book, visit, row.version, ENDS, "Thiếu 1.000 đồng", NOW)
    closed = audit_book.detail(book, visit, ENDS)
    assert closed.row.closed == ENDS
    with pytest.raises(Refusal):
        audits.check(book, closed.checks[0].id, closed.checks[0].version, CheckResult(1), NOW)
    with pytest.raises(Refusal):
        audits.see_all(book, visit, NOW)


def test_a_finding_is_answered_closed_with_proof_and_opened_again(any_book: Book) -> None:
    made = mixed(any_book, 3, 1)
    with pytest.raises(Refusal) as refused:
        audits.keep_finding(any_book, made.group, Found(Severity.HIGH, " ", DAY, due=DAY - timedelta(1)), NOW)
    assert set(problems_of(refused)) == {"title", "due"}
    found = Found(Severity.HIGH, "Thiếu biên lai chi", DAY, "Bổ sung biên lai", "Thủ quỹ", DAY)
    key = audits.keep_finding(any_book, made.group, found, NOW).value
    (row,) = audit_book.findings(any_book, ENDS)
    assert (row.code, row.age, row.late, row.state) == ("KN-001", 11, True, FindingState.OPEN)
    answered = Found(Severity.HIGH, row.title, DAY, answer="Đã hỏi người bán", due=DAY)
    audits.keep_finding(any_book, made.group, answered, NOW, changing=(key, row.version))
    (row,) = audit_book.findings(any_book, ENDS)
    assert row.state is FindingState.ANSWERED
    with pytest.raises(Refusal) as refused:
        audits.close_finding(any_book, key, row.version, date(2026, 1, 1), " ", NOW)
    assert set(problems_of(refused)) == {"evidence", "on"}
    audits.close_finding(any_book, key, row.version, ENDS, "Đã xem biên lai số 12", NOW)
    assert audit_book.findings(any_book, ENDS, still_open=True) == []
    (row,) = audit_book.findings(any_book, ENDS + timedelta(days=100))
    assert (row.age, row.late) == (11, False)
    with pytest.raises(Refusal):
        audits.keep_finding(any_book, made.group, answered, NOW, changing=(key, row.version))
    audits.reopen_finding(any_book, key, row.version, "Biên lai của năm trước", NOW)
    (row,) = audit_book.findings(any_book, ENDS)
    assert row.state is FindingState.OPEN
    assert "Biên lai của năm trước" in row.advice
    assert verify.verify(any_book).ok


def test_audits_are_indicators(book: Book, act: Act) -> None:
    made = mixed(book, 16, 9)
    rows = figures(book)
    assert (rows["KT02"].value.amount, rows["KT04"].value.amount, rows["KT05"].shown) == (None, 0, "–")
    visit = begun(book, made)
    fill(book, visit, wrong=1)
    audits.keep_finding(book, made.group, Found(Severity.LOW, "Sổ rách", DAY), NOW, visit)
    rows = figures(book)
    assert rows["KT02"].value.amount == Fraction(1, 16)
    assert rows["KT03"].value.numerator == 1
    assert rows["KT04"].value.amount == 1


def test_the_riskiest_group_is_visited_first(book: Book) -> None:
    calm = mixed(book, 3, 1)
    risky = mixed(book, 3, 1, name="Bông Lúa", code=1)
    audits.keep_finding(book, risky.group, Found(Severity.HIGH, "Két thiếu tiền", DAY), NOW)
    begun(book, calm)
    rows = audit_book.due(book, ENDS)
    assert [row.group for row in rows] == [risky.group, calm.group]
    assert rows[0].risk - rows[1].risk == 5
    assert [row.overdue for row in rows] == [True, False]

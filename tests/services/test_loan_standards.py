"""How a book counts arrears: one rule for the list of loans, a loan's page, the portfolio, indicators and papers."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop.models.problems import Refusal
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.loans.arrears import BANK_SCALE, Tolerance
from desktop.models.rules.loans.standards import OWN, LoanStandards
from desktop.services import (
    group_report,
    livelihood_standards,
    loan_book,
    loan_lists,
    loan_overdue_paper,
    loan_portfolio,
    loan_standards,
    loans,
)
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.loan_lists import LoanFilter
from desktop.store.book import Book
from reports.loan_overdue import render
from tests.reports.paper import said
from tests.services.test_loan_lists import DAY, LENT, _village
from tests.village import an_act


def _late(book: Book) -> loan_portfolio.LoanAtRisk:
    """Lend, and let the first borrower pay all that was due but 400 đồng of the last instalment."""
    _village(book)
    row = loan_portfolio.portfolio(book, DAY).loans[0]
    loans.repay(book, loans.Repay(row.id, DAY - timedelta(days=2), row.overdue - 400), an_act(DAY))
    return loan_portfolio.portfolio(book, DAY).loans[0]


def _keep(book: Book, value: LoanStandards, since: date = DAY) -> None:
    loan_standards.keep(book, since, value, "Quy định của dự án", an_act(DAY))


def test_too_little_is_no_arrears_anywhere(any_book: Book) -> None:
    late = _late(any_book)
    assert (late.overdue, late.days_late > 0) == (400, True)
    _keep(any_book, LoanStandards(amount=500))
    found = loan_portfolio.portfolio(any_book, DAY)
    one = found.loans[0]
    assert (one.overdue, one.days_late, one.passed_over, one.debt_group) == (0, 0, 400, 1)
    assert found.passed_over == 400
    listed = {row.id: row for row in loan_lists.listed(any_book, LoanFilter(), DAY)}
    assert (listed[late.id].overdue, listed[late.id].days_late) == (0, 0)
    assert loan_lists.sums(any_book, LoanFilter(), DAY).overdue == 0
    page = loan_book.detail(any_book, late.id, DAY)
    assert (page.days_late, page.arrears.overdue, page.arrears.passed_over) == (0, 0, 400)
    facts = load(any_book, Scope(), DAY - timedelta(days=30), DAY)
    assert indicators()["TD09"].compute(facts).amount == 0
    # What is asked for does not change, and the day before is counted as it was.
    asked = {row.loan: row.total for row in loan_book.due_list(any_book, found.loans[0].group, DAY)}
    assert asked[late.id] == 400
    assert loan_portfolio.portfolio(any_book, DAY - timedelta(days=1)).overdue == 400


def test_the_database_and_the_page_of_a_loan_follow_one_rule(book: Book) -> None:
    late = _late(book)
    for tolerance in (Tolerance(), Tolerance(401), Tolerance(400), Tolerance(0, 30), Tolerance(200_000, 10)):
        _keep(book, LoanStandards(tolerance.amount, tolerance.days), LENT)
        for days in range(0, 200, 13):
            on = LENT + timedelta(days=days)
            by_rule = loan_book.detail(book, late.id, on).arrears
            asked = {row.id: row for row in loan_portfolio.portfolio(book, on).loans}[late.id]
            assert (asked.overdue, asked.passed_over, asked.days_late) == (
                by_rule.overdue,
                by_rule.passed_over,
                by_rule.days_late,
            )


def test_grace_counts_for_repayment_in_time(book: Book) -> None:
    _village(book)
    late = loan_portfolio.portfolio(book, DAY).loans[0]
    # The last of four instalments was due on 10 July: it is paid twenty days later, the others still later.
    loans.repay(book, loans.Repay(late.id, date(2026, 7, 30), late.overdue), an_act(DAY))
    on_time = indicators()["TD07"]
    starts, ends = LENT, DAY
    before = on_time.compute(load(book, Scope(group=late.group), starts, ends))
    _keep(book, LoanStandards(days=30), LENT)
    after = on_time.compute(load(book, Scope(group=late.group), starts, ends))
    assert (before.numerator or 0) < (after.numerator or 0)
    assert before.denominator == after.denominator


def test_the_paper_says_how_it_was_counted(book: Book) -> None:
    late = _late(book)
    usual = said(render(loan_overdue_paper.overdue(book, late.group, DAY, an_act(DAY)).value))
    assert "Quá hạn tính từ 1 ngày sau hạn, mọi số tiền thiếu." in usual
    assert "Thông tư 14/2024/TT-NHNN" in usual
    percents = tuple(map(Fraction, (0, 10, 25, 50, 100)))
    own = LoanStandards(500, 3, (45,), OWN, (8, 31, 61, 91), percents)
    _keep(book, own)
    value = loan_overdue_paper.overdue(book, late.group, DAY, an_act(DAY)).value
    text = said(render(value))
    assert "Quá hạn tính từ 4 ngày sau hạn, bỏ qua dưới 500" in text
    assert "Chưa tính là quá hạn: 400" in text
    assert "Thang riêng của sổ từ 20/08/2026: Quy định của dự án" in text
    assert not value.rows
    assert len(value.buckets) == 3


def test_the_report_of_a_group_says_what_it_does_not_count(book: Book) -> None:
    late = _late(book)
    month = group_report.period_of(date(2026, 8, 1), quarter=False)

    def lending() -> dict[str, str]:
        value = group_report.report(book, late.group, month, an_act(DAY)).value
        (table,) = [one for one in value.tables if one.caption == "Cho vay"]
        return {row[0]: row[1] for row in table.rows}

    assert lending()["Quá hạn cuối kỳ (đồng)"] == "400"
    assert not any(name.startswith("Quá hạn tính từ") for name in lending())
    _keep(book, LoanStandards(500, 3))
    told = lending()
    assert told["Quá hạn cuối kỳ (đồng)"] in ("–", "0")
    assert any(name.startswith("Quá hạn tính từ 4 ngày sau hạn, bỏ qua dưới 500") for name in told)


def test_the_scale_of_the_day_is_the_books_own(book: Book) -> None:
    _village(book)
    _keep(book, LoanStandards(scale="bank"), date(2026, 8, 1))
    found = loan_portfolio.portfolio(book, DAY)
    assert found.loans[0].debt_group == 3  # from 91 days group 3 by the banks' scale
    assert found.provisions == loan_portfolio.portfolio(book, DAY, scale=BANK_SCALE).provisions
    assert loan_portfolio.portfolio(book, date(2026, 7, 31)).loans[0].debt_group == 4


def test_a_row_may_speak_of_livelihoods_and_of_loans(book: Book) -> None:
    since = date(2026, 5, 1)
    _keep(book, LoanStandards(amount=700), since)
    assert livelihood_standards.standards(book, DAY) == Standards()
    assert len(livelihood_standards.standard_lines(book)) == 1
    donor = Standards(fte_hours=2000)
    livelihood_standards.keep_standards(book, since, donor, "Nhà tài trợ", an_act(DAY))
    assert livelihood_standards.standards(book, DAY).fte_hours == 2000
    assert loan_standards.standards(book, DAY).value.amount == 700
    _keep(book, LoanStandards(amount=900), since)
    assert livelihood_standards.standards(book, DAY).fte_hours == 2000
    livelihood_standards.keep_standards(book, DAY, Standards(fte_hours=1800), "Khác", an_act(DAY))
    assert loan_standards.standards(book, DAY).value.amount == 900
    assert [line.value.amount for line in loan_standards.lines(book, DAY)] == [0, 900]


def test_without_a_reason_nothing_changes(book: Book) -> None:
    with pytest.raises(Refusal) as refused:
        loan_standards.keep(book, DAY, LoanStandards(days=999), " ", an_act(DAY))
    assert {problem.field for problem in refused.value.problems} == {"days", "reason"}
    assert loan_standards.standards(book, DAY).value == LoanStandards()

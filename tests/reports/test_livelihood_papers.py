"""The papers of livelihoods say what they must, blank and filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import business_plan, job_report, livelihood_record, livelihood_samples, livelihood_visit
from reports.kit import charts
from reports.kit.report import PaperOptions
from tests.reports.paper import check_whole, look, said


def test_a_record_tells_income_jobs_and_story() -> None:
    text = said(livelihood_record.render(livelihood_samples.record()))
    for words in (
        "HỒ SƠ SINH KẾ",
        "0146 Chăn nuôi gia cầm (VSIC 2025)",
        "12.486.943",
        "0,52",
        "Khoản vay KV-0001",
    ):
        assert words in text
    empty = replace(livelihood_samples.record(), visits=(), jobs=(), story=(), signers=())
    assert "Chưa thăm lần nào." in said(livelihood_record.render(empty))


def test_a_plan_tells_break_even_cash_and_who_approved() -> None:
    text = said(business_plan.render(livelihood_samples.plan()))
    for words in (
        "bán 26 trăm trứng một năm",
        "Cộng nguồn vốn 8.000.000",
        "Đã duyệt ngày 19/09/2025",
        "Lê Thị Phượng",
    ):
        assert words in text
    assert "Không tháng nào thiếu tiền; lúc ít nhất còn 2.000.000 ₫." in text
    assert "Chưa duyệt" in said(business_plan.render(livelihood_samples.plan(approved=False)))
    short = replace(livelihood_samples.plan(), opening=-500_000)
    assert "thiếu 500.000" in said(business_plan.render(short))


def test_a_visit_form_is_blank_or_tells_how_the_income_is_worked_out() -> None:
    filled = said(livelihood_visit.render(livelihood_samples.visit()))
    for words in (
        "Thu nhập ròng một năm 31.400.000",
        "Khấu hao tài sản một năm 1.000.000",
        "654.167",
        "Mất 40 con",
    ):
        assert words in filled
    blank = said(livelihood_visit.render(livelihood_samples.visit(blank=True)))
    assert "31.400.000" not in blank
    assert "Việc làm thuê mới, thêm, mất" in blank


@pytest.mark.parametrize("large", [False, True])
def test_a_blank_form_is_whole(large: bool) -> None:
    check_whole(
        livelihood_visit.render(livelihood_samples.visit(blank=True), PaperOptions(large_print=large))
    )


def test_a_report_prints_its_method_and_for_whom_it_is() -> None:
    text = said(job_report.render(livelihood_samples.job_report()))
    for words in (
        "Mật – dùng trong xã",
        "Cách tính",
        "Phương pháp quy kết",
        "Chia theo giới tính",
        "Cộng 0,90 0,64",
    ):
        assert words in text
    outside = replace(livelihood_samples.job_report(), jobs=(), secret="Nhà tài trợ, công bố")
    assert "Võ Văn Tám" not in said(job_report.render(outside))
    assert len(look(job_report.render(outside))) >= 1


def test_bars_below_zero_hang_under_the_line() -> None:
    drawing = charts.bars("Thay đổi", ["Nữ", "Nam"], [charts.Series("Trung vị", (1200, -350))])
    svg = charts.svg(drawing, "Thay đổi")
    assert "-400" in svg.replace("−", "-") or "-500" in svg.replace("−", "-")
    hundredths = charts.svg(charts.bars("FTE", ["Nữ"], [charts.Series("FTE", (150,))], per=100), "FTE")
    assert "1,5" in hundredths or "1,6" in hundredths

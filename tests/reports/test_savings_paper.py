"""The table of interest: its sums, its working, its columns in line; nothing is cut in large print."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from reports import savings_samples
from reports.kit.report import PaperOptions
from reports.savings_interest import REPORT, SavingsInterest
from resources.lang.dong import show_exact, show_number
from tests.reports.paper import check_whole, look, said


def _text(value: SavingsInterest, *, large: bool = False) -> str:
    data = REPORT.render(value, PaperOptions(large_print=large))
    check_whole(data)
    return said(data)


@pytest.mark.parametrize("large", [False, True])
def test_every_member_every_sum_and_the_signatures_are_there(large: bool) -> None:
    value = savings_samples.interest()
    text = _text(value, large=large)
    for line in value.lines:
        assert f"({line.code})" in text
        assert show_number(line.closing) in text
        assert show_exact(line.exact) in text
    total = sum(line.total for line in value.lines)
    assert f"Tổng lãi nhập vào tiết kiệm: {show_number(total)}" in text
    for words in ("Người lập", "Thủ quỹ", "Tổ trưởng", "Ký xác nhận", "6,6 % một năm từ 01/01/2026"):
        assert words.lower() in text.lower()


def test_the_working_says_days_balance_and_rate() -> None:
    text = _text(savings_samples.interest(2))
    assert "01/09/2026 12/09/2026 12 400.000 6,6 % 867,95" in text.replace("\u00a0", " ")
    assert "Cách tính của từng người" in text


def test_figures_end_in_one_line() -> None:
    page = look(REPORT.render(savings_samples.interest(), PaperOptions()))[0]
    for texts in (["400.000", "750.000"], ["452.333", "593.092"], ["2.332,60", "3.281,92"]):
        edges = [box.right for text in texts for box in page.boxes if box.text == text]
        assert len(edges) >= len(texts)
        assert max(edges) - min(edges) < 1, texts


def test_a_draft_and_a_run_taken_back_say_so() -> None:
    value = savings_samples.interest(3)
    assert "chưa ghi sổ" in _text(replace(value, draft=True))
    assert "ĐÃ HỦY: Ghi thiếu" in _text(replace(value, reversed_why="Ghi thiếu"))
    assert "chưa ghi sổ" not in _text(value)


def test_nobody_saving_and_interest_taken_back_are_printed_too() -> None:
    value = savings_samples.interest(2)
    assert "Không ai có tiền gửi" in _text(replace(value, lines=()))
    less = replace(value.lines[0], interest=0, exact=Fraction(0), difference=-150)
    text = _text(replace(value, lines=(less,)))
    assert "–150" in text  # the font draws the minus as a dash
    assert "Âm một trăm năm mươi đồng" in text

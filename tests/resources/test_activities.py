from __future__ import annotations

from datetime import date

import pytest

from resources import economy
from resources.activities import VERSION, activities, activity, activity_text, find_activities, section_of


def test_codes_are_four_digits_of_one_version_each_once() -> None:
    codes = [one.code for one in activities()]
    assert codes == sorted(set(codes))
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert {one.version for one in activities()} == {VERSION}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("lúa", "0111"), ("trong lua", "0111"), ("0145", "0145"), ("lam toc", "9621"), ("GIA CẦM", "0146")],
)
def test_an_activity_is_found_with_or_without_marks(typed: str, code: str) -> None:
    assert find_activities(typed)[0].code == code


def test_a_code_is_never_read_in_another_version() -> None:
    assert activity("0145") is not None
    assert activity("0145", "2018") is None
    assert activity_text("0145", "2018") == "0145 (VSIC 2018)"
    assert activity_text("") == ""


def test_sections_of_codes() -> None:
    assert section_of("0145") == "Nông, lâm nghiệp, thủy sản"
    assert section_of("1410") == "Chế biến, tiểu thủ công nghiệp"
    assert section_of("9621") == "Dịch vụ khác"
    assert section_of("") == "Chưa rõ ngành"


def test_wages_and_prices_are_dated_and_whole() -> None:
    found = {(one.since, one.region): one.monthly for one in economy.wages()}
    assert found[date(2024, 7, 1), 1] == 4_960_000
    assert all(monthly > found[since, region + 1] for (since, region), monthly in found.items() if region < 4)
    points = [one.points for one in economy.prices()]
    assert points[0] == 10_000
    assert points == sorted(points)

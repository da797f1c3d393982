"""A paper speaks one language from head to foot, whatever the window of the person who prints it speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.problems import Refusal
from desktop.services import group_papers, group_report, statements
from desktop.services.acts import Act
from desktop.services.statements import StatementOrder
from resources.lang.messages import speaking
from tests.village import meet, settle

YEAR = (date(2026, 1, 1), date(2026, 3, 5))


def test_papers_are_gathered_in_vietnamese_for_an_english_window(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    with speaking("en"):
        balance = group_papers.trial_balance_paper(any_book, village.group, *YEAR, act).value
        statement = statements.issue(any_book, StatementOrder(village.group, *YEAR), act).value[0]
    assert balance.rows[0].name == "Tiền mặt quỹ vay"
    assert "Tiết kiệm tự nguyện" in {account.title for account in statement.accounts}


def test_the_name_of_a_period_is_in_the_papers_language(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    with speaking("en"):
        month = group_report.period_of(YEAR[0], quarter=False)
        about = dict(group_report.report(any_book, village.group, month, act).value.about)
    assert about["Kỳ báo cáo:"] == "Tháng 1 năm 2026"


def test_a_refusal_speaks_the_language_of_the_window(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    backwards = StatementOrder(village.group, YEAR[1], YEAR[0])
    with speaking("en"), pytest.raises(Refusal) as refused:
        statements.issue(any_book, backwards, act)
    assert refused.value.problems[0].message == "The last day of the period must be after the first."

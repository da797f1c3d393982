"""The reports page: papers come from the ledger, and a printed paper is checked against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.services import paper_checks, statements
from desktop.views.kit.runner import Cancelled
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.statements import Batch, write_groups
from resources.lang.words import OFFICIAL
from tests.views.accessible import assert_named
from tests.views.money.conftest import Stage, settled
from tests.village import an_act, settle

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_every_control_has_a_name(stage: Stage) -> None:
    assert_named(stage.show(ReportsPage))


def test_meetings_of_the_group_are_offered(stage: Stage) -> None:
    page = stage.show(ReportsPage)
    assert page.meeting.count() == 3
    assert "Kỳ họp 3" in page.meeting.itemText(0)


def test_checking_a_printed_statement(stage: Stage, qtbot: Any) -> None:
    order = statements.StatementOrder(stage.village.group, *YEAR)
    qr = statements.issue(stage.book, order, stage.desk.act()).value[0].mark.qr
    page = stage.show(ReportsPage)
    for text, start in (
        (qr, "KHỚP"),
        (qr.replace("210000", "910000"), "KHÔNG KHỚP"),
        ("xin chào", "Đây không"),
    ):
        page.code.setText(text)
        page.check()
        settled(stage.desk, qtbot)
        assert page.verdict.text().startswith(start)


def test_all_groups_make_a_file_each(stage: Stage, tmp_path: Path) -> None:
    other = settle(stage.book, "TO-02")
    groups = [(stage.village.group, "TO-01", "Tổ <Sen> & bạn"), (other.group, "TO-02", "Tổ 2")]
    batch = Batch(*YEAR, None, OFFICIAL)
    seen: list[int] = []
    done = write_groups(
        stage.book,
        groups,
        batch,
        str(tmp_path),
        an_act(date(2026, 3, 31)),
        lambda n, _of, _what="": seen.append(n),
    ).value
    files = sorted(tmp_path.glob("sao-ke*.pdf"))
    assert (done.groups, done.statements, len(files)) == (2, 6, 2)
    assert seen == [0, 1]
    assert "Nguyễn Thị Hòa 1" in PdfReader(files[0]).pages[0].extract_text()


def test_stopping_keeps_the_files_already_whole(stage: Stage, tmp_path: Path) -> None:
    other = settle(stage.book, "TO-02")

    def stop_at_the_second(done: int, _of: int, _what: str = "") -> None:
        if done == 1:
            raise Cancelled

    groups = [(stage.village.group, "TO-01", "Tổ 1"), (other.group, "TO-02", "Tổ 2")]
    done = write_groups(
        stage.book,
        groups,
        Batch(*YEAR, None, OFFICIAL),
        str(tmp_path),
        an_act(date(2026, 3, 31)),
        stop_at_the_second,
    ).value
    assert done.stopped
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    assert not list(tmp_path.glob("*.part"))


def test_a_reprint_keeps_its_number_until_the_ledger_moves(stage: Stage) -> None:
    order = statements.StatementOrder(stage.village.group, *YEAR, members=stage.village.members[:1])
    first, again = (statements.issue(stage.book, order, stage.desk.act()).value[0].mark for _ in range(2))
    assert first.number == again.number
    assert (first.count, again.count) == (1, 2)
    assert paper_checks.check_paper(stage.book, again.qr).verdict is paper_checks.Verdict.MATCHES


def test_the_papers_of_the_funds_are_shown(stage: Stage, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[str, str]] = []

    def caught(desk: Any, owner: Any, key: str, title: str, gather: Any, **_kept: Any) -> None:
        desk.do(gather, lambda value: printed.append((key, type(value).__name__)), owner=owner)

    monkeypatch.setattr("desktop.views.reports.funds_card.print_paper", caught)
    page = stage.show(ReportsPage, group=stage.village.group)
    assert_named(page)
    for deed in (
        page.funds.print_social,
        page.funds.print_expenses,
        page.funds.print_month,
        page.funds.print_quarter,
    ):
        deed()
        settled(stage.desk, qtbot)
    assert printed == [
        ("social-book", "SocialBook"),
        ("expense-list", "Figures"),
        ("group-report", "Figures"),
        ("group-report", "Figures"),
    ]

"""The end of a cycle in the real window: 25 members, open loans, count, decision, two approvers, papers, a new cycle."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.models.ids import LoanId, new_uid
from desktop.models.kinds import Account, Attendance, CycleState, LoanStage, Office
from desktop.models.rules import sheet as sheet_rules
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import groups, loan_applications, loan_book, loan_products, loans, meetings, share_outs
from desktop.services.balances import group_balances
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.journeys.real_window import Screen, missing_programs, until
from tests.journeys.steps import program, save_paper
from tests.reports.paper import said
from tests.views.meetings.people import RULES, Village, act_on, settle

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(missing_programs()), reason=f"missing here: {', '.join(missing_programs())}"),
]

DAY, LENT_ON = date(2026, 12, 20), date(2026, 11, 20)
MEETINGS = (date(2026, 9, 20), date(2026, 10, 20), date(2026, 11, 20))


@pytest.fixture
def sonhom(tmp_path: Path) -> tuple[Path, Village, LoanId, LoanId]:
    """25 members with 15 shares each, nothing in the social fund; the second owes 200.000, the third 600.000."""
    path = tmp_path / "so.sonhom"
    with Book.create(str(path), "Sổ xã Tân Hưng", who="Lê Thị Sáu") as made:
        village = settle(made, rules=replace(RULES, social_contribution=0), today=DAY)
        groups.appoint(
            made,
            groups.Appoint(village.group, village.members[2], Office.TREASURER, MEETINGS[0]),
            act_on(DAY),
        )
        for day in MEETINGS:
            facts = meetings.sheet_facts(made, village.group, day, day)
            rows = sheet_rules.filled(
                facts, [SheetRow(one, Attendance.PRESENT, {"shares": 5}) for one in village.members]
            )
            meetings.record(
                made,
                meetings.RecordMeeting(village.group, Sheet(day, rows), new_uid(), agreed=True),
                act_on(day),
            )
        return path, village, lend(made, village, 1, 200_000), lend(made, village, 2, 600_000)


def lend(book: Book, village: Village, place: int, amount: int) -> LoanId:
    """One per cent a month; paid out a month before the share-out, so that one month's interest is due on it."""
    rate = DatedRate(date(2026, 1, 1), Fraction(1))
    product = Product(Method.EQUAL_PRINCIPAL, (rate,), off_sundays=False, off_holidays=False)
    act = act_on(LENT_ON)
    there = loan_products.listed(book)
    kept = (
        there[0].id
        if there
        else loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", product), act).value
    )
    request = Request(amount, 4, LENT_ON)
    command = Apply(
        village.group, village.members[place], kept, request, Application("Nuôi vịt"), agreed=True
    )
    loan = loan_applications.apply(book, command, Caution(), act).value
    loan_applications.approve(book, loan, Decision(present=25, in_favour=25), act)
    loans.disburse(book, loans.Disburse(loan, LENT_ON), act)
    return loan


def go_to_share_out(display: Screen) -> None:
    """The list of groups, the group; its third tab shows the cycle at a glance, with the button."""
    display.go("Nhóm – Sổ", "alt+2")
    display.reads("Nhóm tiết kiệm ấp Tân Phú")
    display.go("Nhóm tiết kiệm ấp Tân Phú", "Home", "Return")
    display.press("ctrl+3")
    display.tab_to("Chia cổ phần…")
    display.go("Chia cổ phần", "space")
    until(lambda: display.at("field-day"), "the cursor at the first field")


def posted(path: Path, village: Village) -> list[share_outs.ShareOutRow]:
    with Book.open(str(path)) as book:
        return share_outs.listed(book, village.group)


def test_twenty_five_members_share_out_once(
    display: Screen, sonhom: tuple[Path, Village, LoanId, LoanId], tmp_path: Path
) -> None:
    # 25 × 15 shares of 20.000 = 7.500.000; 800.000 of it is lent, 6.700.000 in the box. Paid off early, the netted
    # loan still owes the interest of its plan: 1 % of 200, 150, 100, 50 thousand = 5.000. The group owns 7.505.000.
    # The 600.000 that go on stay out: 6.905.000 to divide by 375 shares. 6.905.000 × 15 / 375 = 276.200, by whole
    # thousands 276.000 for each: 6.900.000, and 5.000 is left. The second takes home 276.000 − 205.000 = 71.000;
    # from the box go 6.900.000 − 205.000 = 6.695.000.
    path, village, netted, carried = sonhom
    with program(display, path, DAY):
        go_to_share_out(display)
        display.tab_to(f"field-loan/{carried}")
        display.press("Down")
        display.tab_to("field-minutes")
        display.type("25/25 dong y")
        display.tab_to("field-first")
        display.press("Down")
        display.tab_to("field-second")
        display.press("Down", "Down")
        # Nobody has counted yet: refused at the first note, nothing is posted.
        display.press("ctrl+s")
        until(lambda: display.at("field-note/500000"), "the cursor at the count")
        display.reads("Hãy đếm tiền trong hòm trước khi chia.")
        assert posted(path, village) == []
        display.type("13")
        display.tab_to("field-note/100000")
        display.type("2")
        display.reads("6.905.000\u00a0₫", "6.695.000\u00a0₫", "18.413\u00a0₫")
        display.picture("decided")
        time.sleep(1)  # the meeting looks at the figures
        display.press("ctrl+s")
        display.reads("Ghi sổ lần chia này?", "6.900.000", seconds=10)
        display.press("Return")
        (row,) = until(lambda: posted(path, village), "the posted share-out")
        assert (row.paid, row.remainder, row.cycle) == (6_900_000, 5_000, 1)
        display.picture("posted")

        # The table and everybody's slip, from the list of what was shared out before.
        display.tab_to("Các lần chia trước")
        display.press("Home", "Menu")
        time.sleep(0.5)
        display.press("Down", "Down", "Return")
        until(lambda: display.title().startswith("Bảng chia cổ phần"), "the paper")
        time.sleep(1)
        paper = said(save_paper(display, tmp_path, "bang-chia.pdf"))

        # Once more on the same day: the new cycle has not begun, there is nothing to divide.
        until(lambda: "Chia cổ phần" in display.title(), "the page of the share-out")
        display.press("ctrl+1")
        time.sleep(1)
        display.press("ctrl+Return")
        display.reads("Đã chia xong. Chu kỳ 2 bắt đầu ngày")
        display.picture("rests")
    assert len(posted(path, village)) == 1

    for words in ("BẢNG CHIA CỔ PHẦN", "276.000", "205.000", "71.000", "6.900.000", "Châu Thị Ngọc Ẩn"):
        assert words in paper
    assert paper.count("Phiếu chia cổ phần") >= 25

    with Book.open(str(path)) as book:
        with book.read() as session:
            ledger = group_balances(session, village.group, DAY)
        # What is left: 5.000 in the box and the loan that goes on; nobody holds a share any more.
        assert (ledger[Account.CASH], ledger[Account.LOANS]) == (5_000, 600_000)
        assert ledger.get(Account.SHARES, 0) == 0
        assert loan_book.detail(book, netted, DAY).stage is LoanStage.CLOSED
        assert loan_book.detail(book, carried, DAY).stage is LoanStage.ACTIVE
        detail = groups.get(book, village.group, date(2026, 12, 21))
        assert detail.cycle is not None
        assert (detail.cycle.number, len(detail.members)) == (2, 25)
        assert [one.state for one in detail.cycles if one.number == 1] == [CycleState.CLOSED]
        assert verify(book).findings == ()

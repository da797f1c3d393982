"""What the pages of groups and people show beside their records."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.kinds import OWED_TO_MEMBERS, Account, Sex
from desktop.services import groups, standing, statements
from desktop.services.acts import Act
from desktop.services.statements import StatementOrder
from tests.services import people_kit
from tests.village import meet, settle

DAY = date(2026, 3, 5)


def test_a_line_of_the_list_knows_cash_and_the_next_meeting(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    people_kit.found_group(any_book, act, "Hoa Sen", code="N-009")
    meet(any_book, village, 1)
    lines = standing.group_lines(any_book, groups.GroupFilter(), groups.GroupSort(), 0, 9, DAY)
    by_code = {line.row.code: line for line in lines}
    assert by_code["TO-01"].cash == standing.group_figures(any_book, village.group, DAY).cash > 0
    assert by_code["TO-01"].next_meeting is not None
    assert by_code["N-009"].cash == 0
    assert by_code["N-009"].late  # its first meeting was due in January


def test_figures_members_and_accounts_agree(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    figures = standing.group_figures(any_book, village.group, DAY)
    lines = standing.group_members(any_book, village.group, DAY)
    assert [line.member.member_id for line in lines] == list(village.members)
    assert sum(line.shares for line in lines) == figures.shares
    assert sum(line.share_units for line in lines) == figures.share_units
    assert sum(line.savings + line.compulsory for line in lines) == figures.savings
    accounts = standing.member_accounts(any_book, village.members[0], DAY)
    owned = sum(row.amount for row in accounts if row.account in OWED_TO_MEMBERS)
    assert owned == lines[0].owned
    moves = standing.account_moves(any_book, village.group, village.members[0], date(2026, 1, 1), DAY)
    closings = {account.account: account.closing for account in moves}
    assert closings[Account.SHARES] == lines[0].shares


def test_papers_of_a_member_are_listed_with_what_they_said(any_book: Any, act: Act) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    member = village.members[0]
    order = StatementOrder(village.group, date(2026, 1, 1), DAY, (member,))
    printed = statements.issue(any_book, order, act).value[0]
    statements.issue(any_book, order, act)
    papers = standing.papers_of_member(any_book, member)
    assert [paper.copy for paper in papers] == [2, 1]
    assert papers[0].balance == printed.closing_total
    assert papers[0].title == "Sao kê thành viên"
    assert standing.papers_of_member(any_book, village.members[1]) == []


def test_people_whom_a_form_may_be_about(any_book: Any, act: Act) -> None:
    alike = people_kit.enrol(any_book, act, "Nguyễn Thị Hòa", birth_year=1985)
    number = people_kit.enrol(any_book, act, "Trần Văn Bảy", sex=Sex.MALE, citizen_number="087085001234")
    typed = people_kit.person("Nguyễn Thị Hoà", citizen_number="087 085 001 234")
    assert [one.id for one in standing.found_twice(any_book, typed)] == [number, alike]
    assert [one.id for one in standing.found_twice(any_book, typed, member=alike)] == [number]
    assert standing.found_twice(any_book, people_kit.person("Lê Thị Út")) == []
    coded = people_kit.person("Lê Thị Út")
    assert [one.id for one in standing.found_twice(any_book, coded, code="tv-0001")] == [alike]

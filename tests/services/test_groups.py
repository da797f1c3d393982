"""Groups: founding, rules by date, cycles, the list of members, offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Attendance, CycleState, GroupKind, Office
from desktop.models.problems import Level, Refusal, Trouble
from desktop.models.records.every import Meeting, MeetingAttendance
from desktop.models.rules.charter import Agreement
from desktop.models.rules.constitution import FineRule
from desktop.models.rules.groups import CycleDays, check_cycle
from desktop.services import facts, groups, history
from desktop.services.acts import Act, Topic
from desktop.services.groups import (
    AddMembers,
    AgreeRules,
    Appoint,
    ChangeGroup,
    GroupFilter,
    GroupSort,
    LeaveGroup,
    OpenCycle,
)
from desktop.store.book import Book
from tests.services.people_kit import RULES, enrol, found_group

TODAY = date(2026, 3, 5)


def codes(caught: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def hold_meeting(
    book: Book, act: Act, group: GroupId, day: date, members: list[MemberId], number: int = 1
) -> None:
    """A posted meeting with everyone present, without money."""
    with book.write(act) as session:
        cycle = facts.cycle_on(session, group, day)
        assert cycle is not None
        meeting = Meeting(
            uid=number.to_bytes(16, "big"),
            group_id=group,
            cycle_id=cycle.id,
            number=number,
            day=day,
            recorded_at=act.at,
            recorded_by=act.who,
        )
        session.add(meeting)
        session.flush()
        for member in members:
            session.add(MeetingAttendance(meeting_id=meeting.id, member_id=member, state=Attendance.PRESENT))


def test_founding_makes_rules_and_a_cycle(any_book: Book, act: Act) -> None:
    fine = FineRule("late", "Đi muộn", 5_000, Attendance.LATE)
    rules = replace(RULES, fines=(fine,), month_day=12)
    group = found_group(any_book, act, "Hoa  Sen ", rules=rules, kind=GroupKind.SELF_HELP, hamlet="ấp 3")
    detail = groups.get(any_book, group, TODAY)
    assert (detail.code, detail.name, detail.kind) == ("N-001", "Hoa Sen", GroupKind.SELF_HELP)
    assert detail.rules == rules
    assert detail.cycle is not None
    assert (detail.cycle.number, detail.cycle.state) == (1, CycleState.OPEN)
    assert groups.propose_code(any_book) == "N-002"


def test_a_bad_group_is_refused_with_all_problems(book: Book, act: Act) -> None:
    found_group(book, act, code="N-001")
    with pytest.raises(Refusal) as caught:
        found_group(
            book,
            act,
            " ",
            code="n-001",
            rules=replace(RULES, quorum_percent=200),
            cycle_ends=date(2025, 1, 1),
            commune_code="99999",
        )
    assert set(codes(caught)) == {"code-twice", "name-missing", "quorum", "cycle-order", "commune"}


def test_a_group_is_changed_once_per_version(book: Book, act: Act) -> None:
    group = found_group(book, act)
    command = ChangeGroup(group=group, version=1, code="N-007", name="Hoa Mai", kind=GroupKind.VSLA)
    groups.change(book, command, act)
    with pytest.raises(Trouble) as caught:
        groups.change(book, command, act)
    assert caught.value.code == "stale"
    assert groups.get(book, group, TODAY).name == "Hoa Mai"
    assert [row.name for row in groups.page(book, GroupFilter(text="mai hoa"), GroupSort(), 0, 9)] == [
        "Hoa Mai"
    ]
    changed = history.of_group(book, group)[0]
    assert ("name", "Hoa Sen", "Hoa Mai") in [(f.field, f.before, f.after) for f in changed.fields]


def test_new_rules_hold_from_their_day_and_past_meetings_keep_theirs(book: Book, act: Act) -> None:
    group = found_group(book, act)
    member = enrol(book, act, group=group, joined=date(2026, 1, 5))
    hold_meeting(book, act, group, date(2026, 2, 7), [member])
    dearer = replace(RULES, social_contribution=10_000)
    vote = Agreement(date(2026, 2, 7), present=1, in_favour=1, reason="Quỹ xã hội đã cạn")
    early = AgreeRules(group, replace(dearer, valid_from=date(2026, 2, 7)), agreement=vote)
    with pytest.raises(Refusal) as caught:
        groups.agree_rules(book, early, act)
    assert codes(caught) == ["rules-past"]
    first = AgreeRules(group, replace(dearer, valid_from=date(2026, 3, 1)), agreement=vote)
    groups.agree_rules(book, first, act)
    with book.read() as session:
        assert facts.rules_on(session, group, date(2026, 2, 28)).social_contribution == 5_000
        assert facts.rules_on(session, group, date(2026, 3, 1)).social_contribution == 10_000
        assert facts.rules_on(session, group, date(2020, 1, 1)).social_contribution == 5_000
    # No meeting under them yet: the same day is put right, not doubled.
    again = replace(dearer, social_contribution=7_000, valid_from=date(2026, 3, 1))
    groups.agree_rules(book, AgreeRules(group, again, agreement=vote), act)
    spans = groups.get(book, group, TODAY).rule_history
    assert [(span.rules.social_contribution, span.until) for span in spans] == [
        (7_000, None),
        (5_000, date(2026, 3, 1)),
    ]


def test_one_cycle_is_open_at_a_time_and_days_do_not_overlap(book: Book, act: Act) -> None:
    group = found_group(book, act, cycle_starts=date(2025, 1, 1), cycle_ends=date(2025, 12, 31))
    first = groups.get(book, group, date(2025, 6, 1)).cycles[0].id
    with pytest.raises(Refusal) as caught:
        groups.open_cycle(book, OpenCycle(group, date(2026, 1, 1), date(2026, 12, 31)), act)
    assert codes(caught) == ["cycle-open"]
    groups.close_cycle(book, first, date(2025, 12, 20), act)
    with pytest.raises(Refusal) as caught:
        groups.open_cycle(book, OpenCycle(group, date(2025, 12, 1), date(2026, 12, 31)), act)
    assert codes(caught) == ["cycle-overlap"]
    groups.open_cycle(book, OpenCycle(group, date(2026, 1, 1), date(2026, 12, 31)), act)
    with book.read() as session:
        assert facts.cycle_on(session, group, date(2025, 12, 25)) is None
        today = facts.cycle_on(session, group, TODAY)
        assert today is not None
        assert today.number == 2
    with pytest.raises(Refusal):
        groups.close_cycle(book, first, date(2025, 12, 20), act)


def test_a_cycle_keeps_its_meetings_inside(book: Book, act: Act) -> None:
    group = found_group(book, act)
    cycle = groups.get(book, group, TODAY).cycles[0].id
    hold_meeting(book, act, group, date(2026, 2, 7), [])
    with pytest.raises(Refusal) as caught:
        groups.change_cycle(book, cycle, date(2026, 2, 8), date(2026, 12, 31), act)
    assert codes(caught) == ["cycle-meeting"]
    with pytest.raises(Refusal):
        groups.close_cycle(book, cycle, date(2026, 2, 1), act)
    with pytest.raises(Refusal):
        groups.close_cycle(book, cycle, date(2026, 6, 1), act)  # not come yet
    groups.change_cycle(book, cycle, date(2026, 2, 1), date(2027, 1, 31), act)
    assert groups.get(book, group, TODAY).cycles[0].starts == date(2026, 2, 1)


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(starts=days, ends=days, other_starts=days, length=st.integers(0, 900))
def test_cycles_overlap_exactly_when_they_share_a_day(
    starts: date, ends: date, other_starts: date, length: int
) -> None:
    other = CycleDays(1, other_starts, other_starts + timedelta(days=length), is_open=False)
    found = {problem.code for problem in check_cycle(starts, ends, [other])}
    if ends < starts:
        assert found == {"cycle-order"}
    else:
        share = max(starts, other.starts) <= min(ends, other.ends)
        assert ("cycle-overlap" in found) is share


def names(book: Book, group: GroupId, on: date = TODAY) -> list[str]:
    return [row.full_name for row in groups.roster(book, group, on)]


def test_members_stand_in_the_group_s_own_order(any_book: Book, act: Act) -> None:
    group = found_group(any_book, act)
    three = [enrol(any_book, act, name) for name in ("Lê An", "Lê Bình", "Lê Cúc")]
    outcome = groups.add(any_book, AddMembers(group, tuple(reversed(three)), date(2026, 1, 10)), act)
    assert outcome.changed.group == group
    assert Topic.GROUPS in outcome.changed.topics
    assert names(any_book, group) == ["Lê Cúc", "Lê Bình", "Lê An"]
    groups.reorder(any_book, group, three, act)
    assert names(any_book, group) == ["Lê An", "Lê Bình", "Lê Cúc"]
    assert names(any_book, group, date(2026, 1, 9)) == []
    with pytest.raises(Refusal):
        groups.reorder(any_book, group, three[:2], act)
    row = groups.page(any_book, GroupFilter(), GroupSort(), 0, 10)[0]
    assert (row.members, row.cycle and row.cycle.number) == (3, 1)
    assert groups.page(any_book, GroupFilter(on=date(2026, 1, 9)), GroupSort(), 0, 10)[0].members == 0


def test_nobody_is_in_a_group_twice(book: Book, act: Act) -> None:
    group = found_group(book, act)
    member = enrol(book, act, group=group, joined=date(2026, 1, 5))
    with pytest.raises(Refusal) as caught:
        groups.add(book, AddMembers(group, (member,), TODAY), act)
    assert codes(caught) == ["member-twice"]
    other = found_group(book, act, "Hoa Mai")
    groups.add(book, AddMembers(other, (member,), TODAY), act)  # several groups are allowed


def test_leaving_and_coming_back(book: Book, act: Act) -> None:
    group = found_group(book, act)
    member = enrol(book, act, group=group, joined=date(2026, 1, 5))
    hold_meeting(book, act, group, date(2026, 2, 7), [member])
    with pytest.raises(Refusal) as caught:
        groups.leave(book, LeaveGroup(group, member, date(2026, 2, 6)), act)
    assert codes(caught) == ["left-before-meeting"]
    groups.leave(book, LeaveGroup(group, member, date(2026, 2, 10), "chuyển nhà"), act)
    assert names(book, group, date(2026, 2, 10)) == ["Nguyễn Thị Hòa"]
    assert names(book, group, date(2026, 2, 11)) == []
    assert groups.get(book, group, TODAY).past_members[0].reason == "chuyển nhà"
    with pytest.raises(Refusal) as caught:
        groups.add(book, AddMembers(group, (member,), date(2026, 2, 10)), act)
    assert codes(caught) == ["joined-early"]
    groups.add(book, AddMembers(group, (member,), date(2026, 2, 11)), act)
    assert names(book, group) == ["Nguyễn Thị Hòa"]


@pytest.fixture
def staffed(book: Book, act: Act) -> tuple[GroupId, list[MemberId]]:
    group = found_group(book, act)
    who = [
        enrol(book, act, f"Lê Thị {name}", group=group, joined=date(2026, 1, 5))
        for name in ["An", "Bình", "Cúc", "Dung", "Em"]
    ]
    return group, who


def test_an_office_passes_over(book: Book, act: Act, staffed: tuple[GroupId, list[MemberId]]) -> None:
    group, who = staffed
    groups.appoint(book, Appoint(group, who[0], Office.CHAIR, date(2026, 1, 5)), act)
    groups.appoint(book, Appoint(group, who[1], Office.CHAIR, date(2026, 2, 1)), act)
    detail = groups.get(book, group, TODAY)
    assert [(row.full_name, row.since) for row in detail.offices] == [("Lê Thị Bình", date(2026, 2, 1))]
    assert [(row.full_name, row.until) for row in detail.past_offices] == [("Lê Thị An", date(2026, 1, 31))]
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, who[2], Office.CHAIR, date(2026, 1, 20)), act)
    assert "since-early" in codes(caught)
    # The wrong person was chosen: the same day again leaves no trace but in the log.
    groups.appoint(book, Appoint(group, who[2], Office.CHAIR, date(2026, 2, 1)), act)
    assert [row.full_name for row in groups.get(book, group, TODAY).offices] == ["Lê Thị Cúc"]


def test_three_key_holders_who_are_not_on_the_committee(
    book: Book, act: Act, staffed: tuple[GroupId, list[MemberId]]
) -> None:
    group, who = staffed
    since = date(2026, 1, 5)
    groups.appoint(book, Appoint(group, who[0], Office.TREASURER, since), act)
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, who[0], Office.KEY_HOLDER, since), act)
    assert [(p.code, p.level) for p in caught.value.problems] == [("key-on-committee", Level.WARN)]
    terms = [
        groups.appoint(book, Appoint(group, one, Office.KEY_HOLDER, since), act).value for one in who[1:4]
    ]
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, who[4], Office.KEY_HOLDER, since), act)
    assert codes(caught) == ["office-full"]
    groups.appoint(book, Appoint(group, who[4], Office.KEY_HOLDER, TODAY, replaces=terms[0]), act)
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, who[4], Office.SECRETARY, TODAY), act)
    assert codes(caught) == ["key-on-committee"]
    groups.end_office(book, terms[1], TODAY, act)
    with pytest.raises(Refusal):
        groups.end_office(book, terms[2], date(2025, 1, 1), act)


def test_only_a_member_holds_an_office(book: Book, act: Act) -> None:
    group = found_group(book, act)
    stranger = enrol(book, act)
    with pytest.raises(Refusal) as caught:
        groups.appoint(book, Appoint(group, stranger, Office.CHAIR, TODAY), act)
    assert codes(caught) == ["office-outsider"]


def test_leaving_ends_the_office_too(book: Book, act: Act, staffed: tuple[GroupId, list[MemberId]]) -> None:
    group, who = staffed
    groups.appoint(book, Appoint(group, who[0], Office.CHAIR, date(2026, 1, 5)), act)
    groups.leave(book, LeaveGroup(group, who[0], date(2026, 3, 1)), act)
    assert groups.get(book, group, TODAY).offices == ()


def test_a_dissolved_group_is_hidden_and_takes_nobody(book: Book, act: Act) -> None:
    group = found_group(book, act)
    member = enrol(book, act)
    command = ChangeGroup(
        group=group, version=1, code="N-001", name="Hoa Sen", kind=GroupKind.VSLA, closed=date(2026, 3, 1)
    )
    groups.change(book, command, act)
    assert groups.count(book, GroupFilter()) == 0
    assert groups.count(book, GroupFilter(with_closed=True)) == 1
    with pytest.raises(Refusal) as caught:
        groups.add(book, AddMembers(group, (member,), TODAY), act)
    assert codes(caught) == ["group-closed"]

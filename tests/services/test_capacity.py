"""Scores kept of groups, plans of change, meetings with the authorities and their promises, on a book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from desktop.models.capacity_kinds import ActionState, Grade, Item, Keeper, Mark, Phase, Promise, Side
from desktop.models.kinds import AttachmentKind, Sex
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.every import MaturityScore
from desktop.models.rules.maturity import Observed
from desktop.services import (
    attachments,
    change_plans,
    coordination,
    coordination_book,
    maturity,
    maturity_facts,
    maturity_words,
    meetings,
)
from desktop.services.attachments import NewFile, Subject
from desktop.services.change_plans import Plan
from desktop.services.coordination import Commit, Guest, Meet
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import LOADERS, load
from desktop.services.indicators.registry import indicators
from desktop.services.maturity import Assess
from desktop.store.book import Book
from tests.inclusion_village import ENDS, Mixed, mixed
from tests.village import an_act

SEEN = Observed(
    sampled=4,
    books_evidence="đối chiếu 4 sổ ngày thăm",
    written=True,
    asked=6,
    knew=6,
    rules_evidence="quy chế dán ở nhà trưởng nhóm",
    alone=3,
    keeper=Keeper.MEMBER,
    self_evidence="biên bản ba buổi gần nhất",
)


def fields(caught: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {problem.field for problem in caught.value.problems}


@pytest.fixture
def village(any_book: Book) -> Mixed:
    return mixed(any_book)


def assess(book: Book, village: Mixed, day: date, seen: Observed = SEEN, **more: object) -> int:
    return maturity.record(book, Assess(village.group, day, seen, "Cán bộ Hà", **more), an_act(day)).value  # type: ignore[arg-type]


def test_the_book_gives_the_numbers_behind_a_score(any_book: Book, village: Mixed) -> None:
    found = maturity.propose(any_book, village.group, ENDS, SEEN)
    facts = found.facts
    assert (facts.called, facts.came, facts.saved) == (24, 23, 23)
    assert (facts.officers, facts.women, facts.ever_lent) == (3, 2, False)
    marks = {line.item: line.mark for line in found.card.lines}
    assert marks[Item.ATTENDANCE] is Mark.FULL
    assert marks[Item.REPAYMENT] is Mark.MISSING
    assert marks[Item.RULES] is Mark.FULL
    assert marks[Item.INCLUSION] is Mark.MISSING
    assert found.card.known == 100 - 12 - 8
    words = {item: maturity_words.working(item, facts, SEEN) for item in Item}
    assert ": 23/24 lượt" in words[Item.ATTENDANCE]
    assert "6/6" in words[Item.RULES]
    assert all(words.values())


def test_a_score_asks_no_other_module_and_says_the_same(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clerk waits for it: livelihoods, training and support of the whole place have no part in a score."""
    village = mixed(book)
    whole = load(book, Scope(group=village.group), date(2025, 10, 1), ENDS)
    asked: list[str] = []
    for name in LOADERS:
        monkeypatch.setitem(LOADERS, name, lambda *_asked, name=name: asked.append(name) or ())
    bare = load(book, Scope(group=village.group), date(2025, 10, 1), ENDS, bare=True)
    assert (bare.parts, bare.groups, bare.households) == (whole.parts, whole.groups, whole.households)
    assess(book, village, ENDS)
    assert asked == []


def test_scores_are_kept_and_never_changed(any_book: Book, village: Mixed) -> None:
    first = assess(any_book, village, ENDS)
    with pytest.raises(Refusal) as caught:
        assess(any_book, village, ENDS)
    assert fields(caught) == {"day"}
    with pytest.raises(Refusal) as caught:
        assess(any_book, village, ENDS, supersedes=first)
    assert fields(caught) == {"reason"}
    poor = replace(SEEN, keeper=Keeper.STAFF)
    second = assess(any_book, village, ENDS, poor, supersedes=first, reason="ghi nhầm người giữ sổ")
    rows = maturity.history(any_book, village.group)
    assert [(row.id, row.in_force) for row in rows] == [(second, True), (first, False)]
    assert rows[0].points == rows[1].points - 8
    changed = maturity.differences(rows[1].lines, rows[0].lines)
    assert [(one.item, one.points) for one in changed] == [(Item.SELF_RUN, -8)]
    with pytest.raises(Refusal):
        assess(any_book, village, ENDS, supersedes=first, reason="sửa lại lần nữa")
    with pytest.raises((Trouble, DBAPIError)), any_book.write(an_act(ENDS)) as session:
        session.execute(update(MaturityScore).values(points=100))


def test_the_grade_of_a_day_is_that_of_the_last_score_by_then(any_book: Book, village: Mixed) -> None:
    assess(any_book, village, ENDS)
    later = ENDS + timedelta(days=180)
    assess(any_book, village, later, replace(SEEN, written=False))
    with any_book.read() as session:
        assert maturity.grade(session, village.group, ENDS - timedelta(days=1)) is None
        then = maturity.grade(session, village.group, later - timedelta(days=1))
        now = maturity.grade(session, village.group, later)
    assert then is not None
    assert now is not None
    assert (then.day, now.day) == (ENDS, later)
    assert then.grade in Grade
    assert now.phase is not Phase.SELF_MANAGED
    assert now.self_managed_since is None


def test_meeting_as_planned_is_one_figure_for_the_score_and_the_indicator(
    any_book: Book, village: Mixed
) -> None:
    starts = date(2026, 1, 1)
    value = indicators()["NH07"].compute(load(any_book, Scope(), starts, ENDS))
    with any_book.read() as session:
        held = maturity_facts.meetings_on(session, village.group, ENDS)
        alone = maturity_facts.regularity_in(session, village.group, held, starts, ENDS)
    assert (value.numerator, value.denominator) == (alone.on_plan, alone.planned)
    assert alone.planned > 0


def test_minutes_are_signed_where_a_scan_of_them_is_kept(any_book: Book, village: Mixed) -> None:
    act = an_act(ENDS)

    def value(starts: date = date(2026, 1, 1)) -> tuple[int, int | None]:
        found = indicators()["NH11"].compute(load(any_book, Scope(), starts, ENDS))
        return found.numerator, found.denominator

    first, second, *_rest = meetings.meetings_of(any_book, village.group)
    held = value()[1]
    assert value() == (0, held)
    scan = NewFile(AttachmentKind.MINUTES, "bien-ban.pdf", b"%PDF-1.7 bien ban")
    photo = NewFile(AttachmentKind.PHOTO, "hop.jpg", b"\xff\xd8\xff\xe0 anh")
    key = attachments.attach(any_book, Subject("meetings", first.uid), scan, act).value
    attachments.attach(any_book, Subject("meetings", second.uid), photo, act)  # a photo is no minutes
    assert value() == (1, held)
    assert value(first.day + timedelta(days=1))[0] == 0
    attachments.remove(any_book, key, "Quét nhầm", act)
    assert value() == (0, held)


def test_indicators_come_from_the_scores(any_book: Book, village: Mixed) -> None:
    assess(any_book, village, ENDS)
    facts = load(any_book, Scope(), date(2026, 1, 1), ENDS)
    value = indicators()["NH14"].compute(facts)
    kept = maturity.history(any_book, village.group)[0]
    assert (value.amount, value.n) == (kept.points, 1)
    managed = indicators()["NH15"].compute(facts)
    assert (managed.numerator, managed.denominator) == (0, 1)
    old = load(any_book, Scope(), date(2027, 4, 1), date(2027, 6, 30))
    assert indicators()["NH14"].compute(old).amount is None


# -- plans of change --------------------------------------------------------------------------------


def plan(village: Mixed, **more: object) -> Plan:
    usual = Plan(village.group, ENDS, "Sổ sách khớp", "Kiểm quỹ mỗi buổi", "Bà Trần Thị AA", ENDS)
    return replace(usual, **more)  # type: ignore[arg-type]


def test_a_plan_is_followed_to_its_end(any_book: Book, village: Mixed) -> None:
    act = an_act(ENDS)
    key = change_plans.keep(any_book, plan(village, due=ENDS + timedelta(days=20)), act).value
    far = change_plans.keep(any_book, plan(village, due=ENDS + timedelta(days=200)), act).value
    assert [row.id for row in change_plans.follow_up(any_book, ENDS)] == [key]
    after = ENDS + timedelta(days=25)
    (late,) = change_plans.follow_up(any_book, after)
    assert late.days_late == 5
    with pytest.raises(Refusal) as caught:
        change_plans.settle(any_book, key, late.version, ActionState.DONE, after, " ", an_act(after))
    assert fields(caught) == {"outcome"}
    with pytest.raises(Refusal) as caught:
        change_plans.settle(
            any_book, key, late.version, ActionState.DONE, ENDS - timedelta(days=1), "xong", an_act(after)
        )
    assert fields(caught) == {"day"}
    change_plans.settle(any_book, key, late.version, ActionState.DONE, after, "3 biên bản", an_act(after))
    rows = change_plans.actions(any_book, village.group, after)
    assert [(row.id, row.state) for row in rows] == [(far, ActionState.OPEN), (key, ActionState.DONE)]
    with pytest.raises(Refusal):
        change_plans.keep(any_book, plan(village), an_act(after), (key, rows[1].version))
    change_plans.reopen(any_book, key, rows[1].version, an_act(after))
    assert change_plans.actions(any_book, village.group, after)[0].days_late == 5


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"goal": " "}, "goal"),
        ({"action": ""}, "action"),
        ({"responsible": ""}, "responsible"),
        ({"due": None}, "due"),
        ({"due": ENDS - timedelta(days=1)}, "due"),
        ({"since": ENDS + timedelta(days=1), "due": ENDS + timedelta(days=2)}, "since"),
    ],
)
def test_a_bad_plan_is_refused_at_its_field(book: Book, more: dict[str, object], field: str) -> None:
    village = mixed(book)
    with pytest.raises(Refusal) as caught:
        change_plans.keep(book, plan(village, **more), an_act(ENDS))
    assert fields(caught) == {field}


# -- coordination -----------------------------------------------------------------------------------


def test_a_promise_is_followed_until_it_is_kept(any_book: Book, village: Mixed) -> None:
    act = an_act(ENDS)
    meeting = coordination.keep(any_book, Meet(ENDS, "Lồng ghép kế hoạch xã", "UBND xã"), act).value
    coordination.add_guests(
        any_book,
        meeting,
        [
            Guest(Side.GROUP, village.members[0]),
            Guest(Side.GROUP, village.members[-1]),
            Guest(Side.AUTHORITY, name="Lê Văn Tám", position="Phó Chủ tịch", sex=Sex.MALE, disabled=True),
        ],
        act,
    )
    with pytest.raises(Refusal) as caught:
        coordination.add_guests(any_book, meeting, [Guest(Side.GROUP, village.members[0])], act)
    assert fields(caught) == {"member"}
    due = ENDS + timedelta(days=10)
    key = coordination.commit(
        any_book, meeting, Commit(Side.AUTHORITY, "UBND xã", "Cho mượn nhà văn hóa", due), act
    ).value
    found = coordination_book.detail(any_book, meeting, ENDS)
    assert (found.counted.people, found.counted.women, found.counted.men) == (3, 1, 2)
    assert (found.counted.disabled, found.counted.asked) == (1, 1)
    after = due + timedelta(days=3)
    (late,) = coordination_book.promises(any_book, after)
    assert (late.days_late, late.meeting_code) == (3, found.row.code)
    with pytest.raises(Refusal) as caught:
        coordination.settle(any_book, key, late.version, Promise.BROKEN, due, "", an_act(after))
    assert fields(caught) == {"state", "evidence"}
    coordination.settle(any_book, key, late.version, Promise.KEPT, after, "CV 12/UBND", an_act(after))
    (row,) = coordination_book.meetings(any_book, after)
    assert (row.people, row.women, row.promises, row.kept, row.late) == (3, 1, 1, 1, 0)
    with pytest.raises(Refusal):
        coordination.remove(any_book, meeting, row.version, an_act(after))


@pytest.mark.parametrize(
    ("meet", "field"),
    [
        (Meet(None, "Việc", "UBND"), "day"),
        (Meet(ENDS + timedelta(days=1), "Việc", "UBND"), "day"),
        (Meet(ENDS, " ", "UBND"), "topic"),
        (Meet(ENDS, "Việc", ""), "organiser"),
        (Meet(ENDS, "Việc", "UBND", commune_code="99999"), "commune_code"),
    ],
)
def test_a_bad_meeting_is_refused_at_its_field(book: Book, meet: Meet, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        coordination.keep(book, meet, an_act(ENDS))
    assert fields(caught) == {field}


def test_a_promise_is_not_due_before_its_meeting(book: Book) -> None:
    act = an_act(ENDS)
    meeting = coordination.keep(book, Meet(ENDS, "Việc", "UBND xã"), act).value
    with pytest.raises(Refusal) as caught:
        coordination.commit(book, meeting, Commit(Side.AUTHORITY, "", "", ENDS - timedelta(days=1)), act)
    assert fields(caught) == {"who", "what", "due"}
    with pytest.raises(Refusal) as caught:
        coordination.add_guests(book, meeting, [Guest(Side.OTHER)], act)
    assert fields(caught) == {"name"}

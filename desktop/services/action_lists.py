"""Lists that lead to action: who is left out, who was not asked, whose paper runs out, who has stopped coming.

Each row opens the person or household that it is about. What is sensitive in a row is left out for those who may
not see it: the row itself where being on the list tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from desktop.models.ids import HouseholdId, MemberId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.kinds import Attendance, MeetingState
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Meeting, MeetingAttendance
from desktop.models.rules.categories import Category
from desktop.models.rules.washington import DOMAINS, Finding
from desktop.services import sight
from desktop.services.indicators.facts import Facts, HouseholdFacts, Part, Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.traits import Known, difficulty_names, known_of, vulnerability_name
from desktop.store.book import Book
from resources.indicators import limit
from resources.lang.collation import sort_key
from resources.lang.dates import show_day
from resources.lang.messages import N_, _, ngettext

_BACK = timedelta(days=400)
"""How far back meetings are looked through for who has stopped coming."""
_AWAY = frozenset({Attendance.ABSENT, Attendance.EXCUSED})
LEFT_OUT = (
    Category.POOR,
    Category.NEAR_POOR,
    Category.DISABLED,
    Category.CERTIFIED,
    Category.MINORITY,
    Category.WOMAN_HEAD,
)
"""The categories whose households should have a member; categories of vulnerability are added to them."""


class ActionList(StrEnum):
    """The lists."""

    LEFT_OUT = "left_out"
    UNASKED = "unasked"
    EXPIRING = "expiring"
    UNACCOMMODATED = "unaccommodated"
    STOPPED = "stopped"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name of the list, in the language in use."""
        return _(_TITLES[self])

    @property
    def todo(self) -> str:
        """Return what the list asks to do, in the language in use."""
        return _(_TODO[self])

    @property
    def sensitive(self) -> bool:
        """Tell whether being on the list tells something sensitive of a person."""
        return self in (ActionList.EXPIRING, ActionList.UNACCOMMODATED)


_TITLES = {
    ActionList.LEFT_OUT: N_("Hộ yếu thế chưa có ai vào nhóm"),
    ActionList.UNASKED: N_("Thành viên chưa trả lời bộ câu hỏi WG"),
    ActionList.EXPIRING: N_("Giấy xác nhận khuyết tật sắp hết hạn"),
    ActionList.UNACCOMMODATED: N_("Thành viên chưa có điều chỉnh hợp lý"),
    ActionList.STOPPED: N_("Thành viên đã thôi đến họp"),
}
_TODO = {
    ActionList.LEFT_OUT: N_("Đến nhà, mời vào nhóm; hỏi điều gì cản trở."),
    ActionList.UNASKED: N_("Hỏi sáu câu ở buổi họp tới, sau khi có đồng ý."),
    ActionList.EXPIRING: N_("Cùng người đó làm thủ tục cấp lại ở xã."),
    ActionList.UNACCOMMODATED: N_("Hỏi người đó cần gì để tham gia: chữ to, phiên dịch, đường dốc, đến nhà."),
    ActionList.STOPPED: N_("Đến thăm, hỏi lý do trước khi coi là đã rời nhóm."),
}


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line: a person or a household, where, and what is to be known. `member` or `household` opens it."""

    code: str
    name: str
    place: str
    group: str
    detail: str
    since: date | None = None
    times: int = 0
    member: MemberId | None = None
    household: HouseholdId | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells the row from others."""
        return self.code, self.group


def rows(book: Book, which: ActionList, scope: Scope, day: date, *, sensitive: bool) -> list[ActionRow]:
    """Return a list as of a day. Raises Refusal where being on it is not for this role to see."""
    if which.sensitive and not sensitive:
        text = _("Vai trò của bạn không được xem danh sách này.")
        raise Refusal([Problem.stop("not-permitted", "list", text)])
    facts = load(book, scope, day, day)
    with book.read() as session:
        known = known_of(session, day)
    found = _MAKE[which](book, facts, known, day, sensitive)
    return sorted(found, key=lambda row: (-row.times, sort_key(row.place), sort_key(row.name), row.code))


def note_rows(book: Book, how: SeenHow, which: ActionList, found: Iterable[ActionRow]) -> None:
    """Write down that the user took a list out of the book, where being on it tells something sensitive."""
    if not which.sensitive and which is not ActionList.LEFT_OUT:
        return
    listed = list(found)
    sight.note_people(
        book,
        how,
        "actions",
        [row.member for row in listed if row.member is not None],
        [row.household for row in listed if row.household is not None],
    )


def counts(book: Book, scope: Scope, day: date, *, sensitive: bool) -> dict[ActionList, int]:
    """Return how many rows each list has that this role may see."""
    return {
        which: len(rows(book, which, scope, day, sensitive=sensitive))
        for which in ActionList
        if sensitive or not which.sensitive
    }


_Known = Mapping[int, Known]
_Made = Iterable[ActionRow]


def _left_out(_book: Book, facts: Facts, _known: _Known, _day: date, sensitive: bool) -> _Made:
    names = {category.value: category for category in LEFT_OUT}
    for home in facts.households:
        if home.reached:
            continue
        found = [names[key] for key in sorted(home.categories) if key in names]
        shown = [category.title for category in found if sensitive or not category.sensitive]
        if sensitive:
            others = {category.value for category in Category}
            shown += [vulnerability_name(code) for code in sorted(home.categories - others)]
        if shown:
            yield _home(home, "; ".join(shown))


def _home(home: HouseholdFacts, detail: str) -> ActionRow:
    return ActionRow(home.code, home.head or home.code, home.hamlet, "", detail, household=home.id)


def _person(facts: Facts, part: Part, detail: str, since: date | None = None, times: int = 0) -> ActionRow:
    group = facts.by_group.get(part.group)
    return ActionRow(
        part.code,
        part.name,
        part.hamlet,
        "" if group is None else group.name,
        detail,
        since,
        times,
        member=part.member,
    )


def _unasked(_book: Book, facts: Facts, known: _Known, day: date, _sensitive: bool) -> _Made:
    months = limit("washington.months", day)
    for part in facts.people.values():
        age = part.traits.age
        if age is not None and age < limit("washington.age", day):
            continue
        facts_of = known.get(part.member, Known())
        if facts_of.asked_on is None or part.traits.disability is Finding.NOT_ASKED:
            yield _person(facts, part, _("chưa hỏi"))
        elif part.traits.disability is Finding.INCOMPLETE:
            yield _person(facts, part, _("trả lời chưa đủ sáu câu"), facts_of.asked_on)
        elif facts_of.asked_on < _months_before(day, months):
            text = _("hỏi đã quá {n} tháng").format(n=months)
            yield _person(facts, part, text, facts_of.asked_on)


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


def _expiring(_book: Book, facts: Facts, known: _Known, day: date, _sensitive: bool) -> _Made:
    last = day + timedelta(days=limit("certificate.days", day))
    for part in facts.people.values():
        until = known.get(part.member, Known()).certificate_until
        if until is None or until > last:
            continue
        text = (
            _("đã hết hạn {day}").format(day=show_day(until))
            if until < day
            else _("hết hạn {day}").format(day=show_day(until))
        )
        yield _person(facts, part, text, until)


def _unaccommodated(_book: Book, facts: Facts, known: _Known, _day: date, _sensitive: bool) -> _Made:
    for part in facts.people.values():
        facts_of = known.get(part.member, Known())
        if facts_of.difficulties and not facts_of.accommodated:
            names = difficulty_names()
            found = [
                names[domain] for place, domain in enumerate(DOMAINS) if facts_of.difficulties >> place & 1
            ]
            yield _person(facts, part, ", ".join(found), facts_of.asked_on)


def _stopped(book: Book, facts: Facts, _known: _Known, day: date, _sensitive: bool) -> _Made:
    needed = limit("absence.meetings", day)
    query = (
        select(Meeting.group_id, MeetingAttendance.member_id, Meeting.day, MeetingAttendance.state)
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .where(Meeting.state == MeetingState.POSTED, Meeting.day <= day, Meeting.day >= day - _BACK)
        .order_by(Meeting.day.desc())
    )
    streaks: dict[tuple[int, int], tuple[int, date | None, bool]] = {}
    with book.read() as session:
        for group, member, when, state in session.execute(query):
            times, came, over = streaks.get((group, member), (0, None, False))
            if over:
                continue
            if state in _AWAY:
                streaks[group, member] = (times + 1, None, False)
            else:
                streaks[group, member] = (times, when, True)
    for part in facts.members:
        times, came, _over = streaks.get((part.group, part.member), (0, None, False))
        if times < needed:
            continue
        text = ngettext("vắng {n} buổi liền", "vắng {n} buổi liền", times).format(n=times)
        yield _person(facts, part, text, came, times)


_MAKE: dict[ActionList, Callable[[Book, Facts, _Known, date, bool], _Made]] = {
    ActionList.LEFT_OUT: _left_out,
    ActionList.UNASKED: _unasked,
    ActionList.EXPIRING: _expiring,
    ActionList.UNACCOMMODATED: _unaccommodated,
    ActionList.STOPPED: _stopped,
}

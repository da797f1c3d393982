"""Groups: founded, changed, their constitution and their cycles. Lists are in `group_lists`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, new_uid
from desktop.models.kinds import CycleState, GroupKind, MeetingState
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Constitution, Cycle, Group, Meeting
from desktop.models.rules import groups as rules_of_groups
from desktop.models.rules import people
from desktop.models.rules.constitution import Rules, check_rules, fines_to_text
from desktop.models.rules.groups import CycleDays
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.facts import constitution_on, cycles_of
from desktop.services.group_lists import (
    GroupDetail,
    GroupFilter,
    GroupOrder,
    GroupRow,
    GroupSort,
    OfficeRow,
    PastMembership,
    RuleSpan,
    count,
    get,
    page,
    roster,
)
from desktop.services.memberships import AddMembers, LeaveGroup, add, leave, reorder
from desktop.services.offices import Appoint, appoint
from desktop.services.offices import end as end_office
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold, sort_key

__all__ = [
    "AddMembers",
    "AgreeRules",
    "Appoint",
    "ChangeGroup",
    "FoundGroup",
    "GroupDetail",
    "GroupFilter",
    "GroupOrder",
    "GroupRow",
    "GroupSort",
    "LeaveGroup",
    "OfficeRow",
    "OpenCycle",
    "PastMembership",
    "RuleSpan",
    "add",
    "agree_rules",
    "appoint",
    "change",
    "change_cycle",
    "close_cycle",
    "count",
    "end_office",
    "found",
    "found_in",
    "get",
    "leave",
    "open_cycle",
    "page",
    "propose_code",
    "reorder",
    "roster",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """Found a group with its first constitution and its first cycle; without a code it gets the next free one."""

    name: str
    rules: Rules
    cycle_starts: date
    cycle_ends: date
    code: str = ""
    kind: GroupKind = GroupKind.VSLA
    commune_code: str | None = None
    hamlet: str = ""
    founded: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Change a group's own data; `version` is that of the form. `closed` is the day it was dissolved."""

    group: GroupId
    version: int
    code: str
    name: str
    kind: GroupKind
    commune_code: str | None = None
    hamlet: str = ""
    founded: date | None = None
    closed: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreeRules:
    """Give the group new rules from their `valid_from` on; meetings held before keep theirs."""

    group: GroupId
    rules: Rules


@dataclass(frozen=True, slots=True)
class OpenCycle:
    """Open the group's next cycle; both days belong to it."""

    group: GroupId
    starts: date
    ends: date


# -- groups ----------------------------------------------------------------------------------------


def found(book: Book, command: FoundGroup, act: Act) -> Outcome[GroupId]:
    """Found a group. Raises Refusal with all problems."""
    with book.write(act) as session:
        group = found_in(session, command, act)
    return Outcome(GroupId(group.id), Changed.of(Topic.GROUPS, group=GroupId(group.id)))


def found_in(session: Session, command: FoundGroup, act: Act) -> Group:
    """Found a group inside an open write; see `found`."""
    code = people.tidy_code(command.code) or next_code(session, Group)
    name = people.tidy(command.name)
    refuse_if_stopped(
        [
            *_check(session, code, command.commune_code, None),
            *rules_of_groups.check_group(name, command.founded, None, act.today),
            *check_rules(command.rules),
            *rules_of_groups.check_cycle(command.cycle_starts, command.cycle_ends, []),
        ]
    )
    group = Group(
        uid=new_uid(),
        code=code,
        name=name,
        kind=command.kind,
        commune_code=command.commune_code or None,
        hamlet=people.tidy(command.hamlet),
        founded=command.founded,
        note=people.tidy_note(command.note),
    )
    _fill_names(group)
    session.add(group)
    session.flush()
    session.add(_constitution(GroupId(group.id), command.rules))
    session.add(
        Cycle(
            uid=new_uid(),
            group_id=group.id,
            number=1,
            starts=command.cycle_starts,
            ends=command.cycle_ends,
        )
    )
    session.flush()
    return group


def change(book: Book, command: ChangeGroup, act: Act) -> Outcome[GroupId]:
    """Change a group's own data. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        group = session.get_one(Group, command.group)
        expect_version(group, command.version)
        code, name = people.tidy_code(command.code), people.tidy(command.name)
        problems = [
            *_check(session, code, command.commune_code, command.group),
            *rules_of_groups.check_group(name, command.founded, command.closed, act.today),
            *_check_closing(session, command),
        ]
        refuse_if_stopped(problems)
        group.code, group.name, group.kind = code, name, command.kind
        group.commune_code, group.hamlet = command.commune_code or None, people.tidy(command.hamlet)
        group.founded, group.closed, group.note = (
            command.founded,
            command.closed,
            people.tidy_note(command.note),
        )
        _fill_names(group)
    return Outcome(command.group, Changed.of(Topic.GROUPS, group=command.group))


def propose_code(book: Book) -> str:
    """Return the next free code of a group."""
    with book.read() as session:
        return next_code(session, Group)


def _fill_names(group: Group) -> None:
    """Fill what follows from a group's name. Every write of the name passes here."""
    group.name_fold, group.name_sort = fold(group.name), sort_key(group.name)


def _check(session: Session, code: str, commune: str | None, but: int | None) -> list[Problem]:
    problems = [*people.check_code(code), *people.check_commune(commune)]
    name = session.scalar(select(Group.name).where(Group.code == code, Group.id != (but or 0)))
    if name is not None:
        text = _("Mã {code} là của nhóm {name}.").format(code=code, name=name)
        problems.append(Problem.stop("code-twice", "code", text))
    return problems


def _check_closing(session: Session, command: ChangeGroup) -> list[Problem]:
    _first, last = _meeting_days(session, command.group)
    if command.closed is None or last is None or command.closed >= last:
        return []
    text = _("Nhóm còn buổi họp ngày {day}, sau ngày giải thể.").format(day=show_day(last))
    return [Problem.stop("closed-early", "closed", text)]


# -- constitution ----------------------------------------------------------------------------------


def agree_rules(book: Book, command: AgreeRules, act: Act) -> Outcome[GroupId]:
    """Give the group new rules from a day on.

    Rules of a day that no meeting has been held under yet are replaced; else a new dated row is added.
    Raises Refusal when a meeting was held on or after that day.
    """
    with book.write(act) as session:
        group, rules = command.group, command.rules
        _first, last = _meeting_days(session, group)
        refuse_if_stopped([*check_rules(rules), *rules_of_groups.check_valid_from(rules.valid_from, last)])
        current = constitution_on(session, group, rules.valid_from)
        if current is not None and current.valid_from >= rules.valid_from:
            # The same day again, or a day before the first rules: nothing was done under them yet.
            _write_rules(current, rules)
        else:
            session.add(_constitution(group, rules))
    return Outcome(group, Changed.of(Topic.GROUPS, group=group))


def _constitution(group: GroupId, rules: Rules) -> Constitution:
    row = Constitution(uid=new_uid(), group_id=group, valid_from=rules.valid_from)
    _write_rules(row, rules)
    return row


def _write_rules(row: Constitution, rules: Rules) -> None:
    for name, value in asdict(replace(rules, fines=())).items():
        if name != "fines":
            setattr(row, name, value)
    row.fines = fines_to_text(rules.fines)


# -- cycles ----------------------------------------------------------------------------------------


def open_cycle(book: Book, command: OpenCycle, act: Act) -> Outcome[CycleId]:
    """Open the next cycle. Raises Refusal while another is open or the days overlap."""
    with book.write(act) as session:
        others = _cycle_days(session, command.group, None)
        refuse_if_stopped(
            [
                *rules_of_groups.check_opening(others),
                *rules_of_groups.check_cycle(command.starts, command.ends, others),
            ]
        )
        cycle = Cycle(
            uid=new_uid(),
            group_id=command.group,
            number=max((other.number for other in others), default=0) + 1,
            starts=command.starts,
            ends=command.ends,
        )
        session.add(cycle)
        session.flush()
    return Outcome(CycleId(cycle.id), Changed.of(Topic.GROUPS, group=command.group))


def change_cycle(book: Book, cycle: CycleId, starts: date, ends: date, act: Act) -> Outcome[CycleId]:
    """Change the days of a cycle; the meetings held in it must stay inside. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(Cycle, cycle)
        group = GroupId(record.group_id)
        _check_days(session, record, starts, ends)
        record.starts, record.ends = starts, ends
    return Outcome(cycle, Changed.of(Topic.GROUPS, group=group))


def close_cycle(book: Book, cycle: CycleId, ends: date, act: Act) -> Outcome[CycleId]:
    """Close a cycle, with `ends` as its last day. No money moves here. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(Cycle, cycle)
        group = GroupId(record.group_id)
        problems = []
        if record.state is CycleState.CLOSED:
            problems.append(Problem.stop("cycle-closed", "", _("Chu kỳ này đã kết thúc rồi.")))
        if ends > act.today:
            text = _("Chưa tới ngày kết thúc này.")
            problems.append(Problem.stop("ends-future", "ends", text))
        refuse_if_stopped(problems)
        _check_days(session, record, record.starts, ends)
        record.ends, record.state = ends, CycleState.CLOSED
    return Outcome(cycle, Changed.of(Topic.GROUPS, group=group))


def _check_days(session: Session, cycle: Cycle, starts: date, ends: date) -> None:
    group = GroupId(cycle.group_id)
    first, last = _meeting_days(session, group, cycle.id)
    refuse_if_stopped(
        rules_of_groups.check_cycle(
            starts, ends, _cycle_days(session, group, cycle.id), first_meeting=first, last_meeting=last
        )
    )


def _cycle_days(session: Session, group: GroupId, but: int | None) -> list[CycleDays]:
    return [
        CycleDays(cycle.number, cycle.starts, cycle.ends, cycle.state is CycleState.OPEN)
        for cycle in cycles_of(session, group)
        if cycle.id != but
    ]


def _meeting_days(
    session: Session, group: GroupId, cycle: int | None = None
) -> tuple[date | None, date | None]:
    """Return the days of the first and the last posted meeting, of the group or of one cycle."""
    query = select(func.min(Meeting.day), func.max(Meeting.day)).where(
        Meeting.group_id == group, Meeting.state == MeetingState.POSTED
    )
    if cycle is not None:
        query = query.where(Meeting.cycle_id == cycle)
    first, last = session.execute(query).one()
    return first, last

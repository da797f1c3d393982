"""Plans of change of groups: goals and actions, who does them by when, what was done; what is due and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import ActionState
from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import ChangeAction, Group
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _

DUE_WITHIN = 30
"""So many days before its day an action counts as due [ours]."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A line to be kept: `source` says which assessment it answers."""

    group: GroupId
    since: date | None
    goal: str
    action: str
    responsible: str
    due: date | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A line of a plan of change as lists show it. `days_late` counts from its day while it is open."""

    id: int
    uid: bytes
    group: GroupId
    group_name: str
    since: date
    goal: str
    action: str
    responsible: str
    due: date
    source: str
    state: ActionState
    settled: date | None
    outcome: str
    days_late: int
    version: int

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state is ActionState.OPEN


# -- deeds -----------------------------------------------------------------------------------------


def keep(book: Book, plan: Plan, act: Act, changing: tuple[int, int] | None = None) -> Outcome[int]:
    """Keep a line; `changing` names it and its version. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        refuse_if_stopped(_check(plan, act.today))
        assert plan.since is not None
        assert plan.due is not None
        if changing is None:
            row = ChangeAction(
                uid=new_uid(),
                group_id=plan.group,
                since=plan.since,
                goal="",
                action="",
                responsible="",
                due=plan.due,
            )
            session.add(row)
        else:
            row = session.get_one(ChangeAction, changing[0])
            expect_version(row, changing[1])
            if row.state is not ActionState.OPEN:
                text = _("Việc này đã kết thúc; hãy mở lại trước khi sửa.")
                refuse_if_stopped([Problem.stop("settled", "action", text)])
        row.since, row.due = plan.since, plan.due
        row.goal, row.action = people.tidy(plan.goal), people.tidy_note(plan.action)
        row.responsible, row.source = people.tidy(plan.responsible), people.tidy(plan.source)
        session.flush()
        made = row.id
    return Outcome(made, _changed(plan.group))


def _check(plan: Plan, today: date) -> list[Problem]:
    found = []
    for field, text in (
        ("goal", _("Cần ghi mục tiêu: nhóm muốn đạt điều gì.")),
        ("action", _("Cần ghi việc phải làm.")),
        ("responsible", _("Cần ghi ai chịu trách nhiệm.")),
    ):
        if not str(getattr(plan, field)).strip():
            found.append(Problem.stop("missing", field, text))
    if plan.since is None:
        found.append(Problem.stop("missing", "since", _("Cần ghi ngày thống nhất.")))
    elif plan.since > today:
        found.append(Problem.stop("future", "since", _("Ngày này chưa tới.")))
    if plan.due is None:
        found.append(Problem.stop("missing", "due", _("Cần ghi hạn xong.")))
    elif plan.since is not None and plan.due < plan.since:
        found.append(Problem.stop("order", "due", _("Hạn xong phải từ ngày thống nhất trở đi.")))
    return found


def settle(
    book: Book, key: int, version: int, state: ActionState, day: date | None, outcome: str, act: Act
) -> Outcome[int]:
    """Say that an action is done (with the evidence) or dropped (with the reason). Raises Refusal, Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(ChangeAction, key)
        expect_version(row, version)
        problems = []
        if row.state is not ActionState.OPEN:
            problems.append(Problem.stop("settled", "state", _("Việc này đã kết thúc.")))
        if state is ActionState.OPEN:
            problems.append(Problem.stop("open", "state", _("Hãy chọn đã xong hay đã bỏ.")))
        problems += settled_problems(row.since, day, act.today)
        if not outcome.strip():
            done = state is ActionState.DONE
            text = _("Cần bằng chứng: làm được gì, xem ở đâu.") if done else _("Cần ghi vì sao bỏ.")
            problems.append(Problem.stop("missing", "outcome", text))
        refuse_if_stopped(problems)
        row.state, row.settled, row.outcome = state, day, people.tidy_note(outcome)
        group = GroupId(row.group_id)
    return Outcome(key, _changed(group))


def settled_problems(first: date, day: date | None, today: date) -> list[Problem]:
    """Return what is wrong with the day on which something agreed on `first` was settled (field "day")."""
    if day is None:
        return [Problem.stop("missing", "day", _("Cần ghi ngày."))]
    if day > today:
        return [Problem.stop("future", "day", _("Ngày này chưa tới."))]
    if day < first:
        text = _("Ngày này trước ngày thống nhất ({day}).").format(day=show_day(first))
        return [Problem.stop("early", "day", text)]
    return []


def reopen(book: Book, key: int, version: int, act: Act) -> Outcome[int]:
    """Open an action again that was settled by mistake; the log keeps what stood there. Raises Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(ChangeAction, key)
        expect_version(row, version)
        row.state, row.settled, row.outcome = ActionState.OPEN, None, ""
        group = GroupId(row.group_id)
    return Outcome(key, _changed(group))


def _changed(group: GroupId) -> Changed:
    return Changed.of(Topic.CAPACITY, group=group)


# -- questions -------------------------------------------------------------------------------------


def actions(book: Book, group: GroupId, today: date) -> list[ActionRow]:
    """Return the plan of a group: what is open first, by its day."""
    with book.read() as session:
        return actions_in(session, today, group)


def actions_in(session: Session, today: date, group: GroupId | None = None) -> list[ActionRow]:
    """Return the lines of a group's plan, or of all plans: what is open first, by its day."""
    query = (
        select(ChangeAction, Group.name)
        .join(Group, Group.id == ChangeAction.group_id)
        .order_by(ChangeAction.state != ActionState.OPEN, ChangeAction.due, ChangeAction.id)
    )
    if group is not None:
        query = query.where(ChangeAction.group_id == group)
    return [_row(row, name, today) for row, name in session.execute(query)]


def follow_up(book: Book, today: date) -> list[ActionRow]:
    """Return what is late or due soon in all groups, the latest first."""
    with book.read() as session:
        rows = [row for row in actions_in(session, today) if row.open]
    soon = [row for row in rows if row.days_late > -DUE_WITHIN]
    return sorted(soon, key=lambda row: (row.due, row.group_name))


def goals(rows: Sequence[ActionRow]) -> list[str]:
    """Return the goals of lines, each once, in their order."""
    return list(dict.fromkeys(row.goal for row in rows))


def _row(row: ChangeAction, name: str, today: date) -> ActionRow:
    return ActionRow(
        row.id,
        row.uid,
        GroupId(row.group_id),
        name,
        row.since,
        row.goal,
        row.action,
        row.responsible,
        row.due,
        row.source,
        row.state,
        row.settled,
        row.outcome,
        (today - row.due).days if row.state is ActionState.OPEN else 0,
        row.version,
    )

"""Groups: founded, changed, their constitution and their cycles. Lists are in `group_lists`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, new_uid
from desktop.models.kinds import CycleState, GroupKind
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Cycle, Group, LoanProduct
from desktop.models.rules import groups as rules_of_groups
from desktop.models.rules import people
from desktop.models.rules.charter import Charter, check_charter
from desktop.models.rules.constitution import Rules, check_rules
from desktop.models.rules.groups import CycleDays
from desktop.models.rules.loan_products import Product, check_product
from desktop.models.rules.plain import to_text
from desktop.models.rules.savings_terms import SavingsAgreed
from desktop.services import savings
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.charters import KeptCharter, lending_words, write_charter
from desktop.services.codes import next_code
from desktop.services.constitutions import AgreeRules, agree_rules, meeting_days, new_constitution
from desktop.services.facts import cycles_of
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
    "NewProduct",
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


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A loan product that the group begins with; its code in the book begins with the group's."""

    code: str
    name: str
    product: Product


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGroup:
    """Found a group with its first constitution and its first cycle; without a code it gets the next free one.

    `charter` are the words of the constitution, `products` the loans it offers, `savings` what its savings
    bear and when they may be taken out, `template` what all this began with.
    """

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
    charter: Charter | None = None
    products: tuple[NewProduct, ...] = ()
    savings: tuple[SavingsAgreed, ...] = ()
    template: str = ""


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
            *([] if command.charter is None else check_charter(command.charter)),
            *(problem for one in command.products for problem in check_product(one.product)),
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
    constitution = new_constitution(GroupId(group.id), command.rules)
    session.add(constitution)
    for one in command.products:
        _offer(session, group, one)
    for agreed in command.savings:
        savings.begin_with(session, GroupId(group.id), agreed)
    if command.charter is not None:
        session.flush()
        lending = lending_words(session, GroupId(group.id))
        kept = KeptCharter(replace(command.charter, lending=lending), template=command.template)
        write_charter(session, constitution.id, kept)
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


def _offer(session: Session, group: Group, wanted: NewProduct) -> None:
    """Add a loan product to a new group; a code that is taken gets a number behind it."""
    wish = code = f"{group.code}-{wanted.code.strip()}"
    number = 2
    while session.scalar(select(LoanProduct.id).where(LoanProduct.code == code)) is not None:
        code, number = f"{wish}-{number}", number + 1
    name = people.tidy(wanted.name)
    rules = to_text(wanted.product)
    session.add(LoanProduct(uid=new_uid(), code=code, name=name, group_id=group.id, rules=rules))
    session.flush()


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
    _first, last = meeting_days(session, command.group)
    if command.closed is None or last is None or command.closed >= last:
        return []
    text = _("Nhóm còn buổi họp ngày {day}, sau ngày giải thể.").format(day=show_day(last))
    return [Problem.stop("closed-early", "closed", text)]


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
    first, last = meeting_days(session, group, cycle.id)
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

"""Templates of groups: those that come with the program, those kept in the book; copied from a group, carried as files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Group, GroupTemplate, Member, Membership
from desktop.models.rules import sealed
from desktop.models.rules.templates import (
    SEAL,
    Naming,
    Origin,
    Template,
    check_template,
    find_people,
    open_template,
    product_from,
    read_template,
    rules_from,
    template_of,
    write_template,
)
from desktop.services import charters
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.facts import cycle_on, rules_on
from desktop.services.groups import NewProduct
from desktop.services.savings_facts import agreed_on
from desktop.store.book import Book
from resources import templates as files
from resources.lang.messages import _
from resources.lang.names import fold, sort_key

FIRST = "vsla"
"""The template that founding a group begins with."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as lists show it: `id` None for one of the program; `groups` counts the groups that began with it."""

    id: int | None
    template: Template
    added_at: datetime | None = None
    added_by: str = ""
    active: bool = True
    groups: int = 0

    @property
    def key(self) -> str:
        """Return what names this template among all: code and version, where it is kept."""
        return f"{'book' if self.id is not None else 'shipped'}/{self.template.code}/{self.template.version}"


# -- questions -------------------------------------------------------------------------------------


def shipped() -> list[TemplateRow]:
    """Return the templates of the program: the usual first one, then by title, the blank one last."""
    rows = [TemplateRow(None, read_template(raw)) for raw in files.shipped().values()]
    return sorted(rows, key=_place)


def listed(book: Book, *, with_ended: bool = False) -> list[TemplateRow]:
    """Return all templates on offer: those of the program, then those kept in the book, the newest version of each."""
    with book.read() as session:
        used = _used(session)
        query = select(GroupTemplate).order_by(GroupTemplate.code, GroupTemplate.template_version.desc())
        if not with_ended:
            query = query.where(GroupTemplate.active.in_((True,)))
        kept: dict[str, TemplateRow] = {}
        for row in session.scalars(query):
            if row.code not in kept:
                template = read_template(json.loads(row.content))
                kept[row.code] = TemplateRow(
                    row.id, template, row.added_at, row.added_by, row.active, used.get(row.code, 0)
                )
        own = sorted(kept.values(), key=lambda one: sort_key(str(one.template.title)))
        program = [replace(one, groups=used.get(one.template.code, 0)) for one in shipped()]
        return [*program, *own]


def find(book: Book, code: str) -> TemplateRow | None:
    """Return the template of a code: one of the book before one of the program; None when there is none."""
    found = [row for row in listed(book, with_ended=True) if row.template.code == code]
    return found[-1] if found else None


def proposal(template: Template, founded: date) -> tuple[NewProduct, ...]:
    """Return the loan products that a group founded on a day would begin with, in the language in use."""
    return tuple(NewProduct(one.code, str(one.name), product_from(one, founded)) for one in template.products)


def _place(row: TemplateRow) -> tuple[int, Any]:
    code = row.template.code
    return {FIRST: 0, "other": 2}.get(code, 1), sort_key(str(row.template.title))


def _used(session: Session) -> dict[str, int]:
    """Return how many groups began with each template."""
    from desktop.models.records.every import CharterRow, Constitution

    rows = session.execute(
        select(CharterRow.template, func.count(Constitution.group_id.distinct()))
        .join(Constitution, Constitution.id == CharterRow.constitution_id)
        .where(CharterRow.template != "")
        .group_by(CharterRow.template)
    )
    return {str(code): int(count) for code, count in rows}


# -- from a group ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Copy a group's ways of today into a template that is kept in the book."""

    group: GroupId
    code: str
    title: str
    explanation: str


def propose_naming(book: Book, group: GroupId) -> Naming:
    """Return what the form of a copy begins with."""
    with book.read() as session:
        record = session.get_one(Group, group)
        code = re.sub(r"[^a-z0-9]+", "-", fold(record.name).replace("đ", "d")).strip("-")[:40]
        return Naming(code, record.name, "")


def copy_group(book: Book, command: CopyGroup, act: Act) -> Outcome[int]:
    """Keep a group's ways as a template. Raises Refusal: what is missing, or a text that names a person."""
    with book.write(act) as session:
        kept = copy_in(session, command, act)
    return Outcome(kept.id, Changed.of(Topic.GROUPS))


def copy_in(session: Session, command: CopyGroup, act: Act) -> GroupTemplate:
    """Keep a group's ways as a template inside an open write; see `copy_group`."""
    template = of_group(session, command, act.today)
    content = write_template(template)
    refuse_if_stopped([*check_template(template), *name_problems(session, command.group, content)])
    return keep_in(session, template, act)


def of_group(session: Session, command: CopyGroup, day: date) -> Template:
    """Return a group's ways of a day as a template, with no member and no money in it."""
    record = session.get_one(Group, command.group)
    cycle = cycle_on(session, command.group, day)
    months = 12 if cycle is None else max(1, round((cycle.ends - cycle.starts).days / 30.44))
    last = session.scalar(
        select(func.max(GroupTemplate.template_version)).where(GroupTemplate.code == command.code.strip())
    )
    prefix = f"{record.code}-"
    return template_of(
        Naming(command.code, command.title, command.explanation, (last or 0) + 1),
        record.kind,
        rules_on(session, command.group, day),
        charters.charter_on(session, command.group, day),
        [
            (code.removeprefix(prefix), name, product)
            for code, name, product in charters.products_of(session, command.group)
        ],
        Origin(record.name, record.commune_code or ""),
        months,
        agreed_on(session, command.group, day),
    )


def name_problems(session: Session, group: GroupId, content: Mapping[str, Any]) -> list[Problem]:
    """Return the problems of texts that name a member of the group, past or present, or carry one's numbers."""
    rows = session.scalars(
        select(Member)
        .join(Membership, Membership.member_id == Member.id)
        .where(Membership.group_id == group)
        .distinct()
    ).all()
    numbers = [number for row in rows for number in (row.phone, row.citizen_number) if number]
    return find_people(content, [row.full_name for row in rows], numbers)


# -- files -----------------------------------------------------------------------------------------


def file_of(book: Book, code: str) -> bytes:
    """Return the travelling file of a template. Raises Refusal when there is none of that code."""
    row = find(book, code)
    if row is None:
        text = _("Không có mẫu nào mang mã {code}.").format(code=code)
        refuse_if_stopped([Problem.stop("template", "code", text)])
    assert row is not None
    return sealed.close(SEAL, write_template(row.template))


def bring_in(book: Book, data: bytes, act: Act) -> Outcome[int]:
    """Keep the template of a travelling file. Raises Refusal (field "file") when the file is not sound or known."""
    template, seal = open_template(data)
    with book.write(act) as session:
        same = session.scalars(
            select(GroupTemplate).where(
                GroupTemplate.code == template.code, GroupTemplate.template_version == template.version
            )
        ).one_or_none()
        if same is not None and same.sha256 == seal:
            text = _("Mẫu này đã có trong sổ rồi.")
            refuse_if_stopped([Problem.stop("known", "file", text)])
        if same is not None or template.code in files.shipped():
            text = _("Sổ đã có mẫu khác mang cùng mã {code}, bản {version}.")
            text = text.format(code=template.code, version=template.version)
            refuse_if_stopped([Problem.stop("taken", "file", text)])
        kept = keep_in(session, template, act)
    return Outcome(kept.id, Changed.of(Topic.GROUPS))


def keep_in(session: Session, template: Template, act: Act) -> GroupTemplate:
    """Keep a template inside an open write. Raises Refusal for a code that the program itself uses."""
    if template.code in files.shipped():
        text = _("Mã {code} là của mẫu có sẵn; hãy chọn mã khác.").format(code=template.code)
        refuse_if_stopped([Problem.stop("code-shipped", "code", text)])
    content = write_template(template)
    row = GroupTemplate(
        uid=new_uid(),
        code=template.code,
        template_version=template.version,
        title=str(template.title),
        content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        sha256=sealed.digest(content),
        added_at=act.at,
        added_by=act.who,
    )
    session.add(row)
    session.flush()
    return row


def put_away(book: Book, template: int, act: Act, *, active: bool = False) -> Outcome[int]:
    """Offer a template of the book no more (or again); groups that began with it stay as they are."""
    with book.write(act) as session:
        session.get_one(GroupTemplate, template).active = active
    return Outcome(template, Changed.of(Topic.GROUPS))


__all__ = [
    "CopyGroup",
    "TemplateRow",
    "bring_in",
    "copy_group",
    "file_of",
    "find",
    "listed",
    "proposal",
    "propose_naming",
    "put_away",
    "rules_from",
    "shipped",
]

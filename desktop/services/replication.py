"""Working models in the book: made from a group, carried as files, adopted elsewhere, followed by their checklist."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.kinds import MeetingState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import AdoptionStep, Group, Meeting, ModelAdoption, WorkingModel
from desktop.models.rules import people, sealed
from desktop.models.rules.replication import (
    SEAL,
    AdoptionState,
    CoursePart,
    HouseholdCost,
    Model,
    Standing,
    check_adoption,
    check_model,
    check_step,
    checklist_from,
    open_model,
    read_model,
    write_model,
)
from desktop.models.rules.templates import Origin, Template, read_template
from desktop.services import templates
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.templates import CopyGroup, name_problems
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources import places
from resources import templates as files
from resources.lang.messages import _

_CHANGED = (Topic.MODELS,)


# -- rows ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as lists show it: the group of this book it was made from, where it was adopted and where it is replicated."""

    id: int
    model: Model
    sha256: str
    group: GroupId | None
    group_name: str
    added_at: datetime
    added_by: str
    adopted: int = 0
    running: int = 0
    replicated: int = 0

    @property
    def source(self) -> str:
        """Return where the model comes from: group and commune."""
        return origin_words(self.model.origin)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One item of the checklist at a place."""

    item: str
    text: str
    done_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A place that adopted a model: which group or commune, since when, how far it is on a day."""

    id: int
    model: int
    model_code: str
    model_title: str
    group: GroupId | None
    place: str
    commune: str
    adopted_on: date
    with_transfer: bool
    transfer_note: str
    note: str
    version: int
    standing: Standing
    state: AdoptionState
    replicated: bool
    steps: tuple[StepRow, ...]

    @property
    def progress(self) -> str:
        """Return how much of the checklist is done: "4/6"."""
        return f"{self.standing.done}/{self.standing.items}"


def origin_words(origin: Origin) -> str:
    """Return where something was copied from, in words."""
    commune = places.commune(origin.commune) if origin.commune else None
    return ", ".join(part for part in (origin.group, "" if commune is None else commune.full_name) if part)


# -- questions -------------------------------------------------------------------------------------


def listed(book: Book, day: date) -> list[ModelRow]:
    """Return the models of the book, the newest version of each code first by code."""
    with book.read() as session:
        counts = _by_model(adoptions_in(session, day))
        rows = session.execute(
            select(WorkingModel, Group.name)
            .outerjoin(Group, Group.id == WorkingModel.group_id)
            .order_by(WorkingModel.code, WorkingModel.model_version.desc())
        ).all()
        return [_row(record, name or "", counts.get(record.id, [])) for record, name in rows]


def _by_model(rows: Iterable[AdoptionRow]) -> dict[int, list[AdoptionRow]]:
    found: dict[int, list[AdoptionRow]] = {}
    for row in rows:
        found.setdefault(row.model, []).append(row)
    return found


def _row(record: WorkingModel, name: str, adoptions: list[AdoptionRow]) -> ModelRow:
    return ModelRow(
        record.id,
        read_model(json.loads(record.content)),
        record.sha256,
        None if record.group_id is None else GroupId(record.group_id),
        name,
        record.added_at,
        record.added_by,
        len(adoptions),
        sum(row.state is AdoptionState.RUNS for row in adoptions),
        sum(row.replicated for row in adoptions),
    )


def get(book: Book, model: int, day: date) -> ModelRow:
    """Return one model."""
    return next(row for row in listed(book, day) if row.id == model)


def adoptions(book: Book, day: date, model: int | None = None) -> list[AdoptionRow]:
    """Return the places that adopted a model (None: any), the latest first, as they stand on a day."""
    with book.read() as session:
        return adoptions_in(session, day, model)


def adoptions_in(session: Session, day: date, model: int | None = None) -> list[AdoptionRow]:
    """Return the places that had adopted a model by a day, inside an open session."""
    query = (
        select(ModelAdoption, WorkingModel, Group)
        .join(WorkingModel, WorkingModel.id == ModelAdoption.model_id)
        .outerjoin(Group, Group.id == ModelAdoption.group_id)
        .where(ModelAdoption.adopted_on <= day)
        .order_by(ModelAdoption.adopted_on.desc(), ModelAdoption.id.desc())
    )
    if model is not None:
        query = query.where(ModelAdoption.model_id == model)
    found = session.execute(query).all()
    steps: dict[int, list[AdoptionStep]] = {}
    for step in session.scalars(select(AdoptionStep).order_by(AdoptionStep.item)):
        steps.setdefault(step.adoption_id, []).append(step)
    held = session.execute(
        select(Meeting.group_id, func.max(Meeting.day))
        .where(Meeting.state == MeetingState.POSTED, Meeting.day <= day)
        .group_by(Meeting.group_id)
    )
    last: dict[int, date] = {row[0]: row[1] for row in held}
    return [_adoption(row, made, group, steps.get(row.id, []), last, day) for row, made, group in found]


def _adoption(
    row: ModelAdoption,
    made: WorkingModel,
    group: Group | None,
    steps: list[AdoptionStep],
    last: dict[int, date],
    day: date,
) -> AdoptionRow:
    texts = {item.code: item.text for item in read_model(json.loads(made.content)).checklist}
    done = sum(step.done_on is not None and step.done_on <= day for step in steps)
    standing = Standing(
        row.adopted_on,
        done,
        len(steps),
        None if group is None else last.get(group.id),
        row.with_transfer,
        row.ended_on,
    )
    code = row.commune_code or ("" if group is None else group.commune_code or "")
    commune = places.commune(code) if code else None
    commune_name = "" if commune is None else commune.full_name
    return AdoptionRow(
        row.id,
        made.id,
        made.code,
        made.title,
        None if group is None else GroupId(group.id),
        commune_name if group is None else group.name,
        commune_name,
        row.adopted_on,
        row.with_transfer,
        row.transfer_note,
        row.note,
        row.version,
        standing,
        standing.state(day),
        standing.replicated(day),
        tuple(StepRow(step.item, texts.get(step.item, step.item), step.done_on, step.note) for step in steps),
    )


def courses(book: Book, day: date) -> list[CoursePart]:
    """Return the courses that the book teaches on a day, as plain parts of a model."""
    from desktop.services import training_courses

    return [
        CoursePart(course.code, course.shown, course.minutes, course.codes)
        for course in training_courses.offered(book, day)
    ]


# -- making a model --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeModel:
    """Make a model from a group of the book: its ways of today, courses, checklist (one item a line), cost of a household."""

    group: GroupId
    code: str
    title: str
    description: str
    checklist: str
    courses: tuple[CoursePart, ...] = ()
    cost: int = 0
    cost_households: int = 0
    cost_basis: str = ""
    lessons: str = ""


def make(book: Book, command: MakeModel, act: Act) -> Outcome[int]:
    """Keep a group's way of working as a model. Raises Refusal: what is missing, or a text that names a person."""
    with book.write(act) as session:
        record = session.get_one(Group, command.group)
        code = command.code.strip().upper()
        last = session.scalar(select(func.max(WorkingModel.model_version)).where(WorkingModel.code == code))
        model = Model(
            code=code,
            version=(last or 0) + 1,
            title=people.tidy(command.title),
            description=people.tidy_note(command.description),
            template=_template(session, command, act.today),
            courses=command.courses,
            checklist=checklist_from(command.checklist),
            cost=HouseholdCost(command.cost, command.cost_households, people.tidy_note(command.cost_basis)),
            lessons=people.tidy_note(command.lessons),
            origin=Origin(record.name, record.commune_code or ""),
        )
        content = write_model(model)
        refuse_if_stopped([*check_model(model), *name_problems(session, command.group, content)])
        kept = _keep(session, model, command.group, act)
    return Outcome(kept.id, Changed.of(*_CHANGED))


def _template(session: Session, command: MakeModel, day: date) -> Template:
    """Return the group's ways as the template of the model; it bears the model's code and words."""
    slug = command.code.strip().lower()
    copy = CopyGroup(command.group, slug, people.tidy(command.title), people.tidy_note(command.description))
    return templates.of_group(session, copy, day)


def _keep(session: Session, model: Model, group: GroupId | None, act: Act) -> WorkingModel:
    content = write_model(model)
    row = WorkingModel(
        uid=new_uid(),
        code=model.code,
        model_version=model.version,
        title=model.title,
        content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        sha256=sealed.digest(content),
        group_id=group,
        added_at=act.at,
        added_by=act.who,
    )
    session.add(row)
    session.flush()
    return row


# -- files -----------------------------------------------------------------------------------------


def file_of(book: Book, model: int) -> bytes:
    """Return the travelling file of a model."""
    with book.read() as session:
        content: dict[str, Any] = json.loads(session.get_one(WorkingModel, model).content)
        return sealed.close(SEAL, content)


def bring_in(book: Book, data: bytes, act: Act) -> Outcome[int]:
    """Keep the model of a travelling file, and offer its template for founding. Raises Refusal (field "file")."""
    model, seal = open_model(data)
    with book.write(act) as session:
        same = session.scalars(
            select(WorkingModel).where(
                WorkingModel.code == model.code, WorkingModel.model_version == model.version
            )
        ).one_or_none()
        if same is not None:
            text = (
                _("Mô hình này đã có trong sổ rồi.")
                if same.sha256 == seal
                else _("Sổ đã có mô hình khác mang cùng mã {code}, bản {version}.")
            )
            text = text.format(code=model.code, version=model.version)
            raise Refusal([Problem.stop("known", "file", text)])
        kept = _keep(session, model, None, act)
        _offer_template(session, model, act)
    return Outcome(kept.id, Changed.of(*_CHANGED, Topic.GROUPS))


def _offer_template(session: Session, model: Model, act: Act) -> None:
    """Keep the template of a model that came from elsewhere, unless one of that code and version is here."""
    from desktop.models.records.every import GroupTemplate

    template = read_template(write_model(model)["template"])
    taken = session.scalar(
        select(GroupTemplate.id).where(
            GroupTemplate.code == template.code, GroupTemplate.template_version == template.version
        )
    )
    if taken is None and template.code not in files.shipped():
        templates.keep_in(session, template, act)


# -- adopting --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """A group (or a commune, for a group to come) adopts a model on a day; `with_transfer`: a project gave for it."""

    model: int
    adopted_on: date
    group: GroupId | None = None
    commune: str | None = None
    with_transfer: bool = False
    transfer_note: str = ""
    note: str = ""


def adopt(book: Book, command: Adopt, act: Act) -> Outcome[int]:
    """Note that a place adopts a model; its checklist begins. Raises Refusal."""
    with book.write(act) as session:
        made = session.get_one(WorkingModel, command.model)
        problems = check_adoption(
            command.adopted_on,
            act.today,
            has_place=command.group is not None or bool(command.commune),
            own_group=command.group is not None and command.group == made.group_id,
            with_transfer=command.with_transfer,
            transfer_note=command.transfer_note,
        )
        problems += people.check_commune(command.commune, "commune") if command.commune else []
        problems += _check_twice(session, command)
        refuse_if_stopped(problems)
        row = ModelAdoption(
            uid=new_uid(),
            model_id=command.model,
            group_id=command.group,
            commune_code=command.commune or _commune_of(session, command.group),
            adopted_on=command.adopted_on,
            with_transfer=command.with_transfer,
            transfer_note=people.tidy_note(command.transfer_note),
            note=people.tidy_note(command.note),
        )
        session.add(row)
        session.flush()
        for item in read_model(json.loads(made.content)).checklist:
            session.add(AdoptionStep(uid=new_uid(), adoption_id=row.id, item=item.code))
    return Outcome(row.id, Changed.of(*_CHANGED))


def _check_twice(session: Session, command: Adopt) -> list[Problem]:
    """Return the problem of a place that follows the model already."""
    query = select(ModelAdoption.id).where(
        ModelAdoption.model_id == command.model, ModelAdoption.ended_on.is_(None)
    )
    if command.group is not None:
        query = query.where(ModelAdoption.group_id == command.group)
    else:
        query = query.where(ModelAdoption.group_id.is_(None), ModelAdoption.commune_code == command.commune)
    if session.scalar(query.limit(1)) is None:
        return []
    return [Problem.stop("adopted", "group", _("Nơi này đang áp dụng mô hình đó rồi."))]


def _commune_of(session: Session, group: GroupId | None) -> str | None:
    return None if group is None else session.get_one(Group, group).commune_code


def set_step(book: Book, adoption: int, item: str, done_on: date | None, note: str, act: Act) -> Outcome[int]:
    """Note on which day an item of the checklist was done; None: not done. Raises Refusal (field "done_on")."""
    with book.write(act) as session:
        row = session.get_one(ModelAdoption, adoption)
        refuse_if_stopped(check_step(done_on, row.adopted_on, act.today))
        step = session.scalars(
            select(AdoptionStep).where(AdoptionStep.adoption_id == adoption, AdoptionStep.item == item)
        ).one()
        step.done_on, step.note = done_on, people.tidy_note(note)
    return Outcome(adoption, Changed.of(*_CHANGED))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAdoption:
    """Change what is noted of a place: the group that now runs it, the transfer, the day it ended."""

    adoption: int
    version: int
    group: GroupId | None
    with_transfer: bool
    transfer_note: str = ""
    note: str = ""
    ended_on: date | None = None


def change_adoption(book: Book, command: ChangeAdoption, act: Act) -> Outcome[int]:
    """Change what is noted of a place. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(ModelAdoption, command.adoption)
        expect_version(row, command.version)
        made = session.get_one(WorkingModel, row.model_id)
        problems = check_adoption(
            row.adopted_on,
            act.today,
            has_place=command.group is not None or bool(row.commune_code),
            own_group=command.group is not None and command.group == made.group_id,
            with_transfer=command.with_transfer,
            transfer_note=command.transfer_note,
        )
        if command.ended_on is not None and command.ended_on < row.adopted_on:
            text = _("Ngày thôi áp dụng trước ngày áp dụng.")
            problems.append(Problem.stop("ended-early", "ended_on", text))
        refuse_if_stopped(problems)
        row.group_id = command.group
        row.commune_code = _commune_of(session, command.group) or row.commune_code
        row.with_transfer, row.transfer_note = (
            command.with_transfer,
            people.tidy_note(command.transfer_note),
        )
        row.note, row.ended_on = people.tidy_note(command.note), command.ended_on
    return Outcome(command.adoption, Changed.of(*_CHANGED))

"""Templates kept in the book, the words of constitutions, working models and where they were adopted."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Flag,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    Whole,
    mapped_column,
)


class CharterRow(Logged, Base):
    """What a constitution says beside its amounts, and how it was agreed; one row for each row of `constitutions`.

    `offices` is the JSON of `rules.charter.Seats`; `clauses` one further clause a line; `lending` how the group lent
    when it was agreed, in words. `template` is the code of the template that it began with. `present` and
    `in_favour` count members; `meeting_id` is the meeting whose minutes tell of it.
    """

    __tablename__ = "charters"
    __table_args__ = (
        CheckConstraint("in_favour <= present", name="votes"),
        CheckConstraint("in_favour >= 0", name="in_favour"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    constitution_id: Mapped[int] = mapped_column(ForeignKey("constitutions.id"), unique=True)
    template: Mapped[str] = mapped_column(default="")
    aim: Mapped[str] = mapped_column(Text, default="")
    membership: Mapped[str] = mapped_column(Text, default="")
    offices: Mapped[str] = mapped_column(Text, default="[]")
    clauses: Mapped[str] = mapped_column(Text, default="")
    lending: Mapped[str] = mapped_column(Text, default="")
    agreed_on: Mapped[MaybeDay] = mapped_column(default=None)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), default=None, index=True)
    present: Mapped[int] = mapped_column(default=0)
    in_favour: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")


class GroupTemplate(Logged, Base):
    """A template read in from a file or copied from a group of this book; `content` is its JSON, `sha256` its seal."""

    __tablename__ = "group_templates"
    __table_args__ = (Index("uq_group_templates_code", "code", "template_version", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str]
    template_version: Mapped[int] = mapped_column(Whole)
    title: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    added_at: Mapped[Instant]
    added_by: Mapped[str]
    active: Mapped[Flag] = mapped_column(default=True)


class WorkingModel(Logged, Base):
    """A way of working that others may adopt: template, courses, checklist, cost of a household.

    `content` is the JSON of `rules.replication.Model`, `sha256` its seal. `group_id` is the group of this book that
    it was made from; none for a model read in from a file.
    """

    __tablename__ = "working_models"
    __table_args__ = (Index("uq_working_models_code", "code", "model_version", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str]
    model_version: Mapped[int] = mapped_column(Whole)
    title: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None)
    added_at: Mapped[Instant]
    added_by: Mapped[str]


class ModelAdoption(Logged, Base):
    """A model adopted by a group, or by a commune for a group to come.

    `with_transfer`: a project gave money or things for it; then it does not count as replicated. `ended_on`: the day
    from which the place no longer follows the model.
    """

    __tablename__ = "model_adoptions"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    model_id: Mapped[int] = mapped_column(ForeignKey("working_models.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    commune_code: Mapped[str | None] = mapped_column(default=None)
    adopted_on: Mapped[Day]
    with_transfer: Mapped[Flag] = mapped_column(default=False)
    transfer_note: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[MaybeDay] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class AdoptionStep(Logged, Base):
    """One item of a model's checklist at a place: done on a day, or not (yet), with a word about it."""

    __tablename__ = "adoption_steps"
    __table_args__ = (Index("uq_adoption_steps_item", "adoption_id", "item", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("model_adoptions.id"))
    item: Mapped[str]
    done_on: Mapped[MaybeDay] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")

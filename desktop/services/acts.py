"""Who does a deed and when; what a deed gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from desktop.models.ids import GroupId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, at which moment (aware, UTC), and which day it is in the village."""

    who: str
    at: datetime
    today: date

    @classmethod
    def now(cls, who: str) -> Act:
        """Return an act of this moment on this computer's clock."""
        return cls(who=who, at=datetime.now(UTC), today=date.today())


class Topic(StrEnum):
    """What a deed may have changed; pages that show it reload."""

    BOOK = "book"
    GROUPS = "groups"
    MEMBERS = "members"
    HOUSEHOLDS = "households"
    MEETINGS = "meetings"
    ENTRIES = "entries"
    LOANS = "loans"
    LIVELIHOODS = "livelihoods"
    JOBS = "jobs"
    SHOCKS = "shocks"
    TRAINING = "training"
    PERIODS = "periods"
    PRINTS = "prints"
    DRAFTS = "drafts"
    ATTACHMENTS = "attachments"
    ROSCAS = "roscas"
    SUPPORTS = "supports"
    SAVINGS = "savings"
    MODELS = "models"
    INCLUSION = "inclusion"
    USERS = "users"
    POPULATION = "population"
    ANALYSIS = "analysis"
    CAPACITY = "capacity"
    COORDINATION = "coordination"
    AUDITS = "audits"
    BOARD = "board"


class Changed(NamedTuple):
    """What changed: topics, and the group when it is only one."""

    topics: frozenset[Topic]
    group: GroupId | None = None

    @classmethod
    def of(cls, *topics: Topic, group: GroupId | None = None) -> Changed:
        """Return a change of these topics."""
        return cls(frozenset(topics), group)


NOTHING_CHANGED = Changed(frozenset())


class Outcome(NamedTuple, Generic[T]):
    """What a deed gives back: a value, and what it changed."""

    value: T
    changed: Changed = NOTHING_CHANGED

"""Meetings, attendance, and drafts of what is not posted yet."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, text

from desktop.models.kinds import Attendance, MeetingState
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Instant,
    Key,
    Logged,
    Mapped,
    Uid,
    WordColumn,
    mapped_column,
)

_STILL_POSTED = text("state = 'posted'")


class Meeting(Logged, Base):
    """A posted meeting. A correction changes this row (the chain keeps before and after) and reverses and posts
    anew the vouchers that differ; `corrections` counts them, `reason` says why the last one, or the reversal.

    `counted` and `social_counted` are JSON objects {note value: pieces} of the count of each box, or empty;
    `sheet` keeps what was keyed in (JSON), so that a correction starts from it.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index(
            "uq_meetings_number",
            "group_id",
            "number",
            unique=True,
            sqlite_where=_STILL_POSTED,
            postgresql_where=_STILL_POSTED,
        ),
        Index(
            "uq_meetings_day",
            "group_id",
            "day",
            unique=True,
            sqlite_where=_STILL_POSTED,
            postgresql_where=_STILL_POSTED,
        ),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    number: Mapped[int]
    day: Mapped[Day]
    place: Mapped[str] = mapped_column(default="")
    started: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None)
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None)
    decisions: Mapped[str] = mapped_column(default="")
    counted: Mapped[str] = mapped_column(default="")
    social_counted: Mapped[str] = mapped_column(default="")
    cash_difference: Mapped[Dongs] = mapped_column(default=0)
    social_difference: Mapped[Dongs] = mapped_column(default=0)
    difference_reason: Mapped[str] = mapped_column(default="")
    sheet: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[MeetingState] = mapped_column(WordColumn(MeetingState), default=MeetingState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    corrections: Mapped[int] = mapped_column(default=0)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class MeetingAttendance(Base):
    """How one member took part in one posted meeting. The chain covers it through the meeting's `sheet`."""

    __tablename__ = "attendances"
    __table_args__ = (STRICT,)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
    )
    state: Mapped[Attendance] = mapped_column(WordColumn(Attendance))
    note: Mapped[str] = mapped_column(default="")


class Draft(Base):
    """What someone is typing, kept at every keystroke: `kind` "meeting" with the group as `key`, and so on."""

    __tablename__ = "drafts"
    __table_args__ = (Index("uq_drafts_kind_key", "kind", "key", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    kind: Mapped[str]
    key: Mapped[str]
    content: Mapped[str]
    saved_at: Mapped[Instant]
    saved_by: Mapped[str]

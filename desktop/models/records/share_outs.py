"""Share-outs: the division of a group's fund at the end of a cycle, as it was decided and posted."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, text

from desktop.models.kinds import OpeningState
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    WordColumn,
    mapped_column,
)


class ShareOut(Logged, Base):
    """One share-out. Amounts in đồng; `plan` (JSON) holds every member's figures as they were signed.

    `net` is what the group owned, `divided` what was divided, `paid` the sum of all payouts, `remainder` what rounding
    left. `vouchers` (JSON list of ids) is all that it posted; taking it back reverses them all. A cycle is shared out once.
    """

    __tablename__ = "share_outs"
    __table_args__ = (
        Index(
            "uq_share_outs_cycle",
            "cycle_id",
            unique=True,
            sqlite_where=text("state = 'posted'"),
            postgresql_where=text("state = 'posted'"),
        ),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    next_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycles.id"), default=None)
    cycle_ended: Mapped[Day]
    day: Mapped[Day]
    net: Mapped[Dongs]
    divided: Mapped[Dongs]
    paid: Mapped[Dongs]
    remainder: Mapped[Dongs]
    unit: Mapped[Dongs]
    approved_by: Mapped[str]
    minutes: Mapped[str]
    plan: Mapped[str] = mapped_column(Text)
    vouchers: Mapped[str] = mapped_column(Text)
    closed_before: Mapped[MaybeDay] = mapped_column(default=None)
    state: Mapped[OpeningState] = mapped_column(WordColumn(OpeningState), default=OpeningState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]

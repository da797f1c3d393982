"""Grants from a group's social fund: asked for, decided, paid."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey

from desktop.models.kinds import GrantReason, GrantState
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


class SocialGrant(Logged, Base):
    """One grant to a member (or the member's household), in đồng. `decision` says who or how many approved it.

    Money leaves the social-fund box only with `voucher_id`, after the approval.
    """

    __tablename__ = "social_grants"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    reason: Mapped[GrantReason] = mapped_column(WordColumn(GrantReason))
    words: Mapped[str] = mapped_column(default="")
    amount: Mapped[Dongs]
    requested_on: Mapped[Day]
    state: Mapped[GrantState] = mapped_column(WordColumn(GrantState), default=GrantState.REQUESTED)
    decided_on: Mapped[MaybeDay] = mapped_column(default=None)
    decision: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[MaybeDay] = mapped_column(default=None)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]

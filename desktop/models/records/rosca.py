"""Rotating funds (họ, hụi, biêu, phường) of a group: the agreement, its parts, each opening and what was paid in."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text

from desktop.models.kinds import Frequency, OpeningState, RoscaKind, RoscaOrder, RoscaState
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Flag,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    WordColumn,
    mapped_column,
)


class Rosca(Logged, Base):
    """One rotating fund with what its agreement says (Decree 19/2019/NĐ-CP, Article 8).

    `part_value` is what one part pays in at an opening, `commission` what the organiser gets from each draw, in
    đồng; `parts` the number of parts, which is the number of openings; `late_basis_points` the yearly interest on
    late payment in hundredths of a percent. `organiser_covers`: the organiser pays in for who does not (Article 18).
    """

    __tablename__ = "roscas"
    __table_args__ = (
        CheckConstraint("part_value > 0", name="part_value"),
        CheckConstraint("parts BETWEEN 2 AND 100", name="parts"),
        CheckConstraint("commission >= 0", name="commission"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    kind: Mapped[RoscaKind] = mapped_column(WordColumn(RoscaKind))
    draw_order: Mapped[RoscaOrder] = mapped_column(WordColumn(RoscaOrder))
    part_value: Mapped[Dongs]
    parts: Mapped[int]
    starts: Mapped[Day]
    frequency: Mapped[Frequency] = mapped_column(WordColumn(Frequency))
    organiser_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    commission: Mapped[Dongs] = mapped_column(default=0)
    late_basis_points: Mapped[int] = mapped_column(default=0)
    organiser_covers: Mapped[Flag] = mapped_column(default=True)
    agreed_on: Mapped[Day]
    place: Mapped[str] = mapped_column(default="")
    security: Mapped[str] = mapped_column(default="")
    rules: Mapped[str] = mapped_column(default="")
    notified_on: Mapped[MaybeDay] = mapped_column(default=None)
    notice: Mapped[str] = mapped_column(default="")
    state: Mapped[RoscaState] = mapped_column(WordColumn(RoscaState), default=RoscaState.RUNNING)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class RoscaPart(Logged, Base):
    """One part (phần họ) and who holds it now; the chain keeps who held it before."""

    __tablename__ = "rosca_parts"
    __table_args__ = (Index("uq_rosca_parts_number", "rosca_id", "number", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    rosca_id: Mapped[int] = mapped_column(ForeignKey("roscas.id"))
    number: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)


class RoscaOpening(Logged, Base):
    """One opening: which part drew, on which day, at which bid (đồng a part), and the vouchers of the draw."""

    __tablename__ = "rosca_openings"
    __table_args__ = (
        Index(
            "uq_rosca_openings_number",
            "rosca_id",
            "number",
            unique=True,
            sqlite_where=text("state = 'posted'"),
            postgresql_where=text("state = 'posted'"),
        ),
        CheckConstraint("bid >= 0", name="bid"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    rosca_id: Mapped[int] = mapped_column(ForeignKey("roscas.id"))
    number: Mapped[int]
    day: Mapped[Day]
    part_id: Mapped[int] = mapped_column(ForeignKey("rosca_parts.id"))
    drawer_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    bid: Mapped[Dongs] = mapped_column(default=0)
    drawn: Mapped[Dongs]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"))
    commission_voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[OpeningState] = mapped_column(WordColumn(OpeningState), default=OpeningState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class RoscaPayment(Logged, Base):
    """What a part paid in for an opening: on its day, or late. `covers`: the organiser paid it in instead.

    Amounts in đồng. A late payment has `late_interest` and passes through the box to the creditor
    (`passed_voucher_id`): the organiser who paid in place, else the one who drew.
    """

    __tablename__ = "rosca_payments"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    opening_id: Mapped[int] = mapped_column(ForeignKey("rosca_openings.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("rosca_parts.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    day: Mapped[Day]
    due: Mapped[Dongs]
    amount: Mapped[Dongs]
    late_interest: Mapped[Dongs] = mapped_column(default=0)
    covers: Mapped[Flag] = mapped_column(default=False)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    passed_voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)

"""Other money of a group: expenses with their receipts, outside money by source, counts of the boxes, opening balances."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text

from desktop.models.kinds import OpeningState
from desktop.models.money_kinds import ExpenseCategory, SourceKind, Treatment
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

_STILL_POSTED = text("state = 'posted'")


class Expense(Logged, Base):
    """What a voucher of expense was for, and its receipt; the photo of the receipt is an attachment of this row."""

    __tablename__ = "expenses"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), unique=True)
    category: Mapped[ExpenseCategory] = mapped_column(WordColumn(ExpenseCategory))
    payee: Mapped[str] = mapped_column(default="")
    receipt_number: Mapped[str] = mapped_column(default="")
    receipt_day: Mapped[MaybeDay] = mapped_column(default=None)


class ExternalSource(Logged, Base):
    """Where outside money comes from, under which agreement. `agreed` is the sum agreed upon in đồng, 0: not said."""

    __tablename__ = "external_sources"
    __table_args__ = (CheckConstraint("agreed >= 0", name="agreed"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    kind: Mapped[SourceKind] = mapped_column(WordColumn(SourceKind))
    funder: Mapped[str]
    agreement: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[MaybeDay] = mapped_column(default=None)
    agreed: Mapped[Dongs] = mapped_column(default=0)
    purpose: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    return_by: Mapped[MaybeDay] = mapped_column(default=None)
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class ExternalMove(Logged, Base):
    """Which source a voucher of outside money belongs to: the sub-account of the group's account for outside money.

    `amount` in đồng: positive received, negative given back. A reversed voucher no longer counts.
    """

    __tablename__ = "external_moves"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    source_id: Mapped[int] = mapped_column(ForeignKey("external_sources.id"), index=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), index=True)
    day: Mapped[Day]
    amount: Mapped[Dongs]


class BankAccount(Logged, Base):
    """Where a group keeps its money at a bank: what stands at the head of its book of deposits."""

    __tablename__ = "bank_accounts"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), unique=True)
    bank: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    holder: Mapped[str] = mapped_column(default="")


class CashCount(Logged, Base):
    """One box counted outside meetings. Boxes counted together share `number`, which runs per group.

    `pieces` is JSON {note value: pieces}; `book` what the book said at that moment, before the difference was posted;
    `holders` JSON: the three who hold the keys, as they are printed. Amounts in đồng.
    """

    __tablename__ = "cash_counts"
    __table_args__ = (
        Index("uq_cash_counts_number_box", "group_id", "number", "box", unique=True),
        CheckConstraint("counted >= 0", name="counted"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    number: Mapped[int]
    box: Mapped[int]
    day: Mapped[Day]
    counted_at: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    pieces: Mapped[str] = mapped_column(Text)
    counted: Mapped[Dongs]
    book: Mapped[Dongs]
    treatment: Mapped[Treatment] = mapped_column(WordColumn(Treatment), default=Treatment.NONE)
    explanation: Mapped[str] = mapped_column(default="")
    holders: Mapped[str] = mapped_column(Text, default="[]")
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    state: Mapped[OpeningState] = mapped_column(WordColumn(OpeningState), default=OpeningState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class OpeningBalance(Logged, Base):
    """The balances with which a group that was kept on paper begins. `content` (JSON) is what was typed, as signed.

    `vouchers` (JSON list of ids) is all that it posted, `loans` the loans it opened; taking it back reverses all.
    """

    __tablename__ = "opening_balances"
    __table_args__ = (
        Index(
            "uq_opening_balances_group",
            "group_id",
            unique=True,
            sqlite_where=_STILL_POSTED,
            postgresql_where=_STILL_POSTED,
        ),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    day: Mapped[Day]
    total: Mapped[Dongs]
    content: Mapped[str] = mapped_column(Text)
    vouchers: Mapped[str] = mapped_column(Text)
    loans: Mapped[str] = mapped_column(Text, default="[]")
    agreed_by: Mapped[str] = mapped_column(default="")
    state: Mapped[OpeningState] = mapped_column(WordColumn(OpeningState), default=OpeningState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]

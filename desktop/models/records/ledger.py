"""The ledger: accounts, vouchers, postings, and the totals that follow from them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, func

from desktop.models.kinds import Paper
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Instant,
    Key,
    Mapped,
    Uid,
    WordColumn,
    mapped_column,
)


class AccountRow(Base):
    """One account of a group: a number of the chart, kept per member or per loan where the chart says so."""

    __tablename__ = "accounts"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    account: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    loan_id: Mapped[int | None] = mapped_column(default=None)


Index(
    "uq_accounts_subject",
    AccountRow.group_id,
    AccountRow.account,
    func.coalesce(AccountRow.member_id, 0),
    func.coalesce(AccountRow.loan_id, 0),
    unique=True,
)


class Voucher(Base):
    """One act of money on one paper. Never changed, never deleted; a mistake is reversed by another voucher.

    `hash` is the SHA-256 over the hash before it in the register's chain and the voucher's canonical content.
    """

    __tablename__ = "vouchers"
    __table_args__ = (
        Index("uq_vouchers_number", "group_id", "paper", "year", "number", unique=True),
        Index("uq_vouchers_register_seq", "register_id", "seq", unique=True),
        Index("ix_vouchers_group_id_day_id", "group_id", "day", "id"),
        CheckConstraint("number > 0", name="number"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    paper: Mapped[Paper] = mapped_column(WordColumn(Paper))
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[Day]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), default=None, index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    text: Mapped[str] = mapped_column(default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None, unique=True)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Posting(Base):
    """One side of an entry: signed đồng on an account (debit positive). `units` counts shares, else 0."""

    __tablename__ = "postings"
    __table_args__ = (
        Index("ix_postings_cover", "account_id", "day", "id", "amount", "voucher_id", "kind", "units"),
        CheckConstraint("amount <> 0", name="amount"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    day: Mapped[Day]
    amount: Mapped[Dongs]
    kind: Mapped[int]
    units: Mapped[int] = mapped_column(default=0)


class DayTotal(Base):
    """Signed movement of one head account of a group on one day. Follows from the postings; can be rebuilt at any time."""

    __tablename__ = "day_totals"
    __table_args__ = (STRICT,)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("savings_groups.id"), primary_key=True, autoincrement=False
    )
    account: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[Day] = mapped_column(primary_key=True)
    amount: Mapped[Dongs]

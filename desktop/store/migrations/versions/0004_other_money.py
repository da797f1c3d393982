"""Other money: expenses, outside funds, counts, opening balances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_accounts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("bank", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_bank_accounts_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
        sa.UniqueConstraint("group_id", name=op.f("uq_bank_accounts_group_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_bank_accounts_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "external_sources",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("funder", WORDS, nullable=False),
        sa.Column("agreement", WORDS, nullable=False),
        sa.Column("agreed_on", DAY, nullable=True),
        sa.Column("agreed", WHOLE, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("conditions", WORDS, nullable=False),
        sa.Column("return_by", DAY, nullable=True),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("agreed >= 0", name=op.f("ck_external_sources_agreed")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_external_sources_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_sources")),
        sa.UniqueConstraint("uid", name=op.f("uq_external_sources_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("external_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_external_sources_group_id"), ["group_id"], unique=False)

    op.create_table(
        "opening_balances",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("vouchers", WORDS, nullable=False),
        sa.Column("loans", WORDS, nullable=False),
        sa.Column("agreed_by", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_opening_balances_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_balances")),
        sa.UniqueConstraint("uid", name=op.f("uq_opening_balances_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("opening_balances", schema=None) as batch_op:
        batch_op.create_index(
            "uq_opening_balances_group",
            ["group_id"],
            unique=True,
            sqlite_where=sa.text("state = 'posted'"),
            postgresql_where=sa.text("state = 'posted'"),
        )

    op.create_table(
        "cash_counts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("box", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("counted_at", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("pieces", WORDS, nullable=False),
        sa.Column("counted", WHOLE, nullable=False),
        sa.Column("book", WHOLE, nullable=False),
        sa.Column("treatment", WORDS, nullable=False),
        sa.Column("explanation", WORDS, nullable=False),
        sa.Column("holders", WORDS, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_cash_counts_counted")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_cash_counts_group_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_cash_counts_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_counts")),
        sa.UniqueConstraint("uid", name=op.f("uq_cash_counts_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cash_counts", schema=None) as batch_op:
        batch_op.create_index("uq_cash_counts_number_box", ["group_id", "number", "box"], unique=True)

    op.create_table(
        "expenses",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("payee", WORDS, nullable=False),
        sa.Column("receipt_number", WORDS, nullable=False),
        sa.Column("receipt_day", DAY, nullable=True),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_expenses_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenses")),
        sa.UniqueConstraint("uid", name=op.f("uq_expenses_uid")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_expenses_voucher_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "external_moves",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("source_id", WHOLE, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_external_moves_amount")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["external_sources.id"], name=op.f("fk_external_moves_source_id")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_external_moves_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_moves")),
        sa.UniqueConstraint("uid", name=op.f("uq_external_moves_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("external_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_external_moves_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_external_moves_voucher_id"), ["voucher_id"], unique=False)

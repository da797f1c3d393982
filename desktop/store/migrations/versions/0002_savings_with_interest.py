"""Savings with interest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "savings_rates",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("thousandths", WHOLE, nullable=False),
        sa.Column("per", WORDS, nullable=False),
        sa.CheckConstraint("thousandths BETWEEN 0 AND 100000", name=op.f("ck_savings_rates_thousandths")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_savings_rates_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_rates")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_rates_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("savings_rates", schema=None) as batch_op:
        batch_op.create_index("uq_savings_rates_from", ["group_id", "kind", "valid_from"], unique=True)

    op.create_table(
        "savings_terms",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("basis", WORDS, nullable=False),
        sa.Column("crediting", WORDS, nullable=False),
        sa.Column("days_in_year", WHOLE, nullable=False),
        sa.Column("rounding_unit", WHOLE, nullable=False),
        sa.Column("rounding", WORDS, nullable=False),
        sa.Column("minimum", WHOLE, nullable=False),
        sa.Column("locked_by_loan", WHOLE, nullable=False),
        sa.Column("notice_days", WHOLE, nullable=False),
        sa.CheckConstraint("days_in_year IN (360, 365)", name=op.f("ck_savings_terms_days_in_year")),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_savings_terms_minimum")),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 366", name=op.f("ck_savings_terms_notice_days")),
        sa.CheckConstraint("rounding_unit > 0", name=op.f("ck_savings_terms_rounding_unit")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_savings_terms_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_terms")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_terms_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("savings_terms", schema=None) as batch_op:
        batch_op.create_index("uq_savings_terms_from", ["group_id", "kind", "valid_from"], unique=True)

    op.create_table(
        "savings_notices",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("noticed_on", DAY, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("cancelled", WHOLE, nullable=False),
        sa.Column("cancel_reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_savings_notices_amount")),
        sa.CheckConstraint("due_on >= noticed_on", name=op.f("ck_savings_notices_due_on")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_savings_notices_group_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_savings_notices_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_notices")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_notices_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("savings_notices", schema=None) as batch_op:
        batch_op.create_index("ix_savings_notices_group", ["group_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_savings_notices_member_id"), ["member_id"], unique=False)

    op.create_table(
        "savings_runs",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("ends", DAY, nullable=False),
        sa.Column("total", WHOLE, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_savings_runs_order")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_savings_runs_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_savings_runs_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_runs")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_runs_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("savings_runs", schema=None) as batch_op:
        batch_op.create_index("uq_savings_runs_number", ["group_id", "kind", "number"], unique=True)
        batch_op.create_index(
            "uq_savings_runs_period",
            ["group_id", "kind", "starts"],
            unique=True,
            sqlite_where=sa.text("state = 'posted' AND member_id IS NULL"),
            postgresql_where=sa.text("state = 'posted' AND member_id IS NULL"),
        )

    op.create_table(
        "savings_credits",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("run_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("interest", WHOLE, nullable=False),
        sa.Column("difference", WHOLE, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("working", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_savings_credits_member_id")),
        sa.ForeignKeyConstraint(["run_id"], ["savings_runs.id"], name=op.f("fk_savings_credits_run_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_savings_credits_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_credits")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_credits_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("savings_credits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_savings_credits_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_savings_credits_voucher_id"), ["voucher_id"], unique=False)
        batch_op.create_index("uq_savings_credits_member", ["run_id", "member_id"], unique=True)

"""Board targets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_targets",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("measure", WORDS, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("span", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("span IN ('quarter', 'half', 'year')", name=op.f("ck_board_targets_span")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_board_targets_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_targets")),
        sa.UniqueConstraint("uid", name=op.f("uq_board_targets_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("board_targets", schema=None) as batch_op:
        batch_op.create_index("uq_board_targets_period", ["measure", "starts", "span"], unique=True)

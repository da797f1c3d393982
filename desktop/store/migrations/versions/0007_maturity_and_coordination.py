"""Maturity and coordination."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_actions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("goal", WORDS, nullable=False),
        sa.Column("action", WORDS, nullable=False),
        sa.Column("responsible", WORDS, nullable=False),
        sa.Column("due", DAY, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("settled", DAY, nullable=True),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("(state = 'open') = (settled IS NULL)", name=op.f("ck_change_actions_settled")),
        sa.CheckConstraint("state = 'open' OR outcome <> ''", name=op.f("ck_change_actions_outcome")),
        sa.CheckConstraint("due >= since", name=op.f("ck_change_actions_order")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_change_actions_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_actions")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_actions_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("change_actions", schema=None) as batch_op:
        batch_op.create_index("ix_change_actions_group", ["group_id", "due"], unique=False)

    op.create_table(
        "coordination_meetings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("organiser", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("commune_code", WORDS, nullable=True),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("agenda", WORDS, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_coordination_meetings_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_meetings")),
        sa.UniqueConstraint("code", name=op.f("uq_coordination_meetings_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_coordination_meetings_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("coordination_meetings", schema=None) as batch_op:
        batch_op.create_index("ix_coordination_meetings_day", ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_coordination_meetings_group_id"), ["group_id"], unique=False)

    op.create_table(
        "maturity_scores",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("points", WHOLE, nullable=False),
        sa.Column("known", WHOLE, nullable=False),
        sa.Column("grade", WORDS, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("independent", WHOLE, nullable=False),
        sa.Column("facts", WORDS, nullable=False),
        sa.Column("observed", WORDS, nullable=False),
        sa.Column("marks", WORDS, nullable=False),
        sa.Column("assessor", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("supersedes_id", WHOLE, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("supersedes_id IS NULL OR reason <> ''", name=op.f("ck_maturity_scores_reason")),
        sa.CheckConstraint(
            "points BETWEEN 0 AND 100 AND known BETWEEN 0 AND 100", name=op.f("ck_maturity_scores_bounds")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_maturity_scores_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["maturity_scores.id"], name=op.f("fk_maturity_scores_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maturity_scores")),
        sa.UniqueConstraint("uid", name=op.f("uq_maturity_scores_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("maturity_scores", schema=None) as batch_op:
        batch_op.create_index("ix_maturity_scores_group", ["group_id", "day"], unique=False)
        batch_op.create_index("uq_maturity_scores_supersedes", ["supersedes_id"], unique=True)

    op.create_table(
        "commitments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("meeting_id", WHOLE, nullable=False),
        sa.Column("side", WORDS, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("due", DAY, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("settled", DAY, nullable=True),
        sa.Column("evidence", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("(state = 'open') = (settled IS NULL)", name=op.f("ck_commitments_settled")),
        sa.CheckConstraint("state = 'open' OR evidence <> ''", name=op.f("ck_commitments_evidence")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["coordination_meetings.id"], name=op.f("fk_commitments_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("uid", name=op.f("uq_commitments_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index("ix_commitments_due", ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "coordination_guests",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("meeting_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("side", WORDS, nullable=False),
        sa.Column("position", WORDS, nullable=False),
        sa.Column("sex", WORDS, nullable=True),
        sa.Column("disabled", WHOLE, nullable=True),
        sa.CheckConstraint("member_id IS NOT NULL OR name <> ''", name=op.f("ck_coordination_guests_who")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["coordination_meetings.id"], name=op.f("fk_coordination_guests_meeting_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_coordination_guests_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_guests")),
        sa.UniqueConstraint("uid", name=op.f("uq_coordination_guests_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("coordination_guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coordination_guests_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coordination_guests_member_id"), ["member_id"], unique=False)
        batch_op.create_index("uq_coordination_guests_member", ["meeting_id", "member_id"], unique=True)

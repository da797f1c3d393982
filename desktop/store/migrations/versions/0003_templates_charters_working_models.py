"""Templates, charters, working models."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_templates",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("template_version", WHOLE, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("added_at", WORDS, nullable=False),
        sa.Column("added_by", WORDS, nullable=False),
        sa.Column("active", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_templates")),
        sa.UniqueConstraint("uid", name=op.f("uq_group_templates_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("group_templates", schema=None) as batch_op:
        batch_op.create_index("uq_group_templates_code", ["code", "template_version"], unique=True)

    op.create_table(
        "working_models",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("model_version", WHOLE, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("added_at", WORDS, nullable=False),
        sa.Column("added_by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_working_models_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_models")),
        sa.UniqueConstraint("uid", name=op.f("uq_working_models_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("working_models", schema=None) as batch_op:
        batch_op.create_index("uq_working_models_code", ["code", "model_version"], unique=True)

    op.create_table(
        "model_adoptions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("model_id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("commune_code", WORDS, nullable=True),
        sa.Column("adopted_on", DAY, nullable=False),
        sa.Column("with_transfer", WHOLE, nullable=False),
        sa.Column("transfer_note", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("ended_on", DAY, nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_model_adoptions_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["working_models.id"], name=op.f("fk_model_adoptions_model_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_adoptions")),
        sa.UniqueConstraint("uid", name=op.f("uq_model_adoptions_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("model_adoptions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_adoptions_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_model_adoptions_model_id"), ["model_id"], unique=False)

    op.create_table(
        "adoption_steps",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("adoption_id", WHOLE, nullable=False),
        sa.Column("item", WORDS, nullable=False),
        sa.Column("done_on", DAY, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["model_adoptions.id"], name=op.f("fk_adoption_steps_adoption_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_steps")),
        sa.UniqueConstraint("uid", name=op.f("uq_adoption_steps_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("adoption_steps", schema=None) as batch_op:
        batch_op.create_index("uq_adoption_steps_item", ["adoption_id", "item"], unique=True)

    op.create_table(
        "charters",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("constitution_id", WHOLE, nullable=False),
        sa.Column("template", WORDS, nullable=False),
        sa.Column("aim", WORDS, nullable=False),
        sa.Column("membership", WORDS, nullable=False),
        sa.Column("offices", WORDS, nullable=False),
        sa.Column("clauses", WORDS, nullable=False),
        sa.Column("lending", WORDS, nullable=False),
        sa.Column("agreed_on", DAY, nullable=True),
        sa.Column("meeting_id", WHOLE, nullable=True),
        sa.Column("present", WHOLE, nullable=False),
        sa.Column("in_favour", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.CheckConstraint("in_favour <= present", name=op.f("ck_charters_votes")),
        sa.CheckConstraint("in_favour >= 0", name=op.f("ck_charters_in_favour")),
        sa.ForeignKeyConstraint(
            ["constitution_id"], ["constitutions.id"], name=op.f("fk_charters_constitution_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_charters_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charters")),
        sa.UniqueConstraint("constitution_id", name=op.f("uq_charters_constitution_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_charters_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("charters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charters_meeting_id"), ["meeting_id"], unique=False)

"""Support with external resources: requests, assessments, decisions, contributions, transfers, assets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, SORT_TEXT, WHOLE, WORDS

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_standards",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("rules", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_standards")),
        sa.UniqueConstraint("since", name=op.f("uq_support_standards_since")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_standards_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "supports",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("title_fold", SORT_TEXT, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("household_id", WHOLE, nullable=True),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("livelihood_id", WHOLE, nullable=True),
        sa.Column("through_id", WHOLE, nullable=True),
        sa.Column("requested_on", DAY, nullable=False),
        sa.Column("requested_by", WORDS, nullable=False),
        sa.Column("provider", WORDS, nullable=False),
        sa.Column("quantity", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("hardship", WHOLE, nullable=False),
        sa.Column("hardship_basis", WORDS, nullable=False),
        sa.Column("training", WORDS, nullable=False),
        sa.Column("withdrawn_on", DAY, nullable=True),
        sa.Column("withdrawn_reason", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("hardship = 0 OR hardship_basis <> ''", name=op.f("ck_supports_hardship")),
        sa.CheckConstraint(
            "(CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN household_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN livelihood_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_supports_one_beneficiary"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_supports_amount")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_supports_group_id")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_supports_household_id")),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_supports_livelihood_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_supports_member_id")),
        sa.ForeignKeyConstraint(["through_id"], ["savings_groups.id"], name=op.f("fk_supports_through_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
        sa.UniqueConstraint("code", name=op.f("uq_supports_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_supports_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("supports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supports_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supports_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supports_livelihood_id"), ["livelihood_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supports_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supports_through_id"), ["through_id"], unique=False)

    op.create_table(
        "support_assessments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("support_id", WHOLE, nullable=False),
        sa.Column("wave", WORDS, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("assessor", WORDS, nullable=False),
        sa.Column("scores", WORDS, nullable=False),
        sa.Column("standards", WORDS, nullable=False),
        sa.Column("percent", WHOLE, nullable=False),
        sa.Column("result", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["support_id"], ["supports.id"], name=op.f("fk_support_assessments_support_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_assessments")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_assessments_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("support_assessments", schema=None) as batch_op:
        batch_op.create_index("ix_support_assessments_support", ["support_id", "day"], unique=False)

    op.create_table(
        "support_contributions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("support_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("tenths", WHOLE, nullable=False),
        sa.Column("rate", WHOLE, nullable=False),
        sa.Column("description", WORDS, nullable=False),
        sa.Column("giver_id", WHOLE, nullable=True),
        sa.Column("evidence", WORDS, nullable=False),
        sa.Column("confirmed_on", DAY, nullable=True),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("taken_back", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint(
            "value > 0 AND tenths >= 0 AND rate >= 0", name=op.f("ck_support_contributions_amounts")
        ),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_support_contributions_giver_id")),
        sa.ForeignKeyConstraint(
            ["support_id"], ["supports.id"], name=op.f("fk_support_contributions_support_id")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_support_contributions_voucher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_contributions")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_contributions_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("support_contributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_contributions_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_contributions_support_id"), ["support_id"], unique=False)
        batch_op.create_index("uq_support_contributions_voucher", ["voucher_id"], unique=True)

    op.create_table(
        "support_decisions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("support_id", WHOLE, nullable=False),
        sa.Column("assessment_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("verdict", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("decider", WORDS, nullable=False),
        sa.Column("decider_post", WORDS, nullable=False),
        sa.Column("override", WHOLE, nullable=False),
        sa.Column("second", WORDS, nullable=False),
        sa.Column("second_post", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint(
            "override = 0 OR (second <> '' AND reason <> '')", name=op.f("ck_support_decisions_override")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_support_decisions_amount")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["support_assessments.id"], name=op.f("fk_support_decisions_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["support_id"], ["supports.id"], name=op.f("fk_support_decisions_support_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_decisions")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_decisions_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("support_decisions", schema=None) as batch_op:
        batch_op.create_index("ix_support_decisions_support", ["support_id", "day"], unique=False)

    op.create_table(
        "support_transfers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("support_id", WHOLE, nullable=False),
        sa.Column("decision_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("minutes", WORDS, nullable=False),
        sa.Column("giver", WORDS, nullable=False),
        sa.Column("receiver", WORDS, nullable=False),
        sa.Column("witness", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("taken_back", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("value > 0", name=op.f("ck_support_transfers_value")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["support_decisions.id"], name=op.f("fk_support_transfers_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["support_id"], ["supports.id"], name=op.f("fk_support_transfers_support_id")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_support_transfers_voucher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_transfers")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_transfers_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("support_transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_transfers_support_id"), ["support_id"], unique=False)
        batch_op.create_index("uq_support_transfers_voucher", ["voucher_id"], unique=True)

    op.create_table(
        "support_assets",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("transfer_id", WHOLE, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("responsible", WORDS, nullable=False),
        sa.Column("years", WHOLE, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("serial", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("ended_on", DAY, nullable=True),
        sa.Column("end_kind", WORDS, nullable=True),
        sa.Column("end_reason", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR end_reason <> ''", name=op.f("ck_support_assets_ending")),
        sa.CheckConstraint("value > 0 AND years > 0", name=op.f("ck_support_assets_amounts")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["support_transfers.id"], name=op.f("fk_support_assets_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_assets")),
        sa.UniqueConstraint("code", name=op.f("uq_support_assets_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_support_assets_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("support_assets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_assets_transfer_id"), ["transfer_id"], unique=False)

    op.create_table(
        "asset_checks",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("asset_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("condition", WORDS, nullable=False),
        sa.Column("use", WORDS, nullable=False),
        sa.Column("checker", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["support_assets.id"], name=op.f("fk_asset_checks_asset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_checks")),
        sa.UniqueConstraint("uid", name=op.f("uq_asset_checks_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("asset_checks", schema=None) as batch_op:
        batch_op.create_index("ix_asset_checks_asset", ["asset_id", "day"], unique=False)

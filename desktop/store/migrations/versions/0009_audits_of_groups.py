"""Audits of groups: visits, what was looked at, findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, WHOLE, WORDS

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_visits",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("auditor", WORDS, nullable=False),
        sa.Column("announced", WHOLE, nullable=False),
        sa.Column("seed", WHOLE, nullable=False),
        sa.Column("confidence", WHOLE, nullable=False),
        sa.Column("passbooks", WHOLE, nullable=False),
        sa.Column("loan_book", WHOLE, nullable=False),
        sa.Column("tolerable", WHOLE, nullable=False),
        sa.Column("cash_book", WHOLE, nullable=False),
        sa.Column("social_book", WHOLE, nullable=False),
        sa.Column("anchor", WORDS, nullable=False),
        sa.Column("cash_counted", WHOLE, nullable=True),
        sa.Column("social_counted", WHOLE, nullable=True),
        sa.Column("closed", DAY, nullable=True),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("confidence IN (90, 95)", name=op.f("ck_audit_visits_confidence")),
        sa.CheckConstraint("tolerable >= 0 AND passbooks >= 0", name=op.f("ck_audit_visits_sizes")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_audit_visits_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_visits")),
        sa.UniqueConstraint("code", name=op.f("uq_audit_visits_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_audit_visits_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_visits", schema=None) as batch_op:
        batch_op.create_index("ix_audit_visits_group", ["group_id", "day"], unique=False)

    op.create_table(
        "audit_findings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("visit_id", WHOLE, nullable=True),
        sa.Column("severity", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("advice", WORDS, nullable=False),
        sa.Column("found_on", DAY, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("due", DAY, nullable=True),
        sa.Column("answer", WORDS, nullable=False),
        sa.Column("closed", DAY, nullable=True),
        sa.Column("evidence", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint(
            "state <> 'closed' OR (closed IS NOT NULL AND evidence <> '')",
            name=op.f("ck_audit_findings_closed"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_audit_findings_group_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["audit_visits.id"], name=op.f("fk_audit_findings_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_findings")),
        sa.UniqueConstraint("code", name=op.f("uq_audit_findings_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_audit_findings_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_findings", schema=None) as batch_op:
        batch_op.create_index("ix_audit_findings_group", ["group_id", "state"], unique=False)

    op.create_table(
        "audit_checks",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("visit_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("loan_id", WHOLE, nullable=True),
        sa.Column("book_amount", WHOLE, nullable=False),
        sa.Column("chosen", WORDS, nullable=False),
        sa.Column("hits", WHOLE, nullable=False),
        sa.Column("found_amount", WHOLE, nullable=True),
        sa.Column("present", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("kind <> 'loan' OR loan_id IS NOT NULL", name=op.f("ck_audit_checks_loan")),
        sa.CheckConstraint("found_amount IS NULL OR found_amount >= 0", name=op.f("ck_audit_checks_found")),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_audit_checks_loan_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_audit_checks_member_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["audit_visits.id"], name=op.f("fk_audit_checks_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checks")),
        sa.UniqueConstraint("uid", name=op.f("uq_audit_checks_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_checks", schema=None) as batch_op:
        batch_op.create_index("ix_audit_checks_visit", ["visit_id", "kind"], unique=False)

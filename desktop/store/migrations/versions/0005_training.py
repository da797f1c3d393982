"""Training: courses, classes, hours, certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, SORT_TEXT, WHOLE, WORDS

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_courses",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_courses")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_courses_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_courses", schema=None) as batch_op:
        batch_op.create_index("uq_training_courses_since", ["code", "since"], unique=True)

    op.create_table(
        "training_classes",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("course_code", WORDS, nullable=False),
        sa.Column("course", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("commune_code", WORDS, nullable=True),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("ends", DAY, nullable=False),
        sa.Column("funder", WORDS, nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.Column("capacity", WHOLE, nullable=False),
        sa.Column("childcare", WORDS, nullable=False),
        sa.Column("transport", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_training_classes_capacity")),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_training_classes_cost")),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_training_classes_days")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_training_classes_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_classes")),
        sa.UniqueConstraint("code", name=op.f("uq_training_classes_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_classes_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_classes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_classes_course_code"), ["course_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_classes_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_classes_name_fold"), ["name_fold"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_classes_state"), ["state"], unique=False)

    op.create_table(
        "class_enrolments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("class_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("enrolled", DAY, nullable=False),
        sa.Column("withdrawn", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("care", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("pre", WHOLE, nullable=True),
        sa.Column("post", WHOLE, nullable=True),
        sa.Column("tested", DAY, nullable=True),
        sa.Column("planned", DAY, nullable=True),
        sa.Column("plan", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("pre >= 0 AND post >= 0", name=op.f("ck_class_enrolments_scores")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_class_enrolments_class_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_class_enrolments_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_enrolments")),
        sa.UniqueConstraint("uid", name=op.f("uq_class_enrolments_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("class_enrolments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_enrolments_member_id"), ["member_id"], unique=False)
        batch_op.create_index("uq_class_enrolments_person", ["class_id", "member_id"], unique=True)

    op.create_table(
        "trainers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("sex", WORDS, nullable=False),
        sa.Column("organisation", WORDS, nullable=False),
        sa.Column("fields", WORDS, nullable=False),
        sa.Column("tot", WORDS, nullable=False),
        sa.Column("tot_until", DAY, nullable=True),
        sa.Column("phone", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("active", WHOLE, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_trainers_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainers")),
        sa.UniqueConstraint("code", name=op.f("uq_trainers_code")),
        sa.UniqueConstraint("member_id", name=op.f("uq_trainers_member_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_trainers_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("trainers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trainers_name_fold"), ["name_fold"], unique=False)

    op.create_table(
        "class_trainers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("class_id", WHOLE, nullable=False),
        sa.Column("trainer_id", WHOLE, nullable=False),
        sa.Column("leads", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_class_trainers_class_id")
        ),
        sa.ForeignKeyConstraint(["trainer_id"], ["trainers.id"], name=op.f("fk_class_trainers_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_trainers")),
        sa.UniqueConstraint("uid", name=op.f("uq_class_trainers_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("class_trainers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_trainers_trainer_id"), ["trainer_id"], unique=False)
        batch_op.create_index("uq_class_trainers_pair", ["class_id", "trainer_id"], unique=True)

    op.create_table(
        "training_certificates",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("issued", DAY, nullable=False),
        sa.Column("completed", DAY, nullable=False),
        sa.Column("signer", WORDS, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("revoked", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["class_enrolments.id"], name=op.f("fk_training_certificates_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_certificates")),
        sa.UniqueConstraint("number", name=op.f("uq_training_certificates_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_certificates_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_certificates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_certificates_enrolment_id"), ["enrolment_id"], unique=False
        )

    op.create_table(
        "training_sessions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("class_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("begins", WORDS, nullable=False),
        sa.Column("planned", WHOLE, nullable=False),
        sa.Column("held", WHOLE, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("trainer_id", WHOLE, nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("planned > 0 AND held >= 0", name=op.f("ck_training_sessions_minutes")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["training_classes.id"], name=op.f("fk_training_sessions_class_id")
        ),
        sa.ForeignKeyConstraint(
            ["trainer_id"], ["trainers.id"], name=op.f("fk_training_sessions_trainer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_sessions_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_sessions", schema=None) as batch_op:
        batch_op.create_index("uq_training_sessions_number", ["class_id", "number"], unique=True)

    op.create_table(
        "training_attendances",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("session_id", WHOLE, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_training_attendances_minutes")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["class_enrolments.id"], name=op.f("fk_training_attendances_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_sessions.id"], name=op.f("fk_training_attendances_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_attendances")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_attendances_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_attendances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_attendances_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index("uq_training_attendances_pair", ["session_id", "enrolment_id"], unique=True)

    op.create_table(
        "training_follow_ups",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("enrolment_id", WHOLE, nullable=False),
        sa.Column("visit_id", WHOLE, nullable=True),
        sa.Column("day", DAY, nullable=False),
        sa.Column("visitor", WORDS, nullable=False),
        sa.Column("practices", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["class_enrolments.id"], name=op.f("fk_training_follow_ups_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["livelihood_visits.id"], name=op.f("fk_training_follow_ups_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_follow_ups")),
        sa.UniqueConstraint("uid", name=op.f("uq_training_follow_ups_uid")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("training_follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_follow_ups_enrolment_id"), ["enrolment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_training_follow_ups_visit_id"), ["visit_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        # The log may lose the text of more tables now (enrolments, attendances): let this guard be made anew.
        op.execute("DROP TRIGGER IF EXISTS guard_changes_update ON changes")

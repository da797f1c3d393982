"""The first book."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.migrations.columns import BYTES, DAY, SORT_TEXT, WHOLE, WORDS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("how", WORDS, nullable=False),
        sa.Column("what", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("subject_uid", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        sqlite_strict=True,
    )
    op.create_index("ix_access_log_subject", "access_log", ["subject_uid", "id"], unique=False)
    op.create_table(
        "analysis_choices",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("saved_at", WORDS, nullable=False),
        sa.Column("saved_by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_choices")),
        sqlite_strict=True,
    )
    op.create_index("uq_analysis_choices_name", "analysis_choices", ["name"], unique=True)
    op.create_table(
        "assessments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("subject_uid", BYTES, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("asked_by", WORDS, nullable=False),
        sa.Column("respondent", WORDS, nullable=False),
        sa.Column("answers", WORDS, nullable=False),
        sa.Column("results", WORDS, nullable=False),
        sa.Column("supersedes_id", WHOLE, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("erased", WHOLE, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("supersedes_id IS NULL OR reason <> ''", name=op.f("ck_assessments_reason")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["assessments.id"], name=op.f("fk_assessments_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessments_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_assessments_form", "assessments", ["form", "day"], unique=False)
    op.create_index("ix_assessments_subject", "assessments", ["subject_uid", "form", "day"], unique=False)
    op.create_index("uq_assessments_supersedes", "assessments", ["supersedes_id"], unique=True)
    op.create_table(
        "attachments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("subject_uid", BYTES, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("sha256", BYTES, nullable=False),
        sa.Column("added_at", WORDS, nullable=False),
        sa.Column("added_by", WORDS, nullable=False),
        sa.Column("removed", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachments_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachments_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_attachments_subject", "attachments", ["subject_uid"], unique=False)
    op.create_table(
        "book",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("organisation", WORDS, nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("created_at", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book")),
        sa.UniqueConstraint("uid", name=op.f("uq_book_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "drafts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("saved_at", WORDS, nullable=False),
        sa.Column("saved_by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_strict=True,
    )
    op.create_index("uq_drafts_kind_key", "drafts", ["kind", "key"], unique=True)
    op.create_table(
        "erasures",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("subject_uid", BYTES, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("uid", name=op.f("uq_erasures_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "form_files",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("added_at", WORDS, nullable=False),
        sa.Column("added_by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_files")),
        sa.UniqueConstraint("uid", name=op.f("uq_form_files_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_form_files_form_version", "form_files", ["form", "version"], unique=True)
    op.create_table(
        "households",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("commune_code", WORDS, nullable=True),
        sa.Column("hamlet", WORDS, nullable=False),
        sa.Column("address_text", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("code", name=op.f("uq_households_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_households_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_households_name_fold"), "households", ["name_fold"], unique=False)
    op.create_table(
        "import_profiles",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("headings", WORDS, nullable=False),
        sa.Column("mapping", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_profiles")),
        sqlite_strict=True,
    )
    op.create_index("uq_import_profiles_headings", "import_profiles", ["kind", "headings"], unique=True)
    op.create_table(
        "livelihood_standards",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("rules", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood_standards")),
        sa.UniqueConstraint("since", name=op.f("uq_livelihood_standards_since")),
        sa.UniqueConstraint("uid", name=op.f("uq_livelihood_standards_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "loss_events",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("hazard", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("ends", DAY, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("declared", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_loss_events_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_events")),
        sa.UniqueConstraint("code", name=op.f("uq_loss_events_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_loss_events_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "population_counts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("commune_code", WORDS, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("persons", WHOLE, nullable=True),
        sa.Column("households", WHOLE, nullable=True),
        sa.Column("age_from", WHOLE, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("age_from BETWEEN 0 AND 100", name=op.f("ck_population_counts_age_from")),
        sa.CheckConstraint("households >= 0", name=op.f("ck_population_counts_households")),
        sa.CheckConstraint("persons >= 0", name=op.f("ck_population_counts_persons")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2200", name=op.f("ck_population_counts_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_counts")),
        sa.UniqueConstraint("uid", name=op.f("uq_population_counts_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_population_counts_place", "population_counts", ["commune_code", "year", "category"], unique=True
    )
    op.create_table(
        "price_indexes",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("month", WHOLE, nullable=False),
        sa.Column("points", WHOLE, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.CheckConstraint("month BETWEEN 0 AND 12", name=op.f("ck_price_indexes_month")),
        sa.CheckConstraint("points > 0", name=op.f("ck_price_indexes_points")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_indexes")),
        sa.UniqueConstraint("uid", name=op.f("uq_price_indexes_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_price_indexes_month", "price_indexes", ["year", "month"], unique=True)
    op.create_table(
        "published_tables",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("measure", WORDS, nullable=False),
        sa.Column("rows_by", WORDS, nullable=False),
        sa.Column("columns_by", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("ends", DAY, nullable=False),
        sa.Column("release", WORDS, nullable=False),
        sa.Column("cells", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_tables")),
        sa.UniqueConstraint("uid", name=op.f("uq_published_tables_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_published_tables_what",
        "published_tables",
        ["measure", "rows_by", "columns_by", "ends"],
        unique=False,
    )
    op.create_table(
        "registers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("last_seq", WHOLE, nullable=False),
        sa.Column("last_hash", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registers")),
        sa.UniqueConstraint("uid", name=op.f("uq_registers_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "savings_groups",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("name_sort", SORT_TEXT, nullable=False),
        sa.Column("commune_code", WORDS, nullable=True),
        sa.Column("hamlet", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("founded", DAY, nullable=True),
        sa.Column("closed", DAY, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_savings_groups_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_savings_groups_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_savings_groups_name_sort"), "savings_groups", ["name_sort"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("secret", WORDS, nullable=False),
        sa.Column("recovery", WORDS, nullable=False),
        sa.Column("active", WHOLE, nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_users_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_users_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "wage_floors",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("region", WHOLE, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("monthly", WHOLE, nullable=False),
        sa.Column("hourly", WHOLE, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.CheckConstraint("monthly > 0 AND hourly > 0", name=op.f("ck_wage_floors_amounts")),
        sa.CheckConstraint("region BETWEEN 1 AND 4", name=op.f("ck_wage_floors_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wage_floors")),
        sa.UniqueConstraint("uid", name=op.f("uq_wage_floors_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_wage_floors_since", "wage_floors", ["region", "since"], unique=True)
    op.create_table(
        "attachment_contents",
        sa.Column("attachment_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("content", BYTES, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_attachment_contents_attachment_id")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_contents")),
        sqlite_strict=True,
    )
    op.create_table(
        "changes",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("register_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("subject_uid", BYTES, nullable=False),
        sa.Column("before", WORDS, nullable=True),
        sa.Column("after", WORDS, nullable=True),
        sa.Column("hash", BYTES, nullable=False),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_changes_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_strict=True,
    )
    op.create_index("ix_changes_subject", "changes", ["subject_uid", "id"], unique=False)
    op.create_index("uq_changes_register_seq", "changes", ["register_id", "seq"], unique=True)
    op.create_table(
        "constitutions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("frequency", WORDS, nullable=False),
        sa.Column("weekday", WHOLE, nullable=False),
        sa.Column("month_day", WHOLE, nullable=True),
        sa.Column("meeting_time", WORDS, nullable=False),
        sa.Column("meeting_place", WORDS, nullable=False),
        sa.Column("share_value", WHOLE, nullable=False),
        sa.Column("shares_min", WHOLE, nullable=False),
        sa.Column("shares_max", WHOLE, nullable=False),
        sa.Column("voluntary_savings", WHOLE, nullable=False),
        sa.Column("withdrawals", WHOLE, nullable=False),
        sa.Column("compulsory_saving", WHOLE, nullable=False),
        sa.Column("social_contribution", WHOLE, nullable=False),
        sa.Column("fines", WORDS, nullable=False),
        sa.Column("quorum_percent", WHOLE, nullable=False),
        sa.Column("share_out_unit", WHOLE, nullable=False),
        sa.Column("share_out_remainder", WORDS, nullable=False),
        sa.Column("leaving_rule", WORDS, nullable=False),
        sa.Column("leaving_fee_percent", WHOLE, nullable=False),
        sa.CheckConstraint(
            "leaving_fee_percent BETWEEN 0 AND 100", name=op.f("ck_constitutions_leaving_fee")
        ),
        sa.CheckConstraint("quorum_percent BETWEEN 0 AND 100", name=op.f("ck_constitutions_quorum")),
        sa.CheckConstraint("share_out_unit > 0", name=op.f("ck_constitutions_share_out_unit")),
        sa.CheckConstraint(
            "shares_min >= 0 AND shares_max >= shares_min", name=op.f("ck_constitutions_share_bounds")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_constitutions_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_constitutions")),
        sa.UniqueConstraint("uid", name=op.f("uq_constitutions_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_constitutions_group_id_valid_from", "constitutions", ["group_id", "valid_from"], unique=True
    )
    op.create_table(
        "cycles",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("ends", DAY, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_cycles_order")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_cycles_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("uid", name=op.f("uq_cycles_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_cycles_group_id_number", "cycles", ["group_id", "number"], unique=True)
    op.create_table(
        "day_totals",
        sa.Column("group_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("account", WHOLE, autoincrement=False, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_day_totals_group_id")),
        sa.PrimaryKeyConstraint("group_id", "account", "day", name=op.f("pk_day_totals")),
        sqlite_strict=True,
    )
    op.create_table(
        "erased_items",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("erasure_id", WHOLE, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("record_uid", BYTES, nullable=False),
        sa.Column("register_id", WHOLE, nullable=True),
        sa.Column("seq", WHOLE, nullable=True),
        sa.Column("hash", BYTES, nullable=True),
        sa.ForeignKeyConstraint(["erasure_id"], ["erasures.id"], name=op.f("fk_erased_items_erasure_id")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_erased_items_register_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_items")),
        sa.UniqueConstraint("uid", name=op.f("uq_erased_items_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_erased_items_place", "erased_items", ["register_id", "seq"], unique=False)
    op.create_index("ix_erased_items_record_uid", "erased_items", ["record_uid"], unique=False)
    op.create_table(
        "household_poverty",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("household_id", WHOLE, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("standard", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("b1", WHOLE, nullable=True),
        sa.Column("b2", WHOLE, nullable=True),
        sa.Column("decision", WORDS, nullable=False),
        sa.Column("paper", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("b1 >= 0", name=op.f("ck_household_poverty_b1")),
        sa.CheckConstraint("b2 >= 0", name=op.f("ck_household_poverty_b2")),
        sa.CheckConstraint("year BETWEEN 2016 AND 2100", name=op.f("ck_household_poverty_year")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_household_poverty_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_poverty")),
        sa.UniqueConstraint("uid", name=op.f("uq_household_poverty_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_household_poverty_household_id_year", "household_poverty", ["household_id", "year"], unique=False
    )
    op.create_table(
        "loan_products",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("rules", WORDS, nullable=False),
        sa.Column("active", WHOLE, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_loan_products_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_products")),
        sa.UniqueConstraint("code", name=op.f("uq_loan_products_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_loan_products_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_loan_products_group_id"), "loan_products", ["group_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("family", WORDS, nullable=False),
        sa.Column("middle", WORDS, nullable=False),
        sa.Column("given", WORDS, nullable=False),
        sa.Column("sort_name", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("name_tones", SORT_TEXT, nullable=False),
        sa.Column("name_sort", SORT_TEXT, nullable=False),
        sa.Column("sex", WORDS, nullable=False),
        sa.Column("birth_date", DAY, nullable=True),
        sa.Column("birth_year", WHOLE, nullable=True),
        sa.Column("citizen_number", WORDS, nullable=True),
        sa.Column("old_paper", WORDS, nullable=False),
        sa.Column("phone", WORDS, nullable=False),
        sa.Column("ethnic_code", WORDS, nullable=True),
        sa.Column("household_id", WHOLE, nullable=True),
        sa.Column("is_head", WHOLE, nullable=False),
        sa.Column("joined", DAY, nullable=True),
        sa.Column("left", DAY, nullable=True),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("large_print", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("birth_year BETWEEN 1850 AND 2200", name=op.f("ck_members_birth_year")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_members_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("citizen_number", name=op.f("uq_members_citizen_number")),
        sa.UniqueConstraint("code", name=op.f("uq_members_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_members_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_members_household_id"), "members", ["household_id"], unique=False)
    op.create_index(
        "ix_members_list", "members", ["name_sort", "id", "name_fold", "name_tones"], unique=False
    )
    op.create_index(op.f("ix_members_name_fold"), "members", ["name_fold"], unique=False)
    op.create_index(op.f("ix_members_phone"), "members", ["phone"], unique=False)
    op.create_index(
        "uq_members_one_head",
        "members",
        ["household_id"],
        unique=True,
        sqlite_where=sa.text("is_head = 1"),
        postgresql_where=sa.text("is_head = 1"),
    )
    op.create_table(
        "period_closings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("through", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_groups.id"], name=op.f("fk_period_closings_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_closings")),
        sa.UniqueConstraint("uid", name=op.f("uq_period_closings_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_period_closings_group_id"), "period_closings", ["group_id"], unique=False)
    op.create_table(
        "preparedness_plans",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("household_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("measures", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_preparedness_plans_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparedness_plans")),
        sa.UniqueConstraint("uid", name=op.f("uq_preparedness_plans_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_preparedness_plans_household", "preparedness_plans", ["household_id", "day"], unique=False
    )
    op.create_table(
        "accommodations",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("barrier", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_accommodations_days")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_accommodations_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodations")),
        sa.UniqueConstraint("uid", name=op.f("uq_accommodations_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_accommodations_member_id", "accommodations", ["member_id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("account", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("loan_id", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_accounts_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_accounts_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_accounts_member_id"), "accounts", ["member_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("text_version", WORDS, nullable=False),
        sa.Column("given", DAY, nullable=False),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("representative", WORDS, nullable=False),
        sa.Column("withdrawn", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("withdrawn IS NULL OR withdrawn >= given", name=op.f("ck_consents_days")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_consents_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("uid", name=op.f("uq_consents_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_consents_member_id", "consents", ["member_id", "purpose"], unique=False)
    op.create_table(
        "data_requests",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("received", DAY, nullable=False),
        sa.Column("due", DAY, nullable=False),
        sa.Column("extended", WHOLE, nullable=False),
        sa.Column("detail", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("closed", DAY, nullable=True),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("state = 'open' OR closed IS NOT NULL", name=op.f("ck_data_requests_closed")),
        sa.CheckConstraint("due >= received", name=op.f("ck_data_requests_days")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_data_requests_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
        sa.UniqueConstraint("uid", name=op.f("uq_data_requests_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_data_requests_member_id", "data_requests", ["member_id"], unique=False)
    op.create_index("ix_data_requests_state", "data_requests", ["state", "due"], unique=False)
    op.create_table(
        "deprivations",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("household_id", WHOLE, nullable=False),
        sa.Column("poverty_id", WHOLE, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("standard", WORDS, nullable=False),
        sa.Column("indicator", WORDS, nullable=False),
        sa.Column("deprived", WHOLE, nullable=False),
        sa.CheckConstraint("year BETWEEN 2016 AND 2100", name=op.f("ck_deprivations_year")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_deprivations_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["poverty_id"], ["household_poverty.id"], name=op.f("fk_deprivations_poverty_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deprivations")),
        sa.UniqueConstraint("uid", name=op.f("uq_deprivations_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_deprivations_household_id_year", "deprivations", ["household_id", "year"], unique=False
    )
    op.create_table(
        "disability_certificates",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("types", WORDS, nullable=False),
        sa.Column("degree", WORDS, nullable=False),
        sa.Column("issued", DAY, nullable=False),
        sa.Column("expires", DAY, nullable=True),
        sa.Column("issuer", WORDS, nullable=False),
        sa.Column("withdrawn", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("number <> ''", name=op.f("ck_disability_certificates_number")),
        sa.CheckConstraint("types <> ''", name=op.f("ck_disability_certificates_types")),
        sa.CheckConstraint(
            "expires IS NULL OR expires >= issued", name=op.f("ck_disability_certificates_days")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_disability_certificates_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disability_certificates")),
        sa.UniqueConstraint("uid", name=op.f("uq_disability_certificates_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_disability_certificates_member_id", "disability_certificates", ["member_id"], unique=False
    )
    op.create_table(
        "job_seekers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("skills", WORDS, nullable=False),
        sa.Column("needs", WORDS, nullable=False),
        sa.Column("wish", WORDS, nullable=False),
        sa.Column("income", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_job_seekers_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_seekers")),
        sa.UniqueConstraint("member_id", name=op.f("uq_job_seekers_member_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_job_seekers_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "livelihoods",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("name_fold", SORT_TEXT, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("household_id", WHOLE, nullable=True),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("co_owner", WORDS, nullable=False),
        sa.Column("decider", WORDS, nullable=False),
        sa.Column("establishment", WORDS, nullable=False),
        sa.Column("vsic_version", WORDS, nullable=False),
        sa.Column("vsic_code", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("started", DAY, nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("smart", WHOLE, nullable=False),
        sa.Column("practices", WORDS, nullable=False),
        sa.Column("risks", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN household_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_livelihoods_one_owner"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_livelihoods_group_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_livelihoods_household_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_livelihoods_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihoods")),
        sa.UniqueConstraint("code", name=op.f("uq_livelihoods_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_livelihoods_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_livelihoods_group_id"), "livelihoods", ["group_id"], unique=False)
    op.create_index(op.f("ix_livelihoods_household_id"), "livelihoods", ["household_id"], unique=False)
    op.create_index(op.f("ix_livelihoods_member_id"), "livelihoods", ["member_id"], unique=False)
    op.create_index(op.f("ix_livelihoods_name_fold"), "livelihoods", ["name_fold"], unique=False)
    op.create_index(op.f("ix_livelihoods_state"), "livelihoods", ["state"], unique=False)
    op.create_table(
        "loans",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("direction", WORDS, nullable=False),
        sa.Column("lender", WORDS, nullable=False),
        sa.Column("product_id", WHOLE, nullable=True),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("livelihood", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("applied_on", DAY, nullable=False),
        sa.Column("decided_on", DAY, nullable=True),
        sa.Column("contract", WORDS, nullable=False),
        sa.Column("terms", WORDS, nullable=False),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("paper", WORDS, nullable=False),
        sa.Column("decision", WORDS, nullable=False),
        sa.Column("disbursed_on", DAY, nullable=True),
        sa.Column("closed_on", DAY, nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_loans_amount")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_loans_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_loans_member_id")),
        sa.ForeignKeyConstraint(["product_id"], ["loan_products.id"], name=op.f("fk_loans_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
        sa.UniqueConstraint("code", name=op.f("uq_loans_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_loans_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_loans_group_id_stage", "loans", ["group_id", "stage"], unique=False)
    op.create_index(op.f("ix_loans_member_id"), "loans", ["member_id"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("cycle_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("started", WORDS, nullable=False),
        sa.Column("ended", WORDS, nullable=False),
        sa.Column("chair_id", WHOLE, nullable=True),
        sa.Column("secretary_id", WHOLE, nullable=True),
        sa.Column("decisions", WORDS, nullable=False),
        sa.Column("counted", WORDS, nullable=False),
        sa.Column("social_counted", WORDS, nullable=False),
        sa.Column("cash_difference", WHOLE, nullable=False),
        sa.Column("social_difference", WHOLE, nullable=False),
        sa.Column("difference_reason", WORDS, nullable=False),
        sa.Column("sheet", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("corrections", WHOLE, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["members.id"], name=op.f("fk_meetings_chair_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_meetings_cycle_id")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_meetings_group_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["members.id"], name=op.f("fk_meetings_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_meetings_group_id"), "meetings", ["group_id"], unique=False)
    op.create_index(
        "uq_meetings_day",
        "meetings",
        ["group_id", "day"],
        unique=True,
        sqlite_where=sa.text("state = 'posted'"),
        postgresql_where=sa.text("state = 'posted'"),
    )
    op.create_index(
        "uq_meetings_number",
        "meetings",
        ["group_id", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'posted'"),
        postgresql_where=sa.text("state = 'posted'"),
    )
    op.create_table(
        "member_photos",
        sa.Column("member_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("image", BYTES, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_member_photos_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_photos")),
        sqlite_strict=True,
    )
    op.create_table(
        "memberships",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("joined", DAY, nullable=False),
        sa.Column("left", DAY, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_memberships_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_memberships_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("uid", name=op.f("uq_memberships_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_memberships_group_id"), "memberships", ["group_id"], unique=False)
    op.create_index(op.f("ix_memberships_member_id"), "memberships", ["member_id"], unique=False)
    op.create_index(
        "uq_memberships_now",
        "memberships",
        ["group_id", "member_id"],
        unique=True,
        sqlite_where=sa.text('"left" IS NULL'),
        postgresql_where=sa.text('"left" IS NULL'),
    )
    op.create_table(
        "office_terms",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_office_terms_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_office_terms_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_terms")),
        sa.UniqueConstraint("uid", name=op.f("uq_office_terms_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_office_terms_group_id"), "office_terms", ["group_id"], unique=False)
    op.create_index(op.f("ix_office_terms_member_id"), "office_terms", ["member_id"], unique=False)
    op.create_table(
        "roscas",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("draw_order", WORDS, nullable=False),
        sa.Column("part_value", WHOLE, nullable=False),
        sa.Column("parts", WHOLE, nullable=False),
        sa.Column("starts", DAY, nullable=False),
        sa.Column("frequency", WORDS, nullable=False),
        sa.Column("organiser_id", WHOLE, nullable=False),
        sa.Column("commission", WHOLE, nullable=False),
        sa.Column("late_basis_points", WHOLE, nullable=False),
        sa.Column("organiser_covers", WHOLE, nullable=False),
        sa.Column("agreed_on", DAY, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("security", WORDS, nullable=False),
        sa.Column("rules", WORDS, nullable=False),
        sa.Column("notified_on", DAY, nullable=True),
        sa.Column("notice", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("commission >= 0", name=op.f("ck_roscas_commission")),
        sa.CheckConstraint("part_value > 0", name=op.f("ck_roscas_part_value")),
        sa.CheckConstraint("parts BETWEEN 2 AND 100", name=op.f("ck_roscas_parts")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_roscas_group_id")),
        sa.ForeignKeyConstraint(["organiser_id"], ["members.id"], name=op.f("fk_roscas_organiser_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roscas")),
        sa.UniqueConstraint("code", name=op.f("uq_roscas_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_roscas_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_roscas_group_id"), "roscas", ["group_id"], unique=False)
    op.create_table(
        "share_outs",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("cycle_id", WHOLE, nullable=False),
        sa.Column("next_cycle_id", WHOLE, nullable=True),
        sa.Column("cycle_ended", DAY, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("divided", WHOLE, nullable=False),
        sa.Column("paid", WHOLE, nullable=False),
        sa.Column("remainder", WHOLE, nullable=False),
        sa.Column("unit", WHOLE, nullable=False),
        sa.Column("approved_by", WORDS, nullable=False),
        sa.Column("minutes", WORDS, nullable=False),
        sa.Column("plan", WORDS, nullable=False),
        sa.Column("vouchers", WORDS, nullable=False),
        sa.Column("closed_before", DAY, nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_share_outs_cycle_id")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_share_outs_group_id")),
        sa.ForeignKeyConstraint(["next_cycle_id"], ["cycles.id"], name=op.f("fk_share_outs_next_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_outs")),
        sa.UniqueConstraint("uid", name=op.f("uq_share_outs_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_share_outs_group_id"), "share_outs", ["group_id"], unique=False)
    op.create_index(
        "uq_share_outs_cycle",
        "share_outs",
        ["cycle_id"],
        unique=True,
        sqlite_where=sa.text("state = 'posted'"),
        postgresql_where=sa.text("state = 'posted'"),
    )
    op.create_table(
        "vulnerabilities",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("category", WORDS, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("until", DAY, nullable=True),
        sa.Column("basis", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_vulnerabilities_days")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_vulnerabilities_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vulnerabilities")),
        sa.UniqueConstraint("uid", name=op.f("uq_vulnerabilities_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_vulnerabilities_member_id", "vulnerabilities", ["member_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("meeting_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("member_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_attendances_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attendances_member_id")),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendances")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attendances_member_id"), "attendances", ["member_id"], unique=False)
    op.create_table(
        "business_plans",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=False),
        sa.Column("made_on", DAY, nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("approved_on", DAY, nullable=True),
        sa.Column("approvers", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_business_plans_livelihood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_plans")),
        sa.UniqueConstraint("uid", name=op.f("uq_business_plans_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_business_plans_livelihood_id"), "business_plans", ["livelihood_id"], unique=False
    )
    op.create_table(
        "job_openings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("employer", WORDS, nullable=False),
        sa.Column("cooperative", WHOLE, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=True),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("places", WHOLE, nullable=False),
        sa.Column("employment", WORDS, nullable=False),
        sa.Column("skills", WORDS, nullable=False),
        sa.Column("offers", WORDS, nullable=False),
        sa.Column("pay", WHOLE, nullable=False),
        sa.Column("days", WHOLE, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("region", WHOLE, nullable=False),
        sa.Column("contact", WORDS, nullable=False),
        sa.Column("opened", DAY, nullable=False),
        sa.Column("closed", DAY, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_job_openings_places")),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_job_openings_livelihood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_openings")),
        sa.UniqueConstraint("code", name=op.f("uq_job_openings_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_job_openings_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "jobs",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=True),
        sa.Column("employer", WORDS, nullable=False),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("person", WORDS, nullable=False),
        sa.Column("sex", WORDS, nullable=True),
        sa.Column("birth_year", WHOLE, nullable=True),
        sa.Column("work", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("employment", WORDS, nullable=False),
        sa.Column("casual", WHOLE, nullable=False),
        sa.Column("direct", WHOLE, nullable=False),
        sa.Column("hazardous", WHOLE, nullable=False),
        sa.Column("region", WHOLE, nullable=False),
        sa.Column("evidence", WORDS, nullable=False),
        sa.Column("decent", WORDS, nullable=False),
        sa.Column("ended", DAY, nullable=True),
        sa.Column("end_reason", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint("region BETWEEN 1 AND 4", name=op.f("ck_jobs_region")),
        sa.ForeignKeyConstraint(["livelihood_id"], ["livelihoods.id"], name=op.f("fk_jobs_livelihood_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_jobs_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("uid", name=op.f("uq_jobs_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_jobs_livelihood_id"), "jobs", ["livelihood_id"], unique=False)
    op.create_index(op.f("ix_jobs_member_id"), "jobs", ["member_id"], unique=False)
    op.create_table(
        "livelihood_loans",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=False),
        sa.Column("loan_id", WHOLE, nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_livelihood_loans_livelihood_id")
        ),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_livelihood_loans_loan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood_loans")),
        sa.UniqueConstraint("uid", name=op.f("uq_livelihood_loans_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_livelihood_loans_loan_id"), "livelihood_loans", ["loan_id"], unique=False)
    op.create_index("uq_livelihood_loans_pair", "livelihood_loans", ["livelihood_id", "loan_id"], unique=True)
    op.create_table(
        "livelihood_steps",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_livelihood_steps_livelihood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood_steps")),
        sa.UniqueConstraint("uid", name=op.f("uq_livelihood_steps_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_livelihood_steps_livelihood_id"), "livelihood_steps", ["livelihood_id"], unique=False
    )
    op.create_table(
        "livelihood_visits",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=False),
        sa.Column("wave", WORDS, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("visitor", WORDS, nullable=False),
        sa.Column("operating", WHOLE, nullable=False),
        sa.Column("figures", WORDS, nullable=False),
        sa.Column("practices", WORDS, nullable=False),
        sa.Column("contribution", WORDS, nullable=False),
        sa.Column("displaces", WHOLE, nullable=False),
        sa.Column("evidence", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["livelihood_id"], ["livelihoods.id"], name=op.f("fk_livelihood_visits_livelihood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood_visits")),
        sa.UniqueConstraint("uid", name=op.f("uq_livelihood_visits_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_livelihood_visits_wave", "livelihood_visits", ["livelihood_id", "wave"], unique=True)
    op.create_table(
        "loan_dues",
        sa.Column("loan_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("nr", WHOLE, autoincrement=False, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("principal", WHOLE, nullable=False),
        sa.Column("interest", WHOLE, nullable=False),
        sa.Column("fees", WHOLE, nullable=False),
        sa.Column("penalties", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_dues_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", "nr", name=op.f("pk_loan_dues")),
        sqlite_strict=True,
    )
    op.create_table(
        "loan_guarantors",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("loan_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_guarantors_loan_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_loan_guarantors_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_guarantors")),
        sa.UniqueConstraint("uid", name=op.f("uq_loan_guarantors_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_loan_guarantors_member_id"), "loan_guarantors", ["member_id"], unique=False)
    op.create_index("uq_loan_guarantors_pair", "loan_guarantors", ["loan_id", "member_id"], unique=True)
    op.create_table(
        "losses",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("household_id", WHOLE, nullable=False),
        sa.Column("livelihood_id", WHOLE, nullable=True),
        sa.Column("item", WORDS, nullable=False),
        sa.Column("quantity", WORDS, nullable=False),
        sa.Column("value", WHOLE, nullable=False),
        sa.Column("share", WORDS, nullable=False),
        sa.Column("state_help", WHOLE, nullable=False),
        sa.Column("group_help", WHOLE, nullable=False),
        sa.Column("recovered", DAY, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.CheckConstraint(
            "value >= 0 AND state_help >= 0 AND group_help >= 0", name=op.f("ck_losses_amounts")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["loss_events.id"], name=op.f("fk_losses_event_id")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_losses_household_id")),
        sa.ForeignKeyConstraint(["livelihood_id"], ["livelihoods.id"], name=op.f("fk_losses_livelihood_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_losses")),
        sa.UniqueConstraint("uid", name=op.f("uq_losses_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_losses_event", "losses", ["event_id", "household_id"], unique=False)
    op.create_index(op.f("ix_losses_household_id"), "losses", ["household_id"], unique=False)
    op.create_index(op.f("ix_losses_livelihood_id"), "losses", ["livelihood_id"], unique=False)
    op.create_table(
        "rosca_parts",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("rosca_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_rosca_parts_member_id")),
        sa.ForeignKeyConstraint(["rosca_id"], ["roscas.id"], name=op.f("fk_rosca_parts_rosca_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosca_parts")),
        sa.UniqueConstraint("uid", name=op.f("uq_rosca_parts_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_rosca_parts_member_id"), "rosca_parts", ["member_id"], unique=False)
    op.create_index("uq_rosca_parts_number", "rosca_parts", ["rosca_id", "number"], unique=True)
    op.create_table(
        "vouchers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("paper", WORDS, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("meeting_id", WHOLE, nullable=True),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("reverses_id", WHOLE, nullable=True),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.Column("register_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("hash", BYTES, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_vouchers_number")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_vouchers_group_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_vouchers_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_vouchers_member_id")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_vouchers_register_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["vouchers.id"], name=op.f("fk_vouchers_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_vouchers_reverses_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_vouchers_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_vouchers_group_id_day_id", "vouchers", ["group_id", "day", "id"], unique=False)
    op.create_index(op.f("ix_vouchers_meeting_id"), "vouchers", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_vouchers_member_id"), "vouchers", ["member_id"], unique=False)
    op.create_index("uq_vouchers_number", "vouchers", ["group_id", "paper", "year", "number"], unique=True)
    op.create_index("uq_vouchers_register_seq", "vouchers", ["register_id", "seq"], unique=True)
    op.create_table(
        "job_terms",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("job_id", WHOLE, nullable=False),
        sa.Column("since", DAY, nullable=False),
        sa.Column("days", WHOLE, nullable=False),
        sa.Column("minutes", WHOLE, nullable=False),
        sa.Column("months", WHOLE, nullable=False),
        sa.Column("pay", WHOLE, nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 365", name=op.f("ck_job_terms_days")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 960", name=op.f("ck_job_terms_minutes")),
        sa.CheckConstraint("months BETWEEN 1 AND 12", name=op.f("ck_job_terms_months")),
        sa.CheckConstraint("pay >= 0", name=op.f("ck_job_terms_pay")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_terms_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_terms")),
        sa.UniqueConstraint("uid", name=op.f("uq_job_terms_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_job_terms_since", "job_terms", ["job_id", "since"], unique=True)
    op.create_table(
        "loan_events",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("loan_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("detail", WORDS, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("meeting_id", WHOLE, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_events_loan_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_loan_events_meeting_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_loan_events_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_events")),
        sa.UniqueConstraint("uid", name=op.f("uq_loan_events_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_loan_events_meeting_id"), "loan_events", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_loan_events_voucher_id"), "loan_events", ["voucher_id"], unique=False)
    op.create_index("uq_loan_events_loan_id_seq", "loan_events", ["loan_id", "seq"], unique=True)
    op.create_table(
        "placements",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("opening_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("job_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("income", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_placements_job_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_placements_member_id")),
        sa.ForeignKeyConstraint(["opening_id"], ["job_openings.id"], name=op.f("fk_placements_opening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("uid", name=op.f("uq_placements_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_placements_member_id"), "placements", ["member_id"], unique=False)
    op.create_index(op.f("ix_placements_opening_id"), "placements", ["opening_id"], unique=False)
    op.create_table(
        "postings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=False),
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("kind", WHOLE, nullable=False),
        sa.Column("units", WHOLE, nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_postings_amount")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_postings_account_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_postings_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_postings_cover",
        "postings",
        ["account_id", "day", "id", "amount", "voucher_id", "kind", "units"],
        unique=False,
    )
    op.create_index(op.f("ix_postings_voucher_id"), "postings", ["voucher_id"], unique=False)
    op.create_table(
        "prints",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("report", WORDS, nullable=False),
        sa.Column("number", WORDS, nullable=False),
        sa.Column("copy", WHOLE, nullable=False),
        sa.Column("group_id", WHOLE, nullable=True),
        sa.Column("member_id", WHOLE, nullable=True),
        sa.Column("meeting_id", WHOLE, nullable=True),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("starts", DAY, nullable=True),
        sa.Column("ends", DAY, nullable=True),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("balance", WHOLE, nullable=False),
        sa.Column("register_id", WHOLE, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("check_code", WORDS, nullable=False),
        sa.Column("printed_at", WORDS, nullable=False),
        sa.Column("printed_by", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_prints_group_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_prints_meeting_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_prints_member_id")),
        sa.ForeignKeyConstraint(["register_id"], ["registers.id"], name=op.f("fk_prints_register_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_prints_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prints")),
        sa.UniqueConstraint("uid", name=op.f("uq_prints_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_prints_subject", "prints", ["group_id", "report", "member_id"], unique=False)
    op.create_index("uq_prints_number_copy", "prints", ["number", "copy"], unique=True)
    op.create_table(
        "reliefs",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("event_id", WHOLE, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("loan_id", WHOLE, nullable=True),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.CheckConstraint(
            "(loan_id IS NULL AND voucher_id IS NOT NULL) OR (loan_id IS NOT NULL AND voucher_id IS NULL)",
            name=op.f("ck_reliefs_one_source"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["loss_events.id"], name=op.f("fk_reliefs_event_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_reliefs_loan_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_reliefs_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reliefs")),
        sa.UniqueConstraint("uid", name=op.f("uq_reliefs_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reliefs_event_id"), "reliefs", ["event_id"], unique=False)
    op.create_index("uq_reliefs_loan", "reliefs", ["loan_id"], unique=True)
    op.create_index("uq_reliefs_voucher", "reliefs", ["voucher_id"], unique=True)
    op.create_table(
        "rosca_openings",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("rosca_id", WHOLE, nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("part_id", WHOLE, nullable=False),
        sa.Column("drawer_id", WHOLE, nullable=False),
        sa.Column("bid", WHOLE, nullable=False),
        sa.Column("drawn", WHOLE, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=False),
        sa.Column("commission_voucher_id", WHOLE, nullable=True),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("bid >= 0", name=op.f("ck_rosca_openings_bid")),
        sa.ForeignKeyConstraint(
            ["commission_voucher_id"], ["vouchers.id"], name=op.f("fk_rosca_openings_commission_voucher_id")
        ),
        sa.ForeignKeyConstraint(["drawer_id"], ["members.id"], name=op.f("fk_rosca_openings_drawer_id")),
        sa.ForeignKeyConstraint(["part_id"], ["rosca_parts.id"], name=op.f("fk_rosca_openings_part_id")),
        sa.ForeignKeyConstraint(["rosca_id"], ["roscas.id"], name=op.f("fk_rosca_openings_rosca_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_rosca_openings_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosca_openings")),
        sa.UniqueConstraint("uid", name=op.f("uq_rosca_openings_uid")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_rosca_openings_number",
        "rosca_openings",
        ["rosca_id", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'posted'"),
        postgresql_where=sa.text("state = 'posted'"),
    )
    op.create_table(
        "social_grants",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("group_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("requested_on", DAY, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("decided_on", DAY, nullable=True),
        sa.Column("decision", WORDS, nullable=False),
        sa.Column("paid_on", DAY, nullable=True),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("recorded_by", WORDS, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_social_grants_amount")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_groups.id"], name=op.f("fk_social_grants_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_social_grants_member_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_social_grants_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_grants")),
        sa.UniqueConstraint("uid", name=op.f("uq_social_grants_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_social_grants_group_id"), "social_grants", ["group_id"], unique=False)
    op.create_index(op.f("ix_social_grants_member_id"), "social_grants", ["member_id"], unique=False)
    op.create_table(
        "placement_checks",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("placement_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("working", WHOLE, nullable=False),
        sa.Column("pay", WHOLE, nullable=False),
        sa.Column("accommodated", WHOLE, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_placement_checks_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_checks")),
        sa.UniqueConstraint("uid", name=op.f("uq_placement_checks_uid")),
        sqlite_strict=True,
    )
    op.create_index("uq_placement_checks_day", "placement_checks", ["placement_id", "day"], unique=True)
    op.create_table(
        "rosca_payments",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("uid", BYTES, nullable=False),
        sa.Column("opening_id", WHOLE, nullable=False),
        sa.Column("part_id", WHOLE, nullable=False),
        sa.Column("member_id", WHOLE, nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("due", WHOLE, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("late_interest", WHOLE, nullable=False),
        sa.Column("covers", WHOLE, nullable=False),
        sa.Column("voucher_id", WHOLE, nullable=True),
        sa.Column("passed_voucher_id", WHOLE, nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_rosca_payments_amount")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_rosca_payments_member_id")),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["rosca_openings.id"], name=op.f("fk_rosca_payments_opening_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["rosca_parts.id"], name=op.f("fk_rosca_payments_part_id")),
        sa.ForeignKeyConstraint(
            ["passed_voucher_id"], ["vouchers.id"], name=op.f("fk_rosca_payments_passed_voucher_id")
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_rosca_payments_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosca_payments")),
        sa.UniqueConstraint("uid", name=op.f("uq_rosca_payments_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_rosca_payments_opening_id"), "rosca_payments", ["opening_id"], unique=False)
    op.create_index(op.f("ix_rosca_payments_part_id"), "rosca_payments", ["part_id"], unique=False)
    op.create_index(
        "uq_accounts_subject",
        "accounts",
        ["group_id", "account", sa.text("coalesce(member_id, 0)"), sa.text("coalesce(loan_id, 0)")],
        unique=True,
    )

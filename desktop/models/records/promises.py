"""What is promised of tables by their names, to be read without loading the tables."""

from __future__ import annotations

APPEND_ONLY = (
    "vouchers",
    "postings",
    "accounts",
    "changes",
    "prints",
    "period_closings",
    "loan_events",
    "household_poverty",
    "assessments",
    "erasures",
    "erased_items",
    "access_log",
    "support_assessments",
    "support_decisions",
    "asset_checks",
    "maturity_scores",
)
"""Tables whose rows are never changed or deleted; the database itself refuses it."""

ERASABLE = (
    "members",
    "assessments",
    "disability_certificates",
    "vulnerabilities",
    "accommodations",
    "consents",
    "data_requests",
    "attachments",
    "class_enrolments",
    "training_attendances",
    "training_certificates",
    "training_follow_ups",
    "trainers",
    "coordination_guests",
    "audit_checks",
    "social_grants",
    "job_seekers",
    "placements",
    "placement_checks",
    "supports",
    "support_contributions",
    "support_transfers",
    "support_assets",
)
"""Tables about single people: their rows in the log may lose their text when a person asks for it (docs/security.md)."""

"""All papers: to add one, write its file and put its report into this list."""

from __future__ import annotations

from typing import Any

from reports import (
    blank_sheet,
    business_plan,
    cash_book,
    consent,
    constitution,
    figures,
    job_report,
    lender_collection,
    livelihood_record,
    livelihood_visit,
    loan_application,
    loan_contract,
    loan_due_list,
    loan_overdue,
    loan_passbook,
    loan_payoff,
    loan_receipt,
    loan_reminder,
    loan_schedule,
    meeting_minutes,
    member_list,
    member_profile,
    member_statement,
    model_sheet,
    passbook,
    questionnaire,
    receipt,
    rosca_agreement,
    rosca_ledger,
    rosca_notice,
    share_out,
    training_certificate,
    training_class,
    trial_balance,
)
from reports.kit.report import Report

CATALOGUE: list[Report[Any]] = [
    member_statement.REPORT,
    meeting_minutes.REPORT,
    receipt.REPORT,
    blank_sheet.REPORT,
    member_list.REPORT,
    cash_book.REPORT,
    trial_balance.REPORT,
    loan_application.REPORT,
    loan_contract.REPORT,
    loan_schedule.REPORT,
    loan_passbook.REPORT,
    loan_receipt.REPORT,
    loan_payoff.REPORT,
    loan_overdue.REPORT,
    loan_reminder.REPORT,
    loan_due_list.REPORT,
    livelihood_record.REPORT,
    business_plan.REPORT,
    livelihood_visit.REPORT,
    job_report.REPORT,
    lender_collection.REPORT,
    rosca_agreement.REPORT,
    rosca_ledger.REPORT,
    rosca_notice.REPORT,
    member_profile.REPORT,
    consent.REPORT,
    questionnaire.BLANK,
    questionnaire.FILLED,
    figures.ANALYSIS,
    figures.INCLUSION,
    figures.ACTIONS,
    share_out.REPORT,
    constitution.REPORT,
    passbook.REPORT,
    model_sheet.REPORT,
    training_certificate.REPORT,
    training_class.LIST,
    training_class.REPORT,
]


def find(key: str) -> Report[Any]:
    """Return the report of a key. Raises KeyError if there is none."""
    for report in CATALOGUE:
        if report.key == key:
            return report
    raise KeyError(key)

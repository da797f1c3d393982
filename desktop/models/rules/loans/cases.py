"""The one door for JSON: a case in, its answer out, by kind. What `sonhom loan-schedule` and the tests call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.models.rules.loans.case_answers import answer_loan, answer_plan
from desktop.models.rules.loans.case_daily import answer_daily
from desktop.models.rules.loans.case_json import BadCase, Json, NotDone
from desktop.models.rules.loans.case_per_period import answer_late_repayment, answer_life, answer_payoff
from desktop.models.rules.loans.terms import UnsupportedTerms

KINDS: Mapping[str, Callable[[Json], dict[str, Any]]] = {
    "loan": answer_loan,
    "loan_rounded_instalments": answer_plan,
    "loan_opencbs": answer_plan,
    "loan_daily_interest": answer_daily,
    "opencbs_late_repayment": answer_late_repayment,
    "opencbs_payoff": answer_payoff,
    "opencbs_lifecycle": answer_life,
}

NEEDED = (
    "principal",
    "disbursement_date",
    "number_of_repayments",
    "repay_every",
    "repay_unit",
    "interest_rate_percent",
    "interest_rate_frequency",
    "interest_method",
    "amortization",
)
"""What every loan of the standard schema says in its `input`; all that is missing is told at once."""


def answer(case: Json) -> dict[str, Any]:
    """Return the answer to one case: its schedule and, with transactions, its states.

    A case without a kind is a loan. Raises BadCase for an unknown kind, a missing or an unreadable field.
    """
    kind = str(case.get("kind", "loan"))
    if kind not in KINDS:
        raise NotDone(f"kind {kind}")
    source = case.get("input", {})
    if not isinstance(source, Mapping):
        raise BadCase("input is no object")
    try:
        return KINDS[kind](case)
    except KeyError as missing:
        # All that is missing is named at once; what a source leaves out and the engine can do without is no mistake.
        lacking = _lacking(source) if kind == "loan" else []
        names = [f"input.{name}" for name in lacking] or [missing.args[0]]
        raise BadCase(f"missing {', '.join(names)}") from None
    except BadCase:
        raise
    except UnsupportedTerms as reason:
        raise NotDone(str(reason)) from reason
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError) as wrong:
        raise BadCase(str(wrong)) from wrong


def _lacking(source: Json) -> list[str]:
    other = "loan_type" in source or source.get("schedule_engine") == "opencbs"
    return [] if other else [name for name in NEEDED if source.get(name) is None]


def answer_all(document: Any) -> list[dict[str, Any]]:
    """Return `{id, answer}` of one case, of a list, or of a file of cases. Raises BadCase with the case's id."""
    cases = document.get("cases", [document]) if isinstance(document, Mapping) else document
    if not isinstance(cases, list):
        raise BadCase("neither a case nor a list of cases")
    answers = []
    for case in cases:
        if not isinstance(case, Mapping):
            raise BadCase("a case is an object")
        name = case.get("id")
        try:
            answers.append({"id": name, "answer": answer(case)})
        except BadCase as reason:
            raise BadCase(f"{name}: {reason}" if name else str(reason)) from None
    return answers

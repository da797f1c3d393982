"""Answers in the schema of the cases: schedule, totals, checkpoints, splits, journal, payoff quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.case_events import Moment, allocation_from_case, moments
from desktop.models.rules.loans.case_json import Json, Money, day, money_of, terms_from_case
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.state import LoanState, Split, StateRow, loan_state
from desktop.models.rules.loans.terms import PrecloseInterest, Terms

Answer = dict[str, Any]


def answer_loan(case: Json) -> Answer:
    """Return schedule, totals and checkpoints of a `loan` case."""
    source = case["input"]
    terms, money, rule = (
        terms_from_case(case),
        money_of(source),
        allocation_from_case(source.get("allocation")),
    )
    recorded = moments(case.get("transactions") or (), terms.disbursed_on, money)
    asked = (case.get("expected") or {}).get("checkpoints")
    if asked is None:
        asked = [
            {"after_transaction": moment.after, "as_of": moment.today.isoformat()} for moment in recorded
        ]
    checkpoints = [_checkpoint(terms, rule, money, recorded, question) for question in asked]
    last = checkpoints[-1] if checkpoints else _state_answer(_state(terms, rule, recorded[-1], None), money)
    answer: Answer = {
        "schedule": last["schedule"],
        "totals": last["totals"],
        "checkpoints": checkpoints,
    }
    quotes = (case.get("expected") or {}).get("payoff_quotes")
    if "expected" not in case and recorded[-1].events:
        quotes = [{"after_transaction": recorded[-1].after, "as_of": recorded[-1].today.isoformat()}]
    if quotes is not None:
        answer["payoff_quotes"] = [_quote(terms, rule, money, recorded, question) for question in quotes]
    return answer


def _quote(
    terms: Terms, rule: Allocation, money: Money, recorded: Sequence[Moment], question: Json
) -> Answer:
    moment = recorded[int(question["after_transaction"])]
    preclose = PrecloseInterest(question["preclose_interest"]) if question.get("preclose_interest") else None
    as_of = day(question["as_of"])
    quote = payoff(terms, moment.events, rule, as_of, preclose)
    asked = {
        name: question[name]
        for name in ("after_transaction", "as_of", "preclose_interest")
        if name in question
    }
    return asked | {"amount": money.write(quote.amount)}


def _state(terms: Terms, rule: Allocation, moment: Moment, as_of: date | None) -> LoanState:
    return loan_state(terms, moment.events, rule, as_of or moment.today)


def _checkpoint(
    terms: Terms, rule: Allocation, money: Money, recorded: Sequence[Moment], question: Json
) -> Answer:
    moment = recorded[int(question["after_transaction"])]
    as_of = day(question.get("interest_as_of") or question.get("as_of") or moment.today)
    # Null on purpose: what is overdue bears no interest, every row counts as paid in time.
    never = "interest_as_of" in question and question["interest_as_of"] is None
    state = _state(terms, rule, moment, terms.disbursed_on if never else as_of)
    head = {
        "after_transaction": moment.after,
        "as_of": question.get("as_of") or as_of.isoformat(),
        "interest_as_of": as_of.isoformat(),
    }
    return head | _state_answer(state, money)


def _state_answer(state: LoanState, money: Money) -> Answer:
    return {
        "schedule": [row_answer(row, money) for row in state.rows],
        "totals": totals_answer(state.rows, money),
        "transactions": [split_answer(split, money) for split in state.splits],
        "status": state.status.value.upper(),
        "outstanding": money.write(state.outstanding),
        "overpaid": money.write(state.overpaid),
    }


def row_answer(row: StateRow, money: Money) -> Answer:
    """Return a row of the schedule."""
    return {
        "nr": row.nr,
        "days": row.days,
        "due_date": row.due_on.isoformat(),
        "paid_date": row.paid_on.isoformat() if row.paid_on else None,
        "balance": money.write(row.balance),
        "principal": money.write(row.due.principal),
        "interest": money.write(row.due.interest),
        "fees": money.write(row.due.fees),
        "penalties": money.write(row.due.penalties),
        "total_due": money.write(row.due.total),
        "paid": money.write(row.paid.total),
        "paid_in_advance": money.write(row.paid_in_advance),
        "paid_late": money.write(row.paid_late),
        "outstanding": money.write(row.outstanding),
        "waived": money.write(row.waived.total),
    }


def totals_answer(rows: Iterable[StateRow], money: Money) -> Answer:
    """Return the sums of all rows."""
    rows = list(rows)
    sums = {
        "principal": sum(row.due.principal for row in rows),
        "interest": sum(row.due.interest for row in rows),
        "fees": sum(row.due.fees for row in rows),
        "penalties": sum(row.due.penalties for row in rows),
        "total_due": sum(row.due.total for row in rows),
        "paid": sum(row.paid.total for row in rows),
        "paid_in_advance": sum(row.paid_in_advance for row in rows),
        "paid_late": sum(row.paid_late for row in rows),
        "outstanding": sum(row.outstanding for row in rows),
        "waived": sum(row.waived.total for row in rows),
    }
    return {name: money.write(amount) for name, amount in sums.items()}


def split_answer(split: Split, money: Money) -> Answer:
    """Return a transaction with what it paid."""
    return {
        "date": split.on.isoformat(),
        "type": "Disbursement" if split.is_disbursement else "Repayment",
        "amount": money.write(split.amount),
        "principal": money.write(split.parts.principal),
        "interest": money.write(split.parts.interest),
        "fees": money.write(split.parts.fees),
        "penalties": money.write(split.parts.penalties),
        "balance_after": money.write(split.balance_after),
        "overpaid": money.write(split.overpaid),
        "reverted": split.reverted,
    }


def plan_answer(rows: Sequence[Row], money: Money) -> Answer:
    """Return a schedule nobody has paid yet."""
    schedule = [
        {
            "nr": row.nr,
            "days": row.days,
            "due_date": row.due_on.isoformat(),
            "balance": money.write(row.balance),
            "balance_before": money.write(row.balance + row.principal),
            "principal": money.write(row.principal),
            "interest": money.write(row.interest),
            "fees": money.write(row.fees),
            "penalties": money.write(row.penalties),
            "total_due": money.write(row.total),
        }
        for row in rows
    ]
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("principal", "interest", "fees")}
    totals = {name: money.write(amount) for name, amount in sums.items()}
    totals["total_due"] = money.write(sum(row.total for row in rows))
    return {"schedule": schedule, "totals": totals}


def answer_plan(case: Json) -> Answer:
    """Return the planned schedule of a case without history."""
    return plan_answer(build_rows(terms_from_case(case)), money_of(case["input"]))

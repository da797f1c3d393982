"""Answers for per-period loans with history: late payments, payoff, whole lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop.models.rules.loans.case_json import (
    Json,
    Money,
    NotDone,
    day,
    money_of,
    named,
    number,
    terms_from_case,
)
from desktop.models.rules.loans.charges import PenaltyBase, PenaltyRule
from desktop.models.rules.loans.daycount import annual_rate
from desktop.models.rules.loans.per_period_life import (
    EarlyMode,
    LifeRow,
    PaidParts,
    PerPeriodLoan,
    per_period_loan,
)
from desktop.models.rules.loans.schedule import build_rows

Answer = dict[str, Any]


def _loan(source: Json) -> PerPeriodLoan:
    terms = terms_from_case(source)
    rates = source.get("late_penalty_daily_rates") or {}
    rules = [
        PenaltyRule(named(PenaltyBase, base, "late penalty"), number(rate))
        for base, rate in rates.items()
        if number(rate or 0)
    ]
    exact = source.get("annual_rate_exact")
    annual = annual_rate(terms) if exact is None else number(exact) / 100
    waive = bool(source.get("waive_penalties"))
    return per_period_loan(terms, build_rows(terms), rules, annual_rate=annual, waive_penalties=waive)


def _repayments(transactions: Sequence[Json] | None) -> Iterator[Json]:
    """Yield the repayments. The disbursement is in the terms already; raises NotDone for anything else."""
    for entry in transactions or ():
        kind = entry.get("type") or "repayment"
        if kind not in ("repayment", "disburse", "disbursement"):
            raise NotDone(f"transaction {kind}")
        if kind == "repayment":
            yield entry


def answer_late_repayment(case: Json) -> Answer:
    """Return the split of a late payment and what is unpaid after it."""
    source = case["input"]
    loan, money = _loan(source), money_of(source)
    paid: PaidParts | None = None
    for entry in _repayments(case.get("transactions")):
        paid = loan.repay_due(money.read(entry["amount"]), day(entry["date"]))
    if paid is None:
        loan.charge_penalties(day(case["as_of"]))
    return {
        "allocation": None if paid is None else _parts(paid, money),
        "schedule": [_late_row(row, money) for row in loan.rows],
    }


def _parts(paid: PaidParts, money: Money) -> Answer:
    return {
        "penalties": money.write(paid.penalties),
        "interest": money.write(paid.interest),
        "principal": money.write(paid.principal),
        "unallocated": money.write(paid.unallocated),
    }


def _late_row(row: LifeRow, money: Money) -> Answer:
    return {
        "nr": row.nr,
        "due_date": row.due_on.isoformat(),
        "interest": money.write(row.interest),
        "principal": money.write(row.principal),
        "paid_principal": money.write(row.paid_principal),
        "paid_interest": money.write(row.paid_interest),
        "penalty_unpaid": money.write(row.penalty_unpaid),
    }


def answer_payoff(case: Json) -> Answer:
    """Return what closes the loan on a day."""
    source = case["input"]
    loan, money = _loan(source), money_of(source)
    for entry in _repayments(case.get("transactions")):
        loan.repay(money.read(entry["amount"]), day(entry["date"]))
    amount = loan.payoff(
        day(case["as_of"]),
        keep_schedule=bool(source.get("keep_schedule")),
        fee_rate=number(source.get("early_total_repayment_fee_rate") or 0),
    )
    return {"payoff_amount": money.write(amount)}


def answer_life(case: Json) -> Answer:
    """Return the schedule after every step of a loan's life."""
    source, transactions = case["input"], case.get("transactions") or ()
    asked = (case.get("expected") or {}).get("checkpoints")
    steps = [int(item["after_transaction"]) for item in asked] if asked else range(1, len(transactions) + 1)
    checkpoints = [_after(source, transactions[:step], step) for step in steps]
    return {"schedule": _after(source, transactions, 0)["schedule"], "checkpoints": checkpoints}


def _after(source: Json, transactions: Any, step: int) -> Answer:
    loan, money = _loan(source), money_of(source)
    for entry in _repayments(transactions):
        mode = named(EarlyMode, entry.get("mode") or EarlyMode.KEEP.value, "mode")
        loan.repay(money.read(entry["amount"]), day(entry["date"]), mode)
    balance, rows = loan.terms.principal, []
    for row in loan.rows:
        rows.append(
            {
                "nr": row.nr,
                "due_date": row.due_on.isoformat(),
                "interest": money.write(row.interest),
                "principal": money.write(row.principal),
                "outstanding": money.write(row.outstanding),
                "balance_before": money.write(balance),
                "paid_principal": money.write(row.paid_principal),
                "paid_interest": money.write(row.paid_interest),
            }
        )
        balance -= row.principal
    return {"after_transaction": step, "schedule": rows}

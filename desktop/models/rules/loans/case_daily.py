"""Answers for cases with interest by day: what each instalment asks for after each step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.models.rules.loans.case_json import Json, Money, NotDone, day, money_of, number
from desktop.models.rules.loans.daily_interest import (
    DailyInstalment,
    DailyLoan,
    DailyPayoff,
    GivenInstalment,
    daily_loan,
)

Answer = dict[str, Any]
_CHARGES = ("fees", "misc_fees", "penalty", "misc_penalty")


def answer_daily(case: Json) -> Answer:
    """Return the checks of a `loan_daily_interest` case."""
    source, transactions = case["input"], case.get("transactions") or ()
    money = money_of(source)
    asked = (case.get("expected") or {}).get("checkpoints")
    if asked is None:
        asked = [{"after_transaction": step} for step in range(1, len(transactions) + 1)]
    checkpoints = []
    for question in asked:
        loan, quote = _played(source, transactions[: int(question["after_transaction"])], money)
        checks = question.get("checks")
        answers = _all_checks(loan, quote, money) if checks is None else _checks(loan, quote, money, checks)
        checkpoints.append({"after_transaction": question["after_transaction"], "checks": answers})
    return {"checkpoints": checkpoints}


def _played(source: Json, transactions: Iterable[Json], money: Money) -> tuple[DailyLoan, DailyPayoff | None]:
    loan = daily_loan(
        money.read(source["principal"]),
        day(source["disbursement_date"]),
        number(source["daily_rate"]),
        [_given(row, money) for row in source["instalments"]],
    )
    quote: DailyPayoff | None = None
    for entry in transactions:
        on = day(entry["date"])
        match entry["type"]:
            case "repayment":
                loan.repay(money.read(entry["amount"]), on)
            case "compute_overdue_interest":
                loan.book_overdue(on)
            case "payoff_quote":
                quote = loan.payoff(on)
            case other:
                raise NotDone(f"transaction {other}")
    return loan, quote


def _given(row: Json, money: Money) -> GivenInstalment:
    charges = sum(money.read(row[name]) for name in _CHARGES if row.get(name) is not None)
    return GivenInstalment(
        int(row["nr"]),
        day(row["due_date"]),
        money.read(row["principal"]),
        money.read(row["interest"]),
        money.read(row.get("extra_interest") or "0"),
        charges,
    )


def _figures(one: DailyInstalment, money: Money) -> Answer:
    figures = {
        "principal": one.given.principal,
        "principal_due": one.principal_due,
        "principal_paid": one.principal_paid,
        "interest": one.interest,
        "interest_due": one.interest_due,
        "interest_paid": one.interest_paid,
        "overdue_interest": one.extra,
        "overdue_interest_due": one.extra_due,
        "overdue_interest_paid": one.extra_paid,
        "charges": one.charges,
        "charges_due": one.charges_due,
        "charges_paid": one.charges_paid,
    }
    return {name: money.write(amount) for name, amount in figures.items()}


def _quote(quote: DailyPayoff | None, money: Money) -> Answer:
    if quote is None:
        return {}
    return {
        "total": money.write(quote.total),
        "waivable_interest": money.write(quote.waivable_interest),
    }


def _checks(loan: DailyLoan, quote: DailyPayoff | None, money: Money, checks: Iterable[Json]) -> list[Answer]:
    """Return for every check the same names, with our figures."""
    rows = {one.given.nr: _figures(one, money) for one in loan.instalments}
    figures = _quote(quote, money)
    answers = []
    for check in checks:
        found = {"nr": check["nr"]} | rows[check["nr"]] if "nr" in check else figures
        answers.append({name: found.get(name) for name in check})
    return answers


def _all_checks(loan: DailyLoan, quote: DailyPayoff | None, money: Money) -> list[Answer]:
    rows: list[Answer] = [{"nr": one.given.nr} | _figures(one, money) for one in loan.instalments]
    return rows + [{name: value} for name, value in _quote(quote, money).items()]

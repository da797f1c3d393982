"""Named quantities: due dates, a date moved in its month, annual rates, percent charges, the sum to prepay."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.rules.loans.calendar import anchored, due_dates
from desktop.models.rules.loans.case_events import allocation_from_case, moments
from desktop.models.rules.loans.case_json import day, money_of, named, number, terms_from_case
from desktop.models.rules.loans.charges import percent_charge
from desktop.models.rules.loans.daycount import annual_percent
from desktop.models.rules.loans.events import Repayment
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.state import Status, loan_state
from desktop.models.rules.loans.terms import Calendar, DayCount, PeriodUnit, RateUnit, YearBasis
from tests.oracle.answerer import Answerer, Case, NotSupported
from tests.oracle.loans import matches

_AFTER = "after_paying_it_on_"


def _answer(case: Case) -> dict[str, Any]:
    source = case["input"]
    if "seed_date" in source:
        operation = str(source.get("operation", "monthly"))
        if "month" not in operation:
            raise NotSupported(operation)
        return {"date": anchored(day(source["date"]), day(source["seed_date"])).isoformat()}
    if "rate_frequency" in source:
        return _annual_rate(source)
    if "loan" in source and "percent" in source:
        return _percent_charges(source)
    if "loan" in source:
        return _prepay(case)
    if "number_of_repayments" in source and "repay_unit" in source:
        return _due_dates(source)
    raise NotSupported("a fact of another kind")


def _due_dates(source: dict[str, Any]) -> dict[str, Any]:
    first = source.get("first_due_date")
    calendar = Calendar(
        every=int(source["repay_every"]),
        unit=named(PeriodUnit, source["repay_unit"], "repay_unit"),
        first_due=day(first) if first else None,
        counted_from=day(source["seed_date"]) if source.get("seed_date") else None,
    )
    dates = due_dates(calendar, day(source["disbursement_date"]), int(source["number_of_repayments"]))
    return {"due_dates": [due.isoformat() for due in dates]}


def _annual_rate(source: dict[str, Any]) -> dict[str, Any]:
    calendar = Calendar(
        every=int(source.get("repay_every") or 1), unit=named(PeriodUnit, source["repay_unit"], "repay_unit")
    )
    percent = annual_percent(
        number(source["rate_percent"]),
        named(RateUnit, source["rate_frequency"], "rate_frequency"),
        calendar,
        int(source["number_of_repayments"]),
        DayCount(named(YearBasis, source.get("days_in_year") or "actual", "days_in_year")),
    )
    return {"annual_rate_percent": percent}


def _percent_charges(source: dict[str, Any]) -> dict[str, Any]:
    terms, money = terms_from_case(source["loan"]), money_of(source["loan"])
    interest, percent = sum(row.interest for row in build_rows(terms)), number(source["percent"])
    bases = {
        "percent_of_amount": terms.principal,
        "percent_of_amount_and_interest": terms.principal + interest,
        "percent_of_interest": interest,
    }
    return {
        name: money.write(percent_charge(percent, base, terms.rounding, terms.money_multiple))
        for name, base in bases.items()
    }


def _prepay(case: Case) -> dict[str, Any]:
    source = case["input"]
    terms, money = terms_from_case(source["loan"]), money_of(source["loan"])
    rule = allocation_from_case(source["loan"].get("allocation"))
    recorded = case.get("transactions") or source.get("transactions") or ()
    moment = moments(recorded, terms.disbursed_on, money)[-1]
    on = day(source["as_of"]) if source.get("as_of") else moment.today
    quote = payoff(terms, moment.events, rule, on)
    answer: dict[str, Any] = {
        "prepay_amount": money.write(quote.amount),
        "prepay_principal": money.write(quote.parts.principal),
        "prepay_interest": money.write(quote.parts.interest),
        "prepay_fees": money.write(quote.parts.fees),
        "prepay_penalties": money.write(quote.parts.penalties),
    }
    for name in case.get("expected") or ():
        if name.startswith(_AFTER):
            paid = Repayment(10**6, date.fromisoformat(name.removeprefix(_AFTER)), quote.amount)
            state = loan_state(terms, [*moment.events, paid], rule, paid.on)
            closed = state.outstanding == 0 and state.status is not Status.OVERPAID
            answer[name] = "closed" if closed else state.status.value
    return answer


ANSWERERS = [Answerer("fact", lambda case: case.get("kind") == "fact", _answer, matches)]

"""Transactions of a case as events, and a strategy's name as an allocation rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.models.rules.loans.allocation import (
    Allocation,
    ChargesJoin,
    Component,
    DueGroup,
    Surplus,
    Sweep,
    allocation,
)
from desktop.models.rules.loans.case_json import BadCase, Json, Money, NotDone, day, named, number
from desktop.models.rules.loans.events import (
    Charge,
    ChargeBase,
    ChargeKind,
    Disbursement,
    Event,
    Repayment,
    Undo,
)

PENALTY, FEE, INTEREST, PRINCIPAL = Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL
_WORDS = {
    "penalties": PENALTY,
    "penalty": PENALTY,
    "fees": FEE,
    "fee": FEE,
    "interest": INTEREST,
    "principal": PRINCIPAL,
}
_PRINCIPAL_LAST = {"rbi_india", "overdue_due_fee_int_principal"}
_Orders = tuple[tuple[Component, ...], tuple[Component, ...] | None]
_NAMED: dict[str, _Orders] = {
    "mifos_standard": ((PENALTY, FEE, INTEREST, PRINCIPAL), None),
    "creocore": ((PENALTY, FEE, INTEREST, PRINCIPAL), None),
    "creocore_unique": ((PENALTY, FEE, INTEREST, PRINCIPAL), None),
    "rbi_india": ((PENALTY, FEE, INTEREST, PRINCIPAL), None),  # with Sweep.PRINCIPAL_LAST
    "overdue_due_fee_int_principal": ((PENALTY, FEE, INTEREST, PRINCIPAL), None),
    "early_repayment": ((INTEREST, PRINCIPAL, PENALTY, FEE), (PRINCIPAL,)),  # ahead of time: principal only
}


def allocation_from_case(source: Json | None) -> Allocation:
    """Return the allocation rule a case names; without one: penalties, fees, interest, principal.

    With an order written out, charges join by date unless the case says otherwise; with a strategy, before payments.
    """
    if not source:
        return allocation()
    usual = ChargesJoin.BY_DATE if source.get("order") else ChargesJoin.FIRST
    join = named(ChargesJoin, source.get("charges_join") or usual.value, "charges_join")
    surplus = named(Surplus, source.get("surplus_goes_to") or Surplus.NEXT.value, "surplus_goes_to")
    sweep = named(Sweep, source.get("sweep") or Sweep.HORIZONTAL.value, "sweep")
    if source.get("order"):
        return Allocation(tuple(_step(text) for text in source["order"]), surplus, sweep, join)
    name = re.sub(r"[^a-z]+", "_", str(source.get("strategy", "")).lower()).removesuffix("_strategy")
    due, in_advance = _orders(name)
    if name in _PRINCIPAL_LAST:
        sweep = Sweep.PRINCIPAL_LAST
    rule = allocation(due, in_advance, surplus=surplus, sweep=sweep, charges_join=join)
    return replace(rule, due_charges=_before_ahead(due)) if name.startswith("due_") else rule


def _before_ahead(due: tuple[Component, ...]) -> tuple[Component, ...]:
    """Return what a row to come takes first: what is due of it, in the order of what is due; its interest is not."""
    return tuple(component for component in due if component is not INTEREST)


def _step(text: str) -> tuple[DueGroup, Component]:
    group, _, component = text.rpartition("_")
    if component not in _WORDS:
        raise NotDone(f"allocation order {text}")
    return named(DueGroup, group, "allocation order"), _WORDS[component]


def _orders(name: str) -> _Orders:
    """Read the orders out of a strategy's name: "due_A_B_in_advance_C_D" or "a_b_c_d_order"."""
    if name in _NAMED:
        return _NAMED[name]
    due, _, in_advance = name.removesuffix("_order").removeprefix("due_").partition("_in_advance_")
    return _components(due, name), _components(in_advance, name) if in_advance else None


def _components(words: str, name: str) -> tuple[Component, ...]:
    found = tuple(_WORDS[word] for word in words.split("_") if word in _WORDS)
    if set(found) != set(Component):
        raise NotDone(f"allocation strategy {name}")
    return found


@dataclass(frozen=True, slots=True)
class Moment:
    """A loan as recorded up to one transaction: its events, and today."""

    after: int
    today: date
    events: tuple[Event, ...]


def moments(transactions: Sequence[Json], start: date, money: Money) -> list[Moment]:
    """Return the loan before any transaction and after each one. Raises BadCase for an unknown kind."""
    events: list[Event] = []
    today = start
    found = [Moment(0, today, ())]
    for seq, entry in enumerate(transactions, start=1):
        if entry["type"] == "business_date":
            today = day(entry["date"])
        else:
            event = _event(seq, entry, events, today, money)
            if event is not None:
                events.append(event)
                if not isinstance(event, Charge):
                    today = max(today, event.on)
        found.append(Moment(seq, today, tuple(events)))
    return found


def _event(seq: int, entry: Json, known: Sequence[Event], today: date, money: Money) -> Event | None:
    match entry["type"]:
        case "disbursement" | "disburse":
            return Disbursement(seq, day(entry["date"]), money.read(entry["amount"]))
        case "repayment":
            return Repayment(seq, day(entry["date"]), money.read(entry["amount"]))
        case "charge":
            return _charge(seq, entry, money)
        case "undo_repayment":
            return Undo(
                seq, today, _nth_repayment(known, day(entry["original_date"]), int(entry.get("nth") or 1))
            )
        case "undo_last_repayment":
            return Undo(seq, today, _last_repayment(known, entry.get("date")))
        case "end_of_day_run":
            return None
    raise NotDone(f"transaction {entry['type']}")


def _charge(seq: int, entry: Json, money: Money) -> Charge:
    """Return a charge: it stands from the day it was entered, in the instalment of the day it falls due."""
    kind, due = named(ChargeKind, entry["kind"], "charge kind"), day(entry["date"])
    on = min(due, day(entry["submitted_on"])) if entry.get("submitted_on") else due
    calculation: Any = entry.get("calculation") or "flat"
    if calculation == "flat":
        return Charge(seq, on, kind, money.read(entry["amount"]), joins=due)
    percent = number(entry.get("percent") or entry.get("amount"))
    base = named(ChargeBase, calculation, "charge calculation")
    return Charge(seq, on, kind, base=base, percent=percent, joins=due)


def _standing(known: Sequence[Event]) -> list[Repayment]:
    undone = {event.target for event in known if isinstance(event, Undo)}
    return [event for event in known if isinstance(event, Repayment) and event.seq not in undone]


def _last_repayment(known: Sequence[Event], on: object) -> int:
    """Return the repayment recorded last, of those dated `on` if it names the day of one. Raises BadCase."""
    standing = _standing(known)
    if not standing:
        raise BadCase("no repayment to undo")
    of_day = [event for event in standing if on and event.on == day(on)]
    return (of_day or standing)[-1].seq


def _nth_repayment(known: Sequence[Event], on: date, nth: int) -> int:
    """Return the nth repayment recorded for a day; undone ones keep their place."""
    same_day = [event for event in known if isinstance(event, Repayment) and event.on == on]
    if nth > len(same_day):
        raise BadCase(f"no repayment number {nth} on {on}")
    return same_day[nth - 1].seq

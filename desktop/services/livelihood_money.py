"""The money behind activities: business plans approved, and what was put in by source (SK06, SK07)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.records.every import BusinessPlan, Livelihood, LivelihoodLoan, Loan, Support
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.plain import from_text
from desktop.services.support_facts import rows_of


@dataclass(frozen=True, slots=True)
class Invested:
    """What was put into one activity, in đồng: own money, grants, co-contribution, and loans by their id."""

    own: int = 0
    grant: int = 0
    contribution: int = 0
    loans: Mapping[int, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """Return all of it."""
        return self.own + self.grant + self.contribution + sum(self.loans.values())


def plan_days_in(session: Session, keys: Collection[int], day: date) -> dict[int, tuple[date, ...]]:
    """Return, by activity, the days up to `day` on which its business plans were approved."""
    rows = session.execute(
        select(BusinessPlan.livelihood_id, BusinessPlan.approved_on)
        .where(BusinessPlan.approved_on.is_not(None), BusinessPlan.approved_on <= day)
        .order_by(BusinessPlan.approved_on)
    )
    found: dict[int, tuple[date, ...]] = {}
    for key, approved in rows:
        if key in keys and approved is not None:
            found[key] = (*found.get(key, ()), approved)
    return found


def invested_in(session: Session, keys: Collection[int]) -> dict[int, Invested]:
    """Return, by activity, the money put into it: own as the approved plans say, loans as they were paid out, grant and
    co-contribution as the dossiers of support say; of an activity without a dossier as its approved plan says.
    """
    found = {
        key: Invested(grant=given, contribution=theirs)
        for key, (given, theirs) in _supported(session, keys).items()
    }
    supported = set(found)
    for row in session.scalars(select(BusinessPlan).where(BusinessPlan.approved_on.is_not(None))):
        if row.livelihood_id not in keys:
            continue
        plan, held = from_text(Plan, row.content), found.get(row.livelihood_id, Invested())
        held = replace(held, own=held.own + plan.own)
        if row.livelihood_id not in supported:
            grant, theirs = held.grant + plan.grant, held.contribution + plan.contribution
            held = replace(held, grant=grant, contribution=theirs)
        found[row.livelihood_id] = held
    loans = session.execute(
        select(Loan.id, Loan.amount, LivelihoodLoan.livelihood_id)
        .join(LivelihoodLoan, LivelihoodLoan.loan_id == Loan.id)
        .join(Livelihood, Livelihood.id == LivelihoodLoan.livelihood_id)
        .where(Loan.disbursed_on.is_not(None))
    )
    for loan, amount, key in loans:
        if key in keys:
            held = found.get(key, Invested())
            found[key] = replace(held, loans={**held.loans, loan: amount})
    return found


def _supported(session: Session, keys: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return, by activity with a dossier of support, what was handed over and what its owners gave with evidence."""
    records = [
        row
        for row in session.scalars(select(Support).where(Support.livelihood_id.is_not(None)))
        if row.livelihood_id in keys
    ]
    found: dict[int, tuple[int, int]] = {}
    for rows in rows_of(session, records).values():
        dossier, key = rows.dossier, rows.support.livelihood_id
        if key is not None and dossier.transfers:
            given, theirs = found.get(key, (0, 0))
            found[key] = given + dossier.transferred, theirs + dossier.given
    return found

"""Support with external resources (BV05–BV07), and its part in the benefit share (HN07).

A dossier of a group stands for its members alike; of a household for its people. Of a cell of a table only the part
that falls on the people in it counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.records.every import Support
from desktop.models.support_kinds import SupportKind, Verdict
from desktop.services.indicators.facts import Facts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.indicators.training import BENEFITS
from desktop.services.support_facts import Rows, behind_of, rows_of
from desktop.services.support_recipients import recipients_of, trained_by
from desktop.services.support_standards import standards_in


@dataclass(frozen=True, slots=True)
class Given:
    """One dossier in a period. Amounts in đồng: handed over, and given by the recipients with evidence.

    `transferred`: something was handed over in the period; `assessed`: under an approval of before that day;
    `trained`: the recipients had learned what they need before the first of it.
    """

    support: int
    kind: SupportKind
    people: frozenset[MemberId]
    value: int
    contributed: int
    transferred: bool
    assessed: bool
    trained: bool
    override: bool


def load(session: Session, _scope: Scope, starts: date, ends: date) -> Iterable[Given]:
    """Return the dossiers in which something was handed over or contributed in the period."""
    records = session.scalars(select(Support).order_by(Support.id)).all()
    rows, behind = rows_of(session, records), behind_of(session, records)
    for support in records:
        held = rows[support.id]
        given = [one for one in held.dossier.transfers if starts <= one.day <= ends]
        contributed = sum(
            one.value for one in held.dossier.contributions if one.counts and starts <= one.day <= ends
        )
        if not given and not contributed:
            continue
        first = min((one.day for one in given), default=ends)
        who = behind[support.id]
        approvals = _approvals(held, starts, ends)
        yield Given(
            support.id,
            support.kind,
            frozenset(recipients_of(session, who, first)),
            sum(one.value for one in given),
            contributed,
            bool(given),
            bool(given) and all(approved for approved, _override in approvals),
            bool(given) and trained_by(session, support, who, first, standards_in(session, first)).enough,
            any(override for _approved, override in approvals),
        )


def _approvals(rows: Rows, starts: date, ends: date) -> list[tuple[bool, bool]]:
    """Return, for each hand-over of the period, whether an approval stood before it, and whether it was an override."""
    decisions = {one.id: one for one in rows.decisions}
    found = []
    for one in rows.transfers:
        if one.taken_back or not starts <= one.day <= ends:
            continue
        decision = decisions[one.decision_id]
        found.append((decision.verdict is Verdict.APPROVE and decision.day <= one.day, decision.override))
    return found


LOADERS["support"] = load


# -- the indicators --------------------------------------------------------------------------------


def _mine(facts: Facts) -> list[tuple[Given, Fraction]]:
    """Return the dossiers that the people of these facts have a part in, and how large a part."""
    everybody = facts.everybody
    found = []
    for row in facts.more.get("support", ()):
        inside = len(row.people & everybody)
        if inside:
            found.append((row, Fraction(inside, len(row.people))))
    return found


@indicator("BV05", Unit.PERCENT, Kind.RATE)
def co_contribution(facts: Facts) -> Value:
    """Return what recipients gave with evidence over that and what was handed over."""
    mine = _mine(facts)
    given = round(sum(part * row.contributed for row, part in mine))
    external = round(sum(part * row.value for row, part in mine))
    people = frozenset[MemberId]().union(*(row.people & facts.everybody for row, _part in mine))
    return ratio(given, given + external, len(people))


@indicator("BV06", Unit.PERCENT, Kind.RATE)
def assessed_first(facts: Facts) -> Value:
    """Return the share of supports handed over that were approved on an assessment before."""
    return _share_of(facts, "assessed")


@indicator("BV07", Unit.PERCENT, Kind.RATE)
def capacity_first(facts: Facts) -> Value:
    """Return the share of supports handed over whose recipients had learned what they need before."""
    return _share_of(facts, "trained")


def _share_of(facts: Facts, name: str) -> Value:
    handed = [row for row, _part in _mine(facts) if row.transferred]
    people = frozenset[MemberId]().union(*(row.people & facts.everybody for row in handed))
    return ratio(sum(getattr(row, name) for row in handed), len(handed), len(people))


def _by_person(facts: Facts) -> dict[MemberId, int]:
    """Return the value handed over in the period by person: each of those who received alike, the odd đồng to the first."""
    found: dict[MemberId, int] = {}
    for row in facts.more.get("support", ()):
        for place, person in enumerate(sorted(row.people)):
            each, rest = divmod(row.value, len(row.people))
            found[person] = found.get(person, 0) + each + (place < rest)
    return found


BENEFITS["support"] = _by_person

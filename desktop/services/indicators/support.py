"""Support with external resources (BV05–BV07), and who has a share in benefits (HN07).

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
from desktop.models.records.every import Group, Membership, Support
from desktop.models.support_kinds import SupportKind, Verdict
from desktop.services.indicators.facts import Facts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.support_facts import Rows, behind_of, rows_of
from desktop.services.support_recipients import recipients_of, trained_by
from desktop.services.support_standards import standards_in
from desktop.services.training import hours_in


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


@dataclass(frozen=True, slots=True)
class Learned:
    """The minutes that a person learned in the period."""

    person: MemberId
    minutes: int


def load_learned(session: Session, _scope: Scope, starts: date, ends: date) -> Iterable[Learned]:
    """Return the minutes that each person learned in the period."""
    for person, minutes in hours_in(session, starts, ends).items():
        yield Learned(person, minutes)


LOADERS["learned"] = load_learned


def load_members(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[MemberId]:
    """Return everybody who is a member at the end of the period: the whole that shares are taken of."""
    query = select(Membership.member_id).where(
        Membership.joined <= ends, (Membership.left.is_(None)) | (Membership.left > ends)
    )
    if scope.group is not None:
        query = query.where(Membership.group_id == scope.group)
    if scope.commune:
        query = query.join(Group, Group.id == Membership.group_id).where(Group.commune_code == scope.commune)
    for member in session.scalars(query.distinct()):
        yield MemberId(member)


LOADERS["all-members"] = load_members


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


@indicator("HN07", Unit.RATIO, Kind.RATE)
def benefit_share(facts: Facts) -> Value:
    """Return the share of benefits over the share of members.

    The share of benefits is the mean of that in the value of support and that in hours of training: đồng and hours do
    not add up. Where only one of the two was given in the period, it is that one.
    """
    whole = frozenset(facts.more.get("all-members", ()))
    mine = frozenset(facts.people) & whole
    if not mine or not whole:
        return Value(None, 0, 0, len(mine))
    shares = [
        share
        for share in (_support_share(facts, mine, whole), _hours_share(facts, mine, whole))
        if share is not None
    ]
    if not shares:
        return Value(None, 0, 0, len(mine))
    amount = sum(shares, Fraction(0)) / len(shares) / Fraction(len(mine), len(whole))
    return Value(amount, amount.numerator, amount.denominator, len(mine))


def _support_share(facts: Facts, mine: frozenset[MemberId], whole: frozenset[MemberId]) -> Fraction | None:
    rows = [row for row in facts.more.get("support", ()) if row.value and row.people & whole]
    total = sum((Fraction(row.value * len(row.people & whole), len(row.people)) for row in rows), Fraction(0))
    part = sum((Fraction(row.value * len(row.people & mine), len(row.people)) for row in rows), Fraction(0))
    return part / total if total else None


def _hours_share(facts: Facts, mine: frozenset[MemberId], whole: frozenset[MemberId]) -> Fraction | None:
    rows = facts.more.get("learned", ())
    total = sum(row.minutes for row in rows if row.person in whole)
    part = sum(row.minutes for row in rows if row.person in mine)
    return Fraction(part, total) if total else None

"""Which groups have interest on savings to credit: for the start page, in five questions however many groups there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from desktop.models.ids import GroupId
from desktop.models.rules.savings_periods import period_end, period_title
from desktop.models.savings_kinds import Crediting, SavingsKind
from desktop.models.states import OpeningState
from desktop.store.glance import Glance, as_day


class Named(Protocol):
    """A group as these questions need it."""

    @property
    def code(self) -> str:
        """Return the group's code."""
        ...

    @property
    def name(self) -> str:
        """Return the group's name."""
        ...


class InterestDue(NamedTuple):
    """A group whose oldest uncredited period of one kind of savings is over."""

    group: GroupId
    code: str
    name: str
    kind: SavingsKind
    title: str
    ends: date


_TERMS = "SELECT group_id, kind, valid_from, crediting FROM savings_terms ORDER BY valid_from"
_RATED = "SELECT DISTINCT group_id, kind FROM savings_rates WHERE thousandths > 0"
_CREDITED = """
SELECT group_id, kind, max(ends) FROM savings_runs WHERE state = :posted AND member_id IS NULL
GROUP BY group_id, kind
"""
_CYCLES = "SELECT group_id, starts, ends FROM cycles"
_SAVED = """
SELECT group_id, account, min(day), max(day), sum(amount) FROM day_totals WHERE account IN (:voluntary, :compulsory)
GROUP BY group_id, account
"""


class _Saved(NamedTuple):
    """The first and the last day on which a kind of savings of a group moved, and whether it holds any now."""

    first: date
    last: date
    any_now: bool

    def between(self, starts: date, ends: date) -> bool:
        """Tell whether there was anything on the accounts on one of these days."""
        return self.first <= ends and (self.any_now or self.last >= starts)


def _last_end(crediting: Crediting, ends: date, today: date) -> date:
    """Return the last day of the newest period that is over, as months and quarters follow the one ending on `ends`."""
    if crediting is Crediting.CYCLE:
        return ends
    while (following := period_end(crediting, ends + timedelta(days=1))) <= today:
        ends = following
    return ends


def interest_due(look: Glance, groups: Mapping[GroupId, Named], today: date) -> list[InterestDue]:
    """Return the groups with interest to credit, the oldest period first.

    Savings with rules but without any rate bear no interest and are not named, nor are groups that have nothing saved.
    """
    terms: dict[tuple[int, SavingsKind], list[tuple[date, Crediting]]] = {}
    for group, kind, since, crediting in look.rows(_TERMS):
        terms.setdefault((group, SavingsKind(kind)), []).append((as_day(since), Crediting(crediting)))
    if not terms:
        return []
    rated = {(group, SavingsKind(kind)) for group, kind in look.rows(_RATED)}
    credited = {
        (group, SavingsKind(kind)): as_day(ends)
        for group, kind, ends in look.rows(_CREDITED, posted=OpeningState.POSTED.value)
    }
    cycles: dict[int, list[tuple[date, date]]] = {}
    for group, starts, ends in look.rows(_CYCLES):
        cycles.setdefault(group, []).append((as_day(starts), as_day(ends)))
    accounts = {f"{kind}": int(kind.account) for kind in SavingsKind}
    saved = {
        (group, account): _Saved(as_day(first), as_day(last), balance != 0)
        for group, account, first, last, balance in look.rows(_SAVED, **accounts)
    }
    found = []
    for (group, kind), dated in terms.items():
        if (group, kind) not in rated or GroupId(group) not in groups:
            continue
        last = credited.get((group, kind))
        starts = dated[0][0] if last is None else last + timedelta(days=1)
        crediting = [one for since, one in dated if since <= starts][-1]
        ends = period_end(crediting, starts, cycles.get(group, []))
        held = saved.get((group, int(kind.account)))
        if ends <= today and held is not None and held.between(starts, _last_end(crediting, ends, today)):
            named = groups[GroupId(group)]
            title = period_title(crediting, starts, ends)
            found.append(InterestDue(GroupId(group), named.code, named.name, kind, title, ends))
    return sorted(found, key=lambda one: (one.ends, one.code, one.kind))

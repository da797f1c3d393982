"""Which groups have interest on savings to credit: for the start page, in four questions however many groups there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import OpeningState
from desktop.models.records.every import Cycle, SavingsRateRow, SavingsRun, SavingsTermsRow
from desktop.models.rules.savings_periods import period_end, period_title
from desktop.models.rules.savings_working import ONE_DAY
from desktop.models.savings_kinds import Crediting, SavingsKind


@dataclass(frozen=True, slots=True)
class InterestDue:
    """A group whose oldest uncredited period of one kind of savings is over."""

    group: GroupId
    code: str
    name: str
    kind: SavingsKind
    title: str
    ends: date


def interest_due(session: Session, groups: Mapping[GroupId, Any], today: date) -> list[InterestDue]:
    """Return the groups (by id, with `code` and `name`) with interest to credit, the oldest period first.

    Savings with rules but without any rate bear no interest and are not named.
    """
    terms: dict[tuple[int, SavingsKind], list[tuple[date, Crediting]]] = {}
    for row in session.execute(
        select(
            SavingsTermsRow.group_id,
            SavingsTermsRow.kind,
            SavingsTermsRow.valid_from,
            SavingsTermsRow.crediting,
        ).order_by(SavingsTermsRow.valid_from)
    ):
        terms.setdefault((row.group_id, row.kind), []).append((row.valid_from, row.crediting))
    if not terms:
        return []
    rated = {
        (row.group_id, row.kind)
        for row in session.execute(
            select(SavingsRateRow.group_id, SavingsRateRow.kind).where(SavingsRateRow.thousandths > 0)
        )
    }
    credited = {
        (row[0], row[1]): row[2]
        for row in session.execute(
            select(SavingsRun.group_id, SavingsRun.kind, func.max(SavingsRun.ends))
            .where(SavingsRun.state == OpeningState.POSTED, SavingsRun.member_id.is_(None))
            .group_by(SavingsRun.group_id, SavingsRun.kind)
        )
    }
    cycles: dict[int, list[tuple[date, date]]] = {}
    for group, starts, ends in session.execute(select(Cycle.group_id, Cycle.starts, Cycle.ends)):
        cycles.setdefault(group, []).append((starts, ends))
    found = []
    for (group, kind), dated in terms.items():
        if (group, kind) not in rated or GroupId(group) not in groups:
            continue
        last = credited.get((group, kind))
        starts = dated[0][0] if last is None else last + ONE_DAY
        crediting = [one for since, one in dated if since <= starts][-1]
        ends = period_end(crediting, starts, cycles.get(group, []))
        if ends <= today:
            row = groups[GroupId(group)]
            title = period_title(crediting, starts, ends)
            found.append(InterestDue(GroupId(group), row.code, row.name, kind, title, ends))
    return sorted(found, key=lambda one: (one.ends, one.code, one.kind))

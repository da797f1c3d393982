"""What is to be done about support: assessments after a hand-over, checks of assets, missing evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from desktop.models.ids import (
    GroupId,
    SupportId,
)
from desktop.models.records.every import (
    Support,
)
from desktop.models.rules.support.dossier import (
    DueState,
    schedule,
)
from desktop.models.rules.support.standards import Standards
from desktop.services.support_facts import Behind, Rows, behind_of, group_of, rows_of
from desktop.services.support_register import assets_of
from desktop.services.support_standards import standards_in
from desktop.services.support_views import AssetRow, DueRow
from desktop.store.book import Book


def due(book: Book, day: date, group: GroupId | None = None) -> list[DueRow]:
    """Return what is to be done by a day: assessments after a hand-over, checks of assets, missing evidence."""
    with book.read() as session:
        records = session.scalars(select(Support).order_by(Support.code)).all()
        rows, behind = rows_of(session, records), behind_of(session, records)
        standards = standards_in(session, day)
        if group is not None:
            records = [one for one in records if group_of(one, behind[one.id]) == group]
        found = [
            line
            for one in records
            for line in (
                *_again(rows[one.id], behind[one.id], day, standards),
                *_unproven(rows[one.id], behind[one.id], day),
            )
        ]
        for asset in assets_of(session, day, standards, records):
            if asset.next_check is not None and asset.next_check <= day:
                found.append(_to_check(asset, day, standards))
    return sorted(found, key=lambda line: (not line.overdue, line.due, line.code, line.key))


def _again(rows: Rows, behind: Behind, day: date, standards: Standards) -> Iterable[DueRow]:
    support = rows.support
    for one in schedule(rows.dossier, day, standards):
        if one.state in (DueState.DUE, DueState.OVERDUE):
            late = max(0, (day - one.last).days)
            yield DueRow(
                "again",
                SupportId(support.id),
                support.code,
                support.title,
                behind.text,
                one.wave.title,
                one.due,
                one.state is DueState.OVERDUE,
                late,
                wave=one.wave,
            )


def _unproven(rows: Rows, behind: Behind, day: date) -> Iterable[DueRow]:
    support = rows.support
    if support.withdrawn_on is not None:
        return
    for one in rows.contributions:
        if not one.taken_back and not rows.proven(one):
            yield DueRow(
                "evidence",
                SupportId(support.id),
                support.code,
                support.title,
                behind.text,
                one.kind.title + (f": {one.description}" if one.description else ""),
                one.day,
                False,
                max(0, (day - one.day).days),
                contribution=one.id,
            )


def _to_check(asset: AssetRow, day: date, standards: Standards) -> DueRow:
    assert asset.next_check is not None
    late = (day - asset.next_check).days
    return DueRow(
        "asset",
        asset.support,
        asset.code,
        asset.name,
        asset.who,
        asset.place,
        asset.next_check,
        late > standards.window,
        late,
        asset=asset.id,
    )

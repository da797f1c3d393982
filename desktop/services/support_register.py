"""The register of assets that came with support, as it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import (
    GroupId,
    SupportAssetId,
    SupportId,
)
from desktop.models.records.every import (
    AssetCheck,
    Support,
    SupportAsset,
    SupportTransfer,
)
from desktop.models.rules.support.assets import left_value, next_check
from desktop.models.rules.support.standards import Standards
from desktop.services.support_facts import Behind, behind_of, group_of
from desktop.services.support_standards import standards_in
from desktop.services.support_views import AssetRow, CheckView
from desktop.store.book import Book


def assets(book: Book, day: date, group: GroupId | None = None, *, ended: bool = True) -> list[AssetRow]:
    """Return the register of assets as it stands on a day; without `ended` only those still in it."""
    with book.read() as session:
        found = assets_in(session, day)
    return [row for row in found if (ended or row.ended_on is None) and group in (None, row.group)]


def assets_in(session: Session, day: date) -> list[AssetRow]:
    """Return the register of assets inside an open session."""
    records = session.scalars(select(Support).order_by(Support.id)).all()
    return assets_of(session, day, standards_in(session, day), records)


def assets_of(
    session: Session, day: date, standards: Standards, supports: Sequence[Support]
) -> list[AssetRow]:
    """Return the assets of dossiers as they stand on a day, those that left the register too."""
    behind = behind_of(session, supports)
    by_key = {one.id: one for one in supports}
    rows = session.execute(
        select(SupportAsset, SupportTransfer)
        .join(SupportTransfer, SupportTransfer.id == SupportAsset.transfer_id)
        .order_by(SupportAsset.id)
    ).all()
    checks: dict[int, list[CheckView]] = {}
    for one in session.scalars(select(AssetCheck).order_by(AssetCheck.day, AssetCheck.id)):
        view = CheckView(one.id, one.day, one.condition, one.use, one.checker, one.note)
        checks.setdefault(one.asset_id, []).append(view)
    return [
        _asset(
            asset,
            transfer,
            by_key[transfer.support_id],
            behind,
            tuple(checks.get(asset.id, ())),
            day,
            standards,
        )
        for asset, transfer in rows
        if transfer.support_id in by_key
    ]


def _asset(
    row: SupportAsset,
    transfer: SupportTransfer,
    support: Support,
    behind: dict[int, Behind],
    checks: tuple[CheckView, ...],
    day: date,
    standards: Standards,
) -> AssetRow:
    due = next_check(transfer.day, checks[-1].day if checks else None, standards.asset_months)
    upto = min(day, row.ended_on) if row.ended_on is not None else day
    return AssetRow(
        SupportAssetId(row.id),
        row.uid,
        row.code,
        row.name,
        row.value,
        left_value(row.value, row.years, transfer.day, upto),
        row.owner,
        row.responsible,
        row.years,
        row.place,
        row.serial,
        row.note,
        transfer.day,
        SupportId(support.id),
        support.code,
        behind[support.id].text,
        group_of(support, behind[support.id]),
        transfer.id,
        checks,
        None if row.ended_on is not None else due,
        0 if row.ended_on is not None else max(0, (day - due).days),
        row.ended_on,
        row.end_kind,
        row.end_reason,
        row.version,
    )

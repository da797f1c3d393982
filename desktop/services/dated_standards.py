"""Thresholds that hold from a day on, kept with their reason: those of livelihoods and those of support alike."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Problem
from desktop.models.records.every import LivelihoodStandard, SupportStandard
from resources.lang.messages import _

Table = TypeVar("Table", LivelihoodStandard, SupportStandard)


def check_reason(reason: str) -> list[Problem]:
    """Return what is wrong with the reason for other thresholds: there must be one."""
    if reason.strip():
        return []
    return [Problem.stop("reason", "reason", _("Cần ghi lý do: quy định nào, của ai."))]


def keep_in(
    session: Session,
    table: type[Table],
    since: date,
    rules: str,
    reason: str,
) -> int:
    """Let thresholds (`rules` as text) hold from a day on, in place of those kept for the same day; return their key."""
    row = session.scalar(select(table).where(table.since == since))
    if row is None:
        row = table(uid=new_uid(), since=since, rules=rules)
        session.add(row)
    row.rules, row.reason = rules, reason.strip()
    session.flush()
    return row.id

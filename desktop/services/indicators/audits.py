"""Audits as indicators: wrong passbooks (KT02), findings still open (KT03), groups visited (KT04), the limit of error (KT05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.models.audit_kinds import Severity
from desktop.services.audit_book import FindingRow, VisitRow, findings_in, visits_in
from desktop.services.indicators.facts import Facts, Scope, Value, count, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.membership import active_groups_of
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from resources.lang.messages import _

YEAR = timedelta(days=365)
OLD = 90
"""Days after which an open finding is old."""


def _visits(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[VisitRow]:
    return visits_in(session, scope.group, ends)


def _findings(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[FindingRow]:
    rows = findings_in(session, ends, scope.group)
    return [row for row in rows if row.found_on <= ends and (row.closed is None or row.closed > ends)]


LOADERS["audit visits"] = _visits
LOADERS["open findings"] = _findings


def _of_period(facts: Facts) -> list[VisitRow]:
    mine = facts.by_group
    return [
        row for row in facts.more.get("audit visits", ()) if row.group in mine and row.day >= facts.starts
    ]


@indicator("KT02", Unit.PERCENT, Kind.RATE, of_groups=True)
def wrong_passbooks(facts: Facts) -> Value:
    """Return the passbooks that differ from the book, of those seen in the visits of the period."""
    rows = [row.passbooks for row in _of_period(facts)]
    return ratio(sum(row.wrong for row in rows), sum(row.seen for row in rows), len(rows))


@indicator("KT03", Unit.FINDINGS, Kind.COUNT, of_groups=True)
def open_findings(facts: Facts) -> Value:
    """Count the findings that were not mended at the end of the period."""
    return count(sum(row.group in facts.by_group for row in facts.more.get("open findings", ())))


@in_pieces("KT03")
def findings_by_severity(facts: Facts) -> Iterable[Piece]:
    """Return the open findings by how grave they are, and those older than 90 days."""
    rows = [row for row in facts.more.get("open findings", ()) if row.group in facts.by_group]
    for severity in Severity:
        yield Piece(severity.value, severity.title, count(sum(row.severity is severity for row in rows)))
    old = sum((facts.ends - row.found_on).days > OLD for row in rows)
    yield Piece("old", _("quá {n} ngày").format(n=OLD), count(old))


@indicator("KT04", Unit.PERCENT, Kind.RATE, of_groups=True)
def visited(facts: Facts) -> Value:
    """Return the active groups that were visited within the last twelve months."""
    since = facts.ends - YEAR
    seen = {row.group for row in facts.more.get("audit visits", ()) if row.day > since}
    active = active_groups_of(facts)
    return ratio(sum(group.id in seen for group in active), len(active))


@indicator("KT05", Unit.DONG, Kind.SUM, of_groups=True)
def most_error(facts: Facts) -> Value:
    """Sum the upper limits of error in the loans of the groups, each by its last visit that has one."""
    last: dict[int, Fraction] = {}
    for row in _of_period(facts):  # the latest first
        if row.loans.limit is not None:
            last.setdefault(row.group, row.loans.limit.most)
    if not last:
        return Value(None, 0, None, 0)
    total = round(sum(last.values(), Fraction()))
    return Value(Fraction(total), total, None, len(last))

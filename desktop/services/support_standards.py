"""The thresholds of support in this book: what holds on a day, and rows that overrule what is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.problems import refuse_if_stopped
from desktop.models.records.every import SupportStandard
from desktop.models.rules.plain import from_text, to_text
from desktop.models.rules.support.standards import Dated, Standards, check_standards, shipped, standards_on
from desktop.services import dated_standards
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class StandardLine:
    """Thresholds and the day from which they hold; no day for the shipped ones."""

    since: date | None
    value: Standards
    reason: str


def standards_in(session: Session, day: date) -> Standards:
    """Return the thresholds that hold on a day."""
    rows = session.scalars(select(SupportStandard))
    return standards_on([Dated(row.since, from_text(Standards, row.rules)) for row in rows], day)


def standards(book: Book, day: date) -> Standards:
    """Return the thresholds that hold on a day."""
    with book.read() as session:
        return standards_in(session, day)


def standard_lines(book: Book, day: date) -> list[StandardLine]:
    """Return all thresholds by the day from which they hold, the shipped ones first."""
    with book.read() as session:
        rows = session.scalars(select(SupportStandard).order_by(SupportStandard.since))
        own = [StandardLine(row.since, from_text(Standards, row.rules), row.reason) for row in rows]
    return [StandardLine(None, shipped(day), _("Mức thường dùng")), *own]


def keep_standards(book: Book, since: date, value: Standards, reason: str, act: Act) -> Outcome[int]:
    """Let other thresholds hold from a day on, with the reason (a donor's rule, a decision). Raises Refusal."""
    refuse_if_stopped([*check_standards(value), *dated_standards.check_reason(reason)])
    with book.write(act) as session:
        key = dated_standards.keep_in(session, SupportStandard, since, to_text(value), reason)
    return Outcome(key, Changed.of(Topic.SUPPORTS))

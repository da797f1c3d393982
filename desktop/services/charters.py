"""The words of constitutions in the book: read and written beside the row of `constitutions` they belong to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, new_uid
from desktop.models.kinds import LoanDirection, Office
from desktop.models.records.every import CharterRow, Loan, LoanProduct
from desktop.models.rules.charter import PLAIN_CHARTER, Agreement, Charter, Seats
from desktop.models.rules.constitution_words import product_words
from desktop.models.rules.loan_products import Product
from desktop.models.rules.plain import from_plain, from_text, to_text
from desktop.services.facts import constitution_on


@dataclass(frozen=True, slots=True)
class KeptCharter:
    """The words of one constitution, how it was agreed and at which meeting, and the template it began with."""

    charter: Charter = PLAIN_CHARTER
    agreement: Agreement | None = None
    meeting: MeetingId | None = None
    template: str = ""


def charter_in(session: Session, constitution: int | None) -> KeptCharter:
    """Return the words beside a row of `constitutions`; the usual ones where none were written."""
    row = (
        None
        if constitution is None
        else session.scalars(
            select(CharterRow).where(CharterRow.constitution_id == constitution)
        ).one_or_none()
    )
    return KeptCharter() if row is None else _kept(row)


def charter_on(session: Session, group: GroupId, day: date) -> Charter:
    """Return the words of a group's constitution on a day."""
    row = constitution_on(session, group, day)
    return charter_in(session, None if row is None else row.id).charter


def seats_on(session: Session, group: GroupId, day: date) -> dict[Office, int]:
    """Return the offices that a group has on a day, and how many hold each."""
    return charter_on(session, group, day).seats()


def _kept(row: CharterRow) -> KeptCharter:
    charter = Charter(
        aim=row.aim,
        membership=row.membership,
        offices=_offices(row.offices),
        clauses=row.clauses,
        lending=row.lending,
    )
    agreement = None
    if row.agreed_on is not None:
        agreement = Agreement(row.agreed_on, row.present, row.in_favour, row.reason)
    meeting = None if row.meeting_id is None else MeetingId(row.meeting_id)
    return KeptCharter(charter, agreement, meeting, row.template)


def _offices(text: str) -> tuple[Seats, ...]:
    found: tuple[Seats, ...] = from_plain(tuple[Seats, ...], json.loads(text))
    return found


def write_charter(session: Session, constitution: int, kept: KeptCharter) -> None:
    """Write the words beside a row of `constitutions`, in place of those that were there."""
    row = session.scalars(select(CharterRow).where(CharterRow.constitution_id == constitution)).one_or_none()
    if row is None:
        row = CharterRow(uid=new_uid(), constitution_id=constitution)
        session.add(row)
    charter, agreement = kept.charter, kept.agreement
    row.template = kept.template
    row.aim, row.membership = charter.aim.strip(), charter.membership.strip()
    row.offices = to_text(charter.offices)
    row.clauses, row.lending = charter.clauses.strip(), charter.lending
    row.meeting_id = kept.meeting
    row.agreed_on = None if agreement is None else agreement.agreed_on
    row.present = 0 if agreement is None else agreement.present
    row.in_favour = 0 if agreement is None else agreement.in_favour
    row.reason = "" if agreement is None else agreement.reason.strip()


def products_of(session: Session, group: GroupId) -> list[tuple[str, str, Product]]:
    """Return how a group lends as code, name, product: its own products on offer, and the book's that it has lent under."""
    used = select(Loan.product_id).where(Loan.group_id == group, Loan.direction == LoanDirection.OUT)
    rows = session.scalars(
        select(LoanProduct)
        .where(
            (LoanProduct.group_id == group) | (LoanProduct.group_id.is_(None) & LoanProduct.id.in_(used)),
            LoanProduct.active.in_((True,)),
        )
        .order_by(LoanProduct.code)
    )
    return [(row.code, row.name, from_text(Product, row.rules)) for row in rows]


def lending_words(session: Session, group: GroupId) -> str:
    """Return how a group lends now, in words: one product a line, those of the whole book after its own."""
    rows = session.scalars(
        select(LoanProduct)
        .where(
            (LoanProduct.group_id == group) | LoanProduct.group_id.is_(None),
            LoanProduct.active.in_((True,)),
        )
        .order_by(LoanProduct.group_id.is_(None), LoanProduct.code)
    )
    return "\n".join(product_words(row.name, from_text(Product, row.rules)) for row in rows)

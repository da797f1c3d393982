"""Rotating funds read: the list of a group, one fund with its openings and parts, what its ledger must hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, RoscaId, RoscaPartId, VoucherId
from desktop.models.kinds import RoscaState
from desktop.models.records.every import Group, Member, Rosca, RoscaOpening, Voucher
from desktop.models.rules import rosca as rules
from desktop.models.rules.entries import show_number
from desktop.models.rules.rosca import Duty, RoscaTerms
from desktop.services.attachments import Subject
from desktop.services.rosca_facts import Rotation, holder, rotation, running_of, terms_of
from desktop.store.book import Book
from resources.lang.names import join_name


@dataclass(frozen=True, slots=True)
class RoscaRow:
    """A rotating fund in a list; amounts in đồng."""

    id: RoscaId
    code: str
    name: str
    kind: str
    organiser: str
    part_value: int
    parts: int
    opened: int
    next_day: date | None
    state: RoscaState


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part: who holds it, at which opening it drew, and its sums so far, in đồng."""

    id: RoscaPartId
    number: int
    member: MemberId
    code: str
    name: str
    drawn_at: int | None
    paid: int
    drawn: int
    owed: int


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening, held or planned; `id` None: still to come. Amounts in đồng."""

    id: int | None
    number: int
    day: date
    drawer: str = ""
    bid: int = 0
    collected: int = 0
    covered: int = 0
    drawn: int = 0
    owed: int = 0
    note: str = ""
    voucher: VoucherId | None = None
    voucher_number: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One line of the ledger of a rotating fund: a part paid in, the organiser paid in its place, or a part drew."""

    opening: int
    opening_id: int
    day: date
    part: RoscaPartId
    part_number: int
    name: str
    paid: int = 0
    drawn: int = 0
    late_interest: int = 0
    covers: bool = False
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class Debt:
    """What a part still owes for an opening, in đồng."""

    opening: int
    opening_id: int
    day: date
    part: RoscaPartId
    part_number: int
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class RoscaDetail:
    """A rotating fund with all its pages show."""

    id: RoscaId
    group: GroupId
    group_name: str
    subject: Subject
    code: str
    name: str
    terms: RoscaTerms
    organiser: MemberId
    organiser_name: str
    agreed_on: date
    place: str
    security: str
    rules: str
    state: RoscaState
    parts: tuple[PartRow, ...]
    openings: tuple[OpeningRow, ...]
    ledger: tuple[PaymentRow, ...]
    debts: tuple[Debt, ...]
    duties: tuple[Duty, ...]
    notified_on: date | None
    notice: str
    missing: tuple[str, ...]
    """What the agreement must name and the book does not know, a line a person."""

    @property
    def next_number(self) -> int | None:
        """Return the number of the next opening, None when all were held."""
        return next((one.number for one in self.openings if one.id is None), None)

    @property
    def must_notify(self) -> bool:
        """Tell whether the commune has to be notified and has not been."""
        return bool(self.duties) and self.notified_on is None


def list_of(book: Book, group: GroupId) -> list[RoscaRow]:
    """Return the rotating funds of a group, those that run first."""
    with book.read() as session:
        rows = session.execute(
            select(Rosca, Member)
            .join(Member, Member.id == Rosca.organiser_id)
            .where(Rosca.group_id == group)
            .order_by(Rosca.state.desc(), Rosca.id)
        ).all()
        return [_row(session, rosca, member) for rosca, member in rows]


def _row(session: Session, rosca: Rosca, organiser: Member) -> RoscaRow:
    turning = rotation(session, RoscaId(rosca.id))
    held = len(turning.openings)
    return RoscaRow(
        RoscaId(rosca.id),
        rosca.code,
        rosca.name,
        rosca.kind.title,
        organiser.full_name,
        rosca.part_value,
        rosca.parts,
        held,
        rules.opening_day(turning.terms, held + 1) if held < rosca.parts else None,
        rosca.state,
    )


def detail(book: Book, rosca_id: RoscaId) -> RoscaDetail:
    """Return one rotating fund."""
    with book.read() as session:
        return detail_in(session, rosca_id)


def detail_in(session: Session, rosca_id: RoscaId) -> RoscaDetail:
    """Return one rotating fund inside an open session."""
    turning = rotation(session, rosca_id)
    rosca, terms = turning.rosca, turning.terms
    people = _names(session, turning)
    numbers = _voucher_numbers(session, turning)
    running = running_of(session, rosca.organiser_id, but=rosca.id) + 1
    holders = [holder(session, MemberId(one), rosca.agreed_on) for one in sorted(people)]
    return RoscaDetail(
        id=rosca_id,
        group=GroupId(rosca.group_id),
        group_name=session.get_one(Group, rosca.group_id).name,
        subject=Subject.of(rosca),
        code=rosca.code,
        name=rosca.name,
        terms=terms,
        organiser=MemberId(rosca.organiser_id),
        organiser_name=people[rosca.organiser_id][1],
        agreed_on=rosca.agreed_on,
        place=rosca.place,
        security=rosca.security,
        rules=rosca.rules,
        state=rosca.state,
        parts=tuple(_parts(turning, people)),
        openings=tuple(_openings(turning, people, numbers)),
        ledger=tuple(_ledger(turning, people, numbers)),
        debts=tuple(_debts(turning, people)),
        duties=rules.duties(terms, running),
        notified_on=rosca.notified_on,
        notice=rosca.notice,
        missing=tuple(f"{one.name}: {', '.join(one.missing)}" for one in holders if one.missing),
    )


_People = dict[int, tuple[str, str]]


def _names(session: Session, turning: Rotation) -> _People:
    keys = {part.member_id for part in turning.parts} | {turning.rosca.organiser_id}
    keys |= {opening.drawer_id for opening in turning.openings}
    keys |= {payment.member_id for payment in turning.payments}
    rows = session.execute(
        select(Member.id, Member.code, Member.family, Member.middle, Member.given).where(Member.id.in_(keys))
    )
    return {key: (code, join_name(family, middle, given)) for key, code, family, middle, given in rows}


def _voucher_numbers(session: Session, turning: Rotation) -> dict[int, str]:
    keys = {opening.voucher_id for opening in turning.openings}
    keys |= {payment.voucher_id for payment in turning.payments if payment.voucher_id is not None}
    rows = session.execute(
        select(Voucher.id, Voucher.paper, Voucher.number, Voucher.year).where(Voucher.id.in_(keys))
    )
    return {key: show_number(paper, number, year) for key, paper, number, year in rows}


def _parts(turning: Rotation, people: _People) -> list[PartRow]:
    drawn = {opening.part_id: opening for opening in turning.openings}
    found = []
    for part in turning.parts:
        opening = drawn.get(part.id)
        code, name = people[part.member_id]
        found.append(
            PartRow(
                RoscaPartId(part.id),
                part.number,
                MemberId(part.member_id),
                code,
                name,
                None if opening is None else opening.number,
                sum(turning.paid(one.id, part.id) for one in turning.openings),
                0 if opening is None else opening.drawn,
                sum(turning.owed(one, part.id) for one in turning.openings),
            )
        )
    return found


def _openings(turning: Rotation, people: _People, numbers: dict[int, str]) -> list[OpeningRow]:
    found = []
    for opening in turning.openings:
        mine = [payment for payment in turning.payments if payment.opening_id == opening.id]
        found.append(
            OpeningRow(
                opening.id,
                opening.number,
                opening.day,
                people[opening.drawer_id][1],
                opening.bid,
                sum(payment.amount for payment in mine if not payment.covers),
                sum(payment.amount for payment in mine if payment.covers),
                opening.drawn,
                sum(turning.owed(opening, part.id) for part in turning.parts),
                opening.note,
                VoucherId(opening.voucher_id),
                numbers.get(opening.voucher_id, ""),
            )
        )
    found += [
        OpeningRow(None, number, rules.opening_day(turning.terms, number))
        for number in range(len(turning.openings) + 1, turning.terms.parts + 1)
    ]
    return found


def _ledger(turning: Rotation, people: _People, numbers: dict[int, str]) -> list[PaymentRow]:
    number_of = {part.id: part.number for part in turning.parts}
    found = []
    for opening in turning.openings:
        for payment in turning.payments:
            if payment.opening_id == opening.id and payment.amount:
                found.append(
                    PaymentRow(
                        opening.number,
                        opening.id,
                        payment.day,
                        RoscaPartId(payment.part_id),
                        number_of[payment.part_id],
                        people[payment.member_id][1],
                        paid=payment.amount,
                        late_interest=payment.late_interest,
                        covers=payment.covers,
                        voucher=numbers.get(payment.voucher_id or 0, ""),
                    )
                )
        found.append(_drawn(opening, number_of, people, numbers))
    return found


def _drawn(
    opening: RoscaOpening, number_of: dict[int, int], people: _People, numbers: dict[int, str]
) -> PaymentRow:
    return PaymentRow(
        opening.number,
        opening.id,
        opening.day,
        RoscaPartId(opening.part_id),
        number_of[opening.part_id],
        people[opening.drawer_id][1],
        drawn=opening.drawn,
        voucher=numbers.get(opening.voucher_id, ""),
    )


def _debts(turning: Rotation, people: _People) -> list[Debt]:
    return [
        Debt(
            opening.number,
            opening.id,
            opening.day,
            RoscaPartId(part.id),
            part.number,
            people[part.member_id][1],
            turning.owed(opening, part.id),
        )
        for opening in turning.openings
        for part in turning.parts
        if turning.owed(opening, part.id)
    ]


__all__ = [
    "Debt",
    "OpeningRow",
    "PartRow",
    "PaymentRow",
    "RoscaDetail",
    "RoscaRow",
    "detail",
    "detail_in",
    "list_of",
    "terms_of",
]

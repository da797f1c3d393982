"""What the deeds and the pages of rotating funds read: terms, parts, openings, payments, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, RoscaId, RoscaPartId
from desktop.models.kinds import OpeningState, RoscaState
from desktop.models.records.every import Household, Member, Rosca, RoscaOpening, RoscaPart, RoscaPayment
from desktop.models.rules.rosca import Holder, OpeningFacts, RoscaTerms
from desktop.services.statements import household_address
from resources.lang.messages import _
from resources.lang.names import join_name


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotating fund as it stands: the record's parts and the openings and payments that count."""

    rosca: Rosca
    terms: RoscaTerms
    parts: tuple[RoscaPart, ...]
    openings: tuple[RoscaOpening, ...]
    payments: tuple[RoscaPayment, ...]

    @property
    def drawn(self) -> frozenset[RoscaPartId]:
        """Return the parts that have drawn."""
        return frozenset(RoscaPartId(opening.part_id) for opening in self.openings)

    def facts(self, today: date) -> OpeningFacts:
        """Return what the next opening is judged by."""
        return OpeningFacts(
            self.terms,
            len(self.openings) + 1,
            tuple(RoscaPartId(part.id) for part in self.parts),
            self.drawn,
            self.openings[-1].day if self.openings else None,
            today,
        )

    def paid(self, opening: int, part: int) -> int:
        """Return what a part itself has paid in for an opening, late money too, in đồng."""
        return sum(
            payment.amount
            for payment in self.payments
            if payment.opening_id == opening and payment.part_id == part and not payment.covers
        )

    def owed(self, opening: RoscaOpening, part: int) -> int:
        """Return what a part still owes for an opening, to the organiser or to the one who drew, in đồng."""
        due = next(
            payment.due
            for payment in self.payments
            if payment.opening_id == opening.id and payment.part_id == part and not payment.covers
        )
        return due - self.paid(opening.id, part)


def terms_of(rosca: Rosca) -> RoscaTerms:
    """Return what was agreed."""
    return RoscaTerms(
        rosca.kind,
        rosca.draw_order,
        rosca.part_value,
        rosca.parts,
        rosca.starts,
        rosca.frequency,
        rosca.commission,
        Fraction(rosca.late_basis_points, 100),
        rosca.organiser_covers,
    )


def rotation(session: Session, rosca_id: RoscaId) -> Rotation:
    """Return a rotating fund with all that counts; reversed openings are left out."""
    rosca = session.get_one(Rosca, rosca_id)
    parts = session.scalars(
        select(RoscaPart).where(RoscaPart.rosca_id == rosca_id).order_by(RoscaPart.number)
    )
    openings = session.scalars(
        select(RoscaOpening)
        .where(RoscaOpening.rosca_id == rosca_id, RoscaOpening.state == OpeningState.POSTED)
        .order_by(RoscaOpening.number)
    ).all()
    payments = session.scalars(
        select(RoscaPayment)
        .where(RoscaPayment.opening_id.in_([opening.id for opening in openings]))
        .order_by(RoscaPayment.id)
    )
    return Rotation(rosca, terms_of(rosca), tuple(parts), tuple(openings), tuple(payments))


def running_of(session: Session, organiser: int, but: int | None = None) -> int:
    """Return how many rotating funds a person organises that have not ended, one of them left out."""
    query = (
        select(func.count())
        .select_from(Rosca)
        .where(Rosca.organiser_id == organiser, Rosca.state == RoscaState.RUNNING)
    )
    if but is not None:
        query = query.where(Rosca.id != but)
    return int(session.scalar(query) or 0)


def holder(session: Session, member_id: MemberId, on: date) -> Holder:
    """Return a person with what the agreement must say of them."""
    member = session.get_one(Member, member_id)
    household = None if member.household_id is None else session.get_one(Household, member.household_id)
    missing = []
    if not member.citizen_number and not member.old_paper:
        missing.append(_("số giấy tờ tùy thân"))
    if member.birth_date is None:
        missing.append(_("ngày sinh"))
    if household is None or not household_address(household):
        missing.append(_("nơi cư trú"))
    return Holder(
        member_id,
        join_name(member.family, member.middle, member.given),
        _age(member, on),
        tuple(missing),
    )


def _age(member: Member, on: date) -> int | None:
    born = member.birth_date
    if born is not None:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return None if member.birth_year is None else on.year - member.birth_year

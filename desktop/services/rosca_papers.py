"""The papers of rotating funds: the agreement, the ledger that the law asks for, the notice to the commune."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from sqlalchemy.orm import Session

from desktop.models.ids import RoscaId
from desktop.models.kinds import RoscaKind
from desktop.models.records.every import Group, Member
from desktop.models.rules import rosca as rules
from desktop.services import heads, loan_words, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.rosca_book import PaymentRow, RoscaDetail, detail_in
from desktop.store.book import Book
from reports.kit.values import PrintMark
from reports.loan_values import LoanPerson
from reports.rosca_agreement import RoscaAgreement
from reports.rosca_ledger import LedgerLine, RoscaLedger
from reports.rosca_notice import RoscaNotice
from reports.rosca_values import RoscaHead, RoscaHolder
from resources.lang.dong import show_dong
from resources.lang.messages import _

T = TypeVar("T")


def _paper(
    book: Book,
    key: RoscaId,
    report: str,
    day: date,
    act: Act,
    make: Callable[[Session, RoscaDetail, PrintMark], T],
) -> Outcome[T]:
    with book.read() if book.readonly else book.write(act) as session:
        found = detail_in(session, key)
        order = PrintOrder(report, found.group, ends=day, subject=found.code)
        value = make(session, found, paper_marks.issue_marks(session, [order], act)[0])
    return Outcome(value, Changed.of(Topic.PRINTS, group=found.group))


@heads.for_paper
def agreement(book: Book, key: RoscaId, act: Act) -> Outcome[RoscaAgreement]:
    """Return the agreement, to be signed by the organiser and every member."""

    def make(session: Session, found: RoscaDetail, mark: PrintMark) -> RoscaAgreement:
        return RoscaAgreement(
            organisation=heads.organisation(session),
            head=head(session, found),
            agreed_on=found.agreed_on,
            mark=mark,
            place=_place(session, found),
            signed_at=found.place,
            security=found.security,
            rules=tuple(line for line in found.rules.splitlines() if line.strip()),
            organiser_covers=found.terms.organiser_covers,
        )

    return _paper(book, key, "rosca-agreement", act.today, act, make)


@heads.for_paper
def ledger(book: Book, key: RoscaId, act: Act) -> Outcome[RoscaLedger]:
    """Return the ledger with all that was paid in and drawn."""

    def make(session: Session, found: RoscaDetail, mark: PrintMark) -> RoscaLedger:
        return RoscaLedger(
            organisation=heads.organisation(session),
            head=head(session, found),
            day=act.today,
            lines=tuple(_line(row, found.organiser_name) for row in found.ledger),
            mark=mark,
            debts=tuple((debt.opening, debt.name, debt.amount) for debt in found.debts),
            place=_place(session, found),
        )

    return _paper(book, key, "rosca-ledger", act.today, act, make)


@heads.for_paper
def notice(book: Book, key: RoscaId, act: Act) -> Outcome[RoscaNotice]:
    """Return the notice to the commune People's Committee."""

    def make(session: Session, found: RoscaDetail, mark: PrintMark) -> RoscaNotice:
        commune = heads.commune_text(session.get_one(Group, found.group).commune_code)
        return RoscaNotice(
            organisation=heads.organisation(session),
            head=head(session, found),
            day=act.today,
            mark=mark,
            committee=_("Ủy ban nhân dân {commune}").format(commune=commune) if commune else "",
            reasons=tuple(rules.duty_text(duty) for duty in found.duties),
            place=_place(session, found),
        )

    return _paper(book, key, "rosca-notice", act.today, act, make)


def _place(session: Session, found: RoscaDetail) -> str:
    return heads.commune_name(session.get_one(Group, found.group).commune_code)


def _line(row: PaymentRow, organiser: str) -> LedgerLine:
    note = ""
    if row.covers:
        note = _("{organiser} góp thay").format(organiser=organiser)
    elif row.late_interest:
        note = _("góp chậm, lãi {amount}").format(amount=show_dong(row.late_interest))
    return LedgerLine(row.opening, row.day, row.name, row.part_number, row.paid, row.drawn, note, row.voucher)


def head(session: Session, found: RoscaDetail) -> RoscaHead:
    """Return the fund as every paper names it; identity numbers stand whole, as Article 8 asks."""
    terms = found.terms
    held: dict[int, list[int]] = {}
    for part in found.parts:
        held.setdefault(part.member, []).append(part.number)
    return RoscaHead(
        code=found.code,
        name=found.name,
        group=heads.group_block(session, found.group),
        kind_text=terms.kind.title,
        order_text=terms.order.title,
        frequency_text=terms.frequency.title,
        part_value=terms.part_value,
        parts=terms.parts,
        starts=terms.starts,
        ends=rules.last_day(terms),
        organiser=_person(session, found.organiser),
        holders=tuple(
            RoscaHolder(_person(session, member), tuple(numbers)) for member, numbers in held.items()
        ),
        commission=terms.commission,
        interest_text=_interest_text(found),
        late_text=_("{rate} một năm trên số góp chậm (Điều 22)").format(
            rate=loan_words.percent(terms.late_percent)
        ),
    )


def _interest_text(found: RoscaDetail) -> str:
    if found.terms.kind is not RoscaKind.INTEREST:
        return _("không có")
    cap = loan_words.percent(Fraction(rules.INTEREST_CAP))
    return _("người trả lãi cao nhất mỗi kỳ, không quá {cap} một năm của phần còn phải góp (Điều 21)").format(
        cap=cap
    )


def _person(session: Session, member_id: int) -> LoanPerson:
    person = loan_words.person(session, member_id)
    member = session.get_one(Member, member_id)
    return replace(person, citizen_number=member.citizen_number or member.old_paper)

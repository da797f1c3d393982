"""Reading what the measures of a period rest on: once a period, a question for each kind of record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.models.capacity_kinds import Promise
from desktop.models.ids import MemberId
from desktop.models.kinds import LoanDirection, Sex
from desktop.models.livelihood_kinds import Decider
from desktop.models.records.every import (
    Assessment,
    Commitment,
    CoordinationGuest,
    CoordinationMeeting,
    Group,
    Household,
    Livelihood,
    LivelihoodLoan,
    Loan,
    Member,
    Membership,
    PreparednessPlan,
)
from desktop.models.rules.categories import age_on
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.washington import Finding
from desktop.services.board.values import Entry
from desktop.services.indicators.facts import Facts, Part, Scope
from desktop.services.indicators.livelihoods import held
from desktop.services.indicators.loading import load
from desktop.services.indicators.traits import Known, known_of
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_figures import Figures
from desktop.services.support_book import list_supports
from desktop.services.training import Learning, learnings_in
from desktop.store.book import Book
from resources.lang.names import join_name


@dataclass(frozen=True, slots=True)
class PersonFact:
    """What lists say of a person. `hamlet` of their household, `groups` the codes of those they are in now."""

    id: MemberId
    code: str
    name: str
    sex: Sex
    age: int | None
    household: int | None
    hamlet: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A form filled in: of which record, when, with what figures."""

    form: str
    subject: str
    uid: bytes
    day: date
    results: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise of a coordination meeting."""

    id: int
    meeting: int
    code: str
    who: str
    what: str
    due: date
    settled: date | None
    kept: bool


@dataclass(frozen=True)
class BoardFacts:
    """All that the measures of a period rest on. `sensitive` False: nothing of disability is known here."""

    starts: date
    ends: date
    sensitive: bool
    facts: Facts
    figures: Figures
    learnings: tuple[Learning, ...]
    people: Mapping[int, PersonFact]
    uids: Mapping[bytes, int]
    known: Mapping[int, Known]
    deciders: Mapping[int, Decider]
    smart_loans: tuple[tuple[int, int, date], ...]
    """(livelihood, member who borrowed, day the money was paid out) of loans tied to an activity."""
    asked: tuple[Asked, ...]
    households: Mapping[bytes, int]
    household_names: Mapping[int, tuple[str, str, str]]
    """Of each household its code, its head, its hamlet."""
    groups: Mapping[bytes, int]
    prepared: frozenset[int]
    coordinated: frozenset[int]
    commitments: tuple[Promised, ...]
    supports: Mapping[int, tuple[str, str, int | None]]
    """Of each dossier of support its code, what it is for whom, and the person who stands for it."""

    # -- who is who --------------------------------------------------------------------------------

    def disabled(self, member: int) -> bool:
        """Tell whether a person has a disability by the WG questions, or holds a certificate in force."""
        known = self.known.get(member)
        if known is None or not self.sensitive:
            return False
        return known.disability is Finding.YES or known.certificate is True

    @cached_property
    def trained(self) -> dict[int, date]:
        """Return, by person, the first day on which they had completed a course."""
        found: dict[int, date] = {}
        for one in self.learnings:
            if one.completed is not None:
                found[one.member] = min(found.get(one.member, one.completed), one.completed)
        return found

    @cached_property
    def members(self) -> dict[int, Part]:
        """Return the members at the end of the period."""
        return {int(member): part for member, part in self.facts.people.items()}

    def within(self, day: date | None) -> bool:
        """Tell whether a day lies in the period."""
        return day is not None and self.starts <= day <= self.ends

    # -- lines of lists ----------------------------------------------------------------------------

    def person(self, member: int, detail: str = "", day: date | None = None) -> Entry:
        """Return the line of a person."""
        found = self.people[member]
        return Entry(("member", member), found.code, found.name, self._place(found), detail, day, member)

    def people_of(self, members: Iterable[int]) -> tuple[Entry, ...]:
        """Return the lines of people, each once, by code."""
        return tuple(sorted((self.person(one) for one in set(members)), key=lambda entry: entry.code))

    def home_of(self, member: int | None, household: int | None) -> tuple[str, int] | None:
        """Return the key of a household; somebody without one stands for their own."""
        if household is not None:
            return "household", household
        if member is None or member not in self.people:
            return None
        own = self.people[member].household
        return ("member", member) if own is None else ("household", own)

    def home(
        self, key: tuple[str, int], detail: str = "", day: date | None = None, person: int | None = None
    ) -> Entry:
        """Return the line of a household, or of a person who has none."""
        if key[0] == "member":
            return self.person(key[1], detail, day)
        code, head, hamlet = self.household_names[key[1]]
        known = self.people.get(person or 0)
        name = head or ("" if known is None else known.name)
        return Entry(key, code, name, hamlet, detail, day, person)

    def activity(self, row: LivelihoodRow, detail: str = "", day: date | None = None) -> Entry:
        """Return the line of an activity."""
        return Entry(
            ("livelihood", int(row.id)),
            row.code,
            f"{row.name} – {row.owner.text}",
            row.place,
            detail,
            day,
            None if row.owner.person is None else int(row.owner.person),
        )

    def group(self, group: int, detail: str = "", day: date | None = None) -> Entry:
        """Return the line of a group."""
        found = next(one for one in self.facts.groups if one.id == group)
        return Entry(("group", group), found.code, found.name, found.hamlet, detail, day)

    @staticmethod
    def _place(found: PersonFact) -> str:
        return " · ".join(part for part in (found.hamlet, ", ".join(found.groups)) if part)


def gather(book: Book, starts: date, ends: date, *, sensitive: bool) -> BoardFacts:
    """Return what the measures of a period rest on; without `sensitive` nothing of disability is read."""
    facts = load(book, Scope(), starts, ends)
    supports = {
        int(row.id): (row.code, f"{row.title} – {row.who}", row.person) for row in list_supports(book, ends)
    }
    with book.read() as session:
        return BoardFacts(
            starts,
            ends,
            sensitive,
            facts,
            held(facts).figures if sensitive else held(facts).figures.restricted_view(),
            tuple(learnings_in(session, ends)),
            _people(session, ends),
            _pairs(session, select(Member.uid, Member.id)),
            known_of(session, ends) if sensitive else {},
            _pairs(session, select(Livelihood.id, Livelihood.decider)),
            tuple(_loans(session, ends)),
            tuple(_asked(session, ends)),
            _pairs(session, select(Household.uid, Household.id)),
            _homes(session),
            _pairs(session, select(Group.uid, Group.id)),
            frozenset(
                session.scalars(
                    select(PreparednessPlan.household_id).where(
                        PreparednessPlan.day > add_months(ends, -12), PreparednessPlan.day <= ends
                    )
                )
            ),
            frozenset(
                member
                for member in session.scalars(
                    select(CoordinationGuest.member_id)
                    .join(CoordinationMeeting, CoordinationMeeting.id == CoordinationGuest.meeting_id)
                    .where(CoordinationMeeting.day >= starts, CoordinationMeeting.day <= ends)
                )
                if member is not None
            ),
            tuple(
                Promised(
                    row.id,
                    row.meeting_id,
                    code,
                    row.who,
                    row.what,
                    row.due,
                    row.settled,
                    row.state is Promise.KEPT,
                )
                for row, code in session.execute(
                    select(Commitment, CoordinationMeeting.code)
                    .join(CoordinationMeeting, CoordinationMeeting.id == Commitment.meeting_id)
                    .order_by(Commitment.id)
                )
            ),
            supports,
        )


def _people(session: Session, ends: date) -> dict[int, PersonFact]:
    inside: dict[int, list[str]] = {}
    for member, code in session.execute(
        select(Membership.member_id, Group.code)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.joined <= ends, Membership.left.is_(None) | (Membership.left > ends))
        .order_by(Group.code)
    ):
        inside.setdefault(member, []).append(code)
    query = select(
        Member.id,
        Member.code,
        Member.family,
        Member.middle,
        Member.given,
        Member.sex,
        Member.birth_date,
        Member.birth_year,
        Member.household_id,
        Household.hamlet,
    ).outerjoin(Household, Household.id == Member.household_id)
    return {
        row.id: PersonFact(
            MemberId(row.id),
            row.code,
            join_name(row.family, row.middle, row.given),
            row.sex,
            age_on(row.birth_date or row.birth_year, ends),
            row.household_id,
            row.hamlet or "",
            tuple(dict.fromkeys(inside.get(row.id, ()))),
        )
        for row in session.execute(query)
    }


def _loans(session: Session, ends: date) -> Iterable[tuple[int, int, date]]:
    query = (
        select(LivelihoodLoan.livelihood_id, Loan.member_id, Loan.disbursed_on)
        .join(Loan, Loan.id == LivelihoodLoan.loan_id)
        .where(
            Loan.direction == LoanDirection.OUT,
            Loan.member_id.is_not(None),
            Loan.disbursed_on.is_not(None),
            Loan.disbursed_on <= ends,
        )
    )
    for row in session.execute(query):
        if row.member_id is not None and row.disbursed_on is not None:
            yield row.livelihood_id, row.member_id, row.disbursed_on


def _asked(session: Session, ends: date) -> Iterable[Asked]:
    """Yield every form in force up to a day, the earliest first."""
    later = aliased(Assessment)
    query = (
        select(Assessment)
        .outerjoin(later, later.supersedes_id == Assessment.id)
        .where(Assessment.day <= ends, later.id.is_(None), Assessment.erased.in_((False,)))
        .order_by(Assessment.day, Assessment.id)
    )
    for row in session.scalars(query):
        yield Asked(row.form, row.subject, row.subject_uid, row.day, json.loads(row.results))


def _homes(session: Session) -> dict[int, tuple[str, str, str]]:
    """Return the code of each household, the name of its head, its hamlet."""
    heads = {
        row.household_id: join_name(row.family, row.middle, row.given)
        for row in session.execute(
            select(Member.household_id, Member.family, Member.middle, Member.given).where(
                Member.household_id.is_not(None), Member.is_head.in_((True,))
            )
        )
    }
    return {
        row.id: (row.code, heads.get(row.id, ""), row.hamlet)
        for row in session.execute(select(Household.id, Household.code, Household.hamlet))
    }


def _pairs(session: Session, query: Any) -> dict[Any, Any]:
    """Return a question's two columns as keys and values."""
    return {row[0]: row[1] for row in session.execute(query)}

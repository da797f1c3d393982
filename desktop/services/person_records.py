"""What the deeds about people share inside an open session: names that follow, who is there already, households."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, object_session

from desktop.models.ids import MemberId
from desktop.models.kinds import MeetingState
from desktop.models.problems import Problem
from desktop.models.records.every import Group, Household, Meeting, MeetingAttendance, Member, Membership
from desktop.models.rules import people
from desktop.models.rules.people import Found, Person
from desktop.services.sight import sensitive_in
from resources.lang.names import fold, fold_tones, join_name

IN_CHUNK = 500
"""How many keys one question names at most."""


def fill_names(member: Member) -> None:
    """Fill what follows from a member's name. Every write of a name passes here."""
    forms = people.name_forms(member.family, member.middle, member.given, member.sort_name)
    member.name_fold, member.name_tones, member.name_sort = forms.fold, forms.tones, forms.sort


def apply_person(member: Member, person: Person) -> None:
    """Copy a person's data, already normal and checked, into the record."""
    assert person.sex is not None  # the rules refuse a person without
    member.family, member.middle, member.given = person.family, person.middle, person.given
    member.sort_name = person.sort_name
    member.sex = person.sex
    member.birth_date, member.birth_year = person.birth_date, person.birth_year
    member.citizen_number = person.citizen_number or None
    member.old_paper, member.phone = person.old_paper, person.phone
    if shows_ethnicity(member):  # who may not see it does not overwrite it either
        member.ethnic_code = person.ethnic_code
    member.joined, member.large_print, member.note = person.joined, person.large_print, person.note
    fill_names(member)


def shows_ethnicity(member: Member) -> bool:
    """Tell whether the user of the session that a record belongs to may see its ethnicity; a new record's may be written."""
    session = object_session(member)
    return session is None or sensitive_in(session)


def person_of(member: Member) -> Person:
    """Return a record's data as the rules know them."""
    return Person(
        family=member.family,
        middle=member.middle,
        given=member.given,
        sort_name=member.sort_name,
        sex=member.sex,
        birth_date=member.birth_date,
        birth_year=member.birth_year,
        citizen_number=member.citizen_number or "",
        old_paper=member.old_paper,
        phone=member.phone,
        ethnic_code=member.ethnic_code if shows_ethnicity(member) else None,
        joined=member.joined,
        large_print=member.large_print,
        note=member.note,
    )


def groups_of(session: Session, members: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return code and name of the groups that people are in now, by member."""
    found: dict[int, list[tuple[str, str]]] = {}
    wanted = sorted(set(members))
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(Membership.member_id, Group.code, Group.name)
            .join(Group, Group.id == Membership.group_id)
            .where(Membership.member_id.in_(wanted[start : start + IN_CHUNK]), Membership.left.is_(None))
            .order_by(Group.code)
        )
        for member, code, name in rows:
            found.setdefault(member, []).append((code, name))
    return found


def found_people(session: Session, members: Iterable[int]) -> dict[int, Found]:
    """Return who people are, in the words of a warning, by member."""
    wanted = sorted(set(members))
    groups = groups_of(session, wanted)
    found: dict[int, Found] = {}
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(
                Member.id,
                Member.code,
                Member.family,
                Member.middle,
                Member.given,
                Member.birth_year,
                Household.hamlet,
            )
            .outerjoin(Household, Household.id == Member.household_id)
            .where(Member.id.in_(wanted[start : start + IN_CHUNK]))
        )
        for row in rows:
            found[row.id] = Found(
                MemberId(row.id),
                row.code,
                join_name(row.family, row.middle, row.given),
                row.birth_year,
                row.hamlet or "",
                tuple(name for _code, name in groups.get(row.id, [])),
            )
    return found


def duplicates(
    session: Session, person: Person, code: str, household: Household | None, but: int | None = None
) -> list[Problem]:
    """Return the problems of a person who is there already; `but` is the record being changed itself."""
    by_code, by_number, alike = same_people(session, person, code, household, but)
    who = found_people(session, [one for one in (by_code, by_number, *alike) if one is not None])
    return people.check_duplicates(
        who.get(by_code or 0), who.get(by_number or 0), [who[one] for one in alike if one in who]
    )


def same_people(
    session: Session, person: Person, code: str, household: Household | None, but: int | None = None
) -> tuple[int | None, int | None, list[int]]:
    """Return who has the same code, who the same citizen number, and who is alike (name, year, hamlet)."""
    others = select(Member.id).where(Member.id != but) if but is not None else select(Member.id)
    by_code = session.scalar(others.where(Member.code == code)) if code else None
    number = person.citizen_number
    by_number = session.scalar(others.where(Member.citizen_number == number)) if number else None
    return by_code, by_number, _alike(session, person, household, but)


def _alike(session: Session, person: Person, household: Household | None, but: int | None) -> list[int]:
    """Return the people of the same name and year of birth who may live in the same hamlet."""
    if person.birth_year is None or not person.given:
        return []
    full = person.full_name
    rows = session.execute(
        select(Member.id, Household.commune_code, Household.hamlet)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(
            Member.name_fold == fold(full),
            Member.name_tones == fold_tones(full),
            Member.birth_year == person.birth_year,
        )
        .order_by(Member.id)
    )
    commune, hamlet = (household.commune_code, household.hamlet) if household else (None, "")
    return [
        row.id
        for row in rows
        if row.id != but and people.same_place(commune, hamlet, row.commune_code, row.hamlet or "")
    ]


def set_head(session: Session, household_id: int, member: Member) -> None:
    """Make a member the head of the household; the head before is one of its people from now on."""
    # "in": a comparison with True itself would be written as a boolean, which PostgreSQL does not take here.
    before = session.scalars(
        select(Member).where(
            Member.household_id == household_id, Member.is_head.in_((True,)), Member.id != member.id
        )
    ).one_or_none()
    if before is not None:
        before.is_head = False
        session.flush()  # the database allows one head at a time
    member.is_head = True


def name_household(session: Session, household_id: int | None) -> None:
    """Fill what follows from a household's people: it is found by the name of its head, and by the hamlet.

    Call it after the people were flushed.
    """
    if household_id is None:
        return
    household = session.get_one(Household, household_id)
    row = session.execute(
        select(Member.name_fold)
        .where(Member.household_id == household_id)
        .order_by(Member.is_head.desc(), Member.id)
        .limit(1)
    ).one_or_none()
    household.name_fold = household_fold("" if row is None else row.name_fold, household.hamlet)


def household_fold(head_fold: str, hamlet: str) -> str:
    """Return the text that a household is found by."""
    return " ".join(part for part in (head_fold, fold(hamlet)) if part)


def last_meeting_of(session: Session, member: int, group: int | None = None) -> date | None:
    """Return the day of the last posted meeting in which a person stands, of one group or of all."""
    query = (
        select(func.max(Meeting.day))
        .join(MeetingAttendance, MeetingAttendance.meeting_id == Meeting.id)
        .where(MeetingAttendance.member_id == member, Meeting.state == MeetingState.POSTED)
    )
    found: date | None = session.scalar(query if group is None else query.where(Meeting.group_id == group))
    return found


def matches(
    text: str, folded: InstrumentedAttribute[str], code: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """Return conditions of a search: each word of `text` stands in the folded column or in the code."""
    return [
        or_(folded.contains(word, autoescape=True), code.contains(word.upper(), autoescape=True))
        for word in fold(text).split()
    ]


def member_matches(text: str) -> list[ColumnElement[bool]]:
    """Return conditions of a search for people: each word stands in the name without marks.

    A word with a digit stands in the code, the phone or the citizen number instead. Each condition is
    answered from one index.
    """
    return [
        _number_matches(word) if any(char.isdigit() for char in word) else _name_matches(word)
        for word in fold(text).split()
    ]


def _name_matches(word: str) -> ColumnElement[bool]:
    return Member.name_fold.contains(word, autoescape=True)


def _number_matches(word: str) -> ColumnElement[bool]:
    found = [
        select(Member.id).where(column.contains(word.upper(), autoescape=True))
        for column in (Member.code, Member.phone, Member.citizen_number)
    ]
    return Member.id.in_(union_all(*found))

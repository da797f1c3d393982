"""People: entered, changed, marked as having left or died; their photo. Lists are in `member_lists`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, MemberId, new_uid
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import MemberStatus
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Household, Member, MemberPhoto, Membership
from desktop.models.rules import people
from desktop.models.rules.people import Found, Person
from desktop.services import consents, memberships
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.erasing import refuse_erased
from desktop.services.member_lists import (
    MemberDetail,
    MemberFilter,
    MemberOrder,
    MemberRow,
    MemberSort,
    count,
    get,
    get_by_code,
    page,
    photo,
)
from desktop.services.person_records import (
    apply_person,
    duplicates,
    last_meeting_of,
    name_household,
    set_head,
)
from desktop.services.sight import access_of, sensitive_in
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _

__all__ = [
    "ChangeMember",
    "EnrolMember",
    "Found",
    "MarkLeft",
    "MemberDetail",
    "MemberFilter",
    "MemberOrder",
    "MemberRow",
    "MemberSort",
    "Person",
    "change",
    "check",
    "count",
    "enrol",
    "enrol_in",
    "get",
    "get_by_code",
    "mark_left",
    "mark_returned",
    "page",
    "photo",
    "propose_code",
    "set_large_print",
    "set_photo",
]

LARGEST_PHOTO = 2_000_000
"""Bytes of a photo at most; the window scales pictures down before they come here."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolMember:
    """Enter a person; without a code they get the next free one. With `group` they also join it, at the end."""

    person: Person
    code: str = ""
    household: HouseholdId | None = None
    is_head: bool = False
    group: GroupId | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMember:
    """Change a person's data; `version` is that of the form when it was opened."""

    member: MemberId
    version: int
    code: str
    person: Person
    household: HouseholdId | None = None
    is_head: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLeft:
    """Mark a person as having left the programme or died on a day; they leave all groups and offices."""

    member: MemberId
    version: int
    left: date
    died: bool = False
    reason: str = ""
    agreed: bool = False


# -- deeds -----------------------------------------------------------------------------------------


def enrol(book: Book, command: EnrolMember, act: Act) -> Outcome[MemberId]:
    """Enter a person. Raises Refusal with all problems; those that only warn pass when `agreed`."""
    with book.write(act) as session:
        member = enrol_in(session, command, act)
    topics = [Topic.MEMBERS]
    topics += [Topic.HOUSEHOLDS] if command.household else []
    topics += [Topic.GROUPS] if command.group else []
    return Outcome(MemberId(member.id), Changed.of(*topics, group=command.group))


def enrol_in(session: Session, command: EnrolMember, act: Act) -> Member:
    """Enter a person inside an open write; see `enrol`."""
    person = people.normal_person(command.person)
    code = people.tidy_code(command.code)
    household = _household(session, command.household)
    problems = _problems(session, person, code, household, act.today, None)
    refuse_if_stopped(problems, agreed=command.agreed)
    refuse_if_stopped(_ethnic_problems(session, person, None))
    assert person.sex is not None
    member = Member(
        uid=new_uid(),
        code=code or next_code(session, Member),
        family=person.family,
        given=person.given,
        sex=person.sex,
        household_id=command.household,
    )
    apply_person(member, replace(person, joined=person.joined or act.today))
    session.add(member)
    _settle(session, member, household, command.is_head)
    if command.group is not None:
        assert member.joined is not None
        memberships.add_in(session, command.group, [MemberId(member.id)], member.joined, act)
    return member


def change(book: Book, command: ChangeMember, act: Act) -> Outcome[MemberId]:
    """Change a person's data. Raises Refusal, and Trouble "stale" when another changed it meanwhile."""
    with book.write(act) as session:
        member = session.get_one(Member, command.member)
        refuse_erased(session, member)
        expect_version(member, command.version)
        person = people.normal_person(command.person)
        code = people.tidy_code(command.code)
        household = _household(session, command.household)
        problems = _problems(session, person, code, household, act.today, command.member)
        if not code:
            problems = [*people.check_code(code), *problems]
        refuse_if_stopped(problems, agreed=command.agreed)
        refuse_if_stopped(_ethnic_problems(session, person, member))
        moved_from = member.household_id if member.household_id != command.household else None
        if not command.is_head or moved_from is not None:
            member.is_head = False
        member.code, member.household_id = code, command.household
        apply_person(member, person)
        _settle(session, member, household, command.is_head)
        name_household(session, moved_from)
    return Outcome(command.member, Changed.of(Topic.MEMBERS, Topic.HOUSEHOLDS, Topic.GROUPS))


def check(
    book: Book,
    person: Person,
    today: date,
    code: str = "",
    household: HouseholdId | None = None,
    member: MemberId | None = None,
) -> list[Problem]:
    """Return what a form would be refused for or asked about, while it is filled in; nothing is written."""
    with book.read() as session:
        normal = people.normal_person(person)
        return _problems(
            session, normal, people.tidy_code(code), _household(session, household), today, member
        )


def mark_left(book: Book, command: MarkLeft, act: Act) -> Outcome[MemberId]:
    """Mark a person as having left or died; groups and offices end that day. Raises Refusal.

    Money that a group still owes them is told first (a warning).
    """
    with book.write(act) as session:
        member = session.get_one(Member, command.member)
        expect_version(member, command.version)
        current = session.scalars(
            select(Membership).where(Membership.member_id == member.id, Membership.left.is_(None))
        ).all()
        problems = people.check_leaving(
            command.left, member.joined, act.today, last_meeting_of(session, member.id)
        )
        for membership in current:
            problems += memberships.leaving_problems(session, membership, command.left, act.today)
        refuse_if_stopped(dict.fromkeys(problems), agreed=command.agreed)
        member.status = MemberStatus.DIED if command.died else MemberStatus.LEFT
        member.left = command.left
        for membership in current:
            memberships.end_in(session, membership, command.left, command.reason)
    return Outcome(command.member, Changed.of(Topic.MEMBERS, Topic.GROUPS))


def mark_returned(book: Book, member: MemberId, version: int, act: Act) -> Outcome[MemberId]:
    """Take back that a person left: they are with the programme again. Groups are joined anew by hand."""
    with book.write(act) as session:
        record = session.get_one(Member, member)
        refuse_erased(session, record)
        expect_version(record, version)
        record.status, record.left = MemberStatus.ACTIVE, None
    return Outcome(member, Changed.of(Topic.MEMBERS))


def set_large_print(book: Book, member: MemberId, large: bool, act: Act) -> Outcome[MemberId]:
    """Keep that a person's papers are printed in large letters."""
    with book.write(act) as session:
        record = session.get_one(Member, member)
        refuse_erased(session, record)
        record.large_print = large
    return Outcome(member, Changed.of(Topic.MEMBERS))


def set_photo(book: Book, member: MemberId, image: bytes | None, act: Act) -> Outcome[MemberId]:
    """Keep a person's photo (JPEG or PNG), or take it away with None. Raises Refusal."""
    if image is not None:
        refuse_if_stopped(_check_photo(image))
    with book.write(act) as session:
        refuse_erased(session, session.get_one(Member, member))
        kept = session.get(MemberPhoto, member)
        if kept is not None and image is None:
            session.delete(kept)
        elif kept is not None and image is not None:
            kept.image = image
        elif image is not None:
            session.add(MemberPhoto(member_id=member, image=image))
    return Outcome(member, Changed.of(Topic.MEMBERS))


def propose_code(book: Book) -> str:
    """Return the next free code of a member."""
    with book.read() as session:
        return next_code(session, Member)


# -- parts -----------------------------------------------------------------------------------------


def _household(session: Session, household: HouseholdId | None) -> Household | None:
    return None if household is None else session.get_one(Household, household)


def _problems(
    session: Session,
    person: Person,
    code: str,
    household: Household | None,
    today: date,
    but: MemberId | None,
) -> list[Problem]:
    return [
        *(people.check_code(code) if code else []),
        *people.check_person(person, today),
        *duplicates(session, person, code, household, but),
    ]


def _ethnic_problems(session: Session, person: Person, member: Member | None) -> list[Problem]:
    """Return the problem of a new ethnicity that a person has not agreed to; asked for in books with users."""
    if not access_of(session).guarded or person.ethnic_code is None:
        return []
    if member is None:
        text = _("Ghi thành viên trước, ghi sự đồng ý về dân tộc, rồi mới ghi dân tộc.")
        return [Problem.stop("no-consent", "ethnic_code", text)]
    if person.ethnic_code == member.ethnic_code or not sensitive_in(session):
        return []
    return consents.require(session, member.id, Purpose.ETHNICITY, "ethnic_code")


def _settle(session: Session, member: Member, household: Household | None, is_head: bool) -> None:
    """Write the member, and what the household shows of them."""
    if household is not None and is_head:
        set_head(session, household.id, member)
    session.flush()
    if household is not None:
        name_household(session, household.id)


def _check_photo(image: bytes) -> list[Problem]:
    if not image.startswith(_PICTURES):
        return [Problem.stop("photo-kind", "photo", _("Ảnh phải là tệp JPEG hoặc PNG."))]
    if len(image) > LARGEST_PHOTO:
        return [Problem.stop("photo-large", "photo", _("Ảnh quá lớn; hãy chọn ảnh dưới 2 MB."))]
    return []

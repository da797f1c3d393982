"""A book in which one known person has known sensitive facts in every module, and whose users have roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from desktop.models.capacity_kinds import Side
from desktop.models.ids import ClassId, GroupId, MemberId, SupportId
from desktop.models.inclusion_kinds import (
    Accommodate,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    Role,
    Vulnerable,
)
from desktop.models.records.every import Group, Member, Membership, TrainingClass
from desktop.models.training_kinds import ClassState
from desktop.services import (
    assessments,
    consents,
    coordination,
    inclusion,
    members,
    supports,
    training_book,
    training_classes,
    users,
)
from desktop.services.attachments import Subject
from desktop.services.books import open_book
from desktop.services.coordination import Guest, Meet
from desktop.services.demo import write_demo
from desktop.services.demo_story import DemoOrder
from desktop.services.members import ChangeMember
from desktop.services.supports import Beneficiary
from desktop.services.users import NewUser
from desktop.store.book import Book
from resources.people import ethnic_groups
from tests.services.test_privacy import SIX
from tests.support_kit import request
from tests.village import an_act

TODAY = date(2026, 11, 23)
ACT = an_act(TODAY)
PASSPHRASE = "mat khau de thu"
WHO = {
    Role.ADMIN: "Chị Quản",
    Role.INCLUSION: "Anh Hòa",
    Role.OFFICER: "Cán bộ Dự",
    Role.TREASURER: "Thủ quỹ Thu",
    Role.CLERK: "Thư ký Lan",
}
BLIND: tuple[Role | None, ...] = (None, Role.CLERK, Role.TREASURER, Role.OFFICER)
"""Who sees nothing sensitive; None: nobody signed in."""
ETHNIC = "Ơ Đu"
SECRETS = (
    ETHNIC,
    "BM-777",
    "chồng bỏ đi",
    "liệt nửa người",
    "bệnh hiểm nghèo",
    "Rất khó khăn",
    "Có khuyết tật",
)
"""What stands of the person in the book that only some may read."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The person and where they stand."""

    member: MemberId
    code: str
    name: str
    group: GroupId
    group_code: str
    support: SupportId
    klass: ClassId
    meeting: int


def write_secret_book(path: Path) -> Secret:
    """Write the demonstration book with a person in it whose every sensitive fact is known, and users."""
    write_demo(str(path), DemoOrder(today=TODAY, groups=2, members=8, years=1))
    with open_book(str(path), "Thư ký") as book:
        with book.read() as session:
            record = session.scalars(
                select(Member)
                .join(Membership, Membership.member_id == Member.id)
                .where(Membership.left.is_(None), Membership.group_id == 1)
                .order_by(Member.id)
                .offset(2)
                .limit(1)
            ).one()
            member, subject = MemberId(record.id), Subject.of(record)
            code, name = record.code, record.full_name
            group_code = session.get_one(Group, 1).code
            klass = session.scalars(
                select(TrainingClass).where(TrainingClass.state == ClassState.OPEN).order_by(TrainingClass.id)
            ).first()
        assert klass is not None
        consents.give(book, consents.GiveConsent(member, tuple(Purpose), TODAY), ACT)
        detail = members.get(book, member)
        ethnic = next(one.code for one in ethnic_groups() if one.name == ETHNIC)
        members.change(
            book,
            ChangeMember(
                member=member,
                version=detail.version,
                code=detail.code,
                person=replace(detail.person, ethnic_code=ethnic),
                agreed=True,
            ),
            ACT,
        )
        assessments.record(book, assessments.RecordAssessment("wg-ss", subject, TODAY, SIX), ACT)
        inclusion.add_certificate(
            book,
            inclusion.AddCertificate(
                member, "BM-777/2025", (DisabilityType.MOBILITY,), DisabilityDegree.SEVERE,
                date(2025, 1, 2), TODAY + timedelta(days=20),
            ),
            ACT,
        )  # fmt: skip
        inclusion.add_vulnerability(
            book, inclusion.AddVulnerability(member, Vulnerable.SINGLE_PARENT, TODAY, "chồng bỏ đi"), ACT
        )
        inclusion.add_accommodation(
            book,
            inclusion.AddAccommodation(member, Accommodate.RAMP, TODAY, "họp tầng trệt", "liệt nửa người"),
            ACT,
        )
        asked = request(
            Beneficiary(member=member), through=GroupId(1), hardship=True, hardship_basis="bệnh hiểm nghèo"
        )
        support = supports.ask(book, asked, ACT).value
        known = {row.member for row in training_book.detail(book, ClassId(klass.id), TODAY).learners}
        if member not in known:
            training_classes.enrol(book, ClassId(klass.id), [member], TODAY, ACT)
        meeting = coordination.keep(book, Meet(TODAY, "Đường vào ấp", "UBND xã"), ACT).value
        coordination.add_guests(book, meeting, [Guest(Side.GROUP, member=member)], ACT)
        users.switch_on(book, WHO[Role.ADMIN], PASSPHRASE, PASSPHRASE, ACT)
        for role in (Role.INCLUSION, Role.OFFICER, Role.TREASURER, Role.CLERK):
            users.add(book, NewUser(WHO[role], role, PASSPHRASE), ACT)
        users.sign_out(book)
    return Secret(member, code, name, GroupId(1), group_code, support, ClassId(klass.id), meeting)


def sign(book: Book, role: Role | None) -> None:
    """Let somebody of a role use the book, or nobody."""
    if role is None:
        users.sign_out(book)
    else:
        users.sign_in(book, WHO[role], PASSPHRASE)


def leaks(text: str) -> list[str]:
    """Return what of the person stands in a text."""
    return [word for word in SECRETS if word in text]

"""A book in which one known person has known sensitive facts in every sensitive column, and whose users have roles.

The markers are told by column in `MARKERS`; which columns are sensitive is asked of the program (`sensitive_columns`),
so that `tests/models/test_sensitive_columns.py` fails for a new one that has no marker here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select, text

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
from desktop.models.kinds import AttachmentKind, Sex
from desktop.models.records.every import (
    DisabilityCertificate,
    Group,
    Member,
    Membership,
    TrainingClass,
    metadata,
)
from desktop.models.training_kinds import ClassState
from desktop.services import (
    assessments,
    attachments,
    consents,
    coordination,
    inclusion,
    member_lists,
    members,
    openings,
    sight,
    supports,
    training_book,
    training_classes,
    users,
)
from desktop.services.attachments import NewFile, Subject
from desktop.services.books import open_book
from desktop.services.coordination import Guest, Meet
from desktop.services.demo import write_demo
from desktop.services.demo_order import DemoOrder
from desktop.services.members import ChangeMember
from desktop.services.supports import Beneficiary
from desktop.services.users import NewUser
from desktop.store.book import Book
from resources.people import ethnic_groups
from tests.services.test_openings import a_paper
from tests.support_kit import request
from tests.village import START, an_act, settle

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
BLIND: tuple[Role | None, ...] = (None, *(role for role in Role if not role.sensitive))
"""Who sees nothing sensitive; None: nobody signed in. A new role is here, or in `SIGHTED`, by itself."""
SIGHTED: tuple[Role, ...] = tuple(role for role in Role if role.sensitive)

SIX = {"seeing": 1, "hearing": 1, "walking": 3, "remembering": 1, "self_care": 1, "communicating": 2}
SCAN = b"\xff\xd8\xff\xe0" + "nội dung giấy ra viện của người ấy".encode() * 3

MARKERS: Mapping[tuple[str, str], str] = {
    ("members", "ethnic_code"): "Ơ Đu",
    ("assessments", "answers"): "Rất khó khăn",
    ("assessments", "results"): "Có khuyết tật",
    ("assessments", "asked_by"): "Cô Hỏi Chuyện",
    ("assessments", "respondent"): "chị dâu trả lời thay",
    ("assessments", "reason"): "hỏi lại vì lúc đó lên cơn",
    ("disability_certificates", "number"): "BM-777",
    ("disability_certificates", "types"): "Thần kinh, tâm thần",
    ("disability_certificates", "degree"): "Đặc biệt nặng",
    ("disability_certificates", "issuer"): "Phòng khám Kín Cổng",
    ("disability_certificates", "reason"): "giấy cũ thu lại",
    ("vulnerabilities", "category"): "Nạn nhân bạo lực gia đình",
    ("vulnerabilities", "basis"): "chồng bỏ đi",
    ("accommodations", "barrier"): "liệt nửa người",
    ("supports", "hardship_basis"): "bệnh hiểm nghèo",
    ("attachments", "title"): "Giấy ra viện",
    ("attachments", "name"): "benh-an-cua-chi-ay",
    ("attachment_contents", "content"): "nội dung giấy ra viện",
}
"""What stands of the person in the sensitive columns of the book, as it is shown. Of files: those of sensitive records."""

NOT_WORDS = frozenset({"id", "uid", "member_id", "subject", "subject_uid", "supersedes_id", "erased"}) | {
    "form", "version", "day", "at", "by", "issued", "expires", "withdrawn", "since", "until", "disabled",
}  # fmt: skip
"""Columns of sensitive tables that hold keys, days, or who wrote; `disabled` is a yes or no, looked at by its figure."""

SECRETS = tuple(MARKERS.values())
GENERAL = frozenset({"Rất khó khăn", "Có khuyết tật"})
"""Markers that are true of other people of the book too: they stay when this person is erased."""


def sensitive_columns() -> set[tuple[str, str]]:
    """Return the columns that the program treats as sensitive."""
    whole = {(name, column.name) for name in sight.SENSITIVE for column in metadata.tables[name].columns}
    return whole | {(table, name) for table, names in sight.SENSITIVE_FIELDS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Secret:
    """The person and where they stand; `places`: numbers of records that pages are opened with."""

    member: MemberId
    uid: bytes
    code: str
    name: str
    group: GroupId
    group_code: str
    support: SupportId
    klass: ClassId
    meeting: int
    files: tuple[int, ...]
    opened_group: int
    places: Mapping[str, int]


_PLACES = {
    "household": "SELECT id FROM households ORDER BY id",
    "session": "SELECT s.id FROM training_sessions s JOIN training_attendances a ON a.session_id = s.id ORDER BY s.id",
    "run": "SELECT max(id) FROM savings_runs",
    "rosca": "SELECT min(id) FROM roscas",
    "loan": "SELECT id FROM loans WHERE direction = 'out' ORDER BY member_id <> :member, id",
    "taken": "SELECT id FROM loans WHERE direction = 'in' ORDER BY id",
    "product": "SELECT min(id) FROM loan_products",
    "livelihood": "SELECT id FROM livelihoods ORDER BY coalesce(member_id, 0) <> :member, id",
    "event": "SELECT min(id) FROM loss_events",
    "visit": "SELECT min(id) FROM audit_visits",
    "asset": "SELECT min(id) FROM support_assets",
    "transfer": "SELECT min(id) FROM support_transfers",
    "handed": "SELECT support_id FROM support_transfers ORDER BY id",
    "taught": "SELECT min(id) FROM training_certificates",
    "certificate": "SELECT min(id) FROM disability_certificates WHERE number LIKE 'BM-777%'",
    "assessment": "SELECT max(id) FROM assessments WHERE subject_uid = :uid",
}


def write_secret_book(path: Path) -> Secret:
    """Write the demonstration book with a person in it whose every sensitive fact is known, and users."""
    write_demo(str(path), DemoOrder(today=TODAY, groups=2, members=8, years=1))
    with open_book(str(path), "Thư ký") as book:
        record, group_code, klass = _found(book)
        member = MemberId(record.id)
        consents.give(book, consents.GiveConsent(member, tuple(Purpose), TODAY), ACT)
        _ethnicity(book, member)
        _answers(book, Subject.of(record))
        files = _certificates(book, member)
        inclusion.add_vulnerability(
            book, inclusion.AddVulnerability(member, Vulnerable.VIOLENCE, TODAY, "chồng bỏ đi"), ACT
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
        known = {row.member for row in training_book.detail(book, klass, TODAY).learners}
        if member not in known:
            training_classes.enrol(book, klass, [member], TODAY, ACT)
        meeting = coordination.keep(book, Meet(TODAY, "Đường vào ấp", "UBND xã"), ACT).value
        guest = Guest(Side.UNION, name="Ông Khách", sex=Sex.MALE, disabled=True)
        coordination.add_guests(book, meeting, [Guest(Side.GROUP, member=member), guest], ACT)
        village = settle(book, "TO-09")
        openings.open_group(book, village.group, a_paper(village), an_act(START))
        _users(book)
        with book.read() as session:
            given = {"member": member, "uid": record.uid}
            places = {
                name: session.execute(text(query + " LIMIT 1"), given).scalar_one()
                for name, query in _PLACES.items()
            }
        return Secret(
            member,
            record.uid,
            record.code,
            record.full_name,
            GroupId(1),
            group_code,
            support,
            klass,
            meeting,
            files,
            int(village.group),
            places,
        )


def _found(book: Book) -> tuple[Member, str, ClassId]:
    """Return the person, the code of their group and an open class."""
    with book.read() as session:
        record = session.scalars(
            select(Member)
            .join(Membership, Membership.member_id == Member.id)
            .where(Membership.left.is_(None), Membership.group_id == 1)
            .order_by(Member.id)
            .offset(2)
            .limit(1)
        ).one()
        klass = session.scalars(
            select(TrainingClass).where(TrainingClass.state == ClassState.OPEN).order_by(TrainingClass.id)
        ).first()
        assert klass is not None
        return record, session.get_one(Group, 1).code, ClassId(klass.id)


def _ethnicity(book: Book, member: MemberId) -> None:
    detail = member_lists.get(book, member)
    ethnic = next(one.code for one in ethnic_groups() if one.name == MARKERS["members", "ethnic_code"])
    person = replace(detail.person, ethnic_code=ethnic)
    command = ChangeMember(
        member=member, version=detail.version, code=detail.code, person=person, agreed=True
    )
    members.change(book, command, ACT)


def _answers(book: Book, subject: Subject) -> None:
    """Fill in the six questions, and correct them, so that every column of an assessment says something."""
    first = assessments.RecordAssessment(
        "wg-ss", subject, TODAY, SIX, MARKERS["assessments", "asked_by"], "chị dâu trả lời thay"
    )
    earlier = assessments.record(book, first, ACT).value
    again = replace(first, supersedes=earlier, reason=MARKERS["assessments", "reason"])
    assessments.record(book, again, ACT)


def _certificates(book: Book, member: MemberId) -> tuple[int, ...]:
    """Enter a certificate that runs out soon and one taken back, with scans of both."""
    degree, kinds = DisabilityDegree.EXTREMELY_SEVERE, (DisabilityType.MENTAL,)
    for number, expires in (("BM-777/2025", TODAY + timedelta(days=20)), ("BM-777/2019", None)):
        paper = inclusion.AddCertificate(
            member, number, kinds, degree, date(2025, 1, 2), expires, "Phòng khám Kín Cổng"
        )
        inclusion.add_certificate(book, paper, ACT)
    with book.read() as session:
        papers = list(
            session.scalars(select(DisabilityCertificate).where(DisabilityCertificate.member_id == member))
        )
    old = next(paper for paper in papers if paper.number == "BM-777/2019")
    inclusion.withdraw_certificate(book, old.id, TODAY, MARKERS["disability_certificates", "reason"], ACT)
    scans = []
    for place, paper in enumerate(papers):
        content = SCAN + bytes([place])
        new = NewFile(AttachmentKind.EVIDENCE, f"benh-an-cua-chi-ay-{place}.jpg", content, "Giấy ra viện")
        scans.append(int(attachments.attach(book, Subject.of(paper), new, ACT).value))
    return tuple(scans)


def _users(book: Book) -> None:
    users.switch_on(book, WHO[Role.ADMIN], PASSPHRASE, PASSPHRASE, ACT)
    for role in Role:
        if role is not Role.ADMIN:
            users.add(book, NewUser(WHO[role], role, PASSPHRASE), ACT)
    users.sign_out(book)


def sign(book: Book, role: Role | None) -> None:
    """Let somebody of a role use the book, or nobody."""
    if role is None:
        users.sign_out(book)
    else:
        users.sign_in(book, WHO[role], PASSPHRASE)


def role_name(role: Role | None) -> str:
    """Return the name of a role in the names of tests."""
    return "nobody" if role is None else role.value


def leaks(text: str, words: Iterable[str] = SECRETS) -> list[str]:
    """Return what of the person stands in a text."""
    return [word for word in words if word in text]

"""Papers about one person: the consent form to sign, the profile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import Purpose, SeenHow
from desktop.models.records.every import Household, Member
from desktop.models.rules import people
from desktop.services import consents, heads, sight
from desktop.services.acts import Act, Outcome
from desktop.services.assessments import history_in
from desktop.services.attachments import Subject
from desktop.services.inclusion import detail_in
from desktop.services.person_records import groups_of
from desktop.services.poverty import statuses_on
from desktop.services.questionnaire_papers import named
from desktop.store.book import Book
from reports.consent import ConsentPaper, ConsentPurpose
from reports.member_profile import MemberProfile, ProfilePart
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.people import ethnic_name


@heads.for_paper
def consent_form(book: Book, member: MemberId, act: Act) -> Outcome[ConsentPaper]:
    """Return the consent form of a person, with every purpose and no box ticked."""
    with book.read() as session:
        record = session.get_one(Member, member)
        _name, block, large = named(session, Subject.of(record))
        home = _home(session, record)
        value = ConsentPaper(
            organisation=heads.organisation(session),
            group=block,
            mark=heads.mark(act, None),
            person=(
                (_("Họ và tên:"), record.full_name),
                (_("Ngày sinh:"), _born(record)),
                (_("Số giấy tờ tùy thân:"), record.citizen_number or record.old_paper),
                (_("Nơi cư trú:"), _address(home)),
            ),
            name=record.full_name,
            purposes=tuple(ConsentPurpose(purpose.title, purpose.sensitive) for purpose in Purpose),
            signed_on=act.today,
            version=consents.TEXT_VERSION,
            place="" if home is None else heads.commune_name(home.commune_code),
            large_print=large,
        )
    return Outcome(value)


@heads.for_paper
def profile(book: Book, member: MemberId, act: Act) -> Outcome[MemberProfile]:
    """Return a person's profile: with the sensitive parts for who may see them (logged), without for others."""
    allowed = book.access.sensitive
    with book.read() as session:
        record = session.get_one(Member, member)
        _name, block, large = named(session, Subject.of(record))
        parts = [_general(session, record, act, allowed), _agreed(session, record)]
        if allowed:
            parts += _sensitive(session, record)
        parts.append(_accommodations(session, record))
        value = MemberProfile(
            organisation=heads.organisation(session),
            group=block,
            mark=heads.mark(act, None),
            name=record.full_name,
            code=record.code,
            parts=tuple(parts),
            secret=allowed,
            large_print=large,
        )
    if allowed:
        sight.note(book, SeenHow.PRINTED, "profile", [("members", record.uid)])
    return Outcome(value)


def _home(session: Session, member: Member) -> Household | None:
    return None if member.household_id is None else session.get_one(Household, member.household_id)


def _address(home: Household | None) -> str:
    return "" if home is None else people.show_address(home.commune_code, home.hamlet, home.address_text)


def _born(member: Member) -> str:
    return show_day(member.birth_date) if member.birth_date else str(member.birth_year or "")


def _general(session: Session, member: Member, act: Act, allowed: bool) -> ProfilePart:
    home = _home(session, member)
    poverty = None if home is None else statuses_on(session, act.today).get(home.id)
    ethnic = ethnic_name(member.ethnic_code) if allowed and member.ethnic_code else ""
    groups = ", ".join(
        f"{name} ({code})" for code, name in groups_of(session, [member.id]).get(member.id, [])
    )
    pairs = (
        (_("Giới tính:"), member.sex.title),
        (_("Ngày sinh:"), _born(member)),
        (_("Dân tộc:"), ethnic),
        (_("Số giấy tờ tùy thân:"), member.citizen_number or member.old_paper),
        (_("Điện thoại:"), member.phone),
        (_("Hộ:"), "" if home is None else home.code),
        (_("Nơi cư trú:"), _address(home)),
        (_("Diện hộ:"), "" if poverty is None else poverty.title),
        (_("Nhóm:"), groups),
        (_("Ngày tham gia:"), show_day(member.joined) if member.joined else ""),
        (_("Tình trạng:"), member.status.title),
        (_("Ghi chú:"), member.note),
    )
    return ProfilePart(_("Thông tin chung"), pairs)


def _agreed(session: Session, member: Member) -> ProfilePart:
    rows = [row for row in consents.rows_in(session, member.id) if row.holds and row.given is not None]
    pairs = tuple((f"{show_day(row.given)}:", row.purpose.title) for row in rows if row.given is not None)
    return ProfilePart(_("Đã đồng ý cho dùng dữ liệu"), pairs, _("Chưa ghi sự đồng ý nào."))


def _sensitive(session: Session, member: Member) -> Iterable[ProfilePart]:
    detail = detail_in(session, member.id)
    rows = [row for row in history_in(session, Subject.of(member)) if row.in_force and not row.erased]
    asked = tuple((f"{row.title}, {show_day(row.day)}:", row.summary) for row in rows)
    yield ProfilePart(_("Phiếu đánh giá"), asked, _("Chưa có phiếu nào."))
    papers = []
    for paper in detail.certificates:
        words = [
            ", ".join(kind.title for kind in paper.types),
            paper.degree.title,
            _("cấp {day}").format(day=show_day(paper.issued)),
        ]
        words += [_("hết hạn {day}").format(day=show_day(paper.expires))] if paper.expires else []
        papers.append((f"{paper.number}:", " – ".join(words)))
    yield ProfilePart(_("Giấy xác nhận khuyết tật"), tuple(papers), _("Không có."))
    yield ProfilePart(
        _("Hoàn cảnh đặc biệt"),
        tuple((f"{row.category.title}:", _days(row.since, row.until)) for row in detail.vulnerabilities),
        _("Không có."),
    )


def _accommodations(session: Session, member: Member) -> ProfilePart:
    rows = detail_in(session, member.id).accommodations
    pairs = tuple(
        (f"{row.kind.title}:", " – ".join(part for part in (_days(row.since, row.until), row.note) if part))
        for row in rows
    )
    return ProfilePart(_("Điều chỉnh để người này tham gia được"), pairs, _("Không cần gì thêm."))


def _days(since: date, until: date | None) -> str:
    if until is None:
        return _("từ {day}").format(day=show_day(since))
    return _("từ {first} đến {last}").format(first=show_day(since), last=show_day(until))

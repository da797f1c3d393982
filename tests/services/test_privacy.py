"""Requests with due days, a copy of everything, erasure that keeps the ledger whole and the chain verifiable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.models.ids import GroupId, HouseholdId, MemberId, new_uid
from desktop.models.inclusion_kinds import (
    Accommodate,
    ConsentForm,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    RequestKind,
    RequestState,
    Vulnerable,
)
from desktop.models.kinds import AttachmentKind, GrantReason
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.every import (
    CoordinationGuest,
    CoordinationMeeting,
    JobSeeker,
    Member,
    SocialGrant,
)
from desktop.services import (
    assessments,
    attachments,
    audit_book,
    audits,
    consents,
    data_copy,
    drafts,
    households,
    inclusion,
    members,
    memberships,
    privacy,
    supports,
    trainers,
    training_classes,
    verify,
)
from desktop.services.acts import Act
from desktop.services.attachments import NewFile, Subject
from desktop.services.consents import GiveConsent
from desktop.services.members import ChangeMember
from desktop.services.memberships import AddMembers
from desktop.services.supports import Beneficiary
from desktop.store.book import Book
from tests.services.people_kit import enrol
from tests.support_kit import contribute, request
from tests.village import an_act, meet, settle

SIX = {"seeing": 1, "hearing": 1, "walking": 3, "remembering": 1, "self_care": 1, "communicating": 2}
PICTURE = b"\xff\xd8\xff\xe0" + b"scan" * 20
CERTIFICATE = inclusion.AddCertificate(
    MemberId(0), "KT-123/2025", (DisabilityType.MOBILITY,), DisabilityDegree.SEVERE, date(2025, 1, 2)
)


def full_life(book: Book, act: Act) -> MemberId:
    """A person with everything that is personal."""
    member = enrol(
        book, act, "H'Hen Niê Êban", phone="0912345678", citizen_number="079185001234", ethnic_code="12",
        note="Sống với mẹ", birth_year=1985, agreed=True,
    )  # fmt: skip
    scan = consents.scan_file("giay-cua-Hen.jpg", PICTURE)
    consents.give(book, consents.GiveConsent(member, tuple(Purpose), act.today, scan=scan), act)
    subject = Subject("members", members.get(book, member).uid)
    assessments.record(book, assessments.RecordAssessment("wg-ss", subject, act.today, SIX), act)
    inclusion.add_certificate(book, replace(CERTIFICATE, member=member), act)
    inclusion.add_vulnerability(
        book, inclusion.AddVulnerability(member, Vulnerable.SINGLE_PARENT, act.today, "tự khai"), act
    )
    inclusion.add_accommodation(
        book,
        inclusion.AddAccommodation(member, Accommodate.RAMP, act.today, "họp tầng trệt", "chân yếu"),
        act,
    )
    members.set_photo(book, member, b"\xff\xd8\xff" + b"face", act)
    attachments.attach(book, subject, NewFile(AttachmentKind.OTHER, "don-cua-Hen.jpg", PICTURE, "Đơn"), act)
    return member


PERSONAL = (
    "Niê",
    "0912345678",
    "079185001234",
    "Sống với mẹ",
    "KT-123",
    "chân yếu",
    "don-cua",
    "giay-cua",
    '"walking"',
)


def everything(book: Book) -> str:
    """All rows of all tables about people, as one text."""
    tables = (
        "members", "changes", "assessments", "disability_certificates", "vulnerabilities", "accommodations", "consents",
        "attachments", "data_requests", "households",
    )  # fmt: skip
    with book.read() as session:
        return "\n".join(
            str(tuple(row)) for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))
        )


def test_erasure_leaves_no_personal_text_and_the_chain_still_verifies(any_book: Book, act: Act) -> None:
    member = full_life(any_book, act)
    other = enrol(any_book, act, "Trần Thị Mai")
    assert all(word in everything(any_book) for word in PERSONAL)
    privacy.erase(any_book, member, "Yêu cầu ngày 01/03/2026", act, agreed=True)
    left = everything(any_book)
    assert [word for word in PERSONAL if word in left] == []
    assert "Mai" in left
    found = members.get(any_book, member)
    assert found.person.full_name == f"Đã xóa {found.code}"
    assert not found.has_photo
    assert members.get(any_book, other).person.full_name == "Trần Thị Mai"
    assert verify.verify(any_book).findings == ()
    with pytest.raises(Refusal, match="đã được xóa"):
        privacy.erase(any_book, member, "lần nữa", act)


def test_erasure_keeps_money_and_vouchers_as_they_were(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    gone = village.members[0]
    with book.read() as session:
        before = session.execute(text("SELECT * FROM postings ORDER BY id")).all()
    with pytest.raises(Refusal, match="còn ở trong nhóm"):
        privacy.erase(book, gone, "yêu cầu", an_act())
    day = date(2026, 2, 1)
    leaving = memberships.LeaveGroup(group=village.group, member=gone, left=day, agreed=True)
    memberships.leave(book, leaving, an_act(day))
    with pytest.raises(Refusal, match="còn giữ tiền") as asked:  # who is owed money is not forgotten unasked
        privacy.erase(book, gone, "yêu cầu", an_act(day))
    assert [problem.code for problem in asked.value.problems] == ["money"]
    privacy.erase(book, gone, "yêu cầu", an_act(day), agreed=True)
    with book.read() as session:
        assert session.execute(text("SELECT * FROM postings ORDER BY id")).all() == before
    assert verify.verify(book).findings == ()


def test_the_door_lets_nothing_else_through(any_book: Book, act: Act) -> None:
    member = full_life(any_book, act)
    marker = '{"erased":"' + "0" * 64 + '"}'
    for statement in (
        f"UPDATE changes SET after = '{marker}' WHERE subject = 'members'",
        "UPDATE changes SET after = NULL WHERE subject = 'members'",
        "UPDATE assessments SET answers = '{}', results = '{}', erased = 1",
        "DELETE FROM erased_items",
    ):
        if "erased_items" in statement:
            privacy.erase(any_book, member, "yêu cầu", act, agreed=True)
        with pytest.raises(Trouble), any_book.write(act) as session:
            session.execute(text(statement))
    for statement in (
        """UPDATE changes SET after = '{"given":"Khác"}' WHERE subject = 'members'""",
        "UPDATE changes SET seq = seq + 1000",
        """UPDATE changes SET "by" = 'ai đó' WHERE subject = 'members'""",
    ):
        with pytest.raises(Trouble), any_book.write(act) as session:
            session.execute(text(statement))
    assert verify.verify(any_book).ok


def test_a_text_taken_out_without_a_listed_erasure_is_found(book: Book, act: Act) -> None:
    enrol(book, act)
    enrol(book, act, "Trần Thị Mai")
    marker = '{"erased":"' + "0" * 64 + '"}'
    with book.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_changes_update")
        connection.exec_driver_sql(
            "UPDATE changes SET after = ? WHERE subject = 'members' AND id = 2", (marker,)
        )
    codes = {finding.code for finding in verify.verify(book).findings}
    assert "change" in codes


def test_a_request_is_due_by_law_overdue_is_seen_and_it_is_put_off_once(any_book: Book, act: Act) -> None:
    member = enrol(any_book, act)
    for kind, days in (
        (RequestKind.SEE, 10), (RequestKind.CORRECT, 10), (RequestKind.COPY, 10), (RequestKind.WITHDRAW, 15),
        (RequestKind.ERASE, 20),
    ):  # fmt: skip
        privacy.take(any_book, privacy.TakeRequest(member, kind, act.today), act)
        row = next(one for one in privacy.requests(any_book, act.today) if one.kind is kind)
        assert row.due == act.today + timedelta(days=days)
        assert row.days_left == days
    rows = privacy.requests(any_book, act.today + timedelta(days=11))
    assert {row.kind for row in rows if row.overdue} == {
        RequestKind.SEE,
        RequestKind.CORRECT,
        RequestKind.COPY,
    }
    first = rows[0].id
    privacy.extend(any_book, first, "chờ xã xác minh", act)
    with pytest.raises(Refusal, match="một lần"):
        privacy.extend(any_book, first, "nữa", act)
    with pytest.raises(Refusal, match="lý do"):
        privacy.close(any_book, first, RequestState.REFUSED, act.today, " ", act)
    privacy.close(any_book, first, RequestState.DONE, act.today, "đã đưa bản sao", act)
    assert privacy.requests(any_book, act.today)[-1].days_left is None
    with pytest.raises(Refusal, match="đã kết thúc"):
        privacy.close(any_book, first, RequestState.DONE, act.today, "", act)


def test_a_person_gets_a_copy_of_everything(book: Book, act: Act, tmp_path: Path) -> None:
    member = full_life(book, act)
    data_copy.export_data(book, member, tmp_path / "ban-sao.json")
    whole = json.loads((tmp_path / "ban-sao.json").read_text(encoding="utf-8"))
    assert whole["Họ và tên"] == "H'Hen Niê Êban"
    assert whole["Dân tộc"] == "Ê-đê"
    assert whole["Phiếu đánh giá"][0]["Trả lời"] == SIX
    assert whole["Giấy xác nhận khuyết tật"][0]["Số"] == "KT-123/2025"
    assert data_copy.export_data(book, member, tmp_path / "ban-sao.xlsx") > 20


def test_consent_is_by_purpose_and_needs_a_purpose_and_a_day_that_can_be(book: Book, act: Act) -> None:
    member = enrol(book, act)
    for wrong in (
        consents.GiveConsent(member, (), act.today),
        consents.GiveConsent(member, (Purpose.HEALTH,), act.today + timedelta(days=1)),
        consents.GiveConsent(member, (Purpose.HEALTH,), act.today, consents.ConsentForm.REPRESENTATIVE),
    ):
        with pytest.raises(Refusal):
            consents.give(book, wrong, act)
    consents.give(book, consents.GiveConsent(member, (Purpose.HEALTH,), act.today), act)
    assert [row.purpose for row in consents.of_member(book, member) if row.holds] == [Purpose.HEALTH]


def test_a_signed_paper_that_comes_later_is_kept_beside_what_was_agreed(any_book: Book, act: Act) -> None:
    member = enrol(any_book, act)
    spoken = consents.GiveConsent(
        member, (Purpose.MEMBERSHIP, Purpose.HEALTH), act.today, ConsentForm.FINGERPRINT
    )
    consents.give(any_book, spoken, act)
    paper = consents.scan_file("giay.jpg", PICTURE)
    consents.give(any_book, consents.GiveConsent(member, spoken.purposes, act.today, scan=paper), act)
    rows = [row for row in consents.of_member(any_book, member) if row.holds]
    assert sorted(row.scans for row in rows) == [0, 1]
    assert verify.verify(any_book).ok


def test_a_certificate_needs_number_kind_degree_and_days_that_can_be(book: Book, act: Act) -> None:
    member = enrol(book, act, birth_date=date(1980, 1, 1), birth_year=None)
    good = replace(CERTIFICATE, member=member)
    with pytest.raises(Refusal, match="chưa đồng ý"):
        inclusion.add_certificate(book, good, act)
    consents.give(book, consents.GiveConsent(member, (Purpose.HEALTH, Purpose.HARDSHIP), act.today), act)
    for field, wrong in (
        ("number", replace(good, number="  ")),
        ("types", replace(good, types=())),
        ("degree", replace(good, degree=None)),
        ("issued", replace(good, issued=date(1979, 12, 31))),
        ("issued", replace(good, issued=act.today + timedelta(days=1))),
        ("expires", replace(good, expires=date(2024, 1, 1))),
    ):
        with pytest.raises(Refusal) as refused:
            inclusion.add_certificate(book, wrong, act)
        assert field in {problem.field for problem in refused.value.problems}
    assert inclusion.of_member(book, member).certificates == ()
    inclusion.add_certificate(book, good, act)
    (row,) = inclusion.of_member(book, member).certificates
    assert row.valid_on(act.today)


def test_large_print_acts_and_the_sheet_reminds_without_saying_why(book: Book) -> None:
    village = settle(book)
    member = village.members[0]
    act = an_act()
    consents.give(book, consents.GiveConsent(member, (Purpose.HEALTH,), act.today), act)
    inclusion.add_accommodation(
        book, inclusion.AddAccommodation(member, Accommodate.LARGE_PRINT, act.today, "", "mắt kém"), act
    )
    inclusion.add_accommodation(
        book, inclusion.AddAccommodation(member, Accommodate.HOME_VISIT, act.today, "nhà cuối ấp"), act
    )
    assert members.get(book, member).person.large_print
    from desktop.services import meetings

    facts = meetings.sheet_facts(book, village.group, date(2026, 2, 1), date(2026, 2, 1))
    minded = {one.id: one.reminder for one in facts.members}
    assert minded[member] == "Giấy tờ chữ to; Đến thu tại nhà (nhà cuối ấp)"
    assert minded[village.members[1]] == ""
    row = next(
        one for one in inclusion.of_member(book, member).accommodations if one.kind is Accommodate.LARGE_PRINT
    )
    inclusion.end_accommodation(book, row.id, act.today, act)
    assert not members.get(book, member).person.large_print


def test_a_record_that_lands_in_a_message_says_nothing_of_the_person(book: Book, act: Act) -> None:
    """A traceback or a log line shows objects by `repr`: no name, number or answer may stand there."""
    from desktop.models.records.every import Base, Member

    member = enrol(book, act, "Nguyễn Thị Hòa", phone="0909123456")
    with book.read() as session:
        shown = repr(session.get_one(Member, member))
    assert "Hòa" not in shown
    assert "0909" not in shown
    assert all("__repr__" not in vars(mapper.class_) for mapper in Base.registry.mappers)


def test_erasure_reaches_every_module_and_the_copy_names_each(book: Book, tmp_path: Path) -> None:
    """All tables are looked through: the name stands nowhere but where docs/security.md says so."""
    gone, words = busy_life(book)
    act = an_act(LATER)
    name = members.get(book, gone).person.full_name
    whole = json.dumps(data_copy.data_of(book, gone), ensure_ascii=False)
    for part in (
        "Nhóm", "Tập huấn", "Là giảng viên", "Trợ cấp quỹ xã hội", "Đề nghị hỗ trợ", "Đối ứng", "Sổ được đối chiếu",
        "Tìm việc", "Cuộc họp phối hợp",
    ):  # fmt: skip
        assert part in whole, part
    assert [word for word in words if word not in all_tables(book)] == []
    day = LATER
    memberships.leave(book, memberships.LeaveGroup(group=GroupId(1), member=gone, left=day, agreed=True), act)
    privacy.erase(book, gone, "yêu cầu", act, agreed=True)
    left = all_tables(book)
    assert [word for word in (*words, name) if word in left] == []
    assert verify.verify(book).findings == ()


LATER = date(2026, 6, 1)


def busy_life(book: Book) -> tuple[MemberId, tuple[str, ...]]:
    """A member who learns, teaches, asks for support, gives, is audited, seeks work; returned with what was written."""
    village = settle(book)
    meet(book, village)
    gone, act = village.members[1], an_act(LATER)
    consents.give(book, consents.GiveConsent(gone, tuple(Purpose), LATER), act)
    with book.read() as session:
        name = session.get_one(Member, gone).full_name
    trainers.register(book, trainers.TrainerFacts(member=gone, note="dạy hay qz1"), act, agreed=True)
    plan = training_classes.ClassPlan("KT", "Sổ sách", date(2026, 5, 1), date(2026, 5, 30))
    klass = training_classes.open_class(book, plan, act).value
    training_classes.enrol(book, klass, [gone], date(2026, 5, 1), act)
    asked = request(
        Beneficiary(member=gone), through=village.group, by=name, purpose="nuôi con ốm qz2", hardship=True,
        hardship_basis="bệnh hiểm nghèo qz3", title=f"Máy ấp cho {name}",
    )  # fmt: skip
    support = supports.ask(book, asked, act).value
    contribute(book, support, giver=gone, description="công của bà qz4", evidence=f"{name} ký qz5")
    with book.write(act) as session:
        session.add(
            SocialGrant(
                uid=new_uid(), group_id=village.group, member_id=gone, reason=next(iter(GrantReason)),
                words="mổ mắt qz6", amount=100_000, requested_on=LATER, recorded_at=act.at, recorded_by=act.who,
            )
        )  # fmt: skip
        session.add(
            JobSeeker(uid=new_uid(), member_id=gone, since=LATER, needs='["ramp"]', wish="việc ngồi qz7")
        )
        meeting = CoordinationMeeting(uid=new_uid(), code="PH-X", day=LATER, topic="họp", organiser="UBND")
        session.add(meeting)
        session.flush()
        session.add(
            CoordinationGuest(uid=new_uid(), meeting_id=meeting.id, member_id=gone, position="đại diện qz8")
        )
    drafts.keep(book, "opening", "9", json.dumps({"who": name, "x": "qz9"}), act)
    visit = audits.begin(book, audits.BeginAudit(village.group, LATER, "Chị Lan", seed=7), act).value
    for row in audit_book.detail(book, visit, LATER).checks:
        if row.member == gone:
            audits.check(
                book, row.id, row.version, audits.CheckResult(row.book, present=True, note="run tay qza"), act
            )
    return gone, tuple(f"qz{sign}" for sign in "12345678a")


def all_tables(book: Book) -> str:
    """Return every row of every table as one text; vouchers keep the payer's name on the paper (docs/security.md)."""
    kept = {"vouchers", "meetings", "household_poverty"}
    with book.read() as session:
        names = [
            row[0]
            for row in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
            if row[0] not in kept
        ]
        return "\n".join(
            str(tuple(row)) for table in names for row in session.execute(text(f"SELECT * FROM {table}"))
        )


def test_nothing_new_is_written_about_a_person_who_was_erased(book: Book, act: Act) -> None:
    village = settle(book)
    gone = enrol(book, act, "Nguyễn Thị Hòa")
    assert not members.get(book, gone).erased
    privacy.erase(book, gone, "yêu cầu", act, agreed=True)
    found = members.get(book, gone)
    assert found.erased
    person = replace(found.person, given="Hòa")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: consents.give(book, GiveConsent(gone, (Purpose.HEALTH,), act.today), act),
        lambda: members.change(
            book, ChangeMember(member=gone, version=found.version, code=found.code, person=person), act
        ),
        lambda: members.mark_returned(book, gone, found.version, act),
        lambda: members.set_large_print(book, gone, True, act),
        lambda: members.set_photo(book, gone, b"\xff\xd8\xff", act),
        lambda: households.move(book, [gone], HouseholdId(1), act),
        lambda: memberships.add(book, AddMembers(village.group, (gone,), an_act().today), act),
        lambda: supports.ask(book, request(Beneficiary(member=gone)), an_act(date(2026, 3, 1))),
    )
    for deed in deeds:
        with pytest.raises(Refusal, match="đã xóa theo yêu cầu"):
            deed()

"""Roles: who may not see sensitive data finds none in lists, search, papers, exports, logs, errors or the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.ids import AttachmentId, MemberId
from desktop.models.inclusion_kinds import Accommodate, Purpose, Role
from desktop.models.kinds import AttachmentKind
from desktop.models.problems import Refusal, Trouble
from desktop.services import (
    assessments,
    attachments,
    consents,
    data_copy,
    history,
    inclusion,
    inclusion_papers,
    members,
    privacy,
    questionnaire_papers,
    search,
    sight,
    users,
    verify,
)
from desktop.services.acts import Act
from desktop.services.attachments import NewFile, Subject
from desktop.services.members import ChangeMember
from desktop.services.users import NewUser
from desktop.store.book import Book
from reports.catalogue import find
from tests.reports.paper import said
from tests.services.people_kit import enrol
from tests.services.test_privacy import PICTURE, full_life

BOSS, CLERK, INCLUSION = "mat khau boss", "mat khau thu ky", "mat khau hoa nhap"
SECRETS = ("Ê-đê", "KT-123", "Vận động", "Đơn thân", "chân yếu", "Có khuyết tật", "Rất khó khăn")
"""What only some may read of the person of `full_life`."""


@pytest.fixture
def guarded(any_book: Book, act: Act) -> Book:
    """A book with a person and three users; nobody is signed in."""
    full_life(any_book, act)
    users.switch_on(any_book, "Chị Boss", BOSS, BOSS, act)
    users.add(any_book, NewUser("Thư ký Lan", Role.CLERK, CLERK), act)
    users.add(any_book, NewUser("Anh Hòa", Role.INCLUSION, INCLUSION), act)
    users.sign_out(any_book)
    return any_book


def member_of(book: Book) -> MemberId:
    with book.read() as session:
        return MemberId(session.execute(text("SELECT min(id) FROM members")).scalar_one())


def clerk(book: Book) -> MemberId:
    users.sign_in(book, "Thư ký Lan", CLERK)
    return member_of(book)


def officer(book: Book) -> MemberId:
    users.sign_in(book, "Anh Hòa", INCLUSION)
    return member_of(book)


def everything_shown(book: Book, member: MemberId, act: Act) -> str:
    """All that lists, pages, search and papers show of a person, as text."""
    detail = members.get(book, member)
    subject = Subject("members", detail.uid)
    shown: list[object] = [
        detail,
        members.page(book, members.MemberFilter(), members.MemberSort(), 0, 50),
        history.of_member(book, member),
        search.find_members(book, "Hen"),
        inclusion.of_member(book, member),
        assessments.history(book, subject),
        consents.of_member(book, member),
        said(find("member-profile").render(inclusion_papers.profile(book, member, act).value)),
    ]
    with book.read() as session:
        for table in ("disability_certificates", "vulnerabilities", "accommodations", "assessments"):
            for (uid,) in session.execute(text(f"SELECT uid FROM {table}")):
                shown.append(history.of_record(book, bytes(uid)))
                shown.append(attachments.files_of(book, Subject(table, bytes(uid))))
    return "\n".join(_words(one) for one in shown)


def _words(value: object) -> str:
    """Return a value as text, with the names that codes are shown by."""
    words = [repr(value)]
    if isinstance(value, inclusion.InclusionDetail):
        words += [kind.title for row in value.certificates for kind in row.types]
        words += [row.category.title for row in value.vulnerabilities]
    if getattr(getattr(value, "person", None), "ethnic_code", None):
        words.append("Ê-đê")
    return " ".join(words)


def test_the_inclusion_officer_sees_it_and_it_is_written_down(guarded: Book, act: Act) -> None:
    member = officer(guarded)
    shown = everything_shown(guarded, member, act)
    assert [word for word in SECRETS if word not in shown] == []
    users.sign_in(guarded, "Chị Boss", BOSS)
    log = sight.log(guarded)
    assert {(row.by, row.how) for row in log} >= {("Anh Hòa", "xem"), ("Anh Hòa", "in")}
    assert all("Êban" in row.whose for row in log)
    assert verify.verify(guarded).ok


def test_a_clerk_sees_none_of_it_anywhere(guarded: Book, act: Act) -> None:
    member = clerk(guarded)
    shown = everything_shown(guarded, member, act)
    assert [word for word in SECRETS if word in shown] == []
    assert "họp tầng trệt" in shown  # what is to be done is for everybody, why is not
    users.sign_in(guarded, "Chị Boss", BOSS)
    assert sight.log(guarded) == []


@pytest.mark.parametrize(
    "deed",
    [
        lambda book, member, act: data_copy.data_of(book, member),
        lambda book, member, act: data_copy.export_data(book, member, "/tmp/khong-duoc.json"),
        lambda book, member, act: assessments.get(book, 1),
        lambda book, member, act: questionnaire_papers.filled(book, 1, act),
        lambda book, member, act: inclusion.withdraw_certificate(book, 1, act.today, "", act),
        lambda book, member, act: inclusion.end_vulnerability(book, 1, act.today, act),
        lambda book, member, act: privacy.erase(book, member, "lý do", act),
        lambda book, member, act: sight.log(book),
        lambda book, member, act: users.add(book, NewUser("X", Role.ADMIN, "12345678"), act),
        lambda book, member, act: users.switch_off(book, act),
        lambda book, member, act: inclusion.add_accommodation(
            book, inclusion.AddAccommodation(member, Accommodate.READER, act.today, "", "mắt kém"), act
        ),
    ],
)
def test_what_a_clerk_may_not_do_is_refused_without_saying_what_is_there(
    guarded: Book, act: Act, deed: Callable[[Book, MemberId, Act], Any]
) -> None:
    member = clerk(guarded)
    with pytest.raises(Refusal) as refused:
        deed(guarded, member, act)
    assert not [word for word in SECRETS if word in str(refused.value)]
    assert not Path("/tmp/khong-duoc.json").exists()


def test_a_clerk_who_saves_a_person_does_not_wipe_the_ethnicity(guarded: Book, act: Act) -> None:
    member = clerk(guarded)
    detail = members.get(guarded, member)
    assert detail.person.ethnic_code is None
    command = ChangeMember(
        member=member,
        version=detail.version,
        code=detail.code,
        person=replace(detail.person, phone="0987654321"),
        agreed=True,
    )
    members.change(guarded, command, act)
    officer(guarded)
    found = members.get(guarded, member).person
    assert (found.ethnic_code, found.phone) == ("12", "0987654321")


def test_files_of_sensitive_records_stay_closed(guarded: Book, act: Act) -> None:
    member = officer(guarded)
    (paper,) = inclusion.of_member(guarded, member).certificates
    subject = Subject("disability_certificates", paper.uid)
    new = NewFile(AttachmentKind.OTHER, "giay.jpg", PICTURE + b"2", "Giấy")
    key: AttachmentId = attachments.attach(guarded, subject, new, act).value
    assert attachments.open_file(guarded, key) is not None
    clerk(guarded)
    with pytest.raises(Refusal):
        attachments.open_file(guarded, key)


def test_with_users_an_ethnicity_needs_consent(guarded: Book, act: Act) -> None:
    officer(guarded)
    with pytest.raises(Refusal) as refused:
        enrol(guarded, act, "Trần Thị Mai", ethnic_code="02")
    assert [problem.field for problem in refused.value.problems] == ["ethnic_code"]
    other = enrol(guarded, act, "Trần Thị Mai")
    detail = members.get(guarded, other)
    command = ChangeMember(
        member=other,
        version=detail.version,
        code=detail.code,
        person=replace(detail.person, ethnic_code="02"),
    )
    with pytest.raises(Refusal, match="chưa đồng ý"):
        members.change(guarded, command, act)
    consents.give(guarded, consents.GiveConsent(other, (Purpose.ETHNICITY,), act.today), act)
    members.change(guarded, command, act)
    assert members.get(guarded, other).person.ethnic_code == "02"


def test_nobody_writes_or_sees_before_signing_in(guarded: Book, act: Act) -> None:
    assert guarded.access.locked
    with pytest.raises(Trouble, match="đăng nhập"):
        enrol(guarded, act, "Trần Thị Mai")
    for name, passphrase in (("Thư ký Lan", "sai rồi"), ("Không có", CLERK), ("", "")):
        with pytest.raises(Refusal, match="không đúng"):
            users.sign_in(guarded, name, passphrase)
    assert guarded.access.locked


def test_a_book_without_users_is_open_as_before(book: Book, act: Act) -> None:
    member = full_life(book, act)
    assert members.get(book, member).person.ethnic_code == "12"
    assert not inclusion.of_member(book, member).locked


def test_passphrases_are_not_in_the_book_nor_in_its_log(guarded: Book) -> None:
    with guarded.read() as session:
        rows = [
            str(tuple(row))
            for table in ("users", "changes")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]
    assert not [word for word in (BOSS, CLERK, INCLUSION) if any(word in row for row in rows)]
    assert not any("scrypt" in row for row in rows if "Thư ký Lan" in row and "after" in row)


def test_the_recovery_code_lets_the_administrator_in_once(book: Book, act: Act) -> None:
    code = users.switch_on(book, "Chị Boss", BOSS, BOSS, act).value
    users.sign_out(book)
    with pytest.raises(Refusal, match="không đúng"):
        users.recover(book, "AAAAA-BBBBB-CCCCC-DDDDD", "mat khau moi", "mat khau moi", act)
    with pytest.raises(Refusal):
        users.recover(book, code, "ngắn", "ngắn", act)
    fresh = users.recover(book, code.lower().replace("-", " "), "mat khau moi", "mat khau moi", act).value
    assert fresh != code
    users.sign_out(book)
    with pytest.raises(Refusal):
        users.recover(book, code, "mat khau ba", "mat khau ba", act)
    users.sign_in(book, "Chị Boss", "mat khau moi")


def test_the_last_administrator_stays_and_short_passphrases_are_refused(book: Book, act: Act) -> None:
    users.switch_on(book, "Chị Boss", BOSS, BOSS, act)
    (boss,) = users.users(book)
    for role, active in ((Role.CLERK, True), (Role.ADMIN, False)):
        with pytest.raises(Refusal, match="ít nhất một quản trị viên"):
            users.change_role(book, boss.id, role, active, act)
    with pytest.raises(Refusal, match="8 ký tự"):
        users.add(book, NewUser("Lan", Role.CLERK, "1234567"), act)
    with pytest.raises(Refusal, match="Đã có"):
        users.add(book, NewUser("Chị Boss", Role.CLERK, "12345678"), act)


def test_the_command_line_signs_in_or_shows_nothing(
    tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.cli import main

    path = tmp_path / "so.sonhom"
    with Book.create(str(path), "Sổ thử", who="Thư ký") as book:
        full_life(book, act)
        users.switch_on(book, "Chị Boss", BOSS, BOSS, act)
    assert main(["verify", str(path)]) == 0
    said_ = capsys.readouterr()
    assert not [word for word in SECRETS if word in said_.out + said_.err]
    monkeypatch.setenv("SONHOM_USER", "Chị Boss")
    monkeypatch.setenv("SONHOM_PASSPHRASE", "sai")
    assert main(["verify", str(path)]) != 0
    said_ = capsys.readouterr()
    assert "không đúng" in said_.out + said_.err
    assert "sai" not in (said_.out + said_.err).replace("Hãy gõ lại", "")
    monkeypatch.setenv("SONHOM_PASSPHRASE", BOSS)
    assert main(["verify", str(path)]) == 0


def test_a_copy_for_the_person_is_written_down(guarded: Book, act: Act, tmp_path: Path) -> None:
    member = officer(guarded)
    data_copy.export_data(guarded, member, tmp_path / "ban-sao.json")
    assert "KT-123" in json.dumps(
        json.loads((tmp_path / "ban-sao.json").read_text(encoding="utf-8")), ensure_ascii=False
    )
    users.sign_in(guarded, "Chị Boss", BOSS)
    assert "xuất tệp" in {row.how for row in sight.log(guarded)}

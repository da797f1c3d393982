"""After a person has withdrawn their consent, and after their data were erased: what the pages and the tables still hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.inclusion_kinds import Accommodate, DisabilityDegree, DisabilityType, Role, Vulnerable
from desktop.models.problems import Refusal
from desktop.models.records.every import Member, metadata
from desktop.models.rules.suppression import Release
from desktop.services import (
    assessments,
    consents,
    drafts,
    inclusion,
    member_lists,
    members,
    privacy,
    training_papers,
    verify,
)
from desktop.services.attachments import Subject
from desktop.services.inclusion import AddAccommodation, AddCertificate, AddVulnerability
from desktop.services.members import ChangeMember
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Session
from tests.secret_book import ACT, GENERAL, SECRETS, SIX, TODAY, Secret, leaks, sign
from tests.secret_papers import papers_of
from tests.secret_walk import Walk, routes
from tests.services.quick_facts import read_facts_once
from tests.services.test_nobody_sees import readings

pytestmark = pytest.mark.slow
ABOUT_PEOPLE = (
    "members",
    "member",
    "support-dossier",
    "coordination-meeting",
    "training_class",
    "board-list",
)
OWN = tuple(word for word in SECRETS if word not in GENERAL)
"""What is true of this person alone; that others of the book have a disability goes on being true."""


def walk(desk: Desk, book: Book, secret: Secret, monkeypatch: Any) -> dict[str, set[str]]:
    desk.take_book(book, Session(book.name, book.address))
    every = routes(secret)
    heard = Walk(desk, monkeypatch).through({page: every[page] for page in ABOUT_PEOPLE})
    assert heard.texts > 1_000
    return {where: own for where, words in heard.leaks.items() if (own := words - GENERAL)}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    read_facts_once(monkeypatch)


def told(book: Book, secret: Secret) -> dict[str, list[str]]:
    """Return what lists, figures, logs, files and papers say of the person."""
    found = {}
    deeds = {**readings(book, secret), **papers_of(book, secret)}
    for name, deed in deeds.items():
        try:
            said = str(deed())
        except Refusal as refused:
            said = str(refused)
        words = [word for word in leaks(said, OWN) if name != f"search {word}"]
        if words:
            found[name] = words
    return found


# -- consent withdrawn -------------------------------------------------------------------------------


@pytest.fixture
def withdrawn(secret_book: Book, secret: Secret) -> Book:
    sign(secret_book, Role.INCLUSION)
    for row in consents.of_member(secret_book, secret.member):
        if row.holds:
            assert row.id is not None
            consents.withdraw(secret_book, row.id, TODAY, "không muốn nữa", ACT)
    return secret_book


def test_after_withdrawal_a_clerk_still_finds_nothing(
    withdrawn: Book, secret: Secret, desk: Desk, monkeypatch: Any
) -> None:
    sign(withdrawn, Role.CLERK)
    assert walk(desk, withdrawn, secret, monkeypatch) == {}
    assert told(withdrawn, secret) == {}


def test_after_withdrawal_nobody_writes_more_down_and_no_figure_counts_the_person(
    withdrawn: Book, secret: Secret
) -> None:
    member = secret.member
    person = member_lists.get(withdrawn, member)
    deeds = (
        lambda: assessments.record(
            withdrawn, assessments.RecordAssessment("wg-ss", Subject("members", secret.uid), TODAY, SIX), ACT
        ),
        lambda: inclusion.add_certificate(
            withdrawn,
            AddCertificate(member, "X-1", (DisabilityType.SEEING,), DisabilityDegree.MILD, TODAY),
            ACT,
        ),
        lambda: inclusion.add_vulnerability(withdrawn, AddVulnerability(member, Vulnerable.MINE, TODAY), ACT),
        lambda: inclusion.add_accommodation(
            withdrawn, AddAccommodation(member, Accommodate.READER, TODAY, "", "mắt mờ"), ACT
        ),
        lambda: members.change(
            withdrawn,
            ChangeMember(
                member=member,
                version=person.version,
                code=person.code,
                person=replace(person.person, ethnic_code="01"),
                agreed=True,
            ),
            ACT,
        ),
    )
    for deed in deeds:
        with pytest.raises(Refusal, match="đồng ý"):
            deed()
    sign(withdrawn, Role.INCLUSION)
    report = training_papers.class_report(withdrawn, secret.klass, ACT, Release.DONOR).value
    assert secret.name not in str(report)


# -- erased ------------------------------------------------------------------------------------------


@pytest.fixture
def erased(secret_book: Book, secret: Secret) -> Book:
    """The person is erased, with a draft about them; that they left the group and were paid is not looked at here."""
    sign(secret_book, Role.ADMIN)
    content = f'{{"rows": [{{"member": {secret.member}, "note": "liệt nửa người"}}]}}'
    drafts.keep(secret_book, "meeting", "2", content, ACT)
    with secret_book.write(ACT) as session:
        privacy.erase_in(session, session.get_one(Member, secret.member), "yêu cầu ngày 23/11", ACT)
    return secret_book


def test_after_erasure_no_table_holds_a_fact_and_the_chain_is_whole(erased: Book, secret: Secret) -> None:
    with erased.read() as session:
        found = {
            table.name: words
            for table in metadata.sorted_tables
            if (words := leaks("\n".join(_said(row) for row in session.execute(table.select())), OWN))
        }
    assert found == {}
    with erased.read() as session:
        ethnic = session.execute(
            text("SELECT ethnic_code FROM members WHERE id = :id"), {"id": secret.member}
        )
        assert ethnic.scalar_one() is None
    assert verify.verify(erased).findings == ()
    erased.close()
    content = erased.path.read_bytes()
    assert [word for word in OWN if word.encode() in content] == [], "not in free pages of the file either"


def _said(row: Any) -> str:
    """Return a row as text, what is kept as bytes too."""
    cells = (cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row)
    return " ".join(cells)


def test_after_erasure_even_who_may_see_all_finds_nothing(
    erased: Book, secret: Secret, desk: Desk, monkeypatch: Any
) -> None:
    sign(erased, Role.ADMIN)
    assert walk(desk, erased, secret, monkeypatch) == {}
    assert told(erased, secret) == {}

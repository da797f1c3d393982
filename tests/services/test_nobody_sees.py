"""Every list, search, figure and log, as each role without the right and with nobody signed in: no sensitive fact of a
known person is told. Papers and exports: `test_papers_hide.py`; commands: `tests/cli/test_commands_hide.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Role
from desktop.models.problems import Refusal
from desktop.models.rules.suppression import Release
from desktop.services import (
    action_lists,
    analysis,
    analysis_hiding,
    assessments,
    attachments,
    audit_book,
    coordination_book,
    data_copy,
    drafts,
    history,
    inclusion,
    job_matching,
    livelihood_gathering,
    livelihood_indicators,
    member_lists,
    overview,
    privacy,
    questionnaire_papers,
    search,
    sight,
    support_book,
    supports,
    training_book,
    users,
)
from desktop.services.action_lists import ActionList
from desktop.services.analysis_table import Choice
from desktop.services.attachments import Subject
from desktop.services.board import charts, reading
from desktop.services.board.registry import measures
from desktop.services.books import open_book
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicator_list import indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.registry import indicators
from desktop.services.supports import Request
from desktop.store.book import Book
from resources.forms import shipped
from tests.secret_book import ACT, BLIND, MARKERS, SECRETS, TODAY, Secret, leaks, role_name, sign
from tests.secret_fixtures import SecretModel
from tests.secret_papers import FROM, TO, YEAR
from tests.services.quick_facts import read_facts_once

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    read_facts_once(monkeypatch)


def readings(book: Book, secret: Secret) -> dict[str, Callable[[], Any]]:
    """Every list and page of one record that shows people."""
    return {
        **_of_the_person(book, secret),
        **_of_lists(book),
        **_of_figures(book),
        **{f"search {word}": _search(book, word) for word in (secret.name, *SECRETS)},
    }


def _search(book: Book, word: str) -> Callable[[], Any]:
    return lambda: [hit for hit in search.search(book, word) if hit.title != word]


def _of_the_person(book: Book, secret: Secret) -> dict[str, Callable[[], Any]]:
    subject = Subject("members", secret.uid)
    found: dict[str, Callable[[], Any]] = {
        "member": lambda: member_lists.get(book, secret.member),
        "inclusion": lambda: inclusion.of_member(book, secret.member),
        "answers": lambda: assessments.history(book, subject),
        "one answer": lambda: assessments.get(book, secret.places["assessment"]),
        "filled form": lambda: questionnaire_papers.filled(book, secret.places["assessment"], ACT),
        "log": lambda: history.of_member(book, secret.member),
        "support": lambda: support_book.detail(book, secret.support, TODAY),
        "class": lambda: training_book.detail(book, secret.klass, TODAY),
        "coordination": lambda: coordination_book.detail(book, secret.meeting, TODAY),
        "requests": lambda: privacy.requests(book, TODAY, secret.member),
        "everything": lambda: data_copy.data_of(book, secret.member),
    }
    for number, uid, table in _records(book):
        found[f"log {table} {number}"] = lambda uid=uid: history.of_record(book, uid)
        found[f"files {table} {number}"] = lambda uid=uid, table=table: attachments.files_of(
            book, Subject(table, uid)
        )
    for file in secret.files:
        found[f"file {file}"] = lambda file=file: attachments.open_file(book, file)
    return found


def _records(book: Book) -> list[tuple[int, bytes, str]]:
    """Return all rows of sensitive tables, of those with sensitive columns, and their files: each has a log."""
    from sqlalchemy import text

    tables = (*sorted(sight.SENSITIVE), *sight.SENSITIVE_FIELDS, "attachments")
    with book.read() as session:
        return [
            (number, bytes(uid), table)
            for table in tables
            for number, uid in session.execute(text(f"SELECT id, uid FROM {table}"))
        ]


def _of_lists(book: Book) -> dict[str, Callable[[], Any]]:
    sees = sight.sees(book, "")
    found: dict[str, Callable[[], Any]] = {
        "members": lambda: member_lists.page(
            book, member_lists.MemberFilter(), member_lists.MemberSort(), 0, 500
        ),
        "supports": lambda: support_book.list_supports(book, TODAY),
        "learners": lambda: training_book.people(book, TODAY),
        "seekers": lambda: job_matching.seekers(book),
        "samples": lambda: [audit_book.detail(book, row.id, TODAY) for row in audit_book.visits(book)],
        "drafts": lambda: drafts.unfinished(book),
        "overview": lambda: overview.start(book, TODAY),
        "action counts": lambda: action_lists.counts(book, Scope(), TODAY, sensitive=sees),
    }
    for which in ActionList:
        found[f"list {which.value}"] = lambda which=which: action_lists.rows(
            book, which, Scope(), TODAY, sensitive=sees
        )
    return found


def _of_figures(book: Book, *, every: bool = False) -> dict[str, Callable[[], Any]]:
    """Return the questions of figures; `every` crosses each indicator, else only those that say something sensitive."""
    sees = sight.sees(book, "")
    found: dict[str, Callable[[], Any]] = {
        "board": lambda: reading.board(book, YEAR, Release.COMMUNE, ""),
        "board cuts": lambda: [
            [(cell.title, cell.count) for cells in row.cells.values() for cell in cells if cell.count]
            for row in reading.breakdowns(book, YEAR, Release.COMMUNE, "")
        ],
        "board charts": lambda: charts.charts(book, YEAR, Release.COMMUNE, ""),
        "livelihoods": lambda: livelihood_indicators.indicators(
            livelihood_gathering.figures(book, TODAY, sensitive=sees)
        ),
        "indicators": lambda: [
            (row.id, row.shown)
            for row in indicator_list(book, Scope(), FROM, TO, Release.COMMUNE, sensitive=sees).rows
            if row.id != "HN02"  # how many were asked: `UNASKED` below
        ],
    }
    for key in measures():
        found[f"behind {key}"] = lambda key=key: reading.opened(book, key, YEAR, "").measured
    for key in DIMENSIONS:
        choice = Choice("NH02", key, "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"cross {key}"] = lambda choice=choice: analysis.cross(book, choice, sensitive=sees)
    for key in indicators() if every else indicators().keys() & analysis_hiding.SENSITIVE_MEASURES:
        choice = Choice(key, "sex", "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"measure {key}"] = lambda choice=choice: analysis.cross(book, choice, sensitive=sees)
    return found


def said(deed: Callable[[], Any]) -> str:
    """Return what a question answers, or the words of its refusal."""
    try:
        return str(deed())
    except Refusal as refused:
        return f"refused: {refused}"


def told(deeds: dict[str, Callable[[], Any]]) -> dict[str, list[str]]:
    """Return what each deed says of the person; a refusal is looked at as well."""
    found = {}
    for name, deed in deeds.items():
        words = leaks(said(deed))
        if name.startswith("search "):  # what was typed is not told by the book
            words = [word for word in words if word != name.removeprefix("search ")]
        if words:
            found[name] = words
    return found


@pytest.mark.parametrize("role", BLIND, ids=role_name)
def test_lists_search_figures_and_logs_tell_nothing(
    secret_book: Book, secret: Secret, role: Role | None
) -> None:
    sign(secret_book, role)
    assert told(readings(secret_book, secret)) == {}


def test_the_inclusion_officer_reads_it_all_there(secret_book: Book, secret: Secret) -> None:
    """Else the test above would prove nothing: each fact stands where it looks."""
    sign(secret_book, Role.INCLUSION)
    found = told(
        {**_of_the_person(secret_book, secret), **_of_figures(secret_book), **_of_lists(secret_book)}
    )
    unseen = {"Ơ Đu", *(MARKERS[place] for place in CODES), MARKERS["attachment_contents", "content"]}
    seen = {word for words in found.values() for word in words}
    assert set(SECRETS) - seen <= unseen, "codes are said in words where they are shown"
    assert {
        "support",
        "inclusion",
        "answers",
        "one answer",
        "everything",
        "files disability_certificates 3",
    } <= set(found)


CODES = (
    ("disability_certificates", "types"),
    ("disability_certificates", "degree"),
    ("disability_certificates", "reason"),
    ("vulnerabilities", "category"),
    ("assessments", "answers"),
)
"""Shown from a code, or (why a certificate was taken back) kept for the log alone."""


# -- what is not said in words either ------------------------------------------------------------------

UNASKED = ("list unasked", "action counts", "measure HN02")
"""Who was asked, and how many, may be known: it does not tell what they answered."""


def emptied(path: Path) -> None:
    """Take everything sensitive of everybody out of a book, behind the back of the program."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in sight.SENSITIVE - {"assessments"}:
        connection.execute(f"DELETE FROM {table}")
    forms = ", ".join(f"'{raw['id']}'" for raw in shipped().values() if raw.get("sensitive"))
    connection.execute(f"DELETE FROM assessments WHERE form IN ({forms})")
    connection.execute("UPDATE members SET ethnic_code = NULL")
    connection.execute("UPDATE accommodations SET barrier = ''")
    connection.execute("UPDATE coordination_guests SET disabled = NULL")
    connection.execute("UPDATE supports SET hardship_basis = '-' WHERE hardship = 1")
    connection.commit()
    connection.close()


def everything_without_records(book: Book, secret: Secret) -> dict[str, str]:
    """Return what all questions answer but those that name a sensitive record itself, which the other book has not."""
    own = ("member", "inclusion", "answers", "log", "support", "class", "coordination", "requests")
    mine = _of_the_person(book, secret)
    asked = {**{name: mine[name] for name in own}, **_of_lists(book), **_of_figures(book, every=True)}
    return {name: said(deed) for name, deed in asked.items()}


@pytest.mark.parametrize("role", [Role.CLERK], ids=role_name)
def test_what_a_clerk_sees_does_not_depend_on_what_is_hidden(
    secret_model: SecretModel, secret_book: Book, tmp_path: Path, role: Role
) -> None:
    """Stronger than looking for words: no list, order, count or figure differs from those of a book without the data."""
    path = secret_model.copy(tmp_path / "trong.sonhom")
    emptied(path)
    sign(secret_book, role)
    full = everything_without_records(secret_book, secret_model.secret)
    with open_book(str(path), "Máy thử") as bare:
        sign(bare, role)
        empty = everything_without_records(bare, secret_model.secret)
    differing = [name for name in empty if full[name] != empty[name]]
    assert [name for name in differing if name not in UNASKED] == []


# -- what may still be done -----------------------------------------------------------------------------


def test_a_clerk_who_changes_a_request_does_not_wipe_the_reason(secret_book: Book, secret: Secret) -> None:
    sign(secret_book, Role.CLERK)
    seen = support_book.detail(secret_book, secret.support, TODAY)
    assert (seen.hardship, seen.hardship_basis) == (True, "")
    row = seen.row
    new = Request(
        seen.beneficiary,
        row.kind,
        "Máy ấp trứng lớn",
        row.asked,
        row.requested_on,
        seen.requested_by,
        GroupId(secret.group),
        hardship=True,
    )
    supports.change(secret_book, secret.support, seen.version, new, ACT)
    sign(secret_book, Role.INCLUSION)
    assert support_book.detail(secret_book, secret.support, TODAY).hardship_basis == "bệnh hiểm nghèo"


def test_signed_out_is_signed_out(secret_book: Book) -> None:
    users.sign_out(secret_book)
    assert secret_book.access.locked

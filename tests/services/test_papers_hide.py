"""Every paper of the catalogue and every export, for each role: who may not see a sensitive fact does not print it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from desktop.models.inclusion_kinds import Role
from desktop.models.problems import Refusal
from desktop.models.rules.suppression import Release
from desktop.services import figure_papers, sight
from desktop.services.action_lists import ActionList
from desktop.services.analysis_table import Choice
from desktop.services.board import papers as board_papers
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicators.facts import Scope
from desktop.store.book import Book
from reports.catalogue import CATALOGUE, find
from tests.reports.paper import said
from tests.secret_book import ACT, BLIND, MARKERS, TODAY, Secret, leaks, role_name, sign
from tests.secret_papers import FROM, TO, YEAR, papers_of
from tests.services.quick_facts import read_facts_once

pytestmark = pytest.mark.slow
SIGNED = BLIND[1:]
SECRET = "MẬT – DÙNG TRONG XÃ"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    read_facts_once(monkeypatch)


def gathered(papers: dict[str, Callable[[], Any]]) -> Iterator[tuple[str, Any]]:
    """Yield each paper with its value, or with the refusal that stands in its place."""
    for name, gather in papers.items():
        try:
            yield name, gather()
        except Refusal as refused:
            yield name, refused


def printed(name: str, value: Any) -> str:
    """Return all that a paper says, with what the file says of itself."""
    data = find(name.partition(" ")[0]).render(value)
    return f"{said(data)} {PdfReader(io.BytesIO(data)).metadata}"


def told(name: str, text: str) -> list[str]:
    """Return what a paper tells of the person; a blank form names all answers that could be given."""
    words = leaks(text)
    return [word for word in words if name != "questionnaire-blank" or word != "Rất khó khăn"]


def test_every_paper_of_the_catalogue_is_looked_at(secret_book: Book, secret: Secret) -> None:
    looked = {name.partition(" ")[0] for name in papers_of(secret_book, secret)}
    assert looked == {report.key for report in CATALOGUE}


@pytest.mark.parametrize("role", SIGNED, ids=role_name)
def test_no_paper_tells_a_fact(secret_book: Book, secret: Secret, role: Role) -> None:
    """What a paper is made of tells nothing; as a clerk all are drawn too, for what a drawing adds in words."""
    sign(secret_book, role)
    found, refused = {}, set()
    for name, value in gathered(papers_of(secret_book, secret)):
        texts = [str(value)]
        if isinstance(value, Refusal):
            refused.add(name)
        elif role is Role.CLERK:
            texts.append(printed(name, value))
        if words := told(name, "\n".join(texts)):
            found[name] = words
    assert found == {}
    assert refused == {
        "questionnaire",
        *(f"action-list {which.value}" for which in ActionList if which.sensitive),
        *(f"analysis-table {key}" for key, one in DIMENSIONS.items() if one.sensitive),
    }
    sign(secret_book, Role.ADMIN)
    assert sight.log(secret_book) == []


def test_nobody_prints_before_signing_in(secret_book: Book, secret: Secret) -> None:
    """Papers are numbered, so that each is a write; what is only shown stays without any fact."""
    found = {}
    for name, gather in papers_of(secret_book, secret).items():
        try:
            text = str(gather())
        except Exception as error:
            text = f"{error!r} {error}"
        if words := told(name, text):
            found[name] = words
    assert found == {}


def test_the_inclusion_officer_prints_them_marked_and_it_is_written_down(
    secret_book: Book, secret: Secret
) -> None:
    """Else the tests above would prove nothing: each fact stands on a paper where they look."""
    sign(secret_book, Role.INCLUSION)
    papers = papers_of(secret_book, secret)
    wanted = ("member-profile", "questionnaire", "support-dossier", "action-list expiring")
    texts = {name: printed(name, papers[name]()) for name in wanted}
    assert {name: set(leaks(text)) for name, text in texts.items()} == {
        "member-profile": {
            *(MARKERS["disability_certificates", column] for column in ("number", "types", "degree")),
            *(MARKERS["vulnerabilities", column] for column in ("category",)),
            MARKERS["members", "ethnic_code"],
            MARKERS["assessments", "results"],
        },
        "questionnaire": {
            MARKERS["assessments", column] for column in ("answers", "results", "asked_by", "respondent")
        },
        "support-dossier": {MARKERS["supports", "hardship_basis"]},
        "action-list expiring": set(),
    }
    for name, text in texts.items():
        assert SECRET in text, name
        assert leaks(text[text.rindex("{") :]) == []  # a file says nothing of a person in its properties
    assert secret.name in texts["action-list expiring"]
    sign(secret_book, Role.ADMIN)
    assert {(row.how, row.what) for row in sight.log(secret_book, 5000, secret.uid)} == {
        ("in", "hồ sơ thành viên"),
        ("in", "phiếu đánh giá"),
        ("in", "căn cứ khó khăn trong hồ sơ hỗ trợ"),
        ("in", "danh sách cần làm"),
    }


def test_the_handover_for_the_giver_never_says_why(secret_book: Book, secret: Secret) -> None:
    sign(secret_book, Role.INCLUSION)
    papers = papers_of(secret_book, secret)
    assert leaks(printed("support-handover", papers["support-handover"]())) == []
    sign(secret_book, Role.CLERK)
    text = printed("support-dossier", papers["support-dossier"]())
    assert "mức thấp" in text
    assert "MẬT" not in text


# -- exports -----------------------------------------------------------------------------------------


def exports_of(book: Book) -> dict[str, Callable[[Path], Any]]:
    """Return every export that a service writes: figures and lists of people."""
    found: dict[str, Callable[[Path], Any]] = {}
    for release in Release:
        found[f"board-{release.value}"] = lambda file, release=release: board_papers.export_board(
            book, YEAR, release, file, ACT
        )
        found[f"inclusion-{release.value}"] = lambda file, release=release: figure_papers.export_inclusion(
            book, Scope(), FROM, TO, release, file, ACT
        )
    for which in ActionList:
        found[f"list-{which.value}"] = lambda file, which=which: figure_papers.export_actions(
            book, which, Scope(), TODAY, file, ACT
        )
    for key in DIMENSIONS:
        choice = Choice("NH02", key, "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"cross-{key}"] = lambda file, choice=choice: figure_papers.export_analysis(
            book, choice, file, ACT
        )
    return found


def whole_file(file: Path) -> str:
    """Return all parts of a spreadsheet: cells, names of sheets, hidden columns, its properties."""
    with ZipFile(file) as parts:
        return "\n".join(parts.read(part).decode("utf-8") for part in parts.namelist())


@pytest.mark.parametrize("role", SIGNED, ids=role_name)
def test_no_export_tells_a_fact(secret_book: Book, tmp_path: Path, role: Role) -> None:
    sign(secret_book, role)
    found, written = {}, 0
    for name, export in exports_of(secret_book).items():
        file = tmp_path / f"{name}.xlsx"
        try:
            export(file)
            text, written = whole_file(file), written + 1
        except Refusal as refused:
            text = str(refused)
            assert not file.exists()
        if words := leaks(text):
            found[name] = words
    assert found == {}
    assert written > 10


def test_the_inclusion_officer_exports_them_and_it_is_written_down(
    secret_book: Book, secret: Secret, tmp_path: Path
) -> None:
    sign(secret_book, Role.INCLUSION)
    exports = exports_of(secret_book)
    for name in ("list-unaccommodated", "list-expiring", "cross-disability"):
        exports[name](tmp_path / f"{name}.xlsx")
    assert secret.name in whole_file(tmp_path / "list-expiring.xlsx")
    assert "khuyết tật" in whole_file(tmp_path / "cross-disability.xlsx").casefold()
    sign(secret_book, Role.ADMIN)
    assert ("xuất tệp", "danh sách cần làm") in {
        (row.how, row.what) for row in sight.log(secret_book, 5000, secret.uid)
    }

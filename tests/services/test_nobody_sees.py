"""Every list, paper, export and command, as each role without the right: no sensitive fact of a known person is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from desktop.cli import main
from desktop.commands.report import BOOK_PAPERS, PAPERS
from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Role
from desktop.models.problems import Refusal
from desktop.models.rules.suppression import Release
from desktop.models.support_kinds import Wave
from desktop.services import (
    action_lists,
    analysis,
    audit_papers,
    capacity_papers,
    coordination_book,
    figure_papers,
    history,
    inclusion,
    inclusion_papers,
    job_matching,
    job_papers,
    member_lists,
    search,
    sight,
    support_book,
    support_papers,
    training_book,
    training_papers,
    users,
)
from desktop.services.action_lists import ActionList
from desktop.services.analysis import Choice
from desktop.services.board import charts, reading
from desktop.services.board import papers as board_papers
from desktop.services.board.registry import measures
from desktop.services.board.values import Period, Span
from desktop.services.books import open_book
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicator_list import indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.registry import indicators
from desktop.services.supports import Request
from desktop.store.book import Book
from reports.catalogue import find
from tests.reports.paper import said
from tests.secret_book import (
    ACT,
    BLIND,
    PASSPHRASE,
    SECRETS,
    TODAY,
    WHO,
    Secret,
    leaks,
    sign,
    write_secret_book,
)

pytestmark = pytest.mark.slow

YEAR = Period(date(2026, 1, 1), Span.YEAR)
FROM, TO = date(2026, 1, 1), TODAY
NAMES = ["nobody" if role is None else role.value for role in BLIND]


@dataclass(frozen=True, slots=True)
class Kept:
    """The file of the book and the person in it."""

    path: Path
    secret: Secret


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    path = tmp_path_factory.mktemp("secret") / "so.sonhom"
    return Kept(path, write_secret_book(path))


@pytest.fixture
def book(kept: Kept, tmp_path: Path) -> Iterator[Book]:
    copy = tmp_path / "so.sonhom"
    copy.write_bytes(kept.path.read_bytes())
    with open_book(str(copy), "Máy thử") as opened:
        yield opened


def readings(book: Book, secret: Secret) -> dict[str, Callable[[], Any]]:
    """Every list and page of one record that shows people."""
    sees = sight.sees(book, "")
    uid = member_lists.get(book, secret.member).uid
    found: dict[str, Callable[[], Any]] = {
        "member": lambda: member_lists.get(book, secret.member),
        "members": lambda: member_lists.page(
            book, member_lists.MemberFilter(), member_lists.MemberSort(), 0, 500
        ),
        "inclusion": lambda: inclusion.of_member(book, secret.member),
        "history": lambda: (history.of_member(book, secret.member), history.of_record(book, uid)),
        "support": lambda: support_book.detail(book, secret.support, TODAY),
        "supports": lambda: support_book.list_supports(book, TODAY),
        "class": lambda: training_book.detail(book, secret.klass, TODAY),
        "learners": lambda: training_book.people(book, TODAY),
        "coordination": lambda: coordination_book.detail(book, secret.meeting, TODAY).counted,
        "seekers": lambda: job_matching.seekers(book),
        "board": lambda: reading.board(book, YEAR, Release.COMMUNE, ""),
        "board cuts": lambda: [
            [cell.title for cells in row.cells.values() for cell in cells if cell.count]
            for row in reading.breakdowns(book, YEAR, Release.COMMUNE, "")
        ],
        "board charts": lambda: charts.charts(book, YEAR, Release.COMMUNE, ""),
        "indicators": lambda: [
            (row.id, row.shown)
            for row in indicator_list(book, Scope(), FROM, TO, Release.COMMUNE, sensitive=sees).rows
        ],
        "action counts": lambda: action_lists.counts(book, Scope(), TODAY, sensitive=sees),
    }
    for word in (secret.name, *SECRETS):
        found[f"search {word}"] = lambda word=word: [
            hit for hit in search.search(book, word) if hit.title != word
        ]
    for which in ActionList:
        found[f"list {which.value}"] = lambda which=which: action_lists.rows(
            book, which, Scope(), TODAY, sensitive=sees
        )
    for key in measures():
        found[f"behind {key}"] = lambda key=key: reading.opened(book, key, YEAR, "")
    for key in DIMENSIONS:
        choice = Choice("NH02", key, "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"cross {key}"] = lambda choice=choice: analysis.cross(book, choice, sensitive=sees)
    for key in analysis.SENSITIVE_MEASURES & indicators().keys():
        choice = Choice(key, "sex", "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"measure {key}"] = lambda choice=choice: analysis.cross(book, choice, sensitive=sees)
    return found


def papers_of(book: Book, secret: Secret) -> dict[str, Callable[[], str]]:
    """Every paper that tells of people, as the text that it prints."""

    def paper(key: str, gather: Callable[[], Any]) -> Callable[[], str]:
        return lambda: said(find(key).render(gather().value))

    group = secret.group
    found = {
        "profile": paper("member-profile", lambda: inclusion_papers.profile(book, secret.member, ACT)),
        "dossier": paper("support-dossier", lambda: support_papers.dossier(book, secret.support, ACT)),
        "dossier 1": paper("support-dossier", lambda: support_papers.dossier(book, 1, ACT)),  # type: ignore[arg-type]
        "assessment": paper(
            "support-assessment",
            lambda: support_papers.assessment(book, secret.support, Wave.BEFORE, None, ACT),
        ),
        "attendance": paper(
            "training-attendance",
            lambda: training_papers.attendance_list(book, secret.klass, ACT, blank=False),
        ),
        "meeting": paper(
            "coordination-meeting", lambda: capacity_papers.meeting_paper(book, secret.meeting, ACT)
        ),
        "progress": paper("capacity-progress", lambda: capacity_papers.progress_paper(book, group, ACT)),
        "audit sheet": paper("audit-sheet", lambda: audit_papers.sheet(book, 1, ACT)),  # type: ignore[arg-type]
        "audit minutes": paper("audit-minutes", lambda: audit_papers.minutes(book, 1, ACT)),  # type: ignore[arg-type]
    }
    for release in Release:
        found[f"class {release.value}"] = paper(
            "training-class",
            lambda release=release: training_papers.class_report(book, secret.klass, ACT, release),
        )
        found[f"BC09 {release.value}"] = paper(
            "donor-report", lambda release=release: board_papers.donor_report(book, YEAR, release, ACT)
        )
        found[f"jobs {release.value}"] = paper(
            "job-report", lambda release=release: job_papers.job_report(book, None, TODAY, ACT, release)
        )
        found[f"inclusion {release.value}"] = paper(
            "inclusion-report",
            lambda release=release: figure_papers.inclusion_paper(book, Scope(), FROM, TO, release, ACT),
        )
    return found


def exports_of(book: Book, folder: Path) -> dict[str, Callable[[], str]]:
    """Every export of figures and lists of people, as the text of its cells."""

    def sheet(name: str, write: Callable[[Path], Any]) -> Callable[[], str]:
        def text() -> str:
            file = folder / f"{name}.xlsx"
            write(file)
            with ZipFile(file) as book_file:
                return "\n".join(book_file.read(part).decode("utf-8") for part in book_file.namelist())

        return text

    found = {}
    for release in Release:
        found[f"board {release.value}"] = sheet(
            f"board-{release.value}",
            lambda file, release=release: board_papers.export_board(book, YEAR, release, file, ACT),
        )
        found[f"inclusion {release.value}"] = sheet(
            f"inclusion-{release.value}",
            lambda file, release=release: figure_papers.export_inclusion(
                book, Scope(), FROM, TO, release, file, ACT
            ),
        )
    for which in ActionList:
        found[f"list {which.value}"] = sheet(
            f"list-{which.value}",
            lambda file, which=which: figure_papers.export_actions(book, which, Scope(), TODAY, file, ACT),
        )
    for key in DIMENSIONS:
        choice = Choice("NH02", key, "none", FROM, TO, Scope(), Release.COMMUNE)
        found[f"cross {key}"] = sheet(
            f"cross-{key}",
            lambda file, choice=choice: figure_papers.export_analysis(book, choice, file, ACT),
        )
    return found


def told(deeds: dict[str, Callable[[], Any]], *, may_refuse: bool) -> dict[str, list[str]]:
    """Return what each deed says of the person; a refusal is looked at as well."""
    found = {}
    for name, deed in deeds.items():
        try:
            text = str(deed())
        except Refusal as refused:
            if not may_refuse:
                raise
            text = str(refused)
        words = leaks(text)
        if name.startswith("search "):  # what was typed is not told by the book
            words = [word for word in words if word != name.removeprefix("search ")]
        if words:
            found[name] = words
    return found


@pytest.mark.parametrize("role", BLIND, ids=NAMES)
def test_lists_search_figures_and_logs_tell_nothing(book: Book, kept: Kept, role: Role | None) -> None:
    sign(book, role)
    assert told(readings(book, kept.secret), may_refuse=True) == {}


@pytest.mark.parametrize("role", BLIND[1:], ids=NAMES[1:])
def test_papers_and_exports_tell_nothing(book: Book, kept: Kept, role: Role, tmp_path: Path) -> None:
    sign(book, role)
    assert told(papers_of(book, kept.secret), may_refuse=True) == {}
    assert told(exports_of(book, tmp_path), may_refuse=True) == {}
    sign(book, Role.ADMIN)
    assert sight.log(book) == []


def test_the_inclusion_officer_reads_it_all_there_and_it_is_written_down(book: Book, kept: Kept) -> None:
    """Else the tests above would prove nothing: each fact stands where they look."""
    sign(book, Role.INCLUSION)
    found = told(readings(book, kept.secret), may_refuse=True)
    papers = told(papers_of(book, kept.secret), may_refuse=False)
    assert "bệnh hiểm nghèo" in found["support"]
    assert "bệnh hiểm nghèo" in papers["dossier"]
    assert {word for words in (*found.values(), *papers.values()) for word in words} >= {
        "BM-777", "liệt nửa người", "bệnh hiểm nghèo", "Ơ Đu", "Có khuyết tật",
    }  # fmt: skip
    sign(book, Role.ADMIN)
    assert {(row.how, row.what) for row in sight.log(book)} >= {
        ("xem", "căn cứ khó khăn trong hồ sơ hỗ trợ"),
        ("in", "căn cứ khó khăn trong hồ sơ hỗ trợ"),
        ("xem", "người dự cuộc họp phối hợp"),
        ("in", "báo cáo lớp tập huấn"),
    }


def test_a_paper_with_the_reason_of_hardship_is_marked_and_the_minutes_for_the_giver_have_none(
    book: Book, kept: Kept
) -> None:
    sign(book, Role.INCLUSION)
    text = said(find("support-dossier").render(support_papers.dossier(book, kept.secret.support, ACT).value))
    assert "MẬT – DÙNG TRONG XÃ" in text
    sign(book, Role.CLERK)
    text = said(find("support-dossier").render(support_papers.dossier(book, kept.secret.support, ACT).value))
    assert "mức thấp" in text
    assert "MẬT" not in text


def test_a_clerk_who_changes_a_request_does_not_wipe_the_reason(book: Book, kept: Kept) -> None:
    from desktop.services import supports

    sign(book, Role.CLERK)
    seen = support_book.detail(book, kept.secret.support, TODAY)
    assert (seen.hardship, seen.hardship_basis) == (True, "")
    row = seen.row
    new = Request(
        seen.beneficiary,
        row.kind,
        "Máy ấp trứng lớn",
        row.asked,
        row.requested_on,
        seen.requested_by,
        GroupId(kept.secret.group),
        hardship=True,
    )
    supports.change(book, kept.secret.support, seen.version, new, ACT)
    sign(book, Role.INCLUSION)
    assert support_book.detail(book, kept.secret.support, TODAY).hardship_basis == "bệnh hiểm nghèo"


def run(*words: object) -> str:
    """Return all that a command says, whether it ends well or not."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main([str(word) for word in words])
    return out.getvalue() + err.getvalue()


@pytest.mark.parametrize("role", [None, Role.CLERK], ids=["nobody", "clerk"])
def test_commands_say_and_write_nothing(
    kept: Kept, tmp_path: Path, role: Role | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.sonhom"
    path.write_bytes(kept.path.read_bytes())
    if role is not None:
        monkeypatch.setenv("SONHOM_USER", WHO[role])
        monkeypatch.setenv("SONHOM_PASSPHRASE", PASSPHRASE)
    group = kept.secret.group_code
    out = tmp_path / "in"
    out.mkdir()
    heard = {}
    for key in (*PAPERS, *BOOK_PAPERS):
        more = () if key in BOOK_PAPERS else ("--group", group)
        heard[key] = run("report", path, key, *more, "--out", out)
    span = ("--from", "01/01/2026", "--to", "23/11/2026", "--release", "commune")
    heard["indicators"] = run("indicators", path, *span, "--json")
    heard["inclusion"] = run("indicators", path, *span, "--inclusion", "--json")
    for key in DIMENSIONS:
        heard[f"cross {key}"] = run("indicators", path, *span, "--measure", "NH02", "--rows", key, "--json")
    heard["statement"] = run("statement", path, "--group", group, "--out", out)
    heard["verify"] = run("verify", path, "--json")
    assert {name: leaks(text) for name, text in heard.items() if leaks(text)} == {}
    files = list(out.rglob("*.pdf"))
    if role is not None:
        assert len(files) > 8
    assert {
        file.name: leaks(said(file.read_bytes())) for file in files if leaks(said(file.read_bytes()))
    } == {}


def test_signed_out_is_signed_out(book: Book) -> None:
    users.sign_out(book)
    assert book.access.locked

"""The command line in a book with users: what it says, its JSON, its files and their names tell no sensitive fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.commands import COMMANDS
from desktop.commands.papers_of_book import PAPERS as BOOK_PAPERS
from desktop.commands.report import PAPERS
from desktop.models.inclusion_kinds import Role
from desktop.services.dimensions import DIMENSIONS
from resources.files import config_dir
from tests.cli.conftest import call
from tests.reports.paper import said
from tests.secret_book import BLIND, MARKERS, PASSPHRASE, WHO, Secret, leaks, role_name
from tests.secret_fixtures import SecretModel

pytestmark = pytest.mark.slow
SPAN = ("--from", "01/01/2026", "--to", "23/11/2026", "--release", "commune")


@pytest.fixture
def path(secret_model: SecretModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SONHOM_CONFIG_DIR", str(tmp_path / "config"))
    return secret_model.copy(tmp_path / "so.sonhom")


def sign_in(monkeypatch: pytest.MonkeyPatch, role: Role | None) -> None:
    if role is not None:
        monkeypatch.setenv("SONHOM_USER", WHO[role])
        monkeypatch.setenv("SONHOM_PASSPHRASE", PASSPHRASE)


def run(*words: object) -> str:
    """Return all that a command says, whether it ends well or not."""
    ended = call(*words)
    return f"{ended.out}\n{ended.err}"


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each file below a folder by its name with all that it says; names are among it."""
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".pdf":
            yield file.name, f"{file.name} {said(file.read_bytes())}"
        elif file.suffix == ".xlsx":
            with ZipFile(file) as parts:
                yield (
                    file.name,
                    file.name + "".join(parts.read(part).decode("utf-8") for part in parts.namelist()),
                )
        elif file.is_file():
            yield file.name, file.name + file.read_text("utf-8", "replace")


def heard_of(path: Path, secret: Secret, out: Path, role: Role | None) -> dict[str, str]:
    """Run every command that answers something about people, and return what each says."""
    papers = [*PAPERS, *BOOK_PAPERS] if role is Role.CLERK else ["member-list", "donor-report"]
    group = secret.group_code
    heard = {}
    for key in papers:
        about = () if key in BOOK_PAPERS else ("--group", group)
        heard[key] = run("report", path, key, *about, "--out", out)
    heard["statement"] = run("statement", path, "--group", group, "--out", out, "--json")
    heard["interest"] = run("savings-interest", path, "--group", group, "--out", out)
    heard["indicators"] = run("indicators", path, *SPAN, "--json", "--out", out / "chi-so.xlsx")
    heard["inclusion"] = run(
        "indicators", path, *SPAN, "--inclusion", "--json", "--out", out / "hoa-nhap.xlsx"
    )
    for key, one in DIMENSIONS.items():
        if not one.sensitive and role is not Role.CLERK:
            continue
        heard[f"cross {key}"] = run("indicators", path, *SPAN, "--measure", "NH02", "--rows", key, "--json")
    heard["template"] = run("template", "export", path, "--group", group, "--out", out)
    heard["model"] = run("model", path, "--out", out, "--json")
    heard["verify"] = run("verify", path, "--json")
    heard["wrong"] = run("report", path, "member-list", "--group", "KHÔNG-CÓ", "--json")
    return heard


@pytest.mark.parametrize("role", BLIND, ids=role_name)
def test_no_command_says_or_writes_a_fact(
    path: Path, secret: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role | None
) -> None:
    """As a clerk every paper is printed; the papers of the other roles are gathered in `test_papers_hide.py`."""
    sign_in(monkeypatch, role)
    out = tmp_path / "in"
    out.mkdir()
    heard = heard_of(path, secret, out, role)
    assert {name: leaks(text) for name, text in heard.items() if leaks(text)} == {}
    files = dict(written(out))
    assert {name: leaks(text) for name, text in files.items() if leaks(text)} == {}
    assert len(files) >= (20 if role is Role.CLERK else 4 if role is not None else 0)
    assert {name: leaks(text) for name, text in written(config_dir()) if leaks(text)} == {}


def test_all_commands_that_open_a_book_are_among_these() -> None:
    """A new command joins the test above, or stands here because it says nothing of people."""
    of_money_or_none = {"new", "demo", "backup", "restore", "loan-schedule", "words", "check-paper"}
    looked = {
        "report",
        "statement",
        "savings-interest",
        "indicators",
        "template",
        "model",
        "verify",
        "import",
    }
    assert {command.name for command in COMMANDS} == of_money_or_none | looked


def test_an_import_says_of_the_rows_it_rejects_only_what_was_in_the_file(
    path: Path, secret: Secret, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person stands in the list again, with another ethnicity: nothing of what the book knows comes back."""
    sign_in(monkeypatch, Role.CLERK)
    listed = tmp_path / "ds.csv"
    listed.write_text(
        "Mã;Họ và tên;Giới tính;Năm sinh;Dân tộc\n"
        f"{secret.code};{secret.name};Nữ;1980;Kinh\nTV-900;{secret.name};Nữ;1800;Không Có\n",
        "utf-8",
    )
    rejects = tmp_path / "loai.xlsx"
    heard = run("import", path, listed, "--rejects", rejects, "--skip-bad", "--yes", "--json")
    assert secret.name in heard or secret.code in heard
    assert leaks(heard) == []
    (text,) = [text for name, text in written(tmp_path) if name == rejects.name]
    assert "Kinh" in text
    assert leaks(text) == []


def test_verify_does_not_name_sensitive_records_that_somebody_changed(path: Path, secret: Secret) -> None:
    """Anybody may verify a book: which record is wrong is said by its identity, not by its number or its file's name."""
    with closing(sqlite3.connect(path)) as book:
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f'DROP TRIGGER "{name}"')
        (uid,) = book.execute(
            "SELECT uid FROM disability_certificates WHERE number = 'BM-777/2025'"
        ).fetchone()
        book.execute("UPDATE disability_certificates SET degree = 'mild' WHERE number LIKE 'BM-777%'")
        book.execute("UPDATE attachments SET title = 'khác' WHERE id = ?", (secret.files[0],))
        book.execute(
            "UPDATE attachment_contents SET content = x'00' WHERE attachment_id = ?", (secret.files[0],)
        )
        book.execute("DELETE FROM attachment_contents WHERE attachment_id = ?", (secret.files[1],))
        book.execute("DELETE FROM vulnerabilities")
        book.execute("UPDATE members SET ethnic_code = '01' WHERE id = ?", (secret.member,))
        book.commit()
    ended = call("verify", path, "--json")
    codes = {one["code"] for one in ended.json["findings"]}
    assert {"record", "record-lost", "file-lost", "file-changed"} <= codes
    assert leaks(ended.out + ended.err) == []
    assert bytes(uid).hex() in ended.out.replace("-", "")
    assert secret.name in ended.out, "whose row of plain data was changed is said"
    assert MARKERS["attachments", "title"] not in ended.out

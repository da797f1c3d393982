"""The steps build what the records say, and bringing an older book up to date risks nothing."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.models.problems import Trouble
from desktop.services import verify
from desktop.store import migrate
from desktop.store.book import Book
from desktop.store.migrations.check import differences
from tests.village import meet, settle

ADVICE = """The records have changed. While no book has left the house: `python -m desktop.store.migrations.write --first`
and `python -m tests.samples.books`. After that: `python -m desktop.store.migrations.write "What and why"`."""

_LAST = migrate.HEAD
_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade():
    always = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("vouchers", recreate=always) as batch:
        batch.add_column(sa.Column("witness", sa.Text(), nullable=False, server_default=""))
    op.create_table("visits", sa.Column("id", sa.Integer(), primary_key=True), sqlite_strict=True)
    {more}
"""


def test_the_steps_build_what_the_records_say_in_a_file(tmp_path: Path) -> None:
    book = tmp_path / "so.sonhom"
    book.touch()
    assert differences(str(book)) == [], ADVICE


@pytest.mark.postgres
def test_the_steps_build_what_the_records_say_on_a_server(pg_address: str) -> None:
    assert differences(pg_address) == [], ADVICE


def test_the_schema_of_this_program_is_the_last_step() -> None:
    steps = sorted((migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert steps[-1].name.startswith(migrate.HEAD)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A closed book with posted meetings, in a folder of its own."""
    path = tmp_path / "xa" / "Sổ xã Hòa Bình.sonhom"
    path.parent.mkdir()
    with Book.create(str(path), "Sổ cũ") as book:
        village = settle(book)
        meet(book, village, 1)
        meet(book, village, 2, withdrawal=20_000)
    return path


def _newer_program(patch: pytest.MonkeyPatch, tmp_path: Path, more: str = "pass") -> None:
    steps = tmp_path / "steps"
    shutil.copytree(migrate.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / "9999_visits.py").write_text(
        _STEP.format(more=more, last=migrate.HEAD), encoding="utf-8"
    )
    patch.setattr(migrate, "MIGRATIONS", steps)
    patch.setattr(migrate, "HEAD", "9999")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_an_older_book_is_copied_and_then_brought_up_to_date(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _digest(old)
    _newer_program(monkeypatch, tmp_path)
    with Book.open(str(old)) as book, book.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("SELECT count(*), max(witness) FROM vouchers").one() == (7, "")
        assert connection.exec_driver_sql("SELECT count(*) FROM visits").scalar_one() == 0
        assert verify.verify(book).ok
    copy = old.with_name(f"Sổ xã Hòa Bình-truoc-nang-cap-{_LAST}.sonhom")
    assert _names(old) == sorted([old.name, copy.name])
    assert _digest(copy) == before


def test_an_older_book_opened_by_a_second_name_is_upgraded_where_it_is(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "so.sonhom"
    link.symlink_to(old)
    _newer_program(monkeypatch, tmp_path)
    with Book.open(str(link)) as book:
        assert verify.verify(book).ok
    assert link.is_symlink()
    assert migrate.file_version(old) == "9999"
    assert len(_names(old)) == 2  # the copy made before is beside the file itself


def test_the_guards_stand_again_after_a_table_was_rebuilt(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _newer_program(monkeypatch, tmp_path)
    with Book.open(str(old)):
        pass
    with (
        closing(sqlite3.connect(old)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="không được sửa hay xóa"),
    ):
        raw.execute("UPDATE vouchers SET text = 'x'")


@pytest.mark.parametrize(
    "more",
    [
        'raise RuntimeError("a mistake of ours")',
        'op.execute("UPDATE nowhere SET a = 1")',
        'op.execute("UPDATE memberships SET member_id = 999")',
    ],
    ids=["python", "sql", "a lost reference"],
)
def test_a_migration_that_fails_leaves_the_old_file_as_it_was(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    before = _digest(old)
    with monkeypatch.context() as patch:
        _newer_program(patch, tmp_path, more)
        with pytest.raises(Trouble) as trouble:
            Book.open(str(old))
    assert trouble.value.code == "migration-failed"
    assert "vẫn nguyên" in trouble.value.message
    assert _digest(old) == before
    assert _names(old) == [old.name]
    with Book.open(str(old)) as book:
        assert verify.verify(book).ok


def test_a_book_from_a_newer_program_is_refused_and_not_touched(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _newer_program(patch, tmp_path)
        with Book.open(str(old)):
            pass
    before = _digest(old)
    with pytest.raises(Trouble) as trouble:
        Book.open(str(old))
    assert trouble.value.code == "newer"
    assert _digest(old) == before


def test_an_older_book_that_may_only_be_read_says_what_to_do(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _newer_program(monkeypatch, tmp_path)
    monkeypatch.setattr("desktop.store.book.os.access", lambda *_: False)
    with pytest.raises(Trouble) as trouble:
        Book.open(str(old))
    assert trouble.value.code == "old-readonly"


@pytest.mark.postgres
def test_a_server_is_brought_up_to_date_too(
    pg_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.create(pg_address, "Sổ cũ") as book:
        meet(book, settle(book), 1)
    _newer_program(monkeypatch, tmp_path)
    with Book.open(pg_address) as book, book.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*), max(witness) FROM vouchers").one() == (
            3,
            "",
        )
        assert verify.verify(book).ok


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda address: address + "_khong", "no-database"),
        (lambda address: address.replace("sonhom@", "nguoi_la@"), "server-sign-in"),
        (lambda address: address.replace(address.split("/")[2], "sonhom@127.0.0.1:1"), "server"),
    ],
)
def test_what_a_server_says_is_told_as_it_is(pg_address: str, wrong: Callable[[str], str], code: str) -> None:
    with pytest.raises(Trouble) as trouble:
        Book.open(wrong(pg_address))
    assert trouble.value.code == code
    assert trouble.value.advice


def test_a_server_without_a_book_says_so(pg_address: str) -> None:
    with pytest.raises(Trouble) as trouble:
        Book.open(pg_address)
    assert trouble.value.code == "no-book"

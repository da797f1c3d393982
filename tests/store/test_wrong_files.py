"""What is no book is refused in words, and left exactly as it was: not a byte changed, nothing laid beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from desktop.models.problems import Trouble
from desktop.services import book_info, books
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.village import meet, settle


def _book(path: Path) -> Path:
    with Book.create(str(path), "Sổ") as book:
        meet(book, settle(book), 1)
    return path


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE notes (id INTEGER)")
        raw.commit()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("so.sonhom", "x" * 500)


def _truncated(path: Path) -> None:
    content = _book(path).read_bytes()
    path.write_bytes(content[: len(content) // 2 // 4096 * 4096])


def _truncated_in_a_page(path: Path) -> None:
    content = _book(path).read_bytes()
    path.write_bytes(content[:-1000])


def _scribbled_over(path: Path) -> None:
    content = bytearray(_book(path).read_bytes())
    content[100:8192] = os.urandom(8092)
    path.write_bytes(content)


def _without_its_book_row(path: Path) -> None:
    with closing(sqlite3.connect(_book(path), isolation_level=None)) as raw:
        raw.execute("DELETE FROM book")
        raw.execute("PRAGMA journal_mode=DELETE")


WRONG = {
    "empty": (lambda path: path.touch(), "empty"),
    "a text": (lambda path: path.write_text("Danh sách tổ viên", encoding="utf-8"), "not-a-book"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000)), "not-a-book"),
    "only the first letters of a database": (
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        "not-a-book",
    ),
    "a zip": (_zip, "zip"),
    "another database": (_other_database, "not-a-book"),
    "a book cut in half": (_truncated, "truncated"),
    "a book cut within a page": (_truncated_in_a_page, "truncated"),
    "a book scribbled over": (_scribbled_over, "not-a-book"),
    "a book without its own row": (_without_its_book_row, "not-a-book"),
    "a folder": (lambda path: path.mkdir(), "directory"),
    "nothing": (lambda path: None, "missing"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_refused_and_untouched(tmp_path: Path, what: str) -> None:
    make, code = WRONG[what]
    folder = tmp_path / "thẻ nhớ"
    folder.mkdir()
    path = folder / "sổ.sonhom"
    make(path)
    before = (path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else None
    laid = sorted(file.name for file in folder.iterdir())
    with pytest.raises(Trouble) as trouble:
        books.open_book(str(path), "Thư ký")
    assert trouble.value.code == code
    assert trouble.value.message.endswith(".")
    assert trouble.value.advice.endswith(".")
    assert sorted(file.name for file in folder.iterdir()) == laid
    if before is not None:
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _book(tmp_path / "so.sonhom")

    def refused(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(Trouble) as trouble:
        Book.open(str(path))
    assert trouble.value.code == "unreadable"


def test_a_book_carried_off_while_open_still_opens_with_its_log(tmp_path: Path) -> None:
    """Copied with its -wal by hand, or left by a crash: nothing that was posted is lost."""
    (tmp_path / "usb").mkdir()
    with Book.create(str(tmp_path / "so.sonhom"), "Sổ") as book:
        meet(book, settle(book), 1)
        for suffix in ("", "-wal"):
            shutil.copy(f"{book.address}{suffix}", tmp_path / "usb" / f"so.sonhom{suffix}")
    with Book.open(str(tmp_path / "usb" / "so.sonhom")) as again:
        assert book_info.book_info(again).vouchers == 3


@pytest.mark.parametrize("name", ["Sổ 100% #1?.sonhom", "a&b=c d.sonhom", "số; 'x'.sonhom", "%41.sonhom"])
def test_a_book_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = _book(tmp_path / name)
    with Book.open(str(path)) as book:
        assert book_info.book_info(book).vouchers == 3
    assert [file.name for file in tmp_path.iterdir()] == [name]


# -- making a book -----------------------------------------------------------------------------------------


def test_a_name_that_is_too_long_is_told_as_that(tmp_path: Path) -> None:
    Book.create(str(tmp_path / ("ổ" * 60 + ".sonhom")), "Sổ").close()
    for name in ("ổ" * 75, "ổ" * 80, "ổ" * 300):
        with pytest.raises(Trouble) as trouble:
            Book.create(str(tmp_path / f"{name}.sonhom"), "Sổ")
        assert trouble.value.code == "name-too-long"
    assert len(list(tmp_path.iterdir())) == 1
    long = tmp_path / ("a" * 245 + ".sonhom")
    next(tmp_path.iterdir()).rename(long)
    with pytest.raises(Trouble) as trouble:  # not: another window has it, or: write-protected
        Book.open(str(long))
    assert trouble.value.code == "name-too-long"


def test_making_a_book_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "so.sonhom"
    path.write_text("ai đó cần", encoding="utf-8")
    with pytest.raises(Trouble) as trouble:
        books.create_book(str(path), "Sổ")
    assert trouble.value.code == "exists"
    assert path.read_text(encoding="utf-8") == "ai đó cần"


def test_making_a_book_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_connection: object) -> None:
        raise sqlite3.OperationalError("no such thing")

    monkeypatch.setattr("desktop.store.making.create_guards", broken)
    with pytest.raises(sqlite3.OperationalError):
        Book.create(str(tmp_path / "so.sonhom"), "Sổ")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    with pytest.raises(Trouble) as trouble:
        Book.create(str(tmp_path / "tệp" / "so.sonhom"), "Sổ")
    assert trouble.value.code in ("no-place", "cannot-create", "exists")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("mysql://máy/cơsở", "bad-address"),
        ("postgresql://sonhom@127.0.0.1:cổng/so", "bad-address"),
        ("postgresql://sonhom@127.0.0.1:1/so", "server"),
    ],
)
def test_a_server_that_is_not_there_is_told(address: str, code: str) -> None:
    with pytest.raises(Trouble) as trouble:
        Book.open(address)
    assert trouble.value.code == code


@pytest.mark.postgres
@pytest.mark.parametrize(
    "other",
    [
        "CREATE TABLE posts (title text)",
        "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('ae1027a6acf')",
        "CREATE TABLE alembic_version (version_num text); CREATE TABLE book (isbn text); CREATE TABLE vouchers (n int)",
    ],
    ids=["a web site", "another program with migrations", "a shop of books"],
)
def test_a_database_of_another_program_is_no_book(pg_address: str, other: str) -> None:
    import psycopg

    with psycopg.connect(pg_address) as raw:
        raw.execute(other)
    with pytest.raises(Trouble) as trouble:
        Book.open(pg_address)
    assert trouble.value.code == "not-a-book"


@pytest.mark.postgres
def test_who_may_not_read_or_write_on_the_server_is_told(pg_address: str) -> None:
    import psycopg

    Book.create(pg_address, "Sổ huyện").close()
    with psycopg.connect(pg_address) as raw:
        raw.execute(
            "DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    with pytest.raises(Trouble) as trouble:
        Book.open(pg_address.replace("sonhom@", "stranger@"))
    assert trouble.value.code == "server-rights"
    readonly = f"{pg_address}?options=-c%20default_transaction_read_only%3Don"
    with Book.open(readonly) as book:
        assert verify(book).ok
        with pytest.raises(Trouble) as trouble:
            settle(book)
    assert trouble.value.code == "server-rights"


@pytest.mark.postgres
def test_a_database_used_for_something_else_is_left_alone(pg_address: str) -> None:
    import psycopg

    with psycopg.connect(pg_address) as raw:
        raw.execute("CREATE TABLE members (name text)")
    with pytest.raises(Trouble) as trouble:
        Book.create(pg_address, "Sổ")
    assert trouble.value.code == "not-empty"
    with psycopg.connect(pg_address) as raw:
        assert raw.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (1,)

"""A full disk, a damaged page, a disk that turns read-only: said in words, nothing half-written, the rest readable."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop import cli
from desktop.models.problems import Trouble
from desktop.services import book_info, books, drafts, restoring, safety, verify
from desktop.store import migrate, recognise, troubles
from desktop.store.book import Book
from tests.village import an_act, meet, settle

ROOM = 4_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB that really runs full."""
    disk = tmp_path / "đĩa"
    disk.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        ).returncode
    ):
        pytest.skip("mounting a small file system needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill(disk: Path, leave: int) -> Path:
    ballast = disk / "ảnh.jpg"
    ballast.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - leave)))
    return ballast


def test_a_disk_that_runs_full_while_posting_costs_only_the_meeting_that_did_not_fit(
    small_disk: Path,
) -> None:
    path = small_disk / "so.sonhom"
    with Book.create(str(path), "Sổ") as book:
        village = settle(book, members=20)
        ballast = _fill(small_disk, leave=200_000)
        posted = 0
        with pytest.raises(Trouble) as trouble:  # noqa: PT012 - until it does not fit
            while True:
                meet(book, village, posted + 1)
                posted += 1
        assert trouble.value.code == "disk-full"
        assert "vẫn nguyên" in trouble.value.advice
        result = verify.verify(book)
        assert result.ok, result.findings
        assert result.vouchers == posted * 20
    with Book.open(str(path)) as book:
        assert book_info.book_info(book).vouchers == posted * 20
        ballast.unlink()
        meet(book, village, posted + 1)
        assert verify.verify(book).ok


def test_a_draft_that_does_not_fit_leaves_the_one_before(small_disk: Path) -> None:
    with Book.create(str(small_disk / "so.sonhom"), "Sổ") as book:
        drafts.keep(book, "meeting", "1", "trước", an_act())
        _fill(small_disk, leave=50_000)
        with pytest.raises(Trouble) as trouble:
            drafts.keep(book, "meeting", "1", "x" * 5_000_000, an_act())
        assert trouble.value.code == "disk-full"
        kept = drafts.find(book, "meeting", "1")
        assert kept is not None
        assert kept.content == "trước"


def test_a_book_is_not_begun_on_a_full_disk(small_disk: Path) -> None:
    _fill(small_disk, leave=20_000)
    with pytest.raises(Trouble) as trouble:
        Book.create(str(small_disk / "so.sonhom"), "Sổ")
    assert trouble.value.code == "disk-full"
    assert [file.name for file in small_disk.iterdir()] == ["ảnh.jpg"]


def test_a_migration_that_does_not_fit_leaves_the_old_book(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk / "so.sonhom"
    with Book.create(str(path), "Sổ") as book:
        meet(book, settle(book), 1)
    before = path.read_bytes()
    _fill(small_disk, leave=len(before) + 20_000)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "HEAD", "9999")
        with pytest.raises(Trouble) as trouble:
            Book.open(str(path))
    assert trouble.value.code == "disk-full"
    assert path.read_bytes() == before
    assert sorted(file.name for file in small_disk.iterdir()) == ["so.sonhom", "ảnh.jpg"]


def test_a_full_disk_beside_the_book_does_not_keep_it_open(small_disk: Path) -> None:
    book = books.create_book(str(small_disk / "so.sonhom"), "Sổ")
    settle(book)
    _fill(small_disk, leave=10_000)
    closed = books.close_book(book, books.BackupPlan())
    assert closed.trouble is not None
    assert closed.trouble.code == "disk-full"
    with Book.open(str(small_disk / "so.sonhom")) as again:
        assert book_info.book_info(again).members == 3


def test_a_book_on_a_full_disk_can_be_checked(small_disk: Path) -> None:
    """Nothing is to be written, so no room is needed; a book that a window holds or left open is told of as before."""
    path = small_disk / "so.sonhom"
    with Book.create(str(path), "Sổ") as book:
        meet(book, settle(book), 1)
    before = path.read_bytes()
    ballast = _fill(small_disk, leave=0)
    with pytest.raises(Trouble) as trouble:
        books.open_book(str(path))
    assert trouble.value.code == "disk-full"
    with books.open_to_check(str(path)) as book:
        assert verify.verify(book).ok
        assert book.readonly
        with pytest.raises(Trouble):
            Book.open_still(str(path))
    assert path.read_bytes() == before
    assert not path.with_name("so.sonhom-lock").exists()
    assert not recognise.log_pending(path)  # SQLite leaves an empty log where it found no room for more
    assert cli.main(["verify", str(path)]) == 0
    ballast.unlink()
    with Book.open(str(path)) as book:
        assert not book.readonly
        assert verify.verify(book).ok
    assert [file.name for file in small_disk.iterdir()] == ["so.sonhom"]


# -- damage --------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed book with a year of meetings."""
    path = tmp_path / "so.sonhom"
    with Book.create(str(path), "Sổ") as book:
        village = settle(book, members=10)
        for number in range(1, 13):
            meet(book, village, number)
    return path


def _pages_of(path: Path, name: str) -> list[int]:
    with closing(sqlite3.connect(path)) as raw:
        try:
            rows = raw.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (name,))
            return [int(row[0]) for row in rows]
        except sqlite3.OperationalError:
            root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            return [int(root[0])]


@pytest.mark.parametrize("table", ["postings", "vouchers", "changes", "members", "ix_postings_cover"])
def test_a_damaged_page_is_found_and_the_book_still_opens(path: Path, table: str) -> None:
    page = _pages_of(path, table)[-1]
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"\xff" * 100
    path.write_bytes(content)
    with Book.open(str(path)) as book:
        result = verify.verify(book)
        assert not result.ok
        assert "damaged" in {finding.code for finding in result.findings}


def test_one_wrong_bit_in_an_amount_is_found_by_the_chain(path: Path) -> None:
    """The database itself cannot know: the page is well-formed. The chain names the voucher."""
    with closing(sqlite3.connect(path)) as raw:
        (text,) = raw.execute("SELECT recorded_at FROM vouchers WHERE id = 60").fetchone()
    content = path.read_bytes()
    at = content.index(text.encode())
    with closing(sqlite3.connect(path)) as raw:
        (first,) = raw.execute("SELECT min(id) FROM vouchers WHERE recorded_at = ?", (text,)).fetchone()
    changed = bytearray(content)
    changed[at] ^= 1
    path.write_bytes(changed)
    with Book.open(str(path)) as book:
        result = verify.verify(book)
    assert result.first is not None
    assert result.first.code in ("voucher", "record")
    assert first <= 60


def test_the_last_good_copy_is_a_way_back(path: Path) -> None:
    with Book.open(str(path)) as book:
        copy = safety.back_up_on_close(book)
        assert copy is not None
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(Trouble) as trouble:
        Book.open(str(path))
    assert "sao lưu" in trouble.value.advice
    restoring.restore(str(path), copy.path, an_act())
    with Book.open(str(path)) as again:
        assert verify.verify(again).ok
        assert again.readonly is False


def test_the_file_of_an_open_book_copied_without_its_log_is_an_older_whole_book(tmp_path: Path) -> None:
    with Book.create(str(tmp_path / "so.sonhom"), "Sổ") as book:
        village = settle(book)
        meet(book, village, 1)
    with Book.open(str(tmp_path / "so.sonhom")) as book:
        meet(book, village, 2)
        shutil.copy(book.path, tmp_path / "chép.sonhom")
    with Book.open(str(tmp_path / "chép.sonhom")) as copied:
        result = verify.verify(copied)
        assert result.ok
        assert result.vouchers == 3


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX", "SQLITE_IOERR_SHORT_READ", ""])
def test_what_cannot_be_read_is_told_as_damage_with_what_to_do(name: str) -> None:
    error = sqlite3.DatabaseError("Could not decode to UTF-8 column 'after' with text 'x'")
    if name:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorname = name
    trouble = troubles.explain(error)
    assert trouble is not None
    assert troubles.is_damage(trouble)
    assert trouble.code == "damaged"
    assert "bản sao lưu gần nhất" in trouble.advice
    assert "nguyên" not in trouble.message + trouble.advice

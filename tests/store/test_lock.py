"""One window writes, the others read and say who writes; and a dead program holds nothing back."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import IO

import pytest

from desktop.models.problems import Trouble
from desktop.services import book_info, verify
from desktop.store import lock
from desktop.store.book import Book
from tests.ready_books import ready_book
from tests.village import an_act, meet, settle

OTHER_WINDOW = """
    import sys
    from desktop.services.books import open_book
    from tests.village import Village, meet
    from desktop.models.ids import GroupId, MemberId

    book = open_book(sys.argv[1], "Bà Lan")
    print("readonly" if book.readonly else "writing", flush=True)
    for line in sys.stdin:
        if line.startswith("meet"):
            meet(book, Village(GroupId(1), (MemberId(1), MemberId(2), MemberId(3))), int(line.split()[1]))
        if line.startswith("close"):
            book.close()
        print("done", flush=True)
"""


class Window:
    """Another process with the book open."""

    def __init__(self, path: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(OTHER_WINDOW), path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.state = self._line()

    def _line(self) -> str:
        out: IO[str] | None = self.process.stdout
        assert out is not None
        return out.readline().strip()

    def tell(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        assert self._line() == "done"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def path(tmp_path: Path) -> str:
    ready_book(tmp_path / "so.sonhom", "three people", settle)[0].close()
    return str(tmp_path / "so.sonhom")


def test_a_second_window_reads_and_says_who_writes(path: str) -> None:
    other = Window(path)
    try:
        assert other.state == "writing"
        with Book.open(path, "Ông Ba") as second:
            assert second.readonly
            assert second.owner is not None
            assert second.owner.who == "Bà Lan"
            assert book_info.book_info(second).owner.startswith("Bà Lan (")
            with pytest.raises(Trouble) as trouble, second.write(an_act()):
                pass
            assert trouble.value.code == "readonly"
            assert "Bà Lan" in trouble.value.message
            assert book_info.book_info(second).vouchers == 0
            other.tell("meet 1")
            assert book_info.book_info(second).vouchers == 3
            other.tell("close")
            assert book_info.book_info(second).vouchers == 3
    finally:
        other.kill()
    with Book.open(path) as book:
        assert not book.readonly


def test_a_second_name_of_the_file_is_no_second_pen(path: str, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "so tren man hinh.sonhom"
    link.symlink_to(path)
    with Book.open(path, "Bà Lan") as first, Book.open(str(link), "Ông Ba") as second:
        assert not first.readonly
        assert second.owner is not None
        assert second.owner.who == "Bà Lan"
    with Book.open(str(link), "Ông Ba") as first, Book.open(path, "Bà Lan") as second:
        assert not first.readonly
        assert second.owner is not None
    assert [file.name for file in link.parent.iterdir()] == [link.name]


def test_the_window_that_writes_does_not_wait_for_those_that_read(path: str) -> None:
    with Book.open(path, "Ông Ba") as first:
        other = Window(path)
        try:
            assert other.state == "readonly"
            with first.read() as session:
                session.connection().exec_driver_sql("SELECT count(*) FROM members").one()
                meet(first, settle(first, "TO-02"), 1)
        finally:
            other.kill()
        assert verify.verify(first).ok


def test_a_program_that_died_holds_nothing_back(path: str) -> None:
    other = Window(path)
    other.tell("meet 1")
    other.kill()
    with Book.open(path, "Ông Ba") as book:
        assert not book.readonly
        assert book_info.book_info(book).vouchers == 3
        assert verify.verify(book).ok
    assert [file.name for file in Path(path).parent.iterdir()] == ["so.sonhom"]


def test_two_windows_of_one_program(path: str) -> None:
    with Book.open(path, "Bà Lan") as first, Book.open(path, "Bà Lan") as second:
        assert not first.readonly
        assert second.readonly
    with Book.open(path) as again:
        assert not again.readonly


def test_closing_twice_does_no_harm(path: str) -> None:
    book = Book.open(path)
    book.close()
    with Book.open(path) as second:
        book.close()
        assert not second.readonly
        with Book.open(path) as third:
            assert third.readonly


def test_a_window_that_waited_on_a_removed_lock_does_not_get_it(path: str) -> None:
    """The lock file goes when the writer closes; who had opened it just before must not hold a nameless lock."""
    taken = lock.WriterLock(Path(path))
    assert taken.take("một")
    taken.release()
    assert not Path(path + "-lock").exists()
    first, second = lock.WriterLock(Path(path)), lock.WriterLock(Path(path))
    assert first.take("hai")
    assert not second.take("ba")
    first.release()
    assert second.take("ba")
    second.release()


# -- network drives ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "smb3"])
def test_a_network_drive_is_refused(path: str, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    folder = str(Path(path).parent.resolve()).replace(" ", "\\040")
    monkeypatch.setattr(
        lock, "mounts", lambda: f"/dev/sda1 / ext4 rw 0 0\nmáy:/chung {folder} {kind} rw 0 0\n"
    )
    for attempt in (lambda: Book.open(path), lambda: Book.create(path + "2.sonhom", "Sổ")):
        with pytest.raises(Trouble) as trouble:
            attempt()
        assert trouble.value.code == "network-drive"
        assert "PostgreSQL" in trouble.value.advice
    assert [file.name for file in Path(path).parent.iterdir()] == ["so.sonhom"]


def test_a_network_drive_with_a_strange_name_is_refused_too(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system writes a space, a number sign and a backslash of a folder's name in numbers."""
    drive = Path(path).parent / "Ổ mạng #1"
    drive.mkdir()
    folder = str(drive.resolve()).replace("#", "\\043").replace(" ", "\\040")
    monkeypatch.setattr(lock, "mounts", lambda: f"/dev/sda1 / ext4 rw 0 0\nmáy:/chung {folder} nfs4 rw 0 0\n")
    with pytest.raises(Trouble) as trouble:
        Book.create(str(drive / "so.sonhom"), "Sổ")
    assert trouble.value.code == "network-drive"


def test_what_macos_lists_is_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//lan@may-chu/chung on /Volumes/chung 2 (smbfs, nodev, nosuid, mounted by lan)\n"
    )
    monkeypatch.setattr(lock, "mounts", lambda: lock.as_on_linux(listed))
    lock.refuse_network_place(Path("/Users/lan/so.sonhom"))
    with pytest.raises(Trouble):
        lock.refuse_network_place(Path("/Volumes/chung 2/so.sonhom"))


def test_a_disk_of_this_computer_inside_a_network_drive_is_fine(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(path).parent.resolve()
    monkeypatch.setattr(lock, "mounts", lambda: f"máy:/chung / nfs4 rw 0 0\n/dev/sdb1 {folder} ext4 rw 0 0\n")
    with Book.open(path) as book:
        assert not book.readonly


def test_a_windows_share_is_refused_by_its_name() -> None:
    with pytest.raises(Trouble):
        lock.refuse_network_place(Path("\\\\máy-chủ\\chung\\so.sonhom"))

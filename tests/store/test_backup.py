"""A copy is the whole book or is not there; copies grow old in order; nothing else is ever removed."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.problems import Trouble
from desktop.services import book_info, books, drafts, safety, verify
from desktop.services.books import BackupPlan
from desktop.store import backup
from desktop.store.book import Book
from desktop.store.copies import keep
from tests.village import an_act, meet, settle

NOON = datetime(2026, 11, 23, 12, 0)


@pytest.fixture
def used(book: Book) -> Book:
    """A book with one meeting."""
    meet(book, settle(book), 1)
    return book


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# -- one copy ------------------------------------------------------------------------------------------


def test_a_copy_made_while_the_book_is_open_is_a_whole_book(used: Book, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    copy = safety.back_up(used, usb / "Sổ xã.sonhom")
    assert names(usb) == ["Sổ xã.sonhom"]
    assert (copy.size, copy.vouchers) == (copy.path.stat().st_size, 3)
    meet(used, settle(used, "TO-02"), 1)  # the book goes on; the copy is the moment it was made
    with Book.open(str(copy.path)) as opened:
        result = verify.verify(opened)
        assert result.ok
        assert result.vouchers == 3
        assert opened.uid == used.uid


def test_a_copy_takes_the_place_of_an_older_one(used: Book, tmp_path: Path) -> None:
    target = tmp_path / "sao.sonhom"
    safety.back_up(used, target)
    meet(used, settle(used, "TO-02"), 1)
    assert safety.back_up(used, str(target)).vouchers == 6


def test_copies_are_whole_while_somebody_is_posting(used: Book, tmp_path: Path) -> None:
    village = settle(used, "TO-02")
    stop = threading.Event()

    def post() -> None:
        for number in range(1, 27):  # as many as the cycle holds
            meet(used, village, number)
            if stop.is_set():
                return

    writer = threading.Thread(target=post)
    writer.start()
    try:
        copies = [safety.back_up(used, tmp_path / f"sao-{n}.sonhom") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        with Book.open(str(copy.path)) as opened:
            assert verify.verify(opened).ok
    assert len({copy.vouchers % 3 for copy in copies}) == 1  # whole meetings only


def test_a_read_only_window_may_copy_too(used: Book, tmp_path: Path) -> None:
    with Book.open(used.address) as second:
        assert second.readonly
        assert safety.back_up(second, tmp_path / "sao.sonhom").vouchers == 3


def test_a_book_is_not_copied_onto_itself(used: Book, tmp_path: Path) -> None:
    link = tmp_path / "cùng-tệp.sonhom"
    link.symlink_to(used.path)
    for target in (used.path, link):
        with pytest.raises(Trouble) as trouble:
            safety.back_up(used, target)
        assert trouble.value.code == "same-file"


def test_a_stick_that_is_not_there_is_told_and_no_folder_is_made(used: Book, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        safety.back_up(used, tmp_path / "usb" / "sao.sonhom")
    assert trouble.value.code == "no-place"
    assert "USB" in trouble.value.advice
    assert not (tmp_path / "usb").exists()


def test_a_copy_that_does_not_read_back_is_thrown_away(
    used: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sao.sonhom"
    target.write_bytes(b"what was there before")
    copied = backup.copy_pages

    def spoiled(source: Path, working: Path) -> None:
        copied(source, working)
        with working.open("r+b") as stream:
            stream.seek(working.stat().st_size // 2)
            stream.write(b"\xff" * 4096)

    monkeypatch.setattr(backup, "copy_pages", spoiled)
    with pytest.raises(Trouble):
        safety.back_up(used, target)
    assert target.read_bytes() == b"what was there before"
    assert not list(tmp_path.glob("sao.sonhom.*"))


def test_a_copy_of_another_moment_is_not_taken_for_this_book(
    used: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.create(str(tmp_path / "khác.sonhom"), "Sổ khác") as other:
        other_path = other.path
    monkeypatch.setattr(backup, "copy_pages", lambda _source, working: shutil.copy(other_path, working))
    with pytest.raises(Trouble) as trouble:
        safety.back_up(used, tmp_path / "sao.sonhom")
    assert trouble.value.code == "bad-copy"


def damage(path: Path, table: str = "postings") -> None:
    """Overwrite the last page of a table with noise."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = random.Random(1).randbytes(4096)
    path.write_bytes(content)


def test_a_damaged_book_is_not_copied_over_a_good_copy(used: Book, tmp_path: Path) -> None:
    target = tmp_path / "sao.sonhom"
    safety.back_up(used, target)
    good = target.read_bytes()
    address = used.path
    used.close()
    damage(address)
    with Book.open(str(address)) as damaged, pytest.raises(Trouble) as trouble:
        safety.back_up(damaged, target)
    assert trouble.value.code == "damaged"
    assert "bản sao lưu gần nhất" in trouble.value.advice
    assert target.read_bytes() == good
    assert not list(tmp_path.glob("*.dang-chep"))


def test_a_row_that_points_to_nothing_is_refused_too(used: Book, tmp_path: Path) -> None:
    with closing(sqlite3.connect(used.address, isolation_level=None)) as raw:
        raw.execute("INSERT INTO member_photos VALUES (999, x'00')")
    with pytest.raises(Trouble) as trouble:
        safety.back_up(used, tmp_path / "sao.sonhom")
    assert trouble.value.code == "damaged"
    assert not (tmp_path / "sao.sonhom").exists()


def test_a_book_on_a_server_says_who_copies_it(pg_address: str, tmp_path: Path) -> None:
    with Book.create(pg_address, "Sổ huyện") as server:
        with pytest.raises(Trouble) as trouble:
            safety.back_up(server, tmp_path / "sao.sonhom")
        assert "pg_dump" in trouble.value.advice
        assert safety.back_up_on_close(server) is None
        assert safety.copies(server) == []


# -- the places where copies go --------------------------------------------------------------------------


def test_a_full_stick_keeps_what_it_had(used: Book, small_stick: Path) -> None:
    target = small_stick / "sao.sonhom"
    target.write_bytes(b"an older copy")
    with pytest.raises(Trouble) as trouble:
        safety.back_up(used, target)
    assert trouble.value.code == "disk-full"
    assert "sao lưu" in trouble.value.message
    assert target.read_bytes() == b"an older copy"
    assert names(small_stick) == ["sao.sonhom"]


def test_a_write_protected_stick_says_so(used: Book, small_stick: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with pytest.raises(Trouble) as trouble:
        safety.back_up(used, small_stick / "sao.sonhom")
    assert trouble.value.code == "cannot-create"
    assert "USB" in trouble.value.advice


def test_a_book_on_a_write_protected_stick_opens_to_read(tmp_path: Path, small_stick: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_stick)], check=True)
    path = small_stick / "so.sonhom"
    with Book.create(str(path), "Sổ trên USB") as book:
        meet(book, settle(book), 1)
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with Book.open(str(path)) as book:
        assert book.readonly
        assert book.medium_readonly
        assert verify.verify(book).ok
        assert book_info.book_info(book).owner == "tệp hoặc ổ đĩa chỉ cho đọc"
        assert safety.back_up(book, tmp_path / "sao.sonhom").vouchers == 3
        with pytest.raises(Trouble) as trouble, book.write(an_act()):
            pass
        assert trouble.value.code == "readonly"
    assert names(small_stick) == ["so.sonhom"]
    assert path.read_bytes() == before


# -- the copies made on closing ---------------------------------------------------------------------------


def test_closing_copies_only_what_changed(used: Book) -> None:
    folder = used.path.parent / "sao-luu"
    first = safety.back_up_on_close(used, now=NOON)
    assert first is not None
    assert names(folder) == ["so-20261123-1200.sonhom"]
    assert safety.back_up_on_close(used, now=NOON + timedelta(hours=1)) is None
    drafts.keep(used, "meeting", "1", "{}", an_act())
    assert safety.back_up_on_close(used, now=NOON + timedelta(hours=2)) is not None
    assert [copy.path.name for copy in safety.copies(used)] == ["so-20261123-1400.sonhom"]
    assert safety.copies(used)[0].made == (NOON + timedelta(hours=2)).astimezone()


def test_closing_goes_through_even_when_the_copy_fails(tmp_path: Path) -> None:
    book = books.create_book(str(tmp_path / "so"), "Sổ", "Thư ký")
    closed = books.close_book(book, BackupPlan(str(tmp_path / "usb" / "không-có")))
    assert closed.copy is None
    assert closed.trouble is not None
    assert closed.trouble.code == "no-place"
    assert names(tmp_path) == ["so.sonhom"]


def test_closing_with_a_plan_leaves_the_book_and_its_copy(tmp_path: Path) -> None:
    book = books.create_book(str(tmp_path / "so"), "Sổ", "Thư ký")
    closed = books.close_book(book, BackupPlan())
    assert closed.copy is not None
    assert names(tmp_path) == ["sao-luu", "so.sonhom"]
    assert names(tmp_path / "sao-luu") == [closed.copy.path.name]


def test_only_our_own_copies_of_this_book_grow_old(used: Book, tmp_path: Path) -> None:
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    strangers = {
        "so-20200101-0000.sonhom": b"named like ours but no book",
        "so-20200102-0000.txt": b"a note",
        "so.sonhom.bak": b"somebody's",
        "so-2020.sonhom": b"another name",
    }
    for name, content in strangers.items():
        (folder / name).write_bytes(content)
    (tmp_path / "nơi-khác").mkdir()
    with Book.create(str(tmp_path / "nơi-khác" / "so.sonhom"), "Sổ cùng tên tệp") as other:
        safety.back_up(other, folder / "so-20200103-0000.sonhom")
    village = settle(used, "TO-02")
    for week in range(12):
        meet(used, village, week + 1)
        safety.back_up_on_close(used, days=2, weeks=1, months=1, now=NOON + timedelta(weeks=week))
    kept = [copy.path.name for copy in safety.copies(used)]
    assert kept == ["so-20270208-1200.sonhom", "so-20270201-1200.sonhom"]
    assert set(names(folder)) == {*strangers, "so-20200103-0000.sonhom", *kept}


def test_a_damaged_book_does_not_push_out_its_good_copies(used: Book) -> None:
    for minute in range(3):
        drafts.keep(used, "meeting", str(minute), "{}", an_act())
        safety.back_up_on_close(used, days=9, now=NOON + timedelta(days=minute))
    with closing(sqlite3.connect(used.address, isolation_level=None)) as raw:
        raw.execute("INSERT INTO member_photos VALUES (999, x'00')")
    with pytest.raises(Trouble) as trouble:
        safety.back_up_on_close(used, days=1, weeks=0, months=0, now=NOON + timedelta(days=5))
    assert trouble.value.code == "damaged"
    assert len(safety.copies(used)) == 3


def test_the_way_back_is_the_newest_copy_that_is_whole(used: Book) -> None:
    for day in range(2):
        drafts.keep(used, "meeting", str(day), "{}", an_act())
        safety.back_up_on_close(used, now=NOON + timedelta(days=day))
    newest, older = safety.copies(used)
    damage(newest.path)
    address = used.path
    used.close()
    damage(address)
    assert str(older.path) in safety.way_back(address)
    damage(older.path)
    assert "Không thấy bản sao lưu" in safety.way_back(address)


def test_two_books_of_one_name_share_a_folder(used: Book, tmp_path: Path) -> None:
    (tmp_path / "nơi-khác").mkdir()
    with Book.create(str(tmp_path / "nơi-khác" / "so.sonhom"), "Sổ cùng tên tệp") as other:
        folder = str(tmp_path / "chung")
        for opened in (used, other):
            assert safety.back_up_on_close(opened, folder, now=NOON) is not None
        assert [copy.path.name for copy in safety.copies(used, folder)] == ["so-20261123-1200.sonhom"]
        assert [copy.path.name for copy in safety.copies(other, folder)] == ["so-20261123-1200-2.sonhom"]


# -- which copies may go ---------------------------------------------------------------------------------

MOMENTS = st.lists(
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2026, 11, 23, 12)),
    unique=True,
    max_size=80,
)


def kept_of(moments: list[datetime], **how: int) -> list[datetime]:
    gone = keep([(moment, moment) for moment in moments], **how, now=NOON)  # type: ignore[arg-type]
    return sorted(set(moments) - set(gone), reverse=True)


@given(MOMENTS)
def test_the_last_of_each_of_the_latest_days_weeks_and_months_stays(moments: list[datetime]) -> None:
    kept = kept_of(moments)
    assert len(kept) <= 7 + 4 + 12
    assert kept[:1] == sorted(moments, reverse=True)[:1]
    for most, slot in (
        (7, lambda m: m.date().toordinal()),
        (4, lambda m: m.isocalendar()[:2]),
        (12, lambda m: (m.year, m.month)),
    ):
        newest = {slot(moment): moment for moment in sorted(moments)}  # type: ignore[no-untyped-call]
        wanted = [newest[key] for key in sorted(newest, reverse=True)[:most]]
        assert set(wanted) <= set(kept)


@given(MOMENTS)
def test_thinning_out_twice_changes_nothing(moments: list[datetime]) -> None:
    kept = kept_of(moments)
    assert kept_of(kept) == kept


@given(MOMENTS)
def test_thinning_out_after_every_copy_keeps_as_much_as_at_the_end(moments: list[datetime]) -> None:
    """The days and months that a clerk can go back to do not depend on how often the program was closed."""
    standing: list[datetime] = []
    for moment in sorted(moments):
        standing = kept_of([*standing, moment])
    assert standing == kept_of(moments)


def test_a_copy_from_the_future_stays_and_takes_no_place() -> None:
    future = [NOON + timedelta(days=day) for day in range(1, 4)]
    past = [NOON - timedelta(days=day) for day in range(3)]
    assert kept_of([*future, *past], days=2, weeks=0, months=0) == sorted([*future, *past[:2]], reverse=True)

"""A copy takes the book's place whole or not at all, and what was there before is never lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.models.problems import Refusal, Trouble
from desktop.services import restore_notes, restoring, safety, users, verify
from desktop.services.restoring import CopyKind
from desktop.store.book import Book
from tests.village import an_act, meet, settle

ACT = an_act()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture(scope="module")
def two_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of two meetings, and a copy of it from after the first; made once."""
    folder = tmp_path_factory.mktemp("books")
    with Book.create(str(folder / "so.sonhom"), "Sổ xã Tân Hưng", who="Lan") as book:
        village = settle(book)
        meet(book, village, 1)
        safety.back_up(book, folder / "so sao.sonhom")
        meet(book, village, 2)
    return folder


@pytest.fixture
def so(two_books: Path, tmp_path: Path) -> Path:
    """A book with two meetings, and a copy `so sao.sonhom` from after the first."""
    for name in ("so.sonhom", "so sao.sonhom"):
        (tmp_path / name).write_bytes((two_books / name).read_bytes())
    return tmp_path / "so.sonhom"


@pytest.fixture
def copy(so: Path) -> Path:
    return so.with_name("so sao.sonhom")


def vouchers(path: Path) -> int:
    with Book.open(str(path)) as book:
        result = verify.verify(book)
        assert result.ok, result.findings
        return result.vouchers


def told(book: Book) -> list[restore_notes.Note]:
    with book.glance() as look:
        return restore_notes.notes(look, book.uid)


# -- what is there to choose from -------------------------------------------------------------------------


def test_all_copies_of_the_book_are_found_and_no_other_book(so: Path, copy: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    shutil.copy(copy, usb / "giữ hộ.sonhom")  # another name, the same book
    with Book.create(str(usb / "so khác.sonhom"), "Sổ khác"):
        pass
    with Book.open(str(so)) as book:
        safety.back_up_on_close(book, now=datetime(2026, 11, 23, 12, 0))
    (tmp_path / "so-hỏng.sonhom").write_bytes(b"SQLite format 3\x00" + bytes(300))
    found = {row.path.name: row for row in restoring.find_copies(str(so), "", [usb])}
    assert sorted(found) == ["giữ hộ.sonhom", "so sao.sonhom", "so-20261123-1200.sonhom", "so-hỏng.sonhom"]
    automatic, by_hand = found["so-20261123-1200.sonhom"], found["so sao.sonhom"]
    assert (automatic.kind, by_hand.kind) == (CopyKind.AUTOMATIC, CopyKind.MANUAL)
    assert automatic.made.astimezone().replace(tzinfo=None) == datetime(2026, 11, 23, 12, 0)
    assert (by_hand.vouchers, automatic.vouchers) == (3, 6)
    assert by_hand.last_voucher == by_hand.last_meeting == ACT.today
    assert by_hand.written_by == "Thư ký"
    assert by_hand.whole is None, "not checked yet"
    assert found["so-hỏng.sonhom"].whole is False
    assert restoring.is_whole(copy)
    assert not restoring.is_whole(tmp_path / "so-hỏng.sonhom")


def test_copies_are_found_when_the_book_is_gone(so: Path, copy: Path) -> None:
    so.unlink()
    assert [row.path.name for row in restoring.find_copies(str(so))] == [copy.name]


def test_what_would_be_lost_is_told(so: Path, copy: Path) -> None:
    seen = restoring.preview(str(so), copy)
    assert seen.loss is not None
    assert (seen.loss.vouchers, seen.loss.meetings, seen.loss.gained) == (3, 1, 0)
    assert seen.loss.meeting_list[0].day == ACT.today + timedelta(days=28)
    assert len(seen.lost_vouchers()) == 3
    assert all("TO-01" in line for line in seen.lost_vouchers())
    with Book.open(str(so)) as book:  # a copy of now loses nothing, also while the book is open
        safety.back_up(book, so.with_name("so nay.sonhom"))
        now = restoring.preview(str(so), so.with_name("so nay.sonhom"))
        assert now.loss is not None
        assert now.loss.nothing
    so.write_bytes(so.read_bytes()[:5000])
    assert restoring.preview(str(so), copy).loss is None


# -- restoring --------------------------------------------------------------------------------------------


def test_the_copy_takes_the_place_and_the_old_file_stays_beside_it(so: Path, copy: Path) -> None:
    kept_copy = copy.read_bytes()
    done = restoring.restore(str(so), copy, ACT)
    assert (done.path, done.vouchers, done.lost) == (so, 3, 3)
    assert done.kept is not None
    assert done.kept.name.startswith("so-truoc-khoi-phuc-2026")
    assert names(so.parent) == sorted(["so.sonhom", "so sao.sonhom", done.kept.name])
    assert copy.read_bytes() == kept_copy
    assert vouchers(so) == 3
    assert vouchers(done.kept) == 6
    second = restoring.restore(str(so), done.kept, ACT)  # and back again: nothing is ever overwritten
    assert second.kept is not None
    assert second.kept != done.kept
    assert vouchers(so) == 6


def test_a_book_known_by_a_second_name_is_restored_where_it_is(so: Path, copy: Path, tmp_path: Path) -> None:
    link = tmp_path / "so tren man hinh.sonhom"
    link.symlink_to(so)
    with Book.open(str(so), "Hoa"), pytest.raises(Trouble) as trouble:
        restoring.restore(str(link), copy, ACT)
    assert trouble.value.code == "in-use"
    done = restoring.restore(str(link), copy, ACT)
    assert done.path == so
    assert link.is_symlink()
    assert vouchers(so) == 3


def test_the_chain_goes_on_and_tells_of_the_restoring(so: Path, copy: Path) -> None:
    with Book.open(str(so)) as book:
        lost_uid = book.uid
    done = restoring.restore(str(so), copy, ACT)
    with Book.open(str(so)) as book:
        assert book.uid == lost_uid
        (note,) = told(book)
        assert (note.by, note.copy, note.lost) == ("Thư ký", "so sao.sonhom", 3)
        assert done.kept is not None
        assert note.replaced == done.kept.name
        meet(book, _village(book), 2)
        assert verify.verify(book).ok
    with closing(sqlite3.connect(so)) as connection:
        row = connection.execute("SELECT seq, after FROM changes WHERE subject = 'book_restores'").fetchone()
        (before,) = connection.execute("SELECT max(seq) FROM vouchers WHERE seq < ?", (row[0],)).fetchone()
    said = json.loads(row[1])
    assert said["ends"][0][1] == row[0] - 1 >= before, "the next place after the copy's last"
    assert said["replaced"]["ends"][0][1] > said["ends"][0][1], "where the other branch ended is in the chain"
    # The event is a link: who takes it away breaks the chain.
    with closing(sqlite3.connect(so)) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("UPDATE changes SET after = '{}' WHERE subject = 'book_restores'")
        connection.commit()
    with Book.open(str(so)) as book:
        assert not verify.verify(book).ok


def _village(book: Book):  # type: ignore[no-untyped-def]
    from desktop.models.ids import GroupId
    from tests.village import Village

    with book.read() as session:
        from sqlalchemy import select

        from desktop.models.records.every import Membership

        people = tuple(session.scalars(select(Membership.member_id).order_by(Membership.position)))
    return Village(GroupId(1), people)


def test_a_missing_and_a_damaged_book_come_back(so: Path, copy: Path) -> None:
    so.write_bytes(so.read_bytes()[:5000])
    damaged = so.read_bytes()
    done = restoring.restore(str(so), copy, ACT)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged, "kept to be looked at, as it was"
    assert done.lost is None
    so.unlink()
    again = restoring.restore(str(so), copy, ACT)
    assert again.kept is None
    assert vouchers(so) == 3


def test_the_log_of_a_book_that_was_not_closed_is_kept_and_not_read_into_the_copy(
    so: Path, copy: Path, tmp_path: Path
) -> None:
    with Book.open(str(so)) as book:
        meet(book, _village(book), 3)
        shutil.copy(so, tmp_path / "a")
        shutil.copy(f"{so}-wal", tmp_path / "b")
    shutil.move(tmp_path / "a", so)
    shutil.move(tmp_path / "b", f"{so}-wal")  # as after a power cut
    done = restoring.restore(str(so), copy, ACT)
    assert vouchers(so) == 3
    assert done.lost == 6
    assert done.kept is not None
    assert vouchers(done.kept) == 9


def test_the_log_of_a_damaged_book_goes_with_it(so: Path, copy: Path) -> None:
    so.write_bytes(so.read_bytes()[:5000])
    Path(f"{so}-wal").write_bytes(b"the log")
    done = restoring.restore(str(so), copy, ACT)
    assert not Path(f"{so}-wal").exists()
    assert Path(f"{done.kept}-wal").read_bytes() == b"the log"
    assert vouchers(so) == 3


def test_where_there_are_no_hard_links_the_old_file_is_copied(
    so: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_args: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr("os.link", none)
    done = restoring.restore(str(so), copy, ACT)
    assert done.kept is not None
    assert vouchers(done.kept) == 6
    assert vouchers(so) == 3


def test_a_copy_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    sample = sorted(Path("tests/samples/books").glob("*.sonhom"))[0]
    before = sample.read_bytes()
    done = restoring.restore(str(tmp_path / "so.sonhom"), sample, ACT)
    assert names(tmp_path) == ["so.sonhom"], "the copy itself is the one from before"
    assert sample.read_bytes() == before
    assert vouchers(tmp_path / "so.sonhom") == done.vouchers


def test_a_book_with_users_is_restored_without_signing_in(so: Path) -> None:
    with Book.open(str(so)) as book:
        users.switch_on(book, "Chị Quản", "mat khau de thu", None, ACT)
        safety.back_up(book, so.with_name("so khóa.sonhom"))
    restoring.restore(str(so), so.with_name("so khóa.sonhom"), an_act(who="Ai đó"))
    with Book.open(str(so)) as book:
        assert book.access.locked, "the copy's users still guard it"
        assert told(book)[0].by == "Ai đó"
        assert verify.verify(book).ok


# -- refused: everything stays as it was ------------------------------------------------------------------


def _refused(so: Path, copy: Path) -> str:
    before = {file.name: file.read_bytes() for file in so.parent.iterdir() if file.is_file()}
    with pytest.raises((Trouble, Refusal)) as refused:
        restoring.restore(str(so), copy, ACT)
    after = {file.name: file.read_bytes() for file in so.parent.iterdir() if file.is_file()}
    assert after == before
    error = refused.value
    return error.code if isinstance(error, Trouble) else error.problems[0].code


def test_no_restoring_while_somebody_has_the_book_open(so: Path, copy: Path) -> None:
    with Book.open(str(so), "Hoa"), pytest.raises(Trouble) as trouble:
        restoring.restore(str(so), copy, ACT)
    assert trouble.value.code == "in-use"
    assert "Hoa" in trouble.value.message
    writer = Book.open(str(so), "Hoa")
    with Book.open(str(so), "Lan") as reader:  # only reads
        writer.close()
        assert verify.verify(reader).ok
        with pytest.raises(Trouble) as trouble:
            restoring.restore(str(so), copy, ACT)
    assert trouble.value.code == "in-use"
    assert vouchers(so) == 6


def test_what_is_not_whole_is_not_restored(so: Path, copy: Path, tmp_path: Path) -> None:
    pages = bytearray(copy.read_bytes())
    pages[3 * 4096 : 9 * 4096] = bytes([7]) * (6 * 4096)
    (tmp_path / "bad.sonhom").write_bytes(pages)
    (tmp_path / "short.sonhom").write_bytes(copy.read_bytes()[:8192])
    (tmp_path / "photo.sonhom").write_bytes(b"\x89PNG" + bytes(300))
    assert _refused(so, tmp_path / "bad.sonhom") == "damaged"
    assert _refused(so, tmp_path / "short.sonhom") == "damaged"
    assert _refused(so, tmp_path / "photo.sonhom") == "not-a-book"
    assert _refused(so, tmp_path / "none.sonhom") == "missing"
    assert _refused(so, so) == "same-file"


def test_what_was_changed_outside_the_program_is_not_restored(so: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("UPDATE postings SET amount = amount * 2")
        connection.commit()
    assert _refused(so, copy) == "findings"


def test_a_copy_of_another_book_is_not_put_in_this_place(so: Path, tmp_path: Path) -> None:
    with Book.create(str(tmp_path / "khác.sonhom"), "Sổ khác"):
        pass
    assert _refused(so, tmp_path / "khác.sonhom") == "other-book"
    assert restoring.preview(str(so), tmp_path / "khác.sonhom").other_book == "Sổ khác"


def test_a_full_disk_and_a_folder_that_is_gone(so: Path, copy: Path, small_stick: Path) -> None:
    target = small_stick / "so.sonhom"
    with pytest.raises(Trouble) as trouble:
        restoring.restore(str(target), copy, ACT)
    assert trouble.value.code == "disk-full"
    assert names(small_stick) == []
    with pytest.raises(Trouble) as trouble:
        restoring.restore(str(so.parent / "không có" / "so.sonhom"), copy, ACT)
    assert trouble.value.code == "no-place"

"""What holds on every connection to a book, on both engines: safe settings, guards, one write at a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, Text, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from desktop.models.ids import new_uid
from desktop.models.problems import Problem, Refusal, Trouble
from desktop.models.records.base import DayColumn, InstantColumn, TextColumn, WordColumn
from desktop.models.records.every import APPEND_ONLY, BookRow, Change, Member, Register, Voucher, metadata
from desktop.services import book_info, verify
from desktop.store import migrate
from desktop.store.book import Book
from desktop.store.engine import make_engine
from tests.village import an_act, meet, settle


def test_a_new_book_says_what_it_is(any_book: Book) -> None:
    with any_book.read() as session:
        row = session.query(BookRow).one()
    assert row.name == "Sổ thử"
    assert any_book.name == "Sổ thử"
    assert not any_book.readonly


def test_a_book_is_made_only_where_there_is_none(any_book: Book) -> None:
    with pytest.raises(Trouble) as trouble:
        Book.create(any_book.address, "Sổ khác")
    assert trouble.value.code == "exists"
    assert any_book.name == "Sổ thử"


# -- SQLite ---------------------------------------------------------------------------------------------


@pytest.mark.durable
def test_every_connection_to_a_file_is_safe(book: Book) -> None:
    connections = [book.engine.connect() for _ in range(3)]
    try:
        for connection in connections:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
            }
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "recursive_triggers": 1,
            }
    finally:
        for connection in connections:
            connection.close()


def test_every_table_is_strict(book: Book) -> None:
    with book.engine.connect() as connection:
        loose = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
            "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).all()
    assert loose == []


def test_a_closed_book_is_one_file(tmp_path: Path) -> None:
    with Book.create(str(tmp_path / "so.sonhom"), "Sổ") as book:
        meet(book, settle(book), 1)
    assert [file.name for file in tmp_path.iterdir()] == ["so.sonhom"]


def test_a_write_that_must_wait_too_long_says_so(book: Book) -> None:
    with closing(sqlite3.connect(book.address, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with book.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA busy_timeout=50")
        with pytest.raises(Trouble) as trouble, book.write(an_act()):
            pass
        other.execute("ROLLBACK")
    assert trouble.value.code == "busy"
    assert verify.verify(book).ok


# -- guards ---------------------------------------------------------------------------------------------


@pytest.fixture
def posted(any_book: Book) -> Book:
    """A book with a meeting and a loan, and a row in every guarded table."""
    meet(any_book, settle(any_book), 1)
    with any_book.write(an_act()) as session:
        connection = session.connection()
        for table in metadata.sorted_tables:  # what is referred to comes first
            if table.name in _FILLED and not connection.execute(select(table)).first():
                values = {c.name: _anything(c) for c in table.c if not c.nullable}
                connection.execute(table.insert().values({**values, **_MORE.get(table.name, {})}))
    return any_book


_FILLED = {"loans", "households", "supports", "support_transfers", "support_assets", *APPEND_ONLY}
_MORE: dict[str, dict[str, object]] = {"supports": {"group_id": 1}}
"""Tables that get a row, and columns without which theirs is refused."""


def _anything(column: Column[Any]) -> object:
    """Return some value that a column takes; rows are referred to by 1."""
    kind = column.type
    if column.name == "year":
        return 2026
    if isinstance(kind, WordColumn):
        return next(iter(kind.words))
    if isinstance(kind, InstantColumn):
        return an_act().at
    if isinstance(kind, DayColumn):
        return an_act().today
    if isinstance(kind, LargeBinary):
        return new_uid()
    if column.name == "year":
        return an_act().today.year
    return "x" if isinstance(kind, TextColumn | Text) else 1


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_posted_rows_are_refused_by_the_database_itself(posted: Book, table: str) -> None:
    columns = metadata.tables[table].columns
    some = next(column.name for column in columns if not column.primary_key)
    before = _rows(posted, table)
    assert before
    deeds = [f'UPDATE {table} SET "{some}" = "{some}"', f"DELETE FROM {table}"]
    if not posted.is_file:
        deeds.append(f"TRUNCATE {table} CASCADE")
    for deed in deeds:
        with pytest.raises(Trouble) as trouble, posted.write(an_act()) as session:
            session.execute(text(deed))
        assert trouble.value.code == "append-only"
        assert "bút toán đảo" in trouble.value.message
    assert _rows(posted, table) == before


def _rows(book: Book, table: str) -> list[object]:
    with book.read() as session:
        return list(session.execute(select(metadata.tables[table])).all())


def test_the_guards_hold_against_the_program_too(posted: Book) -> None:
    for deed in (update(Voucher).values(text="x"), delete(Voucher)):
        with pytest.raises(Trouble) as trouble, posted.write(an_act()) as session:
            session.execute(deed)
        assert trouble.value.code == "append-only"


def test_insert_or_replace_does_not_pass_the_guards(book: Book) -> None:
    meet(book, settle(book), 1)
    with pytest.raises(Trouble) as trouble, book.write(an_act()) as session:
        session.execute(
            text(
                "INSERT OR REPLACE INTO postings SELECT id, voucher_id, account_id, day, 1, kind, units FROM postings"
            )
        )
    assert trouble.value.code == "append-only"
    assert verify.verify(book).ok


def test_replacing_from_another_program_is_found_out(book: Book) -> None:
    """A connection of somebody else does not have our settings; then the chain tells."""
    meet(book, settle(book), 1)
    with closing(sqlite3.connect(book.address, isolation_level=None)) as raw:
        raw.execute(
            "INSERT OR REPLACE INTO postings SELECT id, voucher_id, account_id, day, 1, kind, units FROM postings"
        )
    assert not verify.verify(book).ok


# -- one write, whole or not at all ----------------------------------------------------------------------


class OurMistake(Exception):
    """Raised by a test inside a write."""


def test_a_write_that_breaks_off_leaves_nothing(any_book: Book) -> None:
    settle(any_book)

    def half_done() -> None:
        with any_book.write(an_act()) as session:
            session.get_one(Member, 1).phone = "0900"
            session.flush()
            raise OurMistake

    with pytest.raises(OurMistake):
        half_done()
    with any_book.read() as session:
        assert session.get_one(Member, 1).phone == ""
    assert verify.verify(any_book).ok


def test_a_first_write_that_is_refused_does_not_spoil_the_next(
    any_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a computer new to the book the pen is made at the first write; refused, it must be made again."""
    monkeypatch.setattr("desktop.store.register._register_uid", new_uid())
    address = any_book.address
    any_book.close()
    with Book.open(address) as book:
        with pytest.raises(Refusal), book.write(an_act()):
            raise Refusal([Problem.stop("no", "", "Không.")])
        settle(book)
        assert verify.verify(book).ok
        with book.read() as session:
            assert session.scalar(select(func.count()).select_from(Register)) == 2


def test_two_windows_on_a_server_write_one_after_the_other(pg_address: str) -> None:
    with Book.create(pg_address, "Sổ huyện") as one, Book.open(pg_address) as two:
        first, second = settle(one, "TO-01"), settle(two, "TO-02")
        for number in (1, 2):
            meet(one, first, number)
            meet(two, second, number)
            meet(two, first, number + 10)
        result = verify.verify(one)
        assert result.ok, result.findings
        assert result.vouchers == 18


def test_a_read_is_one_picture_of_the_book(any_book: Book) -> None:
    settle(any_book)
    with Book.open(any_book.address) as other, other.read() as session:
        before = session.scalar(select(func.count()).select_from(Change))
        with any_book.write(an_act()) as writing:
            writing.get_one(Member, 1).phone = "0900"
        assert session.scalar(select(func.count()).select_from(Change)) == before
    with any_book.read() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == (before or 0) + 1


def test_a_logged_record_changed_outside_a_write_is_our_mistake(any_book: Book) -> None:
    settle(any_book)

    def change() -> None:
        with any_book.read() as session:
            session.get_one(Member, 1).phone = "0900"
            session.flush()

    with pytest.raises(RuntimeError, match=r"Book\.write"):
        change()


def test_somebody_else_changed_the_record_meanwhile(any_book: Book) -> None:
    settle(any_book)
    with any_book.read() as session:
        old = session.get_one(Member, 1)
    with any_book.write(an_act()) as session:
        session.get_one(Member, 1).phone = "0900"

    def change_the_old_one() -> None:
        with any_book.write(an_act()) as session:
            session.add(old)
            old.phone = "0911"

    with pytest.raises(Trouble) as trouble:
        change_the_old_one()
    assert trouble.value.code == "stale"
    assert verify.verify(any_book).ok


def test_money_and_moments_are_of_their_own_kind(any_book: Book) -> None:
    village = settle(any_book)
    half = {"group_id": village.group, "account": 111, "day": an_act().today, "amount": 1.5}
    with pytest.raises(StatementError, match="whole number"), any_book.write(an_act()) as session:
        session.execute(metadata.tables["day_totals"].insert().values(**half))
    with pytest.raises(StatementError, match="zone"), any_book.write(an_act()) as session:
        session.execute(update(Register).values(created_at=datetime(2026, 1, 1)))


def test_a_rule_of_the_table_that_is_broken_is_our_mistake(any_book: Book) -> None:
    settle(any_book)
    with pytest.raises(IntegrityError), any_book.write(an_act()) as session:
        session.get_one(Member, 2).code = "TO-01/TV-001"


# -- what the book says about itself -----------------------------------------------------------------------


def test_the_head_of_the_papers_can_be_changed_and_is_logged(any_book: Book) -> None:
    before = book_info.book_info(any_book)
    command = book_info.ChangeBook(" Sổ xã Hòa Bình ", "Hội Phụ nữ", "Thôn 3")
    outcome = book_info.change_book(any_book, command, an_act())
    assert outcome.changed.topics == {"book"}
    info = book_info.book_info(any_book)
    assert (info.name, info.organisation, info.address) == ("Sổ xã Hòa Bình", "Hội Phụ nữ", "Thôn 3")
    assert any_book.name == "Sổ xã Hòa Bình"
    assert info.position == before.position + 1
    assert verify.verify(any_book).ok
    with pytest.raises(Refusal):
        book_info.change_book(any_book, book_info.ChangeBook("  "), an_act())


def test_a_book_tells_its_size_and_counts(any_book: Book) -> None:
    meet(any_book, settle(any_book), 1)
    info = book_info.book_info(any_book)
    assert (info.groups, info.members, info.vouchers) == (1, 3, 3)
    assert info.changes == 11
    assert info.position == 14
    assert info.schema == migrate.HEAD
    assert (info.size is not None) == any_book.is_file
    assert not info.readonly
    assert info.last_backup is None


def test_a_server_address_is_shown_without_its_password(pg_address: str) -> None:
    address = pg_address.replace("sonhom@", "sonhom:bí-mật@")
    with Book.create(address, "Sổ huyện") as server:
        assert "bí-mật" not in book_info.book_info(server).where


def test_opening_a_book_of_today_does_not_load_alembic(book: Book) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from desktop.services.books import open_book; "
        f"open_book({book.address!r}); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_engine_never_makes_a_file(tmp_path: Path) -> None:
    engine = make_engine(str(tmp_path / "không-có.sonhom"))
    with pytest.raises(Exception, match="unable to open"), engine.connect():
        pass
    assert list(tmp_path.iterdir()) == []

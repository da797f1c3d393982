"""Making a new book: its file or its tables on a server, its guards and its own row, all or nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Trouble
from desktop.models.records.every import BookRow, metadata
from desktop.store import migrate
from desktop.store.disk import remove_book
from desktop.store.engine import is_server, make_engine, writing
from desktop.store.guards import create_guards
from desktop.store.lock import refuse_network_place, user_here
from desktop.store.sessions import own_register
from desktop.store.trail import Pen
from desktop.store.troubles import explain_file, explained, name_too_long
from resources.lang.messages import _

_LONGEST_NAME = 220
"""Bytes of a book's file name: with what its log, its lock and its dated copies add to it, systems take 255."""


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a new book says about itself, and who makes it."""

    name: str
    organisation: str
    address: str
    who: str


@dataclass(frozen=True, slots=True)
class _Maker:
    """The act of making a book."""

    who: str
    at: datetime


def make_book(address: str, facts: BookFacts) -> None:
    """Make a new, empty book. Raises Trouble when something is already there or cannot be written."""
    if is_server(address):
        with explained():
            _make_on_server(address, facts)
    else:
        _make_file(Path(address), facts)


def _make_on_server(address: str, facts: BookFacts) -> None:
    engine = make_engine(address)
    try:
        taken = set(inspect(engine).get_table_names()) & metadata.tables.keys()
        if "book" in taken:
            raise Trouble(
                _("Trên máy chủ này đã có sổ."), _("Hãy mở sổ đó, hoặc tạo cơ sở dữ liệu khác."), "exists"
            )
        if taken:
            raise Trouble(
                _("Cơ sở dữ liệu này đang được dùng cho việc khác."),
                _("Hãy tạo một cơ sở dữ liệu mới, trống, rồi dùng địa chỉ của nó."),
                "not-empty",
            )
        _build(engine, facts)
    finally:
        engine.dispose()


def _make_file(path: Path, facts: BookFacts) -> None:
    refuse_network_place(path)
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise name_too_long()
    try:
        if not path.parent.is_dir():
            # A mistyped stick must not become a folder of this computer.
            raise Trouble(
                _("Không thấy thư mục {folder}.").format(folder=path.parent),
                _("Hãy kiểm tra lại đường dẫn, cắm lại USB, hoặc tạo thư mục này trước."),
                "no-place",
            )
        # "x": never write over a file that somebody may need.
        path.open("xb").close()
    except FileExistsError:
        raise Trouble(
            _("Đã có tệp mang tên này."), _("Hãy chọn tên khác, hoặc mở tệp đó."), "exists"
        ) from None
    except OSError as error:
        raise explain_file(error) from error
    try:
        with explained():
            engine = make_engine(str(path))
            try:
                _build(engine, facts)
            finally:
                engine.dispose()
    except BaseException:
        remove_book(path)
        raise


def _build(engine: Engine, facts: BookFacts) -> None:
    """Create all tables, guards and the book's own row in one transaction."""
    with writing(engine).begin() as connection:
        metadata.create_all(connection, checkfirst=False)
        create_guards(connection)
        migrate.stamp(connection)
        pen = Pen(connection, own_register(connection))
        maker = _Maker(facts.who or user_here(), datetime.now(UTC))
        with Session(connection, info={"act": maker, "pen": pen}) as session:
            session.add(
                BookRow(
                    uid=new_uid(),
                    name=facts.name,
                    organisation=facts.organisation,
                    address=facts.address,
                    created_at=maker.at,
                )
            )
            session.flush()
            pen.lay_down(connection)
            session.commit()

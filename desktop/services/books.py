"""Making, opening and closing books. Views and the command line come here.

A book is opened without loading SQLAlchemy (`desktop.store.glance`): what needs it is imported where it is done.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.models.problems import Problem, Trouble, refuse_if_stopped
from desktop.store.book import Book
from desktop.store.recognise import is_server
from resources.lang.messages import _
from resources.lang.names import nfc

if TYPE_CHECKING:
    from desktop.services.safety import Copy

SUFFIX = ".sonhom"
MOST_LETTERS = 200


def book_address(address: str) -> str:
    """Return where a book of this name is made: a file gets the ending `.sonhom`, a server's address stays."""
    if is_server(address) or Path(address).suffix.lower() == SUFFIX:
        return address
    return address + SUFFIX


def create_book(address: str, name: str, who: str = "", organisation: str = "", place: str = "") -> Book:
    """Make a new, empty book and open it. Raises Refusal (no name), Trouble (place taken or not writable)."""
    refuse_if_stopped(name_problems(name))
    return Book.create(
        book_address(address), *(nfc(text.strip()) for text in (name, who, organisation, place))
    )


def open_book(address: str, who: str = "") -> Book:
    """Open a book, brought up to date if need be; read-only when another window or the disk wants it so.

    `book.readonly` tells, `book.owner` says who has it. Raises Trouble: the file is then as it was.
    """
    return Book.open(address, nfc(who.strip()))


def open_to_check(address: str, who: str = "") -> Book:
    """Open a book that is only going to be read whole; a full disk does not keep it shut. Raises Trouble."""
    try:
        return open_book(address, who)
    except Trouble as trouble:
        if trouble.code != "disk-full" or is_server(address):
            raise
        return Book.open_still(address, nfc(who.strip()))


def make_ready(book: Book) -> None:
    """Load all that sessions need, so that the first of them does not wait for it. Raises Trouble."""
    from sqlalchemy import select

    from desktop.models.records.every import BookRow

    with book.read() as session:
        session.scalars(select(BookRow)).one()


class BackupPlan(NamedTuple):
    """The automatic copy on closing: in which folder ("" is beside the book) and how many of them stay."""

    folder: str = ""
    days: int = 7
    weeks: int = 4
    months: int = 12


class Closed(NamedTuple):
    """How closing went: the copy that was made, if any, or why none could be made. The book is closed in any case."""

    copy: Copy | None = None
    trouble: Trouble | None = None


def close_book(book: Book, plan: BackupPlan | None = None) -> Closed:
    """Close a book; with a plan, copy it first when it changed. A copy that fails does not keep the book open."""
    try:
        if plan is None:
            return Closed()
        from desktop.services.safety import back_up_on_close

        return Closed(back_up_on_close(book, plan.folder, plan.days, plan.weeks, plan.months))
    except Trouble as trouble:
        return Closed(trouble=trouble)
    finally:
        book.close()


def name_problems(name: str) -> list[Problem]:
    """Return what is wrong with the name of a book."""
    if not name.strip():
        return [Problem.stop("name", "name", _("Hãy đặt tên cho sổ."))]
    if len(name) > MOST_LETTERS:
        return [Problem.stop("name", "name", _("Tên sổ dài quá {most} chữ cái.").format(most=MOST_LETTERS))]
    return []

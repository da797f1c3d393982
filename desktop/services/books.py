"""Making, opening and closing books, and what a book says about itself. Views and the command line come here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, make_url, select

from desktop.models.ids import show_uid
from desktop.models.problems import Problem, Trouble, refuse_if_stopped
from desktop.models.records.every import BookRow, Change, Group, Member, Register, Voucher
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.safety import Copy, back_up_on_close, last_copy
from desktop.store import migrate
from desktop.store.book import Book
from desktop.store.engine import is_server
from resources.lang.messages import _
from resources.lang.names import nfc

SUFFIX = ".sonhom"
MOST_LETTERS = 200


def book_address(address: str) -> str:
    """Return where a book of this name is made: a file gets the ending `.sonhom`, a server's address stays."""
    if is_server(address) or Path(address).suffix.lower() == SUFFIX:
        return address
    return address + SUFFIX


def create_book(address: str, name: str, who: str = "", organisation: str = "", place: str = "") -> Book:
    """Make a new, empty book and open it. Raises Refusal (no name), Trouble (place taken or not writable)."""
    refuse_if_stopped(_name_problems(name))
    return Book.create(
        book_address(address), *(nfc(text.strip()) for text in (name, who, organisation, place))
    )


def open_book(address: str, who: str = "") -> Book:
    """Open a book, brought up to date if need be; read-only when another window or the disk wants it so.

    `book.readonly` tells, `book.owner` says who has it. Raises Trouble: the file is then as it was.
    """
    return Book.open(address, nfc(who.strip()))


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """The automatic copy on closing: in which folder ("" is beside the book) and how many of them stay."""

    folder: str = ""
    days: int = 7
    weeks: int = 4
    months: int = 12


@dataclass(frozen=True, slots=True)
class Closed:
    """How closing went: the copy that was made, if any, or why none could be made. The book is closed in any case."""

    copy: Copy | None = None
    trouble: Trouble | None = None


def close_book(book: Book, plan: BackupPlan | None = None) -> Closed:
    """Close a book; with a plan, copy it first when it changed. A copy that fails does not keep the book open."""
    try:
        if plan is None:
            return Closed()
        return Closed(back_up_on_close(book, plan.folder, plan.days, plan.weeks, plan.months))
    except Trouble as trouble:
        return Closed(trouble=trouble)
    finally:
        book.close()


@dataclass(frozen=True, slots=True)
class BookInfo:
    """What a book says about itself. Sizes in bytes; `size` None on a server; `position` is the chain's length."""

    name: str
    organisation: str
    address: str
    where: str
    path: Path | None
    readonly: bool
    owner: str
    created_at: datetime
    identity: str
    register: str
    schema: str
    size: int | None
    groups: int
    members: int
    vouchers: int
    changes: int
    position: int
    last_backup: datetime | None


def book_info(book: Book, backup_folder: str = "") -> BookInfo:
    """Return what the book says about itself; the last backup is the newest automatic copy in the folder."""
    with book.read() as session:
        row = session.scalars(select(BookRow)).one()
        counts = [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Group, Member, Voucher, Change)
        ]
        own = session.get(Register, book.register_id) if book.register_id is not None else None
        position = session.scalar(select(func.sum(Register.last_seq))) or 0
    copy = last_copy(book, backup_folder)
    return BookInfo(
        name=row.name,
        organisation=row.organisation,
        address=row.address,
        where=_where(book),
        path=book.path if book.is_file else None,
        readonly=book.readonly,
        owner=_owner(book),
        created_at=row.created_at,
        identity=show_uid(row.uid),
        register="" if own is None else own.name,
        schema=migrate.HEAD,
        size=_size(book),
        groups=counts[0],
        members=counts[1],
        vouchers=counts[2],
        changes=counts[3],
        position=int(position),
        last_backup=None if copy is None else copy.made,
    )


def _where(book: Book) -> str:
    """Return the file, or the server without its password."""
    if book.is_file:
        return str(book.path)
    return make_url(book.address).render_as_string(hide_password=True)


def _owner(book: Book) -> str:
    if book.medium_readonly:
        return _("tệp hoặc ổ đĩa chỉ cho đọc")
    if book.owner is None:
        return ""
    return f"{book.owner.who} ({book.owner.computer})"


def _size(book: Book) -> int | None:
    if not book.is_file:
        return None
    sizes = [Path(f"{book.path}{suffix}") for suffix in ("", "-wal")]
    return sum(file.stat().st_size for file in sizes if file.exists())


@dataclass(frozen=True, slots=True)
class ChangeBook:
    """What stands at the head of the book's papers."""

    name: str
    organisation: str = ""
    address: str = ""


def change_book(book: Book, command: ChangeBook, act: Act) -> Outcome[None]:
    """Change the book's name, organisation and address. Raises Refusal without a name."""
    refuse_if_stopped(_name_problems(command.name))
    with book.write(act) as session:
        row = session.scalars(select(BookRow)).one()
        row.name = nfc(command.name.strip())
        row.organisation = nfc(command.organisation.strip())
        row.address = nfc(command.address.strip())
    book.name = row.name
    return Outcome(None, Changed.of(Topic.BOOK))


def _name_problems(name: str) -> list[Problem]:
    if not name.strip():
        return [Problem.stop("name", "name", _("Hãy đặt tên cho sổ."))]
    if len(name) > MOST_LETTERS:
        return [Problem.stop("name", "name", _("Tên sổ dài quá {most} chữ cái.").format(most=MOST_LETTERS))]
    return []

"""What a book says about itself, and changing what stands at the head of its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, make_url, select

from desktop.models.ids import show_uid
from desktop.models.problems import refuse_if_stopped
from desktop.models.records.every import BookRow, Change, Group, Member, Register, Voucher
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.books import name_problems
from desktop.services.safety import last_copy
from desktop.store import migrate
from desktop.store.book import Book
from desktop.store.register import register_uid
from resources.lang.messages import _
from resources.lang.names import nfc


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
        own = session.scalars(select(Register).where(Register.uid == register_uid())).one_or_none()
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
    refuse_if_stopped(name_problems(command.name))
    with book.write(act) as session:
        row = session.scalars(select(BookRow)).one()
        row.name = nfc(command.name.strip())
        row.organisation = nfc(command.organisation.strip())
        row.address = nfc(command.address.strip())
    book.name = row.name
    return Outcome(None, Changed.of(Topic.BOOK))

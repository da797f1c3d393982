"""What commands that work on a book share: its argument, opening it, finding groups and members, days."""

from __future__ import annotations

import argparse
import getpass
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands.command import BadArgument
from resources.lang.messages import _

if TYPE_CHECKING:
    from desktop.models.ids import GroupId, MemberId
    from desktop.models.problems import Refusal
    from desktop.services.acts import Act
    from desktop.services.groups import GroupRow
    from desktop.store.book import Book


USER, PASSPHRASE = "SONHOM_USER", "SONHOM_PASSPHRASE"
"""Environment variables with which a command signs in to a book with users."""


def book_argument(parser: argparse.ArgumentParser) -> None:
    """Give a command the argument BOOK."""
    parser.add_argument(
        "book", metavar="BOOK", help=_("tệp sổ (*.sonhom) hoặc địa chỉ máy chủ postgresql://…")
    )


def who_argument(parser: argparse.ArgumentParser) -> None:
    """Give a command the option --who."""
    parser.add_argument("--who", metavar="NAME", help=_("tên người làm, ghi vào sổ và in trên giấy"))


def period_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a command the options --from and --to."""
    parser.add_argument(
        "--from", dest="starts", type=day, metavar="DAY", help=_("ngày đầu kỳ, ví dụ 01/01/2026")
    )
    parser.add_argument(
        "--to", dest="ends", type=day, metavar="DAY", help=_("ngày cuối kỳ; mặc định là hôm nay")
    )


def day(text: str) -> date:
    """Return the day that an argument says. Raises BadArgument."""
    from resources.lang.dates import BadDay, parse_day

    try:
        return parse_day(text, date.today())
    except BadDay as error:
        raise BadArgument(str(error)) from error


def period(arguments: argparse.Namespace) -> tuple[date, date]:
    """Return the period asked for; without days, the year that ends today."""
    ends: date = arguments.ends or date.today()
    starts: date = arguments.starts or _year_before(ends)
    return starts, ends


def _year_before(ends: date) -> date:
    """Return the first day of the twelve months that end with `ends`."""
    try:
        return date.fromordinal(ends.replace(year=ends.year - 1).toordinal() + 1)
    except ValueError:  # 29 February
        return date(ends.year - 1, 3, 1)


def act(arguments: argparse.Namespace) -> Act:
    """Return who acts, now: --who, else the name in the settings, else the user of the computer."""
    from desktop.services.acts import Act
    from desktop.settings import Settings

    who = getattr(arguments, "who", None) or Settings.load()["who"] or _user()
    return Act.now(who)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@contextmanager
def opened(arguments: argparse.Namespace, *, to_check: bool = False) -> Iterator[Book]:
    """Open the book of the command line and close it again; `to_check`: nothing is going to be written, so that a
    full disk is no hindrance. Raises Trouble.
    """
    from desktop.services.books import open_book, open_to_check

    way = open_to_check if to_check else open_book
    with way(arguments.book, getattr(arguments, "who", None) or _user()) as book:
        if book.access.locked and os.environ.get(USER):
            from desktop.services.users import sign_in

            sign_in(book, os.environ[USER], os.environ.get(PASSPHRASE, ""))
        yield book


def groups_of(book: Book) -> list[GroupRow]:
    """Return all groups of a book, also dissolved ones, by code."""
    from desktop.services.groups import GroupFilter, GroupOrder, GroupSort, count, page

    wanted = GroupFilter(with_closed=True)
    return list(page(book, wanted, GroupSort(GroupOrder.CODE), 0, count(book, wanted)))


def find_group(book: Book, code: str) -> GroupRow:
    """Return the group with a code. Raises Refusal that names the codes there are."""
    from desktop.models.problems import Problem, Refusal

    rows = groups_of(book)
    for row in rows:
        if row.code.casefold() == code.strip().casefold():
            return row
    if not rows:
        raise no_groups()
    known = ", ".join(row.code for row in rows[:10]) + (" …" if len(rows) > 10 else "")
    text = _("Sổ không có nhóm mã {code}. Các mã có trong sổ: {known}.").format(code=code, known=known)
    raise Refusal([Problem.stop("no-group", "group", text)])


def no_groups() -> Refusal:
    """Return the refusal of a book without any group."""
    from desktop.models.problems import Problem, Refusal

    return Refusal([Problem.stop("no-group", "group", _("Sổ chưa có nhóm nào."))])


def find_member(book: Book, group: GroupId, code: str, starts: date, ends: date) -> MemberId:
    """Return the member of a group with a code, as of a period. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.facts import members_in_order

    with book.read() as session:
        for on in (ends, starts):
            for row in members_in_order(session, group, on):
                if row.code.casefold() == code.strip().casefold():
                    return row.member_id
    text = _("Nhóm không có thành viên mã {code} trong kỳ này.").format(code=code)
    raise Refusal([Problem.stop("no-member", "member", text)])


def file_name(*parts: str) -> str:
    """Return parts joined as a file name that every system takes."""
    return re.sub(r"[^\w.-]+", "-", "-".join(part for part in parts if part)).strip("-")


def folder(text: str) -> Path:
    """Return a folder to write into, made when it is not there. Raises Trouble."""
    from desktop.store.troubles import explain_file

    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain_file(error) from error
    return path


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Trouble."""
    from desktop.store.troubles import explain_file

    working = path.with_name(path.name + ".dang-ghi")
    try:
        working.write_bytes(content)
        working.replace(path)
    except OSError as error:
        with suppress(OSError):  # a medium that cannot be written refuses this too
            working.unlink(missing_ok=True)
        raise explain_file(error) from error

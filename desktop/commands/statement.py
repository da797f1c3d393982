"""`sonhom statement`: print members' statements, one PDF for each group."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import (
    act,
    book_argument,
    file_name,
    find_group,
    find_member,
    folder,
    groups_of,
    no_groups,
    opened,
    period,
    period_arguments,
    who_argument,
)
from desktop.commands.command import Command, Console, Exit, Mistyped
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.acts import Act
    from desktop.services.groups import GroupRow
    from desktop.store.book import Book


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--group", metavar="CODE", help=_("mã nhóm"))
    whose.add_argument("--all", action="store_true", help=_("mọi nhóm, mỗi nhóm một tệp"))
    parser.add_argument("--member", metavar="CODE", help=_("chỉ một thành viên của nhóm"))
    period_arguments(parser)
    parser.add_argument("--out", metavar="DIR", default=".", help=_("thư mục ghi các tệp PDF"))
    parser.add_argument(
        "--large-print", action="store_true", help=_("chữ lớn cho mọi người; mặc định theo từng thành viên")
    )
    who_argument(parser)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all statements of one call have in common."""

    starts: date
    ends: date
    out: Path
    large_print: bool | None
    act: Act


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    starts, ends = period(arguments)
    if arguments.all and arguments.member:
        raise Mistyped(_("Dùng --member cùng với --group."), "--member")
    with opened(arguments) as book:
        groups = groups_of(book) if arguments.all else [find_group(book, arguments.group)]
        if not groups:
            raise no_groups()
        batch = _Batch(
            starts, ends, folder(arguments.out), True if arguments.large_print else None, act(arguments)
        )
        files = []
        for done, group in enumerate(groups):
            if arguments.all:
                console.progress(done, len(groups), group.name)
            made = _print_group(book, group, arguments.member, batch, console, alone=not arguments.all)
            if made is not None:
                files.append(made)
                console.say(
                    _("{group}: {count} sao kê, {file}").format(
                        group=group.name, count=made["statements"], file=made["file"]
                    )
                )
    if not files:
        console.complain(_("Không có ai để in sao kê trong kỳ này."))
    console.answer({"from": starts.isoformat(), "to": ends.isoformat(), "files": files})
    return Exit.DONE


def _print_group(
    book: Book, group: GroupRow, member: str | None, batch: _Batch, console: Console, *, alone: bool
) -> dict[str, Any] | None:
    """Write one group's file and say what it is; None when nobody is to be printed and other groups follow."""
    from desktop.models.problems import Refusal
    from desktop.services.statements import StatementOrder, issue
    from desktop.settings import Settings
    from reports.kit.report import PaperOptions
    from reports.member_statement import render_statements

    members = None
    if member is not None:
        members = (find_member(book, group.id, member, batch.starts, batch.ends),)
    order = StatementOrder(group.id, batch.starts, batch.ends, members, batch.large_print)
    try:
        statements = issue(book, order, batch.act).value
    except Refusal as refusal:
        if alone or any(problem.code != "nobody" for problem in refusal.problems):
            raise
        return None
    name = file_name("sao-ke", group.code, member or "", batch.starts.isoformat(), batch.ends.isoformat())
    path = batch.out / f"{name}.pdf"
    working = path.with_name(path.name + ".dang-ghi")
    options = PaperOptions(large_print=batch.large_print, words=Settings.load().word_style())

    def tell(done: int, total: int) -> bool:
        return console.progress(done, total, group.name) if alone else True

    try:
        render_statements(statements, str(working), options, total=len(statements), progress=tell)
        working.replace(path)
    except OSError as error:
        from desktop.store.troubles import explain_file

        raise explain_file(error) from error
    finally:
        with suppress(OSError):  # a medium that cannot be written refuses this too
            working.unlink(missing_ok=True)
    return {"group": group.code, "file": str(path), "statements": len(statements)}


COMMAND = Command(
    "statement",
    N_("in sao kê của thành viên ra PDF"),
    _arguments,
    _run,
    example="sonhom statement so.sonhom --group N-001 --from 01/01/2026 --to 31/12/2026 --out in",
)

"""`sonhom template`: list, copy, write and read templates of groups."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.book_access import (
    act,
    book_argument,
    find_group,
    opened,
    who_argument,
)
from desktop.commands.command import Command, Console, Exit, require
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.store.book import Book

LIST, COPY, EXPORT, IMPORT = "list", "copy", "export", "import"
NEEDS = {
    LIST: (),
    COPY: ("group", "template", "title", "explanation"),
    EXPORT: ("template", "file"),
    IMPORT: ("file",),
}
"""The options that each deed cannot do without."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "deed",
        metavar="DEED",
        choices=(LIST, COPY, EXPORT, IMPORT),
        help=_("list: liệt kê; copy: lập mẫu từ nhóm; export: ghi ra tệp; import: nhập từ tệp"),
    )
    parser.add_argument("--template", metavar="CODE", help=_("mã mẫu"))
    parser.add_argument("--group", metavar="CODE", help=_("mã nhóm để lập mẫu"))
    parser.add_argument("--title", metavar="TEXT", help=_("tên mẫu"))
    parser.add_argument("--explanation", metavar="TEXT", help=_("mẫu này dành cho nhóm nào"))
    parser.add_argument("--file", metavar="FILE", help=_("tệp mẫu (*.somau)"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    require(arguments, *NEEDS[arguments.deed])
    with opened(arguments) as book:
        return _DEEDS[arguments.deed](book, arguments, console)


def _list(book: Book, _arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import templates

    rows = templates.listed(book, with_ended=True)
    for row in rows:
        own = _("của sổ") if row.id is not None else _("có sẵn")
        console.say(f"{row.template.code}  v{row.template.version}  {row.template.title}  ({own})")
    console.answer(
        {
            "templates": [
                {
                    "code": row.template.code,
                    "version": row.template.version,
                    "kind": row.template.kind.value,
                    "title": str(row.template.title),
                    "own": row.id is not None,
                    "groups": row.groups,
                }
                for row in rows
            ]
        }
    )
    return Exit.DONE


def _copy(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import templates

    group = find_group(book, arguments.group)
    command = templates.CopyGroup(group.id, arguments.template, arguments.title, arguments.explanation)
    templates.copy_group(book, command, act(arguments))
    console.say(_("Đã lập mẫu {code} từ nhóm {group}.").format(code=command.code, group=group.code))
    console.answer({"template": command.code, "file": None})
    return Exit.DONE


def _export(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import templates, travelling

    code, path = arguments.template, arguments.file
    travelling.write(path, templates.file_of(book, code))
    console.say(path)
    console.answer({"template": code, "file": path})
    return Exit.DONE


def _import(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import templates, travelling

    path = arguments.file
    kept = templates.bring_in(book, travelling.read(path), act(arguments)).value
    row = next(one for one in templates.listed(book, with_ended=True) if one.id == kept)
    console.say(_("Đã nhập mẫu {title}.").format(title=row.template.title))
    console.answer({"template": row.template.code, "file": path})
    return Exit.DONE


_DEEDS = {LIST: _list, COPY: _copy, EXPORT: _export, IMPORT: _import}

COMMAND = Command(
    "template",
    N_("liệt kê, lập, xuất, nhập mẫu nhóm"),
    _arguments,
    _run,
    example="sonhom template so.sonhom export --template vsla --file vsla.somau",
)

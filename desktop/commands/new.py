"""`sonhom new`: make an empty book."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.commands.book_access import who_argument
from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book", metavar="BOOK", help=_("tệp sẽ tạo (*.sonhom) hoặc địa chỉ máy chủ postgresql://…")
    )
    parser.add_argument("--name", metavar="NAME", help=_("tên sổ; mặc định là tên tệp"))
    parser.add_argument(
        "--organisation", metavar="NAME", default="", help=_("tên đơn vị ở đầu mỗi tờ giấy in")
    )
    parser.add_argument(
        "--address", metavar="TEXT", default="", help=_("địa chỉ đơn vị ở đầu mỗi tờ giấy in")
    )
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services.books import create_book

    name = arguments.name or Path(arguments.book).stem
    with create_book(
        arguments.book, name, arguments.who or "", arguments.organisation, arguments.address
    ) as book:
        console.say(_("Đã tạo sổ “{name}”: {book}").format(name=name, book=book.address))
        console.answer({"book": book.address, "name": name, "uid": book.uid.hex()})
    return Exit.DONE


COMMAND = Command(
    "new", N_("tạo một sổ trống"), _arguments, _run, example='sonhom new so.sonhom --name "Sổ xã Tân Hưng"'
)

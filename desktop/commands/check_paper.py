"""`sonhom check-paper`: compare the QR code of a printed paper with the book."""

from __future__ import annotations

import argparse
import sys

from desktop.commands.book_access import book_argument, opened
from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("text", metavar="TEXT", help=_("nội dung mã QR trên giấy; - là đọc từ bàn phím"))


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services.paper_checks import Verdict, check_paper

    text = sys.stdin.readline() if arguments.text == "-" else arguments.text
    with opened(arguments) as book:
        found = check_paper(book, text)
    console.say(found.message)
    console.answer({"verdict": found.verdict.value, "number": found.number, "message": found.message})
    return Exit.DONE if found.verdict is Verdict.MATCHES else Exit.REFUSED


COMMAND = Command(
    "check-paper",
    N_("đối chiếu mã QR của một tờ giấy đã in với sổ"),
    _arguments,
    _run,
    example="sonhom check-paper so.sonhom 'SN1;…'",
)

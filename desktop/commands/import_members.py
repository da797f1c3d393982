"""`sonhom import`: members from Excel or CSV."""

from __future__ import annotations

import argparse

from desktop.commands.book_access import book_argument, who_argument
from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    return Exit.DONE


COMMAND = Command("import", N_("nhập thành viên từ Excel hoặc CSV"), _arguments, _run)

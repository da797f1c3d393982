"""The command line: `sonhom` opens the window, `sonhom COMMAND …` works without one.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TextIO

from desktop.commands import COMMANDS
from desktop.commands.command import Command, Console, Exit, Parser
from resources.lang.messages import LANGUAGES, _, set_language

OpenWindow = Callable[[str | None], int]
"""Opens the window, with a book or without; returns the exit code of the program."""


def main(argv: Sequence[str] | None = None, *, open_window: OpenWindow | None = None) -> int:
    """Run the command line and return its exit code (see `desktop.commands.command.Exit`)."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8(sys.stdout, sys.stderr)
    set_language(_language_of(words))
    book = _book_to_open(words)
    if open_window is not None and book is not _NOT_A_WINDOW:
        return open_window(book or None)
    try:
        arguments = parser().parse_args(words)
    except SystemExit as ended:
        return int(ended.code or 0)
    if arguments.command is None:
        parser().print_help()
        return Exit.USAGE
    return _run(arguments.command, arguments)


def parser() -> Parser:
    """Return the parser of the whole command line, in the language in use."""
    top = Parser(
        prog="sonhom",
        description=_("Sổ Nhóm: sổ sách của các nhóm tiết kiệm cộng đồng, và giấy tờ in ra từ đó."),
        epilog=_(
            "Không có lệnh nào thì cửa sổ mở ra; sonhom TỆP.sonhom mở cửa sổ với sổ đó.\n"
            "Mã kết thúc: 0 xong; 1 bị từ chối hoặc kiểm tra thấy sai; 2 gõ lệnh sai; "
            "3 trục trặc (tệp, ổ đĩa, máy chủ)."
        ),
    )
    _common(top)
    top.add_argument("--version", action="version", version=_version(), help=_("xem phiên bản rồi thoát"))
    top.set_defaults(command=None)
    commands = top.add_subparsers(title=_("các lệnh"), metavar=_("LỆNH"), prog="sonhom")
    for command in COMMANDS:
        add_command(commands, command)
    return top


def add_command(commands: argparse._SubParsersAction[Parser], command: Command) -> Parser:
    """Give the command line one more command."""
    title = _(command.title)
    epilog = _("Ví dụ: {example}").format(example=command.example) if command.example else None
    # argparse reads % as the start of a value.
    made = commands.add_parser(
        command.name,
        help=title.replace("%", "%%"),
        description=title[:1].upper() + title[1:] + ".",
        epilog=epilog,
    )
    command.arguments(made)
    if command.answers:
        made.add_argument("--json", action="store_true", help=_("trả lời bằng JSON cho chương trình khác"))
    _common(made)
    made.set_defaults(command=command)
    return made


def _common(made: argparse.ArgumentParser) -> None:
    # Read before the parser is built, so that the help itself is in this language.
    made.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_("ngôn ngữ (mặc định vi)")
    )


def _run(command: Command, arguments: argparse.Namespace) -> int:
    from desktop.models.problems import Level, Refusal, Trouble

    console = Console(as_json=getattr(arguments, "json", False))
    try:
        return int(command.run(arguments, console))
    except Refusal as refusal:
        console.answer(
            {
                "refused": [
                    {"code": problem.code, "field": problem.field, "message": problem.message}
                    for problem in refusal.problems
                ]
            }
        )
        for problem in refusal.problems:
            if problem.level is not Level.NOTE:
                console.complain(problem.message)
        return Exit.REFUSED
    except Trouble as trouble:
        console.answer(_trouble(trouble.code, trouble.message, trouble.advice))
        console.complain(str(trouble))
        # A book that is found damaged is an answer about the book, not a mishap on the way to it.
        return Exit.REFUSED if trouble.code == "damaged" else Exit.TROUBLE
    except BrokenPipeError:
        # Whoever read our answer has had enough; say nothing to a closed pipe.
        sys.stdout = None
        return Exit.DONE
    except KeyboardInterrupt:
        console.complain(_("Đã dừng."))
        return Exit.STOPPED
    except Exception as bug:  # the door: past it, a person would see only a traceback
        return _own_mistake(bug, console)


def _own_mistake(bug: Exception, console: Console) -> int:
    """Tell calmly that the program is wrong, and write where into the log; SONHOM_DEBUG shows all of it."""
    from desktop.logs import describe, log, start_log

    if os.environ.get("SONHOM_DEBUG"):
        raise bug
    file = start_log()
    log().error("uncaught in a command\n%s", describe(bug))
    # Whether the book is whole nobody knows here: a page that cannot be read may be the very cause.
    text = _(
        "Chương trình gặp lỗi ngoài dự kiến ({error}) và đã dừng lệnh này; việc đang ghi dở không được ghi. "
        "Hãy kiểm tra sổ bằng sonhom verify. Chi tiết: {file}"
    ).format(error=type(bug).__name__, file=file or "–")
    console.answer(_trouble("program", text, ""))
    console.complain(text)
    return Exit.TROUBLE


def _trouble(code: str, message: str, advice: str) -> dict[str, object]:
    """Return what a program is told of trouble."""
    return {"trouble": {"code": code, "message": message, "advice": advice}}


_NOT_A_WINDOW = "-"


def _book_to_open(words: Sequence[str]) -> str:
    """Return the book to open in the window, nothing for no book, or `_NOT_A_WINDOW` when a command is meant."""
    bare = _without_language(words)
    if not bare:
        return ""
    if len(bare) == 1 and not bare[0].startswith("-") and _is_book(bare[0]):
        return bare[0]
    return _NOT_A_WINDOW


def _is_book(word: str) -> bool:
    return word.endswith(".sonhom") or word.startswith(("postgresql://", "postgres://"))


def _without_language(words: Sequence[str]) -> list[str]:
    bare = [word for word in words if not word.startswith("--lang=")]
    if "--lang" in bare:
        at = bare.index("--lang")
        del bare[at : at + 2]
    return bare


def _language_of(words: Sequence[str]) -> str:
    """Return the language asked for anywhere on the command line, Vietnamese when none is."""
    for at, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(words):
            value = words[at + 1]
        if value in LANGUAGES:
            return value
    return "vi"


def _version() -> str:
    try:
        return f"sonhom {version('sonhom')}"
    except PackageNotFoundError:
        return "sonhom"


def _speak_utf8(*streams: TextIO) -> None:
    """Write Vietnamese also where the console was set up for another alphabet (Windows)."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

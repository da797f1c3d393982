"""The command line: reads what was typed, runs the command, and turns what goes wrong into words and an exit code.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from desktop.commands import COMMANDS
from desktop.commands.command import Command, Console, Exit, Mistyped, Parser
from resources.lang.messages import LANGUAGES, _


def obey(words: Sequence[str]) -> int:
    """Run the command that was typed and return its exit code; its help when there is none."""
    try:
        arguments = parser().parse_args(words)
    except Mistyped as wrong:
        return _mistyped(wrong, Console(as_json="--json" in words))
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
    except Mistyped as wrong:
        wrong.program = f"sonhom {command.name}"
        return _mistyped(wrong, console)
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
    except KeyboardInterrupt:
        console.complain(_("Đã dừng."))
        return Exit.STOPPED
    except Exception as bug:  # the door: past it, a person would see only a traceback
        return _own_mistake(bug, console)


def _mistyped(wrong: Mistyped, console: Console) -> int:
    """Say what is wrong with the command line and how to see its help."""
    problem = {"code": "mistyped", "field": wrong.option, "message": wrong.message}
    console.answer({"refused": [problem]})
    console.complain(_("{program}: {problem}").format(program=wrong.program, problem=wrong.message))
    console.complain(_("Xem thêm: {program} --help").format(program=wrong.program))
    return Exit.USAGE


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


def _version() -> str:
    try:
        return f"sonhom {version('sonhom')}"
    except PackageNotFoundError:
        return "sonhom"

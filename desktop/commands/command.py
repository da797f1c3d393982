"""What a command of the terminal is, how it speaks, and the codes it ends with."""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NoReturn, TextIO

from resources.lang.messages import _


class Exit(IntEnum):
    """How a command ended. The numbers are promised in docs/cli.md."""

    DONE = 0
    REFUSED = 1
    """A rule said no, or what was checked is not right."""
    USAGE = 2
    """The command was not typed right."""
    TROUBLE = 3
    """The world said no: a file, a disk, a server."""
    STOPPED = 130
    """Stopped by Ctrl+C."""


class Console:
    """Where a command speaks: answers on stdout, progress and complaints on stderr."""

    def __init__(
        self, *, as_json: bool = False, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self.as_json = as_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self._shown = ""
        self._closed = False

    def say(self, text: str) -> None:
        """Write a line of the answer for people; nothing when the answer is JSON."""
        if not self.as_json:
            self._wipe()
            self._write(text)

    def answer(self, content: dict[str, Any]) -> None:
        """Write the answer for programs, when JSON was asked for."""
        if self.as_json:
            self._wipe()
            self._write(json.dumps(content, ensure_ascii=False, indent=2))

    def _write(self, text: str) -> None:
        """Write a line of the answer; whoever reads it may have had enough, and the command goes on to its own code."""
        if self._closed:
            return
        try:
            print(text, file=self.out, flush=True)
        except BrokenPipeError:
            self._closed = True
            if self.out is sys.stdout:
                sys.stdout = None  # Python would try to empty it when it ends, and complain

    def complain(self, text: str) -> None:
        """Write a line about what went wrong."""
        self._wipe()
        print(text, file=self.err)

    def progress(self, done: int, total: int, text: str = "") -> bool:
        """Show how far a long work is, on a terminal only; always go on."""
        if self.err.isatty():
            part = f"{100 * done // total:3d} %" if total else str(done)
            line = f"{part}  {text}"[:78]
            if line != self._shown:
                print(f"\r{line:<{len(self._shown)}}", end="", file=self.err, flush=True)
                self._shown = line
        return True

    def _wipe(self) -> None:
        if self._shown:
            print(f"\r{'':<{len(self._shown)}}\r", end="", file=self.err, flush=True)
            self._shown = ""


Run = Callable[[argparse.Namespace, Console], Exit]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does (marked with `N_`), its arguments, and the function that does it.

    `answers`: it answers data, so it also has `--json`. An example is shown under its help.
    """

    name: str
    title: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Run
    answers: bool = True
    example: str = ""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help in the language in use; a list of choices stands one under the other, and no key is broken at its hyphen."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines: list[str] = []
        for part in text.split("\n"):
            hanging = "  " if "\n" in text else ""
            lines += textwrap.wrap(part, width, break_on_hyphens=False, subsequent_indent=hanging)
        return lines

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin the usage with our word for it."""
        super().add_usage(usage, actions, groups, prefix if prefix is not None else _("Cách dùng: "))


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the language in use; a wrong command line ends with code 2."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", Formatter)
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title = _("tham số")
        self._optionals.title = _("tùy chọn")
        self.add_argument("-h", "--help", action="help", help=_("xem hướng dẫn này rồi thoát"))

    def error(self, message: str) -> NoReturn:
        """Say how the command is typed; what is wrong is told by whoever catches it. Raises Mistyped."""
        self.print_usage(sys.stderr)
        option = re.search(r"--[a-z][a-z-]*", message)
        raise Mistyped(_translated(message), option[0] if option else "", self.prog)


class Mistyped(Exception):
    """The command was not typed right, as is found before or while it runs; `option` names the argument ("--loan")."""

    def __init__(self, message: str, option: str = "", program: str = "sonhom") -> None:
        self.message = message
        self.option = option
        self.program = program
        super().__init__(message)


def require(arguments: argparse.Namespace, *options: str) -> None:
    """Check that all options are given that this deed cannot do without. Raises Mistyped naming all that are not."""
    missing = [f"--{name}" for name in options if not getattr(arguments, name)]
    if missing:
        raise Mistyped(_("còn thiếu tham số: {0}").format(", ".join(missing)), missing[0])


def ending(name: str | None, option: str, endings: Sequence[str]) -> None:
    """Check that a file to be written ends as one that can be written. Raises Mistyped that lists the endings."""
    if name and not name.lower().endswith(tuple(endings)):
        text = _("{option}: không ghi được tệp {name}. Tên tệp phải có đuôi {endings}.")
        raise Mistyped(text.format(option=option, name=name, endings=", ".join(endings)), option)


class BadArgument(argparse.ArgumentTypeError):
    """An argument means nothing; the text is a sentence for the user."""


def _translated(message: str) -> str:
    """Return argparse's own English complaint in the language in use; another text as it is."""
    for pattern, text in _complaints():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return text.format(*found.groups())
    return message


def _complaints() -> list[tuple[str, str]]:
    return [
        (r"the following arguments are required: (.*)", _("còn thiếu tham số: {0}")),
        (r"unrecognized arguments: (.*)", _("không có tham số: {0}")),
        (
            r"argument (.*): invalid choice: (.*) \(choose from (.*)\)",
            _("{0}: không có lựa chọn {1} (chọn trong: {2})"),
        ),
        (r"argument (.*): expected one argument", _("{0}: cần một giá trị")),
        (r"argument (.*): invalid int value: (.*)", _("{0}: {1} không phải là số nguyên")),
        (r"argument (.*): not allowed with argument (.*)", _("không dùng {0} cùng với {1}")),
        (r"one of the arguments (.*) is required", _("cần một trong các tham số: {0}")),
        (r"argument (.*?): (.*)", "{0}: {1}"),
    ]

"""`sonhom loan-schedule`: recompute a loan's schedule and history outside the window, from JSON to JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "case", metavar="CASE.json", help=_("một khoản vay, hoặc danh sách; “-” là đọc từ bàn phím")
    )
    parser.add_argument("--out", metavar="FILE", help=_("ghi câu trả lời ra tệp"))


def _read(name: str) -> Any:
    from desktop.models.problems import Trouble

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise Trouble(_("Không đọc được tệp {name}.").format(name=name), code="unreadable") from error
    except json.JSONDecodeError as error:
        text = _("Tệp {name} không phải JSON hợp lệ: xem lại dòng {line}, cột {column}.")
        said = text.format(name=name, line=error.lineno, column=error.colno)
        raise Trouble(said, code="not-json") from error
    except ValueError as error:
        raise Trouble(_("Không đọc được tệp {name}.").format(name=name), code="unreadable") from error


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.rules.loans.case_json import BadCase
    from desktop.models.rules.loans.cases import answer_all

    document = _read(arguments.case)
    try:
        answers: Any = answer_all(document)
    except BadCase as reason:
        console.complain(_("Không tính được: {reason}").format(reason=reason))
        console.complain(_("Mẫu một khoản vay: docs/loans.md, mục 13."))
        return Exit.REFUSED
    alone = not isinstance(document, list) and "cases" not in document
    text = json.dumps(answers[0]["answer"] if alone else answers, ensure_ascii=False, indent=2)
    if arguments.out:
        from desktop.commands.book_access import write_file

        write_file(Path(arguments.out), (text + "\n").encode())
        console.say(arguments.out)
    else:
        print(text, file=console.out)
    return Exit.DONE


COMMAND = Command(
    "loan-schedule",
    N_("tính lại lịch trả và lịch sử một khoản vay từ tệp JSON"),
    _arguments,
    _run,
    answers=False,
    example="sonhom loan-schedule khoan-vay.json",
)

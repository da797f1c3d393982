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
    from desktop.store.troubles import missing_file

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return json.loads(text)
    except FileNotFoundError as error:
        raise missing_file(name) from error
    except OSError as error:
        raise Trouble(_("Không đọc được tệp {name}.").format(name=name), code="unreadable") from error
    except json.JSONDecodeError as error:
        text = _("{name} không phải JSON hợp lệ: sai ở dòng {line}, cột {column}.")
        shown = _("Nội dung gõ vào") if name == "-" else _("Tệp {name}").format(name=name)
        raise Trouble(
            text.format(name=shown, line=error.lineno, column=error.colno), code="not-json"
        ) from error
    except ValueError as error:
        raise Trouble(_("Tệp {name} không phải chữ UTF-8.").format(name=name), code="not-json") from error


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.problems import Problem, Refusal
    from desktop.models.rules.loans.case_json import BadCase
    from desktop.models.rules.loans.cases import answer_all

    document = _read(arguments.case)
    try:
        answers: Any = answer_all(document)
    except BadCase as reason:
        text = _("Không tính được: {reason}. Xem ví dụ trong docs/cli.md.").format(reason=_said(str(reason)))
        raise Refusal([Problem.stop("bad-case", "case", text)]) from reason
    alone = not isinstance(document, list) and "cases" not in document
    text = json.dumps(answers[0]["answer"] if alone else answers, ensure_ascii=False, indent=2)
    if arguments.out:
        from desktop.commands.book_access import write_file

        write_file(Path(arguments.out), (text + "\n").encode())
        console.say(arguments.out)
    elif not console.as_json:
        print(text, file=console.out)
    console.answer({"answers": answers, "file": arguments.out})
    return Exit.DONE


def _said(reason: str) -> str:
    """Return the engine's reason in the language in use: which fields are missing, or what it does not know."""
    where, _colon, missing = reason.rpartition("missing ")
    return (
        _("{where}còn thiếu {fields}").format(where=where, fields=missing) if missing and _colon else reason
    )


COMMAND = Command(
    "loan-schedule",
    N_("tính lại lịch trả và lịch sử một khoản vay từ tệp JSON"),
    _arguments,
    _run,
    example="sonhom loan-schedule khoan-vay.json",
)

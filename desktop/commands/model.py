"""`sonhom model`: list working models and where they run, write them to files and read them in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.commands.book_access import act, book_argument, day, opened, who_argument
from desktop.commands.command import Command, Console, Exit, require
from desktop.commands.template import EXPORT, IMPORT, LIST
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from datetime import date

    from desktop.services.replication import ModelRow
    from desktop.store.book import Book

NEEDS = {LIST: (), EXPORT: ("model", "file"), IMPORT: ("file",)}
"""The options that each deed cannot do without."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "deed",
        metavar="DEED",
        choices=(LIST, EXPORT, IMPORT),
        help=_("list: liệt kê; export: ghi ra tệp; import: nhập từ tệp"),
    )
    parser.add_argument("--model", metavar="CODE", help=_("mã mô hình (bản mới nhất)"))
    parser.add_argument("--file", metavar="FILE", help=_("tệp mô hình (*.somau)"))
    parser.add_argument("--day", type=day, metavar="DAY", help=_("tình trạng tới ngày nào; mặc định hôm nay"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    require(arguments, *NEEDS[arguments.deed])
    with opened(arguments) as book:
        return _DEEDS[arguments.deed](book, arguments, console)


def _list(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import replication

    on: date = arguments.day or act(arguments).today
    rows, places = replication.listed(book, on), replication.adoptions(book, on)
    for row in rows:
        console.say(
            _("{code} v{version}  {title}: {adopted} nơi áp dụng, {running} đang chạy, {replicated} nhân rộng").format(
                code=row.model.code,
                version=row.model.version,
                title=row.model.title,
                adopted=row.adopted,
                running=row.running,
                replicated=row.replicated,
            )
        )  # fmt: skip
    console.answer(
        {
            "models": [_plain(row) for row in rows],
            "places": [
                {
                    "model": one.model_code,
                    "place": one.place,
                    "adopted_on": one.adopted_on.isoformat(),
                    "done": one.standing.done,
                    "items": one.standing.items,
                    "state": one.state.value,
                    "transfer": one.with_transfer,
                    "replicated": one.replicated,
                }
                for one in places
            ],
        }
    )
    return Exit.DONE


def _plain(row: ModelRow) -> dict[str, object]:
    return {
        "code": row.model.code,
        "version": row.model.version,
        "title": row.model.title,
        "source": row.source,
        "adopted": row.adopted,
        "running": row.running,
        "replicated": row.replicated,
        "sha256": row.sha256,
    }


def _export(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import replication, travelling

    code, path = arguments.model.upper(), arguments.file
    rows = replication.listed(book, act(arguments).today)
    row = next((one for one in rows if one.model.code == code), None)
    if row is None:
        text = _("Sổ không có mô hình mã {code}.").format(code=code)
        raise Refusal([Problem.stop("no-model", "model", text)])
    travelling.write(path, replication.file_of(book, row.id))
    console.say(path)
    console.answer({"model": code, "file": path})
    return Exit.DONE


def _import(book: Book, arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import replication, travelling

    path, deed = arguments.file, act(arguments)
    kept = replication.bring_in(book, travelling.read(path), deed).value
    row = replication.get(book, kept, deed.today)
    console.say(_("Đã nhập mô hình {title}.").format(title=row.model.title))
    console.answer({"model": row.model.code, "file": path})
    return Exit.DONE


_DEEDS = {LIST: _list, EXPORT: _export, IMPORT: _import}

COMMAND = Command(
    "model",
    N_("liệt kê, xuất, nhập mô hình nhân rộng"),
    _arguments,
    _run,
    example="sonhom model so.sonhom export --model MH-VSLA-01 --file mo-hinh.somau",
)

"""`sonhom indicators`: indicators of a place and a period, one of them crossed, or the report of inclusion."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import (
    act,
    book_argument,
    find_group,
    opened,
    period,
    period_arguments,
    who_argument,
)
from desktop.commands.command import Command, Console, Exit, Mistyped, ending
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.models.rules.suppression import Release
    from desktop.services.acts import Act
    from desktop.services.indicators.facts import Scope
    from desktop.store.book import Book

KINDS = (".xlsx", ".csv")
"""What a table can be written as; the tables that have a paper also as ".pdf"."""

READERS = ("commune", "partner", "donor")
TABLES = (".xlsx", ".csv")


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--group", metavar="CODE", help=_("mã nhóm; không có thì tất cả các nhóm"))
    where.add_argument("--commune", metavar="CODE", help=_("mã xã (năm chữ số)"))
    period_arguments(parser)
    parser.add_argument(
        "--release", choices=READERS, default="donor", help=_("gửi cho ai: ẩn ô nhỏ theo đó (mặc định donor)")
    )
    parser.add_argument("--measure", metavar="ID", help=_("chỉ số để lập bảng, ví dụ NH02"))
    parser.add_argument("--rows", metavar="KEY", default="sex", help=_("chia hàng theo (mặc định sex)"))
    parser.add_argument("--columns", metavar="KEY", default="none", help=_("chia cột theo (mặc định none)"))
    parser.add_argument("--inclusion", action="store_true", help=_("báo cáo hòa nhập"))
    parser.add_argument("--out", metavar="FILE", help=_("ghi bảng ra tệp .xlsx, .csv hoặc .pdf"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.rules.suppression import Release
    from desktop.services.indicators.facts import Scope

    release = Release(arguments.release)
    _check(arguments)
    with opened(arguments) as book:
        group = None if arguments.group is None else find_group(book, arguments.group).id
        scope = Scope(group, arguments.commune and _commune(book, arguments.commune))
        doer = act(arguments)
        if arguments.inclusion:
            return _inclusion(book, scope, release, arguments, doer, console)
        if arguments.measure:
            return _cross(book, scope, release, arguments, doer, console)
        return _list(book, scope, release, arguments, doer, console)


def _check(arguments: argparse.Namespace) -> None:
    """Check what can be told before the book is opened. Raises Mistyped that lists what there is to choose from."""
    from desktop.services.dimensions import DIMENSIONS
    from desktop.services.indicators.registry import indicators

    plain = not arguments.measure and not arguments.inclusion
    ending(arguments.out, "--out", TABLES if plain else (*TABLES, ".pdf"))
    for option, given, known in (
        ("--measure", (arguments.measure or "").upper(), indicators()),
        ("--rows", arguments.rows, DIMENSIONS),
        ("--columns", arguments.columns, DIMENSIONS),
    ):
        if given and given not in known:
            text = _("{0}: không có lựa chọn {1} (chọn trong: {2})").format(option, given, ", ".join(known))
            raise Mistyped(text, option)


def _commune(book: Book, code: str) -> str:
    """Return the code of a commune that has groups in the book. Raises Refusal that names those there are."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.places import communes_of_groups

    known = communes_of_groups(book)
    if code in {one for one, _name in known}:
        return code
    text = _("Sổ không có nhóm nào ở xã mã {code}. Các xã có nhóm: {known}.").format(
        code=code, known=", ".join(f"{one} {name}" for one, name in known) or "–"
    )
    raise Refusal([Problem.stop("no-commune", "commune", text)])


def _list(
    book: Book, scope: Scope, release: Release, arguments: argparse.Namespace, doer: Act, console: Console
) -> Exit:
    from desktop.services import sight
    from desktop.services.exchange import export_table
    from desktop.services.indicator_list import indicator_list

    starts, ends = period(arguments)
    found = indicator_list(book, scope, starts, ends, release, sensitive=sight.sees(book, doer.who))
    for row in found.rows:
        beside = f"  ({row.reason})" if row.reason else ""
        hidden = not any(char.isdigit() for char in row.shown)
        # A percentage carries its sign; where no figure is told there is nothing to have a unit.
        unit = "" if row.unit == "%" or hidden else f" {row.unit}"
        console.say(f"{row.id}  {row.title}: {row.shown}{unit}{beside}")
    if found.note:
        console.say(found.note)
    if arguments.out:
        titles = [_("Mã số"), _("Chỉ số"), _("Giá trị"), _("Đơn vị"), _("Tử số / mẫu số"), _("Ghi chú")]
        cells = [(row.id, row.title, row.shown, row.unit, row.made_of, row.reason) for row in found.rows]
        if found.note:
            cells.append(("", found.note, "", "", "", ""))
        export_table(arguments.out, titles, cells, sheet=_("Các chỉ số"))
    console.answer(
        {
            **_about(release, starts, ends),
            "indicators": [
                {
                    "id": row.id,
                    "title": row.title,
                    "unit": row.unit,
                    "shown": row.shown,
                    "numerator": None if row.hidden or row.secret else row.value.numerator,
                    "denominator": None if row.hidden else row.value.denominator,
                    "reason": row.reason,
                }
                for row in found.rows
            ],
            "note": found.note,
        }
    )
    return Exit.DONE


def _cross(
    book: Book, scope: Scope, release: Release, arguments: argparse.Namespace, doer: Act, console: Console
) -> Exit:
    from desktop.services import figure_papers, sight
    from desktop.services.analysis import cross
    from desktop.services.analysis_table import Choice

    starts, ends = period(arguments)
    choice = Choice(
        arguments.measure.upper(), arguments.rows, arguments.columns, starts, ends, scope, release
    )
    table = cross(book, choice, sensitive=sight.sees(book, doer.who))
    console.say(f"{table.title} ({table.unit})")
    console.say("\t".join([table.rows_title, *figure_papers.shown_columns(table)]))
    for name, cells in figure_papers.shown_rows(table):
        console.say("\t".join([name, *(cell.text for cell in cells)]))
    for note in table.notes:
        console.say(note)
    if arguments.out:
        _write(
            arguments.out, "analysis-table", lambda: figure_papers.analysis_paper(book, choice, doer).value
        )
        if not _is_pdf(arguments.out):
            figure_papers.export_analysis(book, choice, arguments.out, doer)
    console.answer(
        {
            **_about(release, starts, ends),
            "measure": choice.measure,
            "columns": list(figure_papers.shown_columns(table)),
            "rows": [
                {"name": name, "cells": [cell.text for cell in cells]}
                for name, cells in figure_papers.shown_rows(table)
            ],
            "coverage": dict(table.coverage),
            "notes": list(table.notes),
        }
    )
    return Exit.DONE


def _inclusion(
    book: Book, scope: Scope, release: Release, arguments: argparse.Namespace, doer: Act, console: Console
) -> Exit:
    from desktop.services import figure_papers, sight
    from desktop.services.inclusion_report import report

    starts, ends = period(arguments)
    table = report(book, scope, starts, ends, release, sensitive=sight.sees(book, doer.who))
    for name, text in (*figure_papers.covered(table), *table.answered):
        console.say(f"{name}: {text}")
    console.say("\t".join(table.titles))
    for line in table.lines:
        console.say("\t".join(table.texts(line)))
    for note in table.notes:
        console.say(note)
    if arguments.out:
        _write(
            arguments.out,
            "inclusion-report",
            lambda: figure_papers.inclusion_paper(book, scope, starts, ends, release, doer).value,
        )
        if not _is_pdf(arguments.out):
            figure_papers.export_inclusion(book, scope, starts, ends, release, arguments.out, doer)
    console.answer(
        {
            **_about(release, starts, ends),
            "columns": list(table.titles),
            "rows": [list(table.texts(line)) for line in table.lines],
            "coverage": dict((*figure_papers.covered(table), *table.answered)),
            "composite": table.composite,
            "notes": list(table.notes),
        }
    )
    return Exit.DONE


def _about(release: Release, starts: Any, ends: Any) -> dict[str, str]:
    return {"release": release.value, "from": starts.isoformat(), "to": ends.isoformat()}


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _write(name: str, key: str, gather: Any) -> None:
    """Write the paper when the file is to be a PDF."""
    if not _is_pdf(name):
        return
    from desktop.commands.book_access import write_file
    from reports.catalogue import find

    write_file(Path(name), find(key).render(gather(), _plain()))


def _plain() -> Any:
    from reports.kit.report import PLAIN

    return PLAIN


COMMAND = Command(
    "indicators",
    N_("tính các chỉ số, lập bảng chéo hoặc báo cáo hòa nhập, có ẩn ô nhỏ"),
    _arguments,
    _run,
    example="sonhom indicators so.sonhom --measure NH02 --rows sex --columns age --release partner --json",
)

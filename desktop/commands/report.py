"""`sonhom report`: print the other papers of the catalogue, each to a PDF."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.commands import papers_of_book, papers_of_groups, papers_of_livelihoods, papers_of_loans
from desktop.commands.book_access import (
    act,
    book_argument,
    day,
    file_name,
    find_group,
    folder,
    opened,
    period_arguments,
    who_argument,
    write_file,
)
from desktop.commands.command import Command, Console, Exit, require
from desktop.commands.paper_wish import BookPaper, Paper, Wish, own_group
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.store.book import Book

PAPERS: dict[str, Paper] = {
    **papers_of_groups.PAPERS,
    **papers_of_loans.PAPERS,
    **papers_of_livelihoods.PAPERS,
}
"""The papers by their key in `reports.catalogue`; statements have a command of their own."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    every: dict[str, Paper | BookPaper] = {**PAPERS, **papers_of_book.PAPERS}
    keys = "\n".join(f"{key}: {_(paper.title)}" for key, paper in every.items())
    parser.add_argument("key", metavar="KEY", choices=list(every), help=keys)
    parser.add_argument(
        "--group", metavar="CODE", help=_("mã nhóm (giấy của cả sổ, của một sinh kế thì không cần)")
    )
    parser.add_argument(
        "--period",
        dest="span",
        metavar="YEAR",
        help=_("kỳ báo cáo: 2026, 2026-H1, 2026-Q3 (mặc định năm nay)"),
    )
    parser.add_argument("--meeting", type=int, metavar="N", help=_("số kỳ họp"))
    parser.add_argument("--loan", metavar="CODE", help=_("mã khoản vay"))
    parser.add_argument("--count", type=int, metavar="N", help=_("lần kiểm kê quỹ"))
    parser.add_argument("--quarter", action="store_true", help=_("báo cáo của quý thay cho tháng"))
    parser.add_argument("--livelihood", metavar="CODE", help=_("mã sinh kế"))
    parser.add_argument(
        "--release",
        choices=("commune", "partner", "donor"),
        default="commune",
        help=_("báo cáo cho ai: trong xã, đối tác, nhà tài trợ (ẩn ô nhỏ)"),
    )
    parser.add_argument("--day", type=day, metavar="DAY", help=_("ngày họp, hoặc ngày của danh sách"))
    parser.add_argument(
        "--box", choices=("cash", "social", "bank"), default="cash", help=_("quỹ nào (mặc định cash)")
    )
    period_arguments(parser)
    parser.add_argument("--out", metavar="DIR", default=".", help=_("thư mục ghi tệp PDF"))
    parser.add_argument("--large-print", action="store_true", help=_("chữ lớn"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.settings import Settings
    from reports.catalogue import find
    from reports.kit.report import PaperOptions

    if arguments.key in PAPERS:
        require(arguments, *PAPERS[arguments.key].needs)
    with opened(arguments) as book:
        out: Path = folder(arguments.out)
        if arguments.key in papers_of_book.PAPERS:
            code = ""
            value, stem = papers_of_book.PAPERS[arguments.key].gather(book, arguments, act(arguments))
        else:
            wish = _wish(book, arguments)
            code = "" if wish.found is None else wish.found.code
            value, stem = PAPERS[arguments.key].gather(wish)
    report = find(arguments.key)
    options = PaperOptions(
        large_print=True if arguments.large_print else None, words=Settings.load().word_style()
    )
    words = [arguments.key, code, stem] if code else [arguments.key, stem]
    path = out / (file_name(*words) + ".pdf")
    write_file(path, report.render(value, options))
    console.say(_("{title}: {file}").format(title=report.shown_title(), file=path))
    console.answer({"report": arguments.key, "group": code, "file": str(path)})
    return Exit.DONE


def _wish(book: Book, arguments: argparse.Namespace) -> Wish:
    """Return what is wished for, with the group of --group; without it, of the livelihood. Raises Refusal."""
    named = find_group(book, arguments.group) if arguments.group else None
    wish = Wish(book, named, arguments, act(arguments))
    if named is None and PAPERS[arguments.key].needs == papers_of_livelihoods.NEEDS:
        return replace(wish, found=own_group(wish))
    return wish


COMMAND = Command(
    "report",
    N_("in biên bản, phiếu thu chi, sổ quỹ và các giấy khác ra PDF"),
    _arguments,
    _run,
    example="sonhom report so.sonhom meeting-minutes --group N-001 --out in",
)

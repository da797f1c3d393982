"""`sonhom savings-interest`: the interest of a group's savings worked out, or a run as it was posted. Posts nothing."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import act, book_argument, day, find_group, opened, who_argument, write_file
from desktop.commands.command import Command, Console, Exit, ending
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.ids import GroupId
    from desktop.services.acts import Act
    from desktop.services.savings_book import RunDetail
    from desktop.services.savings_interest import InterestPlan, MemberInterest
    from desktop.store.book import Book

KINDS = ("voluntary", "compulsory")


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("--group", required=True, metavar="CODE", help=_("mã nhóm"))
    parser.add_argument(
        "--kind", choices=KINDS, default="voluntary", help=_("loại tiết kiệm (mặc định voluntary)")
    )
    parser.add_argument("--to", dest="ends", type=day, metavar="DAY", help=_("tính đến hết ngày này"))
    parser.add_argument("--run", type=int, metavar="N", help=_("lần nhập lãi đã ghi sổ, theo số"))
    parser.add_argument("--out", metavar="FILE", help=_("ghi bảng tính ra tệp PDF"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.savings_kinds import SavingsKind
    from desktop.services import savings_interest

    ending(arguments.out, "--out", (".pdf",))
    with opened(arguments) as book:
        group, doer = find_group(book, arguments.group), act(arguments)
        kind = SavingsKind(arguments.kind)
        posted = None if arguments.run is None else _posted(book, group.id, kind, arguments.run)
        plan = None
        if posted is None:
            plan = savings_interest.plan(book, group.id, kind, doer.today, arguments.ends)
        about: dict[str, Any] = {"group": group.code, "kind": kind.value}
        if posted is not None:
            about |= {"run": posted.row.number, "state": posted.row.state.value}
        lines = _tell(posted or plan, console)
        console.answer(about | lines)
        if arguments.out and (posted or plan):
            _print(book, group.id, kind, arguments, posted, doer)
            console.say(arguments.out)
    return Exit.DONE


def _posted(book: Book, group: GroupId, kind: Any, number: int) -> RunDetail:
    """Return the run with a number. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services import savings_book

    for row in savings_book.runs(book, group):
        if row.number == number and row.kind is kind:
            return savings_book.run(book, row.id)
    raise Refusal([Problem.stop("no-run", "run", _("Nhóm không có lần nhập lãi này."))])


def _tell(found: RunDetail | InterestPlan | None, console: Console) -> dict[str, Any]:
    from desktop.services.savings_interest import InterestPlan
    from resources.lang.dates import show_day
    from resources.lang.dong import show_dong

    if found is None:
        console.say(_("Không có kỳ nào chờ nhập lãi."))
        return {"from": None, "to": None, "total": 0, "members": []}
    span = found if isinstance(found, InterestPlan) else found.row
    console.say(f"{span.title}: {show_day(span.starts)} – {show_day(span.ends)}")
    for line in found.lines:
        console.say(f"{line.code}\t{line.name}\t{show_dong(line.working.opening)}\t{show_dong(line.total)}")
    console.say(_("Tổng lãi: {total}").format(total=show_dong(sum(line.total for line in found.lines))))
    return {
        "from": span.starts.isoformat(),
        "to": span.ends.isoformat(),
        "total": sum(line.total for line in found.lines),
        "members": _members(found.lines),
    }


def _members(lines: Sequence[MemberInterest]) -> list[dict[str, Any]]:
    return [
        {
            "code": line.code,
            "opening": line.working.opening,
            "paid_in": line.working.paid_in,
            "paid_out": line.working.paid_out,
            "exact": _exact(line.working.exact),
            "interest": line.working.interest,
            "difference": line.difference,
            "total": line.total,
            "working": [
                {
                    "from": one.starts.isoformat(),
                    "to": one.ends.isoformat(),
                    "days": one.days,
                    "balance": _exact(one.balance),
                    "percent_a_year": _exact(one.percent),
                    "interest": _exact(one.interest),
                }
                for one in line.working.stretches
            ],
        }
        for line in lines
    ]


def _exact(value: Fraction) -> str:
    """Return an exact number: "35441", or "7000000/3" where it is no whole number."""
    return str(value)


def _print(
    book: Book,
    group: GroupId,
    kind: Any,
    arguments: argparse.Namespace,
    posted: RunDetail | None,
    doer: Act,
) -> None:
    from desktop.services import savings_papers
    from desktop.settings import Settings
    from reports.catalogue import find
    from reports.kit.report import PaperOptions

    if posted is not None:
        value = savings_papers.of_run(book, posted.row.id, doer).value
    else:
        value = savings_papers.draft(book, group, kind, arguments.ends, doer).value
    options = PaperOptions(words=Settings.load().word_style())
    write_file(Path(arguments.out), find("savings-interest").render(value, options))


COMMAND = Command(
    "savings-interest",
    N_("tính lãi tiết kiệm của một nhóm, có cách tính từng người; không ghi sổ"),
    _arguments,
    _run,
    example="sonhom savings-interest so.sonhom --group N-001 --json",
)

"""`sonhom import`: members from Excel or CSV, all rows or none, unless bad rows are to be left out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import act, book_argument, day, find_group, opened, who_argument
from desktop.commands.command import Command, Console, Exit, ending
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.models.problems import Problem
    from desktop.services.exchange import Field, Mapping, Preview, Sheet
    from desktop.store.book import Book

_SHOWN = 20
"""How many problems are told on the terminal; all of them stand in the file of rejects and in the JSON."""

FIELDS = (
    "code",
    "full_name",
    "family_middle",
    "family",
    "middle",
    "given",
    "sex",
    "female_mark",
    "birth_date",
    "citizen_number",
    "old_paper",
    "phone",
    "ethnic_code",
    "joined",
    "household",
    "is_head",
    "hamlet",
    "commune",
    "address_text",
    "group",
    "note",
)
"""The values of `exchange.Field`: the help must not import the database to list them."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument("file", metavar="FILE", help=_("danh sách: xlsx, xls, xlsb, ods hoặc csv"))
    parser.add_argument("--group", metavar="CODE", help=_("mọi người vào nhóm này, theo thứ tự trong tệp"))
    parser.add_argument(
        "--joined",
        type=day,
        metavar="DAY",
        help=_("ngày vào nhóm; mặc định là hôm nay, hoặc ngày thành lập khi nhóm chưa họp"),
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=HEADING",
        help=_(
            'cột nào là gì, ví dụ full_name="Họ và tên" hoặc phone=#5; dùng được nhiều lần. Các mục: {fields}'
        ).format(fields=", ".join(FIELDS)),
    )
    parser.add_argument("--worksheet", metavar="NAME", help=_("trang tính; mặc định là trang đầu có dữ liệu"))
    parser.add_argument(
        "--commune", metavar="CODE", help=_("mã xã, phường của các hộ khi tệp không có cột này")
    )
    parser.add_argument(
        "--convert",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("chuyển (hoặc không) phông chữ cũ TCVN3, VNI sang Unicode"),
    )
    parser.add_argument("--yes", action="store_true", help=_("đồng ý với mọi cảnh báo"))
    parser.add_argument("--skip-bad", action="store_true", help=_("bỏ qua dòng sai, nhập các dòng đúng"))
    parser.add_argument(
        "--rejects", metavar="OUT", help=_("ghi các dòng không nhập được và lý do ra tệp này")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem trước, không ghi gì vào sổ"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.problems import Refusal
    from desktop.services.exchange import run_import, write_rejects

    ending(arguments.rejects, "--rejects", (".xlsx", ".csv"))
    with opened(arguments) as book:
        if not arguments.dry_run:
            book.check_writing()  # before the file of rejects, which would speak of an import that was not
        deed = act(arguments)
        seen = _preview(book, arguments, console, deed.today)
        if arguments.rejects:
            count = write_rejects(arguments.rejects, seen)
            console.say(_("Đã ghi {count} dòng bị loại: {file}").format(count=count, file=arguments.rejects))
        if arguments.dry_run:
            return _show_preview(seen, console)
        try:
            result = run_import(book, seen, deed, _teller(console, _("Nhập"))).value
        except Refusal as refusal:
            return _refused(seen, refusal.problems, console)
    agreed = _agreed(seen)
    for number, problem in agreed[:_SHOWN]:
        console.complain(_("Đã đồng ý: {warning}").format(warning=_line(number, problem)))
    if len(agreed) > _SHOWN:
        console.complain(_("… và {count} cảnh báo nữa.").format(count=len(agreed) - _SHOWN))
    console.say(
        _(
            "Đã nhập {members} thành viên, {households} hộ; {memberships} người vào nhóm; bỏ {rejected} dòng."
        ).format(**asdict(result))
    )
    console.answer({**asdict(result), "agreed": [_plain(number, problem) for number, problem in agreed]})
    return Exit.DONE


def _agreed(seen: Preview) -> list[tuple[int, Problem]]:
    """Return the warnings that --yes agreed to, with their rows."""
    return [
        (row.number, problem)
        for row in seen.accepted()
        for problem in row.problems
        if problem.level.value == "warn"
    ]


def _preview(book: Book, arguments: argparse.Namespace, console: Console, today: Any) -> Preview:
    from desktop.services.exchange import ImportOptions, mapping_for, preview, read_table

    sheet = read_table(Path(arguments.file), arguments.worksheet)
    mapping = _mapped(arguments.map, sheet, mapping_for(book, sheet.headings, sheet.rows))
    options = ImportOptions(today=today)
    if arguments.group:
        options = replace(options, group=find_group(book, arguments.group).id)
    options = replace(
        options,
        joined=arguments.joined,
        convert=arguments.convert,
        skip_bad=arguments.skip_bad,
        accept_warnings=arguments.yes,
        commune_code=arguments.commune,
    )
    return preview(book, sheet, mapping, options, _teller(console, _("Đọc")))


def _teller(console: Console, what: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        console.progress(done, total, what)

    return tell


def _mapped(wishes: Sequence[str], sheet: Sheet, guessed: Mapping) -> Mapping:
    """Return the guessed mapping with what --map says instead. Raises Refusal."""
    found = list(guessed)
    for wish in wishes:
        name, _equals, heading = wish.partition("=")
        field, column = _field(name.strip()), _column(heading.strip(), sheet)
        found = [None if other is field else other for other in found]
        found[column] = field
    return tuple(found)


def _field(name: str) -> Field:
    from desktop.services.exchange import Field

    try:
        return Field(name)
    except ValueError:
        known = ", ".join(field.value for field in Field)
        raise _bad_map(
            _("--map: không có mục {name}. Các mục: {known}.").format(name=name, known=known)
        ) from None


def _column(heading: str, sheet: Sheet) -> int:
    from resources.lang.names import fold

    if heading.startswith("#") and heading[1:].isdigit() and 0 < int(heading[1:]) <= len(sheet.headings):
        return int(heading[1:]) - 1
    for place, other in enumerate(sheet.headings):
        if fold(other) == fold(heading):
            return place
    known = ", ".join(text for text in sheet.headings if text)
    text = _("--map: tệp không có cột “{heading}”. Các cột: {known}.").format(heading=heading, known=known)
    raise _bad_map(text)


def _bad_map(text: str) -> Exception:
    from desktop.models.problems import Problem, Refusal

    return Refusal([Problem.stop("map", "map", text)])


def _show_preview(seen: Preview, console: Console) -> Exit:
    problems = [(row.number, problem) for row in seen.rejected() for problem in row.problems]
    console.say(
        _("Xem trước: {good} dòng đúng, {warned} dòng cần xem, {bad} dòng sai.").format(
            good=seen.good, warned=seen.warned, bad=seen.bad
        )
    )
    for field, heading in zip(seen.mapping, seen.sheet.headings, strict=True):
        console.say(f"  {heading or '–'}: {'–' if field is None else f'{field.label} ({field.value})'}")
    for problem in seen.problems:
        console.complain(problem.message)
    for number, problem in problems[:_SHOWN]:
        console.complain(_line(number, problem))
    console.answer(
        {
            "good": seen.good,
            "warned": seen.warned,
            "bad": seen.bad,
            "mapping": {
                heading: None if field is None else field.value
                for field, heading in zip(seen.mapping, seen.sheet.headings, strict=True)
            },
            "problems": [_plain(None, problem) for problem in seen.problems]
            + [_plain(number, problem) for number, problem in problems],
        }
    )
    return Exit.REFUSED if _would_refuse(seen) else Exit.DONE


def _would_refuse(seen: Preview) -> bool:
    """Tell whether the import itself would be refused, so that a trial run ends with the same code."""
    rejected = len(seen.rejected())
    stopped = any(problem.level.value == "stop" for problem in seen.problems)
    return stopped or rejected == len(seen.rows) or (rejected > 0 and not seen.options.skip_bad)


def _refused(seen: Preview, problems: Sequence[Problem], console: Console) -> Exit:
    """Tell why nothing was imported."""
    told = []
    for problem in problems:
        number, slash, field = problem.field.partition("/")
        row = int(number) if slash and number.isdigit() else None
        told.append((row, replace(problem, field=field) if row is not None else problem))
    for row, problem in told[:_SHOWN]:
        console.complain(problem.message if row is None else _line(row, problem))
    if len(told) > _SHOWN:
        console.complain(_("… và {count} lỗi nữa.").format(count=len(told) - _SHOWN))
    console.complain(
        _("Chưa nhập dòng nào. Sửa tệp, hoặc dùng --skip-bad để bỏ dòng sai, --yes để đồng ý với cảnh báo.")
    )
    console.answer({"refused": [_plain(row, problem) for row, problem in told], "bad": seen.bad})
    return Exit.REFUSED


def _line(row: int, problem: Problem) -> str:
    return _("Dòng {row}, {field}: {message}").format(
        row=row, field=_label(problem.field), message=problem.message
    )


def _label(field: str) -> str:
    from desktop.services.exchange import Field

    return Field(field).label if field in {known.value for known in Field} else field


def _plain(row: int | None, problem: Problem) -> dict[str, Any]:
    return {
        "row": row,
        "code": problem.code,
        "field": problem.field,
        "level": problem.level.value,
        "message": problem.message,
    }


COMMAND = Command(
    "import",
    N_("nhập thành viên từ Excel hoặc CSV"),
    _arguments,
    _run,
    example='sonhom import so.sonhom ds.xlsx --group N-001 --map full_name="Họ và tên" --rejects loai.xlsx',
)

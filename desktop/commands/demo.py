"""`sonhom demo`: make a book with a believable story in it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date

from desktop.commands.book_access import day
from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="FILE", help=_("tệp sẽ tạo (*.sonhom)"))
    parser.add_argument("--groups", type=int, default=3, metavar="N", help=_("số nhóm (mặc định 3)"))
    parser.add_argument(
        "--members", type=int, default=25, metavar="N", help=_("số thành viên mỗi nhóm (mặc định 25)")
    )
    parser.add_argument(
        "--years", type=int, default=2, metavar="N", help=_("số năm đã hoạt động (mặc định 2)")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=_("cùng số này thì cùng nội dung (mặc định 1)")
    )
    parser.add_argument(
        "--today", type=day, metavar="DAY", help=_("ngày coi là hôm nay; mặc định là hôm nay thật")
    )
    parser.add_argument(
        "--bulk", action="store_true", help=_("ghi từng lô lớn, cho sổ có hàng nghìn nhóm; nội dung như nhau")
    )


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services.books import book_address
    from desktop.services.demo import write_demo
    from desktop.services.demo_order import DemoOrder

    order = DemoOrder(
        arguments.groups,
        arguments.members,
        arguments.years,
        arguments.seed,
        arguments.today or date.today(),
    )
    address = book_address(arguments.book)
    made = write_demo(address, order, progress=console.progress, bulk=arguments.bulk)
    console.say(
        _(
            "Đã viết sổ mẫu {book}: {groups} nhóm, {members} thành viên, {meetings} buổi họp, "
            "{vouchers} chứng từ."
        ).format(book=address, **asdict(made))
    )
    console.answer({"book": address, "today": order.today.isoformat(), **asdict(made)})
    return Exit.DONE


COMMAND = Command("demo", N_("tạo một sổ mẫu để thử"), _arguments, _run, example="sonhom demo demo.sonhom")

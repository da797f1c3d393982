"""`sonhom words`: read an amount in words."""

from __future__ import annotations

import argparse

from desktop.commands.command import BadArgument, Command, Console, Exit
from resources.lang.messages import N_, _


def _amount(text: str) -> int:
    from resources.lang.dong import BadAmount, parse_dong

    try:
        return parse_dong(text)
    except BadAmount as error:
        raise BadArgument(str(error)) from error


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "amounts", metavar="AMOUNT", nargs="+", type=_amount, help=_("số tiền: 1005, 1.500.000, 50k, 1,5tr")
    )
    parser.add_argument("--odd", choices=("linh", "lẻ"), help=_("cách đọc số 0 hàng chục"))
    parser.add_argument("--thousand", choices=("nghìn", "ngàn"), help=_("cách đọc hàng nghìn"))
    parser.add_argument(
        "--even", choices=("never", "always", "round-thousands"), help=_("khi nào thêm chữ “chẵn”")
    )


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from resources.lang.words import OFFICIAL, in_words

    chosen = {key: getattr(arguments, key) for key in ("odd", "thousand", "even") if getattr(arguments, key)}
    style = OFFICIAL._replace(**chosen)
    rows = [{"amount": amount, "words": in_words(amount, style)} for amount in arguments.amounts]
    for row in rows:
        console.say(str(row["words"]))
    console.answer({"amounts": rows})
    return Exit.DONE


COMMAND = Command(
    "words",
    N_("đọc số tiền bằng chữ tiếng Việt (--lang en cũng vậy)"),
    _arguments,
    _run,
    example="sonhom words 1005",
)

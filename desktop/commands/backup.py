"""`sonhom backup`: copy a book, also while it is open, and check the copy."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from desktop.commands.book_access import book_argument, folder, opened
from desktop.commands.command import Command, Console, Exit
from resources.lang.messages import N_, _


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    parser.add_argument(
        "target",
        metavar="TO",
        help=_("thư mục có / ở cuối (tên bản sao được đặt theo ngày giờ) hoặc tên tệp bản sao"),
    )
    parser.add_argument(
        "--replace", action="store_true", help=_("thay tệp đang có mang tên đó, khi bản sao mới nguyên vẹn")
    )


def _is_folder(target: str) -> bool:
    """Tell whether a folder is meant: one that is there, or a name that ends as folders do."""
    return target.endswith(("/", os.sep)) or Path(target).is_dir()


def _free(place: Path, stem: str) -> Path:
    """Return a name that nothing in the folder has yet."""
    target, number = place / f"{stem}.sonhom", 2
    while target.exists():
        target, number = place / f"{stem}-{number}.sonhom", number + 1
    return target


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.problems import Trouble
    from desktop.services.safety import back_up

    target = Path(arguments.target)
    with opened(arguments) as book:
        if book.is_file and _is_folder(arguments.target):
            target = folder(arguments.target)
            target = _free(target, f"{book.path.stem}-{datetime.now():%Y%m%d-%H%M}")
        elif target.exists() and not arguments.replace:
            raise Trouble(
                _("Đã có tệp mang tên này: {path}. Tệp đó được giữ nguyên.").format(path=target),
                _("Hãy chọn tên khác, hoặc thêm --replace để thay nó bằng bản sao mới."),
                "exists",
            )
        copy = back_up(book, target, console.progress)
    console.say(
        _("Đã sao lưu và kiểm tra bản sao: {path} ({size} KB, {vouchers} chứng từ).").format(
            path=copy.path, size=-(-copy.size // 1024), vouchers=copy.vouchers
        )
    )
    console.answer({"path": str(copy.path), "size": copy.size, "vouchers": copy.vouchers})
    return Exit.DONE


COMMAND = Command(
    "backup",
    N_("sao lưu sổ, kể cả khi sổ đang mở, và kiểm tra bản sao"),
    _arguments,
    _run,
    example="sonhom backup so.sonhom /media/usb/",
)

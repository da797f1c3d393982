"""`sonhom restore`: put a checked copy in the place of a book, or list the copies there are."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import act, who_argument
from desktop.commands.command import Command, Console, Exit, Mistyped
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.restoring import FoundCopy, Preview

_MOST_NAMED = 10


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("copy", metavar="BACKUP", help=_("bản sao lưu; chỉ được đọc, không bị thay đổi"))
    parser.add_argument(
        "book", metavar="BOOK", nargs="?", help=_("sổ được khôi phục; tệp đang có được giữ lại bên cạnh")
    )
    parser.add_argument(
        "--list", action="store_true", help=_("liệt kê các bản sao lưu của sổ: sonhom restore --list BOOK")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("kiểm tra bản sao, xem điều gì sẽ mất, không khôi phục")
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("đồng ý mất những gì ghi sau bản sao (đã được liệt kê)")
    )
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services import restoring

    if arguments.list:
        return _list(arguments.book or arguments.copy, console)
    if arguments.book is None:
        raise Mistyped(_("còn thiếu tham số: {0}").format("BOOK"), "BOOK")
    copy = Path(arguments.copy)
    seen = restoring.preview(arguments.book, copy)
    _refuse(seen)
    lost = _tell(seen, console)
    if arguments.dry_run:
        console.answer({"book": arguments.book, "copy": str(copy), "restored": False, **lost})
        return Exit.DONE
    if seen.loss is not None and not seen.loss.nothing and not arguments.yes:
        raise _would_lose()
    done = restoring.restore(arguments.book, copy, act(arguments), console.progress)
    console.say(
        _("Đã khôi phục {book} từ bản sao, đã kiểm tra: {vouchers} chứng từ.").format(
            book=done.path, vouchers=show_number(done.vouchers)
        )
    )
    if done.kept is not None:
        console.say(_("Tệp cũ được giữ lại ở {path}").format(path=done.kept))
    console.answer(
        {
            "book": str(done.path),
            "copy": str(copy),
            "restored": True,
            "kept": None if done.kept is None else str(done.kept),
            "vouchers": done.vouchers,
            **lost,
        }
    )
    return Exit.DONE


def _refuse(seen: Preview) -> None:
    from desktop.models.problems import Problem, Refusal
    from desktop.store.restoring import bad_copy

    if not seen.copy.whole:
        raise bad_copy()
    if seen.other_book:
        text = _("Bản sao này là của sổ khác: {name}.").format(name=seen.other_book)
        raise Refusal([Problem.stop("other-book", "copy", text)])


def _would_lose() -> Exception:
    from desktop.models.problems import Problem, Refusal

    text = _("Sổ hiện tại có những gì bản sao chưa có (xem ở trên). Thêm --yes để vẫn khôi phục.")
    return Refusal([Problem.warn("would-lose", "copy", text)])


def _tell(seen: Preview, console: Console) -> dict[str, Any]:
    """Say what the book has and the copy has not; return it for programs."""
    from desktop.services.restoring import loss_lines

    for line in loss_lines(seen):
        console.say(line)
    if seen.loss is None:
        return {"lost": None}
    loss = seen.loss
    for meeting in loss.meeting_list[:_MOST_NAMED]:
        console.say(f"- {show_day(meeting.day)} · {meeting.code} {meeting.group}")
    for voucher in seen.lost_vouchers()[:_MOST_NAMED]:
        console.say(f"- {voucher}")
    rest = max(loss.vouchers - _MOST_NAMED, 0) + max(loss.meetings - _MOST_NAMED, 0)
    if rest:
        console.say(_("- và {n} dòng khác").format(n=show_number(rest)))
    return {
        "lost": {
            "vouchers": loss.vouchers,
            "meetings": loss.meetings,
            "changes": loss.changes,
            "erasures": loss.erasures,
        }
    }


def _list(address: str, console: Console) -> Exit:
    from desktop.services.restoring import find_copies, is_whole
    from desktop.settings import Settings

    settings = Settings.load()
    last = settings["folders"].get("backup")
    rows = []
    for found in find_copies(address, settings["backup_folder"], [Path(last)] if last else []):
        whole = found.whole is not False and is_whole(found.path)
        rows.append(_plain(found, whole))
        console.say(_line(found, whole))
    if not rows:
        console.say(_("Không thấy bản sao lưu nào của sổ này."))
    console.answer({"copies": rows})
    return Exit.DONE


def _line(found: FoundCopy, whole: bool) -> str:
    state = _("nguyên vẹn") if whole else _("HỎNG")
    until = "–" if found.last_voucher is None else show_day(found.last_voucher)
    text = _("{when}  {state}  đến chứng từ ngày {until}, {vouchers} chứng từ  {path}")
    when = f"{found.made:%d/%m/%Y %H:%M}"
    return text.format(
        when=when, state=state, until=until, vouchers=show_number(found.vouchers), path=found.path
    )


def _plain(found: FoundCopy, whole: bool) -> dict[str, Any]:
    return {
        "path": str(found.path),
        "kind": found.kind.value,
        "made": found.made.isoformat(timespec="minutes"),
        "size": found.size,
        "name": found.name,
        "vouchers": found.vouchers,
        "last_voucher": None if found.last_voucher is None else found.last_voucher.isoformat(),
        "last_meeting": None if found.last_meeting is None else found.last_meeting.isoformat(),
        "written_by": found.written_by,
        "computer": found.computer,
        "whole": whole,
    }


COMMAND = Command(
    "restore",
    N_("khôi phục sổ từ bản sao lưu; tệp cũ được giữ lại bên cạnh"),
    _arguments,
    _run,
    example="sonhom restore sao-luu/so-20261130-1700.sonhom so.sonhom",
)

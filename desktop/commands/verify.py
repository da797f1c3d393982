"""`sonhom verify`: recompute everything in a book and name the first thing that does not fit."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import book_argument, opened
from desktop.commands.command import Command, Console, Exit
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.models.problems import Trouble
    from desktop.services.verify import Finding, Verification


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.models.problems import Trouble
    from desktop.services.verify import verify

    try:
        with opened(arguments, to_check=True) as book:
            result = verify(book, console.progress)
            codes = _voucher_numbers(book, result.findings)
    except Trouble as trouble:
        from desktop.store.recognise import is_database
        from desktop.store.troubles import is_damage

        if not is_damage(trouble) or not is_database(Path(arguments.book)):
            raise
        return _damaged_at_the_door(trouble, arguments.book, console)
    counts = _("{vouchers} chứng từ, {postings} bút toán, {changes} lần sửa hồ sơ").format(
        vouchers=show_number(result.vouchers),
        postings=show_number(result.postings),
        changes=show_number(result.changes),
    )
    if result.ok:
        console.say(_("Sổ nguyên vẹn: {counts}.").format(counts=counts))
    else:
        console.say(_("TỆP SỔ BỊ HỎNG:") if result.damaged else _("SỔ KHÔNG KHỚP. Chỗ đầu tiên:"))
        for finding in result.findings:
            console.say("- " + ": ".join(part for part in (finding.where, finding.message) if part))
        console.say(_("Đã đọc {counts}.").format(counts=counts))
    advice = _advice(result, arguments.book)
    for sentence in advice:
        console.say(sentence)
    console.answer(
        {
            "ok": result.ok,
            "vouchers": result.vouchers,
            "postings": result.postings,
            "changes": result.changes,
            "first": _plain(result.first, codes),
            "findings": [_plain(finding, codes) for finding in result.findings],
            "damaged": result.damaged,
            "advice": advice,
        }
    )
    return Exit.DONE if result.ok else Exit.REFUSED


def _advice(result: Verification, address: str) -> list[str]:
    """Return what to do about a damaged file, nothing when the file is whole."""
    damaged = next((finding.advice for finding in result.findings if finding.advice), "")
    return [damaged, _way_back(address)] if damaged else []


def _way_back(address: str) -> str:
    from desktop.services.safety import way_back
    from desktop.settings import Settings

    return way_back(Path(address), Settings.load()["backup_folder"])


def _damaged_at_the_door(trouble: Trouble, address: str, console: Console) -> Exit:
    """Tell of a book that is too damaged to open: the check has its answer all the same."""
    advice = [trouble.advice, _way_back(address)]
    console.say(_("TỆP SỔ BỊ HỎNG, không mở được:"))
    for sentence in (trouble.message, *advice):
        console.say(sentence)
    found = {"code": trouble.code, "message": trouble.message, "where": "", "voucher": None}
    console.answer(
        {
            "ok": False,
            "vouchers": 0,
            "postings": 0,
            "changes": 0,
            "first": found,
            "findings": [found],
            "damaged": True,
            "advice": advice,
        }
    )
    return Exit.REFUSED


def _voucher_numbers(book: Any, findings: tuple[Finding, ...]) -> dict[int, str]:
    """Return the printed numbers of the vouchers that findings name; none when they can no longer be read."""
    from desktop.models.problems import Trouble
    from desktop.services.vouchers import rows_of

    ids = [finding.voucher for finding in findings if finding.voucher is not None]
    if not ids:
        return {}
    try:
        with book.read() as session:
            return {row.id: row.number for row in rows_of(session, ids)}
    except (Trouble, ValueError):
        return {}


def _plain(finding: Finding | None, numbers: dict[int, str]) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "code": finding.code,
        "message": finding.message,
        "where": finding.where,
        "voucher": None if finding.voucher is None else numbers.get(finding.voucher),
    }


COMMAND = Command(
    "verify",
    N_("kiểm tra toàn bộ sổ: chuỗi chứng từ, số dư, hồ sơ, tệp"),
    book_argument,
    _run,
    example="sonhom verify so.sonhom",
)

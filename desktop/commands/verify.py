"""`sonhom verify`: recompute everything in a book and name the first thing that does not fit."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import book_argument, opened
from desktop.commands.command import Command, Console, Exit
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.verify import Finding


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.services.verify import verify

    with opened(arguments) as book:
        result = verify(book, console.progress)
        codes = _voucher_numbers(book, result.findings)
    counts = _("{vouchers} chứng từ, {postings} bút toán, {changes} lần sửa hồ sơ").format(
        vouchers=show_number(result.vouchers),
        postings=show_number(result.postings),
        changes=show_number(result.changes),
    )
    if result.ok:
        console.say(_("Sổ nguyên vẹn: {counts}.").format(counts=counts))
    else:
        console.say(_("SỔ KHÔNG KHỚP. Chỗ đầu tiên:"))
        for finding in result.findings:
            console.say("- " + ": ".join(part for part in (finding.where, finding.message) if part))
        console.say(_("Đã đọc {counts}.").format(counts=counts))
    console.answer(
        {
            "ok": result.ok,
            "vouchers": result.vouchers,
            "postings": result.postings,
            "changes": result.changes,
            "first": _plain(result.first, codes),
            "findings": [_plain(finding, codes) for finding in result.findings],
        }
    )
    return Exit.DONE if result.ok else Exit.REFUSED


def _voucher_numbers(book: Any, findings: tuple[Finding, ...]) -> dict[int, str]:
    """Return the printed numbers of the vouchers that findings name."""
    from desktop.services.vouchers import rows_of

    ids = [finding.voucher for finding in findings if finding.voucher is not None]
    if not ids:
        return {}
    with book.read() as session:
        return {row.id: row.number for row in rows_of(session, ids)}


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

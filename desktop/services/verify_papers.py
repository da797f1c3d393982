"""Check what was printed: each paper's code still follows from what it said and from the chain at its place.

Whoever changes the past and recomputes the whole chain after it is told by the papers: their codes were taken
over the old chain, and people hold them in their hands.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from desktop.services.findings import Finding, Findings
from desktop.services.paper_codes import check_code
from desktop.services.paper_kinds import OTHER_PAPERS, prefix_of, report_title
from desktop.store.trail import ZERO
from resources.lang.messages import _

STEP = 2000

_PAPERS = text("""
SELECT p.id, p.number, p.report, p.subject, p.ends, p.balance, p.seq, p.check_code,
       r.uid AS register, r.last_seq, coalesce(v.hash, c.hash) AS chain
FROM prints p
JOIN registers r ON r.id = p.register_id
LEFT JOIN vouchers v ON v.register_id = p.register_id AND v.seq = p.seq
LEFT JOIN changes c ON c.register_id = p.register_id AND c.seq = p.seq
WHERE p.copy = 1 AND p.id > :last ORDER BY p.id LIMIT :step
""")


_NUMBERS = text("SELECT number, report FROM prints WHERE copy = 1 ORDER BY id")
_COPIES = text("""
SELECT number, report, count(*) AS many, max(copy) AS most FROM prints
GROUP BY number, report HAVING min(copy) <> 1 OR max(copy) <> count(*) ORDER BY number
""")


def paper_findings(connection: Connection) -> Findings:
    """Yield the papers that say something of a place which the chain does not have, or whose code does not fit; then
    those that are missing: numbers and copies have no gaps."""
    yield from _unfitting(connection)
    yield from _missing(connection)
    for row in connection.execute(_COPIES).all():
        words = _(
            "Các lần in của giấy này không liền nhau ({many} lần ghi, lần cuối là {most}): sổ in đã bị sửa."
        )
        yield _finding(row, "print-copies", words.format(many=row.many, most=row.most))


def _missing(connection: Connection) -> Findings:
    """Yield a gap in the numbers of each kind and year, and papers whose number is that of another kind."""
    known: dict[str, list[int]] = {}
    for row in connection.execute(_NUMBERS):
        prefix, _dash, rest = row.number.partition("-")
        number, _slash, year = rest.partition("/")
        if prefix not in (prefix_of(row.report), OTHER_PAPERS) or not number.isdigit():
            yield _finding(
                row, "print-kind", _("Số của giấy này không phải số của loại giấy ấy: sổ in đã bị sửa.")
            )
            continue
        known.setdefault(f"{prefix}-{{}}/{year}", []).append(int(number))
    for name, numbers in sorted(known.items()):
        gap = next((wanted for wanted, number in enumerate(sorted(numbers), 1) if number != wanted), None)
        if gap is not None:
            yield Finding(
                "print-gap", _("Thiếu giấy số {number} trong sổ in.").format(number=name.format(f"{gap:06d}"))
            )


def _unfitting(connection: Connection) -> Findings:
    book = bytes(connection.exec_driver_sql("SELECT uid FROM book").scalar_one())
    last = 0
    while rows := connection.execute(_PAPERS, {"last": last, "step": STEP}).all():
        last = rows[-1].id
        for row in rows:
            if row.seq > row.last_seq:
                yield _finding(
                    row,
                    "cut-back",
                    _("Giấy này được in ở một vị trí mà sổ chưa có: sổ đã bị thay bằng bản cũ hơn."),
                )
            elif _code(book, row) != row.check_code:
                yield _finding(row, "paper", _("Mã kiểm tra của giấy đã in không còn khớp với sổ."))


def _code(book: bytes, row: Any) -> str:
    ends = row.ends if row.ends is None or isinstance(row.ends, date) else date.fromisoformat(row.ends)
    chain = ZERO if row.chain is None else bytes(row.chain)
    return check_code(book, row.number, row.subject, ends, row.balance, bytes(row.register), row.seq, chain)


def _finding(row: Any, code: str, message: str) -> Finding:
    return Finding(
        code, message, _("{title} số {number}").format(title=report_title(row.report), number=row.number)
    )

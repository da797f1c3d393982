"""Check a whole book: its chain, its figures, its master data and its file. What `sonhom verify` and the window show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sqlalchemy import Connection

from desktop.logs import log
from desktop.models.problems import Trouble
from desktop.services.attachments import attachment_findings
from desktop.services.findings import MOST, Finding, Findings, Progress
from desktop.services.verify_chain import Counts, chain_findings, subject_name
from desktop.services.verify_figures import (
    balance_findings,
    below_zero_findings,
    number_findings,
    total_findings,
)
from desktop.services.verify_papers import paper_findings
from desktop.services.verify_records import attendance_findings, record_findings
from desktop.store.book import Book
from desktop.store.guards import missing_guards
from desktop.store.troubles import DAMAGED, damaged_part, explained, is_damage
from resources.lang.messages import N_, _

__all__ = ["Finding", "Verification", "verify"]


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking a book: `findings` is empty when it is whole; counts say how much was read."""

    ok: bool
    vouchers: int
    changes: int
    postings: int
    findings: tuple[Finding, ...]

    @property
    def damaged(self) -> bool:
        """Tell whether the file itself is damaged, not only what is written in it."""
        return any(finding.code == DAMAGED for finding in self.findings)

    @property
    def first(self) -> Finding | None:
        """Return the first thing that does not fit: of the chain, when the chain is broken."""
        return self.findings[0] if self.findings else None


def verify(book: Book, progress: Progress | None = None) -> Verification:
    """Recompute everything that follows from something else and return what does not fit, the chain first.

    Reads one picture of the book in one transaction; memory does not grow with the book. `progress` may raise
    to stop the work.
    """
    counts = Counts()
    findings: list[Finding] = []
    with book.read() as session:
        connection = session.connection()
        if progress is not None:
            counts.tell = _teller(progress)
        findings += _made(CHAIN, lambda: chain_findings(connection, counts))
        for title, check in CHECKS:
            if progress is not None:
                progress(counts.total, counts.total, _(title))
            findings += _made(title, partial(check, connection))
    findings += _repaired(book)
    return Verification(not findings, counts.vouchers, counts.changes, counts.postings, tuple(findings))


def _made(title: str, check: Callable[[], Findings]) -> list[Finding]:
    """Return what one check finds; a part of the file that it cannot read is a finding, and the others go on."""
    found: list[Finding] = []
    try:
        with explained():
            for finding in islice(check(), MOST):
                found.append(finding)
    except Trouble as trouble:
        if not is_damage(trouble):
            raise
        found.append(_unreadable(title, trouble.advice))
    except _NO_SENSE:
        # Bytes that are no day, no number, no JSON: the database hands them out, the program cannot read them.
        log().warning("a check met unreadable content: %s", title)
        found.append(_unreadable(title, damaged_part().advice))
    return found


def _unreadable(title: str, advice: str) -> Finding:
    return Finding(
        DAMAGED,
        _("Tệp sổ đã bị hỏng: có phần không đọc được, nên bước này không làm hết."),
        _(title),
        advice=advice,
    )


def _teller(progress: Progress) -> Callable[[Counts], None]:
    def tell(counts: Counts) -> None:
        progress(counts.vouchers + counts.changes, counts.total, _(CHAIN))

    return tell


def guard_findings(connection: Connection) -> Findings:
    """Yield the guards that are not at work."""
    for name in sorted(missing_guards(connection)):
        yield Finding("guard", _("Khóa bảo vệ {name} của sổ đã bị gỡ bỏ.").format(name=name))


def _repaired(book: Book) -> list[Finding]:
    """Return the guards that were gone when the book was opened: meanwhile anything could be changed."""
    return [
        Finding(
            "guard-repaired",
            _("Khóa bảo vệ {name} của sổ đã bị gỡ bỏ trước khi mở; chương trình đã đặt lại.").format(
                name=name
            ),
        )
        for name in sorted(book.repaired)[:MOST]
    ]


def reference_findings(connection: Connection) -> Findings:
    """Yield the rows that point to nothing (SQLite checks them only while the program runs)."""
    if connection.dialect.name != "sqlite":
        return
    for table, _row, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(
            "reference",
            _("Một dòng của bảng {table} trỏ đến dòng không có trong bảng {parent}.").format(
                table=table, parent=parent
            ),
        )


def file_findings(connection: Connection) -> Findings:
    """Yield what SQLite finds damaged in the file: each part that cannot be read whole, then the pages."""
    if connection.dialect.name != "sqlite":
        return
    advice = damaged_part().advice
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for table in names.scalars().all():
        if not _readable(connection, table):
            yield Finding(
                DAMAGED,
                _("Phần {part} của tệp sổ đã bị hỏng.").format(
                    part=_(_PARTS[table]) if table in _PARTS else subject_name(table)
                ),
                table,
                advice=advice,
            )
    rows = connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars().all()
    # The first row may hold many lines, under a heading with stars.
    lines = [line for row in rows for line in str(row).splitlines() if line != "ok" and line[:3] != "***"]
    if lines:
        yield Finding(
            DAMAGED,
            _("Tệp có {n} chỗ hỏng; chỗ đầu tiên: {line}").format(n=len(lines), line=lines[0]),
            advice=advice,
        )


def _readable(connection: Connection, table: str) -> bool:
    try:
        with explained():
            rows = connection.exec_driver_sql(f"PRAGMA quick_check('{table}')").all()
    except Trouble as trouble:
        if not is_damage(trouble):
            raise
        return False
    return [row[0] for row in rows] == ["ok"]


CHAIN = N_("Kiểm tra chuỗi")
"""What the first check is called."""

_NO_SENSE = (ValueError, TypeError, OverflowError)
"""What reading content raises that makes no sense."""

_PARTS = {"vouchers": N_("chứng từ"), "postings": N_("bút toán"), "changes": N_("lịch sử sửa hồ sơ")}
"""What the tables that are no records are called."""

CHECKS: list[tuple[str, Callable[[Connection], Findings]]] = [
    (N_("Kiểm tra số chứng từ"), number_findings),
    (N_("Kiểm tra số dư"), below_zero_findings),
    (N_("Kiểm tra hai bên cân đối"), balance_findings),
    (N_("Kiểm tra tổng theo ngày"), total_findings),
    (N_("Kiểm tra hồ sơ"), record_findings),
    (N_("Kiểm tra điểm danh"), attendance_findings),
    (N_("Kiểm tra giấy đã in"), paper_findings),
    (N_("Kiểm tra tệp đính kèm"), attachment_findings),
    (N_("Kiểm tra khóa bảo vệ"), guard_findings),
    (N_("Kiểm tra liên kết"), reference_findings),
    (N_("Kiểm tra tệp"), file_findings),
]
"""All checks but the chain, in the order in which they are made and shown."""

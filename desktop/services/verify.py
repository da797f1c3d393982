"""Check a whole book: its chain, its figures, its master data and its file. What `sonhom verify` and the window show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.models.problems import Trouble
from desktop.services.attachments import attachment_findings
from desktop.services.findings import Finding, Findings, Progress, first_of
from desktop.services.verify_chain import Counts, chain_findings
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
    try:
        with book.read() as session:
            connection = session.connection()
            if progress is not None:
                counts.tell = _teller(progress)
            findings += first_of(chain_findings(connection, counts))
            for title, check in CHECKS:
                if progress is not None:
                    progress(counts.total, counts.total, _(title))
                findings += first_of(check(connection))
    except Trouble as trouble:
        if trouble.code not in ("not-a-book", "disk-error"):
            raise
        findings.append(
            Finding("damaged", _("Không đọc được một phần của tệp sổ: tệp đã bị hỏng."), trouble.advice)
        )
    return Verification(not findings, counts.vouchers, counts.changes, counts.postings, tuple(findings))


def _teller(progress: Progress) -> Callable[[Counts], None]:
    def tell(counts: Counts) -> None:
        progress(counts.vouchers + counts.changes, counts.total, _("Kiểm tra chuỗi"))

    return tell


def guard_findings(connection: Connection) -> Findings:
    """Yield the guards that are not at work."""
    for name in sorted(missing_guards(connection)):
        yield Finding("guard", _("Khóa bảo vệ {name} của sổ đã bị gỡ bỏ.").format(name=name))


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
    """Yield what SQLite finds damaged in the file."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check(20)"):
        if line != "ok":
            yield Finding("damaged", _("Tệp sổ bị hỏng."), str(line))


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

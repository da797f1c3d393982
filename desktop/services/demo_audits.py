"""Audits for the demonstration book: a visit that is over with what it found, and one that is going on.

They are written through the services at the end of the story; nothing in them moves money.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from desktop.models.audit_kinds import CheckKind, Severity
from desktop.models.ids import AuditVisitId, GroupId
from desktop.models.records.every import Group
from desktop.services import audit_book, audits
from desktop.services.acts import Act
from desktop.services.audits import BeginAudit, CheckResult, Found
from desktop.store.book import Book

AUDITOR = "Lê Thị Bích Phượng, cán bộ dự án"
SEED = 20_260_707
_CLOCK = time(2, 0, tzinfo=UTC)


def audit_groups(book: Book, today: date, who: str) -> int:
    """Write a visit that is over and one that is going on; return how many vouchers that made (none)."""
    with book.read() as session:
        rows = session.execute(
            select(Group.id, Group.founded).where(Group.closed.is_(None)).order_by(Group.id)
        )
        groups = [(GroupId(key), founded) for key, founded in rows]
    for place, (group, founded) in enumerate(groups[:2]):
        day = today - timedelta(days=100 if place == 0 else 2)
        if founded is not None and founded + timedelta(days=30) > day:
            continue
        visit = audits.begin(book, BeginAudit(group, day, AUDITOR, seed=SEED + place), _act(who, day)).value
        if place == 0:
            _finished(book, visit, group, day, today, who)
        else:
            _going_on(book, visit, day, who)
    return 0


def _act(who: str, day: date) -> Act:
    return Act(who, datetime.combine(day, _CLOCK), day)


def _fill(book: Book, visit: AuditVisitId, act: Act, share: int, wrong: int) -> None:
    """Fill in the first `share` % of what was drawn; so many passbooks are wrong by one deposit."""
    detail = audit_book.detail(book, visit, act.today)
    left = wrong
    for kind in CheckKind:
        rows = detail.of(kind)
        for row in rows[: len(rows) * share // 100]:
            missing = 0
            if kind is CheckKind.PASSBOOK and left and row.book >= 20_000:
                missing, left = 20_000, left - 1
            note = "Sổ thiếu lần gửi gần nhất" if missing else ""
            result = CheckResult(row.book - missing, present=kind is CheckKind.PASSBOOK, note=note)
            audits.check(book, row.id, row.version, result, act)


def _finished(book: Book, visit: AuditVisitId, group: GroupId, day: date, today: date, who: str) -> None:
    act = _act(who, day)
    row = audit_book.detail(book, visit, day).row
    audits.count_boxes(book, visit, row.version, max(0, row.cash_book - 2_000), row.social_book, act)
    _fill(book, visit, act, 100, 1)
    audits.see_all(book, visit, act)
    _fill(book, visit, act, 100, 1)
    notes = (
        Found(Severity.MEDIUM, "Sổ của một thành viên thiếu một lần gửi", day, "Thư ký ghi bù và cho thành viên ký", "Thư ký", day + timedelta(days=14)),
        Found(Severity.LOW, "Quỹ thiếu 2.000 đồng so với sổ", day, "Ghi vào sổ thừa thiếu", "Thủ quỹ", day + timedelta(days=7)),
        Found(Severity.HIGH, "Một người giữ cả hai chìa khóa hộp tiền", day, "Bầu thêm người giữ chìa khóa", "Tổ trưởng", day + timedelta(days=30)),
    )  # fmt: skip
    made = [audits.keep_finding(book, group, one, act, visit).value for one in notes]
    row = audit_book.detail(book, visit, day).row
    summary = "Sổ sách rõ ràng, thành viên biết số dư của mình."
    audits.close(book, visit, row.version, day, summary, act, agreed=True)
    later = _act(who, day + timedelta(days=15))
    found = {one.id: one for one in audit_book.findings(book, today, group)}
    audits.close_finding(
        book, made[0], found[made[0]].version, later.today, "Đã xem sổ có chữ ký ghi bù", later
    )


def _going_on(book: Book, visit: AuditVisitId, day: date, who: str) -> None:
    act = _act(who, day)
    row = audit_book.detail(book, visit, day).row
    audits.count_boxes(book, visit, row.version, row.cash_book, row.social_book, act)
    _fill(book, visit, act, 60, 0)

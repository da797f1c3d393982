"""Check the chain of each register: every voucher and every change in its place, each fitting the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, text

from desktop.models.ids import GroupId, VoucherId
from desktop.models.records.every import ERASABLE
from desktop.services.findings import Finding, Findings, day_as_kept, group_names, number_as_kept
from desktop.services.history import subject_title
from desktop.services.ledger import voucher_content
from desktop.store.trail import ZERO, change_content, link
from resources.lang.messages import _

STEP = 2000
"""How many places of the chain are in memory at once."""

_VOUCHERS = text("""
SELECT v.seq, v.hash, v.id, v.uid, v.group_id, g.uid AS group_uid, v.paper, v.year, v.number, v.day,
       m.uid AS meeting_uid, p.uid AS member_uid, v.text, r.uid AS reverses_uid, v.reason,
       v.recorded_at, v.recorded_by
FROM vouchers v
JOIN savings_groups g ON g.id = v.group_id
LEFT JOIN meetings m ON m.id = v.meeting_id
LEFT JOIN members p ON p.id = v.member_id
LEFT JOIN vouchers r ON r.id = v.reverses_id
WHERE v.register_id = :register AND v.seq >= :first AND v.seq < :beyond
ORDER BY v.seq
""")
_POSTINGS = text("""
SELECT v.id, a.account, m.uid, l.uid, p.amount, p.kind, p.units, p.day, a.group_id
FROM vouchers v
JOIN postings p ON p.voucher_id = v.id
JOIN accounts a ON a.id = p.account_id
LEFT JOIN members m ON m.id = a.member_id
LEFT JOIN loans l ON l.id = a.loan_id
WHERE v.register_id = :register AND v.seq >= :first AND v.seq < :beyond
ORDER BY v.seq, p.id
""")
_CHANGES = text("""
SELECT c.seq, c.hash, c.at, c."by", c.subject, c.subject_uid, c.before, c.after, e.id AS erased
FROM changes c
LEFT JOIN erased_items e ON e.register_id = c.register_id AND e.seq = c.seq AND e.hash = c.hash
    AND e.record_uid = c.subject_uid
WHERE c.register_id = :register AND c.seq >= :first AND c.seq < :beyond
ORDER BY c.seq
""")
_LAST = text("""
SELECT max(seq) FROM (
    SELECT max(seq) AS seq FROM vouchers WHERE register_id = :register
    UNION ALL SELECT max(seq) FROM changes WHERE register_id = :register
    UNION ALL SELECT last_seq FROM registers WHERE id = :register
) AS ends
""")


def subject_name(table: str) -> str:
    """Return what a record of a logged table is called within a sentence."""
    return subject_title(table).lower()


@dataclass(slots=True)
class Counts:
    """How much was read."""

    vouchers: int = 0
    changes: int = 0
    postings: int = 0
    total: int = 0
    tell: Callable[[Counts], None] = field(default=lambda _counts: None)


@dataclass(frozen=True, slots=True)
class _Link:
    """One row of the chain as it is in the book now, and what is wrong with it in itself."""

    seq: int
    hash: bytes
    content: str
    place: Callable[[], Finding]
    wrong: tuple[str, ...] = ()
    taken: bool = False
    """The content was erased on request: the row's own hash is taken as its link."""


def chain_findings(connection: Connection, counts: Counts) -> Findings:
    """Yield what does not fit in the chains, the first misfit of each register first."""
    groups = group_names(connection)
    counts.total = sum(
        connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
        for table in ("vouchers", "changes")
    )
    rows = connection.exec_driver_sql("SELECT id, name, last_seq, last_hash FROM registers ORDER BY id").all()
    for register, name, last_seq, last_hash in rows:
        yield from _one_chain(
            connection, int(register), str(name), int(last_seq), bytes(last_hash), groups, counts
        )


def _one_chain(
    connection: Connection,
    register: int,
    name: str,
    last_seq: int,
    last_hash: bytes,
    groups: dict[int, str],
    counts: Counts,
) -> Findings:
    seq, before = 0, ZERO
    for row in _links(connection, register, groups, counts):
        if row.seq != seq + 1:
            yield _gap(seq, row, name)
        elif not row.taken and link(before, row.content) != row.hash:
            yield row.place()
        for code in row.wrong:
            found = row.place()
            yield Finding(code, _WRONG[code](), found.where, found.voucher, found.group)
        seq, before = row.seq, row.hash
    if (seq, before) != (last_seq, last_hash):
        yield Finding(
            "chain-end",
            _("Chuỗi của máy {register} kết thúc ở vị trí {seq}, nhưng sổ ghi là {wanted}.").format(
                register=name, seq=seq, wanted=last_seq
            ),
        )


def _gap(seq: int, row: _Link, name: str) -> Finding:
    if row.seq <= seq:
        message = _("Chuỗi của máy {register} có hai dòng ở vị trí {seq}.").format(register=name, seq=row.seq)
    else:
        message = _("Chuỗi của máy {register} thiếu từ vị trí {first} đến {last}: có dòng đã bị xóa.").format(
            register=name, first=seq + 1, last=row.seq - 1
        )
    after = row.place()
    return Finding("chain-gap", message, after.where, after.voucher, after.group)


def _links(connection: Connection, register: int, groups: dict[int, str], counts: Counts) -> Iterator[_Link]:
    last = connection.execute(_LAST, {"register": register}).scalar_one() or 0
    for first in range(0, last + 1, STEP):
        part = {"register": register, "first": first, "beyond": first + STEP}
        changes = [_change_link(row) for row in connection.execute(_CHANGES, part)]
        vouchers = list(_voucher_links(connection, part, groups, counts))
        counts.changes += len(changes)
        counts.vouchers += len(vouchers)
        counts.tell(counts)
        yield from merge(changes, vouchers, key=attrgetter("seq"))


def _change_link(row: Any) -> _Link:
    content = change_content(row.at, row.by, row.subject, bytes(row.subject_uid), row.before, row.after)

    def place() -> Finding:
        return Finding(
            "change",
            _("Lần sửa {subject} này đã bị thay đổi sau khi ghi.").format(subject=subject_name(row.subject)),
            _("{subject}, do {who} ghi lúc {at}").format(
                subject=subject_name(row.subject), who=row.by, at=row.at[:16].replace("T", " ")
            ),
        )

    return _Link(row.seq, bytes(row.hash), content, place, taken=_is_erased(row))


def _is_erased(row: Any) -> bool:
    """Tell whether the row's text was erased on request: it is listed so with this very hash, and is about a person.

    Its content cannot be hashed again; the link it had is in its own hash, in the next link, and in the list of
    what was erased, which stands in the chain itself.
    """
    emptied = any(text is not None and text.startswith('{"erased":"') for text in (row.before, row.after))
    return emptied and row.erased is not None and row.subject in ERASABLE


def _voucher_links(
    connection: Connection, part: dict[str, int], groups: dict[int, str], counts: Counts
) -> Iterator[_Link]:
    lines: dict[int, list[Any]] = {
        voucher: list(rows)
        for voucher, rows in groupby(connection.execute(_POSTINGS, part).all(), key=itemgetter(0))
    }
    for row in connection.execute(_VOUCHERS, part).all():
        postings = lines.get(row.id, [])
        counts.postings += len(postings)
        yield _voucher_link(row, postings, groups)


def _voucher_link(row: Any, postings: list[Any], groups: dict[int, str]) -> _Link:
    day = str(row.day)
    content = voucher_content(
        row.uid.hex(),
        row.group_uid.hex(),
        row.paper,
        row.year,
        row.number,
        day,
        _hex(row.meeting_uid),
        _hex(row.member_uid),
        row.text,
        _hex(row.reverses_uid),
        row.reason,
        row.recorded_at,
        row.recorded_by,
        [
            (account, _hex(member), _hex(loan), amount, kind, units)
            for _voucher, account, member, loan, amount, kind, units, _day, _group in postings
        ],
    )
    wrong = []
    if not postings or sum(posting[4] for posting in postings) != 0:
        wrong.append("unbalanced")
    if any(str(posting[7]) != day for posting in postings) or day[:4] != str(row.year):
        wrong.append("posting-day")
    if any(posting[8] != row.group_id for posting in postings):
        wrong.append("posting-group")

    def place() -> Finding:
        number = number_as_kept(row.paper, row.number, row.year)
        return Finding(
            "voucher",
            _("Chứng từ {number} không khớp chuỗi: nội dung đã bị thay đổi sau khi ghi sổ.").format(
                number=number
            ),
            _("{number}, {group}, ngày {day}").format(
                number=number, group=groups.get(row.group_id, "?"), day=day_as_kept(day)
            ),
            VoucherId(row.id),
            GroupId(row.group_id),
        )

    return _Link(row.seq, bytes(row.hash), content, place, tuple(wrong))


def _hex(uid: bytes | None) -> str | None:
    return None if uid is None else uid.hex()


_WRONG: dict[str, Callable[[], str]] = {
    "unbalanced": lambda: _("Nợ và có của chứng từ không bằng nhau."),
    "posting-day": lambda: _("Ngày của bút toán khác ngày của chứng từ."),
    "posting-group": lambda: _("Bút toán nằm ở tài khoản của nhóm khác."),
}

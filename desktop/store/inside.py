"""What a book's file holds, read without opening it as a book: for choosing among copies, also of an older schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.models.problems import Trouble
from desktop.store.backup import ChainEnds, chain_ends, reading
from desktop.store.recognise import file_version

MOST = 200
"""How many lost meetings and vouchers are told by name; all are counted."""

_VOUCHERS = "SELECT count(*), max(day) FROM vouchers"
_MEETINGS = "SELECT max(day) FROM meetings WHERE state = 'posted'"
_LATEST = """
SELECT at, who, computer FROM (
    SELECT v.recorded_at AS at, v.recorded_by AS who, r.name AS computer
    FROM vouchers v JOIN registers r ON r.id = v.register_id WHERE v.id = (SELECT max(id) FROM vouchers)
    UNION ALL
    SELECT c.at, c."by", r.name
    FROM changes c JOIN registers r ON r.id = c.register_id WHERE c.id = (SELECT max(id) FROM changes)
) AS latest ORDER BY at DESC LIMIT 1
"""
_LOST_VOUCHERS = """
FROM main.vouchers v WHERE NOT EXISTS (SELECT 1 FROM kept.vouchers k WHERE k.uid = v.uid)
"""
_LOST_MEETINGS = """
SELECT g.code, g.name, m.day FROM main.meetings m JOIN main.savings_groups g ON g.id = m.group_id
WHERE m.state = 'posted' AND NOT EXISTS (SELECT 1 FROM kept.meetings k WHERE k.uid = m.uid)
ORDER BY m.day DESC, m.id DESC
"""
_LOST_CHANGES = """
SELECT count(*) FROM main.changes c JOIN main.registers r ON r.id = c.register_id
WHERE NOT EXISTS (
    SELECT 1 FROM kept.changes k JOIN kept.registers o ON o.id = k.register_id
    WHERE o.uid = r.uid AND k.seq = c.seq AND k.hash = c.hash)
"""
_GAINED = "SELECT count(*) FROM kept.vouchers k WHERE NOT EXISTS (SELECT 1 FROM main.vouchers v WHERE v.uid = k.uid)"
_ERASED = "SELECT count(*) FROM main.erasures e WHERE NOT EXISTS (SELECT 1 FROM kept.erasures k WHERE k.uid = e.uid)"


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file holds: whose book, how far it goes, who wrote into it last (moment aware), on which computer."""

    uid: bytes
    name: str
    schema: str
    vouchers: int
    last_voucher: date | None
    last_meeting: date | None
    written_at: datetime | None
    written_by: str
    computer: str
    ends: ChainEnds


@dataclass(frozen=True, slots=True)
class LostVoucher:
    """A voucher that a copy does not hold: group, kind of paper with number and year, day."""

    group: str
    paper: str
    number: int
    year: int
    day: date


@dataclass(frozen=True, slots=True)
class LostMeeting:
    """A posted meeting that a copy does not hold."""

    code: str
    group: str
    day: date


@dataclass(frozen=True, slots=True)
class Loss:
    """What a book has and a copy of it has not. The lists hold at most `MOST`; the numbers count all.

    `gained`: vouchers that only the copy has (the two went different ways). `erasures`: erasures on request that
    the copy does not know of, so that it brings the data back.
    """

    vouchers: int
    meetings: int
    changes: int
    gained: int
    erasures: int
    voucher_list: tuple[LostVoucher, ...]
    meeting_list: tuple[LostMeeting, ...]

    @property
    def nothing(self) -> bool:
        """Tell whether the copy holds all that the book holds."""
        return not (self.vouchers or self.meetings or self.changes)


def look_inside(path: Path) -> Inside | None:
    """Return what a file holds; None when it cannot be read as a book."""
    try:
        schema = file_version(path)
        with closing(reading(path)) as book:
            uid, name = book.execute("SELECT uid, name FROM book").fetchone()
            vouchers, last_voucher = book.execute(_VOUCHERS).fetchone()
            (last_meeting,) = book.execute(_MEETINGS).fetchone()
            at, who, computer = book.execute(_LATEST).fetchone() or (None, "", "")
            return Inside(
                bytes(uid),
                str(name),
                schema,
                int(vouchers),
                _day(last_voucher),
                _day(last_meeting),
                None if at is None else datetime.fromisoformat(at),
                str(who),
                str(computer),
                chain_ends(book),
            )
    except (Trouble, OSError, sqlite3.Error, ValueError, TypeError):
        return None


def lost_between(book: Path, copy: Path) -> Loss | None:
    """Return what the book has and the copy has not; None when one of them cannot be read whole."""
    try:
        with closing(reading(book)) as both:
            mode = "mode=ro" if Path(f"{copy}-wal").exists() else "mode=ro&immutable=1"
            both.execute("ATTACH DATABASE ? AS kept", (f"{copy.resolve().as_uri()}?{mode}",))
            (vouchers,) = both.execute(f"SELECT count(*) {_LOST_VOUCHERS}").fetchone()
            meetings = both.execute(_LOST_MEETINGS).fetchall()
            return Loss(
                vouchers=int(vouchers),
                meetings=len(meetings),
                changes=int(both.execute(_LOST_CHANGES).fetchone()[0]),
                gained=int(both.execute(_GAINED).fetchone()[0]),
                erasures=_erasures(both),
                voucher_list=tuple(_vouchers(both)),
                meeting_list=tuple(
                    LostMeeting(code, name, date.fromisoformat(day)) for code, name, day in meetings[:MOST]
                ),
            )
    except (OSError, sqlite3.Error, ValueError, TypeError):
        return None


def _vouchers(both: sqlite3.Connection) -> list[LostVoucher]:
    rows = both.execute(
        "SELECT (SELECT g.code FROM main.savings_groups g WHERE g.id = v.group_id), v.paper, v.number, v.year,"
        f" v.day {_LOST_VOUCHERS} ORDER BY v.id DESC LIMIT {MOST}"
    )
    return [
        LostVoucher(code, paper, number, year, date.fromisoformat(day))
        for code, paper, number, year, day in rows
    ]


def _erasures(both: sqlite3.Connection) -> int:
    try:
        return int(both.execute(_ERASED).fetchone()[0])
    except sqlite3.OperationalError:  # a schema from before erasures
        return 0


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

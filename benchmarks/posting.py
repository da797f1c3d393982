"""Posting one meeting of 25 members durably, against the very same rows written with bare sqlite3."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.measure import Line, timed
from desktop.models.ids import GroupId
from desktop.models.kinds import Frequency
from desktop.models.rules import sheet as rules
from desktop.models.rules.constitution import FineRule, Rules
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import demo, groups, meetings
from desktop.services.acts import Act
from desktop.services.demo_order import DemoOrder
from desktop.store.book import Book
from desktop.store.disk import fold_log
from desktop.store.engine import set_pragmas

MEETINGS = 60
WARM = 10


def run(folder: Path) -> Line:
    """Post meetings to a real book and replay the same statements with bare sqlite3, in turn."""
    path = folder / "posting.sonhom"
    demo.write_demo(str(path), DemoOrder(groups=3, years=1, today=date(2026, 11, 23)))
    with Book.open(str(path)) as book:
        group = _fresh_group(book)
        fold_log(path)
        bare_path = folder / "bare.db"
        shutil.copyfile(path, bare_path)
        bare = sqlite3.connect(bare_path, isolation_level=None)
        set_pragmas(bare)
        ours, theirs = [], []
        for number in range(WARM + MEETINGS):
            command = _meeting(book, group, date(2026, 1, 3) + timedelta(days=5 * number))
            with _Recorder(book) as recorder:
                took = timed(partial(meetings.record, book, command, _ACT))
            gc.collect()
            limit = timed(partial(_replay, bare, recorder.written))
            if number >= WARM:
                ours.append(took)
                theirs.append(limit)
        _same(bare, book)
        bare.close()
    return Line(
        "Post a meeting of 25 members / the same rows, sqlite3",
        statistics.median(ours),
        statistics.median(theirs),
        5,
        note=f"{_rows(recorder.written)} rows, {syncs(folder)}",
    )


COUNTED = 5
_CHILD = """
import os, sys
from pathlib import Path
from benchmarks import posting
posting.post_some(Path(sys.argv[1]))
os._exit(0)
"""


def syncs(folder: Path) -> str:
    """Return how often the disk is waited for per meeting, counted by strace where it is installed."""
    strace = shutil.which("strace")
    if strace is None:
        return "syncs not counted (no strace)"
    log = folder / "strace.txt"
    command = [
        strace,
        "-f",
        "-e",
        "trace=fsync,fdatasync,mkdir",
        "-o",
        str(log),
        sys.executable,
        "-c",
        _CHILD,
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([*command, str(folder)], env=environment, capture_output=True, check=False)
    if done.returncode:
        return "syncs not counted (strace failed)"
    lines = log.read_text().splitlines()
    first, last = (next(place for place, line in enumerate(lines) if mark in line) for mark in (_BEGIN, _END))
    counted = sum("sync(" in line for line in lines[first:last])
    return f"{counted / COUNTED:g} sync per meeting"


_BEGIN, _END = "begin-here", "end-here"


def post_some(folder: Path) -> None:
    """Post a few meetings between two marks that strace sees; runs in a process of its own."""
    path = folder / "counted.sonhom"
    demo.write_demo(str(path), DemoOrder(groups=1, years=1, today=date(2026, 11, 23)))
    with Book.open(str(path)) as book:
        group = _fresh_group(book)
        commands = [
            _meeting(book, group, date(2026, 1, 3) + timedelta(days=5 * n)) for n in range(COUNTED + 1)
        ]
        meetings.record(book, commands[0], _ACT)
        (folder / _BEGIN).mkdir()
        for command in commands[1:]:
            meetings.record(book, command, _ACT)
        (folder / _END).mkdir()


_ACT = Act("bench", datetime.now(UTC), date(2027, 12, 31))


def _fresh_group(book: Book) -> GroupId:
    """Return a group of 25 that has met never; all columns of a usual sheet."""
    from desktop.services import members

    agreed = Rules(
        valid_from=date(2026, 1, 1),
        frequency=Frequency.WEEKLY,
        share_value=20_000,
        social_contribution=5_000,
        fines=(FineRule("late", "Đi muộn", 5_000),),
    )
    group = groups.found(
        book,
        groups.FoundGroup(
            name="Nhóm đo", rules=agreed, cycle_starts=date(2026, 1, 1), cycle_ends=date(2027, 12, 31)
        ),
        _ACT,
    ).value
    rows = members.page(book, members.MemberFilter(), members.MemberSort(), 0, 25)
    groups.add(book, groups.AddMembers(group, tuple(row.id for row in rows), date(2026, 1, 1)), _ACT)
    return group


def _meeting(book: Book, group: GroupId, day: date) -> meetings.RecordMeeting:
    facts = meetings.sheet_facts(book, group, day, date(2027, 12, 31))
    rows = rules.filled(facts, [SheetRow(member.id) for member in facts.members])
    keyed = tuple(SheetRow(row.member, row.attendance, {**row.amounts, "savings": 50_000}) for row in rows)
    return meetings.RecordMeeting(group, Sheet(day=day, rows=keyed), meetings.new_meeting_uid(), agreed=True)


Written = list[tuple[str, Any, bool]]


class _Recorder:
    """Keeps the statements that write, with their values as the driver gets them."""

    def __init__(self, book: Book) -> None:
        self.engine = book.engine
        self.written: Written = []

    def __enter__(self) -> _Recorder:
        event.listen(self.engine, "before_cursor_execute", self._keep)
        return self

    def __exit__(self, *_exc: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._keep)

    def _keep(
        self, _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool
    ) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.written.append((statement, values, many))


def _replay(bare: sqlite3.Connection, written: Written) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for statement, values, many in written:
        if many:
            bare.executemany(statement, values)
        else:
            bare.execute(statement, values)
    bare.execute("COMMIT")


def _rows(written: Written) -> int:
    return sum(len(values) if many else 1 for _statement, values, many in written)


def _same(bare: sqlite3.Connection, book: Book) -> None:
    """Make sure that both sides wrote the same: else the comparison means nothing."""
    for table in ("vouchers", "postings", "attendances", "changes"):
        query = f"SELECT count(*) FROM {table}"
        with book.read() as session:
            ours: Sequence[Any] = session.connection().exec_driver_sql(query).one()
        if bare.execute(query).fetchone()[0] != ours[0]:
            raise RuntimeError(f"the bare side wrote other rows into {table}")

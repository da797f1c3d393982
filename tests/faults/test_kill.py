"""kill -9 at any moment of posting: the book opens, verifies, and has the whole meeting or none of it."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import random
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.models.records.every import Cycle, Meeting, MeetingAttendance, Posting, Voucher
from desktop.services import drafts, verify
from desktop.store.book import Book
from tests.faults import poster
from tests.faults.poster import MEMBERS
from tests.village import settle

KILLS = 50
# A fork has everything imported, so that the killing hits the posting and not the start of Python.
PROCESSES: Any = multiprocessing.get_context(
    "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
)


@pytest.mark.slow
def test_killed_at_any_moment_the_book_has_whole_meetings_only(tmp_path: Path) -> None:
    path = str(tmp_path / "so.sonhom")
    with Book.create(path, "Sổ") as book:
        settle(book, members=MEMBERS)
    chance = random.Random(1)
    posted = 0
    for _kill in range(KILLS):
        draft, acknowledged = _post_until_killed(path, posted + 1, chance)
        with Book.open(path) as book:
            assert not book.readonly
            posted = _whole_meetings(book)
            assert posted in (acknowledged, acknowledged + 1), "what was said to be posted is there"
            kept = drafts.find(book, "meeting", "1")
            if draft > posted:
                # The draft that was said to be kept is there, unless its meeting is posted.
                assert kept is not None
                assert json.loads(kept.content)["number"] == draft
            elif kept is not None:
                assert json.loads(kept.content)["number"] == posted + 1
            result = verify.verify(book)
            assert result.ok, result.findings
    assert posted >= KILLS // 5, "the killing must hit a program at work"


def _post_until_killed(path: str, first: int, chance: random.Random) -> tuple[int, int]:
    """Post meetings from the number `first` on; kill after some drafts and meetings, somewhere on the way to the next,
    at the pace of this machine. Return the last draft and the last meeting that the program was told are done."""
    read, write = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=poster.run, args=(path, first, write))
    process.start()
    write.close()
    done = {"draft": first - 1, "posted": first - 1}
    done.update([read.recv()])
    began, waited_for = time.monotonic(), chance.randrange(1, 4)
    for _news in range(waited_for):
        done.update([read.recv()])
    pace = (time.monotonic() - began) / waited_for
    time.sleep(chance.uniform(0.0, 1.5) * pace)
    process.kill()
    with contextlib.suppress(EOFError):
        while True:
            done.update([read.recv()])
    process.join()
    process.close()
    return done["draft"], done["posted"]


def _whole_meetings(book: Book) -> int:
    """Return how many meetings the book has; each must be there with all that belongs to it."""
    with book.read() as session:
        meetings = session.scalar(select(func.count()).select_from(Meeting)) or 0
        counts = [
            session.scalar(select(func.count()).select_from(table))
            for table in (Voucher, Posting, MeetingAttendance)
        ]
        assert session.scalar(select(func.count()).select_from(Cycle)) == 1
    assert counts == [meetings * MEMBERS, meetings * MEMBERS * 5, meetings * MEMBERS]
    return meetings

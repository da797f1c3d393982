"""kill -9 at any moment of an opening: what was typed is there, and the balances are all posted or none of them."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest

from desktop.models.kinds import Account
from desktop.services import openings, verify
from desktop.services.balances import group_balances
from desktop.store.book import Book
from tests.faults import opener
from tests.faults.test_kill import PROCESSES
from tests.village import START, an_act, settle

KILLS = 12


@pytest.mark.slow
def test_killed_at_any_moment_the_opening_is_whole_or_still_a_draft(tmp_path: Path) -> None:
    path = str(tmp_path / "so.sonhom")
    with Book.create(path, "Sổ") as book:
        village = settle(book)
    chance = random.Random(2)
    for kill in range(KILLS):
        said = _work_until_killed(path, 100 * kill, chance.uniform(0.0, 0.25))
        with Book.open(path) as book:
            desk = openings.desk(book, village.group, START, START)
            with book.read() as session:
                held = group_balances(session, village.group, START)
            if desk.posted is None:
                assert not any(held.values())
                assert desk.draft is not None
                assert int(desk.draft.handed_by.removeprefix("Lần ")) >= said["draft"]
            else:
                assert held[Account.SURPLUS] == 450_000
                openings.take_back(book, village.group, "dọn", an_act())
            result = verify.verify(book)
            assert result.ok, result.findings


def _work_until_killed(path: str, first: int, delay: float) -> dict[str, int]:
    read, write = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=opener.run, args=(path, first, write))
    process.start()
    write.close()
    done = dict([read.recv()])
    time.sleep(delay)
    process.kill()
    with contextlib.suppress(EOFError):
        while True:
            done.update([read.recv()])
    process.join()
    process.close()
    return done

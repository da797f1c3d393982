"""kill -9 at each step of a restoring: the book's name always holds a whole book, and nothing that was there is lost."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.services import restoring, safety, verify
from desktop.store.book import Book
from tests.village import an_act, meet, settle

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to die at a chosen step")

NEVER = -1
LAST = 12
STEPS = ("os.rename", "os.link", "os.remove", "os.chmod", "shutil.copyfile", "sqlite3.connect", "open")
"""What Python tells of (audit events) when a file is touched: each is a moment to die at."""


@pytest.mark.slow
@pytest.mark.parametrize("damaged", [False, True])
def test_killed_at_any_step_nothing_is_lost(tmp_path: Path, damaged: bool) -> None:
    first = tmp_path / "first"
    first.mkdir()
    so = first / "so.sonhom"
    with Book.create(str(so), "Sổ") as book:
        village = settle(book)
        meet(book, village, 1)
        safety.back_up(book, tmp_path / "sao.sonhom")
        meet(book, village, 2)
    whole = so.read_bytes()
    present = whole[:5000] if damaged else whole
    before = {"so.sonhom": present} | ({"so.sonhom-wal": b"its log"} if damaged else {})
    copy = tmp_path / "sao.sonhom"

    def place(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file, content in before.items():
            (folder / file).write_bytes(content)
        return folder

    steps = _restore_in_a_child(NEVER, place("whole"), copy)
    assert steps > 20, "the steps of a restoring were told"
    # The last steps change the places of the files: each of them; of those before, some.
    for step in [*range(0, steps - LAST, 9), *range(steps - LAST, steps)]:
        folder = place(f"step-{step}")
        assert _restore_in_a_child(step, folder, copy) == -signal.SIGKILL
        _nothing_is_lost(folder, present, damaged)
        if step % 5 == 0:
            _the_next_one_clears_up(folder)


def _restore_in_a_child(step: int, folder: Path, copy: Path) -> int:
    """Restore in a child that is killed at a step; return how it was killed, or how many steps it made."""
    child = os.fork()
    if child == 0:
        _restore_until(step, folder, copy)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _restore_until(step: int, folder: Path, copy: Path) -> None:
    seen = 0

    def die(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in STEPS and folder.name in str(args):
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    try:
        sys.addaudithook(die)
        restoring.restore(str(folder / "so.sonhom"), copy, an_act())
    except BaseException:
        seen = 0
    os._exit(min(seen, 250))


def _nothing_is_lost(folder: Path, present: bytes, damaged: bool) -> None:
    so = folder / "so.sonhom"
    files = {file.name: file for file in folder.iterdir()}
    kept = [file for name, file in files.items() if "-truoc-khoi-phuc-" in name and name.endswith(".sonhom")]
    if damaged:
        assert present in [file.read_bytes() for file in (so, *kept)]
        logs = [
            file for name, file in files.items() if name.endswith("-wal") and "dang-khoi-phuc" not in name
        ]
        assert b"its log" in [log.read_bytes() for log in logs]
        if so.read_bytes() == present:
            return
    with Book.open(str(so)) as book:
        result = verify.verify(book)
        assert result.ok, result.findings
    if not damaged and result.vouchers == 3:
        with Book.open(str(kept[0])) as book:
            assert verify.verify(book).vouchers == 6


def _the_next_one_clears_up(folder: Path) -> None:
    restoring.restore(str(folder / "so.sonhom"), folder.parent / "sao.sonhom", an_act())
    assert not [file.name for file in folder.iterdir() if "dang-khoi-phuc" in file.name]

"""A clerk's meeting in the real window: keyed in, the power fails, keyed in to the end, counted, posted."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.models.kinds import Attendance
from desktop.services import drafts, meetings
from desktop.store.book import Book
from tests.journeys.real_window import Screen, missing_programs, screen, until, waited
from tests.views.meetings.people import Village, settle

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(missing_programs()), reason=f"missing here: {', '.join(missing_programs())}"),
]


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Screen]:
    (tmp_path / "config").mkdir()
    chosen = {"who": "Lê Thị Sáu", "language": "vi", "theme": "light", "backup_on_close": False}
    (tmp_path / "config" / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
    with screen(tmp_path) as made:
        yield made


@pytest.fixture
def sonhom(tmp_path: Path) -> tuple[Path, Village]:
    path = tmp_path / "so.sonhom"
    today = date.today()
    with Book.create(str(path), "Sổ xã Tân Hưng", who="Lê Thị Sáu") as made:
        return path, settle(made, first=today - timedelta(days=20), today=today)


def kept_draft(path: Path, village: Village) -> str:
    with Book.open(str(path)) as looking:
        row = drafts.find(looking, "meeting", str(village.group))
        return "" if row is None else row.content


def open_sheet(display: Screen) -> None:
    """From the start page to the sheet of the only group: Alt+4, Enter."""
    until(lambda: "Sổ xã Tân Hưng" in display.title(), "the start page")
    display.press("alt+4")
    until(lambda: "Buổi họp" in display.title(), "the list of meetings")
    for _try in range(3):
        time.sleep(1)  # a person looks at the list before pressing Enter
        display.press("Return")
        if waited(lambda: "Phiếu họp" in display.title(), 15):
            return
    pytest.fail("the sheet does not open")


def test_a_meeting_of_25_keyed_in_with_the_keyboard_through_a_power_cut(
    display: Screen, sonhom: tuple[Path, Village]
) -> None:
    path, village = sonhom
    program = display.start(path)
    try:
        open_sheet(display)
        # Roll call: the second is late, the third absent; then what everybody owes, then savings.
        display.press("Return")
        display.type("mv")
        display.press("F5", "Tab", "Tab")
        for amount in ("50k", "1tr", "1,5tr", "50.000"):
            display.type(amount)
            display.press("Return")
        display.type("7")
        until(lambda: '"7"' in kept_draft(path, village), "the open editor in the draft")
        display.picture("before")
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()

    program = display.start(path)
    try:
        open_sheet(display)
        display.type("0k")  # the editor is open again and holds the 7
        display.press("Tab", "Tab", "Tab", "Tab", "Tab")
        display.type("Ve som")
        display.press("Return")
        until(lambda: "Ve som" in kept_draft(path, village), "the note in the draft")
        # 24 present: a share of 20.000 each; savings of 2.670.000; one fine of 5.000; social 24 × 5.000.
        display.press("F6")
        display.type("6")
        display.press("Return", "Return")
        display.type("1")
        display.press("Return")
        display.type("1")
        display.press("Return", "Return", "Return")
        display.type("1")
        display.press(*["Return"] * 4)  # 2.000, 1.000, 500, then the social fund's box
        display.press(*["Return"] * 2)
        display.type("1")
        display.press(*["Return"] * 2)
        display.type("1")
        until(lambda: '"social_counted/20000":"1"' in kept_draft(path, village), "the count in the draft")
        display.picture("counted")
        display.press("ctrl+s", "ctrl+s")
        until(lambda: "Kỳ họp 1" in display.title(), "the posted meeting")
        display.picture("posted")
        display.press("ctrl+q")
        assert program.wait(timeout=30) == 0
    except BaseException:
        display.picture("failed")
        raise
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()

    with Book.open(str(path)) as book:
        rows = meetings.meetings_of(book, village.group)
        assert len(rows) == 1
        assert (rows[0].present, rows[0].difference, rows[0].recorded_by) == (24, 0, "Lê Thị Sáu")
        detail = meetings.meeting_detail(book, rows[0].id, date.today())
        states = [row.attendance for row in detail.sheet.rows[:4]]
        assert states == [Attendance.PRESENT, Attendance.LATE, Attendance.ABSENT, Attendance.PRESENT]
        savings = [row.amounts.get("savings", 0) for row in detail.sheet.rows]
        assert sum(savings) == 2_670_000
        assert [row.note for row in detail.sheet.rows if row.note] == ["Ve som"]
        assert drafts.unfinished(book) == []

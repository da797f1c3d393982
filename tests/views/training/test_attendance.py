"""Hours are keyed in like a meeting: Enter down, Tab right, Space, F5, drafts at each keystroke; wrong cells are refused."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.models.kinds import Attendance
from desktop.services import drafts, training_sessions
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from desktop.views.meetings.draft_text import from_text
from desktop.views.meetings.hours_page import HoursPage
from desktop.views.meetings.sheet_draft import Spot
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.meetings.hands import Hands
from tests.views.training.conftest import START, TODAY, Room
from tests.village import an_act


class Keys(Hands):
    """The hands of a clerk on the sheet of a class."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.take()

    def take(self) -> None:
        """Use the sheet that is open now."""
        self.room = self.page.room
        self.view, self.draft = self.room.view, self.room.draft


def opened(room: Room, place: int = 0) -> Keys:
    page = room.show(HoursPage, session=room.sessions[place])
    page.focus_first()
    return Keys(page)


def said(room: Room) -> str:
    return " ".join(f"{getattr(one, 'text', one)} {getattr(one, 'advice', '')}" for one in room.said)


def test_a_session_is_keyed_in_without_a_mouse(room: Room) -> None:
    keys = opened(room)
    assert_named(keys.page)
    first, second, third = (row.member for row in room.detail().learners)
    assert keys.at == (first, "attendance")
    keys.press("Down").type("v")  # the second is away without leave; a letter is a whole answer
    assert keys.at == (third, "attendance")
    keys.type("m")
    keys.press("F5")
    assert [keys.text(member, "hours") for member in (first, second, third)] == ["4", "", "4"]
    keys.go(third, "hours").key_in("2,5", "Tab")
    assert keys.at == (third, "note")
    keys.key_in("về sớm")
    keys.press("Ctrl+S")
    room.settle()
    states = {row.member: row.standing.minutes for row in room.detail().learners}
    assert states == {first: 240, second: 0, third: 150}
    assert room.detail().sessions[0].came == 2
    assert (room.routes[-1].page, room.routes[-1].args["tab"]) == ("training_class", "sessions")
    assert drafts.unfinished(room.book) == []
    again = opened(room)
    assert again.draft.state.row(third).attendance is Attendance.LATE
    assert again.draft.state.row(third).note == "về sớm"


def test_space_goes_round_and_absence_takes_the_hours_away(room: Room) -> None:
    keys = opened(room)
    first = room.detail().learners[0].member
    keys.press("F5").press("Space")
    assert keys.draft.state.row(first).attendance is Attendance.LATE
    assert keys.text(first, "hours") == "4"
    keys.press("Space")
    assert keys.draft.state.row(first).attendance is Attendance.ABSENT
    assert keys.text(first, "hours") == ""
    keys.press("Space", "Space")
    assert keys.draft.state.row(first).attendance is Attendance.PRESENT
    keys.press("Ctrl+Z", "Ctrl+Z")
    assert keys.draft.state.row(first).attendance is Attendance.ABSENT
    keys.go(first, "hours").key_in("3")
    assert keys.draft.state.row(first).attendance is Attendance.PRESENT  # hours say that somebody was there


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("5", "nhiều hơn số giờ đã dạy của buổi (4 giờ)"),
        ("-1", "không thể âm"),
        ("ba", "không phải số giờ"),
    ],
)
def test_wrong_hours_are_refused_at_the_cell_with_the_reason(room: Room, typed: str, words: str) -> None:
    keys = opened(room)
    first = room.detail().learners[0].member
    keys.press("F5").go(first, "hours").key_in(typed)
    assert words in keys.complaint(first, "hours")
    keys.press("Ctrl+S")
    room.settle()
    assert keys.at == (first, "hours")
    assert words in said(room)
    assert room.detail().sessions[0].held == 0


def test_hours_above_those_of_the_course_are_refused(room: Room) -> None:
    room.complete()
    plan = SessionPlan(START, 60, "Học bù", agreed=True)
    room.sessions.append(training_sessions.add_session(room.book, room.klass, plan, an_act(TODAY)).value)
    keys = opened(room, 4)
    first = room.detail().learners[0].member
    keys.go(first, "hours").key_in("1")
    assert "nhiều hơn số giờ của khóa học (16 giờ)" in keys.complaint(first, "hours")


def test_missing_hours_are_said_only_when_the_sheet_is_to_be_kept(room: Room) -> None:
    keys = opened(room)
    assert keys.draft.stops == 0
    keys.press("Ctrl+S")
    room.settle()
    assert keys.draft.stops == 3
    assert "F5 điền" in said(room)
    keys.press("F5", "Ctrl+S")
    room.settle()
    assert room.detail().sessions[0].came == 3


def test_the_hours_of_the_session_can_differ_from_the_plan(room: Room) -> None:
    keys = opened(room)
    keys.room.held.setFocus()
    keys.room.held.setText("")
    keys.type("13")
    assert "không quá 12 giờ" in keys.room.held_words.text()
    keys.room.held.setText("")
    keys.type("3:30").press("Enter", "F5", "Ctrl+S")
    room.settle()
    assert room.detail().sessions[0].held == 210
    assert {row.standing.minutes for row in room.detail().learners} == {210}


def test_what_is_typed_comes_back_with_the_cursor(room: Room, answers: Answers) -> None:
    keys = opened(room)
    first, second, _third = (row.member for row in room.detail().learners)
    keys.press("Space").go(first, "hours").key_in("3").type("2,")
    room.settle()
    row = drafts.find(room.book, "training", str(room.sessions[0]))
    assert row is not None
    kept = from_text(row.content)
    assert kept is not None
    assert kept.state == keys.draft.state
    keys.page.room.keeper.stop()  # the window is gone
    again = opened(room)
    assert again.draft.state == kept.state
    assert again.at == (second, "hours")
    editor = again.view.open_editor()
    assert editor is not None
    assert editor.text() == "2,"
    assert not again.room.notice.isHidden()
    answers.yes = True
    again.room.drop_button.click()
    room.settle()
    assert drafts.unfinished(room.book) == []
    again.take()
    assert again.text(first, "hours") == ""


def test_another_sheet_in_its_place_leaves_the_open_editor_as_it_was(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing the editor of the old sheet is no typing: its text is not taken into the cell behind our back."""
    keys = opened(room)
    first = keys.draft.members[0].id
    keys.press("Space").go(first, "hours").type("3,")
    room.settle()
    typed, written, keep = keys.draft.state, [], drafts.keep

    def watched(book: Any, kind: str, key: str, content: str, act: Any) -> Any:
        written.append(from_text(content))
        return keep(book, kind, key, content, act)

    monkeypatch.setattr(drafts, "keep", watched)
    keys.page.reopen()
    room.settle()
    assert keys.page.room is not keys.room
    assert [kept.state for kept in written if kept.state != typed] == []
    keys.take()
    editor = keys.view.open_editor()
    assert editor is not None
    assert editor.text() == "3,"


def test_a_block_copied_from_a_spreadsheet_is_pasted(room: Room) -> None:
    keys = opened(room)
    members = [row.member for row in room.detail().learners]
    QGuiApplication.clipboard().setText("4\n3,5\tx\nbốn")
    keys.go(members[0], "hours").press("Ctrl+V")
    assert [keys.text(member, "hours") for member in members] == ["4", "3,5", "bốn"]
    assert keys.draft.problem_spots() == [Spot(members[2], "hours")]


_KILLED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["SONHOM_CONFIG_DIR"] = sys.argv[3]
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.settings import Settings
from desktop.store.book import Book
from desktop.views.kit import theme
from desktop.views.kit.desk import Desk, Session
from desktop.views.meetings.hours_page import HoursPage
from tests.views.training.conftest import TODAY
from tests.views.training.test_attendance import Keys
from tests.village import an_act

app = QApplication([])
theme.apply(app)
book = Book.open(sys.argv[1], who="Thư ký")
desk = Desk(Settings.load())
desk.today, desk.act = (lambda: TODAY), (lambda: an_act(TODAY))
desk.take_book(book, Session("Sổ", sys.argv[1]))
page = HoursPage(desk)
page.show()
page.open(session=int(sys.argv[2]))

def settle():
    while desk.runner.busy:
        app.processEvents()
    app.processEvents()

settle()
keys = Keys(page)
members = [one.id for one in keys.draft.members]
keys.press("F5").go(members[1], "hours").key_in("2").type("3")
settle()
print("ready", flush=True)
QTimer.singleShot(60_000, app.quit)
app.exec()
"""


def test_after_kill_9_the_sheet_is_back_as_it_was(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "killed.sonhom"
    shutil.copy(room.book.path, path)
    for suffix in ("-wal", "-shm"):
        side = Path(f"{room.book.path}{suffix}")
        if side.exists():
            shutil.copy(side, f"{path}{suffix}")
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(path), str(room.sessions[0]), str(tmp_path / "config2")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Book.open(str(path), who="Thư ký") as left:
        row = drafts.find(left, "training", str(room.sessions[0]))
        assert row is not None
        drafts.keep(room.book, row.kind, row.key, row.content, room.desk.act())
    keys = opened(room)
    members = [row.member for row in room.detail().learners]
    assert [keys.text(member, "hours") for member in members] == ["4", "2", "4"]
    assert keys.at == (members[2], "hours")
    editor = keys.view.open_editor()
    assert editor is not None
    assert editor.text() == "3"

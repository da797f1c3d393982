"""What is typed is kept at every keystroke and comes back as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.models.ids import GroupId
from desktop.models.kinds import Attendance
from desktop.services import drafts
from desktop.store.book import Book
from desktop.views.kit.desk import Desk
from desktop.views.meetings.draft_text import Cursor, from_text
from tests.views.conftest import Answers
from tests.views.meetings.conftest import open_sheet
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import Village


@pytest.fixture
def hands(sheet: Any) -> Hands:
    return Hands(sheet)


def reopened(page: Any, village: Village) -> Hands:
    page.show_list(village.group)
    page.settle()
    return Hands(open_sheet(page, village))


def test_looking_at_a_sheet_leaves_no_draft(hands: Hands, page: Any, book: Book) -> None:
    hands.press("Down", "Down", "Tab", "Tab")
    page.settle()
    assert drafts.unfinished(book) == []


def test_the_text_in_an_open_editor_and_the_cursor_come_back(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    hands.press("M").go(village.members[2], "savings").key_in("50k").type("1,5t").press("Home")
    page.settle()
    row = drafts.find(book, "meeting", str(village.group))
    assert row is not None
    kept = from_text(row.content)
    assert kept is not None
    assert kept.cursor == Cursor(village.members[3], "savings", "1,5t", 0)

    typed = hands.draft.state  # leaving the sheet closes its editor, which takes the open text into the cell
    again = reopened(page, village)
    assert again.draft.state == typed
    assert again.at == (village.members[3], "savings")
    editor = again.view.open_editor()
    assert editor is not None
    assert (editor.text(), editor.cursorPosition()) == ("1,5t", 0)
    assert not again.panel.notice.isHidden()
    again.press("Right", "End").type("r").press("Enter")
    assert again.amount(village.members[3], "savings") == 1_500_000


def test_wrong_text_counts_and_fields_come_back(hands: Hands, page: Any, village: Village) -> None:
    hands.go(village.members[0], "savings").key_in("năm chục")
    hands.count(counted_50000="3x", social_counted_1000="12")
    hands.panel.show_details("decisions")
    hands.type("Kỳ sau thu thêm quỹ xã hội")
    page.settle()
    again = reopened(page, village)
    assert again.draft.state == hands.draft.state
    assert again.text(village.members[0], "savings") == "năm chục"
    assert again.panel.counts.edits["counted/50000"].text() == "3x"
    assert again.panel.details.decisions.value() == "Kỳ sau thu thêm quỹ xã hội"
    assert again.panel.details.decisions.hasFocus()


def test_a_draft_is_thrown_away_after_a_question(
    hands: Hands, page: Any, book: Book, village: Village, answers: Answers
) -> None:
    hands.press("F5")
    page.settle()
    again = reopened(page, village)
    answers.yes = False
    again.panel.drop_button.click()
    page.settle()
    assert drafts.find(book, "meeting", str(village.group)) is not None
    answers.yes = True
    again.panel.drop_button.click()
    page.settle()
    assert drafts.unfinished(book) == []
    assert again.draft.state == again.room.opening.fresh
    assert again.panel.notice.isHidden()
    again.go(village.members[0], "savings").key_in("5k")
    page.settle()
    assert drafts.find(book, "meeting", str(village.group)) is not None


def test_typing_never_waits_for_the_disk(hands: Hands, desk: Desk, page: Any, village: Village) -> None:
    hands.go(village.members[0], "note").type("Một câu khá dài gõ một mạch không nghỉ")
    # While the first keystroke is written the others wait together, not one behind the other.
    assert len(desk.runner._waiting) <= 2
    page.settle()
    again = reopened(page, village)
    editor = again.view.open_editor()
    assert editor is not None
    assert editor.text() == "Một câu khá dài gõ một mạch không nghỉ"


def test_another_day_keeps_what_was_typed(hands: Hands, page: Any, village: Village, said: list[str]) -> None:
    hands.go(village.members[0], "savings").key_in("50k")
    hands.panel.day.setFocus()
    hands.panel.day.setText("")
    hands.type("10/02/2026").press("Enter")
    page.settle()
    assert hands.draft.facts.day.isoformat() == "2026-02-10"
    assert hands.amount(village.members[0], "savings") == 50_000
    hands.panel.day.setText("")
    hands.panel.day.setFocus()
    hands.type("06/03/2026").press("Enter")
    page.settle()
    assert "chưa tới" in " ".join(problem.message for problem in hands.draft.by_field["day"])


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
from desktop.views.meetings.page import MeetingsPage
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import TODAY, act_on

app = QApplication([])
theme.apply(app)
book = Book.open(sys.argv[1], who="Thư ký")
desk = Desk(Settings.load())
desk.today, desk.act = (lambda: TODAY), (lambda: act_on())
desk.take_book(book, Session("Sổ", sys.argv[1]))
page = MeetingsPage(desk)
page.show()
page.open(group=int(sys.argv[2]), new=True)

def settle():
    while desk.runner.busy:
        app.processEvents()
    app.processEvents()

settle()
hands = Hands(page.room)
hands.press("F5").press("M").go(page.room.draft.members[4].id, "savings").key_in("70k").type("12")
settle()
print("ready", flush=True)
QTimer.singleShot(60_000, app.quit)
app.exec()
"""


def test_after_kill_9_the_sheet_is_back_as_it_was(
    settled: tuple[Path, Village], book: Book, village: Village, tmp_path: Path, desk: Desk, page: Any
) -> None:
    import shutil

    path = tmp_path / "killed.sonhom"
    shutil.copy(settled[0], path)
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(path), str(village.group), str(tmp_path / "config2")],
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
        row = drafts.find(left, "meeting", str(GroupId(village.group)))
        assert row is not None
        drafts.keep(book, row.kind, row.key, row.content, desk.act())
    hands = Hands(open_sheet(page, village))
    first, fifth, sixth = village.members[0], village.members[4], village.members[5]
    assert hands.draft.state.row(first).attendance is Attendance.LATE
    assert hands.amount(first, "fine") == 5_000
    assert hands.amount(fifth, "savings") == 70_000
    assert hands.at == (sixth, "savings")
    editor = hands.view.open_editor()
    assert editor is not None
    assert editor.text() == "12"

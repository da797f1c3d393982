"""Posting a meeting, correcting and reversing it, from the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.services import drafts, meetings
from desktop.services.meetings import meetings_of
from desktop.store.book import Book
from desktop.views.kit.desk import Desk
from tests.views.conftest import Answers, give_book
from tests.views.meetings.conftest import open_sheet
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import Village, act_on
from tests.views.typing import press


@pytest.fixture
def hands(sheet: Any) -> Hands:
    return Hands(sheet)


def key_in_a_meeting(hands: Hands, village: Village) -> None:
    """F5, one absent, one late, savings of three, a count that agrees."""
    hands.go(village.members[0], "attendance").type("vm").press("F5")
    hands.go(village.members[2], "savings").key_in("50k").key_in("1,5tr").key_in("20.000")
    hands.count_exactly()


def test_a_meeting_is_posted_once_however_often_it_is_asked(
    hands: Hands, page: Any, book: Book, village: Village, answers: Answers
) -> None:
    key_in_a_meeting(hands, village)
    hands.press("Esc").press("Ctrl+S", "Ctrl+S")
    hands.panel.post_button.click()
    hands.panel.post_button.click()
    assert not hands.panel.post_button.isEnabled()
    page.settle()
    rows = meetings_of(book, village.group)
    assert [(row.number, row.present, row.cash_in, row.cash_out) for row in rows] == [
        (1, 24, 24 * 25_000 + 5_000 + 1_570_000, 0)
    ]
    assert answers.asked == []
    assert drafts.unfinished(book) == []
    assert page.done is not None
    assert page.done.buttons[0].hasFocus()


def test_the_same_sheet_posted_from_a_stale_draft_is_the_same_meeting(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    key_in_a_meeting(hands, village)
    page.settle()
    kept = drafts.find(book, "meeting", str(village.group))
    assert kept is not None
    hands.panel.post_asked.emit()
    page.settle()
    drafts.keep(book, kept.kind, kept.key, kept.content, act_on())
    again = Hands(open_sheet(page, village))
    uid = again.room._uid
    sheet = again.draft.sheet
    command = meetings.RecordMeeting(village.group, sheet, uid, agreed=True)
    assert meetings.record(book, command, act_on()).value.number == 1
    assert len(meetings_of(book, village.group)) == 1


def test_what_must_be_corrected_stands_in_the_way(
    hands: Hands, page: Any, book: Book, village: Village, said: list[str]
) -> None:
    key_in_a_meeting(hands, village)
    hands.go(village.members[4], "savings").key_in("1.5")
    hands.press("Ctrl+Enter")
    page.settle()
    assert meetings_of(book, village.group) == []
    assert any("còn 2 chỗ cần sửa" in text for text in said)  # the amount, and so the count
    assert hands.at == (village.members[4], "savings")


def test_warnings_ask_and_no_leaves_everything_as_it_was(
    hands: Hands, page: Any, book: Book, village: Village, answers: Answers
) -> None:
    hands.press("F5")
    answers.yes = False
    hands.press("Ctrl+S")
    page.settle()
    assert len(answers.asked) == 1
    assert "Chưa kiểm đếm" in answers.asked[0]
    assert meetings_of(book, village.group) == []
    assert hands.panel.post_button.isEnabled()
    hands.go(village.members[0], "savings").key_in("5k")
    assert hands.amount(village.members[0], "savings") == 5_000
    answers.yes = True
    hands.press("Ctrl+S")
    page.settle()
    assert len(meetings_of(book, village.group)) == 1


def test_posting_takes_the_text_of_the_open_editor(
    hands: Hands, page: Any, book: Book, village: Village, answers: Answers
) -> None:
    hands.press("F5").go(village.members[3], "savings").type("40k").press("Ctrl+Enter")
    page.settle()
    assert meetings_of(book, village.group)[0].cash_in == 25 * 25_000 + 40_000


def test_a_difference_is_posted_with_its_reason(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    key_in_a_meeting(hands, village)
    pieces = int(hands.panel.counts.edits["counted/1000"].text())
    hands.count(counted_1000=str(pieces + 2))
    hands.panel.counts.reason.setFocus()
    hands.type("Thừa 2.000, chưa rõ của ai").press("Ctrl+S")
    page.settle()
    row = meetings_of(book, village.group)[0]
    assert row.difference == 2_000


def test_quorum_is_a_problem_of_the_sheet(hands: Hands, village: Village) -> None:
    for _member in range(15):
        hands.type("v")
    assert any("quy chế cần ít nhất 15 người" in problem.message for problem in hands.draft.problems)


def test_after_posting_the_papers_can_be_made(
    hands: Hands, page: Any, desk: Desk, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, bytes]] = []
    from desktop.views.kit import pdf

    monkeypatch.setattr(
        pdf, "show_pdf", lambda _desk, title, data, *_more: shown.append((title, data)), raising=False
    )
    page.print_blank()
    page.settle()
    key_in_a_meeting(hands, village)
    hands.press("Ctrl+S")
    page.settle()
    for deed in (page.done.minutes, page.done.receipts, page.done.blank):
        deed()
        page.settle()
    assert [title for title, _data in shown] == [
        "Phiếu họp trống",
        "Biên bản họp",
        "Phiếu thu, phiếu chi của buổi họp",
        "Phiếu họp trống",
    ]
    assert all(data.startswith(b"%PDF") for _title, data in shown)


def posted(hands: Hands, page: Any, book: Book, village: Village) -> Any:
    key_in_a_meeting(hands, village)
    hands.press("Ctrl+S")
    page.settle()
    return meetings_of(book, village.group)[0]


def test_a_past_meeting_is_corrected_with_a_reason(
    hands: Hands, page: Any, book: Book, village: Village, said: list[str]
) -> None:
    row = posted(hands, page, book, village)
    page.open(meeting=row.id)
    page.settle()
    reading = Hands(page.room)
    assert reading.draft.readonly
    reading.go(village.members[3], "savings").type("9")
    assert reading.view.open_editor() is None
    page.room.begin_correction()
    assert reading.panel.reason.hasFocus()
    reading.go(village.members[3], "savings").key_in("500k")
    reading.count_exactly()
    reading.press("Ctrl+S")
    page.settle()
    assert any("lý do" in text for text in said)
    assert meetings_of(book, village.group)[0].corrections == 0
    reading.panel.reason.setFocus()
    reading.type("Ghi thừa một triệu").press("Ctrl+S")
    page.settle()
    after = meetings_of(book, village.group)[0]
    assert (after.corrections, after.reason) == (1, "Ghi thừa một triệu")
    assert after.cash_in == row.cash_in - 1_000_000
    assert page.done is not None
    assert page.done.posted.corrected


def test_a_correction_is_a_draft_of_its_own(hands: Hands, page: Any, book: Book, village: Village) -> None:
    row = posted(hands, page, book, village)
    page.open(meeting=row.id, correct=True)
    page.settle()
    first = Hands(page.room)
    first.type("Nhầm tên")
    first.go(village.members[3], "savings").key_in("5x")
    page.settle()
    assert drafts.find(book, "correction", str(row.id)) is not None
    page.open(draft=str(row.id))
    page.settle()
    again = Hands(page.room)
    assert again.room.correcting
    assert again.panel.reason.value() == "Nhầm tên"
    assert again.text(village.members[3], "savings") == "5x"


def test_papers_printed_before_a_correction_are_listed(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    from desktop.services import meeting_papers

    row = posted(hands, page, book, village)
    meeting_papers.minutes(book, row.id, act_on())
    page.open(meeting=row.id, correct=True)
    page.settle()
    fixing = Hands(page.room)
    fixing.type("Sai số").go(village.members[3], "savings").key_in("1tr")
    fixing.count_exactly().press("Ctrl+S")
    page.settle()
    assert page.done is not None
    assert page.done.papers.table.size == 1
    assert page.done.papers.table.row_at(0).title == "Biên bản họp"


def test_the_signed_minutes_of_a_meeting_are_kept_with_it(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    from desktop.models.kinds import AttachmentKind
    from desktop.services.attachments import NewFile, Subject, attach
    from desktop.views.kit.attachments import AttachmentList

    row = posted(hands, page, book, village)
    scan = NewFile(AttachmentKind.MINUTES, "bien-ban.pdf", b"%PDF-1.7 bien ban", "Biên bản đã ký")
    attach(book, Subject("meetings", row.uid), scan, act_on())
    page.show_list(village.group)
    page.settle()
    page.signed_minutes(page.list.current())
    page.settle()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    (files,) = dialog.findChildren(AttachmentList)
    assert (files.kind, files.table.row_at(0).title) == (AttachmentKind.MINUTES, "Biên bản đã ký")
    assert files.add_button.isEnabled()
    dialog.reject()


def test_a_meeting_is_reversed_with_a_reason(hands: Hands, page: Any, book: Book, village: Village) -> None:
    row = posted(hands, page, book, village)
    page.show_list(village.group)
    page.settle()
    page.reverse(page.list.current())
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    dialog.panel.submit()
    page.settle()
    assert meetings_of(book, village.group)[0].state == "posted"
    dialog.form.input("reason").set_value("Nhập nhầm nhóm")
    dialog.panel.submit()
    page.settle()
    assert meetings_of(book, village.group)[0].state == "reversed"
    page.open(meeting=row.id)
    page.settle()
    assert page.room.draft.readonly
    assert "đã đảo" in page.subtitle()
    again = Hands(open_sheet(page, village))
    assert again.draft.facts.number == 2


def test_the_next_group_is_offered(hands: Hands, page: Any, book: Book, village: Village) -> None:
    posted(hands, page, book, village)
    page.next_group()
    page.settle()
    assert page._stack.currentWidget().isAncestorOf(page.list)


def test_a_read_only_book_is_looked_at_not_typed_into(
    page: Any, desk: Desk, book: Book, village: Village
) -> None:
    give_book(desk, book, readonly=True)
    hands = Hands(open_sheet(page, village))
    hands.press("F5", "Space").go(village.members[0], "savings").type("5")
    page.settle()
    assert hands.draft.state == hands.room.opening.fresh
    assert hands.panel.post_button.isHidden()
    assert drafts.unfinished(book) == []
    hands.press("Ctrl+S")
    page.settle()
    assert meetings_of(book, village.group) == []


def test_alt_4_on_a_sheet_leads_back_to_the_list_and_keeps_the_draft(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    key_in_a_meeting(hands, village)
    page.open_again()
    page.settle()
    assert page.room is None
    assert page.list.group == village.group
    assert page.isAncestorOf(page.window().focusWidget())
    assert [row.key for row in drafts.unfinished(book)] == [str(village.group)]
    page.open_again()
    page.settle()
    assert page.list.group is None
    assert page.list.due.grid.currentIndex().isValid()


def test_coming_back_from_another_page_finds_the_sheet_again(hands: Hands, page: Any) -> None:
    page.open()
    page.settle()
    assert page.room is hands.room


def test_a_correction_begins_at_its_reason(hands: Hands, page: Any, book: Book, village: Village) -> None:
    key_in_a_meeting(hands, village)
    page.room.post()
    page.settle()
    page.open(meeting=meetings_of(book, village.group)[0].id)
    page.settle()
    page.activateWindow()
    page.room.begin_correction()
    page.settle()
    assert page.window().focusWidget() is page.room.panel.reason
    page.focus_first()
    assert page.window().focusWidget() is page.room.panel.reason


def test_from_the_reason_of_a_correction_the_keyboard_goes_into_the_rows(
    hands: Hands, page: Any, book: Book, village: Village
) -> None:
    key_in_a_meeting(hands, village)
    page.room.post()
    page.settle()
    page.open(meeting=meetings_of(book, village.group)[0].id, correct=True)
    page.settle()
    page.activateWindow()
    panel = page.room.panel
    panel.reason.setFocus()
    press(panel.reason, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is panel.day
    press(panel.day, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is panel.view
    panel.reason.setFocus()
    press(panel.reason, Qt.Key.Key_Return)
    assert page.window().focusWidget() is panel.view

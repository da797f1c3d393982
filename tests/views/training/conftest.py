"""A village with a class of the bookkeeping course, and a way to open the pages of training on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.models.ids import ClassId, SessionId
from desktop.models.kinds import Attendance
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.results import Result
from desktop.services import (
    training_attendance,
    training_book,
    training_classes,
    training_results,
    training_sessions,
)
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_book import ClassDetail
from desktop.services.training_classes import ClassPlan
from desktop.services.training_results import NewResult
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.page import Page
from tests.ready_books import ready_book
from tests.views.conftest import give_book
from tests.village import Village, an_act, settle

START = date(2026, 3, 2)
TODAY = date(2026, 3, 10)


@dataclass
class Room:
    """The book, its village, the class and its sessions, the desk; pages opened, what was said and printed."""

    book: Book
    village: Village
    klass: ClassId
    sessions: list[SessionId]
    desk: Desk
    qtbot: Any
    routes: list[Route] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    printed: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until all that was asked is answered."""
        for _round in range(4):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=10_000)

    def show(self, page_class: type[Page], **args: Any) -> Any:
        """Open a page and wait for it."""
        page = page_class(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        self.qtbot.waitExposed(page)
        page.open(**args)
        self.settle()
        return page

    def dialog(self, page: Any) -> Any:
        """Return the dialog that is open."""
        return next(one for one in page.findChildren(FormDialog) if one.isVisible())

    def fill(self, dialog: Any, values: dict[str, Any]) -> None:
        """Put values into the fields, one by one."""
        for key, value in values.items():
            dialog.form.input(key).set_value(value)

    def submit(self, dialog: Any) -> None:
        """Save and wait."""
        dialog.panel.submit()
        self.settle()

    def detail(self) -> ClassDetail:
        """Return the class as it stands."""
        return training_book.detail(self.book, self.klass, TODAY)

    def attend(self, place: int) -> None:
        """Everybody is there for the whole session."""
        opened = training_attendance.open_sheet(self.book, self.sessions[place], TODAY)
        rows = tuple(AttendanceRow(row.member, Attendance.PRESENT) for row in opened.sheet.rows)
        sheet = filled(opened.facts, AttendanceSheet(opened.facts.planned, rows))
        command = RecordAttendance(self.sessions[place], opened.version, sheet)
        training_attendance.record(self.book, command, an_act(TODAY))

    def complete(self, *places: int) -> None:
        """Hold all sessions, and let some pass the test."""
        for place in range(len(self.sessions)):
            self.attend(place)
        for place in places:
            row = next(r for r in self.detail().learners if r.member == self.village.members[place])
            result = Result(pre=30, post=80, tested=START + timedelta(days=4))
            training_results.keep(self.book, NewResult(row.enrolment, row.version, result), an_act(TODAY))


def _a_class(book: Book) -> tuple[Village, ClassId, tuple[SessionId, ...]]:
    village = settle(book)
    act = an_act(TODAY)
    plan = ClassPlan("KT", "Sổ sách cho ban quản lý", START, START + timedelta(days=30), 10)
    klass = training_classes.open_class(book, plan, act).value
    training_classes.enrol(book, klass, village.members, START, act)
    plans = [SessionPlan(START + timedelta(days=n), 240, f"Bài {n + 1}") for n in range(4)]
    sessions = tuple(training_sessions.add_session(book, klass, plan, act).value for plan in plans)
    return village, klass, sessions


@pytest.fixture
def room(
    desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    """A village of three in a class of four sessions of four hours, on a fixed day."""
    book, (village, klass, sessions) = ready_book(tmp_path / "so.sonhom", "a class", _a_class)
    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: an_act(TODAY))
    give_book(desk, book)
    made = Room(book, village, klass, list(sessions), desk, qtbot)
    desk.routed.connect(made.routes.append)
    desk.said.connect(made.said.append)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, an_act(TODAY)).value))

    monkeypatch.setattr("desktop.views.training.prints.print_paper", printing)
    monkeypatch.setattr(
        "desktop.views.training.prints.show_certificates",
        lambda _desk, _owner, value: made.printed.append(("training-certificate", value)),
    )
    yield made
    desk.runner.close()
    book.close()
    assert not bugs

"""Work off the window: order, dropped answers, errors by kind, changes told once."""

from __future__ import annotations

import gc
import sys
import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.models.problems import Problem, Refusal, Trouble
from desktop.services.acts import Changed, Outcome, Topic
from desktop.views.kit.desk import Desk
from desktop.views.kit.messages import Message
from tests.views.conftest import Answers, give_book

REFUSED = Refusal([Problem.stop("bad", "name", "Tên không đúng.")])


def wait(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.busy)


def test_void_calls_do_not_eat_references_to_none(dressed: Any) -> None:
    # PySide6 6.12.0 on Python 3.11 drops one at each call and ends the process after some thousands.
    label = QLabel("x")
    label.setText("a")
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("a")
    assert sys.getrefcount(None) > before - 50


def test_questions_run_on_the_book_thread_in_the_order_of_asking(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    seen: list[tuple[int, str, str]] = []
    for n in range(5):
        desk.ask(
            lambda book, n=n: (n, book, threading.current_thread().name),
            lambda answer: seen.append(answer),
        )
    wait(qtbot, desk)
    assert [n for n, _book, _thread in seen] == [0, 1, 2, 3, 4]
    assert {book for _n, book, _thread in seen} == {"book"}
    assert all(thread.startswith("book") for _n, _book, thread in seen)


def test_answers_arrive_on_the_main_thread(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    threads: list[threading.Thread] = []
    desk.ask(lambda book: 1, lambda _answer: threads.append(threading.current_thread()))
    wait(qtbot, desk)
    assert threads == [threading.main_thread()]


def test_an_answer_for_a_page_that_is_gone_is_dropped(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    go_on = threading.Event()
    owner = QWidget()
    seen: list[int] = []
    desk.ask(lambda book: go_on.wait(5), lambda _answer: seen.append(1), owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    go_on.set()
    wait(qtbot, desk)
    assert seen == []


def test_a_dropped_ticket_answers_nothing(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    seen: list[int] = []
    desk.ask(lambda book: 1, lambda _answer: seen.append(1)).drop()
    desk.ask(lambda book: 2, lambda _answer: seen.append(2))
    wait(qtbot, desk)
    assert seen == [2]


def test_widgets_held_by_jobs_are_let_go_on_the_main_thread(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    ends: list[str] = []

    class Canary:
        def __del__(self) -> None:
            ends.append(threading.current_thread().name)

    for _ in range(50):
        canary = Canary()
        desk.ask(lambda book, canary=canary: None, lambda _answer, canary=canary: None)
        del canary
    wait(qtbot, desk)
    # The worker still holds its last task for a moment; the answers are gone by now.
    desk.runner.close()
    gc.collect()
    assert len(ends) == 50
    assert set(ends) == {threading.main_thread().name}


def test_a_deed_is_told_to_everyone_after_its_page_has_heard(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    heard: list[str] = []
    desk.bulletin.changed.connect(lambda change: heard.append("bulletin " + " ".join(sorted(change.topics))))
    desk.do(
        lambda book, act: Outcome(12, Changed.of(Topic.GROUPS)), lambda value: heard.append(f"then {value}")
    )
    wait(qtbot, desk)
    assert heard == ["then 12", "bulletin groups"]


def test_a_deed_is_told_also_when_its_page_is_gone(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    owner = QWidget()
    go_on = threading.Event()
    heard: list[Changed] = []
    desk.bulletin.changed.connect(heard.append)

    def deed(book: object, act: object) -> Outcome[int]:
        go_on.wait(5)
        return Outcome(1, Changed.of(Topic.MEMBERS))

    desk.do(deed, lambda _value: pytest.fail("the page is gone"), owner=owner)
    owner.deleteLater()
    qtbot.wait(10)
    go_on.set()
    wait(qtbot, desk)
    assert heard == [Changed.of(Topic.MEMBERS)]


def test_a_refusal_goes_to_the_form_alone(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    failed: list[Exception] = []
    said: list[Message] = []
    desk.said.connect(said.append)
    desk.do(_raising(REFUSED), failed=failed.append)
    wait(qtbot, desk)
    assert failed == [REFUSED]
    assert said == []


def test_a_refusal_without_a_form_is_a_message(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    said: list[Message] = []
    desk.said.connect(said.append)
    desk.do(_raising(REFUSED))
    wait(qtbot, desk)
    assert [message.text for message in said] == ["Tên không đúng."]


def test_trouble_is_a_message_with_advice_and_the_page_hears_of_it(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    said: list[Message] = []
    failed: list[Exception] = []
    desk.said.connect(said.append)
    desk.ask(_raising_question(Trouble("Ổ đĩa đầy.", "Hãy xóa bớt tệp.")), print, failed.append)
    wait(qtbot, desk)
    assert [(message.text, message.advice, message.level) for message in said] == [
        ("Ổ đĩa đầy.", "Hãy xóa bớt tệp.", "error")
    ]
    assert len(failed) == 1


def test_our_own_mistake_opens_the_calm_window(desk: Desk, qtbot: Any, bugs: list[BaseException]) -> None:
    give_book(desk, "book")
    desk.ask(_raising_question(ZeroDivisionError("1.000.000 của Nguyễn Thị Hoa")), print)
    wait(qtbot, desk)
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_asking_without_a_book_says_so(desk: Desk, qtbot: Any) -> None:
    said: list[Message] = []
    desk.said.connect(said.append)
    desk.ask(lambda book: 1, print)
    wait(qtbot, desk)
    assert [message.text for message in said] == ["Chưa mở sổ nào."]


@pytest.mark.parametrize("yes", [True, False])
def test_warnings_are_asked_about_and_agreed_once(
    desk: Desk, qtbot: Any, answers: Answers, yes: bool
) -> None:
    give_book(desk, "book")
    answers.yes = yes
    done: list[str] = []
    failed: list[Exception] = []
    warned = Refusal([Problem.warn("old", "born", "Trùng năm sinh với bà Hoa.")])
    desk.do(
        _raising(warned),
        done.append,
        failed.append,
        agreed=lambda book, act: Outcome("đã ghi"),
    )
    qtbot.waitUntil(lambda: bool(done or failed))
    assert "Trùng năm sinh với bà Hoa." in answers.asked[0]
    assert done == (["đã ghi"] if yes else [])
    assert failed == ([] if yes else [warned])


def test_a_stop_is_not_asked_about(desk: Desk, qtbot: Any, answers: Answers) -> None:
    give_book(desk, "book")
    failed: list[Exception] = []
    desk.do(_raising(REFUSED), None, failed.append, agreed=lambda book, act: Outcome(1))
    wait(qtbot, desk)
    assert answers.asked == []
    assert failed == [REFUSED]


def test_long_work_can_be_stopped(desk: Desk, qtbot: Any) -> None:
    began: list[Any] = []
    ended: list[Any] = []
    said: list[Message] = []
    desk.work_began.connect(began.append)
    desk.work_ended.connect(ended.append)
    desk.said.connect(said.append)
    running = threading.Event()

    def job(progress: Any) -> None:
        for step in range(100_000):
            progress(step, 100_000)
            running.set()
            threading.Event().wait(0.001)

    work = desk.work(job, lambda _value: pytest.fail("it was stopped"), title="In sao kê")
    qtbot.waitUntil(running.is_set)
    work.progress.cancel()
    wait(qtbot, desk)
    assert began == ended == [work]
    assert [message.text for message in said] == ["Đã dừng theo yêu cầu."]


def test_long_work_on_the_book_tells_what_it_changed(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    heard: list[Changed] = []
    values: list[int] = []
    desk.bulletin.changed.connect(heard.append)
    desk.work_on_book(
        lambda book, act, progress: Outcome(3, Changed.of(Topic.MEMBERS)), values.append, title="Nhập"
    )
    wait(qtbot, desk)
    assert values == [3]
    assert heard == [Changed.of(Topic.MEMBERS)]


def _raising(error: Exception) -> Any:
    def deed(book: object, act: object) -> Any:
        raise error

    return deed


def _raising_question(error: Exception) -> Any:
    def question(book: object) -> Any:
        raise error

    return question

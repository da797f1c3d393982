"""Steps that several journeys take: open a book on a day and leave it, save the paper in front, choose from a list."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.journeys.real_window import Screen, until

BOOK = "Sổ xã Tân Hưng"


@contextmanager
def program(display: Screen, path: Path, day: date, passphrase: str = "", user: str = "") -> Iterator[None]:
    """The window on a day; with a passphrase somebody signs in first. What stood there is told when it goes wrong."""
    running = display.start(path, day)
    try:
        if passphrase:
            sign_in(display, passphrase, user)
        until(lambda: BOOK in display.title(), "the start page")
        yield
        display.press("ctrl+q")
        assert running.wait(timeout=30) == 0
    except BaseException:
        display.picture("failed")
        print(display.title(), display.look()["focus"])
        raise
    finally:
        if running.poll() is None:
            running.kill()
            running.wait()


def sign_in(display: Screen, passphrase: str, user: str) -> None:
    """Choose a name and type the passphrase."""
    until(lambda: display.at("field-passphrase"), "the question who it is")
    display.tab_to("field-name", "shift+Tab")
    choose(display, user)
    display.tab_to("field-passphrase")
    display.type(passphrase)
    display.press("Return")


def choose(display: Screen, text: str, most: int = 20) -> None:
    """Go down a drop-down list that has the cursor until it shows this text."""
    display.press("Home")
    for _step in range(most):
        time.sleep(0.4)
        focus = display.look()["focus"]
        if len(focus) == 3 and text in focus[2]:
            return
        display.press("Down")
    pytest.fail(f"{text!r} cannot be chosen; the list shows {display.look()['focus']}")


def save_paper(display: Screen, folder: Path, name: str) -> bytes:
    """Save the paper in front from its window, close that window, return the file."""
    display.tab_to("Lưu PDF…")
    display.press("space")
    until(lambda: "Lưu PDF" in display.title(), "the question where to")
    time.sleep(0.5)
    display.press("ctrl+a")
    display.type(name)
    display.press("Return")
    until(lambda: (folder / name).exists() and (folder / name).stat().st_size, "the file of the paper")
    time.sleep(0.5)
    display.press("Escape")
    return (folder / name).read_bytes()

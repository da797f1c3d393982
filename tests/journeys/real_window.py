"""The real program on a screen of its own (Xvfb), driven by keys as a person would press them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PROGRAMS = ("Xvfb", "openbox", "xdotool")
WAIT = 40.0


def missing_programs() -> list[str]:
    """Return what the journey needs and this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def until(found: Callable[[], T | None], what: str, seconds: float = WAIT) -> T:
    """Ask again and again until there is an answer; fail with `what` was waited for."""
    answer = waited(found, seconds)
    if answer:
        return answer
    pytest.fail(f"waited in vain for {what}")


def waited(found: Callable[[], T | None], seconds: float) -> T | None:
    """Ask again and again until there is an answer or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = found()
        if answer:
            return answer
        time.sleep(0.1)
    return None


class Screen:
    """A display with a window manager, and hands on its keyboard."""

    def __init__(self, display: str, folder: Path) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        self.env["SONHOM_CONFIG_DIR"] = str(folder / "config")
        self.env["PYTHONFAULTHANDLER"] = "1"
        self.env.pop("WAYLAND_DISPLAY", None)
        self.folder = folder
        self.seen = folder / "seen.json"

    def xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, timeout=60)
        return done.stdout.strip()

    def start(self, book: Path, day: date | None = None) -> subprocess.Popen[str]:
        """Start the program with a book, on another day than today if one is named, and wait for its window."""
        words = ["desktop"] if day is None else ["tests.journeys.on_day", day.isoformat()]
        self.seen.unlink(missing_ok=True)
        log = (self.folder / "program.log").open("a", encoding="utf-8")
        program = subprocess.Popen(
            [sys.executable, "-m", *words, str(book), *([] if day is None else [str(self.seen)])],
            cwd=ROOT,
            env=self.env,
            stdout=log,
            stderr=log,
            text=True,
        )
        until(lambda: self.window(), "the window")
        return program

    def window(self) -> str:
        """Return the window of the program, "" while there is none."""
        found = self.xdotool("search", "--onlyvisible", "--name", "Sổ Nhóm").split()
        return found[-1] if found else ""

    def title(self) -> str:
        """Return what stands in the title of the window in front."""
        return self.xdotool("getactivewindow", "getwindowname")

    def press(self, *keys: str) -> None:
        """Press keys by their X names: "Return", "ctrl+s"."""
        for key in keys:
            self.xdotool("key", "--delay", "30", key)

    def type(self, text: str) -> None:
        """Type letters of ASCII. For others xdotool changes the keyboard for a moment, and a program on a busy machine
        sees it changed back already: tests/views/typing.py types Vietnamese.
        """
        assert text.isascii()
        self.xdotool("type", "--delay", "40", text)

    # -- what a person sees; only of a program that was started on a named day ---------------------------------

    def look(self) -> dict[str, list[str]]:
        """Return where the cursor is ("focus": field, name, text) and the words of the window in front ("words")."""
        try:
            found: dict[str, list[str]] = json.loads(self.seen.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"focus": [], "words": []}
        return found

    def reads(self, *texts: str, seconds: float = WAIT) -> None:
        """Wait until all these texts stand in the window in front."""

        def all_there() -> bool:
            words = "\n".join(self.look()["words"])
            return all(text in words for text in texts)

        if not waited(all_there, seconds):
            pytest.fail(f"{texts} cannot be read in: " + "\n".join(self.look()["words"]))

    def at(self, name: str) -> bool:
        """Tell whether the cursor is at a field ("field-day") or a button of this name."""
        return name in self.look()["focus"]

    def tab_to(self, name: str, key: str = "Tab", most: int = 60) -> None:
        """Press Tab until the cursor is at a field or button of this name, as somebody who looks at the screen."""
        time.sleep(0.3)
        passed = []
        for _press in range(most):
            if self.at(name):
                return
            before = self.look()["focus"]
            passed.append(before)
            self.press(key)
            waited(lambda before=before: self.look()["focus"] != before, 1)
        pytest.fail(f"the cursor does not come to {name!r}; it passed {passed}")

    def go(self, title: str, *keys: str) -> None:
        """Press keys until a window or page of this title is in front."""
        for _try in range(4):
            self.press(*keys)
            if waited(lambda: title in self.title(), 8):
                time.sleep(0.5)  # a person looks before going on
                return
        pytest.fail(f"{title!r} does not open; in front is {self.title()!r}")

    def picture(self, name: str) -> None:
        """Keep a picture of the screen, for a person to look at."""
        if shutil.which("import"):
            subprocess.run(
                ["import", "-window", "root", str(self.folder / f"{name}.png")], env=self.env, check=False
            )


@contextmanager
def screen(folder: Path, size: str = "1280x720x24") -> Iterator[Screen]:
    """Start a display of a small laptop; ends what it started."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    made = Screen(display, folder)
    manager = subprocess.Popen(["openbox"], env=made.env, stderr=subprocess.DEVNULL)
    try:
        yield made
    finally:
        for process in (manager, server):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)

"""Fixtures of the window's tests: settings in a temporary place, a desk with its threads, questions answered."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.views.kit import messages, theme
from desktop.views.kit.desk import Desk, Session
from resources.lang.messages import set_language


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SONHOM_CONFIG_DIR", str(tmp_path / "config"))
    set_language("vi")
    yield
    set_language("vi")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in our light theme."""
    theme.apply(qapp, "light", 100)
    return qapp


@pytest.fixture
def settings() -> Settings:
    return Settings.load()


@pytest.fixture
def desk(dressed: QApplication, settings: Settings, qtbot: Any) -> Iterator[Desk]:
    """A desk without a book; `give_book(desk, fake)` puts any object on it."""
    made = Desk(settings)
    yield made
    made.runner.close()
    made.deleteLater()


def give_book(desk: Desk, book: object, *, readonly: bool = False, name: str = "Sổ thử") -> None:
    """Put an object on the desk as the open book."""
    desk.take_book(book, Session(name, "thu.sonhom", readonly, "chị Hoa" if readonly else ""))


class Answers:
    """Stands for the user in questions: says yes or no, and remembers what was asked."""

    def __init__(self) -> None:
        self.yes = True
        self.asked: list[str] = []

    def __call__(
        self, owner: object, question: str, *, then: Any, otherwise: Any = None, **kept: Any
    ) -> None:
        self.asked.append(f"{question} {kept.get('detail', '')}".strip())
        if self.yes:
            then()
        elif otherwise is not None:
            otherwise()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Questions are answered yes at once; set `.yes = False` for no."""
    made = Answers()
    monkeypatch.setattr(messages, "ask", made)
    return made


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Our own mistakes shown to the user during the test."""
    found: list[BaseException] = []
    monkeypatch.setattr(messages, "show_bug", found.append)
    return found

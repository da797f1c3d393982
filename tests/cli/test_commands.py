"""The command line: its words, help, and how mistakes are answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli
from tests.cli.conftest import call

# -- words, usage, the window ---------------------------------------------------------------------------


def test_words() -> None:
    assert call("words", 1005).out == "Một nghìn không trăm linh năm đồng\n"
    assert call("words", "1,5tr", "--json").json["amounts"] == [
        {"amount": 1_500_000, "words": "Một triệu năm trăm nghìn đồng"}
    ]
    assert "lẻ" in call("words", 1005, "--odd", "lẻ").out


def test_words_are_vietnamese_in_english_too_and_the_help_says_so() -> None:
    assert call("words", 1005, "--lang", "en").out == call("words", 1005).out
    assert "tiếng Việt" in call("words", "--help").out


@pytest.mark.parametrize(
    "words", [("words", "1.5"), ("words",), ("dance",), ("words", "5", "--loud"), ("verify",)]
)
def test_a_wrong_command_line_ends_with_2(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.err
    assert not said.out


def test_without_a_command_the_window_opens() -> None:
    opened: list[str | None] = []

    def window(book: str | None) -> int:
        opened.append(book)
        return 0

    for argv in ([], ["--lang", "en"], ["a.sonhom"], ["postgresql://x/y", "--lang=en"]):
        assert cli.main(argv, open_window=window) == 0
    assert opened == [None, None, "a.sonhom", "postgresql://x/y"]
    assert cli.main(["words", "5"], open_window=window) == 0
    assert len(opened) == 4


def test_help_imports_neither_qt_nor_the_database() -> None:
    script = (
        "import sys; from desktop import cli; code = cli.main(['--help']) + cli.main(['words', '5']);"
        "heavy = {'sqlalchemy', 'PySide6', 'reportlab', 'alembic'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "verify" in done.stdout


@pytest.mark.parametrize(
    "words", [("words", "--json"), ("statement", "so.sonhom", "--all", "--member", "x", "--json")]
)
def test_a_wrong_command_line_is_answered_as_any_refusal(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.json["refused"][0]["code"] == "mistyped"


def test_a_mistake_of_the_program_is_answered_as_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.services.books.open_book", broken)
    said = call("verify", "so.sonhom", "--json")
    assert said.code == 3
    assert "ZeroDivisionError" in said.json["trouble"]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a screen")
def test_a_window_without_a_screen_says_so(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", str(tmp_path / "so.sonhom")],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "không có màn hình" in done.stderr


def test_a_language_that_is_not_there_is_refused() -> None:
    assert call("words", "5", "--lang", "fr").code == 2


def test_the_help_lists_the_papers_one_under_the_other_and_breaks_no_key(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["report", "--help"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith("blank-sheet: ") for line in lines)
    assert any(line.startswith("trial-balance: ") for line in lines)

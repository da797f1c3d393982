"""The guide says what the window has: every shortcut stands in its chapter, every chapter in the index."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from desktop.views.actions import ACTIONS
from desktop.views.pages import PAGES

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "huong-dan"
KEYS = (GUIDE / "08-phim-tat.md").read_text(encoding="utf-8")
COMBINATION = re.compile(r"(?:(?:Ctrl|Alt)\+(?:Shift\+|Alt\+)?\S+|F\d+)")
ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def typed(keys: str) -> str:
    """Return keys as the guide writes them."""
    *held, last = keys.rsplit("+", 1) if not keys.endswith("+") else (keys,)
    return "+".join((*held, ARROWS.get(last, last)))


def test_every_page_and_command_of_the_window_has_its_keys_in_the_chapter() -> None:
    keys = [entry.shortcut for entry in PAGES] + [action.shortcut for action in ACTIONS]
    missing = {typed(one) for one in keys if one} - set(COMBINATION.findall(KEYS.replace(",", " ")))
    assert not missing


def test_every_key_that_a_page_knows_stands_in_the_chapter() -> None:
    known = set()
    for file in (ROOT / "desktop" / "views").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                known |= {typed(node.value)} if COMBINATION.fullmatch(node.value) else set()
    said = set(COMBINATION.findall(KEYS.replace(",", " ")))
    assert not known - said


def test_every_chapter_stands_once_in_the_index() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^(\d+)\. \[.*?\]\((.*?)\)", index, re.MULTILINE)
    assert sorted(file for _number, file in listed) == sorted(
        file.name for file in GUIDE.glob("*.md") if file.name != "README.md"
    )
    for number, file in listed:
        assert int(file[:2]) == int(number)
        assert (GUIDE / file).read_text(encoding="utf-8").startswith(f"# {number}. ")

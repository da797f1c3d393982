"""docs/cli.md says what the parser says: no command, option or exit code is missing or made up."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from desktop import cli
from desktop.commands import COMMANDS
from desktop.commands.command import Exit
from desktop.commands.line import parser
from desktop.commands.papers_of_book import PAPERS as BOOK_PAPERS
from desktop.commands.report import PAPERS
from reports.catalogue import CATALOGUE

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
EVERYWHERE = {"--help", "--lang", "--json"}


def parsers() -> dict[str, argparse.ArgumentParser]:
    top = parser()
    subparsers = next(a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    return dict(subparsers.choices)


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    said = {title.removeprefix("sonhom ") for title in SECTIONS if title.startswith("sonhom ")}
    assert said == {command.name for command in COMMANDS}


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_options_of_a_command(name: str) -> None:
    known = {option for action in parsers()[name]._actions for option in action.option_strings}
    said = set(OPTION.findall(SECTIONS[f"sonhom {name}"]))
    assert {option for option in known if option.startswith("--")} - EVERYWHERE == said - EVERYWHERE


def test_exit_codes() -> None:
    said = {int(code) for code in re.findall(r"^\| (\d+) \|", SECTIONS["Exit codes"], re.MULTILINE)}
    assert said == {int(code) for code in Exit}


def test_report_keys() -> None:
    said = set(re.findall(r"^\| `([a-z-]+)` \|", SECTIONS["sonhom report"], re.MULTILINE))
    every = set(PAPERS) | set(BOOK_PAPERS)
    assert said == every
    known = {report.key for report in CATALOGUE}
    assert every <= known


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_has_help(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        assert cli.main([command.name, "--help", "--lang", language]) == 0
        assert f"sonhom {command.name}" in capsys.readouterr().out

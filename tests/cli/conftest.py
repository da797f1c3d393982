"""One small demonstration book for all tests of the command line, and a way to call it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest

from desktop import cli
from resources.lang.messages import set_language
from tests.ready_books import once_in_a_run

TODAY = "23/11/2026"


@dataclass(frozen=True)
class Said:
    """What a command answered, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


def call(*words: object) -> Said:
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.main([str(word) for word in words])
    finally:
        set_language("vi")
    return Said(code, out.getvalue(), err.getvalue())


def text_of(path: str | Path) -> str:
    """What stands on a paper."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(str(path)).pages)


@pytest.fixture(scope="session")
def shared_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once_in_a_run(tmp_path_factory, "demo.sonhom", _write_demo)


def _write_demo(path: Path) -> None:
    said = call("demo", path, "--groups", 2, "--members", 6, "--years", 1, "--today", TODAY, "--bulk")
    assert said.code == 0, said.err


@pytest.fixture
def demo(shared_demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration book, to be changed at will."""
    copy = tmp_path / "so.sonhom"
    shutil.copyfile(shared_demo, copy)
    return copy

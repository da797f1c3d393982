"""The house keeps its own rules: what leaves a service is a value, every text is composed, pages stand apart."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import typing
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import desktop.services
from desktop.models.records.every import Base

ROOT = Path(__file__).parents[1]
ROOMS = ("desktop", "reports", "resources", "tests", "benchmarks")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(desktop.services.__path__, "desktop.services."):
        yield importlib.import_module(found.name)


def named_in(hint: object) -> Iterator[object]:
    yield hint
    for inner in typing.get_args(hint):
        yield from named_in(inner)


def test_questions_and_deeds_hand_out_no_mapped_objects() -> None:
    leaking = []
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            if "book" not in inspect.signature(function).parameters:
                continue
            hints = typing.get_type_hints(function)
            for kind in named_in(hints.get("return")):
                if isinstance(kind, type) and issubclass(kind, Base):
                    leaking.append(f"{module.__name__}.{name}")
    assert leaking == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_source_text_is_composed(room: str) -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / room).rglob("*.py")
        if unicodedata.normalize("NFC", text := path.read_text(encoding="utf-8")) != text
        # The tables of old encodings and the tests of composing hold decomposed text on purpose.
        and "legacy" not in path.name
        and not path.is_relative_to(ROOT / "tests")
    ]
    assert wrong == []


def test_pages_do_not_know_each_other() -> None:
    views = ROOT / "desktop" / "views"
    pages = {path.name for path in views.iterdir() if (path / "__init__.py").exists()} - {"kit", "people"}
    crossing = []
    for page in pages:
        for path in (views / page).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desktop.views."):
                    target = (node.module or "").split(".")[2]
                    if target in pages and target != page:
                        crossing.append(f"{path.relative_to(ROOT)} → {target}")
    assert crossing == []


def test_what_a_user_reads_while_it_is_set_up_is_vietnamese_first() -> None:
    """Vietnamese, then English in parentheses, short; the lines for those who work on the program are English."""
    for_makers = (
        "make test",
        "make lint",
        "make bench",
        "make screenshots",
        "Installing Sổ Nhóm and the tools",
    )
    said = [
        line
        for name in ("Makefile", ".ci/debian")
        for _quote, line in re.findall(
            r"""(?:echo|by_hand) (['"])(.+?)\1""", (ROOT / name).read_text(encoding="utf-8")
        )
        if not line.startswith((*for_makers, "$1", "    $2"))
    ]
    assert len(said) >= 10
    for line in said:
        vietnamese, _opening, english = line.partition("(")
        assert not vietnamese.isascii(), line
        assert english, line
        assert len(line) <= 120


def test_no_registry_host_is_named() -> None:
    hosts = ("pypi" + ".org", "files.pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org")
    naming = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".toml", ".md", ".sh", ""}
        and ".venv" not in path.parts
        and ".git" not in path.parts
        and path.stat().st_size < 400_000
        and any(host in path.read_text(encoding="utf-8", errors="ignore") for host in hosts)
    ]
    assert naming == []

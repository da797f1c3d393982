"""The pages for developers tell the truth: links lead somewhere, named files and functions are there, so are dependencies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROOMS = ("desktop", "reports", "resources", "tests", "benchmarks", "docs")
ENDINGS = ("py", "md", "csv", "json", "toml", "svg", "txt", "pot")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(rf"`([\w./-]+\.(?:{'|'.join(ENDINGS)}))`")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
MADE_UP = re.compile(r"(?:^|/)x(?:\.py|/)")
"""The file that somebody is told to write: `views/x/page.py`."""
NAMED_PART = re.compile(r"`(?:desktop\.)?((?:services|models|store|views|commands)(?:\.\w+)+)")


def texts() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        yield str(page.relative_to(ROOT)), page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    lost = []
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = unquote(target).partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(target)
    assert lost == []


def test_every_file_that_a_page_names_is_there() -> None:
    # Pages leave the first folders out where they speak of one room.
    files = [f"/{path.relative_to(ROOT)}" for room in ROOMS for path in (ROOT / room).rglob("*.*")]
    files += [f"/{path.name}" for path in ROOT.iterdir()]
    lost = [
        f"{page}: {name}"
        for page, text in texts()
        for name in NAMED_FILE.findall(text)
        if not MADE_UP.search(name) and not any(file.endswith(f"/{name}") for file in files)
    ]
    assert lost == []


@cache
def source(module: tuple[str, ...]) -> str | None:
    """The text of a module of the program by its parts below `desktop`; of a package that of its `__init__`."""
    path = ROOT.joinpath("desktop", *module)
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.exists():
            return file.read_text(encoding="utf-8")
    return None


def is_there(dotted: str) -> bool:
    parts = tuple(dotted.split("."))
    for cut in range(len(parts), 0, -1):
        text = source(parts[:cut])
        if text is not None:
            return all(re.search(rf"\b{name}\b", text) for name in parts[cut:])
    return False


def test_every_module_and_function_that_a_page_names_is_there() -> None:
    lost = [
        f"{page}: {name}" for page, text in texts() for name in NAMED_PART.findall(text) if not is_there(name)
    ]
    assert lost == []


def test_every_dependency_has_its_reason_and_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\w[\w.\[\]-]+) \| (.*?) \|", page, re.MULTILINE))
    rows.pop("library")
    optional = project["optional-dependencies"]
    for wanted in [*project["dependencies"], *optional["server"]]:
        name, bounds = re.match(r"([\w.-]+(?:\[\w+\])?)([^;]*)", wanted).groups()  # type: ignore[union-attr]
        assert name in rows
        # Of a library with two ranges (by Python's version) the page gives the tighter one.
        assert bounds.strip() in rows[name] or "python_version" in wanted or name.startswith("psycopg")
    names = {re.match(r"[\w.-]+", one).group() for one in project["dependencies"] + optional["server"]}  # type: ignore[union-attr]
    assert {row.partition("[")[0] for row in rows} == names
    for tool in optional["dev"]:
        name = re.match(r"[\w.-]+", tool).group()  # type: ignore[union-attr]
        assert name == "sonhom" or name in page

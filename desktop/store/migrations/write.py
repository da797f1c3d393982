"""`python -m desktop.store.migrations.write "What changes and why"`: write the next step from the records.

The step is what differs between a book brought up by the steps so far and the records as they are now. Read it,
mend it (an index over an expression is not seen: write it by hand), raise `store.migrate.HEAD`, add a book of the
new schema with `python -m tests.samples.books`, and run `python -m desktop.store.migrations.check`.

`python -m desktop.store.migrations.write --first` writes the first step anew, while no book has left the house.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Index
from sqlalchemy.dialects import sqlite

from desktop.models.records.every import metadata
from desktop.store import migrate
from desktop.store.engine import make_engine, writing
from resources.lang.names import fold

FIRST = "0001"


def write(message: str, revision: str) -> Path:
    """Write the step `revision` and return its file."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "so.sonhom")
        book.touch()
        engine = make_engine(str(book), migrating=True)
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        slug = re.sub(r"[^a-z0-9]+", "_", fold(message))[:40].strip("_")
        config.set_main_option("file_template", f"%%(rev)s_{slug}")
        try:
            with writing(engine).begin() as connection:
                config.attributes["connection"] = connection
                config.attributes["batch"] = revision != FIRST
                if config.attributes["batch"]:
                    command.upgrade(config, "head")
                script = command.revision(config, message, autogenerate=True, rev_id=revision)
        finally:
            engine.dispose()
    assert script is not None
    assert not isinstance(script, list)
    file = Path(script.path)
    text = re.sub(r"    # ###.*\n", "", file.read_text(encoding="utf-8"))
    if revision == FIRST:
        text = text.rstrip() + "\n" + "".join(_by_expression())
    file.write_text(text, encoding="utf-8")
    for tool in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tool, str(file)], check=False)
    return file


def _by_expression() -> list[str]:
    """Return the lines that make the indexes over expressions, which Alembic leaves out for SQLite."""
    lines = []
    for table in metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if not all(isinstance(part, Column) for part in index.expressions):
                parts = ", ".join(_part(part) for part in index.expressions)
                lines.append(
                    f'    op.create_index("{index.name}", "{table.name}", [{parts}], unique={_unique(index)})\n'
                )
    return lines


def _part(part: object) -> str:
    if isinstance(part, Column):
        return f'"{part.name}"'
    compiled = part.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[attr-defined]
    return f'sa.text("{re.sub(r"[a-z_]+[.]", "", str(compiled))}")'


def _unique(index: Index) -> bool:
    return bool(index.unique)


def next_revision() -> str:
    """Return the number after the last step."""
    numbers = [int(file.name[:4]) for file in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py")]
    return f"{max(numbers, default=0) + 1:04d}"


def main(arguments: list[str]) -> Path:
    """Write the step that the arguments ask for."""
    if arguments == ["--first"]:
        for old in (migrate.MIGRATIONS / "versions").glob(f"{FIRST}*.py"):
            old.unlink()
        return write("The first book", FIRST)
    if len(arguments) != 1 or arguments[0].startswith("-"):
        raise SystemExit(__doc__)
    return write(arguments[0], next_revision())


if __name__ == "__main__":
    print(main(sys.argv[1:]))

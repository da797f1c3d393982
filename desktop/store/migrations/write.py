"""`python -m desktop.store.migrations.write "What changes and why"`: write the next step from the records.

The step is what differs between a book brought up by the steps so far and the records as they are now. Read it,
mend it (an index over an expression is not seen: write it by hand), raise `store.migrate.HEAD`, keep a book of the old schema in tests/samples/books, and run
`python -m desktop.store.migrations.check`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from desktop.store import migrate
from desktop.store.engine import make_engine, writing
from resources.lang.names import fold


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
                config.attributes["batch"] = revision != "0001"
                if config.attributes["batch"]:
                    command.upgrade(config, "head")
                script = command.revision(config, message, autogenerate=True, rev_id=revision)
        finally:
            engine.dispose()
    assert script is not None
    assert not isinstance(script, list)
    file = Path(script.path)
    for tool in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tool, str(file)], check=False)
    return file


def next_revision() -> str:
    """Return the number after the last step."""
    numbers = [int(file.name[:4]) for file in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py")]
    return f"{max(numbers, default=0) + 1:04d}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(write(sys.argv[1], next_revision()))

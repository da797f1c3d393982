"""`python -m tests.samples.books`: write the sample book of today's schema. Older ones are never written again."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path


def make() -> Path:
    """Write `NNNN.sonhom` beside this file: a group's year with what the demonstration tells of."""
    os.environ["SONHOM_CONFIG_DIR"] = tempfile.mkdtemp(prefix="sonhom-sample-")
    from desktop.services import demo
    from desktop.store import migrate

    path = Path(__file__).with_name(f"{migrate.HEAD}.sonhom")
    path.unlink(missing_ok=True)
    demo.write_demo(str(path), demo.DemoOrder(groups=1, members=4, years=1, seed=1))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
        raw.execute("VACUUM")
    return path


if __name__ == "__main__":
    print(make())

"""`make bench`: print every ratio, honestly also where a goal is missed."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Measure all that was asked for (`python -m benchmarks posting pages`), or everything."""
    with tempfile.TemporaryDirectory(prefix="sonhom-bench-") as name:
        folder = Path(name)
        os.environ["SONHOM_CONFIG_DIR"] = str(folder / "config")
        from benchmarks import loans, name_search, pages, posting, starting, statement_data
        from benchmarks.measure import HEAD, Line

        def year() -> list[Line]:
            path = folder / "large.sonhom"
            return statement_data.run(path, statement_data.make_book(path))

        parts = {
            "posting": lambda: [posting.run(folder)],
            "statement": year,
            "pages": lambda: [pages.run(folder)],
            "start": lambda: starting.run(folder),
            "loans": lambda: loans.run(folder),
            "search": lambda: [name_search.run(folder)],
        }
        wanted = sys.argv[1:] or list(parts)
        if unknown := [word for word in wanted if word not in parts]:
            print(f"unknown: {', '.join(unknown)} (there are: {', '.join(parts)})", file=sys.stderr)
            return 2
        began = time.perf_counter()
        print(
            f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of interleaved repetitions"
        )
        print(HEAD)
        lines = []
        for word in wanted:
            for line in parts[word]():
                print(line.show(), flush=True)
                lines.append(line)
        missed = sum(line.met is False for line in lines)
        print(f"{len(lines)} lines, {missed} missed, in {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

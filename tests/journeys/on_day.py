"""Start the window as if today were another day: `python -m tests.journeys.on_day 2026-04-10 BOOK`.

A life of months is keyed in within a minute this way; everything but the day is the real program.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from desktop.app import run
from desktop.services.acts import Act
from desktop.views.kit.desk import Desk


def main(day: date, book: str) -> int:
    """Open the window with a book on this day; return the exit code."""
    Desk.today = lambda _desk: day  # type: ignore[method-assign]
    Act.now = classmethod(  # type: ignore[method-assign, assignment]
        lambda cls, who: cls(who, datetime.combine(day, datetime.now(UTC).timetz()), day)
    )
    return run(book)


if __name__ == "__main__":
    sys.exit(main(date.fromisoformat(sys.argv[1]), sys.argv[2]))

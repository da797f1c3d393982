"""Where the shipped data files are."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def file(name: str) -> Path:
    """Return the path of a shipped file or folder, for example `file("places/units.csv")`."""
    return _HERE.joinpath(*name.split("/"))

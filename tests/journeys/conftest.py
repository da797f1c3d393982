"""A screen for the journeys that look at what stands on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.real_window import Screen, screen


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Screen]:
    """A screen of 1280 × 960, with the program set up for Lê Thị Sáu; papers are saved beside the book."""
    (tmp_path / "config").mkdir()
    chosen = {
        "who": "Lê Thị Sáu",
        "language": "vi",
        "theme": "light",
        "backup_on_close": False,
        "folders": {"papers": str(tmp_path)},
    }
    (tmp_path / "config" / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
    with screen(tmp_path, "1280x960x24") as made:
        yield made

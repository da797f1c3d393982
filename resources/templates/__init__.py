"""Templates of groups as data: one JSON file a template. To add one, put its file here; no code is needed.

The format is described in docs/templates.md and read by `desktop.models.rules.templates`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def shipped() -> dict[str, Any]:
    """Return the content of every template that comes with the program, by its code."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(_HERE.glob("*.json"))}

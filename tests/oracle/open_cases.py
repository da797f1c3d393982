"""The oracle's open files as test parameters; they lie beside the project and are not part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.oracle.run import load

OPEN = Path(__file__).resolve().parents[2].parent / "shared" / "oracle" / "open"


def cases_of(*names: str) -> list[Any]:
    """Return a pytest parameter for each case of these files, or one that skips and says why."""
    found = []
    for name in names:
        path = OPEN / f"{name}.json"
        if not path.exists():
            reason = f"the oracle's open cases are not beside the project: {path}"
            found.append(pytest.param({}, id=name, marks=pytest.mark.skip(reason=reason)))
            continue
        found += [pytest.param(case, id=str(case["id"])) for case in load(path)]
    return found

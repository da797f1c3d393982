"""Where the shipped data files are, where the user's own settings are, and what may be thrown away."""

from __future__ import annotations

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def file(name: str) -> Path:
    """Return the path of a shipped file or folder, for example `file("places/units.csv")`."""
    return _HERE.joinpath(*name.split("/"))


def config_dir() -> Path:
    """Return the folder of this user's settings; SONHOM_CONFIG_DIR overrides it (tests, portable use)."""
    override = os.environ.get("SONHOM_CONFIG_DIR")
    if override:
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path("sonhom", appauthor=False)


def cache_dir() -> Path:
    """Return this user's folder for what can be made anew at any time; SONHOM_CACHE_DIR overrides it."""
    override = os.environ.get("SONHOM_CACHE_DIR")
    if override:
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("sonhom", appauthor=False)

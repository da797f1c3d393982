"""Where the shipped data files are, where the user's own settings are, and what may be thrown away."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_OURS = "sonhom"


def file(name: str) -> Path:
    """Return the path of a shipped file or folder, for example `file("places/units.csv")`."""
    return _HERE.joinpath(*name.split("/"))


def config_dir() -> Path:
    """Return the folder of this user's settings; SONHOM_CONFIG_DIR overrides it (tests, portable use)."""
    override = os.environ.get("SONHOM_CONFIG_DIR")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return _windows_folder()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _OURS
    return _xdg_folder("XDG_CONFIG_HOME", ".config")


def cache_dir() -> Path:
    """Return this user's folder for what can be made anew at any time; SONHOM_CACHE_DIR overrides it."""
    override = os.environ.get("SONHOM_CACHE_DIR")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return _windows_folder() / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / _OURS
    return _xdg_folder("XDG_CACHE_HOME", ".cache")


def _windows_folder() -> Path:
    return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _OURS


def _xdg_folder(variable: str, usual: str) -> Path:
    """Return our folder in the one that a desktop's variable names, or in the usual one (XDG Base Directory)."""
    named = os.environ.get(variable, "")
    return (Path(named) if os.path.isabs(named) else Path.home() / usual) / _OURS

"""Where settings and what may be thrown away are kept, on each system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from resources.files import cache_dir, config_dir


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SONHOM_CONFIG_DIR",
        "SONHOM_CACHE_DIR",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "LOCALAPPDATA",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/hoa"))


@pytest.mark.parametrize(
    ("system", "config", "cache"),
    [
        ("linux", ".config/sonhom", ".cache/sonhom"),
        ("darwin", "Library/Application Support/sonhom", "Library/Caches/sonhom"),
        ("win32", "AppData/Local/sonhom", "AppData/Local/sonhom/Cache"),
    ],
)
def test_the_folders_of_each_system(
    system: str, config: str, cache: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert config_dir() == Path("/home/hoa", config)
    assert cache_dir() == Path("/home/hoa", cache)


def test_what_the_user_or_the_system_has_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/srv/config")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert config_dir() == Path("/srv/config/sonhom")
    assert cache_dir() == Path("/home/hoa/.cache/sonhom")
    monkeypatch.setenv("SONHOM_CONFIG_DIR", "/usb/settings")
    monkeypatch.setenv("SONHOM_CACHE_DIR", "/usb/cache")
    assert (config_dir(), cache_dir()) == (Path("/usb/settings"), Path("/usb/cache"))

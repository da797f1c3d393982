"""The typeface has every letter that our papers print, and survives a damaged or forbidden cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from resources import fonts


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SONHOM_CACHE_DIR", str(tmp_path))
    fonts.font_bytes.cache_clear()
    fonts.font_path.cache_clear()
    yield
    fonts.font_bytes.cache_clear()
    fonts.font_path.cache_clear()


@pytest.mark.parametrize("style", fonts.STYLES)
def test_every_vietnamese_letter_and_sign_is_there(style: fonts.Style) -> None:
    assert len(fonts.LETTERS) == 134 == len(set(fonts.LETTERS))
    assert fonts.missing(fonts.LETTERS + fonts.SIGNS, style) == ""
    assert fonts.missing("abcxyz ABCXYZ 0123456789 ()[]/%+-=.,:;!?&<>@#*'\"", style) == ""


def test_what_is_missing_is_told_once() -> None:
    assert fonts.missing("Hòa 中文中") == "中文"


def test_the_second_time_comes_from_the_cache(tmp_path: Path) -> None:
    first = fonts.font_bytes("bold")
    assert first[:4] == b"\x00\x01\x00\x00"
    assert len(list(tmp_path.iterdir())) == 1
    fonts.font_bytes.cache_clear()
    fonts.font_path.cache_clear()
    assert fonts.font_bytes("bold") == first


def test_a_damaged_cache_is_mended(tmp_path: Path) -> None:
    first = fonts.font_bytes()
    kept = next(tmp_path.iterdir())
    kept.write_bytes(kept.read_bytes()[:-100])
    fonts.font_bytes.cache_clear()
    fonts.font_path.cache_clear()
    assert fonts.font_bytes() == first
    fonts.font_bytes.cache_clear()
    fonts.font_path.cache_clear()
    assert fonts.font_bytes() == first


def test_no_place_for_a_cache_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("SONHOM_CACHE_DIR", str(in_the_way))
    assert fonts.font_bytes()[:4] == b"\x00\x01\x00\x00"
    assert fonts.font_path() is None

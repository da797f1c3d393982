"""The facts behind figures read once for each question: they do not depend on who asks, only on what was asked."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from desktop.services.indicators import loading

_ASKING = (
    "action_lists",
    "analysis",
    "audit_book",
    "audit_signs",
    "board.gathering",
    "indicator_list",
    "inclusion_report",
    "support_papers",
)


def read_facts_once(patch: pytest.MonkeyPatch) -> None:
    """Let services keep what they have read of the book in this test, which writes no more facts."""
    read = loading.load
    kept: dict[Any, Any] = {}

    def load(book: Any, *asked: Any) -> Any:
        if (book, asked) not in kept:
            kept[book, asked] = read(book, *asked)
        return kept[book, asked]

    for name in _ASKING:
        module = importlib.import_module(f"desktop.services.{name}")
        assert module.load is read
        patch.setattr(module, "load", load)

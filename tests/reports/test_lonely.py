"""Signatures stand with something of what is signed, on every paper and in both sizes."""

from __future__ import annotations

from typing import Any

import pytest

from reports.catalogue import find
from reports.kit import lonely
from reports.kit.report import PaperOptions
from tests.reports.test_papers import KEYS, SAMPLES


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_signatures_are_not_alone(key: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[lonely.Layout] = []
    plain = lonely._in

    def watched(layout: lonely.Layout, make: Any) -> Any:
        rounds.append(layout)
        return plain(layout, make)

    monkeypatch.setattr(lonely, "_in", watched)
    find(key).render(SAMPLES[key], PaperOptions(large_print=large))
    assert rounds[-1].lonely == {}


def test_a_batch_is_laid_out_once() -> None:
    def make() -> int:
        lonely.current().lonely[1, 1] = 100.0
        times.append(1)
        return 3

    times: list[int] = []
    assert lonely.accompanied(make) == 3
    assert times == [1]

"""The list of indicators: named and explained in both languages."""

from __future__ import annotations

import re

import pytest

from resources.indicators import definitions


@pytest.mark.parametrize("key", sorted(definitions()))
def test_how_an_indicator_is_counted_is_said_in_vietnamese(key: str) -> None:
    found = definitions()[key]
    assert found.how("en") == found.formula
    said = found.how("vi")
    assert len(said) > 20
    assert said != found.formula
    assert re.search("[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", said)
    # Names of tables, columns and English words are for those who program.
    assert not re.search(r"_|\b(count|distinct|members|loans|with|active|of)\b", said)

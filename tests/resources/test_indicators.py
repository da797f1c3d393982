"""The list of indicators: named and explained in both languages."""

from __future__ import annotations

import re

import pytest

from resources.indicators import definitions


@pytest.mark.parametrize("key", sorted(definitions()))
def test_how_an_indicator_is_counted_is_said_in_words(key: str) -> None:
    found = definitions()[key]
    assert not re.search(r"_|\b(grp|txn|lh|distinct)\b", found.how("en"))
    assert found.how("en") not in (found.formula, found.how("vi"))
    said = found.how("vi")
    assert len(said) > 20
    assert re.search("[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", said)
    # Names of tables, columns and English words are for those who program.
    assert not re.search(r"_|\b(count|distinct|members|loans|with|active|of)\b", said)

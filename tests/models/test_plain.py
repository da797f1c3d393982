"""Values that are kept as text: one that is read is shared by all who ask, so nobody may be able to change it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import pytest

from desktop.models.rules.loan_products import DatedRate, Method, Product
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import BadText, from_text, to_text


def parts_of(kind: Any) -> set[type[Any]]:
    """Return the dataclasses that a type is made of, itself too."""
    found = {part for inner in get_args(kind) for part in parts_of(inner)}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        found |= {kind, *(part for field in fields(kind) for part in parts_of(hints[field.name]))}
    return found


@pytest.mark.parametrize("kind", [Product, Terms])
def test_what_is_shared_is_frozen(kind: type[Any]) -> None:
    assert kind in parts_of(kind)
    assert [part for part in parts_of(kind) if not part.__dataclass_params__.frozen] == []  # type: ignore[attr-defined]


def test_a_text_is_read_once_and_a_damaged_one_is_refused_each_time() -> None:
    product = Product(Method.EQUAL_PRINCIPAL, (DatedRate(date(2026, 1, 1), Fraction(1)),))
    text = to_text(product)
    assert from_text(Product, text) is from_text(Product, text)
    assert from_text(Product, text) == product
    for _time in range(2):
        with pytest.raises(BadText):
            from_text(Product, text[:-1])

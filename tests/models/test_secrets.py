"""Passphrases are kept as keys that cost what a thief must pay for every guess."""

from __future__ import annotations

from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest


@pytest.fixture
def real() -> Any:
    """The rules of passphrases as the program has them: the other tests make cheaper keys."""
    found = find_spec("desktop.models.rules.secrets")
    assert found is not None
    assert found.loader is not None
    made = module_from_spec(found)
    found.loader.exec_module(made)
    return made


def test_a_key_costs_sixteen_megabytes_and_its_own_salt(real: Any) -> None:
    one, other = real.sealed("câu mật dễ nhớ"), real.sealed("câu mật dễ nhớ")
    kind, *cost, salt, key = one.split("$")
    assert (kind, cost) == ("scrypt", ["16384", "8", "1"])
    assert (len(bytes.fromhex(salt)), len(bytes.fromhex(key))) == (16, 32)
    assert one != other
    assert "câu mật" not in one


def test_only_the_passphrase_opens_however_its_letters_are_composed(real: Any) -> None:
    kept = real.sealed("mật khẩu của tổ")
    assert real.opens("mật khẩu của tổ", kept)
    assert not real.opens("mật khẩu của tố", kept)
    assert not real.opens("mật khẩu của tổ", "scrypt$x")

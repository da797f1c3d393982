"""Every page of the window, shown to the other roles that may not see sensitive data: see `test_pages_hide.py`."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.inclusion_kinds import Role
from desktop.store.book import Book
from desktop.views.kit.desk import Desk
from tests.secret_book import BLIND, Secret, role_name
from tests.secret_walk import assert_nothing_told, walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", BLIND[2:], ids=role_name)
def test_no_page_tells_a_sensitive_fact(
    desk: Desk, secret_book: Book, secret: Secret, monkeypatch: Any, role: Role | None
) -> None:
    assert_nothing_told(walk(desk, secret_book, secret, monkeypatch, role))

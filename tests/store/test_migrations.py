"""The steps build what the records say, and bringing an older book up to date risks nothing."""

from __future__ import annotations

from desktop.store.migrations.check import differences
from pathlib import Path

import pytest


def test_the_steps_build_what_the_records_say_in_a_file(tmp_path: Path) -> None:
    book = tmp_path / "so.sonhom"
    book.touch()
    assert differences(str(book)) == []


@pytest.mark.postgres
def test_the_steps_build_what_the_records_say_on_a_server(pg_address: str) -> None:
    assert differences(pg_address) == []

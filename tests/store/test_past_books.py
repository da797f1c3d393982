"""Every book that ever left the house opens in this program, is brought up to date, and verifies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.services import book_info, books, verify
from desktop.store import migrate
from desktop.store.engine import make_engine
from desktop.store.migrations.check import schema_of

SAMPLES = Path(__file__).parents[1] / "samples" / "books"


@pytest.mark.parametrize("name", sorted(file.name for file in SAMPLES.glob("*.sonhom")))
def test_a_past_book_opens_and_verifies(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    shutil.copy(SAMPLES / name, path)
    book = books.open_book(str(path), "Thư ký")
    try:
        info = book_info.book_info(book)
        assert info.groups > 0
        assert info.vouchers > 0
        result = verify.verify(book)
        assert result.ok, result.findings
    finally:
        book.close()
    assert (len(list(tmp_path.iterdir())) == 1) == name.startswith(migrate.HEAD)


def test_there_is_a_sample_of_todays_schema(tmp_path: Path) -> None:
    """When this fails: `python -m tests.samples.books` writes it."""
    sample = tmp_path / "so.sonhom"
    shutil.copy(SAMPLES / f"{migrate.HEAD}.sonhom", sample)
    fresh = tmp_path / "mới.sonhom"
    books.create_book(str(fresh), "Sổ").close()
    found = []
    for path in (sample, fresh):
        engine = make_engine(str(path))
        with engine.connect() as connection:
            found.append(schema_of(connection))
        engine.dispose()
    assert found[0] == found[1]

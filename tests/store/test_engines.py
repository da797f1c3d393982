"""What holds on every connection to a book, on both engines."""

from __future__ import annotations

import pytest

from desktop.models.problems import Trouble
from desktop.models.records.every import BookRow
from desktop.store.book import Book


def test_a_new_book_says_what_it_is(any_book: Book) -> None:
    with any_book.read() as session:
        row = session.query(BookRow).one()
    assert row.name == "Sổ thử"
    assert any_book.name == "Sổ thử"
    assert not any_book.readonly


def test_a_book_is_made_only_where_there_is_none(any_book: Book) -> None:
    with pytest.raises(Trouble) as trouble:
        Book.create(any_book.address, "Sổ khác")
    assert trouble.value.code == "exists"
    assert any_book.name == "Sổ thử"

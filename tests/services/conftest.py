"""Ready places for the tests of services: a school and a livelihood, each in a book of its own."""

from __future__ import annotations

import pytest

from desktop.store.book import Book
from tests.services.livelihood_kit import Place, a_place
from tests.services.training_kit import School, a_school


@pytest.fixture
def school(book: Book) -> School:
    return a_school(book)


@pytest.fixture
def place(any_book: Book) -> Place:
    return a_place(any_book)

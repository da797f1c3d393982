"""The book of `tests.secret_book`, made once in a run of tests, also when several processes share the run."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ready_books import once_in_a_run, without_waiting

if TYPE_CHECKING:
    from desktop.store.book import Book
    from tests.secret_book import Secret


@dataclass(frozen=True, slots=True)
class SecretModel:
    """The content of the book, and the person in it."""

    content: bytes
    secret: Secret

    def copy(self, path: Path) -> Path:
        """Write a copy of the book and return where."""
        path.write_bytes(self.content)
        return path


@pytest.fixture(scope="session")
def secret_model(tmp_path_factory: pytest.TempPathFactory) -> SecretModel:
    """The book with the secrets as it is before anybody signs in."""
    kept = once_in_a_run(tmp_path_factory, "secret.pickle", _make)
    content, secret = pickle.loads(kept.read_bytes())
    return SecretModel(content, secret)


def _make(kept: Path) -> None:
    from tests.secret_book import write_secret_book

    path = kept.with_suffix(".sonhom")
    with pytest.MonkeyPatch.context() as patch:
        without_waiting(patch)
        secret = write_secret_book(path)
    kept.write_bytes(pickle.dumps((path.read_bytes(), secret)))


@pytest.fixture
def secret(secret_model: SecretModel) -> Secret:
    """The person whose facts are known."""
    return secret_model.secret


@pytest.fixture
def secret_book(secret_model: SecretModel, tmp_path: Path) -> Iterator[Book]:
    """A copy of the book of one's own; nobody is signed in."""
    from desktop.services.books import open_book

    with open_book(str(secret_model.copy(tmp_path / "so.sonhom")), "Máy thử") as opened:
        yield opened

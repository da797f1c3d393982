"""Which columns of the book are sensitive: each column is declared, and each sensitive one is looked for by the walks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from desktop.models.records.every import ERASABLE, metadata
from desktop.services import sight
from tests.secret_book import MARKERS, NOT_WORDS, sensitive_columns

DECLARED = Path(__file__).with_name("plain_columns.txt")
FILES = {"attachments", "attachment_contents"}
"""Sensitive where they belong to a record of a sensitive table."""


def plain_columns() -> set[tuple[str, str]]:
    """Return the columns that are declared to say nothing sensitive: a line for each table, the table first."""
    found = set()
    for line in DECLARED.read_text("utf-8").splitlines():
        table, _colon, names = line.partition(":")
        if names and not line.startswith("#"):
            found |= {(table.strip(), name) for name in names.split()}
    return found


def test_every_column_is_declared_sensitive_or_plain() -> None:
    """A new column: name it in `services/sight.py` when it tells what only some may see, else in plain_columns.txt."""
    every = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    sensitive, plain = sensitive_columns(), plain_columns()
    assert sorted(every - sensitive - plain) == [], "neither sensitive nor plain"
    assert sorted((sensitive | plain) - every) == [], "no such column"
    assert sorted(sensitive & plain) == [], "both"


def test_every_sensitive_column_that_says_something_has_a_marker_in_the_walks() -> None:
    wanted = {(table, name) for table, name in sensitive_columns() if name not in NOT_WORDS}
    told = {place for place in MARKERS if place[0] not in FILES}
    assert wanted == told, "give the person of tests/secret_book.py something in this column"
    for table, name in sensitive_columns():
        kind = metadata.tables[table].columns[name].type
        plain = kind.impl if isinstance(kind, TypeDecorator) else kind
        if name not in NOT_WORDS:
            assert isinstance(plain, (Text, LargeBinary)), (table, name)


def test_no_marker_is_hidden_in_another() -> None:
    words = list(MARKERS.values())
    assert [one for one in words for other in words if one is not other and one in other] == []


def test_what_is_sensitive_of_a_person_can_be_erased() -> None:
    assert {table for table, _name in sensitive_columns()} <= set(ERASABLE)
    assert sight.SENSITIVE

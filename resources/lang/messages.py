"""Texts people read: Vietnamese in the source, English from a gettext catalogue.

`_()` is looked up when it is called, so a change of language takes effect at the next call. Texts that
must stand in a table at import time are marked with `N_()` and translated where they are used.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from resources.files import file

LANGUAGES = ("vi", "en")
DOMAIN = "sonhom"

_current = "vi"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`; Vietnamese needs none, its texts are the source."""
    if language == "vi":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, localedir=file("locale"), languages=[language], fallback=True)


def set_language(language: str) -> None:
    """Make `language` ("vi" or "en") the one that `_` answers in. Raises ValueError for any other."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    _current = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answer in `language` inside the block, on this thread only: a paper may differ from the window."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the code of the language in use."""
    return _spoken.get() or _current


def _(text: str) -> str:
    """Return `text` in the language in use."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of the text for `number` in the language in use (Vietnamese has one form)."""
    return _catalogue(language()).ngettext(one, many, number)


def many(text: str) -> str:
    """Return the name of several things: Vietnamese says "Nhóm" of one group and of all, English does not."""
    named = ngettext(text, text, 2)
    return _(text) if named == text else named


def N_(text: str) -> str:
    """Mark `text` for the catalogue and return it unchanged; pass it through `_` where it is shown."""
    return text

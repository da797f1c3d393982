"""What a report is: a key, a title, the value it prints, and the function that makes the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from resources.lang.dong import OFFICIAL, WordStyle
from resources.lang.messages import _

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How a paper is drawn, whatever it says.

    `large_print`: the edition of at least 18 pt; None leaves it to the value (the member's own wish).
    `words`: how amounts are read. `fast`: write page streams directly (False draws through the public
    canvas calls only; the page is the same).
    """

    large_print: bool | None = None
    words: WordStyle = OFFICIAL
    fast: bool = True


PLAIN = PaperOptions()


class Cancelled(Exception):
    """A batch was stopped because the progress callback answered False."""


@dataclass(frozen=True, slots=True)
class Report(Generic[Value]):
    """One paper of the catalogue. `title` is marked with `N_`; `render` returns the bytes of a PDF."""

    key: str
    title: str
    takes: type[Value]
    render: Callable[[Value, PaperOptions], bytes]

    def shown_title(self) -> str:
        """Return the title in the language in use."""
        return _(self.title)

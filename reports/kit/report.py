"""What a report is: a key, a title, the value it prints, and the function that makes the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Generic, ParamSpec, TypeVar

from reports.kit.lonely import accompanied
from resources.lang.dong import OFFICIAL, WordStyle
from resources.lang.messages import _, speaking

Value = TypeVar("Value")
Given = ParamSpec("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How a paper is drawn, whatever it says.

    `large_print`: the edition of at least 18 pt; None leaves it to the value (the member's own wish).
    `words`: how amounts are read. `fast`: write page streams directly (False draws through the public
    canvas calls only; the page is the same). `tagged` names headings, paragraphs and tables
    for screen readers; None does so for single papers, not for batches. `language` is that of the paper's own words, whatever the window
    speaks.
    """

    large_print: bool | None = None
    words: WordStyle = OFFICIAL
    fast: bool = True
    tagged: bool | None = None
    language: str = "vi"


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


def in_its_language(render: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let a function that is handed `PaperOptions` speak the language of the paper while it runs."""

    @wraps(render)
    def spoken(*args: Given.args, **named: Given.kwargs) -> Made:
        options = next((one for one in (*args, *named.values()) if isinstance(one, PaperOptions)), PLAIN)
        with speaking(options.language):
            return accompanied(lambda: render(*args, **named))

    return spoken

"""From a service's values to paper on the screen: gather on the book thread, draw aside, show the preview.

The one way every page prints. `gather(book, act)` returns an `Outcome` whose value the report takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.views.kit.desk import Desk
from desktop.views.kit.messages import Message
from resources.lang.messages import _, ngettext

if TYPE_CHECKING:
    from desktop.services.affected_papers import AffectedPaper

Gather = Callable[[Any, Any], Any]
_NAMED = 6
"""So many papers are named in one line."""


def print_paper(
    desk: Desk,
    owner: QWidget,
    report: str,
    title: str,
    gather: Gather,
    *,
    large_print: bool | None = None,
) -> None:
    """Make one paper of the catalogue and show it in the preview, from where it is printed or saved."""

    def gathered(value: Any) -> None:
        desk.aside(lambda: render(desk, report, value, large_print), shown, owner=owner)

    def shown(data: bytes) -> None:
        from desktop.views.kit.pdf import show_pdf

        show_pdf(desk, title, data, owner)

    desk.say(_("Đang lập giấy in…"), "info")
    desk.do(gather, gathered, owner=owner)


def render(desk: Desk, report: str, value: Any, large_print: bool | None = None) -> bytes:
    """Draw a value with the paper's renderer; amounts are read the way this user has chosen."""
    from reports import catalogue
    from reports.kit.report import PaperOptions

    options = PaperOptions(large_print=large_print, words=desk.settings.word_style())
    return catalogue.find(report).render(value, options)


def numbers_of(papers: Sequence[AffectedPaper]) -> str:
    """Name papers by their numbers, each once however often it was printed; the first few, then "…"."""
    numbers = list(dict.fromkeys(paper.number for paper in papers))
    return ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")


def tell_papers(desk: Desk, papers: Sequence[AffectedPaper]) -> None:
    """Say which papers printed before no longer agree with the book, until the user has seen it."""
    if not papers:
        return
    told = ngettext(
        "{n} tờ đã in không còn khớp với sổ ({numbers}).",
        "{n} tờ đã in không còn khớp với sổ ({numbers}).",
        len(papers),
    ).format(n=len(papers), numbers=numbers_of(papers))
    desk.say(Message(told, "warn", _("Hãy in lại và thu hồi bản cũ."), stays=True))

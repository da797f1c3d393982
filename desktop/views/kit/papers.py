"""From a service's values to paper on the screen: gather on the book thread, draw aside, show the preview.

The one way every page prints. `gather(book, act)` returns an `Outcome` whose value the report takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.views.kit.desk import Desk
from resources.lang.messages import _

Gather = Callable[[Any, Any], Any]


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

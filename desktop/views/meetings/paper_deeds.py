"""The papers of a meeting: the blank sheet before it, minutes and receipts after it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, MeetingId
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper
from resources.lang.messages import _


def print_minutes(desk: Desk, owner: QWidget, meeting: MeetingId) -> None:
    """Show the minutes of a posted meeting, to be printed or saved."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import meeting_papers

        return meeting_papers.minutes(book, meeting, act)

    print_paper(desk, owner, "meeting-minutes", _("Biên bản họp"), gather)


def print_receipts(desk: Desk, owner: QWidget, meeting: MeetingId) -> None:
    """Show the receipts and payment slips of a posted meeting, two on a page."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import meeting_papers

        return meeting_papers.receipts_of_meeting(book, meeting, act)

    print_paper(desk, owner, "receipts", _("Phiếu thu, phiếu chi của buổi họp"), gather)


def print_blank(
    desk: Desk, owner: QWidget, group: GroupId, day: date | None = None, *, large_print: bool = False
) -> None:
    """Show the blank sheet of a group's next meeting: members in order, balances, what is expected."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import meeting_papers

        return meeting_papers.blank_sheet(book, group, act, day, large_print=large_print)

    print_paper(desk, owner, "blank-sheet", _("Phiếu họp trống"), gather)

"""Printing the papers of support: which paper, and how it is gathered."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, SupportId
from desktop.models.support_kinds import Wave
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper
from resources.lang.messages import _


def dossier(desk: Desk, owner: QWidget, support: SupportId, code: str) -> None:
    """Show the whole dossier."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import support_papers

        return support_papers.dossier(book, support, act)

    print_paper(desk, owner, "support-dossier", _("Hồ sơ hỗ trợ {code}").format(code=code), gather)


def handover(desk: Desk, owner: QWidget, support: SupportId, transfer: int, number: str) -> None:
    """Show the minutes of a hand-over."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import support_papers

        return support_papers.handover(book, support, transfer, act)

    print_paper(
        desk, owner, "support-handover", _("Biên bản bàn giao {number}").format(number=number), gather
    )


def assessment(
    desk: Desk, owner: QWidget, support: SupportId, wave: Wave, kept: int | None, code: str
) -> None:
    """Show the form of an assessment: filled in, or blank without one."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import support_papers

        return support_papers.assessment(book, support, wave, kept, act)

    title = _("Phiếu đánh giá bền vững {code}").format(code=code)
    print_paper(desk, owner, "support-assessment", title, gather)


def register(desk: Desk, owner: QWidget, group: GroupId | None, day: date) -> None:
    """Show the register of assets of a group or of the whole book."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import support_papers

        return support_papers.register(book, group, day, act)

    print_paper(desk, owner, "asset-register", _("Sổ theo dõi tài sản"), gather)


def asset(desk: Desk, owner: QWidget, asset_id: int, code: str) -> None:
    """Show the card of an asset with its checks."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import support_papers

        return support_papers.asset(book, asset_id, act)

    print_paper(desk, owner, "asset-card", _("Thẻ tài sản {code}").format(code=code), gather)

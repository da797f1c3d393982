"""Printing the papers of livelihoods: which paper, and how it is gathered."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.rules.suppression import Release
from desktop.services.business_plans import PlanRow
from desktop.services.livelihood_book import LivelihoodDetail
from desktop.services.livelihood_visits import VisitRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper
from resources.lang.messages import _


def record(desk: Desk, owner: QWidget, detail: LivelihoodDetail) -> None:
    """Show the record of an activity."""
    wanted = detail.row.id

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import livelihood_papers

        return livelihood_papers.record(book, wanted, act)

    title = _("Hồ sơ sinh kế {code}").format(code=detail.row.code)
    print_paper(desk, owner, "livelihood-record", title, gather)


def plan(desk: Desk, owner: QWidget, detail: LivelihoodDetail, row: PlanRow) -> None:
    """Show a business plan."""
    wanted, key = detail.row.id, row.id

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import livelihood_papers

        return livelihood_papers.plan(book, wanted, key, act)

    title = _("Kế hoạch kinh doanh {code}").format(code=detail.row.code)
    print_paper(desk, owner, "business-plan", title, gather)


def visit(desk: Desk, owner: QWidget, detail: LivelihoodDetail, row: VisitRow | None) -> None:
    """Show the form of a visit: filled in, or blank without one."""
    wanted, key = detail.row.id, None if row is None else row.id

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import livelihood_papers

        return livelihood_papers.visit(book, wanted, key, act)

    title = _("Phiếu thăm {code}").format(code=detail.row.code)
    print_paper(desk, owner, "visit-form", title, gather)


def job_report(
    desk: Desk, owner: QWidget, group: GroupId | None, day: date, release: Release = Release.COMMUNE
) -> None:
    """Show the report on jobs and income, of a group or of the whole book; outside the commune small cells are hidden."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import job_papers

        return job_papers.job_report(book, group, day, act, release)

    print_paper(desk, owner, "job-report", _("Báo cáo việc làm và thu nhập"), gather)

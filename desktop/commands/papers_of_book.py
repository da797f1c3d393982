"""The papers of the whole book for `sonhom report`: no group is named."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING

from desktop.commands.command import Mistyped
from desktop.commands.paper_wish import BookPaper, Gathered
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.acts import Act
    from desktop.services.board.values import Period
    from desktop.store.book import Book


def _coordination(book: Book, _arguments: argparse.Namespace, act: Act) -> Gathered:
    from desktop.services import capacity_papers

    return capacity_papers.coordination_paper(book, act).value, act.today.isoformat()


def _donor_report(book: Book, arguments: argparse.Namespace, act: Act) -> Gathered:
    from desktop.models.rules.suppression import Release
    from desktop.services.board import papers

    period, release = _period_of(arguments.span, act), Release(arguments.release)
    value = papers.donor_report(book, period, release, act).value
    return value, f"{period.starts}-{period.ends}-{release.value}"


def _period_of(text: str | None, act: Act) -> Period:
    """Return the period of --period ("2026", "2026-H1", "2026-Q3"), without one this year. Raises Mistyped."""
    from desktop.services.board.values import Period, Span

    if text is None:
        return Period.around(act.today, Span.YEAR)
    found = re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])))?", text.strip().upper())
    if found is None or found[1] == "0000":
        raise Mistyped(_("--period: kỳ viết như 2026, 2026-H1 hoặc 2026-Q3."), "--period")
    year = int(found[1])
    if found[2]:
        return Period(date(year, 6 * int(found[2]) - 5, 1), Span.HALF)
    if found[3]:
        return Period(date(year, 3 * int(found[3]) - 2, 1), Span.QUARTER)
    return Period(date(year, 1, 1), Span.YEAR)


PAPERS: dict[str, BookPaper] = {
    "donor-report": BookPaper(N_("báo cáo nhà tài trợ BC09 (--period, --release)"), _donor_report),
    "coordination-list": BookPaper(N_("danh sách phối hợp, cam kết"), _coordination),
}
"""The papers of the whole book by their key in `reports.catalogue`."""

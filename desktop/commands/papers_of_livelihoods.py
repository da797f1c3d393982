"""The papers of livelihoods for `sonhom report`."""

from __future__ import annotations

from desktop.commands.paper_wish import Gathered, Paper, Wish, find_livelihood
from resources.lang.messages import N_, _


def _livelihood_record(wish: Wish) -> Gathered:
    from desktop.services import livelihood_papers

    row = find_livelihood(wish).row
    return livelihood_papers.record(wish.book, row.id, wish.act).value, row.code


def _business_plan(wish: Wish) -> Gathered:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import livelihood_papers

    found = find_livelihood(wish)
    if not found.plans:
        text = _("Sinh kế này chưa có kế hoạch để in.")
        raise Refusal([Problem.stop("no-plan", "livelihood", text)])
    value = livelihood_papers.plan(wish.book, found.row.id, found.plans[0].id, wish.act).value
    return value, found.row.code


def _visit_form(wish: Wish) -> Gathered:
    from desktop.services import livelihood_papers

    found = find_livelihood(wish)
    return livelihood_papers.visit(wish.book, found.row.id, None, wish.act).value, found.row.code


def _job_report(wish: Wish) -> Gathered:
    from desktop.models.rules.suppression import Release
    from desktop.services import job_papers

    on, release = wish.arguments.day or wish.act.today, Release(wish.arguments.release)
    group = None if wish.found is None else wish.found.id
    value = job_papers.job_report(wish.book, group, on, wish.act, release).value
    return value, f"{on}-{release.value}"


NEEDS = ("livelihood",)
"""A paper of an activity names it; its group is that of the owner."""

PAPERS: dict[str, Paper] = {
    "livelihood-record": Paper(N_("hồ sơ sinh kế (--livelihood)"), _livelihood_record, NEEDS),
    "business-plan": Paper(N_("kế hoạch kinh doanh mới nhất (--livelihood)"), _business_plan, NEEDS),
    "visit-form": Paper(N_("phiếu thăm sinh kế để trống (--livelihood)"), _visit_form, NEEDS),
    "job-report": Paper(
        N_("báo cáo việc làm và thu nhập (--day, --release; không có --group: của cả sổ)"), _job_report, ()
    ),
}
"""The papers of livelihoods by their key in `reports.catalogue`."""

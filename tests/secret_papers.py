"""Every paper of the catalogue about the person of `tests.secret_book`, their group and the whole book."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desktop.commands import paper_wish, papers_of_book
from desktop.commands import report as command
from desktop.commands.book_access import groups_of
from desktop.models.ids import GroupId
from desktop.models.rules.closing import ClosingChoices
from desktop.models.rules.suppression import Release
from desktop.models.support_kinds import Wave
from desktop.services import (
    capacity_papers,
    figure_papers,
    inclusion_papers,
    job_papers,
    lender_papers,
    loan_papers,
    questionnaire_papers,
    replication_papers,
    rosca_papers,
    savings_papers,
    share_out_papers,
    statements,
    support_papers,
    training_certificates,
    training_papers,
)
from desktop.services.action_lists import ActionList
from desktop.services.analysis_table import Choice
from desktop.services.attachments import Subject
from desktop.services.board import papers as board_papers
from desktop.services.board.values import Period, Span
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicators.facts import Scope
from desktop.services.statements import StatementOrder
from desktop.store.book import Book
from tests.secret_book import ACT, TODAY, Secret

YEAR = Period(date(2026, 1, 1), Span.YEAR)
FROM, TO = date(2026, 1, 1), TODAY
COMMUNE = Release.COMMUNE
Gather = Callable[[], Any]


def papers_of(book: Book, secret: Secret) -> dict[str, Gather]:
    """Return what gathers each paper, by the key of its report, with words behind it where there are several."""
    return {**_by_command(book, secret), **_of_money(book, secret), **_of_people(book, secret)}


def _by_command(book: Book, secret: Secret) -> dict[str, Gather]:
    """Return the papers that the command line prints too."""
    rows = {row.id: row for row in groups_of(book)}

    def of_group(key: str) -> Gather:
        group = rows[GroupId(secret.opened_group if key == "opening-balances" else 1)]
        arguments = _arguments(book, secret)
        return lambda: command.PAPERS[key].gather(paper_wish.Wish(book, group, arguments, ACT))[0]

    found = {key: of_group(key) for key in command.PAPERS}
    for key, paper in papers_of_book.PAPERS.items():
        found[key] = lambda paper=paper: paper.gather(book, _arguments(book, secret), ACT)[0]
    return found


def _arguments(book: Book, secret: Secret) -> Namespace:
    """Return all options of the command with something in the book behind them."""
    from sqlalchemy import text

    with book.read() as session:
        codes = {
            table: session.execute(
                text(f"SELECT code FROM {table} WHERE id = :id"), {"id": secret.places[place]}
            ).scalar_one()
            for table, place in (("loans", "loan"), ("livelihoods", "livelihood"))
        }
    return Namespace(
        starts=FROM, ends=TO, day=None, meeting=None, count=None, quarter=False, large_print=False, box="cash",
        release="commune", span=None, loan=codes["loans"], livelihood=codes["livelihoods"],
    )  # fmt: skip


def _of_money(book: Book, secret: Secret) -> dict[str, Gather]:
    there: Mapping[str, Any] = secret.places
    group = secret.group
    order = StatementOrder(group, FROM, TO, (secret.member,))
    return {
        "member-statement": lambda: statements.issue(book, order, ACT).value[0],
        "loan-receipt": lambda: loan_papers.receipt(book, there["loan"], 2, ACT).value,
        "lender-collection": lambda: lender_papers.collection(book, group, FROM, TO, ACT).value,
        "rosca-agreement": lambda: rosca_papers.agreement(book, there["rosca"], ACT).value,
        "rosca-ledger": lambda: rosca_papers.ledger(book, there["rosca"], ACT).value,
        "rosca-notice": lambda: rosca_papers.notice(book, there["rosca"], ACT).value,
        "savings-interest": lambda: savings_papers.of_run(book, there["run"], ACT).value,
        "share-out": lambda: share_out_papers.draft(book, group, TODAY, ClosingChoices(), ACT).value,
        "model-sheet": lambda: replication_papers.sheet(book, 1, ACT).value,
    }


def _of_people(book: Book, secret: Secret) -> dict[str, Gather]:
    member, support, klass = secret.member, secret.support, secret.klass
    subject = Subject("members", secret.uid)
    there: Mapping[str, Any] = secret.places
    found: dict[str, Gather] = {
        "member-profile": lambda: inclusion_papers.profile(book, member, ACT).value,
        "consent": lambda: inclusion_papers.consent_form(book, member, ACT).value,
        "questionnaire": lambda: questionnaire_papers.filled(book, there["assessment"], ACT).value,
        "questionnaire-blank": lambda: questionnaire_papers.blank(book, "wg-ss", ACT, subject).value,
        "support-dossier": lambda: support_papers.dossier(book, support, ACT).value,
        "support-dossier of another": lambda: support_papers.dossier(book, there["handed"], ACT).value,
        "support-handover": lambda: (
            support_papers.handover(book, there["handed"], there["transfer"], ACT).value
        ),
        "support-assessment": lambda: support_papers.assessment(book, support, Wave.BEFORE, None, ACT).value,
        "asset-register": lambda: support_papers.register(book, None, TODAY, ACT).value,
        "asset-card": lambda: support_papers.asset(book, there["asset"], ACT).value,
        "training-attendance": lambda: training_papers.attendance_list(book, klass, ACT, blank=False).value,
        "training-certificate": lambda: training_certificates.reprint(book, [there["taught"]], ACT).value,
        "coordination-meeting": lambda: capacity_papers.meeting_paper(book, secret.meeting, ACT).value,
        "capacity-progress": lambda: capacity_papers.progress_paper(book, secret.group, ACT).value,
    }
    for which in ActionList:
        found[f"action-list {which.value}"] = lambda which=which: (
            figure_papers.action_paper(book, which, Scope(), TODAY, ACT).value
        )
    for key in DIMENSIONS:
        choice = Choice("NH02", key, "none", FROM, TO, Scope(), COMMUNE)
        found[f"analysis-table {key}"] = lambda choice=choice: (
            figure_papers.analysis_paper(book, choice, ACT).value
        )
    for release in Release:
        found |= released(book, secret, release)
    return found


def released(book: Book, secret: Secret, release: Release) -> dict[str, Gather]:
    """Return the papers that are given to others, as they are for one of them."""
    name = release.value
    return {
        f"training-class {name}": lambda: (
            training_papers.class_report(book, secret.klass, ACT, release).value
        ),
        f"donor-report {name}": lambda: board_papers.donor_report(book, YEAR, release, ACT).value,
        f"job-report {name}": lambda: job_papers.job_report(book, None, TODAY, ACT, release).value,
        f"inclusion-report {name}": lambda: (
            figure_papers.inclusion_paper(book, Scope(), FROM, TO, release, ACT).value
        ),
    }

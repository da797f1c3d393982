"""What is given to partners and donors is figures, never a record of one person (indicators.md 6.3, the last part).

There is no export of records for readers outside the commune, so that none has to be made k-anonymous. Whoever adds
one fails here, and owes it k >= 5, two values of what is sensitive, months instead of days and a hash with salt.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import desktop.services
from desktop.models.inclusion_kinds import Role
from desktop.models.problems import Refusal
from desktop.models.records.every import Household, Job, Loan, Member
from desktop.models.rules.suppression import Release
from desktop.services import analysis, figure_papers
from desktop.services.analysis_table import SUM, Choice
from desktop.services.board import papers as board_papers
from desktop.services.dimensions import DIMENSIONS
from desktop.services.indicators.facts import Scope
from desktop.store.book import Book
from tests.secret_book import ACT, Secret, sign
from tests.secret_papers import FROM, TO, YEAR, released
from tests.services.quick_facts import read_facts_once
from tests.services.test_papers_hide import gathered, printed

GIVEN_OUT = {
    "analysis_choices.save",
    "board.papers.donor_report",
    "board.papers.export_board",
    "board.reading.publish",
    "figure_papers.analysis_paper",
    "figure_papers.export_analysis",
    "figure_papers.export_inclusion",
    "figure_papers.inclusion_paper",
    "job_papers.job_report",
    "training_papers.class_report",
}
"""The deeds that know of a reader: all give tables of figures (`publish` notes in the book what they gave,
`save` what to show again)."""
OUTSIDE = (Release.PARTNER, Release.DONOR)
PERSONAL = (
    Member.code,
    Member.phone,
    Member.citizen_number,
    Household.code,
    Loan.code,
    Job.person,
)


def deeds_for_readers() -> Iterator[str]:
    """Name the deeds of all services that are told who will read: by a release, or by a choice that holds one."""
    root = desktop.services
    for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
        found = importlib.import_module(module.name)
        for name, deed in inspect.getmembers(found, inspect.isfunction):
            if deed.__module__ != module.name:
                continue
            asked = {str(one.annotation) for one in inspect.signature(deed).parameters.values()}
            if "Act" in asked and asked & {"Release", "Choice"}:
                yield f"{module.name.removeprefix(root.__name__ + '.')}.{name}"


def personal(book: Book) -> set[str]:
    """Return what tells of one person or household: names, codes, numbers."""
    with book.read() as session:
        found = {str(value) for column in PERSONAL for value in session.scalars(select(column)) if value}
        found |= {one.full_name for one in session.scalars(select(Member))}
    assert len(found) > 40
    return found


def test_the_deeds_that_give_out_for_a_reader_are_these() -> None:
    assert set(deeds_for_readers()) == GIVEN_OUT


@pytest.mark.slow
@pytest.mark.parametrize("release", OUTSIDE)
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICER])
def test_nothing_given_out_names_anybody(
    secret_book: Book,
    secret: Secret,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    release: Release,
) -> None:
    read_facts_once(monkeypatch)
    sign(secret_book, role)
    words = personal(secret_book)
    said = {
        name: printed(name, value)
        for name, value in gathered(released(secret_book, secret, release))
        if not isinstance(value, Refusal)
    }
    assert len(said) == 4
    choices = [Choice("NH02", key, "none", FROM, TO, Scope(), release) for key in DIMENSIONS]
    for choice in choices:
        try:
            value = figure_papers.analysis_paper(secret_book, choice, ACT).value
        except Refusal:
            assert DIMENSIONS[choice.rows].sensitive or DIMENSIONS[choice.rows].inside
            continue
        name = f"analysis-table {choice.rows}"
        said[name] = printed(name, value)
        file = tmp_path / f"{choice.rows}.csv"
        figure_papers.export_analysis(secret_book, choice, file, ACT)
        said[f"{name} as a file"] = file.read_text(encoding="utf-8-sig")
        with pytest.raises(Refusal, match="Trong xã"):
            analysis.people_behind(secret_book, choice, SUM, SUM, sensitive=True)
    file = tmp_path / "hoa-nhap.csv"
    figure_papers.export_inclusion(secret_book, Scope(), FROM, TO, release, file, ACT)
    said["inclusion as a file"] = file.read_text(encoding="utf-8-sig")
    file = tmp_path / "bang.csv"
    board_papers.export_board(secret_book, YEAR, release, file, ACT)
    said["board as a file"] = file.read_text(encoding="utf-8-sig")
    found = {name: [word for word in words if word in shown] for name, shown in said.items()}
    assert {name: told for name, told in found.items() if told} == {}

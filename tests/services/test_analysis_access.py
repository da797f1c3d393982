"""Analysis over the records of inclusion, with real users: what a role may not see is in no table, list, paper or file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.inclusion_kinds import (
    Accommodate,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    Role,
    Vulnerable,
)
from desktop.models.problems import Refusal
from desktop.models.rules.suppression import Release
from desktop.models.rules.washington import DOMAINS
from desktop.services import (
    action_lists,
    analysis,
    assessments,
    consents,
    figure_papers,
    inclusion,
    members,
    sight,
    users,
)
from desktop.services.action_lists import ActionList
from desktop.services.analysis_table import SUM, Choice
from desktop.services.attachments import Subject
from desktop.services.indicator_list import indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.users import NewUser
from desktop.store.book import Book
from reports import figures
from tests.inclusion_village import ENDS, STARTS, Mixed, mixed
from tests.reports.paper import said
from tests.village import an_act

BOSS, CLERK, INCLUSION = "mat khau boss", "mat khau thu ky", "mat khau hoa nhap"
CHOICE = Choice("NH02", "disability", "sex", STARTS, ENDS)
ACT = an_act(ENDS)


def ask(book: Book, village: Mixed) -> None:
    """Ask everybody the six questions: the first two walk with a lot of difficulty, one of them has a ramp."""
    for place, member in enumerate(village.members):
        consents.give(book, consents.GiveConsent(member, tuple(Purpose), ENDS), ACT)
        subject = Subject("members", members.get(book, member).uid)
        answers = dict.fromkeys(DOMAINS, 1) | ({"walking": 3} if place < 2 else {})
        assessments.record(
            book, assessments.RecordAssessment("wg-ss", subject, ENDS, answers, agreed=True), ACT
        )
    for member, number, expires in (
        (village.members[0], "KT-01", date(2026, 4, 30)),
        (village.members[1], "KT-02", date(2026, 3, 1)),
        (village.members[2], "KT-03", None),
    ):
        inclusion.add_certificate(
            book,
            inclusion.AddCertificate(
                member, number, (DisabilityType.MOBILITY,), DisabilityDegree.SEVERE, STARTS, expires
            ),
            ACT,
        )
    inclusion.add_accommodation(
        book, inclusion.AddAccommodation(village.members[0], Accommodate.RAMP, ENDS), ACT
    )
    for category in (Vulnerable.SINGLE_PARENT, Vulnerable.MIGRANT):
        inclusion.add_vulnerability(
            book, inclusion.AddVulnerability(village.members[0], category, ENDS, "tự khai"), ACT
        )


@pytest.fixture
def village(book: Book) -> Mixed:
    made = mixed(book)
    ask(book, made)
    return made


def guard(book: Book) -> None:
    users.switch_on(book, "Chị Boss", BOSS, BOSS, ACT)
    users.add(book, NewUser("Thư ký", Role.CLERK, CLERK), ACT)
    users.add(book, NewUser("Anh Hòa", Role.INCLUSION, INCLUSION), ACT)
    users.sign_out(book)


def test_answers_and_registers_are_counted(book: Book, village: Mixed) -> None:
    table = analysis.cross(book, CHOICE, sensitive=True)
    assert table.row_names == ("Có", "Không")
    assert [row[-1].value.numerator for row in table.cells] == [2, 10, 12]
    rows = {
        row.id: row
        for row in indicator_list(book, Scope(), STARTS, ENDS, Release.COMMUNE, sensitive=True).rows
    }
    assert rows["HN01"].made_of == "2 / 12"
    assert rows["HN02"].made_of == "12 / 12"
    assert rows["HN05"].made_of == "1 / 12"
    assert rows["HN08"].made_of == "1 / 2"
    by_paper = analysis.cross(book, replace(CHOICE, rows="certificate"), sensitive=True)
    # The certificate that expired on 1 March counts no more.
    assert [row[-1].value.numerator for row in by_paper.cells] == [2, 10, 12]


def test_lists_of_papers_and_accommodations(book: Book, village: Mixed) -> None:
    assert not action_lists.rows(book, ActionList.UNASKED, Scope(), ENDS, sensitive=True)
    expiring = action_lists.rows(book, ActionList.EXPIRING, Scope(), ENDS, sensitive=True)
    assert {row.member: row.detail for row in expiring} == {
        village.members[0]: "hết hạn 30/04/2026",
        village.members[1]: "đã hết hạn 01/03/2026",
    }
    (waiting,) = action_lists.rows(book, ActionList.UNACCOMMODATED, Scope(), ENDS, sensitive=True)
    assert (waiting.member, waiting.detail) == (village.members[1], "Vận động")
    later = action_lists.rows(book, ActionList.UNASKED, Scope(), date(2027, 5, 1), sensitive=True)
    assert {row.detail for row in later} == {"hỏi đã quá 12 tháng"}


def test_a_donor_sees_no_small_group_of_disabled_people(book: Book, village: Mixed) -> None:
    table = analysis.cross(book, replace(CHOICE, release=Release.DONOR), sensitive=True)
    assert all(cell.hidden for cell in table.cells[0] if cell.value.numerator)


def test_a_clerk_gets_nothing_sensitive_from_papers_files_and_lists(
    book: Book, village: Mixed, tmp_path: Path
) -> None:
    guard(book)
    for sign_in in (lambda: None, lambda: users.sign_in(book, "Thư ký", CLERK)):
        sign_in()
        # Whoever the act names: the one who is signed in counts.
        act = replace(ACT, who="Anh Hòa")
        with pytest.raises(Refusal):
            figure_papers.export_analysis(book, CHOICE, tmp_path / "a.xlsx", act)
        for which in (ActionList.EXPIRING, ActionList.UNACCOMMODATED):
            with pytest.raises(Refusal):
                figure_papers.export_actions(book, which, Scope(), ENDS, tmp_path / "a.xlsx", act)
        assert not (tmp_path / "a.xlsx").exists()
        value = figure_papers.inclusion_paper(book, Scope(), STARTS, ENDS, Release.COMMUNE, act).value
        text = said(figures.render(value)).lower()
        assert "khuyết tật" not in text
        assert "dân tộc" not in text
        file = tmp_path / "hn.csv"
        figure_papers.export_inclusion(book, Scope(), STARTS, ENDS, Release.COMMUNE, file, act)
        assert "khuyết tật" not in file.read_text(encoding="utf-8-sig").lower()
        file = tmp_path / "ho.csv"
        figure_papers.export_actions(book, ActionList.LEFT_OUT, Scope(), ENDS, file, act)
        assert "dân tộc" not in file.read_text(encoding="utf-8-sig").lower()


def test_what_an_officer_takes_out_is_logged(book: Book, village: Mixed, tmp_path: Path) -> None:
    guard(book)
    users.sign_in(book, "Anh Hòa", INCLUSION)
    figure_papers.export_actions(book, ActionList.EXPIRING, Scope(), ENDS, tmp_path / "a.xlsx", ACT)
    figure_papers.action_paper(book, ActionList.UNACCOMMODATED, Scope(), ENDS, ACT)
    analysis.people_behind(book, CHOICE, "yes", SUM, sensitive=True)
    users.sign_in(book, "Chị Boss", BOSS)
    logged = [(row.how, row.what) for row in sight.log(book)]
    assert logged.count(("xuất tệp", "danh sách cần làm")) == 2
    assert logged.count(("in", "danh sách cần làm")) == 1
    assert logged.count(("xem", "những người trong một ô của bảng phân tích")) == 2

"""Assessments: dated, never overwritten, refused when they do not fit; forms from files."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.problems import Refusal, Trouble
from desktop.services import assessments, consents, households, members, questionnaire_papers, verify
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.store.book import Book
from reports.catalogue import find
from resources.forms import shipped
from tests.reports.paper import said
from tests.services.people_kit import enrol, household

SIX = {"seeing": 1, "hearing": 1, "walking": 3, "remembering": 1, "self_care": 1, "communicating": 2}


def subject(book: Book, member: MemberId) -> Subject:
    return Subject("members", members.get(book, member).uid)


def home_subject(book: Book, act: Act) -> Subject:
    return Subject("households", households.get(book, household(book, act)).uid)


def agreeing(book: Book, act: Act, **more: Any) -> MemberId:
    member = enrol(book, act, **more)
    consents.give(book, consents.GiveConsent(member, (Purpose.HEALTH,), act.today), act)
    return member


def wg(book: Book, member: MemberId, act: Act, **more: Any) -> RecordAssessment:
    return RecordAssessment("wg-ss", subject(book, member), more.pop("day", act.today), SIX, **more)


def problems_of(book: Book, command: RecordAssessment, act: Act) -> dict[str, str]:
    with pytest.raises(Refusal) as refused:
        assessments.record(book, command, act)
    return {problem.field: problem.message for problem in refused.value.problems}


def test_an_assessment_is_kept_with_version_answers_and_figures(any_book: Book, act: Act) -> None:
    member = agreeing(any_book, act)
    key = assessments.record(any_book, wg(any_book, member, act), act).value
    (row,) = assessments.history(any_book, subject(any_book, member))
    assert row.id == key
    assert (row.form, row.version, row.day, row.asked_by) == ("wg-ss", "ours-1", act.today, "Thư ký")
    assert dict(row.answers) == SIX
    assert row.summary == "Theo Nhóm Washington: Có khuyết tật (WG)"
    assert verify.verify(any_book).ok


def test_a_correction_is_a_later_row_and_the_first_one_stays(any_book: Book, act: Act) -> None:
    member = agreeing(any_book, act)
    first = assessments.record(any_book, wg(any_book, member, act), act).value
    again = replace(wg(any_book, member, act), answers={**SIX, "walking": 2}, supersedes=first)
    assert problems_of(any_book, again, act) == {"reason": "Hãy ghi lý do sửa phiếu."}
    assessments.record(any_book, replace(again, reason="Ghi nhầm câu 3"), act)
    rows = assessments.history(any_book, subject(any_book, member))
    assert [row.in_force for row in rows] == [True, False]
    assert [row.answers["walking"] for row in rows] == [2, 3]
    assert "sửa" in problems_of(any_book, replace(again, reason="Lần nữa"), act)["form"]
    with pytest.raises(Trouble), any_book.write(act) as session:
        session.execute(text("UPDATE assessments SET answers = '{}' WHERE id = 1"))
    assert verify.verify(any_book).ok


def test_without_consent_the_form_is_locked(book: Book, act: Act) -> None:
    member = enrol(book, act)
    assert "chưa đồng ý" in problems_of(book, wg(book, member, act), act)["form"]
    rows = {row.id: row.locked for row in assessments.form_rows(book, subject(book, member))}
    assert rows["wg-ss"]
    assert not rows["empowerment"]
    assert not assessments.history(book, subject(book, member))


def test_consent_that_was_withdrawn_locks_the_form_again(book: Book, act: Act) -> None:
    member = agreeing(book, act)
    given = next(row for row in consents.of_member(book, member) if row.holds)
    assert given.id is not None
    consents.withdraw(book, given.id, act.today, "không muốn nữa", act)
    assert "chưa đồng ý" in problems_of(book, wg(book, member, act), act)["form"]


def test_code_5_a_day_before_birth_and_a_day_to_come_are_refused_and_nothing_is_kept(
    book: Book, act: Act
) -> None:
    member = agreeing(book, act, birth_date=date(1990, 5, 2))
    five = replace(wg(book, member, act), answers={**SIX, "seeing": 5})
    assert "“5” không phải là một trả lời" in problems_of(book, five, act)["seeing"]
    assert "trước ngày sinh" in problems_of(book, wg(book, member, act, day=date(1990, 5, 1)), act)["day"]
    assert "tương lai" in problems_of(book, wg(book, member, act, day=date(2026, 3, 6)), act)["day"]
    assert not assessments.history(book, subject(book, member))


def test_small_children_are_not_asked(book: Book, act: Act) -> None:
    member = agreeing(book, act, birth_date=date(2022, 1, 1), birth_year=2022, agreed=True)
    assert "5 tuổi" in problems_of(book, wg(book, member, act), act)["day"]


def test_the_ppi_of_a_household_keeps_score_and_likelihood_by_line(any_book: Book, act: Act) -> None:
    home = home_subject(any_book, act)
    questions = [question.id for question in assessments.form(any_book, "ppi-vnm-2021").questions()]
    answers = dict.fromkeys(questions, 1)
    assessments.record(any_book, RecordAssessment("ppi-vnm-2021", home, act.today, answers), act)
    with any_book.read() as session:
        found = assessments.latest_in(session, ("ppi-vnm-2021",), act.today)[home.uid]
    assert found.results["score.bottom20"] == 60
    assert found.results["bottom20"] == "0.238939"
    assert problems_of(
        any_book,
        RecordAssessment("ppi-vnm-2021", home, act.today, dict.fromkeys(questions[1:], 1)),
        act,
    )[questions[0]].startswith("Chưa trả lời câu")


def test_a_scorecard_is_loaded_from_a_file_and_damaged_ones_leave_no_trace(book: Book, act: Act) -> None:
    raw = copy.deepcopy(shipped()["ppi-vietnam-2021"])
    raw["id"] = "ppi-thu"
    home = home_subject(book, act)
    raw["questions"][5]["options"][0]["points"]["bottom20"] = 70
    with pytest.raises(Refusal, match="không khớp bảng"):
        assessments.load_form(book, json.dumps(raw).encode(), act)
    with pytest.raises(Refusal, match="không phải là JSON"):
        assessments.load_form(book, b'{"id": "ppi-thu", ', act)
    assert "ppi-thu" not in {row.id for row in assessments.form_rows(book, home)}
    raw["questions"][5]["options"][0]["points"]["bottom20"] = 16
    assessments.load_form(book, json.dumps(raw).encode(), act)
    assert "ppi-thu" in {row.id for row in assessments.form_rows(book, home)}
    raw["name"] = "Khác"
    with pytest.raises(Refusal, match="số bản mới"):
        assessments.load_form(book, json.dumps(raw).encode(), act)


def test_papers_blank_and_filled_carry_questions_answers_and_the_mark(book: Book, act: Act) -> None:
    member = agreeing(book, act)
    key = assessments.record(book, wg(book, member, act), act).value
    blank = said(find("questionnaire-blank").render(questionnaire_papers.blank(book, "wg-ss", act).value))
    for words in (
        "Sáu câu hỏi",
        "1. Không khó khăn",
        "9. Không biết",
        "MẬT – DÙNG TRONG XÃ",
        "NGƯỜI TRẢ LỜI",
    ):
        assert words in blank
    filled = said(find("questionnaire").render(questionnaire_papers.filled(book, key, act).value))
    for words in ("Nguyễn Thị Hòa", "3. Rất khó khăn", "Có khuyết tật (WG)", "MẬT – DÙNG TRONG XÃ"):
        assert words in filled
    assert "4. Hoàn toàn" not in filled

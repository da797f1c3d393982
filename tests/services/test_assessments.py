"""Assessments: dated, never overwritten, refused when they do not fit; forms from files."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.ids import AssessmentId, MemberId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.problems import Refusal, Trouble
from desktop.models.rules import forms
from desktop.services import assessments, consents, households, members, questionnaire_papers, verify
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.store.book import Book
from desktop.store.trail import canonical
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


# -- versions of a form ----------------------------------------------------------------------------


def meals(version: str, asked: str, options: dict[int, tuple[str, int]]) -> bytes:
    """A form with one question, as somebody would send it."""
    question = {
        "id": "meals",
        "type": "choice",
        "text": {"vi": asked},
        "options": [
            {"value": value, "text": {"vi": words}, "points": points}
            for value, (words, points) in options.items()
        ],
    }
    raw = {
        "id": "bua-an",
        "version": version,
        "title": {"vi": f"Bữa ăn, bản {version}"},
        "subjects": ["households"],
        "sections": [{"id": "one", "title": {"vi": f"Phần hỏi {version}"}, "questions": [question]}],
        "scores": [{"id": "food", "title": {"vi": f"Điểm ăn {version}"}, "compute": "sum", "of": ["meals"]}],
    }
    return json.dumps(raw, ensure_ascii=False).encode()


def printed(book: Book, key: AssessmentId, act: Act) -> str:
    return said(find("questionnaire").render(questionnaire_papers.filled(book, key, act).value))


def test_an_answer_is_read_and_printed_in_the_words_of_the_version_it_was_given_to(
    any_book: Book, act: Act
) -> None:
    home = home_subject(any_book, act)
    first = meals("1", "Nhà mình ăn mấy bữa?", {1: ("Một bữa", 10), 2: ("Hai bữa", 20)})
    assessments.load_form(any_book, first, act)
    command = RecordAssessment("bua-an", home, act.today, {"meals": 2})
    old = assessments.record(any_book, command, act).value
    # In the second version the same number means something else, is worth something else, and 3 is new.
    second = meals("2", "Hôm qua đủ ăn không?", {1: ("Đủ", 5), 2: ("Thiếu", 0), 3: ("Không rõ", 0)})
    assessments.load_form(any_book, second, act)
    new = assessments.record(any_book, replace(command, answers={"meals": 3}), act).value

    rows = {row.id: row for row in assessments.history(any_book, home)}
    assert (rows[old].version, rows[old].title, rows[old].summary) == (
        "1",
        "Bữa ăn, bản 1",
        "Điểm ăn 1: 20",
    )
    assert (rows[new].version, rows[new].title, rows[new].summary) == ("2", "Bữa ăn, bản 2", "Điểm ăn 2: 0")
    form, row = assessments.get(any_book, old)
    assert [str(one.text) for one in form.question("meals").options] == ["Một bữa", "Hai bữa"]
    assert row.answers == {"meals": 2}
    paper = printed(any_book, old, act)
    for words in ("Bữa ăn, bản 1".upper(), "Nhà mình ăn mấy bữa?", "2. Hai bữa", "Điểm ăn 1"):
        assert words in paper
    for words in ("Hôm qua đủ ăn không?", "Thiếu", "Điểm ăn 2"):
        assert words not in paper
    assert "Hôm qua đủ ăn không?" in printed(any_book, new, act)
    # The file of the first version once more changes nothing: what is asked now is the second.
    assessments.load_form(any_book, first, act)
    assert assessments.form(any_book, "bua-an").version == "2"
    # A correction is asked in the words of now, and the paper of then stays as it was.
    again = replace(command, answers={"meals": 1}, supersedes=old, reason="Ghi nhầm")
    corrected = assessments.record(any_book, again, act).value
    assert assessments.get(any_book, corrected)[1].version == "2"
    assert printed(any_book, old, act) == paper
    assert verify.verify(any_book).ok


def test_a_later_version_that_comes_with_the_program_leaves_the_words_of_earlier_answers(
    book: Book, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = agreeing(book, act)
    key = assessments.record(book, wg(book, member, act), act).value
    raw = copy.deepcopy(shipped()["wg-ss"])
    raw["version"] = "chinh-thuc-2"
    raw["sections"][0]["questions"][0]["text"]["vi"] = "Anh chị nhìn có khó không?"
    later = forms.read_form(raw)
    monkeypatch.setattr(assessments, "_shipped", lambda: {"wg-ss": (later, canonical(raw))})
    assert assessments.form(book, "wg-ss").version == "chinh-thuc-2"
    (row,) = assessments.history(book, subject(book, member))
    assert row.version == "ours-1"
    paper = printed(book, key, act)
    assert "Ông/bà có khó khăn khi nhìn không" in paper
    assert "Anh chị nhìn" not in paper

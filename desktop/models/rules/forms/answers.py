"""Answers: which questions are asked, whether what was answered fits, and how it reads.

Answers are plain JSON: an option's value, a list of them, a whole number (money in đồng), a day as ISO text, a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.models.problems import Problem
from desktop.models.rules.forms.conditions import holds
from desktop.models.rules.forms.definition import Form, Question, QuestionKind
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _
from resources.lang.names import nfc

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers made normal (only of questions that are asked), and what is wrong with them, by question."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]


def visible(form: Form, answers: Answers) -> list[Question]:
    """Return the questions that are asked after these answers; answers of questions left out count for nothing."""
    asked: list[Question] = []
    counted: dict[str, Any] = {}
    for question in form.questions():
        if question.show_if is None or holds(question.show_if, counted):
            asked.append(question)
            if not _empty(answers.get(question.id)):
                counted[question.id] = answers[question.id]
    return asked


def check_answers(form: Form, answers: Answers) -> Checked:
    """Return the answers as they are kept, and a problem for each that is missing or does not fit."""
    problems = [
        Problem.stop("unknown-question", key, _("Biểu mẫu không có câu “{question}”.").format(question=key))
        for key in answers
        if all(question.id != key for question in form.questions())
    ]
    kept: dict[str, Any] = {}
    for question in visible(form, answers):
        given = answers.get(question.id)
        if _empty(given):
            if question.required:
                problems.append(
                    Problem.stop(
                        "missing",
                        question.id,
                        _("Chưa trả lời câu “{question}”.").format(question=question.text),
                    )
                )
            continue
        value, wrong = _normal(question, given)
        if wrong:
            problems.append(Problem.stop("bad-answer", question.id, wrong))
        else:
            kept[question.id] = value
    return Checked(kept, tuple(problems))


def words_of(question: Question, answer: Any) -> str:
    """Return an answer as people read it; nothing for nothing."""
    if _empty(answer):
        return ""
    if question.kind is QuestionKind.MULTI:
        return "; ".join(_option_words(question, one) for one in answer)
    if question.kind.chosen:
        return _option_words(question, answer)
    if question.kind is QuestionKind.MONEY:
        return show_dong(answer)
    if question.kind is QuestionKind.DAY:
        return show_day(date.fromisoformat(answer))
    if question.kind is QuestionKind.NUMBER:
        return " ".join(part for part in (show_number(answer), str(question.unit)) if part)
    return str(answer)


def _option_words(question: Question, value: Any) -> str:
    option = question.option(value)
    return str(value) if option is None else str(option.text)


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _normal(question: Question, given: Any) -> tuple[Any, str]:
    kind = question.kind
    if kind is QuestionKind.MULTI:
        chosen = given if isinstance(given, list | tuple) else [given]
        strange = [one for one in chosen if question.option(one) is None]
        if strange:
            return None, _no_option(question, strange[0])
        return [option.value for option in question.options if option.value in chosen], ""
    if kind.chosen:
        option = question.option(given)
        return (None, _no_option(question, given)) if option is None else (option.value, "")
    if kind is QuestionKind.TEXT:
        return nfc(str(given)).strip(), ""
    if kind is QuestionKind.DAY:
        return _day(given)
    return _amount(question, given)


def _day(given: Any) -> tuple[Any, str]:
    try:
        day = given if isinstance(given, date) else date.fromisoformat(given)
    except (TypeError, ValueError):
        return None, _("Đây không phải là một ngày.")
    return day.isoformat(), ""


def _amount(question: Question, given: Any) -> tuple[Any, str]:
    if isinstance(given, bool) or not isinstance(given, int):
        return None, _("Hãy ghi một số nguyên.")
    number = int(given)
    least = 0 if question.least is None else question.least
    if number < least:
        return None, _("Số phải từ {least} trở lên.").format(least=show_number(least))
    if question.most is not None and number > question.most:
        return None, _("Số không được quá {most}.").format(most=show_number(question.most))
    return number, ""


def _no_option(question: Question, given: Any) -> str:
    keys = ", ".join(option.key for option in question.options)
    return _("“{given}” không phải là một trả lời của câu này. Chọn một trong: {keys}.").format(
        given=given, keys=keys
    )

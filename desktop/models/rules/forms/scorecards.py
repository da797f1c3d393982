"""Scorecards such as the PPI: points by line, the likelihood of being below each line by the sum of points.

Each line has its own points. A sum above the table's last score counts as that score. The rate of a group is the
mean of the likelihoods of its households, never the likelihood of the mean score (indicators.md 2.1).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop.models.rules.forms.answers import Answers
from desktop.models.rules.forms.definition import (
    Form,
    Option,
    Question,
    QuestionKind,
    Scorecard,
    Section,
    Words,
)
from desktop.models.rules.forms.reading import BadForm, read_id, words
from desktop.models.rules.forms.scoring import Score, points_of
from resources.lang.dong import show_percent
from resources.lang.messages import _

_LINE_NAMES = {
    f"bottom{share}": Words(
        f"Thuộc nhóm {share} % tài sản thấp nhất", f"Among the {share} % with the fewest assets"
    )
    for share in (20, 40, 60, 80)
}


def read_scorecard(whole: Mapping[str, Any]) -> Form:
    """Return a scorecard as a form with one section. Raises BadForm when points and table do not fit each other."""
    lines = whole.get("lines")
    if not isinstance(lines, list) or not lines or not all(isinstance(line, str) for line in lines):
        raise BadForm(_("Bảng điểm thiếu danh sách chuẩn (“lines”)."))
    rows = whole.get("questions")
    if not isinstance(rows, list) or not rows:
        raise BadForm(_("Bảng điểm không có câu hỏi nào."))
    questions = tuple(_question(row, lines) for row in rows)
    if len({question.id for question in questions}) != len(questions):
        raise BadForm(_("Hai câu hỏi của bảng điểm trùng mã."))
    card = Scorecard(
        {line: _LINE_NAMES.get(line, Words(line)) for line in lines}, _table(whole.get("likelihood"), lines)
    )
    _check_fit(card, questions)
    name = whole.get("name")
    if not isinstance(name, str) or not name:
        raise BadForm(_("Bảng điểm chưa có tên (“name”)."))
    title = words(whole.get("title", name), "name")
    return Form(
        id=read_id(whole.get("id"), "id"),
        version=str(whole.get("version") or whole.get("id")),
        title=title,
        subjects=("households",),
        sections=(Section("scorecard", Words("Các câu hỏi", "Questions"), questions),),
        scorecard=card,
        source=Words(str(whole.get("source", "")), str(whole.get("source", ""))),
        explanation=Words(
            "Khả năng hộ nằm dưới mỗi chuẩn. Tỷ lệ của nhóm là trung bình các khả năng, không phải điểm trung bình.",
            "How likely the household is below each line. A group's rate is the mean of the likelihoods.",
        ),
        repeat_months=12,
    )


def _question(row: Any, lines: Sequence[str]) -> Question:
    if not isinstance(row, Mapping):
        raise BadForm(_("Một câu hỏi của bảng điểm không đúng dạng."))
    key = read_id(row.get("key"), "key")
    options = []
    given = row.get("options")
    if not isinstance(given, list) or len(given) < 2:
        raise BadForm(_("Câu “{question}” cần ít nhất hai lựa chọn.").format(question=key))
    for place, option in enumerate(given, 1):
        points = option.get("points") if isinstance(option, Mapping) else None
        if not isinstance(points, Mapping) or set(points) != set(lines):
            raise BadForm(
                _("Câu “{question}”, lựa chọn {place}: điểm không có đủ cho từng chuẩn.").format(
                    question=key, place=place
                )
            )
        if any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in points.values()):
            raise BadForm(
                _("Câu “{question}”, lựa chọn {place}: điểm phải là số nguyên không âm.").format(
                    question=key, place=place
                )
            )
        text = Words(str(option.get("vi", "")), str(option.get("en", "")))
        options.append(Option(place, words({"vi": text.vi, "en": text.en}, key), str(place), dict(points)))
    return Question(
        key,
        QuestionKind.CHOICE,
        words({"vi": row.get("vi", ""), "en": row.get("en", "")}, key),
        options=tuple(options),
    )


def _table(raw: object, lines: Sequence[str]) -> tuple[Mapping[str, float], ...]:
    if not isinstance(raw, Mapping) or not raw:
        raise BadForm(_("Bảng điểm thiếu bảng khả năng (“likelihood”)."))
    if set(raw) != {str(score) for score in range(len(raw))}:
        raise BadForm(_("Bảng khả năng thiếu điểm: phải có mọi điểm từ 0, không bỏ cách."))
    table: list[Mapping[str, float]] = []
    for score in range(len(raw)):
        row = raw[str(score)]
        good = isinstance(row, Mapping) and set(row) == set(lines)
        if not good or not all(
            isinstance(p, int | float) and not isinstance(p, bool) and math.isfinite(p) and 0 <= p <= 1
            for p in row.values()
        ):
            raise BadForm(
                _("Bảng khả năng, điểm {score}: mỗi chuẩn cần một số từ 0 đến 1.").format(score=score)
            )
        if table and any(row[line] > table[-1][line] for line in lines):
            raise BadForm(
                _("Bảng khả năng, điểm {score}: điểm cao hơn mà khả năng lại cao hơn.").format(score=score)
            )
        table.append({line: float(row[line]) for line in lines})
    return tuple(table)


def _check_fit(card: Scorecard, questions: Sequence[Question]) -> None:
    """Refuse points that do not belong to the table.

    Points are weights rounded to whole numbers: each question may be off by half a point, so the greatest sum lies
    within half a point a question of the table's last score.
    """
    slack = Fraction(len(questions), 2)
    for line, title in card.lines.items():
        most = sum(max(option.points[line] for option in question.options) for question in questions)
        if abs(most - card.top) > slack:
            raise BadForm(
                _(
                    "Điểm không khớp bảng khả năng: chuẩn “{line}” có tổng điểm cao nhất {most}, bảng dừng ở {top}."
                ).format(line=title, most=most, top=card.top)
            )


def scores_of(form: Form, answers: Answers) -> dict[str, int] | None:
    """Return the sum of points by line, at most the table's last score; None when an answer is missing."""
    card = form.scorecard
    assert card is not None
    if any(answers.get(question.id) is None for question in form.questions()):
        return None
    return {
        line: min(
            card.top, sum(points_of(question, answers[question.id], line) for question in form.questions())
        )
        for line in card.lines
    }


def likelihoods(form: Form, answers: Answers) -> list[Score]:
    """Return score and likelihood by line; figures of lines are kept as "score.LINE" and the line's own name."""
    card = form.scorecard
    assert card is not None
    sums = scores_of(form, answers)
    found: list[Score] = []
    for line, title in card.lines.items():
        if sums is None:
            found.append(Score(line, str(title), None, _("chưa đủ trả lời")))
            continue
        likely = Fraction(Decimal(repr(card.likelihood[sums[line]][line])))
        found.append(Score(line, str(title), likely, show_percent(likely, 1)))
        found.append(Score(f"score.{line}", _("Điểm theo chuẩn này"), sums[line], str(sums[line])))
    return found


@dataclass(frozen=True, slots=True)
class GroupRate:
    """The estimated rate of a group: mean of likelihoods, at least ± `margin`; `few` below 30 households."""

    households: int
    rate: Fraction
    margin: float
    few: bool


def group_rate(likely: Sequence[Fraction]) -> GroupRate | None:
    """Return the rate of a group from its households' likelihoods; None without any."""
    if not likely:
        return None
    count = len(likely)
    spread = math.sqrt(sum(float(p * (1 - p)) for p in likely))
    return GroupRate(count, sum(likely, Fraction(0)) / count, 1.96 * spread / count, count < 30)

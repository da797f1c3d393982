"""Figures that follow from answers: sums, means, shares of the points, the WG identifiers, likelihoods of a scorecard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from desktop.models.rules import washington
from desktop.models.rules.forms.answers import Answers, visible
from desktop.models.rules.forms.definition import Form, Question, QuestionKind, ScoreRule
from desktop.models.rules.washington import Finding
from resources.lang.dong import show_number, show_percent
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of an assessment: its name, its value (None when answers are missing) and how it reads."""

    id: str
    title: str
    value: int | str | bool | Fraction | None
    shown: str


def evaluate(form: Form, answers: Answers) -> tuple[Score, ...]:
    """Return all figures of a form. Answers must have passed `check_answers`; missing ones give no figure."""
    asked = visible(form, answers)
    found: list[Score] = []
    for rule in form.scores:
        found += COMPUTE[rule.compute](rule, asked, answers)
    if form.scorecard is not None:
        from desktop.models.rules.forms.scorecards import likelihoods

        found += likelihoods(form, answers)
    return tuple(found)


def results_of(scores: Sequence[Score]) -> dict[str, Any]:
    """Return figures as they are kept: JSON, fractions as decimal texts of six digits."""
    return {
        score.id: f"{float(score.value):.6f}" if isinstance(score.value, Fraction) else score.value
        for score in scores
    }


def _counted(rule: ScoreRule, asked: Sequence[Question]) -> list[Question]:
    if rule.of:
        return [question for question in asked if question.id in rule.of]
    return [question for question in asked if any(option.points for option in question.options)]


def points_of(question: Question, answer: Any, line: str = "") -> int:
    """Return the points of an answer: of the option chosen, or of all that are ticked."""
    given = answer if question.kind is QuestionKind.MULTI else [answer]
    options = [option for option in (question.option(one) for one in given) if option is not None]
    return sum(option.points.get(line, option.points.get("", 0)) for option in options)


def _most(question: Question) -> int:
    values = [option.points.get("", 0) for option in question.options]
    if question.kind is QuestionKind.MULTI:
        return sum(value for value in values if value > 0)
    return max(values, default=0)


def _number(question: Question, answer: Any) -> int:
    """Return what a mean or a maximum counts: the points where the form has some, else the number answered."""
    if any(option.points for option in question.options):
        return points_of(question, answer)
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else 0


def _given(questions: Sequence[Question], answers: Answers) -> list[tuple[Question, Any]] | None:
    """Return questions with their answers, None when one is missing."""
    pairs = [(question, answers.get(question.id)) for question in questions]
    return None if any(answer is None for _question, answer in pairs) else pairs


def _figure(rule: ScoreRule, value: int | Fraction | None, percent: bool = False) -> list[Score]:
    if value is None:
        return [Score(rule.id, str(rule.title), None, _("chưa đủ trả lời"))]
    shown = (
        show_percent(Fraction(value), 1)
        if percent
        else show_number(value)
        if isinstance(value, int)
        else f"{float(value):.2f}".replace(".", ",")
    )
    compared = value * 100 if percent else value
    band = [band for band in rule.bands if band.least <= compared]
    return [Score(rule.id, str(rule.title), value, f"{shown} – {band[-1].text}" if band else shown)]


def _sum(rule: ScoreRule, asked: Sequence[Question], answers: Answers) -> list[Score]:
    pairs = _given(_counted(rule, asked), answers)
    return _figure(rule, None if pairs is None else sum(_number(*pair) for pair in pairs))


def _mean(rule: ScoreRule, asked: Sequence[Question], answers: Answers) -> list[Score]:
    pairs = _given(_counted(rule, asked), answers)
    if not pairs:
        return _figure(rule, None)
    return _figure(rule, Fraction(sum(_number(*pair) for pair in pairs), len(pairs)))


def _percent(rule: ScoreRule, asked: Sequence[Question], answers: Answers) -> list[Score]:
    pairs = _given(_counted(rule, asked), answers)
    most = 0 if pairs is None else sum(_most(question) for question, _answer in pairs)
    if pairs is None or not most:
        return _figure(rule, None)
    return _figure(rule, Fraction(sum(points_of(*pair) for pair in pairs), most), percent=True)


def _max(rule: ScoreRule, asked: Sequence[Question], answers: Answers) -> list[Score]:
    pairs = _given(_counted(rule, asked), answers)
    return _figure(rule, max((_number(*pair) for pair in pairs), default=None) if pairs else None)


def _count(rule: ScoreRule, asked: Sequence[Question], answers: Answers) -> list[Score]:
    pairs = _given(_counted(rule, asked), answers)
    if pairs is None:
        return _figure(rule, None)
    return _figure(
        rule, sum(any(answer == v and type(answer) is type(v) for v in rule.values) for _q, answer in pairs)
    )


FINDINGS: Mapping[Finding, str] = {
    Finding.YES: N_("Có khuyết tật (WG)"),
    Finding.NO: N_("Không (WG)"),
    Finding.INCOMPLETE: N_("Không rõ: trả lời chưa đủ"),
    Finding.NOT_ASKED: N_("Chưa hỏi"),
}
_LEVELS = {
    1: N_("Không khó khăn"),
    2: N_("Khó khăn một chút"),
    3: N_("Rất khó khăn"),
    4: N_("Hoàn toàn không làm được"),
}


def _washington(rule: ScoreRule, _asked: Sequence[Question], answers: Answers) -> list[Score]:
    six = {domain: answers.get(domain) for domain in washington.DOMAINS}
    return _identified(rule, six, washington.finding(six))


def _enhanced(rule: ScoreRule, _asked: Sequence[Question], answers: Answers) -> list[Score]:
    six = {domain: answers.get(domain) for domain in washington.DOMAINS}
    found = washington.enhanced_finding(answers)
    return _identified(rule, six, found)


def _identified(rule: ScoreRule, six: Mapping[str, int | None], finding: Finding) -> list[Score]:
    marks = washington.identifiers(six)
    gravest = washington.severity(six)
    scores = [Score("finding", str(rule.title), finding.value, _(FINDINGS[finding]))]
    for number in range(1, 5):
        value = None if marks is None else bool(getattr(marks, f"disability{number}"))
        shown = "–" if value is None else _("có") if value else _("không")
        scores.append(Score(f"disability{number}", f"DISABILITY{number}", value, shown))
    scores.append(
        Score("severity", _("Mức nặng nhất"), gravest, _(_LEVELS[gravest]) if gravest is not None else "–")
    )
    return scores


Compute = Callable[[ScoreRule, Sequence[Question], Answers], list[Score]]
COMPUTE: Mapping[str, Compute] = {
    "sum": _sum,
    "mean": _mean,
    "percent": _percent,
    "max": _max,
    "count": _count,
    "washington": _washington,
    "washington-enhanced": _enhanced,
}
"""The ways to compute a figure, by the name that form files use."""

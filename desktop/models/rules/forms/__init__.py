"""The form engine's rules: a form is data; answers are checked against it and scored. Nothing here knows a window."""

from __future__ import annotations

from desktop.models.rules.forms.answers import Answers, Checked, check_answers, visible, words_of
from desktop.models.rules.forms.definition import (
    Band,
    Form,
    Option,
    Question,
    QuestionKind,
    Scorecard,
    ScoreRule,
    Section,
    Words,
)
from desktop.models.rules.forms.reading import BadForm, read_form, read_text
from desktop.models.rules.forms.scoring import Score, evaluate, results_of

__all__ = [
    "Answers",
    "BadForm",
    "Band",
    "Checked",
    "Form",
    "Option",
    "Question",
    "QuestionKind",
    "Score",
    "ScoreRule",
    "Scorecard",
    "Section",
    "Words",
    "check_answers",
    "evaluate",
    "read_form",
    "read_text",
    "results_of",
    "visible",
    "words_of",
]

"""What a form is: sections of questions, how answers are counted. Texts stand in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from resources.lang.messages import language

Value = int | str | bool
"""What an option stands for in the answers."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; `str()` gives the one in use, the Vietnamese where there is no English."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return (self.en if language() == "en" else "") or self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yes-no"
    SCALE = "scale"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    TEXT = "text"

    @property
    def chosen(self) -> bool:
        """Tell whether one of several options is chosen."""
        return self in (QuestionKind.CHOICE, QuestionKind.YES_NO, QuestionKind.SCALE)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: its value, its text, the key that chooses it, and points by score or line ("" for all)."""

    value: Value
    text: Words
    key: str
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `show_if` is a condition on earlier answers (docs/forms.md); None is always asked.

    `least` and `most` bound numbers and money (in đồng); `unit` stands behind the answer.
    """

    id: str
    kind: QuestionKind
    text: Words
    hint: Words = Words("")
    required: bool = True
    options: tuple[Option, ...] = ()
    show_if: Mapping[str, Any] | None = None
    least: int | None = None
    most: int | None = None
    unit: Words = Words("")

    def option(self, value: object) -> Option | None:
        """Return the option of a value; True is not 1."""
        return next(
            (one for one in self.options if one.value == value and type(one.value) is type(value)), None
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under a heading."""

    id: str
    title: Words
    questions: tuple[Question, ...]
    intro: Words = Words("")


@dataclass(frozen=True, slots=True)
class Band:
    """From which value on a score is called so."""

    least: int
    text: Words


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A figure that follows from the answers. `compute` is a name of `scoring.COMPUTE`; `of` are the questions it
    counts (all that are scored, when empty); `values` the answers that a "count" counts.
    """

    id: str
    title: Words
    compute: str
    of: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Lines with their titles, and the likelihood of being below each line by score, from 0 to the last score."""

    lines: Mapping[str, Words]
    likelihood: tuple[Mapping[str, float], ...]

    @property
    def top(self) -> int:
        """The last score of the table; higher sums count as this one."""
        return len(self.likelihood) - 1


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire. `subjects` are the tables whose records it may be about ("members", "households" …).

    `consent` names the purpose a person must have agreed to before it is asked of them ("" for none); `sensitive`
    that answers are shown only to those who may see sensitive data. `oldest` and `youngest` bound the age of whom
    it is asked of, in completed years.
    """

    id: str
    version: str
    title: Words
    subjects: tuple[str, ...]
    sections: tuple[Section, ...]
    scores: tuple[ScoreRule, ...] = ()
    scorecard: Scorecard | None = None
    source: Words = Words("")
    explanation: Words = Words("")
    consent: str = ""
    sensitive: bool = False
    youngest: int | None = None
    oldest: int | None = None
    repeat_months: int | None = None

    def questions(self) -> Iterator[Question]:
        """Yield all questions in their order."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question:
        """Return a question by its id. Raises KeyError."""
        for question in self.questions():
            if question.id == key:
                return question
        raise KeyError(key)

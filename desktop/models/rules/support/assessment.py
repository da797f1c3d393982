"""The sustainability assessment (TĐBV): sixteen items of 0, 1 or 2, gates among them, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.rules.support.standards import FULL, Standards
from desktop.models.support_kinds import Result, Wave
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.support import Item, items


@dataclass(frozen=True, slots=True)
class Score:
    """One item as a human scored it (None: not yet). `evidence` is its text, `files` how many files show it.

    `proposed` is what the book's own records would give, with their `basis`; None where the book cannot tell.
    """

    item: int
    score: int | None
    evidence: str = ""
    files: int = 0
    proposed: int | None = None
    basis: str = ""

    @property
    def shown(self) -> bool:
        """Tell whether anything shows what is claimed."""
        return bool(self.evidence.strip()) or self.files > 0


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one assessment, in the order of the items, as they are kept."""

    rows: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an assessment comes to: points of `most`, gates that were missed (numbers of items), the result."""

    points: int
    most: int
    missed: tuple[int, ...]
    result: Result

    @property
    def share(self) -> Fraction:
        """Return the points over the most points."""
        return Fraction(self.points, self.most)


def items_of(wave: Wave) -> tuple[Item, ...]:
    """Return the items that an assessment asks: all before the transfer, afterwards those looked at again."""
    return tuple(item for item in items() if wave is Wave.BEFORE or item.again)


def gate_of(item: int, standards: Standards) -> int:
    """Return the least score that an item must have, 0 where it is no gate."""
    return standards.gates[item - 1]


def judge(scores: Sequence[Score], standards: Standards, wave: Wave = Wave.BEFORE) -> Judgement:
    """Return what scores come to; an item without a score counts 0.

    From `passes` percent, with every gate: transfer. From `improves` percent: complete it and assess again; so too
    where the points are enough and a gate is missed. Below: not yet.
    """
    given = {score.item: score.score or 0 for score in scores}
    asked = items_of(wave)
    points, most = sum(given.get(item.number, 0) for item in asked), FULL * len(asked)
    missed = tuple(
        item.number for item in asked if given.get(item.number, 0) < gate_of(item.number, standards)
    )
    if points * 100 < standards.improves * most:
        result = Result.REFUSE
    elif points * 100 >= standards.passes * most and not missed:
        result = Result.TRANSFER
    else:
        result = Result.IMPROVE
    return Judgement(points, most, missed, result)


def score_field(item: int) -> str:
    """Return the name of the field of an item's score."""
    return f"score-{item}"


def evidence_field(item: int) -> str:
    """Return the name of the field of an item's evidence."""
    return f"evidence-{item}"


def check_assessment(
    scores: Sequence[Score], wave: Wave, day: date, assessor: str, earliest: date, today: date
) -> list[Problem]:
    """Return what keeps an assessment from being kept: items without a score, a 2 that nothing shows, days, names."""
    found: list[Problem] = []
    if not earliest <= day <= today:
        text = _("Ngày đánh giá phải từ {day} đến hôm nay.").format(day=show_day(earliest))
        found.append(Problem.stop("day", "day", text))
    if not assessor.strip():
        found.append(Problem.stop("assessor", "assessor", _("Cần ghi tên người đánh giá.")))
    by_item = {score.item: score for score in scores}
    asked = {item.number for item in items_of(wave)}
    if len(by_item) != len(scores) or not set(by_item) <= asked:
        found.append(Problem.stop("items", "", _("Có mục lặp lại hoặc không thuộc lần đánh giá này.")))
    for number in sorted(asked):
        found += _check_score(number, by_item.get(number))
    return found


def _check_score(number: int, score: Score | None) -> list[Problem]:
    field = score_field(number)
    if score is None or score.score is None:
        return [Problem.stop("missing", field, _("Mục {n} chưa chấm điểm.").format(n=number))]
    if type(score.score) is not int or not 0 <= score.score <= FULL:
        return [Problem.stop("score", field, _("Mục {n}: điểm chỉ là 0, 1 hoặc 2.").format(n=number))]
    if score.score == FULL and not score.shown:
        text = _("Mục {n} được 2 điểm thì phải có bằng chứng: ghi rõ giấy tờ, hoặc đính kèm tệp.")
        return [Problem.stop("evidence", evidence_field(number), text.format(n=number))]
    return []

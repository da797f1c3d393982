"""The maturity score of a group: eleven items, a hundred points, bands of indicators.md 4.4.

Facts come from the book and, for what no book can know, from what an officer saw on a visit. The score decides
nothing about money: people do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.capacity_kinds import Grade, Item, Keeper, Mark, Phase
from desktop.models.problems import Problem
from desktop.models.rules.categories import Category
from resources.indicators import limit
from resources.lang.messages import _

WEIGHTS = {
    Item.MEETINGS: 10,
    Item.ATTENDANCE: 10,
    Item.SAVING: 10,
    Item.TURNING: 8,
    Item.REPAYMENT: 12,
    Item.BOOKS: 12,
    Item.RULES: 8,
    Item.DEMOCRACY: 8,
    Item.INCLUSION: 8,
    Item.SOCIAL: 6,
    Item.SELF_RUN: 8,
}
"""The points of each item; half of each is whole. They sum up to 100."""

REACHED = (Category.FEMALE, Category.POOR, Category.DISABLED)
"""Whose share among the members is held against their share in the commune."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count of the loan-fund box: counted less book, in đồng."""

    day: date
    difference: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The inclusion index of a category in the group; None when it cannot be said."""

    category: Category
    index: Fraction | None


@dataclass(frozen=True, slots=True)
class MaturityFacts:
    """What the book knows of a group in the six months up to `ends`. Amounts in đồng.

    `called` counts places on the lists of the meetings held, `came` those taken up in person, late or not, `saved`
    those with a payment of savings or shares. `lent_out` holds the loan fund's lent share at each month's end.
    `counts` are the last counts, the latest first. Of the three who lead: `officers` filled seats, `women` among
    them, `longest` the months that one of them has held the seat in all, `elected` the last day a term began.
    """

    starts: date
    ends: date
    planned: int = 0
    on_plan: int = 0
    called: int = 0
    came: int = 0
    saved: int = 0
    lent_out: tuple[Fraction, ...] = ()
    outstanding: int = 0
    at_risk: int = 0
    ever_lent: bool = False
    counts: tuple[Count, ...] = ()
    officers: int = 0
    women: int = 0
    longest: int = 0
    elected: date | None = None
    reach: tuple[Reach, ...] = ()
    has_rules: bool = False
    contribution: int = 0
    social: int = 0
    grants: int = 0
    outside: int = 0
    savings: int = 0
    months: int = 0
    shared_out: date | None = None

    @property
    def median_lent(self) -> Fraction | None:
        """Return the median of the month's ends, None without any."""
        values = sorted(self.lent_out)
        if not values:
            return None
        middle = len(values) // 2
        return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2

    @property
    def dependence(self) -> Fraction | None:
        """Return outside capital over savings and outside capital, None without either."""
        whole = self.outside + self.savings
        return Fraction(self.outside, whole) if whole else None


@dataclass(frozen=True, slots=True)
class Observed:
    """What an officer saw on a visit; None where nobody looked. Each part carries its evidence.

    `sampled` passbooks were compared with the book, `wrong` of them differed. Of `asked` members `knew` knew the
    rules. `alone` of the last three meetings ran without project staff. `elected`: the day of the last election when
    the same people were chosen again, which begins no new term.
    """

    sampled: int | None = None
    wrong: int = 0
    books_evidence: str = ""
    written: bool | None = None
    asked: int = 0
    knew: int = 0
    rules_evidence: str = ""
    elected: date | None = None
    election_evidence: str = ""
    alone: int | None = None
    keeper: Keeper | None = None
    self_evidence: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item as judged. `partial`: part of its data is missing, and what is missing counts as not met."""

    item: Item
    mark: Mark
    partial: bool = False

    @property
    def most(self) -> int:
        """Return the points of the item when fully met."""
        return WEIGHTS[self.item]

    @property
    def points(self) -> int:
        """Return the points given."""
        return {Mark.FULL: self.most, Mark.HALF: self.most // 2}.get(self.mark, 0)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A group's score on a day."""

    day: date
    lines: tuple[Line, ...]
    independent: bool

    @property
    def points(self) -> int:
        """Return the points of all items, of 100."""
        return sum(line.points for line in self.lines)

    @property
    def known(self) -> int:
        """Return the weight of the items that have data, of 100: the coverage."""
        return sum(line.most for line in self.lines if line.mark is not Mark.MISSING)

    @property
    def grade(self) -> Grade:
        """Return the grade of the points."""
        return grade_of(self.points, self.day)


def judge(facts: MaturityFacts, seen: Observed) -> Scorecard:
    """Return the score of a group."""
    day = facts.ends
    lines = (
        _banded(Item.MEETINGS, _share(facts.on_plan, facts.planned), "meetings", day),
        _banded(Item.ATTENDANCE, _share(facts.came, facts.called), "attendance", day),
        _banded(Item.SAVING, _share(facts.saved, facts.called), "saving", day),
        _turning(facts),
        _repayment(facts),
        _books(facts, seen),
        _rules(seen, day),
        _democracy(facts, seen),
        _inclusion(facts),
        _social(facts),
        _self_run(seen),
    )
    return Scorecard(day, lines, _independent(lines, facts))


def grade_of(points: int, day: date) -> Grade:
    """Return the grade of a number of points by the bands of a day."""
    for grade, name in ((Grade.A, "a"), (Grade.B, "b"), (Grade.C, "c")):
        if points >= limit(f"maturity.grade.{name}", day):
            return grade
    return Grade.D


def phase_of(months: int, shared_out: bool, grades: Sequence[Grade]) -> Phase:
    """Return a group's phase: by its age, and self-managed after a share-out and two strong grades in a row.

    `grades` are those of its assessments, the latest first.
    """
    if shared_out and len(grades) >= 2 and all(grade.strong for grade in grades[:2]):
        return Phase.SELF_MANAGED
    if months <= 3:
        return Phase.INTENSIVE
    return Phase.DEVELOPMENT if months <= 7 else Phase.MATURITY


def check_observed(seen: Observed, day: date | None, founded: date | None, today: date) -> list[Problem]:
    """Return what is wrong with an observation, each problem at its field; nothing without evidence."""
    found = [*_check_day(day, founded, today)]
    if seen.sampled is not None and seen.wrong > seen.sampled:
        text = _("Số sổ sai không thể nhiều hơn số sổ đã đối chiếu ({n}).").format(n=seen.sampled)
        found.append(Problem.stop("more", "wrong", text))
    if seen.wrong and seen.sampled is None:
        found.append(Problem.stop("missing", "sampled", _("Cần ghi đã đối chiếu bao nhiêu sổ.")))
    if seen.knew > seen.asked:
        text = _("Số người biết không thể nhiều hơn số người được hỏi ({n}).").format(n=seen.asked)
        found.append(Problem.stop("more", "knew", text))
    if seen.asked and seen.written is None:
        found.append(Problem.stop("missing", "written", _("Cần ghi nhóm có quy chế viết hay không.")))
    if seen.elected is not None and day is not None and seen.elected > day:
        found.append(Problem.stop("future", "elected", _("Ngày bầu không thể sau ngày đánh giá.")))
    if seen.alone is not None and not 0 <= seen.alone <= 3:
        found.append(Problem.stop("bounds", "alone", _("Chỉ xét 3 buổi họp gần nhất: từ 0 đến 3.")))
    if (seen.alone is None) != (seen.keeper is None):
        field = "alone" if seen.alone is None else "keeper"
        found.append(
            Problem.stop("missing", field, _("Mục Tự quản cần cả hai: các buổi họp và người ghi sổ."))
        )
    for said, field in (
        (seen.sampled is not None, "books_evidence"),
        (seen.written is not None, "rules_evidence"),
        (seen.elected is not None, "election_evidence"),
        (seen.alone is not None, "self_evidence"),
    ):
        if said and not str(getattr(seen, field)).strip():
            text = _("Điều quan sát được cần có bằng chứng: xem gì, hỏi ai, ở đâu.")
            found.append(Problem.stop("evidence", field, text))
    return found


def _check_day(day: date | None, founded: date | None, today: date) -> list[Problem]:
    if day is None:
        return [Problem.stop("missing", "day", _("Cần ghi ngày đánh giá."))]
    if day > today:
        return [Problem.stop("future", "day", _("Ngày đánh giá không thể ở tương lai."))]
    if founded is not None and day < founded:
        return [Problem.stop("early", "day", _("Ngày đánh giá trước ngày nhóm thành lập."))]
    return []


# -- items -----------------------------------------------------------------------------------------


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _banded(item: Item, share: Fraction | None, name: str, day: date) -> Line:
    if share is None:
        return Line(item, Mark.MISSING)
    if share * 100 >= limit(f"maturity.{name}.full", day):
        return Line(item, Mark.FULL)
    return Line(item, Mark.HALF if share * 100 >= limit(f"maturity.{name}.half", day) else Mark.ZERO)


def _turning(facts: MaturityFacts) -> Line:
    median = facts.median_lent
    if median is None:
        return Line(Item.TURNING, Mark.MISSING)

    def within(band: str) -> bool:
        low, high = (limit(f"maturity.turning.{band}.{end}", facts.ends) for end in ("low", "high"))
        return low <= median * 100 <= high

    return Line(Item.TURNING, Mark.FULL if within("full") else Mark.HALF if within("half") else Mark.ZERO)


def _repayment(facts: MaturityFacts) -> Line:
    """Judge PAR30. A group that has lent and has nothing outstanding has nothing at risk."""
    if not facts.outstanding:
        return Line(Item.REPAYMENT, Mark.FULL if facts.ever_lent else Mark.MISSING)
    risk = Fraction(facts.at_risk, facts.outstanding) * 100
    if risk <= limit("maturity.repayment.full", facts.ends):
        return Line(Item.REPAYMENT, Mark.FULL)
    half = risk <= limit("maturity.repayment.half", facts.ends)
    return Line(Item.REPAYMENT, Mark.HALF if half else Mark.ZERO)


def _books(facts: MaturityFacts, seen: Observed) -> Line:
    enough = limit("maturity.counts", facts.ends)
    box = None if len(facts.counts) < enough else all(not one.difference for one in facts.counts[:enough])
    books = None if not seen.sampled else seen.wrong == 0
    if box is None and books is None:
        return Line(Item.BOOKS, Mark.MISSING)
    good = sum(bool(part) for part in (box, books))
    return Line(Item.BOOKS, (Mark.ZERO, Mark.HALF, Mark.FULL)[good], box is None or books is None)


def _rules(seen: Observed, day: date) -> Line:
    if seen.written is None:
        return Line(Item.RULES, Mark.MISSING)
    if not seen.written:
        return Line(Item.RULES, Mark.ZERO)
    known = seen.asked > 0 and seen.knew * 100 >= limit("maturity.rules.known", day) * seen.asked
    return Line(Item.RULES, Mark.FULL if known else Mark.HALF, not seen.asked)


def elected_on(facts: MaturityFacts, seen: Observed) -> date | None:
    """Return the day of the last election that is known: a term that began, or what the officer was shown."""
    return max((day for day in (facts.elected, seen.elected) if day is not None), default=None)


def democratic(facts: MaturityFacts, seen: Observed) -> tuple[bool, bool, bool]:
    """Return the three parts of the eighth item: elected of late, no more than two terms, a woman among the three."""
    last = elected_on(facts, seen)
    months = limit("maturity.election.months", facts.ends)
    recent = last is not None and months_between(last, facts.ends) < months
    most = limit("maturity.terms", facts.ends) * limit("maturity.term.months", facts.ends)
    return recent, facts.longest <= most, facts.women >= 1


def _democracy(facts: MaturityFacts, seen: Observed) -> Line:
    if not facts.officers:
        return Line(Item.DEMOCRACY, Mark.MISSING)
    met = sum(democratic(facts, seen))
    return Line(Item.DEMOCRACY, {3: Mark.FULL, 2: Mark.HALF}.get(met, Mark.ZERO))


def even(reach: Reach, day: date) -> bool | None:
    """Tell whether a category has its fair share of the members, None when it cannot be said."""
    return None if reach.index is None else reach.index * 100 >= limit("maturity.inclusion", day)


def _inclusion(facts: MaturityFacts) -> Line:
    answers = [even(reach, facts.ends) for reach in facts.reach]
    if not answers or all(answer is None for answer in answers):
        return Line(Item.INCLUSION, Mark.MISSING)
    met = sum(bool(answer) for answer in answers)
    mark = Mark.FULL if met == len(answers) else Mark.HALF if met else Mark.ZERO
    return Line(Item.INCLUSION, mark, None in answers)


def _social(facts: MaturityFacts) -> Line:
    if not facts.has_rules:
        return Line(Item.SOCIAL, Mark.MISSING)
    ruled, used = facts.contribution > 0, facts.grants > 0
    if ruled and used:
        return Line(Item.SOCIAL, Mark.FULL)
    return Line(Item.SOCIAL, Mark.HALF if ruled or used or facts.social > 0 else Mark.ZERO)


def _self_run(seen: Observed) -> Line:
    if seen.alone is None or seen.keeper is None:
        return Line(Item.SELF_RUN, Mark.MISSING)
    if seen.keeper is Keeper.STAFF or not seen.alone:
        return Line(Item.SELF_RUN, Mark.ZERO)
    full = seen.keeper is Keeper.MEMBER and seen.alone >= 3
    return Line(Item.SELF_RUN, Mark.FULL if full else Mark.HALF)


def _independent(lines: Sequence[Line], facts: MaturityFacts) -> bool:
    full = {line.item for line in lines if line.mark is Mark.FULL and not line.partial}
    small = facts.dependence is None or facts.dependence * 100 <= limit("maturity.dependence", facts.ends)
    return {Item.BOOKS, Item.DEMOCRACY, Item.SELF_RUN} <= full and small


def months_between(first: date, last: date) -> int:
    """Return the whole months from one day to another."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)

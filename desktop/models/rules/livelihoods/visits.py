"""The schedule of visits, what makes a visit right, and how many activities last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.models.livelihood_kinds import LivelihoodState, Wave
from desktop.models.problems import Problem
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.livelihoods.standards import MINUTES, MOST_DAYS, MOST_HOURS, Standards
from desktop.models.rules.loans.calendar import add_months
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _


class DueState(StrEnum):
    """How a visit stands on a day."""

    DONE = "done"
    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    VOID = "void"
    """No longer to be made: the activity had closed before its day."""


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A visit of the schedule: its day, the window around it, and how it stands."""

    wave: Wave
    due: date
    first: date
    last: date
    state: DueState
    visited: date | None = None


def due_day(started: date, wave: Wave) -> date:
    """Return the day a visit is due: so many months after the start."""
    return add_months(started, wave.months)


def schedule(
    started: date | None,
    visited: Mapping[Wave, date],
    today: date,
    standards: Standards,
    closed: date | None = None,
) -> list[DueVisit]:
    """Return all visits of an activity. The first one is due before the start; without a start only it is due.

    A visit is `DUE` within its window, `OVERDUE` behind it. An activity that closed keeps the visit whose window
    had begun by then, so that its end is written down, and those behind are void.
    """
    found = []
    for wave in Wave:
        if started is None and wave is not Wave.BASE:
            break
        day = due_day(started or today, wave)
        first, last = day - timedelta(days=standards.window), day + timedelta(days=standards.window)
        if wave is Wave.BASE:
            last = day
        found.append(
            DueVisit(
                wave, day, first, last, _state(wave, visited, first, last, today, closed), visited.get(wave)
            )
        )
    return found


def _state(
    wave: Wave, visited: Mapping[Wave, date], first: date, last: date, today: date, closed: date | None
) -> DueState:
    if wave in visited:
        return DueState.DONE
    if closed is not None and closed < first:
        return DueState.VOID
    if today > last:
        return DueState.OVERDUE
    return DueState.DUE if today >= first else DueState.COMING


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What the book knows of the activity that is visited; `visited` without the visit being changed."""

    started: date | None
    visited: Mapping[Wave, date]
    today: date


def check_visit(
    wave: Wave, day: date | None, figures: Figures, facts: VisitFacts, standards: Standards
) -> list[Problem]:
    """Return what is not right with a visit, each problem at its field."""
    problems = [*check_figures(figures)]
    if day is None:
        return [Problem.stop("day", "day", _("Cần nhập ngày thăm.")), *problems]
    if day > facts.today:
        problems.append(Problem.stop("future", "day", _("Ngày thăm chưa tới.")))
    if wave in facts.visited:
        problems.append(
            Problem.stop(
                "wave-twice",
                "wave",
                _("Lần thăm {wave} đã ghi ngày {day}; hãy mở lần ấy ra sửa.").format(
                    wave=wave.title, day=show_day(facts.visited[wave])
                ),
            )
        )
    problems += _order(wave, day, facts)
    return problems or _window(wave, day, facts, standards)


def _order(wave: Wave, day: date, facts: VisitFacts) -> list[Problem]:
    """Waves follow each other in time, the baseline first."""
    base = facts.visited.get(Wave.BASE)
    if wave is not Wave.BASE and base is None:
        text = _("Chưa có lần thăm trước hỗ trợ. Hãy ghi lần ấy trước, để có số liệu gốc mà so sánh.")
        return [Problem.stop("no-baseline", "wave", text)]
    if wave is not Wave.BASE and base is not None and day <= base:
        text = _("Ngày thăm phải sau lần thăm trước hỗ trợ ({day}).").format(day=show_day(base))
        return [Problem.stop("before-baseline", "day", text)]
    waves = list(Wave)
    for other, on in facts.visited.items():
        later = waves.index(other) > waves.index(wave)
        if other is not wave and ((later and day >= on) or (not later and day <= on)):
            text = _("Ngày thăm không đúng thứ tự với lần thăm {wave} ({day}).")
            return [Problem.stop("order", "day", text.format(wave=other.title, day=show_day(on)))]
    return []


def _window(wave: Wave, day: date, facts: VisitFacts, standards: Standards) -> list[Problem]:
    if facts.started is None:
        if wave is Wave.BASE:
            return []
        text = _("Sinh kế chưa có ngày bắt đầu. Hãy ghi ngày bắt đầu trước.")
        return [Problem.stop("not-started", "wave", text)]
    due = due_day(facts.started, wave)
    if wave is Wave.BASE:
        if day > due:
            text = _("Sinh kế đã bắt đầu ngày {day}: số liệu trước hỗ trợ là hỏi nhớ lại. Vẫn ghi?")
            return [Problem.warn("late-baseline", "day", text.format(day=show_day(due)))]
        return []
    if abs((day - due).days) > standards.window:
        text = _("Lần thăm {wave} nên vào ngày {day}, sớm hay muộn không quá {n} ngày. Vẫn ghi?")
        return [
            Problem.warn("window", "day", text.format(wave=wave.title, day=show_day(due), n=standards.window))
        ]
    return []


_AMOUNTS = ("revenue", "own_use", "stock_start", "stock_end", "costs", "hired", "interest")


def check_figures(figures: Figures) -> list[Problem]:
    """Return the figures that cannot be: negative amounts, more days than a year, more hours than a day has."""
    problems = []
    for name in _AMOUNTS:
        if not 0 <= getattr(figures, name) <= MAX_DONG:
            problems.append(Problem.stop("negative", name, _("Số tiền không được âm.")))
    if not 1 <= figures.months <= 36:
        problems.append(Problem.stop("months", "months", _("Số tháng phải từ 1 đến 36.")))
    problems += check_work(figures.days, figures.minutes)
    if not 0 <= figures.household <= 50:
        problems.append(Problem.stop("household", "household", _("Số người trong hộ phải từ 0 đến 50.")))
    for asset in figures.assets:
        if asset.cost < 0 or not 1 <= asset.years <= 50 or not asset.name.strip():
            text = _("Tài sản cần tên, giá từ 0 đồng và số năm dùng từ 1 đến 50.")
            problems.append(Problem.stop("asset", "assets", text))
            break
    return problems


def check_work(days: int, minutes: int) -> list[Problem]:
    """Return what is wrong with days a year and minutes a day."""
    problems = []
    if not 0 <= days <= MOST_DAYS:
        text = _("Số ngày làm trong năm phải từ 0 đến {most}.").format(most=MOST_DAYS)
        problems.append(Problem.stop("days", "days", text))
    if minutes < 0 or minutes > 24 * MINUTES:
        problems.append(Problem.stop("hours", "minutes", _("Một ngày chỉ có 24 giờ.")))
    elif minutes > MOST_HOURS * MINUTES:
        text = _("Không ai làm được quá {most} giờ mỗi ngày suốt cả năm; hãy xem lại.").format(
            most=MOST_HOURS
        )
        problems.append(Problem.stop("hours", "minutes", text))
    elif days > 0 and minutes == 0:
        problems.append(Problem.stop("hours", "minutes", _("Có ngày làm thì phải có giờ làm mỗi ngày.")))
    return problems


# -- survival --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Life:
    """One activity as survival asks: its start, what each visit found, when it closed."""

    started: date
    operating: Mapping[Wave, bool]
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Survival:
    """How many of those that began long enough ago still ran. What was not visited stands apart."""

    operating: int
    visited: int
    unvisited: int

    @property
    def begun(self) -> int:
        """Return how many began long enough ago."""
        return self.visited + self.unvisited


def survival(lives: Iterable[Life], wave: Wave, today: date) -> Survival:
    """Return the survival at a wave: operating / (begun so many months ago and visited).

    An activity known to have closed before the day counts as visited and closed. The pessimistic bound,
    operating / begun, counts the unvisited as closed.
    """
    operating = visited = unvisited = 0
    for life in lives:
        due = due_day(life.started, wave)
        if due > today:
            continue
        if wave in life.operating:
            visited += 1
            operating += life.operating[wave]
        elif life.closed is not None and life.closed <= due:
            visited += 1
        else:
            unvisited += 1
    return Survival(operating, visited, unvisited)


def state_on(history: Sequence[tuple[date, LivelihoodState]], day: date) -> LivelihoodState:
    """Return how an activity stood on a day, from its dated states in the order of writing."""
    held = [(on, place, state) for place, (on, state) in enumerate(history) if on <= day]
    return max(held)[2] if held else LivelihoodState.PLANNED

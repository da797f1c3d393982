"""The life of a dossier as a pure function of its records: where it stands, what is next, what blocks.

There is one gate to a transfer, `check_transfer`: an approval in force on the last assessment, which passed, or an
override by two different named people with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.support.contribution import missing_for, share_of
from desktop.models.rules.support.standards import Standards
from desktop.models.support_kinds import MoneyRoute, Result, SupportKind, SupportStage, Verdict, Wave
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong, show_percent
from resources.lang.messages import _
from resources.lang.names import fold


@dataclass(frozen=True, slots=True)
class AssessmentFact:
    """An assessment in the order it was kept."""

    id: int
    wave: Wave
    day: date
    result: Result


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """A decision in the order it was kept; `amount` in đồng."""

    id: int
    assessment: int
    day: date
    verdict: Verdict
    amount: int
    override: bool
    decider: str = ""
    second: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """A contribution or a transfer that was not taken back: its day and its worth in đồng. `counts`: it is proven."""

    id: int
    day: date
    value: int
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the rules must know of a dossier; lists are in the order in which they were kept."""

    kind: SupportKind
    requested_on: date
    asked: int
    hardship: bool = False
    withdrawn_on: date | None = None
    assessments: tuple[AssessmentFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    contributions: tuple[MoneyFact, ...] = ()
    transfers: tuple[MoneyFact, ...] = ()

    @property
    def assessed(self) -> AssessmentFact | None:
        """Return the last assessment before the transfer."""
        before = [one for one in self.assessments if one.wave is Wave.BEFORE]
        return before[-1] if before else None

    @property
    def decided(self) -> DecisionFact | None:
        """Return the decision in force: the last one, when it is about the last assessment."""
        last, assessed = (self.decisions[-1] if self.decisions else None), self.assessed
        if last is None or assessed is None or last.assessment != assessed.id:
            return None
        return last

    @property
    def approval(self) -> DecisionFact | None:
        """Return the approval under which may be transferred: of a passed assessment, or an override by two people."""
        last, assessed = self.decided, self.assessed
        if last is None or assessed is None or last.verdict is not Verdict.APPROVE:
            return None
        if assessed.result is Result.TRANSFER or (last.override and not override_problems(last)):
            return last
        return None

    @property
    def given(self) -> int:
        """Return the co-contribution that counts, in đồng."""
        return sum(one.value for one in self.contributions if one.counts)

    @property
    def transferred(self) -> int:
        """Return what was handed over, in đồng."""
        return sum(one.value for one in self.transfers)

    @property
    def first_transfer(self) -> date | None:
        """Return the day of the first hand-over."""
        return min((one.day for one in self.transfers), default=None)

    @property
    def share(self) -> Fraction | None:
        """Return the co-contribution rate beside what was handed over, before it beside what is approved or asked."""
        external = self.transferred or (self.approval.amount if self.approval else self.asked)
        return share_of(self.given, external)


def stage(dossier: Dossier) -> SupportStage:
    """Return where a dossier stands."""
    if dossier.transfers:
        return SupportStage.TRANSFERRED
    if dossier.withdrawn_on is not None:
        return SupportStage.WITHDRAWN
    if dossier.assessed is None:
        return SupportStage.REQUESTED
    decided = dossier.decided
    if decided is None:
        return SupportStage.ASSESSED
    if decided.verdict is Verdict.APPROVE:
        return SupportStage.APPROVED
    return SupportStage.IMPROVING if decided.verdict is Verdict.IMPROVE else SupportStage.REFUSED


# -- decisions -------------------------------------------------------------------------------------


def override_problems(decision: DecisionFact) -> list[Problem]:
    """Return what an override lacks: two different named people and a reason."""
    found = []
    if not decision.second.strip():
        found.append(Problem.stop("second", "second", _("Duyệt ngoại lệ cần người thứ hai, ghi rõ họ tên.")))
    elif same_person(decision.decider, decision.second):
        text = _("Hai người duyệt ngoại lệ phải là hai người khác nhau.")
        found.append(Problem.stop("same", "second", text))
    if not decision.reason.strip():
        text = _("Duyệt ngoại lệ phải ghi lý do; lý do được in trong hồ sơ.")
        found.append(Problem.stop("reason", "reason", text))
    return found


def same_person(one: str, other: str) -> bool:
    """Tell whether two names may be the same person's: small and capital letters, marks and spaces do not tell."""
    return "".join(fold(one).split()) == "".join(fold(other).split())


def check_decision(dossier: Dossier, decision: DecisionFact, today: date) -> list[Problem]:
    """Return what keeps a decision from being kept, each at its field."""
    found = _closed(dossier)
    assessed = dossier.assessed
    if found:
        return found
    if dossier.transfers:
        return [Problem.stop("transferred", "", _("Đã bàn giao rồi, không quyết định lại được."))]
    if assessed is None:
        return [Problem.stop("not-assessed", "", _("Chưa đánh giá tính bền vững thì chưa quyết định được."))]
    if not assessed.day <= decision.day <= today:
        text = _("Ngày quyết định phải từ ngày đánh giá ({day}) đến hôm nay.").format(
            day=show_day(assessed.day)
        )
        found.append(Problem.stop("day", "day", text))
    if not decision.decider.strip():
        found.append(Problem.stop("decider", "decider", _("Cần ghi tên người quyết định.")))
    if decision.verdict is Verdict.APPROVE:
        return [*found, *_check_approval(dossier, assessed, decision)]
    if decision.override:
        text = _("Chỉ duyệt chuyển giao mới có ngoại lệ.")
        found.append(Problem.stop("override", "override", text))
    if not decision.reason.strip():
        found.append(Problem.stop("reason", "reason", _("Cần ghi lý do và việc phải bổ sung.")))
    return found


def _check_approval(dossier: Dossier, assessed: AssessmentFact, decision: DecisionFact) -> list[Problem]:
    found = []
    if type(decision.amount) is not int or not 0 < decision.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Giá trị duyệt phải là số nguyên đồng lớn hơn 0.")))
    elif decision.amount > dossier.asked:
        text = _("Giá trị duyệt không được quá giá trị đề nghị ({asked}).").format(
            asked=show_dong(dossier.asked)
        )
        found.append(Problem.stop("amount", "amount", text))
    if decision.override:
        found += override_problems(decision)
    elif assessed.result is not Result.TRANSFER:
        text = _(
            "Kết quả đánh giá là “{result}”, nên không duyệt chuyển giao được. "
            "Hãy bổ sung rồi đánh giá lại, hoặc duyệt ngoại lệ với hai người và lý do."
        ).format(result=assessed.result.title)
        found.append(Problem.stop("not-passed", "verdict", text))
    return found


def _closed(dossier: Dossier) -> list[Problem]:
    if dossier.withdrawn_on is None:
        return []
    return [Problem.stop("withdrawn", "", _("Đề nghị này đã rút."))]


# -- transfers -------------------------------------------------------------------------------------


def transfer_blocks(dossier: Dossier) -> list[Problem]:
    """Return what keeps anything from being handed over now, whatever the day and value."""
    found = _closed(dossier)
    if found:
        return found
    assessed, decided = dossier.assessed, dossier.decided
    if assessed is None:
        text = _("Chưa đánh giá tính bền vững: chưa được bàn giao.")
        return [Problem.stop("not-assessed", "", text)]
    if decided is None:
        text = _("Chưa có quyết định về lần đánh giá gần nhất: chưa được bàn giao.")
        return [Problem.stop("not-decided", "", text)]
    if decided.verdict is not Verdict.APPROVE:
        text = _("Quyết định ngày {day} là “{verdict}”: không được bàn giao.").format(
            day=show_day(decided.day), verdict=decided.verdict.title
        )
        return [Problem.stop("refused", "", text)]
    if dossier.approval is None:
        text = _("Đánh giá chưa đạt và không có duyệt ngoại lệ hợp lệ: không được bàn giao.")
        return [Problem.stop("not-passed", "", text)]
    return []


def check_transfer(
    dossier: Dossier, day: date, value: int, route: MoneyRoute, standards: Standards, today: date
) -> list[Problem]:
    """Return what keeps a hand-over from being kept, each at its field: no decision, before it, too much, too little
    co-contribution (an override may leave it short), money that goes into a box though it is no money.
    """
    found = transfer_blocks(dossier)
    approval = dossier.approval
    if found or approval is None:
        return found
    if day < approval.day:
        text = _("Ngày bàn giao không được trước ngày quyết định ({day}).").format(day=show_day(approval.day))
        found.append(Problem.stop("before-decision", "day", text))
    if day > today:
        found.append(Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(day))))
    if route is not MoneyRoute.DIRECT and not dossier.kind.money:
        found.append(Problem.stop("route", "route", _("Chỉ hỗ trợ bằng tiền mới vào quỹ nhóm.")))
    if dossier.kind is SupportKind.REVOLVING and route is MoneyRoute.DIRECT:
        text = _("Vốn quay vòng phải vào quỹ tiền mặt hoặc tài khoản của nhóm.")
        found.append(Problem.stop("route", "route", text))
    left = approval.amount - dossier.transferred
    if type(value) is not int or value <= 0:
        found.append(Problem.stop("value", "value", _("Giá trị phải là số nguyên đồng lớn hơn 0.")))
    elif value > left:
        text = _("Quyết định duyệt {amount}, chỉ còn bàn giao được {left}.").format(
            amount=show_dong(approval.amount), left=show_dong(left)
        )
        found.append(Problem.stop("above-decided", "value", text))
    elif not approval.override:
        found += _check_share(dossier, day, value, standards)
    return found


def _check_share(dossier: Dossier, day: date, value: int, standards: Standards) -> list[Problem]:
    """Return what is missing of the co-contribution by the day of a hand-over."""
    least = standards.least_share(hardship=dossier.hardship)
    given = sum(one.value for one in dossier.contributions if one.counts and one.day <= day)
    missing = missing_for(given, dossier.transferred + value, least)
    if not missing:
        return []
    text = _(
        "Đối ứng có chứng từ đến ngày này là {given} ({share}), dưới mức tối thiểu {least} %: "
        "còn thiếu {missing}."
    ).format(
        given=show_dong(given),
        share=show_percent(share_of(given, dossier.transferred + value) or Fraction(0), 1),
        least=least,
        missing=show_dong(missing),
    )
    return [Problem.stop("contribution", "value", text)]


# -- what follows ----------------------------------------------------------------------------------


def earliest_assessment(
    dossier: Dossier, wave: Wave, standards: Standards
) -> tuple[date | None, list[Problem]]:
    """Return from which day an assessment of a wave may be, and what forbids it altogether."""
    if found := _closed(dossier):
        return None, found
    first = dossier.first_transfer
    if wave is Wave.BEFORE:
        if first is not None:
            text = _("Đã bàn giao rồi; chỉ còn đánh giá lại sau bàn giao.")
            return None, [Problem.stop("transferred", "", text)]
        last = dossier.assessed
        return (dossier.requested_on if last is None else last.day), []
    if first is None:
        text = _("Chưa bàn giao thì chưa đánh giá lại được.")
        return None, [Problem.stop("not-transferred", "wave", text)]
    return again_earliest(first, wave, standards), []


def again_due(first: date, wave: Wave, standards: Standards) -> date:
    """Return the day on which an assessment after a first hand-over is due."""
    months = standards.first_months if wave is Wave.FIRST else standards.second_months
    return add_months(first, months)


def again_earliest(first: date, wave: Wave, standards: Standards) -> date:
    """Return the first day on which an assessment after a hand-over may be made."""
    return max(first, again_due(first, wave, standards) - timedelta(days=standards.window))


class DueState(Enum):
    """How an assessment after a hand-over stands on a day."""

    DONE = "done"
    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Again:
    """An assessment after the hand-over: when it is due, until when it is in time, and how it stands."""

    wave: Wave
    due: date
    last: date
    state: DueState
    done: date | None = None


def schedule(dossier: Dossier, day: date, standards: Standards) -> tuple[Again, ...]:
    """Return the assessments that follow a hand-over, with how each stands on a day."""
    first = dossier.first_transfer
    if first is None:
        return ()
    found = []
    for wave in (Wave.FIRST, Wave.SECOND):
        due = again_due(first, wave, standards)
        last = due + timedelta(days=standards.window)
        done = [one.day for one in dossier.assessments if one.wave is wave]
        if done:
            state = DueState.DONE
        elif day > last:
            state = DueState.OVERDUE
        elif day >= again_earliest(first, wave, standards):
            state = DueState.DUE
        else:
            state = DueState.COMING
        found.append(Again(wave, due, last, state, done[-1] if done else None))
    return tuple(found)

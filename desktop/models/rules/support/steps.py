"""The steps of a dossier for people who follow it: what is done, what is next, what blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from desktop.models.rules.support.contribution import missing_for
from desktop.models.rules.support.dossier import Dossier, DueState, schedule, transfer_blocks
from desktop.models.rules.support.standards import Standards
from desktop.models.support_kinds import Result, Verdict
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _


class StepState(Enum):
    """How a step stands."""

    DONE = "done"
    NEXT = "next"
    WAITING = "waiting"
    BLOCKED = "blocked"


TITLES = {
    "request": N_("Đề nghị"),
    "assessment": N_("Đánh giá bền vững"),
    "decision": N_("Quyết định"),
    "contribution": N_("Đối ứng"),
    "transfer": N_("Bàn giao"),
    "again": N_("Đánh giá lại"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, how it stands, and in a few words why."""

    key: str
    state: StepState
    text: str = ""

    @property
    def title(self) -> str:
        """Return the name of the step, in the language in use."""
        return _(TITLES[self.key])


def steps(dossier: Dossier, day: date, standards: Standards) -> tuple[Step, ...]:
    """Return the steps of a dossier on a day, in their order."""
    if dossier.withdrawn_on is not None:
        text = _("Đã rút ngày {day}").format(day=show_day(dossier.withdrawn_on))
        return (Step("request", StepState.BLOCKED, text),)
    return (
        Step("request", StepState.DONE, show_day(dossier.requested_on)),
        _assessment(dossier),
        _decision(dossier),
        _contribution(dossier, standards),
        _transfer(dossier),
        _again(dossier, day, standards),
    )


def _assessment(dossier: Dossier) -> Step:
    assessed, decided = dossier.assessed, dossier.decided
    if assessed is None:
        return Step("assessment", StepState.NEXT, _("Chấm 16 mục, có bằng chứng"))
    text = f"{show_day(assessed.day)}: {assessed.result.title}"
    again = decided is not None and decided.verdict is Verdict.IMPROVE
    return Step("assessment", StepState.NEXT if again else StepState.DONE, text)


def _decision(dossier: Dossier) -> Step:
    assessed, decided = dossier.assessed, dossier.decided
    if assessed is None:
        return Step("decision", StepState.WAITING, _("Sau khi đánh giá"))
    if decided is None:
        words = "" if assessed.result is Result.TRANSFER else _("Chưa đạt: bổ sung hoặc ngoại lệ hai người")
        return Step("decision", StepState.NEXT, words)
    if decided.verdict is Verdict.APPROVE:
        text = _("{day}: duyệt {amount}").format(day=show_day(decided.day), amount=show_dong(decided.amount))
        return Step("decision", StepState.DONE, text + (_(" (ngoại lệ)") if decided.override else ""))
    return Step("decision", StepState.BLOCKED, f"{show_day(decided.day)}: {decided.verdict.title}")


def _contribution(dossier: Dossier, standards: Standards) -> Step:
    least = standards.least_share(hardship=dossier.hardship)
    external = dossier.transferred or (dossier.approval.amount if dossier.approval else dossier.asked)
    missing = missing_for(dossier.given, external, least)
    share = show_percent(dossier.share or Fraction(0), 1)
    if not missing:
        text = _("{share}, cần {least} %").format(share=share, least=least)
        return Step("contribution", StepState.DONE, text)
    text = _("{share}, cần {least} %: thiếu {missing}").format(
        share=share, least=least, missing=show_dong(missing)
    )
    return Step("contribution", StepState.NEXT, text)


def _transfer(dossier: Dossier) -> Step:
    blocks = transfer_blocks(dossier)
    first, approval = dossier.first_transfer, dossier.approval
    if first is not None:
        whole = approval.amount if approval is not None else dossier.transferred
        text = _("{given} trên {whole}").format(given=show_dong(dossier.transferred), whole=show_dong(whole))
        return Step("transfer", StepState.DONE if dossier.transferred >= whole else StepState.NEXT, text)
    if blocks:
        state = StepState.WAITING if blocks[0].code in ("not-assessed", "not-decided") else StepState.BLOCKED
        return Step("transfer", state, blocks[0].message)
    return Step("transfer", StepState.NEXT, _("Được bàn giao"))


def _again(dossier: Dossier, day: date, standards: Standards) -> Step:
    rows = schedule(dossier, day, standards)
    if not rows:
        return Step("again", StepState.WAITING, _("Sau bàn giao"))
    left = [row for row in rows if row.state is not DueState.DONE]
    if not left:
        return Step("again", StepState.DONE, show_day(rows[-1].done) if rows[-1].done else "")
    row = left[0]
    late = row.state is DueState.OVERDUE
    said = _("Quá hạn {day}: {wave}") if late else _("Hạn {day}: {wave}")
    text = said.format(wave=row.wave.title, day=show_day(row.due))
    if late:
        return Step("again", StepState.BLOCKED, text)
    return Step("again", StepState.NEXT if row.state is DueState.DUE else StepState.WAITING, text)

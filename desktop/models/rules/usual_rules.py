"""What groups of each kind usually agree on: proposed when one is founded, and free to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.models.kinds import Attendance, Frequency, GroupKind
from desktop.models.rules.constitution import FineRule, Rules
from resources.lang.messages import _

_BARE = Rules(valid_from=date(2000, 1, 1), shares_min=0, shares_max=0)
_BY_KIND: dict[GroupKind, Rules] = {
    GroupKind.VSLA: replace(
        _BARE,
        frequency=Frequency.FORTNIGHTLY,
        share_value=20_000,
        shares_min=1,
        shares_max=5,
        voluntary_savings=False,
        withdrawals=False,
        social_contribution=5_000,
        quorum_percent=67,
    ),
    GroupKind.SAVINGS_CREDIT: replace(
        _BARE, compulsory_saving=50_000, social_contribution=5_000, quorum_percent=67
    ),
    GroupKind.SELF_HELP: replace(_BARE, compulsory_saving=20_000, social_contribution=5_000),
    GroupKind.VBSP: replace(_BARE, compulsory_saving=50_000, quorum_percent=67),
    GroupKind.COOPERATIVE_GROUP: replace(_BARE, compulsory_saving=100_000),
    GroupKind.REVOLVING_FUND: replace(_BARE, voluntary_savings=False, withdrawals=False),
    GroupKind.ROSCA: replace(_BARE, voluntary_savings=False, withdrawals=False, quorum_percent=100),
    GroupKind.OTHER: _BARE,
}
_FINED = frozenset({GroupKind.VSLA, GroupKind.SAVINGS_CREDIT, GroupKind.SELF_HELP})


def usual_rules(kind: GroupKind, valid_from: date) -> Rules:
    """Return the rules that a group of this kind usually begins with; amounts in đồng."""
    fines = _usual_fines() if kind in _FINED else ()
    return replace(_BY_KIND[kind], valid_from=valid_from, fines=fines)


def usual_cycle_end(starts: date) -> date:
    """Return the last day of a cycle of one year that begins on `starts`."""
    try:
        return starts.replace(year=starts.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(starts.year + 1, 2, 28)


def _usual_fines() -> tuple[FineRule, ...]:
    return (
        FineRule("late", _("Đi muộn"), 5_000, Attendance.LATE),
        FineRule("absent", _("Vắng không phép"), 10_000, Attendance.ABSENT),
    )

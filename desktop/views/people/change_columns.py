"""The columns of plans of change, on the page of a group and in the list of all groups."""

from __future__ import annotations

from desktop.models.capacity_kinds import ActionState
from desktop.services import change_plans
from desktop.services.capacity_papers import action_state
from desktop.services.change_plans import ActionRow
from desktop.views.kit.columns import Column, State
from resources.lang.messages import N_


def action_tone(row: ActionRow) -> State:
    """Return where an action stands, with its colour."""
    if row.open:
        tone = "bad" if row.days_late > 0 else "warn" if row.days_late > -change_plans.DUE_WITHIN else ""
    else:
        tone = "good" if row.state is ActionState.DONE else "muted"
    return State(action_state(row), tone)


ACTIONS: list[Column[ActionRow]] = [
    Column("goal", N_("Mục tiêu"), lambda row: row.goal, width=20),
    Column("action", N_("Việc làm"), lambda row: row.action, width=26, stretch=True),
    Column("responsible", N_("Người phụ trách"), lambda row: row.responsible, width=16),
    Column("due", N_("Hạn xong"), lambda row: row.due, kind="day", width=11),
    Column("state", N_("Tình trạng"), action_tone, kind="state", width=18),
    Column("outcome", N_("Kết quả, bằng chứng"), lambda row: row.outcome, width=22),
    Column("source", N_("Từ đánh giá nào"), lambda row: row.source, width=18, hidden=True),
]

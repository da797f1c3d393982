"""How a request about one's data stands, as the person's page and the users' page show it."""

from __future__ import annotations

from desktop.models.inclusion_kinds import RequestState
from desktop.services.privacy import RequestRow
from desktop.views.kit.columns import State
from resources.lang.messages import _


def request_state(row: RequestRow) -> State:
    """Return how many days are left to answer a request, or how it ended."""
    if row.overdue:
        return State(_("quá hạn {n} ngày").format(n=-(row.days_left or 0)), "bad")
    if row.days_left is not None:
        return State(_("còn {n} ngày").format(n=row.days_left), "warn" if row.days_left <= 3 else "")
    return State(row.state.title, "good" if row.state is RequestState.DONE else "muted")

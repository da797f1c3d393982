"""What opening a sheet needs from the book, gathered in one question on the book thread. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desktop.models.ids import GroupId, MeetingId, MemberId
from desktop.models.kinds import MeetingState, Office
from desktop.models.rules.meeting_days import next_meeting
from desktop.models.rules.sheet import SheetFacts
from desktop.services import drafts, group_lists, meetings, openings
from desktop.services.affected_papers import AffectedPaper
from desktop.views.meetings.draft_text import Cursor, Kept, from_text
from desktop.views.meetings.sheet_state import SheetState, from_sheet, new_state

DRAFT = "meeting"
CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Opening:
    """A sheet ready to be shown. `restored`: when its draft was kept, or None for a fresh sheet.

    `fresh` is the sheet without the draft, for "Bỏ nháp"; `posted` is set when a past meeting is shown.
    """

    facts: SheetFacts
    fresh: SheetState
    kept: Kept
    kind: str
    key: str
    restored: datetime | None = None
    posted: meetings.MeetingRow | None = None
    papers: tuple[AffectedPaper, ...] = ()

    @property
    def corrects(self) -> MeetingId | None:
        """Return the posted meeting that this sheet corrects."""
        return None if self.posted is None else self.posted.id

    @property
    def reversed(self) -> bool:
        """Tell whether the meeting shown was taken back: then it can only be looked at."""
        return self.posted is not None and self.posted.state is not MeetingState.POSTED


def open_next(book: Any, group: GroupId, today: date, day: date | None = None) -> Opening:
    """Return the sheet of a group's next meeting, from its draft when there is one."""
    draft = drafts.find(book, DRAFT, str(group))
    kept = from_text(draft.content) if draft is not None else None
    first = meetings.sheet_facts(book, group, day or today, today)
    opened = openings.find(book, group)
    proposed = day or proposed_day(first, today, None if opened is None else opened.sheet.day)
    wanted = proposed if kept is None else kept.state.day
    facts = first if first.day == wanted else meetings.sheet_facts(book, group, wanted, today)
    fresh_facts = facts if wanted == proposed else meetings.sheet_facts(book, group, proposed, today)
    chair, secretary = _officers(book, group, proposed)
    fresh = new_state(fresh_facts, chair, secretary)
    return Opening(
        facts,
        fresh,
        kept or Kept(fresh, meetings.new_meeting_uid(), Cursor()),
        DRAFT,
        str(group),
        draft.saved_at if kept is not None and draft is not None else None,
    )


def open_past(book: Any, meeting: MeetingId, today: date) -> Opening:
    """Return the sheet of a posted meeting as it was keyed in, for reading or correcting it."""
    detail = meetings.meeting_detail(book, meeting, today)
    draft = drafts.find(book, CORRECTION, str(meeting))
    kept = from_text(draft.content) if draft is not None else None
    facts = detail.facts
    if kept is not None and kept.state.day != facts.day:
        facts = meetings.sheet_facts(book, facts.group, kept.state.day, today, corrects=meeting)
    fresh = from_sheet(detail.sheet)
    return Opening(
        facts,
        fresh,
        kept or Kept(fresh, meetings.new_meeting_uid(), Cursor()),
        CORRECTION,
        str(meeting),
        draft.saved_at if kept is not None and draft is not None else None,
        detail.row,
        detail.papers,
    )


def proposed_day(facts: SheetFacts, today: date, opened: date | None = None) -> date:
    """Return the day that a new sheet starts with: the next regular meeting, but no day that is to come.

    `opened` is the day of the opening balances of a paper group: what it held until then stays on its paper.
    """
    if facts.cycle is None:
        return today
    held = [day for day in facts.other_days if facts.cycle.starts <= day <= facts.cycle.ends]
    starts = facts.cycle.starts if opened is None else max(facts.cycle.starts, opened + timedelta(days=1))
    due = next_meeting(facts.rules, max(held, default=None), starts)
    return due if due <= today else today


def _officers(book: Any, group: GroupId, day: date) -> tuple[MemberId | None, MemberId | None]:
    """Return who chairs and who writes, by their offices on the day."""
    found: dict[Office, MemberId] = {}
    for term in group_lists.get(book, group, day).offices:
        if term.since <= day:
            found.setdefault(term.office, term.member)
    return found.get(Office.CHAIR), found.get(Office.SECRETARY)

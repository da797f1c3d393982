"""What every reader of indicators begins with: the groups of a place, a period, and rows sifted to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import QueryableAttribute, Session

from desktop.models.kinds import MeetingState
from desktop.models.records.every import Meeting


class PeriodReader:
    """Reads by kind of record; what is asked of all groups is sifted here, so that no question grows with them."""

    def __init__(
        self, session: Session, groups: frozenset[int], starts: date, ends: date, *, whole: bool
    ) -> None:
        self.session = session
        self.groups = groups
        self.starts, self.ends = starts, ends
        self.only = None if whole or len(groups) > 400 else sorted(groups)

    def _in(self, column: QueryableAttribute[Any]) -> ColumnElement[bool]:
        """Return that a column names one of the groups; of many groups all are read and sifted afterwards."""
        return column.in_(self.only) if self.only is not None else column.is_not(None)

    def _held(self) -> tuple[ColumnElement[bool], ...]:
        """Return that a meeting of the groups was held in the period, and not taken back."""
        return (
            Meeting.state == MeetingState.POSTED,
            Meeting.day >= self.starts,
            Meeting.day <= self.ends,
            self._in(Meeting.group_id),
        )

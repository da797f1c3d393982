"""Closing a group's period: after it, nothing is posted on a day inside. One guard for every write path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import PeriodClosing
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _

_closings = table_of(PeriodClosing)
_LAST = (
    select(_closings.c.through)
    .where(_closings.c.group_id == bindparam("group"))
    .order_by(_closings.c.id.desc())
    .limit(1)
)


def closed_through(session: Session, group: GroupId) -> date | None:
    """Return the last day of the group's closed period, or None."""
    found: date | None = session.connection().execute(_LAST, {"group": group}).scalar_one_or_none()
    return found


def refuse_closed(session: Session, group: GroupId, days: Iterable[date]) -> None:
    """Raise Refusal when one of the days lies in the group's closed period.

    A reversal is posted on the day of what it reverses, so both its original day and its posting day pass here.
    """
    through = closed_through(session, group)
    if through is None:
        return
    inside = sorted(day for day in days if day <= through)
    if inside:
        raise Refusal(
            [
                Problem.stop(
                    "closed-period",
                    "day",
                    _(
                        "Kỳ đến hết {through} đã khóa sổ, không ghi được vào ngày {day}. "
                        "Hãy ghi điều chỉnh vào ngày sau đó."
                    ).format(through=show_day(through), day=show_day(inside[0])),
                )
            ]
        )


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing or reopening of a group's period."""

    through: date | None
    reason: str
    at: datetime
    by: str


def closings(book: Book, group: GroupId) -> list[Closing]:
    """Return the closings and reopenings of a group, the latest first."""
    with book.read() as session:
        rows = session.scalars(
            select(PeriodClosing).where(PeriodClosing.group_id == group).order_by(PeriodClosing.id.desc())
        )
        return [Closing(row.through, row.reason, row.at, row.by) for row in rows]


def close_period(book: Book, group: GroupId, through: date, reason: str, act: Act) -> Outcome[date]:
    """Close a group's books through a day. Raises Refusal for a future day or one already closed."""
    problems = []
    if through > act.today:
        problems.append(Problem.stop("future", "through", _("Không khóa sổ đến một ngày chưa tới.")))
    with book.write(act) as session:
        now = closed_through(session, group)
        if now is not None and through <= now:
            problems.append(
                Problem.stop("closed", "through", _("Sổ đã khóa đến hết {day}.").format(day=show_day(now)))
            )
        refuse_if_stopped(problems)
        _add(session, group, through, reason, act)
    return Outcome(through, Changed.of(Topic.PERIODS, group=group))


def reopen_period(
    book: Book, group: GroupId, through: date | None, reason: str, act: Act
) -> Outcome[date | None]:
    """Reopen a group's books after `through` (None: entirely). A reason is required; both stay in the chain."""
    with book.write(act) as session:
        problems = []
        now = closed_through(session, group)
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do mở lại sổ.")))
        if now is None or (through is not None and through >= now):
            problems.append(Problem.stop("not-closed", "through", _("Kỳ này chưa khóa sổ.")))
        refuse_if_stopped(problems)
        _add(session, group, through, reason, act)
    return Outcome(through, Changed.of(Topic.PERIODS, group=group))


def _add(session: Session, group: GroupId, through: date | None, reason: str, act: Act) -> None:
    session.add(
        PeriodClosing(
            uid=new_uid(), group_id=group, through=through, reason=reason.strip(), at=act.at, by=act.who
        )
    )

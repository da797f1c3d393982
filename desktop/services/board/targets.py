"""Targets of measures by period: set, changed, taken back; each step stands in the log."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import BoardTarget
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.board.registry import measures
from desktop.services.board.values import Period, Span, Target
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _

_CHANGED = Changed.of(Topic.BOARD)
MOST = 10_000_000
"""The largest target that is taken for a figure and not for a slip of the keys."""


def keep(
    book: Book,
    measure: str,
    period: Period,
    amount: int | None,
    note: str,
    act: Act,
    changing: tuple[int, int] | None = None,
) -> Outcome[int]:
    """Set a target; one that stands for the same measure and period is changed when `changing` names it.

    Raises Refusal with each problem at its field, and Trouble "stale".
    """
    with book.write(act) as session:
        refuse_if_stopped(_check(session, measure, period, amount, changing))
        assert amount is not None
        if changing is None:
            row = BoardTarget(
                uid=new_uid(), measure=measure, starts=period.starts, span=period.span.value, amount=amount
            )
            session.add(row)
        else:
            row = session.get_one(BoardTarget, changing[0])
            expect_version(row, changing[1])
        row.amount, row.note = amount, people.tidy(note)
        session.flush()
        made = row.id
    return Outcome(made, _CHANGED)


def _check(
    session: Session, measure: str, period: Period, amount: int | None, changing: tuple[int, int] | None
) -> list[Problem]:
    found = []
    if measure not in measures():
        found.append(Problem.stop("measure", "measure", _("Không có thước đo này.")))
    if period != Period.around(period.starts, period.span):
        found.append(Problem.stop("period", "period", _("Kỳ phải là một quý, nửa năm hoặc năm trọn.")))
    if amount is None:
        found.append(Problem.stop("missing", "amount", _("Cần ghi mục tiêu.")))
    elif not 0 < amount <= MOST:
        found.append(Problem.stop("bounds", "amount", _("Mục tiêu phải lớn hơn 0, và không quá 10 triệu.")))
    if changing is None and _row(session, measure, period) is not None:
        text = _("Thước đo đã có mục tiêu cho kỳ này; hãy sửa mục tiêu đó.")
        found.append(Problem.stop("twice", "amount", text))
    return found


def remove(book: Book, target: int, version: int, act: Act) -> Outcome[int]:
    """Take a target back; the log keeps it. Raises Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(BoardTarget, target)
        expect_version(row, version)
        session.delete(row)
    return Outcome(target, _CHANGED)


def _row(session: Session, measure: str, period: Period) -> BoardTarget | None:
    return session.scalars(
        select(BoardTarget).where(
            BoardTarget.measure == measure,
            BoardTarget.starts == period.starts,
            BoardTarget.span == period.span.value,
        )
    ).one_or_none()


def targets_in(session: Session, period: Period) -> dict[str, Target]:
    """Return the targets of a period by measure."""
    rows = session.scalars(
        select(BoardTarget).where(BoardTarget.starts == period.starts, BoardTarget.span == period.span.value)
    )
    return {row.measure: _target(row) for row in rows}


def all_targets(book: Book) -> list[Target]:
    """Return every target, the latest period first."""
    with book.read() as session:
        rows = session.scalars(
            select(BoardTarget).order_by(BoardTarget.starts.desc(), BoardTarget.span, BoardTarget.measure)
        )
        return [_target(row) for row in rows]


def _target(row: BoardTarget) -> Target:
    starts: date = row.starts
    return Target(row.id, row.measure, Period(starts, Span(row.span)), row.amount, row.note, row.version)

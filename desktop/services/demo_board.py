"""The project board of the demonstration book: targets of this year and the next, and households asked twice about PPI."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from desktop.models.records.every import Household
from desktop.services import assessments
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.board import targets
from desktop.services.board.values import Period, Span
from desktop.store.book import Book

FORM = "ppi-vnm-2021"
MOST_HOMES = 10
_ASKED = (320, 25)
_TARGETS = {
    "NMA-1": 6, "NMA-2": 12, "NMA-3": 10, "NMA-4": 20, "NMA-5": 8, "NMA-6": 15, "NMA-7a": 3, "NMA-7b": 2,
    "NMA-7c": 2, "NMA-7d": 2, "NMA-8a": 10, "NMA-8b": 8, "NMA-9": 3, "NH02": 60, "VL02": 12, "DT01": 25,
    "KH06": 30, "PHCK": 3,
}  # fmt: skip


def follow_project(book: Book, today: date, who: str) -> int:
    """Set targets and ask households about what they own; posts no voucher."""
    year = Period.around(today, Span.YEAR)
    act = _act(today - timedelta(days=200), who)
    for key, amount in _TARGETS.items():
        targets.keep(book, key, year, amount, "Văn kiện dự án, bảng 3", act)
        targets.keep(book, key, year.shifted(1), amount + max(1, amount // 4), "", act)
    _ask(book, today, who)
    return 0


def _act(day: date, who: str) -> Act:
    return Act(who, datetime(day.year, day.month, day.day, 5, tzinfo=UTC), day)


def _ask(book: Book, today: date, who: str) -> None:
    """Ask the first households twice; most own a little more the second time."""
    form = assessments.form(book, FORM)
    questions = list(form.questions())
    with book.read() as session:
        uids = session.scalars(select(Household.uid).order_by(Household.code).limit(MOST_HOMES)).all()
    random = Random(int.from_bytes(b"ppi", "big"))
    for uid in uids:
        answers: dict[str, Any] = {
            question.id: random.choice(question.options).value for question in questions
        }
        for ago in _ASKED:
            day = today - timedelta(days=ago)
            command = RecordAssessment(FORM, Subject("households", uid), day, dict(answers))
            assessments.record(book, command, _act(day, who))
            for question in random.sample(questions[1:], 3):
                answers[question.id] = max(
                    question.options, key=lambda option: sum(option.points.values())
                ).value

"""The scorecard of the demonstration book: some households answered the ten questions of the PPI."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from desktop.models.records.every import Household
from desktop.services import assessments
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.indicators.households import SCORECARD
from desktop.store.book import Book

HOUSEHOLDS = 36
_CLOCK = time(3, 0, tzinfo=UTC)


def score_households(book: Book, today: date, who: str) -> int:
    """Record answers of some households a month ago; return how many vouchers that made (none)."""
    day = today - timedelta(days=30)
    act = Act(who, datetime.combine(day, _CLOCK), day)
    picks = random.Random(2021)
    form = assessments.form(book, SCORECARD)
    with book.write(act) as session:
        for uid in session.scalars(select(Household.uid).order_by(Household.id).limit(HOUSEHOLDS)).all():
            answers = {one.id: picks.choice(one.options).value for one in form.questions()}
            assessments.record_in(
                session, RecordAssessment(SCORECARD, Subject("households", uid), day, answers), act
            )
    return 0

"""Results of learners: scores before and after, the plan that stands for the test. One deed for a whole class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.ids import EnrolmentId
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Enrolment, Member, TrainingClass
from desktop.models.rules import people
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.results import Result, check_result, standing
from desktop.services.acts import Act, Outcome
from desktop.services.training import learnings_in, percent_on
from desktop.services.training_classes import CHANGED, certificate_in
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class NewResult:
    """What a learner reached; `version` is that of the enrolment when the form was opened."""

    enrolment: EnrolmentId
    version: int
    result: Result
    plan: str = ""


def keep(book: Book, new: NewResult, act: Act) -> Outcome[EnrolmentId]:
    """Keep one learner's results. Raises Refusal with the field that is wrong, and Trouble "stale"."""
    keep_all(book, [new], act, alone=True)
    return Outcome(new.enrolment, CHANGED)


def keep_all(book: Book, results: Sequence[NewResult], act: Act, *, alone: bool = False) -> Outcome[int]:
    """Keep the results of many learners, all or none. Problems name their field, "enrolment/field" where there are many."""
    with book.write(act) as session:
        rows = [session.get_one(Enrolment, new.enrolment) for new in results]
        classes = {row.class_id for row in rows}
        held = {one.enrolment: one for one in learnings_in(session, date.max, classes=classes)}
        problems: list[Problem] = []
        for row, new in zip(rows, results, strict=True):
            expect_version(row, new.version)
            klass = session.get_one(TrainingClass, row.class_id)
            course = from_text(Course, klass.course)
            found = check_result(course, new.result, klass.starts, act.today)
            paper = certificate_in(session, row.id)
            if paper is not None and not found:
                hours = held[EnrolmentId(row.id)].attended
                if standing(course, hours, new.result, percent_on(klass.starts), date.max).completed is None:
                    text = _(
                        "{name} đã có giấy chứng nhận {number}. Hãy thu hồi giấy trước khi bỏ kết quả đạt."
                    )
                    name = session.get_one(Member, row.member_id).full_name
                    found = [Problem.stop("certified", "post", text.format(name=name, number=paper.number))]
            for one in found:
                field = one.field if alone else f"{new.enrolment}/{one.field}"
                problems.append(Problem(one.code, field, one.message, one.level))
        refuse_if_stopped(problems)
        for row, new in zip(rows, results, strict=True):
            row.pre, row.post = new.result.pre, new.result.post
            row.tested, row.planned = new.result.tested, new.result.planned
            row.plan = people.tidy(new.plan)
    return Outcome(len(results), CHANGED)

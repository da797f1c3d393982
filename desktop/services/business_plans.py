"""Business plans of activities: kept while they are worked on, approved by named people, then left as they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import LivelihoodId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import BusinessPlan, Livelihood
from desktop.models.rules.livelihoods.business_plan import Plan, check_approval, check_plan
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Outcome
from desktop.services.livelihoods import CHANGED
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan and who approved it when; not approved while `approved_on` is None."""

    id: int
    uid: bytes
    livelihood: LivelihoodId
    made_on: date
    plan: Plan
    approved_on: date | None
    approvers: tuple[str, ...]
    version: int


def keep(
    book: Book, livelihood: LivelihoodId, plan: Plan, act: Act, changing: tuple[int, int] | None = None
) -> Outcome[int]:
    """Keep a plan; `changing` names the plan and its version as the form showed it. Raises Refusal."""
    refuse_if_stopped(check_plan(plan))
    with book.write(act) as session:
        session.get_one(Livelihood, livelihood)
        if changing is None:
            row = BusinessPlan(
                uid=new_uid(), livelihood_id=livelihood, made_on=act.today, content=to_text(plan)
            )
            session.add(row)
        else:
            row = session.get_one(BusinessPlan, changing[0])
            expect_version(row, changing[1])
            if row.approved_on is not None:
                text = _("Kế hoạch đã duyệt thì giữ nguyên; hãy lập kế hoạch mới.")
                raise Refusal([Problem.stop("approved", "", text)])
            row.content, row.made_on = to_text(plan), act.today
        session.flush()
        key = row.id
    return Outcome(key, CHANGED)


def approve(book: Book, plan_id: int, people: tuple[str, ...], day: date, act: Act) -> Outcome[int]:
    """Approve a plan by named people on a day. Raises Refusal when its cash falls below zero or names are missing."""
    with book.write(act) as session:
        row = session.get_one(BusinessPlan, plan_id)
        problems = check_approval(from_text(Plan, row.content), people)
        if row.approved_on is not None:
            problems = [Problem.stop("approved", "", _("Kế hoạch này đã duyệt."))]
        if not row.made_on <= day <= act.today:
            problems.append(Problem.stop("day", "day", _("Ngày duyệt phải từ ngày lập đến hôm nay.")))
        refuse_if_stopped(problems)
        row.approved_on = day
        row.approvers = json.dumps([name.strip() for name in people if name.strip()], ensure_ascii=False)
    return Outcome(plan_id, CHANGED)


def plans_in(session: Session, livelihood: int) -> list[PlanRow]:
    """Return the plans of an activity, the latest first."""
    rows = session.scalars(
        select(BusinessPlan)
        .where(BusinessPlan.livelihood_id == livelihood)
        .order_by(BusinessPlan.made_on.desc(), BusinessPlan.id.desc())
    )
    return [plan_row(row) for row in rows]


def plan_row(row: BusinessPlan) -> PlanRow:
    """Return a record as a plain value."""
    return PlanRow(
        row.id,
        row.uid,
        LivelihoodId(row.livelihood_id),
        row.made_on,
        from_text(Plan, row.content),
        row.approved_on,
        tuple(json.loads(row.approvers)),
        row.version,
    )


def plans_of(book: Book, livelihood: LivelihoodId) -> list[PlanRow]:
    """Return the plans of an activity, the latest first."""
    with book.read() as session:
        return plans_in(session, livelihood)

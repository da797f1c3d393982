"""The papers of livelihoods: gather what each prints, number it, and note that it was printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LivelihoodId, VisitId
from desktop.models.kinds import Office
from desktop.models.livelihood_kinds import Contribution, Evidence, Practice, Wave
from desktop.models.records.every import Group
from desktop.models.rules.livelihoods.business_plan import balances, break_even
from desktop.models.rules.livelihoods.income import depreciation, monthly_per_head, rounded
from desktop.models.rules.livelihoods.visits import DueState
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.livelihood_book import LivelihoodDetail, detail_in
from desktop.services.livelihood_indicators import NOTHING, source_name
from desktop.services.livelihood_standards import standards_in
from desktop.services.livelihood_story import story_kind
from desktop.services.livelihood_visits import VisitRow
from desktop.services.prints import PrintOrder
from desktop.store.book import Book
from reports.business_plan import BusinessPlanPaper
from reports.kit.values import GroupBlock, PrintMark, Signer
from reports.livelihood_record import LivelihoodRecord, RecordEvent, RecordJob, RecordVisit
from reports.livelihood_values import ActivityBlock, AssetLine, VisitFigures
from reports.livelihood_visit import VisitForm
from resources.lang.dates import show_day
from resources.lang.dong import show_decimal, show_dong, show_number
from resources.lang.messages import _

T = TypeVar("T")
Make = Callable[[Session, LivelihoodDetail, PrintMark], T]


def _paper(book: Book, livelihood: LivelihoodId, act: Act, report: str, make: Make[T]) -> Outcome[T]:
    """Read an activity, number the paper, and make its value; in a read-only book it carries no number."""
    with book.read() if book.readonly else book.write(act) as session:
        detail = detail_in(session, livelihood, act.today)
        order = PrintOrder(
            report, _group(detail), member=detail.row.owner.member, ends=act.today, subject=detail.row.code
        )
        value = make(session, detail, paper_marks.issue_marks(session, [order], act)[0])
    return Outcome(value, Changed.of(Topic.PRINTS, group=_group(detail)))


def _group(detail: LivelihoodDetail) -> GroupId | None:
    return detail.row.owner.groups[0] if detail.row.owner.groups else None


def group_or_book(session: Session, group: GroupId | None) -> GroupBlock:
    """Return the group as papers name it; the organisation where there is none."""
    if group is not None:
        return heads.group_block(session, group)
    return GroupBlock("", heads.organisation(session).name)


def _activity(detail: LivelihoodDetail) -> ActivityBlock:
    row, activity = detail.row, detail.activity
    branch = _("{name} (VSIC {version})").format(name=row.vsic, version=activity.vsic_version)
    return ActivityBlock(
        row.code,
        row.name,
        row.owner.text,
        branch,
        activity.establishment.title,
        activity.place,
        activity.started,
        row.state.title,
    )


def place_of(session: Session, group: GroupId | None) -> str:
    """Return what stands before the date of signing: the commune's name, or nothing."""
    return "" if group is None else heads.commune_name(session.get_one(Group, group).commune_code)


# -- the record ------------------------------------------------------------------------------------


@heads.for_paper
def record(book: Book, livelihood: LivelihoodId, act: Act) -> Outcome[LivelihoodRecord]:
    """Return the record of an activity, as of today."""

    def make(session: Session, detail: LivelihoodDetail, mark: PrintMark) -> LivelihoodRecord:
        group = _group(detail)
        officers = {} if group is None else heads.officers(session, group, act.today)
        return LivelihoodRecord(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            activity=_activity(detail),
            as_of=act.today,
            facts=_facts(detail),
            visits=tuple(
                RecordVisit(
                    visit.wave.title,
                    visit.day,
                    visit.visitor,
                    visit.operating,
                    visit.net,
                    NOTHING if pair is None or pair.real is None else show_number(pair.real),
                    visit.figures.days,
                    visit.evidence.title,
                )
                for visit, pair in detail.incomes
            ),
            jobs=tuple(
                RecordJob(
                    job.name,
                    job.kind.title,
                    job.employment.title,
                    job.term.days,
                    show_decimal(hours_of(job.term.minutes)),
                    show_decimal(job.fte),
                    show_decimal(job.change.net),
                )
                for job in detail.jobs
            ),
            story=tuple(
                RecordEvent(
                    event.day,
                    story_kind(event.kind),
                    "; ".join(part for part in (event.title, event.text) if part),
                    event.amount,
                )
                for event in detail.story
            ),
            schedule=_schedule(detail),
            notes=(
                _("Tăng thực: so với lần trước hỗ trợ, theo giá của lúc ấy (chỉ số giá tiêu dùng)."),
                _("FTE: số ngày × số giờ mỗi ngày chia cho {hours} giờ, mỗi người không quá 1.").format(
                    hours=show_number(standards_in(session, act.today).fte_hours)
                ),
            ),
            place=place_of(session, group),
            signers=(
                Signer(_("Chủ sinh kế"), detail.row.owner.text if detail.row.owner.member else ""),
                Signer(_("Tổ trưởng"), officers.get(Office.CHAIR, "")),
                Signer(_("Người lập"), act.who),
            ),
        )

    return _paper(book, livelihood, act, "livelihood-record", make)


def hours_of(minutes: int) -> Fraction:
    """Return minutes as hours."""
    return Fraction(minutes, 60)


def _facts(detail: LivelihoodDetail) -> tuple[tuple[str, str], ...]:
    activity = detail.activity
    risks = "; ".join(
        _("{hazard} {exposure} × {sensitivity} = {score}").format(
            hazard=risk.hazard.title, exposure=risk.exposure, sensitivity=risk.sensitivity, score=risk.score
        )
        for risk in activity.risks
    )
    loans = "; ".join(
        f"{loan.code} {show_dong(loan.amount)} ({show_day(loan.day)}, {loan.purpose})"
        for loan in detail.loans
    )
    plan = detail.row.approved
    return (
        (_("Cùng làm chủ:"), activity.co_owner),
        (_("Ai quyết định:"), activity.decider.title),
        (_("Hiểm họa (hứng chịu × nhạy cảm):"), risks),
        (_("Thực hành thích ứng:"), ", ".join(one.title for one in activity.practices)),
        (_("Vốn vay:"), loans),
        (_("Kế hoạch kinh doanh:"), "" if plan is None else _("duyệt ngày {day}").format(day=show_day(plan))),
        (_("Ghi chú:"), activity.note),
    )


def _schedule(detail: LivelihoodDetail) -> str:
    waiting = [
        f"{one.wave.title} {show_day(one.due)}"
        for one in detail.schedule
        if one.state not in (DueState.DONE, DueState.VOID)
    ]
    return _("Lần thăm tới: {plan}.").format(plan="; ".join(waiting)) if waiting else ""


# -- business plan ---------------------------------------------------------------------------------


@heads.for_paper
def plan(book: Book, livelihood: LivelihoodId, plan_id: int, act: Act) -> Outcome[BusinessPlanPaper]:
    """Return a business plan."""

    def make(session: Session, detail: LivelihoodDetail, mark: PrintMark) -> BusinessPlanPaper:
        row = next(one for one in detail.plans if one.id == plan_id)
        kept, left = row.plan, balances(row.plan)
        group = _group(detail)
        return BusinessPlanPaper(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            activity=_activity(detail),
            made_on=row.made_on,
            product=kept.product,
            market=kept.market,
            unit=kept.unit,
            unit_cost=kept.unit_cost,
            price=kept.price,
            fixed=kept.fixed,
            startup=kept.startup,
            sources=tuple(
                (source_name(key)[0].upper() + source_name(key)[1:], getattr(kept, key))
                for key in ("own", "loan", "grant", "contribution")
            ),
            opening=left[0],
            months=tuple(zip(kept.incomes, kept.expenses, left[1:], strict=True)),
            break_even=break_even(kept.fixed, kept.price, kept.unit_cost),
            risk=kept.risk,
            mitigation=kept.mitigation,
            climate=kept.climate,
            accessibility=kept.accessibility,
            approved_on=row.approved_on,
            approvers=row.approvers,
            place=place_of(session, group),
        )

    return _paper(book, livelihood, act, "business-plan", make)


# -- visit form ------------------------------------------------------------------------------------


@heads.for_paper
def visit(book: Book, livelihood: LivelihoodId, visit_id: VisitId | None, act: Act) -> Outcome[VisitForm]:
    """Return the form of a visit as it was written down, or blank without one: the next wave is ticked."""

    def make(session: Session, detail: LivelihoodDetail, mark: PrintMark) -> VisitForm:
        group = _group(detail)
        form = VisitForm(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            activity=_activity(detail),
            waves=(),
            practices=(),
            contributions=(),
            evidence=(),
        )
        if visit_id is None:
            return _blank(form, detail)
        pairs = {row.id: pair for row, pair in detail.incomes}
        row = next(one for one in detail.row.visits if one.id == visit_id)
        pair = pairs[row.id]
        real = ""
        if pair is not None and pair.real is not None:
            real = _(
                "So với trước hỗ trợ: {real} một năm theo giá lúc ấy, {nominal} theo giá hiện hành."
            ).format(real=show_dong(pair.real), nominal=show_dong(pair.nominal))
        elif pair is not None:
            real = _("So với trước hỗ trợ: {nominal} theo giá hiện hành; thiếu chỉ số giá.").format(
                nominal=show_dong(pair.nominal)
            )
        return _filled(form, row, real)

    return _paper(book, livelihood, act, "visit-form", make)


def _blank(form: VisitForm, detail: LivelihoodDetail) -> VisitForm:
    waiting = [one.wave for one in detail.schedule if one.state not in (DueState.DONE, DueState.VOID)]
    wave = waiting[0] if waiting else None
    return replace(
        form,
        waves=tuple((one.title, one is wave) for one in Wave),
        practices=tuple((one.title, False) for one in Practice),
        contributions=tuple((one.title, False) for one in Contribution if one is not Contribution.UNASKED),
        evidence=tuple((one.title, False) for one in Evidence),
    )


def _filled(form: VisitForm, row: VisitRow, real: str) -> VisitForm:
    figures = row.figures
    return replace(
        form,
        waves=tuple((one.title, one is row.wave) for one in Wave),
        practices=tuple((one.title, one in row.practices) for one in Practice),
        contributions=tuple(
            (one.title, one is row.contribution) for one in Contribution if one is not Contribution.UNASKED
        ),
        evidence=tuple((one.title, one is row.evidence) for one in Evidence),
        day=row.day,
        visitor=row.visitor,
        operating=row.operating,
        displaces=None if row.contribution is Contribution.UNASKED and not row.displaces else row.displaces,
        figures=VisitFigures(
            months=figures.months,
            revenue=figures.revenue,
            own_use=figures.own_use,
            stock_start=figures.stock_start,
            stock_end=figures.stock_end,
            costs=figures.costs,
            hired=figures.hired,
            interest=figures.interest,
            depreciation=rounded(depreciation(figures.assets)),
            net=row.net,
            days=figures.days,
            hours=show_decimal(hours_of(figures.minutes)),
            household=figures.household,
            per_head=monthly_per_head(figures),
            assets=tuple(AssetLine(one.name, one.cost, one.years) for one in figures.assets),
        ),
        real_text=real,
        note=row.note,
    )

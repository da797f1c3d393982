"""The papers of livelihoods: gather what each prints, number it, and note that it was printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
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
from desktop.models.rules.suppression import Release, rate_may_show
from desktop.services import heads, papers
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.livelihood_book import LivelihoodDetail, detail_in
from desktop.services.livelihood_figures import Figures, figures_in
from desktop.services.livelihood_indicators import NOTHING, decimal, indicators, source_name
from desktop.services.livelihood_release import cut_tables
from desktop.services.livelihood_standards import standards_in
from desktop.services.livelihood_story import story_kind
from desktop.services.livelihood_visits import VisitRow
from desktop.services.prints import PrintOrder
from desktop.services.sight import sees
from desktop.store.book import Book
from reports.business_plan import BusinessPlanPaper
from reports.job_report import JobLine, JobReport, ReportLine
from reports.kit.values import GroupBlock, PrintMark, Signer
from reports.livelihood_record import LivelihoodRecord, RecordEvent, RecordJob, RecordVisit
from reports.livelihood_values import ActivityBlock, AssetLine, VisitFigures
from reports.livelihood_visit import VisitForm
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
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
        value = make(session, detail, papers.issue_marks(session, [order], act)[0])
    return Outcome(value, Changed.of(Topic.PRINTS, group=_group(detail)))


def _group(detail: LivelihoodDetail) -> GroupId | None:
    return detail.row.owner.groups[0] if detail.row.owner.groups else None


def _block(session: Session, group: GroupId | None) -> GroupBlock:
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


def _place(session: Session, group: GroupId | None) -> str:
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
            group=_block(session, group),
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
                    decimal(_hours(job.term.minutes)),
                    decimal(job.fte),
                    decimal(job.change.net),
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
            place=_place(session, group),
            signers=(
                Signer(_("Chủ sinh kế"), detail.row.owner.text if detail.row.owner.member else ""),
                Signer(_("Tổ trưởng"), officers.get(Office.CHAIR, "")),
                Signer(_("Người lập"), act.who),
            ),
        )

    return _paper(book, livelihood, act, "livelihood-record", make)


def _hours(minutes: int) -> Fraction:
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
            group=_block(session, group),
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
            place=_place(session, group),
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
            group=_block(session, group),
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
            hours=decimal(_hours(figures.minutes)),
            household=figures.household,
            per_head=monthly_per_head(figures),
            assets=tuple(AssetLine(one.name, one.cost, one.years) for one in figures.assets),
        ),
        real_text=real,
        note=row.note,
    )


# -- report on jobs --------------------------------------------------------------------------------


@heads.for_paper
def job_report(
    book: Book, group: GroupId | None, day: date, act: Act, release: Release = Release.COMMUNE
) -> Outcome[JobReport]:
    """Return the report on jobs and income of a group or of the book. Names stand in it only inside the commune; for
    others small cells are hidden.
    """
    with book.read() if book.readonly else book.write(act) as session:
        figures = figures_in(session, day, group, sensitive=sees(book, act.who))
        order = PrintOrder("job-report", group, ends=day, subject=release.value)
        mark = papers.issue_marks(session, [order], act)[0]
        inside = release is Release.COMMUNE
        value = JobReport(
            organisation=heads.organisation(session),
            group=_block(session, group),
            mark=mark,
            as_of=day,
            indicators=tuple(
                ReportLine(line.id, line.title, line.value, line.basis) for line in indicators(figures)
            )
            if inside
            else _released(figures, release),
            cuts=cut_tables(figures, release),
            jobs=_job_lines(figures) if inside else (),
            total_fte=decimal(sum((row.fte for row in figures.counted_jobs), Fraction())),
            total_net=decimal(figures.net_fte),
            method=_method(figures, release),
            secret=_("Mật – dùng trong xã") if inside else release.title,
            place=_place(session, group),
            signers=(Signer(_("Người lập"), act.who), Signer(_("Người duyệt"))),
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


def _released(figures: Figures, release: Release) -> tuple[ReportLine, ...]:
    """Return the indicators that may leave: those that rest on enough activities, jobs or households."""
    bases = {
        "NM": len(figures.livelihoods),
        "SK": len(figures.livelihoods),
        "VL": len(figures.counted_jobs),
        "KH": len(figures.livelihoods),
    }
    own = {
        "NMA-KT": 0 if figures.disabled_at_work is None else figures.disabled_at_work[0],
        "NMA-TN": len(figures.priced),
        "SK03a": figures.survival6.visited,
        "SK03b": figures.survival12.visited,
        "SK04": len(figures.priced),
        "SK05": len(figures.priced),
        "VL07": figures.decent[1],
        "KH03": sum(event.row.households for event in figures.events),
        "KH04": sum(event.row.recovered for event in figures.events),
        "KH05": sum(event.row.helped for event in figures.events),
        "KH06": figures.prepared[1],
    }
    found = []
    for line in indicators(figures):
        may = rate_may_show(release, own.get(line.id, bases[line.id[:2]]))
        found.append(ReportLine(line.id, line.title, line.value if may else "…", line.basis if may else ""))
    return tuple(found)


def _job_lines(figures: Figures) -> tuple[JobLine, ...]:
    return tuple(
        JobLine(
            row.name,
            row.activity or row.employer,
            row.kind.title,
            row.employment.title,
            row.term.days,
            decimal(_hours(row.term.minutes)),
            decimal(row.fte),
            decimal(row.change.net),
            f"{row.decent.score}/8" if row.decent.assessed else NOTHING,
            row.evidence.title,
        )
        for row in figures.counted_jobs
    )


def _method(figures: Figures, release: Release) -> tuple[str, ...]:
    s = figures.standards
    lines = [
        _("FTE = số ngày một năm × số giờ mỗi ngày / {hours} giờ (240 ngày × 8 giờ theo DCED nếu là 1.920). Mỗi người nhiều nhất 1 FTE tính trên mọi việc; ngày và giờ gốc được giữ để tính lại theo mức khác.").format(hours=show_number(s.fte_hours)),
        _("Việc làm ròng = FTE đến ngày báo cáo trừ FTE trước hỗ trợ của cùng nơi; việc mất làm số giảm. Việc cải thiện chỉ tính phần tăng, không tính là việc mới."),
        _("Chỉ tính việc có trả công và có bằng chứng. Không tính: lao động gia đình không trả công, việc chỉ nghe khai ({n} việc).").format(n=len(figures.jobs) - len(figures.counted_jobs)),
        _("Phương pháp quy kết: chủ sinh kế tự trả lời “nếu không có hỗ trợ”: không thể = 1; nhỏ hơn, chậm hơn = 0,5; vẫn làm được = 0. Lấy khách hoặc đất của thành viên khác = 0. Nơi chưa hỏi ({n}) tính 0.").format(n=figures.unasked),
        _("Thu nhập ròng = bán + nhà dùng + thay đổi hàng tồn − chi phí − thuê người − lãi − khấu hao, quy ra 12 tháng. Tăng thực tính theo chỉ số giá tiêu dùng; tăng được tính khi từ {percent} % và từ {least} một năm.").format(percent=s.gain_percent, least=show_dong(s.gain_least)),
        _("Trung vị và tỷ lệ được báo trước; không bỏ số nào. Duy trì: chưa thăm đứng riêng, mức thấp nhất coi như đã đóng."),
        _("Bền vững: không có điểm đỏ (trẻ em, cưỡng bức, nợ công) và từ {n}/8 điểm; lương so với lương tối thiểu vùng của ngày báo cáo.").format(n=s.decent_least),
    ]  # fmt: skip
    if release is not Release.COMMUNE:
        lines.append(_("Ô có quá ít người được ẩn (…) để bảo vệ dữ liệu cá nhân."))
    return tuple(lines)

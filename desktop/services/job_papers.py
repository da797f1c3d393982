"""The report on jobs and income: gathered, numbered, and with small cells hidden where it leaves the commune."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.rules.suppression import Release, least_count, rate_may_show
from desktop.services import consents, heads, organisation_measures, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_gathering import figures_in
from desktop.services.livelihood_indicators import NOTHING, indicators
from desktop.services.livelihood_papers import group_or_book, hours_of, place_of
from desktop.services.livelihood_release import cut_tables
from desktop.services.prints import PrintOrder
from desktop.services.sight import sees
from desktop.store.book import Book
from reports.job_report import JobLine, JobReport, ReportLine
from reports.kit.values import Signer
from resources.lang.dong import show_decimal, show_dong, show_number
from resources.lang.messages import _


@heads.for_paper
def job_report(
    book: Book, group: GroupId | None, day: date, act: Act, release: Release = Release.COMMUNE
) -> Outcome[JobReport]:
    """Return the report on jobs and income of a group or of the book. Names stand in it only inside the commune; for
    others small cells are hidden.
    """
    with book.read() if book.readonly else book.write(act) as session:
        inside = release is Release.COMMUNE
        agreed = None if inside else consents.agreeing_in(session, Purpose.STATISTICS)
        figures = figures_in(session, day, group, sensitive=sees(book, act.who), agreed=agreed)
        order = PrintOrder("job-report", group, ends=day, subject=release.value)
        mark = paper_marks.issue_marks(session, [order], act)[0]
        value = JobReport(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            as_of=day,
            indicators=tuple(
                ReportLine(line.id, line.title, line.value, line.basis) for line in indicators(figures)
            )
            if inside
            else _released(figures, release),
            cuts=cut_tables(figures, release),
            jobs=_job_lines(figures) if inside else (),
            total_fte=show_decimal(sum((row.fte for row in figures.counted_jobs), Fraction())),
            total_net=show_decimal(figures.net_fte),
            method=_method(figures, release),
            secret=_("Mật – dùng trong xã") if inside else release.title,
            place=place_of(session, group),
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
    at_work = organisation_measures.disabled_at_work(figures)
    own = {
        "NMA-KT": 0 if at_work is None else at_work[0],
        "NMA-TN": len(figures.priced),
        "NMA-PN": organisation_measures.trained_young_women(figures)[1],
        "NMA-NG": organisation_measures.trained_men(figures)[1],
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
            show_decimal(hours_of(row.term.minutes)),
            show_decimal(row.fte),
            show_decimal(row.change.net),
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
        if note := consents.left_out_note(figures.left_out, least_count(release)):
            lines.append(note)
    return tuple(lines)

"""Phiếu đánh giá tính bền vững (TĐBV): before the transfer or again after it, blank or as it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.loan_form import Field, form_line
from reports.support_values import (
    AssessmentBlock,
    SupportBlock,
    items_table,
    result_lines,
    support_fields,
)
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """Everything the form prints. `again`: it is one after the hand-over, of what really came of it."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    support: SupportBlock
    block: AssessmentBlock
    as_of: date
    again: bool = False
    passes: int = 75
    improves: int = 60
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: AssessmentForm, options: PaperOptions = PLAIN) -> bytes:
    """Return the form as a PDF."""
    block = value.block
    frame = Frame(
        title=_("Phiếu đánh giá lại sau bàn giao") if value.again else _("Phiếu đánh giá tính bền vững"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{value.support.code} · {value.support.title}",
        running=f"{value.support.code} · {value.support.who}",
    )
    paper = papers.begin(frame, frame.running, options, large_print=value.large_print)
    flow = paper.flow
    support_fields(flow, value.support)
    flow.gap(0.4 * flow.edition.body.leading)
    form_line(
        flow,
        Field(_("Lần:"), block.title, 1.7),
        Field(_("Ngày đánh giá:"), show_day(block.day) if block.day else ""),
        Field(_("Người đánh giá:"), block.assessor, 1.7),
    )
    flow.gap(0.3 * flow.edition.body.leading)
    flow.write(
        _("Chấm 0 (không), 1 (một phần), 2 (có); mục 2 điểm phải có bằng chứng. * bắt buộc từ 1 điểm, ** bắt buộc 2 điểm."),
        flow.edition.small,
    )  # fmt: skip
    items_table(flow, block)
    result_lines(flow, block)
    flow.gap(0.3 * flow.edition.body.leading)
    flow.write(
        _("Từ {passes} % và đạt mọi mục bắt buộc: chuyển giao. Từ {improves} %: bổ sung rồi đánh giá lại. Dưới {improves} %: chưa chuyển giao.").format(
            passes=value.passes, improves=value.improves
        ),
        flow.edition.small,
    )  # fmt: skip
    dated = papers.dated(value.place, block.day) if block.day else _("Ngày ……… tháng ……… năm ………")
    papers.sign(flow, value.signers, dated)
    return paper.done()


REPORT = Report("support-assessment", N_("Phiếu đánh giá tính bền vững"), AssessmentForm, render)

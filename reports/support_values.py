"""Values that the papers of support share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reports.kit.columns import Column, Row
from reports.kit.page import Flow
from reports.kit.tables import Look, draw
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class SupportBlock:
    """The support a paper is about, in words. `amount` is the value asked for, in đồng."""

    code: str
    title: str
    kind: str
    who: str
    quantity: str = ""
    provider: str = ""
    amount: int = 0
    requested_on: date | None = None
    requested_by: str = ""
    purpose: str = ""
    training: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of an assessment: number, text, gate in stars; score and evidence, empty on a blank form.

    `basis` is what the book itself says. `missed`: its gate is not met.
    """

    number: int
    text: str
    gate: str = ""
    score: str = ""
    evidence: str = ""
    basis: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentBlock:
    """An assessment: when, by whom, its items, what it came to. Without `result` it is a blank form."""

    title: str
    items: tuple[ItemLine, ...]
    day: date | None = None
    assessor: str = ""
    points: int = 0
    most: int = 32
    missed: tuple[int, ...] = ()
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssetLine:
    """An asset, in đồng; `left` is what is left of its value on the day of the paper."""

    code: str
    name: str
    value: int
    left: int
    owner: str
    responsible: str
    place: str
    years: int
    handed_on: date
    state: str = ""
    serial: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """An asset as somebody saw it."""

    day: date
    condition: str
    use: str
    checker: str
    note: str = ""


def items_table(flow: Flow, block: AssessmentBlock) -> None:
    """Draw the items: to be filled in by hand where nothing was assessed yet, else with scores and evidence."""
    blank = not block.result
    columns = [
        Column(_("Mục"), "centre", 24),
        Column(_("Tiêu chí"), "text", 130, weight=2.2),
        Column(_("Bắt buộc"), "centre", 34),
        Column(_("Điểm"), "centre", 28),
        Column(_("Bằng chứng"), "text", 80, weight=1.6),
    ]
    if not blank and any(one.basis for one in block.items):
        columns.append(Column(_("Sổ ghi nhận"), "text", 70, weight=1.2))
    rows = []
    for one in block.items:
        score = f"{one.score} !" if one.missed and one.score else one.score
        cells = (str(one.number), one.text, one.gate, score, one.evidence, one.basis)
        rows.append(Row(cells[: len(columns)], bold=False, shade=one.missed))
    draw(flow, columns, rows, Look(grid=True, row_height=30 if blank else 0))


def result_lines(flow: Flow, block: AssessmentBlock) -> None:
    """Write what the items come to, or the lines to work it out by hand."""
    flow.gap(0.3 * flow.edition.body.leading)
    if not block.result:
        flow.write(
            _("Tổng điểm: ………/{most} = ……… %. Mục bắt buộc chưa đạt: ………………………………").format(most=block.most)
        )
        flow.write(_("Kết quả: ………………………………………………………………"))
        return
    said = _("Tổng điểm: {points}/{most} = {share}. Kết quả: {result}.").format(
        points=block.points,
        most=block.most,
        share=show_percent(Fraction(block.points, block.most), 1),
        result=block.result,
    )
    flow.write(said, flow.edition.body.bold)
    if block.missed:
        flow.write(
            _("Mục bắt buộc chưa đạt: {items}.").format(items=", ".join(str(one) for one in block.missed))
        )
    if block.note:
        flow.write(_("Ghi chú: {note}").format(note=block.note))


def support_fields(flow: Flow, block: SupportBlock) -> None:
    """Write what is asked for and by whom."""
    from resources.lang.dates import show_day

    flow.fields(
        [
            (_("Mã hồ sơ:"), block.code),
            (_("Loại hỗ trợ:"), block.kind),
            (_("Giá trị đề nghị:"), show_dong(block.amount) if block.amount else ""),
            (_("Ngày đề nghị:"), show_day(block.requested_on) if block.requested_on else ""),
        ]
    )
    flow.fields(
        [
            (_("Hỗ trợ:"), " · ".join(part for part in (block.title, block.quantity) if part)),
            (_("Người nhận:"), block.who),
            (_("Nguồn hỗ trợ:"), block.provider),
            (_("Người đề nghị:"), block.requested_by),
            (_("Dùng để:"), block.purpose),
            (_("Đào tạo cần xong trước:"), block.training),
        ],
        columns=1,
    )

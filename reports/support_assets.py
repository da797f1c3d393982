"""Assets that came with support: the register of all, and the card of one with its checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.support_values import AssetLine, CheckLine
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

EMPTY_CHECKS = 6
"""Rows on a card for checks still to come."""


@dataclass(frozen=True, slots=True)
class AssetRegister:
    """The register as it stands on a day."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    as_of: date
    assets: tuple[AssetLine, ...] = ()
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class AssetCard:
    """One asset: what it is, whose, from which support, how it was found; `ended` says how it left the register."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    as_of: date
    asset: AssetLine
    support: str
    note: str = ""
    ended: str = ""
    checks: tuple[CheckLine, ...] = ()
    next_check: date | None = None
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render_register(value: AssetRegister, options: PaperOptions = PLAIN) -> bytes:
    """Return the register as a PDF."""
    frame = Frame(
        title=_("Sổ theo dõi tài sản"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("Tài sản nhận từ hỗ trợ, đến ngày {day}").format(day=show_day(value.as_of)),
        running=show_day(value.as_of),
    )
    paper = papers.begin(frame, frame.title, options, large_print=value.large_print, landscape=True)
    flow = paper.flow
    columns = [
        Column(_("Mã tài sản"), "tight", 46),
        Column(_("Tài sản"), "text", 90, weight=1.4),
        Column(_("Bàn giao"), "tight", 46),
        Column(_("Giá trị (đồng)"), "money", 62),
        Column(_("Còn lại (đồng)"), "money", 62),
        Column(_("Chủ sở hữu"), "text", 70),
        Column(_("Người chịu trách nhiệm"), "text", 70),
        Column(_("Nơi để"), "text", 60),
        Column(_("Tình trạng"), "text", 66),
        Column(_("Kiểm tra"), "text", 50),
    ]
    rows = [
        Row(
            (
                one.code,
                one.name,
                show_day(one.handed_on),
                amount(one.value),
                amount(one.left),
                one.owner,
                one.responsible,
                one.place,
                one.state,
                one.checked,
            )
        )
        for one in value.assets
    ]
    if rows:
        whole = sum(one.value for one in value.assets)
        left = sum(one.left for one in value.assets)
        rows.append(
            Row(("", _("Cộng"), "", amount(whole), amount(left), "", "", "", "", ""), bold=True, shade=True, keep=True)
        )  # fmt: skip
    draw(flow, columns, rows, Look(empty=_("Chưa có tài sản nào.")))
    flow.gap(0.3 * flow.edition.body.leading)
    flow.write(_("Còn lại: giá trị trừ dần đều theo số năm sử dụng."), flow.edition.small)
    papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


@in_its_language
def render_card(value: AssetCard, options: PaperOptions = PLAIN) -> bytes:
    """Return the card as a PDF."""
    asset = value.asset
    frame = Frame(
        title=_("Thẻ tài sản"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{asset.code} · {asset.name}",
        running=f"{asset.code} · {asset.owner}",
    )
    paper = papers.begin(frame, frame.running, options, large_print=value.large_print)
    flow = paper.flow
    flow.fields(
        [
            (_("Giá trị:"), show_dong(asset.value)),
            (
                _("Còn lại:"),
                _("{left} đến {day}").format(left=show_dong(asset.left), day=show_day(value.as_of)),
            ),
            (_("Bàn giao:"), show_day(asset.handed_on)),
            (_("Dùng được:"), _("{n} năm").format(n=asset.years)),
        ]
    )
    flow.fields(
        [
            (_("Từ hỗ trợ:"), value.support),
            (_("Chủ sở hữu:"), asset.owner),
            (_("Người chịu trách nhiệm:"), asset.responsible),
            (_("Nơi để:"), asset.place),
            (_("Số máy, nhãn:"), asset.serial),
            (_("Ghi chú:"), value.note),
        ],
        columns=1,
    )
    if value.ended:
        flow.write(value.ended, flow.edition.body.bold)
    flow.gap(0.5 * flow.edition.body.leading)
    flow.heading(_("Các lần kiểm tra"), 5 * flow.edition.body.leading)
    columns = [
        Column(_("Ngày"), "tight", 50),
        Column(_("Thấy thế nào"), "text", 66),
        Column(_("Sử dụng"), "text", 66),
        Column(_("Ghi chú, cách xử lý"), "text", 80, weight=1.6),
        Column(_("Người kiểm tra, ký tên"), "text", 80, weight=1.2),
    ]
    rows = [Row((show_day(one.day), one.condition, one.use, one.note, one.checker)) for one in value.checks]
    blank = 0 if value.ended else max(0, EMPTY_CHECKS - len(rows))
    draw(flow, columns, [*rows, *[Row(("", "", "", "", ""))] * blank], Look(grid=True, row_height=24))
    if value.next_check is not None:
        flow.gap(0.3 * flow.edition.body.leading)
        flow.write(_("Lần kiểm tra tới: {day}.").format(day=show_day(value.next_check)))
    papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


REGISTER = Report("asset-register", N_("Sổ theo dõi tài sản"), AssetRegister, render_register)
CARD = Report("asset-card", N_("Thẻ tài sản"), AssetCard, render_card)

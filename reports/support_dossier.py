"""Hồ sơ hỗ trợ: request, assessments, decisions with overrides, co-contribution, hand-overs, assets, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.questionnaire import secret_words
from reports.support_values import (
    AssessmentBlock,
    AssetLine,
    SupportBlock,
    items_table,
    result_lines,
    support_fields,
)
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision; an override names the second person and says why. `in_force`: it is the one that holds."""

    day: date
    verdict: str
    amount: int
    decider: str
    second: str = ""
    reason: str = ""
    override: bool = False
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """A co-contribution, in đồng; without evidence it does not count."""

    day: date
    kind: str
    what: str
    value: int
    evidence: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A hand-over, in đồng."""

    day: date
    what: str
    value: int
    minutes: str
    receiver: str
    voucher: str = ""
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class SupportDossier:
    """Everything the dossier prints; `secret` marks every page, where it says why somebody is in hardship."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    support: SupportBlock
    as_of: date
    state: str
    share: str
    least: str
    assessments: tuple[AssessmentBlock, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    contributions: tuple[ContributionLine, ...] = ()
    transfers: tuple[TransferLine, ...] = ()
    assets: tuple[AssetLine, ...] = ()
    blocks: tuple[str, ...] = ()
    schedule: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    """Of the group that receives or follows: id, name, value of each indicator, over `period`."""
    period: str = ""
    secret: bool = False
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: SupportDossier, options: PaperOptions = PLAIN) -> bytes:
    """Return the dossier as a PDF."""
    secret = secret_words(value.secret)
    frame = Frame(
        title=_("Hồ sơ hỗ trợ"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{value.support.code} · {value.support.title}",
        running=" · ".join(part for part in (secret, value.support.code, value.support.who) if part),
        form=" · ".join(part for part in ("BC11", secret) if part),
    )
    paper = papers.begin(frame, frame.running, options, large_print=value.large_print)
    flow = paper.flow
    flow.section(_("1. Đề nghị"))
    support_fields(flow, value.support)
    flow.write(_("Tình trạng: {state}").format(state=value.state), flow.edition.body.bold)
    for text in value.blocks:
        flow.write(text)
    _assessments(flow, value)
    _decisions(flow, value)
    _contributions(flow, value)
    _transfers(flow, value)
    _figures(flow, value)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


def _assessments(flow: Flow, value: SupportDossier) -> None:
    """Draw every assessment whole: items, gates, evidence."""
    flow.section(_("2. Đánh giá tính bền vững trước khi chuyển giao"), 6)
    if not value.assessments:
        flow.write(_("Chưa đánh giá lần nào."))
    for block in value.assessments:
        head = block.title
        if block.day is not None:
            head = _("{title}, ngày {day}, người đánh giá: {who}").format(
                title=block.title, day=show_day(block.day), who=block.assessor
            )
        flow.need(8 * flow.edition.body.leading)
        flow.write(head, flow.edition.body.bold)
        items_table(flow, block)
        result_lines(flow, block)
        flow.gap(0.6 * flow.edition.body.leading)
    flow.write(
        _("* mục bắt buộc từ 1 điểm; ** mục bắt buộc 2 điểm; ! mục bắt buộc chưa đạt."), flow.edition.small
    )
    if value.schedule:
        flow.write(value.schedule)


def _decisions(flow: Flow, value: SupportDossier) -> None:
    """Draw the decisions; of an override both names and the reason stand below in full."""
    flow.section(_("3. Quyết định"))
    columns = [
        Column(_("Ngày"), "tight", 48),
        Column(_("Quyết định"), "text", 70, weight=1.1),
        Column(_("Giá trị duyệt (đồng)"), "money", 60),
        Column(_("Người quyết định"), "text", 80, weight=1.2),
        Column(_("Lý do"), "text", 80, weight=1.6),
        Column(_("Hiệu lực"), "centre", 34),
    ]
    rows = [
        Row(
            (
                show_day(one.day),
                one.verdict + (_(" – duyệt ngoại lệ") if one.override else ""),
                amount(one.amount),
                "\n".join(part for part in (one.decider, one.second) if part),
                one.reason,
                _("có") if one.in_force else "",
            )
        )
        for one in value.decisions
    ]
    draw(flow, columns, rows, Look(empty=_("Chưa có quyết định.")))
    for one in value.decisions:
        if one.override:
            flow.gap(0.25 * flow.edition.body.leading)
            text = _(
                "Duyệt ngoại lệ ngày {day} khi đánh giá chưa đạt, do hai người cùng quyết định: {first} và {second}. Lý do: {why}."
            )
            flow.write(
                text.format(
                    day=show_day(one.day), first=one.decider, second=one.second, why=one.reason.rstrip(".")
                ),
                flow.edition.body.bold,
            )


def _contributions(flow: Flow, value: SupportDossier) -> None:
    flow.section(_("4. Đối ứng"))
    columns = [
        Column(_("Ngày"), "tight", 48),
        Column(_("Loại"), "text", 60),
        Column(_("Gì, bao nhiêu"), "text", 130, weight=1.6),
        Column(_("Giá trị (đồng)"), "money", 70),
        Column(_("Chứng từ"), "text", 110, weight=1.4),
        Column(_("Được tính"), "centre", 36),
    ]
    rows = [
        Row(
            (
                show_day(one.day),
                one.kind,
                one.what,
                amount(one.value),
                one.evidence or "–",
                _("có") if one.counts else _("không"),
            )
        )
        for one in value.contributions
    ]
    total = sum(one.value for one in value.contributions if one.counts)
    if rows:
        rows.append(
            Row(("", "", _("Cộng được tính"), amount(total), "", ""), bold=True, shade=True, keep=True)
        )
    draw(flow, columns, rows, Look(empty=_("Chưa ghi đối ứng nào.")))
    flow.gap(0.25 * flow.edition.body.leading)
    flow.write(
        _("Tỷ lệ đối ứng: {share}; mức tối thiểu: {least}.").format(share=value.share, least=value.least)
    )


def _transfers(flow: Flow, value: SupportDossier) -> None:
    flow.section(_("5. Bàn giao và tài sản"))
    columns = [
        Column(_("Ngày"), "tight", 48),
        Column(_("Bàn giao gì"), "text", 130, weight=1.6),
        Column(_("Giá trị (đồng)"), "money", 70),
        Column(_("Biên bản"), "text", 60),
        Column(_("Bên nhận"), "text", 90, weight=1.1),
        Column(_("Phiếu"), "text", 60),
    ]
    rows = [
        Row(
            (
                show_day(one.day),
                one.what + (f" ({_('đã hủy')}: {one.taken_back})" if one.taken_back else ""),
                amount(one.value),
                one.minutes,
                one.receiver,
                one.voucher,
            )
        )
        for one in value.transfers
    ]
    total = sum(one.value for one in value.transfers if not one.taken_back)
    if rows:
        rows.append(
            Row(("", _("Cộng đã bàn giao"), amount(total), "", "", ""), bold=True, shade=True, keep=True)
        )
    draw(flow, columns, rows, Look(empty=_("Chưa bàn giao.")))
    if value.assets:
        flow.gap(0.4 * flow.edition.body.leading)
        assets_table(flow, value.assets)
    flow.gap(0.4 * flow.edition.body.leading)
    if value.support.amount and total:
        flow.write(_("Đã bàn giao {total}.").format(total=show_dong(total)))


def _figures(flow: Flow, value: SupportDossier) -> None:
    """Draw what the book says of the group: maturity, dependence, co-contribution, assessed and capacity first."""
    if not value.figures:
        return
    flow.section(_("6. Chỉ số của nhóm {period}").format(period=value.period))
    columns = [
        Column(_("Mã"), "tight", 40),
        Column(_("Chỉ số"), "text", 220, weight=3),
        Column(_("Giá trị"), "money", 80),
    ]
    draw(flow, columns, [Row(figure) for figure in value.figures])
    flow.gap(0.4 * flow.edition.body.leading)


def assets_table(flow: Flow, assets: tuple[AssetLine, ...]) -> None:
    """Draw assets with owner and the person who answers for each."""
    columns = [
        Column(_("Mã tài sản"), "tight", 46),
        Column(_("Tài sản"), "text", 70, weight=1.4),
        Column(_("Giá trị (đồng)"), "money", 56),
        Column(_("Chủ sở hữu"), "text", 56),
        Column(_("Người chịu trách nhiệm"), "text", 56),
        Column(_("Nơi để"), "text", 50),
        Column(_("Số năm"), "centre", 28),
    ]
    rows = [
        Row((one.code, one.name, amount(one.value), one.owner, one.responsible, one.place, str(one.years)))
        for one in assets
    ]
    draw(flow, columns, rows)


REPORT = Report("support-dossier", N_("Hồ sơ hỗ trợ"), SupportDossier, render)

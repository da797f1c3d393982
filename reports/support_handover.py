"""Biên bản bàn giao: what was handed over, its value in digits and words, who gave, received and saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.support_dossier import assets_table
from reports.support_values import AssetLine, SupportBlock
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything the minutes print. `basis` is the decision under which it is given; `value` in đồng."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    support: SupportBlock
    number: str
    day: date
    what: str
    value: int
    giver: str
    receiver: str
    witness: str
    where: str
    basis: str
    contribution: str
    route: str
    voucher: str = ""
    assets: tuple[AssetLine, ...] = ()
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: Handover, options: PaperOptions = PLAIN) -> bytes:
    """Return the minutes as a PDF."""
    frame = Frame(
        title=_("Biên bản bàn giao"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("Số {number} · hồ sơ hỗ trợ {code}").format(number=value.number, code=value.support.code),
        running=f"{value.number} · {value.support.who}",
        national=True,
        number_line=_("Số: {number}").format(number=value.number),
        dated=papers.dated(value.place, value.day),
    )
    paper = papers.begin(frame, frame.running, options, large_print=value.large_print)
    flow = paper.flow
    flow.write(
        _("Hôm nay, ngày {day}, tại {where}, chúng tôi gồm:").format(
            day=show_day(value.day), where=value.where or value.place or "……………………"
        )
    )
    parties = [(_("Bên giao:"), value.giver), (_("Bên nhận:"), f"{value.receiver} ({value.support.who})")]
    if value.witness:
        parties.append((_("Người chứng kiến:"), value.witness))
    flow.fields(parties, columns=1)
    flow.gap(0.4 * flow.edition.body.leading)
    flow.write(_("cùng lập biên bản bàn giao như sau:"))
    flow.gap(0.3 * flow.edition.body.leading)
    words = in_words(value.value, options.words)
    flow.fields(
        [
            (_("Căn cứ:"), value.basis),
            (_("Nguồn hỗ trợ:"), value.support.provider),
            (_("Bàn giao:"), value.what),
            (_("Giá trị:"), show_dong(value.value)),
            (_("Viết bằng chữ:"), words + "."),
            (_("Cách giao:"), " · ".join(part for part in (value.route, value.voucher) if part)),
            (_("Đối ứng của bên nhận:"), value.contribution),
        ],
        columns=1,
    )
    if value.assets:
        flow.gap(0.4 * flow.edition.body.leading)
        flow.write(_("Tài sản đưa vào sổ theo dõi:"), flow.edition.body.bold)
        assets_table(flow, value.assets)
    flow.gap(0.5 * flow.edition.body.leading)
    for text in (
        _("Bên nhận đã kiểm tra và nhận đủ những gì ghi trên, cam kết dùng đúng mục đích, giữ gìn, bảo trì, để các bên kiểm tra khi được yêu cầu, và báo ngay khi mất, hỏng."),
        _("Hỗ trợ được niêm yết công khai; mọi khiếu nại gửi về nhóm hoặc cán bộ dự án."),
        _("Biên bản lập thành hai bản có giá trị như nhau, mỗi bên giữ một bản."),
    ):  # fmt: skip
        flow.write(text)
    papers.sign(flow, value.signers)
    return paper.done()


REPORT = Report("support-handover", N_("Biên bản bàn giao"), Handover, render)

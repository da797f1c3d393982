"""Giấy đồng ý: a person agrees to the use of their data, purpose by purpose (Law 91/2025/QH15, Decree 356/2025/NĐ-CP).

No box is ticked beforehand, each purpose stands by itself, and the person is told which data are sensitive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import baseline
from reports.kit.text import wrap
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.messages import N_, _

DOTS = "." * 40


@dataclass(frozen=True, slots=True)
class ConsentPurpose:
    """One purpose: what for, and whether the data are sensitive."""

    title: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """Everything the paper prints. `person` are label and value; `years` how long data are kept after leaving."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    person: tuple[tuple[str, str], ...]
    name: str
    purposes: tuple[ConsentPurpose, ...]
    signed_on: date
    version: str
    place: str = ""
    fingerprint: bool = False
    large_print: bool = False


@in_its_language
def render(value: ConsentPaper, options: PaperOptions = PLAIN) -> bytes:
    """Return the consent paper as a PDF."""
    frame = Frame(
        title=_("Giấy đồng ý cho dùng dữ liệu cá nhân"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        running=value.name,
        national=True,
        dated=papers.dated(value.place, value.signed_on),
    )
    paper = papers.begin(frame, value.name, options, large_print=value.large_print)
    flow = paper.flow
    body = flow.edition.body
    flow.write(
        _("Căn cứ Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP;"), body.italic
    )
    flow.gap(0.3 * body.leading)
    flow.fields([(label, text or DOTS) for label, text in value.person], columns=1)
    flow.gap(0.3 * body.leading)
    flow.write(
        _(
            "Tôi được cho biết: {organisation} ghi và dùng dữ liệu của tôi cho từng mục đích dưới đây; tôi đồng ý mục đích nào thì đánh dấu vào ô của mục đích đó. Không đồng ý một mục đích không làm mất quyền tham gia nhóm."
        ).format(organisation=value.organisation.name)
    )
    flow.gap(0.3 * body.leading)
    for purpose in value.purposes:
        _purpose(flow, purpose)
    flow.gap(0.3 * body.leading)
    for text in _promises():
        flow.write(text)
        flow.gap(0.12 * body.leading)
    flow.write(_("Bản {version}").format(version=value.version), flow.edition.small)
    flow.gap(0.3 * body.leading)
    papers.sign(
        flow,
        [
            Signer(_("Người làm chứng")),
            Signer(_("Người ghi")),
            Signer(_("Người đồng ý"), value.name, value.fingerprint),
        ],
    )
    return paper.done()


def _purpose(flow: Flow, purpose: ConsentPurpose) -> None:
    body = flow.edition.body
    side, indent = 0.8 * body.size, 2.2 * body.size
    text = purpose.title + (" " + _("(đây là dữ liệu nhạy cảm)") if purpose.sensitive else "")
    lines = wrap(text, body.face, body.size, flow.sheet.room - indent)
    flow.need(len(lines) * body.leading)
    flow.page.box(flow.sheet.left + 0.6 * body.size, baseline(flow.y, body) - 0.05 * body.size, side, side)
    for line in lines:
        flow.page.tags.begin("P")
        flow.line(line, body, indent=indent)
    flow.gap(0.15 * body.leading)


def _promises() -> tuple[str, ...]:
    return (
        _("1. Dữ liệu nhạy cảm chỉ người có trách nhiệm được xem, mỗi lần xem đều được ghi lại."),
        _("2. Ra khỏi xã, dữ liệu chỉ ở dạng số tổng hợp hoặc mã, không có tên."),
        _(
            "3. Tôi được xem, sửa, nhận bản sao, yêu cầu xóa dữ liệu của mình và rút lại sự đồng ý bất cứ lúc nào."
        ),
        _(
            "4. Dữ liệu được giữ trong thời gian tôi tham gia và theo thời hạn lưu chứng từ kế toán; hết hạn hoặc khi tôi yêu cầu, tên và thông tin riêng của tôi được xóa, sổ tiền vẫn giữ nguyên."
        ),
        _("5. Nếu dữ liệu nhạy cảm bị lộ, tôi và cơ quan có trách nhiệm được báo trong 72 giờ."),
    )


REPORT = Report("consent", N_("Giấy đồng ý"), ConsentPaper, render)

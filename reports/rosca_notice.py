"""Thông báo về việc tổ chức dây họ: to the commune People's Committee, Article 14 of Decree 19/2019/NĐ-CP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts, rosca_parts
from reports.kit import papers
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import Organisation, PrintMark
from reports.rosca_parts import BLANK
from reports.rosca_values import RoscaHead
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class RoscaNotice:
    """Everything the notice prints: to which committee, and why it must be sent."""

    organisation: Organisation
    head: RoscaHead
    day: date
    mark: PrintMark
    committee: str = ""
    reasons: tuple[str, ...] = ()
    place: str = ""
    large_print: bool = False


@in_its_language
def render(value: RoscaNotice, options: PaperOptions = PLAIN) -> bytes:
    """Return the notice as a PDF."""
    head = value.head
    frame = Frame(
        title=_("Thông báo về việc tổ chức dây họ"),
        organisation=value.organisation,
        group=head.group,
        mark=value.mark,
        running=rosca_parts.running(head),
        national=True,
        dated=papers.dated(value.place, value.day),
    )
    paper = papers.begin(frame, rosca_parts.running(head), options, large_print=value.large_print)
    flow = paper.flow
    body = flow.edition.body
    flow.write(
        _("Kính gửi: {committee}").format(committee=value.committee or _("Ủy ban nhân dân xã")), body.bold
    )
    flow.gap(0.4 * body.leading)
    flow.write(_("Theo Điều 14 Nghị định số 19/2019/NĐ-CP, tôi thông báo việc tổ chức dây họ như sau:"))
    flow.gap(0.3 * body.leading)
    person = head.organiser
    fields = [
        (_("Chủ họ:"), person.name),
        (_("Số giấy tờ tùy thân:"), person.citizen_number or BLANK),
        (_("Nơi cư trú:"), person.address or BLANK),
        (_("Bắt đầu dây họ:"), show_day(head.starts)),
        (_("Kết thúc dây họ:"), show_day(head.ends)),
        (
            _("Tổng mỗi kỳ mở họ:"),
            _("{amount} ({words})").format(
                amount=show_dong(head.pot), words=in_words(head.pot, options.words)
            ),
        ),
        (_("Tổng số thành viên:"), show_number(len(head.holders))),
        (_("Lý do thông báo:"), "; ".join(value.reasons)),
    ]
    flow.fields(fields, columns=1, least=flow.label_width(fields))
    flow.gap(0.3 * body.leading)
    flow.write(_("Khi nội dung trên thay đổi, tôi sẽ thông báo bổ sung bằng văn bản."))
    papers.sign(
        flow,
        [loan_parts.signer(_("Người nhận"), None), loan_parts.signer(_("Chủ họ"), head.organiser)],
    )
    return paper.done()


REPORT = Report("rosca-notice", N_("Thông báo về việc tổ chức dây họ"), RoscaNotice, render)

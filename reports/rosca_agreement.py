"""Văn bản thỏa thuận về dây họ: what Articles 7 and 8 of Decree 19/2019/NĐ-CP ask for, signed by everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts, rosca_parts
from reports.kit import papers
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import Organisation, PrintMark
from reports.rosca_parts import BLANK
from reports.rosca_values import RoscaHead
from resources.lang.dates import show_day_long
from resources.lang.dong import show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class RoscaAgreement:
    """Everything the agreement prints; `rules` are further agreements, one paragraph a line."""

    organisation: Organisation
    head: RoscaHead
    agreed_on: date
    mark: PrintMark
    place: str = ""
    signed_at: str = ""
    security: str = ""
    rules: tuple[str, ...] = ()
    organiser_covers: bool = True
    large_print: bool = False


@in_its_language
def render(value: RoscaAgreement, options: PaperOptions = PLAIN) -> bytes:
    """Return the agreement as a PDF."""
    head = value.head
    frame = Frame(
        title=_("Văn bản thỏa thuận về dây họ"),
        organisation=value.organisation,
        group=head.group,
        mark=value.mark,
        subtitle=head.name,
        running=rosca_parts.running(head),
        national=True,
        dated=papers.dated(value.place, value.agreed_on),
    )
    paper = papers.begin(frame, rosca_parts.running(head), options, large_print=value.large_print)
    flow = paper.flow
    italic = flow.edition.body.italic
    flow.write(_("Căn cứ Điều 471 Bộ luật Dân sự số 91/2015/QH13;"), italic)
    flow.write(_("Căn cứ Nghị định số 19/2019/NĐ-CP về họ, hụi, biêu, phường;"), italic)
    flow.gap(0.3 * flow.edition.body.leading)
    day = show_day_long(value.agreed_on)
    where = value.signed_at
    flow.write(
        _("Hôm nay, {day}, tại {place}, chủ họ và các thành viên cùng thỏa thuận:").format(
            day=day, place=where
        )
        if where
        else _("Hôm nay, {day}, chủ họ và các thành viên cùng thỏa thuận:").format(day=day)
    )
    _organiser(flow, head)
    _article(flow, _("Điều 1. Dây họ"), [])
    rosca_parts.terms_fields(flow, head, options.words)
    for number, (title, paragraphs) in enumerate(_articles(value), start=2):
        _article(flow, _("Điều {number}. {title}").format(number=number, title=title), paragraphs)
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, rosca_parts.holders_table(head, sign=True))
    flow.gap(0.4 * flow.edition.body.leading)
    papers.sign(
        flow,
        [loan_parts.signer(_("Người làm chứng"), None), loan_parts.signer(_("Chủ họ"), head.organiser)],
    )
    return paper.done()


def _organiser(flow: Flow, head: RoscaHead) -> None:
    person = head.organiser
    flow.gap(0.3 * flow.edition.body.leading)
    flow.heading(_("Chủ họ"), 2 * flow.edition.body.leading)
    pairs = [
        (_("Họ và tên:"), person.name),
        (_("Ngày sinh:"), person.born or BLANK),
        (_("Số giấy tờ tùy thân:"), person.citizen_number or BLANK),
        (_("Điện thoại:"), person.phone or BLANK),
    ]
    wide = [(_("Nơi cư trú:"), person.address or BLANK)]
    least = max(flow.label_width(pairs), flow.label_width(wide))
    flow.fields(pairs, least=least)
    flow.fields(wide, columns=1, least=least)


def _article(flow: Flow, title: str, paragraphs: list[str]) -> None:
    flow.gap(0.35 * flow.edition.body.leading)
    flow.heading(title, 2 * flow.edition.body.leading)
    for text in paragraphs:
        flow.write(text)
        flow.gap(0.12 * flow.edition.body.leading)


def _articles(value: RoscaAgreement) -> list[tuple[str, list[str]]]:
    head = value.head
    late = [
        _(
            "Đến kỳ mở họ, thành viên góp đủ phần họ cho chủ họ; mỗi lần góp, lĩnh đều ký hoặc điểm chỉ vào sổ họ."
        ),
        _("Thành viên được yêu cầu giấy biên nhận, được xem sổ họ bất cứ lúc nào."),
    ]
    if value.organiser_covers:
        late.append(
            _(
                "Thành viên không góp đúng hạn thì chủ họ góp thay; người đó hoàn lại cho chủ họ kèm lãi góp chậm."
            )
        )
    else:
        late.append(_("Chủ họ không góp thay; người góp chậm trả phần còn thiếu và lãi cho người đã lĩnh."))
    leaving = [
        _("Người đã lĩnh mà rời dây họ phải góp đủ các phần còn lại."),
        _(
            "Người chưa lĩnh mà rời dây họ nhận lại các phần đã góp khi mãn họ; có lý do chính đáng thì nhận ngay."
        ),
        _("Việc chuyển phần họ cho người khác phải ghi vào sổ họ và được người nhận ký."),
    ]
    articles = [(_("Góp và lĩnh"), late), (_("Rời dây họ, chuyển phần họ"), leaving)]
    if value.security:
        articles.append((_("Bảo đảm"), [value.security]))
    if value.rules:
        articles.append((_("Thỏa thuận khác"), list(value.rules)))
    people = [holder.person for holder in head.holders]
    copies = show_number(len(people) + (head.organiser not in people))
    articles.append(
        (
            _("Điều khoản chung"),
            [
                _(
                    "Tranh chấp do chủ họ và các thành viên hòa giải; không được thì yêu cầu Tòa án giải quyết."
                ),
                _("Văn bản lập thành {copies} bản như nhau, mỗi người giữ một bản.").format(copies=copies),
            ],
        )
    )
    return articles


REPORT = Report("rosca-agreement", N_("Văn bản thỏa thuận về dây họ"), RoscaAgreement, render)

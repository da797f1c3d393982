"""Hợp đồng vay vốn (khế ước): what both sides promise, what it really costs, and the schedule as its annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports import loan_parts
from reports.kit import papers, signatures
from reports.kit.heads import group_name, group_place
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.text import wrap
from reports.kit.values import Organisation, PrintMark, Signer
from reports.loan_values import LenderSide, LoanHead, LoanPerson, ScheduleRow, UpfrontFee
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import WordStyle, in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A guarantor of the contract; `amount` đồng at most, 0 for the whole debt."""

    person: LoanPerson
    amount: int = 0


@dataclass(frozen=True, slots=True)
class LoanContract:
    """Everything the contract prints.

    `count_text` says how interest is counted by day ("một năm 365 ngày; tính ngày đầu, bỏ ngày cuối"),
    `early_text` what holds when paid early, `pay_place` where instalments are paid, `handover_text` how the
    money is handed out ("tiền mặt tại kỳ họp 24"). `clauses` are further agreements of this group, one
    paragraph each. `copies` is how many copies are signed. `planned_on`: the schedule holds if the money is handed
    over on this day, which is not the one applied for.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    lender: LenderSide
    signed_on: date
    mark: PrintMark
    place: str = ""
    signed_at: str = ""
    decision_text: str = ""
    fees: tuple[UpfrontFee, ...] = ()
    count_text: str = ""
    early_text: str = ""
    pay_place: str = ""
    handover_text: str = ""
    clauses: tuple[str, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    spouse: LoanPerson | None = None
    copies: int = 2
    planned_on: date | None = None
    large_print: bool = False


@in_its_language
def render(value: LoanContract, options: PaperOptions = PLAIN) -> bytes:
    """Return the contract with its schedule as a PDF."""
    loan = value.loan
    frame = Frame(
        title=_("Hợp đồng vay vốn"),
        organisation=value.organisation,
        group=loan.group,
        mark=value.mark,
        subtitle=" · ".join([_("(Khế ước vay)"), *loan_parts.planned_line(value.planned_on)]),
        running=loan_parts.running(loan),
        national=True,
        number_line=_("Số: {number}").format(number=loan.contract) if loan.contract else "",
        dated=papers.dated(value.place, value.signed_on),
    )
    paper = papers.begin(frame, loan_parts.running(loan), options, large_print=value.large_print)
    flow = paper.flow
    _grounds(flow, value)
    _parties(flow, value)
    articles = _articles(value, options.words)
    for number, (title, paragraphs) in enumerate(articles, start=1):
        if number == len(articles):  # nobody signs on a page that says nothing
            flow.need(_height(flow, paragraphs) + _signing(flow, value, _height(flow, paragraphs)))
        _article(flow, _("Điều {number}. {title}").format(number=number, title=title), paragraphs)
    for row in _sign_rows(flow, value):
        row.draw()
    _annex(flow, value)
    return paper.done()


def _grounds(flow: Flow, value: LoanContract) -> None:
    """Say on which law and which decision the contract stands."""
    italic = flow.edition.body.italic
    flow.write(_("Căn cứ Điều 463, Điều 466 và Điều 468 Bộ luật Dân sự số 91/2015/QH13;"), italic)
    flow.write(_("Căn cứ quy chế của {group};").format(group=value.loan.group.name), italic)
    if value.decision_text:
        flow.write(_("Căn cứ {decision};").format(decision=value.decision_text.rstrip(".;")), italic)
    where = value.signed_at or group_place(value.loan.group)
    flow.gap(0.3 * flow.edition.body.leading)
    flow.write(
        _("Hôm nay, {day}, tại {place}, chúng tôi gồm có:").format(
            day=show_day_long(value.signed_on), place=where.rstrip(".")
        )
        if where
        else _("Hôm nay, {day}, chúng tôi gồm có:").format(day=show_day_long(value.signed_on))
    )


def _parties(flow: Flow, value: LoanContract) -> None:
    """Name both sides."""
    loan, lender = value.loan, value.lender
    speakers = [f"{lender.chair} ({loan_parts.chair_title(lender)})"] if lender.chair else []
    speakers += [_("{name} (Thủ quỹ)").format(name=lender.treasurer)] if lender.treasurer else []
    _party(
        flow,
        _("Bên cho vay (gọi là tổ)"),
        [
            (_("Tên:"), group_name(loan.group)),
            (_("Điện thoại:"), lender.phone),
        ],
        [
            (_("Địa chỉ:"), lender.address or group_place(loan.group)),
            (_("Người đại diện:"), "; ".join(speakers)),
        ],
    )
    _party(flow, _("Bên vay (gọi là người vay)"), _identity(loan.borrower), _address(loan.borrower))
    if value.spouse is not None:
        _party(
            flow,
            _("Vợ (chồng) của người vay, cùng biết và đồng ý"),
            _identity(value.spouse),
            _address(value.spouse),
        )


def _identity(person: LoanPerson) -> list[tuple[str, str]]:
    return [
        (_("Họ và tên:"), f"{person.name} ({person.code})" if person.code else person.name),
        (_("Năm sinh:") if len(person.born) == 4 else _("Ngày sinh:"), person.born),
        (_("Số định danh:"), person.citizen_number),
        (_("Điện thoại:"), person.phone),
    ]


def _address(person: LoanPerson) -> list[tuple[str, str]]:
    return [(_("Địa chỉ:"), person.address)]


def _party(flow: Flow, title: str, pairs: list[tuple[str, str]], wide: list[tuple[str, str]]) -> None:
    body = flow.edition.body
    flow.gap(0.35 * body.leading)
    flow.heading(title, 2 * body.leading)
    least = flow.label_width([(_("Người đại diện:"), "x")])
    flow.fields(pairs, least=least)
    flow.fields(wide, columns=1, least=least)


def _article(flow: Flow, title: str, paragraphs: Sequence[str]) -> None:
    """Write one article: its title and its paragraphs."""
    body = flow.edition.body
    flow.gap(0.35 * body.leading)
    flow.heading(title, 2 * body.leading)
    for text in paragraphs:
        flow.write(text)
        flow.gap(0.12 * body.leading)


def _articles(value: LoanContract, words: WordStyle) -> list[tuple[str, list[str]]]:
    """Return titles and paragraphs of the articles, in order; what is not agreed has no article."""
    articles = [
        (_("Số tiền vay và mục đích"), _money(value, words)),
        (_("Thời hạn và cách trả"), _term(value)),
        (_("Lãi suất và giá thật của khoản vay"), _price(value, words)),
        (_("Trả chậm"), _late(value)),
        (_("Trả trước hạn"), _early(value)),
        (_("Quyền và bổn phận của người vay"), _borrower_duties()),
        (_("Quyền và bổn phận của tổ"), _group_duties()),
    ]
    if value.guarantees:
        articles.append((_("Bảo lãnh"), _guarantee(value, words)))
    if value.clauses:
        articles.append((_("Thỏa thuận khác"), list(value.clauses)))
    articles.append((_("Điều khoản chung"), _general(value)))
    return articles


def _money(value: LoanContract, words: WordStyle) -> list[str]:
    loan = value.loan
    lines = [
        _("Tổ cho người vay vay số tiền {amount} (bằng chữ: {words}).").format(
            amount=show_dong(loan.amount), words=in_words(loan.amount, words)
        )
    ]
    if loan.purpose:
        lines.append(_("Mục đích: {purpose}.").format(purpose=loan.purpose.rstrip(".")))
    if loan.livelihood:
        lines.append(_("Việc làm ăn gắn với khoản vay: {work}.").format(work=loan.livelihood.rstrip(".")))
    if value.planned_on is not None:
        lines.append(loan_parts.planned_words(value.planned_on))
    if value.handover_text:
        lines.append(_("Cách giao tiền: {how}.").format(how=value.handover_text.rstrip(".")))
    return lines


def _term(value: LoanContract) -> list[str]:
    loan, rows = value.loan, value.rows
    lines = []
    if loan.term_text:
        lines.append(_("Thời hạn vay: {term}.").format(term=loan.term_text.rstrip(".")))
    if loan.repayment_text:
        lines.append(_("Cách trả: {how}.").format(how=loan.repayment_text.rstrip(".")))
    if rows:
        lines.append(
            _("Trả thành {count} kỳ, kỳ đầu ngày {first}, kỳ cuối ngày {last}, theo lịch ở phụ lục.").format(
                count=show_number(len(rows)), first=show_day(rows[0].due_on), last=show_day(rows[-1].due_on)
            )
        )
    if value.pay_place:
        lines.append(_("Nơi trả: {place}.").format(place=value.pay_place.rstrip(".")))
    lines.append(_("Mỗi lần trả, người vay nhận phiếu thu ghi rõ gốc, lãi, phí, phạt và số còn nợ."))
    return lines


def _price(value: LoanContract, words: WordStyle) -> list[str]:
    loan = value.loan
    lines = []
    if loan.rate_text:
        lines.append(_("Lãi suất: {rate}.").format(rate=loan_parts.rate_line(loan).rstrip(".")))
    if value.count_text:
        lines.append(_("Cách đếm ngày: {how}.").format(how=value.count_text.rstrip(".")))
    lines += loan_parts.cost_lines(loan, value.rows, value.fees, words)
    lines.append(_("Ngoài các khoản ghi trong hợp đồng này, người vay không phải trả thêm khoản nào."))
    return lines


def _late(value: LoanContract) -> list[str]:
    lines = []
    if value.loan.late_text:
        lines.append(_("Khi trả chậm: {rule}.").format(rule=value.loan.late_text.rstrip(".")))
    lines.append(
        _(
            "Người vay gặp khó khăn báo sớm cho tổ; hai bên cùng bàn việc trả dần hoặc gia hạn trước khi tính "
            "đến việc khác."
        )
    )
    lines.append(
        _(
            "Lãi trong hạn và lãi quá hạn theo Điều 466 và Điều 468 Bộ luật Dân sự; phần lãi suất vượt mức pháp "
            "luật cho phép không có hiệu lực."
        )
    )
    return lines


def _early(value: LoanContract) -> list[str]:
    if value.early_text:
        return [_("Người vay {rule}.").format(rule=value.early_text.rstrip("."))]
    return [_("Người vay được trả trước hạn sau khi báo cho tổ; số phải trả theo báo giá tất toán của tổ.")]


def _borrower_duties() -> list[str]:
    return [
        _("Dùng tiền đúng mục đích; trả gốc, lãi đủ và đúng lịch."),
        _("Được giữ một bản hợp đồng và lịch trả nợ, được xem sổ và hỏi số còn nợ bất cứ lúc nào."),
        _("Được đối xử tôn trọng; khi không đồng ý với số liệu, được yêu cầu tổ xem lại và trả lời."),
    ]


def _group_duties() -> list[str]:
    return [
        _("Giao đủ tiền đúng ngày; ghi sổ đúng và đưa phiếu thu mỗi lần nhận tiền."),
        _(
            "Được xem việc dùng vốn vay và nhắc lịch trả một cách tôn trọng; không đe dọa, không giữ giấy tờ tùy thân."
        ),
        _("Giữ kín thông tin riêng của người vay; chỉ dùng cho việc quản lý khoản vay này."),
    ]


def _guarantee(value: LoanContract, words: WordStyle) -> list[str]:
    lines = []
    for number, one in enumerate(value.guarantees, start=1):
        who = ", ".join(part for part in (one.person.name, one.person.code, one.person.address) if part)
        limit = (
            _("đến {amount} ({words})").format(
                amount=show_dong(one.amount), words=in_words(one.amount, words)
            )
            if one.amount
            else _("toàn bộ số nợ")
        )
        lines.append(_("{number}) {who}: bảo lãnh {limit}.").format(number=number, who=who, limit=limit))
    lines.append(
        _(
            "Khi người vay không trả được, người bảo lãnh trả thay trong mức trên, sau khi tổ đã báo và bàn với cả hai."
        )
    )
    return lines


def _general(value: LoanContract) -> list[str]:
    return [
        _("Mọi thay đổi phải được hai bên cùng ký. Có vướng mắc, hai bên hòa giải tại tổ trước."),
        _("Lịch trả nợ là phụ lục của hợp đồng. Hợp đồng có hiệu lực từ ngày ký đến khi trả hết nợ."),
        _(
            "Các bên đã đọc, hoặc đã nghe đọc lại, hiểu rõ và tự nguyện ký. Lập thành {count} bản như nhau."
        ).format(count=f"{value.copies:02d}"),
    ]


def _height(flow: Flow, paragraphs: Sequence[str]) -> float:
    """Return about how high an article becomes."""
    body = flow.edition.body
    lines = sum(len(wrap(text, body.face, body.size, flow.sheet.room)) for text in paragraphs)
    return (lines + 2.5) * body.leading


def _signing(flow: Flow, value: LoanContract, above: float) -> float:
    """Return the height of all signatures, of the first row only where a page cannot hold all."""
    highs = [row.first_height for row in _sign_rows(flow, value)]
    return sum(highs) if sum(highs) + above < flow.sheet.tall - 3 * flow.edition.body.leading else highs[0]


def _sign_rows(flow: Flow, value: LoanContract) -> list[signatures.Blocks]:
    """Return who signs: borrower and spouse, guarantors, then the group."""
    own = [loan_parts.signer(_("Người vay"), value.loan.borrower)]
    if value.spouse is not None:
        own.append(loan_parts.signer(_("Vợ (chồng)"), value.spouse))
    backing = [loan_parts.signer(_("Người bảo lãnh"), one.person) for one in value.guarantees]
    blocks = (own, backing, _group_side(value))
    return [row for block in blocks for row in papers.sign_rows(flow, block)]


def _group_side(value: LoanContract) -> list[Signer]:
    lender = value.lender
    return [
        Signer(_("Thủ quỹ"), lender.treasurer),
        Signer(_("Đại diện bên cho vay, {title}").format(title=loan_parts.chair_title(lender)), lender.chair),
    ]


def _annex(flow: Flow, value: LoanContract) -> None:
    """Set the schedule on a page of its own, signed again."""
    body = flow.edition.body
    flow.turn()
    flow.heading(
        _("Phụ lục: Lịch trả nợ kèm theo Hợp đồng vay vốn số {number}").format(
            number=loan_parts.loan_name(value.loan)
        )
    )
    for line in loan_parts.planned_line(value.planned_on):
        flow.write(line, body.italic)
    flow.gap(0.3 * body.leading)
    papers.draw_laid(flow, loan_parts.instalment_table(flow, value.rows, write=True))
    loan_parts.moved_notes(flow, value.rows)
    flow.gap(0.4 * body.leading)
    papers.sign(flow, [loan_parts.signer(_("Người vay"), value.loan.borrower), *_group_side(value)], most=4)


REPORT = Report("loan-contract", N_("Hợp đồng vay vốn"), LoanContract, render)

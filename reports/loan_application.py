"""Đơn đề nghị vay vốn: what a member asks for, what the household can bear, what the meeting decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports import loan_parts
from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.loan_form import Field, choices, dotted_line, form_line
from reports.loan_values import LoanPerson
from resources.lang.dates import show_day
from resources.lang.dong import WordStyle, in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class HouseholdMoney:
    """One source of income or one cost of the household, in đồng a month."""

    title: str
    monthly: int


@dataclass(frozen=True, slots=True)
class HouseholdDebt:
    """What the household owes elsewhere: to a bank, a shop, relatives; `monthly` is what is paid each month."""

    lender: str
    balance: int
    monthly: int = 0
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One named person who decided, and how ("Tổ trưởng", "đồng ý")."""

    name: str
    title: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class LoanDecision:
    """What the meeting or the named people decided. `approved` False carries the `reason`.

    A vote gives `members`, `present`, `in_favour`, `against`, `abstained`; named people give `voices`. `amount`
    and the texts are what was granted, where it differs from what was asked.
    """

    approved: bool
    day: date
    meeting: str = ""
    members: int = 0
    present: int = 0
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    voices: tuple[Voice, ...] = ()
    amount: int = 0
    term_text: str = ""
    rate_text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoanApplication:
    """Everything the application prints. What is empty becomes a dotted line to write on.

    `LoanApplication(organisation, group, mark)` alone is the blank form. `living_standard` is the household's
    class as certified ("Hộ cận nghèo"). `savings` (đồng) is what the member has put into the group. `dsr_text`
    says which part of the income goes into debts ("32 %, trong mức 40 %"). `spouse` signs to consent.
    """

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    number: str = ""
    day: date | None = None
    place: str = ""
    borrower: LoanPerson | None = None
    household_people: int = 0
    household_workers: int = 0
    living_standard: str = ""
    savings: int = 0
    amount: int = 0
    purpose: str = ""
    livelihood: str = ""
    term_text: str = ""
    rate_text: str = ""
    repayment_text: str = ""
    income: tuple[HouseholdMoney, ...] = ()
    costs: tuple[HouseholdMoney, ...] = ()
    debts: tuple[HouseholdDebt, ...] = ()
    dsr_text: str = ""
    guarantors: tuple[LoanPerson, ...] = ()
    spouse: LoanPerson | None = None
    decision: LoanDecision | None = None
    chair: str = ""
    secretary: str = ""
    large_print: bool = False


_UNDATED = N_("ngày ……… tháng ……… năm ………")


@in_its_language
def render(value: LoanApplication, options: PaperOptions = PLAIN) -> bytes:
    """Return the application, or the blank form, as a PDF."""
    who = value.borrower.name if value.borrower is not None else _("mẫu trống")
    frame = Frame(
        title=_("Đơn đề nghị vay vốn"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("Kính gửi: {group}").format(group=value.group.name),
        running=" · ".join(part for part in (who, value.number) if part),
        national=True,
        number_line=_("Số: {number}").format(number=value.number) if value.number else "",
        dated=_dated(value),
    )
    paper = papers.begin(frame, frame.running, options, large_print=value.large_print)
    flow = paper.flow
    _person(flow, value)
    _wish(flow, value, options.words)
    _household(flow, value)
    _debts(flow, value)
    _backing(flow, value)
    _promise(flow, value)
    _decision(flow, value, options.words)
    return paper.done()


def _dated(value: LoanApplication) -> str:
    """Return place and date of the application, with room to write them where they are not known."""
    place = value.place or ("" if value.day else "………………")
    if value.day is not None:
        return papers.dated(place, value.day)
    return f"{place}, {_(_UNDATED)}"


def _person(flow: Flow, value: LoanApplication) -> None:
    """Say who asks and who lives in the household."""
    person = value.borrower
    people, workers = value.household_people, value.household_workers
    flow.section(_("1. Người đề nghị vay"), gap=0.45)
    form_line(
        flow,
        Field(_("Họ và tên:"), person.name if person else "", 1.7),
        Field(_("Ngày sinh:"), person.born if person else ""),
    )
    form_line(
        flow,
        Field(_("Số định danh:"), person.citizen_number if person else "", 1.7),
        Field(_("Điện thoại:"), person.phone if person else ""),
    )
    form_line(
        flow,
        Field(_("Địa chỉ:"), person.address if person else "", 1.7),
        Field(_("Mã thành viên:"), person.code if person else ""),
    )
    form_line(
        flow,
        Field(_("Số người trong hộ:"), show_number(people) if people else ""),
        Field(_("Người có thu nhập:"), show_number(workers) if workers else ""),
    )
    form_line(
        flow,
        Field(_("Mức sống của hộ:"), value.living_standard),
        Field(_("Tiền đang gửi ở tổ:"), show_dong(value.savings) if value.savings else ""),
    )


def _wish(flow: Flow, value: LoanApplication, words: WordStyle) -> None:
    """Say how much is asked for what, and how it will be repaid."""
    flow.section(_("2. Nội dung đề nghị"), gap=0.45)
    form_line(flow, Field(_("Số tiền đề nghị vay:"), show_dong(value.amount) if value.amount else ""))
    form_line(flow, Field(_("Bằng chữ:"), in_words(value.amount, words) if value.amount else ""))
    form_line(flow, Field(_("Dùng vào việc:"), value.purpose))
    form_line(flow, Field(_("Việc làm ăn gắn với khoản vay:"), value.livelihood))
    form_line(flow, Field(_("Thời hạn vay:"), value.term_text), Field(_("Lãi suất:"), value.rate_text, 1.4))
    form_line(flow, Field(_("Cách trả nợ:"), value.repayment_text))


def _household(flow: Flow, value: LoanApplication) -> None:
    """Draw income and costs of the household beside each other, with what is left each month."""
    flow.section(_("3. Thu nhập, chi phí và nợ của hộ"), 5, gap=0.45)
    known = value.income or value.costs
    lines = max(len(value.income), len(value.costs)) if known else 4
    columns = [
        Column(_("Thu nhập mỗi tháng"), "text", 90),
        Column(_("Số tiền (đồng)"), "money", 66),
        Column(_("Chi phí mỗi tháng"), "text", 90),
        Column(_("Số tiền (đồng)"), "money", 66),
    ]
    rows = [Row((*_cells(value.income, place), *_cells(value.costs, place))) for place in range(lines)]
    earned, spent = sum(one.monthly for one in value.income), sum(one.monthly for one in value.costs)
    sums = (amount(earned), _("Cộng"), amount(spent)) if known else ("", _("Cộng"), "")
    rows.append(Row((_("Cộng"), *sums), bold=True, shade=True, keep=True))
    draw(flow, columns, rows, Look(grid=True, row_height=0 if known else 19))
    if known:
        flow.gap(0.25 * flow.edition.body.leading)
        paid = sum(one.monthly for one in value.debts)
        left = earned - spent - paid
        flow.write(
            _("Còn lại mỗi tháng sau chi phí và trả nợ nơi khác: {amount}.").format(amount=show_dong(left))
        )


def _cells(lines: Sequence[HouseholdMoney], place: int) -> tuple[str, str]:
    return (lines[place].title, amount(lines[place].monthly)) if place < len(lines) else ("", "")


def _debts(flow: Flow, value: LoanApplication) -> None:
    """Draw what the household owes elsewhere, or room to write it."""
    body = flow.edition.body
    flow.gap(0.4 * body.leading)
    if not value.debts and (value.income or value.costs):
        flow.write(_("Hộ không có khoản nợ nào khác, kể cả ngoài tổ."))
        return
    columns = [
        Column(_("Đang nợ ai, ở đâu"), "text", 100),
        Column(_("Vay để làm gì"), "text", 80),
        Column(_("Còn nợ (đồng)"), "money", 66),
        Column(_("Trả mỗi tháng"), "money", 66),
    ]
    known = bool(value.debts)
    rows = [Row((one.lender, one.purpose, amount(one.balance), amount(one.monthly))) for one in value.debts]
    if known:
        balance, monthly = sum(one.balance for one in value.debts), sum(one.monthly for one in value.debts)
        rows.append(Row((_("Cộng"), "", amount(balance), amount(monthly)), True, True, True))
    else:
        rows = [Row(("",) * 4)] * 3
    look = Look(_("Nợ đang có, cả trong và ngoài tổ"), grid=True, row_height=0 if known else 19)
    draw(flow, columns, rows, look)
    if value.dsr_text:
        flow.gap(0.25 * body.leading)
        flow.write(_("Trả nợ mỗi tháng chiếm {share}.").format(share=value.dsr_text))


def _backing(flow: Flow, value: LoanApplication) -> None:
    """Name the guarantors, or leave lines for two of them."""
    flow.section(_("4. Người bảo lãnh"), gap=0.45)
    for number in range(max(len(value.guarantors), 0 if value.borrower else 2)):
        one = value.guarantors[number] if number < len(value.guarantors) else None
        name = ", ".join(part for part in (one.name, one.code) if part) if one else ""
        form_line(
            flow,
            Field(_("{number}. Họ và tên:").format(number=number + 1), name, 1.5),
            Field(_("Địa chỉ:"), one.address if one else "", 1.5),
        )
    if value.borrower and not value.guarantors:
        flow.write(_("Không có người bảo lãnh."))


def _promise(flow: Flow, value: LoanApplication) -> None:
    """Let borrower, spouse and guarantors sign what they promise."""
    body = flow.edition.body
    signers = [
        loan_parts.signer(_("Người đề nghị"), value.borrower),
        loan_parts.signer(_("Vợ (chồng)"), value.spouse),
        *(loan_parts.signer(_("Người bảo lãnh"), one) for one in value.guarantors),
    ]
    if value.borrower is None:
        signers.append(Signer(_("Người bảo lãnh")))
    rows = papers.sign_rows(flow, signers, _dated(value), most=4)
    flow.gap(0.45 * body.leading)
    flow.need(4 * body.leading + rows[0].first_height)
    flow.write(
        _(
            "Tôi cam kết những điều khai trên là đúng, dùng tiền vay đúng mục đích và trả đủ gốc, lãi đúng lịch. "
            "Vợ (chồng) và người bảo lãnh ký dưới đây đã biết và đồng ý với đề nghị này."
        )
    )
    for row in rows:
        row.draw()


def _decision(flow: Flow, value: LoanApplication, words: WordStyle) -> None:
    """Say what was decided, by vote or by named people, or leave room to write it; chair and secretary sign."""
    decision, body = value.decision, flow.edition.body
    signers = [Signer(_("Thư ký"), value.secretary), Signer(_("Tổ trưởng"), value.chair)]
    rows = papers.sign_rows(flow, signers)
    flow.gap(0.6 * body.leading)
    flow.section(_("5. Quyết định của tổ"), 9 + rows[0].first_height / body.leading, gap=0.45)
    day = show_day(decision.day) if decision else ""
    if decision is None or decision.meeting:
        form_line(
            flow, Field(_("Kỳ họp số:"), decision.meeting if decision else ""), Field(_("Ngày:"), day, 2)
        )
    else:
        form_line(flow, Field(_("Ngày:"), day))
    if decision is None or decision.members or decision.present:
        _vote(flow, decision)
    if decision is not None:
        for voice in decision.voices:
            who = f"{voice.name} ({voice.title})" if voice.title else voice.name
            form_line(flow, Field(_("{name}:").format(name=who), voice.verdict))
    flow.gap(0.2 * body.leading)
    choices(
        flow,
        [
            (_("Đồng ý cho vay"), decision is not None and decision.approved),
            (_("Chưa đồng ý"), decision is not None and not decision.approved),
        ],
    )
    _granted(flow, decision, words)
    for row in rows:
        row.draw()


def _vote(flow: Flow, decision: LoanDecision | None) -> None:
    """Say how many were there and how they voted."""
    present = ""
    if decision is not None:
        present = f"{decision.present}/{decision.members}" if decision.members else str(decision.present)
    counts = (decision.in_favour, decision.against, decision.abstained) if decision else ()
    shown = [str(one) for one in counts] or ["", "", ""]
    form_line(flow, Field(_("Số người có mặt:"), present))
    form_line(
        flow,
        Field(_("Đồng ý:"), shown[0]),
        Field(_("Không đồng ý:"), shown[1], 1.2),
        Field(_("Không ý kiến:"), shown[2], 1.2),
    )


def _granted(flow: Flow, decision: LoanDecision | None, words: WordStyle) -> None:
    """Say what was granted, or why nothing was."""
    if decision is None or decision.approved:
        money = decision.amount if decision else 0
        form_line(flow, Field(_("Số tiền cho vay:"), show_dong(money) if money else ""))
        form_line(flow, Field(_("Bằng chữ:"), in_words(money, words) if money else ""))
        form_line(
            flow,
            Field(_("Thời hạn:"), decision.term_text if decision else ""),
            Field(_("Lãi suất:"), decision.rate_text if decision else "", 1.4),
        )
    if decision is None or not decision.approved or decision.reason:
        form_line(flow, Field(_("Lý do, ý kiến khác:"), decision.reason if decision else ""))
        if decision is None:
            dotted_line(flow)


REPORT = Report("loan-application", N_("Đơn đề nghị vay vốn"), LoanApplication, render)

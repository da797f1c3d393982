"""Biên bản bàn giao số dư đầu: what a group brings from its paper books, both sides, person by person, for signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import in_words, show_number
from resources.lang.messages import N_, _

Side = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OpeningMember:
    """A member's line, in đồng; `units` are shares."""

    code: str
    name: str
    savings: int = 0
    compulsory: int = 0
    units: int = 0
    shares: int = 0
    social: int = 0
    fines: int = 0


@dataclass(frozen=True, slots=True)
class OpeningDebt:
    """A running loan, of a member or to the group: balance in đồng, payments left, the next one, the rate in words."""

    name: str
    contract: str
    balance: int
    payments: int
    next_due: date | None
    rate: str


@dataclass(frozen=True, slots=True)
class OpeningMinutes:
    """Everything the minutes print. `has` and `owes` are the two sides: (account, đồng). `draft`: not posted yet."""

    organisation: Organisation
    group: GroupBlock
    day: date
    has: Side
    owes: Side
    members: tuple[OpeningMember, ...]
    loans: tuple[OpeningDebt, ...]
    lenders: tuple[OpeningDebt, ...]
    sources: tuple[tuple[str, str, int], ...]
    mark: PrintMark
    handed_by: str = ""
    received_by: str = ""
    treasurer: str = ""
    leader: str = ""
    place: str = ""
    draft: bool = False
    large_print: bool = False

    @property
    def total(self) -> int:
        """Return what the group has."""
        return sum(sum_ for _name, sum_ in self.has)


@in_its_language
def render(value: OpeningMinutes, options: PaperOptions = PLAIN) -> bytes:
    """Return the minutes as a PDF."""
    title = _("Biên bản bàn giao số dư đầu")
    frame = Frame(
        title=title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("Số dư cuối {day}").format(day=show_day_long(value.day))
        + (" · " + _("Bản dự thảo, chưa ghi sổ") if value.draft else ""),
        running=group_name(value.group),
        national=True,
        dated=papers.dated(value.place, value.day),
    )
    paper = papers.begin(frame, group_name(value.group), options, large_print=value.large_print)
    flow = paper.flow
    flow.write(
        _(
            "Bên giao và bên nhận đã đối chiếu sổ giấy của {group} với từng thành viên và thống nhất số dư "
            "dưới đây để ghi tiếp bằng sổ máy."
        ).format(group=value.group.name)
    )
    _sides(flow, value, options)
    _members(flow, value)
    _debts(flow, _("Khoản vay đang còn của thành viên (đồng)"), value.loans, _("Người vay"))
    _debts(flow, _("Nợ bên cho vay (đồng)"), value.lenders, _("Bên cho vay"))
    _sources(flow, value)
    _ending(flow, value)
    return paper.done()


def _sides(flow: Flow, value: OpeningMinutes, options: PaperOptions) -> None:
    body = flow.edition.body
    columns = [
        Column(_("Nhóm có"), "text", 100),
        Column(_("Số tiền"), "money", 70),
        Column(_("Nguồn hình thành"), "text", 100),
        Column(_("Số tiền"), "money", 70),
    ]
    left = [one for one in value.has if one[1]]
    right = [one for one in value.owes if one[1]]
    rows = []
    for place in range(max(len(left), len(right))):
        has = left[place] if place < len(left) else ("", None)
        owes = right[place] if place < len(right) else ("", None)
        rows.append(
            Row(
                (
                    has[0],
                    "" if has[1] is None else amount(has[1]),
                    owes[0],
                    "" if owes[1] is None else amount(owes[1]),
                )
            )
        )
    owed = sum(sum_ for _name, sum_ in value.owes)
    total = (_("Cộng"), show_number(value.total), _("Cộng"), show_number(owed))
    rows.append(Row(total, bold=True, shade=True, keep=True))
    flow.gap(0.4 * body.leading)
    draw(flow, columns, rows, Look(_("Bảng cân đối (đồng)"), grid=True))
    flow.write(
        _("Tổng tài sản bằng chữ: {words}.").format(words=in_words(value.total, options.words)), body.italic
    )


_MEMBER_COLUMNS: tuple[tuple[str, str], ...] = (
    ("savings", N_("Tiết kiệm tự nguyện")),
    ("compulsory", N_("Tiết kiệm bắt buộc")),
    ("units", N_("Số cổ phần")),
    ("shares", N_("Tiền cổ phần")),
    ("social", N_("Quỹ xã hội")),
    ("fines", N_("Nợ phạt")),
)


def _members(flow: Flow, value: OpeningMinutes) -> None:
    """Draw the members with what stands to their name; columns that nobody has are left out."""
    if not value.members:
        return
    shown = [
        (name, title) for name, title in _MEMBER_COLUMNS if any(getattr(one, name) for one in value.members)
    ]
    columns = [Column(_("STT"), "centre", 18, key=True), Column(_("Họ và tên"), "text", 90, key=True)]
    columns += [Column(_(title), "money", 46) for _name, title in shown]
    columns.append(Column(_("Ký xác nhận"), "write", 60))
    rows = [
        Row(
            (
                str(place),
                f"{one.name} ({one.code})",
                *(amount(getattr(one, name)) for name, _title in shown),
                "",
            )
        )
        for place, one in enumerate(value.members, 1)
    ]
    sums = (amount(sum(getattr(one, name) for one in value.members)) for name, _title in shown)
    rows.append(Row(("", _("Cộng"), *sums, ""), bold=True, shade=True, keep=True))
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(_("Số dư của từng thành viên (đồng)"), grid=True, row_height=20))


def _debts(flow: Flow, caption: str, debts: tuple[OpeningDebt, ...], who: str) -> None:
    if not debts:
        return
    columns = [
        Column(who, "text", 90, key=True),
        Column(_("Số khế ước"), "text", 54),
        Column(_("Dư nợ còn lại"), "money", 62),
        Column(_("Số kỳ còn lại"), "money", 40),
        Column(_("Kỳ trả tới"), "tight", 54),
        Column(_("Lãi suất"), "text", 60),
    ]
    rows = [
        Row(
            (
                debt.name,
                debt.contract,
                amount(debt.balance),
                show_number(debt.payments),
                show_day(debt.next_due) if debt.next_due else "",
                debt.rate,
            )
        )
        for debt in debts
    ]
    total = ("", _("Cộng"), show_number(sum(debt.balance for debt in debts)), "", "", "")
    rows.append(Row(total, bold=True, shade=True, keep=True))
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(caption, grid=True))


def _sources(flow: Flow, value: OpeningMinutes) -> None:
    if not value.sources:
        return
    columns = [
        Column(_("Nguồn vốn"), "text", 120),
        Column(_("Loại, văn bản thỏa thuận"), "text", 120),
        Column(_("Số dư"), "money", 70),
    ]
    rows = [Row((funder, kind, amount(sum_))) for funder, kind, sum_ in value.sources]
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(_("Vốn bên ngoài, vốn tài trợ (đồng)"), grid=True))


def _ending(flow: Flow, value: OpeningMinutes) -> None:
    """Close the minutes; the last sentence stands on the page of the signatures."""
    leading = flow.edition.body.leading
    signers = [
        Signer(_("Bên giao"), value.handed_by),
        Signer(_("Bên nhận"), value.received_by),
        Signer(_("Thủ quỹ"), value.treasurer),
        Signer(_("Tổ trưởng"), value.leader),
    ]
    rows = papers.sign_rows(flow, signers, most=4)
    flow.need(2.4 * leading + rows[0].first_height)
    flow.gap(0.4 * leading)
    flow.write(_("Biên bản lập thành 02 bản, mỗi bên giữ 01 bản; sổ giấy được lưu cùng biên bản này./."))
    for blocks in rows:
        blocks.draw()


REPORT = Report("opening-balances", N_("Biên bản bàn giao số dư đầu"), OpeningMinutes, render)

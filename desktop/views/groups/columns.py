"""The columns of the tables about groups, as data."""

from __future__ import annotations

from desktop.models.kinds import CycleState, MeetingState
from desktop.models.rules.constitution import Rules
from desktop.services.facts import CycleFacts
from desktop.services.groups import OfficeRow, PastMembership
from desktop.services.meetings import MeetingRow
from desktop.services.periods import Closing
from desktop.services.standing import GroupLine, MemberLine
from desktop.services.vouchers import VoucherRow
from desktop.views.kit.columns import Column, State
from resources import places
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import N_, _


def commune_name(code: str | None) -> str:
    """Return a commune's name with its kind, nothing for none."""
    unit = places.commune(code) if code else None
    return unit.full_name if unit is not None else ""


def _next(line: GroupLine) -> State | None:
    if line.row.closed is not None:
        return State(_("Đã giải thể"), "muted")
    if line.next_meeting is None:
        return None
    return State(show_day(line.next_meeting), "warn" if line.late else "")


GROUPS = [
    Column[GroupLine]("code", N_("Mã"), lambda line: line.row.code, width=9),
    Column[GroupLine]("name", N_("Tên nhóm"), lambda line: line.row.name, width=30, stretch=True),
    Column[GroupLine]("kind", N_("Loại nhóm"), lambda line: line.row.kind.title, width=27, sortable=False),
    Column[GroupLine](
        "commune",
        N_("Xã, phường"),
        lambda line: commune_name(line.row.commune_code),
        width=18,
        sortable=False,
    ),
    Column[GroupLine](
        "hamlet", N_("Thôn, ấp"), lambda line: line.row.hamlet, width=14, sortable=False, hidden=True
    ),
    Column[GroupLine](
        "members", N_("Số người"), lambda line: line.row.members, "number", width=10, sortable=False
    ),
    Column[GroupLine](
        "next",
        N_("Họp kỳ tới"),
        _next,
        "state",
        width=15,
        sortable=False,
        note=N_("Màu vàng: ngày họp đã qua mà chưa ghi sổ"),
    ),
    Column[GroupLine]("cash", N_("Tiền mặt (₫)"), lambda line: line.cash, "money", width=14, sortable=False),
    Column[GroupLine](
        "social",
        N_("Quỹ xã hội (₫)"),
        lambda line: line.social_cash,
        "money",
        width=14,
        sortable=False,
        hidden=True,
    ),
    Column[GroupLine](
        "bank", N_("Ngân hàng (₫)"), lambda line: line.bank, "money", width=14, sortable=False, hidden=True
    ),
]

MEMBERS = [
    Column[MemberLine](
        "position", N_("TT"), lambda line: line.member.position, "number", width=5, sortable=False
    ),
    Column[MemberLine]("code", N_("Mã"), lambda line: line.member.code, width=10, sortable=False),
    Column[MemberLine](
        "name", N_("Họ và tên"), lambda line: line.member.full_name, width=26, stretch=True, sortable=False
    ),
    Column[MemberLine](
        "joined",
        N_("Vào nhóm"),
        lambda line: line.member.joined,
        "day",
        width=11,
        sortable=False,
        hidden=True,
    ),
    Column[MemberLine](
        "units", N_("Cổ phần"), lambda line: line.share_units, "number", width=8, sortable=False
    ),
    Column[MemberLine](
        "shares", N_("Vốn cổ phần (₫)"), lambda line: line.shares, "money", width=15, sortable=False
    ),
    Column[MemberLine](
        "compulsory", N_("Bắt buộc (₫)"), lambda line: line.compulsory, "money", width=13, sortable=False
    ),
    Column[MemberLine](
        "savings", N_("Tự nguyện (₫)"), lambda line: line.savings, "money", width=13, sortable=False
    ),
    Column[MemberLine]("owned", N_("Cộng (₫)"), lambda line: line.owned, "money", width=14, sortable=False),
    Column[MemberLine]("lent", N_("Đang vay (₫)"), lambda line: line.lent, "money", width=13, sortable=False),
    Column[MemberLine](
        "overdue",
        N_("Quá hạn (₫)"),
        lambda line: line.overdue,
        "money",
        width=12,
        sortable=False,
        hidden=True,
    ),
    Column[MemberLine](
        "fines", N_("Nợ phạt (₫)"), lambda line: line.fines, "money", width=12, sortable=False
    ),
]

PAST_MEMBERS = [
    Column[PastMembership]("code", N_("Mã"), lambda row: row.code, width=10),
    Column[PastMembership]("name", N_("Họ và tên"), lambda row: row.full_name, width=28),
    Column[PastMembership]("joined", N_("Vào nhóm"), lambda row: row.joined, "day", width=11),
    Column[PastMembership]("left", N_("Rời nhóm"), lambda row: row.left, "day", width=11),
    Column[PastMembership]("reason", N_("Lý do"), lambda row: row.reason, stretch=True),
]


def _meeting_state(row: MeetingRow) -> State:
    if row.state is MeetingState.REVERSED:
        return State(row.state.title, "muted")
    if row.corrections:
        return State(_("Đã sửa {n} lần").format(n=row.corrections), "warn")
    return State(row.state.title, "good")


MEETINGS = [
    Column[MeetingRow]("number", N_("Kỳ họp"), lambda row: row.number, "number", width=7),
    Column[MeetingRow]("day", N_("Ngày"), lambda row: row.day, "day", width=11),
    Column[MeetingRow](
        "present", N_("Dự họp"), lambda row: f"{row.present}/{row.members}", width=9, sortable=False
    ),
    Column[MeetingRow]("cash_in", N_("Thu (₫)"), lambda row: row.cash_in, "money", width=14),
    Column[MeetingRow]("cash_out", N_("Chi (₫)"), lambda row: row.cash_out, "money", width=14),
    Column[MeetingRow]("difference", N_("Lệch quỹ (₫)"), lambda row: row.difference, "money", width=13),
    Column[MeetingRow]("state", N_("Tình trạng"), _meeting_state, "state", width=22),
    Column[MeetingRow]("by", N_("Người ghi"), lambda row: row.recorded_by, stretch=True),
]

OFFICES = [
    Column[OfficeRow]("office", N_("Chức vụ"), lambda row: row.office.title, width=20),
    Column[OfficeRow]("name", N_("Họ và tên"), lambda row: row.full_name, width=26, stretch=True),
    Column[OfficeRow]("code", N_("Mã"), lambda row: row.code, width=10),
    Column[OfficeRow]("since", N_("Từ ngày"), lambda row: row.since, "day", width=12),
    Column[OfficeRow]("until", N_("Đến hết ngày"), lambda row: row.until, "day", width=13),
    Column[OfficeRow](
        "state",
        N_("Tình trạng"),
        lambda row: State(_("Đang giữ"), "good") if row.until is None else State(_("Đã thôi"), "muted"),
        "state",
        width=12,
    ),
]


def _cycle_state(row: CycleFacts) -> State:
    return State(row.state.title, "good" if row.state is CycleState.OPEN else "muted")


CYCLES = [
    Column[CycleFacts]("number", N_("Chu kỳ"), lambda row: row.number, "number", width=8),
    Column[CycleFacts]("starts", N_("Bắt đầu"), lambda row: row.starts, "day", width=13),
    Column[CycleFacts]("ends", N_("Kết thúc"), lambda row: row.ends, "day", width=13),
    Column[CycleFacts]("state", N_("Trạng thái"), _cycle_state, "state", stretch=True),
]

CLOSINGS = [
    Column[Closing]("at", N_("Lúc"), lambda row: row.at, "instant", width=17),
    Column[Closing](
        "through",
        N_("Sổ khóa đến hết ngày"),
        lambda row: show_day(row.through) if row.through is not None else _("mở toàn bộ"),
        width=18,
    ),
    Column[Closing]("reason", N_("Lý do"), lambda row: row.reason, stretch=True),
    Column[Closing]("by", N_("Người ghi"), lambda row: row.by, width=18, hidden=True),
]


def rule_money(rules: Rules) -> str:
    """Return what a constitution asks of a member at each meeting, in short."""
    parts = []
    if rules.has_shares:
        parts.append(
            _("cổ phần {value} ₫ ({least}–{most})").format(
                value=show_number(rules.share_value), least=rules.shares_min, most=rules.shares_max
            )
        )
    if rules.compulsory_saving:
        parts.append(_("bắt buộc {value} ₫").format(value=show_number(rules.compulsory_saving)))
    if rules.social_contribution:
        parts.append(_("quỹ xã hội {value} ₫").format(value=show_number(rules.social_contribution)))
    return "; ".join(parts)


VOUCHERS = [
    Column[VoucherRow]("day", N_("Ngày"), lambda row: row.day, "day", width=11, sortable=False),
    Column[VoucherRow]("number", N_("Số"), lambda row: row.number, width=14, sortable=False),
    Column[VoucherRow](
        "meeting", N_("Kỳ họp"), lambda row: row.meeting_number, "number", width=7, sortable=False
    ),
    Column[VoucherRow]("member", N_("Người nộp, nhận"), lambda row: row.member, width=24, sortable=False),
    Column[VoucherRow]("text", N_("Diễn giải"), lambda row: row.text, width=26, stretch=True, sortable=False),
    Column[VoucherRow]("paid_in", N_("Thu (₫)"), lambda row: row.paid_in, "money", width=13, sortable=False),
    Column[VoucherRow](
        "paid_out", N_("Chi (₫)"), lambda row: row.paid_out, "money", width=13, sortable=False
    ),
    Column[VoucherRow](
        "state",
        N_("Tình trạng"),
        lambda row: (
            State(_("Bút toán đảo"), "warn")
            if row.reversal
            else (State(_("Đã đảo"), "muted") if row.reversed else None)
        ),
        "state",
        width=14,
        sortable=False,
    ),
]

"""The columns of the tables about people, as data."""

from __future__ import annotations

from datetime import date

from desktop.models.kinds import MemberStatus
from desktop.services.households import HouseholdPerson, HouseholdRow
from desktop.services.member_lists import MemberGroup
from desktop.services.members import MemberRow
from desktop.services.movements import Move
from desktop.services.standing import MemberAccount, PaperRow
from desktop.views.kit.columns import Column, State
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def born(birth_date: date | None, birth_year: int | None) -> str:
    """Return a birth as far as it is known."""
    if birth_date is not None:
        return show_day(birth_date)
    return "" if birth_year is None else str(birth_year)


def status(value: MemberStatus) -> State:
    """Return where a person stands."""
    return State(value.title, "good" if value is MemberStatus.ACTIVE else "muted")


MEMBERS = [
    Column[MemberRow]("code", N_("Mã"), lambda row: row.code, width=10),
    Column[MemberRow]("name", N_("Họ và tên"), lambda row: row.full_name, width=26, stretch=True),
    Column[MemberRow]("sex", N_("Giới tính"), lambda row: row.sex.title, width=9, sortable=False),
    Column[MemberRow]("birth", N_("Sinh"), lambda row: born(row.birth_date, row.birth_year), width=11),
    Column[MemberRow]("phone", N_("Điện thoại"), lambda row: row.phone, width=13, sortable=False),
    Column[MemberRow]("hamlet", N_("Thôn, ấp"), lambda row: row.hamlet, width=14, sortable=False),
    Column[MemberRow]("groups", N_("Nhóm"), lambda row: ", ".join(row.groups), width=13, sortable=False),
    Column[MemberRow](
        "status",
        N_("Tình trạng"),
        lambda row: status(row.status),
        "state",
        width=16,
        sortable=False,
        hidden=True,
    ),
    Column[MemberRow](
        "citizen", N_("Số định danh"), lambda row: row.citizen_number, width=15, sortable=False, hidden=True
    ),
    Column[MemberRow](
        "household", N_("Hộ"), lambda row: row.household_code, width=10, sortable=False, hidden=True
    ),
    Column[MemberRow]("joined", N_("Tham gia"), lambda row: row.joined, "day", width=11, hidden=True),
    Column[MemberRow](
        "left", N_("Ngày rời"), lambda row: row.left, "day", width=11, sortable=False, hidden=True
    ),
    Column[MemberRow](
        "large", N_("Chữ lớn"), lambda row: row.large_print, "check", width=8, sortable=False, hidden=True
    ),
]

ACCOUNTS = [
    Column[MemberAccount](
        "group", N_("Nhóm"), lambda row: f"{row.group_code} {row.group_name}", width=28, stretch=True
    ),
    Column[MemberAccount]("account", N_("Tài khoản"), lambda row: row.name, width=24),
    Column[MemberAccount]("units", N_("Cổ phần"), lambda row: row.units or None, "number", width=9),
    Column[MemberAccount]("amount", N_("Số dư (₫)"), lambda row: row.amount, "money", width=16, zero=True),
    Column[MemberAccount](
        "interest",
        N_("Lãi đến nay, chưa nhập (₫)"),
        lambda row: row.interest,
        "money",
        width=24,
        note=N_("Lãi tiết kiệm tính đến hôm nay; được nhập vào tiền gửi khi nhóm nhập lãi"),
    ),
]

MOVES = [
    Column[Move]("day", N_("Ngày"), lambda row: row.day, "day", width=11),
    Column[Move]("number", N_("Chứng từ"), lambda row: row.number, width=15),
    Column[Move]("meeting", N_("Kỳ họp"), lambda row: row.meeting_number, "number", width=8),
    Column[Move]("text", N_("Diễn giải"), lambda row: row.text, width=26, stretch=True),
    Column[Move]("in", N_("Tăng (₫)"), lambda row: max(row.amount, 0), "money", width=14),
    Column[Move]("out", N_("Giảm (₫)"), lambda row: max(-row.amount, 0), "money", width=14),
    Column[Move]("balance", N_("Số dư (₫)"), lambda row: row.balance, "money", width=15, zero=True),
    Column[Move](
        "undone",
        N_("Tình trạng"),
        lambda row: State(_("Đã đảo"), "muted") if row.undone else None,
        "state",
        width=11,
    ),
]

GROUPS = [
    Column[MemberGroup]("code", N_("Mã"), lambda row: row.code, width=9),
    Column[MemberGroup]("name", N_("Tên nhóm"), lambda row: row.name, stretch=True),
    Column[MemberGroup]("position", N_("Thứ tự"), lambda row: row.position, "number", width=8),
    Column[MemberGroup](
        "offices", N_("Chức vụ"), lambda row: ", ".join(office.title for office in row.offices), width=20
    ),
    Column[MemberGroup]("joined", N_("Vào nhóm"), lambda row: row.joined, "day", width=11),
    Column[MemberGroup]("left", N_("Rời nhóm"), lambda row: row.left, "day", width=11),
    Column[MemberGroup]("reason", N_("Lý do"), lambda row: row.reason, width=20),
]

PAPERS = [
    Column[PaperRow]("at", N_("In lúc"), lambda row: row.printed_at, "instant", width=17),
    Column[PaperRow]("title", N_("Giấy"), lambda row: row.title, stretch=True),
    Column[PaperRow]("number", N_("Số"), lambda row: row.number, width=18),
    Column[PaperRow]("copy", N_("Bản in thứ"), lambda row: row.copy, "number", width=10),
    Column[PaperRow]("starts", N_("Từ ngày"), lambda row: row.starts, "day", width=11),
    Column[PaperRow]("ends", N_("Đến ngày"), lambda row: row.ends, "day", width=11),
    Column[PaperRow]("balance", N_("Số dư (₫)"), lambda row: row.balance, "money", width=14, zero=True),
    Column[PaperRow]("by", N_("Người in"), lambda row: row.printed_by, width=18),
]

PEOPLE = [
    Column[HouseholdPerson]("code", N_("Mã"), lambda row: row.code, width=10),
    Column[HouseholdPerson]("name", N_("Họ và tên"), lambda row: row.full_name, width=24, stretch=True),
    Column[HouseholdPerson]("sex", N_("Giới tính"), lambda row: row.sex.title, width=9),
    Column[HouseholdPerson]("birth", N_("Sinh"), lambda row: born(row.birth_date, row.birth_year), width=11),
    Column[HouseholdPerson](
        "head",
        N_("Trong hộ"),
        lambda row: State(_("Chủ hộ"), "good") if row.is_head else None,
        "state",
        width=12,
    ),
    Column[HouseholdPerson]("status", N_("Tình trạng"), lambda row: status(row.status), "state", width=16),
]


def _head_or_someone(row: HouseholdRow) -> str:
    """Return the head, or who else is known of a household whose head was not recorded."""
    if row.head or not row.someone:
        return row.head
    return _("{name} (chưa ghi chủ hộ)").format(name=row.someone)


HOUSEHOLDS = [
    Column[HouseholdRow]("code", N_("Mã hộ"), lambda row: row.code, width=12),
    Column[HouseholdRow]("head", N_("Chủ hộ"), _head_or_someone, width=28),
    Column[HouseholdRow]("hamlet", N_("Thôn, ấp"), lambda row: row.address.hamlet, width=16),
    Column[HouseholdRow](
        "address", N_("Địa chỉ"), lambda row: row.address.show(), stretch=True, sortable=False
    ),
    Column[HouseholdRow](
        "people", N_("Số người"), lambda row: row.people, "number", width=10, sortable=False
    ),
]

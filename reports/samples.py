"""Believable values for every paper: for previews without a book, for tests, for measuring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reports.blank_sheet import BlankRow, BlankSheet
from reports.cash_book import CashBook, CashLine
from reports.kit.values import CashCount, GroupBlock, Organisation, PrintMark, Signer
from reports.meeting_minutes import AttendanceCount, Attendee, FundBalance, MeetingMinutes, MoneyColumn
from reports.member_list import ListedMember, ListPurpose, MemberList
from reports.member_statement import MemberStatement, Movement, Section, StatementAccount, StatementMember
from reports.receipt import Receipt, ReceiptKind, Receipts
from reports.trial_balance import TrialBalance, TrialRow
from resources.lang.dong import NOTES

ORGANISATION = Organisation(
    "Hội Liên hiệp Phụ nữ xã Tân Hưng",
    "Ấp Chợ, xã Tân Hưng, tỉnh Đồng Tháp",
    superior="Hội Liên hiệp Phụ nữ tỉnh Đồng Tháp",
    phone="0277 3 812 345",
)
GROUP = GroupBlock("N-01", "Tổ tiết kiệm Sen Hồng", "xã Tân Hưng, tỉnh Đồng Tháp", "ấp Bình Phú")
PRINTED = datetime(2026, 4, 2, 7, 35, tzinfo=UTC)

NAMES = (
    "Nguyễn Thị Hòa", "Trần Thị Ánh Tuyết", "Lê Văn Ân", "Phạm Thị Mỹ Duyên", "Huỳnh Văn Đức",
    "Thạch Thị Sa Rương", "Võ Thị Kim Ngân", "Đặng Thị Bích Ngọc", "Bùi Văn Út", "Trương Thị Ngọc Ẩn",
    "Hồ Thị Cẩm Giang", "Ngô Thị Thu Hường", "Dương Văn Khánh", "Lý Thị Mộng Thúy", "Phan Thị Diễm My",
    "Đỗ Thị Lan", "Mai Văn Nhựt", "Cao Thị Ôn", "Kim Thị Sóc Kha", "Lâm Thị Quế",
    "Châu Thị Yến Nhi", "Tô Văn Sửu", "Hà Thị Thơm", "Nguyễn Thị Xuân", "Quách Thị Ý",
)  # fmt: skip


def mark(number: str = "", count: int = 1, qr: str = "") -> PrintMark:
    """Return a print mark as the book would give it."""
    return PrintMark(
        PRINTED,
        "Trần Thị Mai",
        number,
        count if number else 0,
        qr,
        "7K3M-9QFD" if qr else "",
        "1.284" if qr else "",
    )


def statement(index: int = 0, *, meetings: int = 12, large_print: bool = False) -> MemberStatement:
    """Return the statement of one member of the sample group over `meetings` monthly meetings."""
    name = NAMES[index % len(NAMES)]
    number = f"SK-2026-{index + 1:06d}"
    first = date(2025, 4, 6)
    days = [first + timedelta(days=30 * turn) for turn in range(meetings)]
    accounts = (
        _savings(index, days), _voluntary(index, days), _shares(index, days), *_paid(index, days),
    )  # fmt: skip
    return MemberStatement(
        organisation=ORGANISATION,
        group=GROUP,
        member=StatementMember(
            f"TV-{index + 1:03d}", name, str(1961 + index % 40), f"0820******{10 + index % 90}",
            f"H-{index + 11:03d}", "ấp Bình Phú, xã Tân Hưng, tỉnh Đồng Tháp",
        ),
        first_day=date(2025, 4, 1),
        last_day=date(2026, 3, 31),
        accounts=accounts,
        closing_total=sum(one.closing for one in accounts if one.section is not Section.PAID),
        mark=mark(number, 1, f"SONHOM1;{number};N-01;TV-{index + 1:03d};2026-03-31;{accounts[0].closing};1284;7K3M9QFD"),
        signed_on=date(2026, 4, 2),
        place="Tân Hưng",
        share_value=20_000,
        treasurer="Lê Thị Hồng Nhung",
        leader="Nguyễn Thị Bé Tư",
        fingerprint=index % 25 == 5,
        witness="Thạch Minh Tâm" if index % 25 == 5 else "",
        large_print=large_print,
    )  # fmt: skip


def _savings(index: int, days: list[date]) -> StatementAccount:
    opening = 600_000 + 50_000 * (index % 5)
    balance, lines = opening, []
    for turn, day in enumerate(days):
        balance += 50_000
        lines.append(
            Movement(
                day, f"PT-2025-{100 + turn:04d}", str(13 + turn), "Gửi tiết kiệm bắt buộc", 50_000, 0, balance
            )
        )
    return StatementAccount(Section.SAVINGS, "Tiết kiệm bắt buộc", opening, balance, tuple(lines))


def _voluntary(index: int, days: list[date]) -> StatementAccount:
    balance, lines = 1_250_000, []
    for turn, day in enumerate(days[1::3]):
        put = 150_000 + 10_000 * index
        taken = 500_000 if turn == 2 else 0
        balance += 0 if taken else put
        balance -= taken
        text = "Rút để mua phân bón vụ Hè Thu" if taken else "Gửi tiết kiệm tự nguyện"
        kind = "PC" if taken else "PT"
        lines.append(
            Movement(
                day,
                f"{kind}-2025-{140 + turn:04d}",
                str(14 + 3 * turn),
                text,
                0 if taken else put,
                taken,
                balance,
            )
        )
    return StatementAccount(Section.SAVINGS, "Tiết kiệm tự nguyện", 1_250_000, balance, tuple(lines))


def _shares(index: int, days: list[date]) -> StatementAccount:
    held, lines = 24, []
    for turn, day in enumerate(days):
        bought = 1 + (turn + index) % 5
        held += bought
        lines.append(
            Movement(
                day, f"PT-2025-{100 + turn:04d}", str(13 + turn), "Mua cổ phần",
                bought * 20_000, 0, held * 20_000, bought, held,
            )
        )  # fmt: skip
    return StatementAccount(Section.SHARES, "Cổ phần", 480_000, held * 20_000, tuple(lines), 24, held)


def _paid(index: int, days: list[date]) -> tuple[StatementAccount, StatementAccount]:
    social, fines, paid, fined = [], [], 120_000, 0
    for turn, day in enumerate(days):
        paid += 10_000
        social.append(
            Movement(day, f"PT-2025-{100 + turn:04d}", str(13 + turn), "Đóng quỹ xã hội", 10_000, 0, paid)
        )
        if (turn + index) % 7 == 3:
            fined += 5_000
            fines.append(
                Movement(day, f"PT-2025-{100 + turn:04d}", str(13 + turn), "Phạt đi muộn", 5_000, 0, fined)
            )
    return (
        StatementAccount(Section.PAID, "Quỹ xã hội", 120_000, paid, tuple(social)),
        StatementAccount(Section.PAID, "Tiền phạt", 0, fined, tuple(fines)),
    )


def minutes(*, signature_column: bool = False) -> MeetingMinutes:
    """Return the minutes of a meeting of 25 members."""
    present = [index not in (4, 17) for index in range(25)]
    late = [index in (8, 21) for index in range(25)]
    marks = [
        "Vắng" if not came else "Muộn" if slow else "Có mặt" for came, slow in zip(present, late, strict=True)
    ]
    shares = tuple(1 + index % 5 if present[index] else 0 for index in range(25))
    columns = (
        MoneyColumn("Số cổ phần", shares, money=False),
        MoneyColumn("Tiền cổ phần", tuple(20_000 * one for one in shares)),
        MoneyColumn("Tiết kiệm bắt buộc", tuple(50_000 if came else 0 for came in present)),
        MoneyColumn("Quỹ xã hội", tuple(10_000 if came else 0 for came in present)),
        MoneyColumn("Tiền phạt", tuple(5_000 if slow else 0 for slow in late)),
        MoneyColumn("Rút tiết kiệm", tuple(500_000 if index == 11 else 0 for index in range(25))),
    )
    received = sum(sum(column.amounts) for column in columns[1:5])
    box = 3_215_000 + received - 500_000 - 230_000 - 10_000
    return MeetingMinutes(
        organisation=ORGANISATION,
        group=GROUP,
        number="05/BB-TSH",
        meeting="24",
        day=date(2026, 3, 5),
        place="Nhà văn hóa ấp Bình Phú, xã Tân Hưng",
        chair="Nguyễn Thị Bé Tư",
        secretary="Phan Thị Diễm My",
        attendance=AttendanceCount(25, 23, late=2, absent=2, represented=1),
        attendees=tuple(Attendee(f"TV-{index + 1:03d}", NAMES[index], marks[index]) for index in range(25)),
        columns=columns,
        mark=mark("05/BB-TSH", 1, "SONHOM1;BB;N-01;24;2026-03-05;9F21"),
        started="08 giờ 00",
        ended="10 giờ 15",
        absentees=("Huỳnh Văn Đức (vắng có phép)", "Cao Thị Ôn (ủy quyền cho Đỗ Thị Lan)"),
        agenda=(
            "Điểm danh, mở hòm, kiểm lại số dư kỳ trước.",
            "Thu quỹ xã hội, tiết kiệm, mua cổ phần; xét cho rút tiết kiệm.",
            "Bàn việc thăm hỏi thành viên ốm đau và kế hoạch tập huấn trồng nấm rơm.",
        ),
        decisions=(
            "Thống nhất chi thăm hỏi bà Cao Thị Ôn đang nằm viện 200.000 ₫ từ quỹ xã hội; 23/23 thành viên có mặt biểu quyết đồng ý.",
            "Cho bà Ngô Thị Thu Hường rút 500.000 ₫ tiết kiệm để đóng học phí cho con.",
            "Kỳ họp sau: 8 giờ 00 ngày 05 tháng 4 năm 2026, tại nhà văn hóa ấp Bình Phú.",
        ),
        total_in=received,
        total_out=500_000,
        funds=(
            FundBalance("Tiền mặt quỹ vay", 3_215_000, received - 230_000, 500_000, 3_215_000 + received - 730_000),
            FundBalance("Tiền mặt quỹ xã hội", 860_000, 230_000, 200_000, 890_000),
        ),
        cash_counts=(
            CashCount(
                "Tiền mặt quỹ vay", _pieces(box), box + 10_000,
                "Thiếu 10.000 ₫ do trả nhầm tiền thối; thủ quỹ bù vào kỳ sau.",
            ),
            CashCount("Tiền mặt quỹ xã hội", _pieces(890_000), 890_000),
        ),
        signature_column=signature_column,
        issued_at="Tân Hưng",
    )  # fmt: skip


def _pieces(amount: int) -> tuple[tuple[int, int], ...]:
    """Return notes that make up an amount."""
    pieces = []
    for value in NOTES:
        pieces.append((value, amount // value))
        amount %= value
    return tuple(pieces)


def receipt(index: int = 0, kind: ReceiptKind = ReceiptKind.IN, *, cancelled: str = "") -> Receipt:
    """Return a receipt or payment of the sample group."""
    paying = kind is ReceiptKind.IN
    return Receipt(
        kind=kind,
        organisation=ORGANISATION,
        group=GROUP,
        number=f"{'PT' if paying else 'PC'}-2026-{index + 1:04d}",
        day=date(2026, 3, 5),
        person=NAMES[index % len(NAMES)],
        reason=(
            "Nộp kỳ họp 24: mua 3 cổ phần 60.000 ₫, tiết kiệm bắt buộc 50.000 ₫, quỹ xã hội 10.000 ₫"
            if paying
            else "Rút tiết kiệm tự nguyện để đóng học phí cho con"
        ),
        amount=120_000 + 20_000 * (index % 5) if paying else 500_000,
        mark=mark(
            f"{'PT' if paying else 'PC'}-2026-{index + 1:04d}", 1, f"SONHOM1;PT;N-01;{index + 1};2026-03-05"
        ),
        person_address="ấp Bình Phú, xã Tân Hưng, tỉnh Đồng Tháp",
        debit="111, 113" if paying else "321",
        credit="411, 322, 421" if paying else "111",
        book="01",
        attached=0 if paying else 1,
        leader="Nguyễn Thị Bé Tư",
        treasurer="Lê Thị Hồng Nhung",
        preparer="Phan Thị Diễm My",
        fingerprint=index % 25 == 5,
        cancelled=cancelled,
    )


def transfer() -> Receipt:
    """Return a voucher of money that was taken to the bank."""
    return replace(
        receipt(11, ReceiptKind.OUT),
        kind=ReceiptKind.BETWEEN,
        number="CK-2026-0001",
        reason="Gửi tiền vào ngân hàng",
        amount=12_000_000,
        mark=mark("CK-2026-0001", 1, "SONHOM1;CK;N-01;1;2026-03-05"),
        person="",
        person_address="",
        debit="112",
        credit="111",
        source="Quỹ tiết kiệm, cho vay",
        target="Tiền gửi ngân hàng, Agribank Cao Lãnh, số 6500205012345",
    )


def receipts() -> Receipts:
    """Return the vouchers of a meeting: three receipts, one of them cancelled, a payment, and what went to the bank."""
    return Receipts(
        (
            receipt(0), receipt(5), receipt(2, cancelled="Đã hủy bằng phiếu PC-2026-0009 ngày 06/03/2026"),
            receipt(11, ReceiptKind.OUT), transfer(),
        )
    )  # fmt: skip


def blank_sheet(members: int = 25, *, large_print: bool = False) -> BlankSheet:
    """Return the sheet of the next meeting."""
    return BlankSheet(
        organisation=ORGANISATION,
        group=GROUP,
        meeting="25",
        day=date(2026, 4, 5),
        columns=("Số cổ phần", "Tiết kiệm bắt buộc", "Tiết kiệm tự nguyện", "Quỹ xã hội", "Tiền phạt", "Rút tiết kiệm"),
        rows=tuple(
            BlankRow(
                index + 1, f"TV-{index + 1:03d}", NAMES[index % len(NAMES)],
                (20_000 * (30 + index), 1_200_000 + 50_000 * index), (None, 50_000, None, 10_000, None, None),
            )
            for index in range(members)
        ),
        mark=mark(),
        balances=("Cổ phần đang có", "Tiết kiệm đang có"),
        place="Nhà văn hóa ấp Bình Phú",
        cash_before=(("Quỹ vay", 5_230_000), ("Quỹ xã hội", 890_000)),
        large_print=large_print,
    )  # fmt: skip


def member_list(
    purpose: ListPurpose = ListPurpose.LIST, *, members: int = 25, large_print: bool = False
) -> MemberList:
    """Return the list of the sample group, or its attendance list for a training."""
    return MemberList(
        organisation=ORGANISATION,
        group=GROUP,
        day=date(2026, 4, 2),
        members=tuple(
            ListedMember(
                f"TV-{index + 1:03d}", NAMES[index % len(NAMES)],
                "Nam" if " Văn " in NAMES[index % len(NAMES)] else "Nữ", str(1961 + index % 40), "ấp Bình Phú",
                f"H-{index + 11:03d}", f"09{index % 90 + 10} 345 {index % 900 + 100}",
                joined="06/04/2024", office={0: "Tổ trưởng", 1: "Thủ quỹ", 14: "Thư ký"}.get(index, ""),
            )
            for index in range(members)
        ),
        mark=mark(),
        purpose=purpose,
        subject="" if purpose is ListPurpose.LIST else "Tập huấn kỹ thuật trồng nấm rơm",
        place="Tân Hưng",
        signers=(Signer("Người lập", "Phan Thị Diễm My"), Signer("Tổ trưởng", "Nguyễn Thị Bé Tư")),
        large_print=large_print,
    )  # fmt: skip


def trial_balance() -> TrialBalance:
    """Return a balance of the sample group that adds up."""
    rows = (
        TrialRow("111", "Tiền mặt quỹ vay", 3_215_000, 0, 3_010_000, 995_000, 5_230_000, 0),
        TrialRow("113", "Tiền mặt quỹ xã hội", 860_000, 0, 230_000, 200_000, 890_000, 0),
        TrialRow("321", "Tiết kiệm tự nguyện", 0, 1_450_000, 500_000, 300_000, 0, 1_250_000),
        TrialRow("322", "Tiết kiệm bắt buộc", 0, 1_000_000, 0, 1_150_000, 0, 2_150_000),
        TrialRow("411", "Vốn cổ phần", 0, 700_000, 0, 1_380_000, 0, 2_080_000),
        TrialRow("421", "Quỹ xã hội", 0, 860_000, 200_000, 230_000, 0, 890_000),
        TrialRow("431", "Kết dư", 0, 65_000, 0, 0, 0, 65_000),
        TrialRow("513", "Thu tiền phạt", 0, 0, 0, 10_000, 0, 10_000),
        TrialRow("611", "Chi phí", 0, 0, 315_000, 0, 315_000, 0),
        TrialRow("711", "Thừa, thiếu quỹ", 0, 0, 10_000, 0, 10_000, 0),
    )
    return TrialBalance(
        ORGANISATION, GROUP, date(2026, 1, 1), date(2026, 3, 31), rows, mark("CD-2026-000003"), date(2026, 4, 2),
        "Tân Hưng", "Phan Thị Diễm My", "Lê Thị Hồng Nhung", "Nguyễn Thị Bé Tư",
    )  # fmt: skip


def cash_book(lines: int = 60) -> CashBook:
    """Return a quarter of the cash book."""
    balance, kept = 3_215_000, []
    for index in range(lines):
        day = date(2026, 1, 5) + timedelta(days=index % 28 + 30 * (index // 28))
        out = index % 9 == 7
        value = 350_000 if out else 110_000 + 10_000 * (index % 6)
        balance += -value if out else value
        kept.append(
            CashLine(
                day, day, "" if out else f"PT-{index + 1:04d}", f"PC-{index + 1:04d}" if out else "",
                f"{NAMES[index % len(NAMES)]}: " + ("rút tiết kiệm" if out else "nộp kỳ họp"),
                0 if out else value, value if out else 0, balance,
            )
        )  # fmt: skip
    return CashBook(
        ORGANISATION, GROUP, "Tiền mặt quỹ vay", date(2026, 1, 1), date(2026, 3, 31), 3_215_000, balance, tuple(kept),
        mark("SQ-2026-000001"), date(2026, 4, 2), date(2026, 1, 1), "Tân Hưng", "Lê Thị Hồng Nhung",
        "Phan Thị Diễm My", "Nguyễn Thị Bé Tư",
    )  # fmt: skip

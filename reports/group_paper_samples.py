"""Made-up papers of a group, for tests and for looking at: constitution, passbooks, the sheet of a model."""

from __future__ import annotations

from datetime import date, timedelta

from reports.constitution import Constitution, ConstitutionArticle, Signatory
from reports.model_sheet import ModelSheet, SheetCourse, SheetPlace
from reports.passbook import LoanRow, Passbook, PassbookRow, Passbooks
from reports.samples import GROUP, NAMES, ORGANISATION, mark

_STARTS = date(2026, 1, 10)


def constitution(members: int = 25, *, agreed: bool = True) -> Constitution:
    """Return a second version of a constitution; without `agreed` the vote is written in by hand."""
    offices = ("Tổ trưởng", "Thư ký", "Thủ quỹ", "Người đếm tiền", "Người đếm tiền")
    return Constitution(
        ORGANISATION, GROUP, 2, date(2026, 3, 1),
        (
            ConstitutionArticle("Tên nhóm", ("Nhóm có tên là Tổ Sen Hồng.", "Địa bàn: ấp 3, xã Tân Hưng.")),
            ConstitutionArticle("Mục đích", ("Giúp nhau tiết kiệm và vay vốn làm ăn.",)),
            ConstitutionArticle("Cổ phần", ("Mỗi cổ phần giá 20.000 ₫, giữ nguyên suốt chu kỳ.",)),
        ),
        tuple(
            Signatory(NAMES[n % len(NAMES)], f"TV-{n + 1:03d}", offices[n] if n < len(offices) else "")
            for n in range(members)
        ),
        mark("QC-2026-000001"),
        agreed_on=date(2026, 2, 20) if agreed else None, minutes=12 if agreed else None,
        present=22 if agreed else 0, in_favour=21 if agreed else 0,
        reason="Quỹ xã hội đã cạn." if agreed else "",
        changes=("Đóng quỹ xã hội mỗi kỳ: trước là “5.000 ₫”, nay là “10.000 ₫”",),
        place="Tân Hưng", chair="Nguyễn Thị Bé Tư", secretary="Phan Thị Diễm My",
    )  # fmt: skip


def passbook(place: int = 0, *, shares: bool = True, large_print: bool = False) -> Passbook:
    """Return a passbook of half a cycle: with stamps, or of savings only."""
    rows, held, balance = [], 12 if shares else 0, 0 if shares else 340_000
    for number in range(1, 21):
        day = _STARTS + timedelta(days=14 * (number - 1))
        if number > 13:
            rows.append(PassbookRow(day, number, planned=True))
            continue
        bought = (number * (place + 3)) % 6 if shares else 0
        saved = 0 if shares else 50_000 + 10_000 * (number % 3)
        withdrawn = 100_000 if not shares and number == 7 else 0
        held, balance = held + bought, balance + saved - withdrawn
        rows.append(
            PassbookRow(
                day, number, bought, held, 0 if number == 5 else 5_000, 10_000 if number == 8 else 0,
                0 if shares else 20_000, saved - (0 if shares else 20_000), withdrawn, balance,
            )
        )  # fmt: skip
    loans = (
        LoanRow(date(2026, 2, 7), "Giải ngân khoản vay", lent=3_000_000, owed=3_000_000),
        LoanRow(date(2026, 3, 7), "Trả gốc", principal=500_000, interest=30_000, owed=2_500_000),
    )
    return Passbook(
        ORGANISATION, GROUP, NAMES[place % len(NAMES)], f"TV-{place + 1:03d}", 2, _STARTS, date(2026, 12, 31),
        tuple(rows), loans, mark(f"ST-2026-{place + 1:06d}"), share_value=20_000 if shares else 0,
        shares_max=5 if shares else 0, social=5_000, savings=not shares, fines=True,
        opening_shares=12 if shares else 0, opening=0 if shares else 340_000, shares=held,
        paid_in=held * 20_000, secretary="Phan Thị Diễm My", large_print=large_print,
    )  # fmt: skip


def passbooks(members: int = 3) -> Passbooks:
    """Return the passbooks of several members."""
    return Passbooks(tuple(passbook(place) for place in range(members)))


def model(places: int = 3) -> ModelSheet:
    """Return the sheet of a model that a few places adopted."""
    return ModelSheet(
        ORGANISATION, GROUP, "MH-VSLA-01", 1, "Nhóm cổ phần gắn sinh kế hộ nghèo",
        "Dành cho ấp có từ 15 hộ nghèo.\nNhóm góp cổ phần mỗi tháng, cho nhau vay làm ăn nhỏ.",
        "Tổ Sen Hồng, xã Tân Hưng",
        (("Nhịp họp", "Hằng tháng"), ("Cổ phần", "20.000 ₫ mỗi cổ phần, mỗi kỳ 1 đến 5 cổ phần"),
         ("Quỹ xã hội", "5.000 ₫")),
        ("Vay nhóm, trả tại buổi họp: lãi 0,5 % một kỳ, nhiều nhất 6 kỳ.",),
        (SheetCourse("QLN", "Quản lý nhóm tiết kiệm", 960, ("QLN",)),
         SheetCourse("KT", "Ghi sổ kế toán nhóm", 750, ("KT1", "KT2"))),
        ("Họp dân, lấy ý kiến", "Chính quyền cấp xã đồng ý", "Bầu ban quản lý", "Họp kỳ đầu, kiểm quỹ"),
        date(2026, 11, 23), mark("MH-2026-000001"), ("Quỹ xã hội không dùng để cho vay.",),
        1_350_000, 25, "Tập huấn, sổ sách, hòm ba khóa; không tính vốn vay.",
        ("Ban quản lý học ghi sổ hai buổi là tự làm được.",),
        tuple(
            SheetPlace(f"Tổ {NAMES[n].split()[-1]}", "xã Tân Hưng", date(2026, 3, 1 + n), f"{4 - n}/4",
                       "Đang chạy" if n == 0 else "Đang chuẩn bị", n == 1, n == 0)
            for n in range(places)
        ),
        "a1" * 32,
    )  # fmt: skip

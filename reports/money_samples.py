"""Made-up papers of other money, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.cash_count import CountMinutes
from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import CashCount, Signer
from reports.loan_samples import PLACE
from reports.opening_minutes import OpeningDebt, OpeningMember, OpeningMinutes
from reports.samples import GROUP, NAMES, ORGANISATION, mark
from reports.social_book import SocialBook, SocialLine, SocialMember
from resources.lang.dong import show_number

_DAY = date(2026, 9, 30)
_SIGNERS = (Signer("Người lập", NAMES[3]), Signer("Thủ quỹ", NAMES[1]), Signer("Tổ trưởng", NAMES[0]))


def count() -> CountMinutes:
    """Return a count of both boxes, the loan fund's 20.000 đồng short."""
    return CountMinutes(
        ORGANISATION,
        GROUP,
        "03/BBKK-N-012",
        _DAY,
        (
            CashCount(
                "Tiền mặt quỹ vay",
                (
                    (500_000, 12),
                    (200_000, 7),
                    (100_000, 9),
                    (50_000, 4),
                    (20_000, 3),
                    (10_000, 8),
                    (1_000, 15),
                ),
                8_675_000,
                "Thối nhầm tiền khi thu tiết kiệm kỳ họp 9",
            ),
            CashCount("Tiền mặt quỹ xã hội", ((50_000, 6), (20_000, 10), (5_000, 7)), 535_000),
        ),
        ("đã ghi chênh lệch vào sổ bằng PC-0031/2026", "tiền trong hòm khớp với sổ"),
        (f"{NAMES[4]} (Người giữ chìa khóa)", f"{NAMES[5]} (Người giữ chìa khóa)", NAMES[6]),
        mark(),
        "08 giờ 30",
        "nhà văn hóa ấp 3",
        PLACE,
        NAMES[1],
        NAMES[0],
    )


def opening(members: int = 25) -> OpeningMinutes:
    """Return the balances of a group of 25 that starts on paper."""
    people = tuple(
        OpeningMember(
            f"TV-{at + 1:03d}",
            NAMES[at % len(NAMES)],
            savings=150_000 + 12_000 * (at % 7),
            units=20 + at % 9,
            shares=20_000 * (20 + at % 9),
            social=30_000,
            fines=10_000 if at % 8 == 3 else 0,
        )
        for at in range(members)
    )
    savings, shares = sum(one.savings for one in people), sum(one.shares for one in people)
    social, fines = sum(one.social for one in people), sum(one.fines for one in people)
    lent, fund, surplus = 14_500_000, 5_000_000, 1_260_000
    cash = savings + shares + fund + surplus - lent - fines
    return OpeningMinutes(
        ORGANISATION,
        GROUP,
        date(2026, 6, 30),
        (
            ("Tiền mặt quỹ vay", cash),
            ("Tiền mặt quỹ xã hội", social),
            ("Cho vay thành viên", lent),
            ("Tiền phạt còn phải thu", fines),
        ),
        (
            ("Tiết kiệm tự nguyện", savings),
            ("Vốn cổ phần", shares),
            ("Quỹ xã hội", social),
            ("Vốn bên ngoài", fund),
            ("Kết dư", surplus),
        ),
        people,
        (
            OpeningDebt(NAMES[2], "KU-07", 6_500_000, 5, date(2026, 7, 30), "1 %/tháng, gốc đều"),
            OpeningDebt(NAMES[5], "KU-09", 8_000_000, 8, date(2026, 7, 15), "1 %/tháng, gốc đều"),
        ),
        (),
        (("Dự án Hỗ trợ sinh kế", "Vốn quay vòng, TT-07/2025", fund),),
        mark(),
        NAMES[3],
        NAMES[7],
        NAMES[1],
        NAMES[0],
        PLACE,
    )


def social_book() -> SocialBook:
    """Return half a year of a social fund with two grants."""
    lines, balance = [], 420_000
    for month in range(1, 7):
        balance += 125_000
        day = date(2026, month, 5)
        numbers = f"PT-{month * 25:04d}/2026 – PT-{month * 25 + 24:04d}/2026"
        lines.append(
            SocialLine(day, numbers, f"Đóng quỹ, kỳ họp {month} (25 người)", "", 125_000, 0, balance)
        )
        if month in (3, 5):
            balance -= 300_000
            text = f"{NAMES[month]}, Trợ cấp quỹ xã hội: Ốm đau, nằm viện tỉnh"
            why = f"biểu quyết 23/25; duyệt: {NAMES[0]}, {NAMES[1]}"
            lines.append(
                SocialLine(date(2026, month, 12), f"PC-{month:04d}/2026", text, why, 0, 300_000, balance)
            )
    people = tuple(
        SocialMember(f"TV-{at + 1:03d}", NAMES[at % len(NAMES)], 30_000, 300_000 if at in (3, 5) else 0)
        for at in range(25)
    )
    return SocialBook(
        ORGANISATION,
        GROUP,
        date(2026, 1, 1),
        date(2026, 6, 30),
        420_000,
        balance,
        tuple(lines),
        people,
        mark(),
        _DAY,
        PLACE,
        NAMES[1],
        NAMES[3],
        NAMES[0],
    )


def expenses() -> Figures:
    """Return the expenses of a quarter, one without a receipt."""
    columns = (
        FigureColumn("Ngày", "tight", 48, key=True),
        FigureColumn("Loại chi", "text", 80),
        FigureColumn("Nội dung", "text", 120, 2),
        FigureColumn("Số hóa đơn", "text", 60),
        FigureColumn("Số tiền", "money", 60),
    )
    rows = (
        ("05/07/2026", "Sổ sách, giấy bút", "mua 25 sổ thành viên", "HD-0152", "250.000"),
        ("12/08/2026", "Đi lại", "xe ra ngân hàng", "chưa có", "60.000"),
        ("", "Cộng", "", "", "310.000"),
    )
    return Figures(
        "Bảng kê chi phí",
        ORGANISATION,
        GROUP,
        mark(),
        _DAY,
        date(2026, 7, 1),
        tables=(FigureTable("Các khoản chi (đồng)", columns, rows, sums=True),),
        notes=("1 khoản chi chưa có hóa đơn, biên lai, cộng 60.000 ₫.",),
        signed_on=_DAY,
        place=PLACE,
        signers=_SIGNERS,
    )


def group_report() -> Figures:
    """Return the report of a quarter with the chart of the funds."""
    columns = (
        FigureColumn("Quỹ, tài khoản", "text", 140, key=True),
        *(
            FigureColumn(title, "money", 70)
            for title in ("Đầu kỳ", "Tăng trong kỳ", "Giảm trong kỳ", "Cuối kỳ")
        ),
    )
    rows = (
        ("Tiền mặt quỹ vay", "4.200.000", "9.150.000", "10.400.000", "2.950.000"),
        ("Cho vay thành viên", "14.500.000", "9.000.000", "4.300.000", "19.200.000"),
        ("Vốn cổ phần", "11.400.000", "1.500.000", "–", "12.900.000"),
    )
    months = tuple(f"{month:02d}/26" for month in range(1, 10))
    series = (
        ("Tiết kiệm, cổ phần", tuple(4_000_000 + 1_500_000 * at for at in range(9))),
        ("Đang cho vay", tuple(1_000_000 + 1_900_000 * at for at in range(9))),
        ("Quỹ xã hội", tuple(300_000 + 90_000 * at for at in range(9))),
    )
    return Figures(
        "Báo cáo quý của nhóm",
        ORGANISATION,
        GROUP,
        mark(),
        _DAY,
        date(2026, 7, 1),
        about=(("Kỳ báo cáo:", "Quý 3 năm 2026"), ("Giá trị một cổ phần:", f"{show_number(21_674)} ₫")),
        tables=(FigureTable("Các quỹ (đồng)", columns, rows),),
        chart=FigureChart("Quỹ của nhóm trong 12 tháng (đồng)", months, series, lines=True),
        portrait=True,
        signed_on=_DAY,
        place=PLACE,
        signers=_SIGNERS,
    )

"""Made-up values of the papers of figures, as the tests print them. Nobody real is meant."""

from __future__ import annotations

from datetime import date

from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import Signer
from reports.samples import GROUP, NAMES, ORGANISATION, mark


def analysis() -> Figures:
    """Return a table that left the commune: two cells are hidden, and two that protect them."""
    return Figures(
        title="Tiết kiệm bình quân một thành viên",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("PT-2026-000004"),
        first_day=date(2026, 1, 1),
        last_day=date(2026, 3, 31),
        about=(("Nơi", "xã Tân Hưng"), ("Đơn vị tính", "đồng"), ("Gửi cho", "Tỉnh, đối tác")),
        known=(("Giới tính", "75/75 (100 %)"), ("Nhóm tuổi", "73/75 (97 %)")),
        tables=(
            FigureTable(
                "Giới tính × Nhóm tuổi",
                (
                    FigureColumn("Giới tính", "text", 80, key=True),
                    *(FigureColumn(name) for name in ("16–30", "31–59", "60+", "Chung")),
                ),
                (
                    ("Nữ", "…", "1.845.000", "…", "1.798.036"),
                    ("Nam", "…", "1.620.000", "…", "1.590.000"),
                    ("Chung", "1.255.625", "1.790.000", "2.042.273", "1.821.333"),
                ),
                sums=True,
            ),
        ),
        chart=FigureChart(
            "Tiết kiệm bình quân (đồng)",
            ("Nữ", "Nam"),
            (("16–30", (0, 0)), ("31–59", (1_845_000, 1_620_000))),
        ),
        notes=("Ô có dưới 5 người được ẩn (…) để bảo vệ dữ liệu cá nhân; 4 ô bị ẩn, kể cả ô bảo vệ.",),
    )


def inclusion() -> Figures:
    """Return a report of inclusion for use within the commune."""
    titles = (
        "Nhóm dân cư", "Dân số", "Hộ có thành viên", "Độ phủ hộ", "Thành viên", "Tỷ lệ", "II", "Ban quản lý", "LP",
        "TK bình quân (₫)", "Đang vay (%)", "Vay bình quân (₫)", "Tiếp cận vốn", "PAR>30",
        "Xong đào tạo", "Giờ học", "Hưởng lợi", "Đổi thu nhập", "Việc làm (FTE)",
    )  # fmt: skip
    return Figures(
        title="Báo cáo hòa nhập",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("HN-2026-000001"),
        first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 30),
        about=(("Nơi", "xã Tân Hưng"), ("Gửi cho", "Trong xã (không ẩn)")),
        known=(("Người khuyết tật (bộ câu hỏi WG)", "70/75 (93 %)"), ("Thuộc hộ nghèo", "75/75 (100 %)")),
        tables=(
            FigureTable(
                "Theo nhóm dân cư",
                tuple(
                    FigureColumn(title, "text" if place == 0 else "money", 100 if place == 0 else 0, key=not place)
                    for place, title in enumerate(titles)
                ),
                (
                    ("Tất cả", "9.842", "70/2.310", "3 %", "75", "100 %", "", "9", "", "1.821.333", "8 %", "4.000.000", "", "50 %", "31", "968", "", "18,2 %", "8,2"),
                    ("Nữ", "5.010", "–", "–", "56", "74,7 %", "1,47", "4", "0,60", "1.798.036", "7,1 %", "4.166.667", "1,12", "25 %", "25", "792", "1,09", "17,5 %", "4,85"),
                    ("Người khuyết tật (bộ câu hỏi WG)", "602", "21/540", "3,9 %", "25", "35,7 %", "5,83", "3", "1,00", "1.834.800", "4 %", "3.000.000", "0,74", "0 %", "6", "214,5", "0,66", "9,1 %", "1,5"),
                    ("Thuộc hộ nghèo", "310", "18/124", "14,5 %", "18", "24 %", "7,62", "0", "0,00", "1.210.000", "5,6 %", "2.000.000", "0,41", "0 %", "2", "96", "0,41", "–", "0,5"),
                ),
            ),
            FigureTable(
                "Chỉ số hòa nhập II với khoảng tin cậy 95 %",
                (
                    FigureColumn("Nhóm dân cư", "text", 120, key=True),
                    FigureColumn("II (khoảng tin cậy)", "tight"),
                    FigureColumn("Số đếm", "text", 120),
                    FigureColumn("Đọc là", "text", 100),
                ),
                (("Nữ", "1,47 (từ 1,26 đến 1,62)", "thành viên 56/75, dân 5.010/9.842", "được ưu tiên tiếp cận"),),
            ),
        ),
        notes=("Số dân: năm 2025; nguồn: UBND xã Tân Hưng.", "Bản không ẩn số liệu: chỉ dùng trong xã."),
        secret=True,
        signed_on=date(2026, 7, 2),
        place="Tân Hưng",
        signers=(Signer("Người lập", "Phan Thị Diễm My"), Signer("Tổ trưởng", "Nguyễn Thị Bé Tư")),
    )  # fmt: skip


def actions() -> Figures:
    """Return a list of people who have stopped coming."""
    return Figures(
        title="Thành viên đã thôi đến họp",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("VL-2026-000001"),
        last_day=date(2026, 3, 31),
        about=(("Số người", "12"),),
        tables=(
            FigureTable(
                "",
                (
                    FigureColumn("STT", "centre", 18, key=True),
                    FigureColumn("Họ và tên", "text", 110, key=True),
                    FigureColumn("Nhóm", "text", 90),
                    FigureColumn("Vắng liền", "money"),
                    FigureColumn("Lần cuối đến", "tight"),
                    FigureColumn("Việc cần làm", "text", 120, weight=2),
                ),
                tuple(
                    (
                        str(place + 1),
                        NAMES[place % len(NAMES)],
                        "Tổ Sao Hôm",
                        str(3 + place % 4),
                        "05/12/2025",
                        "Đến thăm, hỏi lý do",
                    )
                    for place in range(12)
                ),
                empty="Không có ai.",
            ),
        ),
        secret=True,
    )

"""Made-up values of the papers of capacity, coordination and the board, as the tests print them."""

from __future__ import annotations

from datetime import date

from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import GroupBlock, Signer
from reports.samples import GROUP, NAMES, ORGANISATION, mark

_ITEMS = (
    ("1", "Họp đều", "100 %: 6/6 buổi họp đúng lịch (lệch không quá 3 ngày)", "", "Đạt", "10", "10"),
    ("4", "Vốn quay vòng", "45 %: trung vị phần quỹ đang cho vay, 6 lần cuối tháng", "", "Một phần", "4", "8"),
    ("6", "Sổ sách khớp", "Chênh lệch 3 lần kiểm quỹ gần nhất: 0 ₫", "So 8 sổ tiết kiệm, khớp cả", "Đạt", "12", "12"),
    ("9", "Hòa nhập", "Nữ: 1,47 (đạt); Thuộc hộ nghèo: chưa đủ số liệu", "", "Một phần (thiếu một phần số liệu)", "4", "8"),
    ("11", "Tự quản", "Chưa quan sát. (vốn ngoài 0 %)", "", "Thiếu số liệu", "0", "8"),
)  # fmt: skip


def maturity() -> Figures:
    """Return a score card with an item without data."""
    return Figures(
        title="Phiếu chấm điểm trưởng thành",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("TT-2026-000001"),
        first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 30),
        about=(("Điểm", "72/100"), ("Xếp loại", "B – Phát triển"), ("Giai đoạn", "Trưởng thành")),
        known=(("Các mục có số liệu:", "92/100 điểm"),),
        known_title="Độ phủ số liệu",
        tables=(
            FigureTable(
                "Từng tiêu chí",
                (
                    FigureColumn("STT", "centre", 18, key=True),
                    FigureColumn("Tiêu chí", "text", 90, key=True),
                    FigureColumn("Số liệu", "text", 150, weight=3),
                    FigureColumn("Bằng chứng khi thăm", "text", 90, weight=2),
                    FigureColumn("Mức", "text", 60),
                    FigureColumn("Điểm"),
                    FigureColumn("Tối đa"),
                ),
                _ITEMS,
            ),
        ),
        chart=FigureChart(
            "Điểm trưởng thành qua các lần đánh giá", ("12/2025", "06/2026"), (("Điểm", (55, 72)),)
        ),
        notes=("Mục thiếu số liệu tính 0 điểm. Điểm không tự quyết định khoản tiền nào.",),
        signed_on=date(2026, 6, 30),
        place="Tân Hưng",
        signers=(Signer("Người đánh giá", "Lê Thị Ngọc Ánh"), Signer("Tổ trưởng", NAMES[0])),
    )


def progress() -> Figures:
    """Return a group's own assessments beside each other."""
    return Figures(
        title="Đánh giá năng lực theo thời gian",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("NL-2026-000001"),
        last_day=date(2026, 6, 30),
        about=(("Phiếu", "Đánh giá năng lực tổ chức của nhóm"), ("Số lần", "2")),
        tables=(
            FigureTable(
                "",
                (
                    FigureColumn("Câu hỏi", "text", 150, weight=3, key=True),
                    FigureColumn("05/06/2025", "text", 60),
                    FigureColumn("10/06/2026", "text", 60),
                    FigureColumn("Thay đổi"),
                ),
                (
                    ("Mức đạt", "38,9 % – cần hỗ trợ nhiều", "72,2 % – đang trưởng thành", "+33"),
                    ("Nhóm họp đúng lịch, có biên bản.", "Có một phần", "Có và làm đều", "+1"),
                ),
            ),
        ),
    )


def change_plan() -> Figures:
    """Return a plan of change with one action late."""
    return Figures(
        title="Kế hoạch thay đổi",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("KH-2026-000001"),
        last_day=date(2026, 6, 30),
        about=(("Số việc", "2"), ("Quá hạn", "1")),
        tables=(
            FigureTable(
                "",
                tuple(
                    FigureColumn(title, "text", 80)
                    for title in ("Mục tiêu", "Việc làm", "Người phụ trách", "Hạn", "Tình trạng", "Kết quả, bằng chứng")
                ),
                (
                    ("Sổ sách khớp", "Hai người đếm tiền", NAMES[1], "01/05/2026", "Quá hạn 60 ngày", ""),
                    ("Ai cũng nắm quy chế", "Đọc quy chế đầu buổi", NAMES[2], "01/08/2026", "Đang làm", ""),
                ),
            ),
        ),
        signed_on=date(2026, 6, 30),
        place="Tân Hưng",
        signers=(Signer("Tổ trưởng", NAMES[0]), Signer("Thư ký", NAMES[1])),
    )  # fmt: skip


def coordination() -> Figures:
    """Return the list of promises, one kept and one late."""
    titles = ("Cuộc họp", "Ai cam kết", "Cam kết", "Hạn", "Kết quả", "Bằng chứng")
    return Figures(
        title="Danh sách phối hợp, cam kết",
        organisation=ORGANISATION,
        group=GroupBlock("", "Tất cả các nhóm"),
        mark=mark("PH-2026-000001"),
        last_day=date(2026, 6, 30),
        about=(("Cam kết", "2"), ("Quá hạn", "1")),
        tables=(
            FigureTable(
                "Cam kết",
                tuple(FigureColumn(title, "text", 80) for title in titles),
                (
                    ("PH-001", "UBND xã", "Cho mượn nhà văn hóa ấp", "01/05/2026", "Đã giữ lời 20/04/2026", "Thông báo 15/TB-UBND"),
                    ("PH-001", "Hội Phụ nữ xã", "Gửi danh sách hộ nghèo", "01/06/2026", "Quá hạn 29 ngày", ""),
                ),
            ),
        ),
    )  # fmt: skip


def coordination_meeting() -> Figures:
    """Return one meeting with the authorities, for use within the commune."""
    return Figures(
        title="Ghi nhận cuộc họp phối hợp",
        organisation=ORGANISATION,
        group=GroupBlock("", ""),
        mark=mark("PH-2026-000002"),
        last_day=date(2026, 3, 3),
        about=(("Nội dung", "Lồng ghép nhóm vào kế hoạch xã"), ("Tổng số người dự", "6"), ("Nữ", "4")),
        tables=(
            FigureTable(
                "Người dự",
                (FigureColumn("Họ và tên", "text", 120), FigureColumn("Bên", "text", 100)),
                ((NAMES[0], "Nhóm, thành viên"), ("Huỳnh Văn Lợi", "Chính quyền, ban ngành")),
            ),
        ),
        secret=True,
        signed_on=date(2026, 3, 3),
        signers=(Signer("Người ghi"), Signer("Chủ trì")),
    )


def donor_report() -> Figures:
    """Return a report to donors with a hidden figure and its definitions."""
    titles = ("Mã", "Thước đo", "Đơn vị", "Kỳ này", "Mục tiêu", "Đạt", "Kỳ trước", "Tăng, giảm", "Trong số")
    return Figures(
        title="Báo cáo nhà tài trợ (BC09)",
        organisation=ORGANISATION,
        group=GroupBlock("", "Tất cả các nhóm"),
        mark=mark("BC-2026-000001"),
        first_day=date(2026, 1, 1),
        last_day=date(2026, 12, 31),
        about=(("Kỳ báo cáo", "Năm 2026"), ("Gửi cho", "Nhà tài trợ")),
        tables=(
            FigureTable(
                "Thước đo NMA-V công bố",
                tuple(
                    FigureColumn(title, "text" if place in (1, 8) else "tight" if place in (0, 2) else "money", 60 if place in (1, 8) else 0, key=place < 2)
                    for place, title in enumerate(titles)
                ),
                (
                    ("NMA-2", "Hộ có thu nhập ổn định sau 1 năm", "hộ", "39", "60", "65 %", "12", "+27", "39/44 (88,6 %)"),
                    ("NMA-7c", "Người khuyết tật có việc làm", "người", "…", "5", "", "…", "", "dưới ngưỡng bảo vệ dữ liệu cá nhân"),
                ),
            ),
        ),
        chart=FigureChart("Đạt bao nhiêu phần trăm mục tiêu", ("NMA-2",), (("% mục tiêu", (65,)),)),
        notes=("1 số bị ẩn (…): dưới 5 người, hoặc dưới 10 người với thước đo về khuyết tật.",),
        signers=(Signer("Người lập"), Signer("Người duyệt")),
    )  # fmt: skip

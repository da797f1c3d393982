"""Made-up values of the papers of audits, as the tests print them. Nobody real is meant."""

from __future__ import annotations

from datetime import date

from reports.figures import FigureColumn, Figures, FigureTable
from reports.kit.values import Signer
from reports.samples import GROUP, NAMES, ORGANISATION, mark

_PEOPLE = [(f"TV-{place:04d}", name) for place, name in enumerate(NAMES[:16], 1)]


def sheet() -> Figures:
    """Return the sheet of a visit to come: places to fill in by hand, nothing of the book's amounts."""
    return Figures(
        title="Phiếu kiểm tra",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("PKT-2026-000001"),
        last_day=date(2026, 3, 20),
        about=(("Đợt kiểm tra", "KT-001"), ("Người kiểm tra", "Lê Thị Bích Phượng"), ("Báo trước", "không")),
        tables=(
            FigureTable(
                "Sổ thành viên",
                (
                    FigureColumn("Mã", "text", 60),
                    FigureColumn("Họ và tên", "text", 150, 2, key=True),
                    FigureColumn("Có mặt", "text", 60),
                    FigureColumn("Thành viên nói", "text", 90),
                    FigureColumn("Trong sổ thành viên", "text", 100),
                    FigureColumn("Ký tên", "text", 90),
                ),
                tuple((code, name, "", "", "", "") for code, name in _PEOPLE),
            ),
        ),
        secret=True,
        signers=(Signer("Người kiểm tra", "Lê Thị Bích Phượng"), Signer("Tổ trưởng"), Signer("Thủ quỹ")),
    )


def minutes() -> Figures:
    """Return the minutes of a visit with one wrong passbook and one finding."""
    return Figures(
        title="Biên bản kiểm tra",
        organisation=ORGANISATION,
        group=GROUP,
        mark=mark("BBKT-2026-000001"),
        last_day=date(2026, 3, 20),
        about=(
            ("Đợt kiểm tra", "KT-001"),
            ("Người kiểm tra", "Lê Thị Bích Phượng"),
            ("Chọn mẫu", "độ tin cậy 95 %, số gieo 123456"),
            ("Chuỗi của sổ", "1:1204:9f3a5c0d77e1b2a4"),
        ),
        known=(("Sổ thành viên", "16/25 sổ đã xem, 1 sổ sai; nhiều nhất 7/25 sổ sai"),),
        known_title="Kết quả",
        tables=(
            FigureTable(
                "Sổ thành viên",
                (
                    FigureColumn("Mã", "text", 60),
                    FigureColumn("Họ và tên", "text", 150, 2, key=True),
                    FigureColumn("Sổ nhóm (₫)"),
                    FigureColumn("Tìm thấy (₫)"),
                    FigureColumn("Chênh lệch (₫)"),
                    FigureColumn("Ghi chú", "text", 120),
                ),
                tuple(
                    (
                        code,
                        name,
                        "1.250.000",
                        "1.250.000" if place else "1.200.000",
                        "0" if place else "−50.000",
                        "",
                    )
                    for place, (code, name) in enumerate(_PEOPLE)
                ),
            ),
            FigureTable(
                "Kiến nghị",
                (
                    FigureColumn("Mã", "text", 60),
                    FigureColumn("Mức", "text", 60),
                    FigureColumn("Điều chưa đúng", "text", 200, 3, key=True),
                    FigureColumn("Ai khắc phục", "text", 100),
                    FigureColumn("Hạn", "text", 80),
                ),
                (("KN-001", "Nặng", "Sổ của một thành viên thiếu một lần gửi", "Thư ký", "20/04/2026"),),
            ),
        ),
        notes=("Chênh lệch: số tìm thấy trừ số trong sổ nhóm.",),
        secret=True,
        signers=(Signer("Người kiểm tra", "Lê Thị Bích Phượng"), Signer("Tổ trưởng"), Signer("Thủ quỹ")),
    )

"""Made-up papers of training, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.kit.values import Signer
from reports.samples import GROUP, NAMES, ORGANISATION, mark
from reports.training_certificate import Certificate, Certificates
from reports.training_class import (
    AttendanceList,
    ClassBlock,
    ClassReport,
    Cut,
    CutRow,
    ResultRow,
    SheetLearner,
    SheetSession,
)

BLOCK = ClassBlock(
    "LH-0003", "Kinh doanh 40 giờ cho phụ nữ trẻ", "Khóa học kinh doanh 40 giờ", "40", date(2026, 3, 2),
    date(2026, 3, 13), "Nhà văn hóa ấp Bình Phú, xã Tân Hưng, tỉnh Đồng Tháp", "Lê Thị Phượng, Nguyễn Văn Khoa",
    "NMA-V", 24_500_000,
)  # fmt: skip
_SESSIONS = tuple(
    SheetSession(number, date(2026, 3, 1 + number), "8", topic)
    for number, topic in enumerate(
        ("Ý tưởng kinh doanh", "Khách hàng, thị trường", "Giá thành, giá bán", "Ghi chép", "Kế hoạch kinh doanh"), start=1
    )
)  # fmt: skip


def certificates(number: int = 1, *, copy: int = 1, large: bool = False) -> Certificates:
    """Return the certificates of some learners."""
    qr = "SN1;0f3a9c1b;CN-000001/2026;TV-0001 LH-0003;;0;a1b2c3.128;7K3M-9QFD-22AA"
    return Certificates(
        ORGANISATION,
        tuple(
            Certificate(
                mark(f"CN-{place + 1:06d}/2026", copy, qr), f"CN-{place + 1:06d}/2026", NAMES[place % len(NAMES)],
                "M" if "Văn" in NAMES[place % len(NAMES)] else "F", date(1984, 5, 17) if place % 2 == 0 else 1990,
                f"TV-{place + 1:04d}", BLOCK.course, "40", "38,5", BLOCK.starts, BLOCK.ends, date(2026, 3, 14),
                score="8,5/10", place=BLOCK.place, issued_at="Tân Hưng", signer="Trần Thị Mai",
                office="Chủ tịch Hội LHPN xã", large_print=large,
            )
            for place in range(number)
        ),
    )  # fmt: skip


def _learners(filled: bool) -> tuple[SheetLearner, ...]:
    return tuple(
        SheetLearner(
            f"TV-{place + 1:04d}", name, "Nam" if "Văn" in name else "Nữ", str(1960 + place), "ấp Bình Phú",
            ("8", "8", "7,5", "–" if place % 5 == 4 else "8", "8") if filled else (),
            ("31,5" if place % 5 == 4 else "39,5") if filled else "",
            ("Chưa đủ giờ" if place % 5 == 4 else "Hoàn thành") if filled else "",
        )
        for place, name in enumerate(NAMES)
    )  # fmt: skip


def attendance(*, blank: bool = True, one: bool = True) -> AttendanceList:
    """Return the attendance list of a session or of the whole class, blank or filled."""
    sessions = _SESSIONS[:1] if one else _SESSIONS
    learners = _learners(not blank)
    if not blank and one:
        learners = tuple(
            SheetLearner(row.code, row.name, row.sex, row.born, row.place, row.hours[:1], row.hours[0])
            for row in learners
        )
    return AttendanceList(
        ORGANISATION, GROUP, mark("DD-000001/2026"), BLOCK, sessions, learners, date(2026, 3, 2), blank, "Tân Hưng",
        (Signer("Giảng viên", "Lê Thị Phượng"), Signer("Người lập", "Trần Thị Mai")),
    )  # fmt: skip


def class_report(*, inside: bool = True) -> ClassReport:
    """Return the report of a class, for the commune or for a donor."""
    rows = (
        CutRow("Nữ", "18", "18", "16", "16", "690"),
        CutRow("Nam", "7", "7", "5", "5", "255"),
        CutRow("Cộng", "25", "25", "21", "21", "945", bold=True),
    )
    hidden = (CutRow("Có", "…", "…", "…", "…", "…"), CutRow("Cộng", "25", "25", "21", "21", "945", bold=True))
    return ClassReport(
        ORGANISATION, GROUP, mark("LH-000001/2026"), BLOCK, date(2026, 3, 20),
        (("Ghi danh / số chỗ:", "25/30"), ("Hoàn thành:", "21 (84 %)")), _SESSIONS, ("25/25",) * 5,
        (Cut("Giới tính", rows), Cut("Khuyết tật (WG)", hidden)),
        tuple(
            ResultRow(f"TV-{place + 1:04d}", name, "38,5", "96 %", "4", "8,5", "14/03/2026", "Hoàn thành", f"CN-{place + 1:06d}/2026")
            for place, name in enumerate(NAMES[:8])
        ) if inside else (),
        ("Phiên dịch ngôn ngữ ký hiệu: 1 người", "Trông trẻ: 3 người"),
        ("Hoàn thành: học ít nhất 80 % số giờ, và đạt bài kiểm tra hoặc có kế hoạch.",),
        "Mật – dùng trong xã" if inside else "Nhà tài trợ, công bố", "Tân Hưng",
        (Signer("Người lập", "Trần Thị Mai"), Signer("Giảng viên chính", "Lê Thị Phượng")),
    )  # fmt: skip

"""A made-up share-out of 25 members, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.kit.values import Signer
from reports.loan_samples import PLACE
from reports.samples import GROUP, NAMES, ORGANISATION, mark
from reports.share_out import ShareOutLine, ShareOutPaper


def share_out(members: int = 25, *, slips: bool = True) -> ShareOutPaper:
    """Return a share-out in which some pay off their loan and their fines."""
    lines = []
    for place in range(members):
        units = 40 + 7 * (place % 9)
        capital = units * 20_000
        lines.append(
            ShareOutLine(
                f"TV-{place + 1:03d}", NAMES[place % len(NAMES)], units, capital, capital + units * 1_700,
                412_000 if place % 6 == 2 else 0, 10_000 if place % 5 == 1 else 0,
            )
        )  # fmt: skip
    paid = sum(line.payout for line in lines)
    workings = (("Tài sản ròng của nhóm", paid + 1_812_000), ("Chuyển sang chu kỳ sau", -1_800_000),
                ("Số được chia", paid + 12_000))  # fmt: skip
    return ShareOutPaper(
        ORGANISATION, GROUP, "Chu kỳ 2", date(2026, 12, 20), workings, paid + 12_000, 1_000, tuple(lines), 12_000,
        "chuyển sang quỹ xã hội", mark(), "Cả tổ biểu quyết 25/25 thống nhất chia và mở chu kỳ 3.",
        (Signer("Tổ trưởng", "Nguyễn Thị Bé Tư"), Signer("Thủ quỹ", "Lê Thị Hồng Nhung")), PLACE, slips=slips,
    )  # fmt: skip

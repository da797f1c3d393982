"""A made-up table of interest on savings, for tests and for looking at."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from reports.kit.values import Signer
from reports.loan_samples import PLACE
from reports.samples import GROUP, NAMES, ORGANISATION, mark
from reports.savings_interest import InterestLine, InterestStretch, SavingsInterest

_STARTS, _MIDDLE, _ENDS = date(2026, 9, 1), date(2026, 9, 12), date(2026, 9, 30)


def interest(members: int = 25, *, draft: bool = False) -> SavingsInterest:
    """Return a month in which everybody paid in at the meeting of the twelfth, and one entry came late."""
    lines = []
    for place in range(members):
        opening = 400_000 + 35_000 * (place % 11)
        stretches = (
            _stretch(_STARTS, _MIDDLE, 12, opening),
            _stretch(date(2026, 9, 13), _ENDS, 18, opening + 50_000),
        )
        exact = sum((one.interest for one in stretches), Fraction(0))
        lines.append(
            InterestLine(
                f"TV-{place + 1:03d}", NAMES[place % len(NAMES)], opening, 50_000, 0, exact, round(exact),
                134 if place == 3 else 0, stretches,
            )
        )  # fmt: skip
    rules = (
        ("Cách tính lãi", "số dư từng ngày, một năm 365 ngày"),
        ("Lãi suất", "6,6 % một năm từ 01/01/2026"),
        ("Nhập lãi", "hằng tháng"),
        ("Làm tròn", "đến 1 ₫, nửa trở lên thì tròn lên"),
    )
    return SavingsInterest(
        ORGANISATION, GROUP, "Tiết kiệm tự nguyện", "Tháng 9/2026", _STARTS, _ENDS, rules, tuple(lines), mark(),
        (Signer("Người lập", "Trần Thị Kim Loan"), Signer("Thủ quỹ", "Lê Thị Hồng Nhung"),
         Signer("Tổ trưởng", "Nguyễn Thị Bé Tư")), PLACE, 0 if draft else 3, draft,
    )  # fmt: skip


def _stretch(starts: date, ends: date, days: int, balance: int) -> InterestStretch:
    percent = Fraction(66, 10)
    return InterestStretch(starts, ends, days, Fraction(balance), percent, balance * days * percent / 36_500)

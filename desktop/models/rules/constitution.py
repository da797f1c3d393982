"""What a group has agreed on: the rules of a day and the fines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.models.kinds import Attendance, Frequency, LeavingRule, RemainderRule
from desktop.models.problems import Problem
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _

SHARE_OUT_UNITS = (1, 100, 500, 1000, 10_000)
"""The đồng that payouts may be rounded down to."""


@dataclass(frozen=True, slots=True)
class FineRule:
    """One fine of the list: amount in đồng; `attendance` is the state that proposes it, if any."""

    code: str
    title: str
    amount: int
    attendance: Attendance | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a group on a day (amounts in đồng). `share_value` 0: the group has no shares."""

    valid_from: date
    frequency: Frequency = Frequency.MONTHLY
    weekday: int = 5
    month_day: int | None = None
    meeting_time: str = ""
    meeting_place: str = ""
    share_value: int = 0
    shares_min: int = 1
    shares_max: int = 5
    voluntary_savings: bool = True
    withdrawals: bool = True
    compulsory_saving: int = 0
    social_contribution: int = 0
    fines: tuple[FineRule, ...] = ()
    quorum_percent: int = 50
    share_out_unit: int = 1000
    """Payouts of the share-out are multiples of this many đồng; 1 is exact."""
    share_out_remainder: RemainderRule = RemainderRule.NEXT_CYCLE
    leaving_rule: LeavingRule = LeavingRule.PAID
    leaving_fee_percent: int = 0
    lends: bool = False
    """Whether members are repaying loans, so that the sheet has their columns. Not kept: it follows from the loans."""
    owing: bool = False
    """Whether a member owes a fine, so that the sheet can take it. Not kept: it follows from the ledger."""
    collects: bool = False
    """Whether the group collects interest for a lender. Not kept: it follows from its kind, loans and ledger."""

    @property
    def has_shares(self) -> bool:
        """Tell whether members buy shares."""
        return self.share_value > 0

    def fine_for(self, state: Attendance) -> int:
        """Return the fine that the list proposes for a way of taking part, in đồng."""
        return sum(fine.amount for fine in self.fines if fine.attendance is state)

    def quorum_of(self, members: int) -> int:
        """Return how many of `members` must take part: the percentage, rounded up."""
        return -(-members * self.quorum_percent // 100)


def fines_to_text(fines: tuple[FineRule, ...]) -> str:
    """Return the list of fines as it is kept (JSON)."""
    rows = [
        {
            "code": fine.code,
            "title": fine.title,
            "amount": fine.amount,
            "attendance": None if fine.attendance is None else fine.attendance.value,
        }
        for fine in fines
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def fines_from_text(text: str) -> tuple[FineRule, ...]:
    """Return the list of fines from its kept form."""
    rows: list[dict[str, Any]] = json.loads(text or "[]")
    return tuple(
        FineRule(
            code=str(row["code"]),
            title=str(row["title"]),
            amount=int(row["amount"]),
            attendance=None if row.get("attendance") is None else Attendance(row["attendance"]),
        )
        for row in rows
    )


def check_rules(rules: Rules) -> list[Problem]:
    """Return what is wrong with a constitution before it is kept; fields are named as in `Rules`."""
    found: list[Problem] = []
    for field in ("share_value", "compulsory_saving", "social_contribution"):
        value = getattr(rules, field)
        if not 0 <= value <= MAX_DONG:
            found.append(
                Problem.stop("amount", field, _("Số tiền phải từ 0 đến 1.000.000.000.000.000 đồng."))
            )
    if rules.has_shares and not 0 <= rules.shares_min <= rules.shares_max:
        found.append(
            Problem.stop("share-bounds", "shares_max", _("Số cổ phần nhiều nhất phải từ số ít nhất trở lên."))
        )
    if rules.has_shares and rules.shares_max < 1:
        found.append(Problem.stop("share-bounds", "shares_max", _("Mỗi kỳ phải mua được ít nhất 1 cổ phần.")))
    if not 0 <= rules.quorum_percent <= 100:
        found.append(
            Problem.stop("quorum", "quorum_percent", _("Tỷ lệ dự họp tối thiểu phải từ 0 đến 100 %."))
        )
    if rules.share_out_unit not in SHARE_OUT_UNITS:
        found.append(
            Problem.stop("unit", "share_out_unit", _("Chia tròn đến 1, 100, 500, 1.000 hoặc 10.000 đồng."))
        )
    if not 0 <= rules.leaving_fee_percent <= 100:
        found.append(Problem.stop("fee", "leaving_fee_percent", _("Phí rời nhóm phải từ 0 đến 100 %.")))
    if not 0 <= rules.weekday <= 6:
        found.append(Problem.stop("weekday", "weekday", _("Hãy chọn thứ trong tuần.")))
    if rules.month_day is not None and not 1 <= rules.month_day <= 28:
        found.append(Problem.stop("month-day", "month_day", _("Ngày họp trong tháng phải từ 1 đến 28.")))
    codes = [fine.code for fine in rules.fines]
    if len(codes) != len(set(codes)):
        found.append(Problem.stop("fines-twice", "fines", _("Hai khoản phạt trùng mã.")))
    if any(fine.amount <= 0 or fine.amount > MAX_DONG for fine in rules.fines):
        found.append(Problem.stop("fine-amount", "fines", _("Mức phạt phải lớn hơn 0.")))
    return found

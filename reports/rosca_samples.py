"""Made-up papers of a rotating fund, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.loan_samples import PLACE, person
from reports.rosca_agreement import RoscaAgreement
from reports.rosca_ledger import LedgerLine, RoscaLedger
from reports.rosca_notice import RoscaNotice
from reports.rosca_values import RoscaHead, RoscaHolder
from reports.samples import GROUP, ORGANISATION, mark

_PARTS = 10
_SIGNED = date(2026, 2, 1)


def head() -> RoscaHead:
    """Return a fund of ten parts with bids."""
    return RoscaHead(
        "H-001", "Họ chợ Tân Hưng", GROUP, "Họ có lãi", "Người trả lãi cao nhất", "Hằng tháng", 12_000_000, _PARTS,
        date(2026, 2, 5), date(2026, 11, 5), person(0),
        tuple(RoscaHolder(person(index), (index + 1,)) for index in range(_PARTS)),
        interest_text="người trả lãi cao nhất mỗi kỳ, không quá 20 % một năm của phần còn phải góp (Điều 21)",
        late_text="10 % một năm trên số góp chậm (Điều 22)",
    )  # fmt: skip


def agreement() -> RoscaAgreement:
    """Return the agreement of the sample fund."""
    return RoscaAgreement(
        ORGANISATION, head(), _SIGNED, mark(), PLACE, "nhà văn hóa ấp 3", "Chủ họ giữ sổ tiết kiệm của nhóm.",
        ("Ai đến muộn quá 15 phút thì không được kêu lãi.", "Tiền lĩnh giao trước mặt mọi người."),
    )  # fmt: skip


def ledger(openings: int = 3) -> RoscaLedger:
    """Return the ledger of the sample fund after some openings, one part paid late."""
    lines = []
    for opening in range(1, openings + 1):
        day = date(2026, 1 + opening, 5)
        for part in range(1, _PARTS + 1):
            note = "góp chậm, lãi 12.000 ₫" if part == 7 and opening == 2 else ""
            paid = 12_000_000 if part <= opening else 11_800_000
            lines.append(
                LedgerLine(opening, day, person(part - 1).name, part, paid, 0, note, f"PT-{part:04d}/2026")
            )
        drawn = 12_000_000 * opening + 11_800_000 * (_PARTS - opening)
        name = person(opening - 1).name
        lines.append(LedgerLine(opening, day, name, opening, 0, drawn, "", f"PC-{opening:04d}/2026"))
    debts = ((openings, person(8).name, 1_000_000),)
    return RoscaLedger(ORGANISATION, head(), date(2026, 8, 1), tuple(lines), mark(), debts, PLACE)


def notice() -> RoscaNotice:
    """Return the notice of the sample fund to the commune."""
    reasons = ("tổng giá trị các phần họ tại một kỳ mở từ 100.000.000 ₫ trở lên",)
    return RoscaNotice(ORGANISATION, head(), _SIGNED, mark(), "Ủy ban nhân dân xã Tân Hưng", reasons, PLACE)

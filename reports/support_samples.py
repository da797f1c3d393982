"""Made-up papers of support, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.kit.values import Signer
from reports.samples import GROUP, ORGANISATION, mark
from reports.support_assessment import AssessmentForm
from reports.support_assets import AssetCard, AssetRegister
from reports.support_dossier import ContributionLine, DecisionLine, SupportDossier, TransferLine
from reports.support_handover import Handover
from reports.support_values import AssessmentBlock, AssetLine, CheckLine, ItemLine, SupportBlock
from resources.support import items

_DAY = date(2026, 9, 30)
SUPPORT = SupportBlock(
    "HT-0001", "Máy ấp trứng", "Tài sản, thiết bị", "Nuôi vịt đẻ – Nguyễn Thị Hòa", "1 máy 500 trứng", "Dự án Hòa nhập",
    12_000_000, date(2026, 2, 1), "Nguyễn Thị Hòa", "Ấp trứng cho 12 hộ trong tổ", "Kinh doanh 40 giờ, Kỹ thuật sản xuất",
)  # fmt: skip
ASSET = AssetLine(
    "TS-0001", "Máy ấp 500 trứng", 12_000_000, 10_800_000, "Tổ Hoa Sen", "Nguyễn Thị Hòa", "Nhà văn hóa ấp 3", 5,
    date(2026, 3, 1), "Tốt", "MA500-0231", "01/09/2026",
)  # fmt: skip
_SIGNERS = (Signer("Đại diện bên nhận", "Nguyễn Thị Hòa"), Signer("Người lập", "Trần Thị Mai"))


def block(*, blank: bool = False, again: bool = False, passed: bool = True) -> AssessmentBlock:
    """Return an assessment: blank, kept, or one after the hand-over."""
    asked = [item for item in items() if item.again or not again]
    known = {"months": 6, "books": 3, "share": 20, "hardship": 5, "dsr": 40, "dsr_poor": 30}
    lines = tuple(
        ItemLine(
            item.number,
            item.vi.format(**known),
            "*" * item.gate,
            "" if blank else "1" if item.number == 2 and not passed else "2",
            "" if blank else f"Biên bản số {item.number:02d}/2026",
            "" if blank or item.number not in (2, 4, 5) else "2: sổ khớp 3 lần kiểm đếm gần nhất",
            item.number == 2 and not passed and not blank,
        )
        for item in asked
    )
    most = 2 * len(asked)
    if blank:
        return AssessmentBlock("Trước khi chuyển giao", lines, most=most)
    return AssessmentBlock(
        "Đánh giá lại lần 1" if again else "Trước khi chuyển giao",
        lines,
        date(2026, 2, 10),
        "Lê Thị Phượng",
        most - (0 if passed else 1),
        most,
        () if passed else (2,),
        "Chuyển giao" if passed else "Bổ sung rồi đánh giá lại",
    )


def dossier() -> SupportDossier:
    """Return a dossier that was approved as an exception."""
    return SupportDossier(
        ORGANISATION, GROUP, mark("HT-000001/2026"), SUPPORT, _DAY, "Đã bàn giao", "20 %", "20 %",
        assessments=(block(passed=False),),
        decisions=(
            DecisionLine(
                date(2026, 2, 20), "Duyệt chuyển giao", 12_000_000, "Lê Văn Sơn (Điều phối dự án)",
                "Hà Thị Mai (Phó chủ tịch xã)", "Lũ cuốn mất lò ấp, vụ ấp đã tới; khóa kỹ thuật xong trong tháng 3",
                override=True, in_force=True,
            ),
        ),
        contributions=(
            ContributionLine(date(2026, 2, 12), "Ngày công", "12,5 công × 200.000 ₫", 2_500_000, "Danh sách ký nhận số 3", True),
            ContributionLine(date(2026, 2, 14), "Đất, mặt bằng", "Góc nhà văn hóa 6 m²", 500_000, "Biên bản mượn đất", True),
            ContributionLine(date(2026, 2, 14), "Tiền mặt", "Góp thêm", 300_000, "", False),
        ),
        transfers=(TransferLine(date(2026, 3, 1), "1 máy ấp 500 trứng, mới", 12_000_000, "BB-01/2026", "Nguyễn Thị Hòa"),),
        assets=(ASSET,),
        schedule="Đánh giá lại sau bàn giao: lần 2 01/03/2027.",
        figures=(
            ("NH14", "Điểm trưởng thành nhóm", "82"), ("BV02", "Tỷ lệ phụ thuộc vốn ngoài", "12,5 %"),
            ("BV05", "Tỷ lệ đối ứng cộng đồng", "20 %"), ("BV06", "Tỷ lệ chuyển giao có đánh giá bền vững", "100 %"),
            ("BV07", "Năng lực đi trước", "–"),
        ),
        period="từ 01/10/2025 đến 30/09/2026",
        place="Tân Hưng",
        signers=_SIGNERS,
    )  # fmt: skip


def handover() -> Handover:
    """Return the minutes of a hand-over."""
    return Handover(
        ORGANISATION, GROUP, mark("BG-000001/2026"), SUPPORT, "BB-01/2026", date(2026, 3, 1), "1 máy ấp 500 trứng, mới",
        12_000_000, "Lê Văn Sơn", "Nguyễn Thị Hòa", "Trưởng ấp Võ Văn Tám", "Nhà văn hóa ấp 3",
        "Quyết định ngày 20/02/2026 của Lê Văn Sơn (Điều phối dự án), giá trị duyệt 12.000.000 ₫",
        "3.000.000 ₫, 20 % (mức tối thiểu 20 %)", "Trao tận tay", assets=(ASSET,), place="Tân Hưng",
        signers=(
            Signer("Bên giao", "Lê Văn Sơn"), Signer("Bên nhận", "Nguyễn Thị Hòa", fingerprint=True, witness="Võ Văn Tám"),
        ),
    )  # fmt: skip


def assessment(*, blank: bool = False, again: bool = False) -> AssessmentForm:
    """Return the form of an assessment, kept or blank, before the hand-over or after it."""
    return AssessmentForm(
        ORGANISATION, GROUP, mark("DG-000001/2026"), SUPPORT, block(blank=blank, again=again), _DAY, again,
        place="" if blank else "Tân Hưng",
        signers=(Signer("Đại diện bên nhận"), Signer("Người đánh giá", "" if blank else "Lê Thị Phượng")),
    )  # fmt: skip


def register() -> AssetRegister:
    """Return the register of assets."""
    other = AssetLine(
        "TS-0002", "Máy thái chuối", 3_500_000, 2_100_000, "Hộ HO-0012: Võ Văn Tám", "Võ Văn Tám", "ấp Bình Phú", 5,
        date(2025, 9, 1), "Dùng được, cần bảo trì", "", "15/08/2026",
    )  # fmt: skip
    return AssetRegister(
        ORGANISATION, GROUP, mark("TX-000001/2026"), _DAY, (ASSET, other), "Tân Hưng",
        (Signer("Người lập", "Trần Thị Mai"), Signer("Tổ trưởng", "Trần Thị Ánh Tuyết")),
    )  # fmt: skip


def card() -> AssetCard:
    """Return the card of an asset with two checks."""
    return AssetCard(
        ORGANISATION, GROUP, mark("TX-000002/2026"), _DAY, ASSET, "HT-0001 · Máy ấp trứng",
        checks=(
            CheckLine(date(2026, 6, 1), "Dùng được, cần bảo trì", "Dùng đúng mục đích", "Lê Thị Phượng", "Thay quạt gió"),
            CheckLine(date(2026, 9, 1), "Tốt", "Dùng đúng mục đích", "Lê Thị Phượng"),
        ),
        next_check=date(2027, 3, 1), place="Tân Hưng",
        signers=(Signer("Người chịu trách nhiệm", "Nguyễn Thị Hòa"), Signer("Người lập", "Trần Thị Mai")),
    )  # fmt: skip

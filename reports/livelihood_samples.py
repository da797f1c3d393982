"""Made-up papers of livelihoods, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from reports.business_plan import BusinessPlanPaper
from reports.job_report import CutLine, CutTable, JobLine, JobReport, ReportLine
from reports.kit.values import Signer
from reports.livelihood_record import LivelihoodRecord, RecordEvent, RecordJob, RecordVisit
from reports.livelihood_values import ActivityBlock, AssetLine, VisitFigures
from reports.livelihood_visit import VisitForm
from reports.samples import GROUP, ORGANISATION, mark

ACTIVITY = ActivityBlock(
    "SK-0001", "Nuôi vịt đẻ", "Nguyễn Thị Hòa", "0146 Chăn nuôi gia cầm (VSIC 2025)", "Hộ nông nghiệp không đăng ký",
    "ấp Bình Phú", date(2025, 9, 26), "Đang hoạt động",
)  # fmt: skip
_DAY = date(2026, 9, 30)


def record() -> LivelihoodRecord:
    """Return the record of an activity with three visits."""
    return LivelihoodRecord(
        ORGANISATION, GROUP, mark("HS-000001/2026"), ACTIVITY, _DAY,
        facts=(("Ai quyết định:", "Vợ chồng cùng quyết"), ("Thực hành thích ứng:", "Chuồng trại an toàn")),
        visits=(
            RecordVisit("Trước hỗ trợ", date(2025, 9, 14), "Lê Thị Phượng", True, 18_000_000, "–", 100, "Ảnh chụp"),
            RecordVisit("6 tháng", date(2026, 3, 30), "Lê Thị Phượng", True, 26_700_000, "7.923.611", 200, "Ảnh chụp"),
            RecordVisit("12 tháng", _DAY, "Lê Thị Phượng", True, 31_400_000, "12.486.943", 200, "Sổ thu chi"),
        ),
        jobs=(RecordJob("Nguyễn Thị Hòa", "Cải thiện", "Tự làm", 200, "5", "0,52", "0,26"),),
        story=(
            RecordEvent(date(2025, 9, 26), "Tình trạng", "Đang hoạt động"),
            RecordEvent(date(2026, 6, 17), "Vốn vay", "Khoản vay KV-0001; mua vịt giống", 3_000_000),
        ),
        schedule="Lần thăm tới: 24 tháng 26/09/2027.",
        notes=("Tăng thực: theo giá của lúc trước hỗ trợ.",),
        place="Tân Hưng",
        signers=(Signer("Chủ sinh kế", "Nguyễn Thị Hòa"), Signer("Người lập", "Trần Thị Mai")),
    )  # fmt: skip


def plan(*, approved: bool = True) -> BusinessPlanPaper:
    """Return a business plan, approved or not."""
    left = [2_000_000]
    for _month in range(12):
        left.append(left[-1] + 500_000)
    return BusinessPlanPaper(
        ORGANISATION, GROUP, mark("KH-000001/2026"), ACTIVITY, date(2025, 9, 14), "Trứng vịt", "Chợ xã, thương lái",
        "trăm trứng", 200_000, 300_000, 2_550_000, 6_000_000,
        (("Vốn tự có", 3_000_000), ("Vốn vay", 5_000_000), ("Được hỗ trợ", 0), ("Đối ứng", 0)), 2_000_000,
        tuple((2_500_000, 2_000_000, amount) for amount in left[1:]), 26, "Dịch bệnh", "Tiêm phòng", "Ngập lụt",
        "Máng ăn đặt cao vừa tầm xe lăn", date(2025, 9, 19) if approved else None,
        ("Lê Thị Phượng, cán bộ", "Trần Thị Ánh Tuyết, tổ trưởng") if approved else (), "Tân Hưng",
    )  # fmt: skip


def visit(*, blank: bool = False) -> VisitForm:
    """Return the form of a visit, filled in or blank."""
    ticked = not blank
    return VisitForm(
        ORGANISATION, GROUP, mark("TS-000001/2026"), ACTIVITY,
        waves=(("Trước hỗ trợ", False), ("6 tháng", False), ("12 tháng", True), ("24 tháng", False)),
        practices=(("Giống chịu hạn, mặn, ngập", False), ("Chuồng trại an toàn", ticked), ("Che phủ đất", False)),
        contributions=(("Không thể làm được nếu không có hỗ trợ", ticked), ("Vẫn làm được như vậy", False)),
        evidence=(("Sổ thu chi", ticked), ("Chỉ nghe khai", False)),
        day=None if blank else _DAY,
        visitor="" if blank else "Lê Thị Phượng",
        operating=None if blank else True,
        displaces=None if blank else False,
        figures=None if blank else VisitFigures(
            12, 62_000_000, 1_200_000, 2_000_000, 2_600_000, 31_000_000, 0, 400_000, 1_000_000, 31_400_000, 200, "5", 4,
            654_167, (AssetLine("Chuồng trại, dụng cụ", 5_000_000, 5),),
        ),
        real_text="" if blank else "So với trước hỗ trợ: 12.486.943 ₫ một năm theo giá lúc ấy.",
        note="" if blank else "Mất 40 con vì ngập tháng 6",
    )  # fmt: skip


def job_report() -> JobReport:
    """Return a report on jobs, for use inside the commune."""
    return JobReport(
        ORGANISATION, GROUP, mark("VL-000001/2026"), _DAY,
        indicators=(
            ReportLine("SK04", "Thay đổi thu nhập thực", "7.507.298 ₫ (33,7 %)", "9 sinh kế"),
            ReportLine("VL01", "Việc làm ròng tăng thêm (FTE)", "0,64", "2 việc làm báo cáo được"),
        ),
        cuts=(
            CutTable(
                "Giới tính",
                (
                    CutLine("Nữ", "6", "7.517.476", "1", "0,26"),
                    CutLine("Nam", "3", "1.826.519", "1", "0,38"),
                    CutLine("Cộng", "9", "7.507.298", "2", "0,64", total=True),
                ),
            ),
        ),
        jobs=(
            JobLine("Nguyễn Thị Hòa", "SK-0001 Nuôi vịt đẻ", "Cải thiện", "Tự làm", 200, "5", "0,52", "0,26", "7/8", "Sổ thu chi"),
            JobLine("Võ Văn Tám", "SK-0001 Nuôi vịt đẻ", "Tạo mới", "Làm công", 120, "6", "0,38", "0,38", "7/8", "Hai người làm chứng"),
        ),
        total_fte="0,90",
        total_net="0,64",
        method=("FTE = số ngày × số giờ / 1.920 giờ.", "Phương pháp quy kết: theo lời chủ sinh kế."),
        secret="Mật – dùng trong xã",
        place="Tân Hưng",
        signers=(Signer("Người lập", "Trần Thị Mai"), Signer("Người duyệt")),
    )  # fmt: skip

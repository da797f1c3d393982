"""The kinds of paper: the name of each, the letters of its numbers, and which no voucher can make wrong."""

from __future__ import annotations

from dataclasses import dataclass

from resources.lang.messages import N_, _

OTHER_PAPERS = "GI"
"""How the numbers of papers begin whose kind has no letters of its own."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: its Vietnamese name and how its numbers begin ("SK" of "SK-000012/2026").

    `stands`: no voucher makes it wrong, for it names no balance of the book or keeps the one of its own hour.
    """

    title: str
    prefix: str = OTHER_PAPERS
    stands: bool = False


_KINDS = {
    "member_statement": PaperKind(N_("Sao kê thành viên"), "SK"),
    "meeting_minutes": PaperKind(N_("Biên bản họp"), "BB"),
    "receipt": PaperKind(N_("Phiếu thu, phiếu chi")),
    "blank_sheet": PaperKind(N_("Phiếu họp trống"), "PH", stands=True),
    "cash_book": PaperKind(N_("Sổ quỹ tiền mặt"), "SQ"),
    "trial_balance": PaperKind(N_("Bảng cân đối tài khoản")),
    "member_list": PaperKind(N_("Danh sách thành viên"), stands=True),
    "loan-application": PaperKind(N_("Đơn đề nghị vay vốn"), "DV"),
    "loan-contract": PaperKind(N_("Hợp đồng vay vốn"), "HD"),
    "loan-schedule": PaperKind(N_("Lịch trả nợ"), "LT"),
    "loan-passbook": PaperKind(N_("Sổ vay vốn"), "SV"),
    "loan-payoff": PaperKind(N_("Báo giá tất toán"), "TT"),
    "loan-reminder": PaperKind(N_("Thư nhắc trả nợ"), "TN"),
    "livelihood-record": PaperKind(N_("Hồ sơ sinh kế"), "HS", stands=True),
    "business-plan": PaperKind(N_("Kế hoạch kinh doanh"), "KH", stands=True),
    "visit-form": PaperKind(N_("Phiếu thăm sinh kế"), "TS", stands=True),
    "audit-sheet": PaperKind(N_("Phiếu kiểm tra"), "PKT", stands=True),
    "audit-minutes": PaperKind(N_("Biên bản kiểm tra"), "BBKT", stands=True),
    "job-report": PaperKind(N_("Báo cáo việc làm và thu nhập"), "BL", stands=True),
    "lender-collection": PaperKind(N_("Bảng kê thu hộ bên cho vay"), "BK"),
    "share-out": PaperKind(N_("Bảng chia cổ phần"), "CP"),
    "cash-count": PaperKind(N_("Biên bản kiểm kê quỹ"), "KK", stands=True),
    "opening-balances": PaperKind(N_("Biên bản bàn giao số dư đầu"), "SD"),
    "social-book": PaperKind(N_("Sổ quỹ xã hội"), "XH"),
    "expense-list": PaperKind(N_("Bảng kê chi phí"), "CH"),
    "group-report": PaperKind(N_("Báo cáo tháng, quý của nhóm"), "BC"),
    "savings-interest": PaperKind(N_("Bảng tính lãi tiết kiệm"), "TL"),
    "rosca-agreement": PaperKind(N_("Văn bản thỏa thuận về dây họ"), "TH"),
    "rosca-ledger": PaperKind(N_("Sổ họ"), "SH"),
    "rosca-notice": PaperKind(N_("Thông báo về việc tổ chức dây họ"), "TB"),
    "support-dossier": PaperKind(N_("Hồ sơ hỗ trợ"), "HT"),
    "support-handover": PaperKind(N_("Biên bản bàn giao"), "BG"),
    "support-assessment": PaperKind(N_("Phiếu đánh giá tính bền vững"), "DG"),
    "asset-register": PaperKind(N_("Sổ theo dõi tài sản"), "TX"),
    "asset-card": PaperKind(N_("Thẻ tài sản"), "TX"),
    "constitution": PaperKind(N_("Quy chế hoạt động nhóm"), "QC", stands=True),
    "passbook": PaperKind(N_("Sổ thành viên"), "ST"),
    "model-sheet": PaperKind(N_("Bản mô tả mô hình"), "MH", stands=True),
    "training-certificate": PaperKind(N_("Giấy chứng nhận tập huấn"), "CN", stands=True),
    "training-attendance": PaperKind(N_("Danh sách điểm danh lớp tập huấn"), "DD", stands=True),
    "training-class": PaperKind(N_("Báo cáo lớp tập huấn"), "LH", stands=True),
}

STANDING = frozenset(report for report, kind in _KINDS.items() if kind.stands)
"""The reports that no voucher makes wrong."""


def report_title(report: str) -> str:
    """Return the name of a kind of paper in the language in use."""
    kind = _KINDS.get(report)
    return report if kind is None else _(kind.title)


def prefix_of(report: str) -> str:
    """Return how the numbers of a kind of paper begin."""
    kind = _KINDS.get(report)
    return OTHER_PAPERS if kind is None else kind.prefix

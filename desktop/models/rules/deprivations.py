"""The indicators of multidimensional poverty by standard (Decree 07/2021; Decree 351/2025): rows, not fixed columns.

What a household lacks is recorded from the commune's form B2; B2 is ten points for each (indicators.md 2.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.problems import Problem
from resources.lang.messages import N_, _

_COMMON = {
    "work": N_("Việc làm"),
    "dependants": N_("Người phụ thuộc trong hộ"),
    "nutrition": N_("Dinh dưỡng"),
    "insurance": N_("Bảo hiểm y tế"),
    "adult_education": N_("Trình độ giáo dục của người lớn"),
    "school": N_("Trẻ em đi học"),
    "housing": N_("Chất lượng nhà ở"),
    "space": N_("Diện tích nhà ở bình quân"),
    "water": N_("Nguồn nước sinh hoạt"),
    "latrine": N_("Nhà tiêu hợp vệ sinh"),
}
INDICATORS: Mapping[str, Mapping[str, str]] = {
    "2022": {
        **_COMMON,
        "telecom": N_("Sử dụng dịch vụ viễn thông"),
        "means": N_("Phương tiện tiếp cận thông tin"),
    },
    "2027": {**_COMMON, "telecom": N_("Sử dụng dịch vụ viễn thông"), "waste": N_("Xử lý rác thải")},
}
"""The indicators of each standard, by code, with the name to show."""


def indicator_name(standard: str, code: str) -> str:
    """Return the name of an indicator in the language in use."""
    return _(INDICATORS.get(standard, {}).get(code, code))


def check_deprivations(standard: str, deprived: frozenset[str], b2: int | None) -> list[Problem]:
    """Return what is wrong or odd about what a household lacks, beside the points of its form."""
    known = INDICATORS.get(standard)
    if known is None:
        return [Problem.stop("no-list", "standard", _("Chuẩn này không có danh sách chỉ số thiếu hụt."))]
    if not deprived <= known.keys():
        return [Problem.stop("bad-indicator", "deprived", _("Có chỉ số không thuộc chuẩn đã chọn."))]
    if b2 is not None and b2 != 10 * len(deprived):
        text = _("B2 = {points} điểm, nhưng đánh dấu {n} chỉ số thiếu hụt (10 điểm mỗi chỉ số).")
        return [Problem.warn("b2-differs", "b2", text.format(points=b2, n=len(deprived)))]
    return []

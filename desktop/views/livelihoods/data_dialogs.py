"""Dated data: consumer prices, minimum wages, thresholds; each added in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.livelihoods.standards import Standards
from desktop.services import livelihood_standards as data
from desktop.services.acts import Act, Outcome
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, dong, line, number
from desktop.views.livelihoods.inputs import points
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def price(desk: Desk, then: Then, parent: QWidget, row: data.PriceLine | None = None) -> FormDialog:
    """Return the dialog of a price index."""
    today = desk.today()
    values = {"year": today.year, "month": today.month}
    if row is not None:
        values = {"year": row.year, "month": row.month, "points": row.points}
    return FormDialog(
        desk,
        _("Chỉ số giá tiêu dùng"),
        [
            Field("year", N_("Năm"), number(1990, 2200), required=True, width=8),
            Field("month", N_("Tháng"), number(0, 12), required=True, width=8, hint=N_("0: bình quân cả năm")),
            Field("points", N_("Chỉ số, gốc năm 2019 = 100"), points(), required=True, width=14, hint=N_("Nhân chỉ số năm trước với tỷ lệ tăng đã công bố: 116,03 × 1,0331 = 119,87")),
            Field("source", N_("Nguồn"), line(N_("Cục Thống kê, thông cáo ngày …")), required=True),
        ],
        lambda book, typed, act: data.keep_price(
            book, typed["year"], typed["month"], typed["points"], typed["source"], act
        ),
        then,
        values=values,
        parent=parent,
    )  # fmt: skip


def wage(desk: Desk, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a minimum wage."""
    regions = [(1, N_("Vùng I")), (2, N_("Vùng II")), (3, N_("Vùng III")), (4, N_("Vùng IV"))]
    return FormDialog(
        desk,
        _("Lương tối thiểu vùng"),
        [
            Field("region", N_("Vùng"), choice(regions), default=4),
            Field("since", N_("Từ ngày"), day(), required=True),
            Field("monthly", N_("Mỗi tháng"), dong(), required=True),
            Field("hourly", N_("Mỗi giờ"), dong(), required=True),
            Field("source", N_("Nghị định số"), line(N_("293/2025/NĐ-CP")), required=True),
        ],
        lambda book, typed, act: data.keep_wage(
            book,
            typed["region"],
            typed["since"],
            typed["monthly"],
            typed["hourly"],
            typed["source"],
            act,
        ),
        then,
        parent=parent,
    )


def standards(desk: Desk, latest: Standards, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of thresholds that hold from a day on."""
    names = (
        ("fte_hours", N_("Giờ một năm cho 1 FTE"), N_("240 ngày × 8 giờ = 1920")),
        ("gain_percent", N_("Tăng thu nhập: từ (%)"), ""),
        ("gain_least", N_("và từ (đồng một năm)"), ""),
        ("window", N_("Thăm sớm hay muộn không quá (ngày)"), ""),
        ("full_share", N_("Toàn thời gian: từ (% FTE)"), ""),
        ("season_months", N_("Thời vụ: dưới (tháng một năm)"), ""),
        ("payout_days", N_("Hỗ trợ kịp thời: trong (ngày)"), ""),
        ("recovered_percent", N_("Phục hồi: từ (% thu nhập trước)"), ""),
        ("decent_least", N_("Việc làm bền vững: từ (điểm, trên 8)"), ""),
        ("high_risk", N_("Rủi ro khí hậu cao: từ (1–9)"), ""),
    )

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        value = Standards(**{name: typed[name] or 0 for name, _title, _hint in names})
        return data.keep_standards(book, typed["since"], value, typed["reason"], act)

    return FormDialog(
        desk,
        _("Mức quy định từ một ngày"),
        [
            Field("since", N_("Từ ngày"), day(), required=True),
            Field("reason", N_("Lý do, quy định nào"), line(), required=True),
            *(Field(name, title, number(0, 1_000_000_000), required=True, hint=hint) for name, title, hint in names),
        ],
        deed,
        then,
        values={"since": desk.today(), **{name: getattr(latest, name) for name, _title, _hint in names}},
        intro=_("Số liệu của những ngày trước vẫn tính theo mức cũ."),
        columns=2,
        parent=parent,
    )  # fmt: skip

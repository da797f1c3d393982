"""The fields of a loan product, in the order one thinks of them; what a method does not need is hidden."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.loan_products import Method
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.inputs import check, choice, dong, line, number, text
from desktop.views.kit.rates import RATE_UNITS, UNITS, percent
from desktop.views.loans.inputs import RatesEdit
from desktop.views.loans.product_values import (
    BASES,
    DAY_COUNTS,
    EARLY,
    FEE_BASES,
    RESIDUALS,
    ROUNDING_MODES,
    ROUNDINGS,
    SHIFTS,
    orders,
)
from resources.lang.messages import N_, _


def fields(desk: Desk) -> list[Field | Section]:
    """Return all fields of a product."""
    return [*_head(desk), *_interest(), *_calendar(), *_grace(), *_money(), *_repaying(), *_limits()]


def _methods() -> list[tuple[Method, str]]:
    return [(method, method.title) for method in Method]


def _head(desk: Desk) -> list[Field | Section]:
    def group(parent: QWidget) -> GroupPicker:
        made = GroupPicker(desk, parent)
        made.setPlaceholderText(_("Mọi nhóm trong sổ"))
        return made

    return [
        Field("code", N_("Mã"), line("", 20), required=True, width=14),
        Field("active", N_("Đang dùng"), check()),
        Field("name", N_("Tên sản phẩm"), line(N_("Ví dụ: Vay chăn nuôi"), 120), required=True, span=0),
        Field("group", N_("Chỉ dành cho nhóm"), group, span=0),
        Field("method", N_("Cách trả"), choice(_methods), required=True, span=0),
    ]


def _interest() -> list[Field | Section]:
    return [
        Section(N_("Lãi suất")),
        Field("rate", N_("Lãi suất (%)"), RatesEdit, required=True, span=0),
        Field("rate_unit", N_("Tính cho"), choice(RATE_UNITS), required=True, span=0),
        Field("day_count", N_("Cách đếm ngày"), choice(DAY_COUNTS), span=0),
        Field("partial_periods", N_("Kỳ đầu lẻ tính lãi theo phần của kỳ"), check(), span=0),
    ]


def _calendar() -> list[Field | Section]:
    return [
        Section(N_("Ngày trả")),
        Field("at_meetings", N_("Trả vào ngày họp nhóm"), check(), span=0),
        Field("every", N_("Mỗi kỳ cách nhau"), number(1, 366), required=True, width=8),
        Field("unit", N_("Đơn vị"), choice(UNITS), required=True),
        Field("off_sundays", N_("Tránh Chủ nhật"), check()),
        Field("off_holidays", N_("Tránh Tết và ngày lễ"), check()),
        Field("shift", N_("Ngày trả rơi vào ngày nghỉ thì"), choice(SHIFTS), required=True, span=0),
    ]


def _grace() -> list[Field | Section]:
    return [
        Section(N_("Ân hạn"), N_("Số kỳ đầu chưa phải trả.")),
        Field("grace_principal", N_("Chưa trả gốc (kỳ)"), number(0, 120), width=8),
        Field("grace_payment", N_("Hoãn thu lãi (kỳ)"), number(0, 120), width=8),
        Field("grace_free", N_("Miễn lãi (kỳ)"), number(0, 120), width=8),
    ]


def _money() -> list[Field | Section]:
    return [
        Section(N_("Làm tròn và phí")),
        Field("rounding_unit", N_("Làm tròn đến"), choice(ROUNDINGS), required=True),
        Field("rounding", N_("Cách làm tròn"), choice(ROUNDING_MODES), required=True),
        Field(
            "instalment_multiple",
            N_("Mỗi kỳ là bội số của"),
            dong(1),
            hint=N_("Để trống: như mức làm tròn"),
        ),
        Field("residual", N_("Phần lẻ dồn vào"), choice(RESIDUALS), required=True),
        Field(
            "merge",
            N_("Gộp kỳ cuối dưới (%)"),
            percent(),
            hint=N_("0: không; so với một kỳ thường"),
            width=10,
        ),
        Field("upfront_fee", N_("Phí trừ khi giải ngân"), dong(1)),
        Field("upfront_percent", N_("Phí % trừ khi giải ngân"), percent(), width=10),
        Field("instalment_fee", N_("Phí thu mỗi kỳ"), dong(1)),
        Field(
            "fee_percent",
            N_("hoặc phí % mỗi kỳ"),
            percent(),
            hint=N_("Có phí % thì không thu phí cố định"),
            width=10,
        ),
        Field("fee_base", N_("Phí % tính trên"), choice(FEE_BASES), required=True),
    ]


def _repaying() -> list[Field | Section]:
    return [
        Section(
            N_("Trả chậm và trả trước"),
            N_("Bộ luật Dân sự: lãi trên gốc quá hạn không quá 150 % lãi suất vay."),
        ),
        Field("penalty_percent", N_("Lãi phạt (% một năm)"), percent(), width=10),
        Field("penalty_base", N_("Tính trên"), choice(BASES), required=True),
        Field("penalty_wait", N_("Số ngày chưa phạt"), number(0, 366), width=8),
        Field("penalty_cap", N_("Phạt nhiều nhất mỗi kỳ"), dong(1), hint=N_("Để trống: không giới hạn")),
        Field("order", N_("Thứ tự trừ tiền trả"), choice(orders), required=True, span=0),
        Field("early", N_("Khi trả trước hạn"), choice(EARLY), span=0),
    ]


def _limits() -> list[Field | Section]:
    return [
        Section(N_("Giới hạn"), N_("Để trống hoặc 0: không giới hạn.")),
        Field("least", N_("Vay ít nhất"), dong(1)),
        Field("most", N_("Vay nhiều nhất"), dong(1)),
        Field("least_number", N_("Số kỳ ít nhất"), number(0, 600), width=8),
        Field("most_number", N_("Số kỳ nhiều nhất"), number(0, 600), width=8),
        Field("times_savings", N_("Tối đa (lần tiết kiệm)"), number(0, 1000), width=8),
        Field("percent_of_fund", N_("Tối đa % quỹ của nhóm"), number(0, 100), width=8),
        Field("open_loans", N_("Số khoản vay cùng lúc"), number(0, 100), width=8),
        Field("guarantors", N_("Số người bảo lãnh"), number(0, 20), width=8),
        Field("days_before", N_("Ngừng trước cuối chu kỳ"), number(0, 3660), width=8, hint=N_("ngày")),
        Field(
            "purposes",
            N_("Mục đích được vay"),
            text(3),
            hint=N_("Mỗi dòng một mục đích; để trống: mục đích nào cũng được"),
            span=0,
        ),
    ]


def fit(form: Form) -> None:
    """Show the fields that the chosen method has a use for."""
    method = form.value("method")
    meetings = method is Method.PER_MEETING or bool(form.value("at_meetings"))
    by_hand = method is Method.FREE
    shown: dict[str, Any] = {
        "rate_unit": method is not Method.PER_MEETING,
        "day_count": method not in (Method.PER_MEETING, Method.FLAT),
        "at_meetings": method not in (Method.PER_MEETING, Method.FREE),
        "every": not meetings and not by_hand,
        "unit": not meetings and not by_hand,
        "off_sundays": not meetings and not by_hand,
        "off_holidays": not meetings and not by_hand,
        "shift": not meetings
        and not by_hand
        and bool(form.value("off_sundays") or form.value("off_holidays")),
        "instalment_multiple": method in (Method.EQUAL_INSTALMENTS, Method.FLAT),
        "partial_periods": not by_hand and not meetings,
        "grace_principal": not by_hand and method is not Method.BULLET,
        "grace_payment": not by_hand,
        "grace_free": not by_hand,
        "residual": not by_hand and method is not Method.BULLET,
        "merge": not by_hand and method is not Method.BULLET,
        "early": method is not Method.FLAT,
    }
    for key, wanted in shown.items():
        form.set_visible(key, wanted)

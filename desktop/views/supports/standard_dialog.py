"""The thresholds of support from a day on, gates and all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.support.standards import FULL, Standards
from desktop.services import support_standards
from desktop.services.acts import Act, Outcome
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, line, number
from resources.lang.messages import N_, _
from resources.support import Item, items

_NAMES = (
    ("passes", N_("Chuyển giao: từ (% điểm)")),
    ("improves", N_("Bổ sung rồi đánh giá lại: từ (% điểm)")),
    ("share", N_("Đối ứng tối thiểu (%)")),
    ("hardship_share", N_("Đối ứng của hộ nghèo, đặc biệt khó khăn (%)")),
    ("group_months", N_("Nhóm tự quản từ (tháng)")),
    ("trained", N_("Thành viên nhóm đã xong đào tạo (%)")),
    ("books_months", N_("Sổ khớp trong (tháng gần nhất)")),
    ("dsr", N_("Trả nợ không quá (% thu nhập)")),
    ("dsr_poor", N_("Trả nợ của hộ nghèo không quá (%)")),
    ("first_months", N_("Đánh giá lại lần 1 sau (tháng)")),
    ("second_months", N_("Đánh giá lại lần 2 sau (tháng)")),
    ("window", N_("Sớm hay muộn không quá (ngày)")),
    ("asset_months", N_("Kiểm tra tài sản mỗi (tháng)")),
)
_GATES = ((0, N_("không bắt buộc")), (1, N_("★ từ 1 điểm")), (FULL, N_("★★ phải 2 điểm")))


def standards(desk: Desk, latest: Standards, then: Callable[[Any], object], parent: QWidget) -> FormDialog:
    """Return the dialog of thresholds that hold from a day on."""

    def gate(item: Item) -> Field:
        return Field(f"gate-{item.number}", lambda: f"{item.number}. {item.short}", choice(list(_GATES)))

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        value = Standards(
            **{name: typed[name] or 0 for name, _title in _NAMES},
            gates=tuple(typed[f"gate-{item.number}"] for item in items()),
        )
        return support_standards.keep_standards(book, typed["since"], value, typed["reason"], act)

    return FormDialog(
        desk,
        _("Mức quy định từ một ngày"),
        [
            Field("since", N_("Từ ngày"), day(), required=True),
            Field("reason", N_("Lý do, quy định nào"), line(), required=True),
            *(Field(name, title, number(0, 1_000), required=True) for name, title in _NAMES),
            Section(N_("Mục bắt buộc của phiếu đánh giá")),
            *(gate(item) for item in items()),
        ],
        deed,
        then,
        values={
            "since": desk.today(),
            **{name: getattr(latest, name) for name, _title in _NAMES},
            **{f"gate-{item.number}": latest.gates[item.number - 1] for item in items()},
        },
        intro=_("Đánh giá, bàn giao của những ngày trước vẫn theo mức cũ."),
        columns=2,
        parent=parent,
    )

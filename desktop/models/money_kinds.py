"""The words of other money: what expenses are for, where outside money comes from; codes with the names people read."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class ExpenseCategory(Named):
    """What the group spent money on."""

    STATIONERY = "stationery", N_("Sổ sách, giấy bút")
    MEETING = "meeting", N_("Nước uống, họp nhóm")
    TRAVEL = "travel", N_("Đi lại")
    EQUIPMENT = "equipment", N_("Hòm, khóa, dụng cụ")
    ALLOWANCE = "allowance", N_("Bồi dưỡng ban quản lý")
    TRAINING = "training", N_("Tập huấn, học tập")
    BANK = "bank", N_("Phí ngân hàng")
    OTHER = "other", N_("Chi khác")


class SourceKind(Named):
    """What outside money is. A grant is not owed; the others are paid back."""

    REVOLVING = "revolving", N_("Vốn quay vòng")
    GRANT = "grant", N_("Vốn tài trợ không hoàn lại")
    LOAN = "loan", N_("Cho nhóm vay")

    @property
    def owed(self) -> bool:
        """Tell whether the group owes what it received."""
        return self is not SourceKind.GRANT


class Treatment(Named):
    """What was done about the difference that a count found."""

    NONE = "none", N_("Khớp sổ")
    POSTED = "posted", N_("Đã ghi thừa, thiếu")
    EXPLAINED = "explained", N_("Giải trình, chưa ghi sổ")

"""The words of audits: how grave a finding is, where it stands, and what was looked at."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class Severity(Named):
    """How grave a finding is; the weight counts in the risk of a group (indicators.md 7.2)."""

    HIGH = "high", N_("Nặng")
    MEDIUM = "medium", N_("Vừa")
    LOW = "low", N_("Nhẹ")

    @property
    def weight(self) -> int:
        """Return the weight in the risk of a group."""
        return {Severity.HIGH: 5, Severity.MEDIUM: 3, Severity.LOW: 1}[self]


class FindingState(Named):
    """Where a finding stands: the group has answered when it has said what it does about it."""

    OPEN = "open", N_("Chưa khắc phục")
    ANSWERED = "answered", N_("Nhóm đã trả lời")
    CLOSED = "closed", N_("Đã khắc phục")


class CheckKind(Named):
    """What was compared with the book."""

    PASSBOOK = "passbook", N_("Sổ thành viên")
    LOAN = "loan", N_("Khoản vay")


class Chosen(Named):
    """Why a passbook or a loan is looked at."""

    SAMPLE = "sample", N_("Chọn mẫu")
    LEADER = "leader", N_("Vay của ban quản lý")
    LARGEST = "largest", N_("Năm khoản lớn nhất")
    ALL = "all", N_("Kiểm tra tất cả")

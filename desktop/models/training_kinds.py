"""The words of training: each code that is stored, with the name that people read beside it."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class ClassState(Named):
    """Where a class stands. One that is open may not have begun yet."""

    OPEN = "open", N_("Đang mở")
    FINISHED = "finished", N_("Đã kết thúc")
    CANCELLED = "cancelled", N_("Đã hủy")


class Care(Named):
    """What a learner needs to be able to come, beside what is written in the record of inclusion."""

    NONE = "none", N_("Không cần")
    CHILDREN = "children", N_("Trông trẻ")
    TRANSPORT = "transport", N_("Đưa đón")
    BOTH = "both", N_("Trông trẻ và đưa đón")


class Missing(Named):
    """Why a learner has not completed a course."""

    NOT_COME = "not_come", N_("Chưa học buổi nào")
    HOURS = "hours", N_("Chưa đủ giờ")
    PROOF = "proof", N_("Chưa có kết quả kiểm tra hoặc kế hoạch")
    FAILED = "failed", N_("Chưa đạt bài kiểm tra")


class FollowState(Named):
    """Where the visit after training stands."""

    COMING = "coming", N_("Chưa đến hạn")
    DUE = "due", N_("Đến hạn")
    OVERDUE = "overdue", N_("Quá hạn")
    APPLIED = "applied", N_("Đã áp dụng")
    NOT_APPLIED = "not_applied", N_("Đã thăm, chưa áp dụng")


__all__ = ["Care", "ClassState", "FollowState", "Missing"]

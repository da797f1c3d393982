"""The words of a group's capacity: items and marks of the maturity score, plans of change, work with the authorities."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class Item(Named):
    """An item of the maturity score, in its order (indicators.md 4.4)."""

    MEETINGS = "meetings", N_("Họp đều")
    ATTENDANCE = "attendance", N_("Tham dự")
    SAVING = "saving", N_("Đóng tiết kiệm đều")
    TURNING = "turning", N_("Vốn quay vòng")
    REPAYMENT = "repayment", N_("Trả nợ")
    BOOKS = "books", N_("Sổ sách khớp")
    RULES = "rules", N_("Điều lệ, nội quy")
    DEMOCRACY = "democracy", N_("Dân chủ, luân phiên cán bộ")
    INCLUSION = "inclusion", N_("Hòa nhập")
    SOCIAL = "social", N_("Quỹ xã hội có quy chế và được dùng")
    SELF_RUN = "self_run", N_("Tự quản")

    @property
    def number(self) -> int:
        """Return the number of the item, from 1."""
        return list(Item).index(self) + 1


class Mark(Named):
    """How an item is met. Without data it gives no points and is flagged."""

    FULL = "full", N_("Đạt")
    HALF = "half", N_("Một phần")
    ZERO = "zero", N_("Chưa đạt")
    MISSING = "missing", N_("Thiếu số liệu")


class Grade(Named):
    """What the points amount to."""

    A = "A", N_("A – Tự chủ")
    B = "B", N_("B – Phát triển")
    C = "C", N_("C – Cần kèm cặp")
    D = "D", N_("D – Rủi ro")

    @property
    def strong(self) -> bool:
        """Tell whether a group of this grade may come to manage itself."""
        return self in (Grade.A, Grade.B)


class Phase(Named):
    """How far a group has come with the project at its side."""

    INTENSIVE = "intensive", N_("Chuyên sâu")
    DEVELOPMENT = "development", N_("Phát triển")
    MATURITY = "maturity", N_("Trưởng thành")
    SELF_MANAGED = "self_managed", N_("Tự quản")


class Keeper(Named):
    """Who keeps the group's books."""

    MEMBER = "member", N_("Thành viên của nhóm")
    HELPED = "helped", N_("Thành viên, có cán bộ giúp")
    STAFF = "staff", N_("Cán bộ dự án")


class ActionState(Named):
    """Where an action of a plan of change, or a commitment, stands."""

    OPEN = "open", N_("Đang làm")
    DONE = "done", N_("Đã xong")
    DROPPED = "dropped", N_("Đã bỏ")


class Side(Named):
    """Whose side somebody speaks for at a coordination meeting."""

    AUTHORITY = "authority", N_("Chính quyền, ban ngành")
    UNION = "union", N_("Hội, đoàn thể")
    GROUP = "group", N_("Nhóm, thành viên")
    PROJECT = "project", N_("Dự án")
    OTHER = "other", N_("Khác")


class Promise(Named):
    """Whether a commitment was kept."""

    OPEN = "open", N_("Chưa có kết quả")
    KEPT = "kept", N_("Đã giữ lời")
    PARTLY = "partly", N_("Giữ một phần")
    BROKEN = "broken", N_("Không thực hiện")

"""The words of support with external resources: each code that is stored, with the name that people read beside it."""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class SupportKind(Named):
    """What is given."""

    IN_KIND = "in_kind", N_("Hiện vật")
    CASH = "cash", N_("Tiền")
    ASSET = "asset", N_("Tài sản, thiết bị")
    REVOLVING = "revolving", N_("Vốn quay vòng")

    @property
    def money(self) -> bool:
        """Tell whether money is given, which may come into a group's box."""
        return self in (SupportKind.CASH, SupportKind.REVOLVING)


class SupportStage(Named):
    """Where a dossier stands; it follows from its records and is never stored."""

    REQUESTED = "requested", N_("Chờ đánh giá")
    ASSESSED = "assessed", N_("Chờ quyết định")
    IMPROVING = "improving", N_("Bổ sung, đánh giá lại")
    APPROVED = "approved", N_("Đã duyệt, chờ bàn giao")
    REFUSED = "refused", N_("Không chuyển giao")
    TRANSFERRED = "transferred", N_("Đã bàn giao")
    WITHDRAWN = "withdrawn", N_("Đã rút đề nghị")


class Wave(Named):
    """Which assessment: before the transfer, or how it turned out after months."""

    BEFORE = "before", N_("Trước khi chuyển giao")
    FIRST = "first", N_("Đánh giá lại lần 1")
    SECOND = "second", N_("Đánh giá lại lần 2")


class Result(Named):
    """What an assessment comes to."""

    TRANSFER = "transfer", N_("Chuyển giao")
    IMPROVE = "improve", N_("Bổ sung rồi đánh giá lại")
    REFUSE = "refuse", N_("Chưa chuyển giao")


class Verdict(Named):
    """What was decided."""

    APPROVE = "approve", N_("Duyệt chuyển giao")
    IMPROVE = "improve", N_("Yêu cầu bổ sung rồi đánh giá lại")
    REFUSE = "refuse", N_("Không chuyển giao")


class ContributionKind(Named):
    """What the recipients give themselves."""

    CASH = "cash", N_("Tiền mặt")
    LABOUR = "labour", N_("Ngày công")
    MATERIAL = "material", N_("Vật tư, hiện vật")
    LAND = "land", N_("Đất, mặt bằng")


class MoneyRoute(Named):
    """Where money goes: past the group, into its box, or to its account at the bank."""

    DIRECT = "direct", N_("Không qua quỹ nhóm")
    BOX = "box", N_("Vào quỹ tiền mặt của nhóm")
    BANK = "bank", N_("Vào tài khoản ngân hàng của nhóm")


class AssetEnd(Named):
    """How an asset left the register."""

    DISPOSED = "disposed", N_("Thanh lý")
    LOST = "lost", N_("Mất")
    BROKEN = "broken", N_("Hỏng không sửa được")
    DIED = "died", N_("Chết (vật nuôi, cây trồng)")
    MOVED = "moved", N_("Chuyển cho người khác")
    TAKEN_BACK = "taken_back", N_("Hủy bàn giao")


class Condition(Named):
    """How an asset was found at a check."""

    GOOD = "good", N_("Tốt")
    FAIR = "fair", N_("Dùng được, cần bảo trì")
    POOR = "poor", N_("Hỏng, cần sửa")
    MISSING = "missing", N_("Không thấy")


class Use(Named):
    """Whether an asset was in use at a check."""

    AS_MEANT = "as_meant", N_("Dùng đúng mục đích")
    OTHERWISE = "otherwise", N_("Dùng vào việc khác")
    IDLE = "idle", N_("Không dùng")

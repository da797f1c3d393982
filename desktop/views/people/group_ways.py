"""The ways from a page about a group to the rest of the group's work, found with Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable

from desktop.models.ids import GroupId
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction
from resources.lang.messages import _


def ways_of(desk: Desk, group: GroupId) -> list[PageAction]:
    """Return the deeds of a group that have no button on every page of it; none of them is drawn."""
    ways = (
        (_("Chi phí của nhóm"), "cashbook", "expenses", "cash"),
        (_("Vốn bên ngoài"), "cashbook", "sources", "loan"),
        (_("Kiểm kê quỹ…"), "cash-count", "", "check"),
        (_("Các lần kiểm kê"), "cashbook", "counts", "document"),
        (_("Tiền phạt"), "group", "fines", "warning"),
        (_("Trợ cấp quỹ xã hội"), "group", "social", "groups"),
        (_("Số dư đầu của nhóm ghi sổ giấy…"), "opening", "", "book"),
        (_("Đơn vay mới"), "loan-new", "", "loan"),
        (_("Chia cổ phần…"), "share-out", "", "cash"),
    )
    return [
        PageAction(text, _opener(desk, group, page, tab), icon, writes=False, shown=False)
        for text, page, tab, icon in ways
    ]


def _opener(desk: Desk, group: GroupId, page: str, tab: str) -> Callable[[], object]:
    return lambda: desk.open_page(page, group=group, **({"tab": tab} if tab else {}))

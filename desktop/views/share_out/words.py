"""What the page of the share-out says of its figures."""

from __future__ import annotations

from desktop.models.rules import closing
from desktop.models.rules.closing import ClosingFacts, ClosingPlan
from resources.lang.dong import show_dong
from resources.lang.messages import _


def net_words(facts: ClosingFacts, plan: ClosingPlan) -> str:
    """Say how what is divided comes from the net worth of the books, which the group's overview shows."""
    parts = [
        _("Theo sổ {net}, như ở trang Tổng quan cùng ngày").format(net=show_dong(closing.net_owned(facts)))
    ]
    if plan.earned_by_netting:
        parts.append(
            _("cộng {amount} lãi của khoản vay được trừ vào phần chia").format(
                amount=show_dong(plan.earned_by_netting)
            )
        )
    if plan.difference:
        over = plan.difference > 0
        text = _("cộng {amount} thừa khi kiểm đếm") if over else _("trừ {amount} thiếu khi kiểm đếm")
        parts.append(text.format(amount=show_dong(abs(plan.difference))))
    if plan.carried:
        parts.append(
            _("trừ {amount} còn ở khoản vay, tiền phạt chuyển sang chu kỳ sau").format(
                amount=show_dong(plan.carried)
            )
        )
    parts.append(_("còn {amount} được chia").format(amount=show_dong(plan.divided)))
    return "; ".join(parts) + ". " + _("Quỹ xã hội, vốn vay và vốn hỗ trợ bên ngoài không chia.")

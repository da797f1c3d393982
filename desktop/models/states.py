"""How often groups meet, and the states of what is posted: the words that the start page needs, before all others.

Everywhere else they come with the other words of the ledger (`desktop.models.kinds`).
"""

from __future__ import annotations

from desktop.models.named import Named
from resources.lang.messages import N_


class Frequency(Named):
    """How often a group meets."""

    WEEKLY = "weekly", N_("Hằng tuần")
    FORTNIGHTLY = "fortnightly", N_("Hai tuần một lần")
    FOUR_WEEKLY = "four_weekly", N_("Bốn tuần một lần")
    MONTHLY = "monthly", N_("Hằng tháng")


class CycleState(Named):
    """The life of a cycle."""

    OPEN = "open", N_("Đang hoạt động")
    CLOSED = "closed", N_("Đã kết thúc")


class MeetingState(Named):
    """The life of a posted meeting."""

    POSTED = "posted", N_("Đã ghi sổ")
    REVERSED = "reversed", N_("Đã hủy bằng bút toán đảo")


class OpeningState(Named):
    """The life of an opening that was posted."""

    POSTED = "posted", N_("Đã ghi sổ")
    REVERSED = "reversed", N_("Đã hủy bằng bút toán đảo")

"""The words of savings with interest: which savings, how often interest is credited, what a rate is for."""

from __future__ import annotations

from desktop.models.accounts import Account
from desktop.models.entry_kinds import EntryKind
from desktop.models.named import Named
from resources.lang.messages import N_


class SavingsKind(Named):
    """The two kinds of savings that a group may keep for a member; each is an account of the ledger."""

    VOLUNTARY = "voluntary", N_("Tiết kiệm tự nguyện")
    COMPULSORY = "compulsory", N_("Tiết kiệm bắt buộc")

    @property
    def account(self) -> Account:
        """Return the account that holds the savings."""
        return Account.SAVINGS if self is SavingsKind.VOLUNTARY else Account.COMPULSORY_SAVINGS

    @property
    def out(self) -> EntryKind:
        """Return the entry that takes money out."""
        return EntryKind.SAVINGS_OUT if self is SavingsKind.VOLUNTARY else EntryKind.COMPULSORY_OUT

    @property
    def interest(self) -> EntryKind:
        """Return the entry that credits interest."""
        if self is SavingsKind.VOLUNTARY:
            return EntryKind.SAVINGS_INTEREST
        return EntryKind.COMPULSORY_INTEREST

    @property
    def less(self) -> EntryKind:
        """Return the entry that takes back interest credited too high."""
        if self is SavingsKind.VOLUNTARY:
            return EntryKind.SAVINGS_INTEREST_LESS
        return EntryKind.COMPULSORY_INTEREST_LESS


OUT_OF = {kind.out: kind for kind in SavingsKind}
"""The savings that an entry takes money out of."""


class Crediting(Named):
    """How often interest is credited."""

    MONTHLY = "monthly", N_("Hằng tháng")
    QUARTERLY = "quarterly", N_("Hằng quý")
    CYCLE = "cycle", N_("Cuối chu kỳ")


class RatePer(Named):
    """What a rate is for: percent a year, or percent a month (twelve of them are a year)."""

    YEAR = "year", N_("một năm")
    MONTH = "month", N_("một tháng")


class NoticeState(Named):
    """Where a notice of withdrawal stands on a day."""

    WAITING = "waiting", N_("Chờ đến ngày")
    DUE = "due", N_("Được rút")
    USED = "used", N_("Đã rút")
    CANCELLED = "cancelled", N_("Đã hủy")


class PeriodState(Named):
    """Where a period of interest stands."""

    CREDITED = "credited", N_("Đã nhập lãi")
    DUE = "due", N_("Đến hạn nhập lãi")
    RUNNING = "running", N_("Chưa hết kỳ")

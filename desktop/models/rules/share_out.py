"""Shares: buying them at a meeting, dividing the fund at the end of a cycle. Whole amounts, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode, round_to


class Remainder(StrEnum):
    """What becomes of what rounding leaves: it stays with the group, or goes out by largest remainder."""

    STAYS = "stays"
    LARGEST_REMAINDER = "largest_remainder"


@dataclass(frozen=True, slots=True)
class Purchase:
    """Shares bought with a sum; `leftover` is handed back."""

    shares: int
    shares_after: int
    leftover: int


@dataclass(frozen=True, slots=True)
class ShareOut:
    """What each member gets, and what stays with the group. Σ payouts + remainder = fund."""

    fund: int
    shares: tuple[int, ...]
    payouts: tuple[int, ...]
    remainder: int

    @property
    def value_per_share(self) -> Fraction:
        """Return what one share is worth, not rounded."""
        return Fraction(self.fund, sum(self.shares))


def buy_shares(paid: int, share_value: int, max_per_meeting: int, shares_before: int = 0) -> Purchase:
    """Return the whole shares a sum buys, at most so many at one meeting. Raises ValueError without a price."""
    if share_value <= 0 or paid < 0:
        raise ValueError("a share needs a price, and shares are paid for")
    bought = min(paid // share_value, max_per_meeting)
    return Purchase(bought, shares_before + bought, paid - bought * share_value)


def share_value(fund: int, shares: int) -> Fraction:
    """Return the value of one share. Raises ValueError without shares."""
    if shares <= 0:
        raise ValueError("there are no shares")
    return Fraction(fund, shares)


def payout(
    fund: int, total_shares: int, member_shares: int, unit: int = 1, mode: RoundingMode = RoundingMode.HALF_UP
) -> int:
    """Return one member's part, rounded to the cash unit (for a single statement: `share_out` adds up)."""
    return int(round_to(share_value(fund, total_shares) * member_shares, unit, mode))


def share_out(
    fund: int, shares: Sequence[int], unit: int = 1, remainder: Remainder = Remainder.STAYS
) -> ShareOut:
    """Divide the fund by shares, in multiples of the cash unit, never more than there is.

    Each part is rounded down; with `LARGEST_REMAINDER` the units left go to the largest cut-off parts, the
    earlier member first when equal. Raises ValueError for a negative fund or no shares.
    """
    total = sum(shares)
    if total <= 0 or fund < 0 or min(shares) < 0 or unit <= 0:
        raise ValueError("nothing to divide, or nobody to divide it by")
    exact = [Fraction(fund * held, total) for held in shares]
    payouts = [int(part // unit) * unit for part in exact]
    left = fund - sum(payouts)
    if remainder is Remainder.LARGEST_REMAINDER:
        order = sorted(range(len(shares)), key=lambda i: (payouts[i] - exact[i], i))
        for i in order[: left // unit]:
            payouts[i] += unit
        left = fund - sum(payouts)
    return ShareOut(fund, tuple(shares), tuple(payouts), left)


def share_out_by_share_value(fund: int, shares: Sequence[int], unit: int = 1) -> ShareOut:
    """Divide the fund by one rounded-down value per share, as groups do on paper; the rest stays."""
    total = sum(shares)
    if total <= 0 or fund < 0:
        raise ValueError("nothing to divide, or nobody to divide it by")
    value = int(share_value(fund, total) // unit) * unit
    payouts = tuple(held * value for held in shares)
    return ShareOut(fund, tuple(shares), payouts, fund - sum(payouts))

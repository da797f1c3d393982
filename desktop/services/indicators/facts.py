"""What indicators are computed from: people in groups, groups, loans, households, of a place and a period.

`loading.load` reads them in a few questions; `Facts.only` is the same facts of fewer people or groups, so that one
function computes an indicator for everybody and for each cell of a table alike. Amounts in đồng.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.kinds import Account, EntryKind, GroupKind, LoanStage, Office
from desktop.models.rules.categories import Category, Traits

OFFICES = frozenset({Office.CHAIR, Office.SECRETARY, Office.TREASURER})
"""The offices that lead a group (key-holders and counters are not counted among them)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: one group, one commune, or the whole book."""

    group: GroupId | None = None
    commune: str | None = None

    @property
    def key(self) -> str:
        """Return the place as it is kept with a table that was given out."""
        if self.group is not None:
            return f"group:{self.group}"
        return f"commune:{self.commune}" if self.commune else "all"


@dataclass(frozen=True, slots=True)
class LoanPart:
    """A loan as it stands at the end of the period, and what was lent in it. `applied`, `refused`: decided in the period."""

    id: int
    purpose: str = ""
    outstanding: int = 0
    days_late: int = 0
    rescheduled: int = 0
    lent: int = 0
    stage: LoanStage = LoanStage.ACTIVE
    decided: bool = False
    product: str = ""
    """Code and name of the product, as one key of what figures are crossed by."""

    @property
    def refused(self) -> bool:
        """Tell whether it was asked for and refused in the period."""
        return self.decided and self.stage is LoanStage.REFUSED

    def at_risk(self, days: int) -> bool:
        """Tell whether all that is outstanding counts as at risk: late for more than `days`, or rescheduled."""
        return self.outstanding > 0 and (self.days_late > days or self.rescheduled > 0)


@dataclass(frozen=True, slots=True)
class Part:
    """One person in one group: who they are counted as, and what they did there in the period.

    `savings` is what the group keeps for them (savings and shares) at the end, `savings_before` at the beginning.
    `called` counts the meetings they were on the list of, `attended` those they came to (late or not),
    `represented` those where somebody came for them, `saved` those at which they paid in savings or shares.
    """

    member: MemberId
    group: GroupId
    code: str
    name: str
    traits: Traits
    household: HouseholdId | None
    hamlet: str
    joined: date
    left: date | None
    reason: str
    counts_as_dropout: bool
    offices: frozenset[Office] = frozenset()
    called: int = 0
    attended: int = 0
    represented: int = 0
    saved: int = 0
    savings: int = 0
    savings_before: int = 0
    social_in: int = 0
    social_out: int = 0
    fines: int = 0
    loans: tuple[LoanPart, ...] = ()
    difficulties: int = 0
    """Bit mask of the WG domains answered "a lot" or "cannot"."""
    accommodated: bool = False
    barriers: frozenset[str] | None = None
    """Codes of what hinders the person; None where nobody asked."""
    asked_on: date | None = None
    """The day of the last answers to the WG questions."""
    agrees: bool = True
    """Whether the person has agreed to stand in figures that leave the commune."""

    def member_on(self, day: date) -> bool:
        """Tell whether the person belongs to the group at the end of a day."""
        return self.joined <= day and (self.left is None or self.left > day)

    @property
    def leads(self) -> bool:
        """Tell whether the person holds an office that leads the group."""
        return bool(self.offices & OFFICES)

    @property
    def owed(self) -> int:
        """Return the principal that the person owes the group."""
        return sum(loan.outstanding for loan in self.loans)

    @property
    def lent(self) -> int:
        """Return what was lent to the person in the period."""
        return sum(loan.lent for loan in self.loans)


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody recorded in the period: vouchers, those recorded in time, those that take others back."""

    vouchers: int = 0
    in_time: int = 0
    reversals: int = 0


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """One group: its balances (natural) before and at the end of the period, and what moved by kind of entry."""

    id: GroupId
    code: str
    name: str
    kind: GroupKind
    commune: str
    hamlet: str
    founded: date | None
    closed: date | None
    last_meeting: date | None = None
    held: int = 0
    with_quorum: int = 0
    before: Mapping[Account, int] = field(default_factory=dict)
    after: Mapping[Account, int] = field(default_factory=dict)
    moved: Mapping[EntryKind, int] = field(default_factory=dict)
    vouchers: int = 0
    in_time: int = 0
    reversals: int = 0
    by_user: Mapping[str, Kept] = field(default_factory=dict)
    """The same three of each who kept the book."""
    counted: bool = False
    difference: int = 0
    closed_off: Mapping[Account, int] = field(default_factory=dict)
    """What the ends of cycles in the period took off income and expenses (natural)."""

    def has(self, account: Account) -> int:
        """Return the balance of an account at the end of the period."""
        return self.after.get(account, 0)

    def turnover(self, account: Account) -> int:
        """Return what came to an account in the period, less what was taken back; the end of a cycle takes nothing off."""
        moved = self.after.get(account, 0) - self.before.get(account, 0)
        return moved + self.closed_off.get(account, 0)


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household of the place that the book knows: whether anybody of it is a member, and what it is counted as.

    `categories` names every category that one of its people holds (by `Category` value or vulnerability code).
    """

    id: HouseholdId
    code: str
    commune: str
    hamlet: str
    head: str
    reached: bool
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """All facts of a place and a period; `more` holds what other modules load (livelihoods, training)."""

    scope: Scope
    starts: date
    ends: date
    parts: tuple[Part, ...]
    groups: tuple[GroupFacts, ...]
    households: tuple[HouseholdFacts, ...] = ()
    more: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    left_out: int = 0
    """How many people were taken out by `agreeing`."""
    others: tuple[Part, ...] = ()
    """Who was no member here in the period but stands behind what `more` holds: owners of activities, workers, members
    who had left. Their `member` is below 0 where they are in no register (groups, households, workers by name)."""
    whole: tuple[Part, ...] = ()
    """The memberships of the whole place, which `only` leaves as they are: what shares are taken of."""
    category: Category | None = None
    """The category that figures held against the population are asked of; None for everybody."""

    @cached_property
    def members(self) -> tuple[Part, ...]:
        """Return the memberships that hold at the end of the period."""
        return tuple(part for part in self.parts if part.member_on(self.ends))

    @cached_property
    def people(self) -> dict[MemberId, Part]:
        """Return the persons who are members at the end, each once, with one of their memberships."""
        return {part.member: part for part in self.members}

    @cached_property
    def by_group(self) -> dict[GroupId, GroupFacts]:
        """Return the groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def everybody(self) -> frozenset[MemberId]:
        """Return everyone who was a member at some time of the period."""
        return frozenset(part.member for part in self.parts)

    @cached_property
    def standing(self) -> frozenset[MemberId]:
        """Return everyone whom figures may be of: `everybody` and the others."""
        return self.everybody | frozenset(part.member for part in self.others)

    def only(self, keep: Callable[[Part], bool]) -> Facts:
        """Return the facts of the memberships that `keep` accepts; groups stay, as places where they are counted."""
        return replace(
            self,
            parts=tuple(part for part in self.parts if keep(part)),
            others=tuple(part for part in self.others if keep(part)),
        )

    def agreeing(self) -> Facts:
        """Return the facts of those who agreed that figures of them leave the commune."""
        refused = {part.member for part in self.parts if not part.agrees}
        whole = tuple(part for part in self.whole if part.agrees)
        return replace(self.only(lambda part: part.agrees), left_out=len(refused), whole=whole)

    def within(self, groups: frozenset[GroupId]) -> Facts:
        """Return the facts of some groups."""
        return replace(
            self,
            parts=tuple(part for part in self.parts if part.group in groups),
            others=tuple(part for part in self.others if part.group in groups),
            groups=tuple(group for group in self.groups if group.id in groups),
        )


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with what it is made of. `amount` is None for a `reason`, and is then shown as a dash, never as 0 %.

    `n` is how many people (or groups, for figures of groups) stand behind it, `largest` the largest part of one person in
    a sum. Of sums that are no whole đồng (FTE) `numerator` and `largest` are hundredths without a sign.
    """

    amount: Fraction | None
    numerator: int = 0
    denominator: int | None = None
    n: int = 0
    largest: int = 0
    reason: str = ""
    smallest: int | None = None
    """The smallest count of people that the figure gives away, where its numerator is none."""
    delicate: bool = False
    """Whether that count is held to the stricter threshold: it says something of disability or vulnerability."""


def count(number: int, n: int | None = None) -> Value:
    """Return a count; `n` people stand behind it (as many as counted unless said)."""
    return Value(Fraction(number), number, None, number if n is None else n)


def money(amounts: Mapping[MemberId, int]) -> Value:
    """Return a sum of money by who it belongs to."""
    given = [amount for amount in amounts.values() if amount]
    total = sum(given)
    return Value(Fraction(total), total, None, len(given), max(given, default=0))


def ratio(numerator: int, denominator: int, n: int | None = None, reason: str = "") -> Value:
    """Return a ratio; without a denominator it is not given."""
    people = denominator if n is None else n
    if denominator == 0:
        return Value(None, numerator, 0, people, reason=reason)
    return Value(Fraction(numerator, denominator), numerator, denominator, people)


def sum_by_person(parts: tuple[Part, ...], amount: Callable[[Part], int]) -> dict[MemberId, int]:
    """Return an amount summed by person: one woman in two groups is one person."""
    found: dict[MemberId, int] = {}
    for part in parts:
        found[part.member] = found.get(part.member, 0) + amount(part)
    return found

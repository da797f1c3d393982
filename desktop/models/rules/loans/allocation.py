"""How a payment is split: an ordered list per product, and the money it is laid on.

Components: penalty, fee, interest, principal. Instalments past due, due today and to come may each have their own
order; what reaches the ones to come goes to the next, the last, or is spread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.models.rules.loans.rounding import RoundingMode, round_ratio
from desktop.models.rules.loans.rows import Row


class Component(StrEnum):
    """What a payment can pay."""

    PENALTY = "penalty"
    FEE = "fee"
    INTEREST = "interest"
    PRINCIPAL = "principal"


PENALTY, FEE, INTEREST, PRINCIPAL = Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL
Order = tuple[Component, ...]
DEFAULT_ORDER: Order = (PENALTY, FEE, INTEREST, PRINCIPAL)  # phạt → phí → lãi → gốc
_INDEX = {component: i for i, component in enumerate((PENALTY, FEE, INTEREST, PRINCIPAL))}


class DueGroup(StrEnum):
    """Where an instalment stands on the day of a payment."""

    PAST_DUE = "past_due"
    DUE = "due"
    IN_ADVANCE = "in_advance"


class Surplus(StrEnum):
    """Where money goes that is paid ahead of time."""

    NEXT = "next_installment"
    LAST = "last_installment"
    NEXT_LAST = "next_last_installment"  # the running one, then from the end
    SPREAD = "reamortization"  # equal shares over all to come


class Sweep(StrEnum):
    """Finish an instalment before the next one, or a component before the next one.

    `principal_last`: once a row is overdue, all charges and interest that are due come before any principal, and the
    principal of rows to come before their interest.
    """

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"
    PRINCIPAL_LAST = "principal_last"


class ChargesJoin(StrEnum):
    """Whether all charges stand before any payment, or charges and payments come in date order."""

    FIRST = "all_before_any_payment"
    BY_DATE = "in_date_order_leftover_pays_later_charges"


@dataclass(frozen=True, slots=True)
class Allocation:
    """The allocation rule of a product."""

    steps: tuple[tuple[DueGroup, Component], ...]
    surplus: Surplus = Surplus.NEXT
    sweep: Sweep = Sweep.HORIZONTAL
    charges_join: ChargesJoin = ChargesJoin.FIRST
    rounding: RoundingMode = RoundingMode.HALF_EVEN  # of the equal shares of money that is spread
    due_charges: Order = ()  # of a row to come, before its own order: these, and of charges only what is due by the day

    def order(self, group: DueGroup) -> Order:
        """Return the components of a group in order."""
        return tuple(component for of, component in self.steps if of is group)

    @property
    def groups(self) -> tuple[DueGroup, ...]:
        """Return the groups in the order they are first named."""
        return tuple(dict.fromkeys(group for group, _ in self.steps))


def allocation(due: Order = DEFAULT_ORDER, in_advance: Order | None = None, **options: object) -> Allocation:
    """Return a rule with one order for what is due and, if given, another for what is paid ahead."""
    steps = [(group, component) for group in (DueGroup.PAST_DUE, DueGroup.DUE) for component in due]
    steps += [(DueGroup.IN_ADVANCE, component) for component in in_advance or due]
    return Allocation(tuple(steps), **options)  # type: ignore[arg-type]


@dataclass(slots=True)
class Line:
    """An instalment being paid. `owed` and `paid` are indexed by component, in the order of `_INDEX`."""

    nr: int
    start_on: date
    due_on: date
    balance: int
    owed: list[int]
    paid: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    waived: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    in_advance: int = 0
    late: int = 0
    paid_on: date | None = None
    extra: bool = False  # stands after maturity, for charges only
    charged: list[tuple[Component, date, int]] = field(
        default_factory=list
    )  # charges that joined it, with their day

    @classmethod
    def of(cls, row: Row) -> Line:
        """Return an unpaid line of a planned row."""
        owed = [row.penalties, row.fees, row.interest, row.principal]
        return cls(row.nr, row.start_on, row.due_on, row.balance, owed)

    def left(self, component: Component) -> int:
        """Return what is unpaid of one component."""
        i = _INDEX[component]
        return self.owed[i] - self.paid[i] - self.waived[i]

    def get(self, component: Component) -> int:
        """Return what falls due of one component."""
        return self.owed[_INDEX[component]]

    def put(self, component: Component, amount: int) -> None:
        """Set what falls due of one component."""
        self.owed[_INDEX[component]] = amount

    def add(self, component: Component, amount: int) -> None:
        """Add to what falls due of one component."""
        self.owed[_INDEX[component]] += amount

    def due_charges(self, component: Component, day: date) -> int:
        """Return what is unpaid of the charges that are due by a day."""
        due = sum(amount for kind, on, amount in self.charged if kind is component and on <= day)
        return max(due - self.paid[_INDEX[component]] - self.waived[_INDEX[component]], 0)

    @property
    def total(self) -> int:
        """Return all that falls due."""
        return sum(self.owed)

    @property
    def total_paid(self) -> int:
        """Return all that was paid."""
        return sum(self.paid)

    @property
    def outstanding(self) -> int:
        """Return all that is unpaid and not waived."""
        return sum(self.owed) - sum(self.paid) - sum(self.waived)

    @property
    def settled_interest(self) -> int:
        """Return the interest that was paid or waived: it cannot be charged less than that any more."""
        i = _INDEX[INTEREST]
        return self.paid[i] + self.waived[i]

    def waive(self, component: Component, amount: int, on: date) -> int:
        """Waive as much of a component as is unpaid; return what was used."""
        used = max(min(amount, self.left(component)), 0)
        if used:
            self.waived[_INDEX[component]] += used
            self.settle(on)
        return used

    def pay(self, component: Component, amount: int, on: date) -> int:
        """Pay as much of a component as is owed and there is; return what was used."""
        i = _INDEX[component]
        used = min(amount, self.left(component))
        if used <= 0:
            return 0
        self.paid[i] += used
        if on < self.due_on:
            self.in_advance += used
        elif on > self.due_on:
            self.late += used
        self.settle(on)
        return used

    def settle(self, on: date) -> None:
        """Note the day on which the line became fully paid, or forget it."""
        if self.outstanding > 0:
            self.paid_on = None
        elif self.paid_on is None:
            self.paid_on = on

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the line's period: its start excluded (but for the first), its end included."""
        return self.start_on < day <= self.due_on or (self.nr == 1 and day == self.start_on)

    def group(self, on: date) -> DueGroup:
        """Return where the line stands on a day."""
        if self.due_on < on:
            return DueGroup.PAST_DUE
        return DueGroup.DUE if self.due_on == on else DueGroup.IN_ADVANCE


@dataclass(slots=True)
class Payment:
    """A repayment and what became of it. `split` follows `_INDEX`; `left` paid nothing."""

    key: int
    on: date
    amount: int
    left: int
    split: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def use(self, component: Component, amount: int) -> None:
        """Take money out of what is left for a component."""
        self.left -= amount
        self.split[_INDEX[component]] += amount

    def of(self, component: Component) -> int:
        """Return what the payment paid of one component."""
        return self.split[_INDEX[component]]


def allocate(lines: Iterable[Line], payment: Payment, rule: Allocation, on: date | None = None) -> None:
    """Lay what is left of a payment on the lines; what nothing takes stays in `payment.left`."""
    if payment.left <= 0:
        return
    day = payment.on if on is None else on
    found: dict[DueGroup, list[Line]] = {group: [] for group in DueGroup}
    for line in lines:
        if line.outstanding > 0:
            found[line.group(day)].append(line)
    found[DueGroup.IN_ADVANCE] = surplus_order(found[DueGroup.IN_ADVANCE], day, rule.surplus)
    if rule.sweep is Sweep.VERTICAL:
        for group, component in rule.steps:
            _sweep(found[group], payment, (component,), day, rule, group)
        return
    if rule.sweep is Sweep.PRINCIPAL_LAST and found[DueGroup.PAST_DUE]:
        _principal_last(found, payment, rule, day)
    for group in rule.groups:
        if payment.left > 0:
            _sweep(found[group], payment, rule.order(group), day, rule, group)


def surplus_order(lines: Sequence[Line], day: date, surplus: Surplus) -> list[Line]:
    """Return the lines to come in the order in which money paid ahead reaches them."""
    if surplus is Surplus.LAST:
        return list(reversed(lines))
    if surplus is Surplus.NEXT_LAST:
        running = [line for line in lines if line.start_on <= day][:1]
        return running + [line for line in reversed(lines) if line not in running]
    return list(lines)


def _sweep(
    lines: Sequence[Line], payment: Payment, order: Order, day: date, rule: Allocation, group: DueGroup
) -> None:
    if group is DueGroup.IN_ADVANCE and rule.surplus is Surplus.SPREAD:
        _spread(lines, payment, order, day, rule.rounding)
        return
    for line in lines:
        for component in rule.due_charges if group is DueGroup.IN_ADVANCE else ():
            charge = component in (PENALTY, FEE)
            most = min(payment.left, line.due_charges(component, day)) if charge else payment.left
            payment.use(component, line.pay(component, most, day))
        for component in order:
            if payment.left <= 0:
                return
            payment.use(component, line.pay(component, payment.left, day))


def _principal_last(found: dict[DueGroup, list[Line]], payment: Payment, rule: Allocation, day: date) -> None:
    """Pay charges and interest of all that is due, then the principal of every row, oldest first."""
    due = [*found[DueGroup.PAST_DUE], *found[DueGroup.DUE]]
    for line in due:
        for component in rule.order(DueGroup.PAST_DUE):
            if component is not PRINCIPAL:
                payment.use(component, line.pay(component, payment.left, day))
    for line in [*due, *found[DueGroup.IN_ADVANCE]]:
        payment.use(PRINCIPAL, line.pay(PRINCIPAL, payment.left, day))


def _spread(lines: Sequence[Line], payment: Payment, order: Order, day: date, mode: RoundingMode) -> None:
    """Pay equal shares of what is left of each component in turn, the last row takes what rounding leaves.

    Again, over the rows that are still open, until nothing takes any more.
    """
    before = -1
    while 0 < payment.left != before:
        before = payment.left
        still_open = [line for line in lines if any(line.left(component) > 0 for component in order)]
        for component in order:
            for line, share in zip(still_open, _shares(payment.left, len(still_open), mode), strict=True):
                payment.use(component, line.pay(component, share, day))


def _shares(amount: int, number: int, mode: RoundingMode) -> list[int]:
    """Return equal shares, the last with the difference; rounded down where rounding would leave it less than nothing."""
    if number == 0:
        return []
    share = round_ratio(amount, number, mode)
    if share * (number - 1) > amount:
        share = amount // number
    return [*[share] * (number - 1), amount - share * (number - 1)]

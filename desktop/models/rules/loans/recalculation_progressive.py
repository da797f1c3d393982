"""Interest on real balances with an instalment that stays: the last unpaid instalment absorbs.

A period's interest is the sum over its spans of real balance × factor, rounded once. What an instalment cannot hold
because it was already paid moves to the next one. docs/loans.md, "Tính lại lãi".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.allocation import (
    Allocation,
    Component,
    DueGroup,
    Line,
    Payment,
    Surplus,
    allocate,
    surplus_order,
)
from desktop.models.rules.loans.events import Charge, Event, Waiver
from desktop.models.rules.loans.replay import Ledger, attach, charge_amount, in_order, waive
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.schedule_progressive import (
    corrected_instalment,
    period_factors,
    span_factor,
)
from desktop.models.rules.loans.schedule_standard import money
from desktop.models.rules.loans.terms import (
    PrecloseInterest,
    Recalculation,
    Rest,
    Terms,
)

INTEREST, PRINCIPAL = Component.INTEREST, Component.PRINCIPAL


class ProgressiveReplay:
    """A loan replayed payment by payment, its rows computed anew from real balances."""

    def __init__(self, terms: Terms, rows: Sequence[Row]) -> None:
        self.terms = terms
        self.rows = rows
        self.lines = [Line.of(row) for row in rows]
        self.payments: list[Payment] = []
        self._repaid: list[tuple[date, int]] = []  # principal really paid, by day
        self._spans: dict[tuple[int, date, date], Fraction] = {}
        self._done: set[int] = set()  # rows paid ahead for which less is left than was paid
        self._closed_on: date | None = None  # nothing is owed any more: no interest from that day on
        days = [terms.disbursed_on, *(row.due_on for row in rows)]
        self.options = terms.recalculation or Recalculation()
        self._instalment = corrected_instalment(terms, terms.principal, days, period_factors(terms, days))

    def run(self, events: Iterable[Event], rule: Allocation, as_of: date) -> Ledger:
        """Return lines and payments after all events, interest counted as of a day."""
        for event in in_order(events, rule):
            if isinstance(event, Charge):
                attach(self.lines, event, charge_amount(self.terms, self.rows, event))
                for payment in self.payments:
                    if payment.left > 0:
                        self._pay(payment, rule)
            elif isinstance(event, Waiver):
                self._compute(event.on, None)
                waive(self.lines, event)
            else:
                payment = Payment(event.seq, event.on, event.amount, event.amount)
                self.payments.append(payment)
                self._pay(payment, rule)
            if not isinstance(event, Charge):
                self._note_closed(event.on)
        self._compute(as_of, None)
        return Ledger(self.lines, self.payments)

    def _note_closed(self, day: date) -> None:
        """Note that nothing is owed from a day on: all principal is repaid, and all interest until then."""
        if self._closed_on is not None or self._principal_left() > 0:
            return
        self._compute(day, self._payoff_day(day))
        if all(line.outstanding == 0 for line in self._own_lines()):
            self._closed_on = day

    # -- paying -------------------------------------------------------------------------------------------

    def _pay(self, payment: Payment, rule: Allocation) -> None:
        """Lay a payment on the rows as they stand on its day; ahead of time, interest only as far as agreed."""
        before, begun = payment.of(PRINCIPAL), self._paid_on_begun(payment.on)
        until = self._interest_day(payment)
        self._compute(payment.on, until)
        due = [line for line in self._own_lines() if line.group(payment.on) is not DueGroup.IN_ADVANCE]
        extras = [line for line in self.lines if line.extra]
        allocate([*due, *(line for line in extras if line.due_on <= payment.on)], payment, rule)
        if payment.left > 0:
            self._pay_ahead(payment, rule, until)
        # What pays rows that have begun counts when their interest ends; money for later rows from the day itself.
        later = self._paid_on_begun(payment.on) - begun
        for on, amount in ((payment.on, payment.of(PRINCIPAL) - before - later), (until, later)):
            if amount > 0:
                self._repaid.append((on, amount))
        opened = [line for line in self._own_lines() if self._is_open(line)]
        if any(
            line.paid[3] > 0 for line in opened[1:]
        ):  # paid in part ahead of others: it may be done with that
            self._compute(payment.on, None)

    def _interest_day(self, payment: Payment) -> date:
        """Return the day up to which a payment finds interest in the running row, and from which it counts there.

        That is its own day; or, with interest due to the period's end, the end of the running period: always by the
        rest of the repayment period, with daily rest only for a payment that leaves no debt.
        """
        day, period_end = payment.on, self._payoff_day(payment.on)
        if day == period_end or self.options.rest is Rest.SAME_AS_REPAYMENT:
            return period_end
        self._compute(day, period_end)
        closes = payment.left >= sum(line.outstanding for line in self.lines)
        return period_end if closes else day

    def _payoff_day(self, day: date) -> date:
        """Return the day up to which interest is due when the loan is paid off on a day."""
        return day if self.options.preclose is PrecloseInterest.TODAY else self._period_end(day)

    def _period_end(self, day: date) -> date:
        running = self._running(day)
        return running.due_on if running else day

    def _paid_on_begun(self, day: date) -> int:
        return sum(line.paid[3] for line in self._own_lines() if line.start_on < day)

    def _running(self, day: date) -> Line | None:
        return next((line for line in self._own_lines() if line.start_on < day <= line.due_on), None)

    def _pay_ahead(self, payment: Payment, rule: Allocation, until: date) -> None:
        """Pay rows to come in the order of the surplus rule; what that leaves pays them oldest first."""
        ahead = [
            line for line in self.lines if line.due_on > payment.on and line.total_paid < self._cap(line)
        ]
        if rule.surplus is Surplus.SPREAD:
            allocate(ahead, payment, rule)
        else:
            self._pay_lines(surplus_order(ahead, payment.on, rule.surplus), payment, rule, rule.surplus)
        self._pay_rest(payment, rule, until)

    def _pay_rest(self, payment: Payment, rule: Allocation, until: date) -> None:
        """Pay what is still owed once the rows are worked out anew, oldest first, until nothing takes any more.

        A row that was full may have become the one that takes the rest.
        """
        before = -1
        while 0 < payment.left != before:
            before = payment.left
            self._compute(payment.on, until)
            owing = [line for line in self.lines if line.outstanding > 0]
            self._pay_lines(owing, payment, rule, Surplus.NEXT)

    def _pay_lines(self, lines: Sequence[Line], payment: Payment, rule: Allocation, surplus: Surplus) -> None:
        for line in lines:
            owed = self._principal_left()
            if not line.extra and surplus is not Surplus.NEXT and not self._in_grace(line):
                line.put(PRINCIPAL, min(self._instalment - line.get(INTEREST), owed + line.paid[3]))
            for component in rule.order(DueGroup.IN_ADVANCE):
                available = min(payment.left, owed) if component is PRINCIPAL else payment.left
                payment.use(component, line.pay(component, available, payment.on))

    def _cap(self, line: Line) -> int:
        """Return the most a line to come can take: its instalment and its charges."""
        if line.extra:
            return line.total
        if line.nr in self._done:
            return line.total
        instalment = 0 if self._in_grace(line) else self._instalment
        return max(instalment, line.get(INTEREST) + line.get(PRINCIPAL)) + line.owed[0] + line.owed[1]

    def _in_grace(self, line: Line) -> bool:
        """Say whether a row is planned without principal: it holds all its interest and takes no more."""
        return line.nr <= min(self.terms.grace.principal, len(self.rows) - 1)

    def _principal_left(self) -> int:
        return self.terms.principal - sum(line.paid[3] for line in self.lines)

    def _own_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.extra]

    # -- computing ----------------------------------------------------------------------------------------

    def _compute(self, as_of: date, until: date | None) -> None:
        """Set principal and interest of every row; `until` stops interest on that day (for a payment)."""
        lines = self._own_lines()
        if self.options.rest is Rest.SAME_AS_REPAYMENT:
            as_of = self._payoff_day(as_of)
        if self._closed_on is not None:  # also of money that counts from the period's end only
            as_of = min(as_of, self._closed_on)
        for absorbing in self._absorbing(lines):
            if self._lay_out(lines, absorbing, as_of, until):
                break
            if until is None:  # less is left for it than was paid: it is done with that
                self._done.add(lines[absorbing].nr)
        self._balances(lines)

    def _lay_out(self, lines: Sequence[Line], absorbing: int, as_of: date, until: date | None) -> bool:
        """Set principal and interest of every row; the one of this index takes what is left.

        Say whether there is so much left: at least what was paid on it, and whole instalments for those before it.
        """
        left, carried, enough = self.terms.principal, 0, True
        reserved = sum(line.paid[3] for line in lines)  # what was paid on rows stays theirs
        planned: list[int] = []
        for k, line in enumerate(lines):
            reserved -= line.paid[3]
            # Behind the last open row interest is borne up to the day only: nobody knows yet how late it will be.
            stop = until or as_of if k > absorbing else until
            free = k < self.terms.grace.interest_free
            exact = Fraction(0) if free else self._interest(k, lines, planned, as_of, stop)
            interest = money(self.terms, exact) + carried
            if k > absorbing:
                principal, shown = line.paid[3], line.settled_interest
            elif k == absorbing:
                principal, shown = left - reserved, max(interest, line.settled_interest)
                enough = enough and principal >= line.paid[3]
            else:
                shown = self._interest_held(interest, line)
                instalment = 0 if self._in_grace(line) else self._instalment
                wanted = max(instalment - shown, line.paid[3])
                principal = min(wanted, left - reserved)
                enough = enough and principal == wanted
            carried = max(interest - shown, 0)
            left -= principal
            line.put(INTEREST, shown)
            line.put(PRINCIPAL, principal)
            planned.append(principal)
        if (
            carried > 0
        ):  # late rows bore interest in the period of a row paid ahead: the last open row asks for it
            lines[absorbing].add(INTEREST, carried)
        return enough

    def _interest_held(self, interest: int, line: Line) -> int:
        """Return the interest an instalment holds: once more principal was paid than it would have, no more."""
        paid_interest, paid_principal = line.settled_interest, line.paid[3]
        if self._in_grace(line):
            return max(interest, paid_interest)
        if paid_principal > max(self._instalment - interest, 0):
            return paid_interest
        return max(min(interest, self._instalment), paid_interest)

    def _absorbing(self, lines: Sequence[Line]) -> list[int]:
        """Return the indexes of the instalments that are not full, from the last: one of them takes what is left."""
        found = [k for k in range(len(lines) - 1, -1, -1) if self._is_open(lines[k])]
        return found or [len(lines) - 1]

    def _is_open(self, line: Line) -> bool:
        full = line.settled_interest + line.paid[3] >= self._instalment or line.nr in self._done
        return not full and not self._in_grace(line)

    def _balances(self, lines: Sequence[Line]) -> None:
        balance = self.terms.principal
        for line in lines:
            balance -= line.get(PRINCIPAL)
            line.balance = balance
            last_day = max((p.on for p in self.payments), default=None)
            if line.outstanding > 0:
                line.paid_on = None
            elif line.paid_on is None and last_day is not None:
                line.paid_on = last_day

    def _interest(
        self, k: int, lines: Sequence[Line], planned: Sequence[int], as_of: date, until: date | None
    ) -> Fraction:
        """Return the exact interest of period k: real balances before `as_of`, the plan from then on."""
        start, end = lines[k].start_on, lines[k].due_on
        stop = end if until is None else max(start, min(end, until))
        cuts = {day for day, _ in self._repaid if start < day < stop}
        if start < as_of < stop:
            cuts.add(as_of)
        spans: list[tuple[int, date]] = []  # a span ends where the balance changes, and only there
        for day in (start, *sorted(cuts)):
            balance = self._balance_at(day, k, lines, planned, as_of)
            if not spans or spans[-1][0] != balance:
                spans.append((balance, day))
        ends = [*(begin for _, begin in spans[1:]), stop]
        return sum(
            (
                balance * self._span(k, a, b, lines)
                for (balance, a), b in zip(spans, ends, strict=True)
                if b > a
            ),
            Fraction(0),
        )

    def _balance_at(
        self, day: date, k: int, lines: Sequence[Line], planned: Sequence[int], as_of: date
    ) -> int:
        if day < as_of:
            real = self.terms.principal - sum(amount for on, amount in self._repaid if on <= day)
            return real if self.options.on_past_due else min(real, self.terms.principal - sum(planned[:k]))
        ahead = sum(line.paid[3] for line in lines[k:])
        return max(self.terms.principal - sum(planned[:k]) - ahead, 0)

    def _span(self, k: int, start: date, end: date, lines: Sequence[Line]) -> Fraction:
        """Return the factor of a part of period k; the same parts come again and again."""
        known = self._spans.get((k, start, end))
        if known is None:
            period = (lines[k].start_on, lines[k].due_on)
            known = self._spans[k, start, end] = span_factor(self.terms, period, start, end)
        return known

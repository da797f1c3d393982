"""Interest on real balances, period by period: early money lowers the balance at once, each span is rounded.

After a due date, money paid beyond the instalment lowers the instalments to come, shortens the loan, or stands in
for the next principal. docs/loans.md, "Tính lại lãi".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.allocation import Allocation, Component, Line, Payment, allocate
from desktop.models.rules.loans.daycount import counts_days, days_factor
from desktop.models.rules.loans.events import Charge, Event, Repayment, Waiver
from desktop.models.rules.loans.replay import Ledger, attach, charge_amount, in_order, waive
from desktop.models.rules.loans.rows import Row, instalment_fee
from desktop.models.rules.loans.schedule_standard import (
    interest_factors,
    level_for,
    money,
    planned_principal,
)
from desktop.models.rules.loans.schedule_tranches import parts_of, share
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    PrecloseInterest,
    Recalculation,
    Rest,
    Terms,
)

FEE, INTEREST, PRINCIPAL = Component.FEE, Component.INTEREST, Component.PRINCIPAL


class CumulativeReplay:
    """A loan replayed period by period."""

    def __init__(
        self, terms: Terms, rows: Sequence[Row], planned: Sequence[Row], extra: Sequence[Fraction]
    ) -> None:
        """`planned` are the rows before extensions, `extra` the factors of the days that bear interest all the same."""
        self.terms = terms
        self.rows = rows
        self.options = terms.recalculation or Recalculation()
        self.lines = [Line(row.nr, row.start_on, row.due_on, 0, [0, 0, 0, 0]) for row in rows]
        # An extension makes a period longer, not dearer: its interest is that of the plan, spread over its days.
        factors = interest_factors(terms, [row.due_on for row in planned])
        self._factors = [factor + more for factor, more in zip(factors, extra, strict=True)]
        self._extended = [row.days != old.days for row, old in zip(rows, planned, strict=True)]
        later = sum(amount for _, amount in terms.tranches)
        self._balance = terms.principal - later  # planned principal after the rows done so far
        self._level: int | None = None
        self._ahead = 0  # principal paid beyond the plan, to stand in for the next
        self._owed_interest = 0  # of the interest-payment grace
        self._waivers: list[Waiver] = []
        self._history: list[tuple[date, int]] = []  # principal paid on rows done, by day

    def run(self, events: Iterable[Event], rule: Allocation, as_of: date) -> Ledger:
        """Return lines and payments after all events, interest counted as of a day."""
        moves = in_order(events, rule)
        for charge in moves:
            if isinstance(charge, Charge):
                attach(self.lines, charge, charge_amount(self.terms, self.rows, charge))
        payments = [Payment(e.seq, e.on, e.amount, e.amount) for e in moves if isinstance(e, Repayment)]
        self._waivers = [event for event in moves if isinstance(event, Waiver)]
        extras = [line for line in self.lines if line.extra]
        own = [line for line in self.lines if not line.extra]
        done = 0
        for k, line in enumerate(own):
            at_start, inside = parts_of(self.terms.tranches, line.start_on, line.due_on)
            self._pay_out(at_start)
            # Also what came before a part of the loan was paid out, and found no debt then.
            mine = [p for p in payments if p.on <= line.due_on and p.left > 0]
            early = self._pay_older(own[:k], mine, rule)
            self._settle(k, own, early, as_of)
            for waiver in self._waivers:
                if self._falls_in(waiver, line, k):
                    waive(own[: k + 1], waiver)
            for payment in mine:
                self._pay([line], payment, rule)
            done = k + 1
            self._pay_out(sum(amount for _, amount in inside))
            line.balance = self._balance
            if any(on >= line.due_on for on, _ in self.terms.tranches):
                continue
            if self._balance <= 0 and self.options.effect is not AdvanceEffect.NEXT_REPAYMENTS:
                break
        kept = own[:done] + [line for line in own[done:] if line.total > 0]
        for waiver in self._waivers:
            if waiver.on > own[-1].due_on:
                waive([*kept, *extras], waiver)
        for payment in payments:
            if payment.left > 0:
                self._pay([*kept, *extras], payment, rule)
        return Ledger([*kept, *extras], payments)

    def _pay_out(self, amount: int) -> None:
        """Add a part of the loan that is paid out now; what stays the same is worked out anew."""
        if amount:
            self._balance += amount
            self._level = None

    def _falls_in(self, event: Payment | Waiver, line: Line, k: int) -> bool:
        after_start = event.on > line.start_on or k == 0
        return after_start and event.on <= line.due_on

    def _pay(self, lines: Sequence[Line], payment: Payment, rule: Allocation) -> None:
        before = payment.of(PRINCIPAL)
        allocate(lines, payment, rule)
        if payment.of(PRINCIPAL) > before:
            self._history.append((payment.on, payment.of(PRINCIPAL) - before))

    def _pay_older(
        self, older: Sequence[Line], payments: Sequence[Payment], rule: Allocation
    ) -> list[tuple[date, int]]:
        """Pay what is overdue first; return the money left for the running row, by day."""
        early = []
        for payment in payments:
            self._pay(older, payment, rule)
            if payment.left > 0:
                early.append((payment.on, payment.left))
        return early

    # -- one row ------------------------------------------------------------------------------------------

    def _settle(self, k: int, own: Sequence[Line], early: Sequence[tuple[date, int]], as_of: date) -> None:
        """Set principal, interest and fee of row k from the money that came for it."""
        line, last = own[k], len(own) - 1
        grace, n = self.terms.grace, len(own)
        closing = self._closing(k, own, early, as_of)
        counted, stop = early, None
        if closing is not None:
            counted, stop = early[: closing[0]], closing[1]
        interest = 0 if k < grace.interest_free else self._interest(k, own, counted, as_of, stop)
        if self._level is None and k >= grace.principal:
            self._level = level_for(self.terms, self._balance, n - k)
        # Interest waits in its grace, unless the money that came leaves no later row to wait for.
        received = sum(amount for _, amount in early) - line.owed[0] - line.owed[1]
        waits = k < grace.interest_payment and k != last and closing is None and received < self._balance
        shown = 0 if waits else interest + self._owed_interest
        self._owed_interest += interest - shown
        if self.terms.fee is not None:
            line.add(FEE, instalment_fee(self.terms.fee, self.terms, 0, shown))
        line.put(INTEREST, shown)
        planned = planned_principal(self.terms, k, last, self._balance, interest, self._level)
        skipped = min(self._ahead, planned) if k != last else 0
        self._ahead -= skipped
        others = line.owed[0] + line.owed[1] + shown - self._waived(k, own, shown, line.due_on)
        paid = sum(amount for _, amount in early) - others
        principal = min(max(planned - skipped, paid), self._balance)
        self._balance -= principal
        line.put(PRINCIPAL, principal)
        line.balance = self._balance
        if principal > planned - skipped and k != last:
            self._paid_beyond(principal - (planned - skipped), n - k - 1)

    def _paid_beyond(self, excess: int, periods: int) -> None:
        effect = self.options.effect
        if effect is AdvanceEffect.NEXT_REPAYMENTS:
            self._ahead += excess
        elif effect is AdvanceEffect.REDUCE_INSTALMENT and periods > 0 and self._level is not None:
            self._level = level_for(self.terms, self._balance, periods)

    def _closing(
        self, k: int, own: Sequence[Line], early: Sequence[tuple[date, int]], as_of: date
    ) -> tuple[int, date | None] | None:
        """Return which payment of this period covers everything, and the day interest stops (None: period end)."""
        line, total = own[k], 0
        to_the_end = self.options.preclose is PrecloseInterest.PERIOD_END
        for i, (day, amount) in enumerate(early):
            total += amount
            stop = None if to_the_end else day
            interest = self._interest(k, own, early[:i], as_of, stop) + self._owed_interest
            needed = self._balance + interest + line.owed[0] + line.owed[1]
            if day < line.due_on and total >= needed - self._waived(k, own, interest, day):
                return i, stop
        return None

    def _waived(self, k: int, own: Sequence[Line], interest: int, day: date) -> int:
        """Return what waivers of this period take off row k; the rows before it come first."""
        line, total = own[k], 0
        mine = [w for w in self._waivers if w.on <= day and self._falls_in(w, line, k)]
        for component, owed, given in (
            (INTEREST, interest, sum(w.interest for w in mine)),
            (FEE, line.owed[1], sum(w.fees for w in mine)),
            (Component.PENALTY, line.owed[0], sum(w.penalties for w in mine)),
        ):
            given -= sum(older.left(component) for older in own[:k])
            total += max(min(owed, given), 0)
        return total

    # -- interest -----------------------------------------------------------------------------------------

    def _interest(
        self,
        k: int,
        own: Sequence[Line],
        early: Sequence[tuple[date, int]],
        as_of: date,
        stop_on: date | None,
    ) -> int:
        """Return the interest of row k: real balance × factor, span by span, each rounded."""
        line = own[k]
        _, lent = parts_of(self.terms.tranches, line.start_on, line.due_on)
        if self.options.rest is Rest.SAME_AS_REPAYMENT:
            overdue = self._overdue(own[:k], line.start_on) if line.start_on < as_of else 0
            exact = (self._balance + overdue) * self._factors[k]
            for on, amount in lent:
                exact += amount * share(self.terms, self._factors[k], line.start_on, line.due_on, on)
            if stop_on is None:
                return money(self.terms, exact)
            run = max((stop_on - line.start_on).days, 0)
            return money(self.terms, exact * run / self._days(line))
        stop = stop_on or line.due_on
        start = min(max(self.terms.interest_start, line.start_on), stop)
        cuts = {day for day, _ in (*early, *self._history, *lent) if start < day < stop}
        if start < as_of < stop:
            cuts.add(as_of)
        edges = [start, *sorted(cuts), stop]
        spans: list[tuple[int, date]] = []  # a span ends where the balance changes, and only there
        for a in edges[:-1]:
            overdue = self._overdue(own[:k], a) if a < as_of else 0
            moved = sum(amount for day, amount in lent if day <= a)
            moved -= sum(amount for day, amount in early if day <= a)
            balance = max(self._balance + overdue + moved, 0)
            if not spans or spans[-1][0] != balance:
                spans.append((balance, a))
        ends = [*(begin for _, begin in spans[1:]), stop]
        return sum(
            money(self.terms, balance * self._span(k, line, begin, end))
            for (balance, begin), end in zip(spans, ends, strict=True)
            if end > begin
        )

    def _days(self, line: Line) -> int:
        return max((line.due_on - line.start_on).days, 1)

    def _span(self, k: int, line: Line, start: date, end: date) -> Fraction:
        if counts_days(self.terms) and not self._extended[k]:
            return days_factor(self.terms, start, end)
        return self._factors[k] * (end - start).days / self._days(line)

    def _overdue(self, older: Sequence[Line], day: date) -> int:
        """Return the principal of rows done that was not paid by a day."""
        if not self.options.on_past_due:
            return 0
        due = sum(line.get(PRINCIPAL) for line in older)
        return due - sum(amount for on, amount in self._history if on <= day)

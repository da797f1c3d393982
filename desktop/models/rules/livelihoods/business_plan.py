"""A business plan in figures: cost and price, break-even, where the money comes from, twelve months of cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.models.problems import Problem
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

MONTHS = 12
APPROVERS = 2
"""The group and an officer approve: two named people at least."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A business plan. Amounts in đồng; `incomes` and `expenses` are cash of the twelve months in turn.

    `unit_cost` is what one more unit costs, `fixed` what a year costs whatever is made. The sources pay the start-up
    cost; what is over stands in the box at the beginning. A loan's instalments belong to the expenses.
    """

    product: str = ""
    market: str = ""
    unit: str = ""
    unit_cost: int = 0
    price: int = 0
    fixed: int = 0
    startup: int = 0
    own: int = 0
    loan: int = 0
    grant: int = 0
    contribution: int = 0
    incomes: tuple[int, ...] = field(default=(0,) * MONTHS)
    expenses: tuple[int, ...] = field(default=(0,) * MONTHS)
    risk: str = ""
    mitigation: str = ""
    climate: str = ""
    accessibility: str = ""

    @property
    def sources(self) -> int:
        """Return all money that starts the activity, in đồng."""
        return self.own + self.loan + self.grant + self.contribution


def break_even(fixed: int, price: int, unit_cost: int) -> int | None:
    """Return how many units must be sold so that nothing is lost: fixed cost / (price − unit cost), upwards.

    None where the price does not exceed the unit cost: no number of units is then enough.
    """
    margin = price - unit_cost
    return -(-fixed // margin) if margin > 0 else None


def balances(plan: Plan) -> tuple[int, ...]:
    """Return what is in the box before the first month and at the end of each month: 13 amounts."""
    found = [plan.sources - plan.startup]
    for earned, spent in zip(plan.incomes, plan.expenses, strict=True):
        found.append(found[-1] + earned - spent)
    return tuple(found)


def lowest(plan: Plan) -> tuple[int, int]:
    """Return the lowest balance and its month (0: at the start)."""
    rows = balances(plan)
    month = min(range(len(rows)), key=lambda place: rows[place])
    return rows[month], month


def check_plan(plan: Plan) -> list[Problem]:
    """Return what keeps a plan from being kept: what is missing and what cannot be."""
    problems = []
    if not plan.product.strip():
        problems.append(Problem.stop("missing", "product", _("Cần ghi sản phẩm hoặc dịch vụ.")))
    for name in ("unit_cost", "price", "fixed", "startup", "own", "loan", "grant", "contribution"):
        if not 0 <= getattr(plan, name) <= MAX_DONG:
            problems.append(Problem.stop("negative", name, _("Số tiền không được âm.")))
    rows = (*plan.incomes, *plan.expenses)
    if len(plan.incomes) != MONTHS or len(plan.expenses) != MONTHS:
        problems.append(Problem.stop("months", "months", _("Dòng tiền phải đủ 12 tháng.")))
    elif any(not 0 <= amount <= MAX_DONG for amount in rows):
        problems.append(Problem.stop("negative", "months", _("Thu, chi của tháng không được âm.")))
    return problems


def check_approval(plan: Plan, people: Sequence[str]) -> list[Problem]:
    """Return what keeps a plan from being approved: a box that falls below zero, a price below the cost, no market,
    or too few named people.
    """
    problems = check_plan(plan)
    if problems:
        return problems
    if not plan.market.strip():
        problems.append(Problem.stop("market", "market", _("Kế hoạch chưa nói bán cho ai, ở đâu.")))
    if plan.price <= plan.unit_cost:
        text = _("Giá bán phải cao hơn chi phí của một đơn vị ({cost}).").format(
            cost=show_dong(plan.unit_cost)
        )
        problems.append(Problem.stop("margin", "price", text))
    least, month = lowest(plan)
    if least < 0:
        when = _("ngay khi bắt đầu") if month == 0 else _("ở tháng thứ {n}").format(n=month)
        text = _("Dòng tiền xuống dưới 0 {when}: thiếu {amount}. Thêm nguồn vốn hoặc lùi khoản chi.")
        problems.append(Problem.stop("cash-flow", "months", text.format(when=when, amount=show_dong(-least))))
    if len({name.strip() for name in people if name.strip()}) < APPROVERS:
        text = _("Cần ít nhất {n} người duyệt, ghi rõ tên: người của nhóm và cán bộ.").format(n=APPROVERS)
        problems.append(Problem.stop("people", "people", text))
    return problems

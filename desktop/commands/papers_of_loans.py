"""The papers of loans for `sonhom report`."""

from __future__ import annotations

from collections.abc import Callable

from desktop.commands.paper_wish import Gathered, Paper, Wish, find_loan
from resources.lang.messages import N_


def _of_loan(name: str) -> Callable[[Wish], Gathered]:
    def gather(wish: Wish) -> Gathered:
        from desktop.services import loan_papers

        make = getattr(loan_papers, name)
        return make(wish.book, find_loan(wish), wish.act).value, wish.arguments.loan.upper()

    return gather


def _of_loan_planned(name: str) -> Callable[[Wish], Gathered]:
    """Gather a paper for the day on which the money will be handed over, or as the loan stands without --day."""

    def gather(wish: Wish) -> Gathered:
        from desktop.services import loan_papers

        on, code = wish.arguments.day, wish.arguments.loan.upper()
        value = getattr(loan_papers, name)(wish.book, find_loan(wish), wish.act, on).value
        return value, code if on is None else f"{code}-{on}"

    return gather


def _of_loan_on(name: str) -> Callable[[Wish], Gathered]:
    def gather(wish: Wish) -> Gathered:
        from desktop.services import loan_papers

        on = wish.arguments.day or wish.act.today
        make = getattr(loan_papers, name)
        return make(wish.book, find_loan(wish), on, wish.act).value, f"{wish.arguments.loan.upper()}-{on}"

    return gather


def _due(wish: Wish) -> Gathered:
    from desktop.services import loan_papers

    on = wish.arguments.day or wish.act.today
    return loan_papers.due_list(wish.book, wish.group.id, on, wish.act).value, on.isoformat()


def _overdue(wish: Wish) -> Gathered:
    from desktop.services import loan_overdue_paper

    on = wish.arguments.day or wish.act.today
    return loan_overdue_paper.overdue(wish.book, wish.group.id, on, wish.act).value, on.isoformat()


_NEEDS = ("group", "loan")

PAPERS: dict[str, Paper] = {
    "loan-application": Paper(N_("đơn đề nghị vay vốn (--loan)"), _of_loan("application"), _NEEDS),
    "loan-contract": Paper(
        N_("hợp đồng vay vốn (--loan; --day: ngày giao tiền dự kiến)"), _of_loan_planned("contract"), _NEEDS
    ),
    "loan-schedule": Paper(
        N_("lịch trả nợ (--loan; --day: ngày giao tiền dự kiến)"), _of_loan_planned("schedule"), _NEEDS
    ),
    "loan-passbook": Paper(N_("sổ vay vốn (--loan)"), _of_loan("passbook"), _NEEDS),
    "loan-payoff": Paper(N_("báo giá tất toán (--loan, --day)"), _of_loan_on("payoff"), _NEEDS),
    "loan-reminder": Paper(N_("thư nhắc trả nợ (--loan, --day)"), _of_loan_on("reminder"), _NEEDS),
    "loan-due-list": Paper(N_("danh sách đến hạn (--day)"), _due),
    "loan-overdue": Paper(N_("danh sách nợ quá hạn (--day)"), _overdue),
}
"""The papers of loans by their key in `reports.catalogue`."""

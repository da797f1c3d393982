"""The papers of a group for `sonhom report`: each gathers its value and the words that name its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.commands.book_access import period
from desktop.commands.paper_wish import Gathered, Paper, Wish, find_meeting
from resources.lang.messages import N_, _


def _minutes(wish: Wish) -> Gathered:
    from desktop.services import meeting_papers

    meeting = find_meeting(wish)
    return meeting_papers.minutes(wish.book, meeting.id, wish.act).value, meeting.day.isoformat()


def _receipts(wish: Wish) -> Gathered:
    from desktop.services import meeting_papers

    meeting = find_meeting(wish)
    return meeting_papers.receipts_of_meeting(wish.book, meeting.id, wish.act).value, meeting.day.isoformat()


def _blank_sheet(wish: Wish) -> Gathered:
    from desktop.services import meeting_papers

    large = wish.arguments.large_print
    value = meeting_papers.blank_sheet(
        wish.book, wish.group.id, wish.act, wish.arguments.day, large_print=large
    ).value
    return value, value.day.isoformat()


def _member_list(wish: Wish) -> Gathered:
    from desktop.services import group_papers

    on = wish.arguments.day or wish.act.today
    large = wish.arguments.large_print
    return group_papers.member_list(
        wish.book, wish.group.id, on, wish.act, large_print=large
    ).value, on.isoformat()


def _cash_book(wish: Wish) -> Gathered:
    from desktop.models.kinds import Account
    from desktop.services import group_papers

    box = {"cash": Account.CASH, "social": Account.SOCIAL_CASH, "bank": Account.BANK}[wish.arguments.box]
    starts, ends = period(wish.arguments)
    value = group_papers.cash_book(wish.book, wish.group.id, box, starts, ends, wish.act).value
    return value, f"{wish.arguments.box}-{starts}-{ends}"


def _trial_balance(wish: Wish) -> Gathered:
    from desktop.services import group_papers

    starts, ends = period(wish.arguments)
    value = group_papers.trial_balance_paper(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _audit(name: str) -> Callable[[Wish], Gathered]:
    def gather(wish: Wish) -> Gathered:
        from desktop.models.problems import Problem, Refusal
        from desktop.services import audit_book, audit_papers

        on = wish.arguments.day
        for row in audit_book.visits(wish.book, wish.group.id):
            if on is None or row.day == on:
                return getattr(audit_papers, name)(wish.book, row.id, wish.act).value, row.code
        raise Refusal([Problem.stop("no-audit", "day", _("Nhóm không có đợt kiểm tra này."))])

    return gather


def _maturity(wish: Wish) -> Gathered:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import capacity_papers, maturity

    on = wish.arguments.day or wish.act.today
    for row in maturity.history(wish.book, wish.group.id):
        if row.in_force and row.day <= on:
            value = capacity_papers.score_paper(wish.book, row.id, wish.act).value
            return value, row.day.isoformat()
    text = _("Nhóm chưa có phiếu chấm điểm nào đến ngày này.")
    raise Refusal([Problem.stop("no-score", "day", text)])


def _change_plan(wish: Wish) -> Gathered:
    from desktop.services import capacity_papers

    value = capacity_papers.plan_paper(wish.book, wish.group.id, wish.act).value
    return value, wish.act.today.isoformat()


def _social_book(wish: Wish) -> Gathered:
    from desktop.services import money_papers

    starts, ends = period(wish.arguments)
    value = money_papers.social_book(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _expense_list(wish: Wish) -> Gathered:
    from desktop.services import money_papers

    starts, ends = period(wish.arguments)
    value = money_papers.expense_list(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _cash_count(wish: Wish) -> Gathered:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import cash_counts, money_papers

    number = wish.arguments.count
    if number is None:
        rows = cash_counts.listed(wish.book, wish.group.id)
        if not rows:
            raise Refusal([Problem.stop("no-count", "count", _("Nhóm chưa kiểm kê quỹ lần nào."))])
        number = rows[0].number
    return money_papers.count_minutes(wish.book, wish.group.id, number, wish.act).value, str(number)


def _opening(wish: Wish) -> Gathered:
    from desktop.services import money_papers

    value = money_papers.opening_minutes(wish.book, wish.group.id, wish.act).value
    return value, value.day.isoformat()


def _group_report(wish: Wish) -> Gathered:
    from desktop.services import group_report

    on = wish.arguments.day or wish.act.today
    wanted = group_report.period_of(on, quarter=wish.arguments.quarter)
    value = group_report.report(wish.book, wish.group.id, wanted, wish.act).value
    return value, f"{wanted.starts}-{wanted.ends}"


def _constitution(wish: Wish) -> Gathered:
    """Gather the constitution in force on --day, today when it is not said."""
    from desktop.services import constitution_papers

    on = wish.arguments.day or wish.act.today
    value = constitution_papers.document(wish.book, wish.group.id, None, replace(wish.act, today=on)).value
    return value, value.valid_from.isoformat()


def _passbook(wish: Wish) -> Gathered:
    """Gather the passbooks of all members, of the cycle that --day lies in."""
    from desktop.services.passbooks import PassbookOrder, issue

    on = wish.arguments.day or wish.act.today
    order = PassbookOrder(wish.group.id, large_print=wish.arguments.large_print or None)
    return issue(wish.book, order, replace(wish.act, today=on)).value, on.isoformat()


PAPERS: dict[str, Paper] = {
    "meeting-minutes": Paper(N_("biên bản họp (--meeting hoặc --day; mặc định buổi mới nhất)"), _minutes),
    "receipts": Paper(N_("phiếu thu, phiếu chi của một buổi họp (--meeting hoặc --day)"), _receipts),
    "blank-sheet": Paper(N_("phiếu họp trống của buổi họp sắp tới (--day)"), _blank_sheet),
    "member-list": Paper(N_("danh sách thành viên (--day)"), _member_list),
    "cash-book": Paper(N_("sổ quỹ (--box, --from, --to)"), _cash_book),
    "trial-balance": Paper(N_("bảng cân đối tài khoản (--from, --to)"), _trial_balance),
    "audit-sheet": Paper(N_("phiếu kiểm tra mang theo (--day; mặc định đợt mới nhất)"), _audit("sheet")),
    "audit-minutes": Paper(N_("biên bản kiểm tra (--day; mặc định đợt mới nhất)"), _audit("minutes")),
    "maturity-score": Paper(N_("phiếu chấm điểm trưởng thành mới nhất (--day)"), _maturity),
    "change-plan": Paper(N_("kế hoạch thay đổi của nhóm"), _change_plan),
    "social-book": Paper(N_("sổ quỹ xã hội (--from, --to)"), _social_book),
    "expense-list": Paper(N_("bảng kê chi phí (--from, --to)"), _expense_list),
    "cash-count": Paper(N_("biên bản kiểm kê quỹ (--count; mặc định lần mới nhất)"), _cash_count),
    "opening-balances": Paper(N_("biên bản bàn giao số dư đầu"), _opening),
    "group-report": Paper(N_("báo cáo tháng, hoặc quý với --quarter (--day: ngày trong kỳ)"), _group_report),
    "constitution": Paper(N_("quy chế hoạt động nhóm (--day)"), _constitution),
    "passbook": Paper(N_("sổ thành viên có dấu cổ phần (--day)"), _passbook),
}
"""The papers of groups by their key in `reports.catalogue`; statements have a command of their own."""

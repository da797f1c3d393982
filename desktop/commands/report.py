"""`sonhom report`: print the other papers of the catalogue, each to a PDF."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import (
    act,
    book_argument,
    day,
    file_name,
    find_group,
    folder,
    groups_of,
    opened,
    period,
    period_arguments,
    who_argument,
    write_file,
)
from desktop.commands.command import Command, Console, Exit, Mistyped, require
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.models.ids import LoanId
    from desktop.services.acts import Act
    from desktop.services.board.values import Period
    from desktop.services.groups import GroupRow
    from desktop.services.livelihood_book import LivelihoodDetail
    from desktop.services.meetings import MeetingRow
    from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class _Wish:
    """A paper wished for: of which group (None: of none, or of all), with which arguments, by whom."""

    book: Book
    found: GroupRow | None
    arguments: argparse.Namespace
    act: Act

    @property
    def group(self) -> GroupRow:
        """The group of a paper that needs one: without --group it is refused before."""
        assert self.found is not None
        return self.found


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the catalogue: what gathers its value and the words that name its file, the options it needs."""

    title: str
    gather: Callable[[_Wish], tuple[Any, str]]
    needs: tuple[str, ...] = ("group",)


@dataclass(frozen=True, slots=True)
class BookPaper:
    """A paper of the whole book: what gathers its value and the words that name its file."""

    title: str
    gather: Callable[[Book, argparse.Namespace, Act], tuple[Any, str]]


def _minutes(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import papers

    meeting = _meeting(wish)
    return papers.minutes(wish.book, meeting.id, wish.act).value, meeting.day.isoformat()


def _receipts(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import papers

    meeting = _meeting(wish)
    return papers.receipts_of_meeting(wish.book, meeting.id, wish.act).value, meeting.day.isoformat()


def _blank_sheet(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import papers

    large = wish.arguments.large_print
    value = papers.blank_sheet(
        wish.book, wish.group.id, wish.act, wish.arguments.day, large_print=large
    ).value
    return value, value.day.isoformat()


def _member_list(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import papers

    on = wish.arguments.day or wish.act.today
    large = wish.arguments.large_print
    return papers.member_list(wish.book, wish.group.id, on, wish.act, large_print=large).value, on.isoformat()


def _cash_book(wish: _Wish) -> tuple[Any, str]:
    from desktop.models.kinds import Account
    from desktop.services import papers

    box = {"cash": Account.CASH, "social": Account.SOCIAL_CASH, "bank": Account.BANK}[wish.arguments.box]
    starts, ends = period(wish.arguments)
    value = papers.cash_book(wish.book, wish.group.id, box, starts, ends, wish.act).value
    return value, f"{wish.arguments.box}-{starts}-{ends}"


def _trial_balance(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import papers

    starts, ends = period(wish.arguments)
    value = papers.trial_balance_paper(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _meeting(wish: _Wish) -> MeetingRow:
    """Return the meeting of --meeting or --day, else the latest one. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.meetings import meetings_of

    number, on = wish.arguments.meeting, wish.arguments.day
    for row in meetings_of(wish.book, wish.group.id, with_reversed=False):
        if (number is None or row.number == number) and (on is None or row.day == on):
            return row
    raise Refusal([Problem.stop("no-meeting", "meeting", _("Nhóm không có buổi họp này."))])


def _loan(wish: _Wish) -> LoanId:
    """Return the loan of --loan. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.loan_lists import LoanFilter, listed

    wanted = wish.arguments.loan.upper()
    rows = listed(wish.book, LoanFilter(group=wish.group.id), wish.act.today)
    for row in rows:
        if row.code == wanted:
            return row.id
    text = _("Nhóm {group} không có khoản vay mã {code}. {known}").format(
        group=wish.group.code,
        code=wish.arguments.loan,
        known=_known([row.code for row in rows], _("Nhóm chưa có khoản vay nào.")),
    )
    raise Refusal([Problem.stop("no-loan", "loan", text)])


def _known(codes: list[str], none: str) -> str:
    """Return the sentence that names the codes there are, the first ten of them."""
    if not codes:
        return none
    return _("Các mã có: {known}.").format(
        known=", ".join(sorted(codes)[:10]) + (" …" if len(codes) > 10 else "")
    )


def _of_loan(name: str) -> Callable[[_Wish], tuple[Any, str]]:
    def gather(wish: _Wish) -> tuple[Any, str]:
        from desktop.services import loan_papers

        make = getattr(loan_papers, name)
        return make(wish.book, _loan(wish), wish.act).value, wish.arguments.loan.upper()

    return gather


def _of_loan_planned(name: str) -> Callable[[_Wish], tuple[Any, str]]:
    """Gather a paper for the day on which the money will be handed over, or as the loan stands without --day."""

    def gather(wish: _Wish) -> tuple[Any, str]:
        from desktop.services import loan_papers

        on, code = wish.arguments.day, wish.arguments.loan.upper()
        value = getattr(loan_papers, name)(wish.book, _loan(wish), wish.act, on).value
        return value, code if on is None else f"{code}-{on}"

    return gather


def _of_loan_on(name: str) -> Callable[[_Wish], tuple[Any, str]]:
    def gather(wish: _Wish) -> tuple[Any, str]:
        from desktop.services import loan_papers

        on = wish.arguments.day or wish.act.today
        make = getattr(loan_papers, name)
        return make(wish.book, _loan(wish), on, wish.act).value, f"{wish.arguments.loan.upper()}-{on}"

    return gather


def _loans_due(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import loan_papers

    on = wish.arguments.day or wish.act.today
    return loan_papers.due_list(wish.book, wish.group.id, on, wish.act).value, on.isoformat()


def _loans_overdue(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import loan_overdue_paper

    on = wish.arguments.day or wish.act.today
    return loan_overdue_paper.overdue(wish.book, wish.group.id, on, wish.act).value, on.isoformat()


def _livelihood(wish: _Wish) -> LivelihoodDetail:
    """Return the activity of --livelihood, of the group where one is named. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.livelihood_book import LivelihoodFilter, detail, listed

    wanted = wish.arguments.livelihood.upper()
    group = wish.found
    rows = listed(wish.book, LivelihoodFilter(None if group is None else group.id), wish.act.today)
    for row in rows:
        if row.code == wanted:
            return detail(wish.book, row.id, wish.act.today)
    codes, typed = [row.code for row in rows], wish.arguments.livelihood
    if group is None:
        text = _("Sổ không có sinh kế mã {code}. {known}").format(
            code=typed, known=_known(codes, _("Sổ chưa có sinh kế nào."))
        )
    else:
        text = _("Nhóm {group} không có sinh kế mã {code}. {known}").format(
            group=group.code, code=typed, known=_known(codes, _("Nhóm chưa có sinh kế nào."))
        )
    raise Refusal([Problem.stop("no-livelihood", "livelihood", text)])


def _own_group(wish: _Wish) -> GroupRow | None:
    """Return the group that the activity of --livelihood is of, None for one of a household in no group."""
    groups = _livelihood(wish).row.owner.groups
    return next((row for row in groups_of(wish.book) if groups and row.id == groups[0]), None)


def _livelihood_record(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import livelihood_papers

    row = _livelihood(wish).row
    return livelihood_papers.record(wish.book, row.id, wish.act).value, row.code


def _business_plan(wish: _Wish) -> tuple[Any, str]:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import livelihood_papers

    found = _livelihood(wish)
    if not found.plans:
        text = _("Sinh kế này chưa có kế hoạch để in.")
        raise Refusal([Problem.stop("no-plan", "livelihood", text)])
    value = livelihood_papers.plan(wish.book, found.row.id, found.plans[0].id, wish.act).value
    return value, found.row.code


def _visit_form(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import livelihood_papers

    found = _livelihood(wish)
    return livelihood_papers.visit(wish.book, found.row.id, None, wish.act).value, found.row.code


def _job_report(wish: _Wish) -> tuple[Any, str]:
    from desktop.models.rules.suppression import Release
    from desktop.services import job_papers

    on, release = wish.arguments.day or wish.act.today, Release(wish.arguments.release)
    group = None if wish.found is None else wish.found.id
    value = job_papers.job_report(wish.book, group, on, wish.act, release).value
    return value, f"{on}-{release.value}"


def _audit(name: str) -> Callable[[_Wish], tuple[Any, str]]:
    def gather(wish: _Wish) -> tuple[Any, str]:
        from desktop.models.problems import Problem, Refusal
        from desktop.services import audit_book, audit_papers

        on = wish.arguments.day
        for row in audit_book.visits(wish.book, wish.group.id):
            if on is None or row.day == on:
                return getattr(audit_papers, name)(wish.book, row.id, wish.act).value, row.code
        raise Refusal([Problem.stop("no-audit", "day", _("Nhóm không có đợt kiểm tra này."))])

    return gather


def _maturity(wish: _Wish) -> tuple[Any, str]:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import capacity_papers, maturity

    on = wish.arguments.day or wish.act.today
    for row in maturity.history(wish.book, wish.group.id):
        if row.in_force and row.day <= on:
            value = capacity_papers.score_paper(wish.book, row.id, wish.act).value
            return value, row.day.isoformat()
    text = _("Nhóm chưa có phiếu chấm điểm nào đến ngày này.")
    raise Refusal([Problem.stop("no-score", "day", text)])


def _change_plan(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import capacity_papers

    value = capacity_papers.plan_paper(wish.book, wish.group.id, wish.act).value
    return value, wish.act.today.isoformat()


def _coordination(book: Book, _arguments: argparse.Namespace, act: Act) -> tuple[Any, str]:
    from desktop.services import capacity_papers

    return capacity_papers.coordination_paper(book, act).value, act.today.isoformat()


def _donor_report(book: Book, arguments: argparse.Namespace, act: Act) -> tuple[Any, str]:
    from desktop.models.rules.suppression import Release
    from desktop.services.board import papers

    period, release = _period_of(arguments.span, act), Release(arguments.release)
    value = papers.donor_report(book, period, release, act).value
    return value, f"{period.starts}-{period.ends}-{release.value}"


def _period_of(text: str | None, act: Act) -> Period:
    """Return the period of --period ("2026", "2026-H1", "2026-Q3"), without one this year. Raises Mistyped."""
    from desktop.services.board.values import Period, Span

    if text is None:
        return Period.around(act.today, Span.YEAR)
    found = re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])))?", text.strip().upper())
    if found is None or found[1] == "0000":
        raise Mistyped(_("--period: kỳ viết như 2026, 2026-H1 hoặc 2026-Q3."), "--period")
    year = int(found[1])
    if found[2]:
        return Period(date(year, 6 * int(found[2]) - 5, 1), Span.HALF)
    if found[3]:
        return Period(date(year, 3 * int(found[3]) - 2, 1), Span.QUARTER)
    return Period(date(year, 1, 1), Span.YEAR)


BOOK_PAPERS: dict[str, BookPaper] = {
    "donor-report": BookPaper(N_("báo cáo nhà tài trợ BC09 (--period, --release)"), _donor_report),
    "coordination-list": BookPaper(N_("danh sách phối hợp, cam kết"), _coordination),
}
"""The papers of the whole book: no group is named."""


def _social_book(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import money_papers

    starts, ends = period(wish.arguments)
    value = money_papers.social_book(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _expense_list(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import money_papers

    starts, ends = period(wish.arguments)
    value = money_papers.expense_list(wish.book, wish.group.id, starts, ends, wish.act).value
    return value, f"{starts}-{ends}"


def _cash_count(wish: _Wish) -> tuple[Any, str]:
    from desktop.models.problems import Problem, Refusal
    from desktop.services import cash_counts, money_papers

    number = wish.arguments.count
    if number is None:
        rows = cash_counts.listed(wish.book, wish.group.id)
        if not rows:
            raise Refusal([Problem.stop("no-count", "count", _("Nhóm chưa kiểm kê quỹ lần nào."))])
        number = rows[0].number
    return money_papers.count_minutes(wish.book, wish.group.id, number, wish.act).value, str(number)


def _opening(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import money_papers

    value = money_papers.opening_minutes(wish.book, wish.group.id, wish.act).value
    return value, value.day.isoformat()


def _group_report(wish: _Wish) -> tuple[Any, str]:
    from desktop.services import group_report

    on = wish.arguments.day or wish.act.today
    wanted = group_report.period_of(on, quarter=wish.arguments.quarter)
    value = group_report.report(wish.book, wish.group.id, wanted, wish.act).value
    return value, f"{wanted.starts}-{wanted.ends}"


def _constitution(wish: _Wish) -> tuple[Any, str]:
    """Gather the constitution in force on --day, today when it is not said."""
    from desktop.services import constitution_papers

    on = wish.arguments.day or wish.act.today
    value = constitution_papers.document(wish.book, wish.group.id, None, replace(wish.act, today=on)).value
    return value, value.valid_from.isoformat()


def _passbook(wish: _Wish) -> tuple[Any, str]:
    """Gather the passbooks of all members, of the cycle that --day lies in."""
    from desktop.services.passbooks import PassbookOrder, issue

    on = wish.arguments.day or wish.act.today
    order = PassbookOrder(wish.group.id, large_print=wish.arguments.large_print or None)
    return issue(wish.book, order, replace(wish.act, today=on)).value, on.isoformat()


LOAN, LIVELIHOOD = ("group", "loan"), ("livelihood",)

PAPERS: dict[str, Paper] = {
    "meeting-minutes": Paper(N_("biên bản họp (--meeting hoặc --day; mặc định buổi mới nhất)"), _minutes),
    "receipts": Paper(N_("phiếu thu, phiếu chi của một buổi họp (--meeting hoặc --day)"), _receipts),
    "blank-sheet": Paper(N_("phiếu ghi họp trống của buổi họp sắp tới (--day)"), _blank_sheet),
    "member-list": Paper(N_("danh sách thành viên (--day)"), _member_list),
    "cash-book": Paper(N_("sổ quỹ (--box, --from, --to)"), _cash_book),
    "trial-balance": Paper(N_("bảng cân đối tài khoản (--from, --to)"), _trial_balance),
    "loan-application": Paper(N_("đơn đề nghị vay vốn (--loan)"), _of_loan("application"), LOAN),
    "loan-contract": Paper(
        N_("hợp đồng vay vốn (--loan; --day: ngày giao tiền dự kiến)"), _of_loan_planned("contract"), LOAN
    ),
    "loan-schedule": Paper(
        N_("lịch trả nợ (--loan; --day: ngày giao tiền dự kiến)"), _of_loan_planned("schedule"), LOAN
    ),
    "loan-passbook": Paper(N_("sổ vay vốn (--loan)"), _of_loan("passbook"), LOAN),
    "loan-payoff": Paper(N_("báo giá tất toán (--loan, --day)"), _of_loan_on("payoff"), LOAN),
    "loan-reminder": Paper(N_("thư nhắc trả nợ (--loan, --day)"), _of_loan_on("reminder"), LOAN),
    "loan-due-list": Paper(N_("danh sách đến hạn (--day)"), _loans_due),
    "loan-overdue": Paper(N_("danh sách nợ quá hạn (--day)"), _loans_overdue),
    "livelihood-record": Paper(N_("hồ sơ sinh kế (--livelihood)"), _livelihood_record, LIVELIHOOD),
    "business-plan": Paper(N_("kế hoạch kinh doanh mới nhất (--livelihood)"), _business_plan, LIVELIHOOD),
    "visit-form": Paper(N_("phiếu thăm sinh kế để trống (--livelihood)"), _visit_form, LIVELIHOOD),
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
    "job-report": Paper(
        N_("báo cáo việc làm và thu nhập (--day, --release; không có --group: của cả sổ)"), _job_report, ()
    ),
}
"""The papers by their key in `reports.catalogue`; statements have a command of their own."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    book_argument(parser)
    every: dict[str, Paper | BookPaper] = {**PAPERS, **BOOK_PAPERS}
    keys = "; ".join(f"{key}: {_(paper.title)}" for key, paper in every.items())
    parser.add_argument("key", metavar="KEY", choices=list(every), help=keys)
    parser.add_argument(
        "--group", metavar="CODE", help=_("mã nhóm (giấy của cả sổ, của một sinh kế thì không cần)")
    )
    parser.add_argument(
        "--period",
        dest="span",
        metavar="YEAR",
        help=_("kỳ báo cáo: 2026, 2026-H1, 2026-Q3 (mặc định năm nay)"),
    )
    parser.add_argument("--meeting", type=int, metavar="N", help=_("số kỳ họp"))
    parser.add_argument("--loan", metavar="CODE", help=_("mã khoản vay"))
    parser.add_argument("--count", type=int, metavar="N", help=_("lần kiểm kê quỹ"))
    parser.add_argument("--quarter", action="store_true", help=_("báo cáo của quý thay cho tháng"))
    parser.add_argument("--livelihood", metavar="CODE", help=_("mã sinh kế"))
    parser.add_argument(
        "--release",
        choices=("commune", "partner", "donor"),
        default="commune",
        help=_("báo cáo cho ai: trong xã, đối tác, nhà tài trợ (ẩn ô nhỏ)"),
    )
    parser.add_argument("--day", type=day, metavar="DAY", help=_("ngày họp, hoặc ngày của danh sách"))
    parser.add_argument(
        "--box", choices=("cash", "social", "bank"), default="cash", help=_("quỹ nào (mặc định cash)")
    )
    period_arguments(parser)
    parser.add_argument("--out", metavar="DIR", default=".", help=_("thư mục ghi tệp PDF"))
    parser.add_argument("--large-print", action="store_true", help=_("chữ lớn"))
    who_argument(parser)


def _run(arguments: argparse.Namespace, console: Console) -> Exit:
    from desktop.settings import Settings
    from reports.catalogue import find
    from reports.kit.report import PaperOptions

    if arguments.key in PAPERS:
        require(arguments, *PAPERS[arguments.key].needs)
    with opened(arguments) as book:
        out: Path = folder(arguments.out)
        if arguments.key in BOOK_PAPERS:
            code = ""
            value, stem = BOOK_PAPERS[arguments.key].gather(book, arguments, act(arguments))
        else:
            wish = _wish(book, arguments)
            code = "" if wish.found is None else wish.found.code
            value, stem = PAPERS[arguments.key].gather(wish)
    report = find(arguments.key)
    options = PaperOptions(
        large_print=True if arguments.large_print else None, words=Settings.load().word_style()
    )
    words = [arguments.key, code, stem] if code else [arguments.key, stem]
    path = out / (file_name(*words) + ".pdf")
    write_file(path, report.render(value, options))
    console.say(_("{title}: {file}").format(title=report.shown_title(), file=path))
    console.answer({"report": arguments.key, "group": code, "file": str(path)})
    return Exit.DONE


def _wish(book: Book, arguments: argparse.Namespace) -> _Wish:
    """Return what is wished for, with the group of --group; without it, of the livelihood. Raises Refusal."""
    named = find_group(book, arguments.group) if arguments.group else None
    wish = _Wish(book, named, arguments, act(arguments))
    if named is None and PAPERS[arguments.key].needs == LIVELIHOOD:
        return replace(wish, found=_own_group(wish))
    return wish


COMMAND = Command(
    "report",
    N_("in biên bản, phiếu thu chi, sổ quỹ và các giấy khác ra PDF"),
    _arguments,
    _run,
    example="sonhom report so.sonhom meeting-minutes --group N-001 --out in",
)

"""Printing the papers of loans: which paper, and how it is gathered."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, LoanId, VoucherId
from desktop.services.loan_book import LoanDetail
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper
from resources.lang.messages import _


def loan_paper(desk: Desk, owner: QWidget, loan: LoanDetail, report: str, day: date | None = None) -> None:
    """Show a paper of one loan in the preview: application, contract, schedule, passbook, payoff or reminder.

    `day`: of the payoff and the reminder the day they speak of; of contract and schedule the planned day of the money.
    """
    titles = {
        "loan-application": _("Đơn vay {code}"),
        "loan-contract": _("Hợp đồng vay {code}"),
        "loan-schedule": _("Lịch trả nợ {code}"),
        "loan-passbook": _("Sổ vay vốn {code}"),
        "loan-payoff": _("Báo giá trả hết {code}"),
        "loan-reminder": _("Thư nhắc nợ {code}"),
    }
    wanted = loan.id

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import loan_papers

        on = day or act.today
        match report:
            case "loan-application":
                return loan_papers.application(book, wanted, act)
            case "loan-contract":
                return loan_papers.contract(book, wanted, act, day)
            case "loan-schedule":
                return loan_papers.schedule(book, wanted, act, day)
            case "loan-passbook":
                return loan_papers.passbook(book, wanted, act)
            case "loan-payoff":
                return loan_papers.payoff(book, wanted, on, act)
            case _:
                return loan_papers.reminder(book, wanted, on, act)

    print_paper(desk, owner, report, titles[report].format(code=loan.code), gather)


def receipt(desk: Desk, owner: QWidget, loan: LoanId, code: str, seq: int) -> None:
    """Show the receipt of one repayment, with its split."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import loan_papers

        return loan_papers.receipt(book, loan, seq, act)

    print_paper(desk, owner, "loan-receipt", _("Biên nhận trả nợ {code}").format(code=code), gather)


def receipt_of_voucher(desk: Desk, owner: QWidget, loan: LoanId, code: str, voucher: VoucherId) -> None:
    """Show the receipt of the repayment that a voucher has just posted."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import loan_book, loan_papers

        found = loan_book.detail(book, loan, act.today)
        seq = next(event.seq for event in found.events if event.voucher == voucher)
        return loan_papers.receipt(book, loan, seq, act)

    print_paper(desk, owner, "loan-receipt", _("Biên nhận trả nợ {code}").format(code=code), gather)


def overdue(desk: Desk, owner: QWidget, group: GroupId | None, day: date) -> None:
    """Show the list of overdue loans of a group or of the book."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import loan_overdue_paper

        return loan_overdue_paper.overdue(book, group, day, act)

    print_paper(desk, owner, "loan-overdue", _("Danh sách nợ quá hạn"), gather)


def due_list(desk: Desk, owner: QWidget, group: GroupId, day: date) -> None:
    """Show what a group's members have to bring on a day."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import loan_papers

        return loan_papers.due_list(book, group, day, act)

    print_paper(desk, owner, "loan-due-list", _("Danh sách đến hạn"), gather)


def slip(desk: Desk, owner: QWidget, code: str, voucher: VoucherId) -> None:
    """Show the payment slip of what a group paid its lender."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import meeting_papers

        return meeting_papers.receipts(book, [voucher], act)

    print_paper(desk, owner, "receipts", _("Phiếu chi trả nợ {code}").format(code=code), gather)


def collection(desk: Desk, owner: QWidget, group: GroupId, starts: date, ends: date) -> None:
    """Show what a group collected for its lender, handed on and earned in a period."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import lender_papers

        return lender_papers.collection(book, group, starts, ends, act)

    print_paper(desk, owner, "lender-collection", _("Bảng kê thu hộ bên cho vay"), gather)

"""The page of one loan: where it stands, its schedule, what happened, its terms, and what would close it today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LoanId, VoucherId
from desktop.models.kinds import LoanDirection, LoanEventKind, LoanStage
from desktop.services import loan_book
from desktop.services.acts import Topic
from desktop.services.loan_book import EventRow, LoanDetail
from desktop.services.loan_changes import UNDOABLE
from desktop.services.loan_terms import DATED_PAPERS
from desktop.services.loans import LoanPosted
from desktop.services.paper_kinds import report_title
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.loans import deciding, deeds, paying_out, prints
from desktop.views.loans.loan_tabs import EventsTab, OnLentTab, PayoffTab, ScheduleTab, TermsTab
from desktop.views.loans.planned import PlannedDialog
from desktop.views.loans.repay import RepayDialog
from desktop.views.people.loan_list import late_words
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

_WITH_CONTRACT = (LoanStage.APPROVED, LoanStage.ACTIVE, LoanStage.CLOSED, LoanStage.WRITTEN_OFF)
_WITH_MONEY = (LoanStage.ACTIVE, LoanStage.CLOSED, LoanStage.WRITTEN_OFF)


class LoanPage(RecordPage[LoanId, LoanDetail]):
    """One loan. Ctrl+1 … Ctrl+5 choose a tab."""

    route = "loan"
    reads = staticmethod(loan_book.detail)
    topics = frozenset({Topic.LOANS, Topic.ENTRIES, Topic.MEETINGS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.amount_figure = Figure(_("Số tiền vay"), "–", parent=self)
        self.owed_figure = Figure(_("Dư nợ gốc"), "–", parent=self)
        self.due_figure = Figure(_("Quá hạn"), "–", parent=self)
        self.next_figure = Figure(_("Kỳ tới"), "–", parent=self)
        self.add_figures(self.amount_figure, self.owed_figure, self.due_figure, self.next_figure, least=170)
        self.schedule = ScheduleTab(desk, self)
        self.events = EventsTab(desk, self.print_receipt, self.undo, self)
        self.terms = TermsTab(desk, self)
        self.payoff = PayoffTab(desk, self.print_payoff, self.pay_off, self)
        self.on_lent = OnLentTab(desk, self)
        self.set_parts(
            _("Các phần của khoản vay"),
            (
                ("schedule", self.schedule, _("Lịch trả")),
                ("events", self.events, _("Diễn biến")),
                ("terms", self.terms, _("Điều kiện, hồ sơ")),
                ("payoff", self.payoff, _("Trả hết hôm nay?")),
                ("on-lent", self.on_lent, _("Cho vay lại")),
            ),
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the code and the borrower."""
        loan = self.detail
        return _("Khoản vay") if loan is None else f"{loan.code} · {loan.name}"

    def subtitle(self) -> str:
        """Return the stage, the group and what the loan is for."""
        loan = self.detail
        if loan is None:
            return ""
        parts = [loan.stage.title, loan.product_name, loan.group_name, loan.purpose]
        if loan.days_late:
            parts.insert(1, _("trễ {days}").format(days=late_words(loan.days_late)))
        extended = sum(e.kind is LoanEventKind.RESCHEDULE and not e.undone for e in loan.events)
        if extended:
            parts.insert(1, _("đã gia hạn {n} lần").format(n=extended))
        return " · ".join(part for part in parts if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of loans."""
        return [(_("Cho vay"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what the loan's stage allows."""
        loan = self.detail
        if loan is None:
            return []
        found = [self._main_action(loan), self._print_action(loan), self._other_action(loan)]
        hidden = [
            PageAction(
                _("In giấy của khoản vay"), self.print_main, "print", "Ctrl+P", writes=False, shown=False
            )
        ]
        return [*(action for action in found if action is not None), *hidden]

    def _main_action(self, loan: LoanDetail) -> PageAction | None:
        if loan.stage is LoanStage.APPLIED:
            return PageAction(_("Duyệt…"), self.approve, "check", "Ctrl+D", primary=True)
        if loan.stage is LoanStage.APPROVED:
            return PageAction(_("Giải ngân…"), self.disburse, "cash", "Ctrl+G", primary=True)
        if loan.stage in (LoanStage.ACTIVE, LoanStage.WRITTEN_OFF):
            inward = loan.direction is LoanDirection.IN
            title = _("Trả nợ…") if inward else _("Thu nợ…")
            return PageAction(title, self.repay, "cash", "Ctrl+T", primary=True)
        return None

    def _print_action(self, loan: LoanDetail) -> PageAction | None:
        def entry(title: str, report: str) -> PageAction:
            return paper(title, lambda: self.print_report(report))

        if loan.direction is LoanDirection.IN:
            own = (entry(_("Lịch trả nợ"), "loan-schedule"), entry(_("Sổ vay vốn"), "loan-passbook"))
            return PageAction(_("In"), self.print_main, "print", writes=False, menu=own)
        papers = [entry(_("Đơn vay vốn"), "loan-application"), entry(_("Lịch trả nợ"), "loan-schedule")]
        if loan.stage in _WITH_CONTRACT:
            papers.insert(0, entry(_("Hợp đồng vay và lịch trả"), "loan-contract"))
        if loan.stage is LoanStage.APPROVED:
            title = _("Hợp đồng, lịch trả theo ngày giao tiền dự kiến…")
            papers.append(PageAction(title, self.print_planned, "calendar", writes=False))
        if loan.stage in _WITH_MONEY:
            papers.append(entry(_("Sổ vay vốn"), "loan-passbook"))
        if loan.stage is LoanStage.ACTIVE:
            papers.append(entry(_("Báo giá trả hết hôm nay"), "loan-payoff"))
            papers.append(entry(_("Thư nhắc trả nợ"), "loan-reminder"))
        return PageAction(_("In"), self.print_main, "print", writes=False, menu=tuple(papers))

    def _other_action(self, loan: LoanDetail) -> PageAction | None:
        found: list[PageAction] = []
        if loan.stage is LoanStage.APPLIED:
            found.append(PageAction(_("Không duyệt…"), self.refuse, "close"))
        if loan.stage is LoanStage.APPROVED and loan.direction is LoanDirection.OUT:
            found.append(PageAction(_("Sửa việc duyệt…"), self.approve, "edit"))
        if loan.stage in (LoanStage.APPLIED, LoanStage.APPROVED):
            found.append(PageAction(_("Rút đơn…"), self.cancel, "undo"))
        outward = loan.direction is LoanDirection.OUT
        if loan.stage is LoanStage.ACTIVE and outward:
            if deeds.lent(loan) < loan.amount:
                found.append(PageAction(_("Giải ngân đợt tiếp…"), self.disburse, "cash"))
            found += [
                PageAction(_("Gia hạn…"), self.reschedule, "calendar"),
                PageAction(_("Miễn giảm lãi, phí, phạt…"), self.waive, "minus"),
                PageAction(_("Thu thêm phí…"), self.charge_fee, "plus"),
                PageAction(_("Xóa nợ…"), self.write_off, "delete"),
            ]
        if deeds.credit(loan) and outward:
            found.append(PageAction(_("Hoàn tiền trả thừa…"), self.refund, "undo"))
        if loan.member is not None:
            found.append(PageAction(_("Mở hồ sơ người vay"), self.open_member, "member", writes=False))
        return (
            PageAction(_("Việc khác"), self.refuse, "more", writes=False, menu=tuple(found))
            if found
            else None
        )

    def go_up(self) -> None:
        """Go to the list of loans."""
        self.desk.open_page("loans", tab="loans")

    # -- showing ------------------------------------------------------------------------------------

    def take(self, loan: LoanDetail) -> None:
        """Show the figures and the tabs of a loan, those that its stage and side have."""
        state, today = loan.state, loan.day
        closed = loan.closed_on or loan.disbursed_on
        self.amount_figure.set(
            show_dong(loan.amount),
            _("giải ngân {day}").format(day=show_day(loan.disbursed_on))
            if loan.disbursed_on
            else _("chưa giải ngân"),
        )
        owed = state.principal_outstanding if state.disbursed else 0
        paid = sum(row.paid.principal for row in loan.rows)
        note = _("đã trả gốc {paid}").format(paid=show_dong(paid)) if state.disbursed else ""
        if loan.stage is LoanStage.CLOSED and closed is not None:
            note = _("tất toán {day}").format(day=show_day(closed))
        self.owed_figure.set(show_dong(owed), note)
        late = loan.arrears.overdue
        note = late_words(loan.days_late) or _("không trễ")
        if loan.arrears.passed_over:
            note = _("{days}, chưa tính {amount}").format(
                days=note, amount=show_dong(loan.arrears.passed_over)
            )
        if loan.penalty_due:
            note = _("{days}, phạt thêm {penalty}").format(days=note, penalty=show_dong(loan.penalty_due))
        self.due_figure.set(show_dong(late), note)
        coming = next((row for row in loan.rows if row.outstanding > 0 and row.due_on >= today), None)
        if coming is None or loan.stage in (LoanStage.REFUSED, LoanStage.CANCELLED):
            self.next_figure.set("–")
        else:
            self.next_figure.set(show_dong(coming.outstanding), show_day(coming.due_on))
        self.schedule.take(loan)
        self.events.take(loan)
        self.terms.take(loan)
        self.payoff.take(loan)
        inward = loan.direction is LoanDirection.IN
        self.tabs.setTabVisible(self.tabs.indexOf(self.on_lent), inward)
        if inward:
            self.on_lent.take(loan)
        for tab in (self.events, self.payoff):
            place = self.tabs.indexOf(tab)
            self.tabs.setTabVisible(place, loan.stage in _WITH_MONEY)

    def tab_changed(self, _place: int) -> None:
        """Ask for the quote when its tab is seen."""
        if self.tabs.currentWidget() is self.payoff:
            self.payoff.ask()

    # -- deeds --------------------------------------------------------------------------------------

    def approve(self) -> None:
        """Write down how the loan was approved."""
        if loan := self.writable:
            deciding.ApproveDialog(self.desk, loan, self._approved, self).open()

    def _approved(self, _loan: object) -> None:
        from desktop.views.kit.messages import Message

        self.desk.say(
            Message(
                _("Đã duyệt. Hãy in hợp đồng với lịch trả cho hai bên ký trước khi giao tiền."),
                "good",
                action=(_("In hợp đồng"), self._print_contract),
            )
        )

    def _print_contract(self) -> None:
        self.print_report("loan-contract")

    def refuse(self) -> None:
        """Refuse the application with a reason."""
        if loan := self.writable:
            deciding.refuse(self.desk, loan, self.desk.saying(_("Đã ghi không duyệt.")), self).open()

    def cancel(self) -> None:
        """Take the application back."""
        if loan := self.writable:
            deeds.cancel(self.desk, loan, self.desk.saying(_("Đã rút đơn.")), self).open()

    def disburse(self) -> None:
        """Hand over the money."""
        if loan := self.writable:
            paying_out.DisburseDialog(self.desk, loan, self._paid_out, self).open()

    def _paid_out(self, posted: LoanPosted) -> None:
        """Offer the contract again when one with other dates was printed before."""
        old = {report_title(report) for report in DATED_PAPERS}
        again = any(paper.title in old for paper in posted.papers)
        action = (_("In lại hợp đồng"), self._print_contract) if again else None
        deeds.tell_posted(self.desk, posted, _("Đã giải ngân."), action)

    def repay(self, amount: int | None = None, on: Any = None) -> None:
        """Take a repayment."""
        if loan := self.writable:
            RepayDialog(self.desk, loan, self._repaid, self, amount, on).open()

    def pay_off(self) -> None:
        """Take the amount that closes the loan on the day of the quote."""
        if self.payoff.quote is not None:
            self.repay(self.payoff.quote.amount, self.payoff.quote.day)

    def _repaid(self, posted: LoanPosted) -> None:
        loan = self.detail
        action = None
        if loan is not None and posted.vouchers:
            code, voucher = loan.code, posted.vouchers[0].id
            action = (_("In biên nhận"), lambda: self._print_payment(posted.loan, code, voucher))
        deeds.tell_posted(self.desk, posted, _("Đã ghi trả nợ."), action)

    def _print_payment(self, loan: LoanId, code: str, voucher: VoucherId) -> None:
        if self.detail is not None and self.detail.direction is LoanDirection.IN:
            prints.slip(self.desk, self, code, voucher)
        else:
            prints.receipt_of_voucher(self.desk, self, loan, code, voucher)

    def _teller(self, text: str) -> Callable[[LoanPosted], None]:
        return lambda posted: deeds.tell_posted(self.desk, posted, text)

    def undo(self, event: EventRow) -> None:
        """Take back what happened to the loan."""
        loan = self.writable
        if loan is not None and event.kind in UNDOABLE:
            deeds.undo(self.desk, loan, event, self._teller(_("Đã hủy.")), self).open()

    def reschedule(self) -> None:
        """Move instalments to later days."""
        if loan := self.writable:
            deeds.reschedule(self.desk, loan, self._teller(_("Đã gia hạn.")), self).open()

    def waive(self) -> None:
        """Waive interest, fees, penalties."""
        if loan := self.writable:
            deeds.waive(self.desk, loan, self._teller(_("Đã ghi miễn giảm.")), self).open()

    def charge_fee(self) -> None:
        """Charge a fee."""
        if loan := self.writable:
            deeds.charge_fee(self.desk, loan, self._teller(_("Đã ghi phí.")), self).open()

    def write_off(self) -> None:
        """Write the loan off."""
        if loan := self.writable:
            deeds.write_off(self.desk, loan, self._teller(_("Đã xóa nợ.")), self).open()

    def refund(self) -> None:
        """Give back what was paid too much."""
        if loan := self.writable:
            deeds.refund(self.desk, loan, self._teller(_("Đã hoàn tiền.")), self).open()

    def open_member(self) -> None:
        """Open the borrower's page."""
        if self.detail is not None and self.detail.member is not None:
            self.desk.open_page("member", member=self.detail.member)

    # -- papers -------------------------------------------------------------------------------------

    def print_report(self, report: str) -> None:
        """Show one paper of this loan."""
        if self.detail is not None:
            prints.loan_paper(self.desk, self, self.detail, report)

    def print_planned(self) -> None:
        """Ask for the day on which the money will be handed over, and print contract or schedule for it."""
        if loan := self.detail:
            PlannedDialog(
                self.desk,
                loan,
                lambda chosen: prints.loan_paper(self.desk, self, loan, chosen["report"], chosen["day"]),
                self,
            ).open()

    def print_main(self) -> None:
        """Print what is asked for most at this stage: application, contract, then the passbook."""
        loan = self.detail
        if loan is None:
            return
        report = "loan-application"
        if loan.direction is LoanDirection.IN:
            report = "loan-passbook"
        elif loan.stage is LoanStage.APPROVED:
            report = "loan-contract"
        elif loan.stage in _WITH_MONEY:
            report = "loan-passbook"
        self.print_report(report)

    def print_receipt(self, event: EventRow) -> None:
        """Print the receipt of one repayment; what the group pays is a payment slip."""
        if self.detail is not None and self.detail.direction is LoanDirection.IN:
            if event.voucher is not None:
                prints.slip(self.desk, self, self.detail.code, event.voucher)
        elif self.detail is not None:
            prints.receipt(self.desk, self, self.detail.id, self.detail.code, event.seq)

    def print_payoff(self) -> None:
        """Print the quote of the day that is shown."""
        day = self.payoff.day.value()
        if self.detail is not None and day is not None:
            prints.loan_paper(self.desk, self, self.detail, "loan-payoff", day)

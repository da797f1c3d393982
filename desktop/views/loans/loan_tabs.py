"""The tabs of a loan's page: schedule, events, terms and file, and what would close it on a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.kinds import LoanDirection, LoanEventKind, LoanStage
from desktop.services import loan_words, loans, on_lending
from desktop.services.loan_book import EventRow, LoanDetail
from desktop.services.loan_changes import UNDOABLE
from desktop.services.loans import PayoffQuote
from desktop.services.on_lending import Source
from desktop.views.kit.blocks import Card, Columns, Facts, button, label
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.runner import Ticket
from desktop.views.kit.tab import Tab, listing
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import dress, px
from desktop.views.loans.columns import EVENTS, SCHEDULE, Instalment
from desktop.views.loans.words import rate_words
from desktop.views.people.loan_list import LoanList
from desktop.views.people.rights import allow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


class _Tab(Tab):
    """A tab that knows the loan it shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.loan: LoanDetail | None = None


class ScheduleTab(_Tab):
    """Every instalment with what is paid of it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            SCHEDULE,
            "loan.schedule",
            _("Lịch trả nợ"),
            key=lambda one: one.row.nr,
            empty=Empty("calendar", _("Chưa có lịch trả.")),
            least=320,
            filterable=False,
        )
        self.view.tools.insertWidget(0, label(_("Lịch trả nợ"), "heading", self))
        self.body.addWidget(self.view, 1)

    def take(self, loan: LoanDetail) -> None:
        """Show the instalments of a loan."""
        live = loan.state.disbursed
        rows = [Instalment(row, loan.day, live) for row in loan.rows]
        self.view.show_columns(
            {
                "fees": any(one.asked.fees for one in rows),
                "penalties": any(one.asked.penalties for one in rows),
                "paid": live,
                "left": live,
                "paid_on": live,
                "balance": not live,
            }
        )
        self.table.set_rows(rows)
        asked = sum(one.asked.total for one in rows)
        paid = sum(one.row.paid.total for one in rows)
        self.view.set_summary(
            _("Phải trả {asked} · đã trả {paid} · còn {left}").format(
                asked=show_dong(asked), paid=show_dong(paid), left=show_dong(loan.state.outstanding)
            )
            if live
            else _("Tổng phải trả {asked}").format(asked=show_dong(asked))
        )


class EventsTab(_Tab):
    """All that happened, each with its voucher and the split of the money."""

    def __init__(
        self,
        desk: Desk,
        receipt: Callable[[EventRow], object],
        undo: Callable[[EventRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            EVENTS,
            "loan.events",
            _("Diễn biến"),
            key=lambda event: event.seq,
            empty=Empty("clock", _("Chưa có việc gì với khoản vay này.")),
            actions=(
                RowAction(_("In biên nhận"), receipt, "print", enabled=self._has_receipt),
                RowAction(_("Xem chứng từ"), self._open_voucher, "document", enabled=_has_voucher),
                RowAction(_("Mở buổi họp"), self._open_meeting, "meeting", enabled=_has_meeting),
                RowAction(_("Hủy việc này…"), undo, "undo", "Del", enabled=self._undoable),
            ),
            opened=self._open_voucher,
            chosen=self._chosen,
            least=320,
            filterable=False,
        )
        self.view.tools.insertWidget(0, label(_("Diễn biến"), "heading", self))
        self.receipt_button = button(_("In biên nhận"), self._receipt_of_current, "print", parent=self)
        self.undo_button = button(_("Hủy…"), self._undo_current, "undo", parent=self)
        self.view.tools.insertWidget(2, self.receipt_button)
        self.view.tools.insertWidget(3, self.undo_button)
        self._receipt, self._undo = receipt, undo
        self.body.addWidget(self.view, 1)

    def take(self, loan: LoanDetail) -> None:
        """Show what happened to a loan, the latest last."""
        self.loan = loan
        self.view.show_columns(
            {
                "fees": any(event.fees for event in loan.events),
                "penalties": any(event.penalties for event in loan.events),
                "overpaid": any(event.overpaid for event in loan.events),
            }
        )
        self.table.set_rows(list(loan.events))
        self._chosen(self.view.current_row())

    def _chosen(self, event: EventRow | None) -> None:
        self.receipt_button.setEnabled(event is not None and self._has_receipt(event))
        undoable = event is not None and self._undoable(event)
        why = _("Chọn một việc ghi ngoài buổi họp; trả tại buổi họp thì sửa buổi họp.")
        allow(self.desk, [self.undo_button], also=undoable, reason=why)

    def _has_receipt(self, event: EventRow) -> bool:
        return event.kind is LoanEventKind.REPAYMENT and _has_voucher(event) and not event.undone

    def _undoable(self, event: EventRow) -> bool:
        return self.desk.can_write and event.kind in UNDOABLE and event.meeting is None and not event.undone

    def _receipt_of_current(self) -> None:
        if (event := self.view.current_row()) is not None:
            self._receipt(event)

    def _undo_current(self) -> None:
        if (event := self.view.current_row()) is not None:
            self._undo(event)

    def _open_voucher(self, event: EventRow) -> None:
        if event.voucher is not None and self.loan is not None:
            self.desk.open_page("cashbook", group=self.loan.group, voucher=event.voucher)

    def _open_meeting(self, event: EventRow) -> None:
        self.desk.open_page("meetings", meeting=event.meeting)


def _has_voucher(event: EventRow) -> bool:
    return event.voucher is not None


def _has_meeting(event: EventRow) -> bool:
    return event.meeting is not None


class TermsTab(_Tab):
    """What was agreed, in words; the application; how it was decided."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.terms, self.price, self.paper, self.decision = Facts(), Facts(), Facts(), Facts()
        columns = Columns(parent=self)
        for side, title, icon, facts in (
            (columns.left, _("Điều kiện vay"), "document", self.terms),
            (columns.left, _("Giá thật"), "cash", self.price),
            (columns.right, _("Đơn vay"), "member", self.paper),
            (columns.right, _("Xét duyệt"), "check", self.decision),
        ):
            card = Card(title, icon, self)
            card.body.addWidget(facts)
            side.addWidget(card)
        columns.finish()
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def take(self, loan: LoanDetail) -> None:
        """Say a loan's terms."""
        terms, product = loan.terms, loan.product
        asked = loan.application
        self.terms.set(
            [
                (_("Hợp đồng"), loan.contract),
                (_("Sản phẩm"), loan.product_name),
                (_("Cách trả"), loan_words.repayment_text(product)),
                (_("Thời hạn"), loan_words.term_text(terms)),
                (_("Giải ngân"), show_day(loan.disbursed_on or terms.disbursed_on)),
                (_("Khi trả chậm"), loan_words.late_text(product)),
            ]
        )
        cost = loan.cost
        self.price.set(
            [
                (_("Lãi suất"), rate_words(terms)),
                (_("APR một năm"), "" if cost is None else loan_words.percent(cost.apr_percent)),
                (_("EIR (lãi nhập gốc)"), "" if cost is None else loan_words.percent(cost.eir_percent)),
                (_("Nhận"), "" if cost is None else show_dong(cost.received)),
                (_("Trả tổng cộng"), "" if cost is None else show_dong(cost.paid)),
            ]
        )
        guarantors = ", ".join(name for _member, name in loan.guarantors)
        spouse = asked.spouse
        if spouse:
            consent = _("đã đồng ý") if asked.spouse_consents else _("chưa có ý kiến đồng ý")
            spouse = f"{spouse} ({consent})"
        self.paper.set(
            [
                (_("Ngày làm đơn"), show_day(loan.applied_on)),
                (_("Mục đích"), loan.purpose),
                (_("Việc làm ăn"), loan.livelihood),
                (_("Thu nhập một tháng"), show_dong(asked.income) if asked.income else ""),
                (_("Đang trả nợ khác"), show_dong(asked.debt_service) if asked.debt_service else ""),
                (_("Nợ khác"), asked.debts),
                (_("Nguồn vốn"), loan.source or _("Quỹ của nhóm")),
                (_("Vợ hoặc chồng"), spouse),
                (_("Người bảo lãnh"), guarantors),
            ]
        )
        self.decision.set(_decision(loan))


def _decision(loan: LoanDetail) -> list[tuple[str, str]]:
    made = loan.decision
    undecided = (LoanStage.APPLIED, LoanStage.REFUSED, LoanStage.CANCELLED)
    stage = loan.stage if loan.stage in undecided else LoanStage.APPROVED
    found = [(_("Kết quả"), stage.title)]
    if loan.decided_on is None:
        return found
    found.append((_("Ngày"), show_day(loan.decided_on)))
    if made.reason:
        found.append((_("Lý do"), made.reason))
    if loan.decided_at:
        found.append((_("Tại"), loan.decided_at))
    if made.by_vote and made.present:
        found.append(
            (
                _("Biểu quyết"),
                _("{present} người dự họp, {yes} đồng ý, {no} không đồng ý").format(
                    present=made.present, yes=made.in_favour, no=made.against
                ),
            )
        )
    if made.people:
        found.append((_("Người duyệt"), ", ".join(made.people)))
    return found


class OnLentTab(_Tab):
    """The members' loans that this lender's loan pays for, and what is left to lend on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.words = label("", "muted", self, wrap=True)
        self.list = LoanList(desk, "loan.on-lent", parent=self)
        self.body.addWidget(self.words)
        self.body.addWidget(self.list, 1)

    def take(self, loan: LoanDetail) -> None:
        """Show what was lent on from a lender's loan."""
        self.loan = loan
        self.list.show_loans(loan.day, group=loan.group, source=loan.id)
        self.desk.ask(lambda book: on_lending.sources(book, loan.group, loan.day), self._show, owner=self)

    def _show(self, found: list[Source]) -> None:
        mine = next((one for one in found if self.loan is not None and one.id == self.loan.id), None)
        self.words.setText(
            _("Khoản này đã trả xong hoặc chưa nhận tiền.")
            if mine is None
            else _(
                "Còn nợ bên cho vay {owed}; thành viên đang giữ {lent}; còn {left} để cho vay lại."
            ).format(owed=show_dong(mine.owed), lent=show_dong(mine.lent), left=show_dong(mine.left))
        )


class PayoffTab(_Tab):
    """What closes the loan on a day: asked of the same function that posts it."""

    def __init__(
        self,
        desk: Desk,
        print_quote: Callable[[], object],
        pay: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.quote: PayoffQuote | None = None
        self._asked: Ticket | None = None
        card = Card(_("Trả hết nợ vào một ngày"), "cash", self)
        line = QHBoxLayout()
        self.day = DayEdit(card, desk.today())
        self.day.set_value(desk.today())
        self.day.setAccessibleName(_("Ngày trả hết"))
        self.day.setFixedWidth(px(150))
        self.day.changed.connect(self.ask)
        name = label(_("Ngày trả hết"), "label", card)
        name.setBuddy(self.day)
        line.addWidget(name)
        line.addWidget(self.day)
        line.addStretch(1)
        card.body.addLayout(line)
        self.sum = label("", "figure", card)
        self.facts = Facts(parent=card)
        self.why = label("", "muted", card, wrap=True)
        for widget in (self.sum, self.facts, self.why):
            card.body.addWidget(widget)
        buttons = QHBoxLayout()
        self.print_button = button(_("In báo giá"), print_quote, "print", parent=card)
        self.pay_button = button(_("Ghi trả hết…"), pay, "cash", "primary", card)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.pay_button)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def take(self, loan: LoanDetail) -> None:
        """Quote another loan, or the same after a change."""
        if self.loan is None or self.loan.id != loan.id:
            self.day.set_value(loan.day)
        self.loan = loan
        self.print_button.setVisible(loan.direction is LoanDirection.OUT)
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Ask for the quote of the day in the line."""
        if self._asked is not None:
            self._asked.drop()
        loan, day = self.loan, self.day.value()
        if loan is None or loan.stage is not LoanStage.ACTIVE or loan.disbursed_on is None:
            self._show(None)
            return
        if day is None or day < loan.disbursed_on:
            self._show(None)
            self.why.setText(self.day.problem() or _("Hãy chọn ngày từ khi giải ngân."))
            return
        self._asked = self.desk.ask(lambda book: loans.quote(book, loan.id, day), self._show, owner=self)

    def _show(self, quote: PayoffQuote | None) -> None:
        self.quote = quote
        allow(self.desk, [self.pay_button], also=quote is not None, reason=_("Chưa tính được số tiền."))
        self.print_button.setEnabled(quote is not None)
        if quote is None:
            self.sum.setText("–")
            self.facts.set([])
            self.why.setText("")
            return
        self.sum.setText(show_dong(quote.amount))
        dress(self.sum, "figure")
        named: list[tuple[str, Any]] = [
            (_("Gốc còn nợ"), quote.parts.principal),
            (_("Lãi phải trả"), quote.parts.interest),
            (_("Phí"), quote.parts.fees),
            (_("Phạt trả chậm"), quote.parts.penalties),
        ]
        self.facts.set([(title, show_dong(amount)) for title, amount in named if amount])
        assert self.loan is not None
        rest = sum(row.left.interest for row in self.loan.rows)
        saved = rest - quote.parts.interest
        self.why.setText(
            _("So với trả theo lịch, bớt được {saved} tiền lãi.").format(saved=show_dong(saved))
            if saved > 0
            else ""
        )

"""Taking a repayment alone: the amount, and right below what it pays. The same for what the group pays a lender."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.kinds import LoanDirection
from desktop.models.rules.loan_sheet import LoanPayment
from desktop.services import lender_loans, loans
from desktop.services.acts import Act, Outcome
from desktop.services.loan_book import LoanDetail
from desktop.services.loans import Consequences, LoanPosted, PayoffQuote, Repay
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import check, day, dong, line
from desktop.views.kit.papers import numbers_of
from desktop.views.kit.runner import Ticket
from desktop.views.kit.theme import dress, px, space
from desktop.views.loans.deeds import Then, short_at_amount
from desktop.views.loans.words import parts_words
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _, ngettext

_PAUSE = 200


class RepayDialog(FormDialog):
    """The amount is what is due until the user types another; the split below follows every key."""

    def __init__(
        self,
        desk: Desk,
        loan: LoanDetail,
        then: Then,
        parent: QWidget,
        amount: int | None = None,
        on: date | None = None,
    ) -> None:
        self.loan = loan
        self._asked: Ticket | None = None
        self._quote: PayoffQuote | None = None
        self._own_amount = amount is not None
        self._own_penalty = False
        self._filling = False
        inward = loan.direction is LoanDirection.IN
        title = _("Trả nợ {code}") if inward else _("Thu nợ {code}")
        super().__init__(
            desk,
            title.format(code=loan.code),
            [
                Field("day", N_("Ngày trả"), day(), required=True),
                Field("penalty", N_("Phạt trả chậm"), dong(10**16), hint=N_("Theo quy định; sửa được")),
                Field("amount", N_("Số tiền trả"), dong(), required=True, span=0),
                Field("keep_surplus", N_("Trả thừa thì giữ lại cho người vay"), check(), span=0),
                Field("note", N_("Ghi chú"), line("", 200), span=0),
            ],
            self._pay,
            then,
            values={"day": on or desk.today(), "amount": amount},
            intro=loan.name,
            save_text=_("Ghi trả nợ") if inward else _("Ghi thu nợ"),
            columns=2,
            width=540,
            parent=parent,
        )
        if inward:
            for key in ("penalty", "keep_surplus", "note"):
                self.form.set_visible(key, False)
        self._build_split()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.form.changed.connect(self._changed)
        self.form.input("amount").setFocus()
        self._ask()

    def _build_split(self) -> None:
        quick = QHBoxLayout()
        quick.setSpacing(space(2))
        self.due_button = button(_("Đến hạn"), self.take_due, parent=self)
        self.all_button = button(_("Trả hết"), self.take_all, parent=self)
        self.due_button.setToolTip(_("Mọi khoản đến hạn tới ngày trả"))
        quick.addWidget(self.due_button)
        quick.addWidget(self.all_button)
        quick.addStretch(1)
        self.split = label("", "accent", self, wrap=True)
        self.later = label("", "warn", self, wrap=True)
        self.later.hide()
        # Tab goes as the eye does: from the note to the quick amounts, then to the buttons below.
        QWidget.setTabOrder(self.form.input("note"), self.due_button)
        QWidget.setTabOrder(self.due_button, self.all_button)
        QWidget.setTabOrder(self.all_button, self.panel.cancel_button)
        QWidget.setTabOrder(self.panel.cancel_button, self.panel.save_button)
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertLayout(1, quick)
        box.insertWidget(2, self.split)
        box.insertWidget(3, self.later)
        self.resize(self.width(), self.height() + self.split.fontMetrics().height() * 4 + px(64))

    # -- while typing -------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        if self._filling:
            return
        if key == "amount":
            self._own_amount = True
        if key == "penalty":
            self._own_penalty = True
        self._pause.start()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.drop()
            self._asked = None
        on, amount = self.form.value("day"), self.form.value("amount")
        loan, own = self.loan.id, self._own_amount
        penalty = self.form.value("penalty") if self._own_penalty else None
        if on is None:
            self._say("", "")
            return

        today, inward = self.desk.today(), self.loan.direction is LoanDirection.IN

        def question(book: Any) -> tuple[PayoffQuote, int, LoanPayment | None, Consequences]:
            from desktop.services.loan_book import detail

            quote = loans.quote(book, loan, on)
            then = detail(book, loan, on)
            due = then.state.due_by(on).total + (then.penalty_due if penalty is None else penalty)
            wanted = amount if own else due
            split = loans.split_of(book, loan, on, wanted, penalty) if wanted else None
            changed = Consequences()
            if wanted and on < today and not inward:
                changed = loans.consequences(book, Repay(loan, on, wanted, penalty), today)
            return quote, due, split, changed

        self._asked = self.desk.ask(question, self._answered, failed=self._broke, owner=self)

    def _broke(self, _error: Exception) -> None:
        self._say("", "")

    def _answered(self, found: tuple[PayoffQuote, int, LoanPayment | None, Consequences]) -> None:
        self._quote, self._due, split, changed = found
        self._tell_changes(changed)
        self._filling = True
        if not self._own_penalty:
            self.form.input("penalty").set_value(self._quote.penalty)
        if not self._own_amount:
            self.form.input("amount").set_value(self._due or None)
        self._filling = False
        if split is None:
            text = _("Chưa có khoản nào đến hạn.") if not self._due else ""
            self._say(text + "\n" + self._owed_words(), "accent")
            return
        lines = [parts_words(split.parts)]
        left = self._quote.parts.principal - split.parts.principal
        lines.append(_("Sau lần này còn nợ gốc {left}.").format(left=show_dong(max(left, 0))))
        if split.overpaid:
            lines.append(_("Trả thừa {over}.").format(over=show_dong(split.overpaid)))
        elif split.amount == self._quote.amount:
            lines.append(_("Vừa đủ trả hết khoản vay."))
        else:
            lines.append(self._owed_words())
        self._say("\n".join(lines), "warn" if split.overpaid else "accent")

    def _tell_changes(self, changed: Consequences) -> None:
        """Say what a repayment entered late changes: later splits, and papers printed before."""
        said = [
            _("Lần trả {amount} ngày {day} được chia lại: {before} → {after}.").format(
                amount=show_dong(one.amount),
                day=show_day(one.day),
                before=parts_words(one.before).lower() or "0",
                after=parts_words(one.after).lower() or "0",
            )
            for one in changed.splits
        ]
        if changed.papers:
            said.append(
                ngettext(
                    "{n} tờ đã in sẽ không còn khớp: {numbers}",
                    "{n} tờ đã in sẽ không còn khớp: {numbers}",
                    len(changed.papers),
                ).format(n=len(changed.papers), numbers=numbers_of(changed.papers))
            )
        self.later.setText("\n".join(said))
        self.later.setAccessibleName(self.later.text())
        grown = self.later.isHidden() and bool(said)
        self.later.setVisible(bool(said))
        if grown:  # the fields above keep their room
            more = self.later.heightForWidth(max(self.width() - px(48), px(200))) + px(12)
            self.resize(self.width(), self.height() + more)

    def _owed_words(self) -> str:
        assert self._quote is not None
        return _("Đến hạn {due}; trả hết cần {all}.").format(
            due=show_dong(self._due), all=show_dong(self._quote.amount)
        )

    def _say(self, text: str, look: str) -> None:
        self.split.setText(text.strip())
        self.split.setAccessibleName(text.strip())
        dress(self.split, look or "muted")

    def take_due(self) -> None:
        """Fill in what is due by the day."""
        self._own_amount = False
        self._ask()

    def take_all(self) -> None:
        """Fill in what closes the loan on the day."""
        if self._quote is not None:
            self._own_penalty = False
            self.form.input("amount").set_value(self._quote.amount)
            self._own_amount = True
            self._ask()

    # -- paying -------------------------------------------------------------------------------------

    def _pay(self, book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        if self.loan.direction is LoanDirection.IN:
            with short_at_amount():
                return lender_loans.repay(book, self.loan.id, values["day"], values["amount"], act)
        penalty = (values["penalty"] or 0) if self._own_penalty else None
        command = Repay(
            self.loan.id,
            values["day"],
            values["amount"],
            penalty,
            values["keep_surplus"],
            values["note"] or "",
        )
        return loans.repay(book, command, act)

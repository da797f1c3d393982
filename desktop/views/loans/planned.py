"""Printing contract or schedule before the money is handed over, for the day on which it will be."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.problems import refuse_if_stopped
from desktop.services import loan_terms
from desktop.services.acts import Outcome
from desktop.services.loan_book import LoanDetail
from desktop.services.loan_terms import PayingOut
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day
from desktop.views.kit.runner import Ticket
from desktop.views.kit.theme import dress
from desktop.views.loans.deeds import Then
from desktop.views.loans.paying_out import plan_words
from resources.lang.messages import N_, _


class PlannedDialog(FormDialog):
    """Asks for the planned day and which paper; the schedule that follows from the day is shown at once.

    Nothing is written to the loan: the day of the money is what the disbursement says, later.
    """

    def __init__(self, desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> None:
        self.loan = loan
        self._asked: Ticket | None = None
        super().__init__(
            desk,
            _("In với ngày giao tiền dự kiến: {code}").format(code=loan.code),
            [
                Field("day", N_("Ngày giao tiền dự kiến"), day(), required=True),
                Field(
                    "report",
                    N_("Giấy cần in"),
                    choice(
                        [
                            ("loan-contract", N_("Hợp đồng vay và lịch trả")),
                            ("loan-schedule", N_("Lịch trả nợ")),
                        ]
                    ),
                ),
            ],
            lambda _book, values, _act: Outcome(values),
            then,
            values={"day": _proposed(loan, desk.today()), "report": "loan-contract"},
            intro=_(
                "Lịch trả và giá thật được tính lại từ ngày này và ghi rõ trên giấy; khoản vay không đổi."
            ),
            save_text=_("Xem và in"),
            columns=2,
            width=560,
            parent=parent,
        )
        self.plan = label("", "accent", self, wrap=True)
        self.plan.hide()
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.plan)
        self.form.changed.connect(self._changed)
        self._ask()

    def _changed(self, key: str) -> None:
        if key == "day":
            self._ask()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.drop()
        on, loan = self.form.value("day"), self.loan.id
        if on is not None:
            self._asked = self.desk.ask(
                lambda book: loan_terms.paying_out(book, loan, on), self._answered, owner=self
            )

    def _answered(self, found: PayingOut) -> None:
        self.form.show_problems(list(found.problems), focus=False)
        text = "\n".join(plan_words(found))
        self.plan.setText(text)
        self.plan.setAccessibleName(text)
        self.plan.setVisible(bool(text))
        dress(self.plan, "accent" if found.offer is not None else "bad")
        self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _save(self, values: dict[str, Any]) -> None:
        """Print; only asked, for nothing is written."""
        on, loan = values["day"], self.loan.id

        def question(book: Any) -> dict[str, Any]:
            refuse_if_stopped(loan_terms.paying_out(book, loan, on).problems)
            return values

        self.desk.ask(question, self._done, self.panel.refused, self)


def _proposed(loan: LoanDetail, today: date) -> date:
    """Return the day asked for when it is still to come, today otherwise."""
    return max(loan.terms.disbursed_on, today)

"""How a loan was decided: on which day, at which meeting with which votes, or by which named people."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LoanId
from desktop.models.kinds import LoanStage
from desktop.services import loan_applications, loan_decisions
from desktop.services.acts import Act, Outcome
from desktop.services.loan_applications import Decision
from desktop.services.loan_book import LoanDetail
from desktop.services.loan_decisions import DecisionChoices
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, number, text
from desktop.views.loans.deeds import Then
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_VOTE = ("meeting", "present", "in_favour", "against")
_NAMED = ("people", "quorum")
_NOT_KEPT = 0
"""The choice of a meeting that is not in the book (yet)."""


class ApproveDialog(FormDialog):
    """How a loan was approved: by the vote of a meeting, or by named people; decided anew while no money moved.

    The meeting chosen gives the day and how many were there; both may be typed over.
    """

    def __init__(self, desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> None:
        self.loan = loan
        self._held: dict[int, tuple[date, int]] = {}
        self._filling = False
        fields = [
            Field(
                "by_vote",
                N_("Duyệt bằng cách"),
                choice([(True, N_("Biểu quyết tại buổi họp")), (False, N_("Những người có tên ký duyệt"))]),
                span=0,
            ),
            Field(
                "meeting", N_("Tại buổi họp"), choice([(_NOT_KEPT, N_("Buổi họp chưa ghi trong sổ"))]), span=0
            ),
            Field("day", N_("Ngày duyệt"), day(), required=True, width=16),
            Field("applied_on", N_("Ngày làm đơn"), day(), required=True, span=2, width=16),
            Field("present", N_("Số người dự họp"), number(0, 9999), width=10),
            Field("in_favour", N_("Số phiếu đồng ý"), number(0, 9999), width=10),
            Field("against", N_("Số phiếu không đồng ý"), number(0, 9999), width=10),
            Field("people", N_("Họ tên người duyệt"), text(4), hint=N_("Mỗi dòng một người"), span=0),
            Field("quorum", N_("Cần ít nhất mấy người"), number(1, 99), width=10),
        ]
        made = loan.decision
        again = loan.stage is LoanStage.APPROVED
        super().__init__(
            desk,
            (_("Sửa việc duyệt {code}") if again else _("Duyệt vay {code}")).format(code=loan.code),
            fields,
            lambda book, values, act: _approve(book, loan.id, values, act),
            then,
            values={
                "by_vote": made.by_vote,
                "meeting": _NOT_KEPT,
                "day": (loan.decided_on if again else None) or desk.today(),
                "applied_on": min(loan.applied_on, loan.terms.disbursed_on),
                "present": made.present or None,
                "in_favour": made.in_favour or None,
                "against": made.against,
                "people": "\n".join(made.people),
                "quorum": made.quorum,
            },
            intro=_("{name} vay {amount}, {purpose}.").format(
                name=loan.name, amount=show_dong(loan.amount), purpose=loan.purpose
            ),
            save_text=_("Ghi lại việc duyệt") if again else _("Duyệt cho vay"),
            columns=3,
            width=600,
            parent=parent,
        )
        self.form.changed.connect(self._changed)
        self._changed("by_vote")
        today = desk.today()
        desk.ask(lambda book: loan_decisions.decision_choices(book, loan.id, today), self._offer, owner=self)

    def _offer(self, found: DecisionChoices) -> None:
        """Offer the meetings; begin at the likeliest one unless the loan is decided already."""
        self._held = {one.id: (one.day, one.present) for one in found.meetings}
        choices = [
            (
                one.id,
                _("Buổi họp {number}, {day} ({present} người dự)").format(
                    number=one.number, day=show_day(one.day), present=one.present
                ),
            )
            for one in found.meetings
        ]
        again = self.loan.stage is LoanStage.APPROVED
        wanted = self.loan.decision.meeting if again else found.meeting
        typed = self.form.dirty
        self._filling = True
        box = self.form.input("meeting")
        box.set_choices([*choices, (_NOT_KEPT, _("Buổi họp chưa ghi trong sổ"))])
        box.set_value(wanted if wanted in self._held else _NOT_KEPT)
        if not again and not typed:
            self.form.input("day").set_value(found.day)
            if wanted in self._held:
                self.form.input("present").set_value(self._held[wanted][1])
        self._filling = False
        self.form.set_dirty(typed)

    def _changed(self, key: str) -> None:
        if key == "by_vote":
            vote = bool(self.form.value("by_vote"))
            for name in _VOTE:
                self.form.set_visible(name, vote)
            for name in _NAMED:
                self.form.set_visible(name, not vote)
            self.form.adjustSize()
            self.resize(self.width(), self._fitting_height(self.width()))
        if key == "meeting" and not self._filling and (held := self._held.get(self.form.value("meeting"))):
            self.form.input("day").set_value(held[0])
            self.form.input("present").set_value(held[1])


def _approve(book: Any, loan: LoanId, values: dict[str, Any], act: Act) -> Outcome[LoanId]:
    names = [name.strip() for name in (values["people"] or "").splitlines() if name.strip()]
    vote = bool(values["by_vote"])
    decision = Decision(
        by_vote=vote,
        present=(values["present"] or 0) if vote else 0,
        in_favour=(values["in_favour"] or 0) if vote else 0,
        against=(values["against"] or 0) if vote else 0,
        people=() if vote else tuple(names),
        quorum=values["quorum"] or 1,
        meeting=(values["meeting"] or None) if vote else None,
    )
    return loan_applications.approve(book, loan, decision, act, values["day"], values["applied_on"])


def refuse(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Ask why and when an application was refused."""
    return FormDialog(
        desk,
        _("Không duyệt {code}").format(code=loan.code),
        [
            Field("day", N_("Ngày quyết định"), day(), required=True, width=16),
            Field("reason", N_("Lý do"), text(3), required=True),
        ],
        lambda book, values, act: loan_applications.refuse(
            book, loan.id, values["reason"], act, values["day"]
        ),
        then,
        values={"day": min(max(loan.terms.disbursed_on, loan.applied_on), desk.today())},
        intro=_("Người vay được đọc lý do này."),
        save_text=_("Không duyệt"),
        parent=parent,
    )

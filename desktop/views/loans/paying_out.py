"""Handing the money of a loan over: the real day, and below it the schedule that follows from that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services import loan_terms, loan_words, loans
from desktop.services.acts import Act, Outcome
from desktop.services.loan_book import LoanDetail
from desktop.services.loan_terms import PayingOut
from desktop.services.loans import Disburse, LoanPosted
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, dong
from desktop.views.kit.runner import Ticket
from desktop.views.kit.theme import dress, px
from desktop.views.loans.deeds import Then, lent, short_at_amount
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_PAUSE = 200


class DisburseDialog(FormDialog):
    """The day proposed is the one asked for, not in the future and not before the decision.

    On another day the schedule is worked out anew: the first due date may be chosen, the rest is shown at once.
    """

    def __init__(self, desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> None:
        self.loan = loan
        self.first = lent(loan) == 0
        self._asked: Ticket | None = None
        self._own_due = False
        self._filling = False
        left = loan.amount - lent(loan)
        super().__init__(
            desk,
            _("Giải ngân {code}").format(code=loan.code),
            [
                Field("day", N_("Ngày giao tiền"), day(), required=True),
                Field(
                    "from_bank",
                    N_("Tiền lấy từ"),
                    choice([(False, N_("Tiền mặt quỹ vay")), (True, N_("Tài khoản ngân hàng"))]),
                ),
                Field("amount", N_("Số tiền giao lần này"), dong(), required=True),
                Field("first_due", N_("Ngày trả kỳ đầu"), day(), hint=N_("Theo sản phẩm; sửa được")),
            ],
            self._pay_out,
            then,
            values={
                "day": proposed_day(loan, desk.today(), first=self.first),
                "from_bank": False,
                "amount": left,
            },
            intro=_("Giao cho {name}; còn được giải ngân {left}.").format(
                name=loan.name, left=show_dong(left)
            ),
            save_text=_("Ghi giải ngân"),
            columns=2,
            width=560,
            parent=parent,
        )
        self.form.set_visible("first_due", False)
        self.plan = label("", "accent", self, wrap=True)
        self.warning = label("", "warn", self, wrap=True)
        self.plan.hide()
        self.warning.hide()
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.plan)
        box.insertWidget(2, self.warning)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.form.changed.connect(self._changed)
        if self.first:
            self._ask()

    # -- while typing -------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        if self._filling or not self.first or key not in ("day", "first_due"):
            return
        self._own_due = key == "first_due" and self.form.value("first_due") is not None
        self._pause.start()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.drop()
            self._asked = None
        on, loan = self.form.value("day"), self.loan.id
        due = self.form.value("first_due") if self._own_due else None
        if on is None:
            return
        self._asked = self.desk.ask(
            lambda book: loan_terms.paying_out(book, loan, on, due), self._answered, owner=self
        )

    def _answered(self, found: PayingOut) -> None:
        self._filling = True
        self.form.set_visible("first_due", found.asks_first_due)
        if not self._own_due:
            self.form.input("first_due").set_value(found.first_due)
        self._filling = False
        self.form.show_problems(list(found.problems), focus=False)
        self._say(self.plan, "\n".join(plan_words(found)))
        self._say(self.warning, paper_words(found))
        dress(self.plan, "accent" if found.offer is not None else "bad")
        across = self.width()
        more = sum(
            one.heightForWidth(max(across - px(48), px(200))) + px(12)
            for one in (self.plan, self.warning)
            if not one.isHidden()
        )
        self.resize(across, max(self.height(), self._fitting_height(across) + more))

    @staticmethod
    def _say(where: Any, text: str) -> None:
        where.setText(text)
        where.setAccessibleName(text)
        where.setVisible(bool(text))

    # -- paying -------------------------------------------------------------------------------------

    def _pay_out(self, book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        wanted = Disburse(
            self.loan.id,
            values["day"],
            values["amount"],
            values["from_bank"],
            values["first_due"] if self._own_due else None,
            values.get("agreed", False),
        )
        with short_at_amount():
            return loans.disburse(book, wanted, act)


def proposed_day(loan: LoanDetail, today: date, *, first: bool) -> date:
    """Return a day that the rules accept: as asked for, but not to come and not before the decision."""
    if not first:
        return today
    wanted = min(loan.terms.disbursed_on, today)
    return wanted if loan.decided_on is None else min(max(wanted, loan.decided_on), today)


def plan_words(found: PayingOut) -> list[str]:
    """Return the schedule from the real day in sentences; what changed against the application comes first."""
    made = found.offer
    if made is None:
        return []
    rows = made.schedule.rows
    said = []
    if found.moved:
        said.append(
            _("Đơn vay ghi giải ngân {asked}. Lịch trả được lập lại từ ngày giao tiền {day}.").format(
                asked=show_day(found.asked_day), day=show_day(found.day)
            )
        )
        said.append(
            _("Kỳ đầu {first} (trước là {old}): {each}. Kỳ cuối {last}: {end}.").format(
                first=show_day(rows[0].due_on),
                old=show_day(found.asked_first),
                each=show_dong(rows[0].total),
                last=show_day(rows[-1].due_on),
                end=show_dong(rows[-1].total),
            )
        )
    else:
        said.append(
            _("Kỳ đầu {first}: {each}. Kỳ cuối {last}: {end}.").format(
                first=show_day(rows[0].due_on),
                each=show_dong(rows[0].total),
                last=show_day(rows[-1].due_on),
                end=show_dong(rows[-1].total),
            )
        )
    said.append(
        _("Tổng lãi và phí {cost}; giá thật một năm (APR) {apr}.").format(
            cost=show_dong(made.cost.cost), apr=loan_words.percent(made.cost.apr_percent)
        )
    )
    return said


def paper_words(found: PayingOut) -> str:
    """Say which contracts and schedules printed before carry the old dates; empty when there are none."""
    if not found.papers:
        return ""
    listed = ", ".join(dict.fromkeys(paper.number for paper in found.papers))
    return _("Đã in với ngày cũ: {numbers}. Phải thu hồi, in lại và hai bên ký lại.").format(numbers=listed)

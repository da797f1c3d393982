"""A loan to the group: from whom, on which contract, under which terms; its schedule beside the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.problems import Problem
from desktop.models.rules.loan_products import (
    DatedRate,
    Method,
    Offer,
    Product,
    Request,
    check_product,
    offer,
)
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.models.rules.loans.terms import Grace, PeriodUnit, RateUnit
from desktop.services import lender_loans
from desktop.services.acts import Act, Outcome
from desktop.services.lender_loans import Take
from desktop.services.loans import LoanPosted
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.inputs import choice, day, dong, line, number
from desktop.views.kit.page import Page
from desktop.views.kit.rates import RATE_UNITS, UNITS, percent
from desktop.views.loans.beside import Beside
from desktop.views.loans.offer_panel import OfferPanel
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _

_PAUSE = 250
_METHODS = (Method.BULLET, Method.EQUAL_PRINCIPAL, Method.EQUAL_INSTALMENTS, Method.FLAT)


class TakePage(Page):
    """The form of a lender's loan. The money comes into the box on the day it was received."""

    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._given: int | None = None
        self.form = Form(self._fields(), columns=2)
        self.panel = FormPanel(self.form, self._save, _("Ghi nhận vốn"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.offer = OfferPanel(desk, "loans.take-plan", _("Lịch nhóm phải trả"), self)
        self.body.addWidget(Beside(self.panel, self.offer, parent=self))
        self.body.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._preview)
        self.form.changed.connect(self._form_changed)

    def _fields(self) -> list[Field | Section]:
        desk = self.desk
        return [
            Field(
                "group", N_("Nhóm đi vay"), lambda parent: GroupPicker(desk, parent), required=True, span=0
            ),
            Field(
                "lender",
                N_("Bên cho vay"),
                line(N_("Ví dụ: Ngân hàng Chính sách xã hội"), 160),
                required=True,
                span=0,
            ),
            Field("contract", N_("Số hợp đồng, khế ước"), line("", 60)),
            Field("purpose", N_("Mục đích"), line(N_("Ví dụ: vốn cho vay lại"), 160)),
            Field("amount", N_("Số tiền nhận"), dong(), required=True),
            Field("disbursed_on", N_("Ngày nhận tiền"), day(), required=True),
            Section(N_("Điều kiện trả")),
            Field(
                "method",
                N_("Cách trả"),
                choice([(method, method.title) for method in _METHODS]),
                required=True,
                span=0,
            ),
            Field("rate", N_("Lãi suất (%)"), percent(), required=True),
            Field("rate_unit", N_("Tính cho"), choice(RATE_UNITS), required=True),
            Field("number", N_("Số kỳ trả"), number(1, 600), required=True, width=10),
            Field("first_due", N_("Ngày trả kỳ đầu"), day(), hint=N_("Để trống: một kỳ sau khi nhận")),
            Field("every", N_("Mỗi kỳ cách nhau"), number(1, 366), required=True, width=8),
            Field("unit", N_("Đơn vị"), choice(UNITS), required=True),
            Field("grace_principal", N_("Ân hạn gốc (kỳ)"), number(0, 120), width=8),
        ]

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Nhóm nhận vốn vay")

    def subtitle(self) -> str:
        """Say what is written."""
        return _("Tiền vào quỹ vay của nhóm; nhóm cho vay lại bằng các đơn vay thường.")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of loans."""
        return [(_("Cho vay"), self.go_up)]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Begin, unless a form is half filled in."""
        allow(self.desk, [self.panel.save_button])
        self.form.set_enabled(self.desk.can_write)
        if self.form.dirty:
            return
        self._begin()
        self._given = group
        if group is not None:
            self.form.input("group").choose(group)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        return self.panel.leave_then(go) if self.form.dirty else True

    def focus_first(self) -> None:
        """Begin with the group."""
        self.form.focus_first()

    def go_up(self) -> None:
        """Go to the loans that groups have taken."""
        self.desk.open_page("loans", tab="loans", direction="in")

    def _begin(self) -> None:
        self.form.set_values(dict.fromkeys(self.form.values()))
        self.form.set_values(
            {
                "disbursed_on": self.desk.today(),
                "method": Method.EQUAL_PRINCIPAL,
                "rate_unit": RateUnit.MONTH,
                "every": 1,
                "unit": PeriodUnit.MONTHS,
                "number": 12,
            }
        )
        self.offer.show_offer(None)

    # -- while typing -------------------------------------------------------------------------------

    def _form_changed(self, key: str) -> None:
        if key == "group" and self._given is not None and self.form.values()["group"] == self._given:
            self.form.set_dirty(False)  # the group was given, nothing has been typed yet
        else:
            self._given = None
        self._pause.start()

    def _terms(self) -> tuple[Product, Request] | None:
        values = self.form.values()
        needed = ("amount", "number", "disbursed_on", "rate", "method", "rate_unit", "every", "unit")
        if any(values[key] is None for key in needed):
            return None
        product = Product(
            values["method"],
            (DatedRate(values["disbursed_on"], values["rate"]),),
            values["rate_unit"],
            values["every"],
            values["unit"],
            grace=Grace(values["grace_principal"] or 0),
            off_sundays=False,
            off_holidays=False,
        )
        return product, Request(
            values["amount"], values["number"], values["disbursed_on"], values["first_due"]
        )

    def _preview(self) -> None:
        terms = self._terms()
        if terms is None:
            self.offer.show_offer(None)
            return
        product, request = terms

        def job() -> tuple[Offer | None, list[Problem]]:
            problems = check_product(product)
            try:
                return (None, problems) if problems else (offer(product, request), [])
            except (BadSchedule, ValueError, ArithmeticError):
                return None, [Problem.stop("schedule", "", _("Chưa lập được lịch trả với điều kiện này."))]

        self.desk.aside(job, lambda found: self.offer.show_offer(*found), owner=self)

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        terms = self._terms()
        assert terms is not None
        product, request = terms
        command = Take(
            GroupId(values["group"]),
            values["lender"],
            values["contract"],
            product,
            request,
            values["purpose"],
        )

        def deed(book: Any, act: Act) -> Outcome[LoanPosted]:
            return lender_loans.take(book, command, act)

        self.desk.do(deed, self._saved, self.panel.refused, self)

    def _saved(self, posted: LoanPosted) -> None:
        self.panel.done()
        self._begin()
        self.desk.say(_("Đã ghi nhận vốn vay của nhóm."), "good")
        self.desk.open_page("loan", loan=posted.loan)

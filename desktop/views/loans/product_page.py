"""A loan product: its fields on the left, what a loan under it would look like on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.models.problems import Problem
from desktop.models.rules.loan_products import Method, Offer, Product, Request, check_product, offer
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.services import loan_products
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.loan_products import KeepProduct, ProductRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import dong, number
from desktop.views.kit.page import Page
from desktop.views.kit.pickers import Find
from desktop.views.loans import product_form
from desktop.views.loans.beside import Beside
from desktop.views.loans.offer_panel import OfferPanel
from desktop.views.loans.product_values import product_from, product_values, usual_product
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _

_PAUSE = 250
_EXAMPLE = 6_000_000
_ALWAYS_KEPT = frozenset({"code", "name", "group", "active", "method"})


class ProductPage(Page):
    """New or changed products. Issued loans keep the terms they were issued under."""

    scrolls = True
    topics = frozenset({Topic.LOANS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.row: ProductRow | None = None
        self._proposing = False
        self._by_hand: set[str] = set()
        self.form = Form(product_form.fields(desk), columns=2)
        self.panel = FormPanel(self.form, self._save, _("Lưu sản phẩm"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.example = OfferPanel(desk, "loans.product-example", _("Ví dụ một khoản vay"), self)
        self.sample = Form(
            [
                Field("amount", N_("Số tiền vay thử"), dong(10**16), required=True),
                Field("number", N_("Số kỳ"), number(1, 600), required=True, width=8),
            ],
            columns=2,
        )
        self.sample.set_values({"amount": _EXAMPLE, "number": 6})
        self.example.body.insertWidget(1, self.sample)
        self.body.addWidget(Beside(self.panel, self.example, parent=self))
        self.body.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._show_example)
        self.form.changed.connect(self._form_changed)
        self.sample.changed.connect(self._sample_changed)

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the product's name."""
        return self.row.name if self.row is not None else _("Sản phẩm vay mới")

    def subtitle(self) -> str:
        """Say what a change means for loans that were issued already."""
        if self.row is not None and self.row.loans:
            return _("Các khoản vay đã cấp giữ nguyên điều kiện đã ký.")
        return _("Chọn cách trả rồi chỉnh những gì khác thông lệ.")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of products."""
        return [(_("Sản phẩm vay"), self.go_up)]

    def open(self, product: int | None = None, **_args: Any) -> None:
        """Show a product to be changed, or begin a new one (unless one is half filled in)."""
        allow(self.desk, [self.panel.save_button])
        self.form.set_enabled(self.desk.can_write)
        if self.form.dirty and product == (self.row.id if self.row else None):
            return
        if product is None:
            self.row = None
            self._begin()
        else:
            self.desk.ask(lambda book: _one(book, product), self._show, owner=self)
        self.titled.emit()

    def reload(self) -> None:
        """Nothing to do: a form keeps what is being typed."""

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        return self.panel.leave_then(go) if self.form.dirty else True

    def focus_first(self) -> None:
        """Begin with the name."""
        self.form.input("name").setFocus()

    def go_up(self) -> None:
        """Go to the list of products."""
        self.desk.open_page("loans", tab="products")

    # -- filling ------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._by_hand.clear()
        usual = usual_product(Method.EQUAL_PRINCIPAL, self.desk.today())
        head = {"code": "", "name": "", "group": None, "active": True}
        self._propose({**head, **product_values(usual)})
        self.form.set_dirty(False)
        self.desk.ask(loan_products.propose_code, self._code_came, owner=self)

    def _code_came(self, code: str) -> None:
        if self.row is None and not self.form.value("code"):
            dirty = self.form.dirty
            self._propose({"code": code})
            self.form.set_dirty(dirty)

    def _show(self, found: tuple[ProductRow | None, Find | None]) -> None:
        self.row, group = found
        if self.row is None:
            self._begin()
            return
        row = self.row
        self._by_hand = set(self.form.values())
        head = {"code": row.code, "name": row.name, "group": group, "active": row.active}
        self._propose({**head, **product_values(row.product)})
        self.form.set_dirty(False)
        self.titled.emit()

    def _propose(self, values: dict[str, Any]) -> None:
        self._proposing = True
        self.form.set_values(values)
        self._proposing = False
        product_form.fit(self.form)
        self._show_example()

    def _form_changed(self, key: str) -> None:
        if self._proposing:
            return
        self._by_hand.add(key)
        if key == "method" and self.form.value("method") is not None:
            usual = product_values(usual_product(self.form.value("method"), self.desk.today()))
            kept = self._by_hand | _ALWAYS_KEPT
            self._propose({name: value for name, value in usual.items() if name not in kept})
            self.form.set_dirty(True)
        product_form.fit(self.form)
        self._pause.start()

    def _sample_changed(self, _key: str) -> None:
        self._pause.start()

    # -- the example --------------------------------------------------------------------------------

    def _show_example(self) -> None:
        amount, count = self.sample.value("amount"), self.sample.value("number")
        wrong = [self.form.input(key).problem() for key in self.form.values()]
        values = self.form.values()
        if not amount or not count or any(wrong) or not values["rate"] or values["method"] is None:
            self.example.show_offer(None)
            return
        product, today = product_from(values), self.desk.today()

        def job() -> tuple[Offer | None, list[Problem]]:
            return example(product, amount, count, today)

        def answer(found: tuple[Offer | None, list[Problem]]) -> None:
            self.example.show_offer(*found)

        self.desk.aside(job, answer, owner=self)

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        row = self.row
        command = KeepProduct(
            values["code"],
            values["name"],
            product_from(values),
            values["group"],
            values["active"],
            None if row is None else row.id,
            0 if row is None else row.version,
        )

        def deed(book: Any, act: Act) -> Outcome[int]:
            return loan_products.keep(book, command, act)

        self.desk.do(deed, self._saved, self.panel.refused, self)

    def _saved(self, product: int) -> None:
        self.panel.done()
        self.row = None
        self._begin()
        self.desk.say(_("Đã lưu sản phẩm vay."), "good")
        self.desk.open_page("loans", tab="products", product=product)


def example(product: Product, amount: int, number: int, today: date) -> tuple[Offer | None, list[Problem]]:
    """Return what a loan under this product would look like, from today, with monthly meetings."""
    problems = check_product(product)
    if problems:
        return None, problems
    meetings = [add_months(today, month) for month in range(1, number + 1)]
    request = Request(amount, number, today)
    if product.method is Method.FREE:
        part, rest = divmod(amount, number)
        parts = [part] * (number - 1) + [part + rest]
        request = replace(request, rows=tuple((each, None) for each in parts), due_dates=tuple(meetings))
    try:
        return offer(product, request, meetings), []
    except (BadSchedule, ValueError, ArithmeticError):
        text = _("Với số tiền và số kỳ thử này không lập được lịch trả.")
        return None, [Problem.warn("schedule", "", text)]


def _one(book: Any, product: int) -> tuple[ProductRow | None, Find | None]:
    from desktop.services import group_lists

    found = next((row for row in loan_products.listed(book, with_ended=True) if row.id == product), None)
    if found is None or found.group is None:
        return found, None
    group = group_lists.get(book, found.group, date.today())
    return found, Find(group.id, group.name, group.code)

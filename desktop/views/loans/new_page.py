"""A new loan: the application on the left; its schedule, its true price and what speaks against it on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.problems import Problem, Refusal
from desktop.models.rules.loan_products import Method, Offer, Request
from desktop.models.rules.loan_requests import may_start_interest_later
from desktop.models.rules.loans.calendar import add_months
from desktop.services import loan_applications, loan_products, on_lending
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.loan_applications import Application, Apply
from desktop.services.loan_products import ProductRow
from desktop.services.on_lending import Source
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.group_picker import GroupPicker, find_groups, members_of
from desktop.views.kit.inputs import check, choice, day, dong, line, number
from desktop.views.kit.page import Page
from desktop.views.kit.pickers import Find, PersonPicker
from desktop.views.kit.runner import Ticket
from desktop.views.loans.beside import Beside
from desktop.views.loans.inputs import FreeRows, PeopleEdit, PurposeEdit
from desktop.views.loans.offer_panel import OfferPanel
from desktop.views.loans.words import caution
from desktop.views.people.rights import allow
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_PAUSE = 250
_WHOSE = frozenset({"group", "member", "product", "funded_by", "guarantors", "rows"})
_OPTIONAL = frozenset({"guarantors", "spouse", "income", "purpose"})
"""Fields whose problems are told while typing only once something stands in them."""


class NewLoanPage(Page):
    """The form of an application. Nothing is written before it is saved."""

    scrolls = True
    topics = frozenset({Topic.LOANS, Topic.MEMBERS, Topic.GROUPS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.products: list[ProductRow] = []
        self._wanted_product: int | None = None
        self._loading_group: int | None = None
        self._asked: Ticket | None = None
        self._given: dict[str, Any] = {}
        """What the page filled in by itself: nobody has typed it, and nothing is lost with it."""
        self._leads = False
        """The page has filled in the group by itself: work begins with the borrower. Who chooses one, stays there."""
        self._typed = False
        self.form = Form(self._fields(), columns=2)
        self.panel = FormPanel(self.form, self._save, _("Lưu đơn vay"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.offer = OfferPanel(desk, "loans.new-plan", _("Lịch trả và giá thật"), self)
        self.body.addWidget(Beside(self.panel, self.offer, parent=self))
        self.body.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        self.form.changed.connect(self._form_changed)
        rows: FreeRows = self.form.input("rows")
        rows.noted.emit("")

    def _fields(self) -> list[Field | Section]:
        desk = self.desk
        return [
            Field("group", N_("Nhóm"), lambda parent: GroupPicker(desk, parent), required=True, span=0),
            Field(
                "member",
                N_("Người vay"),
                lambda parent: PersonPicker(desk, self._find_members, parent),
                required=True,
                span=0,
            ),
            Field("product", N_("Sản phẩm vay"), choice(()), required=True, span=0),
            Field("amount", N_("Số tiền vay"), dong(), required=True),
            Field("number", N_("Số kỳ trả"), number(1, 600), required=True, width=10),
            Field("disbursed_on", N_("Ngày giải ngân"), day(), required=True),
            Field(
                "applied_on",
                N_("Ngày làm đơn"),
                day(),
                hint=N_("Để trống: hôm nay, hoặc ngày giải ngân nếu ngày đó đã qua"),
            ),
            Field("first_due", N_("Ngày trả kỳ đầu"), day(), hint=N_("Để trống: một kỳ sau giải ngân")),
            Field("interest_from", N_("Tính lãi từ ngày"), day(), hint=N_("Để trống: từ ngày giải ngân")),
            Field("rows", N_("Các kỳ trả"), FreeRows, span=0),
            Field("funded_by", N_("Nguồn vốn"), choice([(0, N_("Quỹ của nhóm"))]), span=0),
            Section(N_("Mục đích và khả năng trả")),
            Field("purpose", N_("Mục đích vay"), PurposeEdit, required=True, span=0),
            Field("livelihood", N_("Việc làm ăn gắn với khoản vay"), line("", 200), span=0),
            Field("income", N_("Thu nhập của hộ một tháng"), dong(1)),
            Field("debt_service", N_("Đang trả nợ khác một tháng"), dong(1)),
            Field(
                "debts", N_("Các khoản nợ khác"), line(N_("Ví dụ: Ngân hàng Chính sách 5 triệu"), 300), span=0
            ),
            Section(N_("Người liên quan")),
            Field("spouse", N_("Vợ hoặc chồng"), line("", 120)),
            Field("spouse_consents", N_("Đã đồng ý cho vay"), check()),
            Field(
                "guarantors",
                N_("Người bảo lãnh"),
                lambda parent: PeopleEdit(desk, self._find_members, parent),
                span=0,
            ),
        ]

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Đơn vay mới")

    def subtitle(self) -> str:
        """Say what follows."""
        return _("Lưu xong, nhóm xét duyệt rồi mới in hợp đồng và giải ngân.")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of loans."""
        return [(_("Cho vay"), self.go_up)]

    def open(
        self, group: int | None = None, member: int | None = None, product: int | None = None, **_args: Any
    ) -> None:
        """Begin an application, for a group and a member if they are named; one half filled in stays."""
        allow(self.desk, [self.panel.save_button])
        self.form.set_enabled(self.desk.can_write)
        if self.form.dirty:
            return
        self._wanted_product = product
        self._begin()
        self._given = {"group": group, "member": member}
        picker: GroupPicker = self.form.input("group")
        self._leads = group is not None
        if group is not None:
            picker.choose(group)
        else:
            self.desk.ask(lambda book: find_groups(book, ""), self._take_only, owner=self)
        if member is not None:
            self.desk.ask(lambda book: _member(book, member), self._take_member, owner=self)

    def reload(self) -> None:
        """Read the products again; what is being typed stays."""
        if self._group is not None:
            self._load_products()

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        return self.panel.leave_then(go) if self.form.dirty else True

    def focus_first(self) -> None:
        """Begin with the borrower when the group is known."""
        self.form.input("member" if self._group is not None else "group").setFocus()

    def go_up(self) -> None:
        """Go to the list of loans."""
        self.desk.open_page("loans", tab="loans")

    # -- filling ------------------------------------------------------------------------------------

    @property
    def _group(self) -> int | None:
        found: int | None = self.form.value("group")
        return found

    @property
    def product(self) -> ProductRow | None:
        """The chosen product."""
        chosen = self.form.value("product")
        return next((row for row in self.products if row.id == chosen), None)

    def _find_members(self, book: Any, typed: str) -> list[Find]:
        group = self._group
        return members_of(GroupId(group))(book, typed) if group is not None else []

    def _begin(self) -> None:
        kept = self.form.value("product")
        self.form.set_values(dict.fromkeys(self.form.values()))
        self.form.set_values(
            {
                "product": kept,
                "number": 6,
                "disbursed_on": self.desk.today(),
                "spouse_consents": False,  # said by the husband or wife, never by the program
                "funded_by": 0,
            }
        )
        self._typed = False
        self._fit()
        self.offer.show_offer(None)

    def _take_only(self, finds: list[Find]) -> None:
        """In a book of one group there is nothing to choose."""
        if len(finds) == 1 and self._group is None:
            self._given["group"] = finds[0].value
            self._leads = True
            self.form.input("group").choose(finds[0].value)

    def _take_member(self, find: Find | None) -> None:
        if find is not None:
            self.form.input("member").set_value(find)
            self.form.set_dirty(self._typed)
            self.check()

    def _form_changed(self, key: str) -> None:
        value = self.form.value(key)
        given = key in self._given and value in (None, "", self._given[key])
        if key in _WHOSE or given:  # whose loan it is was chosen at most: nothing is lost by leaving
            self.form.set_dirty(self._typed)
        else:
            self._typed = True
        if key == "group" and self._group is not None and self._group != self._loading_group:
            self.form.input("member").set_value(None)
            self.form.input("guarantors").set_value(())
            self._load_products()
        if key == "product":
            self._fit()
        if key in ("amount", "product"):
            self.form.input("rows").set_amount(self.form.value("amount") or 0)
        self._pause.start()

    def _load_products(self) -> None:
        group = self._group
        self._loading_group = group

        def answer(rows: list[ProductRow]) -> None:
            self.products = rows
            chosen = self._wanted_product or self.form.value("product")
            box = self.form.input("product")
            box.set_choices([(row.id, f"{row.name} ({row.code})") for row in rows])
            box.set_value(chosen if any(row.id == chosen for row in rows) else None)
            self._fit()
            self.form.set_dirty(self._typed)
            if self._leads and self.form.input("group").hasFocus():
                self.focus_first()
            self._leads = False
            self.check()

        self.desk.ask(
            lambda book: loan_products.listed(book, None if group is None else GroupId(group)),
            answer,
            owner=self,
        )
        today = self.desk.today()
        if group is not None:
            self.desk.ask(
                lambda book: on_lending.sources(book, GroupId(group), today), self._offer_sources, owner=self
            )

    def _offer_sources(self, found: list[Source]) -> None:
        """Offer the lenders' loans that the money may come from; without one there is nothing to choose."""
        box, chosen = self.form.input("funded_by"), self.form.value("funded_by")
        choices = [(0, _("Quỹ của nhóm"))]
        choices += [
            (
                one.id,
                _("{lender} ({code}), còn {left}").format(
                    lender=one.lender, code=one.code, left=show_dong(one.left)
                ),
            )
            for one in found
        ]
        box.set_choices(choices)
        box.set_value(chosen if any(key == chosen for key, _words in choices) else 0)
        self.form.set_visible("funded_by", bool(found))
        self.form.set_dirty(self._typed)

    def _fit(self) -> None:
        """Show what the product needs: rows by hand, or a number of instalments."""
        row = self.product
        by_hand = row is not None and row.product.method is Method.FREE
        at_meetings = row is not None and row.product.at_meetings
        self.form.set_visible("funded_by", self.form.input("funded_by").count() > 1)
        self.form.set_visible("rows", by_hand)
        self.form.set_visible("number", not by_hand)
        self.form.set_visible("first_due", not by_hand and not at_meetings)
        self.form.set_visible("interest_from", row is not None and may_start_interest_later(row.product))
        purpose: PurposeEdit = self.form.input("purpose")
        listed: Sequence[str] = () if row is None else row.product.limits.purposes
        purpose.offer(listed)
        purpose.noted.emit(_("Chọn một trong: {list}").format(list=", ".join(listed)) if listed else "")
        if by_hand and not self.form.input("rows").rows:
            self._propose_rows()

    def _propose_rows(self) -> None:
        start, amount = self.form.value("disbursed_on") or self.desk.today(), self.form.value("amount") or 0
        part = amount // 2
        dues = [(add_months(start, 1), part, None), (add_months(start, 2), amount - part, None)]
        self.form.input("rows").set_value(dues)

    # -- while typing -------------------------------------------------------------------------------

    def request(self) -> Request | None:
        """Return what is asked for, None while something is missing or cannot be read."""
        values, row = self.form.values(), self.product
        amount, start = values["amount"], values["disbursed_on"]
        if row is None or amount is None or start is None:
            return None
        if row.product.method is Method.FREE:
            rows = values["rows"]
            if not rows or self.form.input("rows").problem():
                return None
            dues: tuple[date, ...] = tuple(due for due, _principal, _interest in rows)
            parts = tuple((principal, interest) for _due, principal, interest in rows)
            return Request(amount, len(rows), start, rows=parts, due_dates=dues)
        if values["number"] is None or self.form.input("first_due").problem():
            return None
        first = None if row.product.at_meetings else values["first_due"]
        since = values["interest_from"] if may_start_interest_later(row.product) else None
        return Request(amount, values["number"], start, first, interest_from=since)

    def command(self, *, agreed: bool = False) -> Apply | None:
        """Return the application as it stands, None while the borrower or the sums are missing."""
        values, request = self.form.values(), self.request()
        if request is None or values["group"] is None or values["member"] is None:
            return None
        paper = Application(
            values["purpose"],
            values["livelihood"],
            values["income"] or 0,
            values["debt_service"] or 0,
            values["debts"],
            values["spouse"],
            values["spouse_consents"] or not values["spouse"],
            tuple(MemberId(one) for one in values["guarantors"]),
            values["funded_by"] or 0,
        )
        group, member = GroupId(values["group"]), MemberId(values["member"])
        return Apply(group, member, values["product"], request, paper, agreed, values["applied_on"])

    def check(self) -> None:
        """Ask for schedule, price and problems of what stands in the form now."""
        self._pause.stop()
        if self._asked is not None:
            self._asked.drop()
            self._asked = None
        request, command, group = self.request(), self.command(), self._group
        if request is None or group is None:
            self.offer.show_offer(None)
            return
        product, today, limits = self.form.value("product"), self.desk.today(), caution(self.desk)

        def question(book: Any) -> tuple[list[Problem], Offer | None]:
            if command is not None:
                return loan_applications.check_apply(book, command, limits, today)
            try:
                return [], loan_applications.make_offer(book, GroupId(group), product, request)
            except Refusal as refusal:
                return list(refusal.problems), None

        self._asked = self.desk.ask(question, self._checked, owner=self)

    def _checked(self, found: tuple[list[Problem], Offer | None]) -> None:
        problems, made = found
        told = [
            one
            for one in problems
            if one.field not in _OPTIONAL or self.form.value(one.field) not in ("", None, ())
        ]
        self.form.show_problems(told, focus=False)
        price = [one for one in told if one.field in ("product", "")]
        self.offer.show_offer(made, price)

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        command = self.command()
        if command is None:
            self.panel.refused(
                Refusal([Problem.stop("rows", "rows", _("Hãy lập các kỳ trả của khoản vay."))])
            )
            return
        limits = caution(self.desk)
        agreed = self.command(agreed=True)

        def deed(book: Any, act: Act, wanted: Apply | None = None) -> Outcome[LoanId]:
            return loan_applications.apply(book, wanted or command, limits, act)

        self.desk.do(
            deed,
            self._saved,
            self.panel.refused,
            self,
            agreed=lambda book, act: deed(book, act, agreed),
        )

    def _saved(self, loan: LoanId) -> None:
        self.panel.done()
        self._begin()
        self.desk.say(_("Đã lưu đơn vay."), "good")
        self.desk.open_page("loan", loan=loan)


def _member(book: Any, member: int) -> Find | None:
    from desktop.services import member_lists

    found = member_lists.get(book, MemberId(member))
    return Find(member, found.person.full_name, found.code)

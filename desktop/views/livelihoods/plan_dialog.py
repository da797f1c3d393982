"""A business plan: typed with its cash of twelve months, which is watched while it is typed; and its approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.livelihoods.business_plan import Plan, balances, break_even
from desktop.services import business_plans
from desktop.services.acts import Act, Outcome
from desktop.services.business_plans import PlanRow
from desktop.services.livelihood_book import LivelihoodDetail
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import day, dong, line, text
from desktop.views.livelihoods.inputs import months
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

_TEXTS = ("product", "market", "unit", "risk", "mitigation", "climate", "accessibility")
_MONEY = ("unit_cost", "price", "fixed", "startup", "own", "loan", "grant", "contribution")


def fields() -> list[Field | Section]:
    """Return the fields of a plan."""
    return [
        Field("product", N_("Sản phẩm, dịch vụ"), line(), required=True),
        Field("market", N_("Bán cho ai, ở đâu"), line(), span=2),
        Field("unit", N_("Đơn vị"), line(N_("kg, con, lứa"))),
        Field("unit_cost", N_("Chi phí một đơn vị"), dong()),
        Field("price", N_("Giá bán một đơn vị"), dong()),
        Field("fixed", N_("Chi phí cố định một năm"), dong()),
        Field("startup", N_("Chi phí ban đầu"), dong()),
        Section(N_("Nguồn vốn")),
        Field("own", N_("Vốn tự có"), dong()),
        Field("loan", N_("Vốn vay"), dong()),
        Field("grant", N_("Được hỗ trợ"), dong()),
        Field("contribution", N_("Đối ứng của người khác"), dong()),
        Section(N_("Dòng tiền 12 tháng"), N_("Trả nợ vay cũng là chi. Tiền còn lại không tháng nào được dưới 0.")),
        Field("months", N_("Thu và chi từng tháng"), months(), span=0),
        Section(N_("Rủi ro")),
        Field("risk", N_("Rủi ro"), text(2)),
        Field("mitigation", N_("Cách phòng"), text(2)),
        Field("climate", N_("Khí hậu, thiên tai"), text(2)),
        Field("accessibility", N_("Người khuyết tật cần gì để làm được"), line(), span=0),
    ]  # fmt: skip


def plan_from(values: dict[str, Any]) -> Plan:
    """Return the plan that was typed; an empty amount is nothing."""
    incomes, expenses = values["months"]
    texts = {name: values[name].strip() for name in _TEXTS}
    money = {name: values[name] or 0 for name in _MONEY}
    return Plan(**texts, **money, incomes=incomes, expenses=expenses)


def values_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as the form shows it."""
    found: dict[str, Any] = {name: getattr(plan, name) for name in _TEXTS}
    found |= {name: getattr(plan, name) or None for name in _MONEY}
    return {**found, "months": (plan.incomes, plan.expenses)}


class PlanDialog(FormDialog):
    """A plan; what is left each month and the break-even are shown while it is typed."""

    def __init__(
        self,
        desk: Desk,
        detail: LivelihoodDetail,
        then: Callable[[Any], object],
        parent: QWidget,
        row: PlanRow | None = None,
    ) -> None:
        changing = None if row is None else (row.id, row.version)

        def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
            return business_plans.keep(book, detail.row.id, plan_from(typed), act, changing)

        lent = sum(loan.amount for loan in detail.loans)
        begin = {"product": detail.row.name, "loan": lent or None}
        super().__init__(
            desk,
            _("Kế hoạch kinh doanh: {name}").format(name=detail.row.name),
            fields(),
            deed,
            then,
            values=begin if row is None else values_of(row.plan),
            columns=3,
            width=900,
            save_text=_("Lưu kế hoạch"),
            parent=parent,
        )
        self.result_line = self.line_below()
        self.form.changed.connect(self._show)
        self._show("")

    def _show(self, _key: str) -> None:
        plan = plan_from(self.form.values())
        rows = balances(plan)
        self.form.input("months").show_left(rows[1:])
        parts = [
            _("Bắt đầu với {amount}").format(amount=show_dong(rows[0])),
            _("thấp nhất {amount}").format(amount=show_dong(min(rows))),
        ]
        units = break_even(plan.fixed, plan.price, plan.unit_cost)
        if units is not None and plan.fixed:
            parts.append(
                _("hòa vốn khi bán {n} {unit} một năm").format(
                    n=show_number(units), unit=plan.unit or _("đơn vị")
                )
            )
        self.result_line.setText("; ".join(parts) + ".")


def approve(desk: Desk, row: PlanRow, then: Callable[[Any], object], parent: QWidget) -> FormDialog:
    """Return the dialog that approves a plan by named people."""
    return FormDialog(
        desk,
        _("Duyệt kế hoạch kinh doanh"),
        [
            Field("day", N_("Ngày duyệt"), day(past=True), required=True),
            Field("people", N_("Họ tên, chức vụ người duyệt"), text(3), required=True, hint=N_("Mỗi dòng một người: người của nhóm và cán bộ")),
        ],
        lambda book, typed, act: business_plans.approve(
            book, row.id, tuple(typed["people"].splitlines()), typed["day"], act
        ),
        then,
        values={"day": desk.today()},
        intro=_("Kế hoạch đã duyệt thì giữ nguyên; muốn đổi phải lập kế hoạch mới."),
        save_text=_("Duyệt"),
        parent=parent,
    )  # fmt: skip

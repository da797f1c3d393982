"""A running loan, a lender or a source of outside money, as they stand on the paper: asked one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.money_kinds import SourceKind
from desktop.models.problems import refuse_if_stopped
from desktop.models.rules.loan_products import Method
from desktop.models.rules.loans.terms import PeriodUnit, RateUnit
from desktop.models.rules.opening import (
    LenderOpening,
    LoanOpening,
    RunningTerms,
    SourceOpening,
    check_terms,
)
from desktop.services.acts import Act, Outcome
from desktop.services.openings import MemberLine
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, dong, line, number
from desktop.views.kit.pickers import Find, pick
from desktop.views.kit.rates import RATE_UNITS, UNITS, percent
from resources.lang.messages import N_, _

_METHODS = (Method.EQUAL_PRINCIPAL, Method.FLAT, Method.EQUAL_INSTALMENTS, Method.BULLET)


def _terms_fields() -> list[Field]:
    return [
        Field("method", N_("Cách trả"), choice([(one, one.title) for one in _METHODS]), required=True),
        Field(
            "original", N_("Số tiền vay ban đầu"), dong(), hint=N_("Lãi tính trên dư nợ ban đầu cần số này")
        ),
        Field("rate", N_("Lãi suất (%)"), percent(), required=True),
        Field("rate_unit", N_("Tính cho"), choice(RATE_UNITS), required=True),
        Field("number", N_("Số kỳ còn phải trả"), number(1, 600), required=True, width=8),
        Field("first_due", N_("Kỳ trả tới"), day(), hint=N_("Để trống: một kỳ sau ngày số dư đầu")),
        Field("every", N_("Mỗi kỳ cách nhau"), number(1, 366), required=True, width=8),
        Field("unit", N_("Đơn vị"), choice(UNITS), required=True),
    ]


_USUAL = {
    "method": Method.EQUAL_PRINCIPAL,
    "rate": Fraction(1),
    "rate_unit": RateUnit.MONTH,
    "number": 1,
    "every": 1,
    "unit": PeriodUnit.MONTHS,
}


def _terms_of(values: dict[str, Any]) -> RunningTerms:
    return RunningTerms(
        values["method"],
        values["rate"],
        values["rate_unit"],
        values["number"],
        values["first_due"],
        values["every"],
        values["unit"],
        values["original"] or 0,
    )


def _terms_values(terms: RunningTerms) -> dict[str, Any]:
    values = {name: getattr(terms, name) for name in RunningTerms.__slots__}
    return {**values, "original": terms.original or None}


def _checked(amount: int, terms: RunningTerms, on: date) -> None:
    """Refuse terms that cannot be, with the message on top of the form."""
    refuse_if_stopped(check_terms(amount, terms, on, ""))


def ask_loan(
    desk: Desk,
    members: Sequence[MemberLine],
    on: date,
    known: LoanOpening | None,
    then: Callable[[LoanOpening], object],
    parent: QWidget,
) -> None:
    """Ask for a running loan of a member."""
    people = pick([Find(one.id, one.name, one.code) for one in members])
    who = Field("member", N_("Người vay"), people, required=True, span=0)

    def made(values: dict[str, Any], terms: RunningTerms) -> LoanOpening:
        return LoanOpening(
            int(values["member"]),
            values["amount"],
            terms,
            values["contract"] or "",
            values["purpose"] or "",
        )

    _ask_debt(desk, _("Khoản vay đang còn"), who, N_("Số khế ước"), on, known, made, then, parent)


def ask_lender(
    desk: Desk,
    on: date,
    known: LenderOpening | None,
    then: Callable[[LenderOpening], object],
    parent: QWidget,
) -> None:
    """Ask for what the group owes a lender with a schedule."""
    name = line(N_("Ví dụ: Ngân hàng Chính sách xã hội"), 160)
    who = Field("lender", N_("Bên cho vay"), name, required=True, span=0)

    def made(values: dict[str, Any], terms: RunningTerms) -> LenderOpening:
        return LenderOpening(
            values["lender"], values["amount"], terms, values["contract"] or "", values["purpose"] or ""
        )

    _ask_debt(desk, _("Nợ bên cho vay"), who, N_("Số hợp đồng, khế ước"), on, known, made, then, parent)


def _ask_debt(
    desk: Desk,
    title: str,
    who: Field,
    contract: str,
    on: date,
    known: LoanOpening | LenderOpening | None,
    made: Callable[[dict[str, Any], RunningTerms], Any],
    then: Callable[[Any], object],
    parent: QWidget,
) -> None:
    """Ask for a debt that runs on: whose it is (`who`), what is left of it, and its terms as of the day `on`."""

    def deed(_book: Any, values: dict[str, Any], _act: Act) -> Outcome[Any]:
        terms = _terms_of(values)
        _checked(values["amount"], terms, on)
        return Outcome(made(values, terms))

    values: dict[str, Any] = dict(_USUAL)
    if known is not None:
        values = _terms_values(known.terms)
        values |= {key: getattr(known, key) for key in (who.key, "amount", "contract", "purpose")}
    FormDialog(
        desk,
        title,
        [
            who,
            Field("amount", N_("Dư nợ còn lại"), dong(), required=True),
            Field("contract", contract, line("", 60)),
            *_terms_fields(),
            Field("purpose", N_("Mục đích"), line("", 120), span=0),
        ],
        deed,
        then,
        values=values,
        save_text=_("Đưa vào danh sách"),
        columns=2,
        parent=parent,
    ).open()


def ask_source(
    desk: Desk, known: SourceOpening | None, then: Callable[[SourceOpening], object], parent: QWidget
) -> None:
    """Ask for outside money without a schedule."""

    def deed(_book: Any, values: dict[str, Any], _act: Act) -> Outcome[SourceOpening]:
        made = SourceOpening(
            values["kind"],
            values["funder"],
            values["amount"],
            values["agreement"] or "",
            values["purpose"] or "",
            values["conditions"] or "",
        )
        return Outcome(made)

    FormDialog(
        desk,
        _("Vốn bên ngoài"),
        [
            Field("kind", N_("Loại vốn"), choice([(one, one.title) for one in SourceKind]), required=True),
            Field("funder", N_("Bên cấp vốn"), line("", 160), required=True),
            Field("amount", N_("Số còn giữ"), dong(), required=True),
            Field("agreement", N_("Số văn bản thỏa thuận"), line("", 60)),
            Field("purpose", N_("Mục đích"), line("", 160), span=0),
            Field("conditions", N_("Điều kiện"), line("", 200), span=0),
        ],
        deed,
        then,
        values={"kind": SourceKind.REVOLVING}
        if known is None
        else {name: getattr(known, name) for name in SourceOpening.__slots__},
        save_text=_("Đưa vào danh sách"),
        columns=2,
        parent=parent,
    ).open()

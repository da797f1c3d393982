"""How the book counts arrears and classifies loans from a day on, beside what held before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.loans.standards import (
    OWN,
    DatedLoanStandards,
    LoanStandards,
    days_of,
    percents_of,
    show_list,
)
from desktop.services import loan_standards
from desktop.services.acts import Act, Outcome
from desktop.services.loan_standards import LoanStandardLine
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, dong, line, number
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

_SCALES = (
    ("mfi", N_("tổ chức tài chính vi mô (Thông tư 14/2024)")),
    ("bank", N_("ngân hàng (Thông tư 31/2024)")),
    (OWN, N_("thang riêng, ghi ở dưới")),
)


def standards(
    desk: Desk,
    held: DatedLoanStandards,
    before: Sequence[LoanStandardLine],
    then: Callable[[Any], object],
    parent: QWidget,
) -> FormDialog:
    """Return the dialog: what holds today is filled in, what was decided before stands above."""
    value, today = held.value, desk.today()
    scale = value.debt_scale(today)

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        own = typed["scale"] == OWN
        wanted = LoanStandards(
            typed["amount"] or 0,
            typed["days"] or 0,
            days_of(typed["ageing"]),
            typed["scale"],
            days_of(typed["from_days"]) if own else (),
            percents_of(typed["provisions"]) if own else (),
        )
        return loan_standards.keep(book, typed["since"], wanted, typed["reason"], act)

    made = FormDialog(
        desk,
        _("Cách tính nợ quá hạn của sổ"),
        [
            Field("since", N_("Từ ngày"), day(), required=True),
            Field("reason", N_("Lý do, quy định nào"), line(), required=True),
            Field("days", N_("Số ngày ân hạn"), number(0, 999), hint=N_("0: quá hạn ngay hôm sau ngày đến hạn")),
            Field("amount", N_("Bỏ qua số thiếu dưới (₫)"), dong(), hint=N_("0: thiếu một đồng cũng là quá hạn")),
            Field("ageing", N_("Các mốc tuổi nợ (ngày trễ)"), line("30; 60; 90; 180", 60), required=True, span=0),
            Section(N_("Phân loại nợ và dự phòng")),
            Field("scale", N_("Phân loại nợ theo"), choice(list(_SCALES)), span=0),
            Field("from_days", N_("Ngày đầu của nhóm 2, 3, 4, 5"), line("10; 30; 90; 180", 60)),
            Field("provisions", N_("Dự phòng của nhóm 1–5 (%)"), line("0; 2; 25; 50; 100", 60)),
        ],
        deed,
        then,
        values={
            "since": today,
            "days": value.days,
            "amount": value.amount,
            "ageing": show_list(value.ageing),
            "scale": value.scale,
            "from_days": show_list(scale.from_days),
            "provisions": show_list(part * 100 for part in scale.provisions),
        },
        intro="\n".join([_("Số liệu của những ngày trước vẫn tính theo mức cũ."), *map(_line, before)]),
        columns=2,
        parent=parent,
    )  # fmt: skip

    def show_own() -> None:
        for key in ("from_days", "provisions"):
            made.form.set_visible(key, made.form.value("scale") == OWN)

    made.form.input("scale").changed.connect(show_own)
    show_own()
    return made


def _line(row: LoanStandardLine) -> str:
    words = f"{row.arrears}. {row.scale}. ({row.reason})"
    if row.since is None:
        return _("Lúc đầu: {words}").format(words=words)
    return _("Từ {day}: {words}").format(day=show_day(row.since), words=words)

"""The dialogs of a group's savings: rules, rates, notices of withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.savings_interest import BalanceBasis
from desktop.models.rules.savings_terms import (
    DAYS_IN_YEAR,
    ROUNDING_MODES,
    ROUNDING_UNITS,
    SavingsRate,
    SavingsTerms,
    basis_title,
    rounding_title,
)
from desktop.models.savings_kinds import Crediting, RatePer, SavingsKind
from desktop.services import savings
from desktop.services.acts import Act, Outcome
from desktop.services.groups import GroupDetail
from desktop.services.savings import GiveNotice, KeepRate
from desktop.services.savings_book import NoticeRow, SavingsView
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, number
from desktop.views.kit.pickers import Find, pick
from desktop.views.kit.rates import percent
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Said = Callable[[Any], object]


def _kinds() -> list[tuple[SavingsKind, str]]:
    return [(kind, kind.title) for kind in SavingsKind]


class TermsDialog(FormDialog):
    """New rules from a day on; those in force are filled in, and again when another kind is chosen."""

    def __init__(
        self, desk: Desk, group: GroupId, found: SavingsView, kind: SavingsKind, then: Said, parent: QWidget
    ) -> None:
        self._now = {one.kind: one.terms for one in found.kinds}
        super().__init__(
            desk,
            _("Quy định tiết kiệm"),
            [
                Field("kind", N_("Loại tiết kiệm"), choice(_kinds), required=True),
                Field("valid_from", N_("Áp dụng từ ngày"), day(), required=True),
                Section(N_("Cách tính lãi")),
                Field(
                    "basis",
                    N_("Tính lãi trên"),
                    choice(lambda: [(one, basis_title(one)) for one in BalanceBasis]),
                    required=True,
                ),
                Field(
                    "crediting",
                    N_("Nhập lãi"),
                    choice(lambda: [(one, one.title) for one in Crediting]),
                    required=True,
                ),
                Field(
                    "rounding_unit",
                    N_("Lãi làm tròn đến"),
                    choice([(unit, show_dong(unit)) for unit in ROUNDING_UNITS]),
                    required=True,
                ),
                Field(
                    "rounding",
                    N_("Cách làm tròn"),
                    choice(lambda: [(mode, rounding_title(mode)) for mode in ROUNDING_MODES]),
                    required=True,
                ),
                Field(
                    "days_in_year",
                    N_("Một năm tính"),
                    choice(lambda: [(days, _("{days} ngày").format(days=days)) for days in DAYS_IN_YEAR]),
                    required=True,
                ),
                Section(
                    N_("Khi rút tiền"),
                    N_("Chỉ áp dụng cho các buổi họp và lần rút từ ngày này trở đi."),
                ),
                Field("minimum", N_("Phải để lại ít nhất"), dong(), hint=N_("Để trống: rút hết được")),
                Field(
                    "notice_days",
                    N_("Báo trước khi rút (ngày)"),
                    number(0, 366),
                    width=8,
                    hint=N_("0: không phải báo trước"),
                ),
                Field("locked_by_loan", N_("Không được rút khi còn nợ vay"), check(), span=0),
            ],
            lambda book, values, act: savings.keep_terms(book, group, _terms(values), act),
            then,
            values={"kind": kind, "valid_from": desk.today()},
            save_text=_("Lưu quy định"),
            columns=2,
            parent=parent,
        )
        self._fill()
        self.form.changed.connect(self._changed)

    def _changed(self, key: str) -> None:
        if key == "kind":
            self._fill()

    def _fill(self) -> None:
        kind = self.form.value("kind")
        if kind is None:
            return
        terms = self._now[kind] or SavingsTerms(kind, self.desk.today())
        self.form.set_values(
            {
                "basis": terms.basis,
                "crediting": terms.crediting,
                "rounding_unit": terms.rounding_unit,
                "rounding": terms.rounding,
                "days_in_year": terms.days_in_year,
                "minimum": terms.minimum or None,
                "notice_days": terms.notice_days,
                "locked_by_loan": terms.locked_by_loan,
            }
        )


def _terms(values: dict[str, Any]) -> SavingsTerms:
    return SavingsTerms(
        kind=values["kind"],
        valid_from=values["valid_from"],
        basis=values["basis"] or BalanceBasis.DAILY,
        crediting=values["crediting"] or Crediting.MONTHLY,
        days_in_year=values["days_in_year"] or 365,
        rounding_unit=values["rounding_unit"] or 1,
        rounding=values["rounding"] or RoundingMode.HALF_UP,
        minimum=values["minimum"] or 0,
        locked_by_loan=bool(values["locked_by_loan"]),
        notice_days=values["notice_days"] or 0,
    )


def new_rate(desk: Desk, group: GroupId, kind: SavingsKind, then: Said, parent: QWidget) -> FormDialog:
    """Return the dialog of a new rate; a high one is asked about."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
        rate = SavingsRate(values["valid_from"], Fraction(values["percent"]), values["per"])
        command = KeepRate(group, values["kind"], rate, agreed=bool(values.get("agreed")))
        return savings.keep_rate(book, command, act)

    return FormDialog(
        desk,
        _("Lãi suất tiết kiệm"),
        [
            Field("kind", N_("Loại tiết kiệm"), choice(_kinds), required=True),
            Field("valid_from", N_("Áp dụng từ ngày"), day(), required=True),
            Field("percent", N_("Lãi suất (%)"), percent(), required=True, hint=N_("Ví dụ 0,5 hoặc 6")),
            Field(
                "per",
                N_("Tính cho"),
                choice(lambda: [(one, one.title) for one in RatePer]),
                required=True,
                hint=N_("Lãi suất tháng được nhân 12 rồi chia cho số ngày của năm"),
            ),
        ],
        deed,
        then,
        values={"kind": kind, "valid_from": desk.today(), "per": RatePer.YEAR},
        save_text=_("Lưu lãi suất"),
        columns=2,
        parent=parent,
    )


def notice(desk: Desk, detail: GroupDetail, kind: SavingsKind, then: Said, parent: QWidget) -> FormDialog:
    """Return the dialog where a member's notice of withdrawal is written down."""
    members = [Find(row.member_id, row.full_name, row.code) for row in detail.members]

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        command = GiveNotice(
            detail.id,
            values["member"],
            values["kind"],
            values["day"],
            values["amount"],
            values["due"],
            values["reason"] or "",
        )
        return savings.give_notice(book, command, act)

    return FormDialog(
        desk,
        _("Báo trước khi rút tiết kiệm"),
        [
            Field("member", N_("Người muốn rút"), pick(members), required=True, span=0),
            Field("kind", N_("Loại tiết kiệm"), choice(_kinds), required=True),
            Field("amount", N_("Số tiền muốn rút"), dong(), required=True),
            Field("day", N_("Ngày báo"), day(past=True), required=True),
            Field("due", N_("Được rút từ ngày"), day(), hint=N_("Để trống: theo số ngày quy định")),
            Field("reason", N_("Lý do cho rút sớm"), line("", 160), span=0),
        ],
        deed,
        then,
        values={"kind": kind, "day": desk.today()},
        save_text=_("Ghi báo rút"),
        columns=2,
        parent=parent,
    )


def cancel_notice(desk: Desk, row: NoticeRow, then: Said, parent: QWidget) -> FormDialog:
    """Return the dialog that takes a notice back."""
    return ReasonDialog(
        desk,
        _("Hủy báo rút"),
        lambda book, reason, act: savings.cancel_notice(book, row.id, reason, act),
        then,
        intro=f"{row.name}: {show_dong(row.amount)}",
        save_text=_("Hủy báo rút"),
        parent=parent,
    )

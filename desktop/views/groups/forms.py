"""The fields of a group, its constitution and its cycles, and the way between what is typed and what is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desktop.models.kinds import Frequency, GroupKind, LeavingRule, RemainderRule
from desktop.models.rules.charter import Charter
from desktop.models.rules.constitution import SHARE_OUT_UNITS, Rules
from desktop.models.rules.meeting_days import next_meeting
from desktop.services.groups import GroupDetail
from desktop.views.groups.charter_inputs import OfficesEdit
from desktop.views.groups.fines import FinesEdit
from desktop.views.kit import inputs, pickers
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from resources.lang.dates import show_day, weekday_name, weekday_names
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

RULE_KEYS = (
    "frequency",
    "weekday",
    "month_day",
    "meeting_time",
    "meeting_place",
    "share_value",
    "shares_min",
    "shares_max",
    "compulsory_saving",
    "social_contribution",
    "voluntary_savings",
    "withdrawals",
    "quorum_percent",
    "share_out_unit",
    "share_out_remainder",
    "leaving_rule",
    "leaving_fee_percent",
    "fines",
)
CHARTER_KEYS = ("aim", "membership", "offices", "clauses")


def _kinds() -> list[tuple[GroupKind, str]]:
    return [(kind, kind.title) for kind in GroupKind]


def _frequencies() -> list[tuple[Frequency, str]]:
    return [(frequency, frequency.title) for frequency in Frequency]


def _weekdays() -> list[tuple[int, str]]:
    return list(enumerate(weekday_names()))


def _units() -> list[tuple[int, str]]:
    return [(unit, _("đúng từng đồng") if unit == 1 else show_dong(unit)) for unit in SHARE_OUT_UNITS]


def group_fields(desk: Desk) -> list[Field | Section]:
    """Return the fields of a group's own data."""
    return [
        Field("name", N_("Tên nhóm"), inputs.line(length=120), required=True, span=2),
        Field("code", N_("Mã nhóm"), inputs.line(length=24), required=True, hint=N_("Đề nghị sẵn, sửa được")),
        Field("kind", N_("Loại nhóm"), inputs.choice(_kinds), required=True),
        Field("commune_code", N_("Xã, phường"), pickers.commune(desk)),
        Field("hamlet", N_("Thôn, ấp"), inputs.line(length=80)),
        Field("founded", N_("Ngày thành lập"), inputs.day()),
    ]


def rule_fields(*, dated: bool) -> list[Field | Section]:
    """Return the fields of a constitution; with `dated` also the day from which it holds."""
    first: list[Field | Section] = []
    if dated:
        first = [
            Field(
                "valid_from",
                N_("Áp dụng từ ngày"),
                inputs.day(),
                required=True,
                span=0,
                width=24,
                hint=N_("Các buổi họp trước ngày này giữ quy chế cũ."),
            )
        ]
    return [
        *first,
        Section(N_("Buổi họp")),
        Field("frequency", N_("Nhịp họp"), inputs.choice(_frequencies), required=True),
        Field("weekday", N_("Thứ họp"), inputs.choice(_weekdays), required=True),
        Field(
            "month_day",
            N_("Ngày họp trong tháng"),
            inputs.number(1, 28),
            hint=N_("Để trống: họp vào thứ đã chọn đầu tiên trong tháng"),
        ),
        Field("meeting_time", N_("Giờ họp"), inputs.line(N_("14:00"), 20)),
        Field("meeting_place", N_("Nơi họp"), inputs.line(length=120), span=2),
        Section(N_("Mức đóng mỗi kỳ họp"), N_("Để 0 khi nhóm không có khoản đó.")),
        Field("share_value", N_("Mệnh giá cổ phần (₫)"), inputs.dong(words_from=1)),
        Field("shares_min", N_("Cổ phần ít nhất"), inputs.number(0, 999)),
        Field("shares_max", N_("Cổ phần nhiều nhất"), inputs.number(0, 999)),
        Field("compulsory_saving", N_("Tiết kiệm bắt buộc (₫)"), inputs.dong(words_from=1)),
        Field("social_contribution", N_("Đóng quỹ xã hội (₫)"), inputs.dong(words_from=1)),
        Field("voluntary_savings", N_("Nhận tiết kiệm tự nguyện"), inputs.check(), span=2),
        Field("withdrawals", N_("Cho rút tiết kiệm trong chu kỳ"), inputs.check(), span=2),
        Section(N_("Nội quy")),
        Field(
            "quorum_percent",
            N_("Tỷ lệ dự họp tối thiểu (%)"),
            inputs.spin(0, 100, 5),
            hint=N_("Dưới tỷ lệ này, buổi họp không ghi sổ được."),
        ),
        Field("fines", N_("Các khoản phạt"), FinesEdit, span=0),
        Field(
            "offices",
            N_("Chức vụ và số người giữ"),
            OfficesEdit,
            span=0,
            hint=N_("Để 0 khi nhóm không có chức vụ đó."),
        ),
        Section(N_("Chia cổ phần, rời nhóm")),
        Field("share_out_unit", N_("Chia tròn đến"), inputs.choice(_units), required=True),
        Field(
            "share_out_remainder",
            N_("Số lẻ còn lại"),
            inputs.choice([(one, one.title) for one in RemainderRule]),
            required=True,
        ),
        Field(
            "leaving_rule",
            N_("Rời giữa chu kỳ"),
            inputs.choice([(one, one.title) for one in LeavingRule]),
            required=True,
        ),
        Field("leaving_fee_percent", N_("Phí rời nhóm (%)"), inputs.number(0, 100), width=8),
        Section(N_("Lời văn quy chế"), N_("In vào Quy chế hoạt động nhóm để mọi người ký.")),
        Field("aim", N_("Mục đích của nhóm"), inputs.text(2), span=0),
        Field("membership", N_("Ai được vào nhóm"), inputs.text(2), span=0),
        Field("clauses", N_("Quy định khác"), inputs.text(4), span=0, hint=N_("Mỗi dòng là một điều khoản.")),
    ]


def cycle_fields() -> list[Field | Section]:
    """Return the fields of a cycle."""
    return [
        Field("starts", N_("Chu kỳ bắt đầu"), inputs.day(), required=True),
        Field("ends", N_("Chu kỳ kết thúc"), inputs.day(), required=True),
    ]


def rules_from(values: dict[str, Any], valid_from: date) -> Rules:
    """Return the rules that a form's values mean; amounts left empty are 0."""
    given = {key: values[key] for key in RULE_KEYS}
    for key in ("share_value", "compulsory_saving", "social_contribution", "shares_min", "shares_max"):
        given[key] = given[key] or 0
    if given["frequency"] is not Frequency.MONTHLY:
        given["month_day"] = None
    given["quorum_percent"] = given["quorum_percent"] or 0
    given["leaving_fee_percent"] = given["leaving_fee_percent"] or 0
    return Rules(valid_from=valid_from, **given)


def charter_from(values: dict[str, Any]) -> Charter:
    """Return the words of a constitution that a form's values mean."""
    return Charter(
        **{key: values[key] or "" for key in CHARTER_KEYS if key != "offices"}, offices=values["offices"]
    )


def charter_values(charter: Charter) -> dict[str, Any]:
    """Return what a form shows of the words of a constitution."""
    return {key: getattr(charter, key) for key in CHARTER_KEYS}


def rule_values(rules: Rules) -> dict[str, Any]:
    """Return what a form shows of rules."""
    return {key: getattr(rules, key) for key in RULE_KEYS}


def group_values(detail: GroupDetail) -> dict[str, Any]:
    """Return what a form shows of a group's own data."""
    keys = ("name", "code", "kind", "commune_code", "hamlet", "founded", "closed", "note")
    return {key: getattr(detail, key) for key in keys}


class RuleWatcher:
    """Shows of a constitution's form only what the frequency and the shares ask for."""

    def __init__(self, form: Form, told: Callable[[], object] | None = None) -> None:
        self._form = form
        self._told = told
        form.changed.connect(self.changed)
        self.refresh()

    def changed(self, key: str) -> None:
        """React to a change of one field."""
        if key in RULE_KEYS or key in ("starts", "ends", "valid_from"):
            self.refresh()

    def refresh(self) -> None:
        """Show and hide the fields that depend on others."""
        self._form.set_visible("month_day", self._form.value("frequency") is Frequency.MONTHLY)
        shares = bool(self._form.value("share_value"))
        self._form.set_visible("shares_min", shares)
        self._form.set_visible("shares_max", shares)
        self._form.set_visible("leaving_rule", shares)
        less = shares and self._form.value("leaving_rule") is LeavingRule.LESS_FEE
        self._form.set_visible("leaving_fee_percent", less)
        if self._told is not None:
            self._told()


def describe(rules: Rules, starts: date | None) -> str:
    """Return what the rules mean for one member and the first meeting, in one line."""
    parts = []
    if starts is not None:
        first = next_meeting(rules, None, starts)
        parts.append(
            _("Họp lần đầu {weekday}, {day}").format(weekday=weekday_name(first).lower(), day=show_day(first))
        )
    least = rules.compulsory_saving + rules.social_contribution
    most = least
    if rules.has_shares:
        least += rules.shares_min * rules.share_value
        most += rules.shares_max * rules.share_value
    if most:
        each = show_dong(least) if least == most else f"{show_dong(least)} – {show_dong(most)}"
        parts.append(_("mỗi người mỗi kỳ đóng {amount}").format(amount=each))
    return " · ".join(parts)

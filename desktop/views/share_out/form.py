"""What is decided in a share-out: the fields asked for, the choices they say, and how they are kept as a draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desktop.models.ids import LoanId, MemberId
from desktop.models.kinds import Account, LoanChoice, RemainderRule
from desktop.models.problems import Problem
from desktop.models.rules.closing import ClosingChoices, ClosingFacts
from desktop.models.rules.sheet import NOTES
from desktop.models.rules.templates import cycle_end
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_


def fields_of(facts: ClosingFacts) -> list[Field | Section]:
    """Return what the meeting is asked, from the count of the box to who goes on."""
    fields: list[Field | Section] = [
        Field("day", N_("Ngày chia"), day(past=True), required=True),
        Section(N_("Đếm tiền trong hòm"), N_("Số tờ của từng mệnh giá.")),
        *(Field(f"note/{note}", show_number(note), number(0, 99_999), width=8) for note in NOTES),
        Field("reason", N_("Lý do lệch"), line("", 200), hint=N_("Khi tiền đếm khác sổ"), span=0),
    ]
    if facts.of(Account.BANK):
        fields.append(
            Field("bank", N_("Số dư ở ngân hàng"), dong(1), hint=N_("Theo sổ phụ ngân hàng"), required=True)
        )
    if facts.debts:
        fields.append(
            Section(N_("Khoản vay còn nợ"), N_("Mỗi khoản: trừ vào tiền được chia, hay chuyển tiếp."))
        )
    for debt in facts.debts:
        name = f"{debt.name} ({debt.code}): {show_dong(debt.payoff)}"
        choices = [(one, one.title) for one in LoanChoice]
        fields.append(Field(f"loan/{debt.id}", name, choice(choices), required=True, span=0))
    fields.append(Section(N_("Quyết định của cuộc họp")))
    if any(member.fines for member in facts.members):
        fields.append(Field("carry_fines", N_("Chuyển tiền phạt còn nợ sang chu kỳ sau"), check(), span=0))
    if any(member.savings + member.compulsory for member in facts.members):
        fields.append(Field("return_savings", N_("Trả luôn tiền tiết kiệm"), check(), span=0))
    officers = [(officer.id, f"{officer.name} – {officer.office}") for officer in facts.officers]
    fields += [
        Field(
            "remainder",
            N_("Số lẻ còn lại"),
            choice([(one, one.title) for one in RemainderRule]),
            required=True,
        ),
        Field("next_ends", N_("Chu kỳ mới kết thúc ngày"), day(), required=True),
        Field("minutes", N_("Quyết định, biểu quyết"), text(2), required=True, span=0),
        Field("first", N_("Người duyệt thứ nhất"), choice([(None, ""), *officers]), required=True),
        Field("second", N_("Người duyệt thứ hai"), choice([(None, ""), *officers]), required=True),
        Section(N_("Ai tham gia chu kỳ mới"), N_("Bỏ dấu ở người thôi tham gia; họ rời nhóm vào ngày chia.")),
        *(Field(f"stays/{member.id}", "", check(member.name)) for member in facts.members),
    ]
    return fields


def begun(facts: ClosingFacts, remainder: RemainderRule | None) -> dict[str, Any]:
    """Return what the form proposes: today, the group's rule for the remainder, loans taken off, all go on."""
    return {
        "day": facts.today,
        "remainder": remainder or RemainderRule.NEXT_CYCLE,
        "next_ends": cycle_end(facts.today),
        **{f"loan/{debt.id}": LoanChoice.NET for debt in facts.debts},
        **{f"stays/{member.id}": True for member in facts.members},
    }


def choices_of(values: dict[str, Any]) -> ClosingChoices:
    """Return what the values of the form decide."""
    counted = {note: values[f"note/{note}"] for note in NOTES if values[f"note/{note}"] is not None}
    approvers = tuple(MemberId(values[key]) for key in ("first", "second") if values[key] is not None)
    return ClosingChoices(
        counted=counted or None,
        bank=values.get("bank"),
        difference_reason=values["reason"] or "",
        loans={
            LoanId(int(key.partition("/")[2])): value
            for key, value in values.items()
            if key.startswith("loan/") and value is not None
        },
        carry_fines=bool(values.get("carry_fines")),
        return_savings=bool(values.get("return_savings")),
        remainder=values["remainder"] or RemainderRule.NEXT_CYCLE,
        leaving=frozenset(
            MemberId(int(key.partition("/")[2]))
            for key, value in values.items()
            if key.startswith("stays/") and not value
        ),
        next_ends=values["next_ends"],
        approvers=approvers,
        minutes=values["minutes"] or "",
    )


def shape(facts: ClosingFacts) -> tuple[Any, ...]:
    """Return what decides which fields the form has."""
    return (
        facts.cycle,
        tuple(debt.id for debt in facts.debts),
        tuple(member.id for member in facts.members),
        bool(facts.of(Account.BANK)),
        any(member.fines for member in facts.members),
        any(member.savings + member.compulsory for member in facts.members),
    )


_FIELDS = {"counted": f"note/{NOTES[0]}", "difference_reason": "reason", "approvers": "first"}


def at_field(problem: Problem) -> Problem:
    """Return a problem bound to the field of the form that it speaks of."""
    return Problem(problem.code, _FIELDS.get(problem.field, problem.field), problem.message, problem.level)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return a form's values as JSON knows them."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, date):
            found[key] = {"day": value.isoformat()}
        elif isinstance(value, (LoanChoice, RemainderRule)):
            found[key] = {type(value).__name__: value.value}
        else:
            found[key] = value
    return found


def typed(kept: dict[str, Any]) -> dict[str, Any]:
    """Return what `plain` wrote as a form's values."""
    made: dict[str, Callable[[str], Any]] = {
        "day": date.fromisoformat,
        "LoanChoice": LoanChoice,
        "RemainderRule": RemainderRule,
    }
    return {
        key: made[next(iter(value))](next(iter(value.values()))) if isinstance(value, dict) else value
        for key, value in kept.items()
    }

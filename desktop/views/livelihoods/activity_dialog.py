"""Registering and changing an activity; its state; the loans that paid for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LoanId, MemberId
from desktop.models.livelihood_kinds import Decider, Establishment, Hazard, LivelihoodState, Practice
from desktop.models.rules.livelihoods.climate import Risk
from desktop.services import livelihoods
from desktop.services.acts import Act, Outcome
from desktop.services.livelihood_book import LinkedLoan, LivelihoodDetail
from desktop.services.livelihoods import Activity, ChangeActivity, Owner
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, line, text
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.livelihoods.finders import find_owners
from desktop.views.livelihoods.inputs import codes, kinds, numbered, vsic
from resources.activities import VERSION
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Then = Callable[[Any], object]
_HAZARDS = 3
_LEVELS = [(1, N_("1 – thấp")), (2, N_("2 – vừa")), (3, N_("3 – cao"))]


def fields(desk: Desk) -> list[Field | Section]:
    """Return the fields of an activity."""

    def owner(parent: QWidget) -> AskingPicker:
        made = AskingPicker(desk, find_owners, parent)
        made.setPlaceholderText(_("Gõ tên người, hộ hoặc nhóm"))
        return made

    hazards: list[tuple[Any, Any]] = [(None, N_("Không có")), *((one, one.title) for one in Hazard)]
    found: list[Field | Section] = [
        Field("owner", N_("Chủ sinh kế"), owner, required=True, span=2),
        Field("name", N_("Tên sinh kế"), line(N_("Nuôi vịt đẻ")), required=True),
        Field("vsic_code", N_("Ngành (VSIC 2025)"), vsic(), required=True, span=2),
        Field("establishment", N_("Hình thức"), choice(kinds(Establishment))),
        Field("started", N_("Ngày bắt đầu"), day(past=True), hint=N_("Để trống khi còn chuẩn bị")),
        Field("place", N_("Thôn, ấp"), line()),
        Field("co_owner", N_("Cùng làm chủ (vợ, chồng)"), line()),
        Field("decider", N_("Ai quyết định"), choice(kinds(Decider))),
        Section(N_("Khí hậu"), N_("Mức hứng chịu và mức nhạy cảm từ 1 đến 3; tích của hai số từ 6 là rủi ro cao.")),
    ]  # fmt: skip
    for number in range(1, _HAZARDS + 1):
        found += [
            Field(f"hazard{number}", numbered(N_("Hiểm họa {n}"), number), choice(hazards)),
            Field(f"exposure{number}", numbered(N_("Hứng chịu {n}"), number), choice(_LEVELS), default=1),
            Field(f"sensitivity{number}", numbered(N_("Nhạy cảm {n}"), number), choice(_LEVELS), default=1),
        ]
    found += [
        Field("smart", N_("Sinh kế thích ứng khí hậu"), check(), span=0),
        Field("practices", N_("Thực hành thích ứng"), codes(Practice, 3), span=0),
        Field("note", N_("Ghi chú"), text(2), span=0),
    ]
    return found


def activity_from(values: dict[str, Any]) -> Activity:
    """Return what was typed."""
    risks = tuple(
        Risk(values[f"hazard{n}"], values[f"exposure{n}"] or 1, values[f"sensitivity{n}"] or 1)
        for n in range(1, _HAZARDS + 1)
        if values[f"hazard{n}"] is not None
    )
    return Activity(
        owner=values["owner"] or Owner(),
        name=values["name"],
        vsic_code=values["vsic_code"] or "",
        vsic_version=VERSION,
        establishment=values["establishment"] or Establishment.FARM,
        co_owner=values["co_owner"],
        decider=values["decider"] or Decider.UNKNOWN,
        place=values["place"],
        started=values["started"],
        smart=values["smart"],
        practices=tuple(values["practices"]),
        risks=risks,
        note=values["note"],
    )


def values_of(activity: Activity, owner_text: str) -> dict[str, Any]:
    """Return an activity as the form shows it."""
    found: dict[str, Any] = {
        name: getattr(activity, name)
        for name in (
            "name", "vsic_code", "establishment", "started", "place", "co_owner", "decider", "smart", "practices",
            "note",
        )
    }  # fmt: skip
    found["owner"] = Find(activity.owner, owner_text)
    for number in range(1, _HAZARDS + 1):
        risk = activity.risks[number - 1] if number <= len(activity.risks) else None
        found[f"hazard{number}"] = None if risk is None else risk.hazard
        found[f"exposure{number}"] = 1 if risk is None else risk.exposure
        found[f"sensitivity{number}"] = 1 if risk is None else risk.sensitivity
    return found


def from_loan(
    desk: Desk, offered: list[tuple[MemberId, LinkedLoan]], then: Then, parent: QWidget
) -> FormDialog:
    """Return the dialog that begins an activity with a loan which names it in words; the next dialog asks the rest."""
    by_loan = {loan.id: (member, loan) for member, loan in offered}
    choices = [
        (loan.id, f"{loan.code} · {loan.name} · {loan.purpose} · {show_dong(loan.amount)}")
        for _member, loan in offered
    ]

    def chosen(key: LoanId) -> None:
        member, loan = by_loan[key]
        values = {
            "owner": Find(Owner(member=member), loan.name),
            "name": loan.purpose,
            "started": min(loan.day, desk.today()),
        }
        new(desk, then, parent, values, key).open()

    return FormDialog(
        desk,
        _("Ghi sinh kế từ khoản vay"),
        [Field("loan", N_("Khoản vay"), choice(choices), required=True)],
        lambda _book, typed, _act: Outcome(typed["loan"]),
        chosen,
        intro=_("Những khoản vay có ghi việc làm ăn mà chưa gắn với sinh kế nào."),
        save_text=_("Tiếp tục"),
        width=620,
        parent=parent,
    )


def new(
    desk: Desk,
    then: Then,
    parent: QWidget,
    values: dict[str, Any] | None = None,
    loan: LoanId | None = None,
) -> FormDialog:
    """Return the dialog that registers an activity, tied to the loan that pays for it when one is named."""

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        return livelihoods.register(book, activity_from(typed), act, loan)

    usual = {"establishment": Establishment.FARM, "decider": Decider.UNKNOWN, **(values or {})}
    return FormDialog(
        desk, _("Sinh kế mới"), fields(desk), deed, then, values=usual, columns=3, width=860, parent=parent,
        save_text=_("Ghi sinh kế"),
    )  # fmt: skip


def edit(desk: Desk, detail: LivelihoodDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that changes an activity. More hazards than the form shows are kept."""
    rest = detail.activity.risks[_HAZARDS:]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        from dataclasses import replace

        typed_now = activity_from(typed)
        kept = replace(
            typed_now,
            risks=(*typed_now.risks, *rest),
            vsic_version=detail.activity.vsic_version
            if typed_now.vsic_code == detail.activity.vsic_code
            else VERSION,
        )
        return livelihoods.change(book, ChangeActivity(detail.row.id, detail.version, kept), act)

    return FormDialog(
        desk, _("Sửa sinh kế {code}").format(code=detail.row.code), fields(desk), deed, then,
        values=values_of(detail.activity, detail.row.owner.text), columns=3, width=860, parent=parent,
    )  # fmt: skip


def change_state(desk: Desk, detail: LivelihoodDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down that an activity runs, rests or has closed."""
    states = (LivelihoodState.OPERATING, LivelihoodState.PAUSED, LivelihoodState.CLOSED)
    return FormDialog(
        desk,
        _("Tình trạng của {name}").format(name=detail.row.name),
        [
            Field("state", N_("Tình trạng mới"), choice([(one, one.title) for one in states if one is not detail.row.state])),
            Field("day", N_("Từ ngày"), day(past=True), required=True),
            Field("reason", N_("Lý do"), text(2), hint=N_("Nghỉ giữa vụ vẫn là đang hoạt động.")),
        ],
        lambda book, typed, act: livelihoods.set_state(
            book, detail.row.id, typed["state"], typed["day"], typed["reason"], act
        ),
        then,
        values={"day": desk.today()},
        parent=parent,
    )  # fmt: skip


def link_loan(desk: Desk, detail: LivelihoodDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that ties one of the owner's loans to the activity."""
    offered = [
        (loan.id, f"{loan.code} · {loan.name} · {show_dong(loan.amount)} · {loan.purpose}")
        for loan in detail.may_link
    ]
    return FormDialog(
        desk,
        _("Gắn khoản vay với {name}").format(name=detail.row.name),
        [
            Field("loan", N_("Khoản vay"), choice(offered), required=True),
            Field("purpose", N_("Dùng để"), line(N_("Mua con giống, thức ăn")), hint=N_("Để trống thì ghi theo đơn vay")),
        ],
        lambda book, typed, act: livelihoods.link_loan(
            book, detail.row.id, typed["loan"], typed["purpose"], act
        ),
        then,
        width=620,
        parent=parent,
    )  # fmt: skip

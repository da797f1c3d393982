"""Printing one member's statement: which group and period, in which letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, MemberId
from desktop.services import members, statements
from desktop.services.acts import Act, Outcome
from desktop.services.member_lists import MemberDetail
from desktop.services.statements import StatementOrder
from desktop.views.kit import inputs
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.papers import render
from resources.lang.messages import N_, _


def ask_statement(desk: Desk, owner: QWidget, member: MemberId, name: str) -> None:
    """Ask for group, period and letters, then show the statement of a member."""

    def answer(detail: MemberDetail) -> None:
        groups = [(row.group, f"{row.code} {row.name}") for row in detail.groups]
        unique = list(dict(groups).items())
        if not unique:
            desk.say(_("{name} chưa vào nhóm nào nên chưa có sao kê.").format(name=name), "info")
        else:
            _dialog(desk, owner, detail, unique).open()

    desk.ask(lambda book: members.get(book, member), answer, owner=owner)


def _dialog(
    desk: Desk, owner: QWidget, detail: MemberDetail, groups: list[tuple[GroupId, str]]
) -> FormDialog:
    today = desk.today()
    name = detail.person.full_name

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
        order = StatementOrder(
            values["group"], values["starts"], values["ends"], (detail.id,), values["large_print"]
        )
        outcome = statements.issue(book, order, act)
        return Outcome((outcome.value[0], values["large_print"]), outcome.changed)

    def issued(found: tuple[Any, bool | None]) -> None:
        value, large = found
        desk.aside(lambda: render(desk, "member-statement", value, large), shown, owner=owner)

    def shown(data: bytes) -> None:
        from desktop.views.kit.pdf import show_pdf

        show_pdf(desk, _("Sao kê của {name}").format(name=name), data, owner)

    kept = _("chữ lớn") if detail.person.large_print else _("chữ thường")
    return FormDialog(
        desk,
        _("In sao kê của {name}").format(name=name),
        [
            Field("group", N_("Nhóm"), inputs.choice(groups), required=True, span=0),
            Field("starts", N_("Từ ngày"), inputs.day(), required=True),
            Field("ends", N_("Đến ngày"), inputs.day(), required=True),
            Field(
                "large_print",
                N_("Cỡ chữ"),
                inputs.choice(
                    [
                        (None, _("Theo hồ sơ ({edition})").format(edition=kept)),
                        (False, _("Chữ thường")),
                        (True, _("Chữ lớn (từ 18 điểm)")),
                    ]
                ),
                span=0,
            ),
        ],
        deed,
        issued,
        values={"group": groups[0][0], "starts": date(today.year, 1, 1), "ends": today},
        save_text=_("Xem và in"),
        columns=2,
        width=500,
        parent=owner,
    )

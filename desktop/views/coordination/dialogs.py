"""Dialogs of work with the authorities: a meeting, who took part, a promise and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.capacity_kinds import Promise, Side
from desktop.models.kinds import Sex
from desktop.services import coordination
from desktop.services.acts import Act, Outcome
from desktop.services.coordination import Commit, Guest, Meet
from desktop.services.coordination_book import Detail, PromiseRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, line, text
from desktop.views.kit.pickers import Find, commune, person, pick
from desktop.views.people.finders import find_members
from resources import places
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def keep_meeting(
    desk: Desk, found: Detail | None, groups: Sequence[Find], then: Then, parent: QWidget
) -> FormDialog:
    """Return the dialog of a meeting, new or changed."""
    fields: list[Field | Section] = [
        Field("topic", N_("Họp về việc gì"), line(N_("Lồng ghép nhóm tiết kiệm vào kế hoạch xã"), 200), required=True, span=0),
        Field("day", N_("Ngày họp"), day(past=True), required=True),
        Field("organiser", N_("Ai tổ chức"), line(N_("UBND xã"), 120), required=True),
        Field("place", N_("Địa điểm"), line(N_("Hội trường UBND xã"), 160)),
        Field("commune_code", N_("Xã, phường"), commune(desk)),
        Field("group", N_("Chỉ về một nhóm"), pick(groups), hint=N_("Để trống khi họp chung")),
        Field("agenda", N_("Chương trình"), text(3), span=0),
        Field("result", N_("Kết quả, kết luận"), text(3), span=0),
    ]  # fmt: skip

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[int]:
        meet = Meet(
            typed["day"],
            typed["topic"] or "",
            typed["organiser"] or "",
            typed["place"] or "",
            typed["commune_code"] or "",
            typed["group"],
            typed["agenda"] or "",
            typed["result"] or "",
        )
        return coordination.keep(
            book, meet, act, None if found is None else (found.row.id, found.row.version)
        )

    values: dict[str, Any] = {"day": desk.today()}
    if found is not None:
        values = {field.key: getattr(found.meet, field.key) for field in fields if isinstance(field, Field)}
        values["group"] = next((one for one in groups if one.value == found.meet.group), None)
        if found.meet.commune_code and places.commune(found.meet.commune_code) is None:
            values["commune_code"] = None
    return FormDialog(
        desk,
        _("Cuộc họp phối hợp mới") if found is None else _("Sửa {code}").format(code=found.row.code),
        fields,
        deed,
        then,
        values=values,
        columns=2,
        parent=parent,
    )


def add_guest(desk: Desk, meeting: int, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down who took part: a member of the book, or somebody else by name."""

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[int]:
        guest = Guest(
            typed["side"],
            typed["member"],
            typed["name"] or "",
            typed["position"] or "",
            typed["sex"],
            typed["disabled"],
        )
        return coordination.add_guests(book, meeting, [guest], act)

    return FormDialog(
        desk,
        _("Người dự họp"),
        [
            Field("side", N_("Bên"), choice([(one, one.title) for one in Side]), required=True),
            Field("member", N_("Thành viên trong sổ"), person(desk, find_members)),
            Section(_("Hoặc người ngoài sổ")),
            Field("name", N_("Họ và tên người ngoài"), line("", 120)),
            Field("position", N_("Chức vụ, cơ quan"), line(N_("Phó Chủ tịch UBND xã"), 120)),
            Field("sex", N_("Giới"), choice([(None, _("Không ghi")), *((one, one.title) for one in Sex)])),
            Field(
                "disabled",
                N_("Người khuyết tật (tự nói)"),
                choice([(None, _("Không ghi")), (False, _("Không")), (True, _("Có"))]),
            ),
        ],
        deed,
        then,
        values={"side": Side.AUTHORITY},
        save_text=_("Ghi người dự"),
        columns=2,
        parent=parent,
    )


def commit(desk: Desk, meeting: int, row: PromiseRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a promise, new or changed."""
    fields: list[Field | Section] = [
        Field("side", N_("Bên"), choice([(one, one.title) for one in Side]), required=True),
        Field("who", N_("Ai cam kết"), line(N_("Người hoặc cơ quan"), 120), required=True),
        Field("what", N_("Cam kết làm gì"), text(2), required=True, span=0),
        Field("due", N_("Hạn thực hiện"), day(), required=True),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[int]:
        command = Commit(typed["side"], typed["who"] or "", typed["what"] or "", typed["due"])
        return coordination.commit(
            book, meeting, command, act, None if row is None else (row.id, row.version)
        )

    values: dict[str, Any] = {"side": Side.AUTHORITY}
    if row is not None:
        values = {field.key: getattr(row, field.key) for field in fields if isinstance(field, Field)}
    return FormDialog(
        desk,
        _("Cam kết mới") if row is None else _("Sửa cam kết"),
        fields,
        deed,
        then,
        values=values,
        columns=2,
        parent=parent,
    )


def settle(desk: Desk, row: PromiseRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that says whether a promise was kept."""
    results = [(one, one.title) for one in Promise if one is not Promise.OPEN]
    return FormDialog(
        desk,
        _("Kết quả cam kết"),
        [
            Field("state", N_("Kết quả"), choice(results), required=True),
            Field("day", N_("Ngày xác nhận"), day(past=True), required=True),
            Field(
                "evidence",
                N_("Bằng chứng"),
                text(3),
                required=True,
                span=0,
                hint=N_("Văn bản, ảnh, ai xác nhận; không làm thì vì sao"),
            ),
        ],
        lambda book, typed, act: coordination.settle(
            book, row.id, row.version, typed["state"], typed["day"], typed["evidence"] or "", act
        ),
        then,
        values={"state": Promise.KEPT, "day": desk.today()},
        intro=_("{who}: {what} – hạn {due}").format(who=row.who, what=row.what, due=show_day(row.due)),
        save_text=_("Ghi kết quả"),
        columns=2,
        parent=parent,
    )

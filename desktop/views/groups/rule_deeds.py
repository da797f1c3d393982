"""Dialogs about a constitution: a new version with how it was agreed; a template copied from the group."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.charter import Agreement
from desktop.models.rules.templates import Naming
from desktop.services import constitutions, templates
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile
from desktop.services.constitutions import AgreeRules, PossibleMeeting
from desktop.services.groups import GroupDetail
from desktop.services.templates import CopyGroup
from desktop.views.groups.forms import (
    RuleWatcher,
    charter_from,
    charter_values,
    rule_fields,
    rule_values,
    rules_from,
)
from desktop.views.kit import inputs
from desktop.views.kit.attachments import scan
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Form, Section
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def agree_rules(desk: Desk, owner: QWidget, detail: GroupDetail) -> None:
    """Write new rules that hold from a day on, with the meeting that agreed them, the vote and the reason."""
    group = detail.id

    def found(meetings: list[PossibleMeeting]) -> None:
        _ask_rules(desk, owner, detail, meetings)

    desk.ask(lambda book: constitutions.possible_meetings(book, group), found, owner=owner)


def _ask_rules(desk: Desk, owner: QWidget, detail: GroupDetail, meetings: list[PossibleMeeting]) -> None:
    last = meetings[0].day if meetings else None
    today = desk.today()

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[GroupId]:
        return constitutions.agree_rules(book, _command(detail.id, values), act)

    dialog = FormDialog(
        desk,
        _("Quy chế mới của {name}").format(name=detail.name),
        [*_agreement_fields(desk, meetings), *rule_fields(dated=True)],
        deed,
        values={
            **rule_values(detail.rules),
            **charter_values(detail.charter),
            "valid_from": today if last is None else max(today, last + timedelta(days=1)),
            "agreed_on": today if last is None else last,
            "meeting": meetings[0].id if meetings else None,
            "present": meetings[0].present if meetings else None,
        },
        intro=_("Quy chế cũ được giữ lại cùng ngày áp dụng; các buổi họp trước không thay đổi."),
        save_text=_("Áp dụng quy chế"),
        columns=3,
        width=820,
        parent=owner,
    )
    RuleWatcher(dialog.form)
    _Follower(dialog.form, meetings)
    dialog.form.set_dirty(False)
    dialog.open()


def _agreement_fields(desk: Desk, meetings: list[PossibleMeeting]) -> list[Field | Section]:
    """Return the fields of how a change was agreed; without a meeting yet nothing has to be said."""
    needed = bool(meetings)
    choices = [
        (one.id, _("Kỳ {number}, {day}").format(number=one.number, day=show_day(one.day))) for one in meetings
    ]
    return [
        Section(
            N_("Thông qua"),
            N_("Như trong biên bản họp. Nhóm chưa họp lần nào thì có thể để trống."),
        ),
        Field(
            "meeting",
            N_("Buổi họp thông qua"),
            inputs.choice([*choices, (None, _("buổi khác, không có trong sổ"))]),
        ),
        Field("agreed_on", N_("Ngày thông qua"), inputs.day(), required=needed),
        Field("present", N_("Số người dự họp"), inputs.number(0, 999), required=needed),
        Field("in_favour", N_("Số người tán thành"), inputs.number(0, 999), required=needed),
        Field("reason", N_("Lý do sửa đổi"), inputs.text(2), span=2, required=needed),
        Field(
            "scan",
            N_("Bản giấy đã ký (ảnh hoặc PDF)"),
            scan(desk),
            span=0,
            hint=N_("Thêm sau cũng được, ở trang Quy chế của nhóm."),
        ),
    ]


def _command(group: GroupId, values: dict[str, Any]) -> AgreeRules:
    agreement = None
    if values["agreed_on"] is not None and (values["reason"] or values["in_favour"] is not None):
        agreement = Agreement(
            values["agreed_on"], values["present"] or 0, values["in_favour"] or 0, values["reason"] or ""
        )
    picked = values["scan"]
    title = _("Quy chế áp dụng từ {day}").format(day=show_day(values["valid_from"]))
    return AgreeRules(
        group,
        rules_from(values, values["valid_from"]),
        charter_from(values),
        agreement,
        values["meeting"],
        None if picked is None else NewFile(AttachmentKind.MINUTES, picked.name, picked.content, title),
        agreed=bool(values.get("agreed")),
    )


class _Follower:
    """Fills day and number of people from the meeting that is chosen."""

    def __init__(self, form: Form, meetings: list[PossibleMeeting]) -> None:
        self._form, self._meetings = form, {one.id: one for one in meetings}
        form.changed.connect(self._changed)

    def _changed(self, key: str) -> None:
        found = self._meetings.get(self._form.value("meeting")) if key == "meeting" else None
        if found is not None:
            self._form.set_values({"agreed_on": found.day, "present": found.present})
            self._form.set_dirty(True)


def copy_to_template(desk: Desk, owner: QWidget, detail: GroupDetail) -> None:
    """Copy the group's ways of today into a template of the book."""
    group = detail.id

    def found(naming: Naming) -> None:
        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
            command = CopyGroup(group, values["code"], values["title"], values["explanation"])
            return templates.copy_group(book, command, act)

        def kept(_template: int) -> None:
            desk.say(_("Đã lưu mẫu. Mẫu có trong danh sách khi thành lập nhóm."), "good")

        FormDialog(
            desk,
            _("Lập mẫu từ nhóm {name}").format(name=detail.name),
            [
                Field("title", N_("Tên mẫu"), inputs.line(length=120), required=True, span=0),
                Field(
                    "code",
                    N_("Mã mẫu"),
                    inputs.line(length=40),
                    required=True,
                    hint=N_("Chữ thường không dấu, số, gạch nối"),
                ),
                Field(
                    "explanation",
                    N_("Mẫu này dành cho nhóm nào"),
                    inputs.text(4),
                    required=True,
                    span=0,
                ),
            ],
            deed,
            kept,
            values={"title": naming.title, "code": naming.code},
            intro=_(
                "Chép quy chế, sản phẩm vay và chức vụ của nhóm hôm nay. "
                "Không chép thành viên, tiền bạc, nơi họp; nội dung có tên người thì không lưu được."
            ),
            save_text=_("Lưu mẫu"),
            parent=owner,
        ).open()

    desk.ask(lambda book: templates.propose_naming(book, group), found, owner=owner)

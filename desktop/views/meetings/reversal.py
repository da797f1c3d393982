"""Taking a whole meeting back: the reason, and what it means, before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import meetings
from desktop.services.meetings import MeetingPosted, MeetingRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import text
from desktop.views.meetings.affected import AffectedDialog
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def ask_reverse(
    desk: Desk, owner: QWidget, row: MeetingRow, then: Callable[[MeetingPosted], object] | None = None
) -> FormDialog:
    """Ask for the reason and reverse a meeting; papers that it makes out of date are shown afterwards."""

    def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
        return meetings.reverse_meeting(book, row.id, values["reason"], act)

    def done(outcome: MeetingPosted) -> None:
        desk.say(
            _("Đã đảo kỳ họp {number} ngày {day}.").format(number=row.number, day=show_day(row.day)), "good"
        )
        if outcome.papers:
            AffectedDialog(desk, outcome.papers, owner).open()
        if then is not None:
            then(outcome)

    dialog = FormDialog(
        desk,
        _("Đảo kỳ họp {number} ngày {day}").format(number=row.number, day=show_day(row.day)),
        [Field("reason", N_("Lý do đảo"), text(3), required=True)],
        deed,
        done,
        intro=_(
            "Mọi chứng từ của buổi họp được ghi đảo vào đúng ngày họp; sổ giữ cả hai. "
            "Sau đó có thể nhập lại buổi họp này từ đầu. Nếu chỉ sai vài chỗ, hãy dùng “Sửa buổi họp”."
        ),
        save_text=_("Đảo buổi họp"),
        parent=owner,
    )
    dialog.open()
    return dialog

"""Buttons that write: greyed in a book that may only be read here, with the reason as their tool tip."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desktop.views.kit.desk import Desk
from resources.lang.messages import _


def why_readonly(desk: Desk) -> str:
    """Return why nothing can be changed here, "" when the book may be written."""
    if desk.can_write:
        return ""
    if desk.session is None:
        return _("Chưa mở sổ nào.")
    if desk.session.holder:
        return _("Sổ đang mở chỉ để đọc vì {who} đang giữ quyền ghi.").format(who=desk.session.holder)
    return _("Sổ đang mở chỉ để đọc.")


def allow(desk: Desk, widgets: Iterable[QWidget], *, also: bool = True, reason: str = "") -> None:
    """Enable what writes when the book may be written and `also` holds; say why not otherwise."""
    why = why_readonly(desk) or ("" if also else reason)
    for widget in widgets:
        widget.setEnabled(not why)
        widget.setToolTip(why)
        widget.setAccessibleDescription(why)

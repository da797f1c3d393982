"""The files of one record, in a window of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.models.kinds import AttachmentKind
from desktop.services.attachments import Subject
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import px, space


def files_dialog(
    desk: Desk,
    parent: QWidget,
    title: str,
    subject: Subject,
    name: str,
    kind: AttachmentKind = AttachmentKind.EVIDENCE,
) -> QDialog:
    """Return a dialog with the files of a record; `name` is that of the table, `kind` what is usually added."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    box = QVBoxLayout(dialog)
    box.setContentsMargins(*[space(5)] * 4)
    box.addWidget(label(title, "heading", dialog))
    files = AttachmentList(desk, name, kind, dialog)
    files.show_subject(subject)
    box.addWidget(files, 1)
    dialog.resize(px(720), px(420))
    return dialog

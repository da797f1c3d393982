"""Printing the papers of training: which paper, and how it is gathered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import CertificateId, ClassId, SessionId
from desktop.models.rules.suppression import Release
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper, render
from resources.lang.messages import _


def attendance(
    desk: Desk, owner: QWidget, klass: ClassId, session: SessionId | None = None, *, blank: bool = True
) -> None:
    """Show the attendance list of a session, or of the whole class: blank to be signed, or filled."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import training_papers

        return training_papers.attendance_list(book, klass, act, session, blank=blank)

    print_paper(desk, owner, "training-attendance", _("Danh sách điểm danh"), gather)


def report(desk: Desk, owner: QWidget, klass: ClassId, release: Release = Release.COMMUNE) -> None:
    """Show the report of a class; outside the commune small cells are hidden."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import training_papers

        return training_papers.class_report(book, klass, act, release)

    print_paper(desk, owner, "training-class", _("Báo cáo lớp tập huấn"), gather)


def again(desk: Desk, owner: QWidget, certificates: Sequence[CertificateId]) -> None:
    """Show certificates given before, each marked as a copy."""
    wanted = list(certificates)

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import training_certificates

        return training_certificates.reprint(book, wanted, act)

    print_paper(desk, owner, "training-certificate", _("Giấy chứng nhận"), gather)


def show_certificates(desk: Desk, owner: QWidget, value: Any) -> None:
    """Show certificates just given."""

    def shown(data: bytes) -> None:
        from desktop.views.kit.pdf import show_pdf

        show_pdf(desk, _("Giấy chứng nhận"), data, owner)

    desk.aside(lambda: render(desk, "training-certificate", value), shown, owner=owner)

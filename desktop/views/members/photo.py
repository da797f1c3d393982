"""A person's photo: shown, chosen from a file and scaled down before it goes into the book, taken away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ids import MemberId
from desktop.services import members
from desktop.services.erasing import why_erased
from desktop.views.kit import icons, messages
from desktop.views.kit.blocks import button
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_open
from desktop.views.kit.pictures import scaled_picture
from desktop.views.kit.theme import colour, px, space
from desktop.views.people.rights import allow
from resources.lang.messages import _

LARGEST_SIDE = 640
"""Pixels of the longer side of a kept photo."""


def scaled_photo(path: str) -> bytes:
    """Return the picture of a file as a small JPEG, turned upright. Raises Trouble when it is no picture."""
    return scaled_picture(path, LARGEST_SIDE)


class _Picture(QWidget):
    """The photo in a frame with round corners, or a figure of a person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = QPixmap()
        self.setFixedSize(px(132), px(164))
        self.setAccessibleName(_("Chưa có ảnh"))

    def show_photo(self, image: bytes | None) -> None:
        """Show a photo, or none."""
        self._photo = QPixmap()
        if image:
            self._photo.loadFromData(image)
        self.setAccessibleName(_("Ảnh của thành viên") if image else _("Chưa có ảnh"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo filling the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 8, 8)
        painter.fillPath(path, colour("stripe"))
        if self._photo.isNull():
            mark = icons.pixmap("member", px(56), "muted")
            size = mark.deviceIndependentSize()
            painter.drawPixmap(
                round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), mark
            )
        else:
            painter.setClipPath(path)
            whole = self._photo.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            left, top = (self.width() - whole.width()) // 2, (self.height() - whole.height()) // 3
            painter.drawPixmap(left, top, whole.width(), whole.height(), self._photo)
            painter.setClipping(False)
        painter.setPen(colour("line"))
        painter.drawPath(path)
        painter.end()


class PhotoBox(QWidget):
    """The photo with its two buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.member: MemberId | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self.picture = _Picture(self)
        box.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        self.choose_button = button(_("Chọn ảnh…"), self.choose, "", "", self)
        self.remove_button = button(_("Bỏ ảnh"), self.remove, "", "quiet", self)
        line.addStretch(1)
        line.addWidget(self.choose_button)
        line.addWidget(self.remove_button)
        line.addStretch(1)
        box.addLayout(line)

    def show_member(self, member: MemberId, *, has_photo: bool, erased: bool = False) -> None:
        """Show the photo of a person; none is kept of one whose data were erased."""
        self.member = member
        allow(self.desk, [self.choose_button, self.remove_button], also=not erased, reason=why_erased())
        self.remove_button.setVisible(has_photo)
        if has_photo:
            self.desk.ask(lambda book: members.photo(book, member), self.picture.show_photo, owner=self)
        else:
            self.picture.show_photo(None)

    def choose(self) -> None:
        """Ask for a picture file."""
        ask_open(
            self,
            self.desk,
            "photos",
            _("Chọn ảnh thành viên"),
            _("Ảnh (*.jpg *.jpeg *.png *.webp *.bmp)"),
            self.take,
        )

    def take(self, path: str) -> None:
        """Scale a picture down, off the window, and keep it."""
        self.desk.aside(lambda: scaled_photo(path), self._keep, owner=self)

    def remove(self) -> None:
        """Take the photo away, after a question."""
        messages.ask(self, _("Bỏ ảnh của người này?"), yes=_("Bỏ ảnh"), then=lambda: self._keep(None))

    def _keep(self, image: bytes | None) -> None:
        member: Any = self.member
        self.desk.do(lambda book, act: members.set_photo(book, member, image, act), owner=self)

"""Pictures from files, made small enough for the book; a picture shown in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from desktop.models.problems import Trouble
from desktop.views.kit.theme import px
from resources.lang.messages import _

_QUALITY = 85
_MOST_PIXELS = 200_000_000


def scaled_picture(path: str, largest_side: int) -> bytes:
    """Return the picture of a file as JPEG, turned upright, its longer side at most so many pixels.

    Raises Trouble when it is no picture or far too large.
    """
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > _MOST_PIXELS:
        raise Trouble(_("Ảnh quá lớn."), _("Hãy chọn ảnh nhỏ hơn."), "photo-large")
    if size.isValid() and max(size.width(), size.height()) > largest_side:
        reader.setScaledSize(
            size.scaled(QSize(largest_side, largest_side), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    if image.isNull():
        raise Trouble(_("Không mở được ảnh này."), _("Hãy chọn tệp JPEG hoặc PNG."), "photo")
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    flat.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return bytes(data.data())


class PictureDialog(QDialog):
    """A picture, as large as its window."""

    def __init__(self, title: str, content: bytes, owner: QWidget | None) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._picture = QPixmap()
        self._picture.loadFromData(content)
        self.label = QLabel(self)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setAccessibleName(title)
        self.label.setMinimumSize(1, 1)
        box = QVBoxLayout(self)
        box.addWidget(self.label)
        room = self.screen().availableGeometry()
        self.resize(min(px(900), room.width() - 16), min(px(760), room.height() - 56))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the window."""
        super().resizeEvent(event)
        if not self._picture.isNull():
            self.label.setPixmap(
                self._picture.scaled(
                    self.label.size(),
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )


def show_picture(title: str, content: bytes, owner: QWidget | None = None) -> PictureDialog:
    """Open a picture in a window over `owner`."""
    dialog = PictureDialog(title, content, owner)
    dialog.open()
    return dialog

"""Pictures for the documents: small, and the same to the eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel

from tests.small_pictures import MOST_COLOURS, few_colours, save_small


def test_a_picture_of_a_window_is_a_third_and_looks_the_same(
    dressed: Any, qtbot: Any, tmp_path: Path
) -> None:
    label = QLabel("Nguyễn Thị Hòa 1.234.567 ₫ " * 6)
    label.setWordWrap(True)
    label.resize(500, 300)
    qtbot.addWidget(label)
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    save_small(image, tmp_path / "small.png")
    image.save(str(tmp_path / "plain.png"))
    assert (tmp_path / "small.png").stat().st_size < (tmp_path / "plain.png").stat().st_size
    found = QImage(str(tmp_path / "small.png"))
    assert found.size() == image.size()
    again = found.convertToFormat(QImage.Format.Format_RGB32)
    pairs = zip(bytes(image.constBits()), bytes(again.constBits()), strict=True)
    assert max(abs(one - other) for place, (one, other) in enumerate(pairs) if place % 4 != 3) <= 8


def test_a_picture_of_many_colours_is_kept_within_256(qapp: Any) -> None:
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for x in range(80):
        for y in range(80):
            painter.fillRect(x, y, 1, 1, QColor(x * 3, y * 3, (x * y) % 256))
    painter.end()
    made = few_colours(image)
    assert 2 < made.colorCount() <= MOST_COLOURS

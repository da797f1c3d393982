"""The steps of a dossier side by side: what is done, what is next, what blocks; in words and marks, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.rules.support.steps import Step, StepState
from desktop.views.kit import icons
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import N_, _

_SHOWN = {
    StepState.DONE: ("good", "good", N_("xong")),
    StepState.NEXT: ("chevron-right", "accent", N_("việc tiếp theo")),
    StepState.WAITING: ("clock", "muted", N_("chưa đến lượt")),
    StepState.BLOCKED: ("warning", "bad", N_("vướng")),
}


class Stepper(QWidget):
    """A card for each step; it wraps where the window is narrow or the text large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self._wrap: Wrap | None = None
        self.setAccessibleName(_("Các bước của hồ sơ"))

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        if self._wrap is not None:
            self.box.removeWidget(self._wrap)
            self._wrap.hide()
            self._wrap.deleteLater()
        self._wrap = Wrap(150, max(1, len(steps)), self, gap=2)
        for number, step in enumerate(steps, 1):
            self._wrap.add(self._card(number, step))
        self.box.addWidget(self._wrap)

    def _card(self, number: int, step: Step) -> QFrame:
        icon, tone, words = _SHOWN[step.state]
        card = QFrame(self)
        dress(card, "card")
        card.setAccessibleName(f"{number}. {step.title}: {_(words)}. {step.text}")
        box = QVBoxLayout(card)
        box.setContentsMargins(space(3), space(2), space(3), space(2))
        box.setSpacing(space(1))
        head = QHBoxLayout()
        head.setSpacing(space(1))
        mark = QLabel(card)
        mark.setPixmap(icons.pixmap(icon, px(18), tone))
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(f"{number}. {step.title}", "label", card, wrap=True), 1)
        box.addLayout(head)
        look = {"bad": "bad", "good": "small", "accent": "small"}.get(tone, "small")
        box.addWidget(label(step.text or _(words), look, card, wrap=True))
        box.addStretch(1)
        return card

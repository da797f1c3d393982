"""One item of the assessment on the screen: its text, what the book proposes, a score by digit, evidence beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.kinds import AttachmentKind
from desktop.models.rules.support.assessment import gate_of
from desktop.models.rules.support.standards import FULL, Standards, shown_text
from desktop.services.attachments import NewFile
from desktop.services.support_assessing import ItemAnswer
from desktop.services.support_proposals import Proposal
from desktop.views.kit import messages
from desktop.views.kit.attachments import PickedFile, file_kinds, read_scan
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_open
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import dress, px, space
from desktop.views.supports.columns import stars
from resources.lang.messages import _
from resources.support import Item


class ScoreEdit(LineEdit):
    """0, 1 or 2 by one key; "=" takes what the book proposes; up and down go to the item before and after."""

    scored = Signal()
    wanted = Signal()
    """The proposal is to be taken."""
    moved = Signal(int)
    unknown = Signal(str)
    """A key that is no score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(1)
        self.setFixedWidth(px(52))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setPlaceholderText("0–2")

    def value(self) -> int | None:
        """Return the score, None while there is none."""
        text = self.text().strip()
        return int(text) if text in ("0", "1", "2") else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit at once, whatever stood there; refuse other letters."""
        text = event.text()
        if text in ("0", "1", "2"):
            self.setText(text)
            self.scored.emit()
        elif text == "=":
            self.wanted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.moved.emit(1)
        elif text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.unknown.emit(text)
        else:
            super().keyPressEvent(event)


class EvidenceEdit(LineEdit):
    """The evidence of an item; Enter goes to the next item."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, up and down."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.moved.emit(1)
        else:
            super().keyPressEvent(event)


class ItemRow(QFrame):
    """An item. `changed` when anything was typed; `moved` asks for the item after (1) or before (-1)."""

    changed = Signal()
    moved = Signal(int, int)

    def __init__(self, desk: Desk, item: Item, standards: Standards, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.desk, self.item = desk, item
        self.files: list[NewFile] = []
        self.proposal: Proposal | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(space(3), space(2), space(3), space(2))
        box.setSpacing(space(1))
        gate = gate_of(item.number, standards)
        self.heading = label("", "label", self, wrap=True)
        box.addWidget(self.heading)
        self.basis = label("", "small", self, wrap=True)
        box.addWidget(self.basis)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        self.score = ScoreEdit(self)
        self.score.setAccessibleName(_("Mục {n}, điểm: {name}").format(n=item.number, name=item.short))
        self.evidence = EvidenceEdit(self)
        self.evidence.setPlaceholderText(_("Bằng chứng: giấy tờ, số, ngày"))
        self.evidence.setAccessibleName(
            _("Mục {n}, bằng chứng: {name}").format(n=item.number, name=item.short)
        )
        self.file_button = button(_("Tệp…"), self.choose, "document", "quiet", self)
        self.file_button.setAccessibleName(_("Mục {n}, đính kèm tệp").format(n=item.number))
        line.addWidget(self.score)
        line.addWidget(self.evidence, 1)
        line.addWidget(self.file_button)
        box.addLayout(line)
        self.below = label("", "bad", self, wrap=True)
        self.below.hide()
        box.addWidget(self.below)
        self.set_standards(standards, gate)
        self.score.scored.connect(self._scored)
        self.score.wanted.connect(self.take_proposal)
        self.score.unknown.connect(self._not_a_score)
        self.score.moved.connect(lambda step: self.moved.emit(item.number, step))
        self.evidence.moved.connect(lambda step: self.moved.emit(item.number, step))
        for edit in (self.score, self.evidence):
            edit.changed.connect(self._typed)

    def set_standards(self, standards: Standards, gate: int) -> None:
        """Show the item with the thresholds of a day."""
        mark = f"  {stars(gate)}" if gate else ""
        self.heading.setText(f"{self.item.number}. {shown_text(self.item.text, standards)}{mark}")
        if gate:
            said = _("Bắt buộc từ {n} điểm").format(n=gate)
            self.heading.setToolTip(said)
            self.score.setAccessibleDescription(said)

    def set_proposal(self, proposal: Proposal | None) -> None:
        """Show what the book proposes, with its basis."""
        self.proposal = proposal
        self.basis.setVisible(proposal is not None)
        if proposal is None:
            return
        said = _("Sổ: {basis}").format(basis=proposal.basis)
        if proposal.score is not None:
            said = _("Sổ đề nghị {n} điểm: {basis} (phím = để lấy)").format(
                n=proposal.score, basis=proposal.basis
            )
        self.basis.setText(said)

    def take_proposal(self) -> None:
        """Take the score that the book proposes, with its basis as evidence where there is none."""
        if self.proposal is None or self.proposal.score is None:
            return
        self.score.setText(str(self.proposal.score))
        if not self.evidence.value():
            self.evidence.set_value(self.proposal.basis)
        self.moved.emit(self.item.number, 1)

    @property
    def answer(self) -> ItemAnswer:
        """Return what was typed."""
        return ItemAnswer(self.item.number, self.score.value(), self.evidence.value(), tuple(self.files))

    def choose(self) -> None:
        """Ask for a file that shows what is claimed."""
        ask_open(self, self.desk, "scans", _("Chọn bản quét hoặc ảnh"), file_kinds(), self.take)

    def take(self, path: str) -> None:
        """Read a file off the window and hold it."""
        self.desk.aside(lambda: read_scan(path), self.hold, owner=self)

    def hold(self, picked: PickedFile) -> None:
        """Hold a file until the assessment is kept."""
        self.files.append(NewFile(AttachmentKind.EVIDENCE, picked.name, picked.content))
        self.file_button.setText(_("{n} tệp").format(n=len(self.files)))
        self.file_button.setToolTip(", ".join(one.name for one in self.files))
        self._typed()

    def say(self, text: str) -> None:
        """Show what is wrong with the item."""
        self.below.setText(text)
        self.below.setVisible(bool(text))
        for edit in (self.score, self.evidence):
            edit.set_state("")

    def refuse(self, text: str, *, evidence: bool) -> None:
        """Show what is wrong at the score or at its evidence."""
        self.say(text)
        (self.evidence if evidence else self.score).set_state("bad")

    def _scored(self) -> None:
        """After a 2 the evidence is asked for; else the next item."""
        shown = bool(self.evidence.value()) or bool(self.files)
        if self.score.value() == FULL and not shown:
            self.evidence.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.moved.emit(self.item.number, 1)

    def _not_a_score(self, typed: str) -> None:
        said = _("“{typed}” không phải là điểm. Hãy gõ 0, 1 hoặc 2.").format(typed=typed)
        self.refuse(said, evidence=False)
        messages.announce(self.score, said)

    def _typed(self) -> None:
        if not self.below.isHidden():
            self.say("")
        self.changed.emit()

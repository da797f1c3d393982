"""One line below the table: whose cell this is, what stood there before, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.models.kinds import Attendance
from desktop.models.problems import Level
from desktop.models.rules.sheet import MemberFacts
from desktop.views.kit import icons, messages
from desktop.views.kit.blocks import label
from desktop.views.kit.theme import dress, px, space
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_model import ATTENDANCE, BALANCE, NOTE, TOTAL, GridColumn, SheetModel
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import _

_WORDS_FROM = 1_000_000


class CellLine(QWidget):
    """Speaks of the current cell; without a problem there, of the first problem elsewhere."""

    def __init__(self, draft: SheetDraft, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.model = model
        self._announced = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(space(1), 0, space(1), 0)
        line.setSpacing(space(2))
        self._who = label("", "label", self)
        self._facts = label("", "muted", self)
        self._mark = QLabel(self)
        self._words = label("", "", self)
        for part in (self._facts, self._words):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self._who)
        line.addWidget(self._facts, 2)
        line.addWidget(self._mark)
        line.addWidget(self._words, 3)
        self.setFixedHeight(self.fontMetrics().lineSpacing() + space(2))

    def show_spot(self, spot: Spot) -> None:
        """Speak of a place of the sheet."""
        member = next((one for one in self.draft.members if one.id == spot.member), None)
        column = next((one for one in self.model.columns if one.key == spot.column), None)
        if member is None or column is None:
            self._who.setText("")
            self._facts.setText("")
        else:
            self._who.setText(f"{member.code} {member.name}")
            self._facts.setText(self._about(member, column))
        self._show_problem(spot, member, column)

    def text(self) -> str:
        """Return the sentence about what is wrong, "" when nothing is."""
        return self._words.text() if self._words.property("look") in ("bad", "warn") else ""

    def _about(self, member: MemberFacts, column: GridColumn) -> str:
        row = self.draft.state.row(member.id)
        parts = [column.title]
        if column.key == ATTENDANCE:
            parts = [_("Phím cách đổi · C có mặt · M muộn · V vắng KP · P vắng có phép · U ủy quyền")]
        elif column.key in (BALANCE, TOTAL, NOTE):
            held = self.model.holdings(member).replace("\n", " · ")
            parts = [column.title, held]
        elif column.source is not None:
            source = column.source
            if source.balance is not None:
                before = source.balance(member)
                shown = show_number(before) if source.counts_shares else show_dong(before)
                parts.append(_("trước buổi họp: {value}").format(value=shown))
            elif column.key == "withdrawal":
                parts.append(_("được rút nhiều nhất: {value}").format(value=show_dong(member.savings)))
            expected = source.expected(self.draft.facts, member, row.attendance)
            if expected:
                shown = show_number(expected) if source.counts_shares else show_dong(expected)
                parts.append(_("cần đóng: {value}").format(value=shown))
            value = row.amounts.get(source.key, 0)
            if value >= _WORDS_FROM and not source.counts_shares:
                parts.append(in_words(value))
        if member.reminder:
            parts.append(member.reminder)
        return " · ".join(part for part in parts if part)

    def _show_problem(self, spot: Spot, member: MemberFacts | None, column: GridColumn | None) -> None:
        here = self.draft.problems_at(spot.member, spot.column) if member is not None else []
        if here:
            stop = any(problem.level is Level.STOP for problem in here)
            self._say(" ".join(problem.message for problem in here), "bad" if stop else "warn")
            return
        spots = self.draft.problem_spots()
        if not spots:
            takes_part = member is None or Attendance(self.draft.state.row(member.id).attendance).takes_part
            hint = (
                ""
                if column is None or column.source is None or self.draft.readonly
                else (
                    _("Gõ 50k, 1tr, 1,5tr hoặc 50.000. F5 điền khoản cần đóng.")
                    if takes_part
                    else _("Người này vắng mặt.")
                )
            )
            self._say(hint, "muted")
            return
        first = spots[0]
        message = next(p.message for p in self.draft.problems if self._at(first, p.field))
        owner = next((one for one in self.draft.members if one.id == first.member), None)
        name = f"{owner.name}: " if owner is not None and owner.name not in message else ""
        self._say(_("{where}{message} (F4 đến chỗ cần sửa)").format(where=name, message=message), "bad")

    def _at(self, spot: Spot, field: str) -> bool:
        if not spot.member:
            return field == spot.column
        return field in (f"{spot.member}/{spot.column}", f"{spot.member}/")

    def _say(self, text: str, tone: str) -> None:
        self._words.setText(text)
        self._words.setToolTip(text)
        dress(self._words, tone)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._mark.setVisible(tone != "muted")
        if tone != "muted":
            self._mark.setPixmap(icons.pixmap("error" if tone == "bad" else "warning", px(18), tone))
            if text != self._announced:
                messages.announce(self, text)
        self._announced = text

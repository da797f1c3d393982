"""One line below the table: whose cell this is, what stood there before, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.models.kinds import Attendance
from desktop.models.problems import Level
from desktop.models.rules.savings_columns import most_withdrawal
from desktop.models.rules.sheet import MemberFacts
from desktop.views.kit import icons, messages
from desktop.views.kit.blocks import label
from desktop.views.kit.theme import dress, px, space
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_model import ATTENDANCE, BALANCE, NOTE, TOTAL, GridColumn, SheetModel
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import _

_WORDS_FROM = 1_000_000


class Elided(QLabel):
    """A line that ends in "…" where it is too long; its whole text is the tool tip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = ""

    def set_words(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._cut()

    @property
    def words(self) -> str:
        """Return the whole text."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + px(6), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Live with little."""
        return QSize(px(40), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)


class CellLine(QWidget):
    """Speaks of the current cell; without a problem there, of the first problem elsewhere."""

    def __init__(self, draft: SheetDraft, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.model = model
        self._announced = ""
        self._brief = False
        line = QHBoxLayout(self)
        line.setContentsMargins(space(1), 0, space(1), 0)
        line.setSpacing(space(2))
        self._who = label("", "label", self)
        self._facts = Elided(self)
        dress(self._facts, "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts.setMinimumWidth(px(120))
        self._mark = QLabel(self)
        self._words = Elided(self)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        line.addWidget(self._who)
        line.addWidget(self._facts, 1)
        line.addWidget(self._mark)
        line.addWidget(self._words)
        self.setFixedHeight(self.fontMetrics().lineSpacing() + space(2))

    def show_spot(self, spot: Spot) -> None:
        """Speak of a place of the sheet."""
        member = next((one for one in self.draft.members if one.id == spot.member), None)
        column = next((one for one in self.model.columns if one.key == spot.column), None)
        if member is None or column is None:
            self._who.setText("")
            self._facts.set_words("")
        else:
            self._who.setText(f"{member.code} {member.name}")
            self._facts.set_words(self._about(member, column))
        self._show_problem(spot, member, column)

    def set_brief(self, brief: bool) -> None:
        """Say only the most needed where there is little room: the problem, or else the facts."""
        self._brief = brief
        self._who.setVisible(not brief)
        self._spread()

    def _spread(self) -> None:
        wrong = bool(self.text())
        self._facts.setVisible(not (self._brief and wrong))
        self._words.setVisible(not self._brief or wrong)

    def text(self) -> str:
        """Return the sentence about what is wrong, "" when nothing is."""
        return self._words.words if self._words.property("look") in ("bad", "warn") else ""

    def _about(self, member: MemberFacts, column: GridColumn) -> str:
        row = self.draft.state.row(member.id)
        parts = [column.title]
        if column.key == ATTENDANCE:
            parts = (
                [row.attendance.title]
                if self.draft.readonly
                else [_("Phím cách đổi · C có mặt · M muộn · V vắng KP · P vắng có phép · U ủy quyền")]
            )
        elif column.key in (BALANCE, TOTAL, NOTE):
            held = self.model.holdings(member).replace("\n", " · ")
            parts = [column.title, held]
        elif column.source is not None:
            source = column.source
            if source.balance is not None:
                before = source.balance(member)
                shown = show_number(before) if source.counts_shares else show_dong(before)
                said = _("dư nợ gốc: {value}") if source.of_loans else _("trước buổi họp: {value}")
                parts.append(said.format(value=shown))
            elif column.key == "withdrawal":
                free = most_withdrawal(self.draft.facts, member, row.amounts)
                parts.append(_("được rút nhiều nhất: {value}").format(value=show_dong(free)))
                if not free and member.notice_coming is not None:
                    parts.append(
                        _("đã báo rút, được rút từ {day}").format(day=show_day(member.notice_coming))
                    )
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
            text = " ".join(problem.message for problem in here)
            if any(problem.code == "split" for problem in here):
                text = _("{message} F8 chia giúp.").format(message=text)
            self._say(text, "bad" if stop else "warn")
            return
        spots = self.draft.problem_spots()
        if not spots:
            takes_part = member is None or Attendance(self.draft.state.row(member.id).attendance).takes_part
            hint = (
                ""
                if column is None or column.source is None or self.draft.readonly
                else (
                    _("Gõ số cổ phần. F5 điền khoản cần đóng.")
                    if takes_part and column.source.counts_shares
                    else _("Gõ 50k, 1tr, 1,5tr hoặc 50.000. F5 điền khoản cần đóng.")
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
        dress(self._words, tone)
        self._words.set_words(text)
        self._spread()
        self._mark.setVisible(tone != "muted")
        if tone != "muted":
            self._mark.setPixmap(icons.pixmap("error" if tone == "bad" else "warning", px(18), tone))
            if text != self._announced:
                messages.announce(self, text)
        self._announced = text
